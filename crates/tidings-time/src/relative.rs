//! Expressions that are counted from the day of publication or from a date told before.

use jiff::civil::{Date, Weekday};

use crate::absolute::narrowed;
use crate::calendar::{self, Unit};
use crate::expression::Expression;
use crate::lexicon::Class;
use crate::meaning::{Anchor, Context, Meaning, YEAR_BEFORE, precision};
use crate::pattern::{Amount, Rule};
use crate::tense::Tense;
use crate::{Precision, TimexKind};

const PUBLICATION: &str = "relative to publication";
const NO_REFERENCE: &str = "no day of publication to count from";
const NO_ANCHOR: &str = "no date told before to count from";
/// A bare plural ("days later") is taken for one to so many.
const BARE_PLURAL: i64 = 6;

/// The unit of an expression.
pub(crate) fn unit(e: &Expression) -> Option<Unit> {
    Unit::from_number(e.get(Class::Unit).or_else(|| e.get(Class::Units))?)
}

/// "Monday", "last Friday", "Thursday of last week".
pub(crate) fn weekday(e: &Expression, ctx: &Context) -> Option<Meaning> {
    let number = i8::try_from(e.get(Class::Weekday)?).ok()?;
    let weekday = Weekday::from_monday_one_offset(number).ok()?;
    let Some(reference) = ctx.reference else {
        return Some(Meaning::vague(format!("XXXX-WXX-{number}"), NO_REFERENCE));
    };
    let shift = e.get(Class::Shift);
    if e.rule == Rule::WeekdayOf {
        let monday = calendar::week(Unit::Week.add(reference, shift?)?)?.0;
        return Meaning::unit(Unit::Day, calendar::on_or_after(monday, weekday)?, PUBLICATION);
    }
    let future = ctx.tense == Tense::Future || matches!(e.before.as_str(), "until" | "till" | "by");
    let ahead = shift.is_some_and(|s| s > 0) || shift.is_none_or(|s| s == 0) && future;
    let strict = i64::from(shift.is_some_and(|s| s != 0));
    let day = if ahead {
        calendar::on_or_after(calendar::add_days(reference, strict)?, weekday)?
    } else {
        calendar::on_or_before(calendar::add_days(reference, -strict)?, weekday)?
    };
    let side = match (ahead, strict > 0) {
        (true, true) => "weekday after publication",
        (true, false) => "weekday on or after publication",
        (false, true) => "weekday before publication",
        (false, false) => "weekday on or before publication",
    };
    let basis = if strict > 0 { side.to_owned() } else { format!("{side} ({})", ctx.tense.reason()) };
    Meaning::unit(Unit::Day, day, basis)
}

/// "yesterday", "tonight", "this morning", "overnight", "the day after tomorrow".
pub(crate) fn day_name(e: &Expression, ctx: &Context) -> Option<Meaning> {
    let days = e.get(Class::DayName).or_else(|| e.get(Class::Shift)).unwrap_or(0);
    let Some(reference) = ctx.reference else { return Some(Meaning::vague("XXXX-XX-XX", NO_REFERENCE)) };
    let day = calendar::add_days(reference, if e.rule == Rule::TwoDays { 2 * days } else { days })?;
    let meaning = Meaning::unit(Unit::Day, day, PUBLICATION)?;
    Some(match e.rule {
        Rule::Overnight => {
            Meaning { interval: Some((calendar::add_days(day, -1)?, day)), ..part_of_day(meaning, 5) }
        }
        _ if e.get(Class::Tonight).is_some() => part_of_day(meaning, 5),
        _ => meaning,
    })
}

/// `2026-03-18TMO`.
pub(crate) fn part_of_day(mut meaning: Meaning, part: i64) -> Meaning {
    let code = match part {
        1 => "MO",
        2 => "MI",
        3 => "AF",
        4 => "EV",
        _ => "NI",
    };
    meaning.kind = TimexKind::Time;
    meaning.value = format!("{}T{code}", meaning.value);
    meaning
}

/// "last month", "this week", "the end of the year".
pub(crate) fn shift(e: &Expression, ctx: &Context) -> Option<Meaning> {
    let unit = unit(e).filter(|u| *u >= Unit::Day)?;
    let shift = e.get(Class::Shift).unwrap_or(0);
    let Some(reference) = ctx.reference else {
        return Some(Meaning::vague(unknown(unit), NO_REFERENCE));
    };
    let day = unit.add(reference, shift)?;
    let meaning = Meaning::unit(unit, day, format!("{} of publication{}", unit.name(), steps(shift)))?;
    Some(narrowed(e, meaning, unit))
}

/// "in the quarter", "throughout the day": the one told before, else that of publication.
pub(crate) fn current(e: &Expression, ctx: &Context) -> Option<Meaning> {
    let unit = unit(e).filter(|u| *u >= Unit::Day)?;
    if let Some(anchor) = ctx.exactly(unit) {
        return Meaning::unit(unit, anchor.interval.0, format!("{} of \"{}\"", unit.name(), anchor.words));
    }
    if unit == Unit::Quarter && ctx.tense == Tense::Past { latest(e, ctx) } else { shift(e, ctx) }
}

/// "the latest month", "the quarter" that figures are told of: the last one that is over.
pub(crate) fn latest(e: &Expression, ctx: &Context) -> Option<Meaning> {
    let unit = unit(e).filter(|u| *u >= Unit::Day)?;
    let Some(reference) = ctx.reference else { return Some(Meaning::vague(unknown(unit), NO_REFERENCE)) };
    Meaning::unit(unit, unit.add(reference, -1)?, format!("{} before publication", unit.name()))
}

/// "The day began badly": the last day told, else that of publication.
pub(crate) fn same_day(ctx: &Context) -> Option<Meaning> {
    match (ctx.exactly(Unit::Day), ctx.reference) {
        (Some(anchor), _) => {
            Meaning::unit(Unit::Day, anchor.interval.0, format!("day of \"{}\"", anchor.words))
        }
        (None, Some(reference)) => Meaning::unit(Unit::Day, reference, PUBLICATION),
        (None, None) => Some(Meaning::vague("XXXX-XX-XX", NO_REFERENCE)),
    }
}

/// "will open in two weeks": counted forth from publication.
pub(crate) fn ahead(e: &Expression, ctx: &Context) -> Option<Meaning> {
    let reference = ctx.reference.filter(|_| e.before == "in" && ctx.tense == Tense::Future)?;
    counted(reference, Some(e.captures.amount?), unit(e)?, 1, PUBLICATION)
}

fn steps(shift: i64) -> &'static str {
    match shift {
        0 => "",
        s if s < 0 => ", one back",
        _ => ", one on",
    }
}

/// The form of a unit's value with nothing known.
fn unknown(unit: Unit) -> &'static str {
    match unit {
        Unit::Week | Unit::Fortnight => "XXXX-WXX",
        Unit::Weekend => "XXXX-WXX-WE",
        Unit::Month => "XXXX-XX",
        Unit::Quarter => "XXXX-QX",
        Unit::Year => "XXXX",
        Unit::Decade => "XXXX",
        Unit::Century => "XX",
        _ => "XXXX-XX-XX",
    }
}

/// "the weekend": the last one in the past tense, else the coming one.
pub(crate) fn weekend(ctx: &Context) -> Option<Meaning> {
    let Some(reference) = ctx.reference else { return Some(Meaning::vague("XXXX-WXX-WE", NO_REFERENCE)) };
    let begins = Unit::Weekend.around(reference)?.0;
    let back = ctx.tense != Tense::Future && begins > reference;
    let day = if back { Unit::Week.add(reference, -1)? } else { reference };
    Meaning::unit(Unit::Weekend, day, format!("weekend nearest to publication ({})", ctx.tense.reason()))
}

/// "earlier this week", "later this year".
pub(crate) fn within(e: &Expression, ctx: &Context) -> Option<Meaning> {
    let unit = unit(e).filter(|u| *u >= Unit::Day)?;
    let Some(reference) = ctx.reference else { return Some(Meaning::vague(unknown(unit), NO_REFERENCE)) };
    let (from, to) = unit.around(reference)?;
    let (interval, basis) = match e.rule {
        Rule::Elapsed => ((from, reference), "up to publication"),
        _ => ((reference, to), "from publication on"),
    };
    let basis = format!("{} of publication, {basis}", unit.name());
    Some(Meaning::date(unit.value(reference), Some(interval), Precision::Interval, basis))
}

/// "three days ago", "two weeks from now".
pub(crate) fn from_publication(e: &Expression, ctx: &Context) -> Option<Meaning> {
    let sign = if e.rule == Rule::Ago { -1 } else { 1 };
    let unit = unit(e)?;
    if sign < 0 && is_year_before_quarter(e, ctx, unit) {
        return year_ago(ctx);
    }
    let Some(reference) = ctx.reference else { return Some(Meaning::vague(far(sign), NO_REFERENCE)) };
    Some(
        counted(reference, e.captures.amount, unit, sign, PUBLICATION)
            .unwrap_or_else(|| Meaning::vague(far(sign), "beyond the calendar")),
    )
}

/// "the year-ago quarter", and "a year ago" beside a quarter: that quarter of the year before.
pub(crate) fn year_ago(ctx: &Context) -> Option<Meaning> {
    if let Some(anchor) = ctx.quarter() {
        let day = Unit::Year.add(anchor.interval.0, -1)?;
        return Meaning::unit(Unit::Quarter, day, format!("{YEAR_BEFORE} \"{}\"", anchor.words));
    }
    let Some(reference) = ctx.reference else { return Some(Meaning::vague("PAST_REF", NO_REFERENCE)) };
    Meaning::unit(Unit::Year, Unit::Year.add(reference, -1)?, PUBLICATION)
}

/// Whether an expression says "a year ago" or "a year earlier" of a quarter.
fn is_year_before_quarter(e: &Expression, ctx: &Context, unit: Unit) -> bool {
    let one = e.captures.amount.is_some_and(|a| a.stated == Some(1) && !a.rough);
    // Nothing more exact than a quarter was told since.
    unit == Unit::Year && one && ctx.quarter().is_some()
}

/// "two days later": counted from what was told before; "a day earlier" with nothing told, from publication.
pub(crate) fn apart(e: &Expression, ctx: &Context) -> Option<Meaning> {
    let sign = e.get(Class::Apart)?;
    let unit = unit(e)?;
    if sign < 0 && is_year_before_quarter(e, ctx, unit) {
        return year_ago(ctx);
    }
    match (ctx.story(unit), ctx.reference) {
        (Some(anchor), _) => from_story(e, ctx, &anchor, unit, sign),
        (None, Some(reference)) if sign < 0 => counted(reference, e.captures.amount, unit, sign, PUBLICATION),
        _ => Some(Meaning::vague(far(sign), NO_ANCHOR)),
    }
}

/// Counted from a date told before; roughly, where that date is rougher than the unit.
fn from_story(e: &Expression, ctx: &Context, anchor: &Anchor, unit: Unit, sign: i64) -> Option<Meaning> {
    let basis = format!("relative to \"{}\"", anchor.words);
    let amount = e.captures.amount;
    let (from, to) = anchor.interval;
    let mut meaning = counted(if sign < 0 { from } else { to }, amount, unit, sign, &basis)?;
    if anchor.timex.precision > precision(unit) {
        let other = counted(if sign < 0 { to } else { from }, amount, unit, sign, &basis)?;
        let ends = meaning.interval.zip(other.interval);
        meaning.interval = ends.map(|((a, b), (c, d))| (a.min(c), b.max(d)));
        (meaning.precision, meaning.value) = (Precision::Approximate, far(sign).to_owned());
    }
    // What is told in the past tense cannot lie ahead: then it was counted from something else.
    let ahead = meaning.interval.zip(ctx.reference).is_some_and(|((from, _), day)| from > day);
    if ahead && ctx.tense == Tense::Past { Some(Meaning::vague(far(sign), NO_ANCHOR)) } else { Some(meaning) }
}

fn far(sign: i64) -> &'static str {
    if sign < 0 { "PAST_REF" } else { "FUTURE_REF" }
}

/// So many units from a date: the whole unit, rough where the number is.
fn counted(start: Date, amount: Option<Amount>, unit: Unit, sign: i64, basis: &str) -> Option<Meaning> {
    let Some(amount) = amount else {
        let (near, distant) = (unit.add(start, sign)?, unit.add(start, sign * BARE_PLURAL)?);
        let interval = (near.min(distant), near.max(distant));
        return Some(Meaning::date(far(sign).to_owned(), Some(interval), Precision::Approximate, basis));
    };
    let day = unit.add(start, amount.count.checked_mul(sign)?)?;
    let mut meaning = Meaning::unit(unit, day, basis)?;
    if amount.rough || unit < Unit::Day {
        meaning.precision = Precision::Approximate;
    }
    if amount.stated.is_none() {
        meaning.value = far(sign).to_owned();
    }
    Some(meaning)
}

/// "the following day", "the week before", "the previous Friday".
pub(crate) fn order(e: &Expression, ctx: &Context) -> Option<Meaning> {
    let sign = match e.rule {
        Rule::DayBefore => -1,
        Rule::DayAfter => 1,
        _ => e.get(Class::Order)?,
    };
    let unit = unit(e).unwrap_or(Unit::Day);
    let Some(anchor) = ctx.anchor(unit) else { return Some(Meaning::vague(far(sign), NO_ANCHOR)) };
    let start = if sign < 0 { anchor.interval.0 } else { anchor.interval.1 };
    let basis = format!("relative to \"{}\"", anchor.words);
    let number = e.get(Class::Weekday).and_then(|w| i8::try_from(w).ok());
    let weekday = number.and_then(|w| Weekday::from_monday_one_offset(w).ok());
    let day = match weekday {
        Some(weekday) if sign < 0 => calendar::on_or_before(calendar::add_days(start, -1)?, weekday)?,
        Some(weekday) => calendar::on_or_after(calendar::add_days(start, 1)?, weekday)?,
        None => unit.add(start, sign)?,
    };
    Meaning::unit(unit, day, basis)
}

/// "the day after the attack", not yet counted.
pub(crate) fn beside_event(e: &Expression) -> Option<Meaning> {
    let unit = unit(e).filter(|u| *u >= Unit::Day)?;
    Some(Meaning::vague(unknown(unit), "counted from an event whose day is not told"))
}

/// "the same day", "that week".
pub(crate) fn same(e: &Expression, ctx: &Context) -> Option<Meaning> {
    let unit = unit(e).unwrap_or(Unit::Day);
    let Some(anchor) = ctx.anchor(unit).filter(|_| unit >= Unit::Day) else {
        return Some(Meaning::vague(unknown(unit), NO_ANCHOR));
    };
    Meaning::unit(unit, anchor.interval.0, format!("{} of \"{}\"", unit.name(), anchor.words))
}

/// "since then", "by then".
pub(crate) fn then(e: &Expression, ctx: &Context) -> Option<Meaning> {
    let Some(anchor) = ctx.anchor(Unit::Century) else { return Some(Meaning::vague("PAST_REF", NO_ANCHOR)) };
    let basis = format!("relative to \"{}\"", anchor.words);
    let value = anchor.timex.value.clone();
    match ctx.reference.filter(|_| e.get(Class::Since).is_some()) {
        Some(reference) => {
            let interval = (anchor.interval.0, reference.max(anchor.interval.0));
            Some(Meaning::date(
                value,
                Some(interval),
                Precision::Interval,
                format!("from \"{}\" to publication", anchor.words),
            ))
        }
        None => Some(Meaning::date(value, Some(anchor.interval), anchor.timex.precision, basis)),
    }
}

/// "the last three weeks", "the coming days".
pub(crate) fn stretch(e: &Expression, ctx: &Context) -> Option<Meaning> {
    let unit = unit(e)?;
    let sign = if e.rule == Rule::FutureStretch { 1 } else { -1 };
    let one = Amount { count: 1, stated: Some(1), rough: false };
    let amount = e.captures.amount.or_else(|| e.get(Class::Unit).map(|_| one));
    let value = unit.duration(amount.and_then(|a| a.stated));
    let (Some(reference), Some(amount)) = (ctx.reference, amount) else {
        let basis = if amount.is_some() { NO_REFERENCE } else { "the words give no number" };
        return Some(Meaning::vague(value, basis));
    };
    let end = unit.add(reference, amount.count.checked_mul(sign)?)?;
    let precision = if amount.rough { Precision::Approximate } else { Precision::Interval };
    let interval = (reference.min(end), reference.max(end));
    Some(Meaning::date(
        value,
        Some(interval),
        precision,
        if sign < 0 { "up to publication" } else { "from publication on" },
    ))
}

/// "now", "recently", "soon".
pub(crate) fn reference(value: i64, ctx: &Context) -> Meaning {
    match (value, ctx.reference) {
        (0, Some(day)) => {
            Meaning::date("PRESENT_REF".to_owned(), Some((day, day)), precision(Unit::Day), "at publication")
        }
        (0, None) => Meaning::vague("PRESENT_REF", NO_REFERENCE),
        (v, _) if v < 0 => Meaning::vague("PAST_REF", "before publication"),
        _ => Meaning::vague("FUTURE_REF", "after publication"),
    }
}
