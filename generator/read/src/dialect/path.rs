//! Methods and paths as pages write them.

use std::{borrow::Cow, collections::BTreeMap};

use regex::Regex;
use serde::Deserialize;

use super::pattern::Pattern;

/// How an operation is written.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields, default)]
pub struct OperationWords {
    /// Patterns of a page's title, with `{method}` and `{path}`, which a code
    /// block below it confirms.
    pub title: Vec<Pattern>,
    /// Patterns of headings that declare an operation by themselves.
    pub headings: Vec<Pattern>,
    /// Patterns of paragraphs and items of lists that do.
    pub paragraphs: Vec<Pattern>,
    /// Methods as pages abbreviate them.
    pub methods: BTreeMap<String, String>,
    /// What stands before the path of a request and isn't part of it, such as
    /// a placeholder for the host.
    pub path_prefixes: Vec<String>,
    /// What comes before each path that pages write without it.
    pub base_path: Option<String>,
    /// How a parameter is written in a path, apart from `{name}`: with
    /// `{name}` in it, such as `:{name}`.
    pub path_parameters: Vec<String>,
    /// The method of operations whose heading gives none.
    pub method: Option<String>,
    /// What a path is that a heading gives without a slash, as the name of a call.
    #[serde(deserialize_with = "super::words::regex_text::deserialize")]
    pub calls: Option<Regex>,
    /// Patterns of paragraphs that say where the API is served, with `{url}`.
    pub servers: Vec<Pattern>,
    /// The property of each response's body that holds what pages describe of it.
    pub envelope: Option<String>,
    /// The same of responses that are lists.
    pub list_envelope: Option<String>,
    /// The status of success of each method, for pages that don't say it; `*`
    /// is any method.
    pub success: BTreeMap<String, u16>,
}

/// An operation's method and path template.
pub type Route = (String, String);

impl OperationWords {
    /// The method that a word stands for, abbreviations resolved; `None` when
    /// it is no method (RFC 9110, section 9, and PATCH of RFC 5789).
    pub fn method(&self, word: &str) -> Option<String> {
        let word = self.methods.get(word).map_or(word, String::as_str);
        let known = [
            "GET", "HEAD", "POST", "PUT", "DELETE", "OPTIONS", "PATCH", "TRACE",
        ];
        known.contains(&word).then(|| word.to_owned())
    }

    /// The operations of a block of code that begins with a request line: that
    /// of each request line, once.
    pub fn routes(&self, code: &str) -> Vec<Route> {
        let mut routes: Vec<Route> = Vec::new();
        for line in code.lines().map(str::trim).filter(|it| !it.is_empty()) {
            match self.request_line(line) {
                Some(route) if !routes.contains(&route) => routes.push(route),
                None if routes.is_empty() => break,
                _ => {}
            }
        }
        routes
    }

    fn request_line(&self, line: &str) -> Option<Route> {
        let (method, target) = line.split_once(char::is_whitespace)?;
        // A long sample has hundreds of lines, none of which begins with a method.
        self.method(method)?;
        self.route(method, target_of(target.trim_start()))
    }

    /// The operation that words declare by one of these patterns, and what it
    /// is called there.
    pub fn declared<'t>(
        &self,
        patterns: &[Pattern],
        words: &'t str,
    ) -> Option<(Route, Option<&'t str>)> {
        patterns.iter().find_map(|pattern| {
            let captures = pattern.captures(words)?;
            let path = captures.get("path")?.trim();
            let one = target_of(path).len() == path.len();
            let method = captures.get("method").or(self.method.as_deref());
            let route = one.then(|| self.route(method?, path))?;
            Some((route?, captures.get("title")))
        })
    }

    /// The method, and the path as the model has it: without host and query,
    /// with the base, parameters in braces. `None` for what isn't both.
    pub fn route(&self, method: &str, target: &str) -> Option<Route> {
        let method = self.method(method.trim())?;
        let target = target.trim().trim_matches(['`', '"']);
        let mut path = self.without_host(target)?;
        if path.contains(['?', '#']) {
            path = Cow::Owned(without_query(&path));
        }
        for written in &self.path_parameters {
            if let Some((before, after)) = written.split_once("{name}") {
                path = Cow::Owned(in_braces(&path, before, after));
            }
        }
        if path.contains([' ', '|']) {
            path = Cow::Owned(with_names(&path));
        }
        let base = self.base_path.as_deref().unwrap_or_default();
        let base = base.trim_end_matches('/');
        let has_base = path
            .strip_prefix(base)
            .is_some_and(|rest| rest.starts_with('/'));
        Some(match has_base {
            true => (method, path.into_owned()),
            false => (method, format!("{base}{path}")),
        })
    }

    /// The target without scheme and host (RFC 9112, section 3.2.2), or without
    /// one of the dialect's prefixes.
    fn without_host<'t>(&self, target: &'t str) -> Option<Cow<'t, str>> {
        let mut prefixes = self.path_prefixes.iter();
        let rest = prefixes.find_map(|prefix| target.strip_prefix(prefix.as_str()));
        if let Some(rest) = rest {
            return Some(match rest.starts_with('/') {
                true => Cow::Borrowed(rest),
                false => Cow::Owned(format!("/{rest}")),
            });
        }
        if target.starts_with('/') {
            return Some(Cow::Borrowed(target));
        }
        if self.calls.as_ref().is_some_and(|it| it.is_match(target)) {
            return Some(Cow::Owned(format!("/{target}")));
        }
        let (scheme, rest) = target.split_once("://")?;
        let path = rest.find('/').map_or("/", |at| &rest[at..]);
        matches!(scheme, "http" | "https").then_some(Cow::Borrowed(path))
    }
}

/// The target at the start of what stands behind a method: up to the first
/// blank that isn't within braces (`/users/{id | name}/mail HTTP/1.1`).
pub fn target_of(text: &str) -> &str {
    let mut depth = 0_usize;
    let end = text.find(|c: char| {
        match c {
            '{' => depth += 1,
            '}' => depth = depth.saturating_sub(1),
            _ => {}
        }
        depth == 0 && c.is_whitespace()
    });
    let Some(end) = end else {
        // A brace that is never closed holds no blanks.
        return match depth {
            0 => text,
            _ => text.split_whitespace().next().unwrap_or_default(),
        };
    };
    &text[..end]
}

/// A path without its query and fragment. In braces, what stands behind `#` is
/// a link's, not the parameter's.
fn without_query(path: &str) -> String {
    let mut kept = String::with_capacity(path.len());
    let (mut braces, mut skips) = (false, false);
    for c in path.chars() {
        match c {
            '{' => (braces, skips) = (true, false),
            '}' => (braces, skips) = (false, false),
            '#' | '?' if braces => skips = true,
            '#' | '?' => break,
            _ => {}
        }
        if !skips {
            kept.push(c);
        }
    }
    // `/things{?page,size}` of RFC 6570 is a query, too.
    kept.replace("{}", "")
}

/// One name for what is called by several: `tower id | name` is `tower_id_or_name`.
pub fn one_name(names: &str) -> String {
    let names = names.replace(" or ", "|");
    let names = names.split('|').map(|name| {
        let words: Vec<_> = name.split_whitespace().collect();
        words.join("_")
    });
    let names: Vec<_> = names.filter(|name| !name.is_empty()).collect();
    names.join("_or_")
}

/// A path whose parameters are called by several names (`{id | name}`) with one of them
/// (`{id_or_name}`).
fn with_names(path: &str) -> String {
    let mut parts = path.split('{');
    let mut out = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        out.push('{');
        let Some((names, behind)) = part.split_once('}') else {
            out.push_str(part);
            continue;
        };
        out.push_str(&one_name(names));
        out.push('}');
        out.push_str(behind);
    }
    out
}

/// A path in which each word between `before` and `after` stands in braces.
/// `before` must not follow a word or a brace: `/things/{id}:cancel` has no
/// parameter `:cancel`.
fn in_braces(path: &str, before: &str, after: &str) -> String {
    if before.is_empty() {
        return path.to_owned();
    }
    let mut out = String::with_capacity(path.len() + 8);
    let mut rest = path;
    while let Some((head, tail)) = rest.split_once(before) {
        out.push_str(head);
        let is_word = |c: char| c.is_ascii_alphanumeric() || c == '_';
        let end = tail.find(|c| !is_word(c)).unwrap_or(tail.len());
        let (name, behind) = tail.split_at(end);
        let apart = !out.ends_with(|c: char| is_word(c) || c == '}');
        match behind.strip_prefix(after) {
            Some(behind) if apart && !name.is_empty() => {
                out.push_str(&format!("{{{name}}}"));
                rest = behind;
            }
            _ => {
                out.push_str(before);
                rest = tail;
            }
        }
    }
    out.push_str(rest);
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    fn words() -> OperationWords {
        OperationWords {
            path_parameters: vec![":{name}".into(), "<{name}>".into()],
            path_prefixes: vec!["{host}".into()],
            base_path: Some("/api".into()),
            ..OperationWords::default()
        }
    }

    #[test]
    fn paths_are_written_in_many_ways() {
        let path = |target| words().route("GET", target).map(|(_, path)| path);
        let same = [
            "/boats/:id/logs?all=1",
            "/api/boats/{id}/logs",
            "https://api.example.com/boats/<id>/logs#top",
            "{host}/boats/{id#the-boat}/logs",
        ];
        for target in same {
            assert_eq!(path(target).as_deref(), Some("/api/boats/{id}/logs"));
        }
        assert_eq!(
            path("/boats/{id}:sink").as_deref(),
            Some("/api/boats/{id}:sink")
        );
        assert_eq!(path("/boats{?page}").as_deref(), Some("/api/boats"));
        assert_eq!(path("boats"), None);
    }

    #[test]
    fn a_block_of_code_may_list_several_operations() {
        let routes = words().routes("GET /boats\nGET /boats?state=sunk\nGET /logs\n");
        let paths: Vec<_> = routes.iter().map(|(_, path)| path.as_str()).collect();
        assert_eq!(paths, ["/api/boats", "/api/logs"]);
        assert!(words().routes("See\nGET /boats\n").is_empty());
        assert!(words().routes("{\n  \"GET /boats\": 1\n}").is_empty());
    }

    #[test]
    fn blanks_in_braces_belong_to_the_path() {
        assert_eq!(
            target_of("/boats/{id | name}/logs HTTP/1.1"),
            "/boats/{id | name}/logs"
        );
        assert_eq!(target_of("/boats/{id logs"), "/boats/{id");
        assert_eq!(target_of("/boats"), "/boats");
        let routes = words().routes("GET /boats/{id | name}/logs\n");
        assert_eq!(routes[0].1, "/api/boats/{id_or_name}/logs");
    }

    #[test]
    fn words_declare_an_operation_where_they_have_method_and_path() {
        let patterns = [
            Pattern::new("{method} {path}").unwrap(),
            Pattern::new("{method} {path} {text}").unwrap(),
        ];
        let declared = |text| words().declared(&patterns, text).map(|(route, _)| route);
        let route = ("GET".to_owned(), "/api/boats".to_owned());
        assert_eq!(declared("GET /boats"), Some(route.clone()));
        assert_eq!(declared("GET /boats will return them."), Some(route));
        assert_eq!(declared("Get boats by name"), None);
    }
}
