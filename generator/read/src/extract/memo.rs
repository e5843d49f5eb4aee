//! What cells were found to say. A reference says the same few thousand things
//! on thousands of pages: whoever reads one page after the other needs to make
//! sense of each of them only once.
//!
//! Nothing here depends on where a cell stands, so that what is remembered is
//! what would be found again.

use std::sync::Arc;

use foldhash::HashMap;

use super::{
    described::{Described, describe},
    table,
};
use crate::{
    dialect::Dialect,
    document::{Inline, Piece},
};
use docwright_model::Text;

/// How many different cells are remembered: a reference that repeats nothing
/// must not be kept in memory twice.
const MOST: usize = 1 << 13;

/// What was found so far, under one dialect.
#[derive(Debug, Default)]
pub struct Memo {
    texts: Known<Option<Text>>,
    marked: Known<Marked>,
    media_types: Known<(Option<Text>, Vec<String>)>,
}

/// A description without the mark that says "required", whether that was there, and
/// what the description says of the value.
type Marked = (bool, Option<Text>, Option<Arc<Described>>);

type Known<V> = HashMap<Vec<Piece>, V>;

impl Memo {
    /// The description that a cell makes, if it says anything.
    pub(super) fn text(&mut self, cell: &Inline) -> Option<Text> {
        let make = || table::some_text(cell.to_text());
        remembered(&mut self.texts, cell, make)
    }

    /// The same without the mark that says "required", whether that was there, and
    /// what it says.
    pub(super) fn marked(&mut self, cell: &Inline, dialect: &Dialect) -> Marked {
        let make = || {
            let (marked, text) = table::split_required(cell, dialect.required.marker.as_deref());
            let said = describe(cell, &dialect.wordings);
            (marked, text, said.map(Arc::new))
        };
        remembered(&mut self.marked, cell, make)
    }

    /// The same without the media types that it lists, and these.
    pub(super) fn media_types(&mut self, cell: &Inline) -> (Option<Text>, Vec<String>) {
        let make = || table::split_media_types(cell);
        remembered(&mut self.media_types, cell, make)
    }
}

fn remembered<V: Clone>(known: &mut Known<V>, cell: &Inline, make: impl FnOnce() -> V) -> V {
    if let Some(value) = known.get(cell.pieces.as_slice()) {
        return value.clone();
    }
    let value = make();
    if known.len() < MOST {
        known.insert(cell.pieces.clone(), value.clone());
    }
    value
}
