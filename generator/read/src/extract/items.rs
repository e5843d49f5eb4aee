//! Lists whose items declare what the rows of a table declare: `name (string,
//! required): what it is called`.

use super::{Fate, Walk, table::RowCells};
use crate::{
    dialect::{Captures, ListKind, TableRole},
    document::{Block, BlockKind, Inline, List},
    source::Span,
};
use docwright_model::diagnostic::{Diagnostic, rules};

/// The separator between the paragraphs of an item, or between a term and its
/// description, for matching patterns.
const PARAGRAPH: &str = " ¶ ";

/// An item that has been read.
struct Item<'l> {
    block: &'l Block,
    words: String,
    /// Lists below it.
    inner: Vec<&'l List>,
}

impl Walk<'_> {
    /// Reads a list of a kind that the dialect knows by its first item; `None` for other
    /// lists.
    pub(super) fn list(&mut self, list: &List) -> Option<Fate> {
        let section = self.section.role?;
        let dialect = self.dialect;
        let first = item(list.items.first()?)?;
        let mut kinds = dialect.lists.iter();
        let kind =
            kinds.find(|kind| kind.stands_in(section) && kind.captures(&first.words).is_some())?;
        if kind.role == TableRole::Ignored {
            let reason = kind.reason.clone();
            return Some(Fate::Ignored(
                reason.unwrap_or_else(|| "ignored by the dialect".to_owned()),
            ));
        }
        let fate = self.fate_of_rows(kind.role);
        match fate {
            Fate::Consumed(_) => self.items(list, kind, 0),
            Fate::Ignored(_) => {}
            Fate::Unknown => return Some(self.unknown_list(first.block.span)),
        }
        Some(fate)
    }

    fn items(&mut self, list: &List, kind: &ListKind, depth: usize) {
        for blocks in &list.items {
            let Some(item) = item(blocks) else { continue };
            match kind.captures(&item.words) {
                Some(captures) => {
                    let get = |name| captures.get(name).unwrap_or_default();
                    let description = Inline::text(get("description"));
                    let cells = cells(&captures, &description, depth);
                    self.declare(kind.role, item.block.span, &cells);
                }
                None => self.unknown_item(&item, kind),
            }
            for inner in item.inner {
                self.items(inner, kind, depth + 1);
            }
        }
    }

    /// A list where parameters or headers are expected.
    pub(super) fn unknown_list(&mut self, span: Span) -> Fate {
        let place = self.place(span);
        let role = self
            .section
            .role
            .map(|role| role.to_string())
            .unwrap_or_default();
        self.diagnostics.push(
            Diagnostic::new(
                rules::UNKNOWN_LIST,
                place,
                "found a list that the dialect doesn't know in this section",
            )
            .help(format!(
                "its items are not read; if they are parameters, properties or values, add a \
                 [[list]] with `in = [\"{role}\"]` to the dialect `{}`, with `items` such as \
                 `{{name}} ({{type}}): {{description}}`",
                self.dialect.name
            )),
        );
        Fate::Unknown
    }

    fn unknown_item(&mut self, item: &Item<'_>, kind: &ListKind) {
        let place = self.place(item.block.span);
        let patterns: Vec<_> = kind
            .items
            .iter()
            .map(|it| format!("`{}`", it.source()))
            .collect();
        self.diagnostics.push(
            Diagnostic::new(
                rules::UNKNOWN_ITEM,
                place,
                format!("found the item `{}`, which is not read", item.words),
            )
            .help(format!(
                "expected the form of the other items: {}; add to the list's `items` in \
                 the dialect `{}`",
                patterns.join(" or "),
                self.dialect.name
            )),
        );
    }
}

/// The words of an item, and the lists below it.
fn item(blocks: &[Block]) -> Option<Item<'_>> {
    let block = blocks.first()?;
    let mut words: Vec<String> = Vec::new();
    let mut inner = Vec::new();
    for block in blocks {
        match &block.kind {
            BlockKind::Paragraph(text) => words.push(text.to_plain()),
            BlockKind::List(list) => inner.push(list),
            _ => {}
        }
    }
    let words = words.join(PARAGRAPH);
    (!words.is_empty()).then_some(Item {
        block,
        words,
        inner,
    })
}

/// An item's parts as the cells of a row.
fn cells<'t>(captures: &Captures<'_, '_>, description: &'t Inline, depth: usize) -> RowCells<'t> {
    let get = |name| captures.get(name).unwrap_or_default().to_owned();
    let some = |name| captures.get(name).map(str::to_owned);
    RowCells {
        name: get("name").into(),
        name_text: None,
        ty: get("type").into(),
        label: some("label"),
        link: None,
        location: some("location"),
        method: String::new(),
        path: String::new(),
        required: some("required"),
        description: (!description.pieces.is_empty()).then_some(description),
        surplus: Vec::new(),
        depth,
    }
}
