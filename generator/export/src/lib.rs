//! The model in standard formats.
//!
//! Nothing here reads pages or knows Rust names; only the model is imported.

mod conform;
mod model;
mod openapi;

pub use conform::{Mismatch, accepts, conforms};
pub use model::{model, plain};
pub use openapi::{Caveat, Document, SpecVersion, openapi};
