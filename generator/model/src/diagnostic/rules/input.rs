//! Rules about settings, dialects and corrections, and about the input of commands.

use super::Rule;

mod files {
    crate::diagnostic::rules::rules! { Files;
    INVALID_SETTINGS = "invalid-settings", Error {
        meaning: "a mistake in docwright.toml",
        explanation: "The file is not TOML, has a key that docwright doesn't know, or a value \
                      that can't be used. docs/SETTINGS.md explains each key.",
        help: "docs/SETTINGS.md explains each key",
    }
    INVALID_DIALECT = "invalid-dialect", Error {
        meaning: "the dialect doesn't exist, or its file has a mistake",
        explanation: "Without a dialect no page can be read. docs/DIALECTS.md explains each key.",
        help: "docs/DIALECTS.md explains each key",
    }
    INVALID_SELECTION = "invalid-selection", Error {
        meaning: "a pattern that selects operations can't be used",
        explanation: "A pattern in docwright.toml matches nothing, or the patterns leave no \
                      operation.",
        help: "expected the name of an operation, a resource or a path; `*` stands for any text",
    }
    INVALID_CORRECTION = "invalid-correction", Error {
        meaning: "a mistake in corrections.toml",
        explanation: "The file is not TOML, or an entry of it can't be used. Each entry needs a \
                      target, `expect`, `set`, a reason and a source. docs/SETTINGS.md explains \
                      them.",
        help: "docs/SETTINGS.md explains each key",
    }
    CORRECTION_OUTDATED = "correction-outdated", Error {
        meaning: "the pages no longer state what a correction expects",
        explanation: "The page changed since the entry was written, so the entry may be wrong \
                      now.",
        help: "check the page again: update `expect`, or remove the entry",
    }
    CORRECTION_NOT_NEEDED = "correction-not-needed", Error {
        meaning: "the pages already state what a correction sets",
        explanation: "The entry changes nothing, and would mislead its next reader.",
        help: "remove the entry",
    }
    CORRECTION_WITHOUT_TARGET = "correction-without-target", Error {
        meaning: "a correction's target doesn't exist",
        explanation: "The type, property, parameter or operation is misspelled, was renamed, or \
                      is gone.",
        help: "correct the name, or remove the entry",
    }
    CORRECTION_UNKNOWN_TYPE = "correction-unknown-type", Error {
        meaning: "a correction sets a type that doesn't exist",
        explanation: "The word is neither a scalar type nor the name of a type of the API.",
        help: "a type is a word such as `int64`, array<T>, map<T>, or the name of a type of the API",
    }
    CORRECTION_CONFLICT = "correction-conflict", Error {
        meaning: "a correction adds an enum whose name is already used",
        explanation: "A type with that name exists, and has other values or is an object.",
        help: "give the enum another name",
    }
    CORRECTION_REPEATED = "correction-repeated", Error {
        meaning: "two corrections are about the same thing",
        explanation: "Only one of the entries can be right.",
        help: "keep one of the two entries",
    }
    SETTINGS_IGNORED = "settings-ignored", Warning {
        meaning: "a second docwright.toml is ignored",
        explanation: "Several folders are read as one API, with the settings of the first folder \
                      that has a docwright.toml.",
        help: "put all settings into one file",
    }
    WAIVER_EXPIRED = "waiver-expired", Warning {
        meaning: "a waiver of `docwright diff` has expired",
        explanation: "The finding counts again.",
        help: "resolve the finding, or set a later day",
    }
    WAIVER_UNUSED = "waiver-unused", Warning {
        meaning: "a waiver of `docwright diff` matches no finding",
        explanation: "The finding was resolved, or the waiver is for another comparison.",
        help: "remove the waiver, unless it is for another comparison",
    }
    }
}

mod commands {
    crate::diagnostic::rules::rules! { Input;
    DOCS_NOT_READABLE = "docs-not-readable", Error {
        meaning: "the pages' folder or file doesn't exist, or cannot be read",
        explanation: "Nothing can be done without pages.",
        help: "name a folder of pages, or a page",
    }
    DOCS_WITHOUT_PAGES = "docs-without-pages", Error {
        meaning: "a folder contains no pages",
        explanation: "Pages are .md, .html and .txt files in the folder and its subfolders. Hidden \
                      files and the folder's own README.md are not read.",
        help: "name another folder; hidden files and the folder's own README.md are not read",
    }
    DOCS_WITHOUT_OPERATIONS = "docs-without-operations", Error {
        meaning: "no page declares an operation",
        explanation: "Usually the pages need another dialect.",
        help: "name the pages' dialect in docwright.toml",
    }
    DIFF_INPUT = "diff-input", Error {
        meaning: "a side of the comparison can't be found",
        explanation: "A side is a folder of pages, a page, a model file, or a revision of the git \
                      repository.",
        help: "name a folder of pages, a page, a model file (api.json), REV:PATH or REV of the \
               git repository",
    }
    INVALID_MODEL = "invalid-model", Error {
        meaning: "a model file cannot be used",
        explanation: "The file is not JSON, or has a format that this version of docwright can't \
                      read.",
        help: "write it again with `docwright export model`",
    }
    }
}

pub use commands::*;
pub use files::*;

/// The rules above, in order.
pub(super) fn all() -> impl Iterator<Item = &'static Rule> {
    files::RULES.iter().chain(commands::RULES).copied()
}
