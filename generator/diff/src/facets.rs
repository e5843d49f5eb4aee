//! Compares what pages state about a value besides its type.

use serde_json::Number;

use docwright_model::{Facet, Facets, Range};

use super::relate::is_stated;

/// A rule, and the old and the new words for it.
pub(super) type FacetChange = (&'static str, Option<String>, Option<String>);

/// What is stated differently: whether the value may be `null`, its default, its limits.
/// What only samples show isn't a change of the API.
pub(super) fn changes(old: &Facets, new: &Facets) -> Vec<FacetChange> {
    let mut changes = Vec::new();
    let (was, is) = (states_null(old), states_null(new));
    match (was, is) {
        (false, true) if !old.is_nullable() => changes.push(("became-nullable", None, None)),
        (true, false) if !new.is_nullable() => changes.push(("no-longer-nullable", None, None)),
        _ => {}
    }
    let text = |facets: &Facets| facets.default.as_ref().map(|it| it.value.to_string());
    let (was, is) = (text(old), text(new));
    if was != is {
        changes.push(("default-changed", was, is));
    }
    let (was, is) = (limits(old), limits(new));
    if was != is {
        let rule = match step(old, new) {
            Step::Narrower => "limits-narrowed",
            Step::Wider => "limits-widened",
            Step::Other => "limits-changed",
        };
        changes.push((rule, was, is));
    }
    changes
}

fn states_null(facets: &Facets) -> bool {
    let facet = facets.nullable.as_ref();
    facet.is_some_and(|it| it.value && is_stated(it.known))
}

/// All limits in words; `None` when there are none.
fn limits(facets: &Facets) -> Option<String> {
    fn range<T: ToString>(noun: &str, facet: Option<&Facet<Range<T>>>) -> Option<String> {
        let range = &facet?.value;
        let text = |limit: &Option<T>| limit.as_ref().map(T::to_string).unwrap_or_default();
        Some(format!(
            "{noun} {}..{}",
            text(&range.minimum),
            text(&range.maximum)
        ))
    }
    let parts = [
        range("value", facets.range.as_ref()),
        range("length", facets.length.as_ref()),
        range("items", facets.items.as_ref()),
        facets
            .pattern
            .as_ref()
            .map(|it| format!("pattern {}", it.value)),
    ];
    let parts: Vec<_> = parts.into_iter().flatten().collect();
    Some(parts.join(", ")).filter(|text| !text.is_empty())
}

/// How limits compare with those before.
enum Step {
    /// Some values are no longer allowed, and none is new.
    Narrower,
    /// All values are still allowed.
    Wider,
    /// Both, or nobody can tell.
    Other,
}

fn step(old: &Facets, new: &Facets) -> Step {
    let pattern = |facets: &Facets| facets.pattern.as_ref().map(|it| it.value.clone());
    let (was, is) = (pattern(old), pattern(new));
    // It is unknown which of two patterns accepts more.
    let (pattern_narrower, pattern_wider) = (was.is_none() || was == is, is.is_none() || was == is);
    let numbers = |facets: &Facets| {
        let number = |limit: &Option<Number>| limit.as_ref().and_then(Number::as_f64);
        bounds(facets.range.as_ref(), number)
    };
    let counts = |facet: Option<&Facet<Range<u64>>>| {
        // No page states a limit of more than 2^52.
        bounds(facet, |limit| limit.map(|it| it as f64))
    };
    let all = |facets: &Facets| {
        let (length, items) = (
            counts(facets.length.as_ref()),
            counts(facets.items.as_ref()),
        );
        [numbers(facets), length, items]
    };
    let mut both = all(old).into_iter().zip(all(new));
    let narrower = both.clone().all(|(was, is)| is.0 >= was.0 && is.1 <= was.1);
    let wider = both.all(|(was, is)| is.0 <= was.0 && is.1 >= was.1);
    match (narrower && pattern_narrower, wider && pattern_wider) {
        (true, _) => Step::Narrower,
        (_, true) => Step::Wider,
        _ => Step::Other,
    }
}

/// The two ends of a range, infinite where it has none.
fn bounds<T>(
    facet: Option<&Facet<Range<T>>>,
    number: impl Fn(&Option<T>) -> Option<f64>,
) -> (f64, f64) {
    let limit = |of: fn(&Range<T>) -> &Option<T>| facet.and_then(|it| number(of(&it.value)));
    (
        limit(|it| &it.minimum).unwrap_or(f64::NEG_INFINITY),
        limit(|it| &it.maximum).unwrap_or(f64::INFINITY),
    )
}
