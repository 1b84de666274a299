//! What the reports of an event say together, and what they disagree on.

use std::collections::{BTreeMap, BTreeSet};

use rusqlite::{Connection, OptionalExtension, Row, params};
use serde::Serialize;

/// Statuses from the firmest to the weakest; of two with as many voices the weaker one holds, since a claim must never
/// become a fact because we were unsure.
pub(crate) const STATUSES: [&str; 7] =
    ["asserted", "planned", "alleged", "conditional", "hypothetical", "denied", "negated"];

/// A report as its event sees it.
struct Member {
    report: i64,
    report_id: String,
    family: i64,
    event_type: String,
    status: String,
    confidence: f64,
    /// First and last day, if it names one day.
    day: Option<String>,
    place: Option<String>,
    killed: Option<i64>,
    injured: Option<i64>,
    /// A row of another table stands for many.
    n_reports: i64,
    n_outlets: i64,
}

const MEMBERS: &str = "SELECT report.id, report_id, family, event_type, status, confidence, \
     CASE WHEN date_precision = 'day' AND first_day = last_day THEN event_date END, \
     CASE WHEN place_precision IN ('site', 'city') THEN place END, killed, injured, \
     stands_for, stands_for_outlets \
     FROM membership JOIN report ON report.id = membership.report JOIN document ON document.id = report.document \
     WHERE event = ?1 AND membership.until IS NULL ORDER BY ifnull(document.published, '9999'), mark";

impl Member {
    fn read(row: &Row) -> rusqlite::Result<Self> {
        Ok(Self {
            report: row.get(0)?,
            report_id: row.get(1)?,
            family: row.get(2)?,
            event_type: row.get(3)?,
            status: row.get(4)?,
            confidence: row.get(5)?,
            day: row.get(6)?,
            place: row.get(7)?,
            killed: row.get(8)?,
            injured: row.get(9)?,
            n_reports: row.get(10)?,
            n_outlets: row.get(11)?,
        })
    }
}

/// Writes the state of an event anew, and its narrow row; an event without reports has none.
pub(crate) fn write(connection: &Connection, event: i64, revision: i64) -> rusqlite::Result<()> {
    end(connection, event, revision)?;
    let members: Vec<Member> = connection
        .prepare_cached(MEMBERS)?
        .query_map([event], Member::read)?
        .collect::<rusqlite::Result<_>>()?;
    let Some(summary) = summary(&members) else { return Ok(()) };
    let state = insert(connection, event, revision, &members, &summary)?;
    actors(connection, state, summary.best)?;
    brief(connection, state)?;
    for (field, accounts) in disagreements(&members) {
        connection.prepare_cached("INSERT INTO disagreement VALUES (?1, ?2, ?3)")?.execute(params![
            state,
            field,
            crate::records::json(&accounts)?
        ])?;
    }
    Ok(())
}

/// Ends the state that held; one that this revision wrote itself was never seen by anybody.
fn end(connection: &Connection, event: i64, revision: i64) -> rusqlite::Result<()> {
    let held: Option<(i64, i64)> = connection
        .prepare_cached("SELECT id, since FROM event_state WHERE event = ?1 AND until IS NULL")?
        .query_row([event], |row| Ok((row.get(0)?, row.get(1)?)))
        .optional()?;
    let Some((state, since)) = held else { return Ok(()) };
    if since < revision {
        connection
            .prepare_cached("UPDATE event_state SET until = ?2 WHERE id = ?1")?
            .execute([state, revision])?;
        return Ok(());
    }
    for sql in [
        "DELETE FROM event_actor WHERE state = ?1",
        "DELETE FROM event_brief WHERE state = ?1",
        "DELETE FROM disagreement WHERE state = ?1",
        "DELETE FROM event_state WHERE id = ?1",
    ] {
        connection.prepare_cached(sql)?.execute([state])?;
    }
    Ok(())
}

struct Summary<'m> {
    /// The report that stands for all.
    best: i64,
    status: &'m str,
    n_texts: usize,
}

/// Type and status have one vote a text, whoever prints it; the report that stands for all is the surest of the type
/// that won.
fn summary(members: &[Member]) -> Option<Summary<'_>> {
    let kind = elected(members, |m| &m.event_type, |_| 0)?;
    let rank = |status: &str| STATUSES.iter().position(|s| *s == status).unwrap_or(STATUSES.len());
    let of_kind: Vec<&Member> = members.iter().filter(|m| m.event_type == kind).collect();
    let status = elected(of_kind.iter().copied(), |m| &m.status, rank)?;
    // The first of equals: the members come in the order of publication.
    let best = of_kind.iter().rev().max_by(|a, b| {
        let fits = |m: &Member| m.status == status;
        fits(a).cmp(&fits(b)).then(a.confidence.total_cmp(&b.confidence))
    })?;
    let texts: BTreeSet<i64> = members.iter().map(|m| m.family).collect();
    Some(Summary { best: best.report, status, n_texts: texts.len() })
}

/// The value that most texts have; of equals the one of higher rank, then the first in the alphabet.
fn elected<'m>(
    members: impl IntoIterator<Item = &'m Member>,
    value: impl Fn(&'m Member) -> &'m str,
    rank: impl Fn(&str) -> usize,
) -> Option<&'m str> {
    let mut votes: BTreeMap<&str, BTreeSet<i64>> = BTreeMap::new();
    for member in members {
        votes.entry(value(member)).or_default().insert(member.family);
    }
    let best = votes.iter().rev().max_by_key(|(value, texts)| (texts.len(), rank(value)));
    best.map(|(value, _)| *value)
}

/// Columns of a state that its best report gives.
const GIVEN: &str = "coalesce(event_date, document.published, ''), \
     CASE WHEN event_date IS NULL THEN NULL ELSE date_precision END, \
     CASE WHEN event_date IS NULL THEN 'publication' ELSE date_basis END, event_type, mode, quad_class, \
     plover_score, place, place_country, place_admin1, place_geonames, latitude, longitude, report.id";

const STATE: &str = "INSERT INTO event_state (event_date, date_precision, date_basis, event_type, mode, quad_class, \
     plover_score, place, place_country, place_admin1, place_geonames, latitude, longitude, best_report, event, status, \
     n_reports, n_outlets, n_texts, since)";

fn insert(
    connection: &Connection,
    event: i64,
    revision: i64,
    members: &[Member],
    summary: &Summary,
) -> rusqlite::Result<i64> {
    let sql = format!(
        "{STATE} SELECT {GIVEN}, ?1, ?2, ?3, max(ifnull(?7, 0), (SELECT count(DISTINCT outlet) FROM publication \
         WHERE document IN (SELECT report.document FROM membership JOIN report ON report.id = report \
         WHERE event = ?1 AND membership.until IS NULL))), ?4, ?6 \
         FROM report JOIN document ON document.id = document WHERE report.id = ?5"
    );
    connection.prepare_cached(&sql)?.execute(params![
        event,
        summary.status,
        members.iter().map(|m| m.n_reports).sum::<i64>(),
        crate::records::number(summary.n_texts),
        summary.best,
        revision,
        // An article of ours without an outlet counts none; only rows know of more.
        members.iter().map(|m| m.n_outlets).max().filter(|n| *n > 1),
    ])?;
    Ok(connection.last_insert_rowid())
}

/// Writes the states of new events that have one report each, all at once.
pub(crate) fn write_fresh(connection: &Connection, reports: &[i64], revision: i64) -> rusqlite::Result<()> {
    let last: i64 =
        connection.query_row("SELECT ifnull(max(id), 0) FROM event_state", [], |row| row.get(0))?;
    let sql = format!(
        "{STATE} SELECT {GIVEN}, membership.event, report.status, stands_for, \
         max(iif(stands_for_outlets > 1, stands_for_outlets, 0), (SELECT count(DISTINCT outlet) FROM publication \
         WHERE publication.document = report.document)), 1, ?2 \
         FROM json_each(?1) AS fresh CROSS JOIN report ON report.id = fresh.value \
         CROSS JOIN membership ON membership.report = report.id AND membership.until IS NULL \
         CROSS JOIN document ON document.id = report.document"
    );
    connection.prepare_cached(&sql)?.execute(params![crate::records::json(&reports)?, revision])?;
    connection
        .prepare_cached(
            "INSERT OR IGNORE INTO event_actor SELECT event_state.id, side, actor, ifnull(country, ''), event_date \
             FROM event_state CROSS JOIN report_actor ON report = best_report CROSS JOIN actor ON actor.id = actor \
             WHERE event_state.id > ?1 AND side <> 'about'",
        )?
        .execute([last])?;
    connection
        .prepare_cached(
            "INSERT OR IGNORE INTO place (name, country, admin1, geonames, latitude, longitude) \
             SELECT place, place_country, place_admin1, place_geonames, latitude, longitude FROM event_state \
             WHERE id > ?1 AND place IS NOT NULL ORDER BY id",
        )?
        .execute([last])?;
    let insert = format!("INSERT INTO event_brief {BRIEF} WHERE event_state.id > ?1");
    connection.prepare_cached(&insert)?.execute([last])?;
    Ok(())
}

fn actors(connection: &Connection, state: i64, best: i64) -> rusqlite::Result<()> {
    connection
        .prepare_cached(
            "INSERT OR IGNORE INTO event_actor SELECT ?1, side, actor, ifnull(country, ''), \
             (SELECT event_date FROM event_state WHERE id = ?1) \
             FROM report_actor JOIN actor ON actor.id = actor WHERE report = ?2 AND side <> 'about'",
        )?
        .execute([state, best])?;
    Ok(())
}

/// The narrow row that is read into memory.
fn brief(connection: &Connection, state: i64) -> rusqlite::Result<()> {
    connection
        .prepare_cached(
            "INSERT OR IGNORE INTO place (name, country, admin1, geonames, latitude, longitude) \
             SELECT place, place_country, place_admin1, place_geonames, latitude, longitude FROM event_state \
             WHERE id = ?1 AND place IS NOT NULL",
        )?
        .execute([state])?;
    let insert = format!("INSERT INTO event_brief {BRIEF} WHERE event_state.id = ?1");
    connection.prepare_cached(&insert)?.execute([state])?;
    Ok(())
}

/// What the narrow row of a state must be, as the other tables have it.
pub(crate) const BRIEF: &str = "SELECT event_state.id, \
     CAST(julianday(substr(event_date || '-01-01', 1, 10)) - 2440587.5 AS INTEGER), event_type, quad_class, status, \
     (SELECT ifnull(json_extract(record, '$.reciprocal'), 0) FROM report WHERE report.id = best_report), \
     CAST(round(plover_score * 10) AS INTEGER), n_reports, \
     (SELECT place.id FROM place WHERE name = event_state.place \
      AND ifnull(country, '') = ifnull(place_country, '') AND ifnull(admin1, '') = ifnull(place_admin1, '') \
      AND ifnull(geonames, 0) = ifnull(place_geonames, 0) \
      AND ifnull(place.latitude, 999) = ifnull(event_state.latitude, 999) \
      AND ifnull(place.longitude, 999) = ifnull(event_state.longitude, 999)), \
     (SELECT ifnull(group_concat(actor, ' ' ORDER BY actor), '') FROM event_actor \
      WHERE state = event_state.id AND side = 'source'), \
     (SELECT ifnull(group_concat(actor, ' ' ORDER BY actor), '') FROM event_actor \
      WHERE state = event_state.id AND side = 'target'), \
     (SELECT ifnull(group_concat(document, ' ' ORDER BY document), '') FROM (SELECT DISTINCT document \
      FROM membership JOIN report ON report.id = membership.report \
      WHERE membership.event = event_state.event AND membership.since <= event_state.since \
      AND (membership.until IS NULL OR membership.until > event_state.since))), \
     event_state.since FROM event_state";

/// A value with the reports that give it.
#[derive(Debug, PartialEq, Serialize)]
struct Account {
    value: String,
    reports: Vec<String>,
}

/// What a report says of a field.
type Value = fn(&Member) -> Option<String>;

/// Fields for which the reports give different values.
fn disagreements(members: &[Member]) -> Vec<(&'static str, Vec<Account>)> {
    let fields: [(&'static str, Value); 5] = [
        ("killed", |m| m.killed.map(|n| n.to_string())),
        ("injured", |m| m.injured.map(|n| n.to_string())),
        ("event_date", |m| m.day.clone()),
        ("place", |m| m.place.clone()),
        ("status", |m| Some(m.status.clone())),
    ];
    let accounts = fields.into_iter().map(|(field, value)| (field, accounts(members, value)));
    accounts.filter(|(_, accounts)| accounts.len() > 1).collect()
}

fn accounts(members: &[Member], value: impl Fn(&Member) -> Option<String>) -> Vec<Account> {
    let mut found: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for member in members {
        if let Some(value) = value(member) {
            found.entry(value).or_default().push(member.report_id.clone());
        }
    }
    found.into_iter().map(|(value, reports)| Account { value, reports }).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn member(family: i64, event_type: &str, status: &str, killed: Option<i64>) -> Member {
        Member {
            report: family,
            report_id: format!("r{family}"),
            family,
            event_type: event_type.to_owned(),
            status: status.to_owned(),
            confidence: 0.5,
            day: None,
            place: None,
            killed,
            injured: None,
            n_reports: 1,
            n_outlets: 1,
        }
    }

    #[test]
    fn copies_of_one_text_have_one_vote_and_a_claim_is_no_fact_when_votes_are_even() {
        let members = [
            member(1, "ASSAULT", "asserted", None),
            member(1, "ASSAULT", "asserted", None),
            member(2, "ASSAULT", "alleged", None),
        ];
        let found = summary(&members).expect("a summary");
        assert_eq!((found.status, found.n_texts, found.best), ("alleged", 2, 2));
        assert!(summary(&[]).is_none());
    }

    #[test]
    fn numbers_that_differ_are_a_disagreement_with_its_reports() {
        let members = [
            member(1, "ASSAULT", "asserted", Some(7)),
            member(2, "ASSAULT", "asserted", Some(9)),
            member(3, "ASSAULT", "asserted", None),
            member(4, "ASSAULT", "asserted", Some(9)),
        ];
        let found = disagreements(&members);
        let nine = Account { value: "9".to_owned(), reports: vec!["r2".to_owned(), "r4".to_owned()] };
        assert_eq!((found.len(), found[0].0, &found[0].1[1]), (1, "killed", &nine));
    }
}
