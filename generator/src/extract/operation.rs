//! Operations: where one begins and ends, and what is known of it when it
//! ends.

use super::{BodyFact, Fate, OperationFacts, Walk};
use crate::{
    dialect::Route,
    document::{Block, BlockKind, Inline, List},
    model::{Direction, Location},
    source::Span,
};

impl Walk<'_> {
    /// The operation that the walk is in.
    pub(super) fn operation(&mut self) -> Option<&mut OperationFacts> {
        match self.in_operation {
            true => self.operations.last_mut(),
            false => None,
        }
    }

    /// What the page calls the operation that comes next.
    pub(super) fn name_next(&mut self, words: &str) {
        self.next_name = Some(words.to_owned());
    }

    /// Begins an operation; with several routes, each is one of its own, and
    /// they share all else. The page's uid belongs to its first operation.
    pub(super) fn begin(&mut self, mut routes: Vec<Route>, span: Span) {
        if routes.is_empty() {
            return;
        }
        // What stands above the signature is about it, unless it is about
        // another one.
        if self.in_operation {
            self.close_section();
        }
        self.settle_early_words(&Fate::Consumed("prose"));
        self.leave_operation();
        let provenance = self.provenance(span, None);
        let (method, path) = routes.remove(0);
        self.shared = routes;
        self.in_operation = true;
        self.operations.push(OperationFacts {
            uid: self.uid.take(),
            name: self.next_name.take(),
            method,
            path,
            title: self.title.take(),
            description: None,
            parameters: Vec::new(),
            headers: Vec::new(),
            request: None,
            responses: Vec::new(),
            answer: None,
            samples: Vec::new(),
            provenance,
        });
    }

    /// Ends the operation: what the dialect says of all operations is added,
    /// and routes that share its documentation become operations.
    pub(super) fn leave_operation(&mut self) {
        let dialect = self.dialect;
        let shared = std::mem::take(&mut self.shared);
        let Some(operation) = self.operation() else {
            return;
        };
        operation.add_success(&dialect.operation.success);
        operation.add_sampled_answer();
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
        self.operations.extend(others);
        self.in_operation = false;
        self.title = None;
        self.next_name = None;
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
        self.dialect.operation.declared(patterns, &words.to_plain())
    }

    /// A paragraph or a list that declares operations. What it says besides is
    /// prose.
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
    /// The status of success that the dialect gives, where the page gives none.
    fn add_success(&mut self, success: &std::collections::BTreeMap<String, u16>) {
        let is_success = |status: u16| (200..300).contains(&status);
        if self.responses.iter().any(|it| is_success(it.status)) {
            return;
        }
        let sampled = self.samples.iter().find_map(|sample| {
            sample
                .status
                .filter(|status| is_success(*status) && sample.direction == Direction::Response)
                .map(|status| (status, sample.provenance.clone()))
        });
        let by_method = || {
            let status = success.get(&self.method).or_else(|| success.get("*"))?;
            Some((*status, self.provenance.clone()))
        };
        if success.is_empty() {
            return;
        }
        if let Some((status, provenance)) = sampled.or_else(by_method) {
            self.responses.push(super::StatusFact {
                status,
                description: None,
                provenance,
            });
        }
    }

    /// An answer, or a request, that only samples show has a body all the same.
    fn add_sampled_answer(&mut self) {
        for direction in [Direction::Request, Direction::Response] {
            let mut samples = self.samples.iter();
            let sample = samples.find(|sample| {
                sample.direction == direction && sample.is_success() && sample.body.is_some()
            });
            let body = sample.map(|sample| BodyFact::at(sample.provenance.clone()));
            let slot = match direction {
                Direction::Request => &mut self.request,
                _ => &mut self.answer,
            };
            if slot.is_none() {
                *slot = body;
            }
        }
    }
}
