//! Writes running text as CommonMark. Words that would be read as markup are
//! escaped, and no others; what has no sound form in Markdown (emphasis that
//! begins or ends inside a word, say) is written with HTML's tags.
//!
//! pulldown-cmark-to-cmark 23 was tried in its place: it escapes words that are no
//! markup (`[a]`), writes a break as blanks at a line's end, and a tag alone on its line
//! became an HTML block, so that the words below it were other ones when read again.

use super::{
    Inline, Piece,
    escape::{block_marker, destination, is_entity, tag_name},
    html::is_block_tag,
};

/// How many emphases and links may be open at once.
const MOST_PAIRS: usize = 8;

impl Inline {
    /// The text as CommonMark, on one line except for breaks.
    pub fn to_markdown(&self) -> String {
        if let Some(words) = self.only_words() {
            return words.to_owned();
        }
        Writer::new(&self.pieces).write()
    }
}

struct Writer<'a> {
    pieces: &'a [Piece],
    /// For each start or end, the index of its partner.
    partners: Vec<Option<usize>>,
    out: String,
    /// Where the current line starts in `out`.
    line: usize,
    /// Whether white space is due before the next thing that shows.
    space: bool,
    /// Whether a pair has just begun: white space stands before it already.
    begun: bool,
    /// Whether brackets are inside a link's text.
    in_link: bool,
    /// How many pairs are open.
    depth: usize,
    /// How each pair is written.
    forms: Vec<Form>,
}

#[derive(Clone, Copy, PartialEq)]
enum Form {
    Markdown,
    Html,
    Dropped,
}

impl<'a> Writer<'a> {
    fn new(pieces: &'a [Piece]) -> Self {
        let partners = partners(pieces);
        Self {
            pieces,
            forms: vec![Form::Dropped; pieces.len()],
            partners,
            out: String::new(),
            line: 0,
            space: false,
            begun: false,
            in_link: false,
            depth: 0,
        }
    }

    fn write(mut self) -> String {
        for at in 0..self.pieces.len() {
            match &self.pieces[at] {
                Piece::Text(words) => self.text(words, at),
                Piece::Code(code) => self.code(code),
                Piece::Break => self.line_break(at),
                Piece::Html(tag) => self.tag(tag),
                Piece::LinkStart(_) => self.link_start(at),
                Piece::LinkEnd(target) => self.link_end(at, target),
                Piece::StrongStart | Piece::EmphasisStart => self.emphasis_start(at),
                Piece::StrongEnd | Piece::EmphasisEnd => self.emphasis_end(at),
            }
        }
        self.out
    }

    /// Writes the white space that is due, unless the line is still empty.
    fn flush_space(&mut self) {
        let begun = std::mem::take(&mut self.begun);
        if std::mem::take(&mut self.space) && self.out.len() > self.line && !begun {
            self.out.push(' ');
        }
    }

    fn text(&mut self, words: &str, at: usize) {
        let is_space = |letter: char| matches!(letter, ' ' | '\n' | '\t' | '\r' | '\x0b' | '\x0c');
        self.space |= words.starts_with(is_space);
        let next = self.pieces.get(at + 1);
        let mut parts = words
            .split(is_space)
            .filter(|word| !word.is_empty())
            .peekable();
        let mut first = true;
        while let Some(word) = parts.next() {
            self.space |= !std::mem::take(&mut first);
            self.flush_space();
            // White space before a pair's end goes behind it.
            let apart = words.ends_with(is_space) && !next.is_some_and(is_end);
            let glued = next.filter(|_| parts.peek().is_none() && !apart);
            let last_of_line = parts.peek().is_none()
                && !self.pieces[at + 1..]
                    .iter()
                    .take_while(|piece| **piece != Piece::Break)
                    .any(Piece::is_content);
            self.word(word, last_of_line, glued);
        }
        self.space |= words.ends_with(is_space);
    }

    /// Writes a word; `last` when nothing follows on its line, `glued` what
    /// follows it without a space.
    fn word(&mut self, word: &str, last: bool, glued: Option<&Piece>) {
        let at_start = self.out.len() == self.line;
        if at_start && let Some(marker) = block_marker(word, last) {
            self.out.push_str(&word[..marker]);
            self.out.push('\\');
            self.out.push_str(&word[marker..=marker]);
            self.inside(word, marker + 1, glued);
        } else {
            self.inside(word, 0, glued);
        }
    }

    /// Writes a word from byte `from`, escaping inline markup.
    fn inside(&mut self, word: &str, from: usize, glued: Option<&Piece>) {
        let mut written = from;
        // `<1@x.y>` is a link.
        let may_be_mail = glued.is_some() || word.contains('@');
        for (offset, letter) in word[from..].match_indices(is_special) {
            let at = from + offset;
            self.out.push_str(&word[written..at]);
            let letter = letter.chars().next().unwrap_or_default();
            written = at + letter.len_utf8();
            let rest = &word[at + letter.len_utf8()..];
            let next = rest.chars().next();
            let before = word[..at].chars().next_back();
            let in_word = |side: Option<char>| side.is_some_and(char::is_alphanumeric);
            let escape = match letter {
                '\\' => next.map_or(glued.is_some(), |next| next.is_ascii_punctuation()),
                '`' | '[' => true,
                ']' => self.in_link,
                // Alone between spaces these are only signs.
                '*' | '~' => next.is_some() || glued.is_some() || !self.out.ends_with(' '),
                '_' => !(in_word(before) && in_word(next)),
                '<' => next.map_or(glued.is_some(), |next| {
                    next.is_ascii_alphabetic()
                        || matches!(next, '/' | '!' | '?')
                        || next.is_ascii_graphic() && may_be_mail
                }),
                '&' => is_entity(rest, glued.is_some()),
                '!' => next.is_none() && matches!(glued, Some(Piece::LinkStart(_))),
                _ => false,
            };
            match letter {
                // CommonMark reads NUL as the replacement character.
                '\0' => self.out.push('\u{fffd}'),
                _ => {
                    if escape {
                        self.out.push('\\');
                    }
                    self.out.push(letter);
                }
            }
        }
        self.out.push_str(&word[written..]);
    }

    fn code(&mut self, code: &str) {
        let code = code.replace(['\n', '\r'], " ").replace('\0', "\u{fffd}");
        if code.is_empty() {
            return;
        }
        self.flush_space();
        // A code span next to another one would lengthen its fence.
        if self.out.ends_with('`') && self.out.len() > self.line {
            self.out.push_str("<!-- -->");
        }
        let mut longest = 0;
        let mut run = 0;
        for letter in code.chars() {
            run = if letter == '`' { run + 1 } else { 0 };
            longest = longest.max(run);
        }
        let fence = "`".repeat(longest + 1);
        let padded = code.starts_with('`')
            || code.ends_with('`')
            || (code.starts_with(' ') && code.ends_with(' ') && !code.trim().is_empty());
        let pad = if padded { " " } else { "" };
        // A fence of three at the start of a line opens a code block when no
        // other backtick follows; the closing fence follows on this line.
        self.out
            .push_str(&format!("{fence}{pad}{code}{pad}{fence}"));
    }

    fn line_break(&mut self, at: usize) {
        self.space = false;
        let line = &self.out[self.line..];
        if line.is_empty() || !self.pieces[at + 1..].iter().any(Piece::is_content) {
            return;
        }
        // A line that is one tag would be an HTML block; so would one that
        // consists of tags that open pairs.
        if line.starts_with('<') || self.depth > 0 {
            self.out.push_str("<br>");
        } else {
            self.out.push_str("\\\n");
            self.line = self.out.len();
        }
    }

    fn tag(&mut self, tag: &str) {
        let at_start = self.out.len() == self.line;
        let Some(name) = tag_name(tag) else { return };
        if !(at_start && is_block_tag(name)) {
            self.flush_space();
            self.out.push_str(tag);
        }
    }

    fn link_start(&mut self, at: usize) {
        let Some(end) = self.written_pair(at).filter(|_| !self.in_link) else {
            return;
        };
        self.leading_space(at);
        self.flush_space();
        // A bracket in code would end the label of a link reference definition
        // (CommonMark 0.31, section 4.7), which only starts a line.
        let brackets = |piece: &Piece| match piece {
            Piece::Code(text) | Piece::Html(text) => text.contains(']'),
            _ => false,
        };
        let at_start = self.out.len() == self.line;
        let form = if at_start && self.pieces[at..end].iter().any(brackets) {
            Form::Html
        } else {
            Form::Markdown
        };
        self.forms[at] = form;
        self.forms[end] = form;
        self.in_link = true;
        self.depth += 1;
        self.begun = true;
        match (form, &self.pieces[at]) {
            (Form::Html, Piece::LinkStart(target)) => {
                let target = target.split_whitespace().collect::<Vec<_>>().join("%20");
                let target = target.replace('&', "&amp;").replace('"', "&quot;");
                self.out.push_str(&format!("<a href=\"{target}\">"));
            }
            _ => self.out.push('['),
        }
    }

    fn link_end(&mut self, at: usize, target: &str) {
        if self.forms[at] == Form::Dropped {
            return;
        }
        self.in_link = false;
        self.depth -= 1;
        match self.forms[at] {
            Form::Html => self.out.push_str("</a>"),
            _ => self.out.push_str(&format!("]({})", destination(target))),
        }
    }

    /// The end of the pair that starts at `at`; `None` when it isn't written:
    /// it has no partner, holds nothing, or nests deeper than anyone means.
    fn written_pair(&self, at: usize) -> Option<usize> {
        let end = self.partners[at].filter(|_| self.depth < MOST_PAIRS)?;
        self.pieces[at + 1..end]
            .iter()
            .any(Piece::is_content)
            .then_some(end)
    }

    /// White space that a pair starts with goes before its marker.
    fn leading_space(&mut self, at: usize) {
        let first = self.pieces[at + 1..].iter().find(|piece| !is_marker(piece));
        if let Some(Piece::Text(words)) = first {
            self.space |= words.starts_with([' ', '\n']);
        }
    }

    fn emphasis_start(&mut self, at: usize) {
        let Some(end) = self.written_pair(at) else {
            return;
        };
        self.leading_space(at);
        self.flush_space();
        let form = self.emphasis_form(at, end);
        self.forms[at] = form;
        self.forms[end] = form;
        self.depth += 1;
        let marker = self.marker(at, form, false);
        self.out.push_str(marker);
        self.begun = true;
    }

    fn emphasis_end(&mut self, at: usize) {
        let form = self.forms[at];
        if form != Form::Dropped {
            self.depth -= 1;
            let marker = self.marker(at, form, true);
            self.out.push_str(marker);
        }
    }

    fn marker(&self, at: usize, form: Form, end: bool) -> &'static str {
        let strong = matches!(self.pieces[at], Piece::StrongStart | Piece::StrongEnd);
        match (form, strong, end) {
            (Form::Markdown, true, _) => "**",
            (Form::Markdown, false, _) => "*",
            (_, true, false) => "<strong>",
            (_, true, true) => "</strong>",
            (_, false, false) => "<em>",
            (_, false, true) => "</em>",
        }
    }

    /// Stars are sound around words that begin and end with a letter or digit
    /// and stand apart from others; everything else takes tags (CommonMark
    /// 0.31, section 6.2, has the rules in full).
    fn emphasis_form(&self, start: usize, end: usize) -> Form {
        let inner = &self.pieces[start + 1..end];
        let begins = match inner.first() {
            Some(Piece::Text(words)) => words
                .trim_start_matches([' ', '\n'])
                .starts_with(char::is_alphanumeric),
            _ => false,
        };
        let ends = match inner.last() {
            Some(Piece::Text(words)) => words.ends_with(char::is_alphanumeric),
            _ => false,
        };
        // A full stop at the end is common in prose, and sound before a space.
        let before = self.out[self.line..].chars().next_back();
        let after = match self.pieces.get(end + 1) {
            None | Some(Piece::Break) => None,
            Some(Piece::Text(words)) => words.chars().next(),
            Some(_) => Some('x'),
        };
        let apart = |side: Option<char>| side.is_none_or(|side| side == ' ' || side == '\n');
        let closes = match inner.last() {
            Some(Piece::Text(words)) => !words.ends_with([' ', '\n', '*', '\u{a0}']),
            Some(Piece::Code(_)) => true,
            _ => false,
        };
        let opens_apart = match inner.first() {
            Some(Piece::Text(words)) => words
                .trim_start_matches([' ', '\n'])
                .starts_with(|first: char| !first.is_whitespace() && first != '*'),
            Some(Piece::Code(_)) => true,
            _ => false,
        };
        let left =
            apart(before) && opens_apart || begins && before.is_some_and(|c| "(\"'/-,".contains(c));
        let right =
            apart(after) && closes || ends && after.is_some_and(|c| "):;,.\"'/-?!".contains(c));
        let nested = inner.iter().any(is_marker);
        let at_start = before.is_none() && !begins;
        if left && right && !nested && !at_start {
            Form::Markdown
        } else {
            Form::Html
        }
    }
}

/// Whether a letter within a word might be markup.
fn is_special(letter: char) -> bool {
    matches!(
        letter,
        '\\' | '`' | '[' | ']' | '*' | '~' | '_' | '<' | '&' | '!' | '\0'
    )
}

fn is_marker(piece: &Piece) -> bool {
    !matches!(
        piece,
        Piece::Text(_) | Piece::Code(_) | Piece::Html(_) | Piece::Break
    )
}

fn is_end(piece: &Piece) -> bool {
    matches!(
        piece,
        Piece::StrongEnd | Piece::EmphasisEnd | Piece::LinkEnd(_)
    )
}

/// Finds each start's end. Pairs that cross lose the inner one.
fn partners(pieces: &[Piece]) -> Vec<Option<usize>> {
    let mut partners = vec![None; pieces.len()];
    let mut open: Vec<usize> = Vec::new();
    for (at, piece) in pieces.iter().enumerate() {
        match piece {
            Piece::StrongStart | Piece::EmphasisStart | Piece::LinkStart(_) => open.push(at),
            Piece::StrongEnd | Piece::EmphasisEnd | Piece::LinkEnd(_) => {
                let start = open.iter().rposition(|start| {
                    matches!(
                        (&pieces[*start], piece),
                        (Piece::StrongStart, Piece::StrongEnd)
                            | (Piece::EmphasisStart, Piece::EmphasisEnd)
                            | (Piece::LinkStart(_), Piece::LinkEnd(_))
                    )
                });
                if let Some(start) = start {
                    partners[open[start]] = Some(at);
                    partners[at] = Some(open[start]);
                    open.truncate(start);
                }
            }
            _ => {}
        }
    }
    partners
}
