//! One article, coded: rows for every table, or why there are none.

use std::collections::BTreeMap;

use jiff::civil::Date;
use serde::Serialize;
use tidings::document::Document;
use tidings::records::{DocumentRecord, Record};
use tidings::{Engine, Report};
use tidings_export::Cell;
use tidings_readers::Place;

use crate::error::Result;
use crate::rows::{DocumentRow, ErrorRow, Subject, commitments, event_rows, quotes};

/// One article as it was read, or why it could not be.
#[derive(Clone, Debug)]
pub struct Article {
    /// Where it stood, if it came out of a file.
    pub place: Option<Place>,
    /// What it is.
    pub document: Result<Document, Failure>,
}

/// Why an article was not coded.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Failure {
    /// What is wrong, and where.
    pub error: String,
    /// What to do about it.
    pub hint: String,
}

impl Failure {
    /// From a message whose hint stands on a line of its own, as all errors of Tidings have it.
    pub fn of(message: &str) -> Self {
        let (error, hint) = message.split_once("\n  hint: ").unwrap_or((message, ""));
        Self { error: error.to_owned(), hint: hint.to_owned() }
    }
}

/// What an article gave.
#[derive(Debug, Default)]
pub struct Coded {
    /// Its name.
    pub document_id: Option<String>,
    /// When it was published.
    pub published: Option<Date>,
    /// Why there are no events: it failed, or is in another language.
    pub silence: Option<String>,
    /// The rows of each table.
    pub rows: BTreeMap<Subject, Vec<Vec<Cell>>>,
}

/// Codes a document.
pub fn code(engine: &Engine, document: &Document) -> Result<Report, Failure> {
    engine.code_guarded(document).map_err(|e| Failure::of(&e.to_string()))
}

impl Coded {
    /// Codes an article and lays out the rows of the tables that are wanted.
    pub fn new(engine: &Engine, article: &Article, wanted: &[Subject]) -> Result<Self> {
        let place = article.place.as_ref();
        match &article.document {
            Err(failure) => Self::failed(place, None, failure),
            Ok(document) => match code(engine, document) {
                Ok(report) => Self::of(&report, place, wanted),
                Err(failure) => Self::failed(place, Some(&document.id), &failure),
            },
        }
    }

    fn failed(place: Option<&Place>, document_id: Option<&str>, failure: &Failure) -> Result<Self> {
        let row = ErrorRow {
            input: place.map(|p| p.input.as_str()),
            number: place.map(|p| p.number + 1),
            document_id,
            error: &failure.error,
            hint: &failure.hint,
        };
        let mut coded = Self {
            document_id: document_id.map(str::to_owned),
            silence: Some(failure.error.clone()),
            ..Self::default()
        };
        coded.lay(Subject::Errors, [row])?;
        Ok(coded)
    }

    fn of(report: &Report, place: Option<&Place>, wanted: &[Subject]) -> Result<Self> {
        let record =
            report.records.iter().find_map(|r| if let Record::Document(d) = r { Some(d) } else { None });
        let none = DocumentRecord::default();
        let record = record.unwrap_or(&none);
        let published = record.publication_date.as_ref().and_then(|d| d.value.as_deref());
        let mut coded = Self {
            document_id: Some(record.id.clone()),
            published: published.and_then(|day| day.parse().ok()),
            silence: silence(record),
            ..Self::default()
        };
        for subject in wanted {
            match subject {
                Subject::Events => coded.lay(Subject::Events, event_rows(report))?,
                Subject::Documents => {
                    coded.lay(Subject::Documents, [DocumentRow::new(record, report, place)])?;
                }
                Subject::Quotes => coded.lay(Subject::Quotes, quotes(report))?,
                Subject::Commitments => coded.lay(Subject::Commitments, commitments(report))?,
                Subject::Errors => {}
            }
        }
        Ok(coded)
    }

    fn lay<R: Serialize>(&mut self, subject: Subject, rows: impl IntoIterator<Item = R>) -> Result<()> {
        let table = subject.table()?;
        let cells: Result<Vec<_>, _> =
            rows.into_iter().enumerate().map(|(n, row)| table.cells(n + 1, &row)).collect();
        let cells = cells?;
        if !cells.is_empty() {
            self.rows.insert(subject, cells);
        }
        Ok(())
    }
}

/// Why a document that was read has no events and never could.
fn silence(record: &DocumentRecord) -> Option<String> {
    let found = record.warnings.iter().find(|w| matches!(w.code.as_str(), "not-english" | "empty"));
    found.map(|w| w.message.clone())
}
