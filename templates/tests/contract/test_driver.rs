//! What makes the calls of the tables, and checks requests and responses on both sides.

use super::*;

/// One call.
pub struct Case {
    pub operation: OperationInfo,
    /// What the client sends.
    pub uri: &'static str,
    /// What the service must receive.
    pub path: &'static [&'static str],
    pub query: String,
    pub headers: &'static [(&'static str, &'static str)],
    pub cookies: &'static [(&'static str, &'static str)],
    pub body: Message,
    pub answer: Message,
    pub call: for<'a> fn(&'a Client, &'a [u8]) -> Receiving<'a>,
}

pub type Receiving<'a> = Pin<Box<dyn Future<Output = Result<Bytes, Error>> + Send + 'a>>;

/// A body.
#[allow(dead_code, reason = "which kinds there are depends on the API")]
pub enum Message {
    None,
    /// A documented sample, by its file.
    Sample(&'static str),
    Json(&'static str),
    Bytes(&'static [u8]),
}

impl Message {
    fn bytes(&self) -> Vec<u8> {
        match self {
            Self::None => Vec::new(),
            Self::Sample(file) => {
                let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/samples");
                std::fs::read(folder.join(file)).unwrap()
            }
            Self::Json(text) => text.as_bytes().to_owned(),
            Self::Bytes(bytes) => bytes.to_vec(),
        }
    }

    /// Whether a body has the same content.
    fn is(&self, body: &[u8]) -> bool {
        match self {
            Self::Sample(_) | Self::Json(_) => same(&json(&self.bytes()), &json(body)),
            Self::None | Self::Bytes(_) => self.bytes() == body,
        }
    }

    /// Whether a body has the same content. Forms and XML have what the other side reads.
    fn is_in(&self, headers: &HeaderMap, body: &[u8]) -> bool {
        let content = headers
            .get("content-type")
            .and_then(|content| content.to_str().ok());
        let content = content.map(MediaType::from);
        let form = "application/x-www-form-urlencoded";
        content.is_some_and(|it| it.is_xml() || it.essence() == form) || self.is(body)
    }

    /// The documented media type that client and server agree on: the first, but bytes are
    /// JSON, or a form with files, only where they can be nothing else.
    fn media_type<'a>(&self, documented: &'a [MediaType]) -> Option<&'a str> {
        let is_other = |it: &&MediaType| !it.is_json() && it.essence() != "multipart/form-data";
        let other = documented
            .iter()
            .find(is_other)
            .filter(|_| matches!(self, Self::Bytes(_)));
        other.or(documented.first()).map(|it| it.as_str())
    }
}

fn json(text: &[u8]) -> Value {
    serde_json::from_slice(text).unwrap()
}

/// Whether two JSON values are the same, with 1 the same as 1.0.
pub fn same(a: &Value, b: &Value) -> bool {
    match (a, b) {
        (Value::Number(a), Value::Number(b)) => a == b || a.as_f64() == b.as_f64(),
        (Value::Array(a), Value::Array(b)) => {
            a.len() == b.len() && a.iter().zip(b).all(|(a, b)| same(a, b))
        }
        (Value::Object(a), Value::Object(b)) => {
            a.len() == b.len()
                && a.iter()
                    .all(|(name, a)| b.get(name).is_some_and(|b| same(a, b)))
        }
        _ => a == b,
    }
}

/// Sends the call.
pub fn send<O: Operation>(call: Call<'_, O>) -> Receiving<'_> {
    encoded(call.send())
}

/// Compiled once for each type of response, not for each operation.
fn encoded<T: Payload>(answer: CallFuture<'_, Response<T>>) -> Receiving<'_> {
    Box::pin(async { Ok(answer.await?.body.encode().unwrap()) })
}

/// The form in which paths are compared.
fn texts_of(path: &[&dyn ToString]) -> Vec<String> {
    path.iter().map(|value| value.to_string()).collect()
}

/// The form in which queries are compared.
pub fn text_of(query: &impl Debug) -> String {
    format!("{query:?}")
}

#[allow(dead_code, reason = "an API may have no operation with a body")]
pub fn read<T: Payload>(body: &[u8]) -> T {
    T::decode(body).unwrap()
}

/// A service that records each request, and returns the response of the case.
#[derive(Clone, Default)]
pub struct Stub(Arc<Mutex<State>>);

#[derive(Default)]
struct State {
    answer: Vec<u8>,
    got: Option<Got>,
}

/// The request that the service received.
pub struct Got {
    operation: &'static str,
    path: Vec<String>,
    query: String,
    body: Bytes,
    pub headers: HeaderMap,
    credentials: Credentials,
}

impl Stub {
    pub fn answer<O: Operation, Q: Debug>(
        &self,
        _: O,
        path: &[&dyn ToString],
        request: Request<O::Body, Q>,
    ) -> Result<O::Response, ServiceError> {
        self.reply(O::INFO.name, path, request)
    }

    /// Compiled once for each combination of types, not for each operation.
    fn reply<B: Payload, Q: Debug, T: Payload>(
        &self,
        operation: &'static str,
        path: &[&dyn ToString],
        request: Request<B, Q>,
    ) -> Result<T, ServiceError> {
        let mut state = self.0.lock().unwrap();
        state.got = Some(Got {
            operation,
            path: texts_of(path),
            query: text_of(&request.query),
            body: request.body.encode().unwrap(),
            headers: request.parts.headers,
            credentials: request.credentials,
        });
        Ok(read(&state.answer))
    }
}

impl Authenticate for Stub {
    async fn authenticate(&self, _: &Credentials, _: &mut Parts) -> Result<(), ServiceError> {
        Ok(())
    }
}

/// A transport that records requests and responses.
#[derive(Clone)]
struct Recorder(ReqwestTransport, Arc<Mutex<Option<Exchange>>>);

struct Exchange {
    request: http::Request<Bytes>,
    response: http::Response<Bytes>,
}

impl Transport for Recorder {
    fn send(&self, request: http::Request<Bytes>) -> TransportFuture<'_> {
        Box::pin(async move {
            let response = self.0.send(request.clone()).await?;
            *self.1.lock().unwrap() = Some(Exchange {
                request,
                response: response.clone(),
            });
            Ok(response)
        })
    }
}

/// A client, and the stub that it calls.
pub struct Pair {
    pub client: Client,
    stub: Stub,
    recorder: Recorder,
}

/// Serves on loopback, and returns the URL.
async fn serve(router: axum::Router) -> String {
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = format!("http://{}", listener.local_addr().unwrap());
    tokio::spawn(async move { axum::serve(listener, router).await });
    url
}

pub async fn pair() -> Pair {
    let stub = Stub::default();
    let url = serve(router(stub.clone())).await;
    let recorder = Recorder(ReqwestTransport::new().unwrap(), Arc::default());
    let builder = Client::builder(&url, credentials().remove(0));
    let client = builder.transport(recorder.clone()).build().unwrap();
    Pair {
        client,
        stub,
        recorder,
    }
}

impl Pair {
    /// Makes the call, checks it on both sides, and returns the request that the service received.
    pub async fn check(&self, client: &Client, case: &Case) -> Got {
        let name = case.operation.name;
        *self.stub.0.lock().unwrap() = State {
            answer: case.answer.bytes(),
            got: None,
        };
        let answer = (case.call)(client, &case.body.bytes()).await;
        let answer = answer.unwrap_or_else(|error| panic!("{error}"));
        assert!(
            case.answer.is(&answer),
            "{name}: the client read {answer:?}"
        );

        let exchange = self.recorder.1.lock().unwrap().take().unwrap();
        let uri = exchange.request.uri().path_and_query().unwrap();
        assert_eq!(uri.as_str(), case.uri, "{name}");
        assert_eq!(exchange.request.method(), case.operation.method, "{name}");
        let request = &exchange.request;
        let is_sent = case.body.is_in(request.headers(), request.body());
        assert!(is_sent, "{name}: sent another body");
        assert_eq!(exchange.response.status(), case.operation.success, "{name}");
        let response = &exchange.response;
        let is_answered = case.answer.is_in(response.headers(), response.body());
        assert!(is_answered, "{name}: answered another body");
        let content = |headers: &HeaderMap| headers.get("content-type").cloned();
        let offered = case.answer.media_type(case.operation.produces);
        let offered = offered.filter(|_| !answer.is_empty());
        let answered = content(exchange.response.headers());
        assert_eq!(answered.is_some(), offered.is_some(), "{name}");
        if let (Some(offered), Some(answered)) = (offered, answered) {
            let answered = answered.to_str().unwrap();
            assert!(
                answered.starts_with(offered),
                "{name}: a response in {answered}"
            );
        }

        let got = self.stub.0.lock().unwrap().got.take().unwrap();
        assert_eq!(got.operation, name);
        assert_eq!(got.path, case.path, "{name}");
        assert_eq!(got.query, case.query, "{name}");
        for (field, value) in case.headers {
            assert_eq!(got.headers[*field], *value, "{name}: the header {field}");
        }
        for (field, value) in case.cookies {
            let cookies = got.headers["cookie"].to_str().unwrap();
            assert!(
                cookies.contains(&format!("{field}={value}")),
                "{name}: {cookies}"
            );
        }
        assert!(
            case.body.is(&got.body),
            "{name}: the service read {:?}",
            got.body
        );
        let octets = matches!(case.body, Message::Bytes(_)).then_some("application/octet-stream");
        let consumed = case.body.media_type(case.operation.consumes).or(octets);
        let sent = content(&got.headers);
        let sent = sent.as_ref().map(|value| value.to_str().unwrap());
        let sent = sent.and_then(|value| value.split("; boundary=").next());
        assert_eq!(sent, consumed, "{name}");
        assert_eq!(got.credentials, self.expected(client), "{name}");
        got
    }

    /// The credentials that the client sends.
    fn expected(&self, client: &Client) -> Credentials {
        let shown = format!("{client:?}");
        let is_shown = |way: &Credentials| shown.contains(&format!("{way:?}"));
        credentials().into_iter().find(is_shown).unwrap()
    }
}

#[tokio::test]
async fn each_operation_is_called_and_answered() {
    let pair = pair().await;
    for case in cases() {
        pair.check(&pair.client, &case).await;
    }
}

#[tokio::test]
async fn each_documented_authentication_scheme_works() {
    let pair = pair().await;
    for credentials in credentials() {
        let client = pair.client.with_credentials(credentials);
        for case in cases().iter().take(1) {
            pair.check(&client, case).await;
        }
    }
}

#[tokio::test]
async fn nobody_is_let_in_without_credentials() {
    let pair = pair().await;
    let client = pair.client.with_credentials(Credentials::Anonymous);
    for case in cases() {
        let error = (case.call)(&client, &case.body.bytes()).await.unwrap_err();
        assert_eq!(error.status(), Some(StatusCode::UNAUTHORIZED), "{error}");
        let asked = error
            .headers()
            .unwrap()
            .get_all("www-authenticate")
            .iter()
            .count();
        assert_eq!(asked, headers::AUTHENTICATION.schemes.len(), "{error}");
    }
}

/// A server that implements nothing; one resource is enough, since all do the same.
pub struct Nothing;

impl Authenticate for Nothing {
    async fn authenticate(&self, _: &Credentials, _: &mut Parts) -> Result<(), ServiceError> {
        Ok(())
    }
}

/// Each call of a server that implements nothing says so.
pub async fn nothing_is_implemented(router: axum::Router, cases: Vec<Case>) {
    let url = serve(router).await;
    let client = Client::new(&url, credentials().remove(0)).unwrap();
    for case in cases {
        let error = (case.call)(&client, &case.body.bytes()).await.unwrap_err();
        assert_eq!(error.status(), Some(StatusCode::NOT_IMPLEMENTED), "{error}");
        assert_eq!(error.operation().unwrap().name, case.operation.name);
    }
}
