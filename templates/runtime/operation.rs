//! What is known of an operation at compile time.

use std::fmt;

use http::{Method, StatusCode};

use super::{MediaType, Payload};

/// An operation of the API, as a type.
pub trait Operation: Send + Sync + 'static {
    /// What the documentation says about it.
    const INFO: OperationInfo;

    /// Names of the headers that a request has to have, besides those of all operations.
    const REQUIRED_HEADERS: &'static [&'static str] = &[];

    /// Names of the cookies that a request has to have.
    const REQUIRED_COOKIES: &'static [&'static str] = &[];

    /// Body of the request; `()` for none.
    type Body: Payload;

    /// Body of the successful response; `()` for none.
    type Response: Payload;
}

/// The facts of an operation.
///
/// The client puts it into the extensions of each request, so that a transport
/// can tell which operation it carries.
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
    /// Media types that a request body may have; the first is what the client sends.
    pub consumes: &'static [MediaType],
    /// Media types that the response may have, most wanted first.
    pub produces: &'static [MediaType],
    /// The supported authentication schemes.
    pub authentication: &'static Authentication,
}

impl fmt::Display for OperationInfo {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} ({} {})", self.name, self.method, self.path)
    }
}

/// The authentication schemes that the documentation names.
#[derive(Debug)]
pub struct Authentication {
    /// Schemes of the `Authorization` header.
    pub schemes: &'static [Challenge],
    /// Names of headers that take the place of `Authorization`, as against cross-site
    /// request forgery.
    pub headers: &'static [&'static str],
}

/// A scheme of the `Authorization` header (RFC 9110, section 11).
#[derive(Debug)]
pub struct Challenge {
    /// Name of the scheme.
    pub scheme: &'static str,
    /// What `WWW-Authenticate` says about it, beginning with its name.
    pub challenge: &'static str,
}
