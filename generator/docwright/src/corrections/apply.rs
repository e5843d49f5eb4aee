//! Applies corrections to a model, and says which of them no longer apply.

use super::{
    Correction, Fact,
    target::{Missing, Target, values, with_words},
};
use docwright_model::{
    Api, Known, Schema, Shape, Type,
    diagnostic::{Diagnostic, Place, rules},
};

/// Applies the corrections, and takes out of `diagnostics` what they settle;
/// each that doesn't apply is an error with its place in the file. The order of
/// the entries doesn't matter. Gives the targets of those that were applied.
pub fn apply(
    api: &mut Api,
    corrections: &[Correction],
    diagnostics: &mut Vec<Diagnostic>,
) -> Vec<String> {
    let mut applied = Vec::new();
    for (index, correction) in corrections.iter().enumerate() {
        let aspect = correction.set.aspect();
        let same =
            |other: &&Correction| other.target == correction.target && other.set.aspect() == aspect;
        if let Some(first) = corrections[..index].iter().find(same) {
            let message = format!("`{}` is corrected twice", correction.target);
            let place = correction.place.target.clone();
            diagnostics.push(
                Diagnostic::new(rules::CORRECTION_REPEATED, place, message)
                    .help("keep one of the two entries")
                    .related(first.place.target.clone(), "the other entry"),
            );
            continue;
        }
        let is_contested = diagnostics
            .iter()
            .any(|finding| finding.target.as_ref() == Some(&correction.target));
        let checked = check(api, correction, is_contested);
        match checked.and_then(|()| add_enum(api, correction)) {
            Ok(()) => {
                if let Ok(target) = Target::find(api, &correction.target) {
                    target.set(&correction.set);
                }
                applied.push(correction);
            }
            Err(diagnostic) => diagnostics.push(*diagnostic),
        }
    }
    let settled = |finding: &Diagnostic| {
        let mut targets = applied.iter().map(|it| it.target.as_str());
        targets.any(|target| finding.target.as_deref() == Some(target))
    };
    diagnostics.retain(|finding| !settled(finding));
    // Only now is every enum there that an entry may name.
    diagnostics.extend(applied.iter().filter_map(|it| unknown_type(api, it)));
    applied.into_iter().map(|it| it.target.clone()).collect()
}

/// Whether the pages still say what the entry expects. What evidence contests
/// may be confirmed.
fn check(
    api: &mut Api,
    correction: &Correction,
    is_contested: bool,
) -> Result<(), Box<Diagnostic>> {
    let Correction {
        target: name,
        expect,
        set,
        place,
        ..
    } = correction;
    let known_values = enum_values(api, set);
    let target = Target::find(api, name).map_err(|it| missing(it, &place.target))?;
    let fail = |rule, place: &Place, message: String, help: String| {
        Err(Box::new(
            Diagnostic::new(rule, place.clone(), message).help(help),
        ))
    };
    let objection = target.objection(set).or_else(|| target.objection(expect));
    if let Some(objection) = objection {
        let help = "remove the entry".to_owned();
        return fail(rules::INVALID_CORRECTION, &place.set, objection, help);
    }
    let Some(now) = target.fact(expect.aspect()) else {
        let message = format!("`{name}` cannot have {set}");
        let help = "set types of properties, parameters and bodies, `required` of properties and \
                    parameters, and `values` of enums"
            .to_owned();
        return fail(rules::INVALID_CORRECTION, &place.set, message, help);
    };
    let already = match set {
        Fact::Enum { ty, values, .. } => {
            now == Fact::Type(ty.clone()) && known_values.as_ref() == Some(values)
        }
        set => now == *set,
    };
    // What is only inferred may be confirmed, too; what the pages say need not be.
    if already && !((target.is_inferred() || is_contested) && now == *expect) {
        let message = format!("the pages already state {set} for `{name}`");
        let help = "remove the entry".to_owned();
        return fail(rules::CORRECTION_NOT_NEEDED, &place.target, message, help);
    }
    if now != *expect {
        let message = format!("the pages state {now} for `{name}`, but the entry expects {expect}");
        let help =
            format!("check the page again: change the entry to `expect = {now}`, or remove it");
        return fail(rules::CORRECTION_OUTDATED, &place.expect, message, help);
    }
    Ok(())
}

fn missing(missing: Missing, place: &Place) -> Box<Diagnostic> {
    let Missing {
        message,
        wanted,
        known,
        prefix,
    } = missing;
    let help = match nearest(&wanted, &known) {
        Some(near) => format!(
            "did you mean `{prefix}{near}`? If it no longer exists, remove the \
                               entry"
        ),
        None if known.is_empty() => "remove the entry".to_owned(),
        None => format!(
            "expected one of: {}; if it no longer exists, remove the entry",
            some(&known)
        ),
    };
    Box::new(Diagnostic::new(rules::CORRECTION_WITHOUT_TARGET, place.clone(), message).help(help))
}

/// The values of the enum that a fact brings, as the model knows them.
fn enum_values(api: &Api, fact: &Fact) -> Option<Vec<String>> {
    match fact {
        Fact::Enum { name, .. } => values(api.schema(name)?),
        _ => None,
    }
}

/// Adds the enum that a correction brings, unless it is there.
fn add_enum(api: &mut Api, correction: &Correction) -> Result<(), Box<Diagnostic>> {
    let Fact::Enum {
        name, values: new, ..
    } = &correction.set
    else {
        return Ok(());
    };
    let at = api
        .schemas
        .binary_search_by(|schema| schema.name.as_str().cmp(name));
    match at {
        Err(at) => api.schemas.insert(
            at,
            Schema {
                name: name.clone(),
                known: Known::Corrected,
                description: None,
                shape: Shape::Values(with_words(new, &[])),
                base: None,
                subset_of: Vec::new(),
                deprecated: false,
                provenance: Vec::new(),
            },
        ),
        Ok(at) => {
            let now = values(&api.schemas[at]);
            if now.as_ref() != Some(new) {
                let (message, help) = match now {
                    Some(now) => (
                        format!(
                            "the enum `{name}` already exists, with other values: {}",
                            some(&now)
                        ),
                        format!(
                            "write `set = \"{name}\"`, and correct the values with another entry \
                             (`target = \"{name}\"`)"
                        ),
                    ),
                    None => (
                        format!("`{name}` is an object, so an enum can't have this name"),
                        "give the enum another name".to_owned(),
                    ),
                };
                let place = correction.place.set.clone();
                let diagnostic = Diagnostic::new(rules::CORRECTION_CONFLICT, place, message);
                return Err(Box::new(diagnostic.help(help)));
            }
        }
    }
    Ok(())
}

/// An error when an entry sets a named type that doesn't exist.
fn unknown_type(api: &Api, correction: &Correction) -> Option<Diagnostic> {
    let Fact::Type(ty) = &correction.set else {
        return None;
    };
    let name = ty.named().filter(|name| api.schema(name).is_none())?;
    let known: Vec<_> = api.schemas.iter().map(|it| it.name.clone()).collect();
    let help = match nearest(name, &known) {
        Some(near) => format!("did you mean `{near}`?"),
        None => format!(
            "a type is a word such as `{}`, array<T>, map<T>, or a type of the API: {}",
            Type::Int64,
            some(&known)
        ),
    };
    let place = correction.place.set.clone();
    let message = format!("there is no type `{name}`");
    Some(Diagnostic::new(rules::CORRECTION_UNKNOWN_TYPE, place, message).help(help))
}

/// The name most like `wanted`, when a few keystrokes make the difference.
fn nearest<'a>(wanted: &str, known: &'a [String]) -> Option<&'a str> {
    let slips = (wanted.chars().count() / 3).max(1);
    let scored = known.iter().map(|name| {
        let distance = strsim::damerau_levenshtein(&wanted.to_lowercase(), &name.to_lowercase());
        (distance, name.as_str())
    });
    let (_, name) = scored.min().filter(|(distance, _)| *distance <= slips)?;
    Some(name)
}

/// The first few names.
fn some(names: &[String]) -> String {
    const FEW: usize = 12;
    let mut text = names[..names.len().min(FEW)].join(", ");
    if names.len() > FEW {
        text.push_str(&format!(" and {} more", names.len() - FEW));
    }
    text
}
