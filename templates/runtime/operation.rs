//! What is documented about an operation, as constants and types.

use std::fmt;

use http::{Method, StatusCode};

use super::{MediaType, Payload};

/// An operation of the API, as a type.
pub trait Operation: Send + Sync + 'static {
    /// The documented facts about it.
    const INFO: OperationInfo;

    /// Names of the required headers, except those of all operations.
    const REQUIRED_HEADERS: &'static [&'static str] = &[];

    /// Names of the required cookies.
    const REQUIRED_COOKIES: &'static [&'static str] = &[];

    /// Whether a request may have no body. `Body` is an `Option` then, or bytes.
    const OPTIONAL_BODY: bool = false;

    /// Type of the request body; `()` for none.
    type Body: Payload;

    /// Type of the body of the successful response; `()` for none.
    type Response: Payload;
}

/// The documented facts about an operation.
///
/// The client adds them to the extensions of each request, so that a transport knows which
/// operation it sends.
#[derive(Clone, Debug)]
pub struct OperationInfo {
    /// Identifier in the documentation.
    pub name: &'static str,
    /// HTTP method.
    pub method: &'static Method,
    /// Path template, with parameters in braces.
    pub path: &'static str,
    /// Status of the successful response.
    pub success: StatusCode,
    /// Media types of the request body; the client sends the first.
    pub consumes: &'static [MediaType],
    /// Media types of the response, most preferred first.
    pub produces: &'static [MediaType],
    /// The supported authentication schemes.
    pub authentication: &'static Authentication,
}

impl fmt::Display for OperationInfo {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} ({} {})", self.name, self.method, self.path)
    }
}

/// The documented authentication schemes.
#[derive(Debug)]
pub struct Authentication {
    /// Schemes of the `Authorization` header.
    pub schemes: &'static [Challenge],
    /// Names of headers that can replace `Authorization`, such as one with a token against
    /// cross-site request forgery.
    pub headers: &'static [&'static str],
}

/// A scheme of the `Authorization` header (RFC 9110, section 11).
#[derive(Debug)]
pub struct Challenge {
    /// Name of the scheme.
    pub scheme: &'static str,
    /// Its challenge in `WWW-Authenticate`, beginning with its name.
    pub challenge: &'static str,
}
