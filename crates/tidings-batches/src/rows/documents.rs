//! A row an article, whether it was coded or not.

use serde::Serialize;
use tidings::Report;
use tidings::records::{DocumentRecord, Record};
use tidings_readers::Place;

use super::{joined, some};

/// An article that was read.
#[derive(Debug, Serialize)]
pub struct DocumentRow<'r> {
    document_id: &'r str,
    title: Option<&'r str>,
    outlet: Option<&'r str>,
    url: Option<&'r str>,
    published: Option<&'r str>,
    published_basis: Option<&'r str>,
    language: &'r str,
    sha256: &'r str,
    n_chars: usize,
    n_events: usize,
    n_quotes: usize,
    warnings: Option<String>,
    input: Option<&'r str>,
    number: Option<u64>,
}

impl<'r> DocumentRow<'r> {
    /// Of a report, and where its article stood.
    pub fn new(record: &'r DocumentRecord, report: &'r Report, place: Option<&'r Place>) -> Self {
        let published = record.publication_date.as_ref();
        let warnings: Vec<String> =
            record.warnings.iter().map(|w| format!("{} [{}]", w.message, w.code)).collect();
        Self {
            document_id: &record.id,
            title: record.title.as_deref(),
            outlet: record.outlet.as_deref(),
            url: record.source_url.as_deref(),
            published: published.and_then(|p| p.value.as_deref()),
            published_basis: published.map(|p| p.basis.as_str()),
            language: &record.language,
            sha256: &record.sha256,
            n_chars: record.n_chars,
            n_events: report.events().count(),
            n_quotes: report.records.iter().filter(|r| matches!(r, Record::Quote(_))).count(),
            warnings: some(joined(warnings.iter().map(String::as_str))),
            input: place.map(|p| p.input.as_str()),
            number: place.map(|p| p.number + 1),
        }
    }
}

/// An article that could not be read or coded.
#[derive(Debug, Serialize)]
pub struct ErrorRow<'r> {
    /// The file or stream.
    pub input: Option<&'r str>,
    /// Which article of it, from 1.
    pub number: Option<u64>,
    /// Its name, where that could be read.
    pub document_id: Option<&'r str>,
    /// Why.
    pub error: &'r str,
    /// What to do about it.
    pub hint: &'r str,
}
