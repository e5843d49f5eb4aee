//! The rules about what single pages say, where the model has one type for all
//! pages. They need the pages of both sides. A list.

use super::{Compatible, Group, Risky, Rule, Unaffected, verdict};

pub(super) const RULES: &[Rule] = &[
    Rule {
        id: "body-undocumented",
        group: Group::Pages,
        title: "a page no longer describes a body",
        request: verdict(Risky, Unaffected),
        response: verdict(Risky, Unaffected),
        mirror: "body-documented",
        why: "Its heading or its table is gone; samples or other pages still show the body. It \
              may be gone from the API, or only from the page.",
    },
    Rule {
        id: "body-documented",
        group: Group::Pages,
        title: "a page describes a body that it didn't describe before",
        request: verdict(Compatible, Unaffected),
        response: verdict(Compatible, Unaffected),
        mirror: "body-undocumented",
        why: "What was known from samples or other pages is written down now.",
    },
    Rule {
        id: "body-type-contradicted",
        group: Group::Pages,
        title: "a heading contradicts the rest of its page about a body's type",
        request: verdict(Risky, Unaffected),
        response: verdict(Risky, Unaffected),
        mirror: "body-type-contradicted",
        why: "The body's type is what its table, its samples or its other heading say, as \
              before. Either the heading is wrong, or the rest of the page wasn't changed with \
              it.",
    },
    Rule {
        id: "table-truncated",
        group: Group::Pages,
        title: "a page's table lost its last rows, which other pages of the type list",
        request: verdict(Risky, Unaffected),
        response: verdict(Risky, Unaffected),
        mirror: "table-completed",
        why: "The type keeps all its properties, and the crate their fields. Most likely the page \
              was cut off; or this operation takes or returns fewer properties than others.",
    },
    Rule {
        id: "table-completed",
        group: Group::Pages,
        title: "a page's table got rows at its end that other pages of the type listed before",
        request: verdict(Compatible, Unaffected),
        response: verdict(Compatible, Unaffected),
        mirror: "table-truncated",
        why: "The type had these properties already.",
    },
    Rule {
        id: "property-unlisted",
        group: Group::Pages,
        title: "a page no longer lists a property that others of its type list",
        request: verdict(Risky, Unaffected),
        response: verdict(Risky, Unaffected),
        mirror: "property-listed",
        why: "The type keeps it, and its field. This operation may not take or return it any \
              more, or the page forgot it.",
    },
    Rule {
        id: "property-listed",
        group: Group::Pages,
        title: "a page lists a property that others of its type listed before",
        request: verdict(Compatible, Unaffected),
        response: verdict(Compatible, Unaffected),
        mirror: "property-unlisted",
        why: "The type had it already.",
    },
    Rule {
        id: "property-type-contradicted",
        group: Group::Pages,
        title: "a page contradicts other pages or samples about a property's type",
        request: verdict(Risky, Unaffected),
        response: verdict(Risky, Unaffected),
        mirror: "property-type-contradicted",
        why: "The type keeps what better evidence states. Either this operation differs from the \
              others, or one of the pages is wrong; `docwright lint` shows both, and \
              `corrections.toml` can resolve it.",
    },
    Rule {
        id: "property-marked-required",
        group: Group::Pages,
        title: "a page marks a property as required, as others did before",
        request: verdict(Risky, Unaffected),
        response: verdict(Compatible, Unaffected),
        mirror: "property-marked-optional",
        why: "The type's field was required already. This operation may refuse requests \
              without it from now on.",
    },
    Rule {
        id: "property-marked-optional",
        group: Group::Pages,
        title: "a page no longer marks a property as required, as others do",
        request: verdict(Compatible, Unaffected),
        response: verdict(Risky, Unaffected),
        mirror: "property-marked-required",
        why: "The type's field stays required. This operation may respond without it from now \
              on.",
    },
    Rule {
        id: "authorization-unlisted",
        group: Group::Pages,
        title: "a page no longer lists an authentication scheme that others list",
        request: verdict(Risky, Unaffected),
        response: verdict(Risky, Unaffected),
        mirror: "authorization-listed",
        why: "The API keeps it. This operation may refuse callers who use it, or the page \
              forgot it.",
    },
    Rule {
        id: "authorization-listed",
        group: Group::Pages,
        title: "a page lists an authentication scheme that others listed before",
        request: verdict(Compatible, Unaffected),
        response: verdict(Compatible, Unaffected),
        mirror: "authorization-unlisted",
        why: "The API had it already.",
    },
    Rule {
        id: "type-word-not-understood",
        group: Group::Pages,
        title: "a page gives a type in words that docwright doesn't understand",
        request: verdict(Risky, Unaffected),
        response: verdict(Risky, Unaffected),
        mirror: "type-word-understood",
        why: "The old words meant a type. The change may be a new word for the same type, which \
              should then be added to the dialect, or another type.",
    },
    Rule {
        id: "type-word-understood",
        group: Group::Pages,
        title: "a page gives a type in words that docwright understands now",
        request: verdict(Compatible, Unaffected),
        response: verdict(Compatible, Unaffected),
        mirror: "type-word-not-understood",
        why: "What was known from elsewhere, or not at all, is written down now.",
    },
];
