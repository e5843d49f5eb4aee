//! Types that pages name but don't describe, or describe without content.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use docwright_model::{
    Api, Known, Schema, Shape,
    diagnostic::{Diagnostic, Place, rules},
};
use docwright_read::{
    dialect::{Dialect, TypeWord},
    extract::{BodyFact, PageFacts, RowFact, TypeFact},
};

/// Where a type is named.
struct Naming {
    place: Place,
    /// The letters and digits of the name as it stands there.
    letters: String,
}

/// Reports types that no page describes, at each place that names one, and headings of
/// types with no content below.
pub fn not_described(
    pages: &[PageFacts],
    api: &Api,
    dialect: &Dialect,
    found: &mut Vec<Diagnostic>,
) {
    let blank = without_content(pages, found);
    let schemas = api.schemas.iter().filter(|schema| is_undescribed(schema));
    let schemas = schemas.map(|schema| (letters(&schema.name), schema));
    let schemas: HashMap<String, &Schema> = schemas
        .filter(|(letters, _)| !blank.contains(letters))
        .collect();
    let mut by_name: BTreeMap<String, Vec<Place>> = unknown_parameters(pages, api);
    for naming in namings(pages, dialect) {
        if let Some(schema) = schemas.get(&naming.letters) {
            let places = by_name.entry(schema.name.clone()).or_default();
            if !places.contains(&naming.place) {
                places.push(naming.place);
            }
        }
    }
    for (name, places) in &by_name {
        let shown = api.schema(name).map_or(0, |it| it.shape.properties().len());
        let message = match shown {
            0 => format!("the type `{name}` is named, but no page describes it"),
            1 => format!("no page describes the type `{name}`; samples show one property"),
            n => format!("no page describes the type `{name}`; samples show {n} properties"),
        };
        let finding =
            |place| Diagnostic::new(rules::TYPE_NOT_DESCRIBED, place, &*message).about(name);
        found.extend(places.iter().cloned().map(finding));
    }
}

/// The types that parameters name but the model doesn't have, with the places that name
/// them. A parameter type that isn't described is left out of the model if a URL or a
/// header can't hold it.
fn unknown_parameters(pages: &[PageFacts], api: &Api) -> BTreeMap<String, Vec<Place>> {
    let names: BTreeSet<String> = api.schemas.iter().map(|it| letters(&it.name)).collect();
    let mut found: BTreeMap<String, Vec<Place>> = BTreeMap::new();
    let operations = pages.iter().flat_map(|page| &page.operations);
    for (_, row) in operations.flat_map(|it| &it.parameters) {
        if let Some(TypeWord::Named(name)) = &row.ty
            && !names.contains(&letters(name))
        {
            let place = Place::of(&row.provenance).words([&row.name, &row.type_cell]);
            let places = found.entry(name.clone()).or_default();
            if !places.contains(&place) {
                places.push(place);
            }
        }
    }
    found
}

/// Reports headings of types with no content below, and returns their names.
fn without_content(pages: &[PageFacts], found: &mut Vec<Diagnostic>) -> BTreeSet<String> {
    let mut blank = BTreeSet::new();
    for fact in pages.iter().flat_map(|page| &page.types) {
        let label = &fact.body.label;
        // A label that can't be a name is the title of a page.
        if lists_something(fact) || label.is_empty() || label.contains(char::is_whitespace) {
            continue;
        }
        blank.insert(letters(label));
        let message = format!(
            "the description of the type `{label}` lists no properties and no \
                               values"
        );
        let place = Place::of(&fact.body.provenance);
        let finding = Diagnostic::new(rules::TYPE_WITHOUT_CONTENT, place, message);
        found.push(finding.about(label));
    }
    blank
}

/// Reports what the dialect reads as types although nothing can refer to them: tables
/// without a name, and headings that can't be names and have no content.
pub fn without_name(pages: &[PageFacts], found: &mut Vec<Diagnostic>) {
    for fact in pages.iter().flat_map(|page| &page.types) {
        let label = &fact.body.label;
        let place = Place::of(&fact.body.provenance);
        if label.is_empty() {
            let message = "a table describes a type, but no heading gives the type's name";
            found.push(Diagnostic::new(rules::TYPE_WITHOUT_NAME, place, message));
        } else if label.contains(char::is_whitespace) && !lists_something(fact) {
            let message = format!(
                "by the dialect, this is the heading of a type called `{label}`, \
                                   but none is described below it"
            );
            found.push(Diagnostic::new(rules::HEADING_WITHOUT_TYPE, place, message));
        }
    }
}

/// Whether no page's text describes the type.
fn is_undescribed(schema: &Schema) -> bool {
    let is_object = matches!(schema.shape, Shape::Properties(_));
    is_object && schema.known >= Known::Sampled && schema.base.is_none()
}

/// Whether there is more than prose below a type's heading.
fn lists_something(fact: &TypeFact) -> bool {
    !fact.body.rows.is_empty()
        || !fact.values.is_empty()
        || !fact.members.is_empty()
        || fact.alias.is_some()
        || fact.base.is_some()
        || !fact.samples.is_empty()
}

/// All places that name a type.
fn namings(pages: &[PageFacts], dialect: &Dialect) -> Vec<Naming> {
    let mut found = Vec::new();
    for page in pages {
        for operation in &page.operations {
            for (_, row) in &operation.parameters {
                of_row(row, &mut found);
            }
            let responses = operation.responses.iter();
            let bodies = responses.filter_map(|it| it.body.as_ref());
            for body in bodies.chain(&operation.stray_response) {
                of_heading(body, body.said(), dialect, &mut found);
            }
            for body in &operation.requests {
                // The name of a request in a heading is a parameter's name.
                of_heading(body, &body.type_label, dialect, &mut found);
            }
        }
        for fact in &page.types {
            for row in &fact.body.rows {
                of_row(row, &mut found);
            }
            for member in &fact.members {
                let place = Place::of(&member.provenance);
                of_word(&member.ty, &place, &mut found);
            }
        }
    }
    found
}

fn of_heading(body: &BodyFact, label: &str, dialect: &Dialect, found: &mut Vec<Naming>) {
    // A body with a table is described by that table.
    if body.rows.is_empty()
        && let Some(word) = dialect.types.read(label)
    {
        let place = Place::of(&body.provenance).words([label]);
        of_word(&word, &place, found);
    }
    for row in &body.rows {
        of_row(row, found);
    }
}

fn of_row(row: &RowFact, found: &mut Vec<Naming>) {
    if let Some(word) = &row.ty {
        let place = Place::of(&row.provenance).words([&row.name, &row.type_cell]);
        of_word(word, &place, found);
    }
    for inner in &row.rows {
        of_row(inner, found);
    }
}

fn of_word(word: &TypeWord, place: &Place, found: &mut Vec<Naming>) {
    match word {
        TypeWord::Named(name) => found.push(Naming {
            place: place.clone(),
            letters: letters(name),
        }),
        TypeWord::Array(Some(inner)) | TypeWord::Map(inner) | TypeWord::Nullable(inner) => {
            of_word(inner, place, found);
        }
        TypeWord::Union(parts) => parts.iter().for_each(|part| of_word(part, place, found)),
        TypeWord::Scalar { .. } | TypeWord::Object | TypeWord::Array(None) | TypeWord::Enum(_) => {}
    }
}

/// What counts in a name: its letters and digits, not their case.
fn letters(name: &str) -> String {
    let letters = name.chars().filter(|c| c.is_alphanumeric());
    letters.flat_map(char::to_lowercase).collect()
}
