//! The response to a request that is as documented.

use axum::body::Body;
use bytes::Bytes;
use docwright_export::accepts;
use docwright_model::{
    Api, Body as Documented, Direction, Facets, Operation, Response as Described, Sample, Status,
    Type,
};
use http::header::{CONTENT_LENGTH, CONTENT_TYPE};
use http::{HeaderMap, HeaderName, HeaderValue, Response, StatusCode};
use serde_json::Value;

use super::media::{self, Offer};
use super::problem::Problem;
use super::state::Stored;
use super::value;

/// Headers that are about this message, not about what the pages show.
const OWN: [&str; 8] = [
    "connection",
    "content-encoding",
    "content-length",
    "content-type",
    "date",
    "keep-alive",
    "trailer",
    "transfer-encoding",
];

/// A documented response that the caller will get.
#[derive(Debug)]
pub struct Plan<'a> {
    pub status: StatusCode,
    described: Option<&'a Described>,
    /// The media type, and the type in it, if there is a body.
    content: Option<(String, &'a Type)>,
}

/// Where the body of a response comes from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Origin {
    /// There is none.
    Nothing,
    /// A sample on the pages.
    Sample,
    /// It is made from the schema.
    Made,
    /// A caller stored it.
    Stored,
}

/// Which documented response the caller gets: the success, unless `Prefer: code=404` names
/// another.
///
/// # Errors
/// When that isn't documented, or in no media type that the caller wants.
pub fn plan<'a>(operation: &'a Operation, headers: &HeaderMap) -> Result<Plan<'a>, Problem> {
    let (status, described) = match preferred(headers) {
        None => success(operation),
        Some(code) => (code, documented(operation, code)?),
    };
    let body = described.and_then(|it| it.body.as_ref());
    let body = body.filter(|_| Status::Code(status.as_u16()).has_content());
    let Some(body) = body else {
        return Ok(Plan {
            status,
            described,
            content: None,
        });
    };
    let offers = written(body, &operation.accepts);
    if offers.is_empty() {
        let documented = media::list(&media::offers(body, &operation.accepts));
        let detail = format!("The response is {documented}, which the mock can't write.");
        return Err(Problem::new(StatusCode::NOT_IMPLEMENTED, detail));
    }
    let best = media::negotiate(headers, &offers).map_err(|accept| {
        let list = media::list(&offers);
        let detail = format!("The response can't be `{accept}`; it can be {list}.");
        Problem::new(StatusCode::NOT_ACCEPTABLE, detail)
    })?;
    Ok(Plan {
        status,
        described,
        content: best.map(|offer| (offer.essence.clone(), offer.ty)),
    })
}

/// The status that `Prefer: code=404` (RFC 7240) asks for.
fn preferred(headers: &HeaderMap) -> Option<StatusCode> {
    let texts = media::texts(headers, &HeaderName::from_static("prefer"));
    let mut wishes = texts.iter().flat_map(|text| text.split([',', ';']));
    let code = wishes.find_map(|wish| wish.trim().strip_prefix("code="))?;
    let code: u16 = code.trim_matches('"').parse().ok()?;
    StatusCode::from_u16(code).ok()
}

fn documented(operation: &Operation, code: StatusCode) -> Result<Option<&Described>, Problem> {
    let is_final = (200..600).contains(&code.as_u16());
    let mut covering = Status::Code(code.as_u16()).covering();
    let found = covering.find_map(|it| operation.responses.iter().find(|r| r.status == it));
    match found.filter(|_| is_final) {
        Some(found) => Ok(Some(found)),
        None => {
            let documented: Vec<_> = operation.responses.iter().collect();
            let documented = documented.iter().map(|it| it.status.to_string());
            let documented = documented.collect::<Vec<_>>().join(", ");
            let code = code.as_u16();
            let detail = format!("No response {code} is documented, only: {documented}.");
            Err(Problem::bad_request(detail))
        }
    }
}

/// The response that a caller hopes for: the first success with a body, or else the first.
/// Where no success is documented, what is documented for any status is one, or any response.
fn success(operation: &Operation) -> (StatusCode, Option<&Described>) {
    let responses = || operation.responses.iter();
    let successes = || responses().filter(|it| it.status.is_success());
    let found = successes()
        .find(|it| it.body.is_some())
        .or_else(|| successes().next())
        .or_else(|| responses().find(|it| it.status == Status::Default))
        .or_else(|| responses().find(|it| it.status.code().is_some_and(|it| it >= 200)));
    let status = found.and_then(|it| it.status.code());
    let status = status.and_then(|code| StatusCode::from_u16(code).ok());
    let otherwise = match found {
        None => StatusCode::NO_CONTENT,
        Some(_) => StatusCode::OK,
    };
    (status.unwrap_or(otherwise), found)
}

/// The media types of a body that the mock writes.
fn written<'a>(body: &'a Documented, otherwise: &'a [String]) -> Vec<Offer<'a>> {
    let mut offers = media::offers(body, otherwise);
    for offer in &mut offers {
        if offer.essence.contains('*') {
            let any = match offer.ty {
                Type::Binary => "application/octet-stream",
                _ => "application/json",
            };
            any.clone_into(&mut offer.essence);
        }
    }
    offers.retain(|offer| {
        let is_text = *offer.ty == Type::String && offer.essence.starts_with("text/");
        media::is_json(&offer.essence) || is_text || *offer.ty == Type::Binary
    });
    offers
}

impl<'a> Plan<'a> {
    /// The documented value of the body: the sample, where it is of its type, or else one that
    /// is made.
    pub fn value(&self, api: &'a Api, samples: &[Sample]) -> (Option<Value>, Origin) {
        let Some((_, ty)) = self.content else {
            return (None, Origin::Nothing);
        };
        let none = Facets::default();
        let body = self.described.and_then(|it| it.body.as_ref());
        let facets = body.map_or(&none, |it| &it.facets);
        let mut bodies = self.samples(samples).filter_map(|it| it.body.as_deref());
        let sample = bodies.find(|it| accepts(api, it, ty, facets).is_ok());
        let (mut value, origin) = match sample {
            Some(sample) => (sample.clone(), Origin::Sample),
            None => (value::of(api, ty, facets), Origin::Made),
        };
        end_list(api, ty, &mut value);
        (Some(value), origin)
    }

    /// Whether the body is bytes.
    pub fn is_bytes(&self) -> bool {
        matches!(&self.content, Some((_, Type::Binary)))
    }

    fn samples<'s>(&self, samples: &'s [Sample]) -> impl Iterator<Item = &'s Sample> {
        let status = self.status;
        samples.iter().filter(move |it| {
            let code = it.status;
            it.direction == Direction::Response
                && code.map_or(status.is_success(), |code| code == status.as_u16())
        })
    }

    /// What a caller stored, in the form that is documented here; `None` if it can't be.
    pub fn stored(&self, api: &Api, stored: &Value, documented: &Value) -> Option<Value> {
        let (_, ty) = self.content.as_ref()?;
        let fits = |value: &Value| accepts(api, value, ty, &Facets::default()).is_ok();
        if fits(stored) {
            return Some(stored.clone());
        }
        // What is written may be a part of what is read.
        let mut whole = documented.as_object()?.clone();
        let stored = stored.as_object()?.clone();
        whole.extend(stored);
        let whole = Value::Object(whole);
        fits(&whole).then_some(whole)
    }

    /// The response, with the documented headers.
    pub fn respond(&self, api: &Api, samples: &[Sample], body: Option<&Stored>) -> Response<Body> {
        let mut response = Response::new(Body::empty());
        *response.status_mut() = self.status;
        let (name, bytes) = match (&self.content, body) {
            (Some((media_type, ty)), Some(Stored::Value(value))) => {
                (media_type, written_as(media_type, ty, value))
            }
            (Some((media_type, _)), Some(Stored::Bytes(bytes))) => (media_type, bytes.clone()),
            _ => return self.with_headers(api, samples, response),
        };
        let content_type = match media::is_json(name) || name.starts_with("text/") {
            true => format!("{name}; charset=utf-8"),
            false => name.clone(),
        };
        let headers = response.headers_mut();
        if let Ok(content_type) = HeaderValue::from_str(&content_type) {
            headers.insert(CONTENT_TYPE, content_type);
        }
        // For HEAD, too, where the body is dropped.
        headers.insert(CONTENT_LENGTH, HeaderValue::from(bytes.len()));
        *response.body_mut() = Body::from(bytes);
        self.with_headers(api, samples, response)
    }

    fn with_headers(
        &self,
        api: &Api,
        samples: &[Sample],
        mut response: Response<Body>,
    ) -> Response<Body> {
        for header in self.described.map_or(&[][..], |it| &it.headers) {
            let is_it = |name: &str| name.eq_ignore_ascii_case(&header.name);
            let mut shown = self.samples(samples).flat_map(|it| &it.headers);
            let shown = shown.find(|(name, _)| is_it(name)).map(|it| it.1.clone());
            let text =
                shown.unwrap_or_else(|| match value::of(api, &header.ty, &Facets::default()) {
                    // RFC 9110, section 8.8.3.
                    Value::String(text) if is_it("ETag") => format!("\"{text}\""),
                    Value::String(text) => text,
                    other => other.to_string(),
                });
            let name = HeaderName::from_bytes(header.name.as_bytes()).ok();
            let name = name.filter(|name| !OWN.contains(&name.as_str()));
            if let (Some(name), Ok(value)) = (name, HeaderValue::from_str(&text)) {
                response.headers_mut().insert(name, value);
            }
        }
        response
    }
}

/// Makes a page of a list the last one: the link on the page leads to the real server, and one
/// that is made leads nowhere.
fn end_list(api: &Api, ty: &Type, value: &mut Value) {
    let (Some(page), Some(object)) = (api.list_page(ty), value.as_object_mut()) else {
        return;
    };
    if !page.next.required {
        object.remove(&page.next.name);
    } else if let Some(next) = object.get_mut(&page.next.name) {
        *next = Value::Null;
    }
}

/// A value in a media type: JSON, or a text or bytes as they are.
fn written_as(media_type: &str, ty: &Type, value: &Value) -> Bytes {
    match value {
        _ if media::is_json(media_type) => value.to_string().into(),
        _ if *ty == Type::Binary => Bytes::from_static(b"mock"),
        Value::String(text) => text.clone().into(),
        other => other.to_string().into(),
    }
}
