//! What is held against the model.

use serde_json::json;

use super::{Answer, send};

const JSON: &str = "Content-Type: application/json";

fn put(body: &str) -> Answer {
    send("PUT /boats/7", &[JSON], body)
}

fn find(query: &str) -> Answer {
    send(&format!("GET /boats?{query}"), &["X-Tenant: a"], "")
}

#[test]
fn an_optional_body_may_be_left_out() {
    for (headers, body, status) in [
        (&[][..], "", 204),
        (&[JSON], "", 204),
        (&[JSON], r#"{"id": 7}"#, 204),
        (&[JSON], r#"{"id": "x"}"#, 400),
    ] {
        let answer = send("POST /boats/7/rig", headers, body);
        assert_eq!(answer.status, status, "{headers:?} {body}");
    }
}

#[test]
fn paths_are_those_of_the_pages() {
    for (line, status, detail) in [
        ("GET /boats/7", 200, ""),
        ("GET /boats/ferry", 200, ""),
        ("GET /boats/%37", 200, ""),
        ("GET /boats/liner", 404, "isn't one of `tug`, `ferry`"),
        ("GET /boats/7/", 404, "ends in a slash"),
        ("GET /boats//7", 404, "There is no path"),
        ("GET /", 404, "There is no path `/`"),
        ("GET /boats/%FF", 400, "isn't percent-encoded UTF-8"),
        ("GET /boats/%4", 400, "isn't percent-encoded UTF-8"),
        ("GET /boats/99999999999", 404, "an integer (int32)"),
        (
            "FROB /boats/7",
            405,
            "DELETE, GET, HEAD, OPTIONS, PATCH, PUT",
        ),
        ("POST /boats", 405, "GET, HEAD, OPTIONS"),
    ] {
        let answer = send(line, &[], "");
        assert_eq!(answer.status, status, "{line}");
        if status != 200 {
            let found = answer.detail();
            assert!(found.contains(detail), "{line}: {found}");
        }
        if status == 405 {
            assert_eq!(answer.header("allow"), detail, "{line}");
        }
    }
    let text = ["Content-Type: text/plain; charset=latin1"];
    assert_eq!(send("PUT /b%C3%A5ter/a%2Fb:note", &text, "x").status, 204);
    let unknown = send("PUT /b%C3%A5ter/ab", &text, "x");
    assert_eq!(unknown.status, 404);
}

#[test]
fn head_and_options_are_understood() {
    let head = send("HEAD /boats/7", &[], "");
    assert_eq!((head.status, head.text.len()), (200, 0));
    let length = send("GET /boats/7", &[], "").text.len().to_string();
    assert_eq!(head.header("content-length"), length);
    let options = send("OPTIONS /boats", &[], "");
    assert_eq!(options.status, 204);
    assert_eq!(options.header("allow"), "GET, HEAD, OPTIONS");
    assert_eq!(send("OPTIONS *", &[], "").status, 204);
    let preflight = ["Origin: http://a", "Access-Control-Request-Method: PUT"];
    let preflight = send("OPTIONS /boats/7", &preflight, "");
    assert_eq!(preflight.header("access-control-allow-origin"), "*");
    assert_eq!(preflight.header("access-control-allow-methods"), "PUT");
}

#[test]
fn queries_headers_and_cookies_are_checked() {
    assert_eq!(
        find("sort=a&$top=5&kind=tug&kind=ferry&kind[]=tug").status,
        200
    );
    assert_eq!(find("sort=a&anything=goes").status, 200);
    for (query, detail) in [
        ("$top=5", "The query parameter `sort` is missing."),
        (
            "sort=a&$top=many",
            "The query parameter `$top` is `many`, which isn't an integer (int32).",
        ),
        (
            "sort=a&$top=",
            "The query parameter `$top` is ``, which isn't an integer (int32).",
        ),
        (
            "sort=a&sort=b",
            "The query parameter `sort` is `a, b`, which isn't one value, but 2.",
        ),
        (
            "sort=a&kind=liner",
            "The query parameter `kind` is `liner`, which isn't a list, each one of `tug`, `ferry`.",
        ),
        ("sort=%FF", "The query isn't percent-encoded UTF-8."),
        ("sort=%", "The query isn't percent-encoded UTF-8."),
    ] {
        let answer = find(query);
        assert_eq!((answer.status, answer.detail()), (400, detail.to_owned()));
    }
    let answer = send("GET /boats?sort=a", &[], "");
    assert_eq!(answer.detail(), "The header `X-Tenant` is missing.");
    let answer = send(
        "GET /boats?sort=a",
        &["X-Tenant: a", "Cookie: a=b; crumb=x"],
        "",
    );
    assert_eq!(
        answer.detail(),
        "The cookie `crumb` is `x`, which isn't an integer (int64)."
    );
}

#[test]
fn bodies_are_checked() {
    for body in [
        r#"{"id": 1}"#,
        "\u{feff}{\"id\": 1.0, \"unknown\": [1]}",
        r#"{"id": 1, "name": null, "kind": "tug", "since": "2025-05-09T17:54:08"}"#,
    ] {
        assert_eq!(put(body).status, 200, "{body}");
    }
    for (body, detail, path) in [
        ("", "The request has no body.", None),
        (
            "null",
            "The body isn't as documented: expected Boat.",
            Some(""),
        ),
        (
            "{}",
            "The body isn't as documented: id: expected it to be there.",
            Some("id"),
        ),
        (
            r#"{"id": 1, "tags": ["a", 2]}"#,
            "The body isn't as documented: tags[1]: expected string.",
            Some("tags[1]"),
        ),
        (
            r#"{"id": 1.5}"#,
            "The body isn't as documented: id: expected int32.",
            Some("id"),
        ),
        (
            r#"{"id": 1, "kind": "liner"}"#,
            "The body isn't as documented: kind: expected Kind.",
            Some("kind"),
        ),
    ] {
        let answer = put(body);
        assert_eq!((answer.status, answer.detail()), (400, detail.to_owned()));
        assert_eq!(answer.json().get("path"), path.map(|it| json!(it)).as_ref());
    }
    assert!(put("{").detail().starts_with("The body isn't JSON: EOF"));
    let deep = "[".repeat(100_000);
    assert!(put(&deep).detail().contains("recursion limit exceeded"));
    let large = send("PUT /boats/7", &[JSON], &" ".repeat(crate::BODY_LIMIT + 1));
    assert_eq!(
        (large.status, large.detail()),
        (413, "The body has more than 16777216 bytes.".to_owned())
    );
}

#[test]
fn patches_and_forms_are_checked() {
    let patch = |content: &str, body: &str| {
        let content = format!("Content-Type: application/{content}");
        send("PATCH /boats/7", &[&content], body)
    };
    let change = r#"[{"op": "replace", "path": "/name", "value": "Rán"}]"#;
    assert_eq!(patch("json-patch+json", change).status, 200);
    assert_eq!(patch("merge-patch+json", r#"{"name": null}"#).status, 200);
    for body in [
        "{}",
        "[{}]",
        r#"[{"op": "frob", "path": "/a"}]"#,
        r#"[{"op": "add", "path": "a"}]"#,
    ] {
        assert!(
            patch("json-patch+json", body).detail().contains("RFC 6902"),
            "{body}"
        );
    }
    let refused = patch("json", "{}");
    assert_eq!(refused.status, 415);
    assert_eq!(
        refused.header("accept-patch"),
        "application/json-patch+json, application/merge-patch+json"
    );

    let form = |body| {
        send(
            "POST /boats/form",
            &["Content-Type: application/x-www-form-urlencoded"],
            body,
        )
    };
    assert_eq!(
        form("id=7&name=%C3%86gir&tags=a&tags=b&length=2").status,
        200
    );
    assert_eq!(
        form("id=7&name=a&name=b").detail(),
        "The form field `name` is repeated."
    );
    assert!(
        form("name=a")
            .detail()
            .contains("id: expected it to be there")
    );
    assert!(form("id=x").detail().contains("id: expected int32"));
}

#[test]
fn forms_with_files_are_checked() {
    let form = |parts: &[(&str, &str)]| {
        let part = |(head, content): &(&str, &str)| {
            format!("--x\r\nContent-Disposition: form-data; {head}\r\n\r\n{content}\r\n")
        };
        let body: String = parts.iter().map(part).collect();
        let content = ["Content-Type: multipart/form-data; boundary=x"];
        send("POST /boats/form", &content, &format!("{body}--x--\r\n"))
    };
    let id = ("name=\"id\"", "7");
    let name = ("name=\"name\"; filename=\"a.txt\"", "Ægir");
    let length = ("name=\"length\"\r\nContent-Type: application/json", "12.5");
    assert_eq!(form(&[id, name, length]).status, 200);
    for (parts, detail) in [
        (&[name][..], "id: expected it to be there"),
        (&[("name=\"id\"", "x")], "id: expected int32"),
        (&[id, id], "The form field `id` is repeated."),
        (
            &[("filename=\"a\"", "")],
            "A part of the form has no `name`.",
        ),
        (
            &[
                id,
                ("name=\"length\"\r\nContent-Type: application/json", "{"),
            ],
            "The part `length` isn't JSON",
        ),
    ] {
        let answer = form(parts);
        assert_eq!(answer.status, 400);
        let found = answer.detail();
        assert!(found.contains(detail), "{found}");
    }
    for content in ["multipart/form-data", "multipart/form-data; boundary=y"] {
        let content = format!("Content-Type: {content}");
        let answer = send("POST /boats/form", &[&content], "--x\r\n\r\n--x--");
        assert_eq!(answer.status, 400);
        let found = answer.detail();
        assert!(
            found.starts_with("The body isn't a form with parts"),
            "{found}"
        );
    }
}

#[test]
fn media_types_are_negotiated() {
    let get = |accept: &str| send("GET /boats/7", &[&format!("Accept: {accept}")], "");
    assert_eq!(
        get("text/*").header("content-type"),
        "text/json; charset=utf-8"
    );
    assert_eq!(
        get("text/json;q=0.1, */*;q=0.2").header("content-type"),
        "application/json; charset=utf-8"
    );
    let refused = get("text/html");
    assert_eq!(refused.status, 406);
    assert_eq!(
        refused.detail(),
        "The response can't be `text/html`; it can be `application/json` or `text/json`."
    );
    let refused = send("PUT /boats/7", &["Content-Type: text/html"], "<a>");
    assert_eq!(refused.status, 415);
    assert_eq!(
        refused.header("accept"),
        "application/json, application/merge-patch+json"
    );
    let refused = send(
        "PUT /boats/7",
        &["Content-Type: application/json; charset=utf-16"],
        "{}",
    );
    assert_eq!(refused.status, 415);
    let refused = send("PUT /boats/7", &[], "{}");
    assert!(
        refused
            .detail()
            .starts_with("The request has no Content-Type")
    );
}

#[test]
fn xml_with_a_dtd_is_refused() {
    let send = |body: &str| send("POST /boats/log", &["Content-Type: application/xml"], body);
    let dtd =
        send("<?xml version=\"1.0\"?>\n<!-- a log --><!DOCTYPE log [<!ENTITY a \"b\">]><log/>");
    assert_eq!(
        (dtd.status, dtd.detail().as_str()),
        (400, "The body is XML with a DTD.")
    );
    assert_eq!(send("<!-- no <!DOCTYPE log> --><log/>").status, 204);
}
