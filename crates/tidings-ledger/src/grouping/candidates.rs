//! The reports that are worth comparing, found by their keys and days.

use std::cmp::Reverse;
use std::collections::BTreeMap;

use rusqlite::{Connection, OptionalExtension, params};

use super::decision::{Decision, Reason, Weights};
use super::signature::Signature;
use crate::records::{json, number, parsed};

/// Days on either side within which reports of one event are looked for.
const WINDOW: i32 = 7;

/// Reports that are looked at for one key, at most. Two great powers are in thousands of reports a week: a report is
/// then compared with the nearest of them, and in which order reports come in may matter.
const LOOKED_AT: usize = 200;

/// Reports that one is compared with, at most.
const COMPARED: usize = 24;

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

/// Reports that share a key on a near day: those with most keys in common, of these the nearest, of these the latest.
pub(super) fn near(
    connection: &Connection,
    report: i64,
    of: &Signature,
) -> rusqlite::Result<Vec<(i64, Signature)>> {
    let mut shared: BTreeMap<i64, (usize, i32)> = BTreeMap::new();
    for key in of.keys() {
        for (other, distance) in with_key(connection, &key, of.day())? {
            let known = shared.entry(other).or_insert((0, distance));
            known.0 += 1;
        }
    }
    shared.remove(&report);
    let mut found: Vec<(i64, (usize, i32))> = shared.into_iter().collect();
    found.sort_by_key(|(other, (keys, distance))| (Reverse(*keys), *distance, Reverse(*other)));
    found.truncate(COMPARED);
    found.sort_by_key(|f| f.0);
    let mut out = Vec::new();
    for (other, _) in found {
        out.extend(signature(connection, other)?.map(|s| (other, s)));
    }
    Ok(out)
}

/// Reports with a key, each with the distance of its day; of a key that very many have, those of the nearest days, the
/// latest of a day first.
fn with_key(connection: &Connection, key: &str, day: i32) -> rusqlite::Result<Vec<(i64, i32)>> {
    let sql = "SELECT report, abs(day - ?4) FROM block WHERE key = ?1 AND day BETWEEN ?2 AND ?3 \
               ORDER BY day DESC, report DESC LIMIT ?5";
    let mut find = connection.prepare_cached(sql)?;
    let mut between = |from: i32, to: i32, room: usize| -> rusqlite::Result<Vec<(i64, i32)>> {
        find.query_map(params![key, from, to, day, number(room)], |row| Ok((row.get(0)?, row.get(1)?)))?
            .collect()
    };
    let mut found = between(day - WINDOW, day + WINDOW, LOOKED_AT)?;
    if found.len() < LOOKED_AT {
        return Ok(found);
    }
    found.clear();
    for away in 0..=WINDOW {
        found.extend(between(day - away, day - away, LOOKED_AT - found.len())?);
        if away > 0 {
            found.extend(between(day + away, day + away, LOOKED_AT - found.len())?);
        }
    }
    Ok(found)
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
