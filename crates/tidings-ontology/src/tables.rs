//! Reads the tab-separated tables: `#` lines are comments, the first other line names the columns.

use crate::error::TableError;

/// The rows of a table with their line numbers; every row has as many cells as the header.
pub(crate) fn rows<'t>(file: &str, text: &'t str) -> Result<Vec<(usize, Vec<&'t str>)>, TableError> {
    let mut lines = text.lines().enumerate().filter(|(_, l)| !l.starts_with('#') && !l.is_empty());
    let columns = lines.next().map_or(0, |(_, header)| header.split('\t').count());
    lines
        .map(|(number, line)| {
            let cells: Vec<&str> = line.split('\t').collect();
            if cells.len() == columns {
                Ok((number + 1, cells))
            } else {
                Err(TableError::new(
                    file,
                    number + 1,
                    format!("{} cells where the header names {columns}", cells.len()),
                    "separate cells by one tab",
                ))
            }
        })
        .collect()
}

/// A number that may be missing.
pub(crate) fn number(file: &str, line: usize, cell: &str) -> Result<Option<f64>, TableError> {
    if cell.is_empty() {
        return Ok(None);
    }
    cell.parse().map(Some).map_err(|_| {
        TableError::new(
            file,
            line,
            format!("'{cell}' is not a number"),
            "write a decimal number or leave the cell empty",
        )
    })
}

#[cfg(test)]
mod tests {
    use super::rows;

    #[test]
    fn a_short_row_is_named_by_its_line() {
        let error = rows("x.tsv", "# comment\na\tb\n1\t2\n3\n").expect_err("the last row is short");
        assert_eq!(error.line, 4);
    }
}
