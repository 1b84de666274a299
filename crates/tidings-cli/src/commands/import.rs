//! `tidings import`: the tables of others into a ledger.

use std::path::{Path, PathBuf};

use clap::ValueEnum;
use jiff::Timestamp;
use tidings_export::sets::Set;
use tidings_export::{Import, ImportError};
use tidings_ledger::{Foreign, Ledger, Loaded};

use crate::errors::{Exit, Failure};
use crate::interrupt;
use crate::progress::Progress;
use crate::terminal::Terminal;

/// Flags of `tidings import`.
#[derive(Debug, clap::Args)]
#[command(after_help = EXAMPLES)]
pub struct Args {
    /// Files: tab-separated or CSV, as they are published, plain, .gz or .zip
    #[arg(required = true, value_name = "PATH")]
    paths: Vec<PathBuf>,
    /// The ledger; it is made if there is none
    #[arg(long, value_name = "FILE")]
    ledger: PathBuf,
    /// Whose tables they are
    #[arg(long, value_enum, default_value = "auto")]
    from: From,
    /// Stop after so many wrong rows; what was right before is kept
    #[arg(long, value_name = "N")]
    max_errors: Option<usize>,
}

const EXAMPLES: &str = "\
EXAMPLES
  tidings import 20160811*.export.CSV.zip --ledger news.db     GDELT 2.0 or 1.0
  tidings import events.2016.tab --ledger news.db --from icews

Rows are stored once, however often they are read, so that a run that was stopped is simply started again. CAMEO codes are
read as PLOVER types and modes, actors as country, sectors and name; all that a row says is kept with it. Rows of others
say nothing of certainty: they are stored as asserted, by their origin.";

/// Whose tables.
#[derive(Clone, Copy, Debug, ValueEnum)]
pub enum From {
    /// The first line of each file says it
    Auto,
    /// GDELT 2.0 or 1.0 events
    Gdelt,
    /// ICEWS coded event data
    Icews,
    /// POLECAT
    Polecat,
    /// PETRARCH or PETRARCH2
    Petrarch,
    /// The Phoenix pipeline
    Phoenix,
}

impl From {
    fn set(self) -> Option<Set> {
        Some(match self {
            Self::Auto => return None,
            Self::Gdelt => Set::Gdelt,
            Self::Icews => Set::Icews,
            Self::Polecat => Set::Polecat,
            Self::Petrarch => Set::Petrarch,
            Self::Phoenix => Set::Phoenix,
        })
    }
}

/// Rows of one transaction: each is on the disk before the next begins.
const BATCH: usize = 2_000;

/// So many wrong rows are told in full.
const TOLD: usize = 20;

/// What is under way.
struct Run<'a> {
    ledger: Ledger,
    batch: Vec<Foreign>,
    done: Loaded,
    wrong: usize,
    most: usize,
    progress: Progress,
    terminal: &'a Terminal,
}

/// Runs it.
pub fn run(args: &Args, terminal: &Terminal) -> Result<Exit, Failure> {
    interrupt::listen();
    let mut run = Run {
        ledger: Ledger::open_or_create(&args.ledger)?,
        batch: Vec::with_capacity(BATCH),
        done: Loaded::default(),
        wrong: 0,
        most: args.max_errors.unwrap_or(usize::MAX),
        progress: Progress::start(terminal, "row", "read"),
        terminal,
    };
    for path in &args.paths {
        if interrupt::requested() || run.wrong > run.most {
            break;
        }
        run.file(path, args.from.set())?;
    }
    run.store()?;
    let Run { done, wrong, most, progress, .. } = run;
    drop(progress);
    terminal.note(told(&done, wrong));
    if wrong > most {
        let hint = "look at the first of them; is it --from something else?";
        return Err(Failure::new(
            format_args!("stopped after {wrong} wrong rows (--max-errors {most})"),
            hint,
        ));
    }
    Ok(match (interrupt::requested(), wrong) {
        (true, _) => Exit::Interrupted,
        (false, 0) if done == Loaded::default() => Exit::Nothing,
        (false, 0) => Exit::Done,
        _ => Exit::Failed,
    })
}

impl Run<'_> {
    /// A file that cannot be read does not end the run; a ledger that cannot be written does.
    fn file(&mut self, path: &Path, set: Option<Set>) -> Result<(), Failure> {
        let import = match Import::open(path, set) {
            Ok(import) => import,
            Err(error) => {
                self.fault(&error);
                return Ok(());
            }
        };
        for row in import {
            match row {
                Ok(row) => self.batch.push(row),
                Err(error) => self.fault(&error),
            }
            self.progress.add(1);
            if self.batch.len() >= BATCH {
                self.store()?;
            }
            if interrupt::requested() || self.wrong > self.most {
                break;
            }
        }
        Ok(())
    }

    fn fault(&mut self, error: &ImportError) {
        self.wrong += 1;
        if self.wrong <= TOLD {
            self.terminal.error(error);
        } else if self.wrong == TOLD + 1 {
            self.terminal.note("more wrong rows are counted and not shown");
        }
    }

    fn store(&mut self) -> Result<(), Failure> {
        let loaded = self.ledger.load(&self.batch, Timestamp::now())?;
        self.batch.clear();
        self.done.new += loaded.new;
        self.done.known += loaded.known;
        self.done.revised += loaded.revised;
        self.done.events += loaded.events;
        Ok(())
    }
}

fn told(done: &Loaded, wrong: usize) -> String {
    let counts =
        [(done.new, "new"), (done.known, "known"), (done.revised, "revised"), (wrong, "wrong and left out")];
    let said: Vec<String> =
        counts.iter().filter(|c| c.0 > 0).map(|(n, what)| format!("{n} {what}")).collect();
    if said.is_empty() { "nothing was read".to_owned() } else { format!("rows: {}", said.join(", ")) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_rows_are_counted_by_what_became_of_them() {
        assert_eq!(told(&Loaded::default(), 0), "nothing was read");
        let done = Loaded { new: 3, known: 1, ..Loaded::default() };
        assert_eq!(told(&done, 2), "rows: 3 new, 1 known, 2 wrong and left out");
    }
}
