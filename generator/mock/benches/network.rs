//! Requests per second of the generated client and of the server stub, over loopback, beside
//! reqwest and axum that do the same work by hand: the same bytes and the same fields, dates
//! among them, by serde's derive, which loses what it doesn't know; the same headers of the
//! requests; the same limits of time; and axum's own `Json`.
//!
//! The four are measured in turns, so that a busy machine is busy for all; the ratio is the
//! median of pairs, and above 1 is faster than by hand.
//!
//! On several cores, the core on which a server happens to run can matter more than its code.
//! `taskset -c 0 cargo bench -p docwright-mock --bench network` keeps all on one core and
//! counts the work of both sides.

use std::collections::BTreeMap;
use std::net::TcpListener;
use std::time::{Duration, Instant};

use axum::extract::Path;
use axum::routing::{get, put};
use axum::{Json, Router};
use http::header::{ACCEPT, ACCEPT_ENCODING, AUTHORIZATION, CONTENT_TYPE, HeaderMap};
use http::request::Parts;
use http::{HeaderValue, StatusCode};
use serde::{Deserialize, Serialize};
use superoffice_webapi::batch_task::{self, BatchTaskInfo, BatchTaskService};
use superoffice_webapi::client::ReqwestTransport;
use superoffice_webapi::server::{Authenticate, Request, ServiceError};
use superoffice_webapi::{Client, Credentials, DateTime, Payload, reqwest};

const ROUNDS: usize = 31;
const REQUESTS: usize = 640;

/// The task that goes over the wire.
const TASK: &str = include_str!(
    "../../../generated/tests/samples/batch_task/v1-batch-get-batch-task-info-200.json"
);

#[derive(Serialize, Deserialize)]
#[serde(rename_all = "PascalCase")]
struct Task {
    id: Option<i32>,
    name: Option<String>,
    associate_id: Option<i32>,
    details_table: Option<i32>,
    details_record: Option<i32>,
    is_system_task: Option<bool>,
    is_internal_task: Option<bool>,
    parameter_object: Option<BTreeMap<String, Option<String>>>,
    last_started: Option<DateTime>,
    created: Option<DateTime>,
    start_count: Option<i32>,
    database_serial_number: Option<String>,
    context: Option<String>,
    result: Option<String>,
    state: Option<String>,
    description: Option<String>,
    response: Option<String>,
    request: Option<String>,
    progress_description: Option<String>,
    progress_percent: Option<i32>,
    file_name: Option<String>,
    cancellation_behaviour: Option<String>,
    table_right: Option<Right>,
    field_properties: Option<BTreeMap<String, Option<Field>>>,
}

#[derive(Serialize, Deserialize)]
#[serde(rename_all = "PascalCase")]
struct Right {
    mask: Option<String>,
    reason: Option<String>,
}

#[derive(Serialize, Deserialize)]
#[serde(rename_all = "PascalCase")]
struct Field {
    field_right: Option<Right>,
    field_type: Option<String>,
    field_length: Option<i32>,
}

/// A service that gives back what it gets.
struct Stub;

impl Authenticate for Stub {
    async fn authenticate(&self, _: &Credentials, _: &mut Parts) -> Result<(), ServiceError> {
        Ok(())
    }
}

impl BatchTaskService for Stub {
    async fn update_batch_task(
        &self,
        _: String,
        request: Request<BatchTaskInfo>,
    ) -> Result<BatchTaskInfo, ServiceError> {
        Ok(request.body)
    }
}

/// The same by hand.
async fn by_hand(
    _: Path<String>,
    headers: HeaderMap,
    Json(task): Json<Task>,
) -> Result<Json<Task>, StatusCode> {
    match headers.contains_key(AUTHORIZATION) {
        true => Ok(Json(task)),
        false => Err(StatusCode::UNAUTHORIZED),
    }
}

/// Serves on a thread of its own.
fn serve(router: Router) -> String {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let url = format!("http://{}", listener.local_addr().unwrap());
    listener.set_nonblocking(true).unwrap();
    std::thread::spawn(move || {
        runtime().block_on(async {
            let listener = tokio::net::TcpListener::from_std(listener).unwrap();
            axum::serve(listener, router).await.unwrap();
        });
    });
    url
}

fn runtime() -> tokio::runtime::Runtime {
    let mut builder = tokio::runtime::Builder::new_current_thread();
    builder.enable_all().build().unwrap()
}

/// A way to make one request.
#[derive(Clone)]
enum Caller {
    /// The generated client.
    Client(Client),
    /// reqwest, and serde's derive.
    ByHand(reqwest::Client, String),
    /// reqwest, with bytes that nobody looks at.
    Load(reqwest::Client, String),
}

impl Caller {
    async fn call(&self) {
        match self {
            Self::Client(client) => {
                let task = client.batch_task().get_batch_task_info(7).await.unwrap();
                assert_eq!(task.id, Some(207));
            }
            Self::ByHand(client, url) => {
                let request = client.get(format!("{url}/api/v1/BatchTask/7"));
                let response = with_headers(request).send().await.unwrap();
                let bytes = response.error_for_status().unwrap().bytes().await.unwrap();
                let task: Task = serde_json::from_slice(&bytes).unwrap();
                assert_eq!(task.id, Some(207));
            }
            Self::Load(client, url) => {
                let request = client.put(format!("{url}/api/v1/BatchTask/7"));
                let request = request.header(CONTENT_TYPE, "application/json").body(TASK);
                let response = with_headers(request).send().await.unwrap();
                let bytes = response.error_for_status().unwrap().bytes().await.unwrap();
                assert!(bytes.len() > 500);
            }
        }
    }
}

fn with_headers(request: reqwest::RequestBuilder) -> reqwest::RequestBuilder {
    let request = request.header(ACCEPT, "application/json");
    let request = request.header(ACCEPT_ENCODING, "gzip");
    request.header(AUTHORIZATION, HeaderValue::from_static("Bearer abc"))
}

/// How long the requests take, `at_once` of them side by side.
async fn timed(caller: &Caller, at_once: usize) -> Duration {
    let start = Instant::now();
    let tasks: Vec<_> = (0..at_once)
        .map(|_| {
            let caller = caller.clone();
            tokio::spawn(async move {
                for _ in 0..REQUESTS / at_once {
                    caller.call().await;
                }
            })
        })
        .collect();
    for task in tasks {
        task.await.unwrap();
    }
    start.elapsed()
}

fn median(mut numbers: Vec<f64>) -> f64 {
    numbers.sort_by(f64::total_cmp);
    numbers[numbers.len() / 2]
}

/// Measures two callers in turns.
fn compare(name: &str, at_once: usize, (ours, by_hand): (&Caller, &Caller)) {
    let rates = runtime().block_on(async {
        let mut rates = Vec::new();
        for round in 0..=ROUNDS {
            let first = timed(ours, at_once).await;
            let second = timed(by_hand, at_once).await;
            // The first round opens connections.
            if round > 0 {
                rates.push([first, second].map(|it| REQUESTS as f64 / it.as_secs_f64()));
            }
        }
        rates
    });
    let [ours, by_hand] = [0, 1].map(|at| median(rates.iter().map(|it| it[at]).collect()));
    let ratio = median(rates.iter().map(|[ours, by_hand]| ours / by_hand).collect());
    println!(
        "{name:7} {at_once:2} at once: {ours:6.0}/s, by hand {by_hand:6.0}/s, ratio {ratio:.2}"
    );
}

fn main() {
    // `cargo test --benches` only asks whether it runs.
    if !std::env::args().any(|argument| argument == "--bench") {
        return;
    }
    // What the generated client does by default, too: it limits the time of a call, and follows
    // redirects.
    let client = ReqwestTransport::builder()
        .unwrap()
        .redirect(reqwest::redirect::Policy::default())
        .user_agent("superoffice-webapi/0.1.0")
        .timeout(Duration::from_secs(100))
        .connect_timeout(Duration::from_secs(10))
        .build()
        .unwrap();
    BatchTaskInfo::decode(TASK.as_bytes()).unwrap();
    let task = || async { ([(CONTENT_TYPE, "application/json")], TASK) };
    let fixed = serve(Router::new().route("/api/v1/BatchTask/{id}", get(task)));
    let generated = Caller::Client(Client::new(&fixed, Credentials::bearer("abc")).unwrap());
    let reqwest = Caller::ByHand(client.clone(), fixed);
    let stub = Caller::Load(client.clone(), serve(batch_task::router(Stub)));
    let axum = Router::new().route("/api/v1/BatchTask/{id}", put(by_hand));
    let axum = Caller::Load(client, serve(axum));
    for at_once in [1, 32] {
        compare("client", at_once, (&generated, &reqwest));
        compare("server", at_once, (&stub, &axum));
    }
}
