use docwright_model::diagnostic::Place;
use serde_json::json;

use super::*;

fn written(text: &str) -> Written {
    Written {
        text: text.to_owned(),
        place: Place::file("docwright.toml"),
    }
}

fn pattern(text: &str) -> Pattern {
    Pattern {
        text: text.to_owned(),
        place: Place::file("docwright.toml"),
    }
}

fn options(settings: CodeSettings) -> (Options, Vec<String>) {
    let schema = |name| json!({"name": name, "known": "documented", "properties": []});
    let api = json!({"format": 2, "title": "Zoo", "security": [], "headers": [],
                     "operations": [], "schemas": [schema("Keeper"), schema("Pet.Info")]});
    let api: Api = serde_json::from_value(api).unwrap();
    let mut errors = Vec::new();
    let (options, _) = Options::new(&api, &settings, &mut errors);
    (options, errors.into_iter().map(|it| it.message).collect())
}

#[test]
fn types_that_fit_derive_more() {
    let (options, errors) = options(CodeSettings {
        derive: vec![
            (pattern("Pet*"), vec![written("Eq"), written("zoo::Fed")]),
            (pattern("*"), vec![written("Eq")]),
        ],
        ..CodeSettings::default()
    });
    assert_eq!(errors, Vec::<String>::new());
    let of = |ty| options.derived(ty).to_string().replace(' ', "");
    assert_eq!(of("Pet.Info"), "#[derive(Eq,zoo::Fed)]");
    assert_eq!(of("Keeper"), "#[derive(Eq)]");
}

#[test]
fn types_have_the_names_that_they_are_given() {
    let (options, errors) = options(CodeSettings {
        rename: vec![(written("Pet.Info"), written("Animal"))],
        ..CodeSettings::default()
    });
    assert_eq!(errors, Vec::<String>::new());
    assert_eq!(options.names["Pet.Info"], "Animal");
}

#[test]
fn what_cannot_be_done_is_an_error() {
    let rename = |ty, name| (written(ty), written(name));
    let (_, errors) = options(CodeSettings {
        derive: vec![
            (pattern("Bird*"), vec![written("Eq")]),
            (pattern("Keeper"), vec![written("not a path")]),
        ],
        rename: vec![
            rename("Bird", "Parrot"),
            rename("Keeper", "Client"),
            rename("Pet.Info", "pet info"),
        ],
        attributes: vec![written("fn main() {}")],
    });
    assert_eq!(
        errors,
        [
            "`Bird*` matches no type of the crate",
            "`not a path` is not the path of a trait",
            "`Bird` matches no type of the crate",
            "a type can't be named `Client`",
            "a type can't be named `pet info`",
            "`fn main() {}` is not an attribute of a crate",
        ]
    );
}
