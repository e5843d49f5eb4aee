//! The words that names are made of.

use heck::ToKebabCase;

/// How long a name may be before it is cut. A name becomes part of the names of files,
/// with something before and behind it; those are up to 255 bytes long.
const LONGEST: usize = 120;

/// Signs that stand for themselves, as words.
const SIGNS: &[(char, &str)] = &[
    ('!', "not"),
    ('#', "hash"),
    ('$', "dollar"),
    ('%', "percent"),
    ('&', "and"),
    ('*', "star"),
    ('+', "plus"),
    (',', "comma"),
    ('-', "minus"),
    ('.', "dot"),
    ('/', "slash"),
    (':', "colon"),
    ('<', "less"),
    ('=', "equal"),
    ('>', "greater"),
    ('?', "question"),
    ('@', "at"),
    ('^', "caret"),
    ('_', "underscore"),
    ('|', "or"),
    ('~', "tilde"),
];

/// The name in a case, in ASCII; it may begin with a digit.
pub fn cased(wire: &str, otherwise: &str, case: impl Fn(&str) -> String) -> String {
    let mut letters: Vec<char> = Vec::with_capacity(wire.len());
    for letter in wire.chars() {
        match letter.is_ascii() {
            true => letters.push(letter),
            false => letters.extend(in_ascii(letter)),
        }
    }
    spell_signs(&mut letters);
    join_acronyms(&mut letters);
    let name = case(&String::from_iter(letters));
    match name.is_empty() {
        true => otherwise.to_owned(),
        false => name,
    }
}

/// How a letter of another script is written in ASCII.
fn in_ascii(letter: char) -> impl Iterator<Item = char> {
    let text = deunicode::deunicode_char(letter).unwrap_or(" ");
    let (first, rest) = text.split_at_checked(1).unwrap_or((text, ""));
    // `Æ` is one capital, even if it is written with two letters.
    let is_small = letter.is_uppercase();
    let rest = rest.chars().map(move |c| match is_small {
        true => c.to_ascii_lowercase(),
        false => c,
    });
    first.chars().chain(rest)
}

/// Turns signs into words where they distinguish names: in a name of signs only (`<=`),
/// and before a number without a word (`-1`).
fn spell_signs(letters: &mut Vec<char>) {
    let only_signs = !letters.iter().any(char::is_ascii_alphanumeric);
    let mut out = Vec::with_capacity(letters.len());
    let mut before = ' ';
    for (at, letter) in letters.iter().enumerate() {
        let is_of_number = matches!(letter, '+' | '-')
            && !before.is_ascii_alphanumeric()
            && letters.get(at + 1).is_some_and(char::is_ascii_digit);
        let word = SIGNS.iter().find(|(sign, _)| sign == letter);
        match word.filter(|_| only_signs || is_of_number) {
            Some((_, word)) => {
                out.push(' ');
                out.extend(word.chars());
                out.push(' ');
            }
            None => out.push(*letter),
        }
        before = *letter;
    }
    *letters = out;
}

/// Cuts a name that is too long, so that different ones stay different.
pub fn cut(name: String, before_hash: &str) -> String {
    match name.get(..LONGEST) {
        Some(begin) if name.len() > LONGEST => {
            // A capital before the hash, as in the name of a type.
            let sign = if before_hash.is_empty() {
                "H"
            } else {
                before_hash
            };
            let begin = begin.trim_end_matches(['_', '-']);
            match name.contains(|c: char| c.is_ascii_lowercase()) {
                true => format!("{begin}{sign}{:08x}", hash(&name)),
                false => format!("{begin}{sign}{:08X}", hash(&name)),
            }
        }
        _ => name,
    }
}

/// The hash FNV-1a: it is the same wherever and with whatever docwright is built.
fn hash(text: &str) -> u32 {
    text.bytes().fold(0x811c_9dc5, |hash, byte| {
        (hash ^ u32::from(byte)).wrapping_mul(0x0100_0193)
    })
}

/// Adjusts the case of acronyms that would be split: of `URLs`, where a small letter
/// makes the plural, of `URl`, of which a single letter would be left, and of
/// `cRMScript`, whose first letter was made small.
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
/// belongs to it. A uid in small letters is a name as a whole (`list_boats`), unless it
/// begins with the resource (`boats_list`).
pub fn operation<'u>(uid: &'u str, resource: &str) -> &'u str {
    let is_small = |uid: &str| !uid.contains(|c: char| c.is_uppercase());
    let is_method = |part: &str| part.len() > 2 && part.chars().all(|c| c.is_ascii_uppercase());
    let mut parts = uid.rmatch_indices('_').map(|(at, _)| at);
    let Some(last) = parts.next() else { return uid };
    let (namespace, name) = (&uid[..last], &uid[last + 1..]);
    match parts.next() {
        Some(before) if is_method(name) => &uid[before + 1..],
        None if is_method(name) => uid,
        _ if name.is_empty() || namespace.is_empty() => uid,
        _ if is_small(uid) && !namespace.eq_ignore_ascii_case(resource) => uid,
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

/// A name of an operation without its method, which is redundant: `SaveImage_POST`,
/// `HttpPostSaveImage`.
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

/// The rest of a name that begins with the method.
fn behind<'n>(name: &'n str, method: &str) -> Option<&'n str> {
    let (first, rest) = name.split_at_checked(method.len())?;
    (first.eq_ignore_ascii_case(method) && is_word(rest)).then_some(rest)
}

fn is_word(text: &str) -> bool {
    text.starts_with(|c: char| c.is_ascii_uppercase())
}

/// A name in `kebab-case`, for a file or a feature.
pub fn kebab(text: &str) -> String {
    let name = cased(text, "value", |text| text.to_kebab_case());
    let before = match name.starts_with(|c: char| c.is_ascii_digit()) {
        true => "_",
        false => "",
    };
    cut(format!("{before}{name}"), "-")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn signs_tell_names_apart() {
        let name = |wire| cased(wire, "value", heck::ToSnakeCase::to_snake_case);
        for (wire, expected) in [
            ("<=", "less_equal"),
            ("reactions-+1", "reactions_plus_1"),
            ("reactions--1", "reactions_minus_1"),
            ("-1", "minus_1"),
            ("2025-05-09", "2025_05_09"),
            ("a-b", "a_b"),
            ("$top", "top"),
            ("Größe", "grosse"),
            ("Ærlig", "aerlig"),
            (" ", "value"),
        ] {
            assert_eq!(name(wire), expected, "{wire}");
        }
    }

    #[test]
    fn long_names_are_cut_and_stay_different() {
        let (a, b) = ("a".repeat(300), "a".repeat(299) + "b");
        let cut = |name: &str| cut(name.to_owned(), "_");
        assert!(cut(&a).len() < 140 && cut(&a) != cut(&b));
        assert_eq!(cut("short"), "short");
        let constant = cut(&a.to_ascii_uppercase());
        assert_eq!(constant, constant.to_ascii_uppercase());
    }

    #[test]
    fn operations_are_named_after_their_uid_without_its_noise() {
        for (uid, name) in [
            ("v1Batch_StartBatchJob", "StartBatchJob"),
            ("v1ContactEntity_SaveImage_POST", "SaveImage_POST"),
            ("getItems", "getItems"),
            ("broken_", "broken_"),
            ("_POST", "_POST"),
            ("getItems_POST", "getItems_POST"),
            ("list_boats", "list_boats"),
            ("boats_list", "list"),
            ("v1Batch_start", "start"),
        ] {
            assert_eq!(operation(uid, "Boats"), name);
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
