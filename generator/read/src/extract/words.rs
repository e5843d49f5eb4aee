//! Words that are added to descriptions.

use super::ResponseFact;
use docwright_model::Text;

/// Adds words about responses to those about the first success, else the first response.
/// Without any they are given back.
pub(super) fn add_to_responses(
    responses: &mut [ResponseFact],
    words: Option<Text>,
) -> Option<Text> {
    let success = responses.iter().position(|it| it.status.is_success());
    match responses.get_mut(success.unwrap_or(0)) {
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
