//! The words that names are made of.

use heck::ToKebabCase;

/// The name in a case, in ASCII, and beginning as a name may begin.
pub fn cased(wire: &str, otherwise: &str, case: impl Fn(&str) -> String) -> String {
    let mut letters: Vec<char> = wire
        .chars()
        .map(|c| if c.is_ascii() { c } else { ' ' })
        .collect();
    join_acronyms(&mut letters);
    let name = case(&String::from_iter(letters));
    match name.chars().next() {
        None => otherwise.to_owned(),
        Some(first) if first.is_ascii_digit() => format!("_{name}"),
        Some(_) => name,
    }
}

/// Mends the case of acronyms that would fall apart: of `URLs`, where a small letter makes
/// the plural, of `URl`, of which a single letter would be left, and of `cRMScript`, whose
/// first letter was made small.
fn join_acronyms(letters: &mut [char]) {
    let mut start = 0;
    while start < letters.len() {
        let run = |from: usize, is: fn(&char) -> bool| {
            letters[from..]
                .iter()
                .take_while(|letter| is(letter))
                .count()
        };
        let capitals = run(start, char::is_ascii_uppercase);
        let small = run(start + capitals, char::is_ascii_lowercase);
        let end = start + capitals + small;
        let is_plural = capitals > 2 && letters[end - 1] == 's';
        if small == 1 && (capitals == 2 || is_plural) {
            for letter in &mut letters[start + 1..end] {
                letter.make_ascii_lowercase();
            }
        } else if capitals == 0 && small == 1 && run(end, char::is_ascii_uppercase) >= 2 {
            letters[start].make_ascii_uppercase();
            // The rest belongs to it.
            continue;
        }
        start = end.max(start + 1);
    }
}

/// The part of an operation's uid that names it: what follows the last `_`, as in
/// `v1Batch_StartBatchJob`. A method that follows once more (`…_SaveImage_POST`)
/// belongs to it.
pub fn operation(uid: &str) -> &str {
    let is_method = |part: &str| part.len() > 2 && part.chars().all(|c| c.is_ascii_uppercase());
    let mut parts = uid.rmatch_indices('_').map(|(at, _)| at);
    let Some(last) = parts.next() else { return uid };
    let name = &uid[last + 1..];
    match parts.next() {
        Some(before) if is_method(name) => &uid[before + 1..],
        _ if name.is_empty() => uid,
        _ => name,
    }
}

/// A name of an operation without the `Http` before its method (`HttpPostSaveImage`), which
/// says nothing.
pub fn without_http<'n>(name: &'n str, method: &str) -> &'n str {
    let rest = name.strip_prefix("Http");
    rest.filter(|rest| behind(rest, method).is_some())
        .unwrap_or(name)
}

/// A name of an operation without its method, which says nothing that the operation doesn't
/// say: `SaveImage_POST`, `HttpPostSaveImage`.
pub fn without_method<'n>(name: &'n str, method: &str) -> &'n str {
    let http = name.strip_prefix("Http");
    if let Some(rest) = http.and_then(|rest| behind(rest, method)) {
        return rest;
    }
    match name.rsplit_once('_') {
        Some((rest, last)) if last.eq_ignore_ascii_case(method) && is_word(rest) => rest,
        _ => name,
    }
}

/// What stands behind the method, if a name begins with it.
fn behind<'n>(name: &'n str, method: &str) -> Option<&'n str> {
    let (first, rest) = name.split_at_checked(method.len())?;
    (first.eq_ignore_ascii_case(method) && is_word(rest)).then_some(rest)
}

fn is_word(text: &str) -> bool {
    text.starts_with(|c: char| c.is_ascii_uppercase())
}

/// A name in `kebab-case`, for a file.
pub fn kebab(text: &str) -> String {
    cased(text, "value", |text| text.to_kebab_case())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn operations_are_named_after_their_uid_without_its_noise() {
        for (uid, name) in [
            ("v1Batch_StartBatchJob", "StartBatchJob"),
            ("v1ContactEntity_SaveImage_POST", "SaveImage_POST"),
            ("getItems", "getItems"),
            ("broken_", "broken_"),
            ("_POST", "POST"),
        ] {
            assert_eq!(operation(uid), name);
        }
    }

    #[test]
    fn a_method_in_a_name_is_noise() {
        for (name, method, bare) in [
            ("SaveImage_POST", "POST", "SaveImage"),
            ("SaveImage_POST", "PUT", "SaveImage_POST"),
            ("HttpGetGetImage", "GET", "GetImage"),
            ("HttpGetter", "GET", "HttpGetter"),
            ("_GET", "GET", "_GET"),
        ] {
            assert_eq!(without_method(name, method), bare);
        }
        assert_eq!(without_http("HttpGetImage", "GET"), "GetImage");
        assert_eq!(without_http("HttpImage", "GET"), "HttpImage");
    }
}
