//! Evidence about types that contradicts other evidence: what was found at
//! which two places, what was taken, and the correction that would settle it.

use std::collections::BTreeMap;

use super::{
    carriers::{BodyUse, Carriers},
    checks::place,
    decide::Decision,
    shape::Shape,
    sites::Site,
};
use crate::{
    diagnostic::{Diagnostic, Place},
    dialect::TypeWord,
    extract::RowFact,
    model::{Known, Provenance, Type},
};

/// Reports what contradicts at one site.
pub fn site(
    owner: &str,
    site: &Site<'_>,
    decision: &Decision<'_>,
    carriers: &Carriers<'_>,
    diagnostics: &mut Vec<Diagnostic>,
) {
    let of_site = OfSite {
        owner,
        site,
        decision,
    };
    diagnostics.extend(of_site.conflicting_cells());
    for row in &site.rows {
        diagnostics.extend(of_site.refuted_label(row, carriers));
    }
    diagnostics.extend(of_site.refuted_by_samples());
    diagnostics.extend(of_site.sample_against_table());
}

struct OfSite<'s, 'f> {
    owner: &'s str,
    site: &'s Site<'f>,
    decision: &'s Decision<'f>,
}

impl OfSite<'_, '_> {
    /// Type cells of one property that cannot be reconciled.
    fn conflicting_cells(&self) -> Option<Diagnostic> {
        let ty = &self.decision.ty;
        let (_, first) = self.decision.against.first()?;
        let name = &self.site.name;
        let cell = self.cell(first);
        let finding = Diagnostic::warning(
            "conflicting-type-cells",
            place(first),
            format!("`{name}` is `{cell}` here, but `{ty}` elsewhere"),
        );
        let other = self.decision.because.first();
        let finding = match other {
            Some(other) => finding.related(place(other), format!("says `{}`", self.cell(other))),
            None => finding,
        };
        let help = format!("taken as `{ty}`; an entry in corrections.toml says what is true");
        let why = format!("One table says {cell}, another {ty}.");
        Some(finding.help(help).suggestion(self.correction(&why)))
    }

    /// A label that belongs to another type.
    fn refuted_label(&self, row: &RowFact, carriers: &Carriers<'_>) -> Option<Diagnostic> {
        let Some(TypeWord::Named(label)) = &row.ty else {
            return None;
        };
        let key = (label.clone(), self.site.name.clone());
        if !carriers.refuted.contains(&key) {
            return None;
        }
        let akin = carriers.by_name.values().flat_map(|carrier| &carrier.sites);
        let says =
            |row: &&&RowFact| matches!(&row.ty, Some(TypeWord::Named(said)) if said == label);
        let mut akin = akin.filter_map(|site| {
            let row = site.rows.iter().find(says)?;
            let pair = (label.clone(), site.name.clone());
            (!carriers.refuted.contains(&pair)).then_some(row)
        });
        let message = format!(
            "the type cell of `{}` says `{label}`, a type that no page describes and whose name \
             belongs to other properties",
            self.site.name
        );
        let finding = Diagnostic::warning("type-cell-refuted", place(&row.provenance), message);
        let finding = match akin.next() {
            Some(row) => finding.related(
                place(&row.provenance),
                format!("`{label}` fits `{}` here", row.name),
            ),
            None => finding,
        };
        let why = format!("The type cell says {label}, which belongs to other properties.");
        Some(finding.help(self.taken()).suggestion(self.correction(&why)))
    }

    /// A documented type that hasn't the properties which samples show.
    fn refuted_by_samples(&self) -> Option<Diagnostic> {
        let at = self.decision.refuted?;
        let sample = self.site.sampled.as_ref()?;
        let cell = self.cell(at);
        let message = format!(
            "the type cell of `{}` says `{cell}`, but samples show other properties than that \
             type has",
            self.site.name
        );
        let why = format!("The type cell says {cell}, samples show other properties.");
        Some(
            Diagnostic::warning("type-cell-refuted", place(at), message)
                .related(place(sample), "the sample")
                .help(self.taken())
                .suggestion(self.correction(&why)),
        )
    }

    /// Samples that show another kind of value than the table says.
    fn sample_against_table(&self) -> Option<Diagnostic> {
        let row = self.site.rows.first()?;
        let sample = self.site.sampled.as_ref()?;
        if self.decision.known > Known::Documented || fits(&self.decision.ty, &self.site.shape) {
            return None;
        }
        let shown = kinds(&self.site.shape);
        let ty = &self.decision.ty;
        let message = format!("`{}` is `{ty}`, but samples show {shown}", self.site.name);
        let why = format!("The table says {ty}, samples show {shown}.");
        Some(
            Diagnostic::warning("sample-against-table", place(&row.provenance), message)
                .related(place(sample), "the sample")
                .help(self.taken())
                .suggestion(self.correction(&why)),
        )
    }

    fn taken(&self) -> String {
        format!(
            "taken as `{}`; an entry in corrections.toml confirms that or says what is true",
            self.decision.ty
        )
    }

    /// An entry for `corrections.toml` that confirms what was taken; a person
    /// puts what is true into `set`.
    fn correction(&self, why: &str) -> String {
        let text = |text: String| toml::Value::String(text).to_string();
        let ty = self.decision.ty.to_string();
        format!(
            "[[correction]]\ntarget = {}\nexpect = {}\nset = {}\nreason = {}\nsource = {}",
            text(format!("{}.{}", self.owner, self.site.name)),
            text(ty.clone()),
            text(ty),
            text(why.to_owned()),
            text("Where do you know it from?".to_owned()),
        )
    }

    /// The words of the type cell at a place of this site.
    fn cell(&self, at: &Provenance) -> &str {
        let row = self.site.rows.iter().find(|row| row.provenance == *at);
        row.map_or("", |row| row.type_cell.as_str())
    }
}

/// Whether what samples show can be of a type; nothing shown fits all.
fn fits(ty: &Type, shape: &Shape) -> bool {
    let numbers = shape.integers.is_some() || shape.fractions;
    let only = |there: bool| shape.is_blank() || (there && shape.kinds() == 1);
    match ty {
        Type::Any => true,
        Type::String | Type::DateTime | Type::Date | Type::Binary => only(shape.strings.is_some()),
        Type::Boolean => only(shape.booleans),
        Type::Int32 | Type::Int64 => only(shape.integers.is_some() && !shape.fractions),
        Type::Double => only(numbers),
        Type::Array(_) => only(shape.elements.is_some()),
        Type::Map(_) => only(shape.object.is_some()),
        // Enums are strings, other named types objects.
        Type::Named(_) => only(shape.object.is_some() || shape.strings.is_some()),
    }
}

/// The kinds of values in samples, in words.
fn kinds(shape: &Shape) -> String {
    let words = [
        (shape.booleans, "true or false"),
        (shape.fractions, "numbers with a fraction"),
        (
            shape.integers.is_some() && !shape.fractions,
            "whole numbers",
        ),
        (shape.strings.is_some(), "strings"),
        (shape.elements.is_some(), "arrays"),
        (shape.object.is_some(), "objects"),
    ];
    let there: Vec<_> = words
        .iter()
        .filter(|(there, _)| *there)
        .map(|(_, word)| *word)
        .collect();
    there.join(" and ")
}

/// Reports names that head tables with little in common, and tables of one
/// type that differ in their properties.
pub fn tables(carriers: &Carriers<'_>, diagnostics: &mut Vec<Diagnostic>) {
    for (name, keys) in &carriers.homonyms {
        let bodies: Vec<&BodyUse<'_>> = keys.iter().map(|key| &carriers.bodies[key]).collect();
        let at = |body: &BodyUse<'_>| place(&body.fact.provenance);
        let message = format!(
            "`{name}` heads {} tables that have little in common",
            bodies.len()
        );
        let finding = Diagnostic::warning("name-of-several-types", at(bodies[0]), message).help(
            "none of them is taken for the description of that type; each is matched by its \
             properties, or named after its operation",
        );
        let others = bodies.iter().skip(1).take(MOST_PLACES);
        diagnostics.push(others.fold(finding, |finding, body| {
            finding.related(at(body), "another table under that name")
        }));
    }
    let mut described: BTreeMap<&str, Vec<&BodyUse<'_>>> = BTreeMap::new();
    for body in carriers.bodies.values() {
        if let Some((name, Known::Documented)) = &body.carrier
            && !body.fact.rows.is_empty()
        {
            described.entry(name).or_default().push(body);
        }
    }
    for (name, bodies) in described {
        let names = bodies[0].names();
        let differing = bodies.iter().find(|body| body.names() != names);
        let Some(other) = differing else { continue };
        let all = carriers.by_name[name].sites.len();
        diagnostics.push(property_sets(name, all, bodies[0], other));
    }
}

/// How many places one finding names at the most.
const MOST_PLACES: usize = 20;

fn property_sets(name: &str, all: usize, first: &BodyUse<'_>, other: &BodyUse<'_>) -> Diagnostic {
    let at = |body: &BodyUse<'_>| -> Place { place(&body.fact.provenance) };
    let (a, b) = (first.names(), other.names());
    let listed = |names: Vec<&&str>| {
        let words: Vec<_> = names.iter().map(|name| format!("`{name}`")).collect();
        if words.is_empty() {
            "none".to_owned()
        } else {
            words.join(", ")
        }
    };
    let message = format!(
        "tables of `{name}` differ: only here {}; only there {}",
        listed(a.difference(&b).collect()),
        listed(b.difference(&a).collect()),
    );
    Diagnostic::warning("property-sets-differ", at(first), message)
        .related(at(other), "there")
        .help(format!("the type is taken to have all {all} properties"))
}
