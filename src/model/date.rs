//! Dates that are no more exact than what is known: a year, a month, a day, or a range of those.

use std::borrow::Cow;
use std::fmt;

use chrono::{Datelike, NaiveDate};
use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde::{Deserialize, Deserializer, Serialize, Serializer};

use crate::model::text;

/// `YYYY`, `YYYY-MM` or `YYYY-MM-DD`. What was not a date is read as `Date::default()`, which is not known.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub struct Date {
    year: u16,
    month: u8,
    day: u8,
}

/// How exact a date is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Precision {
    /// `2025`
    Year,
    /// `2025-12`
    Month,
    /// `2025-12-15`
    Day,
}

impl Date {
    /// The pattern, as JSON Schema writes it.
    pub const PATTERN: &str = "^[0-9]{4}(-[0-9]{2}(-[0-9]{2})?)?$";

    /// The years of which a case can speak: others are slips of the hand, `3026` for `2026`.
    pub const YEARS: std::ops::RangeInclusive<u16> = 1950..=2099;

    /// The date, if the text is one that the calendar has, in one of those years.
    pub fn parse(text: &str) -> Option<Date> {
        // `2025`, `2025-12` or `2025-12-24`.
        if !matches!(text.len(), 4 | 7 | 10) || text.bytes().skip(4).step_by(3).any(|mark| mark != b'-') {
            return None;
        }
        let part = |at: usize| text.get(at..at + 2).map_or(Some(0), |part| digits(part, 2));
        let (year, month, day): (u16, u16, u16) = (digits(text.get(..4)?, 4)?, part(5)?, part(8)?);
        let exists = match text.len() {
            4 => true,
            7 => (1..=12).contains(&month),
            _ => NaiveDate::from_ymd_opt(i32::from(year), month.into(), day.into()).is_some(),
        };
        let date = Date { year, month: clamp(month), day: clamp(day) };
        (exists && Date::YEARS.contains(&year)).then_some(date)
    }

    /// Whether a date was given.
    pub fn is_known(self) -> bool {
        self.year > 0
    }

    /// The year.
    pub fn year(self) -> u16 {
        self.year
    }

    /// How exact it is.
    pub fn precision(self) -> Precision {
        match (self.month, self.day) {
            (0, _) => Precision::Year,
            (_, 0) => Precision::Month,
            _ => Precision::Day,
        }
    }

    /// The first day it can mean.
    pub fn first_day(self) -> NaiveDate {
        let (year, month, day) = (i32::from(self.year), self.month.max(1).into(), self.day.max(1).into());
        NaiveDate::from_ymd_opt(year, month, day).unwrap_or_default()
    }

    /// The last day it can mean.
    pub fn last_day(self) -> NaiveDate {
        let first = self.first_day();
        let next = match self.precision() {
            Precision::Day => return first,
            Precision::Month => first.checked_add_months(chrono::Months::new(1)),
            Precision::Year => NaiveDate::from_ymd_opt(first.year() + 1, 1, 1),
        };
        next.and_then(|day| day.pred_opt()).unwrap_or(first)
    }

    /// In words, with its precision: "December 2025", never "1 December 2025".
    pub fn words(self) -> String {
        let first = self.first_day();
        match self.precision() {
            Precision::Year => self.year.to_string(),
            Precision::Month => first.format("%B %Y").to_string(),
            Precision::Day => first.format("%-d %B %Y").to_string(),
        }
    }
}

fn digits(text: &str, length: usize) -> Option<u16> {
    (text.len() == length && text.bytes().all(|byte| byte.is_ascii_digit())).then(|| text.parse().ok())?
}

fn clamp(number: u16) -> u8 {
    u8::try_from(number).unwrap_or(u8::MAX)
}

impl fmt::Display for Date {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.precision() {
            Precision::Year => write!(f, "{:04}", self.year),
            Precision::Month => write!(f, "{:04}-{:02}", self.year, self.month),
            Precision::Day => write!(f, "{:04}-{:02}-{:02}", self.year, self.month, self.day),
        }
    }
}

impl<'de> Deserialize<'de> for Date {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        text::read(deserializer, |text| Date::parse(text).unwrap_or_default())
    }
}

impl Serialize for Date {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl JsonSchema for Date {
    fn schema_name() -> Cow<'static, str> {
        "Date".into()
    }
    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        json_schema!({
            "type": "string",
            "title": "a date: YYYY, YYYY-MM or YYYY-MM-DD",
            "format": "partial-date",
            "pattern": Date::PATTERN,
        })
    }
}

/// A date, or a range `A/B` of two.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub struct DateRange {
    /// The beginning.
    pub from: Date,
    /// The end, if it is a range.
    pub to: Option<Date>,
}

impl DateRange {
    /// The pattern, as JSON Schema writes it.
    pub const PATTERN: &str = "^[0-9]{4}(-[0-9]{2}(-[0-9]{2})?)?(/[0-9]{4}(-[0-9]{2}(-[0-9]{2})?)?)?$";

    /// The range, if the text is one whose end is not before its beginning.
    pub fn parse(text: &str) -> Option<DateRange> {
        let Some((from, to)) = text.split_once('/') else {
            return Some(DateRange { from: Date::parse(text)?, to: None });
        };
        let (from, to) = (Date::parse(from)?, Date::parse(to)?);
        (from.first_day() <= to.last_day()).then_some(DateRange { from, to: Some(to) })
    }

    /// Whether a date was given.
    pub fn is_known(self) -> bool {
        self.from.is_known()
    }

    /// The first day it can mean.
    pub fn first_day(self) -> NaiveDate {
        self.from.first_day()
    }

    /// The last day it can mean.
    pub fn last_day(self) -> NaiveDate {
        self.to.unwrap_or(self.from).last_day()
    }

    /// In words, with its precision; what both ends share is said once: "24 to 26 March 2026".
    pub fn words(self) -> String {
        let Some(to) = self.to else { return self.from.words() };
        let (from, until) = (self.from.words(), to.words());
        let alike = self.from.precision() == to.precision() && self.from.year() == to.year();
        let begins = match to.precision() {
            Precision::Day if alike && self.from.month == to.month => from.split(' ').next(),
            Precision::Day | Precision::Month if alike => from.rsplit_once(' ').map(|(rest, _)| rest),
            _ => None,
        };
        format!("{} to {until}", begins.unwrap_or(&from))
    }
}

impl fmt::Display for DateRange {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.to {
            Some(to) => write!(f, "{}/{to}", self.from),
            None => self.from.fmt(f),
        }
    }
}

impl<'de> Deserialize<'de> for DateRange {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        text::read(deserializer, |text| DateRange::parse(text).unwrap_or_default())
    }
}

impl Serialize for DateRange {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl JsonSchema for DateRange {
    fn schema_name() -> Cow<'static, str> {
        "DateRange".into()
    }
    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        json_schema!({
            "type": "string",
            "title": "a date or a range: YYYY, YYYY-MM, YYYY-MM-DD, or two of them with a slash",
            "format": "date-range",
            "pattern": DateRange::PATTERN,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_date_is_one_the_calendar_has() {
        for text in ["2025", "2025-12", "2025-12-31", "2024-02-29"] {
            assert_eq!(Date::parse(text).map(|date| date.to_string()).as_deref(), Some(text));
        }
        for text in ["", "25", "2025-13", "2025-02-29", "2025-1-1", "2025-12-", "2025/12", "0000", "20255"] {
            assert_eq!(Date::parse(text), None, "{text}");
        }
    }

    #[test]
    fn a_date_is_shown_as_exact_as_it_is() {
        let words = |text| DateRange::parse(text).map(DateRange::words);
        assert_eq!(words("2025-12").as_deref(), Some("December 2025"));
        for (range, said) in [
            ("2025-07-17/2025-07-18", "17 to 18 July 2025"),
            ("2025-07-31/2025-08-02", "31 July to 2 August 2025"),
            ("2024-12-31/2025-01-02", "31 December 2024 to 2 January 2025"),
            ("2025-03/2025-05", "March to May 2025"),
            ("2024-12/2025-05", "December 2024 to May 2025"),
            ("2021/2024", "2021 to 2024"),
            ("2025-03/2025-05-02", "March 2025 to 2 May 2025"),
        ] {
            assert_eq!(words(range).as_deref(), Some(said));
        }
        assert_eq!(words("2025-07/2025-06"), None);
        assert_eq!(Date::parse("2025-02").map(|date| date.last_day().day()), Some(28));
    }
}
