//! Values of parameters in paths, queries, headers and cookies.

/// The value of a parameter; a slice has several values.
pub trait ParameterValue {
    /// Calls `f` with the text of each value.
    ///
    /// # Errors
    /// Returns the reason why a value can't be sent.
    fn each(&self, f: &mut dyn FnMut(&str)) -> Result<(), &'static str>;

    /// Whether it can have several values.
    #[doc(hidden)]
    fn is_list(&self) -> bool {
        false
    }
}

/// Joins the values with a separator.
///
/// # Errors
/// Returns the reason why a value can't be sent. An element that contains the separator is
/// refused, since it would be read as two.
pub(super) fn joined(value: &dyn ParameterValue, separator: char) -> Result<String, String> {
    let (mut joined, mut is_first, mut is_ambiguous) = (String::new(), true, false);
    value.each(&mut |text| {
        if !std::mem::take(&mut is_first) {
            joined.push(separator);
        }
        is_ambiguous |= value.is_list() && text.contains(separator);
        joined.push_str(text);
    })?;
    match is_ambiguous {
        true => Err(format!("an element contains the separator `{separator}`")),
        false => Ok(joined),
    }
}

/// Implements [`ParameterValue`] for types with a `Display`.
macro_rules! parameter_value {
    ($($type:ty),*) => {$(
        impl $crate::runtime::client::ParameterValue for $type {
            fn each(&self, f: &mut dyn FnMut(&str)) -> Result<(), &'static str> {
                f(&self.to_string());
                Ok(())
            }
        }
    )*};
}
pub(crate) use parameter_value;

parameter_value!(bool, i32, i64, u32, u64, usize);

/// Implements [`ParameterValue`] for types that are a text.
macro_rules! text_value {
    ($($type:ty),*) => {$(
        impl ParameterValue for $type {
            fn each(&self, f: &mut dyn FnMut(&str)) -> Result<(), &'static str> {
                f(self.as_ref());
                Ok(())
            }
        }
    )*};
}
text_value!(str, String, crate::DateTime);

impl ParameterValue for f64 {
    fn each(&self, f: &mut dyn FnMut(&str)) -> Result<(), &'static str> {
        match self.is_finite() {
            true => f(&self.to_string()),
            false => return Err("the number isn't finite"),
        }
        Ok(())
    }
}

impl<T: ParameterValue> ParameterValue for [T] {
    fn each(&self, f: &mut dyn FnMut(&str)) -> Result<(), &'static str> {
        self.iter().try_for_each(|value| value.each(f))
    }

    fn is_list(&self) -> bool {
        true
    }
}

impl<T: ParameterValue, const N: usize> ParameterValue for [T; N] {
    fn each(&self, f: &mut dyn FnMut(&str)) -> Result<(), &'static str> {
        self[..].each(f)
    }

    fn is_list(&self) -> bool {
        true
    }
}

impl<T: ParameterValue + ?Sized> ParameterValue for &T {
    fn each(&self, f: &mut dyn FnMut(&str)) -> Result<(), &'static str> {
        (**self).each(f)
    }

    fn is_list(&self) -> bool {
        (**self).is_list()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_are_joined_unless_that_is_ambiguous() {
        assert_eq!(joined(&[1, 2], ',').unwrap(), "1,2");
        assert_eq!(joined(&["a b", "c"], '|').unwrap(), "a b|c");
        // One value is what it is.
        assert_eq!(joined(&"a,b", ',').unwrap(), "a,b");
        for separator in [',', ' ', '|'] {
            let element = format!("a{separator}b");
            let reason = joined(&[element], separator).unwrap_err();
            assert!(reason.contains("contains the separator"), "{reason}");
        }
        assert_eq!(
            joined(&[1.0, f64::NAN], ',').unwrap_err(),
            "the number isn't finite"
        );
    }
}
