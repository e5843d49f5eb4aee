//! Rust names for wire names.
//!
//! Names are made by heck and mended by rule: what isn't ASCII is left out (it
//! would trip lints about confusable letters), a leading digit gets a `_`
//! before it, a reserved word one behind it, and the second of two equal names
//! a number. Each [`Scope`] hands out a name once, in the order it is asked.
//! Nothing here knows the API.

mod words;

use std::collections::BTreeSet;
use std::fmt;

use heck::{ToShoutySnakeCase, ToSnakeCase, ToUpperCamelCase};
use proc_macro2::{Ident, Span, TokenStream};
use quote::{ToTokens, TokenStreamExt};

use words::cased;
pub use words::{kebab, operation, without_http, without_method};

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
    "From",
    "FromIterator",
    "Future",
    "HeaderName",
    "Into",
    "IntoIterator",
    "Iterator",
    "MediaType",
    "Method",
    "None",
    "Ok",
    "Operation",
    "OperationInfo",
    "Option",
    "PartialEq",
    "QueryParameters",
    "QueryText",
    "Request",
    "Result",
    "Routes",
    "Self",
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
    "flate2",
    "form_urlencoded",
    "futures_core",
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
    "tokio",
    "types",
];

/// Methods that the client has anyway.
const CLIENT: &[&str] = &["builder", "call", "new", "with_credentials"];

/// Methods that a call has anyway, and those of the traits it has.
const CALL: &[&str] = &[
    "body_as",
    "bytes",
    "conditional",
    "credentials",
    "header",
    "idempotent",
    "into_future",
    "json",
    "new",
    "pages",
    "pages_by_skip",
    "query",
    "response_as",
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
        Self::with(&["body", "request", "service", "stub"], "_")
    }

    /// For methods of services, beside those that each service has.
    pub fn methods() -> Self {
        Self::with(&["anonymous", "authenticate"], "_")
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
            snake(&["QuayBerthId", "$orderBy", "odata.nextLink", "X-XSRF-TOKEN"]),
            [
                "quay_berth_id",
                "order_by",
                "odata_next_link",
                "x_xsrf_token"
            ]
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
}
