//! Values of query parameters.

/// What a query parameter's value can be; a slice is sent as one parameter per element.
pub trait QueryValue {
    /// Calls `f` with the text of each value; an error says why it can't be sent.
    ///
    /// # Errors
    /// Returns what is wrong with a value.
    fn each(&self, f: &mut dyn FnMut(&str)) -> Result<(), &'static str>;
}

/// The values of an array as a header or a cookie has them.
#[allow(dead_code, reason = "an API may have no arrays there")]
pub(crate) fn comma_separated<T: QueryValue>(values: &[T]) -> String {
    let mut texts = Vec::new();
    for value in values {
        let added = value.each(&mut |text| texts.push(text.to_owned()));
        // A number that isn't finite has no digits.
        added.unwrap_or_else(|_| texts.push(String::new()));
    }
    texts.join(",")
}

/// Implements [`QueryValue`] for types with a `Display`.
macro_rules! query_value {
    ($($type:ty),*) => {$(
        impl $crate::runtime::client::QueryValue for $type {
            fn each(&self, f: &mut dyn FnMut(&str)) -> Result<(), &'static str> {
                f(&self.to_string());
                Ok(())
            }
        }
    )*};
}
pub(crate) use query_value;

query_value!(bool, i32, i64, str, String, crate::DateTime);

impl QueryValue for f64 {
    fn each(&self, f: &mut dyn FnMut(&str)) -> Result<(), &'static str> {
        match self.is_finite() {
            true => f(&self.to_string()),
            false => return Err("the number isn't finite"),
        }
        Ok(())
    }
}

impl<T: QueryValue> QueryValue for [T] {
    fn each(&self, f: &mut dyn FnMut(&str)) -> Result<(), &'static str> {
        self.iter().try_for_each(|value| value.each(f))
    }
}

impl<T: QueryValue + ?Sized> QueryValue for &T {
    fn each(&self, f: &mut dyn FnMut(&str)) -> Result<(), &'static str> {
        (**self).each(f)
    }
}
