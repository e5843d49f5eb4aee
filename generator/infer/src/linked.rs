//! Properties whose cells only state an object, but whose descriptions link to a page
//! that describes a type with the property's name. They get the type's name before
//! anything is inferred. The name alone, without a link, is not evidence.

use std::{
    borrow::Cow,
    collections::{BTreeMap, BTreeSet},
};

use docwright_read::{
    dialect::{Dialect, TypeWord},
    extract::{PageFacts, RowFact},
};

use super::{
    links::{links, target},
    own::own_name,
};

/// The objects that each page describes under their own headings: the type's name, by
/// page and by the name in the heading; `None` if a page has two with one name.
type Described = BTreeMap<(String, String), Option<String>>;

/// The pages with the names of the types that the rows refer to.
pub fn link<'p>(pages: &'p [PageFacts], dialect: &Dialect) -> Cow<'p, [PageFacts]> {
    let described = described(pages, dialect);
    let mut linked = Cow::Borrowed(pages);
    if described.is_empty() {
        return linked;
    }
    for (index, page) in pages.iter().enumerate() {
        let mut page = Cow::Borrowed(page);
        let is_meant = |row: &RowFact| meant(row, &described).is_some();
        if rows(&page).any(|row| any(row, &is_meant)) {
            rows_mut(page.to_mut()).for_each(|row| name(row, &described));
            linked.to_mut()[index] = page.into_owned();
        }
    }
    linked
}

fn described(pages: &[PageFacts], dialect: &Dialect) -> Described {
    let mut described = Described::new();
    for page in pages {
        for fact in page.types.iter().filter(|fact| !fact.body.rows.is_empty()) {
            let name = own_name(fact, dialect);
            described
                .entry((page.page.to_string(), letters(&name)))
                .and_modify(|known| *known = None)
                .or_insert(Some(name));
        }
    }
    described
}

/// The type that the row of an object refers to, if there is only one.
fn meant<'d>(row: &RowFact, described: &'d Described) -> Option<&'d String> {
    if !row.rows.is_empty() || !is_mere_object(row.ty.as_ref()?) {
        return None;
    }
    let words = row.description.as_ref()?.markdown();
    let pages: BTreeSet<String> = links(words)
        .map(|link| {
            let target = target(link, &row.provenance.page);
            target.split('#').next().unwrap_or_default().to_owned()
        })
        .collect();
    let key = letters(&row.name);
    let mut found = pages
        .into_iter()
        .filter_map(|page| described.get(&(page, key.clone())));
    match (found.next(), found.next()) {
        (Some(name), None) => name.as_ref(),
        _ => None,
    }
}

/// A name without characters that the heading of a type can't have, such as `_`.
fn letters(name: &str) -> String {
    let letters = name.chars().filter(|c| c.is_alphanumeric());
    letters.flat_map(char::to_lowercase).collect()
}

/// Whether a word only states an object or several objects.
fn is_mere_object(word: &TypeWord) -> bool {
    match word {
        TypeWord::Object => true,
        TypeWord::Array(Some(inner)) | TypeWord::Nullable(inner) => is_mere_object(inner),
        _ => false,
    }
}

fn rows(page: &PageFacts) -> impl Iterator<Item = &RowFact> {
    let bodies = page.operations.iter().flat_map(|operation| {
        let responses = operation.responses.iter().filter_map(|it| it.body.as_ref());
        let bodies = operation.requests.iter().chain(responses);
        bodies.chain(&operation.stray_response)
    });
    let types = page.types.iter().map(|fact| &fact.body);
    bodies.chain(types).flat_map(|body| &body.rows)
}

fn rows_mut(page: &mut PageFacts) -> impl Iterator<Item = &mut RowFact> {
    let bodies = page.operations.iter_mut().flat_map(|operation| {
        let responses = operation.responses.iter_mut();
        let responses = responses.filter_map(|it| it.body.as_mut());
        let bodies = operation.requests.iter_mut().chain(responses);
        bodies.chain(&mut operation.stray_response)
    });
    let types = page.types.iter_mut().map(|fact| &mut fact.body);
    bodies.chain(types).flat_map(|body| &mut body.rows)
}

fn any(row: &RowFact, is: &impl Fn(&RowFact) -> bool) -> bool {
    is(row) || row.rows.iter().any(|row| any(row, is))
}

/// Gives the row and those below it the names of the types that they refer to.
fn name(row: &mut RowFact, described: &Described) {
    if let Some(name) = meant(row, described).cloned() {
        row.ty.iter_mut().for_each(|word| put(word, &name));
    }
    row.rows
        .iter_mut()
        .for_each(|row| self::name(row, described));
}

fn put(word: &mut TypeWord, name: &str) {
    match word {
        TypeWord::Array(Some(inner)) | TypeWord::Nullable(inner) => put(inner, name),
        _ => *word = TypeWord::Named(name.to_owned()),
    }
}
