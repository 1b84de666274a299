//! Revisions: every change of the ledger has a number and a time.

use jiff::Timestamp;
use rusqlite::{Connection, OptionalExtension, params};

/// Writes the next revision and gives its number.
///
/// Times never run backwards: where the clock was put back, the time of the revision before stands, so that "as of"
/// has one answer.
pub(crate) fn begin(
    connection: &Connection,
    at: Timestamp,
    kind: &str,
    note: Option<&str>,
) -> rusqlite::Result<i64> {
    let last = connection
        .prepare_cached("SELECT at FROM revision ORDER BY id DESC LIMIT 1")?
        .query_row([], |row| row.get::<_, String>(0))
        .optional()?;
    let at = format!("{:.6}", at);
    let at = last.filter(|last| *last > at).unwrap_or(at);
    connection
        .prepare_cached("INSERT INTO revision (at, kind, note) VALUES (?1, ?2, ?3)")?
        .execute(params![at, kind, note])?;
    Ok(connection.last_insert_rowid())
}

/// The last revision that was made by the end of that time; 0 if none was.
pub(crate) fn as_of(connection: &Connection, at: Timestamp) -> rusqlite::Result<i64> {
    let at = format!("{:.6}", at);
    connection
        .prepare_cached("SELECT id FROM revision WHERE at <= ?1 ORDER BY at DESC, id DESC LIMIT 1")?
        .query_row([at], |row| row.get(0))
        .optional()
        .map(Option::unwrap_or_default)
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use super::*;
    use crate::schema;

    #[test]
    fn a_clock_that_jumps_back_leaves_the_order_of_times() {
        let folder = tempfile::tempdir().expect("folder");
        let path: &Path = &folder.path().join("a.db");
        let connection = schema::create(path, schema::PATIENCE).expect("made");
        let time = |second| Timestamp::from_second(second).expect("time");
        let made: Vec<i64> = [1_000, 2_000, 500, 3_000]
            .map(|s| begin(&connection, time(s), "add", None).expect("written"))
            .to_vec();
        assert_eq!(made, [1, 2, 3, 4]);
        let of = |second| as_of(&connection, time(second)).expect("read");
        assert_eq!((of(999), of(1_000), of(1_999), of(2_000), of(9_000)), (0, 1, 1, 3, 4));
    }
}
