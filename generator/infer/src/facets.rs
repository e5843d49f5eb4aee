//! What rows state about a value beside its type: most of them decide.

use docwright_model::{Facet, Facets};
use docwright_read::extract::RowFact;

/// What these rows of one slot state.
pub fn of_rows(rows: &[&RowFact]) -> Facets {
    let stated: Vec<Facets> = rows
        .iter()
        .filter(|row| row.facets.is_some())
        .map(|row| row.documented())
        .collect();
    if stated.is_empty() {
        return Facets::default();
    }
    Facets {
        nullable: most(&stated, |it| &it.nullable),
        default: most(&stated, |it| &it.default),
        range: most(&stated, |it| &it.range),
        length: most(&stated, |it| &it.length),
        items: most(&stated, |it| &it.items),
        pattern: most(&stated, |it| &it.pattern),
        deprecated: most(&stated, |it| &it.deprecated),
        read_only: most(&stated, |it| &it.read_only),
        write_only: most(&stated, |it| &it.write_only),
        query_language: most(&stated, |it| &it.query_language),
    }
}

/// What most rows state of those that state something; the first of several.
fn most<T: Clone + PartialEq>(
    stated: &[Facets],
    facet: impl Fn(&Facets) -> &Option<Facet<T>>,
) -> Option<Facet<T>> {
    let all = || stated.iter().filter_map(|it| facet(it).as_ref());
    let count = |value: &T| all().filter(|other| other.value == *value).count();
    let ranked = all().rev().max_by_key(|it| count(&it.value));
    ranked.cloned()
}
