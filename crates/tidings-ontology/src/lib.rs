//! What can be coded, and which words tell it? PLOVER types, modes, contexts, CAMEO equivalents; triggers; words of
//! saying and doubt. All of it is data in `data/ontology` and `data/coding`; this crate reads and checks it.

mod checks;
mod error;
mod event_type;
mod lexicon;
mod ontology;
mod rules;
mod tables;
mod triggers;
mod verbs;

pub use error::TableError;
pub use event_type::EventType;
pub use lexicon::{Effect, Lexicon, Saying};
pub use ontology::{CameoCode, Ontology};
pub use rules::{LARGEST_RULES, OwnContext, Patterns, Rules};
pub use triggers::{Pos, Trigger, TriggerTest, Triggers, When};

/// Whether all tables inside the program could be read; one that could not is empty.
pub fn check() -> Result<(), TableError> {
    let problem = Ontology::problem().or_else(Triggers::problem).or_else(Lexicon::problem);
    problem.map_or(Ok(()), |problem| Err(problem.clone()))
}
