//! From a report to bytes: a table for people, the records of SCHEMA.md, flat lines for programs.

pub mod explanation;
mod flat;
pub mod layout;
pub mod records;
pub mod scores;
pub mod table;
pub mod tree;

use serde::Serialize;
use tidings::Report;

use crate::errors::Failure;
use crate::terminal::Paint;

/// What the results look like.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Format {
    /// For reading.
    Table,
    /// One JSON record a line.
    Records,
    /// One JSON line an event.
    Jsonl,
    /// One line an event.
    Csv,
}

/// One JSON object a line.
pub fn json_lines<T: Serialize>(rows: impl IntoIterator<Item = T>) -> Result<Vec<u8>, Failure> {
    let mut out = Vec::new();
    for row in rows {
        serde_json::to_writer(&mut out, &row)?;
        out.push(b'\n');
    }
    Ok(out)
}

/// Makes the bytes; knows no stream.
#[derive(Clone, Copy, Debug)]
pub struct Renderer {
    /// What they look like.
    pub format: Format,
    /// Whether the records carry the reason of each field.
    pub trail: bool,
    /// Colour.
    pub paint: Paint,
    /// Columns of the table.
    pub width: usize,
}

impl Renderer {
    /// What stands before the first report.
    pub fn header(&self) -> Result<Vec<u8>, Failure> {
        if self.format == Format::Csv { flat::header() } else { Ok(Vec::new()) }
    }

    /// One report.
    pub fn render(&self, mut report: Report) -> Result<Vec<u8>, Failure> {
        match self.format {
            Format::Table => Ok(table::render(&report, self.paint, self.width).into_bytes()),
            Format::Jsonl => flat::jsonl(&report),
            Format::Csv => flat::csv(&report),
            Format::Records => {
                if !self.trail {
                    report.drop_trail();
                }
                json_lines(&report.records)
            }
        }
    }
}

impl From<serde_json::Error> for Failure {
    fn from(error: serde_json::Error) -> Self {
        Self::new(format_args!("a record cannot be written as JSON: {error}"), "please report the input")
    }
}

impl From<csv::Error> for Failure {
    fn from(error: csv::Error) -> Self {
        Self::new(format_args!("an event cannot be written as CSV: {error}"), "please report the input")
    }
}
