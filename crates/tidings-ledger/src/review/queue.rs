//! Which reports to look at next: those that others contradict, then those that the engine is least sure of.

use std::collections::BTreeSet;

use rusqlite::{Connection, Row, params};
use serde::Serialize;

use crate::copies;
use crate::error::{Error, Result};
use crate::query::Moment;
use crate::store::Ledger;

/// Whose queue, and how much of it.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Queue {
    /// Reports that this coder has judged are left out.
    pub coder: Option<String>,
    /// Share of the reports that are for two coders, 0 to 1; the others are for one.
    pub double: f64,
    /// At most so many.
    pub limit: usize,
}

/// A report to look at.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[allow(missing_docs, reason = "the columns are those of reports")]
pub struct QueueRow {
    /// The version to judge: that of the engine, so that a second coder does not see what the first one said.
    pub report_id: String,
    pub document_id: String,
    pub published: Option<String>,
    /// What makes it doubtful: contradicted, confidence, or second (another coder has judged it).
    pub doubt: String,
    pub confidence: f64,
    pub source: Option<String>,
    pub event_type: String,
    pub target: Option<String>,
    pub status: String,
    pub sentence: String,
}

/// So finely is a share drawn.
const PARTS: u64 = 10_000;

const COLUMNS: &str = "report.mark, report.coding, report.confidence FROM report";

/// Reports that hold and that another report, or another sentence of the article, contradicts.
const CONTRADICTED: &str = "JOIN (SELECT given.value AS named FROM disagreement JOIN event_state \
     ON event_state.id = disagreement.state AND event_state.until IS NULL, json_each(disagreement.accounts) AS account, \
     json_each(account.value, '$.reports') AS given) ON report_id = named WHERE report.until IS NULL \
     UNION SELECT report.mark, report.coding, report.confidence FROM contradiction JOIN coding \
     ON coding.id = contradiction.coding AND coding.until IS NULL, json_each(contradiction.record, '$.events') AS event \
     JOIN report ON report.coding = coding.id AND report.name = event.value AND report.until IS NULL \
     ORDER BY 3, 1";

const LEAST_SURE: &str = "WHERE report.until IS NULL AND kind <> 'row' ORDER BY confidence, report.id";

/// Reports that were judged, whatever became of them.
const JUDGED: &str = "JOIN coding ON coding.id = report.coding AND coding.until IS NULL WHERE report.mark IN \
     (SELECT mark FROM review WHERE until IS NULL AND verdict <> 'comment') GROUP BY report.coding, report.mark \
     ORDER BY report.confidence, report.mark";

impl Ledger {
    /// Reports to look at, the most doubtful first.
    pub fn queue(&self, queue: &Queue) -> Result<Vec<QueueRow>> {
        if !(0.0..=1.0).contains(&queue.double) {
            let what = format!("{} is no share of reports", queue.double);
            return Err(Error::question(what, "name a share between 0 and 1, or between 0% and 100%"));
        }
        self.doubtful(queue).map_err(|e| self.error(e))
    }

    fn doubtful(&self, queue: &Queue) -> rusqlite::Result<Vec<QueueRow>> {
        let mut seen: BTreeSet<String> = BTreeSet::new();
        let mut rows = Vec::new();
        for (doubt, rest) in [("contradicted", CONTRADICTED), ("second", JUDGED), ("confidence", LEAST_SURE)]
        {
            if doubt == "second" && queue.double <= 0.0 {
                continue;
            }
            let mut found = self.connection.prepare_cached(&format!("SELECT {COLUMNS} {rest}"))?;
            let mut found = found.query([])?;
            while let Some(row) = found.next()? {
                if rows.len() >= queue.limit {
                    return Ok(rows);
                }
                let (mark, coding): (String, i64) = (row.get(0)?, row.get(1)?);
                let wanted = wanted(&self.connection, queue, &mark, doubt == "second")?;
                if wanted && seen.insert(mark.clone()) {
                    rows.extend(first_version(&self.connection, &mark, coding, doubt)?);
                }
            }
        }
        Ok(rows)
    }
}

/// Whether a coder is to judge a report: nobody has, or (for those that two are to judge) one other has.
fn wanted(connection: &Connection, queue: &Queue, mark: &str, second: bool) -> rusqlite::Result<bool> {
    let coders: Vec<String> = connection
        .prepare_cached(
            "SELECT DISTINCT coder FROM review WHERE mark = ?1 AND until IS NULL AND verdict <> 'comment'",
        )?
        .query_map([mark], |row| row.get(0))?
        .collect::<rusqlite::Result<_>>()?;
    let mine = queue.coder.as_ref().is_some_and(|c| coders.contains(c));
    Ok(match coders.len() {
        0 => !second,
        1 => !mine && is_double(mark, queue.double),
        _ => false,
    })
}

/// Whether a report is for two coders: drawn by its mark, so that all agree on which they are.
fn is_double(mark: &str, share: f64) -> bool {
    let drawn = copies::mix(copies::hash(mark.as_bytes())) % PARTS;
    (drawn as f64) < share * PARTS as f64
}

/// The engine's version of a report.
fn first_version(
    connection: &Connection,
    mark: &str,
    coding: i64,
    doubt: &str,
) -> rusqlite::Result<Option<QueueRow>> {
    let sql = format!(
        "SELECT report_id, document_id, published, confidence, {}, event_type, {}, status, sentence FROM report \
         JOIN document ON document.id = document WHERE coding = ?1 AND mark = ?2 \
         ORDER BY report.id LIMIT 1",
        Moment::side("report.id", "source"),
        Moment::side("report.id", "target"),
    );
    let read = |row: &Row| {
        Ok(QueueRow {
            report_id: row.get(0)?,
            document_id: row.get(1)?,
            published: row.get(2)?,
            doubt: doubt.to_owned(),
            confidence: row.get(3)?,
            source: row.get(4)?,
            event_type: row.get(5)?,
            target: row.get(6)?,
            status: row.get(7)?,
            sentence: row.get(8)?,
        })
    };
    let mut find = connection.prepare_cached(&sql)?;
    let mut rows = find.query_map(params![coding, mark], read)?;
    rows.next().transpose()
}

#[cfg(test)]
mod tests {
    use super::is_double;

    #[test]
    fn a_share_of_the_marks_is_drawn_and_always_the_same() {
        let count = (0..10_000).filter(|n| is_double(&format!("doc{n}:85"), 0.2)).count();
        assert!((1_800..2_200).contains(&count), "{count}");
        assert!(!is_double("doc:85", 0.0) && is_double("doc:85", 1.0));
    }
}
