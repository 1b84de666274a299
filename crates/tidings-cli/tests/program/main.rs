//! Runs the built program as a user does. The reports are our own; what is expected stands beside each.

mod analysis;
mod asking;
mod bad_input;
mod bulk;
mod endings;
mod evaluation;
mod exchange;
mod explanations;
mod formats;
mod harness;
mod inputs;
mod interruption;
mod ledger;
mod main_job;
mod manners;
mod readme;
mod reviewing;
mod rules;
mod serving;
mod upkeep;
mod watching;
mod who;
