//! Docwright turns API reference pages into code that people trust.

pub mod diagnostic;
pub mod dialect;
pub mod document;
pub mod gate;
pub mod model;
pub mod source;
