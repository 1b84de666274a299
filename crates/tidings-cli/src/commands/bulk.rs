//! `tidings code --format parquet`: files of any size into a folder of tables.

use std::path::Path;
use std::sync::Arc;

use tidings_batches::{Bulk, Manifest, Outcome, OwnFile, Settings};

use super::code::{Args, jobs};
use crate::errors::{Exit, Failure};
use crate::progress::Progress;
use crate::terminal::Terminal;
use crate::{input, interrupt};

/// Runs it.
pub fn run(args: &Args, terminal: &Terminal) -> Result<Exit, Failure> {
    let Some(folder) = args.out.as_deref() else {
        return Err(Failure::new(
            "--format parquet gives a folder of tables",
            "name a new folder: --out events/",
        ));
    };
    let own = args.engine.own()?;
    let files =
        |files: &[(String, Vec<u8>)]| files.iter().map(|(path, bytes)| OwnFile::new(path, bytes)).collect();
    let settings = Settings {
        longest: args.longest,
        model: args.engine.model().map(Path::to_owned),
        actors: files(&own.actors),
        rules: files(&own.rules),
        ..args.input.settings(&args.paths)
    };
    let engine = args.engine.engine_with(&own, terminal)?.with_longest_document(args.longest);
    let bulk = Bulk::new(Arc::new(engine), settings, folder)?.keeping_every(args.keep_every.get());
    match code(&bulk, jobs(args.jobs), args.resume, terminal)? {
        Outcome::Complete(manifest) => Ok(told(&manifest, folder, terminal)),
        Outcome::There(manifest) => {
            terminal.note(format_args!("{}: everything was there already", folder.display()));
            Ok(exit(&manifest))
        }
        Outcome::Stopped(kept) => {
            terminal.note(format_args!("stopped; {kept} documents done and kept: --resume goes on"));
            Ok(Exit::Interrupted)
        }
    }
}

/// Codes with progress on the terminal.
pub fn code(bulk: &Bulk, jobs: usize, resume: bool, terminal: &Terminal) -> Result<Outcome, Failure> {
    let progress = Progress::start(terminal, "document", "coded");
    let watch = |now: tidings_batches::Progress| progress.at(now.documents, now.bytes, now.of);
    let outcome = bulk.run(jobs, resume, interrupt::requested, watch)?;
    drop(progress);
    input::tell(bulk.passed_over(), terminal);
    Ok(outcome)
}

fn told(manifest: &Manifest, folder: &Path, terminal: &Terminal) -> Exit {
    let folder = folder.display();
    terminal.note(format_args!("{folder}: {} events of {} documents", manifest.events, manifest.documents));
    if manifest.errors > 0 {
        terminal.warning(format_args!(
            "{} could not be read or coded: {folder}/errors.parquet says why",
            manifest.errors
        ));
    }
    exit(manifest)
}

/// As for every other format.
fn exit(manifest: &Manifest) -> Exit {
    match (manifest.errors, manifest.events) {
        (0, 0) => Exit::Nothing,
        (0, _) => Exit::Done,
        _ => Exit::Failed,
    }
}
