//! Stands between the tokenizer and the tree builder: drops what would make the
//! tree too deep or too large.

use std::cell::Cell;

use html5ever::{
    tokenizer::{Tag, TagKind, Token, TokenSink, TokenSinkResult},
    tree_builder::{TreeBuilder, TreeBuilderOpts},
};

use super::sink::{Handle, Sink, is_void};

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
}

impl Guard {
    pub(super) fn new(sink: Sink, formatting: Formatting) -> Self {
        Self {
            builder: TreeBuilder::new(sink, TreeBuilderOpts::default()),
            formatting,
            dropped: Cell::default(),
            roots: Cell::default(),
        }
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
        match &token {
            Token::TagToken(tag) if self.drops(tag) => TokenSinkResult::Continue,
            _ => self.builder.process_token(token, line),
        }
    }

    fn end(&self) {
        self.builder.end();
    }

    fn adjusted_current_node_present_but_not_in_html_namespace(&self) -> bool {
        self.builder
            .adjusted_current_node_present_but_not_in_html_namespace()
    }
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
