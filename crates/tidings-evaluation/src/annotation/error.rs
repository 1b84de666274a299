//! What can be wrong with the files, and what to do about it.

use std::path::{Path, PathBuf};

/// A file or folder that cannot be scored.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// Something about a whole file or folder.
    #[error("{}: {message}\n  hint: {hint}", path.display())]
    Path {
        /// The file or folder.
        path: PathBuf,
        /// What is wrong.
        message: String,
        /// What to do.
        hint: String,
    },
    /// One line of a file is no record, or not the record that it should be.
    #[error("{}:{line}:{column}: {message}\n  hint: {hint}", path.display())]
    Line {
        /// The file.
        path: PathBuf,
        /// Its line, from 1.
        line: usize,
        /// The column in bytes, from 1.
        column: usize,
        /// What is wrong.
        message: String,
        /// What to do.
        hint: &'static str,
    },
    /// Gold and system are about different documents.
    #[error("{0}")]
    NothingInCommon(String),
}

/// The result of anything here that can fail.
pub type Result<T, E = Error> = std::result::Result<T, E>;

impl Error {
    pub(super) fn path(path: &Path, message: impl ToString, hint: impl ToString) -> Self {
        Self::Path { path: path.to_owned(), message: message.to_string(), hint: hint.to_string() }
    }
}
