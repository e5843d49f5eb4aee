//! Advice about code blocks.

use std::collections::{BTreeMap, BTreeSet};

use super::{Advice, Item, list, quoted, role_of, within};
use crate::{
    dialect::{CodeRole, SectionRole},
    extract::{Looks, Met, Survey, Term},
};

/// What a code block may hold.
fn code_role(section: SectionRole, looks: Looks) -> CodeRole {
    match (section, looks) {
        (SectionRole::QueryParameters, Looks::Signature) => CodeRole::QueryExamples,
        (SectionRole::Start, Looks::Signature | Looks::Request) => CodeRole::Signature,
        (_, Looks::Request) => CodeRole::RequestSample,
        (_, Looks::Answer) => CodeRole::ResponseSample,
        (SectionRole::RequestSample | SectionRole::RequestBody, Looks::Json) => {
            CodeRole::RequestSample
        }
        (_, Looks::Json) => CodeRole::ResponseSample,
        (SectionRole::RequestSample | SectionRole::Samples, Looks::Signature) => {
            CodeRole::RequestSample
        }
        (_, Looks::Signature) => CodeRole::Signature,
        (_, Looks::Other) => CodeRole::Ignored,
    }
}

/// Code blocks of no known kind.
pub fn codes(survey: &Survey) -> Advice {
    type Seen = (Met, BTreeSet<String>, BTreeSet<String>);
    let mut met: BTreeMap<(CodeRole, &str), Seen> = BTreeMap::new();
    for (term, seen) in &survey.terms {
        let Term::Code {
            info,
            looks,
            section,
        } = term
        else {
            continue;
        };
        let empty = || {
            (
                Met {
                    count: 0,
                    ..seen.clone()
                },
                BTreeSet::new(),
                BTreeSet::new(),
            )
        };
        let role = code_role(role_of(section), *looks);
        let entry = met.entry((role, info)).or_insert_with(empty);
        entry.0.count += seen.count;
        entry.1.insert(role_of(section).to_string());
        entry.2.insert(within(section));
    }
    let mut all: Vec<_> = met.into_iter().collect();
    // What looks like something goes before what looks like nothing: the first
    // entry that fits is taken.
    all.sort_by_key(|((role, _), (seen, ..))| (*role, std::cmp::Reverse(seen.count)));
    let mut items = Vec::new();
    let mut entries = String::new();
    for ((role, info), (seen, sections, places)) in all {
        let reason = match role {
            CodeRole::Ignored => "reason = \"?\"\n",
            _ => "",
        };
        entries.push_str(&format!(
            "[[code]]\nrole = {}\nin = {}\ninfo = {}\n{reason}\n",
            quoted(&role.to_string()),
            list(sections.iter().map(String::as_str)),
            list([info]),
        ));
        let where_ = match places.len() {
            1 => places.first().cloned().unwrap_or_default(),
            n => format!("{n} kinds of sections"),
        };
        items.push(Item {
            count: seen.count,
            words: match info {
                "" => "(no language)".to_owned(),
                info => format!("```{info}"),
            },
            note: format!("`{role}`? {where_}"),
            place: seen.place,
        });
    }
    Advice {
        title: "code blocks",
        items,
        entries,
    }
}
