//! One engine for the process, built when the first article comes.

use std::sync::{Arc, OnceLock};
use std::thread;
use std::time::Duration;

use pyo3::prelude::*;
use tidings::Engine;
use tidings_batches::aside;

use crate::errors::raised;

/// How soon Ctrl-C is heard.
pub const PATIENCE: Duration = Duration::from_millis(50);

static ENGINE: OnceLock<Result<Arc<Engine>, String>> = OnceLock::new();

/// The engine.
pub fn engine(py: Python<'_>) -> PyResult<Arc<Engine>> {
    let built = || ENGINE.get_or_init(|| Engine::new().map(Arc::new).map_err(|e| e.to_string())).clone();
    let engine = apart(py, built)?;
    engine.map_err(|message| raised(py, message))
}

/// Does something on another thread, without the interpreter's lock; Ctrl-C raises as soon as it is done.
pub fn apart<T: Send>(py: Python<'_>, work: impl FnOnce() -> T + Send) -> PyResult<T> {
    apart_until(py, work, || {})
}

/// The same; `stop` is called once when somebody presses Ctrl-C.
pub fn apart_until<T: Send>(
    py: Python<'_>,
    work: impl FnOnce() -> T + Send,
    stop: impl Fn() + Send + Sync,
) -> PyResult<T> {
    let tick = || Python::attach(|py| py.check_signals()).inspect_err(|_| stop());
    let done = py.detach(|| aside(work, PATIENCE, tick))?;
    done.ok_or_else(|| raised(py, "internal error\n  hint: please report it with the articles"))
}

/// As many threads as are wanted, else as there are processors.
pub fn jobs(wanted: Option<usize>) -> usize {
    wanted.or_else(|| thread::available_parallelism().ok().map(Into::into)).unwrap_or(1).max(1)
}
