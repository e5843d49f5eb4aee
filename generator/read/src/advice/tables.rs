//! Advice about tables and their columns.

use std::collections::BTreeMap;

use super::{Advice, Item, Seen, hints::HINTS, quoted, role_of, within};
use crate::{
    dialect::{ColumnRole, SectionRole, TableRole},
    extract::{Survey, Term},
};

/// What a table in a section of this role, with these columns, may list.
fn table_role(section: SectionRole, columns: &[ColumnRole], first: &str) -> TableRole {
    let has = |role| columns.contains(&role);
    if has(ColumnRole::Method) && has(ColumnRole::Path) {
        return TableRole::Operations;
    }
    match section {
        SectionRole::QueryParameters => TableRole::QueryParameters,
        SectionRole::PathParameters => TableRole::PathParameters,
        SectionRole::Headers => TableRole::Headers,
        SectionRole::RequestBody
        | SectionRole::ResponseBody
        | SectionRole::Type
        | SectionRole::ResponseSample => TableRole::Properties,
        SectionRole::Response if has(ColumnRole::Type) => TableRole::Properties,
        SectionRole::Response => TableRole::Responses,
        _ if first.to_lowercase().contains("path") => TableRole::PathParameters,
        _ if has(ColumnRole::Type) => TableRole::Parameters,
        _ => TableRole::Ignored,
    }
}

/// What columns hold, by their titles; without titles by their order.
fn column_roles(titles: &[String], columns: usize) -> Vec<ColumnRole> {
    if titles.iter().all(String::is_empty) {
        let all = [ColumnRole::Name, ColumnRole::Type, ColumnRole::Required];
        let mut roles: Vec<_> = all.into_iter().take(columns.saturating_sub(1)).collect();
        roles.resize(columns.saturating_sub(1), ColumnRole::Ignored);
        roles.push(ColumnRole::Description);
        return roles;
    }
    let mut roles: Vec<_> = titles.iter().map(|title| HINTS.column(title)).collect();
    // Some column must tell the rows apart: the first, if none else.
    let operations = roles.contains(&Some(ColumnRole::Method));
    if !roles.contains(&Some(ColumnRole::Name)) && !operations {
        roles[0] = Some(ColumnRole::Name);
    }
    let roles = roles.into_iter();
    roles.map(|it| it.unwrap_or(ColumnRole::Ignored)).collect()
}

/// What a table may list, its titles, and how many columns it has.
type Kind<'s> = (TableRole, &'s [String], usize);

/// Tables of no known kind.
pub fn tables(survey: &Survey) -> Advice {
    let mut all: Vec<_> = unknown_tables(survey).into_iter().collect();
    all.sort_by_key(|(_, seen)| std::cmp::Reverse(seen.met.count));
    let mut items = Vec::new();
    let mut entries = String::new();
    for ((role, titles, columns), seen) in all {
        let headerless = titles.iter().all(String::is_empty);
        entries.push_str(&entry((role, titles, columns), headerless, &seen));
        items.push(Item {
            count: seen.met.count,
            words: match headerless {
                true => format!("{columns} columns without titles"),
                false => titles.join(" | "),
            },
            note: format!("`{role}`? {}", seen.place("headings")),
            place: seen.met.place,
        });
    }
    Advice {
        title: "tables",
        items,
        entries,
    }
}

fn unknown_tables(survey: &Survey) -> BTreeMap<Kind<'_>, Seen> {
    let mut kinds: BTreeMap<Kind<'_>, Seen> = BTreeMap::new();
    for (term, met) in &survey.terms {
        let Term::Table {
            titles,
            columns,
            section,
        } = term
        else {
            continue;
        };
        let roles = column_roles(titles, *columns);
        let first = titles.first().map_or("", String::as_str);
        let role = table_role(role_of(section), &roles, first);
        let columns = if titles.is_empty() {
            *columns
        } else {
            titles.len()
        };
        let kind = kinds.entry((role, titles, columns));
        kind.or_insert_with(|| Seen::none(met)).add(met, section);
    }
    kinds
}

/// The dialect's entry for tables of a kind.
fn entry((role, titles, columns): Kind<'_>, headerless: bool, seen: &Seen) -> String {
    let roles = column_roles(titles, columns);
    let pairs: Vec<_> = roles
        .iter()
        .enumerate()
        .map(|(at, role)| {
            let title = titles.get(at).filter(|_| !headerless);
            let role = role.to_string();
            let title = title.map_or(role.as_str(), String::as_str);
            format!("[{}, {}]", quoted(&role), quoted(title))
        })
        .collect();
    let reason = match role {
        TableRole::Ignored => "reason = \"?\"\n",
        _ => "",
    };
    format!(
        "[[table]]\nrole = {}\nin = {}\n{}columns = [{}]\n{reason}\n",
        quoted(&role.to_string()),
        seen.roles(),
        if headerless {
            "headerless = true\n"
        } else {
            ""
        },
        pairs.join(", "),
    )
}

/// Columns that the kind of their table doesn't have.
pub fn columns(survey: &Survey) -> Advice {
    let mut items = Vec::new();
    let mut entries = String::new();
    for (term, seen) in &survey.terms {
        let Term::Column {
            title,
            titles,
            section,
        } = term
        else {
            continue;
        };
        let role = HINTS.column(title).unwrap_or(ColumnRole::Ignored);
        items.push(Item {
            count: seen.count,
            words: title.clone(),
            note: format!("`{role}`? of `{}`, {}", titles.join(" | "), within(section)),
            place: seen.place.clone(),
        });
        entries.push_str(&format!(
            "# in `columns` of the [[table]] of `{}`:\n#   [{}, {}]\n",
            titles.join(" | "),
            quoted(&role.to_string()),
            quoted(title)
        ));
    }
    Advice {
        title: "columns",
        items,
        entries,
    }
}
