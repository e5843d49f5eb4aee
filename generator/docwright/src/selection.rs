//! Which operations become part of the crate, and the types that they need.
//!
//! `docwright.toml` says so by patterns (see `docs/SETTINGS.md`). This comes after
//! corrections, so that one about an operation that is left out is no error.

use std::collections::BTreeSet;

use docwright_model::{
    Api, Operation, Sample, Shape, Type,
    diagnostic::{Diagnostic, Rule, rules},
};
use docwright_read::settings::{Pattern, Patterns};

/// Leaves what the patterns for resources and for uids select: operations, their samples, and the types that these
/// operations reach. Without patterns nothing is left out, not even a type that no
/// operation needs.
///
/// A pattern that fits nothing is an error, and so are patterns that leave nothing.
pub fn select(
    api: &mut Api,
    samples: &mut Vec<Sample>,
    resources: &Patterns,
    operations: &Patterns,
) -> Vec<Diagnostic> {
    let mut errors = Vec::new();
    let mut of_resource =
        |patterns| fitting(api, patterns, "resource", resource_names, &mut errors);
    let (resources_in, resources_out) = (
        of_resource(&resources.include),
        of_resource(&resources.exclude),
    );
    let uid = |operation: &Operation| vec![operation.uid.clone()];
    let mut of_uid = |patterns| fitting(api, patterns, "operation", uid, &mut errors);
    let (uids_in, uids_out) = (of_uid(&operations.include), of_uid(&operations.exclude));

    let mut patterns = resources.all().chain(operations.all());
    let Some(first) = patterns.next() else {
        return errors;
    };
    let takes_all = resources.include.is_empty() && operations.include.is_empty();
    let before = api.operations.len();
    api.operations.retain(|Operation { uid, .. }| {
        (takes_all || resources_in.contains(uid) || uids_in.contains(uid))
            && !resources_out.contains(uid)
            && !uids_out.contains(uid)
    });
    if api.operations.is_empty() && before > 0 && errors.is_empty() {
        let message = format!("the patterns select none of the {before} operations");
        let help = "an excluded operation is left out even if another pattern includes it";
        errors.push(Diagnostic::new(RULE, first.place.clone(), message).help(help));
    }
    let uids: BTreeSet<_> = api.operations.iter().map(|o| o.uid.as_str()).collect();
    samples.retain(|sample| uids.contains(sample.operation.as_str()));
    let reached = reached(api);
    api.schemas.retain(|schema| reached.contains(&schema.name));
    api.retain_query_languages();
    errors
}

/// The rule of what is wrong with patterns.
const RULE: &Rule = rules::INVALID_SELECTION;

/// The uids of the operations that one of the patterns fits.
fn fitting(
    api: &Api,
    patterns: &[Pattern],
    kind: &str,
    names: impl Fn(&Operation) -> Vec<String>,
    errors: &mut Vec<Diagnostic>,
) -> BTreeSet<String> {
    let mut uids = BTreeSet::new();
    for pattern in patterns {
        let before = errors.len();
        let regex = match pattern.regex() {
            Ok(regex) => regex,
            Err(error) => {
                let message = format!("the pattern can't be used: {error}");
                errors.push(Diagnostic::new(RULE, pattern.place.clone(), message));
                continue;
            }
        };
        let fits = |o: &&Operation| names(o).iter().any(|name| regex.is_match(name));
        let mut found = api.operations.iter().filter(fits).peekable();
        if found.peek().is_none() && errors.len() == before {
            errors.push(unknown(api, pattern, kind, &names));
        }
        uids.extend(found.map(|operation| operation.uid.clone()));
    }
    uids
}

fn unknown(
    api: &Api,
    pattern: &Pattern,
    kind: &str,
    names: impl Fn(&Operation) -> Vec<String>,
) -> Diagnostic {
    let message = format!("`{}` matches no {kind}", pattern.text);
    let all: BTreeSet<_> = api.operations.iter().flat_map(names).collect();
    let likeness =
        |name: &str| strsim::jaro_winkler(&name.to_lowercase(), &pattern.text.to_lowercase());
    let example = all
        .iter()
        .max_by(|a, b| likeness(a).total_cmp(&likeness(b)));
    let example = example.map(|name| format!(", such as `{name}`"));
    let help = format!(
        "expected the name of one{}; `*` stands for any text",
        example.unwrap_or_default()
    );
    Diagnostic::new(RULE, pattern.place.clone(), message).help(help)
}

/// The resource, and the part of it that the operation is in, such as `List/Country`.
fn resource_names(operation: &Operation) -> Vec<String> {
    vec![operation.resource.clone(), operation.part().to_owned()]
}

/// The names of the types that operations have, and of those within them.
fn reached(api: &Api) -> BTreeSet<String> {
    let mut open: Vec<&str> = Vec::new();
    for operation in &api.operations {
        let parameters = operation.parameters.iter().map(|parameter| &parameter.ty);
        let answers = operation.responses.iter().filter_map(|r| r.body.as_ref());
        let bodies = operation.request.iter().chain(answers);
        let types = parameters.chain(bodies.map(|body| &body.ty));
        open.extend(types.filter_map(Type::named));
    }
    let mut reached = BTreeSet::new();
    while let Some(name) = open.pop() {
        if !reached.insert(name.to_owned()) {
            continue;
        }
        if let Some(Shape::Properties(properties)) = api.schema(name).map(|s| &s.shape) {
            open.extend(properties.iter().filter_map(|property| property.ty.named()));
        }
    }
    reached
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use docwright_model::diagnostic::Place;

    use super::*;

    /// Pets and toys, where a pet has an owner; and a type that nobody needs.
    fn api() -> Api {
        let operation = |uid: &str, resource: &str, path: &str, ty: &str| {
            json!({"uid": uid, "method": "GET", "path": path, "resource": resource,
                   "responses": [{"status": 200, "body": {"type": ty, "known": "documented"}}]})
        };
        let schema = |name: &str, ty: &str| {
            json!({"name": name, "known": "documented", "properties": [
                {"name": "x", "type": ty, "known": "documented", "in": "both"}]})
        };
        serde_json::from_value(json!({
            "format": 1, "title": "Pets", "security": [], "headers": [],
            "operations": [
                operation("pet_all", "Pet", "/Pet", "array<Pet>"),
                operation("pet_get", "Pet", "/Pet/{id}", "Pet"),
                operation("toy_bell", "Toy", "/Toy/Bell", "Toy"),
                operation("toy_get", "Toy", "/Toy/{id}", "Toy"),
            ],
            "schemas": [schema("Lost", "string"), schema("Owner", "string"),
                        schema("Pet", "map<Owner>"), schema("Toy", "string")],
        }))
        .unwrap()
    }

    fn patterns(include: &[&str], exclude: &[&str]) -> Patterns {
        let patterns = |texts: &[&str]| {
            let pattern = |text: &&str| Pattern {
                text: (*text).to_owned(),
                place: Place::file("docwright.toml"),
            };
            texts.iter().map(pattern).collect()
        };
        Patterns {
            include: patterns(include),
            exclude: patterns(exclude),
        }
    }

    /// What is left: operations, types, errors.
    fn left(resources: Patterns, operations: Patterns) -> (String, String, Vec<String>) {
        let mut api = api();
        let errors = select(&mut api, &mut Vec::new(), &resources, &operations);
        let uids: Vec<_> = api.operations.iter().map(|o| o.uid.as_str()).collect();
        let types: Vec<_> = api.schemas.iter().map(|s| s.name.as_str()).collect();
        let errors = errors.into_iter().map(|error| error.message).collect();
        (uids.join(" "), types.join(" "), errors)
    }

    #[test]
    fn without_patterns_all_is_left() {
        let none = Patterns::default;
        let all = "pet_all pet_get toy_bell toy_get";
        assert_eq!(
            left(none(), none()),
            (all.into(), "Lost Owner Pet Toy".into(), vec![])
        );
    }

    #[test]
    fn types_follow_the_operations() {
        let none = Patterns::default;
        for (resources, operations, uids, types) in [
            (
                patterns(&["Pet"], &[]),
                none(),
                "pet_all pet_get",
                "Owner Pet",
            ),
            (patterns(&[], &["Pe*"]), none(), "toy_bell toy_get", "Toy"),
            (patterns(&["Toy/Bell"], &[]), none(), "toy_bell", "Toy"),
            (
                none(),
                patterns(&["*_get"], &[]),
                "pet_get toy_get",
                "Owner Pet Toy",
            ),
            (
                patterns(&["Pet"], &[]),
                patterns(&["toy_get"], &["pet_all"]),
                "pet_get toy_get",
                "Owner Pet Toy",
            ),
        ] {
            let expected = (uids.to_owned(), types.to_owned(), vec![]);
            assert_eq!(left(resources, operations), expected);
        }
    }

    #[test]
    fn a_pattern_that_fits_nothing_is_told_what_is_near() {
        for (pattern, near) in [
            ("toys", "`Toy`"),
            ("pet", "`Pet`"),
            ("Toy/Bells", "`Toy/Bell`"),
        ] {
            let mut api = api();
            let resources = patterns(&[pattern], &[]);
            let none = Patterns::default();
            let errors = select(&mut api, &mut Vec::new(), &resources, &none);
            let help = errors[0].help.as_deref().unwrap_or_default();
            assert!(help.contains(near), "{help}");
        }
    }

    #[test]
    fn a_pattern_that_fits_nothing_is_an_error() {
        let (_, _, errors) = left(patterns(&["pet", "T.y"], &[]), patterns(&[], &["x_*"]));
        let expected = [
            "`pet` matches no resource",
            "`T.y` matches no resource",
            "`x_*` matches no operation",
        ];
        assert_eq!(errors, expected);
    }

    #[test]
    fn patterns_that_leave_nothing_are_an_error() {
        let (_, _, errors) = left(patterns(&["Pet"], &["*"]), Patterns::default());
        assert_eq!(errors, ["the patterns select none of the 4 operations"]);
    }
}
