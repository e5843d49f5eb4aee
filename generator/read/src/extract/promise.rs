//! What is known about a page before it is walked: whether a block declares an operation
//! or a type, and the uid of the page's operation.

use super::table;
use crate::{
    dialect::{self, CodeRole, Dialect, SectionRole},
    document::{Block, BlockKind, Code, Document},
    source::Page,
};

/// Whether a block declares an operation or a type.
pub fn declares(block: &Block, dialect: &Dialect) -> bool {
    let words = &dialect.operation;
    match &block.kind {
        BlockKind::Heading(heading) => {
            let text = heading.text.to_plain();
            let mut kinds = dialect.sections.iter();
            let mut is_type = || {
                kinds.any(|kind| {
                    let opens = kind.has_level(heading.level) && kind.captures(&text).is_some();
                    kind.role == SectionRole::Type && opens
                })
            };
            words.declared(&words.headings, &text).is_some() || is_type()
        }
        BlockKind::Code(code) => {
            !words.routes(&code.text).is_empty() || is_signature_command(code, dialect)
        }
        BlockKind::Paragraph(text) if !words.paragraphs.is_empty() => words
            .declared(&words.paragraphs, &text.to_plain())
            .is_some(),
        BlockKind::List(list) => list.items.iter().flatten().any(|it| declares(it, dialect)),
        BlockKind::Table(table) => table::lists_operations(table, dialect),
        BlockKind::Component(it) => it.children.iter().any(|it| declares(it, dialect)),
        _ => false,
    }
}

/// Whether a block of code is a command where the dialect expects a signature.
fn is_signature_command(code: &Code, dialect: &Dialect) -> bool {
    let fits = |info: &String| info.eq_ignore_ascii_case(&code.info);
    let mut kinds = dialect.codes.iter();
    let is_kind = kinds.any(|it| it.role == CodeRole::Signature && it.info.iter().any(fits));
    let command = || dialect::command(&code.text);
    is_kind && command().is_some_and(|it| dialect.operation.route(&it.method, &it.url).is_some())
}

/// The uid in the page's metadata, else the file's stem if it looks like a uid.
pub fn uid_of(page: &Page, document: &Document, dialect: &Dialect) -> Option<String> {
    let keys = dialect.page.uid_keys.iter();
    let said = keys.filter_map(|key| document.meta(key)).next();
    let stem = || {
        let stem = page.stem();
        let pattern = dialect.page.uid_pattern.as_ref()?;
        pattern.is_match(stem).then_some(stem)
    };
    said.or_else(stem).map(str::to_owned)
}
