//! `tidings code`: reports in, events out.

use std::io::Write;
use std::num::NonZeroUsize;
use std::path::PathBuf;
use std::thread::available_parallelism;

use clap::ValueEnum;
use tidings::{Engine, LONGEST_DOCUMENT, Record, Report};
use tidings_batches::PIECE;
use tidings_readers::PassedOver;

use super::{EngineArgs, bulk};
use crate::errors::{Exit, Failure};
use crate::input::{self, InputArgs, Unread};
use crate::interrupt;
use crate::output::{Format, Renderer};
use crate::progress::Progress;
use crate::sink::Sink;
use crate::terminal::Terminal;
use tidings_batches::pipeline::{Ended, in_order};

/// Flags of `tidings code`.
#[derive(Debug, clap::Args)]
#[command(after_help = EXAMPLES)]
pub struct Args {
    /// Files with reports, folders of them, or patterns: text, JSONL, CSV, Parquet, web pages, WARC, feeds and more
    /// (docs/cli.md), packed or not; `-` is the standard input
    #[arg(required = true, value_name = "PATH")]
    pub(super) paths: Vec<PathBuf>,
    #[command(flatten)]
    pub(super) input: InputArgs,
    /// What the results look like
    #[arg(long, short, value_enum, default_value = "table")]
    format: Choice,
    /// Write to a file, which appears when it is complete, instead of the standard output; for `parquet` a new folder
    #[arg(long, short, value_name = "PATH")]
    pub(super) out: Option<PathBuf>,
    /// With `--format parquet`: go on with a run that was stopped or killed
    #[arg(long)]
    pub(super) resume: bool,
    /// With `--format parquet`: write to disk every so many documents; a run that is killed loses no more
    #[arg(long, value_name = "N", default_value_t = NonZeroUsize::new(PIECE).unwrap_or(NonZeroUsize::MIN))]
    pub(super) keep_every: NonZeroUsize,
    /// Documents coded at the same time; the output is the same whatever the number [default: one per processor]
    #[arg(long, short, value_name = "N")]
    pub(super) jobs: Option<NonZeroUsize>,
    /// With `--format records`: give for each field of a record the rule and the words behind it, and what was not coded
    #[arg(long)]
    trail: bool,
    /// Code at most so many bytes of each document
    #[arg(long, value_name = "BYTES", default_value_t = LONGEST_DOCUMENT)]
    pub(super) longest: usize,
    #[command(flatten)]
    pub(super) engine: EngineArgs,
}

/// What the results look like, and where they go.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Choice {
    /// For reading: who to whom, what, when, where, on whose word
    Table,
    /// Everything: one JSON record a line (document, sentences, entities, events, quotes …)
    Records,
    /// One JSON line an event, flat
    Jsonl,
    /// One line an event, with a header
    Csv,
    /// With `--out`, a folder of tables by day of publication, for any number of articles
    Parquet,
}

impl Choice {
    /// How one report is written; none for those that are written as a folder.
    fn rendering(self) -> Option<Format> {
        match self {
            Self::Table => Some(Format::Table),
            Self::Records => Some(Format::Records),
            Self::Jsonl => Some(Format::Jsonl),
            Self::Csv => Some(Format::Csv),
            Self::Parquet => None,
        }
    }
}

const EXAMPLES: &str = "\
EXAMPLES
  tidings code report.txt                              a table for reading
  tidings code --date 2016-08-11 report.txt            the text says \"Thursday\": of which week?
  tidings code --format csv --out events.csv *.jsonl   one line an event
  curl -s https://example.org/story.txt | tidings code --format jsonl - | jq .event_type
  tidings code --format records --trail report.txt     everything, with reasons (SCHEMA.md)
  tidings code --format parquet --out events/ crawl/   an archive into tables; --resume goes on";

/// One document coded and rendered.
struct Coded {
    bytes: Vec<u8>,
    events: usize,
    warnings: Vec<String>,
}

/// What was done so far.
#[derive(Default)]
struct Tally {
    events: usize,
    documents: usize,
    errors: usize,
}

/// Runs it.
pub fn run(args: &Args, terminal: &Terminal) -> Result<Exit, Failure> {
    interrupt::listen();
    let Some(format) = args.format.rendering() else { return bulk::run(args, terminal) };
    if args.resume {
        let hint = "results in one file are made anew: leave --resume out, or say --format parquet";
        return Err(Failure::new("--resume is for --format parquet only", hint));
    }
    let renderer = Renderer { format, trail: args.trail, paint: terminal.paint, width: terminal.width() };
    let engine = args.engine.engine(terminal)?.with_longest_document(args.longest);
    let mut sink = Sink::open(args.out.as_deref())?;
    sink.write_all(&renderer.header()?)?;
    let progress = Progress::start(terminal, "document", "coded");
    let mut tally = Tally::default();
    let passed_over = PassedOver::default();
    let ended = in_order(
        input::documents(args.paths.clone(), &args.input, &passed_over),
        jobs(args.jobs),
        interrupt::requested,
        |unread| code(&engine, &renderer, unread),
        |coded| write(coded, format, &mut sink, &mut tally, &progress, terminal),
    );
    drop(progress);
    input::tell(&passed_over, terminal);
    if tally.documents == 0 && tally.errors > 0 {
        // Nothing was coded: the results of an earlier run are not to be replaced by an empty file.
        ended?;
        return Ok(tally.exit(interrupt::requested(), terminal));
    }
    sink_after(sink, ended)?;
    Ok(tally.exit(interrupt::requested(), terminal))
}

/// Ctrl-C and errors keep what is done; a reader that has gone needs nothing more.
fn sink_after(sink: Sink, ended: Result<Ended, Failure>) -> Result<(), Failure> {
    let finished = sink.finish();
    ended.and(finished)
}

/// Documents at the same time.
pub(super) fn jobs(wanted: Option<NonZeroUsize>) -> usize {
    wanted.or_else(|| available_parallelism().ok()).map_or(1, NonZeroUsize::get)
}

fn code(engine: &Engine, renderer: &Renderer, unread: Unread) -> Result<Coded, Failure> {
    let document = unread.read()?;
    let report = engine.code_guarded(&document)?;
    let warnings = warnings(&report);
    let events = report.events().count();
    Ok(Coded { bytes: renderer.render(report)?, events, warnings })
}

/// What the reader of the results should know of a document.
pub(super) fn warnings(report: &Report) -> Vec<String> {
    let documents =
        report.records.iter().filter_map(|r| if let Record::Document(d) = r { Some(d) } else { None });
    documents
        .flat_map(|d| d.warnings.iter().map(move |w| format!("{}: {} [{}]", d.id, w.message, w.code)))
        .collect()
}

fn write(
    coded: Result<Coded, Failure>,
    format: Format,
    sink: &mut Sink,
    tally: &mut Tally,
    progress: &Progress,
    terminal: &Terminal,
) -> Result<(), Failure> {
    let coded = match coded {
        Ok(coded) => coded,
        Err(failure) => {
            failure.tell(terminal);
            tally.errors += 1;
            return Ok(());
        }
    };
    if format == Format::Table {
        // The table shows the warnings itself.
        sink.write_all(if tally.documents > 0 { b"\n" } else { b"" })?;
    } else {
        coded.warnings.iter().for_each(|w| terminal.warning(w));
    }
    sink.write_all(&coded.bytes)?;
    sink.flush()?;
    tally.documents += 1;
    tally.events += coded.events;
    progress.step();
    Ok(())
}

impl Tally {
    fn exit(&self, interrupted: bool, terminal: &Terminal) -> Exit {
        if interrupted {
            terminal.note(format_args!(
                "stopped; {} document{} done and kept",
                self.documents,
                if self.documents == 1 { "" } else { "s" }
            ));
            return Exit::Interrupted;
        }
        match (self.errors, self.events) {
            (0, 0) => Exit::Nothing,
            (0, _) => Exit::Done,
            _ => Exit::Failed,
        }
    }
}
