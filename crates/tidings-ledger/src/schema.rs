//! The form of the file: its marks, its version, and the way from one version to the next.

use std::fs::File;
use std::io::Read;
use std::path::{Path, PathBuf};
use std::time::Duration;

use rusqlite::{Connection, OpenFlags, TransactionBehavior};

use crate::error::{Error, Result};

/// "TIDG": written into the file's head, so that `file` and we know it again.
const APPLICATION: i32 = 0x5449_4447;

/// Each brings a file from the version before to its own; the number is its place.
const MIGRATIONS: [&str; 4] = [
    include_str!("../migrations/0001_ledger.sql"),
    include_str!("../migrations/0002_events.sql"),
    include_str!("../migrations/0003_scale.sql"),
    include_str!("../migrations/0004_content.sql"),
];

/// The newest version that this program knows.
pub const VERSION: u32 = MIGRATIONS.len() as u32;

/// How long to wait for another process that writes.
pub(crate) const PATIENCE: Duration = Duration::from_secs(20);

/// Memory for pages, in KiB.
const CACHE: i64 = 64 * 1024;

/// Pages of the log of changes before it is taken over into the file.
const LOG: i64 = 8_000;

/// Statements that are kept ready.
const STATEMENTS: usize = 256;

/// Length of the head of an SQLite file.
const HEAD: usize = 100;

/// Opens a file that is there for reading and writing, and brings it up to date.
pub(crate) fn open(path: &Path, patience: Duration) -> Result<Connection> {
    look(path)?;
    let mut connection = connect(path, OpenFlags::SQLITE_OPEN_READ_WRITE, patience)?;
    if connection.is_readonly(rusqlite::MAIN_DB).map_err(|e| Error::of(path, e))? {
        return Err(Error::ReadOnly(path.to_owned()));
    }
    recognise(&connection, path)?;
    migrate(&mut connection, VERSION).map_err(|e| Error::of(path, e))?;
    Ok(connection)
}

/// Opens a file that is there and changes nothing.
pub(crate) fn open_read_only(path: &Path, patience: Duration) -> Result<Connection> {
    look(path)?;
    let read = |place: &Path, flags| -> Result<(Connection, u32)> {
        let connection = connect(place, flags, patience)?;
        let found = recognise(&connection, path)?;
        Ok((connection, found))
    };
    let opened = match read(path, OpenFlags::SQLITE_OPEN_READ_ONLY) {
        Err(Error::ReadOnly(_) | Error::Unreadable { .. }) if !has_log(path) => {
            read(&unchanging(path), OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_URI)
        }
        opened => opened,
    };
    let (connection, found) = opened?;
    if found < VERSION {
        return Err(Error::Older { path: path.to_owned(), found, known: VERSION });
    }
    Ok(connection)
}

/// Whether changes lie beside the file: somebody is writing, or was stopped while writing.
fn has_log(path: &Path) -> bool {
    let log = path.file_name().map(|name| path.with_file_name(format!("{}-wal", name.to_string_lossy())));
    log.is_some_and(|log| log.metadata().is_ok_and(|data| data.len() > 0))
}

/// The address of a file in a folder where nothing may be made, not even the lock that readers share: it is read as one
/// that nobody changes.
fn unchanging(path: &Path) -> PathBuf {
    let path = std::path::absolute(path).unwrap_or_else(|_| path.to_owned());
    let mut address = "file:".to_owned();
    for letter in path.to_string_lossy().chars() {
        match letter {
            '?' => address.push_str("%3f"),
            '#' => address.push_str("%23"),
            '%' => address.push_str("%25"),
            letter => address.push(letter),
        }
    }
    address.push_str("?immutable=1");
    address.into()
}

/// Opens a file, or makes one where there is none; of two processes that do so at once one waits for the other.
pub(crate) fn open_or_create(path: &Path, patience: Duration) -> Result<Connection> {
    let empty = path.metadata().map_or(true, |data| data.is_file() && data.len() == 0);
    if !empty {
        look(path)?;
        if !is_blank(path, patience)? {
            return open(path, patience);
        }
    }
    make(path, patience, VERSION)
}

/// Whether whoever made the file was stopped before anything was in it.
fn is_blank(path: &Path, patience: Duration) -> Result<bool> {
    let connection = connect(path, OpenFlags::SQLITE_OPEN_READ_WRITE, patience)?;
    let sql = "SELECT NOT EXISTS (SELECT 1 FROM sqlite_schema)";
    connection.query_row(sql, [], |row| row.get(0)).map_err(|e| Error::of(path, e))
}

/// Makes a new file.
pub(crate) fn create(path: &Path, patience: Duration) -> Result<Connection> {
    create_at(path, patience, VERSION)
}

fn create_at(path: &Path, patience: Duration, version: u32) -> Result<Connection> {
    if path.exists() {
        return Err(Error::Exists(path.to_owned()));
    }
    make(path, patience, version)
}

fn make(path: &Path, patience: Duration, version: u32) -> Result<Connection> {
    let flags = OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_CREATE;
    let mut connection = connect(path, flags, patience)?;
    migrate(&mut connection, version).map_err(|e| Error::of(path, e))?;
    Ok(connection)
}

fn connect(path: &Path, flags: OpenFlags, patience: Duration) -> Result<Connection> {
    let flags = flags | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    let prepare = || -> rusqlite::Result<Connection> {
        let connection = Connection::open_with_flags(path, flags)?;
        connection.busy_timeout(patience)?;
        connection.set_prepared_statement_cache_capacity(STATEMENTS);
        connection.pragma_update(None, "cache_size", -CACHE)?;
        connection.pragma_update(None, "foreign_keys", false)?;
        connection.pragma_update(None, "trusted_schema", false)?;
        if flags.contains(OpenFlags::SQLITE_OPEN_READ_WRITE) {
            connection.pragma_update(None, "journal_mode", "wal")?;
            // What was acknowledged survives a cut of the power, not only the death of the process.
            connection.pragma_update(None, "synchronous", "full")?;
            // A page that many articles change goes from the log into the file once.
            connection.pragma_update(None, "wal_autocheckpoint", LOG)?;
        }
        Ok(connection)
    };
    prepare().map_err(|e| Error::of(path, e))
}

/// What can be seen without a database: is there a file, and is all of it there?
fn look(path: &Path) -> Result<()> {
    let unreadable = |e: std::io::Error| match e.kind() {
        std::io::ErrorKind::NotFound => Error::NotFound(path.to_owned()),
        _ => Error::Unreadable { path: path.to_owned(), message: e.to_string() },
    };
    let mut file = File::open(path).map_err(unreadable)?;
    let data = file.metadata().map_err(unreadable)?;
    let other = |what: &str| Error::NotALedger { path: path.to_owned(), what: what.to_owned() };
    if !data.is_file() {
        return Err(other("it is no file"));
    }
    if data.len() == 0 {
        return Err(other("it is empty"));
    }
    let mut head = [0; HEAD];
    file.read_exact(&mut head).map_err(|_| other("it is too short"))?;
    if !head.starts_with(b"SQLite format 3\0") {
        return Err(other("it is no SQLite database"));
    }
    let expected = page_size(&head) * u64::from(number(&head, 28));
    // While a log of changes lies beside the file, part of its pages may be there only.
    if !has_log(path) && data.len() < expected {
        return Err(Error::Truncated { path: path.to_owned(), found: data.len(), expected });
    }
    Ok(())
}

fn page_size(head: &[u8; HEAD]) -> u64 {
    match u16::from_be_bytes([head[16], head[17]]) {
        1 => 65_536,
        size => u64::from(size),
    }
}

fn number(head: &[u8; HEAD], at: usize) -> u32 {
    head.get(at..at + 4).and_then(|b| b.try_into().ok()).map_or(0, u32::from_be_bytes)
}

/// The version of the file, if it is one of ours that can be read here.
fn recognise(connection: &Connection, path: &Path) -> Result<u32> {
    let pragma = |name| connection.pragma_query_value(None, name, |row| row.get::<_, i64>(0));
    let application = pragma("application_id").map_err(|e| Error::of(path, e))?;
    let found = pragma("user_version").map_err(|e| Error::of(path, e))?;
    if application != i64::from(APPLICATION) {
        let what = "it is the database of another program".to_owned();
        return Err(Error::NotALedger { path: path.to_owned(), what });
    }
    let found = u32::try_from(found).unwrap_or(u32::MAX);
    if found > VERSION {
        return Err(Error::Newer { path: path.to_owned(), found, known: VERSION });
    }
    Ok(found)
}

/// Runs what is missing, all in one transaction; another process may have done so in the meantime.
fn migrate(connection: &mut Connection, version: u32) -> rusqlite::Result<()> {
    let current = |c: &Connection| c.pragma_query_value(None, "user_version", |row| row.get::<_, u32>(0));
    if current(connection)? >= version {
        return Ok(());
    }
    let transaction = connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
    let done = current(&transaction)?;
    for migration in MIGRATIONS.iter().take(version as usize).skip(done as usize) {
        transaction.execute_batch(migration)?;
    }
    transaction.pragma_update(None, "application_id", APPLICATION)?;
    transaction.pragma_update(None, "user_version", version.max(done))?;
    transaction.commit()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn folder() -> tempfile::TempDir {
        tempfile::tempdir().expect("folder")
    }

    #[test]
    fn an_older_file_is_brought_up_to_date_and_keeps_its_rows() {
        let folder = folder();
        let path = folder.path().join("old.db");
        let old = create_at(&path, PATIENCE, 1).expect("version 1");
        old.execute("INSERT INTO revision VALUES (1, '2020-01-01T00:00:00Z', 'add', NULL)", []).expect("row");
        drop(old);
        assert!(matches!(open_read_only(&path, PATIENCE), Err(Error::Older { found: 1, .. })));
        let new = open(&path, PATIENCE).expect("opens");
        let count = |sql: &str| new.query_row(sql, [], |row| row.get::<_, i64>(0)).expect("counts");
        assert_eq!((count("SELECT count(*) FROM revision"), count("SELECT count(*) FROM event")), (1, 0));
        drop(new);
        assert!(open_read_only(&path, PATIENCE).is_ok());
    }

    #[test]
    fn migrations_to_one_version_give_the_same_tables_whichever_way() {
        let folder = folder();
        let tables = |name: &str, first: u32| {
            let path = folder.path().join(name);
            drop(create_at(&path, PATIENCE, first).expect("made"));
            let connection = open(&path, PATIENCE).expect("opens");
            let sql = "SELECT group_concat(sql, ';') FROM (SELECT sql FROM sqlite_schema ORDER BY name)";
            connection.query_row(sql, [], |row| row.get::<_, String>(0)).expect("schema")
        };
        assert_eq!(tables("a.db", 1), tables("b.db", VERSION));
    }

    #[test]
    fn a_newer_file_and_a_foreign_one_are_refused() {
        let folder = folder();
        let path = folder.path().join("newer.db");
        let connection = create(&path, PATIENCE).expect("made");
        connection.pragma_update(None, "user_version", VERSION + 1).expect("set");
        drop(connection);
        for opened in [open(&path, PATIENCE), open_read_only(&path, PATIENCE)] {
            let error = opened.expect_err("newer");
            assert!(matches!(error, Error::Newer { found, .. } if found == VERSION + 1), "{error}");
        }
        let foreign = folder.path().join("foreign.db");
        let connection = Connection::open(&foreign).expect("made");
        connection.execute_batch("CREATE TABLE t (x)").expect("table");
        drop(connection);
        assert!(matches!(open(&foreign, PATIENCE), Err(Error::NotALedger { .. })));
    }

    #[test]
    fn a_file_whose_maker_was_stopped_is_made_to_its_end() {
        let folder = folder();
        let path = folder.path().join("begun.db");
        let flags = OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_CREATE;
        drop(connect(&path, flags, PATIENCE).expect("begun"));
        assert!(path.metadata().expect("there").len() > 0);
        assert!(matches!(open(&path, PATIENCE), Err(Error::NotALedger { .. })));
        drop(open_or_create(&path, PATIENCE).expect("made"));
        assert!(open(&path, PATIENCE).is_ok());
    }

    #[test]
    fn what_is_no_database_is_told_apart() {
        let folder = folder();
        let file = |name: &str, bytes: &[u8]| {
            let path = folder.path().join(name);
            std::fs::write(&path, bytes).expect("written");
            open(&path, PATIENCE).expect_err("no ledger").to_string()
        };
        assert!(file("empty", b"").contains("it is empty"));
        assert!(file("short", b"SQLite format 3\0").contains("too short"));
        assert!(file("text", &[b'x'; 200]).contains("no SQLite database"));
        assert!(matches!(
            open(folder.path(), PATIENCE),
            Err(Error::NotALedger { .. } | Error::Unreadable { .. })
        ));
        assert!(matches!(open(&folder.path().join("none"), PATIENCE), Err(Error::NotFound(_))));
        let there = folder.path().join("empty");
        assert!(matches!(create(&there, PATIENCE), Err(Error::Exists(_))));
        assert!(matches!(create(&folder.path().join("a/b.db"), PATIENCE), Err(Error::Unreadable { .. })));
    }

    #[test]
    fn a_truncated_file_is_named_so_and_a_damaged_one_too() {
        let folder = folder();
        let path = folder.path().join("whole.db");
        drop(create(&path, PATIENCE).expect("made"));
        let bytes = std::fs::read(&path).expect("read");
        for part in [bytes.len() / 3, bytes.len() - 1] {
            let cut = folder.path().join("cut.db");
            std::fs::write(&cut, &bytes[..part]).expect("written");
            for opened in [open(&cut, PATIENCE), open_read_only(&cut, PATIENCE)] {
                assert!(matches!(opened, Err(Error::Truncated { .. })), "{part}");
            }
        }
        let damaged = folder.path().join("damaged.db");
        let broken: Vec<u8> =
            bytes.iter().enumerate().map(|(n, b)| if n < 100 { *b } else { 0xAA }).collect();
        std::fs::write(&damaged, broken).expect("written");
        let connection = open(&damaged, PATIENCE);
        let found = connection.and_then(|c| {
            c.query_row("SELECT count(*) FROM document", [], |r| r.get::<_, i64>(0))
                .map_err(|e| Error::of(&damaged, e))
        });
        assert!(matches!(found, Err(Error::Damaged { .. })), "{found:?}");
    }
}
