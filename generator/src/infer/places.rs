//! Where things stand on pages, as findings have it.

use crate::{diagnostic::Place, model::Provenance};

/// The place of a provenance, for a diagnostic.
pub fn place(provenance: &Provenance) -> Place {
    match provenance.position {
        // Of a row, its name is meant.
        Some(position) => Place::at(&*provenance.page, position).words(provenance.row.as_deref()),
        None => Place::file(&*provenance.page),
    }
}
