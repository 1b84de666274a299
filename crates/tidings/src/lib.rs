//! The engine: documents in, records out.
//!
//! [`Engine`] is built once and shared between threads; everything it does is a pure function of the document, the
//! model and the tables inside the program: no clock, no network, no files.
//!
//! ```
//! use tidings::document::{Document, Part, PartKind};
//! use tidings::{Engine, text::Span};
//!
//! # fn main() -> Result<(), tidings::EngineError> {
//! let text = "Norway condemned Denmark.".to_owned();
//! let parts = vec![Part { kind: PartKind::Body, span: Span::new(0, text.len()), remove: false }];
//! let document = Document { id: "note".to_owned(), language: "en".to_owned(), text, parts, ..Document::default() };
//!
//! let engine = Engine::new()?;
//! let report = engine.code(&document)?;
//! let event = report.events().next().expect("one event");
//! assert_eq!((event.source[0].name.as_str(), event.target[0].name.as_str()), ("Norway", "Denmark"));
//! assert_eq!((event.plover.event.as_str(), event.status.as_str()), ("ACCUSE", "asserted"));
//! # Ok(())
//! # }
//! ```
//!
//! The rooms are re-exported under the name of their question: [`text`], [`document`], [`language`], [`ontology`],
//! [`places`], [`actors`], [`time`], [`coding`].

mod analysis;
mod check;
mod engine;
mod lesson;
mod prepare;

pub use analysis::Analysis;
pub use check::{Change, Checked, Coding, changes};
pub use engine::{Engine, EngineError};
pub use prepare::{LONGEST_DOCUMENT, LONGEST_SENTENCE};
pub use tidings_actors::Additions;
pub use tidings_coding::records::{self, Record, Report};
pub use tidings_coding::{Answer, Question};
pub use tidings_ontology::Rules;

pub use tidings_actors as actors;
pub use tidings_coding as coding;
pub use tidings_document as document;
pub use tidings_language as language;
pub use tidings_ontology as ontology;
pub use tidings_places as places;
pub use tidings_text as text;
pub use tidings_time as time;
