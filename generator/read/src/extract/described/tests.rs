use super::*;

#[test]
fn sentences_keep_code_and_abbreviations() {
    let text = "Its name, max. 20 letters. Like `a. B`. Read-only";
    assert_eq!(
        sentences(text),
        ["Its name, max. 20 letters.", "Like `a. B`.", "Read-only"]
    );
}
