//! What can go wrong with a ledger, in words that say what to do.

use std::path::PathBuf;

use rusqlite::ErrorCode;

/// Everything that the ledger can fail with.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// There is no such file.
    #[error("{}: there is no ledger here\n  hint: `tidings add PATH --ledger {}` makes one", .0.display(), .0.display())]
    NotFound(PathBuf),
    /// A new ledger was asked for, but something is there already.
    #[error("{}: there is a file already\n  hint: open it, or name a file that does not exist", .0.display())]
    Exists(PathBuf),
    /// The file cannot be opened at all.
    #[error("{}: cannot be opened: {message}\n  hint: is it a file in a folder that exists and that you may read?", path.display())]
    Unreadable {
        /// Which file.
        path: PathBuf,
        /// What the system says.
        message: String,
    },
    /// The file is something else.
    #[error("{}: is no ledger of Tidings: {what}\n  hint: name a file that `tidings add` made", path.display())]
    NotALedger {
        /// Which file.
        path: PathBuf,
        /// What it is instead.
        what: String,
    },
    /// A later version of the program made it.
    #[error(
        "{}: has version {found}, this program knows up to {known}\n  hint: use the program that made it, or a newer one",
        path.display()
    )]
    Newer {
        /// Which file.
        path: PathBuf,
        /// Version of the file.
        found: u32,
        /// Newest version that is known here.
        known: u32,
    },
    /// An older version that has to be brought up to date first, and may not be, since it was opened for reading.
    #[error(
        "{}: has version {found}, this program needs {known}\n  hint: open it once for writing (`tidings add`): that brings it up to date",
        path.display()
    )]
    Older {
        /// Which file.
        path: PathBuf,
        /// Version of the file.
        found: u32,
        /// Version that is needed.
        known: u32,
    },
    /// The file ends too early.
    #[error(
        "{}: is truncated: {found} bytes of {expected}\n  hint: it was not copied to its end; take the original or a backup",
        path.display()
    )]
    Truncated {
        /// Which file.
        path: PathBuf,
        /// Bytes that are there.
        found: u64,
        /// Bytes that should be there.
        expected: u64,
    },
    /// The file is damaged.
    #[error("{}: is damaged: {message}\n  hint: take a backup; `sqlite3 FILE .recover` may save the rest", path.display())]
    Damaged {
        /// Which file.
        path: PathBuf,
        /// What was found.
        message: String,
    },
    /// It may only be read.
    #[error("{}: may only be read\n  hint: copy it to where you may write, or change its rights", .0.display())]
    ReadOnly(PathBuf),
    /// Another process is writing and does not end.
    #[error("{}: another process is writing to it\n  hint: wait until it is done, or end it", .0.display())]
    Locked(PathBuf),
    /// There is no room.
    #[error("{}: the disk is full\n  hint: make room; what was stored before is safe", .0.display())]
    Full(PathBuf),
    /// A question that cannot be answered as it is put.
    #[error("{what}\n  hint: {hint}")]
    Question {
        /// What is wrong with it.
        what: String,
        /// What to write instead.
        hint: String,
    },
    /// Anything else that the database says.
    #[error("{}: {source}\n  hint: please report it", path.display())]
    Database {
        /// Which file.
        path: PathBuf,
        /// What it says.
        source: rusqlite::Error,
    },
}

/// The result of everything that touches the file.
pub type Result<T, E = Error> = std::result::Result<T, E>;

impl Error {
    /// A question that cannot be answered, and what to ask instead.
    pub(crate) fn question(what: impl Into<String>, hint: impl Into<String>) -> Self {
        Self::Question { what: what.into(), hint: hint.into() }
    }

    /// What an error of the database means for this file.
    pub(crate) fn of(path: &std::path::Path, source: rusqlite::Error) -> Self {
        let path = path.to_owned();
        let message = || source.to_string();
        match source.sqlite_error_code() {
            Some(ErrorCode::DatabaseBusy | ErrorCode::DatabaseLocked) => Self::Locked(path),
            Some(ErrorCode::ReadOnly) => Self::ReadOnly(path),
            Some(ErrorCode::DiskFull) => Self::Full(path),
            Some(ErrorCode::NotADatabase) => {
                Self::NotALedger { path, what: "it is no SQLite database".to_owned() }
            }
            Some(ErrorCode::DatabaseCorrupt) => Self::Damaged { message: message(), path },
            Some(ErrorCode::CannotOpen | ErrorCode::PermissionDenied) => {
                Self::Unreadable { message: message(), path }
            }
            _ => Self::Database { path, source },
        }
    }
}
