//! Requests that nobody would send who means well: whatever comes, the server answers, and
//! never with a fault of its own.

use std::fmt::Write;

use super::*;
use crate::runtime::client::TowerTransport;

const REQUESTS: u64 = 5_000;

/// Pieces of paths and queries; this list and those below have bars between their texts.
const PIECES: &str = concat!(
    "/|items|7|Red|%|%00|%FF|%C3%A5|b%C3%A5t|:crew|..|notes|probe|*|-1|1e9|?|&|=|$top|$top=5|",
    "+|%2F|;|@|NaN|99999999999999999999|x|{id}|//",
);

/// Pieces of header values.
const VALUES: &str = concat!(
    "application/json|text/json|image/png|*/*|;q=nan|;q=1e400|;charset=utf-16|,|;|=|\"|",
    "Ticket 7T|Ticket|Basic ???|Bearer a|crumb=1| |a|charset=utf-8|text/*|",
    "99999999999999999999|-1|chunked|\u{e9}",
);

const NAMES: &str = concat!(
    "accept|authorization|content-type|cookie|x-token|x-width|expect|range|content-encoding|",
    "if-match",
);

/// Pieces of bodies.
const BODIES: &str = concat!(
    "{|}|[|]|\"a\":|1|1.0|null|,|\"b\"|1e999|\"\\ud800\"|\u{feff}|\u{0}|true|-| |{\"a\":1}|",
    "\"text\"|[[[[[[[[",
);

const METHODS: &str = "GET|PUT|POST|DELETE|HEAD|OPTIONS|PATCH|TRACE|FROB";

/// Numbers that are the same in every run (the SplitMix64 generator).
struct Numbers(u64);

impl Numbers {
    fn below(&mut self, limit: usize) -> usize {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mixed = (self.0 ^ (self.0 >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        let mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        ((mixed ^ (mixed >> 31)) % limit as u64) as usize
    }

    /// One of the texts in a list.
    fn of(&mut self, list: &'static str) -> &'static str {
        let count = list.split('|').count();
        list.split('|').nth(self.below(count)).unwrap()
    }

    fn some(&mut self, pieces: &'static str, most: usize) -> String {
        let mut text = String::new();
        for _ in 0..self.below(most) {
            text.push_str(self.of(pieces));
        }
        text
    }
}

fn request(numbers: &mut Numbers) -> Option<http::Request<Bytes>> {
    let starts = "/|/items/7|/items|/items?$top=5&|/notes/7|/b%C3%A5t/7:crew";
    let mut target = numbers.of(starts).to_owned();
    write!(target, "{}", numbers.some(PIECES, 5)).unwrap();
    let mut request = http::Request::builder()
        .method(numbers.of(METHODS))
        .uri(format!("http://localhost{target}"));
    // Most have credentials, so that the later checks are reached, too.
    if numbers.below(4) > 0 {
        request = request.header(AUTHORIZATION, "Ticket 7T");
    }
    if numbers.below(2) > 0 {
        request = request.header(CONTENT_TYPE, "application/json");
    }
    for _ in 0..numbers.below(4) {
        let value = numbers.some(VALUES, 4);
        let value = HeaderValue::from_bytes(value.as_bytes()).ok()?;
        request = request.header(numbers.of(NAMES), value);
    }
    let body = match numbers.below(100) {
        0..10 => " ".repeat(2 << 20),
        10..14 => "[".repeat(100_000),
        _ => numbers.some(BODIES, 6),
    };
    request.body(Bytes::from(body)).ok()
}

#[tokio::test]
async fn hostile_requests_are_answered() {
    let transport = TowerTransport::new(router());
    let mut numbers = Numbers(13);
    let mut statuses: BTreeMap<u16, u32> = BTreeMap::new();
    for number in 0..REQUESTS {
        let Some(request) = request(&mut numbers) else {
            continue;
        };
        // Its method panics, which is what it is for.
        if request.method() == Method::POST && request.uri().path() == "/items" {
            continue;
        }
        let shown = format!(
            "{number}: {} {} {:?}",
            request.method(),
            request.uri(),
            request.headers()
        );
        let is_head = request.method() == Method::HEAD;
        let answer = transport.send(request).await.unwrap();
        let status = answer.status().as_u16();
        let known = [200, 202, 204, 400, 401, 404, 405, 406, 409, 413, 415];
        assert!(known.contains(&status), "{status} to {shown}");
        if status >= 400 && !is_head {
            assert_eq!(problem(&answer).0, status, "{shown}");
        }
        *statuses.entry(status).or_default() += 1;
    }
    // Each check is reached, and passed.
    for status in [200, 204, 400, 401, 404, 405, 406, 413, 415] {
        assert!(statuses.contains_key(&status), "{statuses:?}");
    }
}
