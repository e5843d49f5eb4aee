//! Code blocks: an operation's signature, sample messages, and what else the
//! dialect knows.

use super::{Fate, OperationFacts, SampleFact, Walk, message};
use crate::{
    diagnostic::Diagnostic,
    dialect::CodeRole,
    document::{Block, Code},
    model::Direction,
    source::Span,
};

/// Method and path of a block whose first line is a request line; the query
/// string is no part of the path.
pub fn signature(text: &str) -> Option<(&str, &str)> {
    let first = text.lines().find(|line| !line.trim().is_empty())?;
    let (method, target) = message::request_line(first)?;
    let path = target.split(['?', '#']).next().unwrap_or(target);
    Some((method, path))
}

impl Walk<'_> {
    pub(super) fn code(&mut self, code: &Code, block: &Block) -> Fate {
        let span = block.span;
        let Some(section) = self.section.role else {
            return Fate::Unknown;
        };
        let fits = |info: &String| info.eq_ignore_ascii_case(&code.info);
        let kind = self
            .dialect
            .codes
            .iter()
            .find(|kind| kind.sections.contains(&section) && kind.info.iter().any(fits));
        match kind.map(|kind| kind.role) {
            Some(CodeRole::Signature) => match signature(&code.text) {
                Some((method, path)) => {
                    self.begin(method, path, span);
                    Fate::Consumed("signature")
                }
                None => self.prose_code(block),
            },
            Some(CodeRole::RequestSample) => self.sample(Direction::Request, code, span),
            Some(CodeRole::ResponseSample) => self.sample(Direction::Response, code, span),
            Some(CodeRole::QueryExamples) => {
                Fate::Ignored("one example per query parameter".to_owned())
            }
            Some(CodeRole::Ignored) => {
                let reason = kind.and_then(|kind| kind.reason.clone());
                Fate::Ignored(reason.unwrap_or_else(|| "ignored by the dialect".to_owned()))
            }
            None => self.prose_code(block),
        }
    }

    /// Code in prose belongs to the description; elsewhere it is unknown.
    fn prose_code(&mut self, block: &Block) -> Fate {
        if self.in_prose() && !self.operations.is_empty() {
            self.prose.push(block.clone());
            return Fate::Consumed("prose");
        }
        let place = self.place(block.span);
        self.diagnostics.push(
            Diagnostic::warning(
                "unknown-code-block",
                place,
                "found a code block that the dialect doesn't know in this section",
            )
            .help("add its fence's word to a [[code]] of the dialect"),
        );
        Fate::Unknown
    }

    /// Begins an operation. The page's uid belongs to its first operation.
    fn begin(&mut self, method: &str, path: &str, span: Span) {
        self.close_section();
        let provenance = self.provenance(span, None);
        self.operations.push(OperationFacts {
            uid: self.uid.take(),
            method: method.to_owned(),
            path: path.to_owned(),
            title: self.title.take(),
            description: None,
            parameters: Vec::new(),
            headers: Vec::new(),
            request: None,
            responses: Vec::new(),
            answer: None,
            samples: Vec::new(),
            provenance,
        });
    }

    fn sample(&mut self, direction: Direction, code: &Code, span: Span) -> Fate {
        let message = message::message(&code.text);
        let body = match (message.body, is_json(&message)) {
            ("", _) | (_, false) => None,
            (text, true) => match serde_json::from_str(text) {
                Ok(value) => Some(value),
                Err(error) => {
                    self.bad_sample(&error, code.start as usize + message.body_start, text);
                    None
                }
            },
        };
        let fact = SampleFact {
            direction,
            status: message.status,
            headers: message
                .headers
                .iter()
                .map(|(name, value)| ((*name).to_owned(), (*value).to_owned()))
                .collect(),
            body,
            provenance: self.provenance(span, None),
        };
        match self.operations.last_mut() {
            Some(operation) => {
                operation.samples.push(fact);
                Fate::Consumed("sample")
            }
            None => Fate::Unknown,
        }
    }

    fn bad_sample(&mut self, error: &serde_json::Error, start: usize, body: &str) {
        let line_start = body
            .split_inclusive('\n')
            .take(error.line().saturating_sub(1))
            .map(str::len)
            .sum::<usize>();
        let at = start + line_start + error.column().saturating_sub(1);
        let place = self.place(Span::new(at, at + 1));
        self.diagnostics.push(
            Diagnostic::warning(
                "sample-not-json",
                place,
                format!("the sample's body is not JSON: {error}"),
            )
            .help("the sample tells nothing about types until it is mended on the page"),
        );
    }
}

/// Whether a sample's body is meant to be JSON: its media type says so, or
/// none is given.
fn is_json(message: &message::Message<'_>) -> bool {
    message
        .header("content-type")
        .is_none_or(|value| value.to_ascii_lowercase().contains("json"))
}
