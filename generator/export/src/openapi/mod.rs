//! The model as an OpenAPI document.
//!
//! Source: the OpenAPI Specification, version 3.1.1
//! (<https://spec.openapis.org/oas/v3.1.1.html>), and for tools that don't support it,
//! 3.0.3 (<https://spec.openapis.org/oas/v3.0.3.html>). What the specification can't
//! express goes into extensions:
//!
//! | key | what it says |
//! | --- | --- |
//! | `x-known` | how a type is known, unless a page documents it |
//! | `x-nullable-known` | how it is known that a value may be `null`, unless a page documents it |
//! | `x-provenance` | where it is stated: page, heading, anchor, row |
//! | `x-name` | what the page calls a body |
//! | `x-body` | a response body: its `x-` facts and its description |
//! | `x-accepts` | media types to ask for where no response has a body |
//! | `x-media-types` | documented media types that the generated client and server don't support |
//! | `x-samples` | samples that contradict the schema, each with the reason; they are no examples |
//! | `x-unplaced-parameters` | path parameters that the path has no place for |
//! | `x-path` | the operation's own path, if its parameter names differ from the path item's |
//! | `x-also` | operations with the same path item and method, each with its `x-path` |
//! | `x-enum-descriptions` | the pages' words for each value, in order |
//! | `x-enum-varnames` | what the pages call each value, in order |
//! | `x-flags` | an integer whose bits have meanings: the value, the name and the words of each |
//! | `x-query-language` | of a query parameter: `filter`, `select` or `order`, the language of its text |
//! | `x-query-languages` | the languages, each with its operators and how dates are written in it |
//! | `x-subset-of` | the named type that has all properties of this one |
//!
//! In the specification, path templates that only differ in the names of their parameters
//! (`{id}` and `{state}`) are identical, and a document must not have two of them. They
//! share one path item if their methods differ. Of two with the same method, the second
//! has its own path item in 3.1, which most tools accept; in 3.0, which is for strict
//! tools, it is in the first path item as `x-also`. Both cases are reported.

mod downgrade;
mod example;
mod message;
mod operation;
mod paths;
mod schema;
mod security;

use std::{
    borrow::Cow,
    collections::{BTreeMap, BTreeSet, HashSet},
};

use serde_json::{Map, Value, json};

use self::schema::Names;
use docwright_model::{Api, Facet, Known, Provenance, Sample, Text, visible};

/// A JSON object under construction; members keep the order in which they were added.
type Object = Map<String, Value>;

/// The version of the specification that a document follows.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum SpecVersion {
    /// 3.1.1, which is a superset of JSON Schema 2020-12.
    #[default]
    V3_1,
    /// 3.0.3, which more tools know.
    V3_0,
}

/// An OpenAPI document.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Document {
    /// JSON, with a line break at the end.
    pub text: String,
    /// What tools won't see in it, or may refuse.
    pub caveats: Vec<Caveat>,
}

/// Something that a tool won't see in a document, or may refuse.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Caveat {
    /// An operation whose path template differs from another one only in the names of
    /// parameters. It has its own path item, which the specification forbids, but most
    /// tools accept.
    IdenticalPath {
        /// The operation's uid.
        uid: String,
        /// The other template.
        other: String,
    },
    /// An operation in an extension of another one, because they share a path item.
    Behind {
        /// The operation's uid.
        uid: String,
        /// The uid of the other.
        first: String,
    },
    /// A sample that contradicts the schema of its body, and is in an extension.
    Sample {
        /// Where it stands.
        place: Provenance,
        /// The first contradiction.
        reason: String,
    },
}

/// The OpenAPI document of an API, with its samples as examples.
///
/// `version` is the described API's version, for `info.version`. Keys are in a
/// fixed order: paths, components and tags by name, everything else as the
/// specification lists it or as the pages have it. The result is valid for
/// every model, and so is each example against its schema.
///
/// # Errors
/// Those of the JSON writer; the model has nothing that it would refuse.
pub fn openapi(
    api: &Api,
    samples: &[Sample],
    version: &str,
    spec: SpecVersion,
) -> serde_json::Result<Document> {
    let context = Context {
        api,
        spec,
        names: Names::of(api),
        headers: api.headers.iter().map(|it| it.name.as_str()).collect(),
    };
    let mut caveats = Vec::new();
    let mut document = Object::new();
    document.insert("openapi".into(), "3.1.1".into());
    document.insert(
        "info".into(),
        json!({ "title": api.title, "version": version }),
    );
    if !api.servers.is_empty() {
        document.insert("servers".into(), servers(api));
    }
    let paths = paths::write(&context, samples, &mut caveats);
    document.insert("paths".into(), paths.into());
    let components = components(&context);
    if !components.is_empty() {
        document.insert("components".into(), components.into());
    }
    let tags: BTreeSet<&str> = api.operations.iter().map(|op| &*op.resource).collect();
    if !tags.is_empty() {
        let tags: Value = tags.into_iter().map(|tag| json!({ "name": tag })).collect();
        document.insert("tags".into(), tags);
    }
    if !api.query_languages.is_empty() {
        document.insert("x-query-languages".into(), json!(api.query_languages));
    }
    let mut document = Value::Object(document);
    if spec == SpecVersion::V3_0 {
        downgrade::to_3_0(&mut document);
    }
    let text = serde_json::to_string_pretty(&document)? + "\n";
    // Freed in the background, because it has many small parts.
    rayon::spawn(move || drop(document));
    let text = visible::json(&text).into_owned();
    Ok(Document { text, caveats })
}

/// What all parts of a document need.
struct Context<'a> {
    api: &'a Api,
    spec: SpecVersion,
    names: Names,
    /// The names of the documented headers.
    headers: HashSet<&'a str>,
}

fn servers(api: &Api) -> Value {
    let server = |server: &docwright_model::Server| {
        let mut object = Object::new();
        object.insert("url".into(), server.url.as_str().into());
        describe(&mut object, server.description.as_ref());
        let variables: Object = docwright_model::parameter_names(&server.url)
            .map(|name| (name.to_owned(), json!({ "default": name })))
            .collect();
        if !variables.is_empty() {
            object.insert("variables".into(), variables.into());
        }
        locate(&mut object, &server.provenance);
        Value::Object(object)
    };
    api.servers.iter().map(server).collect()
}

/// What operations refer to: schemas, headers and ways to authenticate.
fn components(context: &Context<'_>) -> Object {
    let parts = [
        ("schemas", schema::components(context)),
        ("parameters", operation::header_components(context.api)),
        ("securitySchemes", security::components(context.api)),
    ];
    let parts = parts.into_iter().filter(|(_, part)| !part.is_empty());
    parts
        .map(|(key, part)| (key.to_owned(), part.into()))
        .collect()
}

/// A key of `components`, which may hold letters, digits, `.`, `-` and `_`.
fn component_key(name: &str) -> Cow<'_, str> {
    let fits = |c: char| c.is_ascii_alphanumeric() || matches!(c, '.' | '-' | '_');
    if name.chars().all(fits) {
        return name.into();
    }
    let chars = name.chars();
    chars.map(|c| if fits(c) { c } else { '_' }).collect()
}

/// Members by key, in the keys' order.
fn by_key<K: Into<String>>(members: impl IntoIterator<Item = (K, Value)>) -> Object {
    let members = members.into_iter().map(|(key, value)| (key.into(), value));
    members
        .collect::<BTreeMap<String, Value>>()
        .into_iter()
        .collect()
}

/// Adds the pages' words, as Markdown.
fn describe(object: &mut Object, text: Option<&Text>) {
    if let Some(text) = text {
        object.insert("description".into(), text.markdown().into());
    }
}

/// Adds how a type is known, unless a page documents it.
fn mark(object: &mut Object, known: Known) {
    if known != Known::Documented {
        object.insert("x-known".into(), json!(known));
    }
}

/// Adds where it is stated.
fn locate<'a>(object: &mut Object, places: impl IntoIterator<Item = &'a Provenance>) {
    let places: Vec<_> = places.into_iter().map(|place| json!(place)).collect();
    if !places.is_empty() {
        object.insert("x-provenance".into(), places.into());
    }
}

/// The value of a facet, when there is one.
fn value_of<T>(facet: Option<&Facet<T>>) -> Option<&T> {
    facet.map(|facet| &facet.value)
}
