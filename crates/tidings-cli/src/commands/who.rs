//! `tidings who`: who is meant by a phrase, on a day, in a context, and who else it could be.

mod answer;
mod batch;

use std::io::Write;
use std::path::PathBuf;

use clap::ValueEnum;
use jiff::civil::Date;
use tidings::{Additions, Checked, Engine, Question};

use super::{ActorsArgs, ModelArgs};
use crate::errors::{Exit, Failure};
use crate::input::date;
use crate::sink::Sink;
use crate::terminal::Terminal;

/// So many bytes of phrase and context are read; more is no question about a phrase.
const LONGEST_QUESTION: usize = 20_000;

/// Flags of `tidings who`.
#[derive(Debug, clap::Args)]
#[command(after_help = EXAMPLES)]
pub struct Args {
    /// The phrase: a name, a title, a role, a group
    #[arg(value_name = "TEXT", required_unless_present_any = ["batch", "files"])]
    text: Option<String>,
    /// The day on which it is said: who held an office depends on it
    #[arg(long, value_name = "DATE", value_parser = date, conflicts_with = "batch")]
    date: Option<Date>,
    /// The sentences in which the phrase stands, or those before it
    #[arg(long, value_name = "TEXT", conflicts_with = "batch")]
    context: Option<String>,
    /// Answer each line of a JSONL file with text, date, context, in the same order; `-` is the standard input
    #[arg(long, value_name = "FILE", conflicts_with = "text")]
    batch: Option<PathBuf>,
    /// What the answer looks like; of a batch always JSONL
    #[arg(long, short, value_enum, default_value = "text")]
    format: Format,
    #[command(flatten)]
    actors: ActorsArgs,
    #[command(flatten)]
    model: ModelArgs,
}

/// Forms of the answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Format {
    /// For reading
    Text,
    /// One object
    Json,
}

const EXAMPLES: &str = "\
EXAMPLES
  tidings who \"President Duterte\" --date 2017-05-01     the answer, and who else it could be
  tidings who \"his counterpart\" --context \"The Kenyan president met his counterpart from Ghana.\"
  tidings who Washington --format json | jq '.alternatives[].kind'
  tidings who --batch phrases.jsonl > actors.jsonl     {\"text\": \"…\", \"date\": \"2017-05-01\", \"context\": \"…\"} a line
  tidings who \"the Brigades\" --actors mine.toml        with actors of your own (docs/actors.md)
  tidings who --actors mine.toml                       only check the file";

/// Runs it; 1 if the phrase is nobody.
pub fn run(args: &Args, terminal: &Terminal) -> Result<Exit, Failure> {
    let checks_only = args.text.is_none() && args.batch.is_none();
    let additions = args.actors.read(terminal, checks_only)?;
    if checks_only {
        let (actors, nouns) = additions.counts();
        terminal.note(format_args!("sound: {actors} actors, {nouns} nouns"));
        return check_tests(args, additions, terminal);
    }
    let engine = args.model.engine()?.with_actors(additions);
    if let Some(path) = &args.batch {
        return batch::run(path, &engine, terminal);
    }
    one(args, args.text.as_deref().unwrap_or_default(), &engine, terminal)
}

/// Are the actors found in their test sentences?
fn check_tests(args: &Args, additions: Additions, terminal: &Terminal) -> Result<Exit, Failure> {
    if additions.tests().next().is_none() {
        return Ok(Exit::Done);
    }
    let checked = args.model.engine()?.with_actors(additions).check_actors()?;
    let failed = checked.iter().filter(|c| !c.passed).count();
    for Checked { place, sentence, expected, found, .. } in checked.iter().filter(|c| !c.passed) {
        let found = if found.is_empty() { "nobody" } else { found };
        terminal.error(format_args!("{place}: {sentence}\n  expected {expected}\n  found    {found}"));
    }
    terminal.note(format_args!("{} of {} test sentences pass", checked.len() - failed, checked.len()));
    Ok(if failed == 0 { Exit::Done } else { Exit::Nothing })
}

fn one(args: &Args, text: &str, engine: &Engine, terminal: &Terminal) -> Result<Exit, Failure> {
    check(text, args.context.as_deref()).map_err(|(what, hint)| Failure::new(what, hint))?;
    let question = Question::new(text, args.context.as_deref(), args.date);
    let answer = engine.who(&question)?;
    let view = answer::view(text, args.date, &answer, engine.knowledge());
    let mut sink = Sink::standard();
    match args.format {
        Format::Json => {
            serde_json::to_writer(&mut sink, &view)?;
            sink.write_all(b"\n")?;
        }
        Format::Text => sink.write_all(view.show(terminal.paint).as_bytes())?,
    }
    sink.finish()?;
    Ok(if answer.best.is_empty() { Exit::Nothing } else { Exit::Done })
}

/// What is wrong with a question, and the remedy.
fn check(text: &str, context: Option<&str>) -> Result<(), (String, &'static str)> {
    if text.trim().is_empty() {
        return Err(("there is no phrase to look up".to_owned(), "write a name, a title or a group"));
    }
    let length = text.len() + context.map_or(0, str::len);
    if length > LONGEST_QUESTION {
        let what = format!("phrase and context have {length} bytes, more than {LONGEST_QUESTION}");
        return Err((what, "give the sentence in which the phrase stands and some before it"));
    }
    Ok(())
}
