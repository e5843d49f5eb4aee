//! Rust names for wire names.
//!
//! Names are made by heck and then adjusted: other scripts are written in ASCII (similar
//! letters would trigger lints), a leading digit gets a prefix, a reserved word a suffix,
//! a name that is too long for a file ends in a hash, and the second of two equal names
//! gets a number. Each [`Scope`] gives a name only once, first come, first served.
//! Nothing here knows the API.

mod reserved;
mod words;

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;

use heck::{ToShoutySnakeCase, ToSnakeCase, ToUpperCamelCase};
use proc_macro2::{Ident, Span, TokenStream};
use quote::{ToTokens, TokenStreamExt};

use reserved::{CALL, CLIENT, CREDENTIALS, MODULES, QUERIES, REQUEST, SINCE_2024, TYPES};
use words::{cased, cut};
pub use words::{kebab, operation, without_http, without_method};

/// A Rust name, as text, because an [`Ident`] belongs to one thread, and several threads
/// make files.
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

/// A place in which each name can be used only once.
#[derive(Clone, Debug, Default)]
pub struct Scope {
    /// Words that have a meaning of their own here.
    reserved: Vec<&'static str>,
    /// Names that were handed out.
    taken: BTreeSet<String>,
    /// The number that the next of several equal names gets, by name.
    numbers: BTreeMap<String, usize>,
    /// What a leading digit gets before it.
    before_digit: &'static str,
    /// What a reserved word gets behind it.
    suffix: &'static str,
}

impl Scope {
    /// For fields, of structs that hold in `extra` what isn't documented.
    pub fn fields() -> Self {
        Self::with(&["extra"], "_")
    }

    /// For types. With a `_` before it a digit would be named as the module of its type.
    pub fn types() -> Self {
        Self {
            before_digit: "Type",
            ..Self::with(TYPES, "Type")
        }
    }

    /// For variants of an open enumeration.
    pub fn variants() -> Self {
        Self::with(&["Undocumented"], "Value")
    }

    /// For the constants of a set of flags.
    pub fn flags() -> Self {
        Self::with(&["FLAGS"], "_")
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

    /// For methods of columns and filters of queries, and for their arguments.
    pub fn queries() -> Self {
        Self::with(QUERIES, "_")
    }

    /// For constants of headers.
    pub fn constants() -> Self {
        Self::with(&["AUTHENTICATION"], "_")
    }

    /// For constants of media types and their lists.
    pub fn media_types() -> Self {
        Self::with(&["NONE"], "_")
    }

    /// For functions of credentials.
    pub fn credentials() -> Self {
        Self::with(CREDENTIALS, "_")
    }

    /// For arguments of methods that have others besides.
    pub fn arguments() -> Self {
        Self::with(&["body", "not_implemented", "request", "service"], "_")
    }

    /// For methods of services, beside those that each service has.
    pub fn methods() -> Self {
        Self::with(&["anonymous", "authenticate"], "_")
    }

    fn with(names: &[&'static str], suffix: &'static str) -> Self {
        Self {
            reserved: names.to_vec(),
            before_digit: "_",
            suffix,
            ..Self::default()
        }
    }

    /// Reserves a word, so that nothing gets this name.
    pub fn reserve(&mut self, name: &'static str) {
        self.reserved.push(name);
    }

    /// Exactly this name, which is then taken; `None` if it can't be used.
    pub fn exactly(&mut self, name: &str) -> Option<Name> {
        if self.is_reserved(name) || !self.taken.insert(name.to_owned()) {
            return None;
        }
        Some(Name::new(name))
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
        let before = match name.starts_with(|c: char| c.is_ascii_digit()) {
            true => self.before_digit,
            false => "",
        };
        let name = cut(format!("{before}{name}"), before_number);
        let mut free = match self.is_reserved(&name) {
            true => format!("{name}{}", self.suffix),
            false => name.clone(),
        };
        while self.taken.contains(&free) {
            let number = self.numbers.entry(name.clone()).or_insert(2);
            free = format!("{name}{before_number}{number}");
            *number += 1;
        }
        self.taken.insert(free.clone());
        Name(free)
    }

    fn is_reserved(&self, name: &str) -> bool {
        let is_word = name == SINCE_2024 || syn::parse_str::<Ident>(name).is_err();
        is_word || self.reserved.contains(&name)
    }
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
            snake(&["QuayBerthId", "$sortBy", "page.nextLink", "X-XSRF-TOKEN"]),
            ["quay_berth_id", "sort_by", "page_next_link", "x_xsrf_token"]
        );
        assert_eq!(
            Scope::types().camel("ODataSlimResponse"),
            "ODataSlimResponse"
        );
        assert_eq!(Scope::media_types().shouty("SO-TimeZone"), "SO_TIME_ZONE");
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
                "aerlig",
                "dollar",
                "value",
                "ming_qian"
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
}
