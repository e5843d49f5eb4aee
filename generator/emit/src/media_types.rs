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

/// Whether a value of this type can be a form: it is an object.
pub fn can_be_form(api: &Api, ty: &Type) -> bool {
    let Type::Named(name) = ty else {
        return false;
    };
    let schema = api.schema(name);
    schema.is_some_and(|schema| matches!(schema.shape, Shape::Properties(_)))
}

/// Whether a body in these media types can be written and read as a value of its type,
/// which may be one that can be a form. Otherwise it is bytes.
pub fn are_spoken(media_types: &[String], can_be_form: bool) -> bool {
    let is_spoken = |it: &String| may_be_json(it) || can_be_form && is_form(it);
    media_types.is_empty() || media_types.iter().any(is_spoken)
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
/// is meant. What is sent can be a form, too; a form alone is what it is sent as. XML comes last:
/// the crate speaks it with a feature.
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
    if usable.is_empty() {
        usable.push(JSON);
    }
    let is_xml = |name: &&str| ends_with(name, "/xml") || ends_with(name, "+xml");
    usable.extend(names.iter().map(String::as_str).filter(is_xml));
    usable
}

#[cfg(test)]
mod tests {
    use super::*;

    fn names(names: &[&str]) -> Vec<String> {
        names.iter().map(ToString::to_string).collect()
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
            assert!(are_spoken(&names(spoken), false), "{spoken:?}");
        }
        for other in [
            &["multipart/form-data"][..],
            &["application/xml", "text/plain"],
        ] {
            assert!(!are_spoken(&names(other), true), "{other:?}");
        }
        let form = names(&["application/x-www-form-urlencoded"]);
        assert!(are_spoken(&form, true) && !are_spoken(&form, false));
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
