//! Words on the pages for deprecation and restricted use. The model has no field for a
//! restriction, and models of format 1 have none for deprecation, so the descriptions are
//! searched, too.

use docwright_model::Text;

/// A description that begins with one of these marks its subject as deprecated.
const DEPRECATED: [&str; 2] = ["deprecated", "obsolete"];

/// A line of its own with one of these restricts an operation's use.
const RESTRICTED: [&str; 2] = ["restricted", "restriction"];

/// Whether two descriptions are the same. Forms of pages differ in markup, and a model
/// file only has the Markdown.
pub(super) fn are_same(old: Option<&Text>, new: Option<&Text>) -> bool {
    match (old, new) {
        (Some(old), Some(new)) => old.plain() == new.plain() || old.markdown() == new.markdown(),
        (old, new) => old.is_none() && new.is_none(),
    }
}

/// Whether a description says that its subject is deprecated.
pub(super) fn is_deprecated(text: Option<&Text>) -> bool {
    text.is_some_and(|text| {
        let start = text
            .plain()
            .trim_start_matches(|c: char| !c.is_alphanumeric());
        let word: String = start.chars().take_while(|c| c.is_alphanumeric()).collect();
        DEPRECATED.iter().any(|it| word.eq_ignore_ascii_case(it))
    })
}

/// The heading within a description that restricts an operation's use.
pub(super) fn restriction(text: Option<&Text>) -> Option<&str> {
    text?.markdown().lines().find_map(|line| {
        let heading = line.strip_prefix('#')?.trim_start_matches('#').trim();
        let mut words = heading.split(|c: char| !c.is_alphanumeric()).take(4);
        let restricts = words.any(|word| RESTRICTED.iter().any(|it| word.eq_ignore_ascii_case(it)));
        restricts.then_some(heading)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn deprecation_is_said_at_the_start() {
        let text = |text: &str| Some(Text::from(text.to_owned()));
        assert!(is_deprecated(text("**Deprecated**: use Name.").as_ref()));
        assert!(!is_deprecated(text("Lists deprecated pets.").as_ref()));
    }

    #[test]
    fn a_restriction_is_a_heading_in_a_description() {
        let text = Text::from("Feeds a pet.\n\n## Keepers restricted: ## Keepers only.".to_owned());
        assert_eq!(
            restriction(Some(&text)),
            Some("Keepers restricted: ## Keepers only.")
        );
        let text = Text::from("Feeds a pet, restricted to keepers.".to_owned());
        assert_eq!(restriction(Some(&text)), None);
    }
}
