//! `tidings reproduce`: the same bytes again, from a manifest.

use std::num::NonZeroUsize;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use tidings::Engine;
use tidings::actors::LARGEST_FILE;
use tidings_batches::{Bulk, Manifest, Outcome, OwnFile};
use tidings_server::Own;

use super::code::jobs;
use super::{bulk, bytes, equipped};
use crate::errors::{Exit, Failure};
use crate::interrupt;
use crate::terminal::Terminal;

/// Flags of `tidings reproduce`.
#[derive(Debug, clap::Args)]
#[command(after_help = EXAMPLES)]
pub struct Args {
    /// The manifest.json of a folder that `tidings code --format parquet` made; run it where that was run
    #[arg(value_name = "MANIFEST")]
    manifest: PathBuf,
    /// Keep what comes out in a new folder
    #[arg(long, short, value_name = "FOLDER")]
    out: Option<PathBuf>,
    /// With `--out`: go on with a run that was stopped or killed
    #[arg(long, requires = "out")]
    resume: bool,
    /// Documents coded at the same time; the bytes are the same whatever the number [default: one per processor]
    #[arg(long, short, value_name = "N")]
    jobs: Option<NonZeroUsize>,
}

const EXAMPLES: &str = "\
EXAMPLES
  tidings reproduce events/manifest.json               the same bytes, or what differs
  tidings reproduce events/manifest.json --out again/  keeps what comes out";

/// Runs it.
pub fn run(args: &Args, terminal: &Terminal) -> Result<Exit, Failure> {
    interrupt::listen();
    let manifest = Manifest::read(&args.manifest)?;
    let settings = manifest.plan.settings.clone();
    let (own, missing) = own(&settings.actors, &settings.rules);
    if let Some(failure) = missing {
        return Err(failure);
    }
    let engine = match settings.model.as_deref() {
        Some(folder) => Engine::with_model(folder)?,
        None => Engine::new()?,
    };
    let engine = equipped(engine, &own, terminal)?.with_longest_document(settings.longest);
    let passing = tempfile::tempdir()?;
    let folder = args.out.as_deref().unwrap_or(passing.path());
    let files =
        |files: &[(String, Vec<u8>)]| files.iter().map(|(path, bytes)| OwnFile::new(path, bytes)).collect();
    let now = tidings_batches::Settings { actors: files(&own.actors), rules: files(&own.rules), ..settings };
    let bulk = Bulk::new(Arc::new(engine), now, folder)?;
    let differences = manifest.plan.differences(bulk.plan());
    if !differences.is_empty() {
        return Ok(told(&differences, "it cannot come out the same", terminal));
    }
    match bulk::code(&bulk, jobs(args.jobs), args.resume, terminal)? {
        Outcome::Complete(again) | Outcome::There(again) => {
            let differences = manifest.differences(&again);
            if !differences.is_empty() {
                return Ok(told(&differences, "it came out otherwise", terminal));
            }
            terminal.note(format_args!("the same bytes in all {} files", again.outputs.len()));
            Ok(Exit::Done)
        }
        Outcome::Stopped(kept) => {
            let kept = if args.out.is_some() {
                format!("{kept} documents kept: --resume goes on")
            } else {
                String::new()
            };
            terminal.note(format_args!("stopped; {kept}"));
            Ok(Exit::Interrupted)
        }
    }
}

/// The user's own files of then, as they are now.
fn own(actors: &[OwnFile], rules: &[OwnFile]) -> (Own, Option<Failure>) {
    let mut failure = None;
    let mut read = |files: &[OwnFile]| {
        let mut out = Vec::new();
        for file in files {
            match bytes(Path::new(&file.path), LARGEST_FILE, "the manifest names it: bring it back") {
                Ok(found) => out.push(found),
                Err(error) => failure = failure.take().or(Some(error)),
            }
        }
        out
    };
    let own = Own { actors: read(actors), rules: read(rules) };
    (own, failure)
}

fn told(differences: &[String], what: &str, terminal: &Terminal) -> Exit {
    for difference in differences {
        terminal.error(difference);
    }
    terminal.note(format_args!("{what}: {} differences", differences.len()));
    Exit::Nothing
}
