//! `conversions.rs`: what is read as what is written, and the other way round.

use std::collections::BTreeSet;

use askama::Template;
use proc_macro2::TokenStream;
use quote::quote;

use crate::context::Context;
use crate::docs::{self, Docs};
use crate::names::Name;
use crate::plan::{Conversion, Resource};

#[derive(Template)]
#[template(path = "resource/conversions.rs.askama", escape = "none")]
struct ConversionsFile<'a> {
    docs: Docs,
    types: TokenStream,
    conversions: Vec<ConversionItem<'a>>,
}

struct ConversionItem<'a> {
    docs: Docs,
    source: &'a Name,
    target: &'a Name,
    fields: Vec<Pair<'a>>,
    rest: TokenStream,
}

/// The fields of one property.
struct Pair<'a> {
    source: &'a Name,
    target: &'a Name,
}

/// `conversions.rs`.
pub fn conversions(context: &Context<'_>, resource: &Resource<'_>) -> askama::Result<String> {
    let conversions = &resource.conversions;
    let names = conversions.iter().flat_map(|it| [it.source, it.target]);
    let names: BTreeSet<_> = names.collect();
    let name = docs::code(resource.name);
    ConversionsFile {
        docs: docs::inner([format!(
            "Conversions of the resource {name} between types that share properties."
        )]),
        types: context.use_types(&names, Some(resource.name)),
        conversions: conversions
            .iter()
            .filter_map(|it| item(context, it))
            .collect(),
    }
    .render()
}

fn item<'p>(context: &'p Context<'_>, conversion: &Conversion<'_>) -> Option<ConversionItem<'p>> {
    let source = context.plan.named(conversion.source)?;
    let target = context.plan.named(conversion.target)?;
    let properties = target.properties.iter().zip(&target.members);
    let fields = properties.filter_map(|(property, target)| {
        let source = source.member(&property.name)?;
        Some(Pair { source, target })
    });
    let fields: Vec<_> = fields.collect();
    let dropped = source.properties.len() - fields.len().min(source.properties.len());
    let says = match dropped {
        0 => "Keeps all properties and `extra`.",
        _ => "Keeps `extra` and the properties that both types have; the others are dropped.",
    };
    Some(ConversionItem {
        docs: docs::comments([says.to_owned()]),
        source: &source.ident,
        target: &target.ident,
        rest: match fields.len() == target.properties.len() {
            true => quote!(__non_exhaustive: (),),
            false => quote!(..Self::default()),
        },
        fields,
    })
}
