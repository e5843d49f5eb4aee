//! What is known about a slot and what rows state, in points.

use super::Point;
use crate::{decide::Decision, slots::Slot, words};
use docwright_model::{Facets, Provenance, QueryKind};
use docwright_read::extract::RowFact;

/// What is decided about a slot: its type, by which rule, and the places that decided.
pub fn decision(decision: &Decision<'_>) -> Vec<Point> {
    let or_null = match &decision.nullable {
        Some(nullable) if nullable.value => ", or null",
        _ => "",
    };
    let what = format!(
        "is `{}`{or_null}, {}: {}",
        decision.ty,
        decision.known.word(),
        decision.rule.words()
    );
    let mut points = vec![Point::new(what, None)];
    let because = decision.because.iter();
    points.extend(because.map(|place| Point::at("decided by", place)));
    if let Some(nullable) = &decision.nullable {
        let may = if nullable.value { "may" } else { "can't" };
        let what = format!("{may} be null, {}", nullable.known.word());
        points.push(Point::new(what, nullable.provenance.as_ref()));
    }
    points
}

/// What rows and samples state about a slot.
pub fn evidence(slot: &Slot<'_>) -> Vec<Point> {
    let rows = slot.rows.iter();
    let mut points: Vec<_> = rows.map(|row| of_row(row)).collect();
    if let Some(sample) = &slot.sampled {
        let what = format!("samples show {}", slot.shape.words());
        points.push(Point::at(what, sample));
    }
    points
}

/// What a row states.
pub fn of_row(row: &RowFact) -> Point {
    let mut what = match row.type_cell.as_str() {
        "" => "a row without a type".to_owned(),
        cell => format!("a row of the type `{cell}`"),
    };
    what.push_str(match row.required {
        Some(true) => ", required",
        Some(false) => ", not required",
        None => "",
    });
    let words = facets(&row.documented()).join(", ");
    if !words.is_empty() {
        what.push_str(&format!(", {words}"));
    }
    match row.values.len() {
        0 => {}
        1 => what.push_str(", with one value"),
        n => what.push_str(&format!(", with {n} values")),
    }
    Point::at(what, &row.provenance)
}

/// What is known about a value besides its type, a phrase for each.
pub fn facets(facets: &Facets) -> Vec<String> {
    let mut said = Vec::new();
    let mut flag = |is: bool, word: &str| said.extend(is.then(|| word.to_owned()));
    flag(facets.is_nullable(), "may be null");
    flag(facets.is_read_only(), "read-only");
    flag(facets.is_write_only(), "write-only");
    flag(facets.deprecated.is_some(), "deprecated");
    flag(facets.range.is_some(), "with limits");
    flag(facets.length.is_some(), "with a limited length");
    flag(facets.items.is_some(), "with a limited number of elements");
    if let Some(default) = &facets.default {
        said.push(format!("by default `{}`", default.value));
    }
    if let Some(pattern) = &facets.pattern {
        said.push(format!("matching `{}`", pattern.value));
    }
    if let Some(language) = &facets.query_language {
        let article = if language.value == QueryKind::Order {
            "an"
        } else {
            "a"
        };
        said.push(format!(
            "{article} {} by its name (dialect)",
            language.value
        ));
    }
    said
}

/// The type cells of a slot that state another type than the decided one, and why they
/// don't count.
pub fn overruled(slot: &Slot<'_>, decision: &Decision<'_>) -> Vec<Point> {
    let mut points = Vec::new();
    if let Some((why, place)) = decision.overruled {
        points.push(Point::at(format!("the type cell: {}", why.words()), place));
    }
    let against: Vec<&Provenance> = decision.against.iter().map(|(_, place)| *place).collect();
    let taken = slot.agreed().map(|agreed| agreed.word);
    for row in &slot.rows {
        let word = row.ty.as_ref().map(words::without_null);
        if word.is_none() || word == taken {
            continue;
        }
        let cell = &row.type_cell;
        let what = match against.contains(&&row.provenance) {
            true => format!("`{cell}` contradicts what most cells state"),
            false => format!("`{cell}` is less exact"),
        };
        points.push(Point::at(what, &row.provenance));
    }
    points
}
