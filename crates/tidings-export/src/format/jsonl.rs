//! JSON lines: one object a row, with all columns; what is JSON stays JSON.

use std::io::{BufWriter, Write};

use serde_json::{Map, Value};

use crate::cell::Cell;
use crate::columns::{Column, Kind, Table};
use crate::error::Result;

pub struct Writer<W: Write>(BufWriter<W>);

impl<W: Write> Writer<W> {
    pub fn new(out: W) -> Self {
        Self(BufWriter::new(out))
    }

    pub fn row(&mut self, table: &Table, cells: &[Cell]) -> Result<()> {
        let fields = table.columns.iter().zip(cells).map(|(c, cell)| (c.name.clone(), value(c, cell)));
        serde_json::to_writer(&mut self.0, &fields.collect::<Map<_, _>>())?;
        Ok(self.0.write_all(b"\n")?)
    }

    pub fn finish(mut self) -> Result<()> {
        Ok(self.0.flush()?)
    }
}

/// A cell as JSON.
pub fn value(column: &Column, cell: &Cell) -> Value {
    match cell {
        Cell::Missing => Value::Null,
        Cell::Text(text) if column.kind == Kind::Json => {
            serde_json::from_str(text).unwrap_or_else(|_| Value::from(text.as_str()))
        }
        Cell::Text(text) => Value::from(text.as_str()),
        Cell::Integer(number) => Value::from(*number),
        Cell::Number(number) => Value::from(*number),
        Cell::Boolean(value) => Value::from(*value),
        Cell::Date(day) => Value::from(day.to_string()),
    }
}
