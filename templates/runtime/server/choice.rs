//! Finds the operation of a request by its path, method, parameter types and media type.

use std::borrow::Cow;

use axum::response::{IntoResponse, Response};
use http::header::ALLOW;
use http::{HeaderValue, Method, StatusCode};

use super::routes::Route;
use super::{ServiceError, accept};
use crate::runtime::MediaType;

/// A route whose path matches, and the values of its parameters.
pub(super) type Candidate<'r, S> = (&'r Route<S>, Cow<'r, [String]>);

/// The routes whose path matches the texts that the router found.
pub(super) fn candidates<'r, S>(
    routes: &'r [Route<S>],
    texts: &'r [String],
) -> Vec<Candidate<'r, S>> {
    let values = |route: &'r Route<S>| Some((route, route.pattern.values(texts)?));
    routes.iter().filter_map(values).collect()
}

/// The route that was chosen.
pub(super) struct Chosen<'c, S> {
    pub(super) route: &'c Route<S>,
    /// The values of the parameters of its path.
    pub(super) path: &'c [String],
    /// The media types that this route, or an equally specific one, supports for the body.
    pub(super) supported: Cow<'static, [MediaType]>,
}

/// Chooses the operation; `None` for OPTIONS.
pub(super) fn choose<'c, S>(
    candidates: &'c [Candidate<'_, S>],
    request: &axum::extract::Request,
) -> Result<Option<Chosen<'c, S>>, ServiceError> {
    let method = request.method();
    let has = |method: &Method| candidates.iter().any(|(it, _)| it.info.method == method);
    // HEAD is GET without the body, unless it is an operation of its own.
    let wanted = match *method == Method::HEAD && !has(method) {
        true => &Method::GET,
        false => method,
    };
    let (mut fitting, mut refusals) = (Vec::new(), Vec::new());
    let routes = candidates.iter();
    for (route, path) in routes.filter(|(route, _)| route.info.method == wanted) {
        match (route.fits)(path) {
            true => fitting.push((route, path)),
            false => refusals.push((route, path)),
        }
    }
    if let Some((first, _)) = fitting.first() {
        let special = (first.pattern.text, first.rank);
        fitting.retain(|(route, _)| (route.pattern.text, route.rank) == special);
        return Ok(Some(by_content(&fitting, request)));
    }
    if !refusals.is_empty() {
        let reasons = refusals.iter().map(|(route, path)| (route.refusal)(path));
        let reasons: Vec<_> = reasons.collect();
        let detail = format!("No such resource: {}.", reasons.join(", and "));
        return Err(ServiceError::not_found(detail));
    }
    if candidates.is_empty() {
        return Err(ServiceError::not_found("No such resource."));
    }
    if method == Method::OPTIONS {
        return Ok(None);
    }
    let detail = format!("This resource doesn't support {wanted}.");
    let error = ServiceError::new(StatusCode::METHOD_NOT_ALLOWED).detail(detail);
    Err(error.header(ALLOW, allowed(candidates)))
}

/// Chooses among equally specific routes: the one that supports the body's media type, or
/// else the first. A body with a different type for each media type belongs to several
/// operations.
fn by_content<'c, S>(
    fitting: &[(&&'c Route<S>, &'c Cow<'_, [String]>)],
    request: &axum::extract::Request,
) -> Chosen<'c, S> {
    let chosen = |at: usize, supported| Chosen {
        route: fitting[at].0,
        path: fitting[at].1,
        supported,
    };
    if fitting.len() == 1 {
        return chosen(0, Cow::Borrowed(fitting[0].0.info.consumes));
    }
    let content = accept::content(request.headers());
    let takes_it = |(route, _): &(&&Route<S>, _)| {
        let consumes = route.info.consumes;
        !consumes.is_empty() && accept::is_supported(&content, consumes)
    };
    let at = fitting.iter().position(takes_it).unwrap_or(0);
    let all = fitting.iter().flat_map(|(route, _)| route.info.consumes);
    chosen(at, all.cloned().collect())
}

pub(super) fn options<S>(candidates: &[Candidate<'_, S>]) -> Response {
    let mut response = StatusCode::NO_CONTENT.into_response();
    response.headers_mut().insert(ALLOW, allowed(candidates));
    response
}

/// The methods of a path, for `Allow`.
fn allowed<S>(candidates: &[Candidate<'_, S>]) -> HeaderValue {
    let mut methods: Vec<_> = candidates
        .iter()
        .map(|(route, _)| route.info.method.as_str())
        .collect();
    if methods.contains(&"GET") {
        methods.push("HEAD");
    }
    methods.push("OPTIONS");
    methods.sort_unstable();
    methods.dedup();
    HeaderValue::from_str(&methods.join(", ")).unwrap_or(HeaderValue::from_static("OPTIONS"))
}
