//! The OpenAPI export, case by case: `openapi/<case>/model.json` (and
//! `samples.json`, where there is one) gives `openapi/<case>/openapi.json`, and
//! `openapi-3.0.json` in the older version.
//!
//! That the expected files are valid OpenAPI is checked by `.ci/run`.

use std::fs;

use docwright::{
    export::{SpecVersion, openapi},
    model::{Api, Sample},
};

use crate::expect;

const VERSION: &str = "1.2.3";

#[test]
fn each_case_gives_its_document() {
    let mut documents = Vec::new();
    for case in expect::cases("openapi") {
        let name = case.file_name().unwrap().to_string_lossy();
        let read = |file: &str| fs::read_to_string(case.join(file));
        let model = read("model.json").unwrap_or_else(|error| panic!("{name}: {error}"));
        let api: Api =
            serde_json::from_str(&model).unwrap_or_else(|error| panic!("{name}: {error}"));
        let samples: Vec<Sample> = read("samples.json").map_or_else(
            |_| Vec::new(),
            |text| serde_json::from_str(&text).unwrap_or_else(|error| panic!("{name}: {error}")),
        );
        for (file, spec) in [
            ("openapi.json", SpecVersion::V3_1),
            ("openapi-3.0.json", SpecVersion::V3_0),
        ] {
            let document = openapi(&api, &samples, VERSION, spec).unwrap().text;
            documents.push((case.join(file), document));
        }
    }
    expect::files(documents);
}

#[test]
fn the_order_of_operations_and_schemas_does_not_matter() {
    let model = include_str!("../openapi/operations/model.json");
    let api: Api = serde_json::from_str(model).unwrap();
    let mut turned = api.clone();
    turned.operations.reverse();
    turned.schemas.reverse();
    turned.headers.reverse();
    let write = |api| openapi(api, &[], VERSION, SpecVersion::V3_1).unwrap();
    assert_eq!(write(&api), write(&turned));
}
