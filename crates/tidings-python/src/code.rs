//! Articles to records.

use pyo3::exceptions::PyValueError;
use pyo3::prelude::*;
use tidings::document::{Document, Fields, Known, document, parse_date};
use tidings_readers::hash_id;

use crate::engine::{each, engine, jobs};
use crate::errors::raised;

/// What is known of an article.
#[derive(FromPyObject)]
#[pyo3(from_item_all)]
pub struct Given {
    text: String,
    id: Option<String>,
    date: Option<String>,
    title: Option<String>,
    outlet: Option<String>,
    url: Option<String>,
}

impl Given {
    fn document(self) -> PyResult<Document> {
        if let Some(date) = self.date.as_deref().filter(|d| parse_date(d).is_none()) {
            let message = format!("the date \"{date}\" cannot be read\n  hint: write it like 2016-08-11");
            return Err(PyValueError::new_err(message));
        }
        let Self { text, id, date, title, outlet, url } = self;
        let id = id.unwrap_or_else(|| hash_id(&text));
        let fields = Fields { id, text, date, title, outlet, url, ..Fields::default() };
        Ok(document(fields, &Known::default()))
    }
}

/// Codes articles: for each its records, one JSON object a line (SCHEMA.md), without the reasons unless `trail`.
#[pyfunction]
#[pyo3(signature = (articles, *, trail = false, jobs = None))]
pub fn code(py: Python<'_>, articles: Vec<Given>, trail: bool, jobs: Option<usize>) -> PyResult<Vec<String>> {
    let documents = articles.into_iter().map(Given::document).collect::<PyResult<Vec<_>>>()?;
    let engine = engine(py)?;
    let coded = each(py, documents, self::jobs(jobs), move |document| records(&engine, &document, trail))?;
    coded.into_iter().collect::<Result<_, _>>().map_err(|message| raised(py, message))
}

fn records(engine: &tidings::Engine, document: &Document, trail: bool) -> Result<String, String> {
    let mut report =
        tidings_batches::code(engine, document).map_err(|f| format!("{}\n  hint: {}", f.error, f.hint))?;
    if !trail {
        report.drop_trail();
    }
    let lines = report.records.iter().map(serde_json::to_string).collect::<Result<Vec<_>, _>>();
    lines.map(|lines| lines.join("\n")).map_err(|e| e.to_string())
}
