//! The day of publication where nothing states it: worked out from the dates and weekdays of the text.

use jiff::civil::{Date, Weekday};
use tidings_document::{DateBasis, PublicationDate};
use tidings_language::Sentence;
use tidings_text::Span;

use crate::tense::{Tense, tense};
use crate::{Precision, Timex, TimexKind, calendar, timexes};

/// Weekdays up to so many days after a date are read as the days after it, further ones as the days before.
const DAYS_AFTER: i64 = 4;

/// A report is dated by the newest thing it tells. A full date under a picture or in the body ("Tuesday, 3 March 2026")
/// and a later weekday in the past tense ("on Thursday") together give the day; the date alone gives the earliest day.
pub fn infer(text: &str, sentences: &[Sentence], captions: &[Span]) -> Option<PublicationDate> {
    let found = timexes(text, sentences, None);
    let in_caption = |t: &Timex| captions.iter().any(|c| c.contains(t.span));
    // Captions tell in the present tense what the picture shows.
    let told: Vec<&Timex> = found.iter().filter(|t| in_caption(t) || is_told(t, sentences)).collect();
    let caption = told.iter().filter(|t| in_caption(t)).filter_map(|t| full_date(t)).max();
    let (date, place) = match caption {
        Some(date) => (date, "a caption"),
        None => (told.iter().filter_map(|t| full_date(t)).max()?, "the text"),
    };
    if found.iter().any(|t| is_told(t, sentences) && newer_year(t, date)) {
        return None;
    }
    let days = told.iter().filter(|t| !in_caption(t)).filter_map(|t| weekday(t, text));
    let newest = days.filter_map(|w| Some((days_after(date, w)?, w))).max_by_key(|(days, _)| *days);
    Some(match newest.filter(|(days, _)| *days > 0) {
        Some((days, weekday)) => dated(
            calendar::add_days(date, days)?,
            format!(
                "{place} gives {}, and the newest day that the text tells of is {}: the next one after that date",
                long(date),
                name(weekday)
            ),
        ),
        None => dated(date, format!("the latest date that {place} tells of is {}", long(date))),
    })
}

fn dated(date: Date, explanation: String) -> PublicationDate {
    PublicationDate { date, basis: DateBasis::Inferred, explanation }
}

/// Not in a clause that looks ahead.
fn is_told(timex: &Timex, sentences: &[Sentence]) -> bool {
    let ahead = sentences.get(timex.sentence).is_some_and(|s| tense(s, timex.head) == Tense::Future);
    matches!(timex.kind, TimexKind::Date | TimexKind::Time) && !ahead
}

/// A day whose year is written.
fn full_date(timex: &Timex) -> Option<Date> {
    let day = matches!(timex.precision, Precision::Day | Precision::Minute) && timex.basis == "explicit";
    timex.to.filter(|_| day)
}

/// Whether the text tells of a year after that of `date`: then `date` is history.
fn newer_year(timex: &Timex, date: Date) -> bool {
    timex.basis == "explicit" && timex.from.is_some_and(|from| from.year() > date.year())
}

/// The weekday of a bare "Thursday"; "last Thursday" lies further back.
fn weekday(timex: &Timex, text: &str) -> Option<Weekday> {
    let number = timex.value.strip_prefix("XXXX-WXX-")?.get(..1)?.parse().ok()?;
    let words = timex.span.of(text).to_lowercase();
    let shifted = ["last", "next", "previous", "following"].iter().any(|w| words.contains(w));
    Weekday::from_monday_one_offset(number).ok().filter(|_| !shifted && timex.kind != TimexKind::Set)
}

/// Days from `date` to the `weekday`, if it is read as one after it.
fn days_after(date: Date, weekday: Weekday) -> Option<i64> {
    Some(i64::from(date.weekday().until(weekday))).filter(|days| *days <= DAYS_AFTER)
}

fn name(weekday: Weekday) -> &'static str {
    ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"]
        .get(usize::try_from(weekday.to_monday_zero_offset()).unwrap_or(0))
        .copied()
        .unwrap_or("a weekday")
}

fn long(date: Date) -> String {
    format!("{} {date}", name(date.weekday()))
}
