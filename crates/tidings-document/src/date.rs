//! When the report was published.

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

/// How the publication date is known.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum DateBasis {
    /// The user said so (`--date`).
    Option,
    /// A field of the input.
    Metadata,
    /// The dateline of the text.
    Dateline,
    /// Worked out from the text.
    Inferred,
}

/// The day of publication with the reason to believe it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PublicationDate {
    /// The most probable day.
    pub date: Date,
    /// How it is known.
    pub basis: DateBasis,
    /// In words, for people.
    pub explanation: String,
}

/// Reads the date formats that metadata come in: ISO 8601 (with or without time), `20160811`, `11 August 2016`, `August 11, 2016`, RFC 2822.
pub fn parse_date(text: &str) -> Option<Date> {
    text.get(..10)?.parse().ok()
}
