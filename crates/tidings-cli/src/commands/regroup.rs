//! `tidings split`, `merge`, `undo`: people have the last word on which reports tell one event.

use std::io::Write;
use std::path::PathBuf;

use jiff::Timestamp;
use tidings_ledger::{Change, Ledger, Order, Query};

use crate::errors::{Exit, Failure};
use crate::output::layout::visible;
use crate::sink::Sink;
use crate::terminal::Terminal;

/// Who says so, where, and whether it is only tried.
#[derive(Debug, clap::Args)]
pub struct Ruling {
    /// The ledger
    #[arg(long, value_name = "FILE")]
    ledger: PathBuf,
    /// Who says so
    #[arg(long, value_name = "NAME")]
    coder: Option<String>,
    /// Why
    #[arg(long, value_name = "TEXT")]
    comment: Option<String>,
    /// Show what would change, and change nothing
    #[arg(long)]
    dry_run: bool,
}

/// Flags of `tidings split`.
#[derive(Debug, clap::Args)]
#[command(after_help = SPLIT)]
pub struct SplitArgs {
    /// The event, as `tidings events` names it
    #[arg(value_name = "EVENT")]
    event: String,
    /// Reports that leave it, as `tidings event EVENT` names them; together they make another event
    #[arg(long = "report", required = true, num_args = 1.., value_name = "REPORT")]
    reports: Vec<String>,
    #[command(flatten)]
    ruling: Ruling,
}

/// Flags of `tidings merge`.
#[derive(Debug, clap::Args)]
#[command(after_help = MERGE)]
pub struct MergeArgs {
    /// The events; the oldest goes on
    #[arg(required = true, num_args = 2.., value_name = "EVENT")]
    events: Vec<String>,
    #[command(flatten)]
    ruling: Ruling,
}

/// Flags of `tidings undo`.
#[derive(Debug, clap::Args)]
#[command(after_help = UNDO)]
pub struct UndoArgs {
    /// Number of the revision: `split`, `merge` and `review` print it, the history of an event names it
    #[arg(value_name = "REVISION")]
    revision: i64,
    #[command(flatten)]
    ruling: Ruling,
}

const SPLIT: &str = "\
EXAMPLES
  tidings split 0dd0300ca08306ee:96 --report fb59d7172bbeea73-1-E02 --ledger news.db --coder Ana --dry-run
  tidings split 0dd0300ca08306ee:96 --report R1 R2 --ledger news.db --comment 'another night'

The reports stay apart when more comes in and when articles are coded anew. Nothing is overwritten: `--as-of` shows the
ledger as it was before, `tidings undo REVISION` takes the split back, and `tidings merge` brings the two together.";

const MERGE: &str = "\
EXAMPLES
  tidings merge 0dd0300ca08306ee:96 fb59d7172bbeea73:40 --ledger news.db --coder Ana

The reports stay together when more comes in and when articles are coded anew; an earlier split of them is lifted.
`tidings undo REVISION` takes the merger back, `tidings split` takes single reports out again.";

const UNDO: &str = "\
EXAMPLES
  tidings undo 58 --ledger news.db --coder Ana --comment 'it was another night after all'

Takes back a split, a merger or a review, also an earlier undo; articles that were added cannot be taken back. What was
ruled after it stays. The undo is a revision itself.";

impl Ruling {
    fn open(&self) -> Result<Ledger, Failure> {
        let mut ledger = Ledger::open(&self.ledger)?;
        ledger.rehearse(self.dry_run);
        Ok(ledger)
    }

    /// Who and why, as the history keeps it.
    fn note(&self) -> Option<String> {
        tidings_ledger::note(self.coder.as_deref(), self.comment.as_deref())
    }

    fn tell(&self, change: &Change, terminal: &Terminal) -> Result<Exit, Failure> {
        let mut text = String::new();
        for (event, reports) in &change.events {
            let now = match reports {
                0 => "is no event any more".to_owned(),
                1 => "1 report".to_owned(),
                n => format!("{n} reports"),
            };
            text.push_str(&format!("{event}  {now}\n"));
        }
        let mut sink = Sink::standard();
        sink.write_all(text.as_bytes())?;
        sink.finish()?;
        if self.dry_run {
            terminal.note("nothing was changed (--dry-run)");
        } else {
            let revision = change.revision;
            terminal.note(format_args!("revision {revision}; `tidings undo {revision}` takes it back"));
        }
        Ok(Exit::Done)
    }
}

/// `tidings split`.
pub fn split(args: &SplitArgs, terminal: &Terminal) -> Result<Exit, Failure> {
    let mut ledger = args.ruling.open()?;
    let query = Query { order: Order::Oldest, limit: Some(tidings_ledger::LARGEST_PAGE), ..Query::default() };
    let of_event = ledger.reports_of(&args.event, &query)?.rows;
    let foreign = args.reports.iter().find(|r| !of_event.iter().any(|o| o.report_id == **r));
    if let Some(foreign) = foreign {
        return Err(Failure::new(
            format_args!("`{}` is no report of the event `{}`", visible(foreign), visible(&args.event)),
            "`tidings event EVENT --ledger FILE` shows its reports",
        ));
    }
    let reports: Vec<&str> = args.reports.iter().map(String::as_str).collect();
    let change = ledger.split(&reports, args.ruling.note().as_deref(), Timestamp::now())?;
    args.ruling.tell(&change, terminal)
}

/// `tidings merge`.
pub fn merge(args: &MergeArgs, terminal: &Terminal) -> Result<Exit, Failure> {
    let mut ledger = args.ruling.open()?;
    let events: Vec<&str> = args.events.iter().map(String::as_str).collect();
    let change = ledger.merge(&events, args.ruling.note().as_deref(), Timestamp::now())?;
    args.ruling.tell(&change, terminal)
}

/// `tidings undo`.
pub fn undo(args: &UndoArgs, terminal: &Terminal) -> Result<Exit, Failure> {
    let mut ledger = args.ruling.open()?;
    let change = ledger.undo(args.revision, args.ruling.note().as_deref(), Timestamp::now())?;
    args.ruling.tell(&change, terminal)
}
