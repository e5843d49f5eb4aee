//! Leaves out and reports what can't be emitted, so that the rest of the API can be.

use std::collections::BTreeSet;

use docwright_model::diagnostic::{Diagnostic, Place, Rule, rules};
use docwright_model::{
    Api, Location, Operation, Parameter, PathPart, Property, Provenance, SecurityScheme, Shape,
    Text, Type, parameter_names, segments,
};

use super::media_types::{
    Side, are_merge_patches, are_multipart, are_spoken, can_be_form, unspoken,
};

/// The rule of what is left out of the crate.
const RULE: &Rule = rules::NOT_EMITTED;

/// The methods with an ordinary request and response (RFC 9110, section 9; RFC 5789).
const METHODS: [&str; 6] = ["DELETE", "GET", "HEAD", "PATCH", "POST", "PUT"];

/// How many parameters a path can have: the server has a function for each number.
const MOST_PARAMETERS: usize = 20;

/// The part of the API that can be emitted, and the findings about what is left out.
pub fn validate(api: &Api) -> (Api, Vec<Diagnostic>) {
    let mut diagnostics = Vec::new();
    let documented = api;
    let mut api = api.clone();
    let own = own_headers(&api);
    for operation in &mut api.operations {
        repair_fields(operation, &own, &mut diagnostics);
        repair_bodies(documented, operation, &mut diagnostics);
        report_other_successes(operation, &mut diagnostics);
    }
    api.operations
        .retain_mut(|operation| match repair(operation) {
            Ok(()) => true,
            Err(reason) => {
                let name = format!("the operation `{}`", operation.uid.escape_debug());
                diagnostics.push(left_out(operation.provenance.as_ref(), &name, &reason));
                false
            }
        });
    for name in endless_aliases(&api) {
        let schema = api.schemas.iter_mut().find(|schema| schema.name == name);
        if let Some(schema) = schema {
            schema.shape = Shape::Alias(Type::Any);
            let place = schema.provenance.first();
            let name = format!("the type `{}`", name.escape_debug());
            diagnostics.push(left_out(place, &name, "it is another name for itself"));
        }
    }
    api.headers.retain(|header| {
        let is_valid = is_token(&header.name);
        if !is_valid {
            let name = format!("the header `{}`", header.name.escape_debug());
            diagnostics.push(left_out(header.provenance.as_ref(), &name, NO_TOKEN));
        }
        is_valid
    });
    api.security.retain(|scheme| {
        let (SecurityScheme::Authorization { scheme: name } | SecurityScheme::Header { name }) =
            scheme;
        let is_valid = is_token(name);
        if !is_valid {
            let name = format!("the authentication scheme `{}`", name.escape_debug());
            diagnostics.push(left_out(None, &name, NO_TOKEN));
        }
        is_valid
    });
    (api, diagnostics)
}

/// The aliases that lead back to themselves, directly or through others, which no Rust
/// type can.
fn endless_aliases(api: &Api) -> BTreeSet<String> {
    let alias = |name: &str| match &api.schema(name)?.shape {
        Shape::Alias(ty) => ty.named().map(str::to_owned),
        _ => None,
    };
    let is_endless = |name: &String| {
        let next = |name: &String| alias(name);
        let mut chain = std::iter::successors(alias(name), next).take(api.schemas.len() + 1);
        chain.any(|other| other == *name)
    };
    let names = api.schemas.iter().map(|schema| schema.name.clone());
    names.filter(is_endless).collect()
}

const NO_TOKEN: &str = "a name in HTTP can only have letters, digits and !#$%&'*+-.^_`|~";

fn left_out(place: Option<&Provenance>, name: &str, reason: &str) -> Diagnostic {
    let place = place.map_or_else(|| Place::file("api.json"), Place::of);
    let message = format!("{name} isn't in the crate: {reason}");
    Diagnostic::new(RULE, place, message).help("correct it in corrections.toml, or on the page")
}

/// Whether a text can be a name in HTTP (RFC 9110, section 5.6.2).
fn is_token(text: &str) -> bool {
    let is_token = |c: char| c.is_ascii_alphanumeric() || "!#$%&'*+-.^_`|~".contains(c);
    !text.is_empty() && text.chars().all(is_token)
}

/// Makes the path parameters match the path, one for each place, or returns why the
/// operation can't be emitted.
fn repair(operation: &mut Operation) -> Result<(), String> {
    if !METHODS.contains(&operation.method.as_str()) {
        let method = operation.method.escape_debug();
        return Err(format!("`{method}` is not one of {}", METHODS.join(", ")));
    }
    check_path(&operation.path)?;
    let names: Vec<_> = parameter_names(&operation.path).collect();
    if names.len() > MOST_PARAMETERS {
        return Err(format!(
            "its path has more than {MOST_PARAMETERS} parameters"
        ));
    }
    let is_in_path = |parameter: &Parameter| parameter.location == Location::Path;
    let parameters = std::mem::take(&mut operation.parameters);
    let (mut known, others): (Vec<_>, Vec<_>) = parameters.into_iter().partition(is_in_path);
    for name in names {
        let found = known.iter().position(|parameter| parameter.name == name);
        let parameter = match found {
            // Another place with that name may have to use it, too.
            Some(at) if known.iter().filter(|p| p.name == name).count() > 1 => known.remove(at),
            Some(at) => known[at].clone(),
            None => Parameter::undescribed(name),
        };
        operation.parameters.push(parameter);
    }
    operation.parameters.extend(others);
    Ok(())
}

/// Leaves out header and cookie parameters with invalid names, and headers that a call
/// sets in another way.
fn repair_fields(operation: &mut Operation, own: &[String], diagnostics: &mut Vec<Diagnostic>) {
    operation.parameters.retain(|parameter| {
        if !matches!(parameter.location, Location::Header | Location::Cookie) {
            return true;
        }
        let is_own = |name: &String| name.eq_ignore_ascii_case(&parameter.name);
        if !is_token(&parameter.name) {
            let (name, place) = (parameter.name.escape_debug(), parameter.location.word());
            let name = format!(
                "the {place} parameter `{name}` of `{}`",
                operation.uid.escape_debug()
            );
            diagnostics.push(left_out(parameter.provenance.as_ref(), &name, NO_TOKEN));
            return false;
        }
        parameter.location == Location::Cookie || !own.iter().any(is_own)
    });
}

/// The name of a request body in messages.
const REQUEST_BODY: &str = "request body";

/// Turns bodies into bytes if the crate supports none of their media types, and merge patches
/// into any JSON: they lack what doesn't change, be it required or not. The docs of a form with
/// files list its parts.
fn repair_bodies(api: &Api, operation: &mut Operation, diagnostics: &mut Vec<Diagnostic>) {
    let uid = operation.uid.escape_debug().to_string();
    let mut repair = |what: &str, media_types: &[String], ty: &mut Type, place: Option<&_>| {
        if what == REQUEST_BODY && are_merge_patches(media_types) {
            *ty = Type::Any;
            return;
        }
        let side = match what {
            REQUEST_BODY => Side::Request {
                can_be_form: can_be_form(api, ty),
            },
            _ => Side::Response,
        };
        if are_spoken(api, media_types, ty, side) {
            for other in unspoken(media_types, ty) {
                let name = format!("the media type `{other}` of the {what} of `{uid}`");
                diagnostics.push(left_out(place, &name, "the crate doesn't support it"));
            }
            return;
        }
        if *ty == Type::Binary {
            return;
        }
        *ty = Type::Binary;
        let names = media_types.iter().map(|it| format!("`{it}`"));
        let names = names.collect::<Vec<_>>().join(" or ");
        let name = format!("the type of the {what} of `{uid}`");
        let reason =
            format!("it is {names}, which the crate doesn't support, so the body is bytes");
        diagnostics.push(left_out(place, &name, &reason));
    };
    let place = operation.provenance.as_ref();
    if let Some(body) = &mut operation.request {
        let at = body.provenance.as_ref().or(place);
        if are_multipart(&body.media_types) {
            add_parts(&mut body.description, &parts(api, &body.ty));
        }
        repair(REQUEST_BODY, &body.media_types, &mut body.ty, at);
        for other in &mut body.others {
            let at = other.provenance.as_ref().or(place);
            repair(REQUEST_BODY, &other.media_types, &mut other.ty, at);
        }
    }
    for response in &mut operation.responses {
        let Some(body) = &mut response.body else {
            continue;
        };
        let media_types = match body.media_types.is_empty() {
            true => &operation.accepts,
            false => &body.media_types,
        };
        let what = format!("response body ({})", response.status);
        let at = body.provenance.as_ref().or(place);
        repair(&what, media_types, &mut body.ty, at);
    }
}

/// The parts of a form with files, each with its type.
fn parts(api: &Api, ty: &Type) -> Vec<String> {
    let schema = ty.named().and_then(|name| api.schema(name));
    let properties = schema.map_or(&[][..], |schema| schema.shape.properties());
    let part = |property: &Property| {
        let ty = match &property.ty {
            Type::Binary => "file".to_owned(),
            ty => ty.to_string(),
        };
        let required = if property.required { ", required" } else { "" };
        format!("`{}` ({ty}{required})", property.name)
    };
    properties.iter().map(part).collect()
}

/// Adds to the docs of a body that it is a form with files, and its parts.
fn add_parts(description: &mut Option<Text>, parts: &[String]) {
    let parts = match parts {
        [] => "A `Multipart` form.".to_owned(),
        parts => format!("A `Multipart` form with these parts: {}.", parts.join(", ")),
    };
    let text = match description {
        Some(before) => format!("{} {parts}", before.markdown()),
        None => parts,
    };
    *description = Some(Text::new(text.clone(), text));
}

/// Reports success responses whose body differs from the one that a call returns.
fn report_other_successes(operation: &Operation, diagnostics: &mut Vec<Diagnostic>) {
    let Some(success) = operation.success() else {
        return;
    };
    let given = success.body.as_ref().map(|body| &body.ty);
    let others = operation.responses.iter().filter(|response| {
        let is_other = response.status.is_success() && response.status != success.status;
        let body = response.body.as_ref().map(|body| &body.ty);
        is_other && body.is_some() && body != given
    });
    for other in others {
        let place = other
            .body
            .as_ref()
            .and_then(|body| body.provenance.as_ref());
        let name = format!(
            "the response body ({}) of `{}`",
            other.status,
            operation.uid.escape_debug()
        );
        let reason = format!("a call returns the body of the status {}", success.status);
        let place = place.or(operation.provenance.as_ref());
        diagnostics.push(left_out(place, &name, &reason));
    }
}

/// The headers that a call sets in another way: credentials, media types, and headers
/// with a method for all operations.
fn own_headers(api: &Api) -> Vec<String> {
    let names = ["authorization", "accept", "content-type", "cookie"];
    let mut own: Vec<_> = names.map(str::to_owned).into();
    own.extend(api.headers.iter().map(|header| header.name.clone()));
    own.extend(api.security.iter().filter_map(|scheme| match scheme {
        SecurityScheme::Header { name } => Some(name.clone()),
        SecurityScheme::Authorization { .. } => None,
    }));
    own
}

/// Checks a path for characters that end the path of a URL or can't be written.
fn check_path(path: &str) -> Result<(), String> {
    let shown = path.escape_debug();
    if !path.starts_with('/') {
        return Err(format!("the path `{shown}` doesn't begin with a slash"));
    }
    let literals = segments(path).into_iter().flatten();
    let odd = literals.filter_map(|part| match part {
        PathPart::Literal(text) => text
            .chars()
            .find(|c| matches!(c, '?' | '#') || c.is_control()),
        PathPart::Parameter(_) => None,
    });
    match odd.into_iter().next() {
        Some(odd) => Err(format!(
            "the path `{shown}` has the character `{}`",
            odd.escape_debug()
        )),
        None => Ok(()),
    }
}
