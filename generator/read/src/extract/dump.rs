//! Prints a page's facts for people.

use std::fmt::{Display, Write};

use super::facts::{BodyFact, OperationFacts, PageFacts, RowFacets, RowFact, SampleFact, TypeFact};
use crate::dialect::TypeWord;
use docwright_model::{ArrayStyle, Direction, Literal, Provenance, Range, Text};

impl PageFacts {
    /// The facts, one per line, each with its line on the page; then what happened to the
    /// page's blocks.
    pub fn dump(&self) -> String {
        let mut out = String::new();
        for server in &self.servers {
            let text = format!("server {}", server.url);
            line(&mut out, Some(&server.provenance), 0, &text);
        }
        for operation in &self.operations {
            dump_operation(&mut out, operation);
        }
        for ty in &self.types {
            body(&mut out, "type", Some(&ty.body));
            about_type(&mut out, ty);
            for fact in &ty.values {
                let name = fact.name.as_ref().map(|it| format!(" ({it})"));
                let text = format!("value {}{}", fact.value, name.unwrap_or_default());
                line(&mut out, Some(&fact.provenance), 1, &text);
                words(&mut out, 2, fact.description.as_ref());
            }
            for sample in &ty.samples {
                line(&mut out, Some(&sample.provenance), 2, "sample");
            }
        }
        let ledger = [
            ("consumed", &self.ledger.consumed),
            ("ignored", &self.ledger.ignored),
            ("unknown", &self.ledger.unknown),
        ];
        for (fate, counts) in ledger {
            for (what, count) in counts {
                line(&mut out, None, 0, &format!("{fate} {what} ({count})"));
            }
        }
        out
    }
}

fn about_type(out: &mut String, ty: &TypeFact) {
    let mut say = |text: String| line(out, None, 2, &text);
    if let Some(alias) = &ty.alias {
        say(format!("another name for {}", word(alias)));
    }
    if let Some(base) = &ty.base {
        say(format!("derived from {base}"));
    }
    if !ty.members.is_empty() {
        let members: Vec<_> = ty.members.iter().map(|it| word(&it.ty)).collect();
        say(format!("one of {}", members.join(", ")));
    }
    if let Some(discriminator) = &ty.discriminator {
        say(format!("distinguished by {discriminator}"));
    }
    if ty.deprecated.is_some() {
        say("deprecated".to_owned());
    }
    if ty.flags {
        say("flags".to_owned());
    }
}

fn dump_operation(out: &mut String, facts: &OperationFacts) {
    let OperationFacts { method, path, .. } = facts;
    line(
        out,
        Some(&facts.provenance),
        0,
        &format!("operation {method} {path}"),
    );
    if let Some(uid) = &facts.uid {
        line(out, None, 1, &format!("uid {uid}"));
    }
    if let Some(name) = &facts.name {
        line(out, None, 1, &format!("called {name}"));
    }
    if let Some(title) = &facts.title {
        let text = format!("title {} {}", title.method, title.path);
        line(out, Some(&title.provenance), 1, &text);
    }
    if facts.deprecated.is_some() {
        line(out, None, 1, "deprecated");
    }
    words(out, 1, facts.description.as_ref());
    for (location, fact) in &facts.parameters {
        row(out, &format!("{} parameter", location.word()), fact, 1);
    }
    dump_headers(out, facts);
    dump_bodies(out, facts);
    for fact in &facts.samples {
        sample(out, fact);
    }
}

fn dump_headers(out: &mut String, facts: &OperationFacts) {
    for header in &facts.headers {
        line(
            out,
            Some(&header.provenance),
            1,
            &format!("header {}", header.name),
        );
        words(out, 2, header.description.as_ref());
        if !header.media_types.is_empty() {
            let text = format!("media types {}", header.media_types.join(", "));
            line(out, None, 2, &text);
        }
    }
}

fn dump_bodies(out: &mut String, facts: &OperationFacts) {
    for fact in &facts.requests {
        body(out, "request body", Some(fact));
    }
    for response in &facts.responses {
        let text = format!("status {}", response.status);
        line(out, Some(&response.provenance), 1, &text);
        words(out, 2, response.description.as_ref());
        for fact in &response.headers {
            row(out, "header", fact, 2);
        }
        body(out, "response body", response.body.as_ref());
    }
    body(
        out,
        "response body without a status",
        facts.stray_response.as_ref(),
    );
    for (direction, fact) in &facts.set_aside {
        let kind = match direction {
            Direction::Request => "other request body",
            _ => "other response body",
        };
        body(out, kind, Some(fact));
    }
}

fn sample(out: &mut String, sample: &SampleFact) {
    let text = match (sample.direction, sample.status) {
        (Direction::Request, _) => "sample request".to_owned(),
        (_, Some(status)) => format!("sample response {status}"),
        (_, None) => "sample response".to_owned(),
    };
    line(out, Some(&sample.provenance), 1, &text);
    for (name, value) in &sample.headers {
        line(out, None, 2, &format!("{name}: {value}"));
    }
    if let Some(body) = &sample.body {
        line(out, None, 2, &body.to_string());
    }
}

fn body(out: &mut String, kind: &str, fact: Option<&BodyFact>) {
    let Some(fact) = fact else { return };
    let text = format!("{kind} {}", fact.label);
    line(out, Some(&fact.provenance), 1, text.trim_end());
    if fact.is_array {
        line(out, None, 2, "an array of this");
    }
    if fact.is_optional {
        line(out, None, 2, "optional");
    }
    if let Some(envelope) = &fact.envelope {
        line(out, None, 2, &format!("in the property {envelope}"));
    }
    if !fact.media_types.is_empty() {
        line(
            out,
            None,
            2,
            &format!("media types {}", fact.media_types.join(", ")),
        );
    }
    words(out, 2, fact.description.as_ref());
    for fact in &fact.rows {
        row(out, "property", fact, 2);
    }
}

fn row(out: &mut String, kind: &str, fact: &RowFact, depth: usize) {
    let ty = fact.ty.as_ref().map_or("?".to_owned(), word);
    let mut text = format!("{kind} {}: {ty}", fact.name);
    if fact.type_cell != ty {
        let _ = write!(text, " (`{}`)", fact.type_cell);
    }
    if let Some(link) = &fact.link {
        let _ = write!(text, " -> {link}");
    }
    if fact.is_required() {
        text.push_str(", required");
    }
    if let Some(said) = &fact.facets {
        facets(&mut text, said);
    }
    line(out, Some(&fact.provenance), depth, &text);
    if !fact.values.is_empty() {
        let values: Vec<_> = fact.values.iter().map(|it| it.value.text()).collect();
        line(
            out,
            None,
            depth + 1,
            &format!("one of {}", values.join(", ")),
        );
    }
    words(out, depth + 1, fact.description.as_ref());
    for inner in &fact.rows {
        row(out, "property", inner, depth + 1);
    }
}

/// What else a row states, after its type.
fn facets(text: &mut String, said: &RowFacets) {
    fn limits<T: Display>(text: &mut String, what: &str, range: Option<&Range<T>>) {
        let Some(range) = range else { return };
        let limit = |it: &Option<T>| it.as_ref().map(ToString::to_string).unwrap_or_default();
        let (min, max) = (limit(&range.minimum), limit(&range.maximum));
        let _ = write!(text, ", {what} {min}..{max}");
    }
    match said.nullable {
        Some(true) => text.push_str(", nullable"),
        Some(false) => text.push_str(", never null"),
        None => {}
    }
    if let Some(default) = &said.default {
        let _ = write!(text, ", default {default}");
    }
    limits(text, "range", said.range.as_ref());
    limits(text, "length", said.length.as_ref());
    limits(text, "items", said.items.as_ref());
    if let Some(pattern) = &said.pattern {
        let _ = write!(text, ", pattern {pattern}");
    }
    let style = |style| said.style == Some(style);
    let marks = [
        ("comma-separated", Some(style(ArrayStyle::Comma))),
        ("space-separated", Some(style(ArrayStyle::Space))),
        ("pipe-separated", Some(style(ArrayStyle::Pipe))),
        ("with brackets", Some(style(ArrayStyle::Brackets))),
        ("deprecated", said.deprecated),
        ("read-only", said.read_only),
        ("write-only", said.write_only),
    ];
    for (mark, _) in marks.iter().filter(|(_, is)| *is == Some(true)) {
        let _ = write!(text, ", {mark}");
    }
    if let Some(language) = said.query_language {
        let _ = write!(text, ", in the language of {language}");
    }
}

/// The meaning of a type cell, in the words of the model; `|` separates the possible
/// meanings of a coarse word.
fn word(word: &TypeWord) -> String {
    match word {
        TypeWord::Scalar { is, may_be } => {
            let all = std::iter::once(is).chain(may_be);
            all.map(ToString::to_string).collect::<Vec<_>>().join("|")
        }
        TypeWord::Object => "object".to_owned(),
        TypeWord::Array(None) => "array".to_owned(),
        TypeWord::Array(Some(element)) => format!("array<{}>", self::word(element)),
        TypeWord::Map(value) => format!("map<{}>", self::word(value)),
        TypeWord::Union(parts) => {
            let parts: Vec<_> = parts.iter().map(self::word).collect();
            parts.join(" or ")
        }
        TypeWord::Enum(values) => {
            let values: Vec<_> = values.iter().map(Literal::text).collect();
            format!("enum {}", values.join(", "))
        }
        TypeWord::Nullable(inner) => format!("{} or null", self::word(inner)),
        TypeWord::Named(name) => name.clone(),
    }
}

fn words(out: &mut String, depth: usize, text: Option<&Text>) {
    if let Some(text) = text {
        line(out, None, depth, &format!("says {}", text.markdown()));
    }
}

fn line(out: &mut String, place: Option<&Provenance>, depth: usize, text: &str) {
    let number = place.and_then(|place| place.position);
    let number = number.map(|at| at.line.to_string()).unwrap_or_default();
    let text = text.replace('\n', "↵");
    // Writing to a string cannot fail.
    let _ = writeln!(out, "{number:>5} {:indent$}{text}", "", indent = 2 * depth);
}
