//! A server that responds with the samples of a reference, for clients in any language.
//!
//! Each request is checked against the model: path, query, required headers and cookies,
//! media types and body. If something is wrong, the response says so as problem details
//! (RFC 9457). A valid request gets the documented sample, or, where there is none or it
//! contradicts the model, a value made from the schema.
//!
//! A request passes these checks, in this order:
//!
//! 1. `400`, `404`, `405`: is there such a path, and such an operation on it?
//! 2. `406`, `415`: are the media types documented?
//! 3. `401`, `400`, `413`, `408`: are the required headers, cookies and query parameters
//!    present, and are they and the body valid?
//!
//! Limits: a body has at most [`BODY_LIMIT`] bytes and must arrive within
//! [`BODY_TIMEOUT`], JSON is at most 128 levels deep, a request has at most 100 headers
//! (hyper's limit), and at most 1,000 bodies of 64 MiB in all are stored.
//!
//! Nothing here reads pages or knows Rust names.

mod body;
mod condition;
mod form;
mod matching;
mod media;
mod parameter;
mod problem;
mod respond;
mod server;
mod state;
#[cfg(test)]
mod tests;
mod value;

pub use server::{BODY_LIMIT, BODY_TIMEOUT, Counts, Line, Mock};
