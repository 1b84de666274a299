//! `tidings evaluate`: how good is a system, measured on annotated documents?

use std::io::Write;
use std::path::{Path, PathBuf};

use clap::ValueEnum;
use tidings_evaluation::annotation::{Collection, Error, Evaluation, Role, evaluate, read};

use crate::errors::{Exit, Failure};
use crate::output::scores::Page;
use crate::sink::Sink;
use crate::terminal::Terminal;

/// Flags of `tidings evaluate`.
#[derive(Debug, clap::Args)]
#[command(after_help = EXAMPLES)]
pub struct Args {
    /// Annotated documents: a file of records (JSONL), or a folder of such files
    #[arg(value_name = "GOLD")]
    gold: PathBuf,
    /// What a system wrote of the same documents, as `tidings code --format records` writes it: a file or a folder
    #[arg(value_name = "SYSTEM")]
    system: PathBuf,
    /// List what became of every event: matched, missed, restated, spurious
    #[arg(long)]
    pairs: bool,
    /// What it looks like
    #[arg(long, short, value_enum, default_value = "table")]
    format: Format,
}

/// Forms of the figures.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Format {
    /// For reading, in percent
    Table,
    /// One JSON object: by document, and ALL; shares from 0 to 1
    Json,
}

const EXAMPLES: &str = "\
EXAMPLES
  tidings code --format records report.txt --out report.jsonl
  tidings evaluate report.gold.jsonl report.jsonl           one document: no id in common is needed
  tidings evaluate gold/ system/                            folders: paired by the document's id
  tidings evaluate --pairs gold/ system/ | less             what was missed, and what was made up?
  tidings evaluate --format json gold/ system/ | jq .ALL.headline";

/// Runs it.
pub fn run(args: &Args, terminal: &Terminal) -> Result<Exit, Failure> {
    let gold = read(&args.gold, Role::Gold)?;
    let system = read(&args.system, Role::System)?;
    for (collection, path) in [(&gold, &args.gold), (&system, &args.system)] {
        unknown_kinds(collection, path, terminal);
    }
    let evaluation = evaluate(&gold, &system)?;
    unpaired(&evaluation, terminal);
    let mut sink = Sink::standard();
    match args.format {
        Format::Table => {
            let page = Page { evaluation: &evaluation, paint: terminal.paint, width: terminal.width() };
            sink.write_all(page.render(args.pairs).as_bytes())?;
        }
        Format::Json => {
            let figures = serde_json::to_string_pretty(&evaluation.to_json(args.pairs))?;
            sink.write_all(format!("{figures}\n").as_bytes())?;
        }
    }
    sink.finish()?;
    Ok(Exit::Done)
}

fn unknown_kinds(collection: &Collection, path: &Path, terminal: &Terminal) {
    for (kind, count) in &collection.unknown {
        let records = if *count == 1 { "record" } else { "records" };
        terminal.warning(format_args!(
            "{}: {count} {records} of the kind '{kind}' are not scored",
            path.display()
        ));
    }
}

fn unpaired(evaluation: &Evaluation, terminal: &Terminal) {
    let told = [
        (&evaluation.without_system, "of the gold without records of the system, counted as empty"),
        (&evaluation.without_gold, "of the system without gold, not scored"),
    ];
    for (ids, what) in told {
        if let Some(first) = ids.first() {
            let documents = if ids.len() == 1 { "document" } else { "documents" };
            terminal.warning(format_args!("{} {documents} {what}; the first is '{first}'", ids.len()));
        }
    }
}

impl From<Error> for Failure {
    fn from(error: Error) -> Self {
        Self::Message(error.to_string())
    }
}
