//! What people said can be taken back; that is a revision too, and can be taken back itself.

use jiff::Timestamp;
use rusqlite::{OptionalExtension, Transaction, params};

use super::{rebuild, told};
use crate::grouping::{self, Change};
use crate::revision;
use crate::store::Failure;

/// Takes back a revision; says what that changes.
pub(super) fn undo(
    transaction: &Transaction,
    undone: i64,
    note: Option<&str>,
    at: Timestamp,
) -> Result<Change, Failure> {
    let kind: Option<String> = transaction
        .prepare_cached("SELECT kind FROM revision WHERE id = ?1")?
        .query_row([undone], |row| row.get(0))
        .optional()?;
    let Some(kind) = kind else {
        return Err(told(format!("there is no revision {undone}"), HINT));
    };
    if !matches!(kind.as_str(), "split" | "merge" | "review" | "undo") {
        return Err(told(format!("revision {undone} ({kind}) is not the word of a person"), HINT));
    }
    let note = match note {
        Some(note) => format!("revision {undone}: {note}"),
        None => format!("revision {undone}"),
    };
    let revision = revision::begin(transaction, at, "undo", Some(&note))?;
    let ruled = grouping::take_back(transaction, revision, undone)?;
    let reviewed = reviews(transaction, revision, undone)?;
    if !ruled && !reviewed {
        return Err(told(format!("revision {undone} was taken back already"), HINT));
    }
    Ok(Change::of(transaction, revision)?)
}

const HINT: &str = "`tidings reviews` and the history of an event name the revisions that can be taken back";

/// Ends the reviews of a revision, and gives again those that it ended.
fn reviews(transaction: &Transaction, revision: i64, undone: i64) -> rusqlite::Result<bool> {
    let marks = |sql: &str| -> rusqlite::Result<Vec<(i64, String, i64)>> {
        transaction
            .prepare_cached(sql)?
            .query_map([undone], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)))?
            .collect()
    };
    let made = marks("SELECT document, mark, id FROM review WHERE since = ?1 AND until IS NULL")?;
    let ended = marks("SELECT document, mark, id FROM review WHERE until = ?1")?;
    for (_, _, id) in &made {
        transaction.prepare_cached("UPDATE review SET until = ?2 WHERE id = ?1")?.execute([*id, revision])?;
    }
    for (_, mark, id) in &ended {
        transaction
            .prepare_cached(
                "INSERT INTO review (review_id, mark, words, document, report, coder, verdict, field, value_before, \
                 value, comment, since) SELECT ?2, mark, words, document, report, coder, verdict, field, \
                 value_before, value, comment, ?3 FROM review WHERE id = ?1",
            )?
            .execute(params![id, format!("{mark}/{revision}"), revision])?;
    }
    for (document, mark, _) in made.iter().chain(&ended) {
        rebuild(transaction, revision, *document, mark)?;
    }
    Ok(!(made.is_empty() && ended.is_empty()))
}
