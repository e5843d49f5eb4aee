//! Arrays and maps whose elements have an unknown type.

use docwright_model::{
    Api, Known, Operation, Provenance, Schema, Shape, Text, Type,
    diagnostic::{Diagnostic, Place, rules},
};

use crate::links::links;

/// Reports each property, parameter and body that is documented as an array or a map,
/// where neither pages nor samples show the type of the elements.
pub fn unknown(api: &Api, found: &mut Vec<Diagnostic>) {
    for schema in &api.schemas {
        of_schema(schema, found);
    }
    for operation in &api.operations {
        of_operation(operation, found);
    }
}

fn of_schema(schema: &Schema, found: &mut Vec<Diagnostic>) {
    let Shape::Properties(properties) = &schema.shape else {
        return;
    };
    for property in properties {
        let target = format!("{}.{}", schema.name, property.name);
        let place = property.provenance.first();
        let known = (&property.ty, property.known);
        report(&target, known, property.description.as_ref(), place, found);
    }
}

fn of_operation(operation: &Operation, found: &mut Vec<Diagnostic>) {
    let uid = &operation.uid;
    for parameter in &operation.parameters {
        let target = format!("{uid}:{}.{}", parameter.location.word(), parameter.name);
        let place = parameter.provenance.as_ref();
        let known = (&parameter.ty, parameter.known);
        report(&target, known, parameter.description.as_ref(), place, found);
    }
    let request = operation.request.iter();
    let request = request.map(|body| (format!("{uid}:request"), body));
    let responses = operation.responses.iter();
    let responses = responses.filter_map(|response| {
        let target = format!("{uid}:response.{}", response.status);
        Some((target, response.body.as_ref()?))
    });
    for (target, body) in request.chain(responses) {
        // A body that is a map of any values is reported as a body of unknown type.
        if let Type::Array(_) = body.ty {
            let place = body.provenance.as_ref().or(operation.provenance.as_ref());
            report(&target, (&body.ty, body.known), None, place, found);
        }
    }
}

fn report(
    target: &str,
    (ty, known): (&Type, Known),
    description: Option<&Text>,
    place: Option<&Provenance>,
    found: &mut Vec<Diagnostic>,
) {
    let (Some(what), Known::Unknown, Some(place)) = (unknown_parts(ty), known, place) else {
        return;
    };
    // Other parts of the docs may show it to a person.
    let mut links = links(description.map(Text::markdown).unwrap_or_default());
    let message = match links.find(|link| !link.contains("://")) {
        Some(link) => format!(
            "no page shows the type of the {what} of `{target}`; its description links to \
             `{link}`, which isn't read"
        ),
        None => format!("the type of the {what} of `{target}` is unknown"),
    };
    let finding = Diagnostic::new(rules::UNKNOWN_ELEMENTS, Place::of(place), message);
    found.push(finding.confirmed_by(
        target,
        ty,
        "Neither the text nor a sample shows its \
                                                 content.",
    ));
}

/// The unknown part of a type, if it is the content of an array or a map.
fn unknown_parts(ty: &Type) -> Option<&'static str> {
    match ty {
        Type::Array(inner) if **inner == Type::Any => Some("elements"),
        Type::Map(inner) if **inner == Type::Any => Some("keys and values"),
        Type::Array(inner) | Type::Map(inner) | Type::Nullable(inner) => unknown_parts(inner),
        _ => None,
    }
}
