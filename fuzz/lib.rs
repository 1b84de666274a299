//! What several targets need.

use std::fs::File;
use std::io::Write;
use std::path::{Path, PathBuf};

use tempfile::TempDir;
use tidings::Engine;
use tidings::document::Document;
use tidings_ledger::{Article, Ledger};

/// A folder in memory where there is one, else on disk: readers read files.
pub fn folder() -> TempDir {
    let memory = PathBuf::from("/dev/shm");
    let made = if memory.is_dir() { tempfile::tempdir_in(memory) } else { tempfile::tempdir() };
    made.expect("a folder for the inputs")
}

/// Writes an input and names it.
pub fn file(folder: &TempDir, name: &str, bytes: &[u8]) -> PathBuf {
    let path = folder.path().join(name);
    File::create(&path).and_then(|mut file| file.write_all(bytes)).expect("an input is written");
    path
}

/// The first byte chooses one of the names; the rest is the input.
pub fn choice<'a, T: Copy>(data: &'a [u8], of: &[T]) -> Option<(T, &'a [u8])> {
    let (first, rest) = data.split_first()?;
    Some((of[usize::from(*first) % of.len()], rest))
}

/// A ledger with the events of two short reports.
pub fn ledger(path: &Path) -> Ledger {
    let engine = Engine::new().expect("the engine of the program");
    let mut ledger = Ledger::open_or_create(path).expect("a ledger");
    for (id, text) in [
        ("one", "ACCRA, 3 November 2026 - Ghana accused Togo of shelling a border post near Aflao."),
        ("two", "LOME, 4 November 2026 - Togo denied that its army had fired. Nigeria will hold talks with both."),
    ] {
        let document = Document { id: id.to_owned(), ..Document::of_body(text) };
        let report = engine.code(&document).expect("a report");
        let at = "2026-11-04T12:00:00Z".parse().expect("a moment");
        ledger.add(&Article { document: &document, report: &report, at }).expect("stored");
    }
    ledger
}
