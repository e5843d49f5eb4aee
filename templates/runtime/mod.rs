//! What every operation and type of this crate is built on. It knows HTTP,
//! JSON and dates; it knows nothing of the API that the crate describes.

#![allow(
    unused_imports,
    unused_macros,
    reason = "an API without enumerations, or a build without any resource, needs fewer of them"
)]

#[cfg(any(feature = "client", feature = "server"))]
mod credentials;
mod date_time;
mod media_type;
mod open_enum;
mod operation;
mod payload;
mod record;
mod required;
#[cfg(any(feature = "client", feature = "server"))]
mod template;

#[cfg(feature = "client")]
pub mod client;
#[cfg(feature = "server")]
pub mod server;

#[cfg(any(feature = "client", feature = "server"))]
pub use credentials::Credentials;
pub use date_time::{DateTime, ParseDateTimeError};
pub use media_type::MediaType;
pub use open_enum::OpenEnum;
pub(crate) use open_enum::open_enum;
pub use operation::{Authentication, Challenge, Operation, OperationInfo};
pub use payload::{Json, Mismatch, Payload, PayloadKind};
pub(crate) use record::record;
pub use record::{Extra, Found, Incoming, Outgoing, Record};
