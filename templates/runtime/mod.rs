//! The code that all operations and types of this crate are built on. It deals with HTTP,
//! JSON and dates; nothing in it is specific to the API.

#![allow(
    unused_imports,
    unused_macros,
    reason = "an API without enumerations, or a build without any resource, needs fewer of them"
)]

#[cfg(any(feature = "client", feature = "server"))]
mod credentials;
mod date_time;
pub(crate) mod flags;
#[cfg(any(feature = "client", feature = "server"))]
mod form;
mod int_enum;
pub(crate) mod json;
pub(crate) mod marks;
mod media_type;
#[cfg(any(feature = "client", feature = "server"))]
mod multipart;
mod object;
mod open_enum;
mod operation;
mod payload;
#[cfg(any(feature = "client", feature = "server"))]
mod template;
mod union;
#[cfg(feature = "xml")]
mod xml;

#[cfg(feature = "client")]
pub mod client;
#[cfg(feature = "server")]
pub mod server;

#[cfg(any(feature = "client", feature = "server"))]
pub use credentials::Credentials;
pub use date_time::{DateTime, ParseDateTimeError};
pub(crate) use flags::flags;
pub use int_enum::IntEnum;
pub(crate) use int_enum::int_enum;
pub use json::{Json, Odd, OnOdd, Reading};
pub use media_type::MediaType;
#[cfg(any(feature = "client", feature = "server"))]
pub use multipart::{Multipart, Part};
pub(crate) use object::object;
pub use object::{Extra, FieldReader, FieldWriter, Object};
pub use open_enum::OpenEnum;
pub(crate) use open_enum::open_enum;
pub use operation::{Authentication, Challenge, Operation, OperationInfo};
pub use payload::{DecodeError, Payload, PayloadKind, WriteJson};
pub use union::Union;
pub(crate) use union::union;
