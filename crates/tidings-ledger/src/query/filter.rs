//! Conditions of SQL with their bound values.

use rusqlite::types::Value;
use rusqlite::{Row, params_from_iter};

use super::{Order, Page, Query};
use crate::error::{Error, Result};
use crate::revision;
use crate::store::Ledger;

/// Longer words are no name of anything.
const LONGEST_VALUE: usize = 1_000;

/// Conditions that are joined by AND.
#[derive(Debug, Default)]
pub(super) struct Filter {
    conditions: Vec<String>,
    values: Vec<Value>,
}

impl Filter {
    /// A condition; each `?` in it is the value.
    pub fn add(&mut self, condition: &str, value: impl Into<Value>) {
        self.values.push(value.into());
        self.conditions.push(condition.replace('?', &format!("?{}", self.values.len())));
    }

    /// A condition, if there is a value.
    pub fn add_some(&mut self, condition: &str, value: Option<impl Into<Value>>) {
        if let Some(value) = value {
            self.add(condition, value);
        }
    }

    /// A condition without a value.
    pub fn plain(&mut self, condition: &str) {
        self.conditions.push(condition.to_owned());
    }

    /// Rows of `table` that held then.
    pub fn holds(&mut self, revision: Option<i64>, table: &str) {
        self.plain(&held(revision, table));
    }

    /// Only what comes behind the page before, in the order that is asked for; gives that order.
    pub fn ordered(&mut self, query: &Query, key: &str, row: &str) -> Result<String> {
        Ok(if query.order == Order::Newest {
            self.before(query, key, row)?;
            format!("{key} DESC, {row} DESC")
        } else {
            self.after(query, key, row)?;
            format!("{key}, {row}")
        })
    }

    /// Only what comes behind the page before, from the newest to the oldest.
    pub fn before(&mut self, query: &Query, key: &str, row: &str) -> Result<()> {
        if let Some((last, number)) = query.cursor()? {
            self.values.push(Value::Text(last));
            self.values.push(Value::Integer(number));
            let n = self.values.len();
            self.conditions.push(format!("({key}, {row}) < (?{}, ?{n})", n - 1));
        }
        Ok(())
    }

    /// From the first to the last day of a question.
    pub fn on_days(&mut self, day: &str, query: &Query) {
        self.add_some(&format!("{day} >= ?"), query.from.map(|d| d.to_string()));
        self.add_some(&format!("{day} <= ?"), query.to.map(|d| d.to_string()));
    }

    /// What a report must be like, days and article aside; `within` puts a condition on the table `report` where it
    /// belongs.
    pub fn on_reports(&mut self, query: &Query, within: impl Fn(&str) -> String) {
        self.add_some(&within("report.event_type = ?"), query.event_type.clone());
        self.add_some(&within("report.quad_class = ?"), query.quad.map(i64::from));
        self.add_some(&within("report.status = ?"), query.status.clone());
        self.add_some(&within("(report.place = ? OR report.place_country = ?)"), query.place.clone());
        for (value, sides) in sides(query) {
            let party = format!(
                "report.id IN (SELECT report FROM report_actor WHERE side IN {sides} AND actor {NAMED})"
            );
            self.add_some(&within(&party), value);
        }
    }

    /// Only what comes after the page before.
    pub fn after(&mut self, query: &Query, key: &str, row: &str) -> Result<()> {
        if let Some((last, number)) = query.cursor()? {
            self.values.push(Value::Text(last));
            self.values.push(Value::Integer(number));
            let n = self.values.len();
            self.conditions.push(format!("({key}, {row}) > (?{}, ?{n})", n - 1));
        }
        Ok(())
    }

    fn sql(&self) -> String {
        if self.conditions.is_empty() { "1".to_owned() } else { self.conditions.join(" AND ") }
    }
}

/// Actors by id or country.
const NAMED: &str = "IN (SELECT id FROM actor WHERE entity = ? OR country = ?)";

/// Who is asked for, and on which sides.
fn sides(query: &Query) -> [(Option<String>, &'static str); 4] {
    [
        (query.actor.clone(), "('source', 'target')"),
        (query.with.clone(), "('source', 'target')"),
        (query.source.clone(), "('source')"),
        (query.target.clone(), "('target')"),
    ]
}

/// Whether a row of `table` held at a revision; without one, whether it holds now.
pub(super) fn held(revision: Option<i64>, table: &str) -> String {
    match revision {
        None => format!("{table}.until IS NULL"),
        Some(r) => format!("{table}.since <= {r} AND ({table}.until IS NULL OR {table}.until > {r})"),
    }
}

/// Values that nothing is called need no search.
pub(super) fn check(query: &Query) -> Result<()> {
    let values = [
        ("actor", &query.actor),
        ("with", &query.with),
        ("source", &query.source),
        ("target", &query.target),
        ("type", &query.event_type),
        ("status", &query.status),
        ("place", &query.place),
        ("outlet", &query.outlet),
        ("cursor", &query.after),
    ];
    for (name, value) in values {
        if value.as_ref().is_some_and(|v| v.len() > LONGEST_VALUE) {
            let what = format!("the value of `{name}` is longer than {LONGEST_VALUE} bytes");
            return Err(Error::question(what, "write a name or a code"));
        }
    }
    Ok(())
}

impl Ledger {
    /// The last revision of the time that a question is about; none if it is about now.
    pub(crate) fn revision(&self, query: &Query) -> Result<Option<i64>> {
        let found = query.as_of.map(|at| revision::as_of(&self.connection, at)).transpose();
        found.map_err(|e| self.error(e))
    }

    /// One page of a question whose columns begin with its key and row number.
    pub(super) fn page<T>(
        &self,
        query: &Query,
        select: &str,
        filter: &Filter,
        order: &str,
        read: impl Fn(&Row) -> rusqlite::Result<T>,
    ) -> Result<Page<T>> {
        let size = query.page_size();
        let sql = format!("{select} WHERE {} ORDER BY {order} LIMIT {}", filter.sql(), size + 1);
        let rows = || -> rusqlite::Result<Vec<(T, String, i64)>> {
            let mut statement = self.connection.prepare_cached(&sql)?;
            let rows = statement.query_map(params_from_iter(&filter.values), |row| {
                Ok((read(row)?, row.get::<_, Option<String>>(0)?.unwrap_or_default(), row.get(1)?))
            })?;
            rows.collect()
        };
        Ok(Page::of(rows().map_err(|e| self.error(e))?, size))
    }

    /// All rows of a question that has no pages.
    pub(super) fn all<T>(
        &self,
        select: &str,
        filter: &Filter,
        rest: &str,
        read: impl Fn(&Row) -> rusqlite::Result<T>,
    ) -> Result<Vec<T>> {
        let sql = format!("{select} WHERE {} {rest}", filter.sql());
        let rows = || -> rusqlite::Result<Vec<T>> {
            let mut statement = self.connection.prepare_cached(&sql)?;
            statement.query_map(params_from_iter(&filter.values), |row| read(row))?.collect()
        };
        rows().map_err(|e| self.error(e))
    }

    /// Filters that events and reports share; `table` has the columns, `state` says how to look up the rest.
    pub(super) fn common(
        &self,
        query: &Query,
        table: &str,
        actors: impl Fn(&str) -> Result<&'static str>,
    ) -> Result<Filter> {
        check(query)?;
        let mut filter = Filter::default();
        filter.holds(self.revision(query)?, table);
        filter.on_days(&format!("{table}.event_date"), query);
        filter.add_some(&format!("{table}.event_type = ?"), query.event_type.clone());
        filter.add_some(&format!("{table}.quad_class = ?"), query.quad.map(i64::from));
        filter.add_some(&format!("{table}.status = ?"), query.status.clone());
        filter.add_some(&format!("({table}.place = ? OR {table}.place_country = ?)"), query.place.clone());
        for (value, sides) in sides(query) {
            let Some(who) = value else { continue };
            let begin = actors(&who)?;
            filter.add(&format!("{begin} AND side IN {sides} AND actor {NAMED})"), who);
        }
        Ok(filter)
    }

    /// How reports of an actor are found: those of a rare one are looked up; those of a frequent one are met soon enough by
    /// looking at one report after the other, in the order of the list.
    pub(super) fn reports_with(&self, who: &str) -> Result<&'static str> {
        let count = || -> rusqlite::Result<i64> {
            let named = NAMED.replace('?', "?1");
            let sql =
                format!("SELECT count(*) FROM (SELECT 1 FROM report_actor WHERE actor {named} LIMIT {RARE})");
            self.connection.prepare_cached(&sql)?.query_row([who], |row| row.get(0))
        };
        Ok(if count().map_err(|e| self.error(e))? < RARE {
            "report.id IN (SELECT report FROM report_actor WHERE 1"
        } else {
            // The plus keeps the database from looking up each of the actors for each report.
            "EXISTS (SELECT 1 FROM (SELECT side, +actor AS actor FROM report_actor \
             WHERE report_actor.report = report.id) WHERE 1"
        })
    }
}

/// With fewer reports an actor is rare.
const RARE: i64 = 10_000;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_frequent_actor_is_found_as_a_rare_one_is() {
        let folder = tempfile::tempdir().expect("folder");
        let ledger = Ledger::create(&folder.path().join("news.db")).expect("made");
        let rows = "INSERT INTO revision VALUES (1, '2020-01-01T00:00:00Z', 'add', NULL);
            INSERT INTO document (id, document_id, sha256, language, n_chars, text, family, since)
                VALUES (1, 'd', 'd', 'en', 0, '', 1, 1);
            INSERT INTO actor (id, entity, kind, name, country, sector, generic)
                VALUES (1, 'NOR', 'country', 'Norway', 'NOR', '', 0), (2, 'ISL', 'country', 'Iceland', 'ISL', '', 0);
            WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 10050)
            INSERT INTO report (id, report_id, mark, coding, document, name, kind, tier, event_type, mode, context,
                quad_class, status, event_date, confidence, sentence_start, sentence_end, sentence, trigger, record, since)
            SELECT i, 'r' || i, 'm' || i, 1, 1, 'E01', 'action', 'core', 'ACCUSE', '', '', 3, 'asserted',
                printf('2020-01-%02d', 1 + i % 30), 0.5, 0, 0, '', '', '{}', 1 FROM n;
            INSERT INTO report_actor (report, side, position, actor) SELECT id, 'source', 0, 1 FROM report;
            INSERT INTO report_actor (report, side, position, actor)
                SELECT id, 'target', 0, 2 FROM report WHERE id % 1000 = 0;";
        ledger.connection.execute_batch(rows).expect("written");
        assert_ne!(
            ledger.reports_with("NOR").expect("counted"),
            ledger.reports_with("ISL").expect("counted")
        );
        let ids = |query: Query| -> Vec<String> {
            ledger.reports(&query).expect("answered").rows.into_iter().map(|r| r.report_id).collect()
        };
        let who = |code: &str| Some(code.to_owned());
        let rare = ids(Query { target: who("ISL"), ..Query::default() });
        assert_eq!(rare.len(), 10);
        assert_eq!(ids(Query { source: who("NOR"), target: who("ISL"), ..Query::default() }), rare);
        let all = ids(Query { limit: Some(5), ..Query::default() });
        assert_eq!(ids(Query { source: who("NOR"), limit: Some(5), ..Query::default() }), all);
        assert!(ids(Query { target: who("NOR"), ..Query::default() }).is_empty());
    }
}
