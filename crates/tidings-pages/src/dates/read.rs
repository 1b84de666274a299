//! Dates as pages write them, in several languages.

use std::collections::BTreeMap;
use std::ops::RangeInclusive;
use std::sync::LazyLock;

use jiff::Timestamp;
use jiff::civil::{Date, Time};
use jiff::tz::Offset;

use super::Stamp;

/// Years of pages: the web is not older, and a number outside is something else.
const YEARS: RangeInclusive<i16> = 1994..=2099;
/// Seconds since 1970 of those years.
const SECONDS: RangeInclusive<i64> = 757_382_400..=4_102_444_800;

/// Which of the two numbers of 11/08/2016 is the month.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Order {
    /// The second: nearly everywhere.
    DayFirst,
    /// The first: the United States.
    MonthFirst,
}

static MONTHS: LazyLock<BTreeMap<&'static str, i8>> = LazyLock::new(|| {
    let lines =
        include_str!("../../../../data/pages/months.tsv").lines().filter(|l| !l.starts_with('#')).skip(1);
    let rows = lines.filter_map(|line| line.split_once('\t'));
    let names = rows.flat_map(|(month, names)| names.split(' ').map(move |name| (name, month)));
    names.filter_map(|(name, month)| Some((name, month.parse().ok()?))).collect()
});

/// Hours from UTC of zones that news pages name.
const ZONES: [(&str, i8); 12] = [
    ("z", 0),
    ("gmt", 0),
    ("utc", 0),
    ("bst", 1),
    ("cet", 1),
    ("cest", 2),
    ("est", -5),
    ("edt", -4),
    ("cst", -6),
    ("cdt", -5),
    ("pst", -8),
    ("pdt", -7),
];

/// A run of letters or of figures.
#[derive(Clone, Copy, Debug)]
struct Token<'t> {
    text: &'t str,
    start: usize,
    end: usize,
}

impl Token<'_> {
    fn number(&self, digits: RangeInclusive<usize>) -> Option<i64> {
        let figures = self.text.bytes().all(|b| b.is_ascii_digit());
        (figures && digits.contains(&self.text.len())).then(|| self.text.parse().ok())?
    }

    fn month(&self) -> Option<i8> {
        if self.text.len() > 24 {
            return None;
        }
        MONTHS.get(self.text.to_lowercase().as_str()).copied()
    }
}

/// A date in a text and where it stands, in bytes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Found {
    pub(crate) stamp: Stamp,
    pub(crate) start: usize,
    pub(crate) end: usize,
}

/// Bytes of a text that are searched.
const LONGEST: usize = 2_000;

/// The value of a field that is a date, or seconds or milliseconds since 1970.
pub(crate) fn value(text: &str, order: Order) -> Option<Stamp> {
    let text = text.trim();
    let figures = !text.is_empty() && text.bytes().all(|b| b.is_ascii_digit());
    if figures && matches!(text.len(), 10 | 13) {
        let number: i64 = text.parse().ok()?;
        return since_1970(if text.len() == 13 { number / 1000 } else { number });
    }
    first(text, order).map(|found| found.stamp)
}

fn since_1970(seconds: i64) -> Option<Stamp> {
    let stamp = Timestamp::from_second(seconds).ok().filter(|_| SECONDS.contains(&seconds))?;
    let civil = Offset::UTC.to_datetime(stamp);
    Some(Stamp { date: civil.date(), time: Some(civil.time()), offset: Some(Offset::UTC) })
}

/// The first full date of a text.
pub(crate) fn first(text: &str, order: Order) -> Option<Found> {
    let text = text.get(..text.floor_char_boundary(LONGEST)).unwrap_or(text);
    let tokens = tokens(text);
    (0..tokens.len()).find_map(|at| {
        let rest = tokens.get(at..)?;
        let (date, used, clock) = date_at(text, rest, order)?;
        let (start, end) = (rest.first()?.start, rest.get(used - 1)?.end);
        let (time, offset) = clock.or_else(|| clock_at(text, rest.get(used..)?)).unzip();
        Some(Found { stamp: Stamp { date, time, offset: offset.flatten() }, start, end })
    })
}

/// Runs of letters and of figures; "19th" and "2016T12" are two each.
fn tokens(text: &str) -> Vec<Token<'_>> {
    let mut out: Vec<Token> = Vec::new();
    let mut before: Option<(char, usize)> = None;
    for (at, c) in text.char_indices() {
        let joins = before.is_some_and(|(b, end)| {
            end == at && (b.is_ascii_digit() && c.is_ascii_digit() || b.is_alphabetic() && is_letter(c))
        });
        let end = at + c.len_utf8();
        match out.last_mut().filter(|_| joins) {
            Some(token) => {
                token.end = end;
                token.text = text.get(token.start..end).unwrap_or("");
            }
            None if c.is_ascii_digit() || c.is_alphabetic() => {
                out.push(Token { text: text.get(at..end).unwrap_or(""), start: at, end });
            }
            None => {}
        }
        before = Some((c, end));
    }
    out
}

/// Letters and the marks that stand on them.
fn is_letter(c: char) -> bool {
    c.is_alphabetic() || matches!(c, '\u{300}'..='\u{36F}')
}

/// A time of day with its zone.
type Clock = (Time, Option<Offset>);

/// The date that begins with the first token, how many tokens it is, and the time if it stands within.
fn date_at(text: &str, tokens: &[Token], order: Order) -> Option<(Date, usize, Option<Clock>)> {
    let gap = |at: usize| {
        let (before, behind) = (tokens.get(at)?, tokens.get(at + 1)?);
        text.get(before.end..behind.start)
    };
    let preceded = tokens.first()?.start.checked_sub(1).and_then(|at| text.as_bytes().get(at));
    let first = tokens.first()?;
    if let Some(figures) = first.number(8..=8) {
        let date = date(figures / 10_000, figures / 100 % 100, figures % 100)?;
        return Some((date, 1, None));
    }
    let may_open =
        first.number(1..=4).is_some() && !preceded.is_some_and(|b| matches!(b, b'.' | b',' | b'$' | b'-'));
    if let Some((date, used)) = may_open.then(|| numbers(tokens, &gap, order)).flatten() {
        return Some((date, used, None));
    }
    named(text, tokens)
}

/// `2016-08-11`, `11.08.2016`, `08/11/2016`, `2016年8月11日`.
fn numbers<'t>(
    tokens: &[Token],
    gap: &dyn Fn(usize) -> Option<&'t str>,
    order: Order,
) -> Option<(Date, usize)> {
    let year_sign = |at: usize, sign: &str| tokens.get(at).is_some_and(|t| t.text == sign);
    if year_sign(1, "年") && year_sign(3, "月") {
        let numbers =
            (tokens.first()?.number(4..=4)?, tokens.get(2)?.number(1..=2)?, tokens.get(4)?.number(1..=2)?);
        return Some((date(numbers.0, numbers.1, numbers.2)?, 5));
    }
    let between = gap(0)?;
    let sign = between.trim();
    if !matches!(sign, "-" | "/" | "." | "–") || gap(1)?.trim() != sign || between.len() > sign.len() + 1 {
        return None;
    }
    let (a, b, c) = (tokens.first()?, tokens.get(1)?, tokens.get(2)?);
    let goes_on = gap(2) == Some(sign) && tokens.get(3).is_some_and(|t| t.number(1..=9).is_some());
    if goes_on && sign != "-" {
        return None;
    }
    if let Some(year) = a.number(4..=4) {
        return Some((date(year, b.number(1..=2)?, c.number(1..=2)?)?, 3));
    }
    let year = c.number(4..=4).or_else(|| c.number(2..=2).filter(|_| sign != "-").map(|year| year + 2000))?;
    let (one, two) = (a.number(1..=2)?, b.number(1..=2)?);
    let month_first = two > 12 || order == Order::MonthFirst && sign == "/" && one <= 12;
    let date = if month_first { date(year, one, two) } else { date(year, two, one) };
    Some((date?, 3))
}

/// Words that may stand between the parts of a date.
fn is_filler(word: &str) -> bool {
    matches!(word, "of" | "the" | "de" | "del" | "di" | "st" | "nd" | "rd" | "th" | "er" | "º" | "ª" | "o")
}

/// `11 August 2016`, `August 11th, 2016`, `Thu Aug 11 12:00:00 +0200 2016`.
fn named(text: &str, tokens: &[Token]) -> Option<(Date, usize, Option<Clock>)> {
    let mut parts = Vec::with_capacity(3);
    let near = tokens.iter().take(8).enumerate();
    let mut last_end = tokens.first()?.start;
    for (at, token) in near {
        let gap = text.get(last_end..token.start)?;
        if gap.trim().len() > 2 || gap.contains(['(', '"', ';', '|', '+', ':']) && parts.len() < 2 {
            break;
        }
        last_end = token.end;
        if parts.len() == 2 && clock_at(text, tokens.get(at..)?).is_some() && token.number(4..=4).is_none() {
            return with_clock(text, tokens, &parts, at);
        }
        if is_filler(&token.text.to_lowercase()) && !parts.is_empty() {
            continue;
        }
        parts.push((at, *token));
        if parts.len() == 3 {
            break;
        }
    }
    let [(_, a), (_, b), (at, c)] = parts.as_slice() else { return None };
    let year = c.number(4..=4).or_else(|| {
        let short = text.get(b.end..c.start).is_some_and(|gap| gap.contains(['-', '\'', '’', '/']));
        c.number(2..=2).filter(|_| short).map(|year| year + 2000)
    })?;
    let (day, month) = day_and_month(a, b)?;
    Some((date(year, month, day)?, at + 1, None))
}

fn day_and_month(a: &Token, b: &Token) -> Option<(i64, i64)> {
    match (a.number(1..=2), b.month()) {
        (Some(day), Some(month)) => Some((day, month.into())),
        _ => Some((b.number(1..=2)?, a.month()?.into())),
    }
}

/// The year stands behind the clock.
fn with_clock(
    text: &str,
    tokens: &[Token],
    parts: &[(usize, Token)],
    at: usize,
) -> Option<(Date, usize, Option<Clock>)> {
    let [(_, a), (_, b)] = parts else { return None };
    let (day, month) = day_and_month(a, b)?;
    let rest = tokens.get(at..)?;
    let behind =
        rest.iter().take(8).position(|t| t.number(4..=4).is_some_and(|y| narrow_year(y).is_some()))?;
    let year = rest.get(behind)?.number(4..=4)?;
    Some((date(year, month, day)?, at + behind + 1, clock_at(text, rest)))
}

fn narrow_year(year: i64) -> Option<i16> {
    i16::try_from(year).ok().filter(|year| YEARS.contains(year))
}

fn date(year: i64, month: i64, day: i64) -> Option<Date> {
    Date::new(narrow_year(year)?, month.try_into().ok()?, day.try_into().ok()?).ok()
}

/// A time of day among the next tokens: "T12:30:00Z", "at 4.30 pm EDT", "18h05".
fn clock_at(text: &str, tokens: &[Token]) -> Option<Clock> {
    let near = tokens.get(..8.min(tokens.len()))?;
    let at = near.windows(2).take(4).position(|pair| {
        let gap = text.get(pair[0].end..pair[1].start).unwrap_or("");
        pair[0].number(1..=2).is_some() && pair[1].number(2..=2).is_some() && matches!(gap, ":" | ".")
    })?;
    let before = near.get(..at)?;
    if before.iter().any(|t| t.number(1..=9).is_some()) {
        return None;
    }
    let (mut hour, minute) = (near.get(at)?.number(1..=2)?, near.get(at + 1)?.number(2..=2)?);
    let mut next = at + 2;
    let mut second = 0;
    let gap = |next: usize| {
        let (before, behind) = (tokens.get(next - 1)?, tokens.get(next)?);
        text.get(before.end..behind.start)
    };
    if let Some(number) = tokens.get(next).filter(|_| gap(next) == Some(":")).and_then(|t| t.number(2..=2)) {
        second = number;
        next += 1;
        if gap(next) == Some(".") && tokens.get(next).is_some_and(|t| t.number(1..=9).is_some()) {
            next += 1;
        }
    }
    let half = tokens.get(next).map(|t| t.text.to_ascii_lowercase()).unwrap_or_default();
    let dotted = |letter: &str| {
        half == letter && tokens.get(next + 1).is_some_and(|t| t.text.eq_ignore_ascii_case("m"))
    };
    if half == "pm" || dotted("p") {
        hour = if hour < 12 { hour + 12 } else { hour };
        next += if half == "pm" { 1 } else { 2 };
    } else if half == "am" || dotted("a") {
        hour %= 12;
        next += if half == "am" { 1 } else { 2 };
    }
    let time =
        Time::new(hour.try_into().ok()?, minute.try_into().ok()?, second.min(59).try_into().ok()?, 0).ok()?;
    Some((time, offset(text, tokens, next)))
}

/// "Z", "+02:00", "+0200", "GMT".
fn offset(text: &str, tokens: &[Token], at: usize) -> Option<Offset> {
    let token = tokens.get(at)?;
    let lower = token.text.to_ascii_lowercase();
    if let Some((_, hours)) = ZONES.iter().find(|(name, _)| *name == lower) {
        let further = tokens.get(at + 1).filter(|t| {
            *hours == 0 && text.get(token.end..t.start).is_some_and(|gap| matches!(gap, "+" | "-"))
        });
        return match further {
            Some(_) => offset(text, tokens, at + 1),
            None => Offset::from_seconds(i32::from(*hours) * 3600).ok(),
        };
    }
    let gap = text.get(tokens.get(at.checked_sub(1)?)?.end..token.start)?;
    let sign = match gap.trim() {
        "+" => 1,
        "-" | "−" => -1,
        _ => return None,
    };
    let (hours, minutes) = match (token.number(4..=4), token.number(1..=2)) {
        (Some(both), _) => (both / 100, both % 100),
        (None, Some(hours)) => {
            let colon = |t: &&Token| text.get(token.end..t.start) == Some(":");
            (hours, tokens.get(at + 1).filter(colon).and_then(|t| t.number(2..=2)).unwrap_or(0))
        }
        _ => return None,
    };
    Offset::from_seconds(sign * i32::try_from(hours * 3600 + minutes * 60).ok()?).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> String {
        value(text, Order::DayFirst).map_or_else(|| "none".to_owned(), |stamp| stamp.to_string())
    }

    #[test]
    fn dates_of_many_pages_are_read() {
        for (text, day) in [
            ("2026-03-03", "2026-03-03"),
            ("2026-03-03T14:30:00Z", "2026-03-03T14:30:00Z"),
            ("2026-03-03T14:30:00.123+02:00", "2026-03-03T14:30:00+02:00"),
            ("2026-03-03T14:30:00-0500", "2026-03-03T14:30:00-05:00"),
            ("2026-03-03 14:30", "2026-03-03T14:30:00"),
            ("20260303", "2026-03-03"),
            ("2026/03/03", "2026-03-03"),
            ("Tue, 03 Mar 2026 14:30:00 GMT", "2026-03-03T14:30:00Z"),
            ("Tue Mar 3 14:30:00 +0200 2026", "2026-03-03T14:30:00+02:00"),
            ("March 3, 2026 at 2:30 p.m. EDT", "2026-03-03T14:30:00-04:00"),
            ("Published on Mar. 3rd, 2026", "2026-03-03"),
            ("3. März 2026, 14:30 Uhr", "2026-03-03T14:30:00"),
            ("mardi 3 mars 2026 à 14:30", "2026-03-03T14:30:00"),
            ("3 de marzo de 2026", "2026-03-03"),
            ("03.03.26", "2026-03-03"),
            ("Stand: 31.3.2026", "2026-03-31"),
            ("3-Mar-26", "2026-03-03"),
            ("2026年3月3日", "2026-03-03"),
            ("1772548200", "2026-03-03T14:30:00Z"),
            ("1772548200000", "2026-03-03T14:30:00Z"),
            ("12/31/2026", "2026-12-31"),
        ] {
            assert_eq!(read(text), day, "{text}");
        }
    }

    #[test]
    fn what_is_no_date_is_refused() {
        for text in [
            "",
            "2026",
            "March 2026",
            "31.02.2026",
            "1.2.3",
            "version 10.11.12.13",
            "11 August",
            "call 03 03 2026",
            "1815-06-18",
            "99999999",
        ] {
            assert_eq!(read(text), "none", "{text}");
        }
    }

    #[test]
    fn the_month_comes_first_in_the_united_states() {
        assert_eq!(
            value("11/08/2016", Order::MonthFirst).map(|s| s.to_string()).as_deref(),
            Some("2016-11-08")
        );
        assert_eq!(
            value("11/08/2016", Order::DayFirst).map(|s| s.to_string()).as_deref(),
            Some("2016-08-11")
        );
        assert_eq!(
            value("11.08.2016", Order::MonthFirst).map(|s| s.to_string()).as_deref(),
            Some("2016-08-11")
        );
    }

    #[test]
    fn a_month_has_one_number() {
        let lines =
            include_str!("../../../../data/pages/months.tsv").lines().filter(|l| !l.starts_with('#')).skip(1);
        let names: usize =
            lines.map(|l| l.split_once('\t').map_or(0, |(_, names)| names.split(' ').count())).sum();
        assert_eq!(names, MONTHS.len(), "a name stands for two months");
    }
}
