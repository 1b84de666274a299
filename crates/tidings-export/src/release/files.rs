//! One table in all its forms.

use std::fs::File;
use std::io::{BufWriter, Write};

use serde_json::{Map, Value};

use super::{Job, Written};
use crate::columns::{Column, Kind, Table, values};
use crate::error::Result;
use crate::format::{Format, Writer};
use crate::stata;

/// The forms of a table.
pub const ENDINGS: [&str; 3] = ["csv", "parquet", "dta"];

/// The table with a twin beside each coded column that says what the code means: CSV has no other place for it.
pub fn labelled(table: &Table) -> Table {
    let twin = |column: &Column| Column {
        name: format!("{}_label", column.name),
        title: format!("{}, in words", column.title),
        kind: Kind::Text,
        description: format!("What the code in {} means.", column.name),
        values: None,
        unit: None,
        rule: None,
        weakness: None,
        range: None,
    };
    let columns = table.columns.iter().flat_map(|column| {
        let twin = column.values.is_some().then(|| twin(column));
        std::iter::once(column.clone()).chain(twin)
    });
    Table { columns: columns.collect(), ..table.clone() }
}

/// Writes a table in all its forms. `rows` gives them one by one.
pub fn write(
    job: &Job,
    table: &Table,
    rows: impl FnOnce(&mut dyn FnMut(Map<String, Value>) -> Result<()>) -> Result<()>,
) -> Result<Written> {
    let with_labels = labelled(table);
    let create =
        |ending: &str| File::create_new(job.path(&format!("{}.{ending}", table.name))).map(BufWriter::new);
    let mut csv = create("csv")?;
    let mut parquet = create("parquet")?;
    let mut csv_writer = Writer::new(Format::Csv, &with_labels, &mut csv)?;
    let mut parquet_writer = Writer::new(Format::Parquet, table, &mut parquet)?;
    rows(&mut |row| {
        let mut twins = row.clone();
        for column in &table.columns {
            if let Some(label) = label(column, &row)? {
                twins.insert(format!("{}_label", column.name), Value::from(label));
            }
        }
        csv_writer.object(twins)?;
        parquet_writer.object(row)
    })?;
    let rows = csv_writer.finish()?;
    parquet_writer.finish()?;
    csv.flush()?;
    parquet.flush()?;
    let mut dta = create("dta")?;
    stata(table, &job.path(&format!("{}.csv", table.name)), &mut dta)?;
    dta.flush()?;
    Ok(Written { name: table.name.clone(), rows })
}

/// What the code of a column means, if it has codes.
fn label(column: &Column, row: &Map<String, Value>) -> Result<Option<&'static str>> {
    let Some(list) = &column.values else { return Ok(None) };
    let code = match row.get(&column.name) {
        Some(Value::String(code)) => code.clone(),
        Some(Value::Number(code)) => code.to_string(),
        _ => return Ok(None),
    };
    Ok(values(list)?.iter().find(|(known, _)| *known == code).map(|(_, label)| label.as_str()))
}
