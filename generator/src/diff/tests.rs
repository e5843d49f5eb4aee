//! Each kind of change gives its rule, the mirrored change its mirror, and
//! what is no change gives nothing.

use proptest::prelude::*;

use super::{rules::RustImpact, *};
use crate::model::{
    Body, Direction, EnumValue, FORMAT, Known, Location, Operation, Parameter, Property,
    Provenance, Response, Schema, SecurityScheme, Shape, Text, Type,
};

fn property(name: &str, ty: &str) -> Property {
    Property {
        name: name.to_owned(),
        ty: ty.parse().unwrap(),
        known: Known::Documented,
        direction: Direction::Both,
        required: false,
        description: Some(Text::from(format!("The {name}."))),
        provenance: Vec::new(),
    }
}

fn parameter(name: &str, location: Location, ty: &str) -> Parameter {
    Parameter {
        name: name.to_owned(),
        location,
        ty: ty.parse().unwrap(),
        known: Known::Documented,
        required: location == Location::Path,
        description: None,
        provenance: None,
    }
}

fn schema(name: &str, shape: Shape) -> Schema {
    Schema {
        name: name.to_owned(),
        known: Known::Documented,
        description: None,
        shape,
        provenance: Vec::new(),
    }
}

fn body(ty: &str) -> Option<Body> {
    Some(Body {
        name: None,
        ty: ty.parse().unwrap(),
        known: Known::Documented,
        media_types: vec!["application/json".to_owned(), "text/json".to_owned()],
        description: None,
        provenance: None,
    })
}

fn operation(uid: &str, method: &str, path: &str) -> Operation {
    Operation {
        uid: uid.to_owned(),
        method: method.to_owned(),
        path: path.to_owned(),
        resource: "Pet".to_owned(),
        description: Some(Text::from(format!("About {uid}."))),
        parameters: Vec::new(),
        headers: vec!["Accept-Language".to_owned(), "X-App".to_owned()],
        request: None,
        accepts: Vec::new(),
        responses: vec![Response {
            status: 200,
            description: None,
            body: body("Pet"),
            provenance: None,
        }],
        provenance: None,
    }
}

/// A small API in which all kinds of things are.
fn api() -> Api {
    let values = ["Cat", "Dog"].map(|it| EnumValue {
        value: it.to_owned(),
        description: None,
    });
    let mut get = operation("getPet", "GET", "/pet/{id}");
    get.parameters = vec![
        parameter("id", Location::Path, "int32"),
        parameter("lang", Location::Query, "string"),
        parameter("limit", Location::Query, "int32"),
    ];
    let mut put = operation("putPet", "PUT", "/pet");
    put.request = body("Pet");
    let mut list = operation("listPets", "GET", "/pets");
    list.responses[0].body = body("array<Pet>");
    Api {
        format: FORMAT,
        title: "Pets".to_owned(),
        security: vec![SecurityScheme::Authorization {
            scheme: "Basic".to_owned(),
        }],
        headers: Vec::new(),
        operations: vec![get, list, put],
        schemas: vec![
            schema("Kind", Shape::Values(values.to_vec())),
            schema(
                "Owner",
                Shape::Properties(vec![property("Phone", "string")]),
            ),
            schema(
                "Pet",
                Shape::Properties(vec![
                    property("Name", "string"),
                    property("Legs", "int32"),
                    property("Born", "date-time"),
                    property("Kind", "Kind"),
                    property("Owners", "array<Owner>"),
                ]),
            ),
        ],
    }
}

fn compare(old: &Api, new: &Api) -> Diff {
    let side = |api| Side { api, samples: &[] };
    diff(side(old), side(new))
}

fn ids(diff: &Diff) -> Vec<&str> {
    diff.findings.iter().map(|it| it.rule.id).collect()
}

fn properties<'a>(api: &'a mut Api, name: &str) -> &'a mut Vec<Property> {
    let schema = api.schemas.iter_mut().find(|it| it.name == name).unwrap();
    match &mut schema.shape {
        Shape::Properties(properties) => properties,
        Shape::Values(_) => panic!("{name} is an enum"),
    }
}

fn values(api: &mut Api) -> &mut Vec<EnumValue> {
    match &mut api.schemas[0].shape {
        Shape::Values(values) => values,
        Shape::Properties(_) => panic!("no enum"),
    }
}

type Mutation = (&'static str, fn(&mut Api));

/// One mutation a rule.
const MUTATIONS: &[Mutation] = &[
    ("operation-added", |api| {
        api.operations.push(operation("zap", "POST", "/pet/zap"));
    }),
    ("operation-removed", |api| drop(api.operations.remove(1))),
    ("operation-method-changed", |api| {
        api.operations[2].method = "POST".into()
    }),
    ("operation-path-changed", |api| {
        api.operations[2].path = "/pet/it".into()
    }),
    ("operation-resource-changed", |api| {
        api.operations[2].path = "/animal".into();
        api.operations[2].resource = "Animal".into();
    }),
    ("operation-uid-renamed", |api| {
        api.operations[2].uid = "savePet".into()
    }),
    ("operation-deprecated", |api| {
        api.operations[0].description = Some(Text::from("Deprecated: use listPets.".to_owned()));
    }),
    ("operation-restricted", |api| {
        let text = "About getPet.\n\n## Restricted: keepers only.";
        api.operations[0].description = Some(Text::from(text.to_owned()));
    }),
    ("path-parameter-renamed", |api| {
        api.operations[0].path = "/pet/{petId}".into();
        api.operations[0].parameters[0].name = "petId".into();
    }),
    ("path-parameter-type-changed", |api| {
        api.operations[0].parameters[0].ty = Type::DateTime
    }),
    ("path-parameter-type-widened", |api| {
        api.operations[0].parameters[0].ty = Type::Int64
    }),
    ("query-parameter-added-optional", |api| {
        let new = parameter("sort", Location::Query, "string");
        api.operations[0].parameters.push(new);
    }),
    ("query-parameter-added-required", |api| {
        let mut new = parameter("sort", Location::Query, "string");
        new.required = true;
        api.operations[0].parameters.push(new);
    }),
    ("query-parameter-removed", |api| {
        drop(api.operations[0].parameters.pop())
    }),
    ("query-parameter-renamed", |api| {
        api.operations[0].parameters[1].name = "LANG".into()
    }),
    ("query-parameter-type-changed", |api| {
        api.operations[0].parameters[2].ty = Type::Boolean
    }),
    ("query-parameter-type-widened", |api| {
        api.operations[0].parameters[2].ty = Type::Double
    }),
    ("query-parameter-type-narrowed", |api| {
        api.operations[0].parameters[1].ty = Type::Date
    }),
    ("query-parameter-became-required", |api| {
        api.operations[0].parameters[1].required = true
    }),
    ("header-added", |api| {
        api.operations[0].headers.push("X-Trace".into())
    }),
    ("header-removed", |api| {
        drop(api.operations[0].headers.pop())
    }),
    ("authorization-added", |api| {
        let scheme = "Bearer".to_owned();
        api.security.push(SecurityScheme::Authorization { scheme });
    }),
    ("authorization-removed", |api| api.security.clear()),
    ("request-media-type-added", |api| {
        let body = api.operations[2].request.as_mut().unwrap();
        body.media_types.push("text/xml".into());
    }),
    ("response-media-type-removed", |api| {
        let body = api.operations[0].responses[0].body.as_mut().unwrap();
        body.media_types.pop();
    }),
    ("request-body-added", |api| {
        api.operations[0].request = body("Pet")
    }),
    ("request-body-removed", |api| {
        api.operations[2].request = None
    }),
    ("request-body-type-changed", |api| {
        api.operations[2].request.as_mut().unwrap().ty = Type::Int32;
    }),
    ("response-success-added", |api| {
        let mut new = api.operations[0].responses[0].clone();
        new.status = 202;
        api.operations[0].responses.push(new);
    }),
    ("response-error-added", |api| {
        api.operations[0].responses.push(Response {
            status: 404,
            description: None,
            body: None,
            provenance: None,
        });
    }),
    ("response-body-removed", |api| {
        api.operations[0].responses[0].body = None
    }),
    ("response-body-type-changed", |api| {
        api.operations[0].responses[0].body.as_mut().unwrap().ty = Type::String;
    }),
    ("property-added", |api| {
        properties(api, "Owner").push(property("Mail", "string"))
    }),
    ("property-added-required", |api| {
        let mut new = property("Mail", "string");
        new.required = true;
        properties(api, "Owner").push(new);
    }),
    ("property-removed", |api| {
        drop(properties(api, "Pet").remove(1))
    }),
    ("property-renamed", |api| {
        properties(api, "Pet")[0].name = "name".into()
    }),
    ("property-type-changed", |api| {
        properties(api, "Pet")[1].ty = Type::Boolean
    }),
    ("property-type-widened", |api| {
        properties(api, "Pet")[1].ty = Type::Int64
    }),
    ("property-type-narrowed", |api| {
        properties(api, "Pet")[0].ty = Type::Date
    }),
    ("property-became-required", |api| {
        properties(api, "Pet")[0].required = true
    }),
    ("property-no-longer-accepted", |api| {
        properties(api, "Pet")[0].direction = Direction::Response;
    }),
    ("property-no-longer-returned", |api| {
        properties(api, "Pet")[0].direction = Direction::Request;
    }),
    ("property-deprecated", |api| {
        let text = Text::from("Obsolete: it has none.".to_owned());
        properties(api, "Pet")[0].description = Some(text);
    }),
    ("enum-value-added", |api| {
        values(api).push(EnumValue {
            value: "Bird".into(),
            description: None,
        });
    }),
    ("enum-value-removed", |api| drop(values(api).pop())),
    ("enum-value-respelled", |api| {
        values(api)[0].value = "CAT".into()
    }),
    ("type-renamed", |api| {
        api.schemas[1].name = "Person".into();
        properties(api, "Pet")[4].ty = Type::array(Type::Named("Person".into()));
        api.schemas.sort_by(|a, b| a.name.cmp(&b.name));
    }),
    ("inferred-type-changed", |api| {
        let property = &mut properties(api, "Pet")[1];
        (property.ty, property.known) = (Type::Boolean, Known::Sampled);
    }),
];

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
        "request-body-type-narrowed",
        "request-body-type-widened",
        "response-body-type-narrowed",
        "response-body-type-widened",
    ];
    for rule in rules::all() {
        assert!(
            found.contains(rule.id) || own.contains(&rule.id),
            "{}",
            rule.id
        );
    }
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
        place: crate::diagnostic::Place::file("docwright.toml"),
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
            .map(|it| it.rule)
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

/// Mutations that go together: none undoes or hides another.
fn independent() -> impl Strategy<Value = Vec<usize>> {
    const CHOICE: [&str; 12] = [
        "operation-added",
        "header-removed",
        "authorization-added",
        "query-parameter-added-optional",
        "query-parameter-became-required",
        "path-parameter-type-widened",
        "response-error-added",
        "property-became-required",
        "property-type-widened",
        "property-added",
        "enum-value-added",
        "request-media-type-added",
    ];
    let all = CHOICE
        .iter()
        .map(|id| MUTATIONS.iter().position(|(it, _)| it == id).unwrap());
    prop::sample::subsequence(all.collect::<Vec<_>>(), 0..=CHOICE.len())
}

fn mutated(of: &Api, mutations: &[usize]) -> Api {
    let mut api = of.clone();
    for index in mutations {
        MUTATIONS[*index].1(&mut api);
    }
    api
}

fn prints(diff: &Diff) -> std::collections::BTreeSet<String> {
    diff.findings.iter().map(Finding::fingerprint).collect()
}

proptest! {
    #[test]
    fn an_api_is_like_itself(mutations in independent()) {
        let api = mutated(&api(), &mutations);
        let diff = compare(&api, &api);
        prop_assert!(diff.findings.is_empty() && diff.noise.is_empty());
    }

    #[test]
    fn several_changes_give_their_rules_and_mirror(mutations in independent()) {
        let (old, new) = (api(), mutated(&api(), &mutations));
        let (there, back) = (compare(&old, &new), compare(&new, &old));
        let mut expected: Vec<_> = mutations.iter().map(|it| MUTATIONS[*it].0).collect();
        let mut found = ids(&there);
        expected.sort_unstable();
        found.sort_unstable();
        prop_assert_eq!(found, expected);
        for finding in &there.findings {
            let mirrors = |it: &&Finding| it.subject == finding.subject
                && (it.rule.id == finding.rule.mirror || it.rule.mirror == finding.rule.id);
            prop_assert!(back.findings.iter().any(|it| mirrors(&it)), "{}", finding.fingerprint());
        }
        prop_assert_eq!(there.findings.len(), back.findings.len());
    }

    #[test]
    fn the_whole_way_is_explained_by_its_parts(
        mutations in independent(),
        at in any::<prop::sample::Index>(),
    ) {
        let (first, second) = mutations.split_at(at.index(mutations.len() + 1));
        let a = api();
        let b = mutated(&a, first);
        let c = mutated(&b, second);
        let parts = &prints(&compare(&a, &b)) | &prints(&compare(&b, &c));
        prop_assert_eq!(prints(&compare(&a, &c)), parts);
    }

    #[test]
    fn words_and_order_are_noise(words in "[a-z ]{1,20}", seed in any::<u64>()) {
        let (old, mut new) = (api(), api());
        let rotate = usize::try_from(seed % 7).unwrap();
        for operation in &mut new.operations {
            operation.description = Some(Text::from(format!("New {words}")));
            let count = operation.parameters.len().max(1);
            if operation.parameters.len() > 1 {
                operation.parameters.rotate_left(rotate % count);
            }
            operation.headers.reverse();
        }
        for property in properties(&mut new, "Pet").iter_mut() {
            property.description = Some(Text::from(format!("New {words}")));
        }
        properties(&mut new, "Pet").rotate_left(rotate % 5);
        values(&mut new).reverse();
        let diff = compare(&old, &new);
        prop_assert_eq!(ids(&diff), [""; 0]);
        prop_assert!(diff.count_noise(NoiseKind::Description) > 0);
        prop_assert!(diff.count_noise(NoiseKind::Order) > 0);
    }
}
