//! Path templates, such as `/a/{id}`.

/// A part of a path template.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Part<'a> {
    Literal(&'a str),
    Parameter(&'a str),
}

/// Splits a path template at its parameters: `/a/{id}` into `/a/` and `id`. An unmatched
/// brace is text.
pub(crate) fn parts(mut template: &str) -> impl Iterator<Item = Part<'_>> {
    std::iter::from_fn(move || {
        if let Some((name, rest)) = parameter(template) {
            template = rest;
            return Some(Part::Parameter(name));
        }
        let braces = template.match_indices('{').map(|(at, _)| at);
        let mut parameters = braces.filter(|at| parameter(&template[*at..]).is_some());
        let end = parameters.next().unwrap_or(template.len());
        let (literal, rest) = template.split_at(end);
        template = rest;
        (!literal.is_empty()).then_some(Part::Literal(literal))
    })
}

/// The name of the parameter at the start of a text, and the rest of the text.
fn parameter(text: &str) -> Option<(&str, &str)> {
    text.strip_prefix('{')?.split_once('}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn templates_fall_into_parts() {
        let parts: Vec<_> = parts("/a/{id}/b{c}{").collect();
        let expected = [
            Part::Literal("/a/"),
            Part::Parameter("id"),
            Part::Literal("/b"),
            Part::Parameter("c"),
            Part::Literal("{"),
        ];
        assert_eq!(parts, expected);
    }
}
