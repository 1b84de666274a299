//! A row of anything that serialises, as cells of the kinds that its columns have.

use jiff::civil::{Date, date};
use serde_json::{Map, Value};

use crate::columns::{Column, Kind, Table};
use crate::error::{Error, Result};

/// The day from which Parquet counts.
pub const EPOCH: Date = date(1970, 1, 1);

/// What stands in one column of one row.
#[derive(Clone, Debug, PartialEq)]
pub enum Cell {
    /// Nothing is known.
    Missing,
    /// Words, codes, names; also JSON.
    Text(String),
    /// A whole number.
    Integer(i64),
    /// A number.
    Number(f64),
    /// True or false.
    Boolean(bool),
    /// A day.
    Date(Date),
}

impl Cell {
    /// As it stands in a CSV file; missing is empty.
    pub fn text(&self) -> String {
        match self {
            Self::Missing => String::new(),
            Self::Text(text) => text.clone(),
            Self::Integer(number) => number.to_string(),
            Self::Number(number) => number.to_string(),
            Self::Boolean(value) => value.to_string(),
            Self::Date(day) => day.to_string(),
        }
    }

    /// As it stands in a column; why not, if it does not fit.
    fn of(column: &Column, value: Value) -> Result<Self, String> {
        let wrong =
            |value: &Value| format!("column `{}`: {} is no {}", column.name, told(value), name(column.kind));
        Ok(match (column.kind, value) {
            (_, Value::Null) => Self::Missing,
            (Kind::Text | Kind::Json, Value::String(text)) => Self::Text(text),
            (Kind::Text, value @ (Value::Number(_) | Value::Bool(_))) => Self::Text(value.to_string()),
            (Kind::Json, value) => Self::Text(value.to_string()),
            (Kind::Integer, value) => Self::Integer(value.as_i64().ok_or_else(|| wrong(&value))?),
            (Kind::Number, value) => Self::Number(value.as_f64().ok_or_else(|| wrong(&value))?),
            (Kind::Boolean, value) => Self::Boolean(value.as_bool().ok_or_else(|| wrong(&value))?),
            // A date that is not known may come as an empty text.
            (Kind::Date, Value::String(text)) if text.is_empty() => Self::Missing,
            (Kind::Date, value) => {
                let day = value.as_str().and_then(|text| text.parse().ok());
                Self::Date(day.ok_or_else(|| wrong(&value))?)
            }
            (Kind::Text, value) => return Err(wrong(&value)),
        })
    }
}

fn name(kind: Kind) -> &'static str {
    match kind {
        Kind::Text => "text",
        Kind::Integer => "whole number",
        Kind::Number => "number",
        Kind::Boolean => "true or false",
        Kind::Date => "ISO day",
        Kind::Json => "JSON",
    }
}

/// So many characters of a wrong value are shown.
const SHOWN: usize = 60;

fn told(value: &Value) -> String {
    let text = value.to_string();
    let mut short: String = text.chars().take(SHOWN).collect();
    if short.len() < text.len() {
        short.push('…');
    }
    short
}

impl Table {
    /// The cells of a row in the order of the columns. A field that no column describes is an error: it would be lost.
    pub fn cells(&self, number: usize, row: &impl serde::Serialize) -> Result<Vec<Cell>> {
        cells(self, number, object(self, number, row)?)
    }
}

/// A row as an object.
pub(crate) fn object(
    table: &Table,
    number: usize,
    row: &impl serde::Serialize,
) -> Result<Map<String, Value>> {
    let wrong = |what: String| Error::Row {
        table: table.name.clone(),
        row: number,
        what,
        hint: "a row is a flat object of text, numbers and nulls".to_owned(),
    };
    match serde_json::to_value(row) {
        Ok(Value::Object(object)) => Ok(object),
        Ok(other) => Err(wrong(format!("{} is no row", told(&other)))),
        Err(error) => Err(wrong(error.to_string())),
    }
}

/// The cells of a row in the order of the columns. A field that no column describes is an error: it would be lost.
pub(crate) fn cells(table: &Table, number: usize, mut row: Map<String, Value>) -> Result<Vec<Cell>> {
    let wrong = |what: String, hint: &str| Error::Row {
        table: table.name.clone(),
        row: number,
        what,
        hint: hint.to_owned(),
    };
    let cells = table.columns.iter().map(|column| {
        let value = row.remove(&column.name).unwrap_or(Value::Null);
        Cell::of(column, value)
            .map_err(|what| wrong(what, "data/export/columns.toml says what stands in a column"))
    });
    let cells = cells.collect::<Result<Vec<_>>>()?;
    match row.keys().next() {
        Some(field) if !table.partial => {
            let what = format!("no column describes the field `{field}`");
            Err(wrong(what, "describe it in data/export/columns.toml"))
        }
        _ => Ok(cells),
    }
}
