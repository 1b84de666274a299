//! From an expression to its meaning: one function per rule, then what its surroundings add.

use crate::calendar::Unit;
use crate::expression::Expression;
use crate::lexicon::Class;
use crate::meaning::{Context, Meaning};
use crate::pattern::Rule;
use crate::relative::unit;
use crate::tense::Tense;
use crate::{Precision, TimexKind, absolute, calendar, relative};

/// What an expression means; none where it turns out to be no time expression (30 February).
pub(crate) fn resolve(e: &Expression, ctx: &Context) -> Option<Meaning> {
    let meaning = by_rule(e, ctx)?;
    let meaning = match e.get(Class::DayPart) {
        Some(part) if meaning.kind == TimexKind::Date => relative::part_of_day(meaning, part),
        _ => meaning,
    };
    Some(since(e, ctx, at_clock(e, meaning)))
}

fn by_rule(e: &Expression, ctx: &Context) -> Option<Meaning> {
    match e.rule {
        Rule::Date => absolute::date(e, ctx),
        Rule::ShiftMonth => absolute::shifted_month(e, ctx),
        Rule::Half => absolute::half(e, ctx),
        Rule::Quarter => absolute::quarter(e, ctx),
        Rule::WeekOf => absolute::week_of(e, ctx),
        Rule::Year => absolute::year(e),
        Rule::Century => absolute::century(e),
        Rule::Season => absolute::season(e, ctx),
        Rule::Weekday | Rule::WeekdayOf => relative::weekday(e, ctx),
        Rule::DayName | Rule::TwoDays | Rule::Overnight => relative::day_name(e, ctx),
        Rule::Shift => relative::shift(e, ctx),
        Rule::Weekend => relative::weekend(ctx),
        Rule::Elapsed | Rule::Remaining => relative::within(e, ctx),
        Rule::Ago | Rule::FromNow => relative::from_publication(e, ctx),
        Rule::Apart => relative::apart(e, ctx),
        Rule::DayBefore | Rule::DayAfter if e.event.is_some() => relative::beside_event(e),
        Rule::Order | Rule::DayBefore | Rule::DayAfter => relative::order(e, ctx),
        Rule::Same => relative::same(e, ctx),
        Rule::Then => relative::then(e, ctx),
        Rule::PastStretch | Rule::FutureStretch => relative::stretch(e, ctx),
        Rule::Recent => Some(Meaning::vague(unit(e)?.duration(None), "before publication")),
        Rule::Reference => Some(relative::reference(e.get(Class::Ref)?, ctx)),
        Rule::Now => Some(relative::reference(0, ctx)),
        Rule::Bygone => Some(relative::reference(-1, ctx)),
        Rule::Soon => Some(relative::reference(1, ctx)),
        Rule::Duration | Rule::Stretch => duration(e, ctx),
        Rule::DayOfMonth => absolute::day_of_month(e, ctx),
        Rule::DayPart => Some(day_told(ctx)),
        Rule::Current => relative::current(e, ctx),
        Rule::Latest => relative::latest(e, ctx),
        Rule::Ended if unit(e)? == Unit::Quarter => relative::current(e, ctx),
        Rule::Ended => duration(e, ctx),
        Rule::Feast => absolute::feast(e, ctx),
        Rule::Subject => relative::same_day(ctx),
        Rule::Fiscal => absolute::fiscal(e),
        Rule::FiscalUnit => absolute::fiscal_unit(e, ctx),
        Rule::YearAgo => relative::year_ago(ctx),
        Rule::Set => set(e),
        Rule::Clock => Some(day_told(ctx)),
        Rule::Vague => Some(Meaning::vague("XXXX-XX-XX", "a name that no day is fixed for")),
        Rule::None => None,
    }
}

/// "three months", "half an hour"; "has ruled for three months" ends now.
fn duration(e: &Expression, ctx: &Context) -> Option<Meaning> {
    let unit = unit(e)?;
    let value = match (e.captures.amount, e.with_half) {
        (Some(amount), true) => and_a_half(&unit.duration(amount.stated)),
        (Some(amount), false) => unit.duration(amount.stated),
        (None, true) => half(unit)?.to_owned(),
        // "the whole day" is one, "for days" is not said.
        (None, false) => unit.duration(e.get(Class::Units).is_none().then_some(1)),
    };
    if let Some(ahead) = relative::ahead(e, ctx) {
        return Some(ahead);
    }
    let now = ctx.reference.filter(|_| ctx.perfect && matches!(e.before.as_str(), "for" | "in"));
    let interval =
        now.zip(e.captures.amount).and_then(|(day, amount)| Some((unit.add(day, -amount.count)?, day)));
    let basis = if interval.is_some() { "counted back from publication" } else { "a length of time" };
    Some(Meaning {
        kind: TimexKind::Duration,
        value,
        interval,
        precision: Precision::Duration,
        basis: basis.to_owned(),
    })
}

/// `P2Y` with a half: `P2.5Y`.
fn and_a_half(value: &str) -> String {
    let end = value.rfind(|c: char| c.is_ascii_digit()).map_or(value.len(), |i| i + 1);
    let (head, tail) = value.split_at(end);
    format!("{head}.5{tail}")
}

fn half(unit: Unit) -> Option<&'static str> {
    match unit {
        Unit::Hour => Some("PT30M"),
        Unit::Day => Some("PT12H"),
        Unit::Year => Some("P6M"),
        Unit::Decade => Some("P5Y"),
        Unit::Century => Some("P50Y"),
        _ => None,
    }
}

/// "every week", "Fridays", "daily".
fn set(e: &Expression) -> Option<Meaning> {
    let value = match (e.get(Class::Weekday).or_else(|| e.get(Class::Weekdays)), e.get(Class::DayPart)) {
        _ if e.get(Class::Month).is_some() => format!("XXXX-{:02}", e.get(Class::Month)?),
        (Some(weekday), _) => format!("XXXX-WXX-{weekday}"),
        (None, Some(_)) => "XXXX-XX-XX".to_owned(),
        (None, None) => {
            let unit = unit(e).or_else(|| Unit::from_number(e.get(Class::Freq)?))?;
            let one = if e.every_other { 2 } else { 1 };
            let every = e.captures.amount.filter(|_| !e.counts_times).map_or(Some(one), |a| a.stated);
            unit.duration(every)
        }
    };
    let value = match e.get(Class::DayPart) {
        Some(part) => relative::part_of_day(Meaning::vague(value, ""), part).value,
        None => value,
    };
    Some(Meaning {
        kind: TimexKind::Set,
        value,
        interval: None,
        precision: Precision::Vague,
        basis: "recurs".to_owned(),
    })
}

/// The day that a time of day belongs to: the last one told in its sentence, else that of publication.
fn day_told(ctx: &Context) -> Meaning {
    let told = ctx.anchor(Unit::Day).filter(|a| a.timex.sentence == ctx.sentence);
    let day = told.as_ref().map(|a| a.interval.0).or(ctx.reference);
    let basis =
        told.map_or_else(|| "relative to publication".to_owned(), |a| format!("relative to \"{}\"", a.words));
    match day {
        Some(day) => Meaning::date(day.to_string(), Some((day, day)), Precision::Day, basis),
        None => Meaning::vague("XXXX-XX-XX", "no day of publication to count from"),
    }
}

/// Adds the time of day to a day.
fn at_clock(e: &Expression, mut meaning: Meaning) -> Meaning {
    let Some(minutes) = e.get(Class::Clock) else { return meaning };
    meaning.kind = TimexKind::Time;
    meaning.value = format!("{}T{:02}:{:02}", meaning.value, minutes / 60, minutes % 60);
    if meaning.interval.is_some() {
        meaning.precision = Precision::Minute;
    }
    meaning
}

/// "since 2011": up to publication.
fn since(e: &Expression, ctx: &Context, mut meaning: Meaning) -> Meaning {
    let open = e.before == "since" && meaning.kind == TimexKind::Date && !e.to_next;
    if let Some(((from, to), reference)) = meaning.interval.zip(ctx.reference).filter(|_| open)
        && to < reference
    {
        meaning.interval = Some((from, reference));
        meaning.precision = Precision::Interval;
        meaning.basis.push_str(", up to publication");
    }
    meaning
}

/// The stretch from one expression to the next. The first takes its year from the second, or comes before it; of two
/// weekdays ahead the second comes after the first.
pub(crate) fn range(
    first: &Meaning,
    e: &Expression,
    second: &Meaning,
    tense: Tense,
) -> Option<calendar::Interval> {
    let ((mut from, _), (_, mut to)) = (first.interval?, second.interval?);
    let weekday = e.get(Class::Weekday).is_some();
    let step = if weekday { Unit::Week } else { Unit::Year };
    if weekday && tense == Tense::Future && to < from {
        to = step.add(to, 1)?;
    }
    let fixed = e.get(Class::Year).is_some() || e.get(Class::IsoDate).is_some();
    if !fixed {
        for _ in 0..200 {
            let Some(next) = step.add(from, 1).filter(|next| *next <= to) else { break };
            from = next;
        }
        for _ in 0..2 {
            if from > to {
                from = step.add(from, -1)?;
            }
        }
    }
    (from <= to).then_some((from, to))
}
