//! How wide the columns of a table are.

use std::collections::BTreeSet;
use std::path::Path;

use super::each_row;
use crate::columns::{Kind, Table};
use crate::error::Result;

/// What has to be known of all rows before the first is written.
#[derive(Debug, Default)]
pub struct Measures {
    /// Number of rows.
    pub rows: u64,
    /// One a column.
    pub columns: Vec<Measure>,
}

/// Of one column.
#[derive(Clone, Debug, Default)]
pub struct Measure {
    /// Bytes of the longest text.
    pub longest: usize,
    /// Whether a text ends with a blank: readers cut these off, but not those of strL.
    pub ends_blank: bool,
    /// Furthest whole number from 0.
    pub furthest: u64,
    /// Codes, where the column has a list of them.
    pub codes: BTreeSet<String>,
}

impl Measures {
    /// Of the rows in a file.
    pub fn of(table: &Table, csv: &Path) -> Result<Self> {
        let mut measures = Self { rows: 0, columns: vec![Measure::default(); table.columns.len()] };
        each_row(table, csv, |number, row| {
            measures.rows = number;
            for ((measure, column), text) in measures.columns.iter_mut().zip(&table.columns).zip(row) {
                measure.longest = measure.longest.max(text.len());
                measure.ends_blank |= text.ends_with(' ');
                if column.kind == Kind::Integer {
                    let number = text.parse::<i64>().map_or(0, i64::unsigned_abs);
                    measure.furthest = measure.furthest.max(number);
                }
                if column.values.is_some() && !text.is_empty() && !measure.codes.contains(*text) {
                    measure.codes.insert((*text).to_owned());
                }
            }
            Ok(())
        })?;
        Ok(measures)
    }
}
