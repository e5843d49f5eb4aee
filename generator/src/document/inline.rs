//! Running text: words, code spans, emphasis, links and raw markup; and how it
//! is written as Markdown and as plain words.

/// A piece of running text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Piece {
    /// Words.
    Text(String),
    /// A code span's text.
    Code(String),
    /// The start of strong emphasis.
    StrongStart,
    /// Its end.
    StrongEnd,
    /// The start of emphasis.
    EmphasisStart,
    /// Its end.
    EmphasisEnd,
    /// The start of a link.
    LinkStart(String),
    /// Its end, with the same target.
    LinkEnd(String),
    /// A tag that Markdown has no word for (`<see cref="…">`), as on the page.
    Html(String),
    /// A line break that the page asks for.
    Break,
}

/// Running text.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Inline {
    /// The pieces, in order.
    pub pieces: Vec<Piece>,
}
