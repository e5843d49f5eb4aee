//! Sentences that state where the API is served.

use super::{Fate, ServerFact, Walk, sentences};
use crate::{
    document::{Block, BlockKind},
    source::Span,
};
use docwright_model::Text;

impl Walk<'_> {
    /// A paragraph that states where the API is served. If it states more, it is also
    /// prose.
    pub(super) fn server(&mut self, block: &Block) -> Option<Fate> {
        let BlockKind::Paragraph(text) = &block.kind else {
            return None;
        };
        // Most paragraphs have no URL.
        let has_url = |words: &str| words.contains("://");
        if self.dialect.operation.servers.is_empty() {
            return None;
        }
        let plain = text.to_plain();
        if self.served(&plain, block.span) {
            return Some(Fate::Consumed("server"));
        }
        for sentence in sentences::split(&plain).filter(|it| has_url(it)) {
            self.served(sentence, block.span);
        }
        None
    }

    /// Whether a sentence says where the API is served: a URL, or a path on any host.
    fn served(&mut self, sentence: &str, span: Span) -> bool {
        let patterns = self.dialect.operation.servers.iter();
        let found = patterns.filter_map(|it| it.captures(sentence));
        let is_one = |url: &str| {
            !url.contains(char::is_whitespace) && (url.contains("://") || url.starts_with('/'))
        };
        let mut found = found.filter(|it| it.get("url").is_some_and(is_one));
        let Some(captures) = found.next() else {
            return false;
        };
        let url = captures.get("url").unwrap_or_default();
        let url = url.trim_end_matches(['.', '/']).to_owned();
        if !self.servers.iter().any(|it| it.url == url) {
            let description = captures.get("description").filter(|it| !it.is_empty());
            self.servers.push(ServerFact {
                url,
                description: description.map(Text::from),
                provenance: self.provenance(span, None),
            });
        }
        true
    }
}
