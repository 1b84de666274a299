//! Reports: events as single articles tell them.

use rusqlite::Row;
use serde::Serialize;
use serde_json::Value;

use super::filter::{Filter, check};
use super::past::Moment;
use super::text::quoted;
use super::{Page, Query};
use crate::error::Result;
use crate::records::parsed;
use crate::store::Ledger;

/// An event as one article tells it.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[allow(missing_docs, reason = "the columns are explained in migrations/0001_ledger.sql")]
pub struct ReportRow {
    pub report_id: String,
    pub event_id: Option<String>,
    pub document_id: String,
    pub title: Option<String>,
    pub outlets: Option<String>,
    pub published: Option<String>,
    pub event_date: Option<String>,
    pub date_precision: Option<String>,
    pub date_basis: Option<String>,
    pub source: Option<String>,
    pub target: Option<String>,
    pub event_type: String,
    pub mode: String,
    pub status: String,
    pub speaker: Option<String>,
    pub confidence: f64,
    pub sentence_start: i64,
    pub sentence_end: i64,
    pub sentence: String,
    /// Reasons of the grouping; null where no earlier report tells the event.
    pub link: Value,
    /// The record as the engine wrote it, and as people corrected it.
    pub record: Value,
}

/// The columns of a report: its key, its row, and what [`row`] reads.
pub(super) fn select(moment: Moment, key: &str) -> String {
    let (event, outlets) = (moment.event("report.id"), moment.outlets("document.id"));
    let (published, link) = (moment.published("document"), moment.link("report.id"));
    let (source, target) = (Moment::side("report.id", "source"), Moment::side("report.id", "target"));
    format!(
        "SELECT {key}, report.id, report_id, {event}, document_id, document.title, {outlets}, {published}, \
         report.event_date, report.date_precision, report.date_basis, {source}, {target}, report.event_type, \
         report.mode, report.status, speaker_name, confidence, sentence_start, sentence_end, sentence, {link}, record \
         FROM report JOIN document ON document.id = report.document"
    )
}

pub(super) fn row(row: &Row) -> rusqlite::Result<ReportRow> {
    let link: Option<String> = row.get(21)?;
    Ok(ReportRow {
        report_id: row.get(2)?,
        event_id: row.get(3)?,
        document_id: row.get(4)?,
        title: row.get(5)?,
        outlets: row.get(6)?,
        published: row.get(7)?,
        event_date: row.get(8)?,
        date_precision: row.get(9)?,
        date_basis: row.get(10)?,
        source: row.get(11)?,
        target: row.get(12)?,
        event_type: row.get(13)?,
        mode: row.get(14)?,
        status: row.get(15)?,
        speaker: row.get(16)?,
        confidence: row.get(17)?,
        sentence_start: row.get(18)?,
        sentence_end: row.get(19)?,
        sentence: row.get(20)?,
        link: link.map_or(Ok(Value::Null), |l| parsed(&l))?,
        record: parsed(&row.get::<_, String>(22)?)?,
    })
}

impl Ledger {
    /// Reports by day. All filters.
    pub fn reports(&self, query: &Query) -> Result<Page<ReportRow>> {
        let moment = Moment(self.revision(query)?);
        let mut filter = self.common(query, "report", |who| self.reports_with(who))?;
        self.articles(&mut filter, query, "report.document", moment)?;
        let day = "ifnull(report.event_date, '')";
        let order = filter.ordered(query, day, "report.id")?;
        self.page(query, &select(moment, day), &filter, &order, row)
    }

    /// The reports of one event by publication. Only `as_of` and pages.
    pub fn reports_of(&self, event_id: &str, query: &Query) -> Result<Page<ReportRow>> {
        check(query)?;
        let moment = Moment(self.revision(query)?);
        let mut filter = Filter::default();
        filter.holds(moment.0, "report");
        let member = "SELECT membership.report FROM membership JOIN event ON event.id = membership.event";
        let held = moment.held("membership");
        filter.add(&format!("report.id IN ({member} WHERE event_id = ? AND {held})"), event_id.to_owned());
        // What has no day of publication comes last.
        let key = format!("ifnull({}, '9999')", moment.published("document"));
        filter.after(query, &key, "report.id")?;
        self.page(query, &select(moment, &key), &filter, &format!("{key}, report.id"), row)
    }
}

impl Ledger {
    /// Filters on the article of a row.
    pub(super) fn articles(
        &self,
        filter: &mut Filter,
        query: &Query,
        document: &str,
        moment: Moment,
    ) -> Result<()> {
        let there = moment.there("publication");
        let outlet = format!("{document} IN (SELECT document FROM publication WHERE outlet = ? AND {there})");
        filter.add_some(&outlet, query.outlet.clone());
        let Some(words) = quoted(query.text.as_deref())? else { return Ok(()) };
        let text = if self.are_common(&words)? {
            format!(
                "EXISTS (SELECT 1 FROM document_text WHERE document_text MATCH ? AND document_text.rowid = {document})"
            )
        } else {
            format!("{document} IN (SELECT rowid FROM document_text WHERE document_text MATCH ?)")
        };
        filter.add(&text, words);
        Ok(())
    }
}
