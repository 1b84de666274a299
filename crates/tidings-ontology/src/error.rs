//! What is wrong with a table, where, and what to do about it.

/// A table that cannot be read.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, thiserror::Error)]
#[error("{file}:{line}:{column}: {what}\n  hint: {hint}")]
pub struct TableError {
    /// File name.
    pub file: String,
    /// Line, from 1.
    pub line: usize,
    /// Column, from 1, in characters.
    pub column: usize,
    /// What is wrong.
    pub what: String,
    /// What to do about it.
    pub hint: String,
}

impl TableError {
    /// An error at a line of a file.
    pub(crate) fn new(file: &str, line: usize, what: impl Into<String>, hint: impl Into<String>) -> Self {
        Self { file: file.to_owned(), line, column: 1, what: what.into(), hint: hint.into() }
    }

    /// The same, further right in its line.
    pub(crate) fn in_column(self, column: usize) -> Self {
        Self { column, ..self }
    }
}

/// A table inside the program, empty if it could not be read, and then why.
pub(crate) struct Read<T> {
    pub(crate) table: T,
    pub(crate) problem: Option<TableError>,
}

impl<T: Default> Read<T> {
    pub(crate) fn new(read: Result<T, TableError>) -> Self {
        match read {
            Ok(table) => Self { table, problem: None },
            Err(problem) => Self { table: T::default(), problem: Some(problem) },
        }
    }
}

/// The line, from 1, of byte `offset`.
pub(crate) fn line_of(text: &str, offset: usize) -> usize {
    text.bytes().take(offset).filter(|b| *b == b'\n').count() + 1
}
