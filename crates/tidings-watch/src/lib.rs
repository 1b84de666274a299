//! What is new? Feeds are asked politely, new articles fetched, coded and stored in a ledger, and told of by rules.
//!
//! [`Config`] is `feeds.toml`; [`Watch`] does it. The crate has no clock and does not sleep by itself: both come in by
//! [`World`]. It is the only one that asks servers on its own, and never asks addresses that are not of the public
//! internet unless it is told to (`address.rs`; the check is made where names become addresses, `client.rs`, so that what
//! was checked is what is connected to). What it knows stands in a file that is replaced as a whole (`state.rs`).

mod address;
mod alerts;
mod atom;
mod client;
mod config;
mod deliver;
mod fetch;
mod robots;
mod state;
mod watch;

#[cfg(test)]
mod tests;

use std::time::Duration;

use jiff::Timestamp;

pub use alerts::Alert;
pub use config::{AlertRule, Config, ConfigError, FeedConfig, Manners, Pages, ScoreChange, Span};
pub use watch::{Tally, Watch};

/// What the watch needs of the world around it.
pub trait World {
    /// What time it is.
    fn now(&self) -> Timestamp;
    /// Waits so long, or until somebody wants to stop.
    fn wait(&mut self, time: Duration);
    /// Whether somebody wants to stop.
    fn stopped(&self) -> bool;
    /// Something that the user should know.
    fn tell(&mut self, note: Note);
}

/// What the user is told while the watch goes on.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Note {
    /// As it should be.
    Fact(String),
    /// Something was not as it should be; it goes on.
    Warning(String),
}
