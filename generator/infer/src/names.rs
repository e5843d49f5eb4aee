//! Names made by rule, for types and operations without a name on the pages.

use std::{
    collections::BTreeMap,
    sync::{Mutex, PoisonError},
};

use heck::ToUpperCamelCase;
use rayon::prelude::*;

/// Names given by rule to shapes that only samples show, by named type and property. Each
/// name is given once, even if several threads ask for it.
#[derive(Debug, Default)]
pub struct Given(Mutex<BTreeMap<(String, String), String>>);

impl Given {
    /// The name for this place: the existing one, or else `made`.
    pub fn name(&self, place: (String, String), made: impl FnOnce() -> String) -> String {
        // After a panic elsewhere, the map still only has complete names.
        let mut names = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        names.entry(place).or_insert_with(made).clone()
    }
}

/// The last word of a uid, as the name of a type: `v1Batch_StopBatchJob` →
/// `StopBatchJob`.
pub fn operation_name(uid: &str) -> String {
    uid.rsplit('_').next().unwrap_or(uid).to_upper_camel_case()
}

/// Names of operations for types that only they have, in the order of the operations: the
/// whole uid, so that other pages don't affect it, without the version that most uids
/// begin with.
pub fn operation_names(uids: &[&str]) -> Vec<String> {
    let names: Vec<String> = uids
        .par_iter()
        .map(|uid| uid.to_upper_camel_case())
        .collect();
    let mut versions: BTreeMap<&str, usize> = BTreeMap::new();
    for name in &names {
        if let Some(version) = version(name) {
            *versions.entry(version).or_default() += 1;
        }
    }
    let most = versions.into_iter().max_by_key(|(_, count)| *count);
    let most = most.filter(|(_, count)| 5 * count >= 4 * names.len());
    let most = most
        .map(|(version, _)| version.to_owned())
        .unwrap_or_default();
    let own = names
        .iter()
        .map(|name| name.strip_prefix(&most).unwrap_or(name));
    own.map(str::to_owned).collect()
}

/// The version that a name begins with: `V1` of `V1BoatGet`.
fn version(name: &str) -> Option<&str> {
    let digits = name.strip_prefix('V')?;
    let count = digits.find(|c: char| !c.is_ascii_digit())?;
    (count > 0).then(|| &name[..=count])
}

/// The singular of a name: `FieldProperties` → `FieldProperty`. A name that isn't plural
/// gets `Item`.
pub fn singular(name: &str) -> String {
    let lower = name.to_ascii_lowercase();
    let cut = |letters: usize| &name[..name.len() - letters];
    if lower.ends_with("ies") && name.len() > 4 {
        format!("{}y", cut(3))
    } else if ["sses", "xes", "ches", "shes"]
        .iter()
        .any(|end| lower.ends_with(end))
    {
        cut(2).to_owned()
    } else if lower.ends_with('s') && !["ss", "us", "is"].iter().any(|end| lower.ends_with(end)) {
        cut(1).to_owned()
    } else {
        format!("{name}Item")
    }
}

/// The name of a type for the values of a property.
pub fn type_name(property: &str) -> String {
    property.to_upper_camel_case()
}

/// Words of a text that look like names of types: letters and digits that
/// begin with a capital.
pub fn name_words(text: &str) -> impl Iterator<Item = &str> {
    text.split(|c: char| !c.is_ascii_alphanumeric())
        .filter(|word| word.starts_with(|c: char| c.is_ascii_uppercase()))
}

/// Whether a word is written in CamelCase, like names of types and unlike the first words
/// of sentences.
pub fn has_humps(word: &str) -> bool {
    let mut letters = word.chars();
    letters.next();
    let rest = letters.as_str();
    rest.contains(|c: char| c.is_ascii_uppercase()) && rest.contains(|c: char| c.is_lowercase())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_of_many() {
        let names = [
            ("FieldProperties", "FieldProperty"),
            ("Links", "Link"),
            ("Addresses", "Address"),
            ("Status", "StatusItem"),
            ("value", "valueItem"),
        ];
        for (many, one) in names {
            assert_eq!(singular(many), one);
        }
    }

    #[test]
    fn names_of_types_have_humps() {
        let words: Vec<_> = name_words("The TaskState to get.").collect();
        assert_eq!(words, ["The", "TaskState"]);
        assert!(has_humps("TaskState") && !has_humps("The") && !has_humps("URL"));
    }
}
