//! Keeps the events of the file what their reports make them, while reports come and go.

use std::collections::{BTreeMap, BTreeSet};

use rusqlite::{Connection, OptionalExtension, params};

use super::candidates::{best, dependents, forget, keep, link, near, set_link, signature};
use super::decision::Weights;
use super::forest::{Node, Pair, form};
use super::signature::Signature;
use super::{rulings, state};

/// Reports by row, whose groups may have changed.
type Touched = BTreeSet<i64>;

/// Takes in the reports of a new coding or a correction, and takes out those that they replace.
pub(crate) fn arrive(
    connection: &Connection,
    revision: i64,
    replaced: &[i64],
    reports: &[(i64, Signature)],
) -> rusqlite::Result<()> {
    let mut touched = Touched::new();
    let mut changed = BTreeSet::new();
    let orphans = leave(connection, revision, replaced, &mut changed)?;
    for (report, signature) in reports {
        keep(connection, *report, signature)?;
    }
    for (report, own) in reports {
        settle(connection, *report, own, &mut touched)?;
    }
    for report in orphans {
        touched.insert(report);
        let Some(own) = signature(connection, report)? else { continue };
        if let Some((to, decision)) = best(&own, &near(connection, report, &own)?) {
            set_link(connection, report, to, decision.score, &decision.reasons)?;
        }
    }
    regroup(connection, revision, touched, changed)
}

/// Takes out reports; gives those that were linked to them.
fn leave(
    connection: &Connection,
    revision: i64,
    reports: &[i64],
    changed: &mut BTreeSet<i64>,
) -> rusqlite::Result<Vec<i64>> {
    let mut orphans = BTreeSet::new();
    for report in reports {
        orphans.extend(dependents(connection, *report)?);
        orphans.extend(link(connection, *report)?.map(|l| l.0));
        for orphan in dependents(connection, *report)? {
            connection.prepare_cached("DELETE FROM link WHERE report = ?1")?.execute([orphan])?;
        }
        forget(connection, *report)?;
        changed.extend(event_of(connection, *report)?);
        end_membership(connection, *report, revision)?;
    }
    // Where nothing but a report that is gone held an event together, all that are left look for each other again.
    for event in changed.iter() {
        orphans.extend(members(connection, *event)?);
    }
    Ok(orphans.into_iter().filter(|o| !reports.contains(o)).collect())
}

/// Links a new report to the best before it, and those after it to it where it is better than what they had.
fn settle(
    connection: &Connection,
    report: i64,
    own: &Signature,
    touched: &mut Touched,
) -> rusqlite::Result<()> {
    touched.insert(report);
    let others = near(connection, report, own)?;
    if let Some((to, decision)) = best(own, &others) {
        set_link(connection, report, to, decision.score, &decision.reasons)?;
    }
    for (later, other) in others.iter().filter(|(_, o)| o.order() > own.order()) {
        let Some(decision) = Weights::embedded().link(other, own) else { continue };
        let held = link(connection, *later)?;
        let wins = match held {
            None => true,
            Some((_, score)) if decision.score != score => decision.score > score,
            Some((to, _)) => signature(connection, to)?.is_none_or(|s| own.order() < s.order()),
        };
        if wins {
            touched.extend(held.map(|h| h.0));
            touched.insert(*later);
            set_link(connection, *later, report, decision.score, &decision.reasons)?;
        }
    }
    Ok(())
}

/// Forms the groups anew of all reports that hang together with these.
pub(super) fn regroup(
    connection: &Connection,
    revision: i64,
    touched: Touched,
    mut changed: BTreeSet<i64>,
) -> rusqlite::Result<()> {
    let cluster = Cluster::around(connection, touched)?;
    for group in cluster.groups() {
        let event = cluster.event(connection, &group)?;
        for node in group {
            let report = cluster.reports[node];
            if let Some(last) = enter(connection, report, event, revision)? {
                changed.extend(last);
                changed.insert(event);
            }
        }
    }
    changed.into_iter().try_for_each(|event| state::write(connection, event, revision))
}

/// Reports that hang together by links or by what people said.
struct Cluster {
    reports: Vec<i64>,
    signatures: Vec<Signature>,
    links: Vec<(Pair, f64)>,
    together: Vec<Pair>,
    apart: BTreeSet<Pair>,
}

impl Cluster {
    /// All that can be reached from these.
    fn around(connection: &Connection, touched: Touched) -> rusqlite::Result<Self> {
        let mut found: BTreeMap<i64, Signature> = BTreeMap::new();
        let mut edges: BTreeMap<i64, (i64, f64)> = BTreeMap::new();
        let mut said = Vec::new();
        let mut open: Vec<i64> = touched.into_iter().collect();
        while let Some(report) = open.pop() {
            if found.contains_key(&report) {
                continue;
            }
            let Some(own) = signature(connection, report)? else { continue };
            if let Some((to, score)) = link(connection, report)? {
                edges.insert(report, (to, score));
                open.push(to);
            }
            open.extend(dependents(connection, report)?);
            for mark in &own.same {
                open.extend(rulings::report(connection, mark)?);
            }
            for (other, together) in rulings::of(connection, &own.mark)? {
                let Some(other) = rulings::report(connection, &other)? else { continue };
                said.push((report, other, together));
                if together {
                    open.push(other);
                }
            }
            found.insert(report, own);
        }
        Ok(Self::of(found, &edges, &said))
    }

    fn of(
        found: BTreeMap<i64, Signature>,
        edges: &BTreeMap<i64, (i64, f64)>,
        said: &[(i64, i64, bool)],
    ) -> Self {
        let (reports, signatures): (Vec<i64>, Vec<Signature>) = found.into_iter().unzip();
        let number = |report: &i64| reports.binary_search(report).ok();
        let pair = |a: &i64, b: &i64| number(a).zip(number(b));
        let links = edges.iter().filter_map(|(a, (b, score))| Some((pair(a, b)?, *score))).collect();
        let ruled =
            |wanted: bool| said.iter().filter(move |s| s.2 == wanted).filter_map(|(a, b, _)| pair(a, b));
        let (together, apart) = (ruled(true).collect(), ruled(false).collect());
        Self { links, together, apart, signatures, reports }
    }

    fn groups(&self) -> Vec<Vec<usize>> {
        let nodes: Vec<Node> = self.signatures.iter().map(Node::of).collect();
        form(&nodes, &self.links, &self.together, &self.apart)
    }

    /// The event that one of the group founded, the oldest if there are several; a new one, founded by the first to come
    /// out, if there is none.
    fn event(&self, connection: &Connection, group: &[usize]) -> rusqlite::Result<i64> {
        let mut find = connection.prepare_cached("SELECT id FROM event WHERE event_id = ?1")?;
        let mut founded: Option<i64> = None;
        for node in group {
            let mark = &self.signatures[*node].mark;
            let event: Option<i64> = find.query_row([mark], |row| row.get(0)).optional()?;
            founded = founded.into_iter().chain(event).min();
        }
        if let Some(event) = founded {
            return Ok(event);
        }
        let first = group.iter().map(|n| &self.signatures[*n]).min_by_key(|s| s.order());
        connection
            .prepare_cached("INSERT INTO event (event_id) VALUES (?1)")?
            .execute([first.map(|s| s.mark.as_str())])?;
        Ok(connection.last_insert_rowid())
    }
}

/// The event that a report belongs to.
pub(crate) fn event_of(connection: &Connection, report: i64) -> rusqlite::Result<Option<i64>> {
    connection
        .prepare_cached("SELECT event FROM membership WHERE report = ?1 AND until IS NULL")?
        .query_row([report], |row| row.get(0))
        .optional()
}

/// The reports of an event.
pub(super) fn members(connection: &Connection, event: i64) -> rusqlite::Result<Vec<i64>> {
    connection
        .prepare_cached("SELECT report FROM membership WHERE event = ?1 AND until IS NULL ORDER BY report")?
        .query_map([event], |row| row.get(0))?
        .collect()
}

/// What a revision began and ended itself was never seen by anybody.
pub(crate) fn end_membership(connection: &Connection, report: i64, revision: i64) -> rusqlite::Result<()> {
    connection
        .prepare_cached("DELETE FROM membership WHERE report = ?1 AND since = ?2")?
        .execute([report, revision])?;
    connection
        .prepare_cached("UPDATE membership SET until = ?2 WHERE report = ?1 AND until IS NULL")?
        .execute([report, revision])?;
    Ok(())
}

/// Makes a report belong to an event; `None` if it does already, else where it came from.
fn enter(
    connection: &Connection,
    report: i64,
    event: i64,
    revision: i64,
) -> rusqlite::Result<Option<Option<i64>>> {
    let last = event_of(connection, report)?;
    if last == Some(event) {
        return Ok(None);
    }
    end_membership(connection, report, revision)?;
    connection
        .prepare_cached("INSERT INTO membership (report, event, since) VALUES (?1, ?2, ?3)")?
        .execute(params![report, event, revision])?;
    Ok(Some(last))
}

/// The words of a document came out somewhere else: its events have one more outlet.
pub(crate) fn refresh(connection: &Connection, revision: i64, document: i64) -> rusqlite::Result<()> {
    let events: BTreeSet<i64> = connection
        .prepare_cached(
            "SELECT event FROM report JOIN membership ON report = report.id AND membership.until IS NULL \
             WHERE document = ?1 AND report.until IS NULL",
        )?
        .query_map([document], |row| row.get(0))?
        .collect::<rusqlite::Result<_>>()?;
    events.into_iter().try_for_each(|event| state::write(connection, event, revision))
}
