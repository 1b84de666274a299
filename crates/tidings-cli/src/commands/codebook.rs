//! `tidings codebook`: what can be coded, as the tables inside the program say it.

mod entries;
mod sections;

use std::io::Write;

use clap::ValueEnum;
use clap::builder::PossibleValuesParser;
use tidings::ontology::EventType;

use crate::errors::{Exit, Failure};
use crate::sink::Sink;
use crate::terminal::Terminal;
use entries::Codebook;

/// Flags of `tidings codebook`.
#[derive(Debug, clap::Args)]
#[command(after_help = EXAMPLES)]
pub struct Args {
    /// A PLOVER type: its modes, its CAMEO codes, the words that tell it
    #[arg(value_name = "TYPE", ignore_case = true, hide_possible_values = true,
        value_parser = PossibleValuesParser::new(EventType::all().map(EventType::as_str)))]
    event: Option<String>,
    /// What it looks like
    #[arg(long, short, value_enum, default_value = "text")]
    format: Format,
}

/// Forms of the codebook.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Format {
    /// For reading
    Text,
    /// A page in Markdown, with everything
    Markdown,
    /// One JSON object, with everything
    Json,
}

const EXAMPLES: &str = "\
EXAMPLES
  tidings codebook                     types, statuses, contexts, sectors
  tidings codebook COERCE              one type: modes, words, example sentences, CAMEO codes
  tidings codebook --format json | jq -r '.types[] | [.type, .score] | @tsv'";

/// Runs it.
pub fn run(args: &Args, terminal: &Terminal) -> Result<Exit, Failure> {
    let one = args.event.as_ref().and_then(|name| EventType::parse(&name.to_uppercase()));
    let book = Codebook::of(one)?;
    let mut sink = Sink::standard();
    match args.format {
        Format::Text => sink.write_all(sections::text(&book, one.is_some(), terminal).as_bytes())?,
        Format::Markdown => sink.write_all(sections::markdown(&book).as_bytes())?,
        Format::Json => writeln!(sink, "{}", serde_json::to_string(&book)?)?,
    }
    sink.finish()?;
    Ok(Exit::Done)
}
