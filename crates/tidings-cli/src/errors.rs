//! How a command ends: exit codes and failures.

use std::fmt::Display;
use std::io;
use std::path::Path;
use std::process::ExitCode;

use crate::terminal::Terminal;

/// How a command ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Exit {
    /// All is done.
    Done,
    /// Nothing was found, or a check failed.
    Nothing,
    /// There was an error; what could be done is done.
    Failed,
    /// Stopped by Ctrl-C; what was done is kept.
    Interrupted,
}

impl From<Exit> for ExitCode {
    fn from(exit: Exit) -> Self {
        Self::from(match exit {
            Exit::Done => 0,
            Exit::Nothing => 1,
            Exit::Failed => 2,
            Exit::Interrupted => 130,
        })
    }
}

/// What ends a command before its end.
#[derive(Debug)]
pub enum Failure {
    /// Whoever read the output wants no more (`tidings … | head`): that is success.
    ReaderGone,
    /// What happened, where, and a line `  hint: …`.
    Message(String),
}

impl Failure {
    /// A failure with its hint.
    pub fn new(what: impl Display, hint: impl Display) -> Self {
        Self::Message(format!("{what}\n  hint: {hint}"))
    }

    /// A file that cannot be written.
    pub fn writing(path: &Path, error: &io::Error) -> Self {
        Self::new(
            format_args!("{}: cannot be written: {error}", path.display()),
            "name a file in a folder that exists and that you may write to",
        )
    }

    /// Tells it and says how the program ends.
    pub fn tell(self, terminal: &Terminal) -> Exit {
        match self {
            Self::ReaderGone => Exit::Done,
            Self::Message(message) => {
                terminal.error(message);
                Exit::Failed
            }
        }
    }
}

impl From<io::Error> for Failure {
    fn from(error: io::Error) -> Self {
        if error.kind() == io::ErrorKind::BrokenPipe {
            return Self::ReaderGone;
        }
        Self::new(format_args!("the output cannot be written: {error}"), "is the disk full?")
    }
}

impl From<tidings::EngineError> for Failure {
    fn from(error: tidings::EngineError) -> Self {
        Self::Message(error.to_string())
    }
}

impl From<tidings_batches::Error> for Failure {
    fn from(error: tidings_batches::Error) -> Self {
        Self::Message(error.to_string())
    }
}

impl From<tidings_export::Error> for Failure {
    fn from(error: tidings_export::Error) -> Self {
        Self::Message(error.to_string())
    }
}

impl From<tidings_ledger::Error> for Failure {
    fn from(error: tidings_ledger::Error) -> Self {
        Self::Message(error.to_string())
    }
}

impl From<tidings_server::Error> for Failure {
    fn from(error: tidings_server::Error) -> Self {
        Self::Message(error.to_string())
    }
}
