//! Dates in headers (RFC 9110, section 5.6.7).

/// Parses HTTP dates, also those with the wrong day of the week.
static DATES: jiff::fmt::rfc2822::DateTimeParser =
    jiff::fmt::rfc2822::DateTimeParser::new().relaxed_weekday(true);

/// A date in one of the three forms of HTTP.
pub(super) fn parse(text: &str) -> Option<jiff::Timestamp> {
    if let Ok(date) = DATES.parse_timestamp(text) {
        return Some(date);
    }
    let old = ["%A, %d-%b-%y %H:%M:%S GMT", "%a %b %e %H:%M:%S %Y"];
    let dates = old
        .iter()
        .map(|form| jiff::civil::DateTime::strptime(form, text));
    let date = dates.flatten().next()?;
    jiff::tz::Offset::UTC.to_timestamp(date).ok()
}
