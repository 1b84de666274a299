//! Paths and `-` to documents, with the flags that say what the input does not.

use std::path::PathBuf;
use std::sync::Arc;

use clap::builder::{PossibleValuesParser, TypedValueParser};
use jiff::civil::Date;
use tidings::document::{Document, Known, parse_date};
use tidings_batches::Settings;
use tidings_readers::{Column, Columns, Format, Item, PassedOver, ReadOptions, items};

use crate::errors::Failure;
use crate::terminal::Terminal;

/// One document, or why there is none.
pub type Read = Result<Document, Failure>;

/// What the user knows of the reports.
#[derive(Clone, Debug, clap::Args)]
pub struct InputArgs {
    /// Day of publication, of all documents: 2016-08-11, 11 August 2016 …
    #[arg(long, value_name = "DATE", value_parser = date)]
    date: Option<Date>,
    /// Who published them
    #[arg(long, value_name = "NAME")]
    outlet: Option<String>,
    /// What the inputs are, if their content does not tell
    #[arg(long, value_name = "FORMAT", value_parser = format_parser())]
    input_format: Option<Format>,
    /// What a column of a table or a field of JSONL is, like text=body (id, text, title, date, outlet, url, language)
    #[arg(long = "column", value_name = "FIELD=NAME", value_parser = Columns::parse)]
    columns: Vec<(Column, String)>,
}

impl InputArgs {
    /// How the inputs are read; `passed_over` counts what is left out.
    pub fn options(&self, passed_over: &PassedOver) -> ReadOptions {
        ReadOptions {
            known: Known { date: self.date, outlet: self.outlet.clone() },
            format: self.input_format,
            columns: self.columns.iter().cloned().collect(),
            passed_over: passed_over.clone(),
            ..ReadOptions::default()
        }
    }

    /// The same for a run that is written down: of which it can be made again.
    pub fn settings(&self, paths: &[PathBuf]) -> Settings {
        Settings {
            paths: paths.to_vec(),
            date: self.date,
            outlet: self.outlet.clone(),
            input_format: self.input_format.map(|f| f.name().to_owned()),
            columns: self.columns.iter().map(|(column, name)| format!("{}={name}", column.name())).collect(),
            ..Settings::default()
        }
    }
}

fn format_parser() -> impl TypedValueParser<Value = Format> {
    PossibleValuesParser::new(Format::names()).try_map(|name| name.parse::<Format>())
}

/// A document before the expensive part of the reading, which is done where it is asked for.
pub struct Unread {
    item: Item,
    options: Arc<ReadOptions>,
}

impl Unread {
    /// The document.
    pub fn read(self) -> Read {
        self.item.read(&self.options).map_err(|e| Failure::Message(e.to_string()))
    }
}

/// The documents of all `paths`, one after the other; a fault in one does not end the others.
pub fn documents(
    paths: Vec<PathBuf>,
    args: &InputArgs,
    passed_over: &PassedOver,
) -> impl Iterator<Item = Unread> + Send + 'static {
    let options = Arc::new(args.options(passed_over));
    items(paths, (*options).clone()).map(move |item| Unread { item, options: options.clone() })
}

/// Tells what was passed over.
pub fn tell(passed_over: &PassedOver, terminal: &Terminal) {
    for (what, count) in passed_over.counts() {
        terminal.note(format_args!("{count} passed over: {what}"));
    }
}

/// A date of the command line.
pub fn date(text: &str) -> Result<Date, String> {
    parse_date(text).ok_or_else(|| "write it like 2016-08-11 or 11 August 2016".to_owned())
}
