//! What the crate consists of: the model's operations and types with their Rust names
//! and places. Every decision is made here; the templates only print.

use std::collections::{BTreeMap, BTreeSet};

use proc_macro2::Ident;

use crate::model::{Api, Body, Location, Operation, Parameter, Response, Schema, Shape, Type};

use super::headers;
use super::names::{self, Scope};

/// How many operations a resource can have before it is split into parts.
const LARGE: usize = 100;

/// How many resources need a type before it is simply there. Whatever is within such a type
/// is needed by as many.
const WIDE: usize = 8;

/// Who needs a type that no operation needs.
const NOBODY: &str = "";

/// The crate.
pub struct Plan<'a> {
    /// The API.
    pub api: &'a Api,
    /// The named types, by wire name.
    pub types: BTreeMap<&'a str, NamedType<'a>>,
    /// The constants of the documented media types, by name.
    pub media_types: BTreeMap<&'a str, Ident>,
    /// The constants of the lists of media types, by their names.
    pub media_type_lists: BTreeMap<Vec<&'a str>, Ident>,
    /// The resources, by module.
    pub resources: Vec<Resource<'a>>,
    /// The resources that are split, by feature.
    pub groups: Vec<Group<'a>>,
}

/// A resource that is split into parts, each of which is a resource of its own in the crate.
pub struct Group<'a> {
    /// Wire name of the whole.
    pub name: &'a str,
    /// The feature that has all parts.
    pub feature: String,
    /// The features of the parts.
    pub parts: Vec<String>,
}

/// A named type and where it is.
pub struct NamedType<'a> {
    /// The type.
    pub schema: &'a Schema,
    /// Its Rust name.
    pub ident: Ident,
    /// The resource whose module it is in; `None` if several need it, or none.
    pub home: Option<&'a str>,
    /// The resources that need it, by wire name.
    pub users: BTreeSet<&'a str>,
    /// The module in `types` that it is in, if it has no home.
    pub module: Ident,
    /// Types whose values are part of a value of this type.
    pub parts: BTreeSet<&'a str>,
}

/// A resource: a module, a feature, a part of the client, a service.
pub struct Resource<'a> {
    /// Wire name; of a part of a large one with what follows it in the path, such as
    /// `List/Country`.
    pub name: &'a str,
    /// The module.
    pub module: Ident,
    /// The method of the client that leads to it.
    pub accessor: Ident,
    /// The part of the client.
    pub client: Ident,
    /// The trait of the server.
    pub service: Ident,
    /// Its operations, by name.
    pub operations: Vec<PlannedOperation<'a>>,
}

impl Resource<'_> {
    /// The feature of the crate.
    pub fn feature(&self) -> String {
        names::kebab(&self.module.to_string())
    }
}

/// An operation and its names.
pub struct PlannedOperation<'a> {
    /// The operation.
    pub operation: &'a Operation,
    /// Its method, of client and service.
    pub method: Ident,
    /// Its type.
    pub ident: Ident,
    /// The struct of its query parameters on the server, if there are any.
    pub query_ident: Option<Ident>,
    /// Path parameters in the order of the path.
    pub path: Vec<PlannedParameter<'a>>,
    /// Query parameters in page order.
    pub query: Vec<PlannedParameter<'a>>,
    /// The successful response.
    pub success: Option<&'a Response>,
}

impl<'a> PlannedOperation<'a> {
    /// The body of the successful response.
    pub fn answer(&self) -> Option<&'a Body> {
        self.success.and_then(|response| response.body.as_ref())
    }

    /// The body of the request.
    pub fn body(&self) -> Option<&'a Body> {
        self.operation.request.as_ref()
    }

    /// The query parameters that a call has to have.
    pub fn required_query(&self) -> impl Iterator<Item = &PlannedParameter<'a>> {
        self.query
            .iter()
            .filter(|planned| planned.parameter.required)
    }
}

/// A parameter and its names.
pub struct PlannedParameter<'a> {
    /// The parameter.
    pub parameter: &'a Parameter,
    /// Its argument or field.
    pub ident: Ident,
    /// The method of a call that sets it, if it is an optional query parameter.
    pub setter: Ident,
}

impl<'a> Plan<'a> {
    /// Names and places for everything in the API.
    pub fn new(api: &'a Api) -> Self {
        let mut idents = Scope::types();
        let mut types = named_types(api, &mut idents);
        let mut modules = Scope::modules();
        let mut accessors = Scope::client();
        let setters = header_setters(api);
        let mut resources = Vec::new();
        for (name, operations) in by_resource(api) {
            for operation in &operations {
                claim(&mut types, operation, name);
            }
            // Each resource has its own, beside the types, which all can see.
            let mut idents = idents.clone();
            let client = idents.camel(&format!("{name}Client"));
            let service = idents.camel(&format!("{name}Service"));
            resources.push(Resource {
                name,
                module: modules.snake(name),
                accessor: accessors.snake(name),
                client,
                service,
                operations: plan_operations(operations, &mut idents, &setters),
            });
        }
        claim_unused(&mut types);
        for named in types.values_mut() {
            if let [only] = named.users.iter().collect::<Vec<_>>()[..] {
                named.home = Some(*only).filter(|only| *only != NOBODY);
            }
        }
        let groups = groups(&resources, &mut modules);
        resources.sort_by(|a, b| a.module.cmp(&b.module));
        Self {
            api,
            types,
            media_types: headers::constants(api),
            media_type_lists: headers::lists(api, &resources),
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

    /// The type of a name, if the API documents it.
    pub fn named(&self, name: &str) -> Option<&NamedType<'a>> {
        self.types.get(name)
    }

    /// Whether a value of the type `outer` has one of the type `inner` in it, so that
    /// `inner` can't hold it without a box.
    pub fn holds(&self, outer: &str, inner: &str) -> bool {
        outer == inner
            || self
                .named(outer)
                .is_some_and(|named| named.parts.contains(inner))
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

/// The operations by resource, and those of a large one by its parts.
fn by_resource(api: &Api) -> BTreeMap<&str, Vec<&Operation>> {
    let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
    for operation in &api.operations {
        *counts.entry(&operation.resource).or_default() += 1;
    }
    let mut resources: BTreeMap<&str, Vec<&Operation>> = BTreeMap::new();
    for operation in &api.operations {
        let name = match counts[&*operation.resource] > LARGE {
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

fn plan_operations<'a>(
    mut operations: Vec<&'a Operation>,
    idents: &mut Scope,
    setters: &Scope,
) -> Vec<PlannedOperation<'a>> {
    operations.sort_by(|a, b| a.uid.cmp(&b.uid));
    let names = operation_names(&operations);
    let mut methods = Scope::methods();
    let mut planned: Vec<_> = operations
        .into_iter()
        .zip(names)
        .map(|(operation, name)| {
            let parameters = |location| {
                operation
                    .parameters
                    .iter()
                    .filter(move |p| p.location == location)
            };
            let has_query = parameters(Location::Query).next().is_some();
            let mut arguments = Scope::arguments();
            let mut setters = setters.clone();
            let mut plan = |parameter: &'a Parameter| PlannedParameter {
                parameter,
                ident: arguments.snake(&parameter.name),
                setter: setters.snake(&parameter.name),
            };
            let path: Vec<_> = in_path_order(&operation.path, parameters(Location::Path).collect())
                .into_iter()
                .map(&mut plan)
                .collect();
            PlannedOperation {
                operation,
                method: methods.snake(&name),
                ident: idents.camel(&name),
                query_ident: has_query.then(|| idents.camel(&format!("{name}Query"))),
                path,
                query: parameters(Location::Query).map(plan).collect(),
                success: success(operation),
            }
        })
        .collect();
    planned.sort_by(|a, b| a.method.cmp(&b.method));
    planned
}

/// The part of the uids that tells operations apart; where it doesn't, all of the uid.
fn operation_names(operations: &[&Operation]) -> Vec<String> {
    let mut counts: BTreeMap<String, usize> = BTreeMap::new();
    let short = |operation: &Operation| names::operation(&operation.uid).to_owned();
    for operation in operations {
        *counts.entry(names::kebab(&short(operation))).or_default() += 1;
    }
    let name = |operation: &&Operation| match counts[&names::kebab(&short(operation))] {
        1 => short(operation),
        _ => operation.uid.clone(),
    };
    operations.iter().map(name).collect()
}

/// Sorts parameters as the path has them; what the path lacks is left out.
fn in_path_order<'a>(path: &str, parameters: Vec<&'a Parameter>) -> Vec<&'a Parameter> {
    let names = path
        .split('{')
        .skip(1)
        .filter_map(|part| part.split('}').next());
    names
        .filter_map(|name| parameters.iter().find(|p| p.name == name).copied())
        .collect()
}

/// The response that a caller hopes for: the first success with a body, or else the first.
fn success(operation: &Operation) -> Option<&Response> {
    let successes = || {
        operation
            .responses
            .iter()
            .filter(|r| (200..300).contains(&r.status))
    };
    successes()
        .find(|response| response.body.is_some())
        .or_else(|| successes().next())
}

fn named_types<'a>(api: &'a Api, idents: &mut Scope) -> BTreeMap<&'a str, NamedType<'a>> {
    let mut types: BTreeMap<&str, NamedType<'_>> = BTreeMap::new();
    let mut modules = Scope::modules();
    for schema in &api.schemas {
        let ident = idents.camel(&schema.name);
        let module = modules.snake(&schema.name);
        let (users, parts) = (BTreeSet::new(), BTreeSet::new());
        types.insert(
            &schema.name,
            NamedType {
                schema,
                ident,
                home: None,
                users,
                module,
                parts,
            },
        );
    }
    let parts: Vec<_> = types.keys().map(|name| parts_of(&types, name)).collect();
    for (named, parts) in types.values_mut().zip(parts) {
        named.parts = parts;
    }
    types
}

/// The types whose values are part of a value of this type, at any depth.
/// Arrays and maps hold theirs elsewhere.
fn parts_of<'a>(types: &BTreeMap<&'a str, NamedType<'a>>, name: &'a str) -> BTreeSet<&'a str> {
    let mut found = BTreeSet::new();
    let mut open = vec![name];
    while let Some(name) = open.pop() {
        let Some(Shape::Properties(properties)) = types.get(name).map(|t| &t.schema.shape) else {
            continue;
        };
        for property in properties {
            if let Type::Named(inner) = &property.ty
                && found.insert(inner.as_str())
            {
                open.push(inner);
            }
        }
    }
    found
}

/// Notes that a resource needs the types of an operation, and those within them.
fn claim<'a>(
    types: &mut BTreeMap<&'a str, NamedType<'a>>,
    operation: &'a Operation,
    resource: &'a str,
) {
    let parameters = operation.parameters.iter().map(|parameter| &parameter.ty);
    let bodies = operation
        .request
        .iter()
        .chain(success(operation).and_then(|r| r.body.as_ref()));
    let named = parameters
        .chain(bodies.map(|body| &body.ty))
        .filter_map(Type::named);
    claim_all(types, named.collect(), resource);
}

/// Types that no operation needs are documented all the same. They, and what is within
/// them, belong to no resource.
fn claim_unused<'a>(types: &mut BTreeMap<&'a str, NamedType<'a>>) {
    let unused = types.iter().filter(|(_, named)| named.users.is_empty());
    let unused: Vec<_> = unused.map(|(name, _)| *name).collect();
    claim_all(types, unused, NOBODY);
}

fn claim_all<'a>(
    types: &mut BTreeMap<&'a str, NamedType<'a>>,
    mut open: Vec<&'a str>,
    resource: &'a str,
) {
    while let Some(name) = open.pop() {
        let Some(named) = types.get_mut(name) else {
            continue;
        };
        if !named.users.insert(resource) {
            continue;
        }
        if let Shape::Properties(properties) = &named.schema.shape {
            open.extend(properties.iter().filter_map(|property| property.ty.named()));
        }
    }
}
