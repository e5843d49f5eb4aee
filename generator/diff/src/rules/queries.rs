//! The rules about query parameters that are written in a query language. A plain list.

use super::{
    Additive, Breaking, BreaksCallers, Compatible, Group, Risky, Rule, Unaffected, verdict,
};

pub(super) const RULES: &[Rule] = &[
    Rule {
        id: "query-language-documented",
        group: Group::Parameters,
        title: "the language of a query parameter was documented",
        request: verdict(Compatible, Additive),
        response: verdict(Compatible, Additive),
        mirror: "query-language-undocumented",
        why: "The parameter is a filter, a list of columns or an order. Its method still takes a \
              string, and now also a query made of columns.",
    },
    Rule {
        id: "query-language-undocumented",
        group: Group::Parameters,
        title: "the language of a query parameter is no longer documented",
        request: verdict(Compatible, BreaksCallers),
        response: verdict(Compatible, BreaksCallers),
        mirror: "query-language-documented",
        why: "The same strings still work. The method of the parameter only takes a string.",
    },
    Rule {
        id: "query-language-changed",
        group: Group::Parameters,
        title: "the language of a query parameter changed",
        request: verdict(Breaking, BreaksCallers),
        response: verdict(Breaking, BreaksCallers),
        mirror: "query-language-changed",
        why: "Existing queries are no longer valid, and the method of the parameter takes another \
              type.",
    },
    Rule {
        id: "query-operator-added",
        group: Group::Parameters,
        title: "an operator of a query language was documented",
        request: verdict(Compatible, Additive),
        response: verdict(Compatible, Additive),
        mirror: "query-operator-removed",
        why: "Existing queries still work. There is one more method.",
    },
    Rule {
        id: "query-operator-removed",
        group: Group::Parameters,
        title: "an operator of a query language is no longer documented",
        request: verdict(Risky, BreaksCallers),
        response: verdict(Risky, BreaksCallers),
        mirror: "query-operator-added",
        why: "Servers may refuse queries that use it. Its method is removed; a string can still \
              use it.",
    },
    Rule {
        id: "query-dates-changed",
        group: Group::Parameters,
        title: "dates in filters are written differently",
        request: verdict(Risky, Unaffected),
        response: verdict(Risky, Unaffected),
        mirror: "query-dates-changed",
        why: "Servers may refuse dates in the old form. The types stay the same.",
    },
];
