//! What is in the ledger, on one page.

use std::collections::BTreeMap;

use rusqlite::OptionalExtension;
use serde::Serialize;

use super::counts::Tally;
use super::{DocumentRow, EventRow, Query};
use crate::columns::{Bits, Columns, Publication, UNDATED};
use crate::days;
use crate::error::Result;
use crate::store::Ledger;

/// Rows of what is new.
const NEWEST: usize = 20;
const NEW_DOCUMENTS: usize = 10;

/// Outlets that are told apart; the others are one.
const OUTLETS: usize = 10;

/// More days than three years are counted by year.
const LONG: i32 = 3 * 366;

/// The ledger at a glance.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Overview {
    /// Texts, each once however often it was published.
    pub documents: i64,
    /// Reports of the events.
    pub reports: i64,
    /// Events.
    pub events: i64,
    /// Those who take part in them.
    pub actors: i64,
    /// Those who published something.
    pub outlets: i64,
    /// Reports that somebody else than the outlet tells, and that are no facts.
    pub claims: i64,
    /// Disagreements between reports of one event, and contradictions within articles.
    pub contradictions: i64,
    /// Commitments, as often as articles tell them.
    pub commitments: i64,
    /// Day of the first event.
    pub first_date: Option<String>,
    /// Day of the last event.
    pub last_date: Option<String>,
    /// Number of the last change.
    pub revision: i64,
    /// Events that were stored or changed last.
    pub newest: Vec<EventRow>,
    /// Documents that were stored last.
    pub new_documents: Vec<DocumentRow>,
    /// How much came out when, by outlet.
    pub coverage: Vec<CoverageRow>,
}

/// Documents of an outlet in a period.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct CoverageRow {
    /// Month; year if the ledger reaches over more than three.
    pub period: String,
    /// One of the ten with most documents; none for all others together.
    pub outlet: Option<String>,
    /// How many.
    pub documents: i64,
}

/// What one walk over the events finds out.
struct Glance {
    tally: Tally,
    actors: Bits,
    days: Option<(i32, i32)>,
    newest: Vec<u32>,
}

impl Glance {
    fn new() -> Self {
        Self { tally: Tally::default(), actors: Bits::default(), days: None, newest: Vec::new() }
    }

    fn keep_newest(&mut self) {
        self.newest.sort_unstable_by(|a, b| b.cmp(a));
        self.newest.truncate(NEWEST);
    }

    fn join(&mut self, other: Self) {
        self.tally.join(&other.tally);
        self.actors = std::mem::take(&mut self.actors).or(&other.actors);
        self.newest.extend(other.newest);
        self.keep_newest();
        self.days = match (self.days, other.days) {
            (Some(a), Some(b)) => Some((a.0.min(b.0), a.1.max(b.1))),
            (a, b) => a.or(b),
        };
    }
}

impl Ledger {
    /// The ledger at a glance. The events heed all filters but pages; what else is counted heeds `as_of`.
    pub fn overview(&self, query: &Query) -> Result<Overview> {
        let columns = self.columns()?;
        let selection = self.selection(&columns, query)?;
        let mut glance = Glance::new();
        columns.fold(
            &selection,
            Glance::new,
            |glance, segment, row| {
                glance.tally.add(segment, row);
                segment.parts(row).iter().for_each(|p| glance.actors.insert(p.actor()));
                glance.newest.push(segment.state[row]);
                if glance.newest.len() > 100 * NEWEST {
                    glance.keep_newest();
                }
                let day = segment.day[row];
                if day != UNDATED {
                    let (first, last) = glance.days.unwrap_or((day, day));
                    glance.days = Some((first.min(day), last.max(day)));
                }
            },
            |part| glance.join(part),
        );
        let day = |number: i32| days::date(number).map(|d| d.to_string());
        let known = |p: &&Publication| selection.revision.is_none_or(|r| p.since <= r);
        let publications: Vec<Publication> =
            columns.names.publications.iter().filter(known).copied().collect();
        let (claims, contradictions, commitments) = self.counted(selection.revision)?;
        Ok(Overview {
            // Numbers of documents have no gaps, and none is without publication.
            documents: publications.iter().map(|p| i64::from(p.document)).max().unwrap_or(0),
            reports: glance.tally.reports,
            events: glance.tally.events,
            actors: glance.actors.count(),
            outlets: publications
                .iter()
                .filter(|p| p.outlet > 0)
                .map(|p| usize::from(p.outlet))
                .collect::<Bits>()
                .count(),
            claims,
            contradictions,
            commitments,
            first_date: glance.days.and_then(|d| day(d.0)),
            last_date: glance.days.and_then(|d| day(d.1)),
            revision: self.last_revision(query)?,
            newest: self.event_rows(&glance.newest)?,
            new_documents: self.newest_documents(query, NEW_DOCUMENTS)?,
            coverage: coverage(&columns, &publications),
        })
    }

    /// Claims, contradictions and commitments.
    fn counted(&self, revision: Option<u32>) -> Result<(i64, i64, i64)> {
        let held = |table: &str| super::filter::held(revision.map(i64::from), table);
        let count = |sql: String| -> Result<i64> {
            let counted =
                self.connection.prepare_cached(&sql).and_then(|mut s| s.query_row([], |row| row.get(0)));
            counted.map_err(|e| self.error(e))
        };
        let claims = format!(
            "SELECT count(*) FROM report WHERE status <> 'asserted' AND speaker_name IS NOT NULL AND {}",
            held("report")
        );
        let disagreements = format!(
            "SELECT count(*) FROM disagreement JOIN event_state ON event_state.id = state WHERE {}",
            held("event_state")
        );
        let of_coding = |table: &str| {
            format!("SELECT count(*) FROM {table} JOIN coding ON coding.id = coding WHERE {}", held("coding"))
        };
        let contradictions = count(disagreements)? + count(of_coding("contradiction"))?;
        Ok((count(claims)?, contradictions, count(of_coding("commitment"))?))
    }

    fn last_revision(&self, query: &Query) -> Result<i64> {
        if let Some(revision) = self.revision(query)? {
            return Ok(revision);
        }
        let last = self
            .connection
            .query_row("SELECT id FROM revision ORDER BY id DESC LIMIT 1", [], |row| row.get(0))
            .optional();
        Ok(last.map_err(|e| self.error(e))?.unwrap_or(0))
    }
}

/// Documents by period, for the outlets that published most and for all others together.
fn coverage(columns: &Columns, publications: &[Publication]) -> Vec<CoverageRow> {
    let dated = || publications.iter().filter(|p| p.day != UNDATED);
    let first = dated().map(|p| p.day).min().unwrap_or(0);
    let last = dated().map(|p| p.day).max().unwrap_or(0);
    let digits = if last.saturating_sub(first) > LONG { 4 } else { 7 };
    let mut totals = vec![0_i64; columns.names.outlets.len() + 1];
    let place = |outlet: u16| usize::from(outlet).min(columns.names.outlets.len());
    publications.iter().for_each(|p| totals[place(p.outlet)] += 1);
    let mut best: Vec<u16> =
        (1..=u16::MAX).take_while(|o| usize::from(*o) < columns.names.outlets.len()).collect();
    best.sort_by_key(|outlet| (std::cmp::Reverse(totals[place(*outlet)]), *outlet));
    best.truncate(OUTLETS);
    let mut by_day: BTreeMap<(i32, Option<u16>), i64> = BTreeMap::new();
    for publication in publications {
        let outlet = Some(publication.outlet).filter(|o| best.contains(o));
        *by_day.entry((publication.day, outlet)).or_default() += 1;
    }
    let mut rows: BTreeMap<(String, Option<u16>), i64> = BTreeMap::new();
    for ((day, outlet), count) in by_day {
        let period =
            days::date(day).map(|d| d.to_string().chars().take(digits).collect()).unwrap_or_default();
        *rows.entry((period, outlet)).or_default() += count;
    }
    rows.into_iter()
        .map(|((period, outlet), documents)| CoverageRow {
            period,
            outlet: outlet.map(|o| columns.names.outlets.name(o).to_owned()),
            documents,
        })
        .collect()
}
