//! Each kind of change gives its rule, the mirrored change its mirror, and
//! what is no change gives nothing.

mod fixture;
mod laws;

use super::{rules::RustImpact, *};
use docwright_model::{Direction, Known, Location, Operation, Provenance, Shape, Text, Type};
use fixture::*;

#[test]
fn each_mutation_gives_its_rule_and_the_way_back_its_mirror() {
    for (id, mutate) in MUTATIONS {
        let (old, mut new) = (api(), api());
        mutate(&mut new);
        let there = compare(&old, &new);
        assert_eq!(ids(&there), [*id]);
        let back = compare(&new, &old);
        let [finding] = &back.findings[..] else {
            panic!("{id}: {:?}", ids(&back))
        };
        let rule = rules::find(id).unwrap();
        assert!(
            finding.rule.id == rule.mirror || finding.rule.mirror == rule.id,
            "{id} mirrors {}",
            finding.rule.id
        );
    }
}

#[test]
fn each_rule_is_found_by_a_mutation_or_its_way_back() {
    let found: std::collections::BTreeSet<_> = MUTATIONS
        .iter()
        .flat_map(|(_, mutate)| {
            let (old, mut new) = (api(), api());
            mutate(&mut new);
            let diffs = [compare(&old, &new), compare(&new, &old)];
            diffs
                .into_iter()
                .flat_map(|it| it.findings)
                .map(|it| it.rule.id)
        })
        .collect();
    // Messages whose whole type is a bare one, and what is said of the
    // comparison itself, have tests of their own below.
    let own = [
        "extraction-yield-dropped",
        "nothing-in-common",
        "path-parameter-type-narrowed",
        "path-parameters-swapped",
        "request-body-type-narrowed",
        "request-body-type-widened",
        "response-body-type-narrowed",
        "response-body-type-widened",
        "resource-added",
        "resource-removed",
        "returned-response-changed",
        "rust-name-changed",
    ];
    // What single pages say, `tests/diff/` shows.
    for rule in rules::all().filter(|it| it.group != rules::Group::Pages) {
        assert!(
            found.contains(rule.id) || own.contains(&rule.id),
            "{}",
            rule.id
        );
    }
}

#[test]
fn a_resource_that_is_added_breaks_services_and_an_operation_that_is_added_does_not() {
    let (old, mut new) = (api(), api());
    let mut zap = operation("zap", "POST", "/kennel");
    zap.resource = "Kennel".to_owned();
    new.operations.push(zap);
    let there = compare(&old, &new);
    assert_eq!(ids(&there), ["resource-added", "operation-added"]);
    assert_eq!(there.findings[0].rust, RustImpact::BreaksImplementers);
    assert_eq!(there.findings[1].rust, RustImpact::Additive);
    let back = compare(&new, &old);
    assert_eq!(ids(&back), ["operation-removed", "resource-removed"]);
}

#[test]
fn a_success_before_the_one_that_calls_return_breaks_callers_if_its_body_has_another_type() {
    let mut old = api();
    let mut added = old.operations[0].responses[0].clone();
    old.operations[0].responses[0].status = 202.into();
    let mut new = old.clone();
    new.operations[0].responses.insert(0, added.clone());
    assert_eq!(ids(&compare(&old, &new)), ["response-success-added"]);
    added.body.as_mut().unwrap().ty = Type::String;
    new.operations[0].responses[0] = added;
    let rules = ["returned-response-changed", "response-success-added"];
    assert_eq!(ids(&compare(&old, &new)), rules);
}

#[test]
fn a_name_that_only_rust_changes_breaks_callers() {
    let api = api();
    let names = |method: &str, setter: &str, ty: &str, field: &str| RustNames {
        operations: part_names(
            "getPet",
            [("", method), ("query type", ty), ("query.q", setter)],
        ),
        types: part_names("Pet", [("", ty), ("Name", field)]),
    };
    let (old, new) = (
        names("pet().get_pet", "q", "Pet", "name"),
        names("pet().get_pet_get", "q_2", "Pet", "name_2"),
    );
    let side = |names| Side {
        api: &api,
        samples: &[],
        pages: &[],
        dialect: None,
        names: Some(names),
    };
    let diff = diff(side(&old), side(&new));
    let found = diff.findings.iter();
    let found: Vec<_> = found.map(|it| (it.headline(), it.rust)).collect();
    let breaks = |line: &str| (line.to_owned(), RustImpact::BreaksCallers);
    assert_eq!(
        found,
        [
            breaks("Pet.Name: the Rust name changed (name → name_2)"),
            breaks("getPet: the Rust name changed (pet().get_pet → pet().get_pet_get)"),
            breaks("GET /pet/{id} query.q: the Rust name changed (q → q_2)"),
        ]
    );
}

fn part_names<const N: usize>(owner: &str, parts: [(&str, &str); N]) -> PartNames {
    let parts = parts.map(|(part, name)| (part.to_owned(), name.to_owned()));
    [(owner.to_owned(), parts.into())].into()
}

#[test]
fn parameters_in_headers_and_cookies_come_and_go_like_those_of_the_query() {
    type Case = (&'static str, fn(&mut Operation));
    let cases: [Case; 5] = [
        ("query-parameter-added-required", |it| {
            let mut tenant = parameter("X-Tenant", Location::Header, "string");
            tenant.required = true;
            it.parameters.push(tenant);
        }),
        ("query-parameter-added-optional", |it| {
            it.parameters
                .push(parameter("theme", Location::Cookie, "string"));
        }),
        // The header was listed before.
        ("query-parameter-became-required", |it| {
            let mut listed = parameter("x-trace", Location::Header, "string");
            listed.required = true;
            it.headers.retain(|name| name != "X-Trace");
            it.parameters.push(listed);
        }),
        ("query-parameter-removed", |it| {
            it.parameters.retain(|it| it.name != "X-Shard");
        }),
        ("query-parameter-became-required", |it| {
            let shard = it.parameters.iter_mut().find(|it| it.name == "X-Shard");
            shard.unwrap().required = true;
        }),
    ];
    for (rule, mutate) in cases {
        let mut old = api();
        old.operations[0].headers.push("X-Trace".to_owned());
        let shard = parameter("X-Shard", Location::Header, "string");
        old.operations[0].parameters.push(shard);
        let mut new = old.clone();
        mutate(&mut new.operations[0]);
        assert_eq!(ids(&compare(&old, &new)), [rule]);
    }
}

#[test]
fn path_parameters_that_changed_places_are_not_taken_for_renamed() {
    let with = |path: &str, names: [&str; 2]| {
        let mut api = api();
        api.operations[0].path = path.to_owned();
        api.operations[0].parameters =
            Vec::from(names.map(|name| parameter(name, Location::Path, "string")));
        api
    };
    let old = with("/pet/{owner}/{id}", ["owner", "id"]);
    let new = with("/pet/{id}/{owner}", ["id", "owner"]);
    assert_eq!(ids(&compare(&old, &new)), ["path-parameters-swapped"]);
}

#[test]
fn bodies_of_bare_types_are_narrowed_and_widened() {
    let with = |request: &str, response: &str, id: &str| {
        let mut api = api();
        api.operations[2].request = body(request);
        api.operations[0].responses[0].body = body(response);
        api.operations[0].parameters[0].ty = id.parse().unwrap();
        api
    };
    let (wide, narrow) = (
        with("int64", "string", "int64"),
        with("int32", "date", "int32"),
    );
    assert_eq!(
        ids(&compare(&wide, &narrow)),
        [
            "path-parameter-type-narrowed",
            "request-body-type-narrowed",
            "response-body-type-narrowed"
        ]
    );
    assert_eq!(
        ids(&compare(&narrow, &wide)),
        [
            "response-body-type-widened",
            "path-parameter-type-widened",
            "request-body-type-widened"
        ]
    );
}

#[test]
fn a_change_in_a_type_is_one_finding_with_all_it_reaches() {
    let (old, mut new) = (api(), api());
    properties(&mut new, "Owner").clear();
    let diff = compare(&old, &new);
    let [finding] = &diff.findings[..] else {
        panic!("{:?}", ids(&diff))
    };
    let reached: Vec<_> = finding.operations.iter().map(|it| &*it.uid).collect();
    assert_eq!(reached, ["getPet", "listPets", "putPet"]);
    assert_eq!(finding.direction, Direction::Both);
    assert_eq!(
        (finding.wire, finding.rust),
        (Wire::Breaking, RustImpact::BreaksCallers)
    );
}

#[test]
fn the_direction_decides_the_verdict() {
    // Without the operation that sends it, a pet is only returned.
    let (mut old, mut new) = (api(), api());
    properties(&mut new, "Pet")[0].required = true;
    assert_eq!(compare(&old, &new).findings[0].wire, Wire::Breaking);
    old.operations.pop();
    new.operations.pop();
    assert_eq!(compare(&old, &new).findings[0].wire, Wire::Compatible);
}

#[test]
fn what_pages_say_better_is_a_docs_correction() {
    let (mut old, mut new) = (api(), api());
    properties(&mut old, "Pet")[2].ty = Type::String;
    properties(&mut old, "Pet")[2].known = Known::Sampled;
    properties(&mut old, "Pet")[4].ty = Type::Any;
    properties(&mut old, "Pet")[4].known = Known::Unknown;
    properties(&mut new, "Pet")[0].known = Known::Sampled;
    let diff = compare(&old, &new);
    assert_eq!(ids(&diff), [""; 0]);
    assert_eq!(diff.count_noise(NoiseKind::DocsCorrection), 2);
    assert_eq!(diff.count_noise(NoiseKind::Knowledge), 1);
    // Rust types change all the same.
    assert_eq!(suggest(&diff, "1.0.0").bump, Bump::Major);
}

#[test]
fn another_page_that_says_more_is_a_docs_correction() {
    let at = |page: &str| {
        vec![Provenance {
            page: page.into(),
            ..Provenance::default()
        }]
    };
    let (mut old, mut new) = (api(), api());
    properties(&mut old, "Pet")[0].provenance = at("a.md");
    properties(&mut new, "Pet")[0].provenance = at("b.md");
    properties(&mut new, "Pet")[0].ty = Type::Date;
    assert_eq!(ids(&compare(&old, &new)), [""; 0]);
    properties(&mut new, "Pet")[0].provenance = at("a.md");
    assert_eq!(ids(&compare(&old, &new)), ["property-type-narrowed"]);
}

#[test]
fn one_or_many_is_not_told_by_a_table() {
    let (old, mut new) = (api(), api());
    new.operations[2].request = body("array<Pet>");
    let diff = compare(&old, &new);
    assert_eq!(ids(&diff), ["inferred-type-changed"]);
    assert_eq!(diff.findings[0].wire, Wire::Risky);
}

#[test]
fn another_known_type_is_no_change_of_that_type() {
    let with = |name: &str, members: &[&str]| {
        let properties = members.iter().map(|it| property(it, "string"));
        schema(name, Shape::Properties(properties.collect()))
    };
    let of_both = |ty: &str, person: &[&str]| {
        let mut api = api();
        api.schemas[1] = with("Owner", &["Phone", "Street"]);
        api.schemas.insert(2, with("Person", person));
        properties(&mut api, "Pet")[4].ty = ty.parse().unwrap();
        api
    };
    let unlike = ["Phone", "Name", "Age", "Mail", "Job"];
    let ids_of = |person: &[&str]| {
        let (old, new) = (of_both("Owner", person), of_both("Person", person));
        ids(&compare(&old, &new)).join(" ")
    };
    assert_eq!(ids_of(&unlike), "property-type-changed");
    // One that has all of the other has more, and that is all.
    let more = ["Phone", "Street", "Age", "Mail", "Job"];
    assert_eq!(ids_of(&more), ["property-added"; 3].join(" "));
}

/// An operation that goes or comes, and says no more than others.
fn plain(uid: &str, path: &str, resource: &str) -> Operation {
    let mut it = operation(uid, "DELETE", path);
    it.resource = resource.to_owned();
    it.description = Some(Text::from("Deletes it.".to_owned()));
    it.responses[0].body = None;
    it.parameters = vec![parameter("id", Location::Path, "int32")];
    it
}

#[test]
fn operations_that_only_look_alike_are_two() {
    let pair = |went: Operation, came: Operation, kept: Option<Operation>| {
        let (mut old, mut new) = (api(), api());
        old.operations.extend(kept.clone());
        new.operations.extend(kept);
        old.operations.push(went);
        new.operations.push(came);
        let diff = compare(&old, &new);
        let mut ids = ids(&diff);
        ids.retain(|id| id.starts_with("operation"));
        ids.join(" ")
    };
    let two = "operation-removed operation-added";
    let pet = || plain("deletePet", "/pet/{id}", "pet");
    let toy = || plain("deleteToy", "/toy/{id}", "toy");
    let remove = || plain("removePet", "/pet/remove/{id}", "pet");
    // Nothing but plain words in common.
    assert_eq!(pair(pet(), toy(), None), two);
    assert_eq!(pair(pet(), remove(), None), "operation-moved");
    // What a third one says, too, tells nothing.
    let bed = || plain("deleteBed", "/bed/{id}", "bed");
    assert_eq!(pair(pet(), remove(), Some(bed())), two);
    // The same part of something else, and the same type.
    let photo = |uid: &str, of: &str| plain(uid, &format!("/{of}/{{id}}/photo"), of);
    let moved = pair(photo("a", "pet"), photo("b", "toy"), None);
    assert_eq!(moved, "operation-moved");
    let typed = |mut it: Operation| {
        it.responses[0].body = body("Pet");
        it
    };
    assert_eq!(pair(typed(pet()), typed(toy()), None), "operation-moved");
    // One that only looks like one that stays.
    assert_eq!(pair(pet(), remove(), Some(typed(bed()))), "operation-moved");
}

#[test]
fn far_fewer_operations_are_said_first() {
    let (mut old, mut new) = (api(), api());
    for number in 0..8 {
        let uid = format!("z{number}");
        old.operations
            .push(operation(&uid, "POST", &format!("/z/{number}")));
    }
    let diff = compare(&old, &new);
    assert_eq!(diff.findings[0].rule.id, "extraction-yield-dropped");
    assert!(diff.is_doubtful());
    for operation in &mut new.operations {
        operation.uid.push('x');
        operation.path.push('x');
        operation.description = None;
    }
    assert!(ids(&compare(&old, &new)).contains(&"nothing-in-common"));
}

#[test]
fn waivers_need_a_finding_and_end() {
    let (old, mut new) = (api(), api());
    new.operations[2].request = None;
    let waiver = |finding: &str, expires: &str| Waiver {
        finding: finding.to_owned(),
        reason: "nobody sends it".to_owned(),
        expires: Some(expires.parse().unwrap()),
        place: docwright_model::diagnostic::Place::file("docwright.toml"),
    };
    let today = "2030-01-01".parse().unwrap();
    let fingerprint = "request-body-removed request Pet @putPet";
    let run = |waiver: Waiver| {
        let mut diff = compare(&old, &new);
        assert_eq!(diff.findings[0].fingerprint(), fingerprint);
        let policy = Policy {
            severity: [("request-body-removed".to_owned(), Wire::Breaking)].into(),
            waivers: vec![waiver],
        };
        let rules: Vec<_> = policy
            .apply(&mut diff, today)
            .iter()
            .map(|it| it.rule.id)
            .collect();
        (diff.is_breaking(), rules)
    };
    assert_eq!(run(waiver(fingerprint, "2030-01-01")), (false, vec![]));
    assert_eq!(
        run(waiver(fingerprint, "2029-12-31")),
        (true, vec!["waiver-expired"])
    );
    assert_eq!(
        run(waiver("other", "2030-01-01")),
        (true, vec!["waiver-unused"])
    );
}
