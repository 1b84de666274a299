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
}

impl Glance {
    fn new() -> Self {
        Self { tally: Tally::default(), actors: Bits::default(), days: None }
    }

    fn join(&mut self, other: Self) {
        self.tally.join(&other.tally);
        self.actors = std::mem::take(&mut self.actors).or(&other.actors);
        self.days = match (self.days, other.days) {
            (Some(a), Some(b)) => Some((a.0.min(b.0), a.1.max(b.1))),
            (a, b) => a.or(b),
        };
    }
}

impl Ledger {
    /// The ledger at a glance. The counts of events heed all filters but pages; the rest heeds
    /// `as_of`.
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
                let day = segment.day[row];
                if day != UNDATED {
                    let (first, last) = glance.days.unwrap_or((day, day));
                    glance.days = Some((first.min(day), last.max(day)));
                }
            },
            |part| glance.join(part),
        );
        let day = |number: i32| days::date(number).map(|d| d.to_string());
        let revision = selection.revision;
        let publications = || {
            let known = move |p: &&Publication| revision.is_none_or(|r| p.since <= r);
            columns.names.publications.iter().filter(known)
        };
        let (claims, contradictions, commitments) = self.counted(selection.revision)?;
        Ok(Overview {
            // Numbers of documents have no gaps, and none is without publication.
            documents: publications().map(|p| i64::from(p.document)).max().unwrap_or(0),
            reports: glance.tally.reports,
            events: glance.tally.events,
            actors: glance.actors.count(),
            outlets: publications()
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
            newest: self.event_rows(&self.newest_states(selection.revision)?)?,
            new_documents: self.newest_documents(query, NEW_DOCUMENTS)?,
            coverage: coverage(&columns, publications),
        })
    }

    /// The states that were written last, the last one first.
    fn newest_states(&self, revision: Option<u32>) -> Result<Vec<u32>> {
        let held = super::filter::held(revision.map(i64::from), "event_state");
        let read = || -> rusqlite::Result<Vec<u32>> {
            let last = match revision {
                Some(revision) => self.last_state_of(revision)?,
                None => i64::MAX,
            };
            let sql = format!(
                "SELECT id FROM event_state WHERE id <= ?1 AND {held} ORDER BY id DESC LIMIT {NEWEST}"
            );
            self.connection.prepare_cached(&sql)?.query_map([last], |row| row.get(0))?.collect()
        };
        read().map_err(|e| self.error(e))
    }

    /// The last state that had been written then: numbers of states and of revisions grow together.
    fn last_state_of(&self, revision: u32) -> rusqlite::Result<i64> {
        let mut known = self
            .connection
            .prepare_cached("SELECT since FROM event_state WHERE id >= ?1 ORDER BY id LIMIT 1")?;
        let end = "SELECT ifnull(max(id), 0) + 1 FROM event_state";
        let (mut first, mut end) = (0, self.connection.query_row(end, [], |row| row.get::<_, i64>(0))?);
        while end - first > 1 {
            let middle = first.midpoint(end);
            let since: Option<i64> = known.query_row([middle], |row| row.get(0)).optional()?;
            if since.is_some_and(|since| since <= i64::from(revision)) {
                first = middle;
            } else {
                end = middle;
            }
        }
        Ok(first)
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
            "SELECT count(*) FROM report INDEXED BY report_claim WHERE status <> 'asserted' AND speaker_name IS NOT NULL AND {}",
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
fn coverage<'a, P: Iterator<Item = &'a Publication>>(
    columns: &Columns,
    publications: impl Fn() -> P,
) -> Vec<CoverageRow> {
    let mut totals = vec![0_i64; usize::from(u16::MAX) + 1];
    publications().for_each(|p| totals[usize::from(p.outlet)] += 1);
    let mut best: Vec<u16> = (1..=u16::MAX).filter(|outlet| totals[usize::from(*outlet)] > 0).collect();
    best.sort_by_key(|outlet| (std::cmp::Reverse(totals[usize::from(*outlet)]), *outlet));
    best.truncate(OUTLETS);
    let mut places = vec![OUTLETS; totals.len()];
    best.iter().enumerate().for_each(|(place, outlet)| places[usize::from(*outlet)] = place);
    // Neighbours mostly came out on one day.
    let mut days: BTreeMap<i32, [i64; OUTLETS + 1]> = BTreeMap::new();
    let (mut day, mut counts) = (UNDATED, [0; OUTLETS + 1]);
    for publication in publications() {
        if publication.day != day {
            flush(&mut days, day, &mut counts);
            day = publication.day;
        }
        counts[places[usize::from(publication.outlet)]] += 1;
    }
    flush(&mut days, day, &mut counts);
    let mut dated = days.keys().copied().filter(|day| *day != UNDATED);
    let first = dated.next().unwrap_or(0);
    let long = dated.next_back().unwrap_or(first).saturating_sub(first) > LONG;
    let mut rows: BTreeMap<(String, usize), i64> = BTreeMap::new();
    for (day, counts) in days {
        let name =
            days::date(day).map(|d| d.to_string().chars().take(if long { 4 } else { 7 }).collect::<String>());
        for (place, count) in counts.into_iter().enumerate().filter(|(_, count)| *count > 0) {
            *rows.entry((name.clone().unwrap_or_default(), place)).or_default() += count;
        }
    }
    let outlet = |place: usize| best.get(place).map(|outlet| columns.names.outlets.name(*outlet).to_owned());
    let row = |((period, place), documents)| CoverageRow { period, outlet: outlet(place), documents };
    rows.into_iter().map(row).collect()
}

fn flush(days: &mut BTreeMap<i32, [i64; OUTLETS + 1]>, day: i32, counts: &mut [i64; OUTLETS + 1]) {
    let all = days.entry(day).or_default();
    all.iter_mut().zip(std::mem::take(counts)).for_each(|(all, count)| *all += count);
}
