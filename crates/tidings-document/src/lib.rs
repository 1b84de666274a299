//! What is the article? A [`Document`] with its parts, its outlet and its dates, and the readers that make one.

mod date;
mod document;
mod parts;
pub mod read;

pub use date::{DateBasis, PublicationDate, parse_date};
pub use document::{Document, Warning};
pub use parts::{Part, PartKind, find_parts};
