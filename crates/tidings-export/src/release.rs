//! A release: the tables of a ledger in a folder, with all that makes them usable without us and citable.
//!
//! Every table as CSV, Parquet and Stata, the tables as others have them, a codebook, a Frictionless data package, a
//! manifest with the hash of each file, a citation. The folder appears when it is complete. Same ledger, same filters,
//! same bytes.

mod citation;
mod codebook;
mod files;
mod folder;
mod hashes;
mod manifest;
mod package;
mod tables;

use std::path::{Path, PathBuf};

use tidings_ledger::{Ledger, Query, Standing};

use crate::error::{Error, Result};
use crate::sets::Set;

/// What is to be released.
#[derive(Clone, Debug)]
pub struct Release {
    /// Which events, and as of when.
    pub query: Query,
    /// The filters in the words of the user: name and value.
    pub filters: Vec<(String, String)>,
    /// What it is called.
    pub title: String,
    /// Who is to be cited; nobody in particular if empty.
    pub authors: Vec<String>,
    /// Replaces a release that is there.
    pub force: bool,
}

/// A table that was written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Written {
    /// As it is called in files.
    pub name: String,
    /// How many rows.
    pub rows: usize,
}

/// What was written.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Summary {
    /// Our tables.
    pub tables: Vec<Written>,
    /// The tables of others.
    pub sets: Vec<Written>,
    /// Events that these cannot have, since they are not told as facts.
    pub no_facts: usize,
    /// Events that they cannot have, since nothing says when.
    pub undated: usize,
}

/// Who looks on: counts rows, and may want to stop.
pub trait Watch {
    /// So many rows more are done.
    fn rows(&self, count: usize);
    /// Whether to stop; nothing is left behind then.
    fn stopped(&self) -> bool;
}

/// What all parts of a release need.
pub(crate) struct Job<'a> {
    pub ledger: &'a Ledger,
    pub release: &'a Release,
    pub standing: Standing,
    pub watch: &'a dyn Watch,
    /// Where it is written.
    pub folder: PathBuf,
}

impl Job<'_> {
    /// Whether all of the ledger is released.
    pub fn is_whole(&self) -> bool {
        self.release.filters.iter().all(|(name, _)| name == "as-of")
    }

    /// Whether only actors that the rows speak of belong to it. The ledger's list has everybody who ever came up, so this
    /// is so for a release of an earlier day, too.
    pub fn names_actors(&self) -> bool {
        !self.release.filters.is_empty()
    }

    /// Goes on, unless whoever looks on wants to stop.
    pub fn go_on(&self, rows: usize) -> Result<()> {
        self.watch.rows(rows);
        if self.watch.stopped() { Err(Error::Stopped) } else { Ok(()) }
    }

    pub fn path(&self, name: &str) -> PathBuf {
        self.folder.join(name)
    }
}

impl Release {
    /// The files that will be written.
    pub fn plan() -> Vec<String> {
        let tables =
            tables::NAMES.iter().flat_map(|name| files::ENDINGS.map(|ending| format!("{name}.{ending}")));
        let sets = Set::WRITTEN.map(set_file);
        let papers = ["codebook.md", "datapackage.json", "CITATION.cff", "manifest.json"].map(str::to_owned);
        tables.chain(sets).chain(papers).collect()
    }

    /// Whether the folder may be written.
    pub fn check(&self, folder: &Path) -> Result<()> {
        folder::check(folder, self.force)
    }

    /// Writes it, all of it at one moment of the ledger.
    pub fn write(&self, ledger: &Ledger, folder: &Path, watch: &dyn Watch) -> Result<Summary> {
        let place = folder::Place::new(folder, self.force)?;
        let summary = ledger.at_one_moment(|ledger| {
            let job = Job {
                ledger,
                release: self,
                standing: ledger.standing()?,
                watch,
                folder: place.path().to_owned(),
            };
            job.write()
        })?;
        place.take()?;
        Ok(summary)
    }
}

impl Job<'_> {
    fn write(&self) -> Result<Summary> {
        let mut summary = Summary { tables: tables::write(self)?, ..Summary::default() };
        tables::write_sets(self, &mut summary)?;
        std::fs::write(self.path("codebook.md"), codebook::text(self, &summary)?)?;
        package::write(self, &summary)?;
        std::fs::write(self.path("CITATION.cff"), citation::text(self))?;
        manifest::write(self, &summary)?;
        Ok(summary)
    }
}

/// The file of a table of others.
pub(crate) fn set_file(set: Set) -> String {
    format!("{}.tsv", set.name())
}
