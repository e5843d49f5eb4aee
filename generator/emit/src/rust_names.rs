//! The Rust names that callers and services write, by what they name on the wire: so that
//! two crates can be compared without their files.

use std::collections::BTreeMap;

use docwright_model::{Api, Shape};
use docwright_read::settings::Settings;

use crate::context::Context;
use crate::plan::{NamedType, Plan, PlannedOperation, Resource};

/// Rust names, by the part that each names, of each owner: an operation or a type.
pub type PartNames = BTreeMap<String, BTreeMap<String, String>>;

/// The Rust names in the crate of an API: those of operations by uid, and those of types by
/// wire name. The part without a name is the owner itself.
pub fn rust_names(api: &Api, settings: &Settings) -> (PartNames, PartNames) {
    let (valid, only_read, mut diagnostics) = crate::emitted(api);
    let Context { plan, .. } = crate::context(&valid, only_read, settings, &mut diagnostics);
    let operations = plan.resources.iter().flat_map(|resource| {
        let operations = resource.operations.iter();
        // The others are named after the first.
        let operations = operations.filter(|planned| planned.variant_of.is_none());
        operations.map(|planned| {
            let names = of_operation(resource, planned);
            (planned.operation.uid.clone(), names)
        })
    });
    (operations.collect(), of_types(&plan))
}

fn of_operation(
    resource: &Resource<'_>,
    planned: &PlannedOperation<'_>,
) -> BTreeMap<String, String> {
    let method = format!("{}().{}", resource.accessor, planned.method);
    let types = [
        ("type", Some(&planned.ident)),
        ("query type", planned.query_ident.as_ref()),
    ];
    let types = types.into_iter().filter_map(|(part, name)| {
        let path = format!("{}::{}", resource.module, name?);
        Some((part.to_owned(), path))
    });
    let setters = planned.query.iter().chain(&planned.fields);
    let setters = setters.map(|it| {
        let parameter = it.parameter;
        let part = format!("{}.{}", parameter.location.word(), parameter.name);
        (part, it.setter.to_string())
    });
    let names = types.chain(setters);
    names.chain([(String::new(), method)]).collect()
}

fn of_types(plan: &Plan<'_>) -> PartNames {
    let of = |named: &NamedType<'_>| -> BTreeMap<String, String> {
        let wire: Vec<String> = match &named.schema.shape {
            Shape::Properties(_) => named.properties.iter().map(|it| it.name.clone()).collect(),
            Shape::Values(values) | Shape::Flags(values) => {
                let values = values.iter().map(|it| it.value.text().into_owned());
                values.collect()
            }
            Shape::Union(union) => union.members.iter().map(|it| it.ty.to_string()).collect(),
            Shape::Alias(_) => Vec::new(),
        };
        let members = named.members.iter().map(ToString::to_string);
        let names = wire.into_iter().zip(members);
        names
            .chain([(String::new(), named.ident.to_string())])
            .collect()
    };
    let types = plan.types.iter();
    types
        .map(|(name, named)| ((*name).to_owned(), of(named)))
        .collect()
}
