//! Who did or said what to whom? From the language analysis of one article to its records, with the reasons.
//!
//! The way of the data: [`article`] (mentions of actors and who they are) → quotes → drafts of events (trigger,
//! parties, status, attribution, date, place) → one record per event → commitments, relations, contradictions.

pub mod article;
pub mod draft;
pub mod records;
