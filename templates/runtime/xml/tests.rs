//! What is written as XML is read, and what isn't XML of the type is refused.

#![allow(dead_code, reason = "types have more methods than these tests need")]

use std::collections::BTreeMap;

use serde_json::{Value, json};

use super::{read, write};
use crate::runtime::{DateTime, Extra, Json, OnOdd, object, open_enum};

#[derive(Clone, Debug, PartialEq)]
enum Colour {
    Red,
    Undocumented(String),
}

open_enum! {
    Colour = "Colour" {
        Red = "red",
    }
}

#[derive(Clone, PartialEq)]
struct Boat {
    id: i32,
    name: Option<String>,
    length: Option<f64>,
    sails: Option<bool>,
    built: Option<DateTime>,
    colours: Option<Vec<Colour>>,
    berths: Option<Vec<Option<i64>>>,
    dinghies: Option<Vec<Boat>>,
    tags: Option<BTreeMap<String, i32>>,
    notes: Option<Value>,
    extra: Extra,
    __non_exhaustive: (),
}

object! {
    Boat = "Boat" {
        required id: "Id",
        optional name: "Name",
        optional length: "Length",
        optional sails: "Sails",
        optional built: "Built",
        optional colours: "Colours",
        optional berths: "Berths",
        optional dinghies: "Dinghies",
        optional tags: "Tags",
        optional notes: "Notes",
    }
}

/// What a document is as JSON, or why it is refused.
fn to_json<T: Json>(xml: &str) -> Result<Value, String> {
    let value = read::<T>(xml.as_bytes(), OnOdd::Keep).map_err(|error| error.to_string())?;
    Ok(serde_json::to_value(value).unwrap())
}

fn to_xml<T: Json>(value: &T) -> String {
    let json = serde_json::to_vec(value).unwrap();
    let xml = write::<T>(&json).unwrap();
    String::from_utf8(xml.to_vec()).unwrap()
}

#[test]
fn elements_have_the_names_of_types_and_properties() {
    let boat = json!({
        "Id": 7, "Name": " <Elin> & \r\n", "Length": 9.5, "Sails": true, "Built": "2025-05-09",
        "Colours": ["red", "blue"], "Berths": [1, null], "Dinghies": [{"Id": 8}],
        "Tags": {"a b": 1}, "Notes": {"x": ["1"]}, "New": null,
    });
    let boat: Boat = serde_json::from_value(boat).unwrap();
    let xml = to_xml(&boat);
    let expected = "<?xml version=\"1.0\" encoding=\"utf-8\"?>\
        <Boat xmlns:i=\"http://www.w3.org/2001/XMLSchema-instance\"><Id>7</Id>\
        <Name> &lt;Elin&gt; &amp; &#13;\n</Name><Length>9.5</Length><Sails>true</Sails>\
        <Built>2025-05-09</Built>\
        <Colours><Colour>red</Colour><Colour>blue</Colour></Colours>\
        <Berths><long>1</long><anyType i:nil=\"true\"/></Berths>\
        <Dinghies><Boat><Id>8</Id></Boat></Dinghies>\
        <Tags><a_x0020_b>1</a_x0020_b></Tags><Notes><x><anyType>1</anyType></x></Notes>\
        <New i:nil=\"true\"/></Boat>";
    assert_eq!(xml, expected);
    let mut read = to_json::<Boat>(&xml).unwrap();
    // Nothing says that what is of any type is a list.
    assert_eq!(read["Notes"]["x"].take(), json!({"anyType": "1"}));
    read["Notes"]["x"] = json!(["1"]);
    assert_eq!(read, serde_json::to_value(&boat).unwrap());
}

#[test]
fn values_of_every_kind_are_read_as_what_they_are() {
    for value in [json!([1, 2]), json!([])] {
        let list: Vec<i32> = serde_json::from_value(value.clone()).unwrap();
        assert_eq!(to_json::<Vec<i32>>(&to_xml(&list)), Ok(value));
    }
    assert!(to_xml(&vec![1]).contains("<ArrayOfint xmlns:i="));
    assert_eq!(to_json::<String>("<string/>"), Ok(json!("")));
    assert_eq!(
        to_json::<Option<i32>>("<a x:nil='1' xmlns:x='x'/>"),
        Ok(json!(null))
    );
    assert_eq!(to_json::<bool>("<!-- a --><b> 1 </b>"), Ok(json!(true)));
    assert_eq!(to_json::<f64>("<c>1e3</c>"), Ok(json!(1000.0)));
    assert_eq!(
        to_json::<String>("<d><![CDATA[<e>]]>&amp;&#x41;</d>"),
        Ok(json!("<e>&A"))
    );
    assert_eq!(
        to_json::<Value>("<f><a>1</a><a/></f>"),
        Ok(json!({"a": ["1", ""]}))
    );
    let bare = "<Boat xmlns='urn:x'><Id>1</Id><Colours>red</Colours><Colours>red</Colours></Boat>";
    assert_eq!(
        to_json::<Boat>(bare),
        Ok(json!({"Id": 1, "Colours": ["red", "red"]}))
    );
    let pairs = "<m><p><Key>a</Key><Value>1</Value></p><p><Key>b</Key><Value>2</Value></p></m>";
    assert_eq!(
        to_json::<BTreeMap<String, i32>>(pairs),
        Ok(json!({"a": 1, "b": 2}))
    );
}

#[test]
fn names_that_cannot_be_of_elements_come_back() {
    for name in ["a b", "$top", "1", "_x0020_", "ø:é", "@x", "x-y.z", "<"] {
        let map = BTreeMap::from([(name.to_owned(), 1)]);
        assert_eq!(
            to_json::<BTreeMap<String, i32>>(&to_xml(&map)),
            Ok(json!({name: 1}))
        );
    }
}

#[test]
fn what_does_not_fit_is_kept_or_named_as_in_json() {
    let odd = "<Boat><Id>1</Id><Length>long</Length><Name><a/></Name></Boat>";
    let expected = json!({"Id": 1, "Length": "long", "Name": {"a": ""}});
    assert_eq!(to_json::<Boat>(odd), Ok(expected));
    for (xml, expected) in [
        ("<Boat/>", "`.`: missing field `Id`"),
        (
            "<Boat><Id>x</Id></Boat>",
            "`Id`: invalid type: string \"x\", expected i32",
        ),
        (
            "<Boat><Id>1</Id><Id>2</Id></Boat>",
            "`Id`: invalid type: sequence, expected i32",
        ),
        (
            "<Boat>text</Boat>",
            "`.`: invalid type: string \"text\", expected an object (Boat)",
        ),
    ] {
        let error = to_json::<Boat>(xml).unwrap_err();
        assert!(error.contains(expected), "{xml}: {error}");
    }
}

#[test]
fn hostile_documents_are_refused() {
    let deep = |depth: usize| ["<a>".repeat(depth), "</a>".repeat(depth)].concat();
    assert!(to_json::<Value>(&deep(128)).is_ok());
    let bomb = "<!DOCTYPE a [<!ENTITY b \"bbbb\"><!ENTITY c \"&b;&b;&b;\">]><a>&c;</a>";
    for (xml, expected) in [
        (bomb, "a DTD isn't accepted"),
        ("<!DOCTYPE html><html/>", "a DTD isn't accepted"),
        (&deep(129), "elements are more than 128 levels deep"),
        (&deep(100_000), "elements are more than 128 levels deep"),
        ("<a>&b;</a>", "it isn't XML"),
        ("<a><b></a>", "it isn't XML"),
        ("<a/><b/>", "it isn't XML"),
        ("<a/>text", "it isn't XML"),
        ("<a></b>", "it isn't XML"),
        ("<a b></a>", "it isn't XML"),
        ("<a>&", "it isn't XML"),
        ("{}", "it isn't XML"),
        ("", "it isn't XML"),
    ] {
        let error = to_json::<Value>(xml).unwrap_err();
        assert!(error.contains(expected), "{error}");
    }
    // Takes minutes where each attribute is compared with all others.
    let attributes: String = (0..100_000).map(|at| format!(" a{at}=''")).collect();
    assert_eq!(
        to_json::<Value>(&format!("<a{attributes}/>")),
        Ok(json!(""))
    );
    let error = read::<Value>(b"<a>\xFF</a>", OnOdd::Keep).unwrap_err();
    assert!(error.to_string().contains("UTF-8"), "{error}");
}

#[test]
fn what_xml_cannot_hold_is_an_error() {
    let error = write::<String>(br#""a\u0001""#).unwrap_err();
    assert!(
        error.to_string().contains("which XML can't hold"),
        "{error}"
    );
}

#[test]
fn odd_values_can_be_refused() {
    let refuse = |xml: &str| read::<Boat>(xml.as_bytes(), OnOdd::RefuseOutsideUnions);
    let error = refuse("<Boat><Id>1</Id><Length>long</Length></Boat>").unwrap_err();
    assert_eq!(error.path, "Length");
    let fits = "<Boat><Id>1</Id><Length>9.5</Length><New>1</New></Boat>";
    assert_eq!(refuse(fits).unwrap().length, Some(9.5));
}
