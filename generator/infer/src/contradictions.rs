//! Evidence about types that contradicts other evidence: what was found at which two
//! places, what was assumed, and the correction that would resolve it.

use std::collections::{BTreeMap, BTreeSet};

use indexmap::IndexMap;
use rayon::prelude::*;

use super::{
    decide::Decision,
    evidence::{BodyUse, Evidence},
    rule::Overruled,
    shape::{self, Shape},
    slots::Slot,
    store::Decisions,
};
use docwright_model::{
    Known, Literal, Provenance, Type,
    diagnostic::{Diagnostic, Place, rules},
};
use docwright_read::{
    dialect::TypeWord,
    extract::{RowFact, ValueFact},
};

/// Reports contradictions at slots, and tables that contradict each other.
pub fn check(evidence: &Evidence<'_>, decisions: &Decisions<'_>) -> Vec<Diagnostic> {
    let types = evidence.by_name.par_iter();
    let of_types = types.map(|(name, named_type)| {
        let mut found = Vec::new();
        let decided = decisions.slots.get(name).into_iter().flatten();
        for (of, decision) in named_type.slots.iter().zip(decided) {
            slot(name, of, decision, evidence, &mut found);
        }
        found
    });
    let mut found: Vec<_> = of_types.flatten_iter().collect();
    for (key, decision) in &decisions.bodies {
        body(&evidence.bodies[key], decision, evidence, &mut found);
    }
    tables(evidence, &mut found);
    found
}

/// Reports contradictions at one slot.
fn slot(
    owner: &str,
    slot: &Slot<'_>,
    decision: &Decision<'_>,
    evidence: &Evidence<'_>,
    diagnostics: &mut Vec<Diagnostic>,
) {
    let of_site = OfSite {
        owner,
        slot,
        decision,
    };
    diagnostics.extend(of_site.conflicting_cells());
    if of_site.has_refuted_label(evidence) {
        let findings = slot
            .rows
            .iter()
            .map(|row| of_site.refuted_label(row, evidence));
        diagnostics.extend(findings.flatten());
    }
    diagnostics.extend(of_site.refuted_by_samples());
    diagnostics.extend(of_site.sample_against_table(evidence));
}

struct OfSite<'s, 'f> {
    owner: &'s str,
    slot: &'s Slot<'f>,
    decision: &'s Decision<'f>,
}

impl OfSite<'_, '_> {
    /// Type cells of one property that cannot be reconciled.
    fn conflicting_cells(&self) -> Option<Diagnostic> {
        let ty = &self.decision.ty;
        let (_, first) = self.decision.against.first()?;
        let name = self.target();
        let cell = self.cell(first);
        let other = self.decision.because.first();
        let there = match (ty, other) {
            (Type::Any, Some(other)) => self.cell(other).to_owned(),
            _ => ty.to_string(),
        };
        let finding = Diagnostic::new(
            rules::CONFLICTING_TYPE_CELLS,
            self.cell_place(first),
            format!("`{name}` is `{cell}` here, but `{there}` elsewhere"),
        );
        let finding = match other {
            Some(other) => finding.related(
                self.cell_place(other),
                format!("states `{}`", self.cell(other)),
            ),
            None => finding,
        };
        let help = format!("treated as `{ty}`; set the correct type in corrections.toml");
        let why = format!("One table states {cell}, another {there}.");
        Some(self.settled_by(finding.help(help), &why))
    }

    /// Whether some type cell has a label that belongs to another type. This is rare, and
    /// most slots have many rows.
    fn has_refuted_label(&self, evidence: &Evidence<'_>) -> bool {
        let mut words = self.slot.votes.words();
        words.any(|word| match word {
            TypeWord::Named(label) => {
                let key = (label.clone(), self.slot.name.clone());
                evidence.refuted.contains(&key)
            }
            _ => false,
        })
    }

    /// A label that belongs to another type.
    fn refuted_label(&self, row: &RowFact, evidence: &Evidence<'_>) -> Option<Diagnostic> {
        let Some(TypeWord::Named(label)) = &row.ty else {
            return None;
        };
        let key = (label.clone(), self.slot.name.clone());
        if !evidence.refuted.contains(&key) {
            return None;
        }
        let akin = evidence
            .by_name
            .values()
            .flat_map(|named_type| &named_type.slots);
        let says =
            |row: &&&RowFact| matches!(&row.ty, Some(TypeWord::Named(said)) if said == label);
        let mut akin = akin.filter_map(|slot| {
            let row = slot.rows.iter().find(says)?;
            let pair = (label.clone(), slot.name.clone());
            (!evidence.refuted.contains(&pair)).then_some(row)
        });
        let message = format!(
            "the type cell of `{}` states `{label}`, a name that these pages also print where it \
             isn't a type",
            self.slot.name
        );
        let at = self.cell_place(&row.provenance);
        // One fault of the pages, even if many types have the property.
        let finding = Diagnostic::new(rules::TYPE_CELL_REFUTED, at, message)
            .cause(format!("{label} at {}", self.slot.name));
        let finding = match akin.next() {
            Some(row) => finding.related(
                Place::of(&row.provenance).words([&*row.name, &*row.type_cell]),
                format!("`{label}` is a type here"),
            ),
            None => finding,
        };
        let why = format!(
            "The type cell states {label}, which the pages print for different \
                           things."
        );
        Some(self.settled_by(finding.help(self.taken()), &why))
    }

    /// A type cell that samples overrule: its type lacks the properties that they show,
    /// or has too few bits.
    fn refuted_by_samples(&self) -> Option<Diagnostic> {
        let (why, at) = self.decision.overruled?;
        let sample = self.slot.sampled.as_ref()?;
        let (name, cell) = (self.target(), self.cell(at));
        let message = match (why, cell) {
            (Overruled::OtherProperties, _) => format!(
                "the type cell of `{name}` states `{cell}`, but samples show properties that this \
                 type doesn't have"
            ),
            (why, "") => format!("`{name}`: {}", why.words()),
            (why, cell) => format!("`{name}` is `{cell}`, but {}", why.words()),
        };
        let (rule, why) = match why {
            Overruled::OtherProperties => (
                rules::TYPE_CELL_REFUTED,
                format!("The type cell states {cell}, but samples show other properties."),
            ),
            Overruled::NotDescribed => (
                match self.decision.ty {
                    // A named type is most likely an enum if samples show plain values of
                    // it.
                    Type::String | Type::Int32 | Type::Int64 => rules::ENUM_WITHOUT_VALUES,
                    _ => rules::TYPE_NOT_DESCRIBED,
                },
                format!("No page describes {cell}, and samples show plain values."),
            ),
            Overruled::BeyondInt32 | Overruled::BeyondIntegers => (
                rules::SAMPLE_AGAINST_TABLE,
                format!("The type cell states {cell}, but {}.", why.words()),
            ),
        };
        let finding = Diagnostic::new(rule, self.cell_place(at), message)
            .related(Place::of(sample), "the sample")
            .help(self.taken());
        let finding = match self.decision.overruled {
            // The cause is the type, not the property: it is one fault wherever the type
            // is named.
            Some((Overruled::NotDescribed, _)) => finding.cause(cell),
            _ => finding,
        };
        Some(self.settled_by(finding, &why))
    }

    /// Samples that show another kind of value than the table states.
    fn sample_against_table(&self, evidence: &Evidence<'_>) -> Option<Diagnostic> {
        let ty = &self.decision.ty;
        let kinds = kinds_of(ty, evidence);
        if self.decision.known >= Known::Sampled || fits(ty, kinds, &self.slot.shape) {
            return None;
        }
        // The page whose sample doesn't fit, not the first that shows one.
        let sample = self.slot.odd_sample(kinds)?;
        let mut rows = self.slot.rows.iter();
        let own = rows.find(|row| row.provenance.page == sample.page);
        let row = own.or(self.slot.rows.first())?;
        let shown = self.slot.shape.words();
        let message = format!("`{}` is `{ty}`, but samples show {shown}", self.target());
        let why = format!("The table states {ty}, but samples show {shown}.");
        let at = self.cell_place(&row.provenance);
        let finding = Diagnostic::new(rules::SAMPLE_AGAINST_TABLE, at, message)
            .related(Place::of(sample), "the sample")
            .help(self.taken());
        Some(self.settled_by(finding, &why))
    }

    fn taken(&self) -> String {
        if self.decision.known == Known::Unknown {
            return "its type is unknown; set the correct one in corrections.toml".into();
        }
        format!(
            "treated as `{}`; confirm that, or set the correct type, in corrections.toml",
            self.decision.ty
        )
    }

    /// The finding with an entry for `corrections.toml` that confirms the assumed type; a
    /// person changes `set` if it is wrong.
    fn settled_by(&self, finding: Diagnostic, why: &str) -> Diagnostic {
        finding.confirmed_by(&self.target(), &self.decision.ty, why)
    }

    /// What a correction is about.
    fn target(&self) -> String {
        format!("{}.{}", self.owner, self.slot.name)
    }

    /// The type cell at a place of this slot.
    fn cell_place(&self, at: &Provenance) -> Place {
        Place::of(at).words([self.slot.name.as_str(), self.cell(at)])
    }

    /// The words of the type cell at a place of this slot.
    fn cell(&self, at: &Provenance) -> &str {
        let row = self.slot.rows.iter().find(|row| row.provenance == *at);
        row.map_or("", |row| row.type_cell.as_str())
    }
}

/// Reports samples of a whole body that show another kind of value than the page states.
fn body(
    body: &BodyUse<'_>,
    decision: &Decision<'_>,
    evidence: &Evidence<'_>,
    diagnostics: &mut Vec<Diagnostic>,
) {
    let (ty, shape) = (&decision.ty, &body.root.shape);
    let kinds = kinds_of(ty, evidence);
    if decision.known > Known::Documented || fits(ty, kinds, shape) {
        return;
    }
    let Some(sample) = body.root.odd_sample(kinds) else {
        return;
    };
    let message = format!("the body is `{ty}`, but samples show {}", shape.words());
    diagnostics.push(
        Diagnostic::new(
            rules::SAMPLE_AGAINST_TABLE,
            Place::of(&body.fact.provenance),
            message,
        )
        .related(Place::of(sample), "the sample")
        .help(format!("treated as `{ty}`; fix the page")),
    );
}

/// Whether what samples show can be of a type that has values of these kinds. Without
/// samples, every type fits.
pub fn fits(ty: &Type, kinds: u8, shape: &Shape) -> bool {
    *ty == Type::Any || (shape.kinds() <= 1 && shape.bits() & !kinds & !shape::NULL == 0)
}

/// The kinds of values that a type can have. Named types are looked up in what pages
/// state about them.
pub fn kinds_of(ty: &Type, evidence: &Evidence<'_>) -> u8 {
    let fact = match ty {
        Type::Nullable(inner) => return kinds_of(inner, evidence),
        Type::Named(name) => evidence.own.get(name),
        _ => None,
    };
    let Some(fact) = fact else {
        return shape::kinds_of(ty);
    };
    let of_value = |it: &ValueFact| match it.value {
        Literal::Integer(_) => shape::INTEGER,
        Literal::String(_) => shape::STRING,
    };
    match &fact.alias {
        _ if !fact.values.is_empty() => fact.values.iter().map(of_value).fold(0, |a, b| a | b),
        _ if !fact.members.is_empty() => u8::MAX,
        Some(TypeWord::Scalar { is, .. }) => shape::kinds_of(is),
        Some(_) => u8::MAX,
        None => shape::kinds_of(ty),
    }
}

/// Reports names above tables that have little in common, and tables of one type with
/// different properties.
fn tables(evidence: &Evidence<'_>, diagnostics: &mut Vec<Diagnostic>) {
    for (name, keys) in &evidence.homonyms {
        let bodies: Vec<&BodyUse<'_>> = keys.iter().map(|key| &evidence.bodies[key]).collect();
        let message = format!(
            "`{name}` is the name of {} tables that have little in common",
            bodies.len()
        );
        let finding = Diagnostic::new(rules::NAME_OF_SEVERAL_TYPES, at(bodies[0]), message).help(
            "none of them describes that type; each is matched by its properties, or named after \
             its operation",
        );
        let others = bodies.iter().skip(1).take(MOST_PLACES);
        diagnostics.push(others.fold(finding, |finding, body| {
            finding.related(at(body), "another table with this name")
        }));
    }
    for (name, key) in &evidence.strays {
        let message = format!(
            "`{name}` is the name of this table, which has little in common with the others of \
             that name"
        );
        let finding = Diagnostic::new(
            rules::NAME_OF_SEVERAL_TYPES,
            at(&evidence.bodies[key]),
            message,
        )
        .help(
            "it is matched by its properties, or named after its operation; fix the name on the \
             page",
        );
        let named_type = evidence.by_name.get(name);
        let first = named_type.and_then(|named_type| named_type.provenance.first());
        diagnostics.push(match first {
            Some(first) => finding.related(Place::of(first), "one of the others"),
            None => finding,
        });
    }
    let mut described: BTreeMap<&str, Vec<&BodyUse<'_>>> = BTreeMap::new();
    for body in evidence.bodies.values() {
        if let Some((name, Known::Documented)) = &body.named_type
            && !body.fact.rows.is_empty()
        {
            described.entry(name).or_default().push(body);
        }
    }
    for (name, bodies) in described {
        property_sets(
            name,
            &bodies,
            evidence.by_name[name].slots.len(),
            diagnostics,
        );
    }
}

/// How many places a finding shows at most.
const MOST_PLACES: usize = 20;

fn at(body: &BodyUse<'_>) -> Place {
    Place::of(&body.fact.provenance)
}

/// Reports the tables of a type that differ from the majority, each set of properties
/// once.
fn property_sets(
    name: &str,
    bodies: &[&BodyUse<'_>],
    all: usize,
    diagnostics: &mut Vec<Diagnostic>,
) {
    let mut sets: IndexMap<BTreeSet<&str>, Vec<&BodyUse<'_>>> = IndexMap::new();
    for body in bodies {
        sets.entry(body.names()).or_default().push(body);
    }
    let most = sets.values().map(Vec::len).max();
    let Some(usual) = sets.values().position(|bodies| Some(bodies.len()) == most) else {
        return;
    };
    let Some((usual, most)) = sets.shift_remove_index(usual) else {
        return;
    };
    let listed = |names: Vec<&&str>| match names.as_slice() {
        [] => "none".to_owned(),
        names => {
            let words: Vec<_> = names.iter().map(|name| format!("`{name}`")).collect();
            words.join(", ")
        }
    };
    for (set, odd) in sets {
        let message = format!(
            "`{name}` has different properties in {} of {} tables: only here {}; only in the \
             others {}",
            odd.len(),
            bodies.len(),
            listed(set.difference(&usual).collect()),
            listed(usual.difference(&set).collect()),
        );
        let finding = Diagnostic::new(rules::PROPERTY_SETS_DIFFER, at(odd[0]), message)
            .related(at(most[0]), "one of the others")
            .help(format!("the type is assumed to have all {all} properties"));
        let others = odd.iter().skip(1).take(MOST_PLACES);
        diagnostics.push(others.fold(finding, |finding, body| {
            finding.related(at(body), "the same here")
        }));
    }
}
