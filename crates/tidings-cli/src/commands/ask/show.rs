//! Rows and pages as tables for reading, and in the formats of `tidings-export`.

use std::io::{IsTerminal, Write};

use clap::ValueEnum;
use serde::Serialize;
use serde_json::Value;
use tidings_export::Table;
use tidings_ledger::{Network, Page};
use unicode_width::UnicodeWidthStr;

use super::filters::LedgerArgs;
use crate::errors::{Exit, Failure};
use crate::output::layout::{clip, visible};
use crate::sink::Sink;
use crate::terminal::Terminal;

/// What the rows look like.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Format {
    /// For reading
    Table,
    /// A header and one line a row
    Csv,
    /// One JSON object a row; a page is one object
    Jsonl,
    /// Columns with types, for R, pandas, DuckDB
    Parquet,
    /// Points of a map
    Geojson,
    /// A network, for Gephi
    Gexf,
}

/// A table of the codebook, and the columns of it that are shown for reading.
#[derive(Clone, Copy, Debug)]
pub struct Shown {
    /// Its name in the codebook.
    pub table: &'static str,
    /// What is shown for reading.
    pub columns: &'static [&'static str],
}

impl Format {
    /// The same for a file of rows.
    fn file(self, table: &Table) -> Result<tidings_export::Format, Failure> {
        let no = |hint: &str| {
            Err(Failure::new(format_args!("{} cannot be written so", table.title.to_lowercase()), hint))
        };
        match self {
            Self::Csv => Ok(tidings_export::Format::Csv),
            Self::Jsonl => Ok(tidings_export::Format::Jsonl),
            Self::Parquet => Ok(tidings_export::Format::Parquet),
            Self::Geojson if tidings_export::Format::GeoJson.fits(table) => {
                Ok(tidings_export::Format::GeoJson)
            }
            Self::Geojson => no("GeoJSON is for rows with coordinates: `tidings map`, `tidings events`"),
            Self::Table | Self::Gexf => no("GEXF is for `tidings network`"),
        }
    }
}

/// Writes a page of a list; what there is more of is said beside it.
pub fn page<T: Serialize>(
    page: &Page<T>,
    shown: Shown,
    args: &LedgerArgs,
    terminal: &Terminal,
) -> Result<Exit, Failure> {
    if args.format == Format::Table {
        let text = section(&page.rows, shown.columns, terminal)?;
        put(args, text.as_bytes())?;
    } else {
        let table = tidings_export::table(shown.table)?;
        let format = args.format.file(table)?;
        if format == tidings_export::Format::Parquet
            && args.out().is_none()
            && std::io::stdout().is_terminal()
        {
            return Err(Failure::new("a Parquet file is not for reading", "name a file: --out FILE"));
        }
        let mut bytes = Vec::new();
        tidings_export::write(format, table, &page.rows, &mut bytes)?;
        put(args, &bytes)?;
    }
    if let Some(next) = &page.next {
        terminal.note(format_args!("there are more: --after '{next}' shows them, --limit N more at once"));
    }
    Ok(if page.rows.is_empty() { Exit::Nothing } else { Exit::Done })
}

/// Writes the page of one thing: as one JSON object, or for reading, section after section.
pub fn sheet<T: Serialize>(
    whole: &T,
    title: &str,
    sections: &[String],
    args: &LedgerArgs,
) -> Result<(), Failure> {
    if args.format == Format::Jsonl {
        return put(args, &crate::output::json_lines([whole])?);
    }
    let mut text = title.lines().map(|line| format!("{}\n", visible(line))).collect::<String>();
    for section in sections.iter().filter(|s| !s.is_empty()) {
        text.push('\n');
        text.push_str(section);
    }
    put(args, text.as_bytes())
}

/// Writes a network as GEXF.
pub fn network(network: &Network, args: &LedgerArgs) -> Result<(), Failure> {
    let (nodes, edges) = (tidings_export::table("nodes")?, tidings_export::table("edges")?);
    let mut bytes = Vec::new();
    tidings_export::gexf((nodes, &network.nodes), (edges, &network.edges), &mut bytes)?;
    put(args, &bytes)
}

fn put(args: &LedgerArgs, bytes: &[u8]) -> Result<(), Failure> {
    let mut sink = Sink::open(args.out())?;
    sink.write_all(bytes)?;
    sink.finish()
}

/// Rows as columns side by side; the last one is cut at the edge. Nothing where there are no rows; columns without any
/// value are left out.
pub fn section<T: Serialize>(rows: &[T], columns: &[&str], terminal: &Terminal) -> Result<String, Failure> {
    let values: Vec<Value> = rows.iter().map(serde_json::to_value).collect::<Result<_, _>>()?;
    Ok(cells(&values, columns, terminal.width()))
}

/// The same for values, on so many columns of the terminal.
pub fn cells(rows: &[Value], columns: &[&str], width: usize) -> String {
    if rows.is_empty() {
        return String::new();
    }
    let filled = |column: &&str| rows.iter().any(|row| !row[*column].is_null());
    let columns: Vec<&str> = columns.iter().copied().filter(filled).collect();
    let mut cells: Vec<Vec<String>> = vec![columns.iter().map(|c| (*c).to_owned()).collect()];
    cells.extend(rows.iter().map(|row| columns.iter().map(|c| cell(&row[*c])).collect()));
    let widest = |n: usize| cells.iter().map(|row| row[n].width()).max();
    let widths: Vec<usize> = (0..columns.len()).map(|n| widest(n).unwrap_or(0).min(COLUMN)).collect();
    cells.iter().map(|row| line(row, &widths, width)).collect()
}

/// Columns of one cell, at most; but the last one.
const COLUMN: usize = 28;

fn line(row: &[String], widths: &[usize], width: usize) -> String {
    let mut out = String::new();
    let mut used = 0;
    for (number, (text, own)) in row.iter().zip(widths).enumerate() {
        let last = number + 1 == row.len();
        let room = if last { width.saturating_sub(used).max(COLUMN) } else { *own };
        let text = clip(text, room);
        let blank = if last { 0 } else { own.saturating_sub(text.width()) + 2 };
        used += own + 2;
        out.push_str(&text);
        out.extend(std::iter::repeat_n(' ', blank));
    }
    format!("{}\n", out.trim_end())
}

fn cell(value: &Value) -> String {
    match value {
        Value::Null => String::new(),
        Value::String(text) => visible(text),
        Value::Number(n) if n.is_f64() => format!("{:.1}", n.as_f64().unwrap_or(0.0)),
        other => visible(&other.to_string()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_table_has_its_columns_under_each_other_and_no_control_characters() {
        let rows = [
            serde_json::json!({"a": "Oslo", "b": 2.25, "c": "one\u{1b}[31m two"}),
            serde_json::json!({"a": "谢", "b": null, "c": "x"}),
        ];
        let shown = cells(&rows, &["a", "b", "none", "c"], 40);
        assert_eq!(shown, "a     b    c\nOslo  2.2  one\u{FFFD}[31m two\n谢         x\n");
        assert_eq!(cells(&[], &["a"], 40), "");
    }
}
