//! What can go wrong, in words that say what to do.

use std::fmt::Display;
use std::io;
use std::path::Path;

use arrow_schema::ArrowError;
use parquet::errors::ParquetError;

/// Everything that coding many articles can fail with; a fault in one article is a row, never an error.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// The input or the folder is not what it should be.
    #[error("{what}\n  hint: {hint}")]
    Told {
        /// What is wrong, and where.
        what: String,
        /// What to do about it.
        hint: String,
    },
    /// A file cannot be written or read; what was finished before is kept.
    #[error("{path}: {error}\n  hint: {}", hint(error))]
    File {
        /// Which file.
        path: String,
        /// What the system says.
        error: io::Error,
    },
    /// The engine cannot be built.
    #[error(transparent)]
    Engine(#[from] tidings::EngineError),
    /// A row does not fit its table.
    #[error(transparent)]
    Table(#[from] tidings_export::Error),
    /// Arrow does not take the columns.
    #[error("{0}\n  hint: please report it with the input")]
    Arrow(#[from] ArrowError),
}

/// What comes of it.
pub type Result<T, E = Error> = std::result::Result<T, E>;

impl Error {
    /// What is wrong, and what to do about it.
    pub fn told(what: impl Display, hint: impl Display) -> Self {
        Self::Told { what: what.to_string(), hint: hint.to_string() }
    }

    /// An error of the system about a file.
    pub(crate) fn file(path: &Path) -> impl FnOnce(io::Error) -> Self {
        let path = path.display().to_string();
        move |error| Self::File { path, error }
    }

    /// An error about a Parquet file.
    pub(crate) fn parquet(path: &Path) -> impl FnOnce(ParquetError) -> Self {
        let path = path.display().to_string();
        move |error| {
            let error = match error {
                ParquetError::External(source) => match source.downcast::<io::Error>() {
                    Ok(error) => *error,
                    Err(other) => io::Error::other(other),
                },
                other => io::Error::other(other),
            };
            Self::File { path, error }
        }
    }

    /// An error about a file of Arrow batches.
    pub(crate) fn arrow(path: &Path) -> impl FnOnce(ArrowError) -> Self {
        let path = path.display().to_string();
        move |error| {
            let error = match error {
                ArrowError::IoError(_, error) => error,
                other => io::Error::other(other),
            };
            Self::File { path, error }
        }
    }
}

/// What to do when the system does not read or write a file.
fn hint(error: &io::Error) -> &'static str {
    match error.kind() {
        io::ErrorKind::StorageFull | io::ErrorKind::QuotaExceeded | io::ErrorKind::FileTooLarge => {
            "make room, then go on with the same command and --resume: what is done is kept"
        }
        io::ErrorKind::PermissionDenied | io::ErrorKind::ReadOnlyFilesystem => {
            "name a folder that you may write to; what is done is kept, --resume goes on"
        }
        io::ErrorKind::NotFound => "check the spelling and the folder",
        _ => "check the disk, then go on with the same command and --resume: what is done is kept",
    }
}
