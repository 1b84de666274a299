//! How many events, period by period: from the events, or for pairs of countries from the roll-up.

use rusqlite::Row;
use serde::Serialize;

use super::Query;
use crate::error::{Error, Result};
use crate::store::Ledger;

/// How finely time is cut.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Period {
    /// `2016-08-11`.
    Day,
    /// `2016-08`.
    #[default]
    Month,
    /// `2016`.
    Year,
}

/// One period.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct SeriesRow {
    /// The day, month or year; empty if it is not known.
    pub period: String,
    /// Events that began in it.
    pub events: i64,
    /// Reports of these.
    pub reports: i64,
    /// Mean PLOVER score.
    pub mean_score: Option<f64>,
}

impl Period {
    fn length(self) -> usize {
        match self {
            Self::Day => 10,
            Self::Month => 7,
            Self::Year => 4,
        }
    }
}

fn row(row: &Row) -> rusqlite::Result<SeriesRow> {
    Ok(SeriesRow { period: row.get(0)?, events: row.get(1)?, reports: row.get(2)?, mean_score: row.get(3)? })
}

impl Ledger {
    /// Events by period. Heeds all filters but `text`, `outlet` and pages.
    pub fn series(&self, query: &Query, period: Period) -> Result<Vec<SeriesRow>> {
        if query.text.is_some() || query.outlet.is_some() {
            let what = "a series cannot be limited to words or to an outlet";
            return Err(Error::question(what, "list the events with these filters and count them"));
        }
        // Actors and both sides of a pair count an event once, which the roll-up of pairs could not.
        let actors = "event_state.id IN (SELECT state FROM event_actor WHERE 1";
        let filter = self.common(query, "event_state", actors)?;
        let select = format!(
            "SELECT substr(event_state.event_date, 1, {}) AS period, count(*), sum(n_reports), avg(plover_score) \
             FROM event_state",
            period.length()
        );
        self.all(&select, &filter, "GROUP BY period ORDER BY period", row)
    }

    /// A directed pair of countries by month, from the roll-up. Heeds `source`, `target`, `event_type`, `quad`, `status`,
    /// `from` and `to` (their months), as things stand now.
    pub fn dyad(&self, query: &Query) -> Result<Vec<SeriesRow>> {
        super::filter::check(query)?;
        let mut filter = super::filter::Filter::default();
        let month =
            |date: Option<jiff::civil::Date>| date.map(|d| d.to_string().chars().take(7).collect::<String>());
        filter.add_some("source = ?", query.source.clone());
        filter.add_some("target = ?", query.target.clone());
        filter.add_some("event_type = ?", query.event_type.clone());
        filter.add_some("quad_class = ?", query.quad.map(i64::from));
        filter.add_some("status = ?", query.status.clone());
        filter.add_some("month >= ?", month(query.from));
        filter.add_some("month <= ?", month(query.to));
        let select =
            "SELECT month, sum(events), sum(reports), sum(score_tenths) / 10.0 / sum(events) FROM dyad_month";
        self.all(select, &filter, "GROUP BY month ORDER BY month", row)
    }
}
