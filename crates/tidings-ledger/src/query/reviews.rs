//! What people said of reports.

use rusqlite::{Connection, Row};
use serde::Serialize;

use super::filter::{Filter, check};
use super::past::Moment;
use super::{Page, Query};
use crate::error::Result;
use crate::store::Ledger;

/// A verdict on a report.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ReviewRow {
    /// Unique.
    pub review_id: String,
    /// When it was given.
    pub at: String,
    /// Who gave it.
    pub coder: String,
    /// The version of the report that was judged.
    pub report_id: String,
    /// The event that the report belongs to.
    pub event_id: Option<String>,
    /// The document.
    pub document_id: String,
    /// confirm, correct, reject or comment.
    pub verdict: String,
    /// Field of a correction.
    pub field: Option<String>,
    /// Its value before; null: empty.
    pub value_before: Option<String>,
    /// Its value; null: empty.
    pub value: Option<String>,
    /// A remark.
    pub comment: Option<String>,
    /// The version of the report that holds; null if it was rejected or is no longer found.
    pub holds: Option<String>,
    /// The revision that wrote it: what `undo` takes.
    pub revision: i64,
}

fn select(moment: Moment) -> String {
    // The version that holds, found by the codings of its document.
    let version = format!(
        "report AS version WHERE version.coding IN (SELECT id FROM coding WHERE document = review.document) \
         AND version.mark = review.mark AND {}",
        moment.held("version")
    );
    let event = moment.event(&format!("(SELECT version.id FROM {version})"));
    format!(
        "SELECT '', review.id, review_id, at, coder, report_id, {event}, document_id, verdict, field, value_before, \
         value, comment, (SELECT version.report_id FROM {version}), review.since FROM review \
         JOIN revision ON revision.id = review.since JOIN report ON report.id = review.report \
         JOIN document ON document.id = review.document"
    )
}

fn row(row: &Row) -> rusqlite::Result<ReviewRow> {
    Ok(ReviewRow {
        review_id: row.get(2)?,
        at: row.get(3)?,
        coder: row.get(4)?,
        report_id: row.get(5)?,
        event_id: row.get(6)?,
        document_id: row.get(7)?,
        verdict: row.get(8)?,
        field: row.get(9)?,
        value_before: row.get(10)?,
        value: row.get(11)?,
        comment: row.get(12)?,
        holds: row.get(13)?,
        revision: row.get(14)?,
    })
}

/// The review of an id, as things stand in the midst of a change.
pub(crate) fn review_of(connection: &Connection, review_id: &str) -> rusqlite::Result<ReviewRow> {
    let sql = format!("{} WHERE review_id = ?1", select(Moment(None)));
    connection.prepare_cached(&sql)?.query_row([review_id], row)
}

impl Ledger {
    /// Reviews that are in force, in the order in which they were given. Heeds all filters, on the report that was
    /// judged, and pages.
    pub fn reviews(&self, query: &Query) -> Result<Page<ReviewRow>> {
        check(query)?;
        let moment = Moment(self.revision(query)?);
        let mut filter = Filter::default();
        filter.holds(moment.0, "review");
        filter.on_days("report.event_date", query);
        filter.on_reports(query, str::to_owned);
        self.articles(&mut filter, query, "review.document", moment)?;
        filter.after(query, "''", "review.id")?;
        self.page(query, &select(moment), &filter, "review.id", row)
    }

    /// Reviews that were in force and fit a condition on a number.
    pub(super) fn reviews_where(
        &self,
        condition: &str,
        number: i64,
        moment: Moment,
    ) -> rusqlite::Result<Vec<ReviewRow>> {
        let held = moment.held("review");
        let sql = format!("{} WHERE {condition} AND {held} ORDER BY review.id", select(moment));
        self.connection.prepare_cached(&sql)?.query_map([number], row)?.collect()
    }
}
