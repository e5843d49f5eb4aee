//! Tests of the emitted crate.
