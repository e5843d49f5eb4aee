//! `docwright mock` as a person starts it: the address on standard output, the samples behind
//! it, and a line for each request.

use std::{
    io::{BufRead, BufReader, Read, Write},
    net::TcpStream,
    path::Path,
    process::{Child, Command, Stdio},
};

use docwright::{
    Pages, Project,
    model::{Direction, Location},
};
use serde_json::Value;

struct Mock {
    process: Child,
    address: String,
}

impl Mock {
    fn start(docs: &Path) -> Self {
        let mut process = Command::new(assert_cmd::cargo::cargo_bin!("docwright"))
            .args(["mock", "--port", "0", "--docs"])
            .arg(docs)
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        let mut line = String::new();
        let mut output = BufReader::new(process.stdout.take().unwrap());
        output.read_line(&mut line).unwrap();
        let address = line.trim().strip_prefix("http://").expect("the address");
        Self {
            address: address.to_owned(),
            process,
        }
    }

    /// Status and body.
    fn send(&self, method: &str, path: &str, body: &str) -> (u16, String) {
        let mut stream = TcpStream::connect(&self.address).unwrap();
        let length = body.len();
        let request = format!(
            "{method} {path} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\
             Content-Type: application/json\r\nContent-Length: {length}\r\n\r\n{body}"
        );
        stream.write_all(request.as_bytes()).unwrap();
        let mut answer = String::new();
        stream.read_to_string(&mut answer).unwrap();
        let (head, body) = answer.split_once("\r\n\r\n").unwrap();
        let status = head.split(' ').nth(1).unwrap().parse().unwrap();
        (status, body.to_owned())
    }

    /// Ends the mock; gives its lines.
    fn end(mut self) -> String {
        self.process.kill().unwrap();
        let mut lines = String::new();
        let mut talk = self.process.stderr.take().unwrap();
        talk.read_to_string(&mut lines).unwrap();
        self.process.wait().unwrap();
        lines
    }
}

impl Drop for Mock {
    fn drop(&mut self) {
        // It has ended, unless a test failed.
        let _ = self.process.kill();
    }
}

#[test]
fn samples_are_served_on_a_free_port() {
    let docs = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../docs-input");
    let project = Project::load(&Pages::of(&docs)).unwrap();
    let (api, samples) = (&project.reading.api, &project.reading.samples);
    let of = |uid: &str, direction: Direction| {
        let mut samples = samples.iter();
        let found = samples.find(|it| it.operation == uid && it.direction == direction);
        found.and_then(|it| it.body.as_deref())
    };
    let mock = Mock::start(&docs);
    let mut served = 0;
    for operation in &api.operations {
        let mut path = operation.path.clone();
        let parameters = operation.parameters.iter();
        for parameter in parameters.filter(|it| it.location == Location::Path) {
            let value = match parameter.ty.to_string().as_str() {
                "int32" | "string" => "7".to_owned(),
                name => {
                    let schema = api.schema(name).unwrap();
                    let values = serde_json::to_value(&schema.shape).unwrap();
                    values["values"][0]["value"].as_str().unwrap().to_owned()
                }
            };
            path = path.replace(&format!("{{{}}}", parameter.name), &value);
        }
        let body = of(&operation.uid, Direction::Request).map_or(String::new(), Value::to_string);
        let (status, answer) = mock.send(&operation.method, &path, &body);
        assert!((200..300).contains(&status), "{path}: {status} {answer}");
        if let Some(sample) = of(&operation.uid, Direction::Response) {
            let mut sample = sample.clone();
            // It leads to the vendor's server.
            if let Some(page) = sample.as_object_mut() {
                page.remove("odata.nextLink");
            }
            assert_eq!(serde_json::from_str::<Value>(&answer).unwrap(), sample);
            served += 1;
        }
    }
    assert!(served > 3);
    assert_eq!(mock.send("GET", "/nowhere", "").0, 404);
    let lines = mock.end();
    let first = lines.lines().find(|line| line.contains("with a sample"));
    assert_eq!(
        first,
        Some(
            "7 operations: 6 with a sample, 0 made from the type, 1 without a body; press Ctrl-C \
             to stop"
        )
    );
    assert!(
        lines.contains("404 GET /nowhere: There is no path `/nowhere`.\n"),
        "{lines}"
    );
}

#[test]
fn a_port_that_is_taken_is_an_error() {
    let taken = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let port = taken.local_addr().unwrap().port().to_string();
    let docs = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../docs-input");
    let output = Command::new(assert_cmd::cargo::cargo_bin!("docwright"))
        .args(["mock", "--port", &port, "--docs"])
        .arg(docs)
        .output()
        .unwrap();
    assert_eq!(output.status.code(), Some(2));
    let talk = String::from_utf8_lossy(&output.stderr);
    assert!(talk.contains("--port 0 uses a free port"), "{talk}");
}
