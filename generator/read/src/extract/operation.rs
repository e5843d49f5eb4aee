//! Operations: where they begin and end, and what is known at the end.

use super::{
    BodyFact, Fate, OperationFacts, ResponseFact, Subject, TypeFact, Walk, bodies::Bodies,
};
use crate::{
    dialect::Route,
    document::{Block, BlockKind, Inline, List},
    source::Span,
};
use docwright_model::{
    Direction, Location, Provenance, Status,
    diagnostic::{Diagnostic, Place, rules},
};
use std::collections::BTreeMap;

impl Walk<'_> {
    /// The operation that the walk is in.
    pub(super) fn operation(&mut self) -> Option<&mut OperationFacts> {
        match self.subject {
            Subject::Operation => self.operations.last_mut(),
            Subject::Page | Subject::Type(_) => None,
        }
    }

    /// The type that the walk is about.
    pub(super) fn own_type(&mut self) -> Option<&mut TypeFact> {
        match self.subject {
            Subject::Type(at) => self.types.get_mut(at),
            Subject::Page | Subject::Operation => None,
        }
    }

    /// Whether a heading has named an operation, whose signature is to come.
    pub(super) fn awaits_operation(&self) -> bool {
        self.subject == Subject::Page && (self.next_name.is_some() || self.title.is_some())
    }

    /// The page's name for the next operation.
    pub(super) fn name_next(&mut self, words: &str) {
        self.next_name = Some(words.to_owned());
    }

    /// Begins an operation; with several routes, each is an operation, and they share
    /// everything else. The page's uid belongs to its first operation.
    pub(super) fn begin(&mut self, mut routes: Vec<Route>, span: Span) {
        if routes.is_empty() {
            return;
        }
        // The text above the signature describes the operation, unless it describes
        // another one.
        if self.subject == Subject::Operation {
            self.close_section();
        }
        self.settle_early_words(&Fate::Consumed("prose"));
        self.leave_operation();
        let provenance = self.provenance(span, None);
        let (method, path) = routes.remove(0);
        self.shared = routes;
        self.subject = Subject::Operation;
        self.operations.push(OperationFacts {
            uid: self.uid.take(),
            name: self.next_name.take(),
            method,
            path,
            title: self.title.take(),
            description: None,
            deprecated: None,
            parameters: Vec::new(),
            headers: Vec::new(),
            requests: Vec::new(),
            responses: Vec::new(),
            stray_response: None,
            set_aside: Vec::new(),
            samples: Vec::new(),
            provenance,
        });
    }

    /// Begins an operation with its signature in a heading or a code block. If there is
    /// only text between two of them, what follows is about both.
    pub(super) fn begin_or_share(&mut self, routes: Vec<Route>, span: Span) {
        if self.only_words {
            self.share(routes);
        } else {
            self.begin(routes, span);
            self.only_words = true;
        }
    }

    /// More routes of the operation that has just begun.
    fn share(&mut self, routes: Vec<Route>) {
        let first = self
            .operation()
            .map(|it| (it.method.clone(), it.path.clone()));
        for route in routes {
            if first.as_ref() != Some(&route) && !self.shared.contains(&route) {
                self.shared.push(route);
            }
        }
    }

    /// Ends the current operation or type, and with it the section.
    pub(super) fn leave_subject(&mut self) {
        if self.subject == Subject::Page {
            // There is no signature for this text.
            (self.next_name, self.title) = (None, None);
        }
        self.close_section();
        self.leave_operation();
        self.subject = Subject::Page;
    }

    /// Ends the operation: adds what the dialect states for all operations, and makes
    /// operations of routes that share its documentation.
    pub(super) fn leave_operation(&mut self) {
        let dialect = self.dialect;
        if self.waiting.take().is_some() {
            self.subject = Subject::Operation;
        }
        self.deny_bodies();
        self.join_bodies();
        let shared = std::mem::take(&mut self.shared);
        let mut bodies = std::mem::take(&mut self.bodies);
        self.undescribed_request(&bodies);
        self.undescribed_response(&bodies);
        let Some(operation) = self.operation() else {
            return;
        };
        let silent = operation.add_success(&dialect.operation.success, bodies.of_success());
        operation.add_sampled_bodies(&mut bodies);
        let errors = operation.add_sampled_errors(&mut bodies);
        let is_listed = operation
            .headers
            .iter()
            .any(|it| !it.media_types.is_empty());
        let is_listed = is_listed || !bodies.by_media_type.is_empty();
        if let (false, Some(body)) = (is_listed, &mut bodies.request) {
            bodies.sent.describe(body);
        }
        bodies.settle(dialect);
        operation.requests = bodies.take_requests();
        operation.place_responses(bodies);
        let enveloped = operation.wrap_bodies(dialect);
        let others: Vec<_> = shared
            .into_iter()
            .map(|(method, path)| {
                let mut other = operation.clone();
                (other.uid, other.name) = (None, None);
                let names: Vec<String> = path_names(&path).map(str::to_owned).collect();
                other.parameters.retain(|(location, row)| {
                    *location != Location::Path || names.contains(&row.name)
                });
                OperationFacts {
                    method,
                    path,
                    ..other
                }
            })
            .collect();
        if let Some(body) = enveloped {
            self.shown_in_envelope(&body);
        }
        for (status, place) in errors {
            self.only_sampled(status, &place);
        }
        match silent {
            Some(Silent::Body(place)) => self.silent_status(&place),
            Some(Silent::Sample(status, place)) => self.only_sampled(status, &place),
            None => {}
        }
        self.operations.extend(others);
        self.subject = Subject::Page;
        self.only_words = false;
        self.title = None;
        self.next_name = None;
    }

    /// Reports text about a response that the page doesn't describe.
    fn undescribed_response(&mut self, bodies: &Bodies) {
        let told = self.told.take();
        let (Some(told), Some(operation)) = (told, self.operation()) else {
            return;
        };
        let documents = operation.responses.iter().any(|it| it.status.is_success());
        let mut samples = operation.samples.iter();
        let shows = samples.any(|it| it.direction == Direction::Response && it.is_success());
        if documents || shows || bodies.of_success().is_some() {
            return;
        }
        self.diagnostics.push(Diagnostic::new(
            rules::RESPONSE_NOT_READ,
            Place::of(&told),
            "the text states that something is returned, but not what",
        ));
    }

    fn silent_status(&mut self, provenance: &Provenance) {
        self.diagnostics.push(
            Diagnostic::new(
                rules::STATUS_NOT_DOCUMENTED,
                Place::of(provenance),
                "found a response body, but no status; assuming 200",
            )
            .help(format!(
                "set the success status under [operation] in the dialect `{}`, such as \
                 `success = {{ POST = 201, \"*\" = 200 }}`",
                self.dialect.name
            )),
        );
    }

    /// The operations that a list's items declare: all of them, or none.
    pub(super) fn routes_of_list(&self, list: &List) -> Option<Vec<Route>> {
        let mut routes = Vec::new();
        for item in &list.items {
            let BlockKind::Paragraph(words) = &item.first()?.kind else {
                return None;
            };
            routes.push(self.route_of_words(words)?);
        }
        (!routes.is_empty()).then_some(routes)
    }

    /// The operation that a paragraph declares.
    pub(super) fn route_of_words(&self, words: &Inline) -> Option<Route> {
        let patterns = &self.dialect.operation.paragraphs;
        if patterns.is_empty() {
            return None;
        }
        let plain = words.to_plain();
        let declared = self.dialect.operation.declared(patterns, &plain);
        declared.map(|(route, _)| route)
    }

    /// A paragraph or a list that declares operations. Its other text is prose.
    pub(super) fn signature_in_words(&mut self, block: &Block) -> Option<Fate> {
        let routes = match &block.kind {
            BlockKind::Paragraph(words) => vec![self.route_of_words(words)?],
            BlockKind::List(list) => self.routes_of_list(list)?,
            _ => return None,
        };
        let says_more = match &block.kind {
            BlockKind::Paragraph(words) => {
                let only = |route: &Route| {
                    words.to_plain().split_whitespace().count() <= 2 && !route.1.is_empty()
                };
                !routes.iter().all(only)
            }
            _ => true,
        };
        self.begin(routes, block.span);
        if says_more {
            self.prose.push(block.clone());
        }
        Some(Fate::Consumed("signature"))
    }
}

/// Names in a path's braces, in order.
pub(super) fn path_names(path: &str) -> impl Iterator<Item = &str> {
    let parts = path.split('{').skip(1);
    parts.filter_map(|part| part.split_once('}').map(|(name, _)| name))
}

impl OperationFacts {
    /// The dialect's success status, if the page gives none. A response with a body
    /// always gets one, even if only a sample shows it; returns its place if nothing else
    /// states the status.
    fn add_success(
        &mut self,
        success: &BTreeMap<String, u16>,
        body: Option<&BodyFact>,
    ) -> Option<Silent> {
        if self.responses.iter().any(|it| it.status.is_success()) {
            return None;
        }
        let sampled = self.samples.iter().find_map(|sample| {
            let status = sample.status.filter(|status| status.is_success())?;
            let is_response = sample.direction == Direction::Response;
            is_response.then(|| (status, sample.provenance.clone()))
        });
        let shown = self.samples.iter().find(|sample| {
            let is_response = sample.direction == Direction::Response;
            is_response && sample.is_success() && (sample.status.is_some() || sample.body.is_some())
        });
        let shown = shown.map(|sample| sample.provenance.clone());
        let by_method = success.get(&self.method).or_else(|| success.get("*"));
        let by_method = by_method.map(|status| (Status::Code(*status), self.provenance.clone()));
        let silent = match body {
            Some(body) if self.responses.is_empty() && !body.is_bare() => {
                Some(body.provenance.clone())
            }
            _ => None,
        };
        // Without a status in the dialect, only what pages state and show counts.
        let says_nothing = body.is_none_or(BodyFact::is_bare);
        let by_sample = shown.filter(|_| success.is_empty() && says_nothing);
        let said = sampled.or(by_method);
        let (status, provenance) = match (&said, silent.as_ref().or(by_sample.as_ref())) {
            (Some(said), _) if !success.is_empty() || silent.is_some() => said.clone(),
            (Some(said), Some(_)) => said.clone(),
            (None, Some(place)) => (Status::Code(200), place.clone()),
            (_, None) => return None,
        };
        self.responses.push(ResponseFact::of(status, provenance));
        match (silent, by_sample) {
            (Some(place), _) => said.is_none().then_some(Silent::Body(place)),
            (None, place) => place.map(|place| Silent::Sample(status, place)),
        }
    }

    /// Gives bodies and headers to the responses that may have them.
    fn place_responses(&mut self, bodies: Bodies) {
        for (status, body) in bodies.by_status {
            let Some(body) = body else { continue };
            let place = body.provenance.clone();
            self.response_of(status, &place).body = Some(body);
        }
        for (status, header) in bodies.headers {
            match status {
                Some(status) => {
                    let response = self.response_of(status, &header.provenance);
                    response.headers.push(header);
                }
                None => {
                    let of_success = self.responses.iter_mut();
                    for response in of_success.filter(|it| it.status.is_success()) {
                        response.headers.push(header.clone());
                    }
                }
            }
        }
        let Some(body) = bodies.response else { return };
        let may_have = |it: &&mut ResponseFact| {
            let is_open = it.body.as_ref().is_none_or(|own| own.rows.is_empty());
            it.status.is_success() && it.status.has_content() && is_open
        };
        let mut responses = self.responses.iter_mut().filter(may_have);
        let Some(first) = responses.next() else {
            let is_placed = self
                .responses
                .iter()
                .any(|it| it.status.is_success() && it.body.is_some());
            if !is_placed {
                self.stray_response = Some(body);
            }
            return;
        };
        for other in responses {
            other.take_body(body.clone());
        }
        first.take_body(body);
    }

    /// The response with a status; a new one if there is none.
    fn response_of(&mut self, status: Status, place: &Provenance) -> &mut ResponseFact {
        let known = self.responses.iter().position(|it| it.status == status);
        let at = known.unwrap_or(self.responses.len());
        if known.is_none() {
            self.responses.push(ResponseFact::of(status, place.clone()));
        }
        &mut self.responses[at]
    }
}

impl ResponseFact {
    /// Adds what is stated about the success body; its own label has priority.
    fn take_body(&mut self, mut body: BodyFact) {
        if let Some(own) = self.body.take().filter(|own| !own.is_bare()) {
            (body.label, body.type_label) = (own.label, own.type_label);
            body.description = own.description.or(body.description);
        }
        self.body = Some(body);
    }
}

/// What nothing says of the response of success.
enum Silent {
    /// The status of the body that stands here.
    Body(Provenance),
    /// All but a sample that shows it.
    Sample(Status, Provenance),
}
