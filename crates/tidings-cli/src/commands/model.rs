//! `tidings model`: what the language model is.

use std::fmt::Write as _;
use std::io::Write;

use clap::ValueEnum;
use serde::Serialize;
use tidings::language::{Description, NameKind, Relation, Role, Upos};

use super::ModelArgs;
use crate::errors::{Exit, Failure};
use crate::sink::Sink;
use crate::terminal::Terminal;

/// Flags of `tidings model`.
#[derive(Debug, clap::Args)]
#[command(after_help = EXAMPLES)]
pub struct Args {
    /// What it looks like
    #[arg(long, short, value_enum, default_value = "text")]
    format: Format,
    #[command(flatten)]
    model: ModelArgs,
}

/// Forms of the description.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Format {
    /// For reading
    Text,
    /// One JSON object
    Json,
}

const EXAMPLES: &str = "\
EXAMPLES
  tidings model                       version, hash, tasks, size, labels
  tidings model --format json | jq -r .sha256
  tidings model --model models/en     the same of a model in a folder";

/// Everything in one object.
#[derive(Serialize)]
struct View<'m> {
    #[serde(flatten)]
    description: &'m Description,
    source: String,
    labels: Labels,
}

#[derive(Serialize)]
struct Labels {
    upos: Vec<&'static str>,
    relations: Vec<&'static str>,
    roles: Vec<&'static str>,
    names: Vec<&'static str>,
}

impl Labels {
    fn all() -> Self {
        Self {
            upos: Upos::ALL.iter().map(|l| l.as_str()).collect(),
            relations: Relation::ALL.iter().map(|l| l.as_str()).collect(),
            roles: Role::ALL.iter().map(|l| l.as_str()).collect(),
            names: NameKind::ALL.iter().map(|l| l.as_str()).collect(),
        }
    }
}

/// Runs it.
pub fn run(args: &Args, _terminal: &Terminal) -> Result<Exit, Failure> {
    let engine = args.model.engine()?;
    let source =
        args.model.folder().map_or_else(|| "inside the program".to_owned(), |f| f.display().to_string());
    let view = View { description: engine.analyzer().description(), source, labels: Labels::all() };
    let mut sink = Sink::standard();
    match args.format {
        Format::Text => sink.write_all(text(&view).as_bytes())?,
        Format::Json => writeln!(sink, "{}", serde_json::to_string(&view)?)?,
    }
    sink.finish()?;
    Ok(Exit::Done)
}

fn text(view: &View) -> String {
    let it = view.description;
    let mut out = String::new();
    let mut line = |label: &str, value: String| {
        let _ = writeln!(out, "{label:<10} {value}");
    };
    line("name", it.name.clone());
    line("version", it.version.clone());
    line("language", it.language.clone());
    line("source", view.source.clone());
    line("sha256", it.sha256.clone());
    line("size", format!("{:.1} MB", it.bytes as f64 / 1e6));
    line(
        "training",
        format!(
            "{} steps{}",
            it.steps,
            if it.clean { ", only on corpora with a stated licence" } else { "" }
        ),
    );
    line("tasks", it.tasks.join(", "));
    for (label, values) in [
        ("upos", &view.labels.upos),
        ("relations", &view.labels.relations),
        ("roles", &view.labels.roles),
        ("names", &view.labels.names),
    ] {
        line(label, values.join(" "));
    }
    out
}
