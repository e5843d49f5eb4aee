//! Different names of the same type: names that differ only in letter case, and names
//! whose links lead to the description of the type. Before anything is inferred, all
//! facts get the same name for the type.

use std::{
    borrow::Cow,
    collections::{BTreeMap, BTreeSet},
};

use super::{linked::link, links::target, own::own_name};
use docwright_model::{
    Provenance,
    diagnostic::{Diagnostic, Place, rules},
};
use docwright_read::{
    dialect::{Dialect, TypeWord},
    extract::{BodyFact, PageFacts, RowFact, TypeFact},
};

/// From each other name of a type to the name that is used.
type Renamed = BTreeMap<String, String>;

/// The pages with one name for each type.
pub fn unify<'p>(
    pages: &'p [PageFacts],
    dialect: &Dialect,
    diagnostics: &mut Vec<Diagnostic>,
) -> Cow<'p, [PageFacts]> {
    let pages = link(pages, dialect);
    let mut names = Names::default();
    for page in pages.iter() {
        names.read(page, dialect);
    }
    let mut renamed = names.by_letters(diagnostics);
    names.by_links(&mut renamed);
    if renamed.is_empty() {
        return pages;
    }
    let mut pages = pages.into_owned();
    for page in &mut pages {
        for operation in &mut page.operations {
            operation
                .parameters
                .iter_mut()
                .for_each(|(_, row)| rename_row(row, &renamed));
            let responses = operation.responses.iter_mut();
            let answered = responses.filter_map(|response| response.body.as_mut());
            let bodies = operation.requests.iter_mut().chain(answered);
            for body in bodies.chain(&mut operation.stray_response) {
                rename_body(body, &renamed, dialect);
            }
        }
        for fact in &mut page.types {
            rename_body(&mut fact.body, &renamed, dialect);
            fact.alias
                .iter_mut()
                .for_each(|word| rename(word, &renamed));
            fact.members
                .iter_mut()
                .for_each(|member| rename(&mut member.ty, &renamed));
            if let Some(new) = fact.base.as_ref().and_then(|base| renamed.get(base)) {
                fact.base = Some(new.clone());
            }
        }
    }
    Cow::Owned(pages)
}

/// What pages say under one name.
#[derive(Debug, Default)]
struct Name<'p> {
    /// How often they use it.
    count: usize,
    /// The places that describe the type, with its properties; none for an enum.
    described: Vec<(&'p Provenance, BTreeSet<&'p str>)>,
}

/// All names of types.
#[derive(Debug, Default)]
struct Names<'p> {
    all: BTreeMap<String, Name<'p>>,
    /// The names of the cells whose links lead to one place.
    links: BTreeMap<String, BTreeSet<String>>,
    /// How many types each page describes.
    per_page: BTreeMap<&'p str, usize>,
}

impl<'p> Names<'p> {
    fn read(&mut self, page: &'p PageFacts, dialect: &Dialect) {
        for operation in &page.operations {
            for (_, row) in &operation.parameters {
                self.row(row);
            }
            for body in &operation.requests {
                self.body(body, dialect);
            }
            let responses = operation.responses.iter().filter_map(|it| it.body.as_ref());
            for body in responses.chain(&operation.stray_response) {
                if let Some(TypeWord::Named(name)) = self.body(body, dialect)
                    && !body.rows.is_empty()
                {
                    self.described(name, body);
                }
            }
        }
        for fact in &page.types {
            fact.body.rows.iter().for_each(|row| self.row(row));
            fact.alias.iter().for_each(|word| self.word(word));
            fact.members.iter().for_each(|member| self.word(&member.ty));
            if is_described(fact) {
                self.described(own_name(fact, dialect), &fact.body);
                *self.per_page.entry(&page.page).or_default() += 1;
            }
        }
    }

    fn described(&mut self, name: String, body: &'p BodyFact) {
        let rows = body.rows.iter().map(|row| row.name.as_str());
        let name = self.all.entry(name).or_default();
        name.described.push((&body.provenance, rows.collect()));
    }

    fn body(&mut self, body: &'p BodyFact, dialect: &Dialect) -> Option<TypeWord> {
        body.rows.iter().for_each(|row| self.row(row));
        let word = dialect.types.read(body.said())?;
        self.word(&word);
        Some(word)
    }

    fn row(&mut self, row: &'p RowFact) {
        if let Some(word) = &row.ty {
            self.word(word);
            if let (Some(link), Some(name)) = (&row.link, super::words::named(word)) {
                let target = target(link, &row.provenance.page);
                self.links
                    .entry(target)
                    .or_default()
                    .insert(name.to_owned());
            }
        }
        row.rows.iter().for_each(|row| self.row(row));
    }

    fn word(&mut self, word: &TypeWord) {
        match word {
            TypeWord::Named(name) => self.all.entry(name.clone()).or_default().count += 1,
            TypeWord::Array(Some(inner)) | TypeWord::Map(inner) | TypeWord::Nullable(inner) => {
                self.word(inner);
            }
            TypeWord::Union(parts) => parts.iter().for_each(|part| self.word(part)),
            _ => {}
        }
    }

    /// Of names that differ only in letter case, the one that is described is used, or
    /// else the most frequent one.
    fn by_letters(&self, diagnostics: &mut Vec<Diagnostic>) -> Renamed {
        let mut alike: BTreeMap<String, Vec<(&String, &Name<'p>)>> = BTreeMap::new();
        for (name, said) in &self.all {
            alike
                .entry(name.to_lowercase())
                .or_default()
                .push((name, said));
        }
        let mut renamed = Renamed::new();
        for mut names in alike.into_values().filter(|names| names.len() > 1) {
            // Names come in alphabetical order; of equally good ones the first is used.
            names.sort_by_key(|(_, said)| (said.described.is_empty(), usize::MAX - said.count));
            let Some(((used, best), others)) = names.split_first() else {
                continue;
            };
            for (other, said) in others {
                let is_one = may_be_one(best, said);
                diagnostics.extend(described_twice(used, best, other, said, is_one));
                if is_one {
                    renamed.insert((*other).clone(), (*used).clone());
                }
            }
        }
        renamed
    }

    /// Names that aren't described, but whose links lead to the description of another
    /// name.
    fn by_links(&self, renamed: &mut Renamed) {
        for (target, names) in &self.links {
            let page = target.split('#').next().unwrap_or_default();
            let is_there = |name: &&String| {
                let said = self.all.get(*name);
                said.is_some_and(|said| said.described.iter().any(|(at, _)| &*at.page == page))
            };
            // On a page with several types, only a link's fragment identifies one of
            // them.
            let is_exact = target.contains('#') || self.per_page.get(page) == Some(&1);
            let mut described = names.iter().filter(is_there);
            let (Some(used), None, true) = (described.next(), described.next(), is_exact) else {
                continue;
            };
            for other in names {
                let is_blank = self
                    .all
                    .get(other)
                    .is_some_and(|said| said.described.is_empty());
                if is_blank && !renamed.contains_key(other) {
                    renamed.insert(other.clone(), renamed.get(used).unwrap_or(used).clone());
                }
            }
        }
    }
}

/// Whether a page describes the type's content.
fn is_described(fact: &TypeFact) -> bool {
    let has_rows = !fact.body.rows.is_empty() || !fact.values.is_empty();
    has_rows || !fact.members.is_empty() || !fact.samples.is_empty() || fact.alias.is_some()
}

/// Whether two described names can be one type: the tables share at least half of the
/// smaller table's properties.
fn may_be_one(one: &Name<'_>, other: &Name<'_>) -> bool {
    let (Some((_, mine)), Some((_, theirs))) = (one.described.first(), other.described.first())
    else {
        return true;
    };
    let common = mine.intersection(theirs).count();
    2 * common >= mine.len().min(theirs.len()) && mine.is_empty() == theirs.is_empty()
}

/// Two described names that differ only in letter case.
fn described_twice(
    used: &str,
    best: &Name<'_>,
    other: &str,
    said: &Name<'_>,
    is_one: bool,
) -> Option<Diagnostic> {
    let ((there, _), (here, _)) = (best.described.first()?, said.described.first()?);
    let message = format!("`{other}` is described here, `{used}` elsewhere");
    let help = match is_one {
        true => "treated as one type; write its name in the same way everywhere",
        false => "treated as two types, because they share too few properties; rename one of them",
    };
    let finding = Diagnostic::new(rules::TYPE_NAMES_ALIKE, Place::of(here), message).help(help);
    Some(finding.related(Place::of(there), "the other one"))
}

fn rename_body(body: &mut BodyFact, renamed: &Renamed, dialect: &Dialect) {
    body.rows
        .iter_mut()
        .for_each(|row| rename_row(row, renamed));
    for label in [&mut body.label, &mut body.type_label] {
        let word = dialect.types.read(label);
        if let Some((old, new)) = word
            .as_ref()
            .and_then(super::words::named)
            .and_then(|name| {
                let new = renamed.get(name)?;
                Some((name, new))
            })
        {
            *label = label.replace(old, new);
        }
    }
}

fn rename_row(row: &mut RowFact, renamed: &Renamed) {
    if let Some(word) = &mut row.ty {
        rename(word, renamed);
    }
    row.rows.iter_mut().for_each(|row| rename_row(row, renamed));
}

fn rename(word: &mut TypeWord, renamed: &Renamed) {
    match word {
        TypeWord::Named(name) => {
            if let Some(new) = renamed.get(name) {
                new.clone_into(name);
            }
        }
        TypeWord::Array(Some(inner)) | TypeWord::Map(inner) | TypeWord::Nullable(inner) => {
            rename(inner, renamed);
        }
        TypeWord::Union(parts) => parts.iter_mut().for_each(|part| rename(part, renamed)),
        _ => {}
    }
}
