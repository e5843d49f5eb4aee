//! Content negotiation (RFC 9110, section 12.5.1).
//!
//! Existing crates for `Accept` compare parameters literally, so that
//! `application/json; charset=UTF-8` wouldn't match what this server sends.

use http::header::{ACCEPT, ACCEPT_ENCODING, CONTENT_ENCODING, CONTENT_TYPE};
use http::{HeaderMap, HeaderName, HeaderValue, Method, StatusCode};

use super::ServiceError;
use crate::runtime::MediaType;

/// Chooses the media type of the response: the one that the client prefers, or the first of
/// several with equal weight.
pub(super) fn negotiate<'a>(
    headers: &HeaderMap,
    offered: &'a [MediaType],
) -> Result<Option<&'a MediaType>, ServiceError> {
    let accept: Vec<_> = headers
        .get_all(ACCEPT)
        .iter()
        .filter_map(|v| v.to_str().ok())
        .collect();
    let accept = accept.join(",");
    // Where the documentation names no media type, any will do.
    if accept.trim().is_empty() || offered.is_empty() {
        return Ok(offered.first());
    }
    // Most clients ask for one type that is offered.
    let is_asked = |offer: &&MediaType| offer.essence().eq_ignore_ascii_case(accept.trim());
    if let Some(offer) = offered.iter().find(is_asked) {
        return Ok(Some(offer));
    }
    let ranges: Vec<_> = accept.split(',').map(MediaType::from).collect();
    let mut best: Option<(u32, &MediaType)> = None;
    for offer in offered {
        let weight = weight(&ranges, offer);
        if weight > best.map_or(0, |(weight, _)| weight) {
            best = Some((weight, offer));
        }
    }
    best.map(|(_, offer)| Some(offer)).ok_or_else(|| {
        ServiceError::new(StatusCode::NOT_ACCEPTABLE).detail(format!(
            "The response can't be `{accept}`; it can be {}.",
            list(offered)
        ))
    })
}

/// The weight of a media type in `Accept`, in thousandths; the most specific range applies.
fn weight(ranges: &[MediaType], offer: &MediaType) -> u32 {
    let matching = ranges.iter().filter_map(|range| {
        let offered = offer.essence();
        let wanted = range.essence().to_ascii_lowercase();
        let specificity = match wanted.split_once('/') {
            Some(("*", "*")) => 1,
            Some((kind, "*")) if offered.split('/').next() == Some(kind) => 2,
            Some(_) if wanted == offered => 3,
            _ => return None,
        };
        range.is_utf8().then_some((specificity, range))
    });
    matching
        .max_by_key(|(specificity, _)| *specificity)
        .map_or(0, |(_, range)| {
            let quality = range.parameter("q").map_or(Ok(1.0), str::parse::<f32>);
            quality.map_or(0, |quality| (quality.clamp(0.0, 1.0) * 1000.0) as u32)
        })
}

/// The media type of a body; empty if there is no `Content-Type`.
pub(super) fn content(headers: &HeaderMap) -> MediaType {
    let content = headers.get(CONTENT_TYPE);
    MediaType::from(
        content
            .and_then(|value| value.to_str().ok())
            .unwrap_or_default(),
    )
}

/// Whether a media type is supported. If none is documented, all are.
pub(super) fn is_supported(content: &MediaType, supported: &[MediaType]) -> bool {
    let is_it = |known: &MediaType| known.essence().eq_ignore_ascii_case(content.essence());
    supported.is_empty() || supported.iter().any(is_it)
}

/// Refuses a body that is compressed (RFC 9110, section 15.5.16).
pub(super) fn check_encoding(headers: &HeaderMap) -> Result<(), ServiceError> {
    let codings: Vec<_> = headers
        .get_all(CONTENT_ENCODING)
        .iter()
        .map(|value| String::from_utf8_lossy(value.as_bytes()))
        .collect();
    let codings = codings.join(", ");
    let is_plain = |coding: &str| coding.is_empty() || coding.eq_ignore_ascii_case("identity");
    if codings.split(',').map(str::trim).all(is_plain) {
        return Ok(());
    }
    let detail = format!(
        "The request body is encoded (Content-Encoding: {codings}); this server doesn't decode it."
    );
    let error = ServiceError::new(StatusCode::UNSUPPORTED_MEDIA_TYPE).detail(detail);
    Err(error.header(ACCEPT_ENCODING, HeaderValue::from_static("identity")))
}

/// Refuses a body whose media type isn't supported.
pub(super) fn check_content(
    method: &Method,
    content: &MediaType,
    supported: &[MediaType],
) -> Result<(), ServiceError> {
    let essence = content.essence();
    if is_supported(content, supported) && content.is_utf8() {
        return Ok(());
    }
    let found = if essence.is_empty() {
        "The request has no Content-Type".to_owned()
    } else {
        format!("The request body is `{content}`")
    };
    let error = ServiceError::new(StatusCode::UNSUPPORTED_MEDIA_TYPE)
        .detail(format!("{found}; it can be {}, in UTF-8.", list(supported)));
    // RFC 9110, section 15.5.16: Accept in the response lists the supported types.
    let accept = supported
        .iter()
        .map(MediaType::essence)
        .collect::<Vec<_>>()
        .join(", ");
    Err(match HeaderValue::from_str(&accept) {
        // RFC 5789, section 2.2.
        Ok(accept) if method == Method::PATCH => error
            .header(ACCEPT, accept.clone())
            .header(HeaderName::from_static("accept-patch"), accept),
        Ok(accept) => error.header(ACCEPT, accept),
        Err(_) => error,
    })
}

fn list(media_types: &[MediaType]) -> String {
    let names: Vec<_> = media_types
        .iter()
        .map(|known| format!("`{}`", known.essence()))
        .collect();
    if names.is_empty() {
        "nothing".to_owned()
    } else {
        names.join(" or ")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const OFFERED: &[MediaType] = &[
        MediaType::from_static("application/json"),
        MediaType::from_static("text/json"),
    ];

    fn accept(text: &str) -> Option<&'static str> {
        let mut headers = HeaderMap::new();
        headers.insert(ACCEPT, HeaderValue::from_str(text).unwrap());
        negotiate(&headers, OFFERED)
            .ok()
            .map(|best| best.unwrap().as_str())
    }

    #[test]
    fn the_caller_gets_the_preferred_media_type() {
        for (text, expected) in [
            ("", Some("application/json")),
            ("*/*", Some("application/json")),
            ("text/*", Some("text/json")),
            ("Text/JSON", Some("text/json")),
            ("application/json; charset=UTF-8", Some("application/json")),
            ("application/json;q=0.5, text/json;q=0.8", Some("text/json")),
            ("text/json, application/json", Some("application/json")),
            ("application/xml, */*;q=0.1", Some("application/json")),
            ("*/*, application/json;q=0", Some("text/json")),
            ("application/json;q=0.0001", None),
            ("application/json; charset=utf-16", None),
            ("application/xml", None),
            ("nonsense", None),
        ] {
            assert_eq!(accept(text), expected, "{text}");
        }
        assert_eq!(
            negotiate(&HeaderMap::new(), OFFERED).unwrap(),
            OFFERED.first()
        );
        let mut headers = HeaderMap::new();
        headers.insert(ACCEPT, HeaderValue::from_static("image/png"));
        assert_eq!(negotiate(&headers, &[]).unwrap(), None);
    }

    #[test]
    fn bodies_are_json_in_utf8() {
        for (text, ok) in [
            ("application/json", true),
            ("text/json; charset=utf-8", true),
            ("TEXT/JSON", true),
            ("application/json; charset=iso-8859-1", false),
            ("application/xml", false),
            ("", false),
        ] {
            let mut headers = HeaderMap::new();
            headers.insert(CONTENT_TYPE, HeaderValue::from_str(text).unwrap());
            let content = content(&headers);
            assert_eq!(
                check_content(&Method::PUT, &content, OFFERED).is_ok(),
                ok,
                "{text}"
            );
        }
        let missing = content(&HeaderMap::new());
        assert!(check_content(&Method::PUT, &missing, &[]).is_ok());
        let error = check_content(&Method::PUT, &missing, OFFERED).unwrap_err();
        assert!(
            error
                .to_string()
                .contains("no Content-Type; it can be `application/json` or")
        );
    }
}
