//! The keys of `corrections.toml`, and how they become [`Correction`]s.

use serde::Deserialize;
use toml::{Spanned, Value};

use super::{Correction, Fact, Places};
use docwright_model::{
    Type,
    diagnostic::{Diagnostic, Rule, rules},
};
use docwright_read::toml_text::TomlText;

/// The rule of entries that aren't written right.
pub(super) const RULE: &Rule = rules::INVALID_CORRECTION;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct CorrectionsFile {
    #[serde(default)]
    correction: Vec<Entry>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Entry {
    target: Spanned<String>,
    expect: Spanned<Value>,
    set: Spanned<Value>,
    reason: Spanned<String>,
    source: Spanned<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct FactEntry {
    required: Option<bool>,
    r#enum: Option<String>,
    r#type: Option<String>,
    values: Option<Vec<String>>,
}

/// The entries, and what is wrong with the others.
pub(super) fn parse(text: &TomlText) -> (Vec<Correction>, Vec<Diagnostic>) {
    let (mut corrections, mut diagnostics) = (Vec::new(), Vec::new());
    match text.parse::<CorrectionsFile>(RULE) {
        Err(error) => diagnostics.push(*error),
        Ok(file) => {
            for entry in file.correction {
                match read(entry, text) {
                    Ok(correction) => corrections.push(correction),
                    Err(errors) => diagnostics.extend(errors),
                }
            }
        }
    }
    (corrections, diagnostics)
}

fn read(entry: Entry, text: &TomlText) -> Result<Correction, Vec<Diagnostic>> {
    let mut errors = Vec::new();
    let place = Places {
        target: text.place(entry.target.span()),
        expect: text.place(entry.expect.span()),
        set: text.place(entry.set.span()),
    };
    for (key, words) in [("reason", &entry.reason), ("source", &entry.source)] {
        if words.get_ref().trim().is_empty() {
            let message = format!("the {key} is blank");
            let help = match key {
                "source" => {
                    "fill in the source: a page, an API description, a reply from the vendor, or a \
                     call that you made"
                }
                _ => "state why this is correct, so that the next reader can check it",
            };
            let place = text.place(words.span());
            errors.push(Diagnostic::new(RULE, place, message).help(help));
        }
    }
    let mut fact = |value: Value, place| {
        let read = fact(value);
        read.map_err(|message| {
            let help = "write a type (\"int64\", \"map<string>\"), \"none\" for no body, \
                        { required = true }, { values = [\"A\", \"B\"] }, or, with `set`, \
                        { enum = \"Name\", values = [\"A\", \"B\"] }";
            errors.push(Diagnostic::new(RULE, place, message).help(help));
        })
    };
    let expect = fact(entry.expect.into_inner(), place.expect.clone());
    let set = fact(entry.set.into_inner(), place.set.clone());
    let (Ok(expect), Ok(set)) = (expect, set) else {
        return Err(errors);
    };
    if matches!(expect, Fact::Enum { .. }) {
        let help = "`expect` is the type that the pages state, such as \"string\"; a documented \
                    enum is a type, by its name";
        let message = "`expect` cannot be an enum with its values";
        errors.push(Diagnostic::new(RULE, place.expect.clone(), message).help(help));
    } else if expect.aspect() != set.aspect() {
        let message = format!("`expect` and `set` have different kinds: {expect} and {set}");
        let help = "`expect` and `set` must both state a type, both `required`, or both `values`; \
                    use one entry for each";
        errors.push(Diagnostic::new(RULE, place.set.clone(), message).help(help));
    }
    if !errors.is_empty() {
        return Err(errors);
    }
    Ok(Correction {
        target: entry.target.into_inner().trim().to_owned(),
        expect,
        set,
        reason: entry.reason.into_inner(),
        source: entry.source.into_inner(),
        place,
    })
}

fn fact(value: Value) -> Result<Fact, String> {
    if let Value::String(word) = &value {
        return match word.trim() {
            "none" => Ok(Fact::NoBody),
            word => ty(word).map(Fact::Type),
        };
    }
    if !value.is_table() {
        let found = value.type_str();
        return Err(format!(
            "found a TOML {found}, expected a string or an inline table"
        ));
    }
    let entry: FactEntry = value
        .try_into()
        .map_err(|error: toml::de::Error| error.message().to_owned())?;
    match entry {
        FactEntry {
            required: Some(required),
            r#enum: None,
            r#type: None,
            values: None,
        } => Ok(Fact::Required(required)),
        FactEntry {
            required: None,
            r#enum: None,
            r#type: None,
            values: Some(values),
        } => Ok(Fact::Values(check_values(values)?)),
        FactEntry {
            required: None,
            r#enum: Some(name),
            r#type,
            values: Some(values),
        } => {
            let own = ty(&name)?;
            if !matches!(own, Type::Named(_)) {
                return Err(format!(
                    "`{name}` is a built-in type, so an enum can't have this name"
                ));
            }
            let ty = r#type.map_or(Ok(own), |word| ty(&word))?;
            if ty.named() != Some(name.as_str()) {
                return Err(format!("`{ty}` doesn't contain the enum `{name}`"));
            }
            let values = check_values(values)?;
            Ok(Fact::Enum { ty, name, values })
        }
        _ => Err("found keys that can't be combined".to_owned()),
    }
}

fn ty(word: &str) -> Result<Type, String> {
    let ty: Type = word.parse().map_err(|error| format!("{error}"))?;
    // A name with a space is a typing mistake, not an unknown type.
    match ty.named() {
        Some(name) if name.contains(char::is_whitespace) => Err(format!(
            "`{name}` can't be the name of a type, because it contains a space"
        )),
        _ => Ok(ty),
    }
}

fn check_values(values: Vec<String>) -> Result<Vec<String>, String> {
    if values.is_empty() {
        return Err("an enum needs at least one value".to_owned());
    }
    let repeated = |(index, value): &(usize, &String)| values[..*index].contains(value);
    if let Some((_, value)) = values.iter().enumerate().find(repeated) {
        return Err(format!("the value `{value}` is listed twice"));
    }
    Ok(values)
}
