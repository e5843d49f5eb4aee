//! The content of the crate: the model's operations and types with their Rust names and
//! places. All decisions are made here; the templates only print.

mod conversions;
mod operations;
mod path;
mod planned;
mod presence;
mod queries;
mod tags;
mod types;

use std::collections::{BTreeMap, BTreeSet};

use rayon::prelude::*;

use docwright_model::{Api, Operation, Shape, Type};
use docwright_read::settings::Patterns;

use super::headers::{self, NamedHeader};
use super::joined::OnlyRead;
use super::names::{self, Name, Scope};
pub use conversions::Conversion;
use operations::plan_operations;
pub use path::template;
pub use planned::{Group, NamedType, PlannedBody, PlannedOperation, PlannedParameter, Resource};
pub use presence::Presence;
pub use queries::{Queries, QueryMethod};
pub use tags::tags;
use types::{claim, claim_unused, holds, named_types};

/// How many operations a resource can have before it is split into parts.
const LARGE: usize = 100;

/// How many resources must need a type before it is always compiled. Its inner types are
/// needed by at least as many.
const WIDE: usize = 8;

/// The owner of a type that no operation needs.
const NOBODY: &str = "";

/// The crate.
pub struct Plan<'a> {
    /// The API.
    pub api: &'a Api,
    /// The properties that calls leave out of what they send.
    only_read: OnlyRead,
    /// The named types, by wire name.
    pub types: BTreeMap<&'a str, NamedType<'a>>,
    /// The constants of the documented media types, by name.
    pub media_types: BTreeMap<&'a str, Name>,
    /// The constants of the lists of media types, by their names.
    pub media_type_lists: BTreeMap<Vec<&'a str>, Name>,
    /// The request headers that are neither credentials nor about media types.
    pub plain_headers: Vec<NamedHeader<'a>>,
    /// The languages of query parameters.
    pub queries: Queries<'a>,
    /// The resources, by module.
    pub resources: Vec<Resource<'a>>,
    /// The resources that are split, by feature.
    pub groups: Vec<Group<'a>>,
}

impl<'a> Plan<'a> {
    /// Names and places for everything in the API. Some types have names already, which
    /// `idents` doesn't give again.
    pub fn new(
        api: &'a Api,
        only_read: OnlyRead,
        selected: &Patterns,
        (given, mut idents): (&BTreeMap<String, Name>, Scope),
    ) -> Self {
        let mut types = named_types(api, given, &mut idents);
        let mut modules = Scope::modules();
        let queries = Queries::new(api);
        if !queries.is_empty() {
            // The module of what they are made of.
            modules.reserve("query");
        }
        let mut accessors = Scope::client();
        let setters = header_setters(api);
        let mut named = Vec::new();
        for (name, operations) in by_resource(api, selected) {
            for operation in &operations {
                claim(&mut types, operation, name);
            }
            named.push((modules.snake(name), accessors.snake(name), name, operations));
        }
        let resource = |(module, accessor, name, operations)| {
            // Each resource has its own, beside the types, which all can see.
            let mut idents = idents.clone();
            Resource {
                name,
                module,
                accessor,
                client: idents.camel(&format!("{name}Client")),
                service: idents.camel(&format!("{name}Service")),
                operations: plan_operations(operations, &mut idents, &setters),
                conversions: BTreeSet::new(),
            }
        };
        let mut resources: Vec<_> = named.into_par_iter().map(resource).collect();
        claim_unused(&mut types);
        for named in types.values_mut() {
            if let [only] = named.users.iter().collect::<Vec<_>>()[..] {
                named.home = Some(*only).filter(|only| *only != NOBODY);
            }
        }
        let groups = groups(&resources, &mut modules);
        resources.sort_by(|a, b| a.module.cmp(&b.module));
        let conversions = conversions::conversions(&resources, &types);
        for (resource, conversions) in resources.iter_mut().zip(conversions) {
            resource.conversions = conversions;
        }
        Self {
            api,
            only_read,
            types,
            media_types: headers::constants(api),
            media_type_lists: headers::lists(api, &resources),
            plain_headers: headers::plain(api),
            queries,
            resources,
            groups,
        }
    }

    /// The types of a module; `None` for those that several share.
    pub fn types_of(&self, home: Option<&str>) -> Vec<&NamedType<'a>> {
        let mut types: Vec<_> = self
            .types
            .values()
            .filter(|named| named.home == home)
            .collect();
        types.sort_by(|a, b| a.ident.cmp(&b.ident));
        types
    }

    /// The features that need a type, each of which is enough; none if it is always there.
    pub fn features_of(&self, named: &NamedType<'_>) -> Vec<String> {
        let needs = |resource: &&Resource<'_>| named.users.contains(resource.name);
        let resources = self.resources.iter().filter(needs);
        let mut features: Vec<_> = resources.map(Resource::feature).collect();
        if features.len() > WIDE {
            return Vec::new();
        }
        if named.users.contains(NOBODY) {
            features.push("all".to_owned());
        }
        features.sort();
        features
    }

    /// The properties of a type that only responses have: a call that sends it leaves them out.
    pub fn only_read(&self, name: &str) -> &[String] {
        self.only_read.get(name).map_or(&[], Vec::as_slice)
    }

    /// The type of a name, if the API documents it.
    pub fn named(&self, name: &str) -> Option<&NamedType<'a>> {
        self.types.get(name)
    }

    /// The module of the crate's root that a type is in.
    pub fn module_of(&self, named: &NamedType<'_>) -> Name {
        let home = self.resources.iter().find(|r| named.home == Some(r.name));
        home.map_or_else(|| Name::new("types"), |resource| resource.module.clone())
    }

    /// The Rust path of what a dotted name of the pages means: a type, whatever stands
    /// before it, or a member of a type. `None` if there is no such thing, or not for all
    /// who read about it, each of whom may be there without the others.
    pub fn path_of(&self, name: &str, readers: &BTreeSet<&str>) -> Option<String> {
        let mut parts = name.rsplit('.');
        let (last, before) = (parts.next()?, parts.next());
        let member = before
            .and_then(|before| self.named(before))
            .and_then(|named| Some((named, Some(named.member(last)?))));
        let (named, member) = match member {
            Some(found) => found,
            None => (self.named(last)?, None),
        };
        let mut readers = readers.iter().filter(|reader| **reader != NOBODY);
        if !self.features_of(named).is_empty() && !readers.all(|name| named.users.contains(name)) {
            return None;
        }
        let path = format!("crate::{}::{}", self.module_of(named), named.ident);
        Some(match (member, &named.schema.shape) {
            (None, _) => path,
            (Some(member), Shape::Properties(_)) => format!("field@{path}::{member}"),
            (Some(member), Shape::Flags(_)) => format!("{path}::{member}"),
            (Some(member), _) => format!("variant@{path}::{member}"),
        })
    }

    /// Whether a value of the type `outer` has one of the type `inner` in it, so that
    /// `inner` can't hold it without a box.
    pub fn holds(&self, outer: &str, inner: &str) -> bool {
        holds(&self.types, outer, inner)
    }

    /// The type that an alias stands for, and that its own alias stands for; any other type
    /// is itself.
    pub fn resolved<'t>(&'t self, ty: &'t Type) -> &'t Type {
        let alias = |ty: &'t Type| match ty {
            Type::Named(name) => match &self.named(name)?.schema.shape {
                Shape::Alias(ty) => Some(ty),
                _ => None,
            },
            _ => None,
        };
        // `validate` removes aliases that lead back to themselves.
        let mut ty = ty;
        while let Some(inner) = alias(ty) {
            ty = inner;
        }
        ty
    }
}

/// The methods that every call has for the documented headers.
fn header_setters(api: &Api) -> Scope {
    let mut scope = Scope::call();
    for header in &api.headers {
        scope.snake(&header.name);
    }
    scope
}

/// The operations by resource, and those of a large one by its parts. One of which the user
/// has selected parts is large, however little of it is left: a part is called the same
/// whatever there is beside it.
fn by_resource<'a>(api: &'a Api, selected: &Patterns) -> BTreeMap<&'a str, Vec<&'a Operation>> {
    let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
    for operation in &api.operations {
        *counts.entry(&operation.resource).or_default() += 1;
    }
    let is_in_parts = |name: &str| {
        let mut parts = selected.all().filter_map(|it| it.text.strip_prefix(name));
        counts[name] > LARGE || parts.any(|rest| rest.starts_with('/'))
    };
    let mut resources: BTreeMap<&str, Vec<&Operation>> = BTreeMap::new();
    for operation in &api.operations {
        let name = match is_in_parts(&operation.resource) {
            true => operation.part(),
            false => &operation.resource,
        };
        resources.entry(name).or_default().push(operation);
    }
    resources
}

/// The resources that are split, with a name for the feature of the whole.
fn groups<'a>(resources: &[Resource<'a>], modules: &mut Scope) -> Vec<Group<'a>> {
    let mut parts: BTreeMap<&str, Vec<String>> = BTreeMap::new();
    for resource in resources {
        let whole = resource.operations.first().map(|o| &*o.operation.resource);
        if let Some(whole) = whole.filter(|whole| *whole != resource.name) {
            parts.entry(whole).or_default().push(resource.feature());
        }
    }
    let group = |(name, mut parts): (&'a str, Vec<String>)| {
        parts.sort();
        // What is of no part has the module of the whole, and its feature.
        let rest = resources.iter().find(|resource| resource.name == name);
        let feature = rest.map_or_else(
            || names::kebab(&modules.snake(name).to_string()),
            Resource::feature,
        );
        Group {
            name,
            feature,
            parts,
        }
    };
    parts.into_iter().map(group).collect()
}
