//! Rows in the formats that others read, one row at a time.

mod csv;
mod geojson;
pub mod gexf;
mod jsonl;
mod parquet;

use std::io::Write;
use std::str::FromStr;

use serde::Serialize;
use serde_json::{Map, Value};

use crate::cell;
use crate::columns::Table;
use crate::error::{Error, Result};

/// What a table of rows looks like.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Format {
    /// A header and one line a row (RFC 4180); UTF-8, missing is empty.
    Csv,
    /// One JSON object a row.
    Jsonl,
    /// Columns with types, for pandas, Polars, R, DuckDB, Spark.
    Parquet,
    /// A map of points (RFC 7946), for tables with `latitude` and `longitude`.
    GeoJson,
}

impl Format {
    /// All of them.
    pub const ALL: [Self; 4] = [Self::Csv, Self::Jsonl, Self::Parquet, Self::GeoJson];

    /// The ending of a file's name.
    pub fn extension(self) -> &'static str {
        match self {
            Self::Csv => "csv",
            Self::Jsonl => "jsonl",
            Self::Parquet => "parquet",
            Self::GeoJson => "geojson",
        }
    }

    /// The media type for HTTP.
    pub fn media_type(self) -> &'static str {
        match self {
            Self::Csv => "text/csv; charset=utf-8; header=present",
            Self::Jsonl => "application/x-ndjson",
            Self::Parquet => "application/vnd.apache.parquet",
            Self::GeoJson => "application/geo+json",
        }
    }

    /// Whether the table can be written so.
    pub fn fits(self, table: &Table) -> bool {
        self != Self::GeoJson || geojson::coordinates(table).is_some()
    }
}

impl FromStr for Format {
    type Err = Error;

    fn from_str(name: &str) -> Result<Self> {
        let known = Self::ALL.map(Self::extension).join(", ");
        let found = Self::ALL.into_iter().find(|f| f.extension() == name);
        found.ok_or_else(|| {
            Error::format(format!("`{name}` is no format"), format!("the formats are {known}"))
        })
    }
}

/// Writes rows one after the other; [`Writer::finish`] makes the file complete.
pub struct Writer<'t, W: Write + Send> {
    table: &'t Table,
    rows: usize,
    inner: Inner<'t, W>,
}

enum Inner<'t, W: Write + Send> {
    Csv(Box<csv::Writer<W>>),
    Jsonl(jsonl::Writer<W>),
    Parquet(Box<parquet::Writer<'t, W>>),
    GeoJson(geojson::Writer<W>),
}

impl<'t, W: Write + Send> Writer<'t, W> {
    /// Begins a file.
    pub fn new(format: Format, table: &'t Table, out: W) -> Result<Self> {
        let inner = match format {
            Format::Csv => Inner::Csv(Box::new(csv::Writer::new(table, out)?)),
            Format::Jsonl => Inner::Jsonl(jsonl::Writer::new(out)),
            Format::Parquet => Inner::Parquet(Box::new(parquet::Writer::new(table, out)?)),
            Format::GeoJson => Inner::GeoJson(geojson::Writer::new(table, out)?),
        };
        Ok(Self { table, rows: 0, inner })
    }

    /// One more row.
    pub fn row(&mut self, row: &impl Serialize) -> Result<()> {
        let object = cell::object(self.table, self.rows + 1, row)?;
        self.object(object)
    }

    /// One more row, which is an object already.
    pub fn object(&mut self, object: Map<String, Value>) -> Result<()> {
        self.rows += 1;
        let cells = cell::cells(self.table, self.rows, object)?;
        match &mut self.inner {
            Inner::Csv(writer) => writer.row(&cells),
            Inner::Jsonl(writer) => writer.row(self.table, &cells),
            Inner::Parquet(writer) => writer.row(cells),
            Inner::GeoJson(writer) => writer.row(self.table, &cells),
        }
    }

    /// Everything is written; how many rows it was.
    pub fn finish(self) -> Result<usize> {
        match self.inner {
            Inner::Csv(writer) => writer.finish()?,
            Inner::Jsonl(writer) => writer.finish()?,
            Inner::Parquet(writer) => writer.finish()?,
            Inner::GeoJson(writer) => writer.finish()?,
        }
        Ok(self.rows)
    }
}

/// Writes all rows of a table; how many it was.
pub fn write<R: Serialize, W: Write + Send>(
    format: Format,
    table: &Table,
    rows: impl IntoIterator<Item = R>,
    out: &mut W,
) -> Result<usize> {
    let mut writer = Writer::new(format, table, out)?;
    for row in rows {
        writer.row(&row)?;
    }
    writer.finish()
}
