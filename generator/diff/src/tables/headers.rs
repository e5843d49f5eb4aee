//! What single pages state about request headers: their descriptions and authentication
//! schemes. The model has one list of these for all pages.

use std::collections::{BTreeSet, HashMap};

use super::lookup::Tables;
use crate::{
    collect::Comparison,
    finding::Change,
    operations::{authorization, change},
    rules::the,
    words,
};
use docwright_model::{Direction, Operation, Provenance, SecurityScheme, Text};
use docwright_read::extract::{HeaderFact, OperationFacts};

impl<'a> Tables<'a> {
    /// The authorization schemes that a header's words name.
    fn schemes(&self, header: &'a HeaderFact) -> BTreeSet<&'a str> {
        let words = self.dialect.map(|it| &it.headers);
        let name = words.and_then(|it| it.authorization.as_deref());
        let pattern = words.and_then(|it| it.scheme.as_ref());
        let is_it = name.is_some_and(|name| name.eq_ignore_ascii_case(&header.name));
        let Some(pattern) = pattern.filter(|_| is_it) else {
            return BTreeSet::new();
        };
        let plain = header.description.as_ref().map_or("", Text::plain);
        let found = pattern.captures_iter(plain);
        let schemes = found.filter_map(|it| it.get(1));
        schemes.map(|it| it.as_str()).collect()
    }

    /// The place where a page names an authentication scheme.
    pub fn security(&self, scheme: &SecurityScheme) -> Option<&'a Provenance> {
        let mut headers = self.operations.values().flat_map(|it| &it.headers);
        let found = headers.find(|it| match scheme {
            SecurityScheme::Authorization { scheme } => self.schemes(it).contains(&**scheme),
            SecurityScheme::Header { name } => it.name.eq_ignore_ascii_case(name),
        });
        found.map(|it| &it.provenance)
    }

    /// Where a page lists the media types of a body.
    pub fn media_types(&self, of: &Operation, direction: Direction) -> Option<&'a Provenance> {
        let words = &self.dialect?.headers;
        let name = match direction {
            Direction::Request => words.content_type.as_deref(),
            _ => words.accept.as_deref(),
        };
        self.header(of, name?)
    }
}

impl<'a> Comparison<'a> {
    /// The headers that the pages of an operation list on both sides.
    pub(super) fn header_words(
        &mut self,
        of: &'a Operation,
        was: &'a OperationFacts,
        is: &'a OperationFacts,
    ) {
        let mut of_old: HashMap<String, &HeaderFact> = HashMap::new();
        for was in &was.headers {
            of_old.entry(was.name.to_ascii_lowercase()).or_insert(was);
        }
        for is in &is.headers {
            let Some(was) = of_old.get(&is.name.to_ascii_lowercase()) else {
                continue;
            };
            let described = (was.description.as_ref(), is.description.as_ref());
            if words::are_same(described.0, described.1) {
                continue;
            }
            // A change on all pages is counted once.
            if !self.is_header_described_anew(&is.name) {
                let subject = || format!("{} header.{}", of.uid, is.name);
                self.description(subject, described, Some(&is.provenance));
            }
            self.schemes(of, was, is);
        }
    }

    fn is_header_described_anew(&self, name: &str) -> bool {
        let of = |api: &'a docwright_model::Api| {
            let mut headers = api.headers.iter();
            let found = headers.find(|it| it.name.eq_ignore_ascii_case(name))?;
            found.description.as_ref()
        };
        !words::are_same(of(self.old), of(self.new))
    }

    /// Schemes that a page no longer names, or newly names.
    fn schemes(&mut self, of: &'a Operation, was: &'a HeaderFact, is: &'a HeaderFact) {
        let (old, new) = (self.tables.0.schemes(was), self.tables.1.schemes(is));
        for (rule, schemes, all) in [
            ("authorization-unlisted", &old - &new, &self.new.security),
            ("authorization-listed", &new - &old, &self.old.security),
        ] {
            for scheme in schemes {
                let scheme = SecurityScheme::Authorization {
                    scheme: scheme.to_owned(),
                };
                // One that no page names is a finding about the API.
                if all.contains(&scheme) {
                    let change = Change {
                        old_place: Some(was.provenance.clone()),
                        new_place: Some(is.provenance.clone()),
                        ..change(the(rule), authorization(&scheme))
                    };
                    self.found(change, of);
                }
            }
        }
    }
}
