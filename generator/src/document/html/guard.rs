//! Stands between the tokenizer and the tree builder: drops what would make the
//! tree too deep or too large, and lets grow by itself what nests plainly.

use std::cell::Cell;

use html5ever::{
    LocalName, local_name,
    tendril::StrTendril,
    tokenizer::{Tag, TagKind, Token, TokenSink, TokenSinkResult},
    tree_builder::{TreeBuilder, TreeBuilderOpts},
};

use super::{
    nest::{self, Chunk},
    sink::{Handle, Sink, is_void},
    tags::Plain,
};

/// How deep elements may nest, as in browsers.
pub(super) const DEPTH: usize = 512;

/// What becomes of formatting tags.
#[derive(Clone, Copy, PartialEq)]
pub(super) enum Formatting {
    Keep,
    /// Tags like `<b>`, which HTML opens again in every paragraph until they
    /// are closed, are left out.
    Drop,
}

/// What the tokenizer feeds, with the tree builder behind it.
pub(super) struct Guard {
    pub(super) builder: TreeBuilder<Handle, Sink>,
    formatting: Formatting,
    /// Start tags dropped whose end tags are still to come.
    dropped: Cell<u32>,
    /// How many `<html>` and `<body>` tags came: each later one only adds
    /// attributes to the first, one by one.
    roots: Cell<u32>,
    /// Whether the last of the text was read to the end of a tag or comment,
    /// and what follows it is neither a script nor the like.
    pub(super) is_between: Cell<bool>,
    /// Whether all tags so far were of elements that leave HTML's rules for a
    /// page's body as they are: no element of running text has to be opened
    /// again, no table or template is open.
    is_tame: Cell<bool>,
    /// Whether a `<body>` tag came.
    has_body: Cell<bool>,
}

impl Guard {
    pub(super) fn new(sink: Sink, formatting: Formatting) -> Self {
        Self {
            builder: TreeBuilder::new(sink, TreeBuilderOpts::default()),
            formatting,
            dropped: Cell::default(),
            roots: Cell::default(),
            is_between: Cell::new(true),
            is_tame: Cell::new(true),
            has_body: Cell::default(),
        }
    }

    /// Takes what the tokenizer would have read.
    pub(super) fn process_plain(&self, Plain { tag, text, .. }: Plain) {
        // Such tokens change nothing about how the next is read.
        let _ = self.process_token(Token::TagToken(tag), 1);
        self.process_words(text);
    }

    fn process_words(&self, words: Option<StrTendril>) {
        if let Some(words) = words {
            let _ = self.process_token(Token::CharacterTokens(words), 1);
        }
        self.is_between.set(true);
    }

    /// Whether the element that this tag begins, which nests plainly, may be
    /// added to the tree as it is. In a table all rules begin anew. Elsewhere
    /// those matter for what came before; and without a `<body>` tag, frames may
    /// replace it all.
    pub(super) fn may_grow(&self, tag: &Tag) -> bool {
        let in_body = self.is_tame.get() && self.has_body.get();
        let fits = nest::is_table(&tag.name) || in_body && nest::stands_in_body(&tag.name);
        let depth = self.builder.sink.open.borrow().len() + nest::DEEPEST;
        let drops = self.formatting == Formatting::Drop || self.dropped.get() > 0;
        fits && depth < DEPTH && !drops
    }

    /// Adds an element that may grow, up to its end tag, which is the last of the
    /// chunks `inside` it. Whether that was done: html5ever may not want it.
    pub(super) fn grow(&self, plain: Plain, inside: &mut [Chunk]) -> bool {
        let (name, is_tame) = (plain.tag.name.clone(), self.is_tame.get());
        let is_there = self.begin(plain.tag);
        let Some((end, inside)) = inside.split_last_mut().filter(|_| is_there) else {
            self.process_words(plain.text);
            return false;
        };
        nest::grow(&self.builder.sink, &name, plain.text, inside);
        self.builder.sink.chunk.set((end.span.start, end.span.end));
        if let Some(plain) = end.plain.take() {
            self.process_plain(plain);
        }
        // It has its end, and nothing is left of it.
        self.is_tame.set(is_tame);
        true
    }

    /// Begins an element; whether the tree has it now, open.
    fn begin(&self, tag: Tag) -> bool {
        let sink = &self.builder.sink;
        let (name, before) = (tag.name.clone(), sink.places.borrow().len());
        let _ = self.process_token(Token::TagToken(tag), 1);
        self.is_between.set(true);
        let count = sink.places.borrow().len();
        let is_new = |(place, open): &(usize, LocalName)| *place + 1 == count && *open == name;
        count > before && sink.open.borrow().last().is_some_and(is_new)
    }

    fn drops(&self, tag: &Tag) -> bool {
        let name: &str = &tag.name;
        if self.formatting == Formatting::Drop && is_formatting(name) {
            return true;
        }
        if matches!(name, "html" | "body") && tag.kind == TagKind::StartTag {
            self.roots.set(self.roots.get() + 1);
            return self.roots.get() > 4;
        }
        let dropped = self.dropped.get();
        if tag.kind == TagKind::EndTag {
            self.dropped.set(dropped.saturating_sub(1));
            if dropped == 0 {
                self.builder.sink.close(&tag.name);
            }
            return dropped > 0;
        }
        if self.builder.sink.open.borrow().len() < DEPTH || is_void(name) {
            return false;
        }
        self.dropped.set(dropped + 1);
        true
    }
}

impl TokenSink for Guard {
    type Handle = Handle;

    fn process_token(&self, token: Token, line: u64) -> TokenSinkResult<Handle> {
        let is_markup = matches!(
            token,
            Token::TagToken(_) | Token::CommentToken(_) | Token::DoctypeToken(_)
        );
        if let Token::TagToken(tag) = &token {
            self.is_tame.set(self.is_tame.get() && is_tame(&tag.name));
            let is_body = tag.kind == TagKind::StartTag && tag.name == local_name!("body");
            self.has_body.set(self.has_body.get() || is_body);
        }
        let result = match &token {
            Token::TagToken(tag) if self.drops(tag) => TokenSinkResult::Continue,
            _ => self.builder.process_token(token, line),
        };
        if is_markup {
            self.is_between.set(result == TokenSinkResult::Continue);
        }
        result
    }

    fn end(&self) {
        self.builder.end();
    }

    fn adjusted_current_node_present_but_not_in_html_namespace(&self) -> bool {
        self.builder
            .adjusted_current_node_present_but_not_in_html_namespace()
    }
}

/// Whether tags of this name change no rules for what comes behind them, but
/// that an element may be open.
fn is_tame(name: &str) -> bool {
    matches!(
        name,
        "html"
            | "head"
            | "body"
            | "meta"
            | "link"
            | "title"
            | "script"
            | "style"
            | "noscript"
            | "article"
            | "button"
            | "div"
            | "footer"
            | "form"
            | "header"
            | "img"
            | "input"
            | "li"
            | "main"
            | "nav"
            | "ol"
            | "p"
            | "section"
            | "span"
            | "ul"
    )
}

/// The elements that HTML's "list of active formatting elements" holds.
fn is_formatting(name: &str) -> bool {
    matches!(
        name,
        "a" | "b"
            | "big"
            | "code"
            | "em"
            | "font"
            | "i"
            | "nobr"
            | "s"
            | "small"
            | "strike"
            | "strong"
            | "tt"
            | "u"
    )
}
