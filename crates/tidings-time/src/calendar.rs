//! Arithmetic on days and the stretches that words name; nothing here knows words.

use jiff::civil::{Date, Weekday};
use jiff::{Span as Length, ToSpan};

/// First and last day, inclusive.
pub(crate) type Interval = (Date, Date);

/// Units of the calendar, as the tables number them.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Unit {
    Second,
    Minute,
    Hour,
    Day,
    Week,
    Fortnight,
    Weekend,
    Month,
    Quarter,
    Year,
    Decade,
    Century,
}

impl Unit {
    const ALL: [Unit; 12] = [
        Unit::Second,
        Unit::Minute,
        Unit::Hour,
        Unit::Day,
        Unit::Week,
        Unit::Fortnight,
        Unit::Weekend,
        Unit::Month,
        Unit::Quarter,
        Unit::Year,
        Unit::Decade,
        Unit::Century,
    ];

    /// By its number in `data/time/words.tsv`.
    pub(crate) fn from_number(number: i64) -> Option<Unit> {
        Unit::ALL.get(usize::try_from(number).ok()?).copied()
    }

    /// TIMEX3 duration: `P3W`, `PT2H`, `PXD` for an unknown number.
    pub(crate) fn duration(self, count: Option<i64>) -> String {
        let times =
            |factor: i64| count.map_or_else(|| "X".to_owned(), |n| n.saturating_mul(factor).to_string());
        match self {
            Unit::Second => format!("PT{}S", times(1)),
            Unit::Minute => format!("PT{}M", times(1)),
            Unit::Hour => format!("PT{}H", times(1)),
            Unit::Day => format!("P{}D", times(1)),
            Unit::Week => format!("P{}W", times(1)),
            Unit::Fortnight => format!("P{}W", times(2)),
            Unit::Weekend => format!("P{}WE", times(1)),
            Unit::Month => format!("P{}M", times(1)),
            Unit::Quarter => format!("P{}Q", times(1)),
            Unit::Year => format!("P{}Y", times(1)),
            Unit::Decade => format!("P{}DE", times(1)),
            Unit::Century => format!("P{}CE", times(1)),
        }
    }

    /// A day of this unit `count` units after `date`; none outside the calendar.
    pub(crate) fn add(self, date: Date, count: i64) -> Option<Date> {
        let zero = Length::new();
        let length = match self {
            Unit::Second | Unit::Minute => Ok(zero),
            Unit::Hour => zero.try_days(count / 24),
            Unit::Day => zero.try_days(count),
            Unit::Week | Unit::Weekend => zero.try_weeks(count),
            Unit::Fortnight => zero.try_weeks(count.checked_mul(2)?),
            Unit::Month => zero.try_months(count),
            Unit::Quarter => zero.try_months(count.checked_mul(3)?),
            Unit::Year => zero.try_years(count),
            Unit::Decade => zero.try_years(count.checked_mul(10)?),
            Unit::Century => zero.try_years(count.checked_mul(100)?),
        };
        date.checked_add(length.ok()?).ok()
    }

    /// The whole unit that `date` lies in.
    pub(crate) fn around(self, date: Date) -> Option<Interval> {
        let year = date.year();
        match self {
            Unit::Second | Unit::Minute | Unit::Hour | Unit::Day => Some((date, date)),
            Unit::Week | Unit::Fortnight => week(date),
            Unit::Weekend => Some((add_days(week(date)?.1, -1)?, week(date)?.1)),
            Unit::Month => month(year, date.month()),
            Unit::Quarter => quarter(year, (date.month() - 1) / 3 + 1),
            Unit::Year => years(year, 1),
            Unit::Decade => years(year - year.rem_euclid(10), 10),
            Unit::Century => years(year - (year - 1).rem_euclid(100), 100),
        }
    }

    /// TIMEX3 value of the whole unit that `date` lies in.
    pub(crate) fn value(self, date: Date) -> String {
        let week = date.iso_week_date();
        match self {
            Unit::Second | Unit::Minute | Unit::Hour | Unit::Day => date.to_string(),
            Unit::Week | Unit::Fortnight => format!("{:04}-W{:02}", week.year(), week.week()),
            Unit::Weekend => format!("{:04}-W{:02}-WE", week.year(), week.week()),
            Unit::Month => format!("{:04}-{:02}", date.year(), date.month()),
            Unit::Quarter => format!("{:04}-Q{}", date.year(), (date.month() - 1) / 3 + 1),
            Unit::Year => format!("{:04}", date.year()),
            Unit::Decade => format!("{:03}", date.year().div_euclid(10)),
            Unit::Century => format!("{:02}", date.year().div_euclid(100)),
        }
    }

    /// Name for explanations.
    pub(crate) fn name(self) -> &'static str {
        match self {
            Unit::Second => "second",
            Unit::Minute => "minute",
            Unit::Hour => "hour",
            Unit::Day => "day",
            Unit::Week => "week",
            Unit::Fortnight => "fortnight",
            Unit::Weekend => "weekend",
            Unit::Month => "month",
            Unit::Quarter => "quarter",
            Unit::Year => "year",
            Unit::Decade => "decade",
            Unit::Century => "century",
        }
    }
}

/// A day of the calendar, if there is such a day.
pub(crate) fn day(year: i16, month: i8, day: i8) -> Option<Date> {
    Date::new(year, month, day).ok()
}

pub(crate) fn add_days(date: Date, days: i64) -> Option<Date> {
    Unit::Day.add(date, days)
}

/// A whole month.
pub(crate) fn month(year: i16, month: i8) -> Option<Interval> {
    let first = day(year, month, 1)?;
    Some((first, first.last_of_month()))
}

/// The first to the third month of a quarter 1 to 4.
pub(crate) fn quarter(year: i16, number: i8) -> Option<Interval> {
    let last = number.checked_mul(3)?;
    Some((day(year, last - 2, 1)?, month(year, last)?.1))
}

/// The first or second half of a year.
pub(crate) fn half(year: i16, number: i8) -> Option<Interval> {
    let last = number.checked_mul(6)?;
    Some((day(year, last - 5, 1)?, month(year, last)?.1))
}

/// `count` whole years from `first`.
pub(crate) fn years(first: i16, count: i16) -> Option<Interval> {
    Some((day(first, 1, 1)?, day(first.checked_add(count - 1)?, 12, 31)?))
}

/// Seasons of the northern half of the earth as meteorologists count them: 1 spring (from March) to 4 winter (from
/// December into the next year).
pub(crate) fn season(year: i16, number: i8) -> Option<Interval> {
    let first = day(year, number.checked_mul(3)?, 1)?;
    Some((first, first.checked_add(2.months()).ok()?.last_of_month()))
}

/// Monday to Sunday.
pub(crate) fn week(date: Date) -> Option<Interval> {
    let monday = add_days(date, -i64::from(date.weekday().to_monday_zero_offset()))?;
    Some((monday, add_days(monday, 6)?))
}

/// The last `weekday` that is not after `date`.
pub(crate) fn on_or_before(date: Date, weekday: Weekday) -> Option<Date> {
    add_days(date, -i64::from(date.weekday().since(weekday)))
}

/// The first `weekday` that is not before `date`.
pub(crate) fn on_or_after(date: Date, weekday: Weekday) -> Option<Date> {
    add_days(date, i64::from(date.weekday().until(weekday)))
}

/// `2016-08-09`, `2016-08`, `2016`, or two of one kind with a stroke between.
pub(crate) fn interval_text((from, to): Interval) -> String {
    let month_ends = from.day() == 1 && to == to.last_of_month();
    let text = |date: Date| {
        if month_ends && from.month() == 1 && to.month() == 12 {
            format!("{:04}", date.year())
        } else if month_ends {
            format!("{:04}-{:02}", date.year(), date.month())
        } else {
            date.to_string()
        }
    };
    let (first, last) = (text(from), text(to));
    if first == last { first } else { format!("{first}/{last}") }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(text: &str) -> Date {
        text.parse().unwrap()
    }

    #[test]
    fn stretches_are_written_as_short_as_they_can_be() {
        assert_eq!(interval_text((at("2024-02-29"), at("2024-02-29"))), "2024-02-29");
        assert_eq!(interval_text((at("2024-02-01"), at("2024-02-29"))), "2024-02");
        assert_eq!(interval_text((at("2024-01-01"), at("2024-12-31"))), "2024");
        assert_eq!(interval_text((at("2023-09-01"), at("2023-12-31"))), "2023-09/2023-12");
        assert_eq!(interval_text((at("2021-01-01"), at("2023-12-31"))), "2021/2023");
        assert_eq!(interval_text((at("2021-01-01"), at("2023-12-30"))), "2021-01-01/2023-12-30");
    }

    #[test]
    fn units_surround_a_day() {
        let around = |unit: Unit| Unit::around(unit, at("2026-03-18")).map(interval_text).unwrap();
        assert_eq!(around(Unit::Week), "2026-03-16/2026-03-22");
        assert_eq!(around(Unit::Weekend), "2026-03-21/2026-03-22");
        assert_eq!(around(Unit::Quarter), "2026-01/2026-03");
        assert_eq!(around(Unit::Decade), "2020/2029");
        assert_eq!(around(Unit::Century), "2001/2100");
        assert_eq!(Unit::Week.value(at("2027-01-01")), "2026-W53");
    }

    #[test]
    fn winter_runs_into_the_next_year() {
        assert_eq!(season(2023, 4).map(interval_text).unwrap(), "2023-12/2024-02");
        assert_eq!(season(2023, 1).map(interval_text).unwrap(), "2023-03/2023-05");
    }

    #[test]
    fn weekdays_are_found_on_both_sides() {
        let wednesday = at("2026-03-18");
        assert_eq!(on_or_before(wednesday, Weekday::Wednesday), Some(wednesday));
        assert_eq!(on_or_before(wednesday, Weekday::Thursday), Some(at("2026-03-12")));
        assert_eq!(on_or_after(wednesday, Weekday::Tuesday), Some(at("2026-03-24")));
    }

    #[test]
    fn the_end_of_the_calendar_is_no_panic() {
        assert_eq!(Unit::Century.add(at("2026-03-18"), i64::MAX), None);
        assert_eq!(Unit::Year.add(at("2026-03-18"), -500_000_000), None);
        assert_eq!(Unit::Day.add(Date::MAX, 1), None);
        assert_eq!(week(Date::MAX), None);
    }
}
