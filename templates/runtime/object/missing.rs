//! Which required properties of an object are still to come.

use super::Field;

/// The properties of an object that came, if any has to.
#[derive(Debug)]
pub(super) struct Missing {
    fields: &'static [Field],
    /// For each field whether it came; empty if none is required.
    came: Vec<bool>,
    /// Where the next field is expected: most objects are written in the documented order.
    next: usize,
}

impl Missing {
    /// None of the required ones came yet.
    #[inline]
    pub(super) fn new(fields: &'static [Field], required: usize) -> Self {
        let came = match required {
            0 => Vec::new(),
            _ => vec![false; fields.len()],
        };
        Self {
            fields,
            came,
            next: 0,
        }
    }

    /// Takes note of a required property that came.
    pub(super) fn came(&mut self, name: &str) {
        let is = |field: &Field| field.name == name;
        let after = self.fields.get(self.next..).unwrap_or_default();
        let after = after.iter().position(is).map(|at| self.next + at);
        if let Some(at) = after.or_else(|| self.fields.iter().position(is)) {
            self.next = at + 1;
            if let Some(came) = self.came.get_mut(at) {
                *came = true;
            }
        }
    }

    /// Whether all of the required ones came.
    #[inline]
    pub(super) fn is_empty(&self) -> bool {
        self.came.is_empty() || self.names().next().is_none()
    }

    /// Names of the required ones that didn't come.
    pub(super) fn names(&self) -> impl Iterator<Item = &'static str> {
        let fields = self.fields.iter().zip(&self.came);
        let missing = fields.filter(|(field, came)| field.required && !**came);
        missing.map(|(field, _)| field.name)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_came_is_not_missing() {
        const FIELDS: &[Field] = &[
            Field::required("Id"),
            Field::optional("Other"),
            Field::nullable("Name"),
        ];
        let mut missing = Missing::new(FIELDS, 2);
        missing.came("Name");
        assert_eq!(missing.names().collect::<Vec<_>>(), ["Id"]);
        missing.came("Id");
        assert!(missing.is_empty());
        assert!(Missing::new(&FIELDS[1..2], 0).is_empty());
    }
}
