//! Heading ids as GitHub makes them: lower case, punctuation dropped, spaces
//! as hyphens, `-1` and so on for ids that are taken.

use std::collections::HashMap;

/// The ids given on one page.
#[derive(Debug, Default)]
pub(super) struct Anchors {
    /// How often each id was asked for. Looked up only, never listed.
    taken: HashMap<String, u32>,
}

impl Anchors {
    /// An id for a heading with these words.
    pub(super) fn assign(&mut self, words: &str) -> String {
        let base = slug(words);
        let mut id = base.clone();
        while self.taken.contains_key(&id) {
            let count = self.taken.get_mut(&base).map_or(1, |count| {
                *count += 1;
                *count
            });
            id = format!("{base}-{count}");
        }
        self.taken.insert(id.clone(), 0);
        id
    }

    /// Takes note of an id that the page gives itself.
    pub(super) fn take(&mut self, id: &str) {
        self.taken.entry(id.to_owned()).or_default();
    }
}

fn slug(words: &str) -> String {
    let mut slug = String::with_capacity(words.len());
    for letter in words.chars() {
        match letter {
            ' ' => slug.push('-'),
            '-' | '_' => slug.push(letter),
            _ if letter.is_ascii_alphanumeric() => slug.push(letter.to_ascii_lowercase()),
            _ if letter.is_alphanumeric() => slug.extend(letter.to_lowercase()),
            _ => {}
        }
    }
    slug
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_are_githubs_and_unique() {
        let mut anchors = Anchors::default();
        let headings = [
            "Response:int32",
            "Request Body: batchTaskInfo",
            "Sample",
            "Sample",
            "Sample 1",
            "Sample",
        ];
        assert_eq!(
            headings.map(|words| anchors.assign(words)),
            [
                "responseint32",
                "request-body-batchtaskinfo",
                "sample",
                "sample-1",
                "sample-1-1",
                "sample-2",
            ]
        );
    }
}
