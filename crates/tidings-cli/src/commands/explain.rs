//! `tidings explain`: why each event is coded as it is, and why the rest is not.

use std::io::Write;
use std::path::PathBuf;

use tidings::Engine;
use tidings_readers::PassedOver;

use super::EngineArgs;
use crate::errors::{Exit, Failure};
use crate::input::{self, InputArgs, Read};
use crate::output::explanation::Explanation;
use crate::output::records::{Told, told};
use crate::sink::Sink;
use crate::terminal::Terminal;

/// Flags of `tidings explain`.
#[derive(Debug, clap::Args)]
#[command(after_help = EXAMPLES)]
pub struct Args {
    /// A file with reports; `-` is the standard input
    #[arg(value_name = "PATH")]
    path: PathBuf,
    #[command(flatten)]
    input: InputArgs,
    /// Only this document of several, by its id
    #[arg(long, value_name = "ID")]
    document: Option<String>,
    /// Only this sentence, numbered from 0 as in the records (`3` or `S03`)
    #[arg(long, value_name = "N", value_parser = sentence_number, conflicts_with = "event")]
    sentence: Option<usize>,
    /// Only this event, quote, commitment, relation or contradiction, with its sentence (`E05`, `Q02`, `C01`, `R01`, `X01`)
    #[arg(long, value_name = "ID")]
    event: Option<String>,
    #[command(flatten)]
    engine: EngineArgs,
}

const EXAMPLES: &str = "\
EXAMPLES
  tidings explain report.txt --event E01     why this type, this status, these actors?
  tidings explain report.txt --event X01     which two stretches contradict each other, and by which rule?
  tidings explain report.txt --sentence 3    what was seen in a sentence, and what was not coded
  tidings explain reports.jsonl --document brief-002 --event E03
  tidings explain --color always report.txt | less -R";

/// Runs it.
pub fn run(args: &Args, terminal: &Terminal) -> Result<Exit, Failure> {
    let engine = args.engine.engine(terminal)?;
    let mut sink = Sink::standard();
    let (mut shown, mut errors) = (0, 0);
    let mut known = Vec::new();
    for unread in input::documents(vec![args.path.clone()], &args.input, &PassedOver::default()) {
        match explain(args, &engine, unread.read(), &mut sink, terminal, &mut known) {
            Ok(count) => shown += count,
            Err(Failure::ReaderGone) => return Ok(Exit::Done),
            Err(failure) => {
                failure.tell(terminal);
                errors += 1;
            }
        }
    }
    sink.finish()?;
    if errors > 0 {
        return Ok(Exit::Failed);
    }
    if shown == 0 {
        nothing(args, &known, terminal);
        return Ok(Exit::Nothing);
    }
    Ok(Exit::Done)
}

/// Sentences shown of one document; `known` collects what could have been asked for.
fn explain(
    args: &Args,
    engine: &Engine,
    read: Read,
    sink: &mut Sink,
    terminal: &Terminal,
    known: &mut Vec<String>,
) -> Result<usize, Failure> {
    let document = read?;
    if args.document.as_deref().is_some_and(|id| id != document.id) {
        return Ok(0);
    }
    let analysis = engine.analyze(&document)?;
    let report = engine.report(&analysis);
    for warning in &analysis.document.warnings {
        terminal.warning(format_args!("{}: {} [{}]", document.id, warning.message, warning.code));
    }
    known.extend(report.events().map(|e| e.id.clone()));
    let wanted = |id: &str| args.event.as_deref().is_none_or(|wanted| id.eq_ignore_ascii_case(wanted));
    let told = told(&report);
    let explanation = Explanation {
        analysis: &analysis,
        report: &report,
        told: &told,
        paint: terminal.paint,
        width: terminal.width(),
    };
    let chosen = chosen(args, &told, analysis.sentences.len());
    if !chosen.is_empty() {
        sink.write_all(format!("{}\n", explanation.heading()).as_bytes())?;
    }
    for number in &chosen {
        sink.write_all(explanation.sentence(*number, wanted).as_bytes())?;
        sink.write_all(b"\n")?;
    }
    sink.flush()?;
    Ok(chosen.len())
}

/// Numbers of the sentences to show.
fn chosen(args: &Args, told: &[Told], sentences: usize) -> Vec<usize> {
    match (args.sentence, &args.event) {
        (Some(number), _) => (0..sentences).filter(|n| *n == number).collect(),
        (None, Some(id)) => {
            told.iter().filter(|t| t.id.eq_ignore_ascii_case(id)).map(|t| t.sentence).collect()
        }
        (None, None) => (0..sentences).collect(),
    }
}

fn nothing(args: &Args, known: &[String], terminal: &Terminal) {
    let hint = match (known.first(), known.last()) {
        (Some(first), Some(last)) => format!("the events are {first} to {last}"),
        _ => "no event was found; `tidings explain PATH` shows all sentences".to_owned(),
    };
    match (&args.event, args.sentence) {
        (Some(id), _) => terminal.error(format_args!("there is no record '{id}'\n  hint: {hint}")),
        (_, Some(number)) => terminal.error(format_args!("there is no sentence {number}\n  hint: sentences are numbered from 0; `tidings explain PATH` shows all")),
        _ => terminal.note(args.document.as_ref().map_or_else(
            || "no sentence to explain".to_owned(),
            |id| format!("there is no document '{id}', or it has no sentences"),
        )),
    }
}

fn sentence_number(text: &str) -> Result<usize, String> {
    text.trim_start_matches(['S', 's']).parse().map_err(|_| "a number like 3 or S03 is wanted".to_owned())
}
