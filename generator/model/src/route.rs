//! Path templates: segments that mix literal text and parameters.

/// A piece of a segment of a path template.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PathPart<'p> {
    /// Text that stands in the path as it is.
    Literal(&'p str),
    /// A parameter, by its name.
    Parameter(&'p str),
}

/// The pieces of a path template, segment by segment: `/v1/bot{token}/{id}:stop`
/// is `v1`, `bot` and the parameter `token`, the parameter `id` and `:stop`. A brace
/// without its partner is literal text. Names of parameters may be repeated.
pub fn segments(path: &str) -> Vec<Vec<PathPart<'_>>> {
    let mut segments = Vec::new();
    let mut rest = path.strip_prefix('/').unwrap_or(path);
    let mut segment = Vec::new();
    loop {
        let stop = rest.find(['/', '{']).unwrap_or(rest.len());
        let (literal, behind) = rest.split_at(stop);
        if !literal.is_empty() {
            segment.push(PathPart::Literal(literal));
        }
        if let Some(behind) = behind.strip_prefix('/') {
            segments.push(std::mem::take(&mut segment));
            rest = behind;
        } else if let Some(inner) = behind.strip_prefix('{') {
            match inner.split_once('}') {
                Some((name, behind)) => {
                    segment.push(PathPart::Parameter(name));
                    rest = behind;
                }
                None => {
                    segment.push(PathPart::Literal(behind));
                    rest = "";
                }
            }
        } else {
            segments.push(segment);
            return segments;
        }
    }
}

/// The names of a path template's parameters in the path's order, repeated ones as often
/// as they stand there.
pub fn parameter_names(path: &str) -> impl Iterator<Item = &str> {
    segments(path)
        .into_iter()
        .flatten()
        .filter_map(|part| match part {
            PathPart::Parameter(name) => Some(name),
            PathPart::Literal(_) => None,
        })
}

/// A uid for an operation whose page has none: `get_batch_task_id`.
pub fn derived_uid(method: &str, path: &str) -> String {
    let parts = path.split('/').filter(|part| !part.is_empty());
    let words = parts.map(|part| part.trim_matches(['{', '}']));
    let mut uid = method.to_ascii_lowercase();
    for word in words {
        uid.push('_');
        uid.extend(word.chars().filter(|c| c.is_alphanumeric() || *c == '_'));
    }
    uid
}

#[cfg(test)]
mod tests {
    use super::{PathPart::*, *};

    #[test]
    fn segments_mix_literals_and_parameters() {
        assert_eq!(
            segments("/v1/bot{token}/{id}:stop"),
            [
                vec![Literal("v1")],
                vec![Literal("bot"), Parameter("token")],
                vec![Parameter("id"), Literal(":stop")],
            ]
        );
        assert_eq!(segments("/a/"), [vec![Literal("a")], vec![]]);
        assert_eq!(segments("/a{b"), [vec![Literal("a"), Literal("{b")]]);
    }

    #[test]
    fn names_may_be_repeated() {
        let names: Vec<_> = parameter_names("/boats/{id}/crew/{id}").collect();
        assert_eq!(names, ["id", "id"]);
    }
}
