//! `tidings export`: a ledger as a folder of tables that others open and cite.

use std::path::PathBuf;

use tidings_export::{Release, Summary, Watch};
use tidings_ledger::{Ledger, Query};

use super::ask::Filters;
use crate::errors::{Exit, Failure};
use crate::interrupt;
use crate::progress::Progress;
use crate::terminal::Terminal;

/// Flags of `tidings export`.
#[derive(Debug, clap::Args)]
#[command(after_help = EXAMPLES)]
pub struct Args {
    /// The folder; it appears when it is complete
    #[arg(value_name = "FOLDER")]
    folder: PathBuf,
    /// The ledger
    #[arg(long, value_name = "FILE")]
    ledger: PathBuf,
    #[command(flatten)]
    filters: Filters,
    /// What the release is called [default: Events of the ledger]
    #[arg(long, value_name = "TEXT")]
    title: Option<String>,
    /// Who is to be cited; may be given several times
    #[arg(long = "author", value_name = "NAME")]
    authors: Vec<String>,
    /// Replace a release that is there
    #[arg(long)]
    force: bool,
    /// Say what would be written, and write nothing
    #[arg(long)]
    dry_run: bool,
}

const EXAMPLES: &str = "\
EXAMPLES
  tidings export release --ledger news.db                        everything
  tidings export 2016 --ledger news.db --from 2016-01-01 --to 2016-12-31
  tidings export as-published --ledger news.db --as-of 2026-11-01

Tables (events, reports, claims, documents, actors, dyad_month) as CSV, Parquet and Stata; the columns of GDELT 2.0, ICEWS,
POLECAT and PETRARCH2; codebook.md, datapackage.json (Frictionless), CITATION.cff, and manifest.json with the hash of each
file. The same ledger and filters give the same bytes.";

struct Onlooker<'p>(&'p Progress);

impl Watch for Onlooker<'_> {
    fn rows(&self, count: usize) {
        self.0.add(count);
    }

    fn stopped(&self) -> bool {
        interrupt::requested()
    }
}

/// Runs it.
pub fn run(args: &Args, terminal: &Terminal) -> Result<Exit, Failure> {
    interrupt::listen();
    let query = args.filters.query();
    let release = Release {
        filters: words(&query),
        query,
        title: args.title.clone().unwrap_or_else(|| "Events of the ledger".to_owned()),
        authors: args.authors.clone(),
        force: args.force,
    };
    release.check(&args.folder)?;
    let ledger = Ledger::open_read_only(&args.ledger)?;
    if args.dry_run {
        let standing = ledger.standing()?;
        let named = args.folder.display();
        terminal
            .note(format_args!("revision {} of the ledger would be written to {named}:", standing.revision));
        Release::plan().iter().for_each(|file| terminal.note(file));
        return Ok(Exit::Done);
    }
    let progress = Progress::start(terminal, "row", "written");
    let written = release.write(&ledger, &args.folder, &Onlooker(&progress));
    drop(progress);
    match written {
        Ok(summary) => {
            tell(&summary, args, terminal);
            let empty = summary.tables.iter().all(|table| table.rows == 0);
            Ok(if empty { Exit::Nothing } else { Exit::Done })
        }
        Err(tidings_export::Error::Stopped) => {
            terminal.note("stopped; nothing was written");
            Ok(Exit::Interrupted)
        }
        Err(error) => Err(error.into()),
    }
}

fn tell(summary: &Summary, args: &Args, terminal: &Terminal) {
    let rows: Vec<String> =
        summary.tables.iter().chain(&summary.sets).map(|w| format!("{} {}", w.rows, w.name)).collect();
    terminal.note(format_args!("{}: {}", args.folder.display(), rows.join(", ")));
    if summary.no_facts + summary.undated > 0 {
        terminal.note(format_args!(
            "the tables of others have no certainty and need a day: {} events that are not told as facts and {} without a \
             date are not in them (--status chooses)",
            summary.no_facts, summary.undated
        ));
    }
}

/// The filters as the manifest names them.
fn words(query: &Query) -> Vec<(String, String)> {
    let filters = [
        ("from", query.from.map(|d| d.to_string())),
        ("to", query.to.map(|d| d.to_string())),
        ("actor", query.actor.clone()),
        ("with", query.with.clone()),
        ("source", query.source.clone()),
        ("target", query.target.clone()),
        ("type", query.event_type.clone()),
        ("quad", query.quad.map(|q| q.to_string())),
        ("status", query.status.clone()),
        ("place", query.place.clone()),
        ("outlet", query.outlet.clone()),
        ("text", query.text.clone()),
        ("as-of", query.as_of.map(|at| at.to_string())),
    ];
    filters.into_iter().filter_map(|(name, value)| Some((name.to_owned(), value?))).collect()
}
