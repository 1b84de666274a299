//! Days with a name: fixed in the calendar, counted from Easter, or a weekday of a month.

use jiff::civil::{Date, Weekday};

use crate::calendar;

/// How the day of a feast is found in a year.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Feast {
    /// Month and day.
    Fixed(i8, i8),
    /// Days after Easter Sunday of the western churches.
    Easter(i64),
    /// Month, which one (-1 the last), and the weekday.
    Nth(i8, i8, Weekday),
}

impl Feast {
    /// "12-25", "easter-2", "11/4/4" (the fourth Thursday of November).
    pub(crate) fn parse(text: &str) -> Option<Feast> {
        if let Some(days) = text.strip_prefix("easter") {
            return Some(Feast::Easter(days.parse().ok()?));
        }
        if let Some((month, day)) = text.split_once('-').filter(|_| !text.contains('/')) {
            return Some(Feast::Fixed(month.parse().ok()?, day.parse().ok()?));
        }
        let mut parts = text.split('/').map(|p| p.parse::<i8>().ok());
        let (month, nth, weekday) = (parts.next()??, parts.next()??, parts.next()??);
        Some(Feast::Nth(month, nth, Weekday::from_monday_one_offset(weekday).ok()?))
    }

    /// TIMEX3 value where the year is not known.
    pub(crate) fn unknown(self) -> String {
        match self {
            Feast::Fixed(month, day) => format!("XXXX-{month:02}-{day:02}"),
            Feast::Easter(_) => "XXXX-XX-XX".to_owned(),
            Feast::Nth(month, ..) => format!("XXXX-{month:02}-XX"),
        }
    }

    /// Its day in a year.
    pub(crate) fn day(self, year: i16) -> Option<Date> {
        match self {
            Feast::Fixed(month, day) => calendar::day(year, month, day),
            Feast::Easter(days) => calendar::add_days(easter(year)?, days),
            Feast::Nth(month, nth, weekday) => {
                calendar::day(year, month, 1)?.nth_weekday_of_month(nth, weekday).ok()
            }
        }
    }
}

/// Easter Sunday by the Gregorian rule: the Sunday after the full moon that the tables give on or after 21 March.
fn easter(year: i16) -> Option<Date> {
    let year = i32::from(year);
    let golden = year.rem_euclid(19);
    let century = year.div_euclid(100);
    // Corrections of the sun's and the moon's calendar, then the age of the moon.
    let moon = (century - century / 4 - (8 * century + 13) / 25 + 19 * golden + 15).rem_euclid(30);
    let full = moon - i32::from(moon == 29 || moon == 28 && golden > 10);
    let weekday = (year + year / 4 + full + 2 - century + century / 4).rem_euclid(7);
    let days = full - weekday;
    calendar::add_days(calendar::day(i16::try_from(year).ok()?, 3, 28)?, i64::from(days))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn easter_of_known_years() {
        for day in
            ["1818-03-22", "1943-04-25", "1981-04-19", "2000-04-23", "2013-03-31", "2019-04-21", "2024-03-31"]
        {
            let day: Date = day.parse().unwrap();
            assert_eq!(Feast::Easter(0).day(day.year()), Some(day));
        }
    }

    #[test]
    fn weekdays_of_a_month() {
        let day =
            |text: &str, year| Feast::parse(text).and_then(|f| f.day(year)).map(|d| d.to_string()).unwrap();
        assert_eq!(day("11/4/4", 2025), "2025-11-27");
        assert_eq!(day("5/-1/1", 2024), "2024-05-27");
        assert_eq!(day("easter-2", 2024), "2024-03-29");
        assert_eq!(day("12-25", 2024), "2024-12-25");
        assert_eq!(Feast::parse("easter"), None);
        assert_eq!(Feast::parse("13"), None);
    }
}
