//! Parquet: types that every reader knows (strings, 64-bit integers and doubles, days), no dictionary types, no
//! nanoseconds, no unsigned numbers, gzip. Written column by column without Arrow, since rows are flat.

use std::io::Write;
use std::sync::Arc;

use jiff::civil::Date;
use parquet::basic::{Compression, GzipLevel, LogicalType, Repetition, Type as Physical};
use parquet::column::writer::ColumnWriter;
use parquet::data_type::ByteArray;
use parquet::errors::ParquetError;
use parquet::file::metadata::KeyValue;
use parquet::file::properties::WriterProperties;
use parquet::file::writer::{SerializedColumnWriter, SerializedFileWriter};
use parquet::schema::types::Type;

use crate::cell::{Cell, EPOCH};
use crate::columns::{Column, Kind, Table};
use crate::error::{Error, Result};

/// Rows of one group, at most.
const ROWS: usize = 65_536;
/// Of gzip: every reader knows it, and beyond this level files hardly shrink.
const LEVEL: u32 = 3;
/// Bytes of text of one group, about: long texts must not fill the memory.
const BYTES: usize = 64 << 20;

pub struct Writer<'t, W: Write + Send> {
    table: &'t Table,
    file: SerializedFileWriter<W>,
    /// One list of cells a column.
    columns: Vec<Vec<Cell>>,
    bytes: usize,
}

impl<'t, W: Write + Send> Writer<'t, W> {
    pub fn new(table: &'t Table, out: W) -> Result<Self> {
        let properties = WriterProperties::builder()
            .set_compression(Compression::GZIP(GzipLevel::try_new(LEVEL)?))
            .set_created_by(concat!("tidings ", env!("CARGO_PKG_VERSION")).to_owned())
            .set_key_value_metadata(Some(described(table)))
            .build();
        let file = SerializedFileWriter::new(out, Arc::new(schema(table)?), Arc::new(properties))?;
        Ok(Self { table, file, columns: vec![Vec::new(); table.columns.len()], bytes: 0 })
    }

    pub fn row(&mut self, cells: Vec<Cell>) -> Result<()> {
        for (column, cell) in self.columns.iter_mut().zip(cells) {
            self.bytes += if let Cell::Text(text) = &cell { text.len() } else { 8 };
            column.push(cell);
        }
        let full = self.bytes >= BYTES || self.columns.first().is_some_and(|c| c.len() >= ROWS);
        if full { self.group() } else { Ok(()) }
    }

    fn group(&mut self) -> Result<()> {
        let mut group = self.file.next_row_group()?;
        for (column, cells) in self.table.columns.iter().zip(&mut self.columns) {
            let cells = std::mem::take(cells);
            let missing = || Error::format("a column of the file is missing", "please report it");
            let writer = group.next_column()?.ok_or_else(missing)?;
            write(column, writer, cells)?;
        }
        group.close()?;
        self.bytes = 0;
        Ok(())
    }

    pub fn finish(mut self) -> Result<()> {
        if self.columns.first().is_some_and(|c| !c.is_empty()) {
            self.group()?;
        }
        self.file.close()?;
        Ok(())
    }
}

/// What the columns mean, for whoever opens the file without its codebook.
fn described(table: &Table) -> Vec<KeyValue> {
    table.meanings().map(|(key, value)| KeyValue { key, value: Some(value) }).collect()
}

fn schema(table: &Table) -> Result<Type> {
    let fields = table.columns.iter().map(|column| {
        let (physical, logical) = match column.kind {
            Kind::Text => (Physical::BYTE_ARRAY, Some(LogicalType::String)),
            Kind::Json => (Physical::BYTE_ARRAY, Some(LogicalType::String)),
            Kind::Integer => (Physical::INT64, None),
            Kind::Number => (Physical::DOUBLE, None),
            Kind::Boolean => (Physical::BOOLEAN, None),
            Kind::Date => (Physical::INT32, Some(LogicalType::Date)),
        };
        let field = Type::primitive_type_builder(&column.name, physical)
            .with_logical_type(logical)
            .with_repetition(Repetition::OPTIONAL)
            .build()?;
        Ok(Arc::new(field))
    });
    let fields = fields.collect::<Result<_, ParquetError>>()?;
    Ok(Type::group_type_builder(&table.name).with_fields(fields).build()?)
}

/// Writes one column of a group.
fn write(column: &Column, mut writer: SerializedColumnWriter, cells: Vec<Cell>) -> Result<()> {
    let levels: Vec<i16> = cells.iter().map(|c| i16::from(*c != Cell::Missing)).collect();
    let levels = Some(levels.as_slice());
    match writer.untyped() {
        ColumnWriter::ByteArrayColumnWriter(typed) => {
            let values = present(cells, |c| {
                if let Cell::Text(t) = c { Some(ByteArray::from(t.into_bytes())) } else { None }
            });
            typed.write_batch(&values, levels, None)?
        }
        ColumnWriter::Int64ColumnWriter(typed) => {
            let values = present(cells, |c| if let Cell::Integer(n) = c { Some(n) } else { None });
            typed.write_batch(&values, levels, None)?
        }
        ColumnWriter::DoubleColumnWriter(typed) => {
            let values = present(cells, |c| if let Cell::Number(n) = c { Some(n) } else { None });
            typed.write_batch(&values, levels, None)?
        }
        ColumnWriter::BoolColumnWriter(typed) => {
            let values = present(cells, |c| if let Cell::Boolean(b) = c { Some(b) } else { None });
            typed.write_batch(&values, levels, None)?
        }
        ColumnWriter::Int32ColumnWriter(typed) => {
            let values = present(cells, |c| if let Cell::Date(day) = c { days(day) } else { None });
            typed.write_batch(&values, levels, None)?
        }
        _ => {
            return Err(Error::format(
                format!("column `{}` has no form in Parquet", column.name),
                "please report it",
            ));
        }
    };
    writer.close()?;
    Ok(())
}

fn present<T>(cells: Vec<Cell>, value: impl FnMut(Cell) -> Option<T>) -> Vec<T> {
    cells.into_iter().filter_map(value).collect()
}

/// Days since 1970-01-01.
fn days(day: Date) -> Option<i32> {
    EPOCH.until(day).ok().map(|span| span.get_days())
}
