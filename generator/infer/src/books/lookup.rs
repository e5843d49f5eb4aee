//! Finds facts of a page in the finished model, starting from their place on the page.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use super::{Kind, excuses::explains};
use docwright_model::{
    Api, Header, Operation, Property, Provenance, Schema, Shape, Type,
    diagnostic::{Diagnostic, Rule},
};
use docwright_read::extract::OperationFacts;

/// The model and the findings, indexed for lookup.
pub struct Lookup<'a> {
    /// The model.
    pub api: &'a Api,
    /// The headers of requests by name.
    pub headers: HashMap<&'a str, &'a Header>,
    operations: HashMap<(&'a str, &'a str), &'a Operation>,
    reported: HashMap<(&'a str, u32), Vec<&'static Rule>>,
    about: BTreeMap<&'a str, Vec<&'static Rule>>,
    corrected: BTreeSet<&'a str>,
    /// The properties of each schema by name: each row of a long table is looked up.
    properties: HashMap<(&'a str, &'a str), &'a Property>,
}

/// How deep types are followed; types may refer to themselves.
const DEEPEST: usize = 8;

impl<'a> Lookup<'a> {
    /// Makes the model and the findings ready.
    pub fn new(api: &'a Api, diagnostics: &'a [Diagnostic], corrected: &'a [String]) -> Self {
        let operations = api.operations.iter();
        let mut reported: HashMap<_, Vec<_>> = HashMap::new();
        let mut about: BTreeMap<_, Vec<_>> = BTreeMap::new();
        for finding in diagnostics {
            let places = finding.related.iter().map(|(place, _)| place);
            for place in std::iter::once(&finding.place).chain(places) {
                let key = (place.file.as_str(), place.line);
                reported.entry(key).or_default().push(finding.rule);
            }
            if let Some(target) = &finding.target {
                about.entry(target.as_str()).or_default().push(finding.rule);
            }
        }
        let headers = api.headers.iter().map(|it| (it.name.as_str(), it));
        let mut properties = HashMap::new();
        for schema in &api.schemas {
            for property in schema.shape.properties() {
                let key = (schema.name.as_str(), property.name.as_str());
                properties.entry(key).or_insert(property);
            }
        }
        Self {
            api,
            properties,
            headers: headers.collect(),
            operations: operations
                .map(|it| ((it.method.as_str(), it.path.as_str()), it))
                .collect(),
            reported,
            about,
            corrected: corrected.iter().map(String::as_str).collect(),
        }
    }

    /// The operation of this method and path, whichever page declares it.
    pub fn operation(&self, facts: &OperationFacts) -> Option<&'a Operation> {
        let key = (facts.method.as_str(), facts.path.as_str());
        self.operations.get(&key).copied()
    }

    /// The rule of a finding at this place that accounts for a fact of this kind.
    pub fn reported(&self, place: &Provenance, kind: Kind) -> Option<&'static Rule> {
        let line = place.position?.line;
        first(self.reported.get(&(&*place.page, line))?, kind)
    }

    /// The rule of a finding at this place, when it is one of these.
    pub fn reported_as(
        &self,
        place: &Provenance,
        rules: &[&'static Rule],
    ) -> Option<&'static Rule> {
        let line = place.position?.line;
        let found = self.reported.get(&(&*place.page, line))?.iter();
        found.copied().find(|it| rules.contains(it))
    }

    /// The rule of a finding that a correction of this target would resolve, and that
    /// accounts for a fact of this kind.
    pub fn about(&self, target: &str, kind: Kind) -> Option<&'static Rule> {
        first(self.about.get(target)?, kind)
    }

    /// Whether an entry of corrections.toml is about this target.
    pub fn is_corrected(&self, target: &str) -> bool {
        self.corrected.contains(target)
    }

    /// The objects that values of a type are or hold: through arrays, maps, unions
    /// and aliases.
    pub fn objects(&self, ty: &Type) -> Vec<&'a Schema> {
        let mut found = Vec::new();
        self.collect(ty, DEEPEST, &mut found);
        found
    }

    fn collect(&self, ty: &Type, depth: usize, found: &mut Vec<&'a Schema>) {
        let Some(depth) = depth.checked_sub(1) else {
            return;
        };
        match ty {
            Type::Array(inner) | Type::Map(inner) | Type::Nullable(inner) => {
                self.collect(inner, depth, found);
            }
            Type::Named(name) => {
                let Some(schema) = self.api.schema(name) else {
                    return;
                };
                found.push(schema);
                match &schema.shape {
                    Shape::Union(_) | Shape::Alias(_) => {
                        for ty in schema.shape.types() {
                            self.collect(ty, depth, found);
                        }
                    }
                    _ => {}
                }
                if let Some(base) = &schema.base {
                    self.collect(&Type::Named(base.clone()), depth, found);
                }
            }
            _ => {}
        }
    }

    /// The property of this name that values of a type have, and the schema that declares
    /// it.
    pub fn property(&self, ty: &Type, name: &str) -> Option<(&'a Schema, &'a Property)> {
        let objects = self.objects(ty).into_iter();
        let mut found = objects.filter_map(|schema| {
            let property = self.properties.get(&(schema.name.as_str(), name))?;
            Some((schema, *property))
        });
        found.next()
    }

    /// Whether values of a type may have arbitrary keys.
    pub fn is_open(&self, ty: &Type) -> bool {
        match ty {
            Type::Any | Type::Map(_) => true,
            Type::Array(inner) | Type::Nullable(inner) => self.is_open(inner),
            _ => false,
        }
    }
}

/// The first of these rules that accounts for facts of this kind.
fn first(rules: &[&'static Rule], kind: Kind) -> Option<&'static Rule> {
    let mut rules = rules.iter().copied();
    rules.find(|rule| explains(rule, kind))
}
