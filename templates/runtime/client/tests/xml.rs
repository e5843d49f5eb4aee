//! Calls whose bodies are XML.

use super::*;

const XML: &str = "<?xml version=\"1.0\" encoding=\"utf-8\"?>\
    <Map xmlns:i=\"http://www.w3.org/2001/XMLSchema-instance\"><a><int>1</int></a></Map>";

#[tokio::test]
async fn a_call_sends_xml_and_reads_it() {
    let client = client(|request| {
        assert_eq!(request.headers()[ACCEPT], "application/xml");
        assert_eq!(request.headers()[CONTENT_TYPE], "application/xml");
        assert_eq!(request.body(), XML);
        Ok(response(200, "text/xml; charset=utf-8", XML))
    });
    let items = Items::from([("a".to_owned(), vec![1])]);
    let call = client.call::<Update>(&[&"a"]).json(&items).xml();
    assert_eq!(call.await.unwrap(), items);
}

#[tokio::test]
async fn a_call_without_a_body_only_asks_for_xml() {
    let client = client(|request| {
        assert_eq!(request.headers()[ACCEPT], "application/xml");
        assert!(!request.headers().contains_key(CONTENT_TYPE));
        Ok(response(200, "application/xml", XML))
    });
    let answer = client.call::<Update>(&[&"a"]).xml().await.unwrap();
    assert_eq!(answer, Items::from([("a".to_owned(), vec![1])]));
}

#[tokio::test]
async fn xml_that_is_not_as_documented_names_operation_and_path() {
    for (body, path) in [
        ("<Map><a><int>x</int></a></Map>", "a[0]"),
        (
            "<!DOCTYPE Map [<!ENTITY a \"1\">]><Map><a><int>&a;</int></a></Map>",
            ".",
        ),
        ("<html><body>Log in</html>", "."),
    ] {
        let error = error(200, "application/xml", body).await;
        assert_eq!(error.kind(), ErrorKind::Decode, "{body}");
        assert_eq!(error.json_path(), Some(path), "{error}");
        assert_eq!(error.operation().unwrap().name, "Update");
    }
    let error = error(200, "application/xml; charset=utf-16", "<Map/>").await;
    assert_eq!(error.kind(), ErrorKind::MediaType);
}

#[tokio::test]
async fn what_xml_cannot_hold_is_an_error_before_anything_is_sent() {
    let client = client(|_| panic!("nothing is to be sent"));
    let body = "a\u{1}".to_owned();
    let error = client
        .call::<Update>(&[&"a"])
        .json(&body)
        .xml()
        .await
        .unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Request);
    assert!(
        error.to_string().contains("can't be written as XML"),
        "{error}"
    );
}
