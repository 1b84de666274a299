//! Rows to Arrow: columns of the kinds that their descriptions give.

use std::sync::Arc;

use arrow_array::{
    ArrayRef, BooleanArray, Date32Array, Float64Array, Int64Array, RecordBatch, RecordBatchOptions,
    StringArray,
};
use arrow_schema::{DataType, Field, Schema, SchemaRef};
use serde::Serialize;
use tidings_export::{Cell, Column, EPOCH, Kind, Table};

use crate::error::{Error, Result};

/// The columns of a table as Arrow has them.
pub fn schema(table: &Table) -> SchemaRef {
    let fields = table.columns.iter().map(|column| {
        let kind = match column.kind {
            Kind::Text | Kind::Json => DataType::Utf8,
            Kind::Integer => DataType::Int64,
            Kind::Number => DataType::Float64,
            Kind::Boolean => DataType::Boolean,
            Kind::Date => DataType::Date32,
        };
        Field::new(&column.name, kind, true)
    });
    Arc::new(Schema::new(fields.collect::<Vec<_>>()))
}

/// Rows of a table as one batch.
pub fn batch<R: Serialize>(table: &Table, rows: impl IntoIterator<Item = R>) -> Result<RecordBatch> {
    let mut columns = Columns::new(table);
    for (number, row) in rows.into_iter().enumerate() {
        columns.push(table.cells(number + 1, &row)?);
    }
    columns.finish(table)
}

/// Rows that become a batch.
#[derive(Debug)]
pub struct Columns {
    /// One list of cells a column.
    cells: Vec<Vec<Cell>>,
    rows: usize,
}

impl Columns {
    /// No rows of a table.
    pub fn new(table: &Table) -> Self {
        Self { cells: vec![Vec::new(); table.columns.len()], rows: 0 }
    }

    /// One more row: as many cells as there are columns.
    pub fn push(&mut self, cells: Vec<Cell>) {
        self.cells.iter_mut().zip(cells).for_each(|(column, cell)| column.push(cell));
        self.rows += 1;
    }

    /// How many rows there are.
    pub fn len(&self) -> usize {
        self.rows
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.rows == 0
    }

    /// The batch.
    pub fn finish(self, table: &Table) -> Result<RecordBatch> {
        let columns = table.columns.iter().zip(self.cells).map(|(column, cells)| array(column, cells));
        let options = RecordBatchOptions::new().with_row_count(Some(self.rows));
        Ok(RecordBatch::try_new_with_options(schema(table), columns.collect::<Result<_>>()?, &options)?)
    }
}

fn array(column: &Column, cells: Vec<Cell>) -> Result<ArrayRef> {
    Ok(match column.kind {
        Kind::Text | Kind::Json => Arc::new(texts(column, &cells)?),
        Kind::Integer => Arc::new(Int64Array::from_iter(
            cells.into_iter().map(|c| if let Cell::Integer(number) = c { Some(number) } else { None }),
        )),
        Kind::Number => Arc::new(Float64Array::from_iter(
            cells.into_iter().map(|c| if let Cell::Number(number) = c { Some(number) } else { None }),
        )),
        Kind::Boolean => Arc::new(BooleanArray::from_iter(
            cells.into_iter().map(|c| if let Cell::Boolean(value) = c { Some(value) } else { None }),
        )),
        Kind::Date => Arc::new(Date32Array::from_iter(cells.into_iter().map(|c| days(&c)))),
    })
}

/// A column of one batch holds two gigabytes: more text is an error here and a panic in Arrow.
fn texts(column: &Column, cells: &[Cell]) -> Result<StringArray> {
    let text = |cell: &'_ Cell| if let Cell::Text(text) = cell { Some(text.len()) } else { None };
    if cells.iter().filter_map(text).sum::<usize>() > i32::MAX as usize {
        let what = format!("column `{}` would hold more than two gigabytes of text", column.name);
        return Err(Error::told(what, "give batches of fewer rows"));
    }
    Ok(cells.iter().map(|c| if let Cell::Text(text) = c { Some(text.as_str()) } else { None }).collect())
}

/// Days since 1970-01-01.
fn days(cell: &Cell) -> Option<i32> {
    let Cell::Date(day) = cell else { return None };
    EPOCH.until(*day).ok().map(|span| span.get_days())
}
