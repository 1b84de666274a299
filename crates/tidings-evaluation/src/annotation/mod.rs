//! System records against gold records: who did or said what to whom, when, where, how certain, on whose word.
//!
//! The rules are those of the annotation guide. Events are matched one to one (`events`), each pair gets a quality from
//! its attributes (`pair`, `details`), and quotes, segments, commitments, contradictions, relations, time expressions and
//! entities are compared beside them (`others`). Everything is pure but `reading`.

mod actors;
mod assignment;
mod dates;
mod details;
mod error;
mod evaluation;
mod events;
mod fields;
mod names;
mod others;
mod pair;
mod reading;
mod records;
mod sets;
mod side;
mod spans;
mod statements;
mod totals;

pub use error::{Error, Result};
pub use evaluation::{DocumentScore, Evaluation, evaluate};
pub use events::{EventLine, Outcome, Pairing};
pub use reading::{Collection, Role, parse, read};
pub use totals::{Headline, Measure, Prf, Totals};

#[cfg(test)]
mod tests;
