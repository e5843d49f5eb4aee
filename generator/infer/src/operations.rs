//! What the model says of each operation.

use std::collections::{BTreeMap, BTreeSet};

use rayon::prelude::*;

use super::{
    evidence::Evidence,
    messages::Messages,
    operation::Operation,
    resources::Prefix,
    schemas::Schemas,
    store::{Decisions, Input},
    unify::Unified,
    words,
};
use docwright_model::{
    Api, FORMAT, Facet, Header, Known, Location, Parameter, QueryLanguage, Sample, SecurityScheme,
    Server, Status, Text, Type,
};
use docwright_read::{
    dialect::Dialect,
    extract::{HeaderFact, PageFacts, RowFact},
};

impl Operation<'_> {
    /// Names of the path's parameters, in order, with repetitions.
    pub fn path_names(&self) -> impl Iterator<Item = &str> {
        docwright_model::parameter_names(&self.facts.path)
    }

    /// Rows that describe path parameters.
    pub fn path_rows(&self) -> impl Iterator<Item = &RowFact> + Clone {
        let parameters = self.facts.parameters.iter();
        parameters.filter_map(|(location, row)| (*location == Location::Path).then_some(row))
    }

    /// Whether some documented success response can have content: by RFC 9110, 204 and
    /// 205 never do.
    pub fn answers_with_content(&self) -> bool {
        self.facts.responses.iter().any(|r| has_content(r.status))
    }

    /// Whether responses are documented, and none of them has content.
    pub fn only_answers_without_content(&self) -> bool {
        !self.facts.responses.is_empty() && !self.answers_with_content()
    }
}

fn has_content(status: Status) -> bool {
    status.is_success() && status.has_content()
}

/// The samples of all operations.
pub fn samples(operations: &[Operation<'_>]) -> Vec<Sample> {
    let of = |operation: &Operation<'_>| {
        let uid = operation.uid.clone();
        let samples = operation.facts.samples.clone();
        samples.into_iter().map(move |fact| Sample {
            operation: uid.clone(),
            direction: fact.direction,
            status: fact.status.and_then(Status::code),
            headers: fact.headers,
            body: fact.body,
            provenance: fact.provenance,
        })
    };
    operations.iter().flat_map(of).collect()
}

/// Puts the model together.
pub fn api(
    input: &Input<'_>,
    operations: &[Operation<'_>],
    evidence: &Evidence<'_>,
    schemas: &Schemas,
    decisions: &Decisions<'_>,
    unified: &Unified,
) -> Api {
    let (pages, dialect) = (input.pages, input.dialect);
    let paths = operations.iter().map(|o| o.facts.path.as_str());
    let prefix = Prefix::of(paths);
    let of_operation = |(index, operation): (usize, &Operation<'_>)| {
        let messages = Messages {
            operation,
            index,
            evidence,
            schemas,
            decisions,
            dialect,
        };
        let decided = decisions
            .parameters
            .get(index)
            .map_or(&[][..], Vec::as_slice);
        let resource = prefix.resource(&operation.facts.path);
        in_model(
            operation,
            resource,
            parameters(operation, decided),
            &messages,
        )
    };
    let described = evidence
        .own
        .keys()
        .filter(|name| evidence.is_described(name));
    let own = evidence.pages_own.iter().chain(described);
    let own: Vec<Type> = own.cloned().map(Type::Named).collect();
    let (inferred, (security, headers)) = rayon::join(
        || -> Vec<_> {
            operations
                .par_iter()
                .enumerate()
                .map(of_operation)
                .collect()
        },
        || (security(operations, dialect), headers(operations)),
    );
    let roots = inferred.iter().flat_map(types_of).chain(&own);
    let mut api = Api {
        format: FORMAT,
        title: input.title.to_owned(),
        servers: servers(pages),
        security,
        headers,
        query_languages: query_languages(dialect),
        schemas: schemas.reachable(roots, unified),
        operations: inferred,
    };
    api.retain_query_languages();
    api
}

/// The languages that the dialect knows, by kind.
fn query_languages(dialect: &Dialect) -> Vec<QueryLanguage> {
    let languages = dialect.query_languages.iter();
    let mut languages: Vec<_> = languages.map(|it| it.language.clone()).collect();
    languages.sort_by_key(|it| it.kind);
    languages
}

/// An operation as the model has it.
fn in_model(
    operation: &Operation<'_>,
    resource: String,
    parameters: Vec<Parameter>,
    messages: &Messages<'_, '_>,
) -> docwright_model::Operation {
    let facts = operation.facts;
    docwright_model::Operation {
        uid: operation.uid.clone(),
        method: facts.method.clone(),
        path: facts.path.clone(),
        resource,
        description: facts.description.clone(),
        parameters,
        headers: facts.headers.iter().map(|fact| fact.name.clone()).collect(),
        request: messages.request(),
        accepts: messages.accepts(),
        deprecated: facts.deprecated.is_some(),
        responses: messages.responses(),
        provenance: Some(facts.provenance.clone()),
    }
}

/// Where pages say that the API is served, in page order.
fn servers(pages: &[PageFacts]) -> Vec<Server> {
    let mut servers: Vec<Server> = Vec::new();
    for fact in pages.iter().flat_map(|page| &page.servers) {
        match servers.iter_mut().find(|it| it.url == fact.url) {
            Some(known) => {
                let description = &mut known.description;
                *description = description.take().or_else(|| fact.description.clone());
            }
            None => servers.push(Server {
                url: fact.url.clone(),
                description: fact.description.clone(),
                provenance: Some(fact.provenance.clone()),
            }),
        }
    }
    servers
}

fn types_of(operation: &docwright_model::Operation) -> Vec<&Type> {
    let mut types: Vec<&Type> = operation.parameters.iter().map(|p| &p.ty).collect();
    let answers = operation.responses.iter().filter_map(|r| r.body.as_ref());
    for body in operation.request.iter().chain(answers) {
        types.push(&body.ty);
        types.extend(body.others.iter().map(|content| &content.ty));
    }
    let headers = operation.responses.iter().flat_map(|r| &r.headers);
    types.extend(headers.map(|header| &header.ty));
    types
}

/// Path parameters in the order of the path, then the others in page order.
fn parameters(operation: &Operation<'_>, decided: &[(Type, Known)]) -> Vec<Parameter> {
    let rows = || operation.facts.parameters.iter().zip(decided);
    let mut places: BTreeMap<&str, usize> = BTreeMap::new();
    let in_path = operation.path_names().map(|name| {
        // The second place with a name gets the second row with that name, if there is
        // one.
        let place = places.entry(name).or_default();
        let is = |location: Location, row: &RowFact| location == Location::Path && row.name == name;
        let mut rows = rows().filter(|((location, row), _)| is(*location, row));
        let found = rows.clone().nth(*place).or_else(|| rows.next());
        *place += 1;
        found.map_or_else(
            || Parameter {
                provenance: Some(operation.facts.provenance.clone()),
                ..Parameter::undescribed(name)
            },
            |((_, row), decided)| parameter(row, Location::Path, decided),
        )
    });
    let mut seen = BTreeSet::new();
    let others = rows().filter(move |((location, row), _)| {
        *location != Location::Path && seen.insert((location, &row.name))
    });
    let others = others.map(|((location, row), decided)| parameter(row, *location, decided));
    in_path.chain(others).collect()
}

fn parameter(row: &RowFact, location: Location, (ty, known): &(Type, Known)) -> Parameter {
    let mut facets = row.documented();
    if row.ty.as_ref().is_some_and(words::is_nullable) && facets.nullable.is_none() {
        facets.nullable = Some(Facet::documented(true, row.provenance.clone()));
    }
    let style = row.facets.as_ref().and_then(|facets| facets.style);
    Parameter {
        name: row.name.clone(),
        location,
        ty: ty.clone(),
        known: *known,
        required: row.is_required() || location == Location::Path,
        style: style.unwrap_or_default(),
        facets,
        description: row.description.clone(),
        provenance: Some(row.provenance.clone()),
    }
}

/// All documented headers by name, with their most frequent description (of equally
/// frequent ones, the first in alphabetical order).
fn headers(operations: &[Operation<'_>]) -> Vec<Header> {
    let mut by_name: BTreeMap<&str, Vec<&HeaderFact>> = BTreeMap::new();
    for fact in operations.iter().flat_map(|o| &o.facts.headers) {
        by_name.entry(&fact.name).or_default().push(fact);
    }
    fn words(fact: &HeaderFact) -> Option<&str> {
        fact.description.as_ref().map(Text::markdown)
    }
    let header = |(name, facts): (&str, Vec<&HeaderFact>)| {
        let mut votes: BTreeMap<Option<&str>, usize> = BTreeMap::new();
        for fact in &facts {
            *votes.entry(words(fact)).or_default() += 1;
        }
        let most = votes.iter().rev().max_by_key(|(_, count)| **count);
        let most = most.and_then(|(text, _)| *text);
        let best = facts.iter().find(|fact| words(fact) == most);
        Header {
            name: name.to_owned(),
            description: best.and_then(|fact| fact.description.clone()),
            provenance: best.map(|fact| fact.provenance.clone()),
        }
    };
    by_name.into_iter().map(header).collect()
}

/// The authorization schemes and credential headers that pages name, in the
/// order of their first appearance.
fn security(operations: &[Operation<'_>], dialect: &Dialect) -> Vec<SecurityScheme> {
    let words = &dialect.headers;
    let mut schemes = Vec::new();
    let mut seen = BTreeSet::new();
    let mut add = |scheme: SecurityScheme| {
        if seen.insert(scheme.clone()) {
            schemes.push(scheme);
        }
    };
    let facts = || operations.iter().flat_map(|o| &o.facts.headers);
    let is = |known: &str, fact: &HeaderFact| known.eq_ignore_ascii_case(&fact.name);
    if let (Some(name), Some(pattern)) = (&words.authorization, &words.scheme) {
        for fact in facts().filter(|fact| is(name, fact)) {
            let plain = fact.description.as_ref().map_or("", Text::plain);
            for found in pattern.captures_iter(plain) {
                if let Some(scheme) = found.get(1) {
                    add(SecurityScheme::Authorization {
                        scheme: scheme.as_str().to_owned(),
                    });
                }
            }
        }
    }
    for name in &words.credentials {
        if facts().any(|fact| is(name, fact)) {
            add(SecurityScheme::Header { name: name.clone() });
        }
    }
    schemes
}
