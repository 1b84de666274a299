//! What can go wrong: a corpus that is not there or not as expected, a program that does not run.

use std::path::{Path, PathBuf};

/// An error of the evaluation, with the place where it arose.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// A file could not be read or written.
    #[error("{}: {source}", path.display())]
    File {
        /// The file.
        path: PathBuf,
        /// Why.
        source: std::io::Error,
    },
    /// A line of a corpus is not what its format asks for.
    #[error("{}:{line}: {message}", path.display())]
    Line {
        /// The file.
        path: PathBuf,
        /// Its line, from 1.
        line: usize,
        /// What is wrong.
        message: String,
    },
    /// The language analysis failed or did not keep to the words it was given.
    #[error("analysis: {0}")]
    Analysis(String),
    /// Records that cannot be scored.
    #[error(transparent)]
    Annotation(#[from] crate::annotation::Error),
    /// Another program could not be run or failed.
    #[error("{program}: {message}")]
    Program {
        /// The command.
        program: String,
        /// What it said.
        message: String,
    },
}

/// The result of anything here.
pub type Result<T, E = Error> = std::result::Result<T, E>;

impl Error {
    /// A problem with one line of a corpus; `index` counts from 0.
    pub(crate) fn line(path: &Path, index: usize, message: impl ToString) -> Self {
        Error::Line { path: path.to_owned(), line: index + 1, message: message.to_string() }
    }

    /// A program that failed.
    pub(crate) fn program(program: impl ToString, message: impl ToString) -> Self {
        Error::Program { program: program.to_string(), message: message.to_string() }
    }
}

/// Reads a whole text file.
pub(crate) fn read(path: &Path) -> Result<String> {
    std::fs::read_to_string(path).map_err(|source| Error::File { path: path.to_owned(), source })
}

/// Writes a whole file.
pub(crate) fn write(path: &Path, contents: &str) -> Result<()> {
    std::fs::write(path, contents).map_err(|source| Error::File { path: path.to_owned(), source })
}

/// Reads a file of one JSON value a line; empty lines are passed over.
pub(crate) fn read_jsonl<T: serde::de::DeserializeOwned>(path: &Path) -> Result<Vec<T>> {
    read(path)?
        .lines()
        .enumerate()
        .filter(|(_, line)| !line.trim().is_empty())
        .map(|(i, line)| serde_json::from_str(line).map_err(|e| Error::line(path, i, e)))
        .collect()
}
