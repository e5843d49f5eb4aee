//! Document + dialect → the facts of one page.
//!
//! The page is walked once, block by block. A heading opens a section, the
//! section and the dialect say what a table or a code block in it means, and
//! the ledger says of every block what became of it. Reading never fails: what
//! isn't understood is a diagnostic.

mod code;
mod dump;
mod facts;
mod ledger;
mod message;
mod rows;
mod table;

use std::sync::Arc;

pub use facts::{
    BodyFact, HeaderFact, OperationFacts, PageFacts, RowFact, SampleFact, StatusFact, TitleFact,
};
pub use ledger::{Fate, Ledger};

use crate::{
    diagnostic::{Diagnostic, Place},
    dialect::{Captures, Dialect, SectionRole},
    document::{Block, BlockKind, Document, Heading, prose},
    model::Provenance,
    source::{Page, Span},
};

/// Reads the facts of one page.
pub fn extract(page: &Page, document: &Document, dialect: &Dialect) -> PageFacts {
    let mut walk = Walk::new(page, document, dialect);
    for block in &document.blocks {
        walk.block(block);
    }
    walk.finish()
}

/// The section that the walk is in.
struct Section {
    /// Its role; `None` for a section that the dialect doesn't know.
    role: Option<SectionRole>,
    heading: Option<Arc<str>>,
    anchor: Option<Arc<str>>,
}

/// What a section's heading calls a body, and which type it gives it.
struct Label {
    name: String,
    ty: String,
}

impl Label {
    /// On answers the name is the type.
    fn new(captures: &Captures<'_, '_>) -> Self {
        let get = |key| captures.get(key).map(|text: &&str| text.trim().to_owned());
        let ty = get("type").unwrap_or_default();
        match get("name") {
            Some(name) => Self { name, ty },
            None => Self {
                name: ty,
                ty: String::new(),
            },
        }
    }
}

/// One page's walk.
struct Walk<'p> {
    page: &'p Page,
    dialect: &'p Dialect,
    /// The uid of the page's first operation.
    uid: Option<String>,
    section: Section,
    title: Option<TitleFact>,
    operations: Vec<OperationFacts>,
    /// Prose of the section so far: it becomes a description when the section
    /// ends.
    prose: Vec<Block>,
    ledger: Ledger,
    diagnostics: Vec<Diagnostic>,
    /// Whether any block declares an operation.
    has_operation: bool,
    /// Why the dialect leaves out the whole page, if it does.
    ignored: Option<&'p str>,
}

impl<'p> Walk<'p> {
    fn new(page: &'p Page, document: &Document, dialect: &'p Dialect) -> Self {
        let uid = uid_of(page, document, dialect);
        let has_operation = document.blocks.iter().any(|block| match &block.kind {
            BlockKind::Code(code) => code::signature(&code.text).is_some(),
            _ => false,
        });
        Self {
            page,
            dialect,
            uid,
            section: Section {
                role: Some(SectionRole::Start),
                heading: None,
                anchor: None,
            },
            title: None,
            operations: Vec::new(),
            prose: Vec::new(),
            ledger: Ledger::default(),
            diagnostics: Vec::new(),
            has_operation,
            ignored: dialect.ignores_page(page.stem()),
        }
    }

    fn block(&mut self, block: &Block) {
        let fate = self.fate(block);
        self.ledger.enter(block.kind.name(), &fate);
    }

    /// Reads a block, and says what became of it.
    fn fate(&mut self, block: &Block) -> Fate {
        if let BlockKind::Other(_) = block.kind {
            return Fate::Ignored("page chrome".to_owned());
        }
        if let Some(reason) = self.ignored {
            return Fate::Ignored(reason.to_owned());
        }
        if !self.has_operation {
            return self.without_operation(block);
        }
        match &block.kind {
            BlockKind::Heading(heading) => self.heading(heading, block),
            BlockKind::Paragraph(text) => {
                let plain = text.to_plain();
                if let Some(fate) = self.paragraph_heading(&plain, block.span) {
                    return fate;
                }
                if plain.starts_with('|') {
                    return self.broken_table(block.span);
                }
                self.words(block)
            }
            BlockKind::Table(table) => self.table(table, block.span),
            BlockKind::Code(code) => self.code(code, block),
            BlockKind::List(_) | BlockKind::Quote(_) => self.words(block),
            BlockKind::Rule => Fate::Ignored("thematic break".to_owned()),
            BlockKind::Other(_) => Fate::Unknown,
        }
    }

    /// A page that declares no operation, and that the dialect doesn't leave
    /// out, is a finding: once, not once a block.
    fn without_operation(&mut self, block: &Block) -> Fate {
        if self.ledger.total() == 0 {
            let place = self.place(block.span);
            self.diagnostics.push(
                Diagnostic::warning(
                    "page-without-operation",
                    place,
                    "found no operation on this page; nothing on it is read",
                )
                .help(format!(
                    "expected a code block with a method and a path, such as `GET /path`; if the \
                     page describes nothing of the API, name it under [[page.ignore]] in the \
                     dialect `{}`",
                    self.dialect.name
                )),
            );
        }
        Fate::Unknown
    }

    fn heading(&mut self, heading: &Heading, block: &Block) -> Fate {
        let text = heading.text.to_plain();
        if let Some((kind, captures)) = self.dialect.section(&text) {
            if kind.role == SectionRole::Prose && self.in_prose() {
                self.prose.push(block.clone());
                return Fate::Consumed("prose");
            }
            let label = Label::new(&captures);
            self.open(kind.role, &text, Some(&heading.anchor), label, block.span);
            return match &kind.reason {
                Some(reason) if kind.role == SectionRole::Ignored => Fate::Ignored(reason.clone()),
                _ => Fate::Consumed("section"),
            };
        }
        if let Some(title) = self.read_title(&text, heading, block.span) {
            self.close_section();
            self.section = self.section_named(Some(SectionRole::Start), &text, &heading.anchor);
            self.title = Some(title);
            return Fate::Consumed("title");
        }
        self.close_section();
        self.section = self.section_named(None, &text, &heading.anchor);
        let place = self.place(block.span);
        self.diagnostics.push(
            Diagnostic::warning(
                "unknown-heading",
                place,
                format!("found the heading `{text}`, which the dialect doesn't know"),
            )
            .help(format!(
                "what stands below it isn't read; add the heading to a [[section]] of the \
                 dialect `{}`, or give it the role `prose` or `ignored`",
                self.dialect.name
            )),
        );
        Fate::Unknown
    }

    /// A paragraph that opens a section, where the dialect says it may.
    fn paragraph_heading(&mut self, plain: &str, span: Span) -> Option<Fate> {
        let (kind, captures) = self.dialect.section(plain)?;
        if !kind.paragraph {
            return None;
        }
        let label = Label::new(&captures);
        self.open(kind.role, plain, None, label, span);
        Some(Fate::Consumed("section"))
    }

    fn section_named(&self, role: Option<SectionRole>, text: &str, anchor: &str) -> Section {
        Section {
            role,
            heading: Some(text.into()),
            anchor: Some(anchor.into()),
        }
    }

    /// Opens a section; bodies begin with their heading, table or not.
    fn open(
        &mut self,
        role: SectionRole,
        text: &str,
        anchor: Option<&str>,
        label: Label,
        span: Span,
    ) {
        self.close_section();
        self.section = Section {
            role: Some(role),
            heading: Some(text.into()),
            // A paragraph has no anchor of its own: the one above leads there.
            anchor: anchor.map(Arc::from).or(self.section.anchor.take()),
        };
        let provenance = self.provenance(span, None);
        let body = BodyFact {
            label: label.name,
            type_label: label.ty,
            description: None,
            rows: Vec::new(),
            provenance,
        };
        let Some(operation) = self.operations.last_mut() else {
            return;
        };
        match role {
            SectionRole::RequestBody => operation.request = Some(body),
            SectionRole::ResponseBody => operation.answer = Some(body),
            SectionRole::Response if !body.label.is_empty() => operation.answer = Some(body),
            _ => {}
        }
    }

    fn in_prose(&self) -> bool {
        self.section.role == Some(SectionRole::Start)
    }

    /// Turns the section's prose into the description of what it is about.
    fn close_section(&mut self) {
        if self.prose.is_empty() {
            return;
        }
        let text = table::some_text(prose(&std::mem::take(&mut self.prose)));
        let Some(operation) = self.operations.last_mut() else {
            return;
        };
        let description = match self.section.role {
            Some(SectionRole::Start) => &mut operation.description,
            Some(SectionRole::RequestBody) => match &mut operation.request {
                Some(body) => &mut body.description,
                None => return,
            },
            Some(SectionRole::Response | SectionRole::ResponseBody) => {
                match &mut operation.answer {
                    Some(body) => &mut body.description,
                    None => return,
                }
            }
            _ => return,
        };
        *description = description.take().or(text);
    }

    /// Words between headings, tables and code: the prose of the section.
    fn words(&mut self, block: &Block) -> Fate {
        match self.section.role {
            Some(SectionRole::Ignored) => Fate::Ignored("ignored section".to_owned()),
            Some(SectionRole::Start) if self.operations.is_empty() => {
                let place = self.place(block.span);
                self.diagnostics.push(Diagnostic::warning(
                    "words-before-operation",
                    place,
                    "found words above the operation's method and path; they aren't read",
                ));
                Fate::Unknown
            }
            Some(
                SectionRole::Start
                | SectionRole::RequestBody
                | SectionRole::Response
                | SectionRole::ResponseBody,
            ) => {
                self.prose.push(block.clone());
                Fate::Consumed("prose")
            }
            Some(_) => Fate::Ignored("prose in a section of tables or samples".to_owned()),
            // The unknown heading above has its diagnostic.
            None => Fate::Unknown,
        }
    }

    fn broken_table(&mut self, span: Span) -> Fate {
        let place = self.place(span);
        self.diagnostics.push(
            Diagnostic::warning(
                "broken-table",
                place,
                "found lines that look like a table's rows but don't form a table",
            )
            .help(
                "expected a row of column titles, then a row of dashes, each line with the same \
                 number of `|`; until this is mended, the rows are not read",
            ),
        );
        Fate::Unknown
    }

    fn read_title(&self, text: &str, heading: &Heading, span: Span) -> Option<TitleFact> {
        let captures = self.dialect.titles.iter().find_map(|p| p.captures(text))?;
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

    /// The provenance of something in the current section.
    fn provenance(&self, span: Span, row: Option<&str>) -> Provenance {
        Provenance {
            page: self.page.path.clone(),
            heading: self.section.heading.clone(),
            anchor: self.section.anchor.clone(),
            row: row.map(Arc::from),
            position: Some(self.page.position(span.start)),
        }
    }

    fn place(&self, span: Span) -> Place {
        let start = self.page.position(span.start);
        let text = self.page.text.get(span.start as usize..span.end as usize);
        let line = text.unwrap_or_default().lines().next().unwrap_or_default();
        let width = u32::try_from(line.trim_end().chars().count()).unwrap_or(1);
        Place {
            width: width.max(1),
            ..Place::at(&*self.page.path, start)
        }
    }

    fn finish(mut self) -> PageFacts {
        self.close_section();
        PageFacts {
            page: self.page.path.clone(),
            operations: self.operations,
            ledger: self.ledger,
            diagnostics: self.diagnostics,
        }
    }
}

/// The uid that the page's metadata say, else the file's stem when it looks
/// like one.
fn uid_of(page: &Page, document: &Document, dialect: &Dialect) -> Option<String> {
    let keys = dialect.page.uid_keys.iter();
    let said = keys.filter_map(|key| document.meta(key)).next();
    let stem = || {
        let stem = page.stem();
        let pattern = dialect.page.uid_pattern.as_ref()?;
        pattern.is_match(stem).then_some(stem)
    };
    said.or_else(stem).map(str::to_owned)
}
