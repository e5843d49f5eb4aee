//! The tests that come with the crate: samples round-trip, and the client talks to the stub.
//!
//! Of both there is one driver and a table for each resource.

mod contract;
mod samples;
mod values;

pub use contract::{contract, contract_resource};
pub use samples::{SampleFile, has_samples, sample_files, samples, samples_resource};
