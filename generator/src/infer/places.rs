//! Where things stand on pages, as findings have it.

use crate::{diagnostic::Place, model::Provenance};

/// The place of a provenance, for a diagnostic.
pub fn place(provenance: &Provenance) -> Place {
    Place::of(provenance)
}
