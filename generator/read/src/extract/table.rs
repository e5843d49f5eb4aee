//! Tables: which kind one is, which column plays which role, and what a row
//! declares.

use std::{borrow::Cow, cmp::Reverse, sync::LazyLock};

use regex::Regex;

use crate::{
    dialect::{ColumnRole, Dialect, SectionRole, TableKind, TableRole},
    document::{Inline, Piece, Row, Table},
};
use docwright_model::Text;

/// A media type in running text, with its parameters (RFC 9110, section 8.3.1).
static MEDIA_TYPE: LazyLock<Regex> = LazyLock::new(|| {
    const NAME: &str = r"\b[A-Za-z0-9][A-Za-z0-9.+-]*/[A-Za-z0-9*][A-Za-z0-9.+*-]*";
    const PARAMETER: &str = r#"[ ]?;[ ]?[A-Za-z0-9-]+=(?:"[^"]*"|[A-Za-z0-9._+-]+)"#;
    Regex::new(&format!("{NAME}(?:{PARAMETER})*")).expect("is valid")
});

/// A table whose kind is known: its columns' roles, in order.
pub struct KnownTable<'d> {
    /// The kind.
    pub kind: &'d TableKind,
    /// The role of each column; `None` where the title isn't known.
    pub roles: Vec<Option<ColumnRole>>,
}

/// Finds the kind of a table by its column titles and by the section in which it stands.
/// A kind fits if the table has the title of its first column; of several, the one with
/// the most known titles is used, then the one with the fewest missing titles, then the
/// first one in the dialect.
///
/// A table without a row of titles either has them in its first row, or is of a kind
/// without titles.
pub fn kind_of<'d>(
    table: &Table,
    section: SectionRole,
    dialect: &'d Dialect,
) -> Option<KnownTable<'d>> {
    let kinds = || dialect.tables.iter().filter(|kind| kind.stands_in(section));
    let titles = titles(table.header.as_ref());
    if titles.iter().any(|title| !title.is_empty()) {
        return by_titles(&titles, kinds());
    }
    if let Some(known) = table.rows.first().and_then(|first| {
        let known = by_titles(&self::titles(Some(first)), kinds())?;
        known.roles.iter().all(Option::is_some).then_some(known)
    }) {
        return Some(known);
    }
    let columns = table.rows.iter().map(|row| row.cells.len()).max()?;
    let mut kinds = kinds().filter(|kind| kind.headerless);
    let kind = kinds.find(|kind| kind.columns.len() == columns)?;
    Some(KnownTable {
        kind,
        roles: kind.columns.iter().map(|(role, _)| Some(*role)).collect(),
    })
}

/// The words of a row's cells.
pub fn titles(row: Option<&Row>) -> Vec<String> {
    let cells = row.iter().flat_map(|row| &row.cells);
    cells.map(|cell| cell.text.to_plain()).collect()
}

fn by_titles<'d>(
    titles: &[String],
    kinds: impl Iterator<Item = &'d TableKind>,
) -> Option<KnownTable<'d>> {
    let fits = kinds
        .filter(|kind| !kind.headerless)
        .map(|kind| KnownTable {
            kind,
            roles: titles.iter().map(|title| role_of(title, kind)).collect(),
        })
        .filter(|known| {
            let has = |role| known.roles.contains(&Some(role));
            has(ColumnRole::Name) || (has(ColumnRole::Method) && has(ColumnRole::Path))
        });
    let rank = |table: &KnownTable<'_>| {
        let known = table.roles.iter().flatten().count();
        (
            known,
            Reverse(table.kind.columns.len().saturating_sub(known)),
        )
    };
    fits.reduce(|best, next| {
        if rank(&next) > rank(&best) {
            next
        } else {
            best
        }
    })
}

/// Whether a table lists operations, in any section.
pub fn lists_operations(table: &Table, dialect: &Dialect) -> bool {
    let mut kinds = dialect.tables.iter();
    kinds.any(|kind| kind.role == TableRole::Operations)
        && by_titles(&titles(table.header.as_ref()), dialect.tables.iter())
            .is_some_and(|known| known.kind.role == TableRole::Operations)
}

fn role_of(title: &str, kind: &TableKind) -> Option<ColumnRole> {
    let same = |(_, known): &&(ColumnRole, String)| known.eq_ignore_ascii_case(title);
    kind.columns.iter().find(same).map(|(role, _)| *role)
}

/// The cells of a row by their roles.
pub struct RowCells<'t> {
    /// The name's words.
    pub name: Cow<'t, str>,
    /// The name as written, with the spaces before it.
    pub name_text: Option<&'t Inline>,
    /// The type cell's words.
    pub ty: Cow<'t, str>,
    /// What a value is called.
    pub label: Option<String>,
    /// Where its link leads.
    pub link: Option<&'t str>,
    /// The cell that states where a parameter is sent.
    pub location: Option<String>,
    /// An operation's method and path.
    pub method: String,
    /// An operation's path.
    pub path: String,
    /// The cell that states whether it is required.
    pub required: Option<String>,
    /// The description.
    pub description: Option<&'t Inline>,
    /// Cells behind the last column.
    pub surplus: Vec<String>,
    /// Its depth below the row above, for items of lists.
    pub depth: usize,
}

impl KnownTable<'_> {
    /// Sorts a row's cells by role.
    pub fn cells<'t>(&self, row: &'t Row) -> RowCells<'t> {
        let mut cells = RowCells {
            name: Cow::default(),
            name_text: None,
            ty: Cow::default(),
            label: None,
            link: None,
            location: None,
            method: String::new(),
            path: String::new(),
            required: None,
            description: None,
            surplus: Vec::new(),
            depth: 0,
        };
        let surplus = row.cells.get(self.roles.len()..).unwrap_or_default();
        let is_shifted = surplus.iter().any(|cell| !cell.text.is_empty());
        for (index, cell) in row.cells.iter().enumerate() {
            match self.roles.get(index) {
                // The cells after the first one may belong to other columns.
                Some(_) if is_shifted && index > 0 => {}
                Some(Some(ColumnRole::Name)) => {
                    cells.name = cell.text.plain();
                    cells.name_text = Some(&cell.text);
                }
                Some(Some(ColumnRole::Location)) => cells.location = Some(cell.text.to_plain()),
                Some(Some(ColumnRole::Method)) => cells.method = cell.text.to_plain(),
                Some(Some(ColumnRole::Path)) => cells.path = cell.text.to_plain(),
                Some(Some(ColumnRole::Label)) => {
                    let words = cell.text.to_plain();
                    cells.label = (!words.is_empty()).then_some(words);
                }
                Some(Some(ColumnRole::Type)) => {
                    cells.ty = cell.text.plain();
                    cells.link = cell.text.link();
                }
                Some(Some(ColumnRole::Required)) => cells.required = Some(cell.text.to_plain()),
                Some(Some(ColumnRole::Description)) => cells.description = Some(&cell.text),
                Some(Some(ColumnRole::Ignored) | None) => {}
                None => cells.surplus.push(cell.text.to_plain()),
            }
        }
        cells.surplus.retain(|text| !text.is_empty());
        cells
    }

    /// Whether a row repeats the column titles, or the dashes below them.
    pub fn repeats_header(&self, row: &Row) -> bool {
        let dashes = |words: &str| {
            let dashes = words.trim_matches(':');
            dashes.len() > 2 && dashes.bytes().all(|byte| byte == b'-')
        };
        let mut words = row.cells.iter().map(|cell| cell.text.plain());
        if words.next().is_some_and(|first| dashes(&first))
            && words.all(|word| word.is_empty() || dashes(&word))
        {
            return true;
        }
        !self.kind.headerless
            && row.cells.len() == self.roles.len()
            && row.cells.iter().zip(&self.roles).all(|(cell, role)| {
                *role == role_of(&cell.text.plain(), self.kind) && role.is_some()
            })
    }
}

/// A description without the "required" marker (in strong emphasis at the start or the
/// end), and whether it was there.
pub fn split_required(inline: &Inline, marker: Option<&str>) -> (bool, Option<Text>) {
    let pieces = &inline.pieces;
    if let [Piece::Text(words)] = pieces.as_slice()
        && words.trim().len() == words.len()
    {
        return (false, some_text(inline.to_text()));
    }
    let blank = |piece: &Piece| matches!(piece, Piece::Text(text) if text.trim().is_empty());
    let first = pieces.iter().position(|p| !blank(p)).unwrap_or(0);
    let last = pieces
        .iter()
        .rposition(|p| !blank(p))
        .map_or(0, |at| at + 1);
    let inner = pieces.get(first..last).unwrap_or_default();
    let is_mark = |mark: &[Piece]| match (mark, marker) {
        ([Piece::StrongStart, Piece::Text(word), Piece::StrongEnd], Some(marker)) => {
            word.trim().eq_ignore_ascii_case(marker)
        }
        _ => false,
    };
    let (required, rest) = match inner.len().checked_sub(3) {
        Some(_) if is_mark(&inner[..3]) => (true, &inner[3..]),
        Some(end) if is_mark(&inner[end..]) => (true, &inner[..end]),
        _ => (false, inner),
    };
    let mut pieces = rest.to_vec();
    if let Some(Piece::Text(text)) = pieces.first_mut() {
        *text = text.trim_start().to_owned();
    }
    if let Some(Piece::Text(text)) = pieces.last_mut() {
        *text = text.trim_end().to_owned();
    }
    let rest = Inline { pieces };
    (required, some_text(rest.to_text()))
}

/// A description without the media types that it lists, and these.
pub fn split_media_types(inline: &Inline) -> (Option<Text>, Vec<String>) {
    let plain = inline.plain();
    let media_types = media_types(&plain);
    // The list is data; its introduction is the description.
    let start = MEDIA_TYPE.find(&plain).map_or(plain.len(), |m| m.start());
    let words = plain[..start].trim().trim_end_matches(':');
    (some_text(words.into()), media_types)
}

/// The media types that words list.
pub fn media_types(words: &str) -> Vec<String> {
    let found = MEDIA_TYPE.find_iter(words);
    found.map(|found| found.as_str().to_owned()).collect()
}

/// A text, unless it is empty.
pub fn some_text(text: Text) -> Option<Text> {
    (!text.plain().is_empty() || !text.markdown().is_empty()).then_some(text)
}
