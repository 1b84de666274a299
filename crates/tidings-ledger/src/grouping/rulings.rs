//! What people say of groups: an event is split, or several are one. Later grouping keeps to it.

use std::collections::BTreeSet;

use jiff::Timestamp;
use rusqlite::{Connection, OptionalExtension, Transaction, params};
use serde::Serialize;

use super::events::{members, regroup};
use crate::error::{Error, Result};
use crate::revision;
use crate::store::{Failure, Ledger};

/// What a ruling changed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Change {
    /// The revision that it made; `undo` takes it back.
    pub revision: i64,
    /// The events that it changed, with the number of their reports now: 0 where they went up in others.
    pub events: Vec<(String, i64)>,
}

impl Change {
    /// The events that have another state since a revision.
    pub(crate) fn of(connection: &Connection, revision: i64) -> rusqlite::Result<Self> {
        let events = connection
            .prepare_cached(
                "SELECT event_id, max(reports) FROM (SELECT event, n_reports AS reports FROM event_state \
                 WHERE since = ?1 UNION ALL SELECT event, 0 FROM event_state WHERE until = ?1) \
                 JOIN event ON event.id = event GROUP BY event_id ORDER BY event.id",
            )?
            .query_map([revision], |row| Ok((row.get(0)?, row.get(1)?)))?
            .collect::<rusqlite::Result<_>>()?;
        Ok(Self { revision, events })
    }
}

/// Takes back what a revision ruled and rules again what it ended; says whether there was anything.
pub(crate) fn take_back(connection: &Connection, revision: i64, undone: i64) -> rusqlite::Result<bool> {
    let pairs = |sql: &str| -> rusqlite::Result<Vec<(String, String, bool)>> {
        connection
            .prepare_cached(sql)?
            .query_map([undone], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)))?
            .collect()
    };
    let made = pairs("SELECT a, b, together FROM ruling WHERE since = ?1 AND until IS NULL")?;
    let ended = pairs("SELECT a, b, together FROM ruling WHERE until = ?1")?;
    for (a, b, _) in &made {
        end(connection, revision, a, b)?;
    }
    for (a, b, together) in &ended {
        rule(connection, revision, a, b, *together)?;
    }
    let mut touched = BTreeSet::new();
    for (a, b, _) in made.iter().chain(&ended) {
        for mark in [a, b] {
            touched.extend(report(connection, mark)?);
        }
    }
    let any = !(made.is_empty() && ended.is_empty());
    regroup(connection, revision, touched, BTreeSet::new())?;
    Ok(any)
}

/// Who says it and why, as the history keeps it: `Ana: the same attack`.
pub fn note(coder: Option<&str>, comment: Option<&str>) -> Option<String> {
    let said: Vec<&str> = coder.into_iter().chain(comment).collect();
    (!said.is_empty()).then(|| said.join(": "))
}

impl Ledger {
    /// Takes reports out of their event: together they make another one, apart from what is left.
    pub fn split(&mut self, reports: &[&str], note: Option<&str>, at: Timestamp) -> Result<Change> {
        self.write(|transaction| split(transaction, reports, note, at))
    }

    /// Makes one event of several.
    pub fn merge(&mut self, events: &[&str], note: Option<&str>, at: Timestamp) -> Result<Change> {
        self.write(|transaction| merge(transaction, events, note, at))
    }
}

fn told(what: String, hint: &str) -> Failure {
    Failure::Told(Error::question(what, hint))
}

fn split(
    transaction: &Transaction,
    reports: &[&str],
    note: Option<&str>,
    at: Timestamp,
) -> Result<Change, Failure> {
    let mut events = BTreeSet::new();
    let mut leaving: Vec<(i64, String)> = Vec::new();
    for id in reports {
        let found: Option<(i64, String, i64)> = transaction
            .query_row(
                "SELECT report.id, mark, event FROM report JOIN membership ON report = report.id \
                 AND membership.until IS NULL WHERE report_id = ?1",
                [id],
                |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)),
            )
            .optional()?;
        let Some((report, mark, event)) = found else {
            return Err(told(
                format!("`{id}` is no report that belongs to an event"),
                "`tidings events` shows the reports of each event",
            ));
        };
        leaving.push((report, mark));
        events.insert(event);
    }
    let [event] = events.iter().copied().collect::<Vec<_>>()[..] else {
        return Err(told("the reports do not belong to one event".to_owned(), "split one event at a time"));
    };
    let staying: Vec<i64> =
        members(transaction, event)?.into_iter().filter(|r| !leaving.iter().any(|(l, _)| l == r)).collect();
    if staying.is_empty() {
        return Err(told(
            "no report would be left in the event".to_owned(),
            "name those that are to leave it",
        ));
    }
    let revision = revision::begin(transaction, at, "split", note)?;
    for (_, mark) in &leaving {
        for other in &staying {
            rule(transaction, revision, mark, &mark_of(transaction, *other)?, false)?;
        }
        if let Some((_, first)) = leaving.first().filter(|(_, first)| first != mark) {
            rule(transaction, revision, first, mark, true)?;
        }
    }
    let touched = leaving.into_iter().map(|l| l.0).chain(staying).collect();
    regroup(transaction, revision, touched, BTreeSet::new())?;
    Ok(Change::of(transaction, revision)?)
}

fn merge(
    transaction: &Transaction,
    events: &[&str],
    note: Option<&str>,
    at: Timestamp,
) -> Result<Change, Failure> {
    let mut groups: Vec<Vec<i64>> = Vec::new();
    for id in events {
        let event: Option<i64> = transaction
            .query_row("SELECT id FROM event WHERE event_id = ?1", [id], |row| row.get(0))
            .optional()?;
        let reports = event.map(|e| members(transaction, e)).transpose()?.unwrap_or_default();
        if reports.is_empty() {
            return Err(told(format!("`{id}` is no event that holds"), "`tidings events` lists them"));
        }
        groups.push(reports);
    }
    let all: BTreeSet<i64> = groups.iter().flatten().copied().collect();
    if groups.len() < 2 || all.len() < groups.iter().map(Vec::len).sum() {
        return Err(told("there is nothing to merge".to_owned(), "name two different events at least"));
    }
    let revision = revision::begin(transaction, at, "merge", note)?;
    let marks: Vec<String> = all.iter().map(|r| mark_of(transaction, *r)).collect::<rusqlite::Result<_>>()?;
    let known: BTreeSet<&String> = marks.iter().collect();
    for mark in &marks {
        for (other, together) in of(transaction, mark)? {
            if !together && known.contains(&other) {
                end(transaction, revision, mark, &other)?;
            }
        }
    }
    let first = marks.first().cloned().unwrap_or_default();
    for mark in marks.iter().filter(|m| **m != first) {
        rule(transaction, revision, &first, mark, true)?;
    }
    regroup(transaction, revision, all, BTreeSet::new())?;
    Ok(Change::of(transaction, revision)?)
}

fn mark_of(connection: &Connection, report: i64) -> rusqlite::Result<String> {
    connection.query_row("SELECT mark FROM report WHERE id = ?1", [report], |row| row.get(0))
}

/// What holds of two marks ends.
fn end(connection: &Connection, revision: i64, a: &str, b: &str) -> rusqlite::Result<()> {
    let (a, b) = if a < b { (a, b) } else { (b, a) };
    connection.execute(
        "UPDATE ruling SET until = ?3 WHERE a = ?1 AND b = ?2 AND until IS NULL",
        params![a, b, revision],
    )?;
    Ok(())
}

fn rule(connection: &Connection, revision: i64, a: &str, b: &str, together: bool) -> rusqlite::Result<()> {
    end(connection, revision, a, b)?;
    let (a, b) = if a < b { (a, b) } else { (b, a) };
    connection.execute(
        "INSERT OR REPLACE INTO ruling (a, b, together, since) VALUES (?1, ?2, ?3, ?4)",
        params![a, b, together, revision],
    )?;
    Ok(())
}

/// What was said of a mark and others.
pub(super) fn of(connection: &Connection, mark: &str) -> rusqlite::Result<Vec<(String, bool)>> {
    connection
        .prepare_cached(
            "SELECT b, together FROM ruling WHERE a = ?1 AND until IS NULL \
             UNION ALL SELECT a, together FROM ruling WHERE b = ?1 AND until IS NULL",
        )?
        .query_map([mark], |row| Ok((row.get(0)?, row.get(1)?)))?
        .collect()
}

/// The report with this mark that holds.
pub(super) fn report(connection: &Connection, mark: &str) -> rusqlite::Result<Option<i64>> {
    connection
        .prepare_cached("SELECT id FROM report WHERE mark = ?1 AND until IS NULL")?
        .query_row([mark], |row| row.get(0))
        .optional()
}
