//! Path templates, such as `/a/{id}`.

/// A part of a path template.
#[derive(Debug, PartialEq)]
pub(crate) enum Part<'a> {
    Literal(&'a str),
    Parameter(&'a str),
}

/// Splits a path template at its parameters: `/a/{id}` into `/a/` and `id`.
pub(crate) fn parts(mut template: &str) -> impl Iterator<Item = Part<'_>> {
    std::iter::from_fn(move || {
        if let Some(rest) = template.strip_prefix('{') {
            let (name, rest) = rest.split_once('}')?;
            template = rest;
            return Some(Part::Parameter(name));
        }
        let end = template.find('{').unwrap_or(template.len());
        let (literal, rest) = template.split_at(end);
        template = rest;
        (!literal.is_empty()).then_some(Part::Literal(literal))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn templates_fall_into_parts() {
        let parts: Vec<_> = parts("/a/{id}/b{c}").collect();
        let expected = [
            Part::Literal("/a/"),
            Part::Parameter("id"),
            Part::Literal("/b"),
            Part::Parameter("c"),
        ];
        assert_eq!(parts, expected);
    }
}
