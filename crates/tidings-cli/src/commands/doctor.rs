//! `tidings doctor`: does everything work on this machine?

mod checks;

use std::fmt::Write as _;
use std::io::Write;

use anstyle::{AnsiColor, Style};

use super::ModelArgs;
use crate::errors::{Exit, Failure};
use crate::sink::Sink;
use crate::terminal::{Paint, Terminal};
use checks::{Check, Finding};

/// Flags of `tidings doctor`.
#[derive(Debug, clap::Args)]
#[command(after_help = EXAMPLES)]
pub struct Args {
    #[command(flatten)]
    model: ModelArgs,
}

const EXAMPLES: &str = "\
EXAMPLES
  tidings doctor                      everything
  tidings doctor --model models/en    with a model from a folder";

/// Runs it; 1 if a check failed.
pub fn run(args: &Args, terminal: &Terminal) -> Result<Exit, Failure> {
    let checks = checks::all(&args.model);
    let mut sink = Sink::standard();
    for check in &checks {
        sink.write_all(line(check, terminal.paint).as_bytes())?;
    }
    sink.finish()?;
    Ok(if checks.iter().any(Check::failed) { Exit::Nothing } else { Exit::Done })
}

fn line(check: &Check, paint: Paint) -> String {
    let (mark, style, text) = match &check.finding {
        Finding::Good(text) => ("ok", AnsiColor::Green.on_default(), text),
        Finding::Note(text, _) => ("note", AnsiColor::Yellow.on_default(), text),
        Finding::Bad(text, _) => ("FAIL", AnsiColor::Red.on_default().bold(), text),
    };
    let mut out = format!("{} {:<10} {text}\n", paint.apply(style, &format!("{mark:<4}")), check.name);
    if let Finding::Note(_, hint) | Finding::Bad(_, hint) = &check.finding {
        let _ = writeln!(out, "{:16}{} {hint}", "", paint.apply(Style::new().dimmed(), "hint:"));
    }
    out
}
