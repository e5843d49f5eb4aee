//! Operations that several pages declare: which page is used, and under which uid.
//!
//! Of several pages that declare the same method and path, or the same uid, one is used:
//! a page that states a uid comes first, then the one that documents more parts of the
//! operation, then the one with more rows, then the one whose name comes first.

use std::{
    cmp::Reverse,
    collections::{BTreeMap, BTreeSet, HashMap},
};

use super::{names, operation::Operation};
use docwright_model::{
    derived_uid,
    diagnostic::{Diagnostic, Place, rules},
};
use docwright_read::extract::{BodyFact, OperationFacts, PageFacts, RowFact};

/// The operations of all pages, by uid. Where several pages declare the same method and
/// path, one page is used.
pub fn declared<'f>(
    pages: &'f [PageFacts],
    diagnostics: &mut Vec<Diagnostic>,
) -> Vec<Operation<'f>> {
    let own_names = own_names(pages);
    let mut by_uid: BTreeMap<String, &OperationFacts> = BTreeMap::new();
    let mut used: Vec<_> = one_per_route(pages, diagnostics);
    // Of several operations with one uid, the best documented one keeps it.
    used.sort_by_key(|facts| {
        (
            facts.uid.is_none(),
            facts.uid.as_deref(),
            Fullness::of(facts),
        )
    });
    for facts in used {
        let derived = || derived_uid(&facts.method, &facts.path);
        let named = || {
            let name = names::type_name(facts.name.as_ref()?);
            own_names.contains(&name).then_some(name)
        };
        let uid = facts.uid.clone().or_else(named).unwrap_or_else(derived);
        let uid = match by_uid.get(&uid) {
            None => uid,
            Some(first) => {
                let other = free_uid(derived(), &by_uid);
                diagnostics.push(
                    Diagnostic::new(
                        rules::DUPLICATE_UID,
                        Place::of(&facts.provenance),
                        format!(
                            "found the uid `{uid}` a second time; this operation is named \
                                 `{other}`"
                        ),
                    )
                    .help("give each operation a different uid")
                    .related(
                        Place::of(&first.provenance),
                        "the first operation with this uid",
                    ),
                );
                other
            }
        };
        by_uid.insert(uid, facts);
    }
    let uids: Vec<&str> = by_uid.keys().map(String::as_str).collect();
    let names = names::operation_names(&uids);
    let operations = by_uid.into_iter().zip(names);
    operations
        .map(|((uid, facts), name)| Operation { uid, name, facts })
        .collect()
}

/// The facts of each method and path, from the page that is used for it.
fn one_per_route<'f>(
    pages: &'f [PageFacts],
    diagnostics: &mut Vec<Diagnostic>,
) -> Vec<&'f OperationFacts> {
    let mut positions: HashMap<(&str, &str), usize> = HashMap::default();
    let mut routes: Vec<Vec<&OperationFacts>> = Vec::new();
    for facts in pages.iter().flat_map(|page| &page.operations) {
        let route = (facts.method.as_str(), facts.path.as_str());
        let at = *positions.entry(route).or_insert_with(|| {
            routes.push(Vec::new());
            routes.len() - 1
        });
        routes[at].push(facts);
    }
    let mut used = Vec::new();
    for mut pages in routes {
        if pages.len() > 1 {
            pages.sort_by_key(|facts| (facts.uid.is_none(), Fullness::of(facts)));
        }
        let mut pages = pages.into_iter();
        let Some(first) = pages.next() else { continue };
        diagnostics.extend(pages.map(|ignored| ignored_page(ignored, first)));
        used.push(first);
    }
    used
}

/// Reports a page that isn't used, the one that is used, and why.
fn ignored_page(ignored: &OperationFacts, used: &OperationFacts) -> Diagnostic {
    let (mine, theirs) = (Fullness::of(ignored), Fullness::of(used));
    let why = if ignored.uid.is_none() && used.uid.is_some() {
        "it states a uid"
    } else if mine.parts != theirs.parts {
        "it documents more parts of the operation"
    } else if mine.rows != theirs.rows {
        "its tables have more rows"
    } else {
        "its name comes first"
    };
    Diagnostic::new(
        rules::DUPLICATE_OPERATION,
        Place::of(&ignored.provenance),
        format!(
            "found `{} {}` a second time; using the other page, because {why}",
            ignored.method, ignored.path
        ),
    )
    .help("remove the outdated page, or fix its method or path")
    .related(Place::of(&used.provenance), "using this one")
}

/// How much a page documents of an operation: more comes first, then by name.
#[derive(PartialEq, Eq, PartialOrd, Ord)]
struct Fullness<'f> {
    parts: Reverse<usize>,
    rows: Reverse<usize>,
    page: &'f str,
}

impl<'f> Fullness<'f> {
    fn of(facts: &'f OperationFacts) -> Self {
        let bodies = || facts.request().into_iter().chain(facts.response());
        let of_body = |body: &BodyFact| {
            let said = !body.label.is_empty() || !body.type_label.is_empty();
            usize::from(said) + usize::from(!body.rows.is_empty())
        };
        let parts = [
            facts.description.is_some(),
            !facts.parameters.is_empty(),
            !facts.headers.is_empty(),
            !facts.responses.is_empty(),
            !facts.samples.is_empty(),
        ];
        let parts = parts.into_iter().map(usize::from).sum::<usize>();
        let parameters = facts.parameters.iter().map(|(_, row)| row);
        let rows = bodies().flat_map(|body| &body.rows).chain(parameters);
        Self {
            parts: Reverse(parts + bodies().map(of_body).sum::<usize>()),
            rows: Reverse(rows.map(count).sum::<usize>() + facts.responses.len()),
            page: &facts.provenance.page,
        }
    }
}

/// A row and those below it.
fn count(row: &RowFact) -> usize {
    1 + row.rows.iter().map(count).sum::<usize>()
}

/// The operation names that are unique and aren't uids. An operation that is declared
/// twice counts once.
fn own_names(pages: &[PageFacts]) -> BTreeSet<String> {
    let mut routes: BTreeMap<String, BTreeSet<(&str, &str)>> = BTreeMap::new();
    let mut uids: BTreeSet<&str> = BTreeSet::new();
    for facts in pages.iter().flat_map(|page| &page.operations) {
        if let Some(uid) = &facts.uid {
            uids.insert(uid);
        } else if let Some(name) = &facts.name {
            let seen = routes.entry(names::type_name(name)).or_default();
            seen.insert((&facts.method, &facts.path));
        }
    }
    let own = routes.into_iter().filter(|(name, routes)| {
        routes.len() == 1 && !name.is_empty() && !uids.contains(name.as_str())
    });
    own.map(|(name, _)| name).collect()
}

fn free_uid(uid: String, taken: &BTreeMap<String, &OperationFacts>) -> String {
    let numbered = (2..).map(|number| format!("{uid}_{number}"));
    let mut candidates = std::iter::once(uid.clone()).chain(numbered);
    candidates
        .find(|candidate| !taken.contains_key(candidate))
        .unwrap_or(uid)
}
