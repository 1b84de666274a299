//! Tidings for Python: thin functions over the facade. What people see is `python/tidings`; this is what it calls.
//!
//! All coding is done on threads of this library, never on the caller's and never with the interpreter's lock held:
//! other threads of Python go on, Ctrl-C is heard, and a process that forks after its first article codes on.

mod batches;
mod code;
mod engine;
mod errors;
mod ledger;

use pyo3::prelude::*;

/// The native half of the package `tidings`.
#[pymodule]
mod _tidings {
    #[pymodule_export]
    use crate::batches::{Coded, code_batches};
    #[pymodule_export]
    use crate::code::code;
    #[pymodule_export]
    use crate::errors::Error;
    #[pymodule_export]
    use crate::ledger::Ledger;

    /// Version of the program.
    #[pymodule_export]
    #[allow(non_upper_case_globals, reason = "Python's name")]
    const __version__: &str = env!("CARGO_PKG_VERSION");
}
