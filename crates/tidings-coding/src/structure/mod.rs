//! What lasts beyond one event: commitments, stated relations, and what contradicts itself.

pub mod commitments;
pub mod contradictions;
mod counts;
mod outcomes;
pub mod relations;
