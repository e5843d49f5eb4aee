//! How long the objects of a generated crate take to be read and written, beside structs
//! of the same fields with serde's derive, which lose what they don't know.
//!
//! The library code of generated crates is taken as it is, from `templates/runtime`.
#![allow(
    unexpected_cfgs,
    reason = "the features are those of a generated crate"
)]

#[allow(dead_code, reason = "a generated crate uses more of it")]
#[path = "../../../templates/runtime/mod.rs"]
mod runtime;

use std::collections::BTreeMap;

use divan::{Bencher, black_box};
pub use runtime::{DateTime, ParseDateTimeError};
use runtime::{Extra, Payload, object, open_enum};
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

fn main() {
    divan::main();
}

/// Declares the same fields as an object, and as a struct with serde's derive.
macro_rules! both {
    ($($field:ident: $ty:ty = $wire:literal,)*) => {
        #[derive(Clone, PartialEq)]
        pub struct Boat {
            $(pub $field: Option<$ty>,)*
            pub crew: Option<Vec<Boat>>,
            pub extra: Extra,
            pub __non_exhaustive: (),
        }

        object! {
            Boat = "Boat" {
                $(optional $field: $wire,)*
                optional crew: "Crew",
            }
        }

        #[derive(Clone, PartialEq, Serialize, Deserialize)]
        pub struct Derived {
            $(#[serde(rename = $wire, skip_serializing_if = "Option::is_none")]
            pub $field: Option<$ty>,)*
            #[serde(rename = "Crew", skip_serializing_if = "Option::is_none")]
            pub crew: Option<Vec<Derived>>,
        }
    };
}

both! {
    id: i32 = "Id",
    name: String = "Name",
    owner_id: i32 = "OwnerId",
    length: f64 = "Length",
    is_afloat: bool = "IsAfloat",
    is_for_hire: bool = "IsForHire",
    built: DateTime = "Built",
    last_survey: DateTime = "LastSurvey",
    harbour: String = "Harbour",
    call_sign: String = "CallSign",
    kind: Kind = "Kind",
    description: String = "Description",
    engine_hours: i32 = "EngineHours",
    tags: BTreeMap<String, Option<String>> = "Tags",
    marks: Vec<String> = "Marks",
    insurer: String = "Insurer",
    policy: String = "Policy",
    remarks: String = "Remarks",
    phone: String = "Phone",
    berth: i32 = "Berth",
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Kind {
    Sloop,
    Ketch,
    Undocumented(String),
}

open_enum! {
    Kind = "Kind" {
        Sloop = "Sloop",
        Ketch = "Ketch",
    }
}

/// What a body has besides values that are documented.
const CASES: [&str; 4] = ["documented", "nulls", "unknown", "list"];

fn body(case: &str) -> Vec<u8> {
    let mut boat = json!({
        "Id": 7, "Name": "Anna", "OwnerId": 12, "Length": 9.45, "IsAfloat": true,
        "IsForHire": false, "Built": "1987-05-01T00:00:00", "LastSurvey":
        "2025-05-09T17:54:08.123+02:00", "Harbour": "Old Quay", "CallSign": "LA1234",
        "Kind": "Ketch", "Description": "Wooden, two masts", "EngineHours": 1234,
        "Tags": {"colour": "blue", "sails": "tan"}, "Marks": ["a", "b", "c"],
    });
    let mut crew = boat.clone();
    crew["Name"] = json!("Dinghy");
    boat["Crew"] = json!([crew.clone(), crew]);
    match case {
        "nulls" => {
            for name in ["Insurer", "Policy", "Remarks", "Phone", "Berth"] {
                boat[name] = Value::Null;
                boat["Crew"][0][name] = Value::Null;
            }
        }
        "unknown" => {
            for number in 0..5 {
                boat[format!("New{number}")] = json!("some value");
            }
        }
        _ => {}
    }
    let value = if case == "list" {
        Value::from(vec![boat; 300])
    } else {
        boat
    };
    value.to_string().into_bytes()
}

/// Benches one type, or a list of it.
macro_rules! benches {
    ($module:ident, $one:ty, $decode:expr) => {
        mod $module {
            use super::*;

            #[divan::bench(args = CASES)]
            fn decode(bencher: Bencher<'_, '_>, case: &str) {
                let body = body(case);
                match case {
                    "list" => bencher.bench(|| $decode(black_box(&body)).map(|it: Vec<$one>| it)),
                    _ => bencher.bench(|| $decode(black_box(&body)).map(|it: $one| vec![it])),
                }
            }

            #[divan::bench(args = CASES)]
            fn encode(bencher: Bencher<'_, '_>, case: &str) {
                let body = body(case);
                if case == "list" {
                    let boats: Vec<$one> = serde_json::from_slice(&body).unwrap();
                    return bencher.bench(|| serde_json::to_vec(black_box(&boats)));
                }
                let boat: $one = serde_json::from_slice(&body).unwrap();
                bencher.bench(|| serde_json::to_vec(black_box(&boat)));
            }
        }
    };
}

benches!(derived, Derived, serde_json::from_slice);
benches!(object, Boat, Payload::decode);
