//! Labels in type cells that cannot be right.
//!
//! A generator of pages that has no name for a type may print another's. It
//! shows: the label belongs to a type that no page describes, it stands at
//! properties of several names, and only some of the names have to do with it.
//! At the others the label is no evidence, but that the value is an object.

use std::collections::{BTreeMap, BTreeSet};

use super::carriers::Carriers;
use crate::{dialect::TypeWord, model::Known};

/// Pairs of a label and a property's name where the label cannot be right.
pub type Refuted = BTreeSet<(String, String)>;

/// Finds the labels that cannot be right.
pub fn refuted(carriers: &Carriers<'_>) -> Refuted {
    let mut uses: BTreeMap<&str, BTreeSet<&str>> = BTreeMap::new();
    for site in carriers.by_name.values().flat_map(|carrier| &carrier.sites) {
        for row in &site.rows {
            if let Some(TypeWord::Named(label)) = &row.ty {
                uses.entry(label).or_default().insert(&site.name);
            }
        }
    }
    let described = |label: &str| {
        let carrier = carriers.by_name.get(label);
        carrier.is_some_and(|carrier| carrier.known < Known::Sampled)
    };
    let mut refuted = Refuted::new();
    for (label, names) in uses {
        let (akin, others): (Vec<&str>, Vec<&str>) =
            names.into_iter().partition(|name| is_akin(label, name));
        if !akin.is_empty() && !described(label) {
            refuted.extend(
                others
                    .into_iter()
                    .map(|name| (label.to_owned(), name.to_owned())),
            );
        }
    }
    refuted
}

/// Whether a property's name has to do with a label: one contains the other.
fn is_akin(label: &str, name: &str) -> bool {
    let (label, name) = (label.to_ascii_lowercase(), name.to_ascii_lowercase());
    label.contains(&name) || name.contains(&label)
}
