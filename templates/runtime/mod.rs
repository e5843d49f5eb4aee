//! What every operation and type of this crate is built on. It knows HTTP,
//! JSON and dates; it knows nothing of the API that the crate describes.

#[cfg(any(feature = "client", feature = "server"))]
mod credentials;
mod date_time;
mod media_type;
mod open_enum;
mod operation;
mod payload;
mod record;
#[cfg(any(feature = "client", feature = "server"))]
mod text;

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
pub use payload::{Mismatch, Payload};
pub(crate) use payload::{decode_json, encode_json, json_payload};
pub use record::{Extra, Found, Incoming, Outgoing, Record};
pub(crate) use record::{deserialize_record, record, serialize_record};
