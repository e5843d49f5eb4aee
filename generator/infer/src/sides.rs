//! The bodies of an operation on its own page: what the page states about them, and what
//! their samples show. Nothing here knows other operations.

use super::{
    bodies,
    evidence::BodyUse,
    operation::{Operation, Part},
    shape::Shape,
    slots::Slot,
};
use docwright_model::{Direction, Provenance};
use docwright_read::{dialect::Dialect, extract::BodyFact};

/// One of an operation's bodies, and what its samples show of it.
pub struct Side<'f> {
    /// Whether it is a request's or a response's.
    pub direction: Direction,
    /// Which one of these.
    pub part: Part,
    /// What is known of it so far.
    pub body: BodyUse<'f>,
    /// What each sample shows, and where it stands.
    pub shapes: Vec<(Shape, &'f Provenance)>,
}

impl<'f> Side<'f> {
    /// The bodies of an operation.
    pub fn of(operation: &Operation<'f>, dialect: &Dialect) -> Vec<Self> {
        let bodies = operation.bodies().into_iter();
        bodies
            .map(|(direction, part, fact)| Self::read(operation, direction, part, fact, dialect))
            .collect()
    }

    fn read(
        operation: &Operation<'f>,
        direction: Direction,
        part: Part,
        fact: &'f BodyFact,
        dialect: &Dialect,
    ) -> Self {
        // A type that only samples show is named after its place, because a label that
        // isn't a type's name is no better.
        let mut root = Slot::new(&operation.body_name(direction, part), direction);
        let mut shapes = Vec::new();
        let samples = operation.facts.samples.iter();
        let own = samples
            .filter(|it| it.direction == direction && operation.part_of_sample(it) == Some(part));
        for sample in own {
            if let Some(value) = &sample.body {
                let shape = Shape::of(value);
                root.show(&shape, &sample.provenance);
                shapes.push((shape, &sample.provenance));
            }
        }
        let word = dialect.types.read(fact.said());
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
        Self {
            direction,
            part,
            body,
            shapes,
        }
    }
}
