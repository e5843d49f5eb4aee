//! The two bodies of an operation, as its own page has them: what is said of
//! them, and what their samples show. Nothing here knows other operations.

use super::{bodies, evidence::BodyUse, operation::Operation, shape::Shape, slots::Slot};
use crate::{
    dialect::Dialect,
    extract::SampleFact,
    model::{Direction, Provenance},
};

/// One of an operation's bodies, and what samples of success show of it.
pub struct Side<'f> {
    /// Whether it is the request's or the answer's.
    pub direction: Direction,
    /// What is known of it so far.
    pub body: BodyUse<'f>,
    /// What each sample shows, and where it stands.
    pub shapes: Vec<(Shape, &'f Provenance)>,
}

impl<'f> Side<'f> {
    /// The bodies of an operation.
    pub fn of(operation: &Operation<'f>, dialect: &Dialect) -> Vec<Self> {
        let name = &operation.name;
        let facts = operation.facts;
        let sides = [
            (Direction::Request, facts.request(), "Request"),
            (Direction::Response, facts.response(), "Response"),
        ];
        let sides = sides.into_iter();
        let sides = sides.filter_map(|(direction, fact, end)| {
            let fact = fact?;
            // What samples alone show is called after its own place: a label that is no
            // type's name is no better.
            let mut root = Slot::new(&format!("{name}{end}"), direction);
            let same = |s: &&SampleFact| s.direction == direction && s.is_success();
            let mut shapes = Vec::new();
            for sample in facts.samples.iter().filter(same) {
                if let Some(value) = &sample.body {
                    let shape = Shape::of(value);
                    root.show(&shape, &sample.provenance);
                    shapes.push((shape, &sample.provenance));
                }
            }
            let said = if fact.type_label.is_empty() {
                &fact.label
            } else {
                &fact.type_label
            };
            let word = dialect.types.read(said);
            let word = word.or_else(|| {
                let bytes = direction == Direction::Request && bodies::is_bytes(operation, dialect);
                bytes.then(bodies::bytes)
            });
            let body = BodyUse {
                fact,
                word,
                named_type: None,
                root,
            };
            Some(Self {
                direction,
                body,
                shapes,
            })
        });
        sides.collect()
    }
}
