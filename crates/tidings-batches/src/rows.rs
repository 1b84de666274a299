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
