//! The comparison while it runs: both APIs, what was found so far, and which
//! types stand for each other in which operations.

use std::collections::{BTreeMap, BTreeSet};

use super::{
    Finding, Noise, NoiseKind, Reached, RustNames, Side,
    finding::{Change, Findings},
    kinds::Kinds,
    relate::{Pair, Relation, is_mere_name, is_stated, relate},
    tables::Tables,
    types::Graph,
    words,
};
use docwright_model::{Api, Direction, Known, Operation, Provenance, Sample, Text, Type};

pub(super) struct Comparison<'a> {
    pub old: &'a Api,
    pub new: &'a Api,
    pub findings: Findings,
    pub noise: Vec<Noise>,
    /// What of it is about words and order, once types are compared.
    pub counted: BTreeSet<(NoiseKind, String)>,
    pub graph: Graph<'a>,
    /// Operations that are the same one, in the order of the graph's.
    pub pairs: Vec<(&'a Operation, &'a Operation)>,
    /// What single pages say, on both sides.
    pub tables: (Tables<'a>, Tables<'a>),
    /// What there are samples of, on both sides.
    pub samples: (Samples<'a>, Samples<'a>),
    /// The Rust names on both sides.
    pub names: (Option<&'a RustNames>, Option<&'a RustNames>),
}

/// A type with what is known about it.
#[derive(Clone, Copy)]
pub(super) struct Typed<'a> {
    pub ty: &'a Type,
    pub known: Known,
    /// Where pages say it.
    pub places: &'a [Provenance],
    /// What stands there of it.
    pub word: Word<'a>,
}

/// The place of the page's own word for a type. It is only looked up if types differ,
/// which is rare.
#[derive(Clone, Copy)]
pub(super) enum Word<'a> {
    /// In a type cell of the row at this place.
    Cell(Option<&'a Provenance>),
    /// In the heading of the body of an operation.
    Label(&'a Operation, Direction),
}

impl Typed<'_> {
    /// Whether the pages state that any value is allowed, rather than stating nothing.
    /// For a type without content this is never stated.
    fn is_open(&self) -> bool {
        is_stated(self.known) && self.ty.named().is_none()
    }

    /// Whether another page now states it. Then the page that stated it before is
    /// unchanged, and another one states more.
    fn is_from_elsewhere(&self, before: Typed) -> bool {
        let is_shared = |it: &Provenance| before.places.iter().any(|old| old.page == it.page);
        !before.places.is_empty() && !self.places.is_empty() && !self.places.iter().any(is_shared)
    }
}

/// What became of a type.
#[derive(Clone, Copy)]
pub(super) enum TypeChange {
    /// Nothing, apart from what the pair of named types differs in.
    Same,
    /// A change of the API.
    Finding(Relation),
    /// One of the types is only inferred, and they contradict each other.
    Doubtful,
    /// The pages say more or less now.
    Correction,
}

/// The messages with samples: an operation's uid and the direction.
pub(super) type Samples<'a> = BTreeSet<(&'a str, Direction)>;

impl<'a> Comparison<'a> {
    pub fn new(old: Side<'a>, new: Side<'a>) -> Self {
        let samples = |side: Side<'a>| {
            let bodies = side.samples.iter().filter(|it| it.body.is_some());
            bodies.map(|it| (&*it.operation, it.direction)).collect()
        };
        Self {
            old: old.api,
            new: new.api,
            findings: Findings::default(),
            noise: Vec::new(),
            counted: BTreeSet::new(),
            graph: Graph::default(),
            pairs: Vec::new(),
            samples: (samples(old), samples(new)),
            names: (old.names, new.names),
            tables: (Tables::new(old), Tables::new(new)),
        }
    }

    /// Relates two types, and the pair of named types in them, if there is one.
    pub fn relate(&self, old: Typed<'a>, new: Typed<'a>) -> (TypeChange, Option<Pair<'a>>) {
        let (relation, pair) = relate((self.old, old.ty), (self.new, new.ty));
        let stated = is_stated(old.known)
            && is_stated(new.known)
            && !new.is_from_elsewhere(old)
            && !(is_mere_name(self.old, old.ty) || is_mere_name(self.new, new.ty));
        let change = match relation {
            Relation::Same => TypeChange::Same,
            Relation::Refined if old.is_open() => TypeChange::Finding(Relation::Narrowed),
            Relation::Coarsened if new.is_open() => TypeChange::Finding(Relation::Widened),
            Relation::Refined | Relation::Coarsened => TypeChange::Correction,
            Relation::Narrowed | Relation::Widened if !stated => TypeChange::Correction,
            Relation::Changed if !stated && !self.are_unlike(old, new) => TypeChange::Doubtful,
            relation => TypeChange::Finding(relation),
        };
        (change, pair)
    }

    /// Whether no value can have both types, by the kinds of values that pages state;
    /// this can be certain even if, for instance, the elements of a list are unknown.
    pub fn are_unlike(&self, old: Typed, new: Typed) -> bool {
        let kinds = |api: &Api, tables: &Tables, it: Typed| match is_stated(it.known) {
            true => Kinds::of(api, it.ty),
            false => Kinds::by_word(api, it.ty, tables.word(it.word).as_ref()),
        };
        let was = kinds(self.old, &self.tables.0, old);
        let is = kinds(self.new, &self.tables.1, new);
        !was.meet(is) && !new.is_from_elsewhere(old)
    }

    /// Notes that a type is known in another way.
    pub fn knowledge(
        &mut self,
        subject: impl FnOnce() -> String,
        (old, new): (Typed, Typed),
        place: Option<&Provenance>,
    ) {
        if old.known != new.known {
            let word = |known: Known| format!("{known:?}").to_lowercase();
            let mut noise = noise(NoiseKind::Knowledge, subject(), place);
            noise.old = Some(word(old.known));
            noise.new = Some(word(new.known));
            self.noise.push(noise);
        }
    }

    /// The two types in a correction, in words. A type without content is marked as a
    /// name only, because both may have the same name.
    pub fn type_texts(&self, old: &Type, new: &Type) -> (Option<String>, Option<String>) {
        let text = |api: &Api, ty: &Type| match is_mere_name(api, ty) {
            true => Some(format!("{ty} (a name only)")),
            false => Some(ty.to_string()),
        };
        (text(self.old, old), text(self.new, new))
    }

    /// Records that the pages state more or less about a type.
    pub fn correction(
        &mut self,
        subject: String,
        old: Option<String>,
        new: Option<String>,
        place: Option<&Provenance>,
    ) {
        self.noise.push(Noise {
            old,
            new,
            breaks_rust: true,
            ..noise(NoiseKind::DocsCorrection, subject, place)
        });
    }

    /// Records that a description changed.
    pub fn description(
        &mut self,
        subject: impl FnOnce() -> String,
        (old, new): (Option<&Text>, Option<&Text>),
        place: Option<&Provenance>,
    ) {
        if !words::are_same(old, new) {
            self.noise
                .push(noise(NoiseKind::Description, subject(), place));
        }
    }

    /// Records that the page or the heading has another name.
    pub fn heading(
        &mut self,
        subject: impl FnOnce() -> String,
        old: Option<&Provenance>,
        new: Option<&Provenance>,
    ) {
        let (Some(old), Some(new)) = (old, new) else {
            return;
        };
        if old.heading != new.heading {
            let text = |it: &Provenance| it.heading.as_deref().map(str::to_owned);
            self.noise.push(Noise {
                old: text(old),
                new: text(new),
                ..noise(NoiseKind::Vocabulary, subject(), Some(new))
            });
        }
    }

    /// Records that common things have another order.
    pub fn order<'b>(
        &mut self,
        subject: impl FnOnce() -> String,
        old: impl Iterator<Item = &'b str> + Clone,
        new: impl Iterator<Item = &'b str> + Clone,
        place: Option<&Provenance>,
    ) {
        if old.clone().eq(new.clone()) {
            return;
        }
        let known: std::collections::BTreeSet<_> = new.clone().collect();
        let before: Vec<_> = old.filter(|it| known.contains(it)).collect();
        let was: std::collections::BTreeSet<_> = before.iter().copied().collect();
        if !new.filter(|it| was.contains(it)).eq(before) {
            self.noise.push(noise(NoiseKind::Order, subject(), place));
        }
    }

    /// Adds a change of one operation, or of a part of it.
    pub fn found(&mut self, change: Change, operation: &Operation) {
        let reached = Reached::new(operation, change.direction);
        match change.subject == operation.uid {
            true => self.findings.add(change, [reached]),
            false => {
                let change = self.placed(change, operation);
                self.findings.add_within(change, reached);
            }
        }
    }

    /// A change of a part of an operation that one side's page doesn't have: that page is
    /// still the place to show.
    fn placed(&self, mut change: Change, operation: &Operation) -> Change {
        let uid = |(_, new): &(&Operation, &Operation)| new.uid.cmp(&operation.uid);
        if let Ok(index) = self.pairs.binary_search_by(uid) {
            let (old, new) = self.pairs[index];
            change.old_place = change.old_place.or_else(|| old.provenance.clone());
            change.new_place = change.new_place.or_else(|| new.provenance.clone());
        }
        change
    }

    /// Compares sample messages of operations that are in both APIs; a side without any
    /// is a model file, or its pages have no samples.
    pub fn sample_values(&mut self, old: &[Sample], new: &[Sample]) {
        if old.is_empty() || new.is_empty() {
            return;
        }
        let pairs = self.pairs.iter();
        let uids: BTreeMap<&str, &str> = pairs.map(|(old, new)| (&*old.uid, &*new.uid)).collect();
        let stayed: BTreeSet<&str> = uids.values().copied().collect();
        let mut before: BTreeMap<_, Vec<&Sample>> = BTreeMap::new();
        for sample in old {
            if let Some(uid) = uids.get(&*sample.operation) {
                let key = (*uid, sample.direction, sample.status);
                before.entry(key).or_default().push(sample);
            }
        }
        let mut after = BTreeSet::new();
        for sample in new.iter().filter(|it| stayed.contains(&*it.operation)) {
            let key = (&*sample.operation, sample.direction, sample.status);
            let is_other = |same: &Vec<&Sample>| same.iter().all(|it| it.body != sample.body);
            if before.get(&key).is_none_or(is_other) {
                self.sample(sample);
            }
            after.insert(key);
        }
        for (_, gone) in before.iter().filter(|(key, _)| !after.contains(*key)) {
            self.sample(gone[0]);
        }
    }

    /// Records that a sample differs, or is on one side only.
    fn sample(&mut self, sample: &Sample) {
        let kind = match sample.direction {
            Direction::Request => "request",
            _ => "response",
        };
        let subject = format!("{} {kind}", sample.operation);
        let place = Some(&sample.provenance);
        self.noise.push(noise(NoiseKind::Sample, subject, place));
    }

    /// What was found.
    pub fn finish(self) -> (Vec<Finding>, Vec<Noise>) {
        (self.findings.finish(), self.noise)
    }
}

pub(super) fn noise(kind: NoiseKind, subject: String, place: Option<&Provenance>) -> Noise {
    Noise {
        kind,
        subject,
        old: None,
        new: None,
        place: place.cloned(),
        breaks_rust: false,
    }
}
