//! Bodies that standards describe: bytes of an image or a file, and JSON Patch.

use std::collections::BTreeSet;

use super::operation::Operation;
use docwright_model::Type;
use docwright_read::dialect::{Dialect, TypeWord};

/// The name of the type of an operation in a JSON Patch document (RFC 6902, section 4).
pub const JSON_PATCH: &str = "JsonPatchOperation";

/// Whether a table lists the members of a JSON Patch operation: `op`, `path`,
/// and of the others only those that RFC 6902 names.
pub fn is_json_patch(names: &BTreeSet<&str>) -> bool {
    let members = ["op", "path", "value", "from"];
    names.contains("op")
        && names.contains("path")
        && names.iter().all(|name| members.contains(name))
}

/// Whether a property is the value of a JSON Patch operation, which can be any JSON
/// value, even if the page's example is more specific.
pub fn is_patch_value(owner: &str, property: &str) -> bool {
    owner == JSON_PATCH && property == "value"
}

/// Whether a request takes bytes: the media types of its body are those of images,
/// sounds, videos or files (RFC 2046).
pub fn is_bytes(operation: &Operation<'_>, dialect: &Dialect) -> bool {
    let Some(name) = &dialect.headers.content_type else {
        return false;
    };
    let headers = operation.facts.headers.iter();
    let mut listed = headers.filter(|fact| fact.name.eq_ignore_ascii_case(name));
    let bytes = |media_type: &String| {
        let media_type = media_type.to_ascii_lowercase();
        let (kind, subtype) = media_type.split_once('/').unwrap_or_default();
        matches!(kind, "image" | "audio" | "video") || subtype == "octet-stream"
    };
    listed.any(|fact| fact.media_types.iter().any(bytes))
}

/// The word for bytes.
pub fn bytes() -> TypeWord {
    TypeWord::Scalar {
        is: Type::Binary,
        may_be: Vec::new(),
    }
}
