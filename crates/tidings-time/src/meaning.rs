//! What an expression means, and what has to be known to say so.

use jiff::civil::Date;

use crate::calendar::{Interval, Unit};
use crate::expression::Expression;
use crate::tense::Tense;
use crate::{Precision, Timex, TimexKind};

/// What an expression means.
#[derive(Clone, Debug)]
pub(crate) struct Meaning {
    pub(crate) kind: TimexKind,
    pub(crate) value: String,
    pub(crate) interval: Option<Interval>,
    pub(crate) precision: Precision,
    pub(crate) basis: String,
}

impl Meaning {
    /// A stretch of the calendar; without it the expression is vague.
    pub(crate) fn date(
        value: String,
        interval: Option<Interval>,
        precision: Precision,
        basis: impl Into<String>,
    ) -> Self {
        let precision = if interval.is_some() { precision } else { Precision::Vague };
        Self { kind: TimexKind::Date, value, interval, precision, basis: basis.into() }
    }

    /// A whole unit of the calendar.
    pub(crate) fn unit(unit: Unit, date: Date, basis: impl Into<String>) -> Option<Self> {
        Some(Self::date(unit.value(date), Some(unit.around(date)?), precision(unit), basis))
    }

    /// An expression that no date can be given for.
    pub(crate) fn vague(value: impl Into<String>, basis: impl Into<String>) -> Self {
        Self::date(value.into(), None, Precision::Vague, basis)
    }
}

/// The precision of a whole unit.
pub(crate) fn precision(unit: Unit) -> Precision {
    match unit {
        Unit::Second | Unit::Minute | Unit::Hour | Unit::Day => Precision::Day,
        Unit::Week | Unit::Fortnight | Unit::Weekend => Precision::Week,
        Unit::Month => Precision::Month,
        Unit::Quarter => Precision::Quarter,
        Unit::Year => Precision::Year,
        Unit::Decade => Precision::Decade,
        Unit::Century => Precision::Century,
    }
}

/// What is known when an expression is resolved.
pub(crate) struct Context<'a> {
    /// Day of publication.
    pub(crate) reference: Option<Date>,
    /// Of the clause that the expression stands in.
    pub(crate) tense: Tense,
    /// "has ruled for ten years".
    pub(crate) perfect: bool,
    /// Number of the sentence.
    pub(crate) sentence: usize,
    /// What was told before, in text order.
    pub(crate) told: &'a [Timex],
    pub(crate) text: &'a str,
}

/// A story goes back to a date it has told so many sentences before.
const REMEMBERED: usize = 5;

/// A date that was told before.
pub(crate) struct Anchor<'a> {
    pub(crate) interval: Interval,
    pub(crate) timex: &'a Timex,
    pub(crate) words: &'a str,
}

/// Words before a date that look ahead whatever the tense: "extended until 3 May".
const AHEAD: &[&str] = &["until", "till", "by", "to", "through", "effective", "payable"];

/// How the basis of a "year-ago quarter" begins.
pub(crate) const YEAR_BEFORE: &str = "a year before";

impl<'a> Context<'a> {
    /// Whether the tense of its clause says little about a date without a year: a noun or "until" governs it ("set a
    /// deadline of 3 May", "extended it until May").
    pub(crate) fn is_loose(&self, e: &Expression) -> bool {
        e.of_noun || self.tense == Tense::Past && AHEAD.contains(&e.before.as_str())
    }

    /// The last quarter told that is not itself counted from another.
    pub(crate) fn quarter(&self) -> Option<Anchor<'a>> {
        let plain = |t: &Timex| t.precision <= Precision::Quarter && !t.basis.starts_with(YEAR_BEFORE);
        self.find(plain).filter(|a| a.timex.precision == Precision::Quarter)
    }

    /// The nearest date told before that is known at least as exactly as `unit`.
    pub(crate) fn anchor(&self, unit: Unit) -> Option<Anchor<'a>> {
        self.find(|t| t.precision <= precision(unit))
    }

    /// The nearest date told before that is as exact as `unit`, no more and no less.
    pub(crate) fn exactly(&self, unit: Unit) -> Option<Anchor<'a>> {
        self.find(|t| t.precision == precision(unit))
    }

    /// The date that "three weeks later" is counted from: one told in its own sentence as exactly as the unit asks, else
    /// the last one told, however rough.
    pub(crate) fn story(&self, unit: Unit) -> Option<Anchor<'a>> {
        let own = self.find(|t| t.sentence == self.sentence && t.precision <= precision(unit));
        own.or_else(|| self.find(|t| t.precision < Precision::Decade))
    }

    fn find(&self, fits: impl Fn(&Timex) -> bool) -> Option<Anchor<'a>> {
        let near = self.told.iter().rev().take_while(|t| t.sentence + REMEMBERED >= self.sentence);
        let date =
            |t: &&Timex| matches!(t.kind, TimexKind::Date | TimexKind::Time) && t.value != "PRESENT_REF";
        let timex = near.filter(date).find(|t| t.from.is_some() && fits(t))?;
        Some(Anchor { interval: (timex.from?, timex.to?), timex, words: timex.span.of(self.text) })
    }
}
