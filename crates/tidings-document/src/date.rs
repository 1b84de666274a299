//! When the report was published.

mod calendar;
mod lines;

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

pub use calendar::parse_date;
pub(crate) use calendar::{day_and_month, find_date, tokens};
pub(crate) use lines::date_line;

/// How the publication date is known.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum DateBasis {
    /// The user said so (`--date`).
    Option,
    /// A field of the input, or the address of the page.
    Metadata,
    /// The dateline or a date line of the text.
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
