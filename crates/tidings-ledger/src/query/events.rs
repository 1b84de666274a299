//! Events, and the reports that tell them.

use rusqlite::Row;
use serde::Serialize;

use super::filter::{Filter, check, held};
use super::text::quoted;
use super::{Page, Query};
use crate::error::Result;
use crate::store::Ledger;

/// An event as its reports tell it together.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[allow(missing_docs, reason = "the columns are explained in migrations/0002_events.sql")]
pub struct EventRow {
    pub event_id: String,
    pub event_date: Option<String>,
    pub date_precision: Option<String>,
    pub source: Option<String>,
    pub target: Option<String>,
    pub event_type: String,
    pub mode: String,
    pub quad_class: u8,
    pub plover_score: Option<f64>,
    pub status: String,
    pub place: Option<String>,
    pub place_country: Option<String>,
    pub n_reports: i64,
    pub n_outlets: i64,
    pub n_texts: i64,
    pub sentence: String,
}

const EVENTS: &str = "SELECT event_state.event_date, event_state.id, event_id, event_state.date_precision, \
     (SELECT group_concat(name, '; ') FROM event_actor JOIN actor ON actor.id = actor \
      WHERE state = event_state.id AND side = 'source'), \
     (SELECT group_concat(name, '; ') FROM event_actor JOIN actor ON actor.id = actor \
      WHERE state = event_state.id AND side = 'target'), \
     event_state.event_type, event_state.mode, event_state.quad_class, event_state.plover_score, event_state.status, \
     event_state.place, event_state.place_country, n_reports, n_outlets, n_texts, sentence \
     FROM event_state JOIN event ON event.id = event_state.event JOIN report ON report.id = best_report";

fn event(row: &Row) -> rusqlite::Result<EventRow> {
    Ok(EventRow {
        event_date: Some(row.get::<_, String>(0)?).filter(|d| !d.is_empty()),
        event_id: row.get(2)?,
        date_precision: row.get(3)?,
        source: row.get(4)?,
        target: row.get(5)?,
        event_type: row.get(6)?,
        mode: row.get(7)?,
        quad_class: row.get(8)?,
        plover_score: row.get(9)?,
        status: row.get(10)?,
        place: row.get(11)?,
        place_country: row.get(12)?,
        n_reports: row.get(13)?,
        n_outlets: row.get(14)?,
        n_texts: row.get(15)?,
        sentence: row.get(16)?,
    })
}

/// An event as one article tells it.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[allow(missing_docs, reason = "the columns are explained in migrations/0001_ledger.sql")]
pub struct ReportRow {
    pub report_id: String,
    pub event_id: Option<String>,
    pub document_id: String,
    pub outlets: Option<String>,
    pub published: Option<String>,
    pub event_date: Option<String>,
    pub event_type: String,
    pub status: String,
    pub sentence_start: i64,
    pub sentence_end: i64,
    pub sentence: String,
    pub link: Option<String>,
    pub record: String,
}

const REPORTS: &str = "SELECT ifnull(report.event_date, ''), report.id, report_id, \
     (SELECT event_id FROM membership JOIN event ON event.id = event WHERE report = report.id \
      AND membership.until IS NULL), document_id, \
     (SELECT group_concat(DISTINCT outlet) FROM publication WHERE publication.document = document.id), \
     document.published, report.event_date, report.event_type, report.status, sentence_start, sentence_end, sentence, \
     (SELECT reasons FROM link WHERE link.report = report.id), record \
     FROM report JOIN document ON document.id = report.document";

fn report(row: &Row) -> rusqlite::Result<ReportRow> {
    Ok(ReportRow {
        report_id: row.get(2)?,
        event_id: row.get(3)?,
        document_id: row.get(4)?,
        outlets: row.get(5)?,
        published: row.get(6)?,
        event_date: row.get(7)?,
        event_type: row.get(8)?,
        status: row.get(9)?,
        sentence_start: row.get(10)?,
        sentence_end: row.get(11)?,
        sentence: row.get(12)?,
        link: row.get(13)?,
        record: row.get(14)?,
    })
}

impl Ledger {
    /// Events by day. All filters.
    pub fn events(&self, query: &Query) -> Result<Page<EventRow>> {
        let actors = "event_state.id IN (SELECT state FROM event_actor WHERE 1";
        let mut filter = self.common(query, "event_state", actors)?;
        let told = "EXISTS (SELECT 1 FROM membership JOIN report AS told ON told.id = membership.report \
                    WHERE membership.event = event_state.event AND membership.since <= event_state.since \
                    AND (membership.until IS NULL OR membership.until > event_state.since) AND told.document IN";
        let outlet = format!("{told} (SELECT document FROM publication WHERE outlet = ?))");
        filter.add_some(&outlet, query.outlet.clone());
        let text = format!("{told} (SELECT rowid FROM document_text WHERE document_text MATCH ?))");
        filter.add_some(&text, quoted(query.text.as_deref())?);
        filter.after(query, "event_state.event_date", "event_state.id")?;
        self.page(query, EVENTS, &filter, "event_state.event_date, event_state.id", event)
    }

    /// Reports by day. All filters.
    pub fn reports(&self, query: &Query) -> Result<Page<ReportRow>> {
        let actors = "report.id IN (SELECT report FROM report_actor WHERE 1";
        let mut filter = self.common(query, "report", actors)?;
        articles(&mut filter, query, "report.document")?;
        filter.after(query, "ifnull(report.event_date, '')", "report.id")?;
        self.page(query, REPORTS, &filter, "ifnull(report.event_date, ''), report.id", report)
    }

    /// The reports of one event, by publication: the course of what is said of it. Only `as_of` and pages.
    pub fn reports_of(&self, event_id: &str, query: &Query) -> Result<Page<ReportRow>> {
        check(query)?;
        let mut filter = Filter::default();
        let revision = self.revision(query)?;
        filter.holds(revision, "report");
        let held = held(revision, "membership");
        let member = "SELECT membership.report FROM membership JOIN event ON event.id = membership.event";
        filter.add(&format!("report.id IN ({member} WHERE event_id = ? AND {held})"), event_id.to_owned());
        filter.after(query, "ifnull(report.event_date, '')", "report.id")?;
        self.page(query, REPORTS, &filter, "ifnull(report.event_date, ''), report.id", report)
    }
}

/// Filters on the article of a row.
pub(super) fn articles(filter: &mut Filter, query: &Query, document: &str) -> Result<()> {
    let outlet = format!("{document} IN (SELECT document FROM publication WHERE outlet = ?)");
    filter.add_some(&outlet, query.outlet.clone());
    let text = format!("{document} IN (SELECT rowid FROM document_text WHERE document_text MATCH ?)");
    filter.add_some(&text, quoted(query.text.as_deref())?);
    Ok(())
}
