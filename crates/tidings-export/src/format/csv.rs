//! CSV (RFC 4180): a header, one line a row, UTF-8 without a mark, missing is empty.

use std::io::Write;

use crate::cell::Cell;
use crate::columns::Table;
use crate::error::Result;

pub struct Writer<W: Write>(csv::Writer<W>);

impl<W: Write> Writer<W> {
    pub fn new(table: &Table, out: W) -> Result<Self> {
        let mut writer = csv::Writer::from_writer(out);
        writer.write_record(table.columns.iter().map(|c| &c.name))?;
        Ok(Self(writer))
    }

    pub fn row(&mut self, cells: &[Cell]) -> Result<()> {
        for cell in cells {
            match cell {
                Cell::Text(text) => self.0.write_field(text)?,
                other => self.0.write_field(other.text())?,
            }
        }
        self.0.write_record(None::<&[u8]>)?;
        Ok(())
    }

    pub fn finish(mut self) -> Result<()> {
        Ok(self.0.flush()?)
    }
}
