//! What can't be emitted is left out and reported: the rest of the API is none the worse.

use crate::diagnostic::{Diagnostic, Place, Rule, rules};
use crate::model::{
    Api, ArrayStyle, Facets, Known, Location, Operation, Parameter, Provenance, SecurityScheme,
    Type,
};

/// The rule of what is left out of the crate.
const RULE: &Rule = rules::NOT_EMITTED;

/// Methods that have a body and an answer as others do (RFC 9110, section 9; RFC 5789).
const METHODS: [&str; 6] = ["DELETE", "GET", "HEAD", "PATCH", "POST", "PUT"];

/// As many parameters as a path can have.
const MOST_PARAMETERS: usize = 8;

/// The part of the API that can be emitted, and what is left out.
pub fn sound(api: &Api) -> (Api, Vec<Diagnostic>) {
    let mut diagnostics = Vec::new();
    let mut api = api.clone();
    api.operations
        .retain_mut(|operation| match mend(operation) {
            Ok(()) => true,
            Err(reason) => {
                let name = format!("the operation `{}`", operation.uid.escape_debug());
                diagnostics.push(left_out(operation.provenance.as_ref(), &name, &reason));
                false
            }
        });
    api.headers.retain(|header| {
        let sound = is_token(&header.name);
        if !sound {
            let name = format!("the header `{}`", header.name.escape_debug());
            diagnostics.push(left_out(header.provenance.as_ref(), &name, NO_TOKEN));
        }
        sound
    });
    api.security.retain(|scheme| {
        let (SecurityScheme::Authorization { scheme: name } | SecurityScheme::Header { name }) =
            scheme;
        let sound = is_token(name);
        if !sound {
            let name = format!("the way to authenticate `{}`", name.escape_debug());
            diagnostics.push(left_out(None, &name, NO_TOKEN));
        }
        sound
    });
    (api, diagnostics)
}

const NO_TOKEN: &str = "a name in HTTP has letters, digits and !#$%&'*+-.^_`|~ only";

fn left_out(place: Option<&Provenance>, name: &str, reason: &str) -> Diagnostic {
    let place = place.map_or_else(|| Place::file("api.json"), place_of);
    let message = format!("{name} isn't in the crate: {reason}");
    Diagnostic::new(RULE, place, message)
        .help("correct it in corrections.toml, or have the page corrected")
}

/// Where something is said.
pub fn place_of(provenance: &Provenance) -> Place {
    let mut place = Place::file(&*provenance.page);
    if let Some(position) = provenance.position {
        place.line = position.line;
        place.column = position.column;
    }
    place
}

/// Whether a text can be a name in HTTP (RFC 9110, section 5.6.2).
fn is_token(text: &str) -> bool {
    let is_token = |c: char| c.is_ascii_alphanumeric() || "!#$%&'*+-.^_`|~".contains(c);
    !text.is_empty() && text.chars().all(is_token)
}

/// Makes the parameters those of the path, or says why there can be no such operation.
fn mend(operation: &mut Operation) -> Result<(), String> {
    if !METHODS.contains(&operation.method.as_str()) {
        let method = operation.method.escape_debug();
        return Err(format!("`{method}` is none of {}", METHODS.join(", ")));
    }
    let names = path_names(&operation.path)?;
    if names.len() > MOST_PARAMETERS {
        return Err(format!(
            "its path has more than {MOST_PARAMETERS} parameters"
        ));
    }
    let parameters = std::mem::take(&mut operation.parameters);
    let is_known = |parameter: &Parameter| {
        parameter.location != Location::Path || names.contains(&parameter.name)
    };
    operation.parameters = parameters.into_iter().filter(is_known).collect();
    for name in names {
        let is_it = |p: &Parameter| p.location == Location::Path && p.name == name;
        if !operation.parameters.iter().any(is_it) {
            operation.parameters.push(Parameter {
                name,
                location: Location::Path,
                ty: Type::String,
                known: Known::Unknown,
                required: true,
                style: ArrayStyle::default(),
                facets: Facets::default(),
                description: None,
                provenance: None,
            });
        }
    }
    Ok(())
}

/// The parameters of a path, each of which is a whole segment.
fn path_names(path: &str) -> Result<Vec<String>, String> {
    let shown = path.escape_debug();
    let Some(segments) = path.strip_prefix('/') else {
        return Err(format!("the path `{shown}` doesn't begin with a slash"));
    };
    let mut names = Vec::new();
    for segment in segments.split('/') {
        let inner = segment
            .strip_prefix('{')
            .and_then(|rest| rest.strip_suffix('}'));
        let text = inner.unwrap_or(segment);
        let is_odd = |c: char| matches!(c, '{' | '}' | '?' | '#') || c.is_control();
        let is_pattern = text.starts_with([':', '*']);
        if is_pattern || text.contains(|c: char| is_odd(c) || c.is_whitespace()) {
            return Err(format!(
                "the path `{shown}` has the segment `{}`",
                segment.escape_debug()
            ));
        }
        match inner {
            Some(name) if names.iter().any(|known| known == name) => {
                return Err(format!(
                    "the path `{shown}` has two parameters called `{name}`"
                ));
            }
            Some(name) => names.push(name.to_owned()),
            None => {}
        }
    }
    Ok(names)
}
