//! Finds missing parameters, headers and cookies.

use http::HeaderMap;
use http::header::COOKIE;

/// Names of required parameters that weren't read yet.
///
/// It doesn't depend on types, so that it is compiled once, not for each struct that is
/// read.
pub(crate) struct Missing(Vec<&'static str>);

impl Missing {
    /// Nothing was read yet.
    pub(crate) fn all_of(required: &[&'static str]) -> Self {
        Self(required.to_vec())
    }

    /// Records that a name was read.
    pub(crate) fn came(&mut self, name: &str) {
        self.0.retain(|required| *required != name);
    }

    /// The first missing name.
    pub(crate) fn first(&self) -> Option<&'static str> {
        self.0.first().copied()
    }
}

/// The required headers and cookies of a request.
pub(super) struct Fields {
    /// Names of headers.
    pub(super) headers: &'static [&'static str],
    /// Names of cookies.
    pub(super) cookies: &'static [&'static str],
}

impl Fields {
    /// Checks that all are present.
    ///
    /// # Errors
    /// Returns a sentence that names the missing one.
    pub(super) fn check(&self, headers: &HeaderMap) -> Result<(), String> {
        if let Some(name) = self
            .headers
            .iter()
            .find(|name| !headers.contains_key(**name))
        {
            return Err(format!("The header `{name}` is missing."));
        }
        let mut cookies = self.cookies.iter();
        match cookies.find(|name| cookie(headers, name).is_none()) {
            Some(name) => Err(format!("The cookie `{name}` is missing.")),
            None => Ok(()),
        }
    }
}

/// The value of a cookie (RFC 6265, section 4.2).
pub(super) fn cookie<'h>(headers: &'h HeaderMap, name: &str) -> Option<&'h str> {
    let values = headers.get_all(COOKIE).into_iter();
    let pairs = values.filter_map(|value| value.to_str().ok());
    let mut pairs = pairs.flat_map(|pairs| pairs.split(';'));
    pairs.find_map(|pair| {
        let (key, value) = pair.trim().split_once('=')?;
        (key == name).then_some(value)
    })
}

#[cfg(test)]
mod tests {
    use http::HeaderValue;

    use super::*;

    #[test]
    fn headers_and_cookies_that_are_missing_are_named() {
        let fields = Fields {
            headers: &["X-Tenant"],
            cookies: &["crumb"],
        };
        let mut headers = HeaderMap::new();
        let error = fields.check(&headers).unwrap_err();
        assert_eq!(error, "The header `X-Tenant` is missing.");
        headers.insert("x-tenant", HeaderValue::from_static("7"));
        headers.insert(COOKIE, HeaderValue::from_static("a=1; crumbs=2"));
        let error = fields.check(&headers).unwrap_err();
        assert_eq!(error, "The cookie `crumb` is missing.");
        headers.append(COOKIE, HeaderValue::from_static("b=1;crumb=x=y"));
        assert_eq!(fields.check(&headers), Ok(()));
        assert_eq!(cookie(&headers, "crumb"), Some("x=y"));
    }

    #[test]
    fn what_came_is_not_missing() {
        let mut missing = Missing::all_of(&["Id", "Name"]);
        missing.came("Id");
        missing.came("Other");
        assert_eq!(missing.first(), Some("Name"));
        missing.came("Name");
        assert_eq!(missing.first(), None);
    }
}
