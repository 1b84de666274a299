//! Paths and `-` to documents, with the flags that say what the input does not.

use std::path::PathBuf;

use jiff::civil::Date;
use tidings::document::{Document, Known, parse_date};
use tidings_readers::ReadOptions;

use crate::errors::Failure;

/// One document, or why there is none.
pub type Read = Result<Document, Failure>;

/// What the user knows of the reports.
#[derive(Clone, Debug, clap::Args)]
pub struct InputArgs {
    /// Day of publication, of all documents: 2016-08-11, 11 August 2016 …
    #[arg(long, value_name = "DATE", value_parser = date)]
    date: Option<Date>,
    /// Who published them
    #[arg(long, value_name = "NAME")]
    outlet: Option<String>,
}

impl InputArgs {
    /// Day of publication of all documents.
    pub fn day(&self) -> Option<Date> {
        self.date
    }

    /// Who published them all.
    pub fn outlet(&self) -> Option<String> {
        self.outlet.clone()
    }
}

/// The documents of all `paths`, one after the other; a fault in one does not end the others.
pub fn documents(paths: Vec<PathBuf>, args: &InputArgs) -> impl Iterator<Item = Read> + Send + 'static {
    let known = Known { date: args.date, outlet: args.outlet.clone() };
    let options = ReadOptions { known, ..ReadOptions::default() };
    tidings_readers::paths(paths, options).map(|read| read.map_err(|e| Failure::Message(e.to_string())))
}

/// A date of the command line.
pub fn date(text: &str) -> Result<Date, String> {
    parse_date(text).ok_or_else(|| "write it like 2016-08-11 or 11 August 2016".to_owned())
}
