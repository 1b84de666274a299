//! Articles that were coded, kept on disk until all are: one folder, with the rows of each table in the order of the days.

use std::collections::BTreeMap;
use std::fs::{self, File};
use std::io::BufWriter;
use std::path::{Path, PathBuf};

use arrow_array::RecordBatch;
use arrow_ipc::reader::FileReader;
use arrow_ipc::writer::FileWriter;
use arrow_select::coalesce::BatchCoalescer;
use serde::{Deserialize, Serialize};
use tidings_readers::Place;

use super::folder::{sync, write_whole};
use crate::cells::{Columns, schema};
use crate::coded::Coded;
use crate::error::{Error, Result};
use crate::rows::Subject;

/// Rows of one batch on disk: what is read at least to get at one row.
const ROWS: usize = 256;

/// What articles without a day of publication are filed under.
const UNKNOWN: &str = "unknown";

/// Articles in memory, until they are written.
#[derive(Debug, Default)]
pub struct Piece {
    documents: usize,
    next: Option<Place>,
    /// The rows of each table by day.
    rows: BTreeMap<(Subject, String), Columns>,
}

/// What a piece on disk holds.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Index {
    /// How many articles were read.
    pub documents: u64,
    /// Input of the article behind the last one, and how many of that input come before it.
    pub next: Option<(String, u64)>,
    /// Whether no more come.
    pub last: bool,
    /// For each table the days in their order, and how many rows each has.
    pub days: BTreeMap<String, Vec<(String, usize)>>,
}

impl Piece {
    /// One more article.
    pub fn add(&mut self, coded: Coded, place: Place) -> Result<()> {
        self.documents += 1;
        self.next = Some(Place { number: place.number + 1, ..place });
        let day = coded.published.map_or_else(|| UNKNOWN.to_owned(), |day| day.to_string());
        for (subject, rows) in coded.rows {
            let day = if subject == Subject::Errors { String::new() } else { day.clone() };
            let table = subject.table()?;
            let columns = self.rows.entry((subject, day)).or_insert_with(|| Columns::new(table));
            rows.into_iter().for_each(|row| columns.push(row));
        }
        Ok(())
    }

    /// How many articles it has.
    pub fn documents(&self) -> usize {
        self.documents
    }

    /// Writes it into a folder, which is made, and syncs it.
    pub fn write(self, folder: &Path, last: bool) -> Result<Index> {
        fs::create_dir_all(folder).map_err(Error::file(folder))?;
        let mut index = Index {
            documents: self.documents as u64,
            next: self.next.map(|place| (place.input, place.number)),
            last,
            days: BTreeMap::new(),
        };
        let mut open: Option<(Subject, Writer)> = None;
        for ((subject, day), columns) in self.rows {
            index.days.entry(subject.name().to_owned()).or_default().push((day, columns.len()));
            if open.as_ref().is_none_or(|(other, _)| *other != subject)
                && let Some((_, writer)) = open.replace((subject, Writer::new(folder, subject)?))
            {
                writer.finish()?;
            }
            if let Some((_, writer)) = &mut open {
                writer.write(columns.finish(subject.table()?)?)?;
            }
        }
        if let Some((_, writer)) = open {
            writer.finish()?;
        }
        let json = serde_json::to_vec(&index).map_err(|e| Error::told(e, "please report it"))?;
        write_whole(&folder.join("index.json"), &json)?;
        sync(folder)?;
        Ok(index)
    }
}

/// The rows of one table, in batches of [`ROWS`].
struct Writer {
    path: PathBuf,
    file: FileWriter<BufWriter<File>>,
    rows: BatchCoalescer,
}

impl Writer {
    fn new(folder: &Path, subject: Subject) -> Result<Self> {
        let path = rows_of(folder, subject);
        let schema = schema(subject.table()?);
        let file = File::create(&path).map_err(Error::file(&path))?;
        let file = FileWriter::try_new_buffered(file, &schema).map_err(Error::arrow(&path))?;
        Ok(Self { path, file, rows: BatchCoalescer::new(schema, ROWS) })
    }

    fn write(&mut self, batch: RecordBatch) -> Result<()> {
        self.rows.push_batch(batch)?;
        self.drain()
    }

    fn drain(&mut self) -> Result<()> {
        while let Some(batch) = self.rows.next_completed_batch() {
            self.file.write(&batch).map_err(Error::arrow(&self.path))?;
        }
        Ok(())
    }

    fn finish(mut self) -> Result<()> {
        self.rows.finish_buffered_batch()?;
        self.drain()?;
        self.file.finish().map_err(Error::arrow(&self.path))?;
        let buffered = self.file.into_inner().map_err(Error::arrow(&self.path))?;
        let file = buffered.into_inner().map_err(|e| Error::file(&self.path)(e.into_error()))?;
        file.sync_all().map_err(Error::file(&self.path))
    }
}

fn rows_of(folder: &Path, subject: Subject) -> PathBuf {
    folder.join(format!("{}.arrow", subject.name()))
}

impl Index {
    /// Of a piece on disk.
    pub fn read(folder: &Path) -> Result<Self> {
        let path = folder.join("index.json");
        let bytes = fs::read(&path).map_err(Error::file(&path))?;
        serde_json::from_slice(&bytes).map_err(|e| {
            let what = format!("{}: {e}", path.display());
            Error::told(what, "the disk changed it: begin anew in another folder")
        })
    }

    /// Hands the rows of one day, in their order, to `take`.
    pub fn rows(
        &self,
        folder: &Path,
        subject: Subject,
        day: &str,
        mut take: impl FnMut(RecordBatch) -> Result<()>,
    ) -> Result<()> {
        let Some(days) = self.days.get(subject.name()) else { return Ok(()) };
        let Some(at) = days.iter().position(|(d, _)| d == day) else { return Ok(()) };
        let mut begin: usize = days.iter().take(at).map(|(_, rows)| rows).sum();
        let end = begin + days.get(at).map_or(0, |(_, rows)| *rows);
        let path = rows_of(folder, subject);
        let file = File::open(&path).map_err(Error::file(&path))?;
        let mut reader = FileReader::try_new_buffered(file, None).map_err(Error::arrow(&path))?;
        reader.set_index(begin / ROWS).map_err(Error::arrow(&path))?;
        while begin < end {
            let batch = reader.next().ok_or_else(|| {
                let what = format!("{}: has fewer rows than it should", path.display());
                Error::told(what, "the disk changed it: begin anew in another folder")
            })?;
            let batch = batch.map_err(Error::arrow(&path))?;
            let from = begin % ROWS;
            let rows = (end - begin).min(batch.num_rows() - from);
            take(batch.slice(from, rows))?;
            begin += rows;
        }
        Ok(())
    }
}
