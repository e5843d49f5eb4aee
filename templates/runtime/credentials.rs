//! The credentials of a caller.

use std::borrow::Cow;
use std::fmt;

use base64::Engine as _;
use base64::prelude::BASE64_STANDARD;
use http::header::{AUTHORIZATION, COOKIE};
use http::{HeaderMap, HeaderName, HeaderValue};

/// What a client authenticates with.
///
/// Its `Debug` doesn't show secrets.
#[derive(Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum Credentials {
    /// None: the API is open, or the transport adds them.
    Anonymous,
    /// `Authorization: Basic …` (RFC 7617).
    Basic {
        /// User name; it can't contain a colon.
        user: String,
        /// Password.
        password: String,
    },
    /// `Authorization: SCHEME TOKEN` (RFC 9110, section 11.6.2).
    Token {
        /// Name of the scheme, such as `Bearer`; case doesn't matter.
        scheme: Cow<'static, str>,
        /// The text after the name.
        token: String,
    },
    /// A token in a header of its own, such as one against cross-site request forgery, and
    /// the cookies of its session.
    Header {
        /// Name of the header.
        name: HeaderName,
        /// Value of the header.
        token: String,
        /// Value of the `Cookie` header.
        cookie: Option<String>,
    },
}

impl Credentials {
    /// User name and password (RFC 7617).
    pub fn basic(user: impl Into<String>, password: impl Into<String>) -> Self {
        Self::Basic {
            user: user.into(),
            password: password.into(),
        }
    }

    /// An OAuth 2.0 access token (RFC 6750).
    pub fn bearer(token: impl Into<String>) -> Self {
        Self::token("Bearer", token)
    }

    /// A token for any scheme of the `Authorization` header.
    pub fn token(scheme: impl Into<Cow<'static, str>>, token: impl Into<String>) -> Self {
        Self::Token {
            scheme: scheme.into(),
            token: token.into(),
        }
    }

    /// A token in a header of its own; see [`with_cookie`](Self::with_cookie).
    pub fn header(name: HeaderName, token: impl Into<String>) -> Self {
        Self::Header {
            name,
            token: token.into(),
            cookie: None,
        }
    }

    /// Adds the session cookies (`name=value; name=value`) that belong to a token in a
    /// header. Other kinds of credentials stay unchanged.
    #[must_use]
    pub fn with_cookie(mut self, value: impl Into<String>) -> Self {
        if let Self::Header { cookie, .. } = &mut self {
            *cookie = Some(value.into());
        }
        self
    }

    /// The token, if the credentials are of this `Authorization` scheme.
    pub fn token_of(&self, wanted: &str) -> Option<&str> {
        match self {
            Self::Token { scheme, token } if scheme.eq_ignore_ascii_case(wanted) => Some(token),
            _ => None,
        }
    }

    /// Name of the `Authorization` scheme, or of the header.
    pub fn kind(&self) -> &str {
        match self {
            Self::Anonymous => "Anonymous",
            Self::Basic { .. } => "Basic",
            Self::Token { scheme, .. } => scheme,
            Self::Header { name, .. } => name.as_str(),
        }
    }

    /// The headers of a request.
    ///
    /// # Errors
    /// Returns the reason why the credentials can't be sent; it contains no secret.
    #[cfg(any(feature = "client", test))]
    fn headers(&self) -> Result<HeaderMap, &'static str> {
        let mut headers = HeaderMap::new();
        match self {
            Self::Anonymous => {}
            Self::Basic { user, .. } if user.contains(':') => {
                return Err("the user name has a colon");
            }
            Self::Basic { user, password } if user.is_empty() && password.is_empty() => {
                return Err("user and password are empty");
            }
            Self::Basic { user, password } => {
                let pair = BASE64_STANDARD.encode(format!("{user}:{password}"));
                headers.insert(AUTHORIZATION, secret(format!("Basic {pair}"))?);
            }
            Self::Token { scheme, .. } if !is_token(scheme) => {
                return Err("the name of the scheme isn't a single word");
            }
            Self::Token { token, .. } if token.trim().is_empty() => {
                return Err("the token is empty");
            }
            Self::Token { scheme, token } => {
                headers.insert(AUTHORIZATION, secret(format!("{scheme} {token}"))?);
            }
            Self::Header { token, .. } if token.trim().is_empty() => {
                return Err("the token is empty");
            }
            Self::Header {
                name,
                token,
                cookie,
            } => {
                headers.insert(name, secret(token.clone())?);
                if let Some(cookie) = cookie {
                    headers.insert(COOKIE, secret(cookie.clone())?);
                }
            }
        }
        Ok(headers)
    }
}

/// Credentials to send, with their headers, which are made once for all calls.
#[cfg(feature = "client")]
pub(crate) struct Signature {
    credentials: Credentials,
    headers: Result<HeaderMap, &'static str>,
}

#[cfg(feature = "client")]
impl From<Credentials> for Signature {
    fn from(credentials: Credentials) -> Self {
        let headers = credentials.headers();
        Self {
            credentials,
            headers,
        }
    }
}

#[cfg(feature = "client")]
impl Signature {
    /// Adds the headers to those of a request.
    ///
    /// # Errors
    /// Returns the reason why the credentials can't be sent; it contains no secret.
    pub(crate) fn add_to(&self, headers: &mut HeaderMap) -> Result<(), String> {
        let own = self.headers.as_ref().map_err(|reason| {
            let kind = self.credentials.kind();
            format!("the {kind} credentials can't be sent: {reason}")
        })?;
        for (name, value) in own {
            headers.insert(name.clone(), value.clone());
        }
        Ok(())
    }
}

#[cfg(feature = "client")]
impl fmt::Debug for Signature {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.credentials.fmt(f)
    }
}

/// Whether a text is a token (RFC 9110, section 5.6.2).
#[cfg(any(feature = "client", test))]
fn is_token(text: &str) -> bool {
    let is_it = |c: char| c.is_ascii_alphanumeric() || "!#$%&'*+-.^_`|~".contains(c);
    !text.is_empty() && text.chars().all(is_it)
}

/// A header value that is marked as sensitive, so that it isn't logged.
#[cfg(any(feature = "client", test))]
fn secret(text: String) -> Result<HeaderValue, &'static str> {
    let mut value = header_value(text).ok_or("they aren't ASCII text")?;
    value.set_sensitive(true);
    Ok(value)
}

/// The value of a header; `None` if the text isn't ASCII, or has control characters.
#[cfg(any(feature = "client", test))]
pub(crate) fn header_value(text: String) -> Option<HeaderValue> {
    text.is_ascii()
        .then(|| HeaderValue::try_from(text).ok())
        .flatten()
}

#[cfg(feature = "server")]
impl Credentials {
    /// Reads the credentials of a request; the error is the reason why they are invalid.
    pub(crate) fn read(headers: &HeaderMap, instead: &[&str]) -> Result<Self, &'static str> {
        if let Some(value) = headers.get(AUTHORIZATION) {
            let value = value
                .to_str()
                .map_err(|_| "The Authorization header isn't ASCII text.")?;
            let (scheme, token) = value.trim().split_once(' ').unwrap_or((value.trim(), ""));
            let token = token.trim_start();
            if token.is_empty() {
                return Err("The Authorization header needs a scheme and a value.");
            }
            if scheme.eq_ignore_ascii_case("basic") {
                return basic(token).ok_or("The Basic credentials aren't base64 of user:password.");
            }
            return Ok(Self::token(scheme.to_owned(), token));
        }
        for name in instead {
            if let (Some(token), Ok(name)) = (headers.get(*name), name.parse()) {
                let token = token.to_str().map_err(|_| "The token isn't ASCII text.")?;
                // RFC 9113, section 8.2.3: cookies may come in several headers.
                let cookies = headers.get_all(COOKIE).iter();
                let cookies: Vec<_> = cookies.filter_map(|value| value.to_str().ok()).collect();
                return Ok(Self::Header {
                    name,
                    token: token.to_owned(),
                    cookie: (!cookies.is_empty()).then(|| cookies.join("; ")),
                });
            }
        }
        Ok(Self::Anonymous)
    }
}

#[cfg(feature = "server")]
fn basic(token: &str) -> Option<Credentials> {
    let pair = String::from_utf8(BASE64_STANDARD.decode(token).ok()?).ok()?;
    let (user, password) = pair.split_once(':')?;
    Some(Credentials::basic(user, password))
}

impl fmt::Debug for Credentials {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Anonymous => f.write_str("Anonymous"),
            Self::Basic { user, .. } => {
                write!(f, "Basic {{ user: {user:?}, password: … }}")
            }
            other => write!(f, "{} {{ … }}", other.kind()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn headers(credentials: &Credentials) -> HeaderMap {
        credentials.headers().unwrap()
    }

    #[test]
    fn headers_by_scheme() {
        let authorization = |credentials| headers(&credentials)[AUTHORIZATION].clone();
        // The example of RFC 7617, section 2.
        let aladdin = Credentials::basic("Aladdin", "open sesame");
        assert_eq!(authorization(aladdin), "Basic QWxhZGRpbjpvcGVuIHNlc2FtZQ==");
        assert_eq!(authorization(Credentials::bearer("abc")), "Bearer abc");
        assert_eq!(
            authorization(Credentials::token("Ticket", "7T:x")),
            "Ticket 7T:x"
        );
        assert!(headers(&Credentials::Anonymous).is_empty());
    }

    #[test]
    fn secrets_are_not_shown() {
        let name = HeaderName::from_static("x-token");
        for credentials in [
            Credentials::basic("user", "hidden"),
            Credentials::bearer("hidden"),
            Credentials::header(name, "hidden").with_cookie("session=hidden"),
        ] {
            assert!(!format!("{credentials:?}").contains("hidden"));
            assert!(!format!("{:?}", headers(&credentials)).contains("hidden"));
        }
    }

    #[test]
    fn what_cannot_stand_in_a_header_is_refused() {
        let name = HeaderName::from_static("x-token");
        for (credentials, reason) in [
            (Credentials::bearer("a\r\nb: c"), "they aren't ASCII text"),
            (Credentials::bearer("ø"), "they aren't ASCII text"),
            (Credentials::bearer(" "), "the token is empty"),
            (
                Credentials::token("Two words", "abc"),
                "the name of the scheme isn't a single word",
            ),
            (Credentials::header(name, ""), "the token is empty"),
            (Credentials::basic("", ""), "user and password are empty"),
            (Credentials::basic("a:b", "c"), "the user name has a colon"),
        ] {
            assert_eq!(credentials.headers(), Err(reason));
        }
    }

    #[cfg(feature = "server")]
    #[test]
    fn the_server_reads_what_the_client_wrote() {
        let name = HeaderName::from_static("x-token");
        for credentials in [
            Credentials::Anonymous,
            Credentials::basic("jø", "a:b"),
            Credentials::bearer("abc"),
            Credentials::header(name, "abc").with_cookie("session=1"),
        ] {
            let read = Credentials::read(&headers(&credentials), &["x-token"]);
            assert_eq!(read, Ok(credentials));
        }
    }

    #[cfg(feature = "server")]
    #[test]
    fn cookies_in_several_headers_belong_together() {
        let mut headers = HeaderMap::new();
        headers.insert("x-token", HeaderValue::from_static("abc"));
        headers.append(COOKIE, HeaderValue::from_static("a=1"));
        headers.append(COOKIE, HeaderValue::from_static("b=2"));
        let name = HeaderName::from_static("x-token");
        let expected = Credentials::header(name, "abc").with_cookie("a=1; b=2");
        assert_eq!(Credentials::read(&headers, &["x-token"]), Ok(expected));
    }

    #[cfg(feature = "server")]
    #[test]
    fn broken_credentials_are_an_error() {
        for value in ["Bearer", "", "Basic ???", "Basic YQ=="] {
            let mut headers = HeaderMap::new();
            headers.insert(AUTHORIZATION, HeaderValue::from_static(value));
            assert!(Credentials::read(&headers, &[]).is_err(), "{value}");
        }
    }
}
