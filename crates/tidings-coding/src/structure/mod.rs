//! What lasts beyond one event: commitments, stated relations, and what contradicts itself.

pub mod commitments;
pub mod contradictions;
pub mod relations;
