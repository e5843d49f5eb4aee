//! Docwright turns API reference pages into code that people trust.

pub mod corrections;
pub mod diagnostic;
pub mod dialect;
pub mod document;
pub mod gate;
pub mod model;
pub mod report;
pub mod settings;
pub mod source;
mod toml_text;
