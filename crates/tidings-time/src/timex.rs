//! A time expression with what it means.

use jiff::civil::Date;
use tidings_text::Span;

use crate::{EventAnchor, calendar};

/// What a time expression names, as TIMEX3 divides them.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum TimexKind {
    /// A day or a longer stretch of the calendar, "the last three weeks" included.
    Date,
    /// A time of day.
    Time,
    /// A length of time that is tied to no date.
    Duration,
    /// Something that recurs.
    Set,
}

/// How large the stretch is that the words allow.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Precision {
    /// A time of day on a known day.
    Minute,
    /// A day.
    Day,
    /// A week or a weekend.
    Week,
    /// "early August".
    PartOfMonth,
    /// A month.
    Month,
    /// A quarter of a year.
    Quarter,
    /// A season.
    Season,
    /// "late 2013", "the first half of 2016".
    PartOfYear,
    /// A year.
    Year,
    /// Ten years.
    Decade,
    /// A hundred years.
    Century,
    /// From one expression to another, or from one to the day of publication.
    Interval,
    /// A stretch whose ends are rough: "the last few weeks".
    Approximate,
    /// A length of time.
    Duration,
    /// No stretch can be given.
    Vague,
}

impl Precision {
    /// As records write it.
    pub const fn as_str(self) -> &'static str {
        match self {
            Precision::Minute => "minute",
            Precision::Day => "day",
            Precision::Week => "week",
            Precision::PartOfMonth => "part of month",
            Precision::Month => "month",
            Precision::Quarter => "quarter",
            Precision::Season => "season",
            Precision::PartOfYear => "part of year",
            Precision::Year => "year",
            Precision::Decade => "decade",
            Precision::Century => "century",
            Precision::Interval => "interval",
            Precision::Approximate => "approx",
            Precision::Duration => "duration",
            Precision::Vague => "vague",
        }
    }
}

/// A time expression.
#[derive(Clone, Debug, PartialEq)]
pub struct Timex {
    /// Its words.
    pub span: Span,
    /// What it names.
    pub kind: TimexKind,
    /// TIMEX3 value of the words alone: `2016-08-09`, `2016-W32`, `P2W`, `XXXX-05` where the year is not known.
    pub value: String,
    /// First day of the stretch that it means here; both ends are known or none.
    pub from: Option<Date>,
    /// Last day, inclusive.
    pub to: Option<Date>,
    /// How large the stretch is.
    pub precision: Precision,
    /// How it was worked out, in words.
    pub basis: String,
    /// Number of its sentence.
    pub sentence: usize,
    /// Its head word in the sentence.
    pub head: usize,
    /// The event that it is counted from: "two weeks after the coup". Once the days of the event are known,
    /// [`Timex::count_from`] gives the expression its own.
    pub event: Option<EventAnchor>,
}

impl Timex {
    /// Whether it says when something is: a date, a time of day, or so long before or after a dated event.
    pub fn dates(&self) -> bool {
        matches!(self.kind, TimexKind::Date | TimexKind::Time) || self.event.is_some() && self.from.is_some()
    }

    /// The stretch as records write it: a day, a month, a year, or `a/b`; none where it is vague.
    pub fn interval(&self) -> Option<String> {
        Some(calendar::interval_text((self.from?, self.to?)))
    }
}
