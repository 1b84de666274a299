//! What an article gives to each table.

mod documents;
pub mod events;
mod structure;

pub use documents::{DocumentRow, ErrorRow};
pub use events::event_rows;
pub use structure::{commitments, quotes};

use serde::Serialize;
use tidings_export::Table;

use crate::error::Result;

/// What the rows of a table are about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Subject {
    /// Who did or said what to whom.
    Events,
    /// Articles that were read.
    Documents,
    /// Quotations.
    Quotes,
    /// Obligations, mandates, sanctions regimes, ultimatums.
    Commitments,
    /// Articles that could not be read or coded.
    Errors,
}

impl Subject {
    /// All of them, in the order in which they are written.
    pub const ALL: [Self; 5] = [Self::Events, Self::Documents, Self::Quotes, Self::Commitments, Self::Errors];

    /// As folders and options call it.
    pub fn name(self) -> &'static str {
        match self {
            Self::Events => "events",
            Self::Documents => "documents",
            Self::Quotes => "quotes",
            Self::Commitments => "commitments",
            Self::Errors => "errors",
        }
    }

    /// The one of that name.
    pub fn of(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|s| s.name() == name)
    }

    /// What its columns mean.
    pub fn table(self) -> Result<&'static Table> {
        let name = match self {
            Self::Events => "coded_events",
            Self::Documents => "coded_documents",
            Self::Quotes => "coded_quotes",
            Self::Commitments => "coded_commitments",
            Self::Errors => "coded_errors",
        };
        Ok(tidings_export::table(name)?)
    }
}

/// Several values in one cell.
fn joined<'s>(texts: impl Iterator<Item = &'s str>) -> String {
    texts.collect::<Vec<_>>().join("; ")
}

/// Missing is empty, never an empty text.
fn some(text: String) -> Option<String> {
    Some(text).filter(|t| !t.is_empty())
}

#[cfg(test)]
mod tests {
    use serde_json::Value;
    use tidings::document::{Document, Fields, Known, document};

    use super::*;

    /// A report with an event, a quotation and a commitment.
    fn document_with_everything() -> Document {
        let text = "The UN Security Council adopted a resolution on Tuesday that obliges Sudan to open Khartoum airport to \
                    relief flights.\n\n\"We will keep every word of this resolution,\" said Sudan's ambassador, Amira Taha.";
        document(Fields { id: "a".to_owned(), text: text.to_owned(), ..Fields::default() }, &Known::default())
    }

    fn keys(row: &impl Serialize) -> Vec<String> {
        let Ok(Value::Object(fields)) = serde_json::to_value(row) else { panic!("no object") };
        fields.keys().cloned().collect()
    }

    fn columns(subject: Subject) -> Vec<String> {
        subject.table().expect("a table").columns.iter().map(|c| c.name.clone()).collect()
    }

    #[test]
    fn the_columns_of_every_table_are_the_fields_of_its_rows_in_their_order() {
        let engine = tidings::Engine::new().expect("the embedded model loads");
        let report = engine.code(&document_with_everything()).expect("coded");
        let tidings::Record::Document(record) = &report.records[0] else { panic!("no document first") };
        let event = event_rows(&report).next().expect("an event");
        assert_eq!(keys(&event), columns(Subject::Events));
        assert_eq!(keys(&DocumentRow::new(record, &report, None)), columns(Subject::Documents));
        assert_eq!(keys(&quotes(&report).next().expect("a quotation")), columns(Subject::Quotes));
        assert_eq!(keys(&commitments(&report).next().expect("a commitment")), columns(Subject::Commitments));
        let error = ErrorRow { input: None, number: None, document_id: None, error: "", hint: "" };
        assert_eq!(keys(&error), columns(Subject::Errors));
    }

    #[test]
    fn every_table_has_a_name_and_is_found_by_it() {
        for subject in Subject::ALL {
            assert_eq!(Subject::of(subject.name()), Some(subject));
            assert!(subject.table().is_ok());
        }
        assert_eq!(Subject::of("event"), None);
    }
}
