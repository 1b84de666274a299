//! Parquet: each row is a report. A table is read page by page, a few rows at a time.

use std::fs::File;
use std::io::{self, Seek, SeekFrom};
use std::panic::{AssertUnwindSafe, catch_unwind};

use parquet::errors::ParquetError;
use parquet::file::reader::{FileReader, SerializedFileReader};
use parquet::record::Field;
use parquet::record::reader::RowIter;
use serde_json::{Map, Value};
use tidings_document::Fields;

use crate::columns::{Column, Columns};
use crate::input::Input;
use crate::items::{Content, Reports, hash_id};
use crate::peek::Peek;
use crate::text::size;
use crate::{ReadError, ReadOptions, decode};

/// Rows that are decoded together.
const BATCH: usize = 64;

/// The rows of a table.
pub(crate) struct Parquet {
    rows: RowIter<'static>,
    name: String,
    stem: Option<String>,
    columns: Columns,
    largest: usize,
    number: u64,
    ended: bool,
}

impl Parquet {
    /// The table is opened in its place; what is packed or comes from a pipe is written to a passing file before, since its
    /// description stands at its end.
    pub(crate) fn new(
        input: &Input,
        stream: Peek,
        is_packed: bool,
        options: &ReadOptions,
    ) -> Result<Self, ReadError> {
        let failed = |e: io::Error| input.unreadable(&e);
        let file = match input.path() {
            Some(path) if !is_packed => File::open(path).map_err(failed)?,
            _ => unpacked(stream).map_err(failed)?,
        };
        let damaged = |what: String| {
            let hint = "is the file complete? A Parquet table ends with its description";
            ReadError::of_file(&input.name(), format!("is no Parquet table, or a damaged one: {what}"), hint)
        };
        let reader = guarded(|| SerializedFileReader::new(file)).map_err(&damaged)?;
        let schema = reader.metadata().file_metadata().schema();
        let names: Vec<&str> = schema.get_fields().iter().map(|field| field.name()).collect();
        if options.columns.candidates(Column::Text, &names).is_empty() {
            let wanted = options.columns.own(Column::Text);
            let wanted = wanted.map_or("with texts".to_owned(), |own| format!("named {own}"));
            let what = format!("there is no column {wanted}; the columns are: {}", names.join(", "));
            return Err(ReadError::of_file(
                &input.name(),
                what,
                "say which column has the texts: --column text=NAME",
            ));
        }
        let rows = guarded(|| Ok(RowIter::from_file_into(Box::new(reader)).with_batch_size(BATCH)))
            .map_err(damaged)?;
        Ok(Self {
            rows,
            name: input.name(),
            stem: input.stem(),
            columns: options.columns.clone(),
            largest: options.largest,
            number: 0,
            ended: false,
        })
    }

    fn report(&self, object: Map<String, Value>) -> Result<Fields, String> {
        let (mut fields, is_named) = self.columns.fields(object, Vec::new()).map_err(|m| m.what)?;
        if fields.text.len() > self.largest {
            return Err(format!(
                "the text is longer than {}, the most that one report may have",
                size(self.largest)
            ));
        }
        if !is_named {
            fields.id = match &self.stem {
                Some(stem) => format!("{stem}-{}", self.number),
                None => hash_id(&fields.text),
            };
        }
        Ok(fields)
    }
}

impl Reports for Parquet {
    fn next(&mut self) -> Option<Result<Content, ReadError>> {
        if self.ended {
            return None;
        }
        let row = match guarded(|| self.rows.next().transpose()) {
            Ok(row) => row,
            Err(what) => {
                self.ended = true;
                let what = format!("row {}: the table is damaged: {what}", self.number + 1);
                let hint = "what came before is read; what follows is not";
                return Some(Err(ReadError::of_file(&self.name, what, hint)));
            }
        };
        let Some(row) = row else {
            self.ended = true;
            return (self.number == 0).then(|| Ok(Content::nothing(self.stem.clone())));
        };
        self.number += 1;
        let object = row.into_columns().into_iter().map(|(name, field)| (name, value(&field))).collect();
        let read = self.report(object).map(Content::of);
        Some(read.map_err(|what| {
            let hint = "say which column has the texts: --column text=NAME; the other rows are read";
            ReadError::of_file(&self.name, format!("row {}: {what}", self.number), hint)
        }))
    }
}

/// A cell as JSON. Old writers leave it out that their bytes are text.
fn value(field: &Field) -> Value {
    match field {
        Field::Bytes(bytes) => Value::String(decode::text(bytes.data().to_vec(), &mut Vec::new())),
        field => field.to_json_value(),
    }
}

/// A damaged or hostile table may make the library panic: that is a fault of the table.
fn guarded<T>(work: impl FnOnce() -> Result<T, ParquetError>) -> Result<T, String> {
    match catch_unwind(AssertUnwindSafe(work)) {
        Ok(done) => done.map_err(|e| e.to_string()),
        Err(_) => Err("its description contradicts its content".to_owned()),
    }
}

/// The stream as a file that goes when it is closed.
fn unpacked(mut stream: Peek) -> io::Result<File> {
    let mut file = tempfile::tempfile()?;
    io::copy(&mut stream, &mut file)?;
    file.seek(SeekFrom::Start(0))?;
    Ok(file)
}
