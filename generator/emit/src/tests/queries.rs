//! Query parameters in a language: what the crate has for them, and what it hasn't.

use serde_json::{Value, json};

use super::*;

/// An API of one list, with these parameters and languages.
fn files(parameters: Value, languages: Value) -> crate::output::FileSet {
    let api = json!({
        "format": 2, "title": "Orchard", "security": [], "headers": [],
        "query-languages": languages,
        "operations": [{"uid": "trees", "method": "GET", "path": "/query", "resource": "query",
                        "parameters": parameters,
                        "responses": [{"status": 200, "body": {"type": "array<string>",
                                                               "known": "documented"}}]}],
        "schemas": [],
    });
    let api: Api = serde_json::from_value(api).unwrap();
    emit(&api, &[], &Settings::default()).files
}

fn in_language(name: &str, language: &str, ty: &str) -> Value {
    json!({"name": name, "in": "query", "type": ty, "known": "documented",
           "facets": {"query-language": {"value": language, "known": "documented"}}})
}

fn filter(operators: Value) -> Value {
    json!([{"kind": "filter", "operators": operators}])
}

/// Operations with such parameters, for a crate that is compiled.
pub fn operations() -> Vec<Value> {
    let of = |uid: &str, path: &str, parameters: Value| {
        json!({"uid": uid, "method": "GET", "path": path, "resource": "boats",
               "parameters": parameters,
               "responses": [{"status": 200, "body": {"type": "Boat", "known": "documented"}}]})
    };
    let skip = json!({"name": "skip", "in": "query", "type": "int32", "known": "documented"});
    let where_ = in_language("where", "filter", "string");
    let (fields, sort) = (
        in_language("fields", "select", "string"),
        in_language("sort", "order", "string"),
    );
    let mut needed = where_.clone();
    needed["required"] = json!(true);
    vec![
        of(
            "search",
            "/boats/search",
            json!([where_, fields, sort, skip]),
        ),
        of("searchAll", "/boats/all", json!([needed])),
    ]
}

/// Languages with operators that are hard to bear.
pub fn languages() -> Value {
    json!([
        {"kind": "filter", "dates": "date'{value}'", "operators": [
            "{column} eq {value}", "{column} clone {value}", "{column} fn {value}",
            "{column} unknown", "{column} one of ({values})", "near({value}, {column}, {value})",
            "{column} `odd \\ */ {value}", "{filter} and {filter}", "{filter} or {filter}",
            "not {filter}", "both({filter}; {filter})"]},
        {"kind": "order", "operators": ["{column} up", "{column} eq"]},
        {"kind": "select"},
    ])
}

/// What a caller writes, as a test of that crate.
pub const USES: &str = r##"
use harbour::client::{Call, TransportError};
use harbour::query::{Column, Filter, column};
use harbour::{Client, Credentials};

fn searching() -> Client {
    Client::new(Client::BASE_URL_2, Credentials::Anonymous).unwrap()
}

/// The query of a call, as a server reads it.
fn query<O>(call: &Call<'_, O>) -> String {
    let shown = format!("{call:?}");
    let query = shown.split_once('?').unwrap().1.strip_suffix(')').unwrap();
    let plain = [("%20", " "), ("%27", "'"), ("%28", "("), ("%29", ")"), ("%2C", ","), ("%3B", ";")];
    plain.into_iter().fold(query.to_owned(), |query, (from, to)| query.replace(from, to))
}

#[test]
fn queries_are_made_of_columns() {
    let client = searching();
    let boats = client.boats();
    let named = column("name").eq("Sea's");
    let call = boats.search().where_(named.clone().and(column("pier/id").one_of([1, 2])));
    assert_eq!(query(&call), "where=name eq 'Sea''s' and pier/id one of (1,2)");
    let either = named.clone().or(column("built").clone_(harbour::jiff::civil::date(2025, 5, 9)));
    let call = boats.search().where_(either.and(column("crew").unknown().not()));
    let expected =
        "where=(name eq 'Sea''s' or built clone date'2025-05-09') and not (crew unknown)";
    assert_eq!(query(&call), expected);
    let near = column("pier").near("east", 2.5).both("length fn 1");
    assert_eq!(near.text().unwrap(), "both((near('east', pier, 2.5)); (length fn 1))");
    let order = [column("name").up(), column("id").eq_2(), column("length").into()];
    let call = boats.search().fields(["name", "pier/id"]).sort(order);
    assert_eq!(query(&call), "fields=name,pier/id&sort=name up,id eq,length");
    let call = boats.search_all(column("length").fn_(true));
    assert_eq!(query(&call), "where=length fn true");
}

#[test]
fn queries_are_texts_as_well() {
    let client = searching();
    let boats = client.boats();
    let text = String::from("name like 'x'");
    let calls = [
        boats.search().where_("name like 'x'"),
        boats.search().where_(&text),
        boats.search().where_(&*text),
        boats.search().where_(Filter::from(&text)),
        boats.search().where_(text),
    ];
    for call in calls {
        assert_eq!(query(&call), "where=name like 'x'");
    }
    let call = boats.search().fields("name, id").sort(String::from("name up"));
    assert_eq!(query(&call), "fields=name, id&sort=name up");
}

#[tokio::test]
async fn what_cannot_be_written_is_an_error_before_anything_is_sent() {
    let sent = |_| async { Err::<harbour::http::Response<_>, _>(TransportError::from("sent")) };
    let builder = Client::builder("https://harbour.example", Credentials::Anonymous);
    let client = builder.transport(sent).build().unwrap();
    let nan = client.boats().search().where_(column("length").eq(f64::NAN)).await;
    let error = nan.unwrap_err().to_string();
    assert!(error.contains("`where`: the number isn't finite"), "{error}");
    let name = "name eq 1 or name";
    let injected = client.boats().search().fields([Column::from(name)]).await;
    let error = injected.unwrap_err().to_string();
    assert!(error.contains("`fields`: `name eq 1 or name` isn't a column name"), "{error}");
    let fine = client.boats().search().where_("anything").await;
    assert!(format!("{:?}", fine.unwrap_err()).contains("sent"));
}

#[tokio::test]
async fn pages_keep_their_filter() {
    use std::sync::{Arc, Mutex};
    let seen = Arc::new(Mutex::new(Vec::new()));
    let noted = seen.clone();
    let transport = move |request: harbour::http::Request<_>| {
        let query = request.uri().query().unwrap_or_default().to_owned();
        noted.lock().unwrap().push(query);
        let body = r#"{"length": 1, "kind": 0, "name": "Elin", "owner": null, "cargo": [7, 7], "loop": {}}"#;
        let response = harbour::http::Response::builder().header("Content-Type", "application/json");
        async move { Ok::<_, TransportError>(response.body(body.into()).unwrap()) }
    };
    let builder = Client::builder("https://harbour.example", Credentials::Anonymous);
    let client = builder.transport(transport).build().unwrap();
    let call = client.boats().search().where_(column("id").eq(1)).skip(5);
    let mut pages = call.pages_by_skip("skip", |boat| boat.cargo.len()).limit(2);
    assert!(pages.next().await.unwrap().is_ok());
    assert!(pages.next().await.unwrap().is_ok());
    assert_eq!(*seen.lock().unwrap(), ["where=id%20eq%201&skip=5", "where=id%20eq%201&skip=7"]);
}
"##;

/// The files of the module, without their folder.
fn of_module(files: &crate::output::FileSet) -> Vec<&str> {
    let paths = files.iter().map(|(path, _)| path);
    paths
        .filter_map(|path| path.strip_prefix("src/query/"))
        .collect()
}

#[test]
fn a_crate_has_methods_for_the_operators_that_are_documented() {
    let operators = json!([
        "{column} ripe",
        "{column} taller than {value}",
        "{column} in ({values})",
        "{filter} and {filter}",
        "not({filter})"
    ]);
    let files = files(
        json!([in_language("which", "filter", "string")]),
        filter(operators),
    );
    let module = files.get("src/query/mod.rs").unwrap();
    let methods = module.split("pub fn ").skip(1);
    let methods: Vec<_> = methods
        .filter_map(|text| text.split(['(', '<']).next())
        .collect();
    assert_eq!(methods, ["ripe", "taller_than", "in_", "and", "not"]);
    assert!(
        module.contains(r#"const DATES: (&str, &str) = ("", "");"#),
        "{module}"
    );
    let example =
        "let filter = column(\"name\").taller_than(\"it's\").and(column(\"id\").taller_than(1));";
    assert!(module.contains(example), "{module}");
    let says =
        r#"assert_eq!(filter.text().unwrap(), "name taller than 'it''s' and id taller than 1");"#;
    assert!(module.contains(says), "{module}");
    let setters = files.get("src/query_api/setters.rs").unwrap();
    assert!(
        setters.contains("value: impl Into<crate::query::Filter>"),
        "{setters}"
    );
    let readme = files.get("README.md").unwrap();
    assert!(readme.contains("use orchard::query::column;"), "{readme}");
}

#[test]
fn a_crate_has_the_languages_that_parameters_are_written_in() {
    let languages = json!([
        {"kind": "filter", "operators": ["{column} is {value}"]},
        {"kind": "select"},
        {"kind": "order", "operators": ["{column} down"]}]);
    let of = |parameters| files(parameters, languages.clone());
    let all = ["filter", "select", "order"].map(|it| in_language(it, it, "string"));
    let columns = of(json!([all[1]]));
    assert_eq!(of_module(&columns), ["column.rs", "mod.rs", "select.rs"]);
    assert!(!columns.get("src/query/mod.rs").unwrap().contains("Filter"));
    let sorted = of(json!([all[2]]));
    assert_eq!(of_module(&sorted), ["column.rs", "mod.rs", "order.rs"]);
    assert!(
        sorted
            .get("src/query/mod.rs")
            .unwrap()
            .contains("fn down(self) -> OrderBy")
    );
    assert_eq!(of_module(&of(json!(all))).len(), 6);
}

#[test]
fn a_crate_without_such_parameters_has_nothing_of_it() {
    // A path parameter, a number and a list can't hold any text.
    let mut path = in_language("which", "filter", "string");
    path["in"] = json!("header");
    let parameters = json!([
        path,
        in_language("a", "filter", "int32"),
        in_language("b", "select", "array<string>")
    ]);
    let files = files(parameters, filter(json!(["{column} is {value}"])));
    let modules: Vec<_> = files.iter().map(|(path, _)| path).collect();
    assert!(modules.contains(&"src/query/setters.rs"), "{modules:?}");
    assert!(!modules.contains(&"src/query/column.rs"), "{modules:?}");
    let library = files.get("src/lib.rs").unwrap();
    assert_eq!(library.matches("mod query").count(), 1, "{library}");
    let readme = files.get("README.md").unwrap();
    assert!(!readme.contains("query::column"), "{readme}");
}

#[test]
fn the_program_of_the_readme_filters_its_list() {
    let operation = |uid: &str, method: &str, path: &str, ty: &str| {
        json!({"uid": uid, "method": method, "path": path, "resource": "trees",
               "parameters": [],
               "responses": [{"status": 200, "body": {"type": ty, "known": "documented"}}]})
    };
    let mut list = operation("list", "GET", "/trees", "Trees");
    list["parameters"] = json!([in_language("which", "filter", "string")]);
    let mut put = operation("put", "PUT", "/trees/tall", "Tree");
    put["request"] = json!({"type": "Tree", "known": "documented"});
    let property = |name: &str, ty: &str| {
        json!({"name": name, "type": ty, "known": "documented",
                                                 "in": "both"})
    };
    let mut next = property("next", "string");
    next["next-page"] = json!(true);
    let api = json!({
        "format": 2, "title": "Orchard", "security": [], "headers": [],
        "query-languages": filter(json!(["{column} is {value}"])),
        "operations": [list, put, operation("tall", "GET", "/trees/tall", "Tree")],
        "schemas": [
            {"name": "Tree", "known": "documented", "properties": [property("name", "string")]},
            {"name": "Trees", "known": "documented", "properties": [
                next, property("trees", "array<Tree>")]}],
    });
    let api: Api = serde_json::from_value(api).unwrap();
    let files = emit(&api, &[], &Settings::default()).files;
    let readme = files.get("README.md").unwrap();
    let program = readme.split("A longer program").nth(1).unwrap();
    assert!(program.contains("use orchard::query::column;"), "{program}");
    assert!(
        program.contains(".which(column(\"name\").is(\"it's\"))"),
        "{program}"
    );
}
