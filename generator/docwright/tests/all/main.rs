//! The tests of the whole path, in one program: it is linked once, and keeps all cores busy.
//! `cargo test -p docwright --test all emit::` runs those of one module. Their cases are in
//! the folders beside this one.

mod bad_pages;
mod books;
mod cli;
mod cores;
mod corpus_diff;
mod corpus_documents;
mod dialect_docs;
mod dialects;
mod diff;
mod document;
mod emit;
mod expect;
mod extract;
mod infer;
mod kills;
mod lint;
mod markdown_text;
mod mock;
mod noise;
mod odd_tables;
mod openapi;
mod readme;
mod rooms;
mod rule_docs;
mod text;
mod untrusted_pages;
