//! Routes requests to operations.

use std::collections::BTreeMap;
use std::sync::Arc;
use std::time::Duration;

use axum::Router;
use axum::body::Bytes;
use axum::extract::rejection::RawPathParamsRejection;
use axum::extract::{DefaultBodyLimit, RawPathParams};
use axum::middleware::{Next, from_fn};
use axum::response::{IntoResponse, Response};
use axum::routing::{MethodRouter, any, any_service};
use http::Uri;

use super::checks::{Checked, Checks, check};
use super::choice::{Chosen, candidates, choose, options};
use super::parameter::percent_decoded;
use super::pattern::{Pattern, normal_form};
use super::required::Fields;
use super::response::{drop_content, encoded, respond};
use super::{Authenticate, PathParameters, QueryParameters, Request, ServiceError, ServiceFuture};
use crate::runtime::{MediaType, Operation, OperationInfo, Payload, PayloadKind};

/// Collects the operations of a service and makes a router for them.
///
/// A router can't distinguish `/{id}`, `/{state}` and `/{id}.json`, so it gets one path for
/// all of them. The operation is then chosen by method, by the text in the segments and by
/// the types of the parameters; the most specific match is called.
pub struct Routes<S> {
    service: Arc<S>,
    shapes: BTreeMap<String, Vec<Route<S>>>,
    body_limit: Option<usize>,
    body_timeout: Duration,
}

/// An operation, and the method that implements it.
pub(super) struct Route<S> {
    pub(super) info: OperationInfo,
    /// Kinds of the bodies of request and response.
    kinds: (PayloadKind, PayloadKind),
    /// Whether a request may have no body.
    optional_body: bool,
    /// The required headers and cookies.
    fields: Fields,
    pub(super) pattern: Pattern,
    pub(super) rank: u32,
    /// Whether the texts match the types of the path's parameters; `refusal` states why
    /// they don't.
    pub(super) fits: fn(&[String]) -> bool,
    pub(super) refusal: fn(&[String]) -> String,
    call: MethodCall<S>,
}

/// Reads the request, calls the method and returns the response body.
type MethodCall<S> = Box<dyn for<'a> Fn(&'a S, &[String], Checked) -> Answer<'a> + Send + Sync>;
type Answer<'a> = Result<ServiceFuture<'a, Bytes>, ServiceError>;

/// A service's method that implements the operation `O`. Its arguments are the path's
/// parameters, one by one, and the request.
pub trait Handler<'a, S, O: Operation, P, Q>: Copy + Send + Sync + 'static {
    /// Calls the method.
    fn call(
        self,
        service: &'a S,
        path: P,
        request: Request<O::Body, Q>,
    ) -> ServiceFuture<'a, O::Response>;
}

macro_rules! handler {
    ($on:ident, $number:literal, $($type:ident $value:ident),*) => {
        impl<S: Authenticate> Routes<S> {
            /// Adds an operation and the service's method that implements it.
            ///
            #[doc = concat!("Its path has ", $number, ", so that the compiler only needs to")]
            /// consider one implementation of [`Handler`].
            pub fn $on<O, Q, $($type),*>(
                &mut self,
                _: O,
                method: impl for<'a> Handler<'a, S, O, ($($type,)*), Q>,
            ) where
                O: Operation,
                ($($type,)*): PathParameters,
                Q: QueryParameters,
            {
                self.add::<O, ($($type,)*), Q>(method);
            }
        }

        impl<'a, S, O, Q, H, T, $($type),*> Handler<'a, S, O, ($($type,)*), Q> for H
        where
            S: 'a,
            O: Operation,
            H: Fn(&'a S, $($type,)* Request<O::Body, Q>) -> T + Copy + Send + Sync + 'static,
            T: Future<Output = Result<O::Response, ServiceError>> + Send + 'a,
        {
            fn call(
                self,
                service: &'a S,
                ($($value,)*): ($($type,)*),
                request: Request<O::Body, Q>,
            ) -> ServiceFuture<'a, O::Response> {
                Box::pin(self(service, $($value,)* request))
            }
        }
    };
}
handler!(on_0, "no parameters",);
handler!(on_1, "one parameter", P1 p1);
handler!(on_2, "two parameters", P1 p1, P2 p2);
handler!(on_3, "three parameters", P1 p1, P2 p2, P3 p3);
handler!(on_4, "four parameters", P1 p1, P2 p2, P3 p3, P4 p4);
handler!(on_5, "five parameters", P1 p1, P2 p2, P3 p3, P4 p4, P5 p5);
handler!(on_6, "six parameters", P1 p1, P2 p2, P3 p3, P4 p4, P5 p5, P6 p6);
handler!(on_7, "seven parameters", P1 p1, P2 p2, P3 p3, P4 p4, P5 p5, P6 p6, P7 p7);
handler!(on_8, "eight parameters", P1 p1, P2 p2, P3 p3, P4 p4, P5 p5, P6 p6, P7 p7, P8 p8);
handler!(on_9, "nine parameters", P1 p1, P2 p2, P3 p3, P4 p4, P5 p5, P6 p6, P7 p7, P8 p8, P9 p9);
handler!(on_10, "10 parameters", P1 p1, P2 p2, P3 p3, P4 p4, P5 p5, P6 p6, P7 p7, P8 p8, P9 p9, P10 p10);
handler!(on_11, "11 parameters", P1 p1, P2 p2, P3 p3, P4 p4, P5 p5, P6 p6, P7 p7, P8 p8, P9 p9, P10 p10, P11 p11);
handler!(on_12, "12 parameters", P1 p1, P2 p2, P3 p3, P4 p4, P5 p5, P6 p6, P7 p7, P8 p8, P9 p9, P10 p10, P11 p11, P12 p12);
handler!(on_13, "13 parameters", P1 p1, P2 p2, P3 p3, P4 p4, P5 p5, P6 p6, P7 p7, P8 p8, P9 p9, P10 p10, P11 p11, P12 p12, P13 p13);
handler!(on_14, "14 parameters", P1 p1, P2 p2, P3 p3, P4 p4, P5 p5, P6 p6, P7 p7, P8 p8, P9 p9, P10 p10, P11 p11, P12 p12, P13 p13, P14 p14);
handler!(on_15, "15 parameters", P1 p1, P2 p2, P3 p3, P4 p4, P5 p5, P6 p6, P7 p7, P8 p8, P9 p9, P10 p10, P11 p11, P12 p12, P13 p13, P14 p14, P15 p15);
handler!(on_16, "16 parameters", P1 p1, P2 p2, P3 p3, P4 p4, P5 p5, P6 p6, P7 p7, P8 p8, P9 p9, P10 p10, P11 p11, P12 p12, P13 p13, P14 p14, P15 p15, P16 p16);
handler!(on_17, "17 parameters", P1 p1, P2 p2, P3 p3, P4 p4, P5 p5, P6 p6, P7 p7, P8 p8, P9 p9, P10 p10, P11 p11, P12 p12, P13 p13, P14 p14, P15 p15, P16 p16, P17 p17);
handler!(on_18, "18 parameters", P1 p1, P2 p2, P3 p3, P4 p4, P5 p5, P6 p6, P7 p7, P8 p8, P9 p9, P10 p10, P11 p11, P12 p12, P13 p13, P14 p14, P15 p15, P16 p16, P17 p17, P18 p18);
handler!(on_19, "19 parameters", P1 p1, P2 p2, P3 p3, P4 p4, P5 p5, P6 p6, P7 p7, P8 p8, P9 p9, P10 p10, P11 p11, P12 p12, P13 p13, P14 p14, P15 p15, P16 p16, P17 p17, P18 p18, P19 p19);
handler!(on_20, "20 parameters", P1 p1, P2 p2, P3 p3, P4 p4, P5 p5, P6 p6, P7 p7, P8 p8, P9 p9, P10 p10, P11 p11, P12 p12, P13 p13, P14 p14, P15 p15, P16 p16, P17 p17, P18 p18, P19 p19, P20 p20);

impl<S: Authenticate> Routes<S> {
    /// Routes without operations.
    pub fn new(service: S) -> Self {
        Self {
            service: Arc::new(service),
            shapes: BTreeMap::new(),
            body_limit: None,
            body_timeout: Duration::from_secs(30),
        }
    }

    fn add<O, P, Q>(&mut self, method: impl for<'a> Handler<'a, S, O, P, Q>)
    where
        O: Operation,
        P: PathParameters,
        Q: QueryParameters,
    {
        let (shape, pattern) = Pattern::new(O::INFO.path);
        self.shapes.entry(shape).or_default().push(Route {
            info: spoken::<O>(),
            kinds: (O::Body::KIND, O::Response::KIND),
            optional_body: O::OPTIONAL_BODY,
            fields: Fields {
                headers: O::REQUIRED_HEADERS,
                cookies: O::REQUIRED_COOKIES,
            },
            pattern,
            rank: P::RANK,
            fits: P::fit,
            refusal: refusal::<P>,
            call: Box::new(move |service, path, checked| {
                let media_type = checked.media_type;
                let (path, request) = checked.read::<P, O::Body, Q>(path)?;
                Ok(encoded(method.call(service, path, request), media_type))
            }),
        });
    }

    /// Adds the operations of a resource: `Routes::new(service).with(berths::routes)`.
    #[must_use]
    pub fn with(mut self, resource: impl FnOnce(&mut Self)) -> Self {
        resource(&mut self);
        self
    }

    /// Sets the size limit of a request body in bytes; the default is 2 MiB.
    #[must_use]
    pub fn body_limit(self, bytes: usize) -> Self {
        let body_limit = Some(bytes);
        Self { body_limit, ..self }
    }

    /// Sets how long a request body may take to arrive; the default is 30 seconds.
    #[must_use]
    pub fn body_timeout(self, body_timeout: Duration) -> Self {
        Self {
            body_timeout,
            ..self
        }
    }

    /// Makes the router, which can be merged with others. The response to an unknown path
    /// has problem details, too, unless the router gets a fallback.
    pub fn into_router(mut self) -> Router {
        let shapes = std::mem::take(&mut self.shapes).into_iter();
        let shapes = shapes.map(|(shape, mut routes)| {
            // Stable: equally specific routes keep the order in which they were added.
            routes.sort_by_key(|route| std::cmp::Reverse((route.pattern.text, route.rank)));
            (shape, Arc::new(routes))
        });
        let shapes: Vec<_> = shapes.collect();
        let normal = any_service(self.router(&shapes, None));
        self.router(&shapes, Some(Arc::new(normal)))
    }

    /// A router for the operations; `normal` is the same for paths in their normal form.
    fn router(&self, shapes: &[(String, Arc<Vec<Route<S>>>)], normal: Normal) -> Router {
        let mut router = Router::new();
        for (shape, routes) in shapes {
            let (service, routes) = (self.service.clone(), routes.clone());
            let (timeout, normal) = (self.body_timeout, normal.clone());
            let answer = move |path: RawPath, request: axum::extract::Request| {
                let (service, routes) = (service.clone(), routes.clone());
                let normal = normal.clone();
                // Boxed here: axum moves it several times, and it has thousands of bytes.
                Box::pin(async move {
                    match again(&normal, request.uri()) {
                        Some(normal) => route_again(normal, request).await,
                        None => dispatch(&*service, &routes, (path, timeout), request).await,
                    }
                })
            };
            router = router.route(shape, any(answer));
        }
        if let Some(bytes) = self.body_limit {
            router = router.layer(DefaultBodyLimit::max(bytes));
        }
        // In a router without routes, a layer only wraps the default fallback.
        router.merge(Router::new().layer(from_fn(
            move |request: axum::extract::Request, _: Next| {
                let normal = normal.clone();
                async move {
                    match again(&normal, request.uri()) {
                        Some(normal) => route_again(normal, request).await,
                        None => unknown_path(&request).into_response(),
                    }
                }
            },
        )))
    }
}

/// The router for paths in their normal form; `None` in itself.
type Normal = Option<Arc<MethodRouter>>;

/// Where a request is routed again, and with which URI, if its path has encoded signs that need
/// no encoding. The router takes them literally: `/%69tems` is `/items` (RFC 3986, section
/// 6.2.2.2).
fn again(normal: &Normal, uri: &Uri) -> Option<(MethodRouter, Uri)> {
    let router = normal.as_ref()?;
    Some((MethodRouter::clone(router), normal_form(uri)?))
}

async fn route_again(
    (router, uri): (MethodRouter, Uri),
    mut request: axum::extract::Request,
) -> Response {
    *request.uri_mut() = uri;
    axum::handler::Handler::call(router, request, ()).await
}

fn refusal<P: PathParameters>(texts: &[String]) -> String {
    P::parse(texts).err().unwrap_or_default()
}

/// The texts of a path's parameters, or why there are none.
type RawPath = Result<RawPathParams, RawPathParamsRejection>;

/// Whether the path is valid percent-encoded UTF-8. The router is less strict.
fn is_encoded(path: &str) -> bool {
    !path.contains('%') || percent_decoded(path).is_some()
}

fn not_encoded() -> ServiceError {
    ServiceError::bad_request("The path isn't percent-encoded UTF-8.")
}

fn unknown_path(request: &axum::extract::Request) -> ServiceError {
    let path = request.uri().path();
    if !is_encoded(path) {
        return not_encoded();
    }
    let hint = match path.len() > 1 && path.ends_with('/') {
        true => " Paths don't end in a slash.",
        false => "",
    };
    ServiceError::not_found(format!("There is no path `{path}`.{hint}"))
}

async fn dispatch<S: Authenticate>(
    service: &S,
    routes: &[Route<S>],
    (path, body_timeout): (RawPath, Duration),
    request: axum::extract::Request,
) -> Response {
    let path = match path {
        Ok(path) if is_encoded(request.uri().path()) => Ok(path),
        _ => Err(not_encoded()),
    };
    let texts = path.map(|path| {
        let mut texts: Vec<_> = path.iter().map(|(_, text)| text.to_owned()).collect();
        // Before them are those of a router around this one, and those found before the request
        // was routed again.
        let own = routes.first().map_or(0, |route| route.pattern.parameters());
        texts.split_off(texts.len().saturating_sub(own))
    });
    let answer = match texts {
        Ok(texts) => answer(service, routes, (texts, body_timeout), request).await,
        Err(error) => Err(error),
    };
    let mut response = answer.unwrap_or_else(IntoResponse::into_response);
    drop_content(&mut response);
    response
}

async fn answer<S: Authenticate>(
    service: &S,
    routes: &[Route<S>],
    (texts, body_timeout): (Vec<String>, Duration),
    request: axum::extract::Request,
) -> Result<Response, ServiceError> {
    let candidates = candidates(routes, &texts);
    match choose(&candidates, &request)? {
        Some(chosen) => run(service, chosen, body_timeout, request).await,
        None => Ok(options(&candidates)),
    }
}

async fn run<S: Authenticate>(
    service: &S,
    chosen: Chosen<'_, S>,
    body_timeout: Duration,
    request: axum::extract::Request,
) -> Result<Response, ServiceError> {
    let Chosen { route, path, .. } = chosen;
    let checks = Checks {
        info: &route.info,
        kinds: route.kinds,
        optional_body: route.optional_body,
        fields: &route.fields,
        supported: &chosen.supported,
        body_timeout,
    };
    let checked = check(service, checks, request).await?;
    let (media_type, reply) = (checked.media_type, checked.reply.clone());
    let body = (route.call)(service, path, checked)?.await?;
    let mut response = respond(route.info.success, media_type, body);
    reply.apply(&mut response);
    Ok(response)
}

/// The documented facts about an operation, without the media types that aren't supported:
/// without the feature `xml` those of XML, which follow those of JSON.
fn spoken<O: Operation>() -> OperationInfo {
    let known = |all: &'static [MediaType], kind| {
        let is_left_out = kind == PayloadKind::Json && cfg!(not(feature = "xml"));
        let end = all.iter().position(|it| is_left_out && it.is_xml());
        all.get(..end.unwrap_or(all.len())).unwrap_or(all)
    };
    OperationInfo {
        consumes: known(O::INFO.consumes, O::Body::KIND),
        produces: known(O::INFO.produces, O::Response::KIND),
        ..O::INFO
    }
}

impl<S> std::fmt::Debug for Routes<S> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let routes = self.shapes.values().flatten();
        f.debug_list()
            .entries(routes.map(|route| route.info.to_string()))
            .finish()
    }
}
