//! Samples as examples, if their schema allows them.

use serde_json::{Value, json};

use super::{Caveat, Context, Object};
use crate::conforms;
use docwright_model::{Direction, Facets, Sample, Type};

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

/// The samples of each media type: a sample belongs to the type in its `Content-Type`,
/// else to the first JSON type, else to the first type.
pub fn by_media_type<'s>(media_types: &[&str], samples: &[&'s Sample]) -> Vec<Vec<&'s Sample>> {
    let mut placed: Vec<_> = media_types.iter().map(|_| Vec::new()).collect();
    for sample in samples.iter().filter(|sample| sample.body.is_some()) {
        let named = content_type(sample).and_then(|named| {
            let mut types = media_types.iter();
            types.position(|ty| essence(ty).eq_ignore_ascii_case(named))
        });
        let json = || {
            media_types
                .iter()
                .position(|ty| essence(ty).ends_with("json"))
        };
        let index = named.or_else(json).unwrap_or(0);
        if let Some(samples) = placed.get_mut(index) {
            samples.push(*sample);
        }
    }
    placed
}

/// A media type without its parameters.
fn essence(media_type: &str) -> &str {
    media_type.split(';').next().unwrap_or_default().trim()
}

/// The media type of a sample's `Content-Type`, without its parameters.
fn content_type(sample: &Sample) -> Option<&str> {
    let mut headers = sample.headers.iter();
    let (_, value) = headers.find(|(name, _)| name.eq_ignore_ascii_case("Content-Type"))?;
    Some(essence(value))
}

/// Adds samples to a media type object: as examples where its schema allows them, else in an
/// extension, with the reason. A tool that serves examples must not serve wrong ones.
pub fn write(
    context: &Context<'_>,
    media: &mut Object,
    (ty, facets): (&Type, &Facets),
    samples: &[&Sample],
    caveats: &mut Vec<Caveat>,
) {
    let (mut examples, mut others) = (Object::new(), Vec::new());
    for sample in samples {
        let Some(body) = &sample.body else { continue };
        match conforms(context.api, body, ty, facets) {
            Ok(()) => {
                let key = match examples.len() {
                    0 => "sample".to_owned(),
                    count => format!("sample-{}", count + 1),
                };
                examples.insert(key, json!({ "value": body }));
            }
            Err(mismatch) => {
                let reason = mismatch.to_string();
                others.push(json!({ "value": body, "reason": reason }));
                caveats.push(Caveat::Sample {
                    place: sample.provenance.clone(),
                    reason,
                });
            }
        }
    }
    if !examples.is_empty() {
        media.insert("examples".into(), examples.into());
    }
    if !others.is_empty() {
        media.insert("x-samples".into(), Value::Array(others));
    }
}
