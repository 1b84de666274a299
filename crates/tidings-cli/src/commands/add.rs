//! `tidings add`: reports in, kept in a ledger.

use std::num::NonZeroUsize;
use std::path::PathBuf;

use jiff::Timestamp;
use tidings::document::Document;
use tidings::{Engine, Report};
use tidings_ledger::{Added, Article, Ledger};
use tidings_readers::PassedOver;

use super::EngineArgs;
use super::code::{jobs, warnings};
use crate::errors::{Exit, Failure};
use crate::input::{self, InputArgs, Unread};
use crate::interrupt;
use crate::progress::Progress;
use crate::terminal::Terminal;
use tidings_batches::pipeline::in_order;

/// Flags of `tidings add`.
#[derive(Debug, clap::Args)]
#[command(after_help = EXAMPLES)]
pub struct Args {
    /// Files with reports, or folders of them, as for `tidings code`; `-` is the standard input
    #[arg(required = true, value_name = "PATH")]
    paths: Vec<PathBuf>,
    /// The ledger; it is made if there is none
    #[arg(long, value_name = "FILE")]
    ledger: PathBuf,
    #[command(flatten)]
    input: InputArgs,
    /// Documents coded at the same time [default: one per processor]
    #[arg(long, short, value_name = "N")]
    jobs: Option<NonZeroUsize>,
    #[command(flatten)]
    engine: EngineArgs,
}

const EXAMPLES: &str = "\
EXAMPLES
  tidings add news/ --ledger news.db       every report is stored once, however often it is added
  tidings events --ledger news.db          what is known now";

/// What became of the documents.
#[derive(Default)]
struct Tally {
    new: usize,
    copies: usize,
    again: usize,
    recoded: usize,
    known: usize,
    errors: usize,
}

/// Runs it.
pub fn run(args: &Args, terminal: &Terminal) -> Result<Exit, Failure> {
    interrupt::listen();
    // Before the model is loaded: a file that is no ledger is to be told at once.
    let mut ledger = Ledger::open_or_create(&args.ledger)?;
    let engine = args.engine.engine(terminal)?;
    let progress = Progress::start(terminal, "document", "coded");
    let mut tally = Tally::default();
    let passed_over = PassedOver::default();
    let ended = in_order(
        input::documents(args.paths.clone(), &args.input, &passed_over),
        jobs(args.jobs),
        interrupt::requested,
        |unread| code(&engine, unread),
        |coded| store(&mut ledger, coded, &mut tally, &progress, terminal),
    );
    drop(progress);
    input::tell(&passed_over, terminal);
    terminal.note(tally.told());
    ended?;
    Ok(match (interrupt::requested(), tally.errors) {
        (true, _) => Exit::Interrupted,
        (false, 0) => Exit::Done,
        _ => Exit::Failed,
    })
}

fn code(engine: &Engine, unread: Unread) -> Result<(Document, Report), Failure> {
    let document = unread.read()?;
    let report = engine.code_guarded(&document)?;
    Ok((document, report))
}

/// A document that cannot be read or coded does not end the run; a ledger that cannot be written does.
fn store(
    ledger: &mut Ledger,
    coded: Result<(Document, Report), Failure>,
    tally: &mut Tally,
    progress: &Progress,
    terminal: &Terminal,
) -> Result<(), Failure> {
    let (document, report) = match coded {
        Ok(coded) => coded,
        Err(failure) => {
            failure.tell(terminal);
            tally.errors += 1;
            return Ok(());
        }
    };
    warnings(&report).iter().for_each(|w| terminal.warning(w));
    let added = ledger.add(&Article { document: &document, report: &report, at: Timestamp::now() })?;
    tally.count(&added);
    progress.step();
    Ok(())
}

impl Tally {
    fn count(&mut self, added: &Added) {
        let of = match added {
            Added::New { copy_of: Some(_), .. } => &mut self.copies,
            Added::New { .. } => &mut self.new,
            Added::PublishedAgain { .. } => &mut self.again,
            Added::Recoded { .. } => &mut self.recoded,
            Added::Known { .. } => &mut self.known,
        };
        *of += 1;
    }

    fn told(&self) -> String {
        let counts = [
            (self.new, "new"),
            (self.copies, "nearly the words of another"),
            (self.again, "published elsewhere before"),
            (self.recoded, "coded anew"),
            (self.known, "known"),
            (self.errors, "not stored"),
        ];
        let said: Vec<String> =
            counts.iter().filter(|c| c.0 > 0).map(|(n, what)| format!("{n} {what}")).collect();
        if said.is_empty() {
            "nothing was added".to_owned()
        } else {
            format!("documents: {}", said.join(", "))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_tally_says_what_became_of_each() {
        let mut tally = Tally::default();
        assert_eq!(tally.told(), "nothing was added");
        let id = String::new;
        tally.count(&Added::New { document_id: id(), copy_of: None, reports: 1 });
        tally.count(&Added::New { document_id: id(), copy_of: Some(id()), reports: 1 });
        tally.count(&Added::Known { document_id: id() });
        assert_eq!(tally.told(), "documents: 1 new, 1 nearly the words of another, 1 known");
    }
}
