//! What all emitted files need to know: the plan and the settings.

use std::collections::BTreeSet;

use proc_macro2::TokenStream;
use quote::quote;

use docwright_model::{Provenance, Text};
use docwright_read::settings::Settings;

use super::docs::{self, Docs};
use super::names::Name;
use super::options::Options;
use super::plan::Plan;

/// The plan, and the settings.
pub struct Context<'a> {
    /// What the crate consists of.
    pub plan: Plan<'a>,
    /// What the user says about its code.
    pub options: Options,
    /// What the user says about it.
    pub settings: &'a Settings,
}

/// Where something is visible: the resources that it belongs to, by wire name.
pub type Readers<'r> = BTreeSet<&'r str>;

impl Context<'_> {
    /// The lines of a description, or the wire name where there is none.
    pub fn lines_of(
        &self,
        description: Option<&Text>,
        wire: &str,
        readers: &Readers<'_>,
    ) -> Vec<String> {
        let lines = description
            .map(|text| docs::lines(text.markdown(), &|name| self.plan.path_of(name, readers)))
            .unwrap_or_default();
        if lines.is_empty() {
            vec![docs::code(wire)]
        } else {
            lines
        }
    }

    /// Doc comments: a description and a link to its page.
    pub fn docs_of(
        &self,
        description: Option<&Text>,
        wire: &str,
        readers: &Readers<'_>,
        place: Option<&Provenance>,
    ) -> Docs {
        let mut lines = self.lines_of(description, wire, readers);
        if let Some(link) = place.and_then(|place| self.link(place)) {
            lines.extend([String::new(), link]);
        }
        docs::comments(lines)
    }

    /// A link to the page, if it is known where the pages are published.
    pub fn link(&self, place: &Provenance) -> Option<String> {
        let link = self.settings.link(place)?;
        Some(format!("[Documentation]({})", docs::address(&link)))
    }

    /// Brings named types into a module of a resource.
    pub fn use_types(&self, names: &BTreeSet<&str>, home: Option<&str>) -> TokenStream {
        let idents = |at_home: bool| -> Vec<&Name> {
            let mut idents: Vec<_> = names
                .iter()
                .filter_map(|name| self.plan.named(name))
                .filter(|named| (named.home.is_some() && named.home == home) == at_home)
                .map(|named| &named.ident)
                .collect();
            idents.sort();
            idents
        };
        let (own, shared) = (idents(true), idents(false));
        let own = (!own.is_empty()).then(|| quote!(use super::types::{#(#own),*};));
        let shared = (!shared.is_empty()).then(|| quote!(use crate::types::{#(#shared),*};));
        quote!(#own #shared)
    }
}
