//! Reading beside others: one moment for several questions, and an end for those that take too long.

use rusqlite::{InterruptHandle, OptionalExtension};
use serde::Serialize;

use crate::error::Result;
use crate::store::Ledger;

/// Ends a question that is under way, from another thread.
pub struct Interrupter(InterruptHandle);

impl std::fmt::Debug for Interrupter {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Interrupter")
    }
}

impl Interrupter {
    /// The question fails at once; where none is under way, nothing happens.
    pub fn interrupt(&self) {
        self.0.interrupt();
    }
}

/// How far the ledger is.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Standing {
    /// Number of the last change; 0 if nothing was ever stored.
    pub revision: i64,
    /// When it was made.
    pub at: Option<String>,
    /// Documents that were ever stored.
    pub documents: i64,
    /// Events that were ever found.
    pub events: i64,
}

/// An article as it came in, to be coded once more.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Original {
    /// Id of the document.
    pub document_id: String,
    /// All of its words.
    pub text: String,
    /// Headline.
    pub title: Option<String>,
    /// Who published it first.
    pub outlet: Option<String>,
    /// Where.
    pub url: Option<String>,
    /// When.
    pub published: Option<String>,
}

impl Ledger {
    /// An article as it came in; none if there is none of that id.
    pub fn original(&self, document_id: &str) -> Result<Option<Original>> {
        let sql = "SELECT document_id, text, title, outlet, url, publication.published FROM document \
                   JOIN publication ON publication.document = document.id WHERE document_id = ?1 \
                   ORDER BY publication.id LIMIT 1";
        let found = || {
            let mut statement = self.connection.prepare_cached(sql)?;
            let row = statement.query_row([document_id], |row| {
                Ok(Original {
                    document_id: row.get(0)?,
                    text: row.get(1)?,
                    title: row.get(2)?,
                    outlet: row.get(3)?,
                    url: row.get(4)?,
                    published: row.get(5)?,
                })
            });
            row.optional()
        };
        found().map_err(|e| self.error(e))
    }

    /// The record of a report as the engine made it, or as it was corrected; none if there is none of that id.
    pub fn record(&self, report_id: &str) -> Result<Option<String>> {
        let sql = "SELECT record FROM report WHERE report_id = ?1";
        let found = || {
            let mut statement = self.connection.prepare_cached(sql)?;
            statement.query_row([report_id], |row| row.get(0)).optional()
        };
        found().map_err(|e| self.error(e))
    }

    /// What ends a question of this ledger from another thread.
    pub fn interrupter(&self) -> Interrupter {
        Interrupter(self.connection.get_interrupt_handle())
    }

    /// All questions of `ask` see the ledger as it is at one moment, whoever writes meanwhile.
    pub fn at_one_moment<T, E: From<crate::Error>>(
        &self,
        ask: impl FnOnce(&Self) -> Result<T, E>,
    ) -> Result<T, E> {
        let moment = self.connection.unchecked_transaction().map_err(|e| self.error(e))?;
        let answer = ask(self)?;
        moment.commit().map_err(|e| self.error(e))?;
        Ok(answer)
    }

    /// How far it is; quick whatever its size.
    pub fn standing(&self) -> Result<Standing> {
        let sql = "SELECT id, at, (SELECT ifnull(max(id), 0) FROM document), (SELECT ifnull(max(id), 0) FROM event) \
                   FROM revision ORDER BY id DESC LIMIT 1";
        let found = || {
            let mut statement = self.connection.prepare_cached(sql)?;
            let row = statement.query_row([], |row| {
                Ok(Standing {
                    revision: row.get(0)?,
                    at: row.get(1)?,
                    documents: row.get(2)?,
                    events: row.get(3)?,
                })
            });
            row.optional()
        };
        Ok(found().map_err(|e| self.error(e))?.unwrap_or_default())
    }
}
