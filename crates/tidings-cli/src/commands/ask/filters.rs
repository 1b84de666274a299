//! Flags that all questions to a ledger share.

use std::path::{Path, PathBuf};

use clap::ValueEnum;
use jiff::Timestamp;
use jiff::civil::Date;
use tidings_ledger::{Ledger, Order, Query};

use super::show::Format;
use crate::errors::Failure;
use crate::input::date;

/// Which ledger, and how to show what it says.
#[derive(Debug, clap::Args)]
pub struct LedgerArgs {
    /// The ledger
    #[arg(long, value_name = "FILE")]
    ledger: PathBuf,
    /// What the results look like
    #[arg(long, short, value_enum, default_value = "table")]
    pub format: Format,
    /// Write to this file instead of the standard output
    #[arg(long, value_name = "FILE")]
    out: Option<PathBuf>,
}

impl LedgerArgs {
    /// The ledger, for reading.
    pub fn open(&self) -> Result<Ledger, Failure> {
        Ok(Ledger::open_read_only(&self.ledger)?)
    }

    /// The ledger, for writing.
    pub fn open_to_write(&self) -> Result<Ledger, Failure> {
        Ok(Ledger::open(&self.ledger)?)
    }

    /// Where the results go.
    pub fn out(&self) -> Option<&Path> {
        self.out.as_deref()
    }
}

/// What to look for; the same for every question.
#[derive(Debug, clap::Args)]
#[command(next_help_heading = "Filters")]
pub struct Filters {
    /// First day
    #[arg(long, value_name = "DATE", value_parser = date)]
    from: Option<Date>,
    /// Last day
    #[arg(long, value_name = "DATE", value_parser = date)]
    to: Option<Date>,
    /// Takes part on either side: code of a country (NOR), or id of an actor
    #[arg(long, value_name = "WHO")]
    actor: Option<String>,
    /// Takes part beside or against --actor: both directions
    #[arg(long, value_name = "WHO", requires = "actor")]
    with: Option<String>,
    /// Acts
    #[arg(long, value_name = "WHO")]
    source: Option<String>,
    /// Is acted upon
    #[arg(long, value_name = "WHO")]
    target: Option<String>,
    /// PLOVER type: CONSULT, ASSAULT …
    #[arg(long = "type", value_name = "TYPE")]
    event_type: Option<String>,
    /// Quad class, 1 to 4
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u8).range(0..=4))]
    quad: Option<u8>,
    /// asserted, alleged, denied …
    #[arg(long)]
    status: Option<String>,
    /// Name of a place, or code of its country
    #[arg(long)]
    place: Option<String>,
    /// Told by this outlet
    #[arg(long)]
    outlet: Option<String>,
    /// Told by an article with these words
    #[arg(long)]
    text: Option<String>,
    /// As the ledger stood at the end of that day (UTC), or at that moment (2026-11-03T12:00:00Z)
    #[arg(long, value_name = "TIME", value_parser = moment)]
    as_of: Option<Timestamp>,
}

impl Filters {
    /// The question.
    pub fn query(&self) -> Query {
        Query {
            from: self.from,
            to: self.to,
            actor: self.actor.clone(),
            with: self.with.clone(),
            source: self.source.clone(),
            target: self.target.clone(),
            event_type: self.event_type.as_ref().map(|t| t.to_uppercase()),
            quad: self.quad,
            status: self.status.clone(),
            place: self.place.clone(),
            outlet: self.outlet.clone(),
            text: self.text.clone(),
            as_of: self.as_of,
            ..Query::default()
        }
    }
}

/// A moment, or the last one of a day.
pub fn moment(text: &str) -> Result<Timestamp, String> {
    if let Ok(moment) = text.parse() {
        return Ok(moment);
    }
    let day = date(text)?;
    tidings_ledger::end_of(day).ok_or_else(|| "name a day of this age".to_owned())
}

/// Which rows come first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum First {
    /// Those of the last day
    Newest,
    /// Those of the first day
    Oldest,
}

/// How much of a list.
#[derive(Debug, clap::Args)]
#[command(next_help_heading = "Pages")]
pub struct Paging {
    /// At most so many rows
    #[arg(long, value_name = "N", default_value_t = 100)]
    limit: usize,
    /// Go on where the list before ended
    #[arg(long, value_name = "CURSOR")]
    after: Option<String>,
    /// Which rows come first
    #[arg(long, value_enum, default_value = "newest")]
    order: First,
}

impl Paging {
    /// The question, for that part of the list.
    pub fn of(&self, query: Query) -> Query {
        let order = if self.order == First::Newest { Order::Newest } else { Order::Oldest };
        Query { limit: Some(self.limit), after: self.after.clone(), order, ..query }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_end_of_a_day_is_its_last_moment_and_a_moment_is_itself() {
        let read = |text| moment(text).expect("a time").to_string();
        assert!(read("2026-11-01").starts_with("2026-11-01T23:59:59"));
        assert_eq!(read("2026-11-01T12:00:00Z"), "2026-11-01T12:00:00Z");
        assert!(moment("soon").is_err());
    }
}
