//! Words that are added to descriptions.

use super::ResponseFact;
use crate::model::Text;

/// Adds words to those about the first success. Without one they are given back.
pub(super) fn add_to_success<'r>(
    responses: impl Iterator<Item = &'r mut ResponseFact>,
    words: Option<Text>,
) -> Option<Text> {
    let mut successes = responses.filter(|it| it.status.is_success());
    match successes.next() {
        Some(response) => {
            add_words(&mut response.description, words);
            None
        }
        None => words,
    }
}

/// Adds words to a description, unless they are the same.
pub(super) fn add_words(description: &mut Option<Text>, words: Option<Text>) {
    let Some(words) = words else { return };
    *description = Some(match description.take() {
        Some(known) if known.plain() == words.plain() => known,
        Some(known) => Text::new(
            format!("{}\n\n{}", known.markdown(), words.markdown()),
            format!("{}\n\n{}", known.plain(), words.plain()),
        ),
        None => words,
    });
}
