//! The places on pages that show a change of a property: the type's own places may be on
//! unchanged pages.

use super::{collect::Comparison, members::At, types::common};
use docwright_model::{Direction, Property, Provenance};

impl<'a> Comparison<'a> {
    /// For an added or removed property, the row of the first affected operation on one
    /// side, and its table without the row on the other side.
    pub(super) fn shown(
        &self,
        at: &At<'a>,
        direction: Direction,
        property: &Property,
        is_old: bool,
    ) -> Option<(&'a Provenance, &'a Provenance)> {
        for way in [Direction::Response, Direction::Request] {
            if common(direction, way).is_none() {
                continue;
            }
            for index in self.graph.indices(at.node, way) {
                let (old, new) = self.pairs[index];
                let (with, without) = match is_old {
                    true => ((&self.tables.0, old), (&self.tables.1, new)),
                    false => ((&self.tables.1, new), (&self.tables.0, old)),
                };
                let name = Some(property.name.as_str());
                let row = with.0.place(with.1, way, name);
                let table = without.0.place(without.1, way, None);
                // A table of another type may have a row of this name, too.
                let is_other = without.0.place(without.1, way, name).is_some();
                if let (Some(row), Some(table), false) = (row, table, is_other) {
                    return Some((row, table));
                }
            }
        }
        None
    }

    /// The rows on both sides of the first operation whose page marks a property
    /// differently: other pages of the type may never have marked it.
    pub(super) fn marked(
        &self,
        at: &At<'a>,
        direction: Direction,
        name: &str,
    ) -> Option<(&'a Provenance, &'a Provenance)> {
        let ways = [Direction::Request, Direction::Response].into_iter();
        let mut ways = ways.filter(|way| common(direction, *way).is_some());
        ways.find_map(|way| {
            self.graph.indices(at.node, way).find_map(|index| {
                let (old, new) = self.pairs[index];
                let was = self.tables.0.listed(old, way, name)?;
                let is = self.tables.1.listed(new, way, name)?;
                (was.is_required() != is.is_required()).then_some((&was.provenance, &is.provenance))
            })
        })
    }
}
