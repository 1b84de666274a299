//! Where in the text is this? Spans, words, sentences, quotation marks and anchors.
//!
//! All offsets inside Tidings are bytes of the UTF-8 text; [`CodePoints`] turns them into Unicode code points,
//! the unit of every record that leaves the program.

mod anchors;
mod characters;
mod code_points;
mod fold;
mod lexicon;
mod quotations;
mod sentences;
mod span;
mod words;

pub use anchors::TextQuote;
pub use code_points::CodePoints;
pub use fold::fold;
pub use quotations::{Quotation, quotations};
pub use sentences::sentences;
pub use span::Span;
pub use words::words;
