//! The reports that are worth comparing, found by their keys and days.

use std::collections::BTreeSet;

use rusqlite::{Connection, OptionalExtension, params};

use super::decision::{Decision, Reason, Weights};
use super::signature::Signature;
use crate::records::{json, parsed};

/// Days on either side within which reports of one event are looked for.
const WINDOW: i32 = 7;

/// Keeps a report to be found by others.
pub(super) fn keep(connection: &Connection, report: i64, signature: &Signature) -> rusqlite::Result<()> {
    connection.prepare_cached("INSERT INTO signature VALUES (?1, ?2, ?3)")?.execute(params![
        report,
        signature.mark,
        json(signature)?
    ])?;
    let mut insert = connection.prepare_cached("INSERT INTO block VALUES (?1, ?2, ?3)")?;
    let day = signature.day();
    signature.keys().iter().try_for_each(|key| insert.execute(params![key, day, report]).map(|_| ()))
}

/// A report that no longer holds is not found any more.
pub(super) fn forget(connection: &Connection, report: i64) -> rusqlite::Result<()> {
    for sql in [
        "DELETE FROM signature WHERE report = ?1",
        "DELETE FROM block WHERE report = ?1",
        "DELETE FROM link WHERE report = ?1",
    ] {
        connection.prepare_cached(sql)?.execute([report])?;
    }
    Ok(())
}

/// The signature of a report that holds. A row of another table has none and says no more than its mark: it is like no
/// other but by hand or by the word of its origin.
pub(super) fn signature(connection: &Connection, report: i64) -> rusqlite::Result<Option<Signature>> {
    let body: Option<String> = connection
        .prepare_cached("SELECT body FROM signature WHERE report = ?1")?
        .query_row([report], |row| row.get(0))
        .optional()?;
    if let Some(body) = body {
        return parsed(&body).map(Some);
    }
    let mark: Option<String> = connection
        .prepare_cached("SELECT mark FROM report WHERE id = ?1 AND kind = 'row' AND until IS NULL")?
        .query_row([report], |row| row.get(0))
        .optional()?;
    Ok(mark.map(|mark| Signature { mark, ..Signature::default() }))
}

/// Reports that share a key on a near day.
pub(super) fn near(
    connection: &Connection,
    report: i64,
    of: &Signature,
) -> rusqlite::Result<Vec<(i64, Signature)>> {
    let mut find =
        connection.prepare_cached("SELECT report FROM block WHERE key = ?1 AND day BETWEEN ?2 AND ?3")?;
    let mut found = BTreeSet::new();
    for key in of.keys() {
        for row in
            find.query_map(params![key, of.day() - WINDOW, of.day() + WINDOW], |row| row.get::<_, i64>(0))?
        {
            found.insert(row?);
        }
    }
    found.remove(&report);
    let mut out = Vec::new();
    for other in found {
        out.extend(signature(connection, other)?.map(|s| (other, s)));
    }
    Ok(out)
}

/// The best of those that came out before; of equals the first.
pub(super) fn best(of: &Signature, others: &[(i64, Signature)]) -> Option<(i64, Decision)> {
    let weights = Weights::embedded();
    let earlier = others.iter().filter(|(_, o)| o.order() < of.order());
    let mut best: Option<(i64, &Signature, Decision)> = None;
    for (report, other) in earlier {
        let Some(decision) = weights.link(of, other) else { continue };
        let wins = best.as_ref().is_none_or(|(_, held, d)| {
            decision.score > d.score || decision.score == d.score && other.order() < held.order()
        });
        if wins {
            best = Some((*report, other, decision));
        }
    }
    best.map(|(report, _, decision)| (report, decision))
}

/// The link of a report: to which, how sure.
pub(super) fn link(connection: &Connection, report: i64) -> rusqlite::Result<Option<(i64, f64)>> {
    connection
        .prepare_cached("SELECT antecedent, score FROM link WHERE report = ?1")?
        .query_row([report], |row| Ok((row.get(0)?, row.get(1)?)))
        .optional()
}

/// Writes the link of a report.
pub(crate) fn set_link(
    connection: &Connection,
    report: i64,
    to: i64,
    score: f64,
    reasons: &[Reason],
) -> rusqlite::Result<()> {
    connection
        .prepare_cached(
            "INSERT OR REPLACE INTO link (report, antecedent, score, reasons, since) \
             VALUES (?1, ?2, ?3, ?4, (SELECT max(id) FROM revision))",
        )?
        .execute(params![report, to, score, json(&reasons)?])?;
    Ok(())
}

/// Reports that are linked to this one.
pub(super) fn dependents(connection: &Connection, report: i64) -> rusqlite::Result<Vec<i64>> {
    connection
        .prepare_cached("SELECT report FROM link WHERE antecedent = ?1")?
        .query_map([report], |row| row.get(0))?
        .collect()
}
