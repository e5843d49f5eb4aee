//! Samples as examples.

use super::json::{Node, Object};
use crate::model::{Direction, Sample};

/// The samples that go one way and pass `here`.
pub fn of<'s>(
    samples: &[&'s Sample],
    direction: Direction,
    here: impl Fn(&Sample) -> bool,
) -> Vec<&'s Sample> {
    let samples = samples.iter().copied();
    samples
        .filter(|sample| sample.direction == direction && here(sample))
        .collect()
}

/// The examples of each media type: a sample stands under the type that its
/// `Content-Type` names, else under the first JSON type, else under the first.
pub fn by_media_type<'a>(media_types: &[&str], samples: &[&'a Sample]) -> Vec<Object<'a>> {
    let mut examples: Vec<_> = media_types.iter().map(|_| Object::new()).collect();
    for sample in samples {
        let Some(body) = &sample.body else { continue };
        let named = content_type(sample).and_then(|named| {
            let mut types = media_types.iter();
            types.position(|ty| ty.eq_ignore_ascii_case(named))
        });
        let json = || media_types.iter().position(|ty| ty.ends_with("json"));
        let index = named.or_else(json).unwrap_or(0);
        if let Some(examples) = examples.get_mut(index) {
            let key = match examples.len() {
                0 => "sample".to_owned(),
                count => format!("sample-{}", count + 1),
            };
            examples.insert(key, Object::of([("value", Node::Sample(body))]));
        }
    }
    examples
}

/// The media type of a sample's `Content-Type`, without its parameters.
fn content_type(sample: &Sample) -> Option<&str> {
    let mut headers = sample.headers.iter();
    let (_, value) = headers.find(|(name, _)| name.eq_ignore_ascii_case("Content-Type"))?;
    value.split(';').next().map(str::trim)
}
