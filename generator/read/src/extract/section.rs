//! Sections: which heading or paragraph opens which. [`super::prose`] reads their text.

use std::sync::Arc;

use super::{
    BodyFact, Fate, ResponseFact, Subject, TitleFact, TypeFact, Walk, bodies::Part,
    prose::INTRODUCTION, table,
};
use crate::{
    dialect::{Captures, SectionKind, SectionRole, status_of},
    document::{Block, Heading},
    source::Span,
};
use docwright_model::{
    Provenance, Status,
    diagnostic::{Diagnostic, rules},
};

/// The section that the walk is in.
#[derive(Clone, Debug, Default)]
pub struct Section {
    /// Its role; `None` for a section that the dialect doesn't know.
    pub role: Option<SectionRole>,
    pub heading: Option<Arc<str>>,
    pub anchor: Option<Arc<str>>,
    /// The level of its heading; 0 at the page's start, 7 for a paragraph.
    pub level: u8,
    /// Whether its rows are required, unless stated otherwise.
    pub required: Option<bool>,
    /// The status of the response that it describes.
    pub status: Option<Status>,
    /// The media types of the body that it describes.
    pub media_types: Vec<String>,
    /// Why it is left out, if it is.
    pub reason: Option<String>,
}

/// Below any heading: paragraphs that open a section.
const PARAGRAPH: u8 = 7;

impl Section {
    /// Whether it describes an error response.
    pub fn is_error(&self) -> bool {
        self.status.is_some_and(|status| !status.is_success())
    }
}

/// What opens a section: a heading or a paragraph.
struct Opening<'o> {
    text: &'o str,
    /// A paragraph has no anchor: the one above is used.
    anchor: Option<&'o str>,
    level: u8,
    span: Span,
}

impl Walk<'_> {
    pub(super) fn heading(&mut self, heading: &Heading, block: &Block) -> Fate {
        let text = heading.text.to_plain();
        self.above_all.retain(|(level, _)| *level < heading.level);
        let above: Vec<String> = self
            .above_all
            .iter()
            .map(|(_, text)| text.clone())
            .collect();
        self.above_all.push((heading.level, text.clone()));
        let opening = Opening {
            text: &text,
            anchor: Some(&heading.anchor),
            level: heading.level,
            span: block.span,
        };
        let dialect = self.dialect;
        let words = &dialect.operation;
        if let Some((route, title)) = words.declared(&words.headings, &text) {
            self.leave_subject();
            self.enter(SectionRole::Start, &opening);
            self.name_next(title.unwrap_or(&text));
            self.begin_or_share(vec![route], block.span);
            return Fate::Consumed("signature");
        }
        if let Some(title) = self.read_title(&text, heading, block.span) {
            self.leave_subject();
            self.enter(SectionRole::Start, &opening);
            self.title = Some(title);
            return Fate::Consumed("title");
        }
        if let Some((kind, captures)) = dialect.section(&text, heading.level, &above) {
            if kind.role == SectionRole::Prose && self.in_prose() {
                self.prose.push(block.clone());
                return Fate::Consumed("prose");
            }
            self.go_on(kind.role, heading.level);
            self.open(kind, &captures, &opening);
            return match kind.role {
                SectionRole::Ignored => Fate::Ignored(self.ignored_reason()),
                SectionRole::Introduction => Fate::Ignored(INTRODUCTION.to_owned()),
                _ => Fate::Consumed("section"),
            };
        }
        let within = self.section.role == Some(SectionRole::Ignored);
        if within && heading.level > self.section.level {
            return Fate::Ignored(self.ignored_reason());
        }
        self.unknown_heading(&opening)
    }

    fn unknown_heading(&mut self, opening: &Opening<'_>) -> Fate {
        self.close_section();
        self.section = Section {
            role: None,
            heading: Some(opening.text.into()),
            anchor: opening.anchor.map(Arc::from),
            level: opening.level,
            ..Section::default()
        };
        let place = self.place(opening.span);
        self.survey_heading(opening.text, opening.level, &place);
        self.diagnostics.push(
            Diagnostic::new(
                rules::UNKNOWN_HEADING,
                place,
                format!(
                    "found the heading `{}`, which the dialect doesn't know",
                    opening.text
                ),
            )
            .help(format!(
                "the content below it isn't read; add the heading to a [[section]] of the \
                 dialect `{}`, or give it the role `prose` or `ignored`",
                self.dialect.name
            )),
        );
        Fate::Unknown
    }

    /// A paragraph that opens a section, where the dialect says it may.
    pub(super) fn paragraph_heading(&mut self, plain: &str, span: Span) -> Option<Fate> {
        let (kind, captures) = self.dialect.paragraph_section(plain)?;
        if self.section.role == Some(SectionRole::Ignored) {
            return None;
        }
        let opening = Opening {
            text: plain,
            anchor: None,
            level: PARAGRAPH,
            span,
        };
        self.go_on(kind.role, PARAGRAPH);
        self.open(kind, &captures, &opening);
        Some(match kind.role {
            SectionRole::Ignored => Fate::Ignored(self.ignored_reason()),
            _ => Fate::Consumed("section"),
        })
    }

    /// Enters a section of this role.
    fn enter(&mut self, role: SectionRole, opening: &Opening<'_>) {
        self.close_section();
        self.only_words = false;
        let above = self.section.anchor.take();
        self.section = Section {
            role: Some(role),
            heading: Some(opening.text.into()),
            anchor: opening.anchor.map(Arc::from).or(above),
            level: opening.level,
            ..Section::default()
        };
    }

    /// Opens a section; bodies begin with their heading, with or without a table.
    fn open(&mut self, kind: &SectionKind, captures: &Captures<'_, '_>, opening: &Opening<'_>) {
        let role = match kind.role {
            SectionRole::Operation => SectionRole::Start,
            role => role,
        };
        let goes_on = self.type_that_goes_on(kind, captures, opening.level);
        self.change_subject(kind, goes_on, opening.level);
        self.enter(role, opening);
        self.section.reason.clone_from(&kind.reason);
        let by_words = || self.dialect.required.by_heading(opening.text);
        self.section.required = kind.required.or_else(by_words);
        let body = self.body_of_heading(captures, opening.span);
        self.section.media_types.clone_from(&body.media_types);
        let captured = |name| captures.get(name).map(str::to_owned);
        if kind.role == SectionRole::Type {
            self.subject = Subject::Type(goes_on.unwrap_or(self.types.len()));
            if goes_on.is_none() {
                self.type_levels.push(opening.level);
                self.types.push(TypeFact::new(body));
            }
            return;
        }
        if kind.role == SectionRole::Operation {
            self.name_next(&captured("title").unwrap_or_else(|| opening.text.to_owned()));
        }
        if let Some(status) = captured("status") {
            self.section.status = status_of(&status);
            self.status_of_section(opening.span);
        }
        let part = match role {
            SectionRole::RequestBody => self.request_part(),
            SectionRole::ResponseBody if !self.section.is_error() || !body.is_bare() => {
                self.response_part()
            }
            SectionRole::Response if !body.label.is_empty() => self.response_part(),
            _ => return,
        };
        self.label_of_heading(part, &body, opening.span);
        self.open_body(part, body);
    }

    /// The type above, if the heading of a type has no name, such as `Properties`, and
    /// continues that type.
    fn type_that_goes_on(
        &self,
        kind: &SectionKind,
        captures: &Captures<'_, '_>,
        level: u8,
    ) -> Option<usize> {
        let names = ["name", "type"].map(|it| captures.get(it).unwrap_or_default());
        let is_named = names.iter().any(|name| !name.is_empty());
        match kind.role {
            SectionRole::Type if !is_named => self.type_above(level),
            _ => None,
        }
    }

    /// Ends the current operation or type if a heading begins something else.
    fn change_subject(&mut self, kind: &SectionKind, goes_on: Option<usize>, level: u8) {
        let anew = match kind.role {
            SectionRole::Operation | SectionRole::Introduction => true,
            SectionRole::Type => goes_on.is_none(),
            _ => false,
        };
        match (kind.role, self.subject) {
            _ if !anew => {}
            // A type within an operation: the operation may continue below it.
            (SectionRole::Type, Subject::Operation) => {
                self.close_section();
                self.waiting = Some(level);
            }
            (SectionRole::Type, Subject::Type(_)) if self.waiting.is_some() => {
                self.close_section();
                self.waiting = self.waiting.map(|waiting| waiting.min(level));
            }
            _ => self.leave_subject(),
        }
    }

    /// What a heading states about a body. Without a name, the type is the label of the
    /// body.
    fn body_of_heading(&self, captures: &Captures<'_, '_>, span: Span) -> BodyFact {
        let captured = |name| captures.get(name).map(str::to_owned);
        let (label, type_label) = match (captured("name"), captured("type")) {
            (Some(name), ty) => (name, ty.unwrap_or_default()),
            (None, ty) => (ty.unwrap_or_default(), String::new()),
        };
        let media_types = captured("media").map(|it| table::media_types(&it));
        BodyFact {
            label,
            type_label,
            media_types: media_types.unwrap_or_default(),
            ..BodyFact::at(self.provenance(span, None))
        }
    }

    /// Reports a type of a body in a heading that the dialect doesn't know.
    fn label_of_heading(&mut self, part: Part, body: &BodyFact, span: Span) {
        let said = match part {
            // The label of a request in the heading is the name of an argument.
            Part::Request(_) => &body.type_label,
            Part::Response(_) => body.said(),
        };
        if self.operation().is_some() && !self.dialect.types.is_null(said) {
            let said = said.to_owned();
            self.type_cell(span, &said);
        }
    }

    /// Returns to the interrupted operation, if one of its headings follows a type inside
    /// it.
    fn go_on(&mut self, role: SectionRole, level: u8) {
        let is_own = matches!(
            role,
            SectionRole::Parameters
                | SectionRole::PathParameters
                | SectionRole::QueryParameters
                | SectionRole::Headers
                | SectionRole::RequestBody
                | SectionRole::Response
                | SectionRole::ResponseBody
                | SectionRole::ResponseHeaders
                | SectionRole::Samples
                | SectionRole::RequestSample
                | SectionRole::ResponseSample
        );
        if is_own && self.waiting.is_some_and(|waiting| level <= waiting) {
            self.close_section();
            self.waiting = None;
            self.subject = Subject::Operation;
        }
    }

    /// The type that a heading of this level without a name continues: the last one, or
    /// the type that contains it.
    fn type_above(&self, level: u8) -> Option<usize> {
        let Subject::Type(last) = self.subject else {
            return None;
        };
        let holds = |at: &usize| self.type_levels[*at] < level;
        Some((0..=last).rev().find(holds).unwrap_or(last))
    }

    /// The status that a heading documents.
    fn status_of_section(&mut self, span: Span) {
        let provenance = self.provenance(span, None);
        let status = self.section.status;
        if let (Some(status), Some(operation)) = (status, self.operation())
            && !operation.responses.iter().any(|it| it.status == status)
        {
            operation
                .responses
                .push(ResponseFact::of(status, provenance));
        }
    }

    pub(super) fn ignored_reason(&self) -> String {
        let reason = self.section.reason.clone();
        reason.unwrap_or_else(|| "ignored section".to_owned())
    }

    fn read_title(&self, text: &str, heading: &Heading, span: Span) -> Option<TitleFact> {
        let titles = &self.dialect.operation.title;
        let captures = titles.iter().find_map(|p| p.captures(text))?;
        let method = self.dialect.method(captures.get("method")?)?;
        let provenance = Provenance {
            page: self.page.path.clone(),
            heading: Some(text.into()),
            anchor: Some(heading.anchor.as_str().into()),
            row: None,
            position: Some(self.page.position(span.start)),
        };
        Some(TitleFact {
            method,
            path: captures.get("path")?.trim().to_owned(),
            provenance,
        })
    }
}
