//! Rust names for wire names.
//!
//! Names are made by heck and mended by rule: what isn't ASCII is left out (it
//! would trip lints about confusable letters), a leading digit gets a `_`
//! before it, a reserved word one behind it, and the second of two equal names
//! a number. Each [`Scope`] hands out a name once, in the order it is asked.
//! Nothing here knows the API.

use std::collections::BTreeSet;
use std::fmt;

use heck::{ToKebabCase, ToShoutySnakeCase, ToSnakeCase, ToUpperCamelCase};
use proc_macro2::{Ident, Span, TokenStream};
use quote::{ToTokens, TokenStreamExt};

/// A Rust name. An [`Ident`] belongs to one thread; files are made by several.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Name(String);

impl Name {
    /// A name that is known to be one.
    pub fn new(name: impl Into<String>) -> Self {
        Self(name.into())
    }

    /// The name.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl PartialEq<&str> for Name {
    fn eq(&self, other: &&str) -> bool {
        self.0 == *other
    }
}

impl fmt::Display for Name {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl ToTokens for Name {
    fn to_tokens(&self, tokens: &mut TokenStream) {
        tokens.append(Ident::new(&self.0, Span::call_site()));
    }
}

/// Names that generated code uses as they are, so that no type of an API can
/// be called so: the prelude, and what the templates import.
const TYPES: &[&str] = &[
    "Answer",
    "AsRef",
    "Authenticate",
    "Authentication",
    "BTreeMap",
    "Box",
    "Bytes",
    "Call",
    "Challenge",
    "Client",
    "Clone",
    "Credentials",
    "DateTime",
    "Debug",
    "Default",
    "Err",
    "Error",
    "Extra",
    "Found",
    "From",
    "FromIterator",
    "Future",
    "HeaderName",
    "Incoming",
    "Into",
    "IntoIterator",
    "Iterator",
    "MapAccess",
    "MediaType",
    "Method",
    "None",
    "Ok",
    "OpenEnum",
    "Operation",
    "OperationInfo",
    "Option",
    "Outgoing",
    "PartialEq",
    "QueryParameters",
    "QueryText",
    "Record",
    "Request",
    "Result",
    "Routes",
    "Self",
    "SerializeMap",
    "ServiceError",
    "Some",
    "StatusCode",
    "String",
    "ToString",
    "TryFrom",
    "TryInto",
    "Value",
    "Vec",
];

/// Modules and crates that the root of a generated crate has anyway.
const MODULES: &[&str] = &[
    "alloc",
    "all",
    "axum",
    "base64",
    "bytes",
    "client",
    "core",
    "default",
    "form_urlencoded",
    "headers",
    "http",
    "jiff",
    "percent_encoding",
    "reqwest",
    "runtime",
    "rustls",
    "rustls_platform_verifier",
    "serde",
    "serde_json",
    "serde_path_to_error",
    "server",
    "std",
    "types",
];

/// Methods that the client has anyway.
const CLIENT: &[&str] = &["builder", "call", "new", "with_credentials"];

/// Methods that a call has anyway, and those of the traits it has.
const CALL: &[&str] = &[
    "bytes",
    "credentials",
    "header",
    "into_future",
    "json",
    "new",
    "query",
    "send",
];

/// Functions that credentials have anyway.
const CREDENTIALS: &[&str] = &[
    "apply",
    "basic",
    "bearer",
    "header",
    "kind",
    "read",
    "token",
    "token_of",
    "with_cookie",
];

/// Methods that a request has anyway.
const REQUEST: &[&str] = &["extensions", "header", "headers"];

/// Names that can't be used again in one place.
#[derive(Clone, Debug, Default)]
pub struct Scope {
    /// Words that have a meaning of their own here.
    reserved: Vec<&'static str>,
    /// Names that were handed out.
    taken: BTreeSet<String>,
    /// What a reserved word gets behind it.
    suffix: &'static str,
}

impl Scope {
    /// For fields, of structs that hold in `extra` what isn't documented.
    pub fn fields() -> Self {
        Self::with(&["extra"], "_")
    }

    /// For types.
    pub fn types() -> Self {
        Self::with(TYPES, "Type")
    }

    /// For variants of an open enumeration.
    pub fn variants() -> Self {
        Self::with(&["Undocumented"], "Value")
    }

    /// For modules of resources, and so for features.
    pub fn modules() -> Self {
        Self::with(MODULES, "_api")
    }

    /// For methods of the client.
    pub fn client() -> Self {
        Self::with(CLIENT, "_api")
    }

    /// For methods of calls and of requests.
    pub fn call() -> Self {
        Self::with(&[CALL, REQUEST].concat(), "_")
    }

    /// For constants of headers.
    pub fn constants() -> Self {
        Self::with(&["AUTHENTICATION"], "_")
    }

    /// For functions of credentials.
    pub fn credentials() -> Self {
        Self::with(CREDENTIALS, "_")
    }

    /// For arguments of methods that have others besides.
    pub fn arguments() -> Self {
        Self::with(&["body", "request", "service", "stub"], "_")
    }

    /// For methods of services, beside those that each service has.
    pub fn methods() -> Self {
        Self::with(&["anonymous", "authenticate"], "_")
    }

    /// For names that have no neighbours but each other.
    pub fn empty() -> Self {
        Self::with(&[], "_")
    }

    fn with(names: &[&'static str], suffix: &'static str) -> Self {
        Self {
            reserved: names.to_vec(),
            taken: BTreeSet::new(),
            suffix,
        }
    }

    /// A name in `snake_case`, for a field, a method or an argument.
    pub fn snake(&mut self, wire: &str) -> Name {
        self.take(cased(wire, "value", |text| text.to_snake_case()), "_")
    }

    /// A name in `UpperCamelCase`, for a type or a variant.
    pub fn camel(&mut self, wire: &str) -> Name {
        self.take(cased(wire, "Value", |text| text.to_upper_camel_case()), "")
    }

    /// A name in `UPPER_CASE`, for a constant.
    pub fn shouty(&mut self, wire: &str) -> Name {
        self.take(
            cased(wire, "VALUE", |text| text.to_shouty_snake_case()),
            "_",
        )
    }

    fn take(&mut self, name: String, before_number: &str) -> Name {
        let is_reserved = self.reserved.contains(&name.as_str());
        let mut free = match is_reserved || syn::parse_str::<Ident>(&name).is_err() {
            true => format!("{name}{}", self.suffix),
            false => name.clone(),
        };
        let mut number = 2;
        while self.taken.contains(&free) {
            free = format!("{name}{before_number}{number}");
            number += 1;
        }
        self.taken.insert(free.clone());
        Name(free)
    }
}

/// The name in a case, in ASCII, and beginning as a name may begin.
fn cased(wire: &str, otherwise: &str, case: impl Fn(&str) -> String) -> String {
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

/// A name of an operation without its method, which says nothing that the operation doesn't
/// say: `SaveImage_POST`, `HttpPostSaveImage`.
pub fn without_method<'n>(name: &'n str, method: &str) -> &'n str {
    let is_name = |rest: &&str| rest.starts_with(|c: char| c.is_ascii_uppercase());
    let is_method = |text: &str| text.eq_ignore_ascii_case(method);
    if let Some((rest, last)) = name.rsplit_once('_')
        && is_method(last)
        && is_name(&rest)
    {
        return rest;
    }
    let behind = name.strip_prefix("Http").and_then(|rest| {
        let (first, rest) = rest.split_at_checked(method.len())?;
        is_method(first).then_some(rest)
    });
    behind.filter(is_name).unwrap_or(name)
}

/// A name in `kebab-case`, for a file.
pub fn kebab(text: &str) -> String {
    cased(text, "value", |text| text.to_kebab_case())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn snake(words: &[&str]) -> Vec<String> {
        let mut scope = Scope::fields();
        words
            .iter()
            .map(|word| scope.snake(word).to_string())
            .collect()
    }

    #[test]
    fn names_follow_the_customs_of_rust() {
        assert_eq!(
            snake(&["BatchTaskId", "$orderBy", "odata.nextLink", "X-XSRF-TOKEN"]),
            [
                "batch_task_id",
                "order_by",
                "odata_next_link",
                "x_xsrf_token"
            ]
        );
        assert_eq!(
            Scope::types().camel("ODataSlimResponse"),
            "ODataSlimResponse"
        );
        assert_eq!(Scope::empty().shouty("SO-TimeZone"), "SO_TIME_ZONE");
    }

    #[test]
    fn acronyms_stay_whole() {
        assert_eq!(
            snake(&[
                "cRMScriptId",
                "URlName",
                "IDs",
                "getURLs",
                "iOS",
                "aB",
                "HTMLBody",
                "UdefA"
            ]),
            [
                "crm_script_id",
                "url_name",
                "ids",
                "get_urls",
                "ios",
                "a_b",
                "html_body",
                "udef_a"
            ]
        );
        assert_eq!(Scope::types().camel("URlName"), "UrlName");
    }

    #[test]
    fn what_cannot_be_a_name_is_mended() {
        assert_eq!(
            snake(&["Type", "Self", "crate", "2ndLine", "Ærlig", "$", "", "名前"]),
            [
                "type_",
                "self_",
                "crate_",
                "_2nd_line",
                "rlig",
                "value",
                "value_2",
                "value_3"
            ]
        );
        assert_eq!(Scope::types().camel("Option"), "OptionType");
        assert_eq!(Scope::variants().camel("Self"), "SelfValue");
    }

    #[test]
    fn equal_names_are_told_apart_in_their_order() {
        assert_eq!(
            snake(&["Name", "name", "NAME", "extra"]),
            ["name", "name_2", "name_3", "extra_"]
        );
        let mut scope = Scope::variants();
        let names = ["A", "a", "a_", "Undocumented"].map(|word| scope.camel(word).to_string());
        assert_eq!(names, ["A", "A2", "A3", "UndocumentedValue"]);
    }

    #[test]
    fn hostile_names_are_only_names() {
        let hostile = [
            "\"]; fn main() {}",
            "../../etc/passwd",
            "{{ x }}",
            "a\nb",
            "r#type",
        ];
        assert_eq!(
            snake(&hostile),
            ["fn_main", "etc_passwd", "x", "a_b", "r_type"]
        );
    }

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
    }
}
