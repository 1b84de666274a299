//! Pieces to tables: all rows of a day together, in the order of the inputs, one file open at a time.

use std::collections::BTreeSet;
use std::fs;

use super::folder::Folder;
use super::manifest::Output;
use super::parquet::Writer;
use crate::error::{Error, Result};
use crate::rows::Subject;

/// Writes all tables into the folder's passing place; every file with its rows and hash.
pub fn merge(folder: &Folder) -> Result<Vec<Output>> {
    let passing = folder.passing();
    if passing.exists() {
        fs::remove_dir_all(&passing).map_err(Error::file(&passing))?;
    }
    fs::create_dir_all(&passing).map_err(Error::file(&passing))?;
    let mut outputs = Vec::new();
    for subject in Subject::ALL {
        for day in days(folder, subject) {
            let path = match subject {
                Subject::Errors => "errors.parquet".to_owned(),
                _ => format!("{}/date={day}/part-0.parquet", subject.name()),
            };
            outputs.push(table(folder, subject, &day, path)?);
        }
    }
    outputs.sort();
    Ok(outputs)
}

/// The days of a table. Errors have none, and a file even where there is no error.
fn days(folder: &Folder, subject: Subject) -> BTreeSet<String> {
    if subject == Subject::Errors {
        return BTreeSet::from([String::new()]);
    }
    let lists = folder.pieces.iter().filter_map(|piece| piece.days.get(subject.name()));
    lists.flatten().map(|(day, _)| day.clone()).collect()
}

fn table(folder: &Folder, subject: Subject, day: &str, path: String) -> Result<Output> {
    let mut writer = Writer::new(&folder.passing().join(&path), subject)?;
    for (number, piece) in folder.pieces.iter().enumerate() {
        piece.rows(&folder.piece(number), subject, day, |batch| writer.write(batch))?;
    }
    let (rows, bytes, sha256) = writer.finish()?;
    Ok(Output { path, rows, bytes, sha256 })
}
