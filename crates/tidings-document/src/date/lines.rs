//! Lines that are nothing but a date: "Published: 11 August 2016, 12:30 GMT".

use jiff::civil::Date;

use super::calendar::{Token, day_and_month, find_date, is_clock, is_month, is_weekday, tokens};

/// Words that introduce the day of a page.
const INTRODUCTIONS: [&str; 15] = [
    "created",
    "date",
    "dated",
    "first",
    "issued",
    "last",
    "modified",
    "on",
    "posted",
    "publication",
    "published",
    "release",
    "released",
    "updated",
    "revised",
];

/// What a date line says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct DateLine {
    /// The day; none where no year is given.
    pub(crate) date: Option<Date>,
    /// The day of a change, not of the first publication.
    pub(crate) is_update: bool,
    /// With "Published", "Posted" or the like before it.
    pub(crate) is_introduced: bool,
}

/// Reads a line that is nothing but a date, perhaps with a time of day and "Published" or "Updated" before it.
pub(crate) fn date_line(line: &str) -> Option<DateLine> {
    if line.len() > 120 || line.ends_with('?') {
        return None;
    }
    let tokens = tokens(line);
    let found = find_date(line);
    let is_date = |t: &Token| found.is_some_and(|f| f.start <= t.start && t.end <= f.end);
    let plain = |t: &Token| is_weekday(t.text) || is_month(t.text) || is_clock(t.text) || is_day(t.text);
    let all = tokens.iter().all(|t| is_date(t) || plain(t) || is_introduction(t.text));
    let has_day =
        found.is_some() || (0..tokens.len()).any(|at| tokens.get(at..).and_then(day_and_month).is_some());
    let is_update = tokens.first().is_some_and(|t| is_change(t.text))
        || tokens
            .get(1)
            .is_some_and(|t| is_change(t.text) && tokens.first().is_some_and(|t| is_introduction(t.text)));
    let is_introduced = tokens.first().is_some_and(|t| is_introduction(t.text));
    let date = found.map(|f| f.date);
    (all && has_day).then_some(DateLine { date, is_update, is_introduced })
}

fn is_introduction(word: &str) -> bool {
    INTRODUCTIONS.contains(&word.to_ascii_lowercase().as_str())
}

fn is_change(word: &str) -> bool {
    ["updated", "modified", "revised"].contains(&word.to_ascii_lowercase().as_str())
}

fn is_day(word: &str) -> bool {
    word.len() <= 4 && word.starts_with(|c: char| c.is_ascii_digit())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(line: &str) -> Option<(String, bool)> {
        date_line(line)
            .map(|d| (d.date.map_or_else(|| "no year".to_owned(), |date| date.to_string()), d.is_update))
    }

    #[test]
    fn lines_that_are_a_date_are_read() {
        for (line, day, update) in [
            ("Published: 3 March 2026", "2026-03-03", false),
            ("Tuesday, March 3, 2026", "2026-03-03", false),
            ("3 March 2026, 14:30 GMT", "2026-03-03", false),
            ("Published on Mar. 3, 2026 at 2:30 p.m.", "2026-03-03", false),
            ("Last updated on 2026-03-03", "2026-03-03", true),
            ("Updated: March 3, 2026", "2026-03-03", true),
            ("Published 3 March 2026, updated 4 March 2026", "2026-03-03", false),
            ("2026-03-03", "2026-03-03", false),
            ("Tuesday, 3 March", "no year", false),
        ] {
            assert_eq!(read(line), Some((day.to_owned(), update)), "{line}");
        }
    }

    #[test]
    fn a_headline_with_a_date_is_no_date_line() {
        for line in [
            "Talks set for March 3, 2026",
            "Oran, March 3, 2026",
            "March of 200 women in Oran",
            "2026",
            "Why March 3?",
        ] {
            assert_eq!(read(line), None, "{line}");
        }
    }
}
