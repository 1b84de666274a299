//! How many events, period by period, beside how many articles came out.

use std::collections::BTreeMap;

use serde::Serialize;

use super::Query;
use super::counts::{Tallies, Tally};
use crate::columns::{Columns, Segment, Selection, UNDATED};
use crate::days;
use crate::error::Result;
use crate::store::Ledger;

/// How finely time is cut.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Period {
    /// `2016-08-11`.
    Day,
    /// `2016-W32`, as ISO 8601 counts weeks.
    Week,
    /// `2016-08`.
    #[default]
    Month,
    /// `2016`.
    Year,
}

/// What the events of a period are told apart by.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Split {
    /// Nothing.
    #[default]
    None,
    /// PLOVER type.
    Type,
    /// Quad class.
    Quad,
    /// asserted, alleged …
    Status,
}

/// One period, or the part of it that is told apart.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct SeriesRow {
    /// The day, week, month or year; empty if it is not known.
    pub period: String,
    /// The type, quad class or status; none if nothing is told apart.
    pub split: Option<String>,
    /// Events that began in it.
    pub events: i64,
    /// Reports of these.
    pub reports: i64,
    /// Mean PLOVER score.
    pub mean_score: Option<f64>,
    /// Documents that came out in it, by the filters `outlet` and `as_of`; only where it was asked for.
    pub documents: Option<i64>,
    /// Events for every hundred documents.
    pub per_100_documents: Option<f64>,
}

impl Period {
    /// The period of a day; a number that sorts like time.
    fn of(self, day: i32) -> i32 {
        let Some(date) = days::date(day) else { return UNDATED };
        match self {
            Self::Day => day,
            Self::Week => day - i32::from(date.weekday().to_monday_zero_offset()),
            Self::Month => day - i32::from(date.day()) + 1,
            Self::Year => day - i32::from(date.day_of_year()) + 1,
        }
    }

    /// The name of the period that begins on a day.
    fn name(self, first: i32) -> String {
        let Some(date) = days::date(first) else { return String::new() };
        match self {
            Self::Day => date.to_string(),
            Self::Week => {
                let week = date.iso_week_date();
                format!("{:04}-W{:02}", week.year(), week.week())
            }
            Self::Month => format!("{:04}-{:02}", date.year(), date.month()),
            Self::Year => format!("{:04}", date.year()),
        }
    }
}

impl Split {
    fn of(self, segment: &Segment, row: usize) -> u16 {
        match self {
            Self::None => 0,
            Self::Type => segment.kind[row],
            Self::Quad => u16::from(segment.quad[row]),
            Self::Status => segment.status[row],
        }
    }

    fn name(self, columns: &Columns, number: u16) -> Option<String> {
        match self {
            Self::None => None,
            Self::Type => Some(columns.names.kinds.name(number).to_owned()),
            Self::Quad => Some(number.to_string()),
            Self::Status => Some(columns.names.statuses.name(number).to_owned()),
        }
    }
}

/// Counts of periods that follow each other, as rows sorted by day give them.
#[derive(Default)]
struct Run {
    day: Option<i32>,
    periods: Vec<(i32, Tallies)>,
}

impl Run {
    fn at(&mut self, day: i32, period: Period) -> &mut Tallies {
        if self.day != Some(day) || self.periods.is_empty() {
            self.day = Some(day);
            let first = period.of(day);
            if self.periods.last().is_none_or(|(last, _)| *last != first) {
                self.periods.push((first, Tallies::default()));
            }
        }
        let last = self.periods.len() - 1;
        &mut self.periods[last].1
    }
}

impl Ledger {
    /// Events by period; periods without any are left out. All filters but pages. `normalise` adds how many documents
    /// came out in each period.
    pub fn series(
        &self,
        query: &Query,
        period: Period,
        split: Split,
        normalise: bool,
    ) -> Result<Vec<SeriesRow>> {
        let columns = self.columns()?;
        let selection = self.selection(&columns, query)?;
        let mut rows = series(&columns, &selection, period, split);
        if normalise {
            let outlet = query.outlet.as_deref();
            let documents = coverage(&columns, outlet, selection.revision, |day| period.of(day));
            let documents: BTreeMap<String, i64> =
                documents.into_iter().map(|(first, count)| (period.name(first), count)).collect();
            for row in &mut rows {
                let count = documents.get(&row.period).copied().unwrap_or(0);
                row.documents = Some(count);
                row.per_100_documents = (count > 0).then(|| 100.0 * row.events as f64 / count as f64);
            }
        }
        Ok(rows)
    }
}

pub(super) fn series(
    columns: &Columns,
    selection: &Selection,
    period: Period,
    split: Split,
) -> Vec<SeriesRow> {
    let mut all: BTreeMap<i32, BTreeMap<u16, Tally>> = BTreeMap::new();
    columns.fold(
        selection,
        Run::default,
        |run, segment, row| {
            run.at(segment.day[row], period).of(split.of(segment, row)).add(segment, row);
        },
        |run| {
            run.periods
                .into_iter()
                .for_each(|(first, tallies)| tallies.join_into(all.entry(first).or_default()))
        },
    );
    let mut rows = Vec::new();
    for (first, tallies) in all {
        let name = period.name(first);
        let mut parts: Vec<SeriesRow> = tallies
            .iter()
            .map(|(number, tally)| SeriesRow {
                period: name.clone(),
                split: split.name(columns, *number),
                events: tally.events,
                reports: tally.reports,
                mean_score: tally.mean_score(),
                documents: None,
                per_100_documents: None,
            })
            .collect();
        parts.sort_by(|a, b| a.split.cmp(&b.split));
        rows.extend(parts);
    }
    rows
}

/// Documents by what is made of the day on which they first came out: at an outlet, as of a revision.
pub(super) fn coverage(
    columns: &Columns,
    outlet: Option<&str>,
    revision: Option<u32>,
    period: impl Fn(i32) -> i32,
) -> BTreeMap<i32, i64> {
    let wanted = outlet.map(|outlet| columns.names.outlets.find(outlet));
    let counted = |p: &&crate::columns::Publication| {
        wanted.is_none_or(|outlet| outlet == Some(p.outlet)) && revision.is_none_or(|r| p.since <= r)
    };
    let mut first: Vec<i32> = Vec::new();
    for publication in columns.names.publications.iter().filter(counted) {
        let document = publication.document as usize;
        if first.len() <= document {
            first.resize(document + 1, i32::MAX);
        }
        first[document] =
            first[document].min(if publication.day == UNDATED { i32::MAX - 1 } else { publication.day });
    }
    // Many documents come out on a day.
    let mut by_day: BTreeMap<i32, i64> = BTreeMap::new();
    let known = first.into_iter().filter(|day| *day != i32::MAX);
    let mut run = (i32::MAX, 0);
    for day in known {
        if day != run.0 {
            *by_day.entry(run.0).or_default() += run.1;
            run = (day, 0);
        }
        run.1 += 1;
    }
    *by_day.entry(run.0).or_default() += run.1;
    by_day.remove(&i32::MAX);
    let mut out = BTreeMap::new();
    for (day, count) in by_day {
        *out.entry(period(if day == i32::MAX - 1 { UNDATED } else { day })).or_default() += count;
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_day_belongs_to_its_period() {
        let day = |text: &str| days::interval(text).expect("a day").0;
        let name = |period: Period, text: &str| period.name(period.of(day(text)));
        assert_eq!(name(Period::Day, "2016-08-11"), "2016-08-11");
        // The first days of January may belong to the last week of the year before.
        assert_eq!(
            (name(Period::Week, "2016-01-03"), name(Period::Week, "2016-01-04")),
            ("2015-W53".into(), "2016-W01".into())
        );
        assert_eq!(
            (name(Period::Month, "1969-12-31"), name(Period::Year, "1969-12-31")),
            ("1969-12".into(), "1969".into())
        );
        assert_eq!(Period::Month.name(Period::Month.of(UNDATED)), "");
    }
}
