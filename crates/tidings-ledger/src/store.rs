//! The ledger as a file: opened, and articles put in.

use std::path::{Path, PathBuf};
use std::time::Duration;

use jiff::Timestamp;
use rusqlite::{Connection, ErrorCode, OptionalExtension, Transaction, TransactionBehavior, params};
use tidings_coding::Report;
use tidings_coding::records::DocumentRecord;
use tidings_document::Document;

use crate::columns;
use crate::copies::Shingles;
use crate::error::{Error, Result};
use crate::grouping::{self, BRIEF};
use crate::records::{self, Coding};
use crate::{revision, schema};

/// Digits of a text's hash that name its document.
pub(crate) const DIGITS: usize = 16;

/// What must never be so.
const RECOUNTS: [(&str, &str); 3] = [
    (
        "the documents of actors",
        "WITH told AS (SELECT actor, count(DISTINCT document) FROM (SELECT actor, document FROM mention \
         JOIN coding ON coding.id = coding UNION ALL SELECT actor, document FROM report_actor \
         JOIN report ON report.id = report WHERE kind = 'row') GROUP BY actor) \
         SELECT EXISTS (SELECT * FROM told EXCEPT SELECT id, n_documents FROM actor) \
         OR EXISTS (SELECT id, n_documents FROM actor WHERE n_documents > 0 EXCEPT SELECT * FROM told)",
    ),
    (
        "the reports of events",
        "SELECT EXISTS (SELECT event, n_reports FROM event_state WHERE until IS NULL \
         EXCEPT SELECT event, sum(stands_for) FROM membership JOIN report ON report.id = membership.report \
         WHERE membership.until IS NULL GROUP BY event)",
    ),
    (
        "the reports that hold",
        "SELECT EXISTS (SELECT id FROM report WHERE until IS NULL AND event_type <> 'NONE' \
         EXCEPT SELECT report FROM membership WHERE until IS NULL) \
         OR EXISTS (SELECT report FROM membership WHERE until IS NULL EXCEPT SELECT id FROM report WHERE until IS NULL)",
    ),
];

/// An open ledger.
#[derive(Debug)]
pub struct Ledger {
    pub(crate) connection: Connection,
    pub(crate) columns: columns::Shared,
    path: PathBuf,
    patience: Duration,
    /// Changes are worked out and taken back.
    rehearsal: bool,
}

/// A coded article with the time at which it is stored.
#[derive(Clone, Copy, Debug)]
pub struct Article<'a> {
    /// The words.
    pub document: &'a Document,
    /// What was found in them.
    pub report: &'a Report,
    /// When: the library has no clock.
    pub at: Timestamp,
}

/// What became of an article.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Added {
    /// It is new.
    New {
        /// Id of the document.
        document_id: String,
        /// Id of an older document with nearly the same words.
        copy_of: Option<String>,
        /// Number of its reports.
        reports: usize,
    },
    /// Its words were there, published elsewhere or on another day: that is noted, the coding stays.
    PublishedAgain {
        /// Id of the document.
        document_id: String,
    },
    /// Its words were there, coded by another engine: the old coding is kept for questions about the past.
    Recoded {
        /// Id of the document.
        document_id: String,
        /// Number of its reports.
        reports: usize,
    },
    /// All of it was there.
    Known {
        /// Id of the document.
        document_id: String,
    },
}

impl Ledger {
    /// Makes a new ledger; there must be no file yet.
    pub fn create(path: &Path) -> Result<Self> {
        Ok(Self::of(path, schema::create(path, schema::PATIENCE)?))
    }

    /// Opens a ledger for reading and writing; an older version is brought up to date.
    pub fn open(path: &Path) -> Result<Self> {
        Ok(Self::of(path, schema::open(path, schema::PATIENCE)?))
    }

    /// Opens a ledger, or makes one where there is no file.
    pub fn open_or_create(path: &Path) -> Result<Self> {
        Ok(Self::of(path, schema::open_or_create(path, schema::PATIENCE)?))
    }

    /// Opens a ledger for reading only, beside others that may write.
    pub fn open_read_only(path: &Path) -> Result<Self> {
        Ok(Self::of(path, schema::open_read_only(path, schema::PATIENCE)?))
    }

    /// Another reader of the same file, for another thread: both share what is held in memory.
    pub fn reader(&self) -> Result<Self> {
        let connection = schema::open_read_only(&self.path, schema::PATIENCE)?;
        Ok(Self {
            connection,
            columns: self.columns.clone(),
            path: self.path.clone(),
            rehearsal: false,
            patience: schema::PATIENCE,
        })
    }

    fn of(path: &Path, connection: Connection) -> Self {
        Self {
            connection,
            columns: columns::Shared::default(),
            path: path.to_owned(),
            rehearsal: false,
            patience: schema::PATIENCE,
        }
    }

    /// Waits at most so long for another process that writes.
    pub fn set_patience(&mut self, patience: Duration) -> Result<()> {
        self.patience = patience;
        self.connection.busy_timeout(patience).map_err(|e| self.error(e))
    }

    /// Lets the file grow to at most so many pages; what does not fit is refused and nothing is lost.
    pub fn limit_pages(&self, pages: i64) -> Result<()> {
        self.connection.pragma_update(None, "max_page_count", pages).map_err(|e| self.error(e))
    }

    /// From now on every change is worked out, with all errors and results, and taken back; or no longer.
    pub fn rehearse(&mut self, rehearsal: bool) {
        self.rehearsal = rehearsal;
    }

    /// Where it lies.
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// Looks through the whole file: is every page and index what it should be, and do the sums that are kept equal a
    /// recount?
    pub fn check(&self) -> Result<()> {
        let damaged = |message: String| Error::Damaged { path: self.path.clone(), message };
        let found: String = self
            .connection
            .query_row("PRAGMA integrity_check(1)", [], |row| row.get(0))
            .map_err(|e| self.error(e))?;
        if found != "ok" {
            return Err(damaged(found));
        }
        let brief = format!(
            "SELECT EXISTS ({BRIEF} EXCEPT SELECT * FROM event_brief) OR EXISTS (SELECT state FROM event_brief EXCEPT SELECT id FROM event_state)"
        );
        let sums = [("the narrow rows of events", brief.as_str())];
        for (what, sql) in RECOUNTS.into_iter().chain(sums) {
            let wrong: bool =
                self.connection.query_row(sql, [], |row| row.get(0)).map_err(|e| self.error(e))?;
            if wrong {
                return Err(damaged(format!("{what} do not equal a recount")));
            }
        }
        Ok(())
    }

    /// Stores a coded article, all of it or nothing. When this returns, it is on the disk.
    pub fn add(&mut self, article: &Article) -> Result<Added> {
        self.write(|transaction| add(transaction, article))
    }

    /// Stores several coded articles, all of them or none: for those who have many at hand, since the disk is waited for
    /// once. When this returns, they are on it.
    pub fn add_all(&mut self, articles: &[Article]) -> Result<Vec<Added>> {
        self.write(|transaction| articles.iter().map(|article| add(transaction, article)).collect())
    }

    /// One transaction that writes; others wait for it.
    pub(crate) fn write<T>(&mut self, work: impl FnOnce(&Transaction) -> Result<T, Failure>) -> Result<T> {
        let path = &self.path;
        let tell = |failure: Failure| match failure {
            Failure::Database(error) => Error::of(path, error),
            Failure::Told(error) => error,
        };
        let transaction = begin(&self.connection, self.patience).map_err(|e| Error::of(path, e))?;
        let outcome = work(&transaction).map_err(tell)?;
        if self.rehearsal {
            return Ok(outcome);
        }
        transaction.commit().map_err(|e| Error::of(path, e))?;
        Ok(outcome)
    }

    /// What an error of the database means here.
    pub(crate) fn error(&self, error: rusqlite::Error) -> Error {
        Error::of(&self.path, error)
    }
}

/// How often to look whether another process is done writing.
const LOOK: Duration = Duration::from_millis(1);

/// Begins to write. The database itself would look ever more seldom, up to ten times a second, and who writes without a
/// pause would hardly ever be found between two transactions.
fn begin(connection: &Connection, patience: Duration) -> rusqlite::Result<Transaction<'_>> {
    let mut looks = patience.as_millis() / LOOK.as_millis();
    connection.busy_timeout(Duration::ZERO)?;
    let begun = loop {
        match Transaction::new_unchecked(connection, TransactionBehavior::Immediate) {
            Err(error) if looks > 0 && error.sqlite_error_code() == Some(ErrorCode::DatabaseBusy) => {
                looks -= 1;
                std::thread::sleep(LOOK);
            }
            begun => break begun,
        }
    };
    connection.busy_timeout(patience)?;
    begun
}

/// Why a transaction was given up.
#[derive(Debug)]
pub(crate) enum Failure {
    /// The database failed.
    Database(rusqlite::Error),
    /// Something that already has its words.
    Told(Error),
}

impl From<rusqlite::Error> for Failure {
    fn from(error: rusqlite::Error) -> Self {
        Self::Database(error)
    }
}

/// A document that is in the ledger.
struct Stored {
    id: i64,
    document_id: String,
}

fn add(transaction: &Transaction, article: &Article) -> Result<Added, Failure> {
    let Some(head) = records::head(article.report) else {
        let what = format!("{}: the report has no record of its document", article.document.id);
        return Err(Failure::Told(Error::question(what, "give the report as the engine made it")));
    };
    match find(transaction, &head.sha256)? {
        None => Ok(first(transaction, article, head)?),
        Some(stored) => Ok(again(transaction, article, head, stored)?),
    }
}

fn find(connection: &Connection, sha256: &str) -> rusqlite::Result<Option<Stored>> {
    connection
        .prepare_cached("SELECT id, document_id FROM document WHERE sha256 = ?1")?
        .query_row([sha256], |row| Ok(Stored { id: row.get(0)?, document_id: row.get(1)? }))
        .optional()
}

fn first(connection: &Connection, article: &Article, head: &DocumentRecord) -> rusqlite::Result<Added> {
    let revision = revision::begin(connection, article.at, "add", None)?;
    let shingles = Shingles::of(&article.document.text);
    let copy = shingles.copied(connection)?;
    let document_id = head.sha256.get(..DIGITS).unwrap_or(&head.sha256).to_owned();
    let id: i64 =
        connection.query_row("SELECT ifnull(max(id), 0) + 1 FROM document", [], |row| row.get(0))?;
    connection
        .prepare_cached(
            "INSERT INTO document (id, document_id, sha256, title, language, published, n_chars, text, family, \
             likeness, since) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11)",
        )?
        .execute(params![
            id,
            document_id,
            head.sha256,
            head.title,
            head.language,
            published(head),
            records::number(head.n_chars),
            article.document.text,
            copy.map_or(id, |c| c.family),
            copy.map(|c| c.likeness),
            revision,
        ])?;
    shingles.keep(connection, id)?;
    publish(connection, id, head, revision)?;
    let coding = Coding { document: id, document_id: &document_id, revision, head };
    let reports = records::store(connection, &coding, article.report)?;
    let copy_of = copy.map(|c| name(connection, c.family)).transpose()?;
    Ok(Added::New { document_id, copy_of, reports })
}

fn name(connection: &Connection, document: i64) -> rusqlite::Result<String> {
    connection.query_row("SELECT document_id FROM document WHERE id = ?1", [document], |row| row.get(0))
}

/// The words are there already.
fn again(
    connection: &Connection,
    article: &Article,
    head: &DocumentRecord,
    stored: Stored,
) -> rusqlite::Result<Added> {
    let Stored { id, document_id } = stored;
    let engine: String = connection
        .prepare_cached("SELECT engine FROM coding WHERE document = ?1 AND until IS NULL")?
        .query_row([id], |row| row.get(0))?;
    let recoded = engine != head.engine;
    let elsewhere = !is_published(connection, id, head)?;
    if !recoded && !elsewhere {
        return Ok(Added::Known { document_id });
    }
    let kind = if recoded { "recode" } else { "add" };
    let revision = revision::begin(connection, article.at, kind, None)?;
    if elsewhere {
        publish(connection, id, head, revision)?;
    }
    if !recoded {
        grouping::refresh(connection, revision, id)?;
        return Ok(Added::PublishedAgain { document_id });
    }
    let coding = Coding { document: id, document_id: &document_id, revision, head };
    let reports = records::store(connection, &coding, article.report)?;
    Ok(Added::Recoded { document_id, reports })
}

fn published(head: &DocumentRecord) -> Option<&str> {
    head.publication_date.as_ref().and_then(|d| d.value.as_deref())
}

fn is_published(connection: &Connection, document: i64, head: &DocumentRecord) -> rusqlite::Result<bool> {
    connection
        .prepare_cached(
            "SELECT EXISTS (SELECT 1 FROM publication WHERE document = ?1 AND ifnull(outlet, '') = ifnull(?2, '') \
             AND ifnull(url, '') = ifnull(?3, '') AND ifnull(published, '') = ifnull(?4, ''))",
        )?
        .query_row(params![document, head.outlet, head.source_url, published(head)], |row| row.get(0))
}

fn publish(
    connection: &Connection,
    document: i64,
    head: &DocumentRecord,
    revision: i64,
) -> rusqlite::Result<()> {
    let published = published(head);
    connection
        .prepare_cached(
            "INSERT INTO publication (document, name, outlet, url, published, basis, since) \
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)",
        )?
        .execute(params![
            document,
            head.id,
            head.outlet,
            head.source_url,
            published,
            head.publication_date.as_ref().map(|d| d.basis.as_str()),
            revision,
        ])?;
    connection
        .prepare_cached(
            "UPDATE document SET published = ?2 WHERE id = ?1 AND ifnull(published, '9999') > ?2",
        )?
        .execute(params![document, published])?;
    Ok(())
}
