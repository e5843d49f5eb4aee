//! `docwright explain`: the decision, the evidence with its places, what was overruled.

use super::case::{Case, PAGE};

fn explained(case: &Case, target: &str) -> String {
    let run = case.run(&["explain", target]);
    assert_eq!(run.status, 0, "{}", run.stderr);
    run.stdout
}

#[test]
fn a_property_shows_its_cells_its_samples_and_what_they_overrule() {
    let case = Case::contested();
    let expected = "\
Pet.Name

decision
  is `string`, documented: equally many cells state two types, and the samples fit this one
  decided by
    docs/v1Pet_Get.md:28:1 “Response body: Pet” row Name
  is optional: no row states that it is required

evidence
  a row of the type `string`
    docs/v1Pet_Get.md:28:1 “Response body: Pet” row Name
  a row of the type `bool`
    docs/v1Pet_Last.md:28:1 “Response body: Pet” row Name
  samples show strings
    docs/v1Pet_Get.md:33:1 “Sample response”

overruled
  `bool` contradicts what most cells state
    docs/v1Pet_Last.md:28:1 “Response body: Pet” row Name

findings
";
    let found = explained(&case, "Pet.Name");
    assert!(found.starts_with(expected), "{found}");
    assert!(found.contains("warning[conflicting-type-cells]"), "{found}");
    let legs = explained(&case, "Pet.Legs");
    assert!(legs.contains("warning[sample-against-table]"), "{legs}");

    case.write(
        "docs/corrections.toml",
        "[[correction]]\ntarget = \"Pet.Legs\"\nexpect = \"int32\"\nset = \"string\"\n\
         reason = \"Words.\"\nsource = \"A call.\"\n",
    );
    let legs = explained(&case, "Pet.Legs");
    assert!(
        legs.contains("corrected\n  corrections.toml sets \"string\": Words. (A call.)"),
        "{legs}"
    );
}

#[test]
fn types_operations_and_their_parts_are_explained() {
    let case = Case::new(&[]);
    let pet = explained(&case, "Pet");
    assert!(
        pet.contains("is an object of 2 properties, documented"),
        "{pet}"
    );
    assert!(
        pet.contains("`Legs` is `int32`, documented: the pages state it"),
        "{pet}"
    );
    assert!(
        pet.contains("the table of the response body of `v1Pet_Get`, documented"),
        "{pet}"
    );
    let by_uid = explained(&case, "v1Pet_Get");
    assert_eq!(by_uid, explained(&case, "GET /api/v1/Pet/{id}"));
    for part in [
        "is `GET /api/v1/Pet/{id}`",
        "the page gives the uid",
        "belongs to the resource `Pet`, by its path",
        "`path.id` is `int32`, documented",
        "`response.200` is `Pet`, documented",
        "a sample response of status 200",
    ] {
        assert!(by_uid.contains(part), "{part}: {by_uid}");
    }
    let id = explained(&case, "v1Pet_Get:path.id");
    assert!(
        id.contains("is `int32`, documented: its type cell states it"),
        "{id}"
    );
    assert!(id.contains("docs/v1Pet_Get.md:16:1"), "{id}");
    let body = explained(&case, "v1Pet_Get:response.200");
    assert!(body.contains("the heading calls it `Pet`"), "{body}");
    assert!(body.contains("a table lists `Name`, `Legs`"), "{body}");
}

#[test]
fn an_unknown_target_is_an_error_that_names_the_nearest() {
    let case = Case::new(&[]);
    for (target, error) in [
        ("Pte", "did you mean `Pet`?"),
        (
            "Pet.Lges",
            "the type `Pet` has no property `Lges`; did you mean `Pet.Legs`?",
        ),
        ("v1Pet_Got", "did you mean `v1Pet_Get`?"),
        ("v1Pet_Get:path.di", "did you mean `v1Pet_Get:path.id`?"),
        (
            "Weather",
            "there is no type, property, parameter or operation called `Weather`; \
             `docwright export model --docs docs` shows all types and operations",
        ),
    ] {
        let run = case.run(&["explain", target]);
        assert_eq!(run.status, 2, "{target}: {}", run.stdout);
        assert_eq!(run.stdout, "");
        // A run of cargo shows the command as cargo's.
        let stderr = run.stderr.replace("cargo run -- ", "docwright ");
        assert!(stderr.contains(error), "{stderr}");
    }
    let run = case.run(&["explain", "Pet", "--docs", "nowhere"]);
    assert_eq!(run.status, 2);
    assert!(run.stderr.contains("[docs-not-readable]"), "{}", run.stderr);
}

#[test]
fn a_null_that_is_denied_is_no_null() {
    let page = PAGE
        .replace("What it answers to.", "What it answers to. Cannot be null.")
        .replace("How many.", "How many. Can be null.");
    let case = Case::new(&[]);
    case.write("docs/v1Pet_Get.md", &page);
    let name = explained(&case, "Pet.Name");
    assert!(name.contains("is `string`, documented"), "{name}");
    assert!(name.contains("can't be null, documented"), "{name}");
    let legs = explained(&case, "Pet.Legs");
    assert!(legs.contains("is `int32`, or null, documented"), "{legs}");
}
