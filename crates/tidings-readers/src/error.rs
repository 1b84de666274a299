//! Why a report could not be read.

use std::fmt;

/// What happened, where, and what to do: `file:line:column: what`, then a line `  hint: …`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ReadError {
    /// The file as the user named it; `<stdin>` for the standard input.
    pub file: String,
    /// Line and column in the file, from 1, the column in code points; none where the file as a whole is at fault.
    pub position: Option<(usize, usize)>,
    /// What happened.
    pub what: String,
    /// What to do next.
    pub hint: String,
}

impl ReadError {
    /// A fault of the whole file.
    pub(crate) fn of_file(file: &str, what: impl Into<String>, hint: impl Into<String>) -> Self {
        Self { file: file.to_owned(), position: None, what: what.into(), hint: hint.into() }
    }

    /// A fault at a line and column.
    pub(crate) fn at(mut self, line: usize, column: usize) -> Self {
        self.position = Some((line, column));
        self
    }
}

impl fmt::Display for ReadError {
    fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
        write!(f, "{}", self.file)?;
        if let Some((line, column)) = self.position {
            write!(f, ":{line}:{column}")?;
        }
        write!(f, ": {}\n  hint: {}", self.what, self.hint)
    }
}

impl std::error::Error for ReadError {}
