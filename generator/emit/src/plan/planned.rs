//! The parts of the plan: types, resources, operations and parameters with their Rust names.

use std::collections::BTreeSet;

use docwright_model::{
    Body, Location, Operation, Parameter, Property, QueryKind, Response, Schema, Shape, Text, Type,
};

use super::{Conversion, Plan, queries};
use crate::names::{self, Name};

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
    pub ident: Name,
    /// Its properties, if it is an object: those of its base types and its own.
    pub properties: Vec<&'a Property>,
    /// The Rust names of its properties, values or members, in their order.
    pub members: Vec<Name>,
    /// The resource whose module it is in; `None` if several need it, or none.
    pub home: Option<&'a str>,
    /// The resources that need it, by wire name.
    pub users: BTreeSet<&'a str>,
    /// The module that it is in, below `types` of its home or of the crate.
    pub module: Name,
    /// Types whose values are part of a value of this type.
    pub parts: BTreeSet<&'a str>,
    /// The property that says of which member of a union a value is, and its value, where
    /// there is one.
    pub tag: Option<(&'a str, &'a str)>,
}

impl<'a> NamedType<'a> {
    /// The property of this wire name.
    pub fn property(&self, wire: &str) -> Option<&'a Property> {
        let mut properties = self.properties.iter().copied();
        properties.find(|property| property.name == wire)
    }

    /// The Rust name of a property or a value.
    pub fn member(&self, wire: &str) -> Option<&Name> {
        let at = match &self.schema.shape {
            Shape::Properties(_) => self.properties.iter().position(|p| p.name == wire),
            Shape::Values(values) | Shape::Flags(values) => {
                values.iter().position(|value| value.value.text() == wire)
            }
            Shape::Union(_) | Shape::Alias(_) => None,
        };
        self.members.get(at?)
    }
}

/// A resource: a module, a feature, a part of the client, a service.
pub struct Resource<'a> {
    /// Wire name; of a part of a large one with what follows it in the path, such as
    /// `List/Country`.
    pub name: &'a str,
    /// The module.
    pub module: Name,
    /// The method of the client that leads to it.
    pub accessor: Name,
    /// The part of the client.
    pub client: Name,
    /// The trait of the server.
    pub service: Name,
    /// Its operations, by name.
    pub operations: Vec<PlannedOperation<'a>>,
    /// The conversions between its types.
    pub conversions: BTreeSet<Conversion<'a>>,
}

impl Resource<'_> {
    /// How many operations the pages document.
    pub fn operation_count(&self) -> usize {
        let operations = self.operations.iter();
        operations.filter(|it| it.variant_of.is_none()).count()
    }

    /// The feature of the crate.
    pub fn feature(&self) -> String {
        names::kebab(&self.module.to_string())
    }
}

/// An operation and its names. One whose body has several types in several media types is
/// several of these, each with one of them.
pub struct PlannedOperation<'a> {
    /// The operation.
    pub operation: &'a Operation,
    /// The method of the operation with the body that is documented first, if this is another.
    pub variant_of: Option<Name>,
    /// Its method, of client and service.
    pub method: Name,
    /// Its type.
    pub ident: Name,
    /// The struct of its query parameters on the server, if there are any.
    pub query_ident: Option<Name>,
    /// Path parameters in the order of the path.
    pub path: Vec<PlannedParameter<'a>>,
    /// Query parameters in page order.
    pub query: Vec<PlannedParameter<'a>>,
    /// Parameters in request headers, and then those in cookies.
    pub fields: Vec<PlannedParameter<'a>>,
    /// The body of the request.
    pub body: Option<PlannedBody<'a>>,
    /// The successful response.
    pub success: Option<&'a Response>,
}

/// The body of a request in the media types in which it has one type.
#[derive(Clone, Copy)]
pub struct PlannedBody<'a> {
    /// The type.
    pub ty: &'a Type,
    /// Whether a request needs none.
    pub optional: bool,
    /// The media types.
    pub media_types: &'a [String],
    /// The page's words.
    pub description: Option<&'a Text>,
}

impl<'a> PlannedOperation<'a> {
    /// The body of the successful response.
    pub fn answer(&self) -> Option<&'a Body> {
        self.success.and_then(|response| response.body.as_ref())
    }

    /// The query parameters that a call has to have.
    pub fn required_query(&self) -> impl Iterator<Item = &PlannedParameter<'a>> {
        let query = self.query.iter();
        query.filter(|planned| planned.parameter.required)
    }

    /// The query parameters that a call can do without.
    pub fn optional_query(&self) -> impl Iterator<Item = &PlannedParameter<'a>> {
        let query = self.query.iter();
        query.filter(|planned| !planned.parameter.required)
    }

    /// The parameters that the client's method has as arguments.
    pub fn arguments(&self) -> impl Iterator<Item = &PlannedParameter<'a>> {
        let fields = self.fields.iter().filter(|it| it.parameter.required);
        self.path.iter().chain(self.required_query()).chain(fields)
    }

    /// The parameters that are set on the call.
    pub fn set_on_call(&self) -> impl Iterator<Item = &PlannedParameter<'a>> {
        let fields = self.fields.iter().filter(|it| !it.parameter.required);
        self.optional_query().chain(fields)
    }
}

/// A parameter and its names.
pub struct PlannedParameter<'a> {
    /// The parameter.
    pub parameter: &'a Parameter,
    /// Its argument or field.
    pub ident: Name,
    /// The method of a call that sets it, if it is an optional query parameter.
    pub setter: Name,
}

impl PlannedParameter<'_> {
    /// The language in which it is written, if it is in one.
    pub fn language(&self) -> Option<QueryKind> {
        queries::language(self.parameter)
    }

    /// The type of the elements, if it is an array. One in a path is a text.
    pub fn repeated(&self, plan: &Plan<'_>) -> Option<Type> {
        match self.parameter.location {
            Location::Path => None,
            _ => plan.repeated(&self.parameter.ty),
        }
    }
}
