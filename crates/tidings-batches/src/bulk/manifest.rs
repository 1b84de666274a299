//! What a run was made of and what came out, by hash: enough to make the same bytes again.

use std::fs;
use std::io;
use std::path::Path;

use serde::{Deserialize, Serialize};

use super::folder::MANIFEST;
use super::piece::Index;
use super::plan::Plan;
use crate::error::{Error, Result};

/// The manifest of a run. It has no time and no number of threads: the same run has the same manifest.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Manifest {
    /// What decides what comes out.
    #[serde(flatten)]
    pub plan: Plan,
    /// Articles that were read, those that failed among them.
    pub documents: u64,
    /// Articles and files that could not be read or coded: the rows of errors.parquet.
    pub errors: u64,
    /// The events that were found.
    pub events: u64,
    /// Every file that came out.
    pub outputs: Vec<Output>,
}

/// A file that came out.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Output {
    /// Within the folder, parted by `/`.
    pub path: String,
    /// Its rows.
    pub rows: u64,
    /// Its size.
    pub bytes: u64,
    /// SHA-256 of its bytes.
    pub sha256: String,
}

impl Manifest {
    pub(super) fn new(plan: Plan, pieces: &[Index], outputs: Vec<Output>) -> Self {
        let rows = |of: &str| outputs.iter().filter(|o| o.path.starts_with(of)).map(|o| o.rows).sum();
        Self {
            documents: pieces.iter().map(|p| p.documents).sum(),
            errors: rows("errors"),
            events: rows("events/"),
            plan,
            outputs,
        }
    }

    /// As it is written.
    pub(super) fn bytes(&self) -> Result<Vec<u8>> {
        let mut bytes = serde_json::to_vec_pretty(self).map_err(|e| Error::told(e, "please report it"))?;
        bytes.push(b'\n');
        Ok(bytes)
    }

    /// The manifest of a folder, if it has one.
    pub(super) fn find(folder: &Path) -> Result<Option<Self>> {
        let path = folder.join(MANIFEST);
        if path.exists() { Self::read(&path).map(Some) } else { Ok(None) }
    }

    /// Reads a manifest.
    pub fn read(path: &Path) -> Result<Self> {
        let bytes = fs::read(path).map_err(|error| match error.kind() {
            io::ErrorKind::IsADirectory => {
                Error::told(format_args!("{}: is a folder", path.display()), "name the manifest.json in it")
            }
            _ => Error::file(path)(error),
        })?;
        serde_json::from_slice(&bytes).map_err(|error| {
            let what =
                format!("{}:{}:{}: is no manifest: {error}", path.display(), error.line(), error.column());
            Error::told(what, "`tidings code --format parquet --out FOLDER` writes one")
        })
    }

    /// Which files came out otherwise, for people; empty if none did.
    pub fn differences(&self, again: &Self) -> Vec<String> {
        let mut out = Vec::new();
        for file in &self.outputs {
            match again.outputs.iter().find(|o| o.path == file.path) {
                None => out.push(format!("{}: did not come out again", file.path)),
                Some(other) if other.rows != file.rows => {
                    out.push(format!("{}: {} rows then, {} now", file.path, file.rows, other.rows));
                }
                Some(other) if other.sha256 != file.sha256 => {
                    out.push(format!("{}: as many rows, other bytes", file.path));
                }
                Some(_) => {}
            }
        }
        let known = |file: &&Output| !self.outputs.iter().any(|o| o.path == file.path);
        out.extend(again.outputs.iter().filter(known).map(|file| format!("{}: is new", file.path)));
        out
    }
}
