//! What command lines show about a request body: its media type, and which properties are
//! files.

use super::{BodyFact, RowFact};
use crate::dialect::{Command, TypeWord};
use docwright_model::Type;

/// What the commands of an operation show.
#[derive(Debug, Default)]
pub struct Sent {
    /// The media types of the bodies that they send.
    media_types: Vec<String>,
    /// Whether one of these is a form.
    has_form: bool,
    /// The names of a form's parts that are read from files.
    files: Vec<String>,
}

impl Sent {
    /// Adds what a command shows.
    pub fn add(&mut self, command: &Command) {
        let headers = command.headers.iter();
        let mut headers = headers.filter(|(name, _)| name.eq_ignore_ascii_case("content-type"));
        let header = headers.next().map(|(_, value)| value.as_str());
        let is_json = |body: &&String| body.trim_start().starts_with(['{', '[']);
        let json = command.body.as_ref().filter(is_json);
        // With a form, curl itself sets the right header.
        let media_type = command.form.or(header).or(json.map(|_| "application/json"));
        if let Some(media_type) = media_type
            && !self.media_types.iter().any(|it| it == media_type)
        {
            self.media_types.push(media_type.to_owned());
        }
        self.has_form |= command.form.is_some();
        self.files.extend(command.files.iter().cloned());
    }

    /// If the page lists no media types for a body, records that it is sent as a form,
    /// and which of its properties are files: the strings that a command reads from a
    /// file.
    pub fn describe(&self, body: &mut BodyFact) {
        if !self.has_form || !body.media_types.is_empty() {
            return;
        }
        body.media_types.clone_from(&self.media_types);
        for row in body.rows.iter_mut().filter(|row| self.is_file(row)) {
            row.ty = Some(TypeWord::Scalar {
                is: Type::Binary,
                may_be: Vec::new(),
            });
        }
    }

    /// Whether a row that is only a string is a file.
    fn is_file(&self, row: &RowFact) -> bool {
        let is_text = |ty: &TypeWord| {
            matches!(
                ty,
                TypeWord::Scalar {
                    is: Type::String,
                    ..
                }
            )
        };
        self.files.contains(&row.name) && row.ty.as_ref().is_none_or(is_text)
    }
}
