//! Expressions that name a place in the calendar: days, months, years, halves, quarters, seasons, decades, centuries.

use jiff::civil::{Date, Weekday};

use crate::Precision;
use crate::calendar::{self, Interval, Unit};
use crate::expression::Expression;
use crate::lexicon::Class;
use crate::meaning::{Context, Meaning};
use crate::relative::unit;
use crate::tense::Tense;

/// A year that is written, or worked out from publication and tense.
struct Dated {
    year: Option<i16>,
    interval: Option<Interval>,
    basis: String,
}

impl Dated {
    /// "2016" or "XXXX".
    fn year_text(&self) -> String {
        self.year.map_or_else(|| "XXXX".to_owned(), |y| format!("{y:04}"))
    }
}

const FISCAL: &str = "a fiscal year, whose first day is not told";
const NO_REFERENCE: &str = "no day of publication to count from";

fn small(value: i64) -> Option<i8> {
    i8::try_from(value).ok()
}

/// Gives `make` (what the words mean in a year) the year that is written or the one that tense and weekday ask for.
fn dated(e: &Expression, ctx: &Context, make: impl Fn(i16) -> Option<Interval>) -> Option<Dated> {
    if let Some(year) = e.get(Class::Year).and_then(|y| i16::try_from(y).ok()) {
        return Some(Dated { year: Some(year), interval: Some(make(year)?), basis: "explicit".to_owned() });
    }
    let Some(reference) = ctx.reference else {
        make(2000)?;
        return Some(Dated { year: None, interval: None, basis: NO_REFERENCE.to_owned() });
    };
    if let Some(shift) = e.get(Class::Shift) {
        let year = reference.year().checked_add(i16::from(small(shift)?))?;
        return Some(Dated {
            year: Some(year),
            interval: Some(make(year)?),
            basis: "relative to publication".to_owned(),
        });
    }
    let loose = ctx.is_loose(e);
    let near = |year: &i16| make(*year).is_some();
    let years: Vec<i16> =
        (reference.year().saturating_sub(8)..=reference.year().saturating_add(8)).filter(near).collect();
    let weekday = e.get(Class::Weekday).and_then(small).and_then(|w| Weekday::from_monday_one_offset(w).ok());
    let fits = |year: &i16| weekday.is_none_or(|w| make(*year).is_some_and(|(from, _)| from.weekday() == w));
    let matching: Vec<i16> = years.iter().copied().filter(fits).collect();
    let (candidates, tense) =
        if weekday.is_some() && !matching.is_empty() { (matching, Tense::Open) } else { (years, ctx.tense) };
    let year = nearest(&candidates, reference, tense, loose, &make)?;
    let reason = if weekday.is_none() { tense.reason() } else { "by the weekday" };
    Some(Dated {
        year: Some(year),
        interval: make(year),
        basis: format!("year nearest to publication ({reason})"),
    })
}

/// The year in which the stretch is nearest to `reference`, on the side that the tense asks for. A loose date may lie on
/// the other side, if it is much nearer there.
fn nearest(
    years: &[i16],
    reference: Date,
    tense: Tense,
    loose: bool,
    make: &impl Fn(i16) -> Option<Interval>,
) -> Option<i16> {
    let past = |year: &&i16| make(**year).is_some_and(|(from, _)| from <= reference);
    let coming = |year: &&i16| make(**year).is_some_and(|(_, to)| to >= reference);
    let far = |year: i16| make(year).map_or(i32::MAX, |i| distance(i, reference));
    match tense {
        Tense::Past | Tense::Future if loose => years.iter().copied().min_by_key(|year| {
            let agrees = if tense == Tense::Past { past(&year) } else { coming(&year) };
            far(*year).saturating_mul(if agrees { 1 } else { AGAINST })
        }),
        Tense::Past => years.iter().rev().find(past).copied(),
        Tense::Future => years.iter().find(coming).copied(),
        Tense::Open => years.iter().copied().min_by_key(|year| far(*year)),
    }
}

/// So many times nearer a loose date must be on the side that the tense does not ask for.
const AGAINST: i32 = 2;

/// Days between a date and a stretch; 0 inside it.
fn distance((from, to): Interval, date: Date) -> i32 {
    let days = |a: Date, b: Date| a.until(b).map_or(i32::MAX, |s| s.get_days());
    if date < from {
        days(date, from)
    } else if date > to {
        days(to, date)
    } else {
        0
    }
}

/// Days, months, years and decades.
pub(crate) fn date(e: &Expression, ctx: &Context) -> Option<Meaning> {
    if let Some(iso) = e.get(Class::IsoDate) {
        let day =
            calendar::day(i16::try_from(iso / 10_000).ok()?, small(iso / 100 % 100)?, small(iso % 100)?)?;
        return Meaning::unit(Unit::Day, day, "explicit");
    }
    if let Some(year) = e.get(Class::SlashDate) {
        let interval = calendar::years(i16::try_from(year).ok()?, 1);
        return Some(Meaning::date(year.to_string(), interval, Precision::Year, "day and month in doubt"));
    }
    match (e.get(Class::Month).and_then(small), e.get(Class::Day).and_then(small), e.get(Class::Decade)) {
        (Some(month), Some(first), _) => days(e, ctx, month, first),
        (Some(month), None, _) => {
            let found = dated(e, ctx, |year| calendar::month(year, month))?;
            let value = format!("{}-{month:02}", found.year_text());
            Some(narrowed(
                e,
                Meaning::date(value, found.interval, Precision::Month, found.basis),
                Unit::Month,
            ))
        }
        (_, _, Some(decade)) => {
            let interval = calendar::years(i16::try_from(decade).ok()?, 10);
            let meaning =
                Meaning::date(format!("{:03}", decade / 10), interval, Precision::Decade, "explicit");
            Some(narrowed(e, meaning, Unit::Decade))
        }
        _ => year(e),
    }
}

fn days(e: &Expression, ctx: &Context, month: i8, first: i8) -> Option<Meaning> {
    let last = e.get(Class::LastDay).and_then(small).unwrap_or(first);
    let make = |year| {
        Some((calendar::day(year, month, first)?, calendar::day(year, month, last)?)).filter(|(a, b)| a <= b)
    };
    let found = dated(e, ctx, make)?;
    let text = |day: i8| format!("{}-{month:02}-{day:02}", found.year_text());
    let value = if first == last { text(first) } else { format!("{}/{}", text(first), text(last)) };
    let precision = if first == last { Precision::Day } else { Precision::Interval };
    Some(Meaning::date(value, found.interval, precision, found.basis))
}

/// "Christmas Day", "Good Friday 2019".
pub(crate) fn feast(e: &Expression, ctx: &Context) -> Option<Meaning> {
    let feast = e.captures.feast?;
    let found = dated(e, ctx, |year| feast.day(year).map(|day| (day, day)))?;
    let value = match found.interval {
        Some((day, _)) => day.to_string(),
        None => feast.unknown(),
    };
    Some(Meaning::date(value, found.interval, Precision::Day, found.basis))
}

/// "the current fiscal year".
pub(crate) fn fiscal_unit(e: &Expression, ctx: &Context) -> Option<Meaning> {
    let unit = unit(e).filter(|u| *u >= Unit::Quarter)?;
    let reference = ctx.reference.and_then(|day| unit.add(day, e.get(Class::Shift).unwrap_or(0)));
    let value = reference.map_or_else(|| "XXXX".to_owned(), |day| unit.value(day));
    Some(Meaning::vague(value, FISCAL))
}

/// "on the 12th": of the month that the tense asks for.
pub(crate) fn day_of_month(e: &Expression, ctx: &Context) -> Option<Meaning> {
    let number = e.get(Class::Ordinal).and_then(small).filter(|n| (1..=31).contains(n))?;
    let Some(reference) = ctx.reference else {
        return Some(Meaning::vague(format!("XXXX-XX-{number:02}"), NO_REFERENCE));
    };
    let ahead = ctx.tense == Tense::Future;
    let months = (0..4).filter_map(|n| Unit::Month.add(reference, if ahead { n } else { -n }));
    let mut days = months.filter_map(|m| calendar::day(m.year(), m.month(), number));
    let found = days.find(|day| if ahead { *day >= reference } else { *day <= reference })?;
    Meaning::unit(Unit::Day, found, format!("month nearest to publication ({})", ctx.tense.reason()))
}

/// "fiscal 2027": which days it has, each state and firm decides.
pub(crate) fn fiscal(e: &Expression) -> Option<Meaning> {
    Some(Meaning::vague(e.get(Class::Year)?.to_string(), FISCAL))
}

/// "2011", "late 2013".
pub(crate) fn year(e: &Expression) -> Option<Meaning> {
    let year = e.get(Class::Year)?;
    let interval = calendar::years(i16::try_from(year).ok()?, 1)?;
    let meaning = Meaning::date(format!("{year:04}"), Some(interval), Precision::Year, "explicit");
    Some(narrowed(e, meaning, Unit::Year))
}

/// "last October": the nearest one that is over.
pub(crate) fn shifted_month(e: &Expression, ctx: &Context) -> Option<Meaning> {
    let month = small(e.get(Class::Month)?)?;
    let Some(reference) = ctx.reference else {
        return Some(Meaning::vague(format!("XXXX-{month:02}"), NO_REFERENCE));
    };
    let interval = shifted(reference, e.get(Class::Shift)?, |year| calendar::month(year, month))?;
    Meaning::unit(Unit::Month, interval.0, "relative to publication")
}

/// The last that is over, the one of the year of `reference`, or the next that has not begun.
fn shifted(reference: Date, shift: i64, make: impl Fn(i16) -> Option<Interval>) -> Option<Interval> {
    let year = reference.year();
    match shift {
        0 => make(year),
        s if s < 0 => (year - 2..=year).rev().filter_map(make).find(|(_, to)| *to < reference),
        _ => (year..=year + 2).filter_map(make).find(|(from, _)| *from > reference),
    }
}

/// "the first half of 2016", "the second half of May".
pub(crate) fn half(e: &Expression, ctx: &Context) -> Option<Meaning> {
    let number = e.get(Class::Ordinal).and_then(small).filter(|n| (1..=2).contains(n))?;
    if let Some(month) = e.get(Class::Month).and_then(small) {
        let cut = |(from, to): Interval| {
            let middle = calendar::add_days(from, 14)?;
            Some(if number == 1 { (from, middle) } else { (calendar::add_days(middle, 1)?, to) })
        };
        let found = dated(e, ctx, |year| cut(calendar::month(year, month)?))?;
        let value = format!("{}-{month:02}", found.year_text());
        return Some(Meaning::date(value, found.interval, Precision::PartOfMonth, found.basis));
    }
    let found = of_year(e, ctx, |year| calendar::half(year, number))?;
    let value = format!("{}-H{number}", found.year_text());
    Some(Meaning::date(value, found.interval, Precision::PartOfYear, found.basis))
}

/// "the third quarter of 2015", "Q2".
pub(crate) fn quarter(e: &Expression, ctx: &Context) -> Option<Meaning> {
    let number = e.get(Class::Ordinal).or_else(|| e.get(Class::QuarterName)).and_then(small)?;
    let number = Some(number).filter(|n| (1..=4).contains(n))?;
    let found = of_year(e, ctx, |year| calendar::quarter(year, number))?;
    let value = format!("{}-Q{number}", found.year_text());
    Some(Meaning::date(value, found.interval, Precision::Quarter, found.basis))
}

/// A part of a year that is written, else the nearest one: what "will be reported for the third quarter" is over.
fn of_year(e: &Expression, ctx: &Context, make: impl Fn(i16) -> Option<Interval>) -> Option<Dated> {
    let tense = if ctx.tense == Tense::Future { Tense::Open } else { ctx.tense };
    dated(e, &Context { tense, ..*ctx }, make)
}

/// "the second week of May": days 8 to 14.
pub(crate) fn week_of(e: &Expression, ctx: &Context) -> Option<Meaning> {
    let (month, number) = (small(e.get(Class::Month)?)?, e.get(Class::Ordinal)?);
    let make = |year| {
        let (first, last) = calendar::month(year, month)?;
        let from = calendar::add_days(first, (number - 1).checked_mul(7)?)?;
        Some((from, calendar::add_days(from, 6)?.min(last))).filter(|_| from <= last)
    };
    let found = dated(e, ctx, make)?;
    let value = format!("{}-{month:02}", found.year_text());
    Some(Meaning::date(value, found.interval, Precision::Week, found.basis))
}

/// "the 19th century".
pub(crate) fn century(e: &Expression) -> Option<Meaning> {
    let number = e.get(Class::Ordinal).filter(|n| (1..=22).contains(n))?;
    let first = i16::try_from((number - 1) * 100 + 1).ok()?;
    let meaning = Meaning::date(
        format!("{:02}", number - 1),
        calendar::years(first, 100),
        Precision::Century,
        "explicit",
    );
    Some(narrowed(e, meaning, Unit::Century))
}

/// "summer 2022", "last autumn", "the spring".
pub(crate) fn season(e: &Expression, ctx: &Context) -> Option<Meaning> {
    let number = small(e.get(Class::Season)?)?;
    let code = ["SP", "SU", "FA", "WI"].get(usize::try_from(number - 1).ok()?)?;
    let make = |year| calendar::season(year, number);
    let found = match (e.get(Class::Shift), ctx.reference) {
        (Some(shift), Some(reference)) => {
            let interval = shifted(reference, shift, make)?;
            Dated {
                year: Some(interval.0.year()),
                interval: Some(interval),
                basis: "relative to publication".to_owned(),
            }
        }
        _ => dated(e, ctx, make)?,
    };
    let value = format!("{}-{code}", found.year_text());
    Some(narrowed(e, Meaning::date(value, found.interval, Precision::Season, found.basis), Unit::Quarter))
}

/// The early, middle or late part, where the words ask for one.
pub(crate) fn narrowed(e: &Expression, mut meaning: Meaning, unit: Unit) -> Meaning {
    let Some((part, interval)) = e.get(Class::Part).zip(meaning.interval) else { return meaning };
    meaning.interval = part_of(interval, part, unit);
    meaning.precision = match unit {
        Unit::Month | Unit::Week => Precision::PartOfMonth,
        Unit::Quarter | Unit::Year => Precision::PartOfYear,
        _ => Precision::Interval,
    };
    meaning
}

/// Thirds, counted in days for weeks and months, months for years, years for decades; of a month ten days, ten days and
/// the rest. "The beginning" and "the end" of a year or decade are its first and last month or year.
fn part_of((from, to): Interval, part: i64, unit: Unit) -> Option<Interval> {
    let (step, count) = match unit {
        Unit::Decade => (Unit::Year, 10),
        Unit::Century => (Unit::Year, 100),
        Unit::Year => (Unit::Month, 12),
        Unit::Quarter => (Unit::Month, 3),
        Unit::Month => (Unit::Day, 30),
        _ => (Unit::Day, 7),
    };
    let (one, two) = ((count + 2) / 3, (2 * count + 2) / 3);
    let single = matches!(unit, Unit::Year | Unit::Decade);
    let (first, end) = match part {
        4 if single => (0, 1),
        5 if single => (count - 1, count),
        1 | 4 => (0, one),
        2 => (one, two),
        _ => (two, count),
    };
    let from_part = step.add(from, first)?;
    let to_part = if end == count { to } else { calendar::add_days(step.add(from, end)?, -1)? };
    Some((from_part, to_part))
}
