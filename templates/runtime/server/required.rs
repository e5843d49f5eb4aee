//! Which of the required names are still to come.

/// Names of required properties or parameters that didn't come yet.
///
/// It knows no types, so that it is compiled once, not for each struct that is read.
pub(crate) struct Missing(Vec<&'static str>);

impl Missing {
    /// None of the required ones came yet.
    pub(crate) fn all_of(required: &[&'static str]) -> Self {
        Self(required.to_vec())
    }

    /// Takes note of a name that came.
    pub(crate) fn came(&mut self, name: &str) {
        self.0.retain(|required| *required != name);
    }

    /// The first name that didn't come.
    pub(crate) fn first(&self) -> Option<&'static str> {
        self.0.first().copied()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_came_is_not_missing() {
        let mut missing = Missing::all_of(&["Id", "Name"]);
        missing.came("Id");
        missing.came("Other");
        assert_eq!(missing.first(), Some("Name"));
        missing.came("Name");
        assert_eq!(missing.first(), None);
    }
}
