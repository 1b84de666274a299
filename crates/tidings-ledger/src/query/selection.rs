//! A question as numbers for the columns.

use std::sync::RwLockReadGuard;

use rusqlite::Connection;

use super::Query;
use super::filter::check;
use super::text::quoted;
use crate::columns::{self, Bits, Columns, Selection, code};
use crate::days;
use crate::error::Result;
use crate::store::Ledger;

impl Ledger {
    /// Reads what charts and lists are answered from into memory, which the first question would do otherwise: some
    /// seconds for ten million events.
    pub fn warm(&self) -> Result<()> {
        self.columns().map(drop)
    }

    /// The columns as the file is now.
    pub(super) fn columns(&self) -> Result<RwLockReadGuard<'_, Columns>> {
        columns::current(&self.columns, &self.connection).map_err(|e| self.error(e))
    }

    /// What a question means. All filters.
    pub(super) fn selection(&self, columns: &Columns, query: &Query) -> Result<Selection> {
        check(query)?;
        let names = &columns.names;
        let revision = match self.revision(query)? {
            Some(revision) => Some(revision),
            None => columns.seen_from(&self.connection).map_err(|e| self.error(e))?,
        };
        let actors = |who: &Option<String>| who.as_ref().map(|who| names.actors_of(who));
        let outlet = query.outlet.as_ref().map(|outlet| names.documents_of(outlet));
        let text = quoted(query.text.as_deref())?.map(|words| told(&self.connection, &words)).transpose();
        let text = text.map_err(|e| self.error(e))?;
        let (actor, with) = (actors(&query.actor), actors(&query.with));
        let (source, target) = (actors(&query.source), actors(&query.target));
        let hints =
            [&actor, &with, &source, &target].into_iter().flatten().map(|all| names.hint_of(all)).collect();
        Ok(Selection {
            revision: revision.map(|r| u32::try_from(r).unwrap_or(u32::MAX - 1)),
            days: days_of(query),
            kind: query.event_type.as_ref().map(|kind| code(&names.kinds, kind)),
            quad: query.quad,
            status: query.status.as_ref().map(|status| code(&names.statuses, status)),
            places: query.place.as_ref().map(|place| names.places_of(place)),
            documents: match (outlet, text) {
                (Some(outlet), Some(text)) => Some(outlet.and(&text)),
                (outlet, text) => outlet.or(text),
            },
            actor,
            with,
            source,
            target,
            hints,
            ..Selection::default()
        })
    }
}

/// First and last day of a question; events without a day belong to questions without days.
fn days_of(query: &Query) -> (i32, i32) {
    let first = query.from.and_then(days::count);
    let last = query.to.and_then(days::count);
    let dated = if last.is_some() { i32::MIN + 1 } else { i32::MIN };
    (first.unwrap_or(dated), last.unwrap_or(i32::MAX))
}

/// The documents with these words.
fn told(connection: &Connection, words: &str) -> rusqlite::Result<Bits> {
    connection
        .prepare_cached("SELECT rowid FROM document_text WHERE document_text MATCH ?1")?
        .query_map([words], |row| row.get::<_, i64>(0))?
        .map(|row| row.map(|row| usize::try_from(row).unwrap_or(0)))
        .collect()
}
