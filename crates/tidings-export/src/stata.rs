//! Stata's `.dta`, format 118 (Stata 14 and later): UTF-8, labels of variables and values, long text as strL.
//!
//! The file says how many rows it has and how wide each column is before the rows come, so it is made from the CSV file of
//! the same table: one pass to measure, one for the rows, one for the long texts.

mod layout;
mod measure;

use std::fs::File;
use std::io::{Seek, SeekFrom, Write};
use std::path::Path;

use layout::{Form, Layout};
use measure::Measures;

use crate::columns::Table;
use crate::error::{Error, Result};

/// Writes the table whose rows are in the CSV file; columns that the table does not have are left out.
pub fn stata(table: &Table, csv: &Path, out: &mut (impl Write + Seek)) -> Result<()> {
    let measures = Measures::of(table, csv)?;
    let layout = Layout::new(table, &measures)?;
    let mut places = layout.head(table, measures.rows, out)?;
    places.mark(out)?;
    out.write_all(b"<data>")?;
    each_row(table, csv, |number, row| {
        layout
            .variables
            .iter()
            .zip(row)
            .enumerate()
            .try_for_each(|(v, (variable, text))| variable.value(v + 1, number, text, out))
    })?;
    out.write_all(b"</data>")?;
    places.mark(out)?;
    out.write_all(b"<strls>")?;
    each_row(table, csv, |number, row| {
        let long = layout.variables.iter().zip(row).enumerate();
        long.filter(|(_, (variable, text))| variable.form == Form::Long && !text.is_empty())
            .try_for_each(|(v, (_, text))| layout::long_text(v + 1, number, text, out))
    })?;
    out.write_all(b"</strls>")?;
    places.mark(out)?;
    layout.value_labels(out)?;
    places.mark(out)?;
    out.write_all(b"</stata_dta>")?;
    places.mark(out)?;
    out.seek(SeekFrom::Start(places.map))?;
    places.write(out)?;
    out.seek(SeekFrom::End(0))?;
    Ok(())
}

/// Goes through the rows of the file, numbered from 1, their cells in the order of the table.
fn each_row(table: &Table, csv: &Path, mut work: impl FnMut(u64, &[&str]) -> Result<()>) -> Result<()> {
    let mut reader = csv::ReaderBuilder::new().from_reader(File::open(csv)?);
    let header = reader.headers()?.clone();
    let places = table.columns.iter().map(|column| {
        let found = header.iter().position(|h| h == column.name);
        found.ok_or_else(|| {
            let what = format!("{}: has no column `{}`", csv.display(), column.name);
            Error::format(what, "give the file of the same table")
        })
    });
    let places = places.collect::<Result<Vec<usize>>>()?;
    let mut record = csv::StringRecord::new();
    let mut number = 0;
    while reader.read_record(&mut record)? {
        number += 1;
        let row: Vec<&str> = places.iter().map(|p| record.get(*p).unwrap_or_default()).collect();
        work(number, &row)?;
    }
    Ok(())
}
