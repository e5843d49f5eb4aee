//! Conditional requests (RFC 9110, section 13) to what callers stored.

use http::header::{
    ETAG, HeaderName, IF_MATCH, IF_MODIFIED_SINCE, IF_NONE_MATCH, IF_UNMODIFIED_SINCE,
    LAST_MODIFIED,
};
use http::{HeaderMap, HeaderValue, StatusCode};
use jiff::Timestamp;
use jiff::fmt::rfc2822::{DateTimeParser, DateTimePrinter};

use super::media;
use super::problem::Problem;

/// Which version of a body is stored.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Version {
    /// How many bodies the mock had stored by then.
    pub number: u64,
    /// When it was stored.
    pub time: Timestamp,
}

impl Version {
    fn etag(self) -> String {
        format!("\"{}\"", self.number)
    }

    /// Whether it is newer than a date, which has no fractions of seconds.
    fn is_after(self, date: Timestamp) -> bool {
        self.time.as_second() > date.as_second()
    }

    /// The headers that tell versions apart.
    pub fn write(self, headers: &mut HeaderMap) {
        let date = DateTimePrinter::new().timestamp_to_rfc9110_string(&self.time);
        let date = date.ok().and_then(|date| HeaderValue::from_str(&date).ok());
        let etag = HeaderValue::from_str(&self.etag()).ok();
        for (name, value) in [(ETAG, etag), (LAST_MODIFIED, date)] {
            if let Some(value) = value {
                headers.insert(name, value);
            }
        }
    }
}

/// Whether the caller has this version already, so that the response is 304; in the order of
/// RFC 9110, section 13.2.2. `None` is what was deleted.
///
/// # Errors
/// When the caller wants to work on another version.
pub fn is_known(
    is_read: bool,
    headers: &HeaderMap,
    version: Option<Version>,
) -> Result<bool, Problem> {
    let failed = |name: HeaderName| {
        let detail = format!("The condition of `{name}` isn't met.");
        Err(Problem::new(StatusCode::PRECONDITION_FAILED, detail))
    };
    if let Some(is_met) = lists(headers, &IF_MATCH, version) {
        if !is_met {
            return failed(IF_MATCH);
        }
    } else if let Some(date) = date(headers, &IF_UNMODIFIED_SINCE)
        && version.is_some_and(|version| version.is_after(date))
    {
        return failed(IF_UNMODIFIED_SINCE);
    }
    match lists(headers, &IF_NONE_MATCH, version) {
        Some(true) if is_read => Ok(true),
        Some(true) => failed(IF_NONE_MATCH),
        Some(false) => Ok(false),
        None => {
            let date = date(headers, &IF_MODIFIED_SINCE).filter(|_| is_read);
            Ok(version
                .zip(date)
                .is_some_and(|(version, date)| !version.is_after(date)))
        }
    }
}

/// Whether a header lists the version, or any; `None` without the header.
fn lists(headers: &HeaderMap, name: &HeaderName, version: Option<Version>) -> Option<bool> {
    let texts = media::texts(headers, name);
    if texts.is_empty() {
        return None;
    }
    let etag = version.map(Version::etag);
    let mut tags = texts.iter().flat_map(|text| text.split(',')).map(str::trim);
    Some(tags.any(|tag| {
        let tag = tag.strip_prefix("W/").unwrap_or(tag);
        etag.as_deref()
            .is_some_and(|etag| tag == "*" || tag == etag)
    }))
}

/// The date of a header; one that can't be read counts as absent.
fn date(headers: &HeaderMap, name: &HeaderName) -> Option<Timestamp> {
    let text = headers.get(name)?.to_str().ok()?;
    DateTimeParser::new().parse_timestamp(text).ok()
}
