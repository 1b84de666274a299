//! Readers: bytes of a file or stream to [`Document`](crate::Document)s.
//!
//! What a file is, its content decides, and its ending where the content is broken. JSONL is read line by line: memory is
//! bounded by the longest line, never by the file.

mod decode;
mod error;
mod json_lines;
mod source;

#[cfg(test)]
mod tests;

use std::collections::{BTreeSet, VecDeque};
use std::path::PathBuf;

use jiff::civil::Date;
use sha2::{Digest, Sha256};

use crate::{Document, Warning};
pub use error::ReadError;
use source::{Reports, Source};

/// The largest document in bytes (256 MiB); for JSONL, the longest line.
pub const LARGEST_DOCUMENT: usize = 256 * 1024 * 1024;

/// What the user knows of the reports; it goes before what the input says.
#[derive(Clone, Debug, Default)]
pub struct ReadOptions {
    /// Day of publication.
    pub date: Option<Date>,
    /// Who published them.
    pub outlet: Option<String>,
}

/// The documents at `path`: a file of plain text or JSONL, `-` for the standard input, or a folder, of which all files
/// that end in .txt, .jsonl or .ndjson are read in the order of their names.
///
/// Nothing is opened before the first document is asked for. An error is about one file or one line; what follows is
/// read all the same.
pub fn path(path: PathBuf, options: ReadOptions) -> Documents {
    Documents { waiting: VecDeque::from([Waiting::Path(path)]), open: None, ids: BTreeSet::new(), options }
}

/// Documents as they are read; see [`path`].
#[derive(Debug)]
pub struct Documents {
    waiting: VecDeque<Waiting>,
    open: Option<Reports>,
    /// Fingerprints of the ids seen: eight bytes each, so that a stream of millions fits.
    ids: BTreeSet<u64>,
    options: ReadOptions,
}

#[derive(Debug)]
enum Waiting {
    /// A path that may be a folder.
    Path(PathBuf),
    /// A file of a folder.
    Source(Source),
}

impl Documents {
    fn open(&mut self, waiting: Waiting) -> Result<(), ReadError> {
        match waiting {
            Waiting::Path(path) => {
                let found = Source::at(path)?;
                self.waiting.extend(found.into_iter().map(Waiting::Source));
            }
            Waiting::Source(source) => self.open = Some(source.open()?),
        }
        Ok(())
    }

    fn warn_of_known_id(&mut self, document: &mut Document) {
        if !self.ids.insert(fingerprint(&document.id)) {
            let message =
                format!("the id \"{}\" came before; hint: results of both will carry it", document.id);
            document.warnings.push(Warning::new("duplicate-id", message));
        }
    }
}

impl Iterator for Documents {
    type Item = Result<Document, ReadError>;

    fn next(&mut self) -> Option<Self::Item> {
        loop {
            match self.open.as_mut().map(|reports| reports.next(&self.options)) {
                Some(Some(mut read)) => {
                    if let Ok(document) = &mut read {
                        self.warn_of_known_id(document);
                    }
                    return Some(read);
                }
                Some(None) => self.open = None,
                None => {
                    let waiting = self.waiting.pop_front()?;
                    if let Err(error) = self.open(waiting) {
                        return Some(Err(error));
                    }
                }
            }
        }
    }
}

fn fingerprint(text: &str) -> u64 {
    let digest = Sha256::digest(text.as_bytes());
    digest.iter().take(8).fold(0, |number, byte| number << 8 | u64::from(*byte))
}

/// The id of a text that has no name: twelve hexadecimal digits of its SHA-256.
fn hash_id(text: &str) -> String {
    Sha256::digest(text.as_bytes()).iter().take(6).map(|byte| format!("{byte:02x}")).collect()
}
