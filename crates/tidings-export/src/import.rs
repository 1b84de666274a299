//! Files with the tables of others, line by line: which table it is, where its columns are, what each line says.
//!
//! A wrong line does not end the file; what cannot be read at all does. Lines are read one at a time whatever the size of
//! the file, plain, gzip or zip.

mod lines;
mod shape;

use std::path::{Path, PathBuf};

use lines::{Line, Lines};
use shape::Shape;
use tidings_ledger::Foreign;

use crate::sets::{Cells, Fault, Set};

/// What is wrong with a file or one of its lines, and where.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{}:{line}:{}: {}", path.display(), fault.column.max(1), fault)]
pub struct ImportError {
    /// Which file.
    pub path: PathBuf,
    /// Line, from 1; 0 for the whole file.
    pub line: u64,
    /// What is wrong.
    pub fault: Fault,
    /// Whether the rest of the file cannot be read.
    pub last: bool,
}

/// The rows of a file, each as the ledger loads it or with what is wrong with it.
pub struct Import {
    path: PathBuf,
    lines: Lines,
    shape: Shape,
    /// The first line, where it is a row.
    first: Option<String>,
    number: u64,
    ended: bool,
}

impl Import {
    /// Opens a file; without `set` its first line says whose table it is.
    pub fn open(path: &Path, set: Option<Set>) -> Result<Self, ImportError> {
        let wrong = |line, what: String, hint: &str| ImportError {
            path: path.to_owned(),
            line,
            fault: Fault { column: 0, name: String::new(), what, hint: hint.to_owned() },
            last: true,
        };
        let cannot =
            |e: std::io::Error| wrong(0, format!("cannot be read: {e}"), "name a file that you may read");
        let mut lines = Lines::open(path).map_err(cannot)?;
        let first = match lines.next() {
            None => return Err(wrong(0, "is empty".to_owned(), "name a file with rows")),
            Some(Err(e)) => return Err(cannot(e)),
            Some(Ok(Line::Wrong(what))) => return Err(wrong(1, what, HINT)),
            Some(Ok(Line::Text(line))) => line,
        };
        let shape = Shape::of(&first, set).map_err(|what| wrong(1, what, HINT))?;
        let first = (!shape.header).then_some(first);
        Ok(Self {
            path: path.to_owned(),
            lines,
            number: u64::from(first.is_none()),
            first,
            shape,
            ended: false,
        })
    }

    /// Whose table it is.
    pub fn set(&self) -> Set {
        self.shape.set
    }

    fn row(&self, line: &str) -> Result<Foreign, Fault> {
        let fields = self.shape.fields(line)?;
        let cells =
            Cells::new(self.shape.set, &self.shape.places, fields.iter().map(String::as_str).collect())?;
        self.shape.set.foreign(&cells)
    }

    fn wrong(&self, fault: Fault, last: bool) -> ImportError {
        ImportError { path: self.path.clone(), line: self.number, fault, last }
    }
}

const HINT: &str = "tables are GDELT, ICEWS, POLECAT, PETRARCH or Phoenix as they are published: tab-separated (or CSV), \
                    plain, .gz or .zip; `--from` says which";

impl Iterator for Import {
    type Item = Result<Foreign, ImportError>;

    fn next(&mut self) -> Option<Self::Item> {
        while !self.ended {
            let line = match self.first.take() {
                Some(line) => Some(Ok(Line::Text(line))),
                None => self.lines.next(),
            };
            self.number += 1;
            let whole = |what: String, hint: &str| Fault {
                column: 0,
                name: String::new(),
                what,
                hint: hint.to_owned(),
            };
            match line {
                None => self.ended = true,
                Some(Err(e)) => {
                    self.ended = true;
                    let fault = whole(format!("cannot be read any further: {e}"), "is the file complete?");
                    return Some(Err(self.wrong(fault, true)));
                }
                Some(Ok(Line::Wrong(what))) => {
                    return Some(Err(self.wrong(whole(what, "the line is left out"), false)));
                }
                Some(Ok(Line::Text(line))) if line.trim().is_empty() => {}
                Some(Ok(Line::Text(line))) => return Some(self.row(&line).map_err(|f| self.wrong(f, false))),
            }
        }
        None
    }
}
