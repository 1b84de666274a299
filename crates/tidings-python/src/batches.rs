//! Streams of Arrow batches, in and out, by the Arrow C stream interface.

use std::collections::BTreeMap;
use std::sync::{Mutex, PoisonError};

use arrow_array::{RecordBatch, RecordBatchReader};
use arrow_schema::{ArrowError, SchemaRef};
use pyo3::exceptions::PyKeyboardInterrupt;
use pyo3::prelude::*;
use pyo3::sync::MutexExt;
use pyo3_arrow::input::AnyRecordBatch;
use pyo3_arrow::{PyRecordBatch, PyRecordBatchReader, PySchema};
use tidings_batches::{Coder, Polled, Stream, Subject};

use crate::engine::{PATIENCE, engine, jobs};
use crate::errors::raised;

/// Codes a stream of articles: any object with `__arrow_c_stream__` or `__arrow_c_array__`.
#[pyfunction]
#[pyo3(signature = (articles, *, columns, table = "events", jobs = None))]
pub fn code_batches(
    py: Python<'_>,
    articles: AnyRecordBatch,
    columns: BTreeMap<String, String>,
    table: &str,
    jobs: Option<usize>,
) -> PyResult<Coded> {
    let subject = Subject::of(table).ok_or_else(|| {
        let hint = "the tables are events, documents, quotes, commitments";
        raised(py, format_args!("there is no table `{table}`\n  hint: {hint}"))
    })?;
    let engine = engine(py)?;
    let input = articles.into_reader()?;
    let stream = Coder::new(engine).and_then(|coder| coder.about(subject)).and_then(|coder| {
        let named = columns.iter().try_fold(coder, |coder, (role, column)| coder.reading(role, column))?;
        Stream::new(named, input, self::jobs(jobs))
    });
    let stream = stream.map_err(|error| raised(py, error))?;
    Ok(Coded { schema: stream.coder().schema(), stream: Mutex::new(Some(stream)) })
}

/// Coded articles, batch by batch; read once, either here or by another library.
#[pyclass(frozen, module = "tidings._tidings")]
pub struct Coded {
    schema: SchemaRef,
    stream: Mutex<Option<Stream>>,
}

#[pymethods]
impl Coded {
    /// The next batch; none at the end.
    fn next(&self, py: Python<'_>) -> PyResult<Option<PyRecordBatch>> {
        let mut stream = self.stream.lock_py_attached(py).unwrap_or_else(PoisonError::into_inner);
        let stream = stream.as_mut().ok_or_else(|| spent(py))?;
        next(py, stream).map(|batch| batch.map(PyRecordBatch::new))
    }

    /// The columns.
    fn schema(&self) -> PySchema {
        PySchema::new(self.schema.clone())
    }

    /// The whole stream, for another library.
    fn stream(&self, py: Python<'_>) -> PyResult<PyRecordBatchReader> {
        let taken = self.stream.lock_py_attached(py).unwrap_or_else(PoisonError::into_inner).take();
        let stream = taken.ok_or_else(|| spent(py))?;
        Ok(PyRecordBatchReader::new(Box::new(Interruptible(stream))))
    }
}

fn spent(py: Python<'_>) -> PyErr {
    raised(
        py,
        "these articles were read already\n  hint: keep the table (`to_arrow()`), or call code_batches again",
    )
}

/// The next batch, without the interpreter's lock; Ctrl-C raises.
fn next(py: Python<'_>, stream: &mut Stream) -> PyResult<Option<RecordBatch>> {
    loop {
        match py.detach(|| stream.poll(PATIENCE)) {
            Ok(Polled::Batch(batch)) => return Ok(Some(batch)),
            Ok(Polled::End) => return Ok(None),
            Ok(Polled::Pending) => py.check_signals()?,
            Err(error) => return Err(raised(py, error)),
        }
    }
}

/// A stream that hears Ctrl-C while it waits. Between here and Python lies C, which knows no exceptions but words.
struct Interruptible(Stream);

impl Iterator for Interruptible {
    type Item = Result<RecordBatch, ArrowError>;

    fn next(&mut self) -> Option<Self::Item> {
        let next = Python::attach(|py| next(py, &mut self.0).map_err(|error| told(py, &error)));
        next.map_err(ArrowError::ComputeError).transpose()
    }
}

/// An exception in words.
fn told(py: Python<'_>, error: &PyErr) -> String {
    if error.is_instance_of::<PyKeyboardInterrupt>(py) {
        "stopped by Ctrl-C".to_owned()
    } else {
        error.value(py).to_string()
    }
}

impl RecordBatchReader for Interruptible {
    fn schema(&self) -> SchemaRef {
        self.0.coder().schema()
    }
}
