//! Finds the required properties that an object doesn't have.

/// The required properties that were read so far.
#[derive(Debug)]
pub(super) struct Missing {
    fields: &'static [&'static str],
    /// Whether each field is required; empty if none is.
    required: &'static [bool],
    /// Whether each field was read; empty if none is required.
    came: Vec<bool>,
    /// Index of the field expected next: most objects have the documented order.
    next: usize,
}

impl Missing {
    /// No property was read yet.
    #[inline]
    pub(super) fn new(fields: &'static [&'static str], required: &'static [bool]) -> Self {
        Self {
            fields,
            required,
            came: vec![false; required.len()],
            next: 0,
        }
    }

    /// Records that a property was read.
    pub(super) fn came(&mut self, name: &str) {
        let is = |field: &&str| *field == name;
        let after = self.fields.get(self.next..).unwrap_or_default();
        let after = after.iter().position(is).map(|at| self.next + at);
        if let Some(at) = after.or_else(|| self.fields.iter().position(is)) {
            self.next = at + 1;
            if let Some(came) = self.came.get_mut(at) {
                *came = true;
            }
        }
    }

    /// Whether all required properties were read.
    #[inline]
    pub(super) fn is_empty(&self) -> bool {
        self.came.is_empty() || self.names().next().is_none()
    }

    /// Names of the missing required properties.
    pub(super) fn names(&self) -> impl Iterator<Item = &'static str> {
        let fields = self.fields.iter().zip(self.required.iter().zip(&self.came));
        let missing = fields.filter(|(_, (required, came))| **required && !**came);
        missing.map(|(name, _)| *name)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_came_is_not_missing() {
        let mut missing = Missing::new(&["Id", "Other", "Name"], &[true, false, true]);
        missing.came("Name");
        assert_eq!(missing.names().collect::<Vec<_>>(), ["Id"]);
        missing.came("Id");
        assert!(missing.is_empty());
        assert!(Missing::new(&["Other"], &[]).is_empty());
    }
}
