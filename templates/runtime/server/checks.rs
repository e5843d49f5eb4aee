//! The checks of a request before the service's method is called.

use std::time::Duration;

use axum::RequestExt;
use axum::body::{Bytes, HttpBody};
use axum::extract::{DefaultBodyLimit, FromRequest};
use http::header::{AUTHORIZATION, COOKIE, PROXY_AUTHORIZATION, WWW_AUTHENTICATE};
use http::request::Parts;
use http::{HeaderMap, HeaderValue, StatusCode};

use super::parameter::parse_query;
use super::required::Fields;
use super::{Authenticate, PathParameters, QueryParameters, Reply, Request, ServiceError, accept};
use crate::runtime::form::{self, is_form};
use crate::runtime::{
    Credentials, DecodeError, MediaType, OnOdd, OperationInfo, Payload, PayloadKind,
};

/// A request that passed the checks that don't depend on the types of its operation.
pub(super) struct Checked {
    parts: Parts,
    body: Bytes,
    /// The media type of the body.
    content: MediaType,
    credentials: Credentials,
    /// The media type of the response, if it has a body.
    pub(super) media_type: Option<&'static MediaType>,
    pub(super) reply: Reply,
}

impl Checked {
    /// Reads path, body and query; compiled once for all operations with the same types.
    pub(super) fn read<P, B, Q>(self, path: &[String]) -> Result<(P, Request<B, Q>), ServiceError>
    where
        P: PathParameters,
        B: Payload,
        Q: QueryParameters,
    {
        let path = P::parse(path).map_err(ServiceError::not_found)?;
        let is_json = B::KIND == PayloadKind::Json;
        let body = match &self.content {
            content if is_json && is_form(content) => form::decode(&self.body),
            #[cfg(feature = "xml")]
            content if is_json && content.is_xml() => {
                B::decode_xml(&self.body, OnOdd::RefuseOutsideUnions)
            }
            _ => B::decode_json(&self.body, OnOdd::Refuse),
        };
        let body = body.map_err(undocumented)?;
        let query = parse_query(self.parts.uri.query().unwrap_or_default());
        let request = Request {
            body,
            query: query.map_err(ServiceError::bad_request)?,
            credentials: self.credentials,
            parts: self.parts,
            reply: self.reply,
        };
        Ok((path, request))
    }
}

/// What the checks need to know about an operation.
pub(super) struct Checks<'r> {
    pub(super) info: &'r OperationInfo,
    /// Kinds of the bodies of request and response.
    pub(super) kinds: (PayloadKind, PayloadKind),
    /// Whether a request may have no body.
    pub(super) optional_body: bool,
    pub(super) fields: &'r Fields,
    /// The supported media types of the body.
    pub(super) supported: &'r [MediaType],
    pub(super) body_timeout: Duration,
}

/// Checks a request: its credentials, its media types, its headers and the size of its
/// body.
///
/// # Errors
/// Returns the response of the first check that fails.
pub(super) async fn check<S: Authenticate>(
    service: &S,
    checks: Checks<'_>,
    request: axum::extract::Request,
) -> Result<Checked, ServiceError> {
    let Checks {
        info, body_timeout, ..
    } = checks;
    let (body_kind, response_kind) = checks.kinds;
    // As far as the router was set up, by axum's DefaultBodyLimit.
    let (mut parts, body) = request.with_limited_body().into_parts();
    let credentials = authenticate(service, info, &mut parts).await?;
    let media_type = match response_kind {
        PayloadKind::Nothing => None,
        _ => accept::negotiate(&parts.headers, info.produces)?,
    };
    let mut content = accept::content(&parts.headers);
    let is_none = checks.optional_body && body.is_end_stream();
    if is_none {
        content = MediaType::from_static("application/json");
    } else if body_kind != PayloadKind::Nothing {
        accept::check_content(info.method, &content, checks.supported)?;
        accept::check_encoding(&parts.headers)?;
    }
    let fields = checks.fields.check(&parts.headers);
    fields.map_err(ServiceError::bad_request)?;
    if is_none || body_kind == PayloadKind::Nothing {
        // What an `Option` is read from.
        let none = match is_none && body_kind == PayloadKind::Json {
            true => "null",
            false => "",
        };
        return Ok(Checked {
            parts,
            body: Bytes::from_static(none.as_bytes()),
            content,
            credentials,
            media_type,
            reply: Reply::default(),
        });
    }
    // axum reads bodies from requests, and looks there whether a limit is still to be applied.
    let mut whole = axum::extract::Request::new(body);
    DefaultBodyLimit::disable().apply(&mut whole);
    let body = tokio::time::timeout(body_timeout, Bytes::from_request(whole, &())).await;
    let body = body
        .map_err(|_| {
            let seconds = body_timeout.as_secs_f32();
            let detail = format!("The body didn't arrive within {seconds} seconds.");
            ServiceError::new(StatusCode::REQUEST_TIMEOUT).detail(detail)
        })?
        .map_err(|refused| ServiceError::new(refused.status()).detail(refused.body_text()))?;
    Ok(Checked {
        content,
        parts,
        body,
        credentials,
        media_type,
        reply: Reply::default(),
    })
}

async fn authenticate<S: Authenticate>(
    service: &S,
    info: &OperationInfo,
    parts: &mut Parts,
) -> Result<Credentials, ServiceError> {
    hide_secrets(&mut parts.headers, info.authentication.headers);
    // Not 401, since it isn't clear who calls (RFC 6750, section 3.1): a proxy may have checked
    // one header, and the service another.
    if parts.headers.get_all(AUTHORIZATION).iter().count() > 1 {
        let detail = "The request has more than one Authorization header.";
        return Err(ServiceError::bad_request(detail));
    }
    let credentials = Credentials::read(&parts.headers, info.authentication.headers);
    let (credentials, accepted) = match credentials {
        Err(reason) => (
            Credentials::Anonymous,
            Err(ServiceError::unauthorized(reason)),
        ),
        Ok(Credentials::Anonymous) => (Credentials::Anonymous, service.anonymous(parts).await),
        Ok(credentials) => {
            let accepted = service.authenticate(&credentials, parts).await;
            (credentials, accepted)
        }
    };
    match accepted {
        Ok(()) => Ok(credentials),
        Err(error) if error.status() == StatusCode::UNAUTHORIZED => {
            let schemes = info.authentication.schemes.iter();
            Err(schemes.fold(error, |error, scheme| {
                error.header(WWW_AUTHENTICATE, HeaderValue::from_static(scheme.challenge))
            }))
        }
        Err(error) => Err(error),
    }
}

/// Marks credentials as sensitive, so that they aren't logged. A header may have several
/// values: with HTTP/2, clients send each cookie in its own.
pub(super) fn hide_secrets(headers: &mut HeaderMap, instead: &[&str]) {
    for (name, value) in headers.iter_mut() {
        let is_known = [AUTHORIZATION, COOKIE, PROXY_AUTHORIZATION].contains(name);
        if is_known || instead.iter().any(|it| name == it) {
            value.set_sensitive(true);
        }
    }
}

fn undocumented(error: DecodeError) -> ServiceError {
    ServiceError::bad_request(format!("The body isn't as documented: {error}."))
        .member("path", error.path)
}
