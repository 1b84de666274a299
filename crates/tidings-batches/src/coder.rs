//! A batch of articles in, a batch of events out.

use std::sync::Arc;

use arrow_array::RecordBatch;
use arrow_schema::SchemaRef;
use tidings::Engine;
use tidings_export::{Cell, Table};

use crate::articles::{Articles, Names};
use crate::cells::{Columns, schema};
use crate::coded::{Article, Coded};
use crate::error::{Error, Result};
use crate::rows::Subject;

/// Codes batches. Any number of threads may use one at the same time; the same batch gives the same batch.
///
/// ```
/// use std::sync::Arc;
/// use arrow_array::{RecordBatch, StringArray, cast::AsArray};
/// use tidings_batches::Coder;
///
/// let coder = Coder::new(Arc::new(tidings::Engine::new()?))?;
/// let texts = Arc::new(StringArray::from(vec!["Norway condemned Denmark."])) as _;
/// let events = coder.code(&RecordBatch::try_from_iter([("text", texts)])?)?;
/// let column = |name| events.column_by_name(name).expect("a column").as_string::<i32>().value(0);
/// assert_eq!([column("source"), column("event_type"), column("target")], ["Norway", "ACCUSE", "Denmark"]);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone)]
pub struct Coder {
    engine: Arc<Engine>,
    subject: Subject,
    names: Names,
    /// With the column `error`.
    table: Table,
    schema: SchemaRef,
}

impl Coder {
    /// Gives events.
    pub fn new(engine: Arc<Engine>) -> Result<Self> {
        let table = Subject::Events.table()?.release();
        Ok(Self { engine, subject: Subject::Events, names: Names::default(), schema: schema(&table), table })
    }

    /// Gives the rows of another table: documents, quotes, commitments.
    pub fn about(self, subject: Subject) -> Result<Self> {
        if subject == Subject::Errors {
            let hint = "every table has the column `error`: events, documents, quotes, commitments";
            return Err(Error::told("errors have no table of their own here", hint));
        }
        let table = subject.table()?.release();
        Ok(Self { subject, schema: schema(&table), table, ..self })
    }

    /// Reads `role` (text, id, date, title, outlet, url, language) from the column of another name.
    pub fn reading(mut self, role: &str, column: &str) -> Result<Self> {
        self.names.set(role, column)?;
        Ok(self)
    }

    /// The columns of what comes out.
    pub fn schema(&self) -> SchemaRef {
        self.schema.clone()
    }

    /// Codes the articles of a batch, in their order: a row an event (or what else is asked for).
    ///
    /// The columns read are `text` (required), `id`, `date`, `title`, `outlet`, `url` and `language`. An article that
    /// cannot be coded, or is in another language, is one row with its `document_id` and the `error`; an article
    /// without events gives no row. Errors are about the columns as a whole, never about one article.
    pub fn code(&self, batch: &RecordBatch) -> Result<RecordBatch> {
        let mut columns = Columns::new(&self.table);
        for article in Articles::of(batch, &self.names)?.iter() {
            self.add(&article, &mut columns)?;
        }
        columns.finish(&self.table)
    }

    fn add(&self, article: &Article, columns: &mut Columns) -> Result<()> {
        let mut coded = Coded::new(&self.engine, article, &[self.subject])?;
        let rows = coded.rows.remove(&self.subject).unwrap_or_default();
        if rows.is_empty()
            && let Some(error) = coded.silence.take()
        {
            columns.push(self.silent(coded.document_id, error));
            return Ok(());
        }
        let error = coded.silence.map_or(Cell::Missing, Cell::Text);
        for mut row in rows {
            row.push(error.clone());
            columns.push(row);
        }
        Ok(())
    }

    /// The row of an article that has none.
    fn silent(&self, document_id: Option<String>, error: String) -> Vec<Cell> {
        let cell = |name: &str| match name {
            "document_id" => document_id.clone().map_or(Cell::Missing, Cell::Text),
            "error" => Cell::Text(error.clone()),
            _ => Cell::Missing,
        };
        self.table.columns.iter().map(|column| cell(&column.name)).collect()
    }
}

impl std::fmt::Debug for Coder {
    fn fmt(&self, f: &mut std::fmt::Formatter) -> std::fmt::Result {
        f.debug_struct("Coder")
            .field("subject", &self.subject)
            .field("names", &self.names)
            .finish_non_exhaustive()
    }
}
