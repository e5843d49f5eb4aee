//! Advice about code blocks.

use std::collections::BTreeMap;

use super::{Advice, Item, Seen, list, quoted, role_of};
use crate::{
    dialect::{CodeRole, SectionRole},
    extract::{Looks, Survey, Term},
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
    let mut all: Vec<_> = unknown_blocks(survey).into_iter().collect();
    // What looks like something goes before what looks like nothing: the first
    // entry that fits is taken.
    all.sort_by_key(|((role, _), seen)| (*role, std::cmp::Reverse(seen.met.count)));
    let mut items = Vec::new();
    let mut entries = String::new();
    for ((role, info), seen) in all {
        let reason = match role {
            CodeRole::Ignored => "reason = \"?\"\n",
            _ => "",
        };
        entries.push_str(&format!(
            "[[code]]\nrole = {}\nin = {}\ninfo = {}\n{reason}\n",
            quoted(&role.to_string()),
            seen.roles(),
            list([info]),
        ));
        items.push(Item {
            count: seen.met.count,
            words: match info {
                "" => "(no language)".to_owned(),
                info => format!("```{info}"),
            },
            note: format!("`{role}`? {}", seen.place("kinds of sections")),
            place: seen.met.place,
        });
    }
    Advice {
        title: "code blocks",
        items,
        entries,
    }
}

/// The blocks by what they may hold and by the word of their fence.
fn unknown_blocks(survey: &Survey) -> BTreeMap<(CodeRole, &str), Seen> {
    let mut kinds: BTreeMap<(CodeRole, &str), Seen> = BTreeMap::new();
    for (term, met) in &survey.terms {
        let Term::Code {
            info,
            looks,
            section,
        } = term
        else {
            continue;
        };
        let role = code_role(role_of(section), *looks);
        let kind = kinds.entry((role, info));
        kind.or_insert_with(|| Seen::none(met)).add(met, section);
    }
    kinds
}
