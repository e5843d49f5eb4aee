//! What holds whatever changed.

use proptest::prelude::*;

use super::fixture::*;
use crate::{Diff, Finding, NoiseKind};
use docwright_model::{Api, Text};

/// Mutations that go together: none undoes or hides another.
fn independent() -> impl Strategy<Value = Vec<usize>> {
    const CHOICE: [&str; 12] = [
        "operation-added",
        "header-removed",
        "authorization-added",
        "query-parameter-added-optional",
        "query-parameter-became-required",
        "path-parameter-type-widened",
        "response-error-added",
        "property-became-required",
        "property-type-widened",
        "property-added",
        "enum-value-added",
        "request-media-type-added",
    ];
    let all = CHOICE
        .iter()
        .map(|id| MUTATIONS.iter().position(|(it, _)| it == id).unwrap());
    prop::sample::subsequence(all.collect::<Vec<_>>(), 0..=CHOICE.len())
}

fn mutated(of: &Api, mutations: &[usize]) -> Api {
    let mut api = of.clone();
    for index in mutations {
        MUTATIONS[*index].1(&mut api);
    }
    api
}

fn prints(diff: &Diff) -> std::collections::BTreeSet<String> {
    diff.findings.iter().map(Finding::fingerprint).collect()
}

proptest! {
    #[test]
    fn an_api_is_like_itself(mutations in independent()) {
        let api = mutated(&api(), &mutations);
        let diff = compare(&api, &api);
        prop_assert!(diff.findings.is_empty() && diff.noise.is_empty());
    }

    #[test]
    fn several_changes_give_their_rules_and_mirror(mutations in independent()) {
        let (old, new) = (api(), mutated(&api(), &mutations));
        let (there, back) = (compare(&old, &new), compare(&new, &old));
        let mut expected: Vec<_> = mutations.iter().map(|it| MUTATIONS[*it].0).collect();
        let mut found = ids(&there);
        expected.sort_unstable();
        found.sort_unstable();
        prop_assert_eq!(found, expected);
        for finding in &there.findings {
            let mirrors = |it: &&Finding| it.subject == finding.subject
                && (it.rule.id == finding.rule.mirror || it.rule.mirror == finding.rule.id);
            prop_assert!(back.findings.iter().any(|it| mirrors(&it)), "{}", finding.fingerprint());
        }
        prop_assert_eq!(there.findings.len(), back.findings.len());
    }

    #[test]
    fn the_whole_way_is_explained_by_its_parts(
        mutations in independent(),
        at in any::<prop::sample::Index>(),
    ) {
        let (first, second) = mutations.split_at(at.index(mutations.len() + 1));
        let a = api();
        let b = mutated(&a, first);
        let c = mutated(&b, second);
        let parts = &prints(&compare(&a, &b)) | &prints(&compare(&b, &c));
        prop_assert_eq!(prints(&compare(&a, &c)), parts);
    }

    #[test]
    fn words_and_order_are_noise(words in "[a-z ]{1,20}", seed in any::<u64>()) {
        let (old, mut new) = (api(), api());
        let rotate = usize::try_from(seed % 7).unwrap();
        for operation in &mut new.operations {
            operation.description = Some(Text::from(format!("New {words}")));
            let count = operation.parameters.len().max(1);
            if operation.parameters.len() > 1 {
                operation.parameters.rotate_left(rotate % count);
            }
            operation.headers.reverse();
        }
        for property in properties(&mut new, "Pet").iter_mut() {
            property.description = Some(Text::from(format!("New {words}")));
        }
        properties(&mut new, "Pet").rotate_left(rotate % 5);
        values(&mut new).reverse();
        let diff = compare(&old, &new);
        prop_assert_eq!(ids(&diff), [""; 0]);
        prop_assert!(diff.count_noise(NoiseKind::Description) > 0);
        prop_assert!(diff.count_noise(NoiseKind::Order) > 0);
    }
}
