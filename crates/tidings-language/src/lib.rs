//! How is the sentence built? One small multi-task model run once per sentence; knows no politics.
//!
//! [`Analyzer::analyze`] turns stretches of text into [`Sentence`]s: words with universal tags, features and
//! lemmas, a UD dependency tree, semantic roles, names, event factuality (-3 to 3), and attributions.
//!
//! The way of the data: words → [`wordpiece`] → [`windows`] (batches of bounded size) → [`network`] (one pass)
//! → [`decode`] ([`tree`], [`names`], [`pairs`], [`lemma`], [`inflection`]) → [`continuation`] (contents that run
//! over their sentence). Beside the last layers a branch reads for acts between actors
//! ([`acts`]).

mod acts;
mod analyzer;
mod base_forms;
pub mod conllu;
mod continuation;
mod decode;
mod error;
mod inflection;
pub mod json;
mod labels;
mod lemma;
mod matrix;
mod model;
mod names;
mod network;
mod pairs;
mod sentence;
mod tree;
mod windows;
mod wordpiece;

pub use acts::{ActClassifier, ActViews, Pair};
pub use analyzer::Analyzer;
pub use error::ModelError;
pub use labels::{NameKind, Relation, Role, Upos};
pub use model::Description;
pub use sentence::{Argument, Attribution, Below, Name, Predicate, Sentence, Word};
