//! Paths of operations as generated code has them.

use docwright_model::{PathPart, Type, segments};

use super::{Plan, PlannedOperation};

/// The path template in the operation's facts: names have nothing in them that a template
/// is taken apart by.
pub fn template(path: &str) -> String {
    let mut out = String::new();
    for segment in segments(path) {
        out.push('/');
        for part in segment {
            match part {
                PathPart::Literal(text) => out.push_str(text),
                PathPart::Parameter(name) => {
                    let name = name.replace(['/', '{'], "_");
                    out.push_str(&format!("{{{name}}}"));
                }
            }
        }
    }
    out
}

/// What distinguishes operations for a server: the method, the path without the names of
/// its parameters, their types, and the media type of the body, if it has several types.
pub type Shape = (String, String, Vec<String>, Option<String>);

impl Plan<'_> {
    /// What distinguishes an operation for a server. If two are equal, the second is
    /// never reached.
    pub fn shape(&self, planned: &PlannedOperation<'_>) -> Shape {
        let mut path = String::new();
        for segment in segments(&planned.operation.path) {
            path.push('/');
            for part in segment {
                path.push_str(match part {
                    PathPart::Literal(text) => text,
                    PathPart::Parameter(_) => "{}",
                });
            }
        }
        let types =
            planned
                .path
                .iter()
                .map(|planned| match self.parameter(&planned.parameter.ty) {
                    Type::Named(_) => "enum".to_owned(),
                    ty => ty.to_string(),
                });
        let variant = planned.body.filter(|_| planned.variant_of.is_some());
        let media_type = variant.and_then(|body| body.media_types.first().cloned());
        let method = planned.operation.method.clone();
        (method, path, types.collect(), media_type)
    }
}
