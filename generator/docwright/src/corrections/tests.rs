use super::*;
use docwright_model::diagnostic::rules;
use docwright_model::{
    Api, ArrayStyle, Body, Direction, EnumValue, Facets, Known, Location, Operation, Parameter,
    Property, Response, Schema, Shape,
};

fn property(name: &str, ty: &str) -> Property {
    Property {
        name: name.into(),
        ty: ty.parse().unwrap(),
        known: Known::Documented,
        direction: Direction::Both,
        required: false,
        next_page: false,
        facets: Facets::default(),
        description: None,
        provenance: Vec::new(),
    }
}

fn schema(name: &str, shape: Shape) -> Schema {
    Schema {
        name: name.into(),
        known: Known::Documented,
        description: None,
        shape,
        base: None,
        subset_of: Vec::new(),
        deprecated: false,
        provenance: Vec::new(),
    }
}

/// An operation `v1Pet_Get` with a path parameter and a response of type `Pet`,
/// a type `Pet` and an enum `PetKind`.
fn api() -> Api {
    let value = |value: &str| EnumValue {
        value: value.into(),
        name: None,
        description: Some(format!("About {value}.").into()),
    };
    Api {
        operations: vec![Operation {
            uid: "v1Pet_Get".into(),
            method: "GET".into(),
            path: "/pets/{id}".into(),
            resource: "pets".into(),
            description: None,
            parameters: vec![Parameter {
                name: "id".into(),
                location: Location::Path,
                ty: Type::Int32,
                known: Known::Documented,
                required: true,
                style: ArrayStyle::default(),
                facets: Facets::default(),
                description: None,
                provenance: None,
            }],
            headers: Vec::new(),
            request: None,
            accepts: Vec::new(),
            deprecated: false,
            responses: vec![Response {
                status: 200.into(),
                description: None,
                body: Some(Body {
                    name: None,
                    ty: Type::Named("Pet".into()),
                    known: Known::Documented,
                    optional: false,
                    media_types: Vec::new(),
                    others: Vec::new(),
                    facets: Facets::default(),
                    description: None,
                    provenance: None,
                }),
                headers: Vec::new(),
                provenance: None,
            }],
            provenance: None,
        }],
        schemas: vec![
            schema(
                "Pet",
                Shape::Properties(vec![
                    property("kind", "string"),
                    property("meta.weight", "string"),
                    property("tags", "array<string>"),
                ]),
            ),
            schema("PetKind", Shape::Values(vec![value("Cat"), value("Dog")])),
        ],
        ..Api::default()
    }
}

fn entry(target: &str, expect: &str, set: &str) -> String {
    format!(
        "[[correction]]\ntarget = '{target}'\nexpect = {expect}\nset = {set}\n\
         reason = 'r'\nsource = 's'\n"
    )
}

/// What the entries make of [`api`].
fn apply_text(text: &str) -> (Api, Vec<Diagnostic>) {
    let (corrections, mut diagnostics) = parse(FILE, text);
    let mut api = api();
    apply(&mut api, &corrections, &mut diagnostics);
    (api, diagnostics)
}

fn applied(text: &str) -> Api {
    let (api, diagnostics) = apply_text(text);
    assert_eq!(diagnostics, [], "{text}");
    api
}

/// Rule, line and help of the one diagnostic.
fn failed(text: &str) -> (&'static str, u32, String) {
    let (_, diagnostics) = apply_text(text);
    let [diagnostic] = &diagnostics[..] else {
        panic!("{text}\n{diagnostics:?}")
    };
    assert_eq!(diagnostic.place.file, FILE);
    let help = diagnostic.help.clone().expect("every error has advice");
    (diagnostic.rule.id, diagnostic.place.line, help)
}

fn pet(api: &Api) -> &[Property] {
    match &api.schema("Pet").unwrap().shape {
        Shape::Properties(properties) => properties,
        _ => panic!("Pet is an object"),
    }
}

#[test]
fn a_property_gets_another_type() {
    let api = applied(&entry("Pet.meta.weight", "'string'", "'double'"));
    assert_eq!(pet(&api)[1].ty, Type::Double);
    assert_eq!(pet(&api)[1].known, Known::Corrected);
    assert_eq!(pet(&api)[0].known, Known::Documented);
}

#[test]
fn a_property_becomes_an_enum_that_no_page_has() {
    let set = "{ enum = 'Mood', values = ['Good', 'Bad'] }";
    let api = applied(&entry("Pet.kind", "'string'", set));
    assert_eq!(pet(&api)[0].ty.to_string(), "Mood");
    let mood = api.schema("Mood").unwrap();
    assert_eq!(mood.known, Known::Corrected);
    assert_eq!(target::values(mood).unwrap(), ["Good", "Bad"]);
    let names: Vec<_> = api.schemas.iter().map(|it| &*it.name).collect();
    assert_eq!(names, ["Mood", "Pet", "PetKind"]);
}

#[test]
fn an_array_may_hold_the_enum() {
    let set = "{ enum = 'Tag', values = ['A'], type = 'array<Tag>' }";
    let api = applied(&entry("Pet.tags", "'array<string>'", set));
    assert_eq!(pet(&api)[2].ty.to_string(), "array<Tag>");
}

#[test]
fn an_enum_that_is_there_must_have_the_same_values() {
    let same = "{ enum = 'PetKind', values = ['Cat', 'Dog'] }";
    let api = applied(&entry("Pet.kind", "'string'", same));
    assert_eq!(pet(&api)[0].ty.to_string(), "PetKind");
    let other = entry(
        "Pet.kind",
        "'string'",
        "{ enum = 'PetKind', values = ['Cat'] }",
    );
    assert_eq!(failed(&other).0, "correction-conflict");
    let object = entry("Pet.kind", "'string'", "{ enum = 'Pet', values = ['Cat'] }");
    assert_eq!(failed(&object).0, "correction-conflict");
}

#[test]
fn an_enum_gets_other_values_and_keeps_the_words_about_the_old() {
    let api = applied(&entry(
        "PetKind",
        "{ values = ['Cat', 'Dog'] }",
        "{ values = ['Dog', 'Emu'] }",
    ));
    let Shape::Values(values) = &api.schema("PetKind").unwrap().shape else {
        panic!("PetKind is an enum")
    };
    let words = values[0].description.as_ref().map(|it| it.plain());
    assert_eq!(
        (values[0].value.text().as_ref(), words),
        ("Dog", Some("About Dog."))
    );
    assert_eq!(values[1].description, None);
}

#[test]
fn required_says_nothing_about_the_type() {
    let api = applied(&entry(
        "Pet.kind",
        "{ required = false }",
        "{ required = true }",
    ));
    assert!(pet(&api)[0].required);
    assert_eq!(pet(&api)[0].known, Known::Documented);
}

#[test]
fn parameters_and_bodies_are_parts_of_an_operation() {
    let api = applied(&entry("v1Pet_Get:path.id", "'int32'", "'int64'"));
    assert_eq!(api.operations[0].parameters[0].ty, Type::Int64);
    let api = applied(&entry("v1Pet_Get:response.200", "'Pet'", "'none'"));
    assert_eq!(api.operations[0].responses[0].body, None);
    let api = applied(&entry("v1Pet_Get:request", "'none'", "'Pet'"));
    let body = api.operations[0].request.as_ref().unwrap();
    assert_eq!(
        (&*body.ty.to_string(), body.known),
        ("Pet", Known::Corrected)
    );
}

#[test]
fn the_order_of_entries_does_not_matter() {
    let uses = entry("Pet.tags", "'array<string>'", "'array<Mood>'");
    let makes = entry(
        "Pet.kind",
        "'string'",
        "{ enum = 'Mood', values = ['Good'] }",
    );
    let one = applied(&format!("{uses}{makes}"));
    assert_eq!(one, applied(&format!("{makes}{uses}")));
}

#[test]
fn a_target_that_is_gone_is_an_error_that_names_the_nearest() {
    for (target, advice) in [
        ("Pet.knid", "did you mean `Pet.kind`?"),
        ("Pat.kind", "did you mean `Pet`?"),
        ("Pet", "expected one of: kind, meta.weight, tags"),
        ("v1Pet_Got:request", "did you mean `v1Pet_Get`?"),
        ("v1Pet_Get:query.id", "path.id, request, response.200"),
        (
            "v1Pet_Get:response.404",
            "did you mean `v1Pet_Get:response.200`?",
        ),
        ("v1Pet_Get:body", "path.id, request, response.200"),
    ] {
        let (rule, line, help) = failed(&entry(target, "'string'", "'int32'"));
        assert_eq!((rule, line), ("correction-without-target", 2), "{target}");
        assert!(help.contains(advice), "{target}: {help}");
    }
}

#[test]
fn pages_that_say_something_else_by_now_are_an_error() {
    let (rule, line, help) = failed(&entry("Pet.kind", "'int32'", "'int64'"));
    assert_eq!((rule, line), ("correction-outdated", 3));
    assert!(help.contains("`expect = \"string\"`"), "{help}");
}

#[test]
fn pages_that_got_it_right_by_now_are_an_error() {
    let text = entry("Pet.kind", "'int32'", "'string'");
    assert_eq!(failed(&text).0, "correction-not-needed");
}

#[test]
fn a_type_that_does_not_exist_is_an_error() {
    let (rule, line, help) = failed(&entry("Pet.kind", "'string'", "'map<PetKnd>'"));
    assert_eq!((rule, line), ("correction-unknown-type", 4));
    assert_eq!(help, "did you mean `PetKind`?");
}

#[test]
fn two_entries_for_one_thing_are_an_error() {
    let one = entry("Pet.kind", "'string'", "'int32'");
    let two = entry("Pet.kind", "'string'", "'int64'");
    let required = entry("Pet.kind", "{ required = false }", "{ required = true }");
    let (rule, line, _) = failed(&format!("{one}{two}{required}"));
    assert_eq!((rule, line), ("correction-repeated", 8));
}

#[test]
fn only_what_is_inferred_or_contested_may_be_confirmed() {
    let text = entry("Pet.kind", "'string'", "'string'");
    assert_eq!(failed(&text).0, "correction-not-needed");
    let (corrections, _) = parse(FILE, &text);
    let contested =
        Diagnostic::new(rules::SAMPLE_AGAINST_TABLE, Place::file("p"), "m").about("Pet.kind");
    let other =
        Diagnostic::new(rules::SAMPLE_AGAINST_TABLE, Place::file("p"), "m").about("Pet.name");
    let mut diagnostics = vec![contested, other.clone()];
    apply(&mut api(), &corrections, &mut diagnostics);
    assert_eq!(diagnostics, [other]);
}

#[test]
fn an_entry_that_makes_no_sense_is_an_error() {
    for (target, expect, set, line) in [
        ("Pet.kind", "'array<string'", "'int32'", 3),
        ("Pet.kind", "'string'", "'a name'", 4),
        ("Pet.kind", "'string'", "7", 4),
        ("Pet.kind", "'string'", "{ requird = true }", 4),
        ("Pet.kind", "'string'", "{ required = true }", 4),
        ("Pet.kind", "'string'", "'none'", 4),
        ("Pet.kind", "'string'", "{ enum = 'A', values = [] }", 4),
        (
            "Pet.kind",
            "'string'",
            "{ enum = 'A', values = ['a', 'a'] }",
            4,
        ),
        (
            "Pet.kind",
            "'string'",
            "{ enum = 'int32', values = ['a'] }",
            4,
        ),
        (
            "Pet.kind",
            "'string'",
            "{ enum = 'A', values = ['a'], type = 'map<B>' }",
            4,
        ),
        ("Pet.kind", "{ enum = 'A', values = ['a'] }", "'string'", 3),
        ("PetKind", "'string'", "'int32'", 4),
        (
            "v1Pet_Get:path.id",
            "{ required = true }",
            "{ required = false }",
            4,
        ),
    ] {
        let (rule, found, _) = failed(&entry(target, expect, set));
        assert_eq!(
            (rule, found),
            ("invalid-correction", line),
            "{expect} {set}"
        );
    }
}

#[test]
fn a_missing_or_empty_reason_is_an_error() {
    let text = entry("Pet.kind", "'string'", "'int32'");
    let empty = text.replace("reason = 'r'", "reason = ' '");
    assert_eq!(failed(&empty).1, 5);
    let (_, diagnostics) = apply_text(&text.replace("source = 's'\n", ""));
    assert!(diagnostics[0].message.contains("source"), "{diagnostics:?}");
}

#[test]
fn facts_are_shown_as_they_are_written() {
    for fact in [
        "\"map<string>\"",
        "\"none\"",
        "{ required = true }",
        "{ values = [\"A\", \"B\"] }",
        "{ enum = \"A\", values = [\"a\"] }",
        "{ enum = \"A\", values = [\"a\"], type = \"array<A>\" }",
    ] {
        let (corrections, diagnostics) = parse(FILE, &entry("x", "'any'", fact));
        let expect_other = entry("x", "{ required = false }", fact);
        let (others, _) = parse(FILE, &expect_other);
        let values = entry("x", "{ values = ['z'] }", fact);
        let (third, _) = parse(FILE, &values);
        let all = corrections.iter().chain(&others).chain(&third);
        let shown: Vec<_> = all.map(|it| it.set.to_string()).collect();
        assert_eq!(shown, [fact], "{diagnostics:?}");
    }
}

#[test]
fn the_documentations_example_applies() {
    let text = include_str!("../../../../docs/SETTINGS.md");
    let example = text.split("```toml").nth(2).unwrap();
    let example = example.split("```").next().unwrap();
    let api = applied(example);
    assert_eq!(pet(&api)[0].ty.to_string(), "PetKind");
}
