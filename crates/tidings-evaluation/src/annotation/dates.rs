//! ISO days, months, years and intervals as first and last day.

use jiff::civil::Date;

/// Days that an interval open on one side reaches beyond the end that it has: ten years.
const OPEN: i64 = 3650;

/// From the first day to the last, counted from 1970.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Days {
    first: i64,
    last: i64,
}

impl Days {
    /// Reads `2016-08-11`, `2016-08`, `2016`, or `a/b` with either side `..`.
    pub fn parse(value: &str) -> Option<Self> {
        let mut ends = value.split('/');
        let first = ends.next()?;
        let last = ends.next_back().unwrap_or(first);
        match (day(first, false), day(last, true)) {
            (Some(first), Some(last)) => Some(Self { first, last }),
            (Some(first), None) => Some(Self { first, last: first + OPEN }),
            (None, Some(last)) => Some(Self { first: last - OPEN, last }),
            (None, None) => None,
        }
    }

    /// Days in both as a share of the days from the first of either to the last of either.
    pub fn common(self, other: Self) -> f64 {
        let common = self.last.min(other.last) - self.first.max(other.first) + 1;
        let all = self.last.max(other.last) - self.first.min(other.first) + 1;
        if common > 0 { common as f64 / all as f64 } else { 0.0 }
    }
}

/// The day, or the first or last of a month or year; what comes after ten letters (a time of day) is passed over.
fn day(text: &str, last: bool) -> Option<i64> {
    let text: String = text.trim().chars().take(10).collect();
    let numbers = text.split(|c: char| !c.is_ascii_digit()).filter(|n| !n.is_empty());
    let numbers: Vec<i64> = numbers.map(|n| n.parse().ok()).collect::<Option<_>>()?;
    match (*numbers.first()?, numbers.get(1), numbers.get(2)) {
        (year, Some(&month), Some(&day)) => ordinal(year, month, day),
        (year, Some(&month), None) if last => Some(ordinal(year + month / 12, month % 12 + 1, 1)? - 1),
        (year, Some(&month), None) => ordinal(year, month, 1),
        (year, None, _) if last => ordinal(year, 12, 31),
        (year, None, _) => ordinal(year, 1, 1),
    }
}

fn ordinal(year: i64, month: i64, day: i64) -> Option<i64> {
    let year = i16::try_from(year).ok().filter(|y| *y > 0)?;
    let date = Date::new(year, month.try_into().ok()?, day.try_into().ok()?).ok()?;
    Some(date.duration_since(Date::constant(1970, 1, 1)).as_hours() / 24)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn days(value: &str) -> Option<(i64, i64)> {
        Days::parse(value).map(|d| (d.first, d.last))
    }

    #[test]
    fn a_day_a_month_a_year_and_an_interval() {
        assert_eq!(days("1970-01-02"), Some((1, 1)));
        assert_eq!(days("1970-01-02T10:30"), Some((1, 1)));
        assert_eq!(days("1970-02"), Some((31, 58)));
        assert_eq!(days("1969-12"), Some((-31, -1)));
        assert_eq!(days("1970"), Some((0, 364)));
        assert_eq!(days("1970-01-03/1970-02"), Some((2, 58)));
    }

    #[test]
    fn an_open_interval_is_long_but_has_an_end() {
        assert_eq!(days("1970-01-01/.."), Some((0, OPEN)));
        assert_eq!(days("../1970-01-01"), Some((-OPEN, 0)));
        assert_eq!(days("../.."), None);
    }

    #[test]
    fn what_is_no_day_is_none() {
        for value in ["", "soon", "2016-02-30", "0000", "2016-13-01", "9999999999", "PAST_REF"] {
            assert_eq!(days(value), None, "{value}");
        }
    }

    #[test]
    fn shares_of_time() {
        let common = |a: &str, b: &str| Days::parse(a).unwrap().common(Days::parse(b).unwrap());
        assert_eq!(common("1971", "1971"), 1.0);
        assert!((common("1970-01-01", "1970-01") - 1.0 / 31.0).abs() < 1e-12);
        assert_eq!(common("1970", "1972"), 0.0);
    }
}
