//! `tidings events`, `series`, `search`: what a ledger knows.

use std::io::Write;
use std::path::PathBuf;

use clap::ValueEnum;
use jiff::Timestamp;
use jiff::civil::Date;
use serde::Serialize;
use tidings_ledger::{Ledger, Page, Period, Query, Split};
use unicode_width::UnicodeWidthStr;

use crate::errors::{Exit, Failure};
use crate::input::date;
use crate::output::json_lines;
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
    /// One JSON object a row
    Jsonl,
}

/// Which ledger, and how to show what it says.
#[derive(Debug, clap::Args)]
pub struct LedgerArgs {
    /// The ledger
    #[arg(long, value_name = "FILE")]
    ledger: PathBuf,
    /// What the results look like
    #[arg(long, short, value_enum, default_value = "table")]
    format: Format,
}

/// What to look for.
#[derive(Debug, clap::Args)]
pub struct Filters {
    /// First day
    #[arg(long, value_name = "DATE", value_parser = date)]
    from: Option<Date>,
    /// Last day
    #[arg(long, value_name = "DATE", value_parser = date)]
    to: Option<Date>,
    /// Takes part on either side: code of a country (NOR), or id of an actor
    #[arg(long, value_name = "WHO")]
    actor: Option<String>,
    /// Acts
    #[arg(long, value_name = "WHO")]
    source: Option<String>,
    /// Is acted upon
    #[arg(long, value_name = "WHO")]
    target: Option<String>,
    /// PLOVER type: CONSULT, ASSAULT …
    #[arg(long = "type", value_name = "TYPE")]
    event_type: Option<String>,
    /// Quad class, 1 to 4
    #[arg(long, value_name = "N")]
    quad: Option<u8>,
    /// asserted, alleged, denied …
    #[arg(long)]
    status: Option<String>,
    /// Name of a place, or code of its country
    #[arg(long)]
    place: Option<String>,
    /// As the ledger stood at the end of that day (UTC)
    #[arg(long, value_name = "DATE", value_parser = date)]
    as_of: Option<Date>,
}

impl Filters {
    pub(super) fn query(&self) -> Result<Query, Failure> {
        let as_of = self.as_of.map(end_of).transpose()?;
        Ok(Query {
            from: self.from,
            to: self.to,
            actor: self.actor.clone(),
            source: self.source.clone(),
            target: self.target.clone(),
            event_type: self.event_type.as_ref().map(|t| t.to_uppercase()),
            quad: self.quad,
            status: self.status.clone(),
            place: self.place.clone(),
            as_of,
            ..Query::default()
        })
    }
}

/// The last moment of a day.
fn end_of(day: Date) -> Result<Timestamp, Failure> {
    let text = format!("{day}T23:59:59.999999Z");
    text.parse().map_err(|_| Failure::new(format_args!("{day} is out of reach"), "name a day of this age"))
}

/// How much of a list.
#[derive(Debug, clap::Args)]
pub struct Paging {
    /// At most so many
    #[arg(long, value_name = "N", default_value_t = 100)]
    limit: usize,
    /// Go on where the list before ended
    #[arg(long, value_name = "CURSOR")]
    after: Option<String>,
}

impl Paging {
    fn of(&self, query: Query) -> Query {
        Query { limit: Some(self.limit), after: self.after.clone(), ..query }
    }
}

/// Flags of `tidings events`.
#[derive(Debug, clap::Args)]
pub struct EventsArgs {
    #[command(flatten)]
    filters: Filters,
    /// Told by this outlet
    #[arg(long)]
    outlet: Option<String>,
    /// Told by an article with these words
    #[arg(long)]
    text: Option<String>,
    #[command(flatten)]
    paging: Paging,
    #[command(flatten)]
    ledger: LedgerArgs,
}

/// Flags of `tidings series`.
#[derive(Debug, clap::Args)]
pub struct SeriesArgs {
    #[command(flatten)]
    filters: Filters,
    /// How finely
    #[arg(long, value_enum, default_value = "month")]
    by: By,
    #[command(flatten)]
    ledger: LedgerArgs,
}

/// How finely time is cut.
#[derive(Clone, Copy, Debug, ValueEnum)]
pub enum By {
    /// One row a day
    Day,
    /// One row a month
    Month,
    /// One row a year
    Year,
}

/// Flags of `tidings search`.
#[derive(Debug, clap::Args)]
pub struct SearchArgs {
    /// All of them must be there; "a phrase" in marks, `begin*` for beginnings
    #[arg(required = true, value_name = "WORD")]
    words: Vec<String>,
    /// Published by this outlet
    #[arg(long)]
    outlet: Option<String>,
    /// Published from this day on
    #[arg(long, value_name = "DATE", value_parser = date)]
    from: Option<Date>,
    /// Published up to this day
    #[arg(long, value_name = "DATE", value_parser = date)]
    to: Option<Date>,
    #[command(flatten)]
    paging: Paging,
    #[command(flatten)]
    ledger: LedgerArgs,
}

/// `tidings events`.
pub fn events(args: &EventsArgs, terminal: &Terminal) -> Result<Exit, Failure> {
    let ledger = Ledger::open_read_only(&args.ledger.ledger)?;
    let filters = args.filters.query()?;
    let query = args.paging.of(Query { outlet: args.outlet.clone(), text: args.text.clone(), ..filters });
    let columns = ["event_date", "source", "event_type", "target", "status", "n_reports", "sentence"];
    page(&ledger.events(&query)?, args.ledger.format, &columns, terminal)
}

/// `tidings series`.
pub fn series(args: &SeriesArgs, terminal: &Terminal) -> Result<Exit, Failure> {
    let ledger = Ledger::open_read_only(&args.ledger.ledger)?;
    let period = match args.by {
        By::Day => Period::Day,
        By::Month => Period::Month,
        By::Year => Period::Year,
    };
    let rows = ledger.series(&args.filters.query()?, period, Split::None, false)?;
    let columns = ["period", "events", "reports", "mean_score"];
    page(&Page { rows, next: None }, args.ledger.format, &columns, terminal)
}

/// `tidings search`.
pub fn search(args: &SearchArgs, terminal: &Terminal) -> Result<Exit, Failure> {
    let ledger = Ledger::open_read_only(&args.ledger.ledger)?;
    let query = args.paging.of(Query {
        text: Some(args.words.join(" ")),
        outlet: args.outlet.clone(),
        from: args.from,
        to: args.to,
        ..Query::default()
    });
    let columns = ["published", "document_id", "title", "extract"];
    page(&ledger.search(&query)?, args.ledger.format, &columns, terminal)
}

/// Writes a page; what there is more of is said beside it.
fn page<T: Serialize>(
    page: &Page<T>,
    format: Format,
    columns: &[&str],
    terminal: &Terminal,
) -> Result<Exit, Failure> {
    let text = match format {
        Format::Csv => csv(&page.rows)?,
        Format::Jsonl => json_lines(&page.rows)?,
        Format::Table => table(&page.rows, columns, terminal.width())?.into_bytes(),
    };
    let mut sink = Sink::standard();
    sink.write_all(&text)?;
    sink.finish()?;
    if let Some(next) = &page.next {
        terminal.note(format_args!("there are more: --after '{next}' shows them, --limit N more at once"));
    }
    Ok(if page.rows.is_empty() { Exit::Nothing } else { Exit::Done })
}

fn unwritable(error: impl std::fmt::Display) -> Failure {
    Failure::new(format_args!("the rows cannot be written: {error}"), "please report it")
}

fn csv<T: Serialize>(rows: &[T]) -> Result<Vec<u8>, Failure> {
    let mut writer = csv::Writer::from_writer(Vec::new());
    rows.iter().try_for_each(|row| writer.serialize(row)).map_err(unwritable)?;
    writer.into_inner().map_err(|e| unwritable(e.error()))
}

/// The columns side by side; the last one is cut at the edge.
fn table<T: Serialize>(rows: &[T], columns: &[&str], width: usize) -> Result<String, Failure> {
    let mut cells: Vec<Vec<String>> = vec![columns.iter().map(|c| (*c).to_owned()).collect()];
    for row in rows {
        let value = serde_json::to_value(row).map_err(unwritable)?;
        cells.push(columns.iter().map(|c| cell(&value[*c])).collect());
    }
    if rows.is_empty() {
        return Ok(String::new());
    }
    let widest = |n: usize| cells.iter().map(|row| row[n].width()).max();
    let widths: Vec<usize> = (0..columns.len()).map(|n| widest(n).unwrap_or(0).min(COLUMN)).collect();
    Ok(cells.iter().map(|row| line(row, &widths, width)).collect())
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

fn cell(value: &serde_json::Value) -> String {
    match value {
        serde_json::Value::Null => String::new(),
        serde_json::Value::String(text) => visible(text),
        serde_json::Value::Number(n) if n.is_f64() => format!("{:.1}", n.as_f64().unwrap_or(0.0)),
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
        let shown = table(&rows, &["a", "b", "c"], 40).expect("shown");
        assert_eq!(shown, "a     b    c\nOslo  2.2  one\u{FFFD}[31m two\n谢         x\n");
        assert_eq!(table::<u8>(&[], &["a"], 40).expect("shown"), "");
    }

    #[test]
    fn the_end_of_a_day_is_its_last_moment() {
        let end = end_of(jiff::civil::date(2026, 11, 1)).expect("a day");
        assert!(end.to_string().starts_with("2026-11-01T23:59:59"));
    }
}
