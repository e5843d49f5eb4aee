//! The rules about query parameters that are written in a language. A list.

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
        why: "It is a filter, a list of columns or an order. The method that sets it takes a text \
              as before, and what is made of columns.",
    },
    Rule {
        id: "query-language-undocumented",
        group: Group::Parameters,
        title: "the language of a query parameter is no longer documented",
        request: verdict(Compatible, BreaksCallers),
        response: verdict(Compatible, BreaksCallers),
        mirror: "query-language-documented",
        why: "The same texts go on to work. The method that sets it takes nothing but a text.",
    },
    Rule {
        id: "query-language-changed",
        group: Group::Parameters,
        title: "the language of a query parameter changed",
        request: verdict(Breaking, BreaksCallers),
        response: verdict(Breaking, BreaksCallers),
        mirror: "query-language-changed",
        why: "What was written for it means nothing now, and the method that sets it takes \
              another type.",
    },
    Rule {
        id: "query-operator-added",
        group: Group::Parameters,
        title: "an operator of a query language was documented",
        request: verdict(Compatible, Additive),
        response: verdict(Compatible, Additive),
        mirror: "query-operator-removed",
        why: "What could be said still can; there is a method more.",
    },
    Rule {
        id: "query-operator-removed",
        group: Group::Parameters,
        title: "an operator of a query language is no longer documented",
        request: verdict(Risky, BreaksCallers),
        response: verdict(Risky, BreaksCallers),
        mirror: "query-operator-added",
        why: "Servers may refuse what says it. The method for it is gone; a text can still say it.",
    },
    Rule {
        id: "query-dates-changed",
        group: Group::Parameters,
        title: "dates in a filter are written in another way",
        request: verdict(Risky, Unaffected),
        response: verdict(Risky, Unaffected),
        mirror: "query-dates-changed",
        why: "Servers may refuse dates that are written as before. The types stay.",
    },
];
