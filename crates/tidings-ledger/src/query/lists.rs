//! Documents, claims, contradictions, commitments.

use rusqlite::Row;
use serde::Serialize;

use super::events::articles;
use super::filter::{Filter, check};
use super::{Page, Query};
use crate::error::Result;
use crate::store::Ledger;

/// An article.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[allow(missing_docs, reason = "the columns are explained in migrations/0001_ledger.sql")]
pub struct DocumentRow {
    pub document_id: String,
    pub title: Option<String>,
    pub published: Option<String>,
    pub outlets: Option<String>,
    pub copy_of: Option<String>,
    pub n_chars: i64,
}

/// What somebody says that is no fact.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[allow(missing_docs, reason = "the columns are explained in migrations/0001_ledger.sql")]
pub struct ClaimRow {
    pub report_id: String,
    pub event_date: Option<String>,
    pub status: String,
    pub speaker: Option<String>,
    pub event_type: String,
    pub sentence: String,
}

/// Values that cannot all be right: of reports of one event, or (without an event) of one article.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[allow(missing_docs, reason = "the columns are explained in the migrations")]
pub struct ContradictionRow {
    pub event_id: Option<String>,
    pub document_id: Option<String>,
    pub field: String,
    pub accounts: String,
}

/// An obligation, mandate, sanctions regime or ultimatum.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[allow(missing_docs, reason = "the columns are explained in migrations/0001_ledger.sql")]
pub struct CommitmentRow {
    pub document_id: String,
    pub obligation: String,
    pub parties: Option<String>,
    pub instrument: Option<String>,
    pub entered: Option<String>,
    pub deadline: Option<String>,
    pub status: String,
}

const DOCUMENTS: &str = "SELECT ifnull(published, ''), document.id, document_id, title, published, \
     (SELECT group_concat(DISTINCT outlet) FROM publication WHERE publication.document = document.id), \
     (SELECT first.document_id FROM document AS first WHERE first.id = document.family \
      AND first.id <> document.id), n_chars FROM document";

fn document(row: &Row) -> rusqlite::Result<DocumentRow> {
    Ok(DocumentRow {
        document_id: row.get(2)?,
        title: row.get(3)?,
        published: row.get(4)?,
        outlets: row.get(5)?,
        copy_of: row.get(6)?,
        n_chars: row.get(7)?,
    })
}

impl Ledger {
    /// Documents by publication. Heeds `from`, `to`, `outlet`, `text` and pages.
    pub fn documents(&self, query: &Query) -> Result<Page<DocumentRow>> {
        check(query)?;
        let mut filter = Filter::default();
        filter.add_some("published >= ?", query.from.map(|d| d.to_string()));
        filter.add_some("published <= ?", query.to.map(|d| d.to_string()));
        articles(&mut filter, query, "document.id")?;
        filter.after(query, "ifnull(published, '')", "document.id")?;
        self.page(query, DOCUMENTS, &filter, "ifnull(published, ''), document.id", document)
    }

    /// The documents that were stored last. Only `as_of`.
    pub(super) fn newest_documents(&self, query: &Query, count: usize) -> Result<Vec<DocumentRow>> {
        let mut filter = Filter::default();
        filter.add_some("document.since <= ?", self.revision(query)?);
        self.all(DOCUMENTS, &filter, &format!("ORDER BY document.id DESC LIMIT {count}"), document)
    }

    /// What speakers say that is no fact, by day. All filters.
    pub fn claims(&self, query: &Query) -> Result<Page<ClaimRow>> {
        let actors = "report.id IN (SELECT report FROM report_actor WHERE 1";
        let mut filter = self.common(query, "report", actors)?;
        filter.plain("report.status <> 'asserted'");
        filter.plain("report.speaker_name IS NOT NULL");
        articles(&mut filter, query, "report.document")?;
        filter.after(query, "ifnull(event_date, '')", "report.id")?;
        let select = "SELECT ifnull(event_date, ''), report.id, report_id, event_date, status, speaker_name, \
                      event_type, sentence FROM report";
        self.page(query, select, &filter, "ifnull(event_date, ''), report.id", |row| {
            Ok(ClaimRow {
                report_id: row.get(2)?,
                event_date: row.get(3)?,
                status: row.get(4)?,
                speaker: row.get(5)?,
                event_type: row.get(6)?,
                sentence: row.get(7)?,
            })
        })
    }

    /// What the reports of events disagree on. All filters but `text` and `outlet`.
    pub fn disagreements(&self, query: &Query) -> Result<Page<ContradictionRow>> {
        let actors = "event_state.id IN (SELECT state FROM event_actor WHERE 1";
        let mut filter = self.common(query, "event_state", actors)?;
        filter.after(query, "event_state.id || field", "event_state.id")?;
        let select = "SELECT event_state.id || field, event_state.id, event_id, field, accounts FROM disagreement \
                      JOIN event_state ON event_state.id = state JOIN event ON event.id = event";
        self.page(query, select, &filter, "event_state.id || field, event_state.id", |row| {
            Ok(ContradictionRow {
                event_id: row.get(2)?,
                document_id: None,
                field: row.get(3)?,
                accounts: row.get(4)?,
            })
        })
    }

    /// What cannot both stand within one article. Heeds `outlet`, `text`, `as_of` and pages.
    pub fn contradictions(&self, query: &Query) -> Result<Page<ContradictionRow>> {
        check(query)?;
        let mut filter = Filter::default();
        filter.holds(self.revision(query)?, "coding");
        articles(&mut filter, query, "coding.document")?;
        filter.after(query, "document_id", "contradiction.id")?;
        let select = "SELECT document_id, contradiction.id, attribute, json_array(a, b) FROM contradiction \
                      JOIN coding ON coding.id = coding JOIN document ON document.id = coding.document";
        self.page(query, select, &filter, "document_id, contradiction.id", |row| {
            Ok(ContradictionRow {
                event_id: None,
                document_id: row.get(0)?,
                field: row.get(2)?,
                accounts: row.get(3)?,
            })
        })
    }

    /// Commitments by document. Heeds `actor`, `outlet`, `text`, `as_of` and pages.
    pub fn commitments(&self, query: &Query) -> Result<Page<CommitmentRow>> {
        check(query)?;
        let mut filter = Filter::default();
        filter.holds(self.revision(query)?, "coding");
        articles(&mut filter, query, "coding.document")?;
        let party = "commitment.id IN (SELECT commitment FROM commitment_party JOIN actor ON actor.id = actor \
                     WHERE entity = ? OR country = ?)";
        filter.add_some(party, query.actor.clone());
        filter.after(query, "document_id", "commitment.id")?;
        let select = "SELECT document_id, commitment.id, obligation, (SELECT group_concat(actor.name, '; ') \
             FROM commitment_party JOIN actor ON actor.id = actor WHERE commitment_party.commitment = commitment.id), instrument, \
             entered, deadline, commitment.status FROM commitment JOIN coding ON coding.id = coding \
             JOIN document ON document.id = coding.document";
        self.page(query, select, &filter, "document_id, commitment.id", |row| {
            Ok(CommitmentRow {
                document_id: row.get(0)?,
                obligation: row.get(2)?,
                parties: row.get(3)?,
                instrument: row.get(4)?,
                entered: row.get(5)?,
                deadline: row.get(6)?,
                status: row.get(7)?,
            })
        })
    }
}
