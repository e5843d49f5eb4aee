//! Decides all slots repeatedly, until the samples inside them have reached the types
//! that they belong to.

use std::collections::BTreeSet;

use super::{
    concepts, decide, dotted,
    evidence::{BodyUse, Evidence, NamedBy, Observation},
    operation::Operation,
    words,
};
use docwright_model::Known;
use docwright_read::dialect::Dialect;

impl<'f> Evidence<'f> {
    /// Decides all slots by their own older, then those that are still
    /// unknown by what properties of their name are elsewhere.
    pub fn resolve(&mut self, operations: &[Operation<'f>], dialect: &Dialect) {
        self.said = self.said_names();
        self.sort_by_size();
        let dotted = dotted::trees(operations);
        self.resolve_once(&dotted, dialect);
        self.concepts = concepts::collect(self, dialect);
        self.resolve_once(&dotted, dialect);
    }

    /// The names of types that pages use: over tables, over pages of their own, and in
    /// type cells.
    fn said_names(&self) -> BTreeSet<String> {
        let slots = self.by_name.values().flat_map(|it| it.slots.iter());
        let cells = slots
            .flat_map(|slot| slot.votes.words())
            .filter_map(words::named);
        let bodies = self.bodies.values();
        let bodies = bodies.filter_map(|body| body.word.as_ref().and_then(words::named));
        let said = cells.chain(bodies).map(str::to_owned);
        said.chain(self.own.keys().cloned()).collect()
    }

    /// Records how many properties documented types have. Samples add none to them.
    pub fn sort_by_size(&mut self) {
        self.by_size.clear();
        for (name, named_type) in &self.by_name {
            if named_type.known < Known::Sampled && named_type.named_by != NamedBy::Place {
                let same = self.by_size.entry(named_type.slots.len()).or_default();
                same.push(name.clone());
            }
        }
    }

    /// Decides all slots where samples show objects, and adds these to the evidence,
    /// until nothing changes. Other slots have nothing to add.
    fn resolve_once(&mut self, dotted: &[dotted::Node<'f>], dialect: &Dialect) {
        loop {
            let mut changed = self.enter_dotted(dotted, dialect);
            let names: Vec<String> = self.by_name.keys().cloned().collect();
            for name in names {
                let slots = self.by_name[&name].slots.iter().enumerate();
                let holding = slots.filter(|(_, slot)| slot.shape.holds_objects());
                let holding: Vec<_> = holding.map(|(at, _)| at).collect();
                for at in holding {
                    let slot = &self.by_name[&name].slots[at];
                    let observations = decide::decide(slot, &name, self, dialect).observations;
                    changed |= self.observe_all(&observations);
                }
            }
            let bodies = self.bodies.iter();
            let holds =
                |body: &BodyUse<'_>| body.named_type.is_none() && body.root.shape.holds_objects();
            let keys = bodies.filter_map(|(key, body)| holds(body).then_some(*key));
            for key in keys.collect::<Vec<_>>() {
                let observations =
                    decide::decide_body(&self.bodies[&key], self, dialect).observations;
                changed |= self.observe_all(&observations);
            }
            if !changed {
                return;
            }
        }
    }

    fn observe_all(&mut self, observations: &[Observation]) -> bool {
        observations
            .iter()
            .fold(false, |changed, observe| self.observe(observe) | changed)
    }
}
