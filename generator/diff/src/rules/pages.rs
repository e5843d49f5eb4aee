//! The rules about single pages, where the model has one type for all pages. They need
//! the pages of both sides. A plain list.

use super::{Compatible, Group, Risky, Rule, Unaffected, verdict};

pub(super) const RULES: &[Rule] = &[
    Rule {
        id: "body-undocumented",
        group: Group::Pages,
        title: "a page no longer describes a body",
        request: verdict(Risky, Unaffected),
        response: verdict(Risky, Unaffected),
        mirror: "body-documented",
        why: "Its heading or its table is gone, but samples or other pages still show the body. It \
              may have been removed from the API, or only from the page.",
    },
    Rule {
        id: "body-documented",
        group: Group::Pages,
        title: "a page describes a body that it didn't describe before",
        request: verdict(Compatible, Unaffected),
        response: verdict(Compatible, Unaffected),
        mirror: "body-undocumented",
        why: "The body was known from samples or other pages before; now this page describes it.",
    },
    Rule {
        id: "body-type-contradicted",
        group: Group::Pages,
        title: "a heading gives a body another type than the rest of the page",
        request: verdict(Risky, Unaffected),
        response: verdict(Risky, Unaffected),
        mirror: "body-type-contradicted",
        why: "The body keeps the type that its table, its samples or another heading show. Either \
              the heading is wrong, or the rest of the page is outdated.",
    },
    Rule {
        id: "table-truncated",
        group: Group::Pages,
        title: "a table lost its last rows, but other pages with this type list them",
        request: verdict(Risky, Unaffected),
        response: verdict(Risky, Unaffected),
        mirror: "table-completed",
        why: "The type keeps these properties, and the crate their fields. Most likely the page \
              was cut off; otherwise this operation accepts or returns fewer properties than \
              others.",
    },
    Rule {
        id: "table-completed",
        group: Group::Pages,
        title: "a table got new last rows, which other pages with this type listed before",
        request: verdict(Compatible, Unaffected),
        response: verdict(Compatible, Unaffected),
        mirror: "table-truncated",
        why: "The type already had these properties.",
    },
    Rule {
        id: "property-unlisted",
        group: Group::Pages,
        title: "a page no longer lists a property, but other pages with this type do",
        request: verdict(Risky, Unaffected),
        response: verdict(Risky, Unaffected),
        mirror: "property-listed",
        why: "The type keeps the property and its field. Either this operation no longer accepts \
              or returns it, or the page is incomplete.",
    },
    Rule {
        id: "property-listed",
        group: Group::Pages,
        title: "a page lists a property that other pages with this type listed before",
        request: verdict(Compatible, Unaffected),
        response: verdict(Compatible, Unaffected),
        mirror: "property-unlisted",
        why: "The type already had it.",
    },
    Rule {
        id: "property-type-contradicted",
        group: Group::Pages,
        title: "a page gives a property another type than other pages or samples",
        request: verdict(Risky, Unaffected),
        response: verdict(Risky, Unaffected),
        mirror: "property-type-contradicted",
        why: "The property keeps the type with the better evidence. Either this operation differs \
              from the others, or one of the pages is wrong: `docwright lint` shows both places; \
              correct it in `corrections.toml`.",
    },
    Rule {
        id: "property-marked-required",
        group: Group::Pages,
        title: "a page now marks a property as required, as other pages did before",
        request: verdict(Risky, Unaffected),
        response: verdict(Compatible, Unaffected),
        mirror: "property-marked-optional",
        why: "The field was already required. This operation may now refuse requests without it.",
    },
    Rule {
        id: "property-marked-optional",
        group: Group::Pages,
        title: "a page no longer marks a property as required, but other pages do",
        request: verdict(Compatible, Unaffected),
        response: verdict(Risky, Unaffected),
        mirror: "property-marked-required",
        why: "The field stays required. This operation may now respond without it.",
    },
    Rule {
        id: "authorization-unlisted",
        group: Group::Pages,
        title: "a page no longer lists an authentication scheme, but other pages do",
        request: verdict(Risky, Unaffected),
        response: verdict(Risky, Unaffected),
        mirror: "authorization-listed",
        why: "The API keeps it. Either this operation refuses callers who use it, or the page is \
              incomplete.",
    },
    Rule {
        id: "authorization-listed",
        group: Group::Pages,
        title: "a page lists an authentication scheme that other pages listed before",
        request: verdict(Compatible, Unaffected),
        response: verdict(Compatible, Unaffected),
        mirror: "authorization-unlisted",
        why: "The API already had it.",
    },
    Rule {
        id: "type-word-not-understood",
        group: Group::Pages,
        title: "a page gives a type in words that docwright no longer understands",
        request: verdict(Risky, Unaffected),
        response: verdict(Risky, Unaffected),
        mirror: "type-word-understood",
        why: "The old words stood for a type. The new words may mean the same type (then add them \
              to the dialect) or another one.",
    },
    Rule {
        id: "type-word-understood",
        group: Group::Pages,
        title: "a page gives a type in words that docwright now understands",
        request: verdict(Compatible, Unaffected),
        response: verdict(Compatible, Unaffected),
        mirror: "type-word-not-understood",
        why: "The type was unknown, or known from elsewhere; now this page states it.",
    },
];
