//! Values of a TOML table, each with its place, so that a fault can be shown where it stands.

use std::ops::Range;

use jiff::civil::Date;
use toml::Spanned;
use toml::de::{DeTable, DeValue};

use crate::additions::Fault;

/// One file being read, and what is wrong with it.
pub(super) struct Source<'a> {
    file: &'a str,
    text: &'a str,
    pub(super) faults: Vec<Fault>,
}

/// A text with its place.
#[derive(Clone, Debug)]
pub(super) struct Text {
    pub(super) value: String,
    pub(super) at: Range<usize>,
}

impl<'a> Source<'a> {
    pub(super) fn new(file: &'a str, text: &'a str) -> Self {
        Self { file, text, faults: Vec::new() }
    }

    pub(super) fn fault(&mut self, at: &Range<usize>, message: impl Into<String>, hint: impl Into<String>) {
        let (line, column) = position(self.text, at.start);
        let (message, hint) = (message.into(), hint.into());
        self.faults.push(Fault { file: self.file.to_owned(), line, column, message, hint });
    }

    /// "mine.toml:12", for the reasons of an answer.
    pub(super) fn place(&self, at: &Range<usize>) -> String {
        format!("{}:{}", self.file, position(self.text, at.start).0)
    }

    /// Names the keys that nobody asks for.
    pub(super) fn only(&mut self, table: &DeTable, what: &str, known: &[&str]) {
        for key in table.keys() {
            if !known.contains(&key.get_ref().as_ref()) {
                let message = format!("{what} has no '{}'", key.get_ref());
                self.fault(&key.span(), message, format!("its keys are {}", known.join(", ")));
            }
        }
    }

    /// A text that is there and not blank; `None` where there is none.
    pub(super) fn text(&mut self, table: &DeTable, key: &str) -> Option<Text> {
        let value = table.get(key)?;
        self.as_text(value, key)
    }

    fn as_text(&mut self, value: &Spanned<DeValue>, key: &str) -> Option<Text> {
        match value.get_ref() {
            DeValue::String(text) if !text.trim().is_empty() => {
                Some(Text { value: text.trim().to_owned(), at: value.span() })
            }
            DeValue::String(_) => {
                self.fault(&value.span(), format!("'{key}' is empty"), "write it, or take the line out");
                None
            }
            _ => {
                self.fault(
                    &value.span(),
                    format!("'{key}' is no text"),
                    format!("write {key} = \"…\", in quotation marks"),
                );
                None
            }
        }
    }

    /// A list of texts; empty where there is none.
    pub(super) fn texts(&mut self, table: &DeTable, key: &str) -> Vec<Text> {
        let Some(value) = table.get(key) else { return Vec::new() };
        let DeValue::Array(items) = value.get_ref() else {
            self.fault(&value.span(), format!("'{key}' is no list"), format!("write {key} = [\"…\", \"…\"]"));
            return Vec::new();
        };
        items.iter().filter_map(|item| self.as_text(item, key)).collect()
    }

    /// The tables of `[[key]]`.
    pub(super) fn tables<'t>(
        &mut self,
        table: &'t DeTable<'t>,
        key: &str,
    ) -> Vec<(Range<usize>, &'t DeTable<'t>)> {
        let Some(value) = table.get(key) else { return Vec::new() };
        let hint = format!("begin each with a line [[{key}]]");
        let DeValue::Array(items) = value.get_ref() else {
            self.fault(&value.span(), format!("'{key}' is no list of tables"), hint);
            return Vec::new();
        };
        let mut found = Vec::new();
        for item in items.iter() {
            match item.get_ref() {
                DeValue::Table(table) => found.push((item.span(), table)),
                _ => self.fault(&item.span(), format!("'{key}' holds something else than tables"), &hint),
            }
        }
        found
    }

    /// A day; of a month or year the first one, or the `last`.
    pub(super) fn day(&mut self, table: &DeTable, key: &str, last: bool) -> Option<(Date, Range<usize>)> {
        let value = table.get(key)?;
        let written = match value.get_ref() {
            DeValue::String(text) => text.to_string(),
            DeValue::Integer(number) => number.as_str().to_owned(),
            DeValue::Datetime(day) => day.date.map(|d| d.to_string()).unwrap_or_default(),
            _ => String::new(),
        };
        let day = parse_day(&written, last);
        if day.is_none() {
            self.fault(
                &value.span(),
                format!("'{key}' is no date"),
                "write 2016-08-11, \"2016-08\" or 2016; leave the line out if it is not known",
            );
        }
        Some((day?, value.span()))
    }
}

/// "2016-08-11", "2016-08", "2016".
fn parse_day(text: &str, last: bool) -> Option<Date> {
    let mut parts = text.split('-');
    let year: i16 = parts.next().filter(|y| y.len() == 4)?.parse().ok()?;
    let month: Option<i8> = parts.next().map(|m| m.parse().ok()).map_or(Some(None), |m| m.map(Some))?;
    let day: Option<i8> = parts.next().map(|d| d.parse().ok()).map_or(Some(None), |d| d.map(Some))?;
    if parts.next().is_some() {
        return None;
    }
    let first = Date::new(year, month.unwrap_or(if last { 12 } else { 1 }), day.unwrap_or(1)).ok()?;
    Some(if last && day.is_none() { first.last_of_month() } else { first })
}

/// Line and column of a byte, both from 1; columns count characters.
pub(crate) fn position(text: &str, offset: usize) -> (usize, usize) {
    let before = text.get(..offset.min(text.len())).unwrap_or(text);
    let line = before.matches('\n').count() + 1;
    let column = before.rsplit('\n').next().map_or(0, |l| l.chars().count()) + 1;
    (line, column)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_months_and_years_have_a_first_and_a_last_day() {
        let day = |text: &str| text.parse::<Date>().ok();
        assert_eq!(parse_day("2016-08-11", true), day("2016-08-11"));
        assert_eq!(parse_day("2016-02", false), day("2016-02-01"));
        assert_eq!(parse_day("2016-02", true), day("2016-02-29"));
        assert_eq!(parse_day("2016", true), day("2016-12-31"));
        for wrong in ["", "16", "2016-13", "2016-02-30", "2016-02-01-01", "soon", "2016-x"] {
            assert_eq!(parse_day(wrong, false), None, "{wrong}");
        }
    }

    #[test]
    fn places_count_characters() {
        assert_eq!(position("é = 1\nßß x", 11), (2, 3));
        assert_eq!(position("", 9), (1, 1));
    }
}
