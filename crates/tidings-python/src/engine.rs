//! One engine for the process, built when the first article comes.

use std::sync::{Arc, OnceLock};
use std::thread;
use std::time::Duration;

use pyo3::prelude::*;
use tidings::Engine;
use tidings_batches::threads;

use crate::errors::raised;

/// How soon Ctrl-C is heard.
pub const PATIENCE: Duration = Duration::from_millis(50);

static ENGINE: OnceLock<Result<Arc<Engine>, String>> = OnceLock::new();

/// The engine.
pub fn engine(py: Python<'_>) -> PyResult<Arc<Engine>> {
    let built = || ENGINE.get_or_init(|| Engine::new().map(Arc::new).map_err(|e| e.to_string())).clone();
    py.detach(built).map_err(|message| raised(py, message))
}

/// Does `work` on all `items` without the interpreter's lock, in their order; Ctrl-C raises at once.
pub fn each<T: Send + 'static, R: Send + 'static>(
    py: Python<'_>,
    items: Vec<T>,
    jobs: usize,
    work: impl Fn(T) -> R + Send + Sync + 'static,
) -> PyResult<Vec<R>> {
    let tick = || Python::attach(|py| py.check_signals());
    let done = py.detach(|| threads::each(items, jobs, work, PATIENCE, tick))?;
    done.ok_or_else(|| raised(py, "internal error\n  hint: please report it with the articles"))
}

/// As many threads as are wanted, else as there are processors.
pub fn jobs(wanted: Option<usize>) -> usize {
    wanted.or_else(|| thread::available_parallelism().ok().map(Into::into)).unwrap_or(1).max(1)
}
