//! Which media types the crate writes and reads.

use docwright_model::Type;

/// What is spoken when the pages don't say.
pub const JSON: &str = "application/json";

/// Type and subtype without parameters.
pub fn essence(media_type: &str) -> &str {
    media_type.split(';').next().unwrap_or_default().trim()
}

fn ends_with(media_type: &str, ending: &str) -> bool {
    essence(media_type).to_ascii_lowercase().ends_with(ending)
}

/// Whether a body can be JSON if it is documented as this: what says any type may be.
fn may_be_json(media_type: &str) -> bool {
    ["/json", "+json", "/*"]
        .iter()
        .any(|ending| ends_with(media_type, ending))
}

/// Whether a body in these media types can be written and read as a value of its type. In
/// others it is bytes.
pub fn are_spoken(media_types: &[String]) -> bool {
    media_types.is_empty() || media_types.iter().any(|it| may_be_json(it))
}

/// The media types that a body can have of those that are documented: for bytes all of them,
/// for other types `*/json`, and documents of another kind (`+json`) only where they are what
/// is meant.
pub fn usable<'a>(names: &'a [String], ty: &Type, with_suffix: bool) -> Vec<&'a str> {
    if *ty == Type::Binary {
        let names = names.iter().map(String::as_str);
        // `image/*` is no media type that a body has.
        return names.filter(|name| !name.contains('*')).collect();
    }
    let ending = |ending: &str| {
        let names = names.iter().map(String::as_str);
        let names = names.filter(|name| ends_with(name, ending));
        names.collect::<Vec<_>>()
    };
    let mut usable = ending("/json");
    if with_suffix || usable.is_empty() {
        usable.extend(ending("+json"));
    }
    if usable.is_empty() {
        usable.push(JSON);
    }
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
            assert!(are_spoken(&names(spoken)), "{spoken:?}");
        }
        for other in [
            &["multipart/form-data"][..],
            &["application/xml", "text/plain"],
        ] {
            assert!(!are_spoken(&names(other)), "{other:?}");
        }
    }

    #[test]
    fn bytes_have_all_media_types_and_values_those_of_json() {
        let all = names(&["image/png", "text/json; charset=utf-8", "a/b+json", "*/*"]);
        assert_eq!(usable(&all, &Type::Binary, false).len(), 3);
        assert_eq!(
            usable(&all, &Type::Any, false),
            ["text/json; charset=utf-8"]
        );
        assert_eq!(usable(&all, &Type::Any, true).len(), 2);
        assert_eq!(usable(&[], &Type::Any, false), [JSON]);
        assert!(usable(&[], &Type::Binary, false).is_empty());
    }
}
