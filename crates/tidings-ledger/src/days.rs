//! Days as the ledger counts them: whole days since 1970-01-01, which compare and subtract.

use jiff::civil::Date;
use jiff::{Span, Timestamp};

const EPOCH: Date = jiff::civil::date(1970, 1, 1);

/// The last moment of a day (UTC), which is what "as of a day" means; none for a day that no clock reaches.
pub fn end_of(day: Date) -> Option<Timestamp> {
    format!("{day}T23:59:59.999999Z").parse().ok()
}

/// A moment, or the last one of a day, as it is written.
pub fn moment(text: &str) -> Option<Timestamp> {
    text.parse().ok().or_else(|| text.parse().ok().and_then(end_of))
}

/// First and last day of a value of the records: a day, a month, a year, or two of these with a slash between.
pub(crate) fn interval(value: &str) -> Option<(i32, i32)> {
    let (first, last) = value.split_once('/').unwrap_or((value, value));
    let (first, last) = (period(first)?.0, period(last)?.1);
    (first <= last).then_some((first, last))
}

fn period(value: &str) -> Option<(i32, i32)> {
    let mut fields = value.split('-');
    let year: i16 = fields.next()?.parse().ok()?;
    let month: Option<i8> = fields.next().map(str::parse).transpose().ok()?;
    let day: Option<i8> = fields.next().map(str::parse).transpose().ok()?;
    let first = Date::new(year, month.unwrap_or(1), day.unwrap_or(1)).ok()?;
    let last = match (month, day) {
        (_, Some(_)) => first,
        (Some(_), None) => first.last_of_month(),
        (None, None) => first.last_of_year(),
    };
    Some((count(first)?, count(last)?))
}

/// First and last day of a period that begins with `first`.
pub(crate) fn of(first: Date, precision: &str) -> Option<(i32, i32)> {
    let last = match precision {
        "year" => first.last_of_year(),
        "month" => first.last_of_month(),
        _ => first,
    };
    Some((count(first)?, count(last)?))
}

/// The number of a day.
pub(crate) fn count(day: Date) -> Option<i32> {
    EPOCH.until(day).ok().map(|span| span.get_days())
}

/// The day of a number.
pub(crate) fn date(day: i32) -> Option<Date> {
    EPOCH.checked_add(Span::new().try_days(day).ok()?).ok()
}

/// The day of a number, as ISO text.
pub(crate) fn text(day: i32) -> String {
    date(day).map(|d| d.to_string()).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_months_years_and_intervals_have_a_first_and_a_last_day() {
        let read = |value| interval(value).map(|(first, last)| (text(first), text(last)));
        let pair = |first: &str, last: &str| Some((first.to_owned(), last.to_owned()));
        assert_eq!(read("2016-08-11"), pair("2016-08-11", "2016-08-11"));
        assert_eq!(read("2016-02"), pair("2016-02-01", "2016-02-29"));
        assert_eq!(read("1969"), pair("1969-01-01", "1969-12-31"));
        assert_eq!(read("2016-08-11/2017-01"), pair("2016-08-11", "2017-01-31"));
        assert_eq!(interval("1970-01-02"), Some((1, 1)));
        for wrong in ["", "soon", "2016-13", "2016-02-30", "2017/2016", "2016-08-11T10:00", "99999"] {
            assert_eq!(interval(wrong), None, "{wrong}");
        }
    }
}
