//! One Parquet file, hashed while it is written. How rows come in leaves no trace in its bytes.

use std::fs::{self, File};
use std::io::{self, BufWriter, Write};
use std::path::{Path, PathBuf};

use arrow_array::RecordBatch;
use arrow_select::coalesce::BatchCoalescer;
use parquet::arrow::ArrowWriter;
use parquet::arrow::arrow_writer::ArrowWriterOptions;
use parquet::basic::{Compression, GzipLevel};
use parquet::file::metadata::KeyValue;
use parquet::file::properties::WriterProperties;
use sha2::{Digest, Sha256};

use super::plan::hex;
use crate::cells::schema;
use crate::error::{Error, Result};
use crate::rows::Subject;

/// Rows that are encoded at a time.
const ROWS: usize = 4_096;
/// Of gzip: every reader knows it, and beyond this level files hardly shrink.
const LEVEL: u32 = 3;
/// A group of rows is closed at so many rows, or so many bytes, so that memory is bounded.
const GROUP_ROWS: usize = 65_536;
const GROUP_BYTES: usize = 16 << 20;

pub struct Writer {
    path: PathBuf,
    file: ArrowWriter<Hashing<BufWriter<File>>>,
    batches: BatchCoalescer,
    rows: u64,
}

impl Writer {
    /// Makes the folders on the way, too.
    pub fn new(path: &Path, subject: Subject) -> Result<Self> {
        if let Some(folder) = path.parent() {
            fs::create_dir_all(folder).map_err(Error::file(folder))?;
        }
        let table = subject.table()?;
        let meanings = table.meanings().map(|(key, value)| KeyValue { key, value: Some(value) });
        let failed = || Error::parquet(path);
        let properties = WriterProperties::builder()
            .set_compression(Compression::GZIP(GzipLevel::try_new(LEVEL).map_err(failed())?))
            .set_created_by(concat!("tidings ", env!("CARGO_PKG_VERSION")).to_owned())
            .set_key_value_metadata(Some(meanings.collect()))
            .set_max_row_group_row_count(Some(GROUP_ROWS))
            .set_max_row_group_bytes(Some(GROUP_BYTES))
            .build();
        let options = ArrowWriterOptions::new()
            .with_properties(properties)
            .with_schema_root(table.name.clone())
            .with_skip_arrow_metadata(true);
        let out = Hashing::new(BufWriter::new(File::create(path).map_err(Error::file(path))?));
        let file = ArrowWriter::try_new_with_options(out, schema(table), options).map_err(failed())?;
        let batches = BatchCoalescer::new(schema(table), ROWS);
        Ok(Self { path: path.to_owned(), file, batches, rows: 0 })
    }

    /// More rows.
    pub fn write(&mut self, batch: RecordBatch) -> Result<()> {
        self.rows += batch.num_rows() as u64;
        self.batches.push_batch(batch)?;
        self.drain()
    }

    fn drain(&mut self) -> Result<()> {
        while let Some(batch) = self.batches.next_completed_batch() {
            self.file.write(&batch).map_err(Error::parquet(&self.path))?;
        }
        Ok(())
    }

    /// Completes and syncs it: rows, bytes, hash.
    pub fn finish(mut self) -> Result<(u64, u64, String)> {
        self.batches.finish_buffered_batch()?;
        self.drain()?;
        let hashing = self.file.into_inner().map_err(Error::parquet(&self.path))?;
        let (bytes, sha256) = (hashing.bytes, hex(&hashing.hash.finalize()));
        let file = hashing.inner.into_inner().map_err(|e| Error::file(&self.path)(e.into_error()))?;
        file.sync_all().map_err(Error::file(&self.path))?;
        Ok((self.rows, bytes, sha256))
    }
}

/// A stream that hashes what passes.
struct Hashing<W> {
    inner: W,
    hash: Sha256,
    bytes: u64,
}

impl<W> Hashing<W> {
    fn new(inner: W) -> Self {
        Self { inner, hash: Sha256::new(), bytes: 0 }
    }
}

impl<W: Write> Write for Hashing<W> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let written = self.inner.write(bytes)?;
        self.hash.update(bytes.get(..written).unwrap_or(bytes));
        self.bytes += written as u64;
        Ok(written)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.inner.flush()
    }
}
