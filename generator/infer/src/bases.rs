//! Types that pages derive from others.

use super::{evidence::Evidence, unify::Bases};
use docwright_model::diagnostic::{Diagnostic, Place, rules};
use docwright_read::{
    dialect::{Dialect, TypeWord, type_label},
    extract::TypeFact,
};

/// The base of each type that pages derive from a described type. A base that isn't
/// described, or that is derived from the type itself, is ignored and reported.
pub fn of(evidence: &Evidence<'_>, dialect: &Dialect, diagnostics: &mut Vec<Diagnostic>) -> Bases {
    let mut bases = Bases::new();
    for (name, fact) in &evidence.own {
        let Some(stated) = &fact.base else { continue };
        let base = match dialect.types.read(stated) {
            Some(TypeWord::Named(base)) => base,
            _ => type_label(stated),
        };
        if !evidence.by_name.contains_key(&base) {
            let message = format!("`{name}` is derived from `{stated}`, which no page describes");
            diagnostics.push(nowhere(fact, message));
        } else if leads_to(&bases, &base, name) {
            let message = format!(
                "`{name}` is derived from `{stated}`, which is derived from \
                                   `{name}`"
            );
            diagnostics.push(nowhere(fact, message));
        } else if evidence.by_name.contains_key(name) {
            bases.insert(name.clone(), base);
        }
    }
    bases
}

/// Whether a type is `goal` or is derived from it.
fn leads_to(bases: &Bases, name: &str, goal: &str) -> bool {
    let mut next = Some(name);
    // No chain is longer than there are types.
    for _ in 0..=bases.len() {
        match next {
            Some(name) if name == goal => return true,
            Some(name) => next = bases.get(name).map(String::as_str),
            None => return false,
        }
    }
    true
}

fn nowhere(fact: &TypeFact, message: String) -> Diagnostic {
    Diagnostic::new(
        rules::TYPE_NOT_DESCRIBED,
        Place::of(&fact.body.provenance),
        message,
    )
}
