//! Bodies of unknown type, and operations without a response.

use docwright_model::{
    Body, Direction, Known, Operation, Type,
    diagnostic::{Diagnostic, Place, rules},
};
use docwright_read::extract::OperationFacts;

/// Reports bodies that can be anything because nothing shows their content.
pub fn of_nothing(operation: &Operation, found: &mut Vec<Diagnostic>) {
    let mut report = |body: &Body, what: String, part: String| {
        let is_blank = matches!(&body.ty, Type::Any)
            || matches!(&body.ty, Type::Map(value) if **value == Type::Any);
        if !is_blank || body.known != Known::Unknown {
            return;
        }
        let Some(place) = body.provenance.as_ref().or(operation.provenance.as_ref()) else {
            return;
        };
        let message = format!(
            "the type of the {what} of `{}` is unknown: no heading, table or \
                               sample shows it",
            operation.uid
        );
        let finding = Diagnostic::new(rules::ANY_BODY, Place::of(place), message);
        let target = format!("{}:{part}", operation.uid);
        found.push(finding.confirmed_by(
            &target,
            &body.ty,
            "Neither the text nor a sample shows the body.",
        ));
    };
    if let Some(body) = &operation.request {
        report(body, "request body".to_owned(), "request".to_owned());
    }
    for response in &operation.responses {
        if let Some(body) = &response.body {
            let status = response.status;
            report(
                body,
                format!("response body of status {status}"),
                format!("response.{status}"),
            );
        }
    }
}

/// Reports an operation whose page neither documents nor shows a response.
pub fn no_response(facts: &OperationFacts, operation: &Operation, found: &mut Vec<Diagnostic>) {
    let shows = |it: &docwright_read::extract::SampleFact| it.direction == Direction::Response;
    if !facts.responses.is_empty()
        || facts.stray_response.is_some()
        || facts.samples.iter().any(shows)
    {
        return;
    }
    let message = format!(
        "the page documents no response of `{} {}`",
        operation.method, operation.path
    );
    found.push(Diagnostic::new(
        rules::NO_RESPONSE,
        Place::of(&facts.provenance),
        message,
    ));
}
