//! CSV and TSV: the first row names the columns, every other row is a report.

use std::io;

use csv::{ByteRecord, ErrorKind, ReaderBuilder};
use serde_json::{Map, Value};
use tidings_document::Fields;

use crate::budget::{Budget, Budgeted};
use crate::columns::{Column, Columns};
use crate::input::{Input, reason};
use crate::items::{Content, Reports, hash_id};
use crate::peek::Peek;
use crate::text::size;
use crate::{Format, ReadError, ReadOptions, decode};

/// So much of a table is looked at to know its marks.
const SAMPLE: usize = 1 << 16;

/// The rows of a table.
pub(crate) struct Delimited {
    rows: csv::Reader<Budgeted>,
    budget: Budget,
    name: String,
    stem: Option<String>,
    columns: Columns,
    largest: usize,
    /// None until the first row was read.
    header: Option<Vec<String>>,
    ended: bool,
    found: bool,
}

impl Delimited {
    pub(crate) fn new(
        input: &Input,
        mut stream: Peek,
        format: Format,
        options: &ReadOptions,
    ) -> Result<Self, ReadError> {
        let sample = stream.ahead(SAMPLE).map_err(|e| input.unreadable(&e))?;
        let (delimiter, quoting) = marks(sample, format);
        let (budgeted, budget) = Budget::over(stream, options.largest);
        let mut builder = ReaderBuilder::new();
        builder.has_headers(false).flexible(true).delimiter(delimiter).quoting(quoting);
        Ok(Self {
            rows: builder.from_reader(budgeted),
            budget,
            name: input.name(),
            stem: input.stem(),
            columns: options.columns.clone(),
            largest: options.largest,
            header: None,
            ended: false,
            found: false,
        })
    }

    /// The next row that is not blank, with its line.
    fn row(&mut self) -> Result<Option<(ByteRecord, usize)>, ReadError> {
        self.budget.renew();
        let mut row = ByteRecord::new();
        let line = usize::try_from(self.rows.position().line()).unwrap_or(usize::MAX);
        let read = self.rows.read_byte_record(&mut row).map_err(|error| {
            self.ended = true;
            self.broken(&error, line)
        })?;
        let start = row.position().map_or(line, |p| usize::try_from(p.line()).unwrap_or(usize::MAX));
        Ok(read.then_some((row, start)))
    }

    fn broken(&self, error: &csv::Error, line: usize) -> ReadError {
        let at = |what: String, hint: &str| ReadError::of_file(&self.name, what, hint).at(line, 1);
        match error.kind() {
            ErrorKind::Io(e) if e.kind() == io::ErrorKind::FileTooLarge => at(
                format!("the row is longer than {}, the most that one report may have", size(self.largest)),
                "is a quotation mark left open here? What follows was not read",
            ),
            ErrorKind::Io(e) => {
                let (what, hint) = reason(e, true);
                at(what, hint)
            }
            _ => at(error.to_string(), "mend or remove this row"),
        }
    }

    fn read_header(&mut self) -> Result<bool, ReadError> {
        let Some((row, line)) = self.row()? else { return Ok(false) };
        let mut header: Vec<String> = Vec::new();
        for cell in &row {
            let name = decode::text(cell.to_vec(), &mut Vec::new()).trim().to_owned();
            let again = header.iter().filter(|other| **other == name).count();
            header.push(if again > 0 { format!("{name}_{}", again + 1) } else { name });
        }
        let names: Vec<&str> = header.iter().map(String::as_str).collect();
        if self.columns.candidates(Column::Text, &names).is_empty() {
            self.ended = true;
            let wanted =
                self.columns.own(Column::Text).map_or("with texts".to_owned(), |own| format!("named {own}"));
            let what = format!("there is no column {wanted}; the columns are: {}", shown(&names));
            let hint = "say which column has the texts: --column text=NAME";
            return Err(ReadError::of_file(&self.name, what, hint).at(line, 1));
        }
        self.header = Some(header);
        Ok(true)
    }

    fn report(&self, row: &ByteRecord, line: usize) -> Result<Fields, ReadError> {
        let header = self.header.as_deref().unwrap_or_default();
        if row.len() != header.len() {
            let what = format!("the row has {} cells, the header {}", row.len(), header.len());
            let hint = "put cells with commas or line breaks in quotation marks; the other rows are read";
            return Err(ReadError::of_file(&self.name, what, hint).at(line, 1));
        }
        let mut warnings = Vec::new();
        let mut object = Map::new();
        for (name, cell) in header.iter().zip(row) {
            object.insert(name.clone(), Value::String(decode::text(cell.to_vec(), &mut warnings)));
        }
        let (mut fields, is_named) = self
            .columns
            .fields(object, warnings)
            .map_err(|m| ReadError::of_file(&self.name, m.what, "see --column").at(line, 1))?;
        if !is_named {
            fields.id = match &self.stem {
                Some(stem) => format!("{stem}-{line}"),
                None => hash_id(&fields.text),
            };
        }
        Ok(fields)
    }
}

impl Reports for Delimited {
    fn next(&mut self) -> Option<Result<Content, ReadError>> {
        if self.header.is_none() && !self.ended {
            match self.read_header() {
                Ok(has_header) => self.ended = !has_header,
                Err(error) => {
                    self.found = true;
                    return Some(Err(error));
                }
            }
        }
        if !self.ended {
            match self.row() {
                Ok(Some((row, line))) => {
                    self.found = true;
                    return Some(self.report(&row, line).map(Content::of));
                }
                Ok(None) => self.ended = true,
                Err(error) => {
                    self.found = true;
                    return Some(Err(error));
                }
            }
        }
        (!std::mem::replace(&mut self.found, true)).then(|| Ok(Content::nothing(self.stem.clone())))
    }
}

/// Names for people: not all of a very wide table.
fn shown(names: &[&str]) -> String {
    let some: Vec<&str> = names.iter().copied().take(20).collect();
    some.join(", ") + if names.len() > some.len() { " …" } else { "" }
}

/// What stands between cells, and whether cells may stand in quotation marks. In tables with tabs a quotation mark is
/// often only one; if rows fall apart by reading it as a frame, it is not.
fn marks(sample: &[u8], format: Format) -> (u8, bool) {
    let first = sample.split(|b| *b == b'\n').next().unwrap_or_default();
    let count = |mark: u8| first.iter().filter(|b| **b == mark).count();
    if format != Format::Tsv {
        let delimiter = [b',', b';', b'|'].into_iter().rev().max_by_key(|mark| count(*mark));
        return (delimiter.unwrap_or(b','), true);
    }
    // The last line may be cut off.
    let whole =
        sample.iter().rposition(|b| *b == b'\n').map_or(sample, |end| sample.get(..end).unwrap_or(sample));
    let rows = |quoting: bool| -> Vec<ByteRecord> {
        let mut builder = ReaderBuilder::new();
        builder.has_headers(false).flexible(true).delimiter(b'\t').quoting(quoting);
        builder.from_reader(whole).into_byte_records().filter_map(Result::ok).collect()
    };
    let uneven = |rows: &[ByteRecord]| {
        let width = rows.first().map_or(0, ByteRecord::len);
        rows.iter().filter(|row| row.len() != width).count()
    };
    let (plain, framed) = (rows(false), rows(true));
    let is_framed = |cell: &[u8]| !cell.starts_with(b"\"") || cell.len() > 1 && cell.ends_with(b"\"");
    let quoting = match uneven(&plain) {
        0 => plain.iter().flatten().all(is_framed),
        torn => uneven(&framed) <= torn,
    };
    (b'\t', quoting)
}
