//! The model in other people's formats.
//!
//! Nothing here reads pages or knows Rust names; only the model is imported.

mod model;
mod openapi;
mod written;

pub use model::{model, plain};
pub use openapi::openapi;
