//! Claims: what somebody says that is no fact.

use rusqlite::Row;
use serde::Serialize;

use super::past::Moment;
use super::{Page, Query};
use crate::error::Result;
use crate::store::Ledger;

/// What somebody says that is no fact.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[allow(missing_docs, reason = "the columns are explained in migrations/0001_ledger.sql")]
pub struct ClaimRow {
    pub report_id: String,
    pub event_id: Option<String>,
    pub document_id: String,
    pub event_date: Option<String>,
    pub published: Option<String>,
    pub outlets: Option<String>,
    pub status: String,
    pub speaker: Option<String>,
    pub speaker_entity: Option<String>,
    /// All who pass it on, from the outlet inwards; joint speakers are joined by "; ".
    pub chain: Option<String>,
    pub source: Option<String>,
    pub target: Option<String>,
    pub event_type: String,
    pub mode: String,
    pub sentence: String,
    /// Reports of the event.
    pub n_reports: Option<i64>,
}

/// Speakers of one level stand side by side, levels one behind the other.
const CHAIN: &str = "(SELECT group_concat(speakers, ' > ') FROM (SELECT group_concat(ifnull(name, \
     CASE WHEN kind = 'own_voice' THEN 'outlet' ELSE 'unnamed' END), '; ') AS speakers FROM attribution \
     WHERE attribution.report = report.id GROUP BY level ORDER BY level))";

fn select(moment: Moment) -> String {
    let (event, reports) = (moment.event("report.id"), moment.reports("report.id"));
    let (outlets, published) = (moment.outlets("document.id"), moment.published("document"));
    let (source, target) = (Moment::side("report.id", "source"), Moment::side("report.id", "target"));
    format!(
        "SELECT ifnull(report.event_date, ''), report.id, report_id, {event}, document_id, report.event_date, \
         {published}, {outlets}, report.status, speaker_name, (SELECT entity FROM actor WHERE actor.id = speaker), \
         {CHAIN}, {source}, {target}, report.event_type, report.mode, sentence, {reports} \
         FROM report JOIN document ON document.id = report.document"
    )
}

fn row(row: &Row) -> rusqlite::Result<ClaimRow> {
    Ok(ClaimRow {
        report_id: row.get(2)?,
        event_id: row.get(3)?,
        document_id: row.get(4)?,
        event_date: row.get(5)?,
        published: row.get(6)?,
        outlets: row.get(7)?,
        status: row.get(8)?,
        speaker: row.get(9)?,
        speaker_entity: row.get(10)?,
        chain: row.get(11)?,
        source: row.get(12)?,
        target: row.get(13)?,
        event_type: row.get(14)?,
        mode: row.get(15)?,
        sentence: row.get(16)?,
        n_reports: row.get(17)?,
    })
}

impl Ledger {
    /// What speakers say that is no fact, by day. All filters.
    pub fn claims(&self, query: &Query) -> Result<Page<ClaimRow>> {
        let moment = Moment(self.revision(query)?);
        let mut filter = self.common(query, "report", |who| self.reports_with(who))?;
        filter.plain("report.status <> 'asserted'");
        filter.plain("report.speaker_name IS NOT NULL");
        self.articles(&mut filter, query, "report.document", moment)?;
        let order = filter.ordered(query, "ifnull(report.event_date, '')", "report.id")?;
        self.page(query, &select(moment), &filter, &order, row)
    }
}
