//! A server that answers with the samples of a reference, for callers in any language.
//!
//! Each request is held against the model: path, query, required headers and cookies, media
//! types and body. What is wrong with it is the response, as problem details (RFC 9457). A
//! request that is as documented gets the documented sample; where there is none, or where it
//! contradicts the model, a value that is made from the schema.
//!
//! A request passes these gates, in this order:
//!
//! 1. `400`, `404`, `405`: is there such a path, and such an operation on it?
//! 2. `406`, `415`: are the media types among those that are documented?
//! 3. `401`, `400`, `413`, `408`: are required headers, cookies and query parameters there,
//!    and are they and the body as documented?
//!
//! Limits: a body has [`BODY_LIMIT`] bytes and [`BODY_TIMEOUT`] to arrive, JSON is at most 128
//! levels deep, a request has at most 100 headers (hyper's limit), and of what was stored at
//! most 1,000 bodies of 64 MiB in all are kept.
//!
//! Nothing here reads pages or knows Rust names.

mod body;
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
