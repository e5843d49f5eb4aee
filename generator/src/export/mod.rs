//! The model in other people's formats.
//!
//! Nothing here reads pages or knows Rust names; only the model is imported.

mod openapi;

pub use openapi::openapi;
