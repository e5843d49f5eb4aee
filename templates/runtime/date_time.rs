//! Dates that are written as they were read.

use std::fmt;
use std::str::FromStr;

use jiff::civil;
use jiff::fmt::temporal::Pieces;
use jiff::tz::{Offset, TimeZone};
use jiff::{Timestamp, ZonedDateTime};
use serde::de::Deserializer;
use serde::ser::Serializer;
use serde::{Deserialize, Serialize};

/// A date with time of day, and an offset from UTC where one was given
/// (RFC 3339, or ISO 8601 without offset).
///
/// It keeps the text it was read from, so that it is sent back with the same offset, the
/// same `Z` or `+00:00`, and the same number of fractional digits. Two values are equal if
/// their texts are: to compare points in time, compare [`timestamp`](Self::timestamp)s.
#[derive(Clone, PartialEq, Eq, Hash)]
pub struct DateTime {
    text: Box<str>,
    civil: civil::DateTime,
    offset: Option<Offset>,
}

impl DateTime {
    /// The date as text, as it was read and is sent.
    pub fn as_str(&self) -> &str {
        &self.text
    }

    /// The local date and time, without the offset; midnight if no time was given.
    pub fn civil(&self) -> civil::DateTime {
        self.civil
    }

    /// The offset from UTC, if one was given.
    pub fn offset(&self) -> Option<Offset> {
        self.offset
    }

    /// The point in time; `None` without an offset, or outside of the supported range (some
    /// servers send the year 1 or 9999 for "never").
    pub fn timestamp(&self) -> Option<Timestamp> {
        self.offset?.to_timestamp(self.civil).ok()
    }

    /// The date with its own offset, or in the time zone `otherwise` if it has none.
    ///
    /// # Errors
    /// Returns an error if the date is outside of the supported range.
    pub fn to_zoned(&self, otherwise: TimeZone) -> Result<ZonedDateTime, jiff::Error> {
        self.civil
            .to_zoned_datetime(self.offset.map_or(otherwise, Offset::to_time_zone))
    }
}

impl FromStr for DateTime {
    type Err = ParseDateTimeError;

    fn from_str(text: &str) -> Result<Self, ParseDateTimeError> {
        let pieces = Pieces::parse(text).map_err(|error| ParseDateTimeError {
            text: text.to_owned(),
            error,
        })?;
        Ok(Self {
            text: text.into(),
            civil: pieces.date().to_datetime(pieces.time().unwrap_or_default()),
            offset: pieces.to_numeric_offset(),
        })
    }
}

/// Without offset: `2025-05-09T17:54:08`.
impl From<civil::DateTime> for DateTime {
    fn from(civil: civil::DateTime) -> Self {
        Self {
            text: civil.to_string().into(),
            civil,
            offset: None,
        }
    }
}

/// In UTC: `2025-05-09T15:54:08Z`.
impl From<Timestamp> for DateTime {
    fn from(timestamp: Timestamp) -> Self {
        let civil = Offset::UTC.to_datetime(timestamp);
        Self {
            text: timestamp.to_string().into(),
            civil,
            offset: Some(Offset::UTC),
        }
    }
}

/// With the offset that the time zone has at that time: `2025-05-09T17:54:08+02:00`.
impl From<ZonedDateTime> for DateTime {
    fn from(zoned: ZonedDateTime) -> Self {
        let text = zoned
            .timestamp()
            .display_with_offset(zoned.offset())
            .to_string();
        Self {
            text: text.into(),
            civil: zoned.datetime(),
            offset: Some(zoned.offset()),
        }
    }
}

/// The first second of the year 1.
impl Default for DateTime {
    fn default() -> Self {
        Self::from(civil::DateTime::constant(1, 1, 1, 0, 0, 0, 0))
    }
}

impl fmt::Display for DateTime {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(&self.text)
    }
}

impl fmt::Debug for DateTime {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.text)
    }
}

impl AsRef<str> for DateTime {
    fn as_ref(&self) -> &str {
        &self.text
    }
}

impl Serialize for DateTime {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&self.text)
    }
}

impl<'de> Deserialize<'de> for DateTime {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        super::json::read_strictly(deserializer)
    }
}

/// The error for a text that isn't a date with time of day.
#[derive(Clone, Debug)]
pub struct ParseDateTimeError {
    text: String,
    error: jiff::Error,
}

impl fmt::Display for ParseDateTimeError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "`{}` isn't a date like 2025-05-09T17:54:08+02:00",
            self.text
        )
    }
}

impl std::error::Error for ParseDateTimeError {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        Some(&self.error)
    }
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;
    use jiff::tz;

    use super::*;

    #[test]
    fn the_text_is_kept() {
        for text in [
            "2025-05-09T17:54:08.6793184+02:00",
            "2025-05-09T17:54:08.6793184",
            "2025-05-09T17:54:08Z",
            "2025-05-09T17:54:08+00:00",
            "2025-05-09T17:54:08.000",
            "2025-05-09t17:54:08z",
            "2025-05-09 17:54",
            "2025-05-09",
            "0001-01-01T00:00:00",
            "9999-12-31T23:59:59.9999999",
            "9999-12-31T23:59:59.9999999+00:00",
        ] {
            let json = format!("\"{text}\"");
            let date: DateTime = serde_json::from_str(&json).unwrap();
            assert_eq!(serde_json::to_string(&date).unwrap(), json);
        }
    }

    #[test]
    fn the_date_is_real() {
        let date_time: DateTime = "2025-05-09T17:54:08.6793184+02:00".parse().unwrap();
        assert_eq!(
            date_time.civil(),
            date(2025, 5, 9).at(17, 54, 8, 679_318_400)
        );
        assert_eq!(date_time.offset(), Some(tz::offset(2)));
        assert_eq!(
            date_time.timestamp(),
            Some("2025-05-09T15:54:08.6793184Z".parse().unwrap())
        );
        let local: DateTime = "2025-05-09T17:54:08".parse().unwrap();
        assert_eq!(local.timestamp(), None);
        let zoned = local.to_zoned(TimeZone::fixed(tz::offset(1))).unwrap();
        assert_eq!(zoned.timestamp(), "2025-05-09T16:54:08Z".parse().unwrap());
        assert_eq!(
            date_time.to_zoned(TimeZone::UTC).unwrap().offset(),
            tz::offset(2)
        );
    }

    #[test]
    fn the_edge_of_the_calendar_does_not_fail() {
        let never: DateTime = "9999-12-31T23:59:59.9999999-12:00".parse().unwrap();
        assert_eq!(never.timestamp(), None);
        assert_eq!(DateTime::default().as_str(), "0001-01-01T00:00:00");
    }

    #[test]
    fn dates_are_made_from_the_types_of_jiff() {
        let civil = date(2025, 5, 9).at(17, 54, 8, 0);
        assert_eq!(DateTime::from(civil).as_str(), "2025-05-09T17:54:08");
        let zoned = civil
            .to_zoned_datetime(TimeZone::fixed(tz::offset(2)))
            .unwrap();
        assert_eq!(
            DateTime::from(zoned.timestamp()).as_str(),
            "2025-05-09T15:54:08Z"
        );
        assert_eq!(DateTime::from(zoned).as_str(), "2025-05-09T17:54:08+02:00");
    }

    #[test]
    fn what_is_no_date_is_an_error() {
        for text in ["", "today", "2025-13-01T00:00:00", "17:54"] {
            assert!(text.parse::<DateTime>().is_err(), "{text}");
        }
        let error = serde_json::from_str::<DateTime>("\"today\"").unwrap_err();
        assert!(
            error.to_string().starts_with("`today` isn't a date like"),
            "{error}"
        );
    }
}
