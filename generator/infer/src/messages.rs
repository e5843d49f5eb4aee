//! The bodies, responses and response headers of an operation in the model.

use std::collections::BTreeSet;

use super::{
    evidence::{BodyKey, Evidence},
    operation::{Operation, Part},
    schemas::Schemas,
    store::Decisions,
};
use docwright_model::{Body, Content, Direction, Response, ResponseHeader, Text};
use docwright_read::{
    dialect::Dialect,
    extract::{HeaderFact, ResponseFact},
};

/// One operation, with everything known about its messages.
#[derive(Clone, Copy)]
pub struct Messages<'m, 'f> {
    /// The operation.
    pub operation: &'m Operation<'f>,
    /// Its index.
    pub index: usize,
    /// All evidence.
    pub evidence: &'m Evidence<'f>,
    /// All types.
    pub schemas: &'m Schemas,
    /// All decisions.
    pub decisions: &'m Decisions<'f>,
    /// The vendor's vocabulary.
    pub dialect: &'m Dialect,
}

impl Messages<'_, '_> {
    /// The request's body, with the types that it has in other media types.
    pub fn request(&self) -> Option<Body> {
        let mut body = self.body(Direction::Request, Part::Main)?;
        for at in 1..self.operation.facts.requests.len() {
            let Some(other) = self.body(Direction::Request, Part::Own(at)) else {
                continue;
            };
            if other.ty == body.ty {
                body.media_types.extend(other.media_types);
            } else {
                body.others.push(Content {
                    media_types: other.media_types,
                    ty: other.ty,
                    known: other.known,
                    provenance: other.provenance,
                });
            }
        }
        Some(body)
    }

    /// Media types in which the caller may ask for the response.
    pub fn accepts(&self) -> Vec<String> {
        self.listed(self.dialect.headers.accept.as_deref())
    }

    /// Documented responses, by status; of several with one status, the first.
    pub fn responses(&self) -> Vec<Response> {
        let facts = self.operation.facts;
        let mut seen = BTreeSet::new();
        let first = facts.responses.iter().enumerate();
        let first = first.filter(|(_, fact)| seen.insert(fact.status));
        let mut responses: Vec<_> = first.map(|(at, fact)| self.response(at, fact)).collect();
        responses.sort_by_key(|response| response.status);
        responses
    }

    fn response(&self, at: usize, fact: &ResponseFact) -> Response {
        let part = self.operation.part_of(fact);
        let body = part.and_then(|part| self.body(Direction::Response, part));
        // Prose that only repeats the row says nothing about the body.
        let body = body.map(|mut body| {
            let same =
                |text: &Text| Some(text.plain()) == fact.description.as_ref().map(Text::plain);
            body.description = body.description.filter(|text| !same(text));
            body
        });
        let decided = self.decisions.response_headers.get(&(self.index, at));
        let headers = fact.headers.iter().zip(decided.into_iter().flatten());
        let mut names = BTreeSet::new();
        let headers = headers.filter(|(row, _)| names.insert(row.name.to_ascii_lowercase()));
        let headers = headers.map(|(row, (ty, known))| ResponseHeader {
            name: row.name.clone(),
            ty: ty.clone(),
            known: *known,
            description: row.description.clone(),
            provenance: Some(row.provenance.clone()),
        });
        Response {
            status: fact.status,
            description: fact.description.clone(),
            body,
            headers: headers.collect(),
            provenance: Some(fact.provenance.clone()),
        }
    }

    fn body(&self, direction: Direction, part: Part) -> Option<Body> {
        let key = BodyKey {
            operation: self.index,
            direction,
            part,
        };
        let fact = self.evidence.bodies.get(&key)?.fact;
        let (ty, known, facets) = self.schemas.body(key)?;
        let headers = &self.dialect.headers;
        let media_types = match (fact.media_types.as_slice(), direction) {
            ([], Direction::Request) => self.listed(headers.content_type.as_deref()),
            ([], _) => self.accepts(),
            (own, _) => own.to_vec(),
        };
        // In a request's heading the word is a name; in a response's heading it is the
        // type.
        let is_name = direction == Direction::Request && !fact.label.is_empty();
        let name = is_name.then(|| fact.label.clone());
        Some(Body {
            name: name.filter(|name| ty.named() != Some(name)),
            ty: ty.clone(),
            known,
            optional: direction == Direction::Request && fact.is_optional,
            media_types,
            others: Vec::new(),
            facets: facets.clone(),
            description: fact.description.clone(),
            provenance: Some(fact.provenance.clone()),
        })
    }

    /// The media types that the row of a header lists.
    fn listed(&self, header: Option<&str>) -> Vec<String> {
        let is =
            |fact: &&HeaderFact| header.is_some_and(|name| name.eq_ignore_ascii_case(&fact.name));
        let found = self.operation.facts.headers.iter().find(is);
        found
            .map(|fact| fact.media_types.clone())
            .unwrap_or_default()
    }
}
