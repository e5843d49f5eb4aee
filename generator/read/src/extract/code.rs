//! Code blocks: an operation's signature, sample messages, and what else the
//! dialect knows.

use std::sync::Arc;

use super::{Fate, SampleFact, Subject, Term, Walk, lenient, message, survey};
use crate::{
    dialect::{self, CodeRole, Command, SectionRole},
    document::{Block, Code},
    source::Span,
};
use docwright_model::{
    Direction, Status,
    diagnostic::{Diagnostic, rules},
};

impl Walk<'_> {
    pub(super) fn code(&mut self, code: &Code, block: &Block) -> Fate {
        let span = block.span;
        let Some(section) = self.section.role.or_else(|| self.below_odd_title(code)) else {
            self.survey_code(code, span);
            return Fate::Unknown;
        };
        let mut routes = self.dialect.operation.routes(&code.text);
        let command = match routes.is_empty() && self.awaits_operation() {
            true => dialect::command(&code.text),
            false => None,
        };
        let of_command = command
            .as_ref()
            .and_then(|it| self.dialect.operation.route(&it.method, &it.url));
        routes.extend(of_command);
        let fits = |info: &String| info.eq_ignore_ascii_case(&code.info);
        let kind = self.dialect.codes.iter().find(|kind| {
            // A block without a request line isn't a signature, but it may be a sample in
            // a fence of the same kind.
            let is_one = kind.role != CodeRole::Signature || !routes.is_empty();
            is_one && kind.stands_in(section) && kind.info.iter().any(fits)
        });
        match kind.map(|kind| kind.role) {
            Some(CodeRole::Signature) => {
                self.begin_or_share(routes, span);
                if let Some(command) = command {
                    self.sample_of_command(command, span);
                }
                Fate::Consumed("signature")
            }
            Some(CodeRole::RequestSample) => match dialect::command(&code.text) {
                Some(command) if self.subject == Subject::Operation => {
                    self.sample_of_command(command, span);
                    Fate::Consumed("sample")
                }
                _ => self.sample(Direction::Request, code, span),
            },
            Some(CodeRole::ResponseSample) => self.sample(Direction::Response, code, span),
            Some(CodeRole::QueryExamples) => {
                Fate::Ignored("one example per query parameter".to_owned())
            }
            Some(CodeRole::Ignored) => {
                let reason = kind.and_then(|kind| kind.reason.clone());
                Fate::Ignored(reason.unwrap_or_else(|| "ignored by the dialect".to_owned()))
            }
            None => self.prose_code(code, block),
        }
    }

    /// The role of a section below a page title in an unusual form, if the code block is
    /// still the signature, so that the page isn't lost because of its title.
    fn below_odd_title(&mut self, code: &Code) -> Option<SectionRole> {
        let words = &self.dialect.operation;
        let is_title = self.section.level == 1 && !words.title.is_empty();
        let is_first = self.subject == Subject::Page && self.operations.is_empty();
        if !is_title || !is_first || words.routes(&code.text).is_empty() {
            return None;
        }
        let fits = |info: &String| info.eq_ignore_ascii_case(&code.info);
        let mut signatures =
            self.dialect.codes.iter().filter(|kind| {
                kind.role == CodeRole::Signature && kind.stands_in(SectionRole::Start)
            });
        if !signatures.any(|kind| kind.info.iter().any(fits)) {
            return None;
        }
        self.section.role = Some(SectionRole::Start);
        self.section.role
    }

    fn survey_code(&mut self, code: &Code, span: Span) {
        let term = Term::Code {
            info: code.info.clone(),
            looks: survey::looks(&code.text, &self.dialect.operation),
            section: self.within(),
        };
        let place = self.place(span);
        self.survey.add(term, &place);
    }

    /// Code in prose belongs to the description; elsewhere it is unknown.
    fn prose_code(&mut self, code: &Code, block: &Block) -> Fate {
        if self.in_prose() && self.subject == Subject::Operation {
            self.prose.push(block.clone());
            return Fate::Consumed("prose");
        }
        self.unknown_code(code, block.span)
    }

    fn unknown_code(&mut self, code: &Code, span: Span) -> Fate {
        self.survey_code(code, span);
        let place = self.place(span);
        self.diagnostics.push(
            Diagnostic::new(
                rules::UNKNOWN_CODE_BLOCK,
                place,
                "found a code block that the dialect doesn't know in this section",
            )
            .help("add the language of its fence to the `info` of a [[code]] in the dialect"),
        );
        Fate::Unknown
    }

    fn sample(&mut self, direction: Direction, code: &Code, span: Span) -> Fate {
        let message = message::message(&code.text);
        let body = match (message.body, is_json(&message)) {
            ("", _) | (_, false) => None,
            (text, true) => match serde_json::from_str(text) {
                Ok(value) => Some(Arc::new(self.dialect.samples.cleaned(value))),
                Err(error) => {
                    let start = code.start as usize + message.body_start;
                    let value = lenient::read(text);
                    match value {
                        Some(_) => self.almost_json(start),
                        None => self.bad_sample(&error, start, text),
                    }
                    value.map(|value| Arc::new(self.dialect.samples.cleaned(value)))
                }
            },
        };
        let own = |(name, value): &(&str, &str)| ((*name).to_owned(), (*value).to_owned());
        let mut headers: Vec<_> = message.headers.iter().map(own).collect();
        // A sample below the heading of a media type has that media type.
        if direction == Direction::Request
            && let ([media_type], []) = (&*self.section.media_types, &*headers)
        {
            headers.push(("Content-Type".to_owned(), media_type.clone()));
        }
        let fact = SampleFact {
            direction,
            status: message.status.map(Status::Code).or(self.section.status),
            headers,
            body,
            provenance: self.provenance(span, None),
        };
        self.only_words = false;
        let samples = match self.subject {
            Subject::Operation => self.operations.last_mut().map(|it| &mut it.samples),
            Subject::Type(_) => self.own_type().map(|it| &mut it.samples),
            Subject::Page => None,
        };
        let Some(samples) = samples else {
            return self.unknown_code(code, span);
        };
        samples.push(fact);
        Fate::Consumed("sample")
    }

    /// The request that a command sends.
    fn sample_of_command(&mut self, command: Command, span: Span) {
        let body = command.body.as_deref().and_then(|body| {
            let value = match serde_json::from_str(body) {
                Ok(value) => value,
                Err(error) => {
                    let value = lenient::read(body);
                    match value {
                        Some(_) => self.almost_json(span.start as usize),
                        None => self.not_json(&error, span.start as usize),
                    }
                    value?
                }
            };
            Some(Arc::new(self.dialect.samples.cleaned(value)))
        });
        if !command.unread.is_empty() {
            let place = self.place(span);
            let what = command.unread.join(" and ");
            let message = format!("the command sends {what}; this isn't read");
            let diagnostic = Diagnostic::new(rules::COMMAND_DATA_NOT_READ, place, message);
            self.diagnostics.push(diagnostic);
        }
        let provenance = self.provenance(span, None);
        self.bodies.sent.add(&command);
        if let Some(operation) = self.operation() {
            operation.samples.push(SampleFact {
                direction: Direction::Request,
                status: None,
                headers: command.headers,
                body,
                provenance,
            });
        }
    }

    fn almost_json(&mut self, start: usize) {
        let place = self.place(Span::new(start, start + 1));
        self.diagnostics.push(Diagnostic::new(
            rules::SAMPLE_ALMOST_JSON,
            place,
            "the sample's body isn't valid JSON; it was read after small repairs",
        ));
    }

    fn bad_sample(&mut self, error: &serde_json::Error, start: usize, body: &str) {
        let line_start = body
            .split_inclusive('\n')
            .take(error.line().saturating_sub(1))
            .map(str::len)
            .sum::<usize>();
        self.not_json(error, start + line_start + error.column().saturating_sub(1));
    }

    fn not_json(&mut self, error: &serde_json::Error, at: usize) {
        let place = self.place(Span::new(at, at + 1));
        // Each sample is a separate fault, even if the parser's message is the same.
        let cause = format!("{}:{}", place.file, place.line);
        self.diagnostics.push(
            Diagnostic::new(
                rules::SAMPLE_NOT_JSON,
                place,
                format!("the sample's body is not JSON: {error}"),
            )
            .cause(cause)
            .help("until this is fixed on the page, the sample isn't used to infer types"),
        );
    }
}

/// Whether a sample's body should be JSON: its media type is JSON, or none is given.
fn is_json(message: &message::Message<'_>) -> bool {
    message
        .header("content-type")
        .is_none_or(|value| value.to_ascii_lowercase().contains("json"))
}
