//! Words that are added to descriptions.

use super::ResponseFact;
use docwright_model::Text;

/// Adds text about responses to the first success response, else to the first response.
/// Returns it if there is no response.
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

/// Adds text to a description, unless it is the same.
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
