//! Prints the store for people: what is known after a pass.

use std::fmt::Write;

use super::{
    decide::Decision,
    evidence::{BodyUse, NamedType},
    operation::Part,
    slots::Slot,
    store::Store,
};
use docwright_model::{Direction, Provenance};

impl Store<'_> {
    /// Everything known so far, one item per line, each with its places on the pages.
    pub fn print(&self) -> String {
        let mut out = Lines::default();
        for operation in &self.operations {
            let facts = operation.facts;
            let text = format!(
                "operation {}: {} {}",
                operation.uid, facts.method, facts.path
            );
            out.line(0, &text, Some(&facts.provenance));
        }
        for (key, body) in &self.evidence.bodies {
            let operation = self.operations.get(key.operation);
            let uid = operation.map_or("", |it| it.uid.as_str());
            let decision = self.decisions.bodies.get(key);
            let status = match (key.direction, key.part) {
                (Direction::Response, Part::Own(at)) => operation
                    .and_then(|it| it.facts.responses.get(at))
                    .map(|it| format!(" {}", it.status)),
                _ => None,
            };
            out.body(uid, (key.direction, status), body, decision);
        }
        for (name, named_type) in &self.evidence.by_name {
            let decisions = self.decisions.slots.get(name);
            out.named_type(name, named_type, decisions.map_or(&[], Vec::as_slice));
        }
        for known in self.unified.enums.all() {
            let values: Vec<_> = known.values.iter().map(ToString::to_string).collect();
            let text = format!("enum {}: {}", known.name, values.join(", "));
            out.line(0, &text, known.provenance.first());
        }
        for (name, union) in self.unified.unions.all() {
            let members: Vec<_> = union.members.iter().map(|it| it.ty.to_string()).collect();
            let text = format!("union {name}: {}", members.join(", "));
            out.line(0, &text, union.provenance.first());
        }
        for (name, alias) in &self.unified.aliases {
            let text = format!("alias {name}: {}", alias.ty);
            out.line(0, &text, Some(&alias.provenance));
        }
        if !self.api.operations.is_empty() {
            // All of the model can be written.
            let api = serde_json::to_string_pretty(&self.api).unwrap_or_default();
            out.text.push_str(&api);
            out.text.push('\n');
        }
        for finding in &self.diagnostics {
            let place = &finding.place;
            let text = format!("{}: {}", finding.rule, finding.message);
            let _ = writeln!(out.text, "{text}  [{}:{}]", place.file, place.line);
        }
        out.text
    }
}

/// The lines so far.
#[derive(Default)]
struct Lines {
    text: String,
}

impl Lines {
    fn line(&mut self, depth: usize, text: &str, place: Option<&Provenance>) {
        let text = text.replace('\n', "↵");
        let indent = 2 * depth;
        // Writing to a string cannot fail.
        let _ = match place {
            Some(place) => writeln!(self.text, "{:indent$}{text}  [{}]", "", at(place)),
            None => writeln!(self.text, "{:indent$}{text}", ""),
        };
    }

    fn body(
        &mut self,
        uid: &str,
        (direction, status): (Direction, Option<String>),
        body: &BodyUse<'_>,
        decision: Option<&Decision<'_>>,
    ) {
        let side = match direction {
            Direction::Request => "request",
            _ => "response",
        };
        let label = match body.fact.label.as_str() {
            "" => String::new(),
            label => format!(" `{label}`"),
        };
        let of = match &body.named_type {
            Some((name, how)) => format!(", table of {name} ({})", how.word()),
            None => String::new(),
        };
        let text = format!("body {uid} {side}{}{label}{of}", status.unwrap_or_default());
        self.line(0, &text, Some(&body.fact.provenance));
        self.evidence(1, &body.root, decision);
    }

    fn named_type(&mut self, name: &str, named_type: &NamedType<'_>, decisions: &[Decision<'_>]) {
        let text = format!("type {name}, {}", named_type.known.word());
        self.line(0, &text, named_type.provenance.first());
        for (at, slot) in named_type.slots.iter().enumerate() {
            self.line(1, &slot.name, None);
            self.evidence(2, slot, decisions.get(at));
        }
    }

    /// What is known and decided about a slot.
    fn evidence(&mut self, depth: usize, slot: &Slot<'_>, decision: Option<&Decision<'_>>) {
        for row in &slot.rows {
            let required = if row.is_required() { ", required" } else { "" };
            let text = format!("row `{}`{required}", row.type_cell);
            self.line(depth, &text, Some(&row.provenance));
        }
        if let Some(sample) = &slot.sampled {
            let text = format!("samples show {}", slot.shape.words());
            self.line(depth, &text, Some(sample));
        }
        if let Some(decision) = decision {
            let (how, rule) = (decision.known.word(), decision.rule.words());
            let null = if decision.nullable.as_ref().is_some_and(|it| it.value) {
                " or null"
            } else {
                ""
            };
            let text = format!("is {}{null}, {how}: {rule}", decision.ty);
            self.line(depth, &text, None);
        }
    }
}

/// A place in short: the page, the line and the column.
fn at(place: &Provenance) -> String {
    match place.position {
        Some(position) => format!("{}:{}:{}", place.page, position.line, position.column),
        None => place.page.to_string(),
    }
}
