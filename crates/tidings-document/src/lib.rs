//! What is the article? A [`Document`] with its parts, its outlet and its dates.

mod assembly;
mod date;
mod document;
mod language;
mod outlet;
mod parts;
mod phrases;
mod publication;

pub use assembly::{Fields, Known, document, shortened};
pub use date::{DateBasis, PublicationDate, parse_date};
pub use document::{Document, Warning};
pub use parts::{Part, PartKind, find_parts, line_kind, refine_parts};
