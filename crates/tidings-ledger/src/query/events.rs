//! Events.

use rusqlite::Row;
use serde::Serialize;

use super::{Order, Page, Query};
use crate::error::{Error, Result};
use crate::store::Ledger;

/// An event as its reports tell it together; several actors of a side are joined by "; ".
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[allow(missing_docs, reason = "the columns are explained in migrations/0002_events.sql")]
pub struct EventRow {
    pub event_id: String,
    pub event_date: Option<String>,
    pub date_precision: Option<String>,
    pub date_basis: Option<String>,
    pub source: Option<String>,
    pub source_entity: Option<String>,
    pub source_iso3: Option<String>,
    pub target: Option<String>,
    pub target_entity: Option<String>,
    pub target_iso3: Option<String>,
    pub event_type: String,
    pub mode: String,
    pub quad_class: u8,
    pub plover_score: Option<f64>,
    pub status: String,
    pub place: Option<String>,
    pub place_country: Option<String>,
    pub latitude: Option<f64>,
    pub longitude: Option<f64>,
    pub n_reports: i64,
    pub n_outlets: i64,
    pub n_texts: i64,
    /// Of the report that stands for all, like the following.
    pub confidence: f64,
    pub speaker: Option<String>,
    pub report_id: String,
    pub document_id: String,
    pub sentence: String,
}

const EVENT: &str = "SELECT event_state.event_date, event_id, event_state.date_precision, event_state.date_basis, \
     event_state.event_type, event_state.mode, event_state.quad_class, event_state.plover_score, event_state.status, \
     event_state.place, event_state.place_country, event_state.latitude, event_state.longitude, \
     event_state.n_reports, event_state.n_outlets, event_state.n_texts, confidence, speaker_name, report_id, \
     document_id, sentence \
     FROM event_state JOIN event ON event.id = event_state.event JOIN report ON report.id = best_report \
     JOIN document ON document.id = report.document WHERE event_state.id = ?1";

const PARTIES: &str = "SELECT side, name, entity, actor.country FROM event_actor JOIN actor ON actor.id = actor \
     WHERE state = ?1 ORDER BY side, actor";

/// Actors of one side, joined.
#[derive(Default)]
struct Side {
    names: Option<String>,
    entities: Option<String>,
    countries: Option<String>,
}

/// Puts a value behind the others, unless it is there.
fn join(all: &mut Option<String>, value: Option<String>) {
    let Some(value) = value else { return };
    match all {
        None => *all = Some(value),
        Some(all) if all.split("; ").any(|v| v == value) => {}
        Some(all) => all.extend(["; ", &value]),
    }
}

impl EventRow {
    fn read(row: &Row, source: Side, target: Side) -> rusqlite::Result<Self> {
        Ok(Self {
            event_date: Some(row.get::<_, String>(0)?).filter(|d| !d.is_empty()),
            event_id: row.get(1)?,
            date_precision: row.get(2)?,
            date_basis: row.get(3)?,
            source: source.names,
            source_entity: source.entities,
            source_iso3: source.countries,
            target: target.names,
            target_entity: target.entities,
            target_iso3: target.countries,
            event_type: row.get(4)?,
            mode: row.get(5)?,
            quad_class: row.get(6)?,
            plover_score: row.get(7)?,
            status: row.get(8)?,
            place: row.get(9)?,
            place_country: row.get(10)?,
            latitude: row.get(11)?,
            longitude: row.get(12)?,
            n_reports: row.get(13)?,
            n_outlets: row.get(14)?,
            n_texts: row.get(15)?,
            confidence: row.get(16)?,
            speaker: row.get(17)?,
            report_id: row.get(18)?,
            document_id: row.get(19)?,
            sentence: row.get(20)?,
        })
    }
}

impl Ledger {
    /// Events by day. All filters.
    pub fn events(&self, query: &Query) -> Result<Page<EventRow>> {
        self.states(query, |states| self.event_rows(states))
    }

    /// One page of the events that are meant, by day; `rows` looks up their states.
    pub(super) fn states<T>(
        &self,
        query: &Query,
        rows: impl FnOnce(&[u32]) -> Result<Vec<T>>,
    ) -> Result<Page<T>> {
        let after = match query.cursor()? {
            None => None,
            Some((day, state)) => {
                let wrong =
                    |_| Error::question("the cursor is none that a page gave", "begin without a cursor");
                let state = u32::try_from(state).unwrap_or(u32::MAX);
                Some((day.parse().map_err(wrong)?, state))
            }
        };
        let columns = self.columns()?;
        let selection = self.selection(&columns, query)?;
        let size = query.page_size();
        let keys = columns.page(&selection, query.order == Order::Newest, after, size + 1);
        drop(columns);
        let states: Vec<u32> = keys.iter().map(|(_, state)| *state).collect();
        let rows = rows(&states)?.into_iter();
        let keyed = rows.zip(keys).map(|(row, (day, state))| (row, day.to_string(), i64::from(state)));
        Ok(Page::of(keyed.collect(), size))
    }

    /// The events with these states, in this order.
    pub(super) fn event_rows(&self, states: &[u32]) -> Result<Vec<EventRow>> {
        let read = || -> rusqlite::Result<Vec<EventRow>> {
            let mut event = self.connection.prepare_cached(EVENT)?;
            let mut parties = self.connection.prepare_cached(PARTIES)?;
            let mut rows = Vec::with_capacity(states.len());
            for state in states {
                let mut sides: [Side; 2] = Default::default();
                let mut found = parties.query([state])?;
                while let Some(row) = found.next()? {
                    let side = &mut sides[usize::from(row.get_ref(0)?.as_str()? == "target")];
                    join(&mut side.names, row.get(1)?);
                    join(&mut side.entities, row.get(2)?);
                    join(&mut side.countries, row.get(3)?);
                }
                let [source, target] = sides;
                rows.push(event.query_row([state], |row| EventRow::read(row, source, target))?);
            }
            Ok(rows)
        };
        read().map_err(|e| self.error(e))
    }
}
