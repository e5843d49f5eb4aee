//! What a caller of this API does with unions, enums of integers, pages, and a type for each
//! status.

use std::sync::Mutex;

use bytes::Bytes;
use seed_library::client::{Transport, TransportFuture};
use seed_library::loans::{BorrowSeedsRequest, Clash, Form, SeedTape};
use seed_library::varieties::{HardinessZone, Problem, Variety, VarietyCrop, VarietyPage};
use seed_library::{Client, Credentials, http};
use serde_json::json;

/// A server that has these answers, one after the other, and keeps the paths that it was
/// asked for.
#[derive(Default)]
struct Answers {
    answers: Mutex<Vec<(u16, serde_json::Value)>>,
    paths: Mutex<Vec<String>>,
}

impl Transport for &'static Answers {
    fn send(&self, request: http::Request<Bytes>) -> TransportFuture<'_> {
        let path = request.uri().path_and_query().unwrap().to_string();
        self.paths.lock().unwrap().push(path);
        let (status, body) = self.answers.lock().unwrap().remove(0);
        let answer = http::Response::builder()
            .status(status)
            .header("content-type", "application/json")
            .body(Bytes::from(body.to_string()));
        Box::pin(async { Ok(answer.unwrap()) })
    }
}

/// A client of such a server, and the server.
fn client(answers: Vec<(u16, serde_json::Value)>) -> (Client, &'static Answers) {
    let server: &Answers = Box::leak(Box::new(Answers {
        answers: Mutex::new(answers),
        ..Answers::default()
    }));
    let client = Client::builder("http://localhost", Credentials::library_card("4711"))
        .transport(server)
        .build();
    (client.unwrap(), server)
}

#[test]
fn the_tag_says_which_member_of_a_union_a_value_is() {
    let tape = json!({"kind": "tape", "centimetres": 120});
    let form: Form = serde_json::from_value(tape.clone()).unwrap();
    assert!(matches!(&form, Form::SeedTape(tape) if tape.centimetres == 120));
    assert_eq!(serde_json::to_value(&form).unwrap(), tape);
    let seedling = json!({"kind": "seedling", "leaves": 2});
    let form: Form = serde_json::from_value(seedling.clone()).unwrap();
    assert!(matches!(form, Form::Undocumented(value) if value == seedling));
}

#[test]
fn an_enum_of_integers_keeps_numbers_that_are_new() {
    let zones: Vec<HardinessZone> = serde_json::from_str("[6, 9]").unwrap();
    assert_eq!(
        zones,
        [HardinessZone::Harsh, HardinessZone::Undocumented(9)]
    );
    assert_eq!(serde_json::to_string(&zones).unwrap(), "[6,9]");
}

#[test]
fn what_is_required_is_there_and_may_be_null() {
    let page = VarietyPage::new(Vec::new(), None);
    let written = serde_json::to_value(&page).unwrap();
    assert_eq!(written, json!({"items": [], "next": null}));
    let lacks_next = serde_json::from_value::<VarietyPage>(json!({"items": []}));
    assert!(lacks_next.unwrap_err().to_string().contains("next"));
}

#[test]
fn a_variety_has_varieties_as_parents() {
    let parent = Variety::new("Old Wives' Red", VarietyCrop::Fruit, Vec::new());
    let child = Variety::new("Half Red", VarietyCrop::Fruit, vec![parent]);
    let written = serde_json::to_value(&child).unwrap();
    assert_eq!(written["parents"][0]["name"], "Old Wives' Red");
}

#[tokio::test]
async fn pages_follow_their_links() {
    let page = |name: &str, next: Option<&str>| {
        let item = json!({"name": name, "crop": "fruit", "parents": []});
        (200, json!({"items": [item], "next": next}))
    };
    let (client, server) = client(vec![
        page("Half Red", Some("/varieties?after=TOM-0002")),
        page("Old Wives' Red", None),
    ]);
    let call = client
        .varieties()
        .list_varieties()
        .zone(&HardinessZone::Mild);
    let mut pages = call.pages(|page| page.next.as_deref());
    let mut names = Vec::new();
    while let Some(page) = pages.next().await {
        names.extend(page.unwrap().items.into_iter().map(|it| it.name));
    }
    assert_eq!(names, ["Half Red", "Old Wives' Red"]);
    let paths = server.paths.lock().unwrap();
    assert_eq!(*paths, ["/varieties?zone=8", "/varieties?after=TOM-0002"]);
}

#[tokio::test]
async fn each_status_has_its_type() {
    let body = BorrowSeedsRequest::new("TOM-0001", SeedTape::new(120).into());
    let (client, _) = client(vec![
        (409, json!({"title": "Lent", "loan": 7})),
        (
            404,
            json!({"title": "Gone", "causes": [{"title": "Eaten"}]}),
        ),
    ]);
    let error = client.loans().borrow_seeds(&body).await.unwrap_err();
    assert_eq!(error.json_as::<Clash>().unwrap().loan, Some(7));
    let error = client.loans().borrow_seeds(&body).await.unwrap_err();
    let problem: Problem = error.json_as().unwrap();
    assert_eq!(problem.causes.unwrap()[0].title, "Eaten");
}
