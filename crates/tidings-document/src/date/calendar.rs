//! Dates as metadata, datelines and date lines write them.

use std::ops::RangeInclusive;

use jiff::civil::Date;

/// Years that a news report can have; outside them a number is something else.
const YEARS: RangeInclusive<i16> = 1600..=2199;

const MONTHS: [&str; 12] = [
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
];

const WEEKDAYS: [&str; 7] = ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"];

/// Words that may stand beside a date: parts of the time of day, and zones.
const TIME_WORDS: [&str; 33] = [
    "a", "am", "at", "bst", "cat", "cest", "cet", "cst", "date", "day", "eat", "edt", "est", "et", "gmt",
    "gst", "h", "hrs", "ist", "local", "m", "mst", "p", "pdt", "pm", "pst", "sast", "t", "time", "utc",
    "wat", "wib", "z",
];

/// A run of letters or digits and where it is, in bytes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Token<'t> {
    /// The run itself.
    pub(crate) text: &'t str,
    /// First byte.
    pub(crate) start: usize,
    /// One past the last byte.
    pub(crate) end: usize,
}

/// A date in a line and where it is, in bytes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Found {
    /// The day.
    pub(crate) date: Date,
    /// First byte, that of the weekday where there is one.
    pub(crate) start: usize,
    /// One past the last byte.
    pub(crate) end: usize,
}

/// Reads the date formats that metadata come in: ISO 8601 with or without time and zone, `20160811`, `11 August 2016`,
/// `Aug. 11, 2016`, `Thursday, August 11, 2016`, RFC 2822. The day is the one written, whatever the zone.
///
/// `11/08/2016` is a day in August or in November: it is refused, as is everything that is more than a date and a time.
pub fn parse_date(text: &str) -> Option<Date> {
    let text = text.trim();
    if text.len() > 80 {
        return None;
    }
    let found = find_date(text)?;
    let behind = text.get(found.end..)?;
    let clock = tokens(behind).iter().all(|t| is_clock(t.text));
    (text.get(..found.start)?.is_empty() && clock).then_some(found.date)
}

/// The first full date in `text`.
pub(crate) fn find_date(text: &str) -> Option<Found> {
    let tokens = tokens(text);
    (0..tokens.len()).find_map(|at| {
        let (date, end) = date_at(text, tokens.get(at..)?)?;
        let weekday =
            at.checked_sub(1).filter(|before| tokens.get(*before).is_some_and(|t| is_weekday(t.text)));
        let start = tokens.get(weekday.unwrap_or(at))?.start;
        Some(Found { date, start, end })
    })
}

/// Day and month at the head of `tokens` ("Aug 11", "11 August"), and how many tokens they are.
pub(crate) fn day_and_month(tokens: &[Token]) -> Option<(i8, i8, usize)> {
    let (first, second) = (tokens.first()?, tokens.get(1)?);
    if let (Some(day), Some(month)) = (day(first.text), month(second.text)) {
        return Some((day, month, 2));
    }
    if let (Some(month), Some(day)) = (month(first.text), day(second.text)) {
        return Some((day, month, 2));
    }
    let (of, third) = (second.text.eq_ignore_ascii_case("of"), tokens.get(2)?);
    of.then_some((day(first.text)?, month(third.text)?, 3))
}

/// The runs of letters and digits of `text`.
pub(crate) fn tokens(text: &str) -> Vec<Token<'_>> {
    let mut out = Vec::new();
    let mut start = None;
    for (at, c) in text.char_indices().chain([(text.len(), ' ')]) {
        match (start, c.is_alphanumeric()) {
            (None, true) => start = Some(at),
            (Some(first), false) => {
                out.push(Token { text: text.get(first..at).unwrap_or(""), start: first, end: at });
                start = None;
            }
            _ => {}
        }
    }
    out
}

/// Whether `word` is the name of a weekday, whole or shortened.
pub(crate) fn is_weekday(word: &str) -> bool {
    is_name(word, &WEEKDAYS)
}

/// Whether `word` is the name of a month, whole or shortened.
pub(crate) fn is_month(word: &str) -> bool {
    month(word).is_some()
}

/// Whether `word` can stand in a time of day: figures, "pm", "GMT", "30Z".
pub(crate) fn is_clock(word: &str) -> bool {
    let word = word.to_ascii_lowercase();
    let letters = word.trim_start_matches('t').trim_start_matches(|c: char| c.is_ascii_digit());
    letters.is_empty() || TIME_WORDS.contains(&letters)
}

/// The date that begins with the first token, and where it ends.
fn date_at(text: &str, tokens: &[Token]) -> Option<(Date, usize)> {
    let first = tokens.first()?;
    if let Some(found) = digits(first).or_else(|| year_first(text, tokens)) {
        return Some(found);
    }
    let (day, month, length) = day_and_month(tokens)?;
    let named = tokens.get(length)?;
    let together = text.get(tokens.get(length - 1)?.end..named.start)?;
    let separator = together.trim().trim_start_matches(['.', ',', '-', '/']).trim();
    let date = valid(year(named.text)?, month, day)?;
    separator.is_empty().then_some((date, named.end))
}

/// `20160811`, `20160811T120000Z`.
fn digits(token: &Token) -> Option<(Date, usize)> {
    let (figures, rest) = token.text.split_at_checked(8)?;
    let clock = rest.is_empty() || rest.starts_with(['T', 't']) && is_clock(rest);
    if !clock || !figures.bytes().all(|b| b.is_ascii_digit()) {
        return None;
    }
    let date =
        valid(year(figures.get(..4)?)?, figures.get(4..6)?.parse().ok()?, figures.get(6..)?.parse().ok()?)?;
    Some((date, token.end))
}

/// `2016-08-11`, `2016/08/11`, `2016-08-11T12:00:00Z`.
fn year_first(text: &str, tokens: &[Token]) -> Option<(Date, usize)> {
    let [first, second, third] = tokens.get(..3)? else { return None };
    let gaps = (text.get(first.end..second.start)?, text.get(second.end..third.start)?);
    if gaps.0 != gaps.1 || !matches!(gaps.0, "-" | "/" | ".") || second.text.len() > 2 {
        return None;
    }
    let figures = third.text.find(|c: char| !c.is_ascii_digit()).unwrap_or(third.text.len());
    let (day, rest) = third.text.split_at(figures);
    if day.len() > 2 || !(rest.is_empty() || rest.starts_with(['T', 't']) && is_clock(rest)) {
        return None;
    }
    Some((valid(year(first.text)?, second.text.parse().ok()?, day.parse().ok()?)?, third.start + figures))
}

fn valid(year: i16, month: i8, day: i8) -> Option<Date> {
    Date::new(year, month, day).ok()
}

fn year(word: &str) -> Option<i16> {
    let figures = word.len() == 4 && word.bytes().all(|b| b.is_ascii_digit());
    word.parse().ok().filter(|year| figures && YEARS.contains(year))
}

/// "11", "1st", "22nd".
fn day(word: &str) -> Option<i8> {
    let figures = word.find(|c: char| !c.is_ascii_digit()).unwrap_or(word.len());
    let (number, ending) = word.split_at(figures);
    let ordinal = ["", "st", "nd", "rd", "th"].contains(&ending.to_ascii_lowercase().as_str());
    number.parse().ok().filter(|day| ordinal && number.len() <= 2 && (1..=31).contains(day))
}

fn month(word: &str) -> Option<i8> {
    let lower = word.to_ascii_lowercase();
    let at = MONTHS.iter().position(|name| shortens(&lower, name))?;
    i8::try_from(at + 1).ok()
}

fn is_name(word: &str, names: &[&str]) -> bool {
    let lower = word.to_ascii_lowercase();
    names.iter().any(|name| shortens(&lower, name))
}

/// "aug", "sept", "thurs", "august".
fn shortens(word: &str, name: &str) -> bool {
    (3..=5).contains(&word.len()) && name.starts_with(word) || word == name
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day_of(text: &str) -> String {
        parse_date(text).map_or_else(|| "none".to_owned(), |date| date.to_string())
    }

    #[test]
    fn formats_of_metadata_are_read() {
        for text in [
            "2016-08-11",
            "2016-08-11T12:00:00Z",
            "2016-08-11T23:30:00-05:00",
            "2016-08-11 12:00:00.123 +0200",
            "2016-08-11T12:00:00.000000+00:00",
            "2016/08/11",
            "20160811",
            "20160811T120000Z",
            "20160811T1200",
            "11 August 2016",
            "11 Aug 2016",
            "11 Aug. 2016",
            "11th of August 2016",
            "11-Aug-2016",
            "August 11, 2016",
            "August 11 2016",
            "Aug. 11, 2016",
            "AUG 11, 2016",
            "Thursday, August 11, 2016",
            "Thursday 11 August 2016",
            "Thu, 11 Aug 2016 12:00:00 GMT",
            "Thu, 11 Aug 2016 12:00:00 +0000",
            "August 11, 2016 at 4:30 p.m. EDT",
            "  2016-08-11\n",
        ] {
            assert_eq!(day_of(text), "2016-08-11", "{text}");
        }
    }

    #[test]
    fn what_is_ambiguous_or_no_date_is_refused() {
        for text in [
            "",
            "11/08/2016",
            "08.11.2016",
            "2016",
            "August 2016",
            "11 August",
            "2016-13-01",
            "2016-02-30",
            "Thurs 32 October 2026",
            "last Thursday",
            "201608",
            "20161350",
            "11 August 2016 in Oran",
            "on 11 August 2016",
            "2016-08-110",
            "9999-08-11",
            "١١ أغسطس ٢٠١٦",
        ] {
            assert_eq!(day_of(text), "none", "{text}");
        }
    }

    #[test]
    fn a_date_is_found_with_its_weekday() {
        let line = "The envoys met on Tuesday, March 3, 2026, in Oran.";
        let found = find_date(line).unwrap();
        assert_eq!(&line[found.start..found.end], "Tuesday, March 3, 2026");
        assert_eq!(found.date.to_string(), "2026-03-03");
    }

    #[test]
    fn two_sentences_make_no_date() {
        assert_eq!(find_date("The army left on March 3. In 2026 it came back."), None);
    }
}
