//! What can go wrong, in words that say what to do.

use std::io;

/// Everything that writing can fail with.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// The output cannot be written.
    #[error("the output cannot be written: {0}\n  hint: is the disk full?")]
    Output(#[from] io::Error),
    /// A row does not fit its table.
    #[error("table `{table}`, row {row}: {what}\n  hint: {hint}")]
    Row {
        /// Which table.
        table: String,
        /// Which row, from 1.
        row: usize,
        /// What is wrong.
        what: String,
        /// What to do about it.
        hint: String,
    },
    /// There is no such table, or it cannot be written so.
    #[error("{what}\n  hint: {hint}")]
    Format {
        /// What was asked.
        what: String,
        /// What can be asked.
        hint: String,
    },
    /// The ledger does not answer.
    #[error(transparent)]
    Ledger(#[from] tidings_ledger::Error),
    /// Whoever looked on wanted to stop; nothing is left behind.
    #[error("stopped\n  hint: nothing was written")]
    Stopped,
    /// The descriptions inside the program cannot be read.
    #[error("data/export/columns.toml: {0}\n  hint: please report it")]
    Columns(String),
}

/// What comes of writing.
pub type Result<T, E = Error> = std::result::Result<T, E>;

impl Error {
    /// Something that cannot be written so, and what can.
    pub(crate) fn format(what: impl Into<String>, hint: impl Into<String>) -> Self {
        Self::Format { what: what.into(), hint: hint.into() }
    }
}

impl From<csv::Error> for Error {
    fn from(error: csv::Error) -> Self {
        match error.into_kind() {
            csv::ErrorKind::Io(error) => Self::Output(error),
            other => Self::Output(io::Error::other(format!("{other:?}"))),
        }
    }
}

impl From<serde_json::Error> for Error {
    fn from(error: serde_json::Error) -> Self {
        Self::Output(error.into())
    }
}

impl From<parquet::errors::ParquetError> for Error {
    fn from(error: parquet::errors::ParquetError) -> Self {
        match error {
            parquet::errors::ParquetError::External(source) => match source.downcast::<io::Error>() {
                Ok(error) => Self::Output(*error),
                Err(other) => Self::Output(io::Error::other(other)),
            },
            other => Self::Output(io::Error::other(other)),
        }
    }
}
