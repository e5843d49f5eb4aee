//! One crate of all awkward words: each of them a type, a property, a value, a parameter, an
//! operation, and many of them a resource.

use serde_json::{Value, json};

use super::compile::Crate;
use super::*;
use crate::runtime;

/// Words of the language, of edition 2024 and of those to come.
const KEYWORDS: &str = "Self abstract as async auto await become box break const continue crate \
    default do dyn else enum extern false final fn for gen if impl in let loop macro \
    macro_rules match mod move mut override priv pub raw ref return safe self static struct \
    super trait true try type typeof union unsafe unsized use virtual where while yield";

/// What the standard library has in its prelude or what generated code could use of it.
const STANDARD: &str = "Arc AsMut AsRef BTreeMap Box Clone Copy Debug Default Deref Display \
    DoubleEndedIterator Drop Duration Eq Err Error ExactSizeIterator Extend Fn FnMut FnOnce \
    From FromIterator FromStr Future Hash HashMap Into IntoFuture IntoIterator Iterator Mutex \
    None Ok Option Ord PartialEq PartialOrd PhantomData Pin Rc Result Send Sized Some String \
    Sync ToOwned ToString TryFrom TryInto Unpin Value Vec assert bool cfg char concat dbg \
    derive env f64 fmt format i32 include isize line matches panic print println str test \
    todo u8 usize vec write";

/// Names of files and crates that a crate has anyway, or that a file system keeps.
const FILES: &str = "Lib Main Bin Mod Tests Build Std Core Alloc Serde Tokio Axum Http Bytes \
    Reqwest Client Server Types Headers Xml Tracing JsonPatch Roxmltree Runtime Operations Queries Setters All Garden con aux \
    nul prn com1 lpt9 clone into new call query header send json fmt eq value values wire \
    name body request service stub extra";

/// Words that aren't written as names are.
const ODD: &[&str] = &[
    "0",
    "1",
    "_0",
    "00",
    "2nd",
    "2nd_",
    "1h",
    "1H",
    "ebb",
    "Ebb",
    "EBB",
    "e_bb",
    "名前",
    "имя",
    "Größe",
    "ὄνομα",
    "μg",
    "👍",
    "+1",
    "-1",
    "=",
    "!=",
    "<",
    "<=",
    ">=",
    "$",
    "",
    " ",
    ".",
    "*",
    "a\"b",
    "{x}",
    "{{ x }}",
    "{% x %}",
    "a\nb",
    "a\\",
    "r#type",
    "'a",
    "//",
    "/*",
    "*/",
    "#",
    "snake_case",
    "SCREAMING_CASE",
    "kebab-case",
    "Camel.Case",
    "__",
    "_",
];

/// All of them, each once, with long ones that differ in their last letter only.
fn words() -> Vec<String> {
    let listed = [KEYWORDS, STANDARD, FILES].map(|words| words.split_whitespace());
    let mut words: Vec<_> = listed.into_iter().flatten().map(str::to_owned).collect();
    words.extend(ODD.iter().map(|word| (*word).to_owned()));
    words.extend(["A", "B"].map(|end| format!("{}{end}", "long".repeat(80))));
    words.extend(public_names());
    words.sort();
    words.dedup();
    words
}

/// The types and traits that every crate has.
fn public_names() -> impl Iterator<Item = String> {
    let items = runtime::FILES.iter().flat_map(|(_, text)| {
        let file = syn::parse_file(text).unwrap();
        file.items.into_iter()
    });
    items.filter_map(|item| match item {
        syn::Item::Struct(item) => Some(item.ident.to_string()),
        syn::Item::Enum(item) => Some(item.ident.to_string()),
        syn::Item::Trait(item) => Some(item.ident.to_string()),
        syn::Item::Type(item) => Some(item.ident.to_string()),
        _ => None,
    })
}

fn text(name: &str) -> Value {
    json!({"name": name, "type": "string", "known": "documented", "in": "both"})
}

/// A type for each word; every other one is used by two resources, and so in a file of its
/// own.
fn schemas(words: &[String]) -> Vec<Value> {
    let mut schemas: Vec<_> = words
        .iter()
        .map(|word| json!({"name": word, "known": "documented", "properties": [text(word)]}))
        .collect();
    let shared = words.iter().step_by(2).filter(|word| is_type(word));
    let properties =
        shared.map(|word| json!({"name": word, "type": word, "known": "documented", "in": "both"}));
    let values = words.iter().map(|word| json!({"value": word}));
    schemas.push(json!({"name": "zz shared", "known": "documented",
                        "properties": properties.collect::<Vec<_>>()}));
    schemas.push(json!({"name": "zz properties", "known": "documented",
                        "properties": words.iter().map(|word| text(word)).collect::<Vec<_>>()}));
    schemas.push(json!({"name": "zz values", "known": "documented",
                        "values": values.collect::<Vec<_>>()}));
    schemas.retain(|schema| is_type(schema["name"].as_str().unwrap()));
    schemas
}

/// Whether a word can stand for a named type where a type is written.
fn is_type(word: &str) -> bool {
    matches!(word.parse(), Ok(docwright_model::Type::Named(name)) if name == word)
}

fn operation(uid: &str, resource: &str, path: &str, parameters: Value, ty: &str) -> Value {
    let body = json!({"type": ty, "known": "documented"});
    json!({"uid": uid, "method": "POST", "path": path, "resource": resource,
           "parameters": parameters, "request": body,
           "responses": [{"status": 200, "body": body}]})
}

/// An operation with this many parameters in its path, the first of them in the base path
/// that all of them have.
fn ladder(rungs: usize) -> Value {
    let names = (0..rungs).map(|at| format!("rung{at}"));
    let path: String = names
        .clone()
        .skip(1)
        .map(|name| format!("/{{{name}}}"))
        .collect();
    let base = if rungs > 0 {
        "/ladder{rung0}"
    } else {
        "/ladder"
    };
    let parameters = names.map(|name| {
        json!({"name": name, "in": "path", "type": "string", "known": "documented",
               "required": true})
    });
    let parameters = parameters.collect::<Vec<_>>().into();
    operation(
        &format!("ladder {rungs}"),
        "zz ladder",
        &format!("{base}/up{path}"),
        parameters,
        "string",
    )
}

fn api() -> Api {
    let words = words();
    let mut operations = Vec::new();
    for (number, word) in words.iter().enumerate() {
        let ty = if is_type(word) { word } else { "any" };
        let query = json!([
            {"name": word, "in": "query", "type": "string", "known": "documented"},
            {"name": "zz", "in": "query", "type": "zz values", "known": "documented"},
        ]);
        // One resource has all words as operations.
        operations.push(operation(
            word,
            "zz words",
            &format!("/words/w{number}"),
            query,
            ty,
        ));
        if word.contains(['{', '}', '/']) || word.is_empty() {
            continue;
        }
        let path = format!("/r{number}/{{{word}}}");
        let parameter = json!([{"name": word, "in": "path", "type": "string",
                                "known": "documented", "required": true}]);
        if number % 3 == 0 || FILES.split_whitespace().any(|file| file == word) {
            let uid = format!("resource {number}_{word}");
            operations.push(operation(&uid, word, &path, parameter, ty));
        }
    }
    for (number, ty) in ["zz shared", "zz properties", "zz values"]
        .iter()
        .enumerate()
    {
        let path = format!("/shared/{number}");
        operations.push(operation(ty, "zz shared", &path, json!([]), ty));
    }
    operations.extend((0..=20).map(ladder));
    serde_json::from_value(json!({
        "format": 2, "title": "Garden", "operations": operations, "security": [],
        "headers": [{"name": "call"}, {"name": "clone"}, {"name": "gen"}, {"name": "1"}],
        "schemas": schemas(&words),
    }))
    .map(|mut api: Api| {
        api.schemas.sort_by(|a, b| a.name.cmp(&b.name));
        api
    })
    .unwrap()
}

#[test]
fn a_crate_of_all_awkward_words_compiles_and_passes_its_tests() {
    let emitted = emit(&api(), &[], &Settings::default());
    assert_eq!(emitted.diagnostics, [], "nothing is left out");
    for (path, _) in emitted.files.iter() {
        let names = path.split(['/', '.']);
        assert!(path.split('/').all(|name| name.len() < 200), "{path}");
        for name in names {
            let is_device = ["con", "aux", "nul", "prn", "com1", "lpt9"].contains(&name);
            assert!(!is_device, "{path}");
        }
    }
    // `.ci/run` tests the examples in its docs, which are many.
    Crate::write("words", &emitted.files).test_without_docs();
}
