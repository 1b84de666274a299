//! How good is it? Readers of the test corpora, scorers, and the suites of `cargo xtask evaluate` and `bench`.
//!
//! Test sets are only ever scored: nothing here feeds back into rules or training.

pub mod annotation;
mod bench;
pub mod corpora;
mod error;
mod gold;
mod ledger;
mod machine;
mod mixed;
mod peers;
mod plan;
mod report;
mod resolution;
pub mod scores;
mod speed;
mod suites;

pub use error::{Error, Result};
pub use machine::Machine;
pub use mixed::{Source, Whole, whole};
pub use plan::{Measure, Plan, Suite};
pub use report::{Entry, Results};
pub use resolution::{Resolution, resolution};
pub use speed::{Speed, load_knowledge, news_sentences, speed};
pub use suites::{Context, Outcome, run};
