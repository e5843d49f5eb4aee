//! Media types: which of them a body has, and which the caller wants (RFC 9110, sections
//! 8.3.1 and 12.5.1).

use docwright_model::{Body, Facets, Type};
use http::HeaderMap;
use http::header::{ACCEPT, CONTENT_TYPE, HeaderName};

/// A media type in which a body is documented, with its type there.
#[derive(Debug)]
pub struct Offer<'a> {
    /// Type and subtype, without parameters.
    pub essence: String,
    pub ty: &'a Type,
    pub facets: Option<&'a Facets>,
}

/// The media types of a body, in page order; those of `otherwise` where it names none.
pub fn offers<'a>(body: &'a Body, otherwise: &'a [String]) -> Vec<Offer<'a>> {
    let names = match body.media_types.is_empty() {
        true => otherwise,
        false => &body.media_types,
    };
    let main = names
        .iter()
        .map(|name| (name, &body.ty, Some(&body.facets)));
    let others = body.others.iter();
    let others = others.flat_map(|it| it.media_types.iter().map(|name| (name, &it.ty, None)));
    let offers = main.chain(others).map(|(name, ty, facets)| Offer {
        essence: essence(name).to_ascii_lowercase(),
        ty,
        facets,
    });
    let mut offers: Vec<_> = offers.filter(|offer| !offer.essence.is_empty()).collect();
    if offers.is_empty() {
        offers.push(Offer {
            essence: "*/*".to_owned(),
            ty: &body.ty,
            facets: Some(&body.facets),
        });
    }
    offers
}

/// A media type without its parameters.
pub fn essence(media_type: &str) -> &str {
    media_type.split(';').next().unwrap_or_default().trim()
}

/// Whether a body of this type is JSON.
pub fn is_json(media_type: &str) -> bool {
    let essence = essence(media_type).to_ascii_lowercase();
    essence.ends_with("/json") || essence.ends_with("+json")
}

/// The value of a parameter of a media type, without its quotes.
fn parameter<'t>(media_type: &'t str, name: &str) -> Option<&'t str> {
    media_type.split(';').skip(1).find_map(|parameter| {
        let (key, value) = parameter.split_once('=')?;
        let is_it = key.trim().eq_ignore_ascii_case(name);
        is_it.then(|| value.trim().trim_matches('"'))
    })
}

/// Whether the text is in UTF-8, which is what JSON has to be in (RFC 8259, section 8.1).
pub fn is_utf8(media_type: &str) -> bool {
    let names = ["utf-8", "utf8", "us-ascii"];
    parameter(media_type, "charset")
        .is_none_or(|charset| names.iter().any(|name| charset.eq_ignore_ascii_case(name)))
}

/// Whether `range`, such as `text/*`, has `media_type` in it, and how exact it is.
fn specificity(range: &str, media_type: &str) -> Option<u8> {
    match range.split_once('/') {
        Some(("*", "*")) => Some(1),
        Some((kind, "*")) => (media_type.split('/').next() == Some(kind)).then_some(2),
        _ => (range == media_type).then_some(3),
    }
}

/// The offer that the caller likes best, and among equals the first.
///
/// # Errors
/// What the caller wants, where none will do.
pub fn negotiate<'o, 'a>(
    headers: &HeaderMap,
    offers: &'o [Offer<'a>],
) -> Result<Option<&'o Offer<'a>>, String> {
    let accept = texts(headers, &ACCEPT).join(", ");
    if accept.trim().is_empty() {
        return Ok(offers.first());
    }
    let ranges: Vec<_> = accept.split(',').collect();
    let mut best: Option<(u32, &Offer<'_>)> = None;
    for offer in offers {
        let weight = weight(&ranges, &offer.essence);
        if weight > best.map_or(0, |(weight, _)| weight) {
            best = Some((weight, offer));
        }
    }
    match best {
        Some((_, offer)) => Ok(Some(offer)),
        None if offers.is_empty() => Ok(None),
        None => Err(accept),
    }
}

/// How much the caller likes a media type, in thousandths: the most exact range decides.
fn weight(ranges: &[&str], offered: &str) -> u32 {
    let matching = ranges.iter().filter_map(|range| {
        let wanted = essence(range).to_ascii_lowercase();
        Some((specificity(&wanted, offered)?, range))
    });
    let usable = matching.filter(|(_, range)| is_utf8(range));
    let Some((_, range)) = usable.max_by_key(|(specificity, _)| *specificity) else {
        return 0;
    };
    let quality = parameter(range, "q").map_or(Ok(1.0), str::parse::<f32>);
    quality.map_or(0, |quality| (quality.clamp(0.0, 1.0) * 1000.0) as u32)
}

/// The media type of a body, with its parameters; `None` if nothing is said about it.
pub fn content(headers: &HeaderMap) -> Option<String> {
    let text = texts(headers, &CONTENT_TYPE).into_iter().next()?;
    (!text.trim().is_empty()).then_some(text)
}

/// The offer that a body of this media type is.
pub fn taken<'o, 'a>(content: &str, offers: &'o [Offer<'a>]) -> Option<&'o Offer<'a>> {
    let essence = essence(content).to_ascii_lowercase();
    let fitting = offers
        .iter()
        .filter_map(|offer| Some((specificity(&offer.essence, &essence)?, offer)));
    fitting
        .max_by_key(|(specificity, _)| *specificity)
        .map(|it| it.1)
}

/// The media types, for a sentence.
pub fn list(offers: &[Offer<'_>]) -> String {
    let names: Vec<_> = offers
        .iter()
        .map(|it| format!("`{}`", it.essence))
        .collect();
    names.join(" or ")
}

/// The media types, for a header.
pub fn header(offers: &[Offer<'_>]) -> String {
    let names: Vec<_> = offers.iter().map(|it| it.essence.as_str()).collect();
    names.join(", ")
}

/// The values of a header, as text.
pub fn texts(headers: &HeaderMap, name: &HeaderName) -> Vec<String> {
    let values = headers.get_all(name).into_iter();
    let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
    values.map(|value| text(value.as_bytes())).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_caller_gets_the_preferred_media_type() {
        let ty = Type::Any;
        let offer = |essence: &str| Offer {
            essence: essence.to_owned(),
            ty: &ty,
            facets: None,
        };
        let offers = [offer("application/json"), offer("text/json")];
        for (text, expected) in [
            ("*/*", Some("application/json")),
            ("text/*", Some("text/json")),
            ("Text/JSON", Some("text/json")),
            ("application/json;q=0.5, text/json;q=0.8", Some("text/json")),
            ("*/*, application/json;q=0", Some("text/json")),
            ("application/json; charset=utf-16", None),
            ("application/json;q=nan, text/*;q=-1", None),
            ("application/xml", None),
            ("nonsense,,;q", None),
            ("", Some("application/json")),
        ] {
            let mut headers = HeaderMap::new();
            headers.insert(ACCEPT, text.parse().unwrap());
            let best = negotiate(&headers, &offers);
            let best = best.ok().flatten().map(|it| it.essence.as_str());
            assert_eq!(best, expected, "{text}");
        }
    }
}
