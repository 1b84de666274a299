//! Questions to a ledger, answered as Arrow tables.

use std::path::PathBuf;
use std::sync::{Mutex, PoisonError};

use pyo3::exceptions::PyValueError;
use pyo3::prelude::*;
use pyo3_arrow::PyTable;
use serde::Serialize;
use tidings::document::parse_date;
use tidings_batches::{batch, schema};
use tidings_ledger::{LARGEST_PAGE, Level, Order, Page, Period, Query, Split};

use crate::errors::raised;

/// What to look for; each question heeds what makes sense for it.
#[derive(FromPyObject)]
#[pyo3(from_item_all)]
pub struct Filters {
    since: Option<String>,
    until: Option<String>,
    actor: Option<String>,
    with: Option<String>,
    source: Option<String>,
    target: Option<String>,
    event_type: Option<String>,
    quad: Option<u8>,
    status: Option<String>,
    place: Option<String>,
    outlet: Option<String>,
    text: Option<String>,
    as_of: Option<String>,
    limit: Option<usize>,
    oldest_first: bool,
}

impl Filters {
    fn query(self) -> PyResult<Query> {
        let day = |text: Option<String>| {
            let read = |text: String| {
                let wrong = || {
                    PyValueError::new_err(format!(
                        "the date \"{text}\" cannot be read\n  hint: write it like 2016-08-11"
                    ))
                };
                parse_date(&text).ok_or_else(wrong)
            };
            text.map(read).transpose()
        };
        let moment = |text: String| {
            let wrong = || {
                PyValueError::new_err(format!(
                    "`as_of` \"{text}\" is neither a day nor a moment\n  hint: write it like 2026-11-01 or 2026-11-01T12:00:00Z"
                ))
            };
            tidings_ledger::moment(&text).ok_or_else(wrong)
        };
        if self.quad.is_some_and(|quad| !(1..=4).contains(&quad)) {
            return Err(PyValueError::new_err(
                "`quad` is 1, 2, 3 or 4\n  hint: 1 verbal cooperation … 4 material conflict",
            ));
        }
        Ok(Query {
            from: day(self.since)?,
            to: day(self.until)?,
            actor: self.actor,
            with: self.with,
            source: self.source,
            target: self.target,
            event_type: self.event_type.map(|t| t.to_uppercase()),
            quad: self.quad,
            status: self.status.map(|s| s.to_lowercase()),
            place: self.place,
            outlet: self.outlet,
            text: self.text,
            as_of: self.as_of.map(moment).transpose()?,
            limit: self.limit,
            after: None,
            order: if self.oldest_first { Order::Oldest } else { Order::Newest },
        })
    }
}

/// A ledger, open for reading.
#[pyclass(frozen, module = "tidings._tidings")]
pub struct Ledger {
    path: PathBuf,
    open: Mutex<Open>,
}

/// SQLite must not be carried over a fork: another process opens the file anew.
struct Open {
    ledger: tidings_ledger::Ledger,
    process: u32,
}

impl Open {
    fn new(path: &std::path::Path) -> tidings_ledger::Result<Self> {
        Ok(Self { ledger: tidings_ledger::Ledger::open_read_only(path)?, process: std::process::id() })
    }
}

/// Why there is no answer.
type Failure = String;

#[pymethods]
impl Ledger {
    #[new]
    fn new(py: Python<'_>, path: PathBuf) -> PyResult<Self> {
        let open = Open::new(&path).map_err(|error| raised(py, error))?;
        Ok(Self { path, open: Mutex::new(open) })
    }

    /// Where it lies.
    #[getter]
    fn path(&self) -> String {
        self.path.display().to_string()
    }

    /// The rows of a list.
    fn list(&self, py: Python<'_>, name: &str, filters: Filters) -> PyResult<PyTable> {
        let query = filters.query()?;
        self.ask(py, |ledger| match name {
            "events" => pages(name, &query, |q| ledger.events(q)),
            "reports" => pages(name, &query, |q| ledger.reports(q)),
            "claims" => pages(name, &query, |q| ledger.claims(q)),
            "contradictions" => pages(name, &query, |q| ledger.contradictions(q)),
            "commitments" => pages(name, &query, |q| ledger.commitments(q)),
            "actors" => pages(name, &query, |q| ledger.actors(q)),
            "documents" => pages(name, &query, |q| ledger.documents(q)),
            "search" => pages(name, &query, |q| ledger.search(q)),
            "map" => all(name, ledger.map(&query)),
            "dyad_month" => all(name, ledger.dyad_months(&query)),
            other => Err(format!("a ledger has no list `{other}`\n  hint: please report it")),
        })
    }

    /// How many events, period by period.
    #[pyo3(signature = (filters, by, split, normalise))]
    fn series(
        &self,
        py: Python<'_>,
        filters: Filters,
        by: &str,
        split: Option<&str>,
        normalise: bool,
    ) -> PyResult<PyTable> {
        let query = filters.query()?;
        let period = match by {
            "day" => Period::Day,
            "week" => Period::Week,
            "month" => Period::Month,
            "year" => Period::Year,
            _ => return Err(PyValueError::new_err("`by` is day, week, month or year")),
        };
        let split = match split {
            None => Split::None,
            Some("type") => Split::Type,
            Some("quad") => Split::Quad,
            Some("status") => Split::Status,
            Some(_) => return Err(PyValueError::new_err("`split` is type, quad or status")),
        };
        self.ask(py, |ledger| all("series", ledger.series(&query, period, split, normalise)))
    }

    /// Who has to do with whom: the edges of the network.
    fn network(&self, py: Python<'_>, filters: Filters, level: &str) -> PyResult<PyTable> {
        let query = filters.query()?;
        let level = match level {
            "country" => Level::Country,
            "actor" => Level::Actor,
            _ => return Err(PyValueError::new_err("`level` is country or actor")),
        };
        self.ask(py, |ledger| all("edges", ledger.network(&query, level, query.limit).map(|n| n.edges)))
    }
}

impl Ledger {
    fn ask(
        &self,
        py: Python<'_>,
        question: impl FnOnce(&tidings_ledger::Ledger) -> Result<PyTableParts, Failure> + Send,
    ) -> PyResult<PyTable> {
        let answer = py.detach(|| {
            let mut open = self.open.lock().unwrap_or_else(PoisonError::into_inner);
            if open.process != std::process::id() {
                *open = Open::new(&self.path).map_err(|e| e.to_string())?;
            }
            question(&open.ledger)
        });
        let (batches, schema) = answer.map_err(|message| raised(py, message))?;
        PyTable::try_new(batches, schema)
    }
}

type PyTableParts = (Vec<arrow_array::RecordBatch>, arrow_schema::SchemaRef);

/// All rows of an answer.
fn all<R: Serialize>(name: &str, rows: tidings_ledger::Result<Vec<R>>) -> Result<PyTableParts, Failure> {
    let rows = rows.map_err(|e| e.to_string())?;
    let table = tidings_export::table(name).map_err(|e| e.to_string())?;
    let batch = batch(table, rows).map_err(|e| e.to_string())?;
    Ok((vec![batch], schema(table)))
}

/// Page after page, up to the limit of the question; without one to the end.
fn pages<R: Serialize>(
    name: &str,
    query: &Query,
    page: impl Fn(&Query) -> tidings_ledger::Result<Page<R>>,
) -> Result<PyTableParts, Failure> {
    let table = tidings_export::table(name).map_err(|e| e.to_string())?;
    let mut left = query.limit.unwrap_or(usize::MAX);
    let mut query = Query { ..query.clone() };
    let mut batches = Vec::new();
    while left > 0 {
        query.limit = Some(left.min(LARGEST_PAGE));
        let found = page(&query).map_err(|e| e.to_string())?;
        left -= found.rows.len().min(left);
        batches.push(batch(table, found.rows).map_err(|e| e.to_string())?);
        query.after = found.next;
        if query.after.is_none() {
            break;
        }
    }
    Ok((batches, schema(table)))
}
