//! Bodies that only samples show.

use super::{
    BodyFact, OperationFacts, ResponseFact, Walk,
    bodies::{Bodies, Part},
};
use docwright_model::{
    Direction, Provenance, Status,
    diagnostic::{Diagnostic, Place, rules},
};

impl Walk<'_> {
    /// A response that only a sample shows.
    pub(super) fn only_sampled(&mut self, status: Status, place: &Provenance) {
        let place = Place::of(place);
        let message =
            format!("found a sample of a response that isn't described; assuming status {status}");
        self.diagnostics.push(Diagnostic::new(
            rules::RESPONSE_ONLY_IN_SAMPLE,
            place,
            message,
        ));
    }

    /// A sample request with a body that the page doesn't describe.
    pub(super) fn undescribed_request(&mut self, bodies: &Bodies) {
        let Some(operation) = self.operation() else {
            return;
        };
        let mut samples = operation.samples.iter();
        let shown = samples.find(|it| it.direction == Direction::Request && it.body.is_some());
        if let (Some(sample), false) = (shown, bodies.has_request()) {
            let place = Place::of(&sample.provenance);
            self.diagnostics.push(Diagnostic::new(
                rules::REQUEST_BODY_ONLY_IN_SAMPLE,
                place,
                "found a sample request with a body that the page doesn't describe",
            ));
        }
    }
}

impl OperationFacts {
    /// A response or request that only samples show still has a body.
    pub(super) fn add_sampled_bodies(&self, bodies: &mut Bodies) {
        for direction in [Direction::Request, Direction::Response] {
            let mut samples = self.samples.iter();
            let sample = samples.find(|sample| {
                sample.direction == direction && sample.is_success() && sample.body.is_some()
            });
            let body = sample.map(|sample| BodyFact::at(sample.provenance.clone()));
            let (part, is_known) = match direction {
                Direction::Request => (Part::Request(None), bodies.has_request()),
                _ => (Part::Response(None), bodies.of_success().is_some()),
            };
            if !is_known {
                *bodies.of(part) = body;
            }
        }
    }

    /// The same for errors. Returns those that only samples show.
    pub(super) fn add_sampled_errors(&mut self, bodies: &mut Bodies) -> Vec<(Status, Provenance)> {
        let mut only_sampled = Vec::new();
        for at in 0..self.samples.len() {
            let sample = &self.samples[at];
            let is_response = sample.direction == Direction::Response && sample.body.is_some();
            let status = sample.status.filter(|it| !it.is_success() && is_response);
            let Some(status) = status.filter(|it| it.has_content()) else {
                continue;
            };
            let place = sample.provenance.clone();
            let is_covering =
                |it: &&ResponseFact| status.covering().any(|covering| covering == it.status);
            let status = self.responses.iter().find(is_covering).map_or_else(
                || {
                    only_sampled.push((status, place.clone()));
                    status
                },
                |response| response.status,
            );
            bodies
                .of(Part::Response(Some(status)))
                .get_or_insert_with(|| BodyFact::at(place));
        }
        only_sampled
    }
}
