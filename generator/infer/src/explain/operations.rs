//! Explains operations, their parameters and their bodies.

use super::{Explanation, Point, points, targets::part_name};
use crate::store::Store;
use docwright_model::{Body, Direction, Operation, Parameter};
use docwright_read::extract::OperationFacts;

/// The word for a side.
pub fn side(direction: Direction) -> &'static str {
    match direction {
        Direction::Response => "response",
        _ => "request",
    }
}

/// Explains an operation.
pub fn of_operation(store: &Store<'_>, index: usize) -> Explanation {
    let (Some(known), Some(operation)) = (store.operations.get(index), model(store, index)) else {
        return Explanation::default();
    };
    let facts = known.facts;
    let samples = facts.samples.iter().map(|sample| {
        let what = match sample.status {
            Some(status) => format!("a sample {} of status {status}", side(sample.direction)),
            None => format!("a sample {}", side(sample.direction)),
        };
        Point::at(what, &sample.provenance)
    });
    let mut overruled = Vec::new();
    if let Some(title) = &facts.title
        && (title.method != facts.method || !facts.path.ends_with(&title.path))
    {
        let what = format!("the title states `{} {}`", title.method, title.path);
        overruled.push(Point::at(what, &title.provenance));
    }
    overruled.extend(facts.set_aside.iter().map(|(direction, body)| {
        let what = format!("another description of the {} body", side(*direction));
        Point::at(what, &body.provenance)
    }));
    overruled.extend(others(store, index));
    Explanation {
        target: operation.uid.clone(),
        decision: decision(facts, operation),
        evidence: samples.collect(),
        overruled,
    }
}

/// What an operation is, with its parameters and bodies.
fn decision(facts: &OperationFacts, operation: &Operation) -> Vec<Point> {
    let what = format!("is `{} {}`", operation.method, operation.path);
    let mut decision = vec![Point::at(what, &facts.provenance)];
    let uid = match &facts.uid {
        Some(uid) if *uid == operation.uid => "the page gives the uid".to_owned(),
        Some(uid) => format!("the page gives the uid `{uid}`, which another operation has"),
        None => "the uid is made from method and path, because the page gives none".to_owned(),
    };
    decision.push(Point::new(uid, None));
    let resource = format!(
        "belongs to the resource `{}`, by its path",
        operation.resource
    );
    decision.push(Point::new(resource, None));
    for parameter in &operation.parameters {
        let how = parameter.known.word();
        let what = format!("`{}` is `{}`, {how}", part_name(parameter), parameter.ty);
        decision.push(Point::new(what, parameter.provenance.as_ref()));
    }
    let body = |part: &str, body: &Body| {
        let how = body.known.word();
        let what = format!("`{part}` is `{}`, {how}", body.ty);
        Point::new(what, body.provenance.as_ref())
    };
    decision.extend(operation.request.iter().map(|it| body("request", it)));
    decision.extend(operation.responses.iter().map(|response| {
        let part = format!("response.{}", response.status);
        match &response.body {
            Some(found) => body(&part, found),
            None => {
                let what = format!("`{part}` has no body");
                Point::new(what, response.provenance.as_ref())
            }
        }
    }));
    decision
}

/// Other places that declare the same method and path.
fn others<'s>(store: &'s Store<'_>, index: usize) -> impl Iterator<Item = Point> + 's {
    let known = store.operations.get(index).map(|it| it.facts);
    let declared = store.input.pages.iter().flat_map(|page| &page.operations);
    declared
        .filter(move |it| {
            known.is_some_and(|own| {
                (&it.method, &it.path) == (&own.method, &own.path)
                    && it.provenance != own.provenance
            })
        })
        .map(|it| {
            Point::at(
                "another page declares it too; that page is ignored",
                &it.provenance,
            )
        })
}

/// Explains a parameter.
pub fn of_parameter(store: &Store<'_>, index: usize, parameter: &Parameter) -> Explanation {
    let known = store.operations.get(index);
    let rows = known.map_or(&[][..], |it| &it.facts.parameters);
    let own = |(location, row): &&(_, docwright_read::extract::RowFact)| {
        *location == parameter.location && row.name == parameter.name
    };
    let rows: Vec<_> = rows.iter().filter(own).map(|(_, row)| row).collect();
    let how = parameter.known.word();
    let why = match rows.first() {
        None => "it is in the path, but no row describes it",
        Some(row) if row.type_cell.is_empty() && row.values.is_empty() => "its row has no type",
        Some(row) if !row.values.is_empty() => "its description lists the values",
        Some(_) => "its type cell states it",
    };
    let what = format!("is `{}`, {how}: {why}", parameter.ty);
    let mut decision = vec![Point::new(what, parameter.provenance.as_ref())];
    decision.push(Point::new(
        match (parameter.location, parameter.required) {
            (docwright_model::Location::Path, _) => "is required, like every path parameter",
            (_, true) => "is required: its row states it",
            (_, false) => "is optional: its row doesn't state that it is required",
        },
        None,
    ));
    let facets = points::facets(&parameter.facets).into_iter();
    decision.extend(facets.map(|what| Point::new(what, None)));
    let uid = known.map_or("", |it| it.uid.as_str());
    let overruled = rows.iter().skip(1);
    Explanation {
        target: format!("{uid}:{}", part_name(parameter)),
        decision,
        evidence: rows.iter().take(1).map(|row| points::of_row(row)).collect(),
        overruled: overruled
            .map(|row| Point::at("a second row with this name", &row.provenance))
            .collect(),
    }
}

/// Explains a body.
pub fn of_body(
    store: &Store<'_>,
    index: usize,
    direction: Direction,
    body: &Body,
    part: &str,
) -> Explanation {
    let uid = store.operations.get(index).map_or("", |it| it.uid.as_str());
    let target = format!("{uid}:{part}");
    let mut bodies = store.evidence.bodies.iter();
    let found = bodies.find(|(key, it)| {
        (key.operation, key.direction) == (index, direction)
            && body.provenance.as_ref() == Some(&it.fact.provenance)
    });
    let found = found.and_then(|(key, it)| Some((it, store.decisions.bodies.get(key)?)));
    let Some((found, decided)) = found else {
        let what = format!("is `{}`, {}", body.ty, body.known.word());
        return Explanation {
            target,
            decision: vec![Point::new(what, body.provenance.as_ref())],
            ..Explanation::default()
        };
    };
    let mut evidence = Vec::new();
    let fact = found.fact;
    if !fact.said().is_empty() {
        evidence.push(Point::at(
            format!("the heading calls it `{}`", fact.said()),
            &fact.provenance,
        ));
    }
    if !fact.rows.is_empty() {
        let names: Vec<_> = fact
            .rows
            .iter()
            .map(|row| format!("`{}`", row.name))
            .collect();
        let what = format!("a table lists {}", names.join(", "));
        evidence.push(Point::at(what, &fact.provenance));
    }
    if let Some((name, how)) = &found.named_type {
        let what = format!("its table is one of `{name}`, {}", how.word());
        evidence.push(Point::new(what, None));
    }
    evidence.extend(points::evidence(&found.root));
    Explanation {
        target,
        decision: points::decision(decided),
        evidence,
        overruled: points::overruled(&found.root, decided),
    }
}

/// The operation of the model.
fn model<'s>(store: &'s Store<'_>, index: usize) -> Option<&'s Operation> {
    let uid = &store.operations.get(index)?.uid;
    store.api.operations.iter().find(|it| it.uid == *uid)
}
