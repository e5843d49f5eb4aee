//! One tree for the three forms of a page: headings, paragraphs, tables, code
//! blocks and lists, each with its span. Whoever reads a [`Document`] cannot
//! tell from which form it came; page text gets its headings and tables back
//! with the help of the dialect's vocabulary.

mod anchor;
mod drawn;
mod dump;
mod escape;
mod facts;
mod front_matter;
mod html;
mod inline;
mod markdown;
mod notes;
mod pipes;
mod prose;
mod relocate;
mod text;
mod write;

pub use html::{check_selector, read as read_html};
pub use inline::{Inline, Piece};
pub use markdown::read as read_markdown;
pub use prose::prose;
pub use text::read as read_text;

use crate::{
    dialect::Dialect,
    source::{Form, Page, Span},
};
use docwright_model::diagnostic::Diagnostic;

/// How deep lists and quotations nest in a tree; what a page nests deeper
/// stands on this level. Whoever walks a tree may recurse.
pub const DEEPEST: usize = 32;

/// A page as a tree.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Document {
    /// What the page says about itself, outside its text: front matter, and
    /// the attributes of an HTML article (`data-uid`, say).
    pub meta: Vec<(String, String)>,
    /// The page's content, in order.
    pub blocks: Vec<Block>,
    /// What of the page can't be read, or is read otherwise than it is written.
    pub diagnostics: Vec<Diagnostic>,
}

/// Reads a page, whatever its form.
pub fn read(page: &Page, dialect: &Dialect) -> Document {
    match page.form {
        Form::Markdown | Form::Mdx => read_markdown(page),
        Form::Html => read_html(page, &dialect.page.content, &dialect.page.skip),
        Form::Text => read_text(page, dialect),
    }
}

impl Document {
    /// The value of the first of these keys in the page's metadata.
    pub fn meta(&self, key: &str) -> Option<&str> {
        let found = self.meta.iter().find(|(name, _)| name == key);
        found.map(|(_, value)| value.as_str())
    }
}

/// A block and where it stands.
#[derive(Clone, Debug, PartialEq)]
pub struct Block {
    /// Where it stands in the page's text.
    pub span: Span,
    /// What it is.
    pub kind: BlockKind,
}

/// The kinds of blocks.
#[derive(Clone, Debug, PartialEq)]
pub enum BlockKind {
    /// A heading.
    Heading(Heading),
    /// A paragraph.
    Paragraph(Inline),
    /// A table.
    Table(Table),
    /// A code block.
    Code(Code),
    /// A list.
    List(List),
    /// A block quotation or another box around blocks.
    Quote(Vec<Block>),
    /// A component of MDX around blocks.
    Component(Component),
    /// A footnote's text. The marks that refer to it are in no text.
    Footnote(Vec<Block>),
    /// A thematic break.
    Rule,
    /// Something that is none of these, as text, such as a page's chrome.
    Other(String),
}

impl BlockKind {
    /// The kind's name, for messages and counts.
    pub fn name(&self) -> &'static str {
        match self {
            Self::Heading(_) => "heading",
            Self::Paragraph(_) => "paragraph",
            Self::Table(_) => "table",
            Self::Code(_) => "code block",
            Self::List(_) => "list",
            Self::Quote(_) => "quotation",
            Self::Component(_) => "component",
            Self::Footnote(_) => "footnote",
            Self::Rule => "rule",
            Self::Other(_) => "other",
        }
    }
}

/// A heading.
#[derive(Clone, Debug, PartialEq)]
pub struct Heading {
    /// From 1 to 6.
    pub level: u8,
    /// Its words.
    pub text: Inline,
    /// Its id on the published page, in GitHub's manner unless the page has
    /// its own.
    pub anchor: String,
}

/// A table. Rows may have fewer or more cells than the header.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Table {
    /// Its caption, a paragraph.
    pub caption: Option<Box<Block>>,
    /// The row of column titles, when the page marks one. Of several title rows
    /// it has the titles right above the cells.
    pub header: Option<Row>,
    /// The other rows.
    pub rows: Vec<Row>,
}

/// A table's row.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Row {
    /// Where it stands.
    pub span: Span,
    /// What it is to the table.
    pub kind: RowKind,
    /// Its cells. A cell that spans rows is in each of them; one that spans
    /// columns has blank cells behind it.
    pub cells: Vec<Cell>,
}

/// What a row is to its table.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum RowKind {
    /// Each cell belongs to the column above it. Missing cells are blank; in a row
    /// with more words than columns nobody knows which belong to which.
    #[default]
    Cells,
    /// Its only cell spans the whole width: words about the rows below or above,
    /// not a row.
    Spanning,
    /// It stands in the table's foot (`tfoot`): words about the rows above.
    Foot,
}

/// A cell of a table.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Cell {
    /// Where it stands.
    pub span: Span,
    /// What it says, without the tables in it.
    pub text: Inline,
    /// The tables in it.
    pub tables: Vec<Table>,
}

/// A code block.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Code {
    /// The first word of the fence's info string (`http!`), without `lang-`; page text gets it
    /// from the dialect. Empty when there is none.
    pub info: String,
    /// The code, with `\n` as line breaks and one at the end.
    pub text: String,
    /// Where the code's first character stands, in bytes.
    pub start: u32,
    /// The comment right above it that holds facts for machines: the JSON in
    /// `<!-- { "isCollection": true } -->`, as it is written.
    pub facts: Option<String>,
}

/// A component of MDX: `<Route method="GET">/boats</Route>`.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Component {
    /// Its name, as it is written.
    pub name: String,
    /// Its attributes, in order. A value in quotes or braces is without them; an
    /// attribute without a value has an empty one.
    pub attributes: Vec<(String, String)>,
    /// What stands in it, read as Markdown.
    pub children: Vec<Block>,
}

impl Component {
    /// The value of an attribute.
    pub fn attribute(&self, name: &str) -> Option<&str> {
        let found = self.attributes.iter().find(|(known, _)| known == name);
        found.map(|(_, value)| value.as_str())
    }
}

/// A list.
#[derive(Clone, Debug, PartialEq)]
pub struct List {
    /// Whether it is numbered.
    pub ordered: bool,
    /// Its items, each with blocks of its own.
    pub items: Vec<Vec<Block>>,
}
