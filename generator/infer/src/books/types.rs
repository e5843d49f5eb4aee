//! The outcomes of the facts about types that pages describe under their own headings.

use super::{
    Kind, Outcome,
    audit::{Audit, enum_values},
    resolution::{self as by, Resolution},
    words::{admits, is_same},
};
use docwright_model::{
    Known, Schema, Shape, Type, Union,
    diagnostic::{Rule, rules},
};
use docwright_read::{
    dialect::TypeWord,
    extract::{TypeFact, ValueFact},
};

impl<'a> Audit<'a> {
    pub(super) fn named_type(&mut self, fact: &'a TypeFact) {
        let place = &fact.body.provenance;
        let label = &fact.body.label;
        let schema = self.schema_of(fact);
        let rule = self.lookup.reported_as(place, about_all_of_it(schema));
        self.fixed = rule.map(Outcome::Reported);
        let words = || format!("the type `{label}`");
        let unused = self.selects.then_some(by::NOT_SELECTED);
        self.enter(Kind::NamedType, place, schema.is_some(), unused, words);
        let description = schema.and_then(|it| it.description.as_ref());
        let overruled = description.map(|_| by::OTHER_WORDS);
        self.description(
            fact.body.description.as_ref(),
            description,
            place,
            overruled,
        );
        if let Some(place) = &fact.deprecated {
            let found = schema.is_some_and(|it| it.deprecated);
            self.enter(Kind::Deprecated, place, found, None, words);
        }
        if let Some(base) = &fact.base {
            let found = schema.and_then(|it| it.base.as_ref());
            let found = found.is_some_and(|it| is_same(it, base));
            self.enter(Kind::NamedType, place, found, None, || {
                format!("`{label}`'s base `{base}`")
            });
        }
        let shape = schema.map(|it| &it.shape);
        self.alias(fact, shape);
        self.members(fact, shape);
        self.discriminator(fact, shape);
        let is_corrected = schema.is_some_and(|it| self.lookup.is_corrected(&it.name));
        self.values(&fact.values, shape, is_corrected.then_some(by::CORRECTED));
        let own = schema.map(|it| Type::Named(it.name.clone()));
        for row in &fact.body.rows {
            let element = self.element(row, own.as_ref());
            self.row(Kind::Property, row, element, unused, false);
        }
        self.fixed = None;
    }

    /// The type of the model that a page describes: by its name, or by the place.
    fn schema_of(&self, fact: &TypeFact) -> Option<&'a Schema> {
        let label = &fact.body.label;
        let by_word = match self.dialect.types.read(label) {
            Some(TypeWord::Named(name)) => self.lookup.api.schema(&name),
            _ => None,
        };
        by_word.or_else(|| {
            let place = &fact.body.provenance;
            let mut schemas = self.lookup.api.schemas.iter();
            schemas.find(|it| is_same(&it.name, label) || it.provenance.contains(place))
        })
    }

    /// What the type is another name for.
    fn alias(&mut self, fact: &TypeFact, shape: Option<&Shape>) {
        let Some(alias) = &fact.alias else { return };
        let found = matches!(shape, Some(Shape::Alias(ty)) if admits(alias, ty, &self.lookup));
        self.enter(Kind::NamedType, &fact.body.provenance, found, None, || {
            format!("what `{}` is", fact.body.label)
        });
    }

    /// The members of a union, and the values that stand for them.
    fn members(&mut self, fact: &TypeFact, shape: Option<&Shape>) {
        let label = &fact.body.label;
        for member in &fact.members {
            let found = match shape {
                Some(Shape::Union(union)) => {
                    let mut members = union.members.iter();
                    members.any(|it| admits(&member.ty, &it.ty, &self.lookup))
                }
                _ => false,
            };
            let lists = !shape.map_or(&[][..], Shape::properties).is_empty();
            let overruled = lists.then_some(by::LISTS_PROPERTIES);
            let words = || format!("a member of `{label}`");
            self.enter(Kind::NamedType, &member.provenance, found, overruled, words);
            if let Some(tag) = &member.tag {
                let found = union_of(shape).is_some_and(|union| {
                    let mut members = union.members.iter();
                    members.any(|it| it.tag.as_ref() == Some(tag))
                });
                let words = || format!("the tag `{tag}` of a member of `{label}`");
                self.enter(Kind::Value, &member.provenance, found, overruled, words);
            }
        }
    }

    /// The discriminator of a union.
    fn discriminator(&mut self, fact: &TypeFact, shape: Option<&Shape>) {
        let Some(name) = &fact.discriminator else {
            return;
        };
        let (label, place) = (&fact.body.label, &fact.body.provenance);
        let found = union_of(shape);
        let found = found.is_some_and(|union| union.discriminator.as_ref() == Some(name));
        let words = || format!("the discriminator `{name}` of `{label}`");
        // An object's property of that name says the same.
        let lists = shape.map_or(&[][..], Shape::properties);
        let overruled = lists.iter().any(|it| it.name == *name);
        let overruled = overruled.then_some(by::LISTS_PROPERTIES);
        self.enter(Kind::NamedType, place, found, overruled, words);
    }

    fn values(
        &mut self,
        values: &[ValueFact],
        shape: Option<&Shape>,
        corrected: Option<&'static Resolution>,
    ) {
        let all = enum_values(shape);
        for fact in values {
            let known = all.get(&fact.value.text());
            let found = known.is_some();
            let words = || format!("the value `{}`", fact.value);
            self.enter(Kind::Value, &fact.provenance, found, corrected, words);
            let description = known.and_then(|it| it.description.as_ref());
            let overruled = corrected.or(description.map(|_| by::OTHER_WORDS));
            let text = fact.description.as_ref();
            self.description(text, description, &fact.provenance, overruled);
        }
    }
}

/// The rules whose findings about a type account for all facts about it: a type without a
/// name isn't in the model, and a type with contradictory definitions has none of the
/// stated facts.
fn about_all_of_it(schema: Option<&Schema>) -> &'static [&'static Rule] {
    match schema {
        None => &[rules::HEADING_WITHOUT_TYPE, rules::TYPE_WITHOUT_NAME],
        Some(schema) if schema.known == Known::Unknown => &[
            rules::TYPE_OF_TWO_MEANINGS,
            rules::TYPE_OF_ITSELF,
            rules::UNION_MEMBERS_ALIKE,
        ],
        Some(_) => &[],
    }
}

/// The union that a type is.
fn union_of(shape: Option<&Shape>) -> Option<&Union> {
    match shape {
        Some(Shape::Union(union)) => Some(union),
        _ => None,
    }
}
