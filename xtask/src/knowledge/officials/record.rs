//! One term of one person in one office, as a source tells it.

use jiff::civil::Date;

/// Years that a term may have lasted before the first or after the last sight of it.
const BEYOND: i16 = 10;

/// A term. Dates are a day, a month or a year; `<` before the first: this or earlier, `>` before the last: this or later;
/// empty: not known, or not over.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct Record {
    /// As the source writes it.
    pub name: String,
    /// State.
    pub iso3: String,
    /// In lower case.
    pub office: String,
    /// First day.
    pub from: String,
    /// Last day.
    pub to: String,
    /// Wikidata item, if the source has it.
    pub id: String,
    /// PLOVER sector of the office.
    pub sector: String,
    /// By which heads of state and government are called; empty for all others. Folded.
    pub surname: String,
    /// Codes of the sources, joined by +.
    pub source: String,
}

impl Record {
    /// Head of state or government.
    pub fn is_head(&self) -> bool {
        !self.surname.is_empty()
    }

    /// First and last day that the term may have: none holds an office for more than [`BEYOND`] years unseen; open ends lie
    /// far away.
    pub fn widest(&self) -> (Date, Date) {
        let beyond = |date: &str, years: i16| {
            let bound = date.starts_with(['<', '>']);
            let day = day(date, years < 0)?;
            if bound { Date::new(day.year() + years, 1, 1).ok() } else { Some(day) }
        };
        (beyond(&self.from, -BEYOND).unwrap_or(Date::MIN), beyond(&self.to, BEYOND).unwrap_or(Date::MAX))
    }

    /// Whether the two may have held their offices at the same time.
    pub fn overlaps(&self, other: &Record) -> bool {
        let ((a, b), (c, d)) = (self.widest(), other.widest());
        a <= d && c <= b
    }

    /// Whether the two have more than so many days in common.
    pub fn shares_more_than(&self, other: &Record, days: i64) -> bool {
        let ((a, b), (c, d)) = (self.widest(), other.widest());
        let (from, to) = (a.max(c), b.min(d));
        to > from && i64::from((to - from).get_days()) > days
    }

    /// Whether no end is known.
    pub fn is_open(&self) -> bool {
        self.to.is_empty()
    }
}

/// The first or the last day of what is written as a day, a month or a year.
pub fn day(text: &str, first: bool) -> Option<Date> {
    let text = text.trim_start_matches(['<', '>']);
    let mut parts = text.split('-');
    let year = parts.next()?.parse().ok()?;
    let month = parts.next().map_or(Some(if first { 1 } else { 12 }), |m| m.parse().ok())?;
    match parts.next() {
        Some(day) => Date::new(year, month, day.parse().ok()?).ok(),
        None => Date::new(year, month, 1).ok().map(|d| if first { d } else { d.last_of_month() }),
    }
}

/// Days between two dates as written, none if they may be the same or one is unknown.
pub fn days_apart(a: &str, b: &str) -> i64 {
    let (Some(a_first), Some(a_last)) = (day(a, true), day(a, false)) else { return 0 };
    let (Some(b_first), Some(b_last)) = (day(b, true), day(b, false)) else { return 0 };
    let gap = |early: Date, late: Date| i64::from((late - early).get_days());
    if a_last < b_first {
        gap(a_last, b_first)
    } else if b_last < a_first {
        gap(b_last, a_first)
    } else {
        0
    }
}

/// How well a date is known: a day better than a month, a month better than a year, a bound less than all.
pub fn precision(text: &str) -> usize {
    if text.starts_with(['<', '>']) { 1 } else { text.len() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_of_any_precision_compare() {
        assert_eq!(days_apart("2001-05", "2001-05-17"), 0);
        assert_eq!(days_apart("2001", "2002-01-03"), 3);
        assert_eq!(days_apart("2001-05-17", ""), 0);
        assert!(
            precision("2001-05-17") > precision("2001-05") && precision("2001") > precision(">2001-05-17")
        );
    }

    #[test]
    fn terms_with_open_ends_overlap() {
        let term = |from: &str, to: &str| Record { from: from.into(), to: to.into(), ..Record::default() };
        assert!(term("2001", "").overlaps(&term("2020-01-01", "2021")));
        assert!(!term("2001", "2004-02").overlaps(&term("2004-03-01", "")));
        let seen = term("<2019-06-04", ">2019-06-04");
        assert!(seen.overlaps(&term("2012", "2013")) && !seen.overlaps(&term("1999", "2000")));
    }
}
