//! How is the sentence built? One small multi-task model run once per sentence; knows no politics.
//!
//! [`Analyzer::analyze`] turns stretches of text into [`Sentence`]s: words with universal tags, features and
//! lemmas, a UD dependency tree, semantic roles, names, event factuality (-3 to 3), and attributions.

mod labels;
mod sentence;

pub use labels::{NameKind, Relation, Role, Upos};
pub use sentence::{Argument, Attribution, Name, Predicate, Sentence, Word};
