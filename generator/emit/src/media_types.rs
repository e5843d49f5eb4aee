//! Which media types the crate writes and reads.

use docwright_model::{Api, Shape, Type};

/// What is spoken when the pages don't say.
pub const JSON: &str = "application/json";

/// Type and subtype without parameters.
pub fn essence(media_type: &str) -> &str {
    media_type.split(';').next().unwrap_or_default().trim()
}

fn ends_with(media_type: &str, ending: &str) -> bool {
    essence(media_type).to_ascii_lowercase().ends_with(ending)
}

/// Whether a body documented with this media type can be JSON; `*/*` can be.
fn may_be_json(media_type: &str) -> bool {
    ["/json", "+json", "/*"]
        .iter()
        .any(|ending| ends_with(media_type, ending))
}

/// Whether a body of this media type is a form.
fn is_form(media_type: &str) -> bool {
    essence(media_type).eq_ignore_ascii_case("application/x-www-form-urlencoded")
}

/// Whether a body in these media types is a form with files in it, and nothing else.
pub fn are_multipart(media_types: &[String]) -> bool {
    let is_multipart = |it: &String| essence(it).eq_ignore_ascii_case("multipart/form-data");
    !media_types.is_empty() && media_types.iter().all(is_multipart)
}

/// Whether a body in these media types is a JSON Merge Patch (RFC 7396), and nothing else.
pub fn are_merge_patches(media_types: &[String]) -> bool {
    !media_types.is_empty()
        && media_types
            .iter()
            .all(|it| ends_with(it, "/merge-patch+json"))
}

/// Whether a body of this media type is XML.
fn is_xml(media_type: &str) -> bool {
    ends_with(media_type, "/xml") || ends_with(media_type, "+xml")
}

/// Whether a value of this type is an object with properties, or a list of such: bodies of other
/// types are XML of unknown form.
pub fn are_objects(api: &Api, ty: &Type) -> bool {
    match ty {
        Type::Array(items) => can_be_form(api, items),
        ty => can_be_form(api, ty),
    }
}

/// Whether a value of this type can be a form: it is an object.
pub fn can_be_form(api: &Api, ty: &Type) -> bool {
    let Type::Named(name) = ty else {
        return false;
    };
    let schema = api.schema(name);
    schema.is_some_and(|schema| matches!(schema.shape, Shape::Properties(_)))
}

/// Whether a body in these media types can be written and read as a value of its type.
/// Otherwise it is bytes.
pub fn are_spoken(api: &Api, media_types: &[String], ty: &Type, side: Side) -> bool {
    let may_be_form = matches!(side, Side::Request { can_be_form: true });
    let may_be_xml = are_objects(api, ty);
    let is_spoken =
        |it: &String| may_be_json(it) || may_be_form && is_form(it) || may_be_xml && is_xml(it);
    media_types.is_empty() || media_types.iter().any(is_spoken)
}

/// The media types among these that a body of this type isn't written and read in, although it
/// is in others.
pub fn unspoken<'a>(media_types: &'a [String], ty: &Type) -> Vec<&'a str> {
    let names = media_types.iter().map(String::as_str);
    let is_other = |name: &&str| !may_be_json(name) && !is_form(name) && !is_xml(name);
    match ty {
        Type::Binary => Vec::new(),
        _ => names.filter(is_other).collect(),
    }
}

/// Whether all of these are XML, so that the crate can't do without the feature for it.
pub fn are_xml(media_types: &[&str]) -> bool {
    !media_types.is_empty() && media_types.iter().all(|name| is_xml(name))
}

/// Whose media types are asked for.
#[derive(Clone, Copy)]
pub enum Side {
    /// Those of a request, which may be a form.
    Request { can_be_form: bool },
    /// Those of a response.
    Response,
}

/// The media types that a body can have of those that are documented: for bytes all of them,
/// for other types `*/json`, and documents of another kind (`+json`) only where they are what
/// is meant. What is sent can be a form, too; a form or XML alone is what it is sent as. XML comes
/// last: otherwise, the crate speaks it with a feature.
pub fn usable<'a>(names: &'a [String], ty: &Type, side: Side) -> Vec<&'a str> {
    if *ty == Type::Binary {
        let names = names.iter().map(String::as_str);
        // `image/*` isn't the media type of an actual body.
        return names.filter(|name| !name.contains('*')).collect();
    }
    let ending = |ending: &str| {
        let names = names.iter().map(String::as_str);
        let names = names.filter(|name| ends_with(name, ending));
        names.collect::<Vec<_>>()
    };
    let mut usable = ending("/json");
    if matches!(side, Side::Request { .. }) || usable.is_empty() {
        usable.extend(ending("+json"));
    }
    if let Side::Request { can_be_form: true } = side {
        let names = names.iter().map(String::as_str);
        usable.extend(names.filter(|name| is_form(name)));
    }
    let xml = names.iter().map(String::as_str).filter(|name| is_xml(name));
    let xml: Vec<_> = xml.collect();
    let is_only_xml = !xml.is_empty() && !names.iter().any(|name| may_be_json(name));
    if usable.is_empty() && !is_only_xml {
        usable.push(JSON);
    }
    usable.extend(xml);
    usable
}

#[cfg(test)]
mod tests {
    use super::*;

    fn names(names: &[&str]) -> Vec<String> {
        names.iter().map(ToString::to_string).collect()
    }

    /// Whether the crate writes a request of this type; `Item` is an object.
    fn speaks(media_types: &[&str], ty: &Type) -> bool {
        let api = serde_json::from_value(serde_json::json!({
            "format": 2, "title": "Shop", "security": [], "headers": [], "operations": [],
            "schemas": [{"name": "Item", "known": "documented", "properties": []}],
        }));
        let api = api.unwrap();
        let can_be_form = can_be_form(&api, ty);
        are_spoken(&api, &names(media_types), ty, Side::Request { can_be_form })
    }

    #[test]
    fn json_is_spoken_and_anything_may_be_json() {
        for spoken in [
            &[][..],
            &["text/json"],
            &["application/xml", "Application/JSON; charset=utf-8"],
            &["application/merge-patch+json"],
            &["*/*"],
        ] {
            assert!(speaks(spoken, &Type::Any), "{spoken:?}");
        }
        for other in [
            &["multipart/form-data"][..],
            &["application/xml", "text/plain"],
        ] {
            assert!(!speaks(other, &Type::Any), "{other:?}");
        }
    }

    #[test]
    fn objects_are_forms_and_xml() {
        let object = Type::Named("Item".to_owned());
        let list = Type::Array(Box::new(object.clone()));
        for xml in [&["text/xml"][..], &["application/x+xml", "text/plain"]] {
            assert!(speaks(xml, &object) && speaks(xml, &list), "{xml:?}");
        }
        let form = &["application/x-www-form-urlencoded"][..];
        assert!(speaks(form, &object) && !speaks(form, &list));
        assert!(!speaks(form, &Type::String) && !speaks(&["text/xml"], &Type::String));
        let xml = names(&["application/xml"]);
        assert_eq!(usable(&xml, &object, Side::Response), ["application/xml"]);
        let any = names(&["application/xml", "*/*"]);
        assert_eq!(
            usable(&any, &object, Side::Response),
            [JSON, "application/xml"]
        );
    }

    #[test]
    fn bytes_have_all_media_types_and_values_those_of_json() {
        let all = names(&["image/png", "text/json; charset=utf-8", "a/b+json", "*/*"]);
        let request = Side::Request { can_be_form: false };
        assert_eq!(usable(&all, &Type::Binary, request).len(), 3);
        assert_eq!(
            usable(&all, &Type::Any, Side::Response),
            ["text/json; charset=utf-8"]
        );
        assert_eq!(usable(&all, &Type::Any, request).len(), 2);
        assert_eq!(usable(&[], &Type::Any, Side::Response), [JSON]);
        assert!(usable(&[], &Type::Binary, request).is_empty());
    }

    #[test]
    fn objects_can_be_sent_as_forms() {
        let form = "application/x-www-form-urlencoded";
        let all = names(&[form, "application/json"]);
        let request = |can_be_form| Side::Request { can_be_form };
        assert_eq!(usable(&all, &Type::Any, request(true)), [JSON, form]);
        assert_eq!(usable(&all, &Type::Any, request(false)), [JSON]);
        assert_eq!(usable(&all, &Type::Any, Side::Response), [JSON]);
        let only = names(&[form]);
        assert_eq!(usable(&only, &Type::Any, request(true)), [form]);
        assert_eq!(usable(&only, &Type::Any, request(false)), [JSON]);
    }
}
