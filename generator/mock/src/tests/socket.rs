//! The mock over a socket.

use std::io::{Read, Write};
use std::net::{SocketAddr, TcpListener, TcpStream};
use std::sync::mpsc;
use std::thread;
use std::time::Duration;

use super::mock;

fn serve() -> (SocketAddr, mpsc::Receiver<String>) {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = listener.local_addr().unwrap();
    let (sender, lines) = mpsc::channel();
    let mock = mock()
        .body_timeout(Duration::from_millis(200))
        .log(move |line| drop(sender.send(line.to_string())));
    thread::spawn(move || mock.serve(listener));
    (address, lines)
}

/// Sends bytes as they are; gives all that comes back until the server closes.
fn raw(address: SocketAddr, bytes: &[u8]) -> String {
    let mut stream = TcpStream::connect(address).unwrap();
    stream
        .set_read_timeout(Some(Duration::from_secs(5)))
        .unwrap();
    // The server may have refused the request before all of it was sent.
    let _ = stream.write_all(bytes);
    let mut answer = Vec::new();
    let _ = stream.read_to_end(&mut answer);
    String::from_utf8_lossy(&answer).into_owned()
}

#[test]
fn requests_are_served_and_logged() {
    let (address, lines) = serve();
    let answer = raw(
        address,
        b"GET /boats/7?x=1 HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n",
    );
    assert!(answer.starts_with("HTTP/1.1 200 OK\r\n"), "{answer}");
    assert!(answer.ends_with(r#"{"id":7,"name":"Ægir"}"#), "{answer}");
    let line = lines.recv_timeout(Duration::from_secs(5)).unwrap();
    assert_eq!(
        line,
        "200 GET /boats/7 Get: the sample; the query parameter `x` isn't documented"
    );
    let answer = raw(
        address,
        b"GET /x HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n",
    );
    assert!(answer.starts_with("HTTP/1.1 404 "), "{answer}");
    let line = lines.recv_timeout(Duration::from_secs(5)).unwrap();
    assert_eq!(line, "404 GET /x: There is no path `/x`.");
}

#[test]
fn what_is_no_http_or_does_not_come_harms_nobody() {
    let (address, _lines) = serve();
    let many: String = (0..200).map(|at| format!("X-{at}: a\r\n")).collect();
    let head = "PUT /boats/7 HTTP/1.1\r\nHost: a\r\nContent-Type: application/json\r\n";
    for (bytes, status) in [
        ("\u{1}\u{2}\r\n\r\n".to_owned(), "400"),
        (
            format!("GET /boats/7 HTTP/1.1\r\nHost: a\r\n{many}\r\n"),
            "431",
        ),
        (format!("{head}Content-Length: 10\r\n\r\n{{"), "408"),
        (
            format!("{head}Transfer-Encoding: chunked\r\n\r\nzz\r\n"),
            "400",
        ),
        (
            format!("{head}Content-Length: 10\r\nContent-Length: 11\r\n\r\n"),
            "400",
        ),
    ] {
        let answer = raw(address, bytes.as_bytes());
        assert!(
            answer.starts_with(&format!("HTTP/1.1 {status} ")),
            "{bytes:.60}: {answer}"
        );
    }
    let answer = raw(
        address,
        b"GET /boats/7 HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n",
    );
    assert!(answer.starts_with("HTTP/1.1 200 OK\r\n"), "{answer}");
}
