//! The body of a request.

use axum::body::Bytes;
use docwright_export::accepts;
use docwright_model::{Api, Facets, Type};
use http::header::{ACCEPT, HeaderName};
use http::{HeaderMap, Method, StatusCode};
use serde_json::Value;

use super::form;
use super::media::{self, Offer};
use super::problem::Problem;
use super::state::Stored;

/// The documented body that a request has, by its media type.
///
/// # Errors
/// When the media type isn't among those that are documented.
pub fn meant<'o, 'a>(
    method: &Method,
    headers: &HeaderMap,
    offers: &'o [Offer<'a>],
) -> Result<&'o Offer<'a>, Problem> {
    let content = media::content(headers);
    let found = match &content {
        Some(content) => {
            let fits = !media::is_json(content) || media::is_utf8(content);
            media::taken(content, offers).filter(|_| fits)
        }
        // Any type will do, so that nothing has to be said about it.
        None => offers.iter().find(|offer| offer.essence == "*/*"),
    };
    found.ok_or_else(|| {
        let found = match content {
            None => "The request has no Content-Type".to_owned(),
            Some(content) => format!("The request body is `{content}`"),
        };
        let detail = format!("{found}; it can be {}, JSON in UTF-8.", media::list(offers));
        let problem = Problem::new(StatusCode::UNSUPPORTED_MEDIA_TYPE, detail);
        let supported = media::header(offers);
        // RFC 9110, section 15.5.16, and RFC 5789, section 2.2.
        let problem = problem.header(ACCEPT, &supported);
        match *method == Method::PATCH {
            true => problem.header(HeaderName::from_static("accept-patch"), &supported),
            false => problem,
        }
    })
}

/// Checks a body; what can be stored of it: JSON, a form or a text as a value, or bytes.
///
/// Texts and bytes are taken as they are, and so is XML without a DTD.
///
/// # Errors
/// What isn't as documented, and where.
pub async fn check(
    api: &Api,
    (offer, headers): (&Offer<'_>, &HeaderMap),
    bytes: &Bytes,
) -> Result<Option<Stored>, Problem> {
    let content = media::content(headers);
    let essence = content.as_deref().map_or("", media::essence);
    let essence = essence.to_ascii_lowercase();
    let none = Facets::default();
    let facets = offer.facets.unwrap_or(&none);
    if media::is_json(&essence) || essence.is_empty() && *offer.ty != Type::Binary {
        let value = parsed(bytes)?;
        if let Some(expected) = patch(&essence, &value) {
            let detail = format!("The body isn't a patch: {expected}.");
            return Err(Problem::bad_request(detail));
        }
        // A merge patch has what changes (RFC 7396), another patch is a list of changes.
        let is_patch = [
            "application/json-patch+json",
            "application/merge-patch+json",
        ];
        if !is_patch.contains(&essence.as_str()) {
            fits(api, &value, (offer.ty, facets))?;
        }
        return Ok(Some(Stored::Value(value)));
    }
    if bytes.is_empty() && !facets.is_nullable() && *offer.ty != Type::Binary {
        return Err(Problem::bad_request("The request has no body."));
    }
    if essence == "application/x-www-form-urlencoded" {
        let value = form::object(api, offer.ty, form::url_encoded(bytes))?;
        fits(api, &value, (offer.ty, facets))?;
        return Ok(Some(Stored::Value(value)));
    }
    if essence == "multipart/form-data" {
        let fields = form::parts(content.as_deref().unwrap_or_default(), bytes.clone()).await?;
        // Where no parts are documented, the body is bytes.
        if !form::properties(api, offer.ty).is_empty() {
            fits(
                api,
                &form::object(api, offer.ty, fields)?,
                (offer.ty, facets),
            )?;
        }
        return Ok(None);
    }
    if (essence.ends_with("/xml") || essence.ends_with("+xml")) && has_dtd(bytes) {
        return Err(Problem::bad_request("The body is XML with a DTD."));
    }
    Ok(match (offer.ty, std::str::from_utf8(bytes)) {
        (Type::String, Ok(text)) => Some(Stored::Value(text.into())),
        (Type::String | Type::Binary, _) => Some(Stored::Bytes(bytes.clone())),
        _ => None,
    })
}

/// Whether XML has a document type declaration: behind blanks, comments and instructions
/// (production 22 of XML 1.0).
fn has_dtd(bytes: &[u8]) -> bool {
    let text = String::from_utf8_lossy(bytes);
    let mut rest = text.trim_start_matches('\u{feff}').trim_start();
    loop {
        let end = match rest {
            _ if rest.starts_with("<!--") => "-->",
            _ if rest.starts_with("<?") => "?>",
            _ => return rest.starts_with("<!DOCTYPE"),
        };
        let Some((_, behind)) = rest.split_once(end) else {
            return false;
        };
        rest = behind.trim_start();
    }
}

fn parsed(bytes: &[u8]) -> Result<Value, Problem> {
    let bytes = bytes.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(bytes);
    if bytes.trim_ascii().is_empty() {
        return Err(Problem::bad_request("The request has no body."));
    }
    serde_json::from_slice(bytes)
        .map_err(|error| Problem::bad_request(format!("The body isn't JSON: {error}.")))
}

fn fits(api: &Api, value: &Value, (ty, facets): (&Type, &Facets)) -> Result<(), Problem> {
    accepts(api, value, ty, facets).map_err(|mismatch| {
        let path = mismatch.path().to_owned();
        let detail = format!("The body isn't as documented: {mismatch}.");
        Problem::bad_request(detail).member("path", path)
    })
}

/// What is wrong with a patch, by its media type.
fn patch(essence: &str, value: &Value) -> Option<&'static str> {
    const OPERATIONS: [&str; 6] = ["add", "remove", "replace", "move", "copy", "test"];
    if essence != "application/json-patch+json" {
        return None;
    }
    let Some(changes) = value.as_array() else {
        return Some("expected an array of changes (RFC 6902)");
    };
    let is_change = |change: &Value| {
        let text = |name: &str| change.get(name).and_then(Value::as_str);
        let is_pointer = |text: &str| text.is_empty() || text.starts_with('/');
        text("op").is_some_and(|op| OPERATIONS.contains(&op))
            && text("path").is_some_and(is_pointer)
    };
    let wrong = changes.iter().any(|change| !is_change(change));
    wrong.then_some("expected an `op` and a `path` in each change (RFC 6902)")
}
