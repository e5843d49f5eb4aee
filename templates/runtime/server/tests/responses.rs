//! Responses whose status or body the service chooses.

use super::*;

#[tokio::test]
async fn statuses_without_content_have_none() {
    for status in [204, 205, 304] {
        let answer = get(&format!("/respond/{status}")).await;
        assert_eq!(answer.status().as_u16(), status);
        assert_eq!(answer.body(), "", "{status}");
        assert_eq!(answer.headers().get(CONTENT_TYPE), None, "{status}");
        // RFC 9112, section 6.3: a client waits for the body of a 205 unless it has a length.
        let length = answer.headers().get(CONTENT_LENGTH);
        let length = length.map(HeaderValue::as_bytes);
        assert_eq!(length, (status == 205).then_some(&b"0"[..]), "{status}");
    }
    let answer = send(Method::PATCH, "/register", &[TICKET, IS_JSON], "{}").await;
    assert_eq!((answer.status().as_u16(), answer.body().len()), (304, 0));
    assert_eq!(answer.headers().get(CONTENT_TYPE), None);
    assert_eq!(get("/respond/203").await.body(), "\"body\"");
}

#[tokio::test]
async fn an_error_can_have_a_documented_body() {
    let answer = get("/respond/409").await;
    assert_eq!(answer.status(), 409);
    assert_eq!(answer.body(), r#"{"code":7}"#);
    assert_eq!(answer.headers()[CONTENT_TYPE], "application/json");
    let answer = get("/respond/410").await;
    assert_eq!(answer.body(), r#""gone""#);
    let media_types: Vec<_> = answer.headers().get_all(CONTENT_TYPE).iter().collect();
    assert_eq!(media_types, ["application/vnd.error+json"]);
}

#[test]
fn an_error_whose_body_is_no_json_is_internal() {
    let error = ServiceError::json(StatusCode::CONFLICT, &f64::NAN);
    assert_eq!(error.status(), 500);
}

#[tokio::test]
async fn head_has_the_length_of_get() {
    for (path, status) in [
        ("/items", 200),
        ("/items/red", 404),
        ("/other", 404),
        ("/register", 405),
        ("/respond/409", 409),
    ] {
        let get = get(path).await;
        let head = send(Method::HEAD, path, &[TICKET], "").await;
        assert_eq!((head.status().as_u16(), head.body().len()), (status, 0));
        let length = get.body().len().to_string();
        assert_eq!(head.headers()[CONTENT_LENGTH], length, "{path}");
    }
}
