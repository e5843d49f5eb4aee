//! Conditions on rows.

use super::column::{InvalidQuery, Piece, Written, text, written};

/// Which rows to return: a condition made with [`column`](fn@super::column), or a text, which
/// is sent unchanged.
///
/// Conditions keep their meaning when they are joined: a condition gets parentheses if the
/// operators differ, a text always. A text whose parentheses or quotes don't match can
/// still change the query: don't build it from untrusted input.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Filter {
    text: Written,
    shape: Shape,
}

/// The structure of a filter, to decide where it needs parentheses.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Shape {
    /// One condition.
    Whole,
    /// Conditions that are joined by this operator.
    Joined(&'static str),
    /// Unknown, since it was given as text.
    Text,
}

impl Filter {
    /// The text that is sent.
    ///
    /// # Errors
    /// Returns an error if a part of it can't be sent.
    #[inline]
    pub fn text(&self) -> Result<&str, InvalidQuery> {
        text(&self.text)
    }

    #[inline]
    pub(crate) fn written(value: impl Into<Self>) -> Written {
        value.into().text
    }

    #[inline]
    pub(super) fn of_any(value: impl Into<Self>) -> Self {
        value.into()
    }

    /// One condition.
    #[inline]
    pub(super) fn of(pieces: &[&dyn Piece]) -> Self {
        Self {
            text: written(pieces),
            shape: Shape::Whole,
        }
    }

    /// Two conditions, joined by the operator `joint`.
    #[inline]
    pub(super) fn joined(self, joint: &'static str, other: Self) -> Self {
        let operand = |filter: &Self| match filter.shape {
            Shape::Whole => written(&[&Bare(filter)]),
            Shape::Joined(own) if own == joint => written(&[&Bare(filter)]),
            Shape::Joined(_) | Shape::Text => written(&[filter]),
        };
        let text =
            operand(&self).and_then(|before| Ok(format!("{before}{joint}{}", operand(&other)?)));
        Self {
            text,
            shape: Shape::Joined(joint),
        }
    }
}

/// A filter without parentheses.
struct Bare<'f>(&'f Filter);

impl Piece for Bare<'_> {
    #[inline]
    fn write(&self, to: &mut String) -> Result<(), InvalidQuery> {
        to.push_str(self.0.text()?);
        Ok(())
    }
}

/// A filter within another one, in parentheses.
impl Piece for Filter {
    #[inline]
    fn write(&self, to: &mut String) -> Result<(), InvalidQuery> {
        let text = self.text()?;
        if text.trim().is_empty() {
            return Err(InvalidQuery::new("a filter within another one is blank"));
        }
        to.push('(');
        to.push_str(text);
        to.push(')');
        Ok(())
    }
}

impl<T: AsRef<str> + ?Sized> From<&T> for Filter {
    #[inline]
    fn from(text: &T) -> Self {
        Self::from(text.as_ref().to_owned())
    }
}

impl From<String> for Filter {
    #[inline]
    fn from(text: String) -> Self {
        Self {
            text: Ok(text),
            shape: Shape::Text,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::column::column;
    use super::super::value::Value;
    use super::*;

    fn is(name: &str, value: impl Into<Value>) -> Filter {
        Filter::of(&[&column(name), &" is ", &value.into()])
    }

    fn and(a: Filter, b: impl Into<Filter>) -> Filter {
        a.joined(" and ", b.into())
    }

    fn or(a: Filter, b: impl Into<Filter>) -> Filter {
        a.joined(" or ", b.into())
    }

    fn not(filter: Filter) -> Filter {
        Filter::of(&[&"not ", &filter])
    }

    fn text(filter: &Filter) -> &str {
        filter.text.as_ref().unwrap()
    }

    #[test]
    fn conditions_of_one_operator_need_no_parentheses() {
        let [a, b, c] = [is("a", 1), is("b", "x"), is("c", true)];
        assert_eq!(text(&a), "a is 1");
        let left = and(and(a.clone(), b.clone()), c.clone());
        assert_eq!(text(&left), "a is 1 and b is 'x' and c is true");
        assert_eq!(and(a, and(b, c)).text, left.text);
    }

    #[test]
    fn parentheses_keep_what_is_meant() {
        let [a, b, c] = [is("a", 1), is("b", 2), is("c", 3)];
        let filter = and(or(a.clone(), b.clone()), c.clone());
        assert_eq!(text(&filter), "(a is 1 or b is 2) and c is 3");
        let filter = or(a.clone(), and(b.clone(), c.clone()));
        assert_eq!(text(&filter), "a is 1 or (b is 2 and c is 3)");
        let filter = not(or(a.clone(), b.clone()));
        assert_eq!(text(&filter), "not (a is 1 or b is 2)");
        let filter = and(not(not(a)), or(b, c));
        assert_eq!(text(&filter), "not (not (a is 1)) and (b is 2 or c is 3)");
    }

    #[test]
    fn a_text_is_sent_as_it_is_and_is_one_condition_in_others() {
        let filter = Filter::from("a is 1 or b is 2");
        assert_eq!(text(&filter), "a is 1 or b is 2");
        let filter = and(is("c", 3), filter);
        assert_eq!(text(&filter), "c is 3 and (a is 1 or b is 2)");
        assert_eq!(text(&Filter::from(String::new())), "");
        let error = and(is("c", 3), " ").text().unwrap_err();
        assert_eq!(error.to_string(), "a filter within another one is blank");
    }

    #[test]
    fn the_first_fault_is_the_error_of_the_whole() {
        let filter = or(and(is("a", f64::NAN), is("b b", 1)), is("c", 1));
        assert_eq!(
            filter.text().unwrap_err().to_string(),
            "the number isn't finite"
        );
        let error = not(is("b b", 1)).text().unwrap_err();
        assert!(error.to_string().contains("`b b`"), "{error}");
    }
}
