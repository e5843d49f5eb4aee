//! The server: each request passes the checks one after another.

use std::collections::BTreeMap;
use std::fmt;
use std::io;
use std::net::TcpListener;
use std::sync::Arc;
use std::time::Duration;

use axum::Router;
use axum::body::{Body, Bytes, HttpBody, to_bytes};
use axum::response::Response;
use docwright_model::{Api, Operation, Sample};
use http::header::{ALLOW, CONTENT_LENGTH, HeaderName, TRANSFER_ENCODING};
use http::request::Parts;
use http::{HeaderMap, HeaderValue, Method, Request, StatusCode};
use serde_json::Value;

use super::condition::{self, Version};
use super::matching::{self, Routes, Target};
use super::problem::Problem;
use super::respond::{self, Origin, Plan};
use super::state::{State, Stored};
use super::{body, media, parameter};

/// How many bytes the body of a request may have.
pub const BODY_LIMIT: usize = 16 << 20;

/// How long the body of a request may take to arrive.
pub const BODY_TIMEOUT: Duration = Duration::from_secs(30);

/// A mock of an API.
pub struct Mock {
    api: Api,
    routes: Routes,
    samples: BTreeMap<String, Vec<Sample>>,
    state: Option<State>,
    log: Option<Log>,
    body_timeout: Duration,
}

type Log = Box<dyn Fn(&Line) + Send + Sync>;

/// Where the bodies of the successful responses come from, operation by operation.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Counts {
    /// All operations.
    pub operations: usize,
    /// Those with a sample.
    pub sampled: usize,
    /// Those whose response is made from the schema.
    pub made: usize,
    /// Those whose response has no body.
    pub empty: usize,
}

/// What became of one request.
#[derive(Clone, Debug)]
pub struct Line {
    /// The method.
    pub method: Method,
    /// The path as it came, without the query.
    pub path: String,
    /// The status of the response.
    pub status: StatusCode,
    /// The identifier of the operation, if one was meant.
    pub operation: Option<String>,
    /// What else there is to say: what is wrong, or where the response comes from.
    pub note: String,
}

impl fmt::Display for Line {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let status = self.status.as_u16();
        write!(f, "{status} {} {}", self.method, self.path)?;
        if let Some(operation) = &self.operation {
            write!(f, " {operation}")?;
        }
        match self.note.is_empty() {
            true => Ok(()),
            false => write!(f, ": {}", self.note),
        }
    }
}

impl Mock {
    /// A mock of an API, with the samples of its pages.
    pub fn new(api: Api, samples: &[Sample]) -> Self {
        let mut by_operation: BTreeMap<String, Vec<Sample>> = BTreeMap::new();
        for sample in samples {
            let of = by_operation.entry(sample.operation.clone()).or_default();
            of.push(sample.clone());
        }
        Self {
            routes: Routes::new(&api),
            api,
            samples: by_operation,
            state: None,
            log: None,
            body_timeout: BODY_TIMEOUT,
        }
    }

    /// Keeps what callers send: what was PUT is what GET gives, and what was deleted is gone.
    #[must_use]
    pub fn stateful(self) -> Self {
        let state = Some(State::default());
        Self { state, ..self }
    }

    /// Tells `log` of each request.
    #[must_use]
    pub fn log(self, log: impl Fn(&Line) + Send + Sync + 'static) -> Self {
        let log: Option<Log> = Some(Box::new(log));
        Self { log, ..self }
    }

    /// How long the body of a request may take to arrive, instead of [`BODY_TIMEOUT`].
    #[must_use]
    pub fn body_timeout(self, body_timeout: Duration) -> Self {
        Self {
            body_timeout,
            ..self
        }
    }

    /// Where the responses come from.
    pub fn counts(&self) -> Counts {
        let mut counts = Counts::default();
        for operation in &self.api.operations {
            counts.operations += 1;
            let origin = respond::plan(operation, &HeaderMap::new())
                .map(|plan| plan.value(&self.api, self.samples_of(operation)).1);
            match origin {
                Ok(Origin::Sample) => counts.sampled += 1,
                Ok(Origin::Made) => counts.made += 1,
                _ => counts.empty += 1,
            }
        }
        counts
    }

    fn samples_of(&self, operation: &Operation) -> &[Sample] {
        self.samples.get(&operation.uid).map_or(&[], |all| all)
    }

    /// The mock as a router, for tests in process.
    pub fn into_router(self) -> Router {
        let mock = Arc::new(self);
        Router::new().fallback(move |request: Request<Body>| {
            let mock = mock.clone();
            async move { mock.answer(request).await }
        })
    }

    /// Serves until the process ends.
    ///
    /// # Errors
    /// When the listener can't be used.
    pub fn serve(self, listener: TcpListener) -> io::Result<()> {
        listener.set_nonblocking(true)?;
        let runtime = tokio::runtime::Builder::new_current_thread()
            .enable_all()
            .build()?;
        runtime.block_on(async {
            let listener = tokio::net::TcpListener::from_std(listener)?;
            axum::serve(listener, self.into_router()).await
        })
    }

    async fn answer(&self, request: Request<Body>) -> Response {
        let (parts, body) = request.into_parts();
        let mut line = Line {
            method: parts.method.clone(),
            path: parts.uri.path().to_owned(),
            status: StatusCode::OK,
            operation: None,
            note: String::new(),
        };
        let mut response = match self.respond(&parts, body, &mut line).await {
            Ok(response) => response,
            Err(problem) => {
                problem.detail().clone_into(&mut line.note);
                problem.into_response()
            }
        };
        if parts.method == Method::HEAD {
            *response.body_mut() = Body::empty();
        }
        share(&parts.headers, response.headers_mut());
        line.status = response.status();
        if let Some(log) = &self.log {
            log(&line);
        }
        response
    }

    async fn respond(
        &self,
        parts: &Parts,
        body: Body,
        line: &mut Line,
    ) -> Result<Response, Problem> {
        let (method, headers) = (&parts.method, &parts.headers);
        if parts.uri.path() == "*" && *method == Method::OPTIONS {
            return Ok(options("GET, HEAD, OPTIONS, POST, PUT, PATCH, DELETE"));
        }
        let path = matching::path(parts.uri.path())?;
        let operation = match self.routes.find(&self.api, (method, &path), headers)? {
            Target::Operation(operation) => operation,
            Target::Options(allowed) => return Ok(options(&allowed)),
        };
        line.operation = Some(operation.uid.clone());
        let plan = respond::plan(operation, headers)?;
        let (sent, notes) = self.check(operation, parts, body).await?;
        let state = self.state.as_ref().filter(|_| plan.status.is_success());
        let is_read = operation.method == "GET";
        if let Some(version) = state.and_then(|it| it.version(&path))
            && condition::is_known(is_read, headers, version)?
        {
            "as it was stored, and the caller has it".clone_into(&mut line.note);
            return Ok(not_modified(version));
        }
        let (stored, origin) = self.value(operation, &plan, (&path, sent))?;
        line.note = note(origin, notes);
        let samples = self.samples_of(operation);
        let mut response = plan.respond(&self.api, samples, stored.as_ref());
        if let Some(Some(version)) = state.and_then(|it| it.version(&path)) {
            version.write(response.headers_mut());
        }
        Ok(response)
    }

    /// Checks media type, parameters and body; gives what can be stored of the body, with its
    /// length, and what is odd about the request.
    async fn check(
        &self,
        operation: &Operation,
        parts: &Parts,
        body: Body,
    ) -> Result<(Option<(Stored, usize)>, Vec<String>), Problem> {
        let headers = &parts.headers;
        let request = operation.request.as_ref();
        let is_none = request.is_some_and(|it| it.optional) && body.is_end_stream();
        let offers = request.filter(|_| !is_none);
        let offers = offers.map(|it| media::offers(it, &[]));
        let meant = match &offers {
            Some(offers) => Some(body::meant(&parts.method, headers, offers)?),
            None => None,
        };
        let query = parts.uri.query().unwrap_or_default();
        let unknown = parameter::check_all(&self.api, operation, query, headers)?;
        let mut notes: Vec<_> = unknown
            .iter()
            .map(|name| format!("the query parameter `{name}` isn't documented"))
            .collect();
        let Some(meant) = meant else {
            if has_body(headers) {
                notes.push("no request body is documented".to_owned());
            }
            return Ok((None, notes));
        };
        let bytes = self.receive(body).await?;
        let sent = body::check(&self.api, (meant, headers), &bytes).await?;
        Ok((sent.map(|sent| (sent, bytes.len())), notes))
    }

    async fn receive(&self, body: Body) -> Result<Bytes, Problem> {
        let bytes = tokio::time::timeout(self.body_timeout, to_bytes(body, BODY_LIMIT)).await;
        let bytes = bytes.map_err(|_| {
            let seconds = self.body_timeout.as_secs_f32();
            let detail = format!("The body didn't arrive within {seconds} seconds.");
            Problem::new(StatusCode::REQUEST_TIMEOUT, detail)
        })?;
        bytes.map_err(|error| {
            let is_too_long = std::error::Error::source(&error)
                .is_some_and(|it| it.to_string().contains("length limit"));
            match is_too_long {
                true => {
                    let detail = format!("The body has more than {BODY_LIMIT} bytes.");
                    Problem::new(StatusCode::PAYLOAD_TOO_LARGE, detail)
                }
                false => Problem::bad_request(format!("The body can't be read: {error}.")),
            }
        })
    }

    /// The value of the response's body, by what was stored.
    fn value(
        &self,
        operation: &Operation,
        plan: &Plan<'_>,
        (path, sent): (&[String], Option<(Stored, usize)>),
    ) -> Result<(Option<Stored>, Origin), Problem> {
        let (value, origin) = plan.value(&self.api, self.samples_of(operation));
        let Some(state) = self.state.as_ref().filter(|_| plan.status.is_success()) else {
            return Ok((value.map(Stored::Value), origin));
        };
        let stored = match (operation.method.as_str(), sent) {
            ("PUT", Some((sent, bytes))) => {
                state.put(path, sent.clone(), bytes)?;
                Some(sent)
            }
            ("DELETE", _) => {
                state.put(path, Stored::Gone, 0)?;
                None
            }
            ("GET", _) => state.get(path),
            _ => None,
        };
        match (stored, &value) {
            (Some(Stored::Gone), _) => Err(Problem::not_found("It was deleted.")),
            (Some(Stored::Value(Value::String(text))), Some(_)) if plan.is_bytes() => {
                Ok((Some(Stored::Bytes(text.into())), Origin::Stored))
            }
            (Some(Stored::Value(stored)), Some(documented)) => {
                let fitted = plan.stored(&self.api, &stored, documented);
                let origin = if fitted.is_some() {
                    Origin::Stored
                } else {
                    origin
                };
                Ok((fitted.or(value).map(Stored::Value), origin))
            }
            (Some(bytes @ Stored::Bytes(_)), Some(_)) if plan.is_bytes() => {
                Ok((Some(bytes), Origin::Stored))
            }
            _ => Ok((value.map(Stored::Value), origin)),
        }
    }
}

impl fmt::Debug for Mock {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Mock")
            .field("title", &self.api.title)
            .finish_non_exhaustive()
    }
}

fn note(origin: Origin, notes: Vec<String>) -> String {
    let origin = match origin {
        Origin::Nothing => None,
        Origin::Sample => Some("the sample"),
        Origin::Made => Some("made from the schema"),
        Origin::Stored => Some("as it was stored"),
    };
    let notes = origin.map(str::to_owned).into_iter().chain(notes);
    notes.collect::<Vec<_>>().join("; ")
}

fn has_body(headers: &HeaderMap) -> bool {
    let length = headers.get(CONTENT_LENGTH);
    headers.contains_key(TRANSFER_ENCODING) || length.is_some_and(|it| it != "0")
}

/// 304, with the version that the caller has.
fn not_modified(version: Option<Version>) -> Response {
    let mut response = Response::new(Body::empty());
    *response.status_mut() = StatusCode::NOT_MODIFIED;
    if let Some(version) = version {
        version.write(response.headers_mut());
    }
    response
}

fn options(allowed: &str) -> Response {
    let mut response = Response::new(Body::empty());
    *response.status_mut() = StatusCode::NO_CONTENT;
    if let Ok(allowed) = HeaderValue::from_str(allowed) {
        response.headers_mut().insert(ALLOW, allowed);
    }
    response
}

/// Lets scripts of any web page read the response: all that it has is on public pages, or was
/// sent by them.
fn share(request: &HeaderMap, response: &mut HeaderMap) {
    const ANY: HeaderValue = HeaderValue::from_static("*");
    if !request.contains_key("origin") {
        return;
    }
    let mut set = |name: &'static str, value| {
        response.insert(HeaderName::from_static(name), value);
    };
    set("access-control-allow-origin", ANY);
    set("access-control-expose-headers", ANY);
    let asked = |name| request.get(name).cloned();
    if let Some(method) = asked("access-control-request-method") {
        set("access-control-allow-methods", method);
        let headers = asked("access-control-request-headers");
        set("access-control-allow-headers", headers.unwrap_or(ANY));
    }
}
