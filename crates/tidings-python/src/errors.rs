//! Errors as Python raises them: what happened, and the hint as an attribute of its own.

use std::fmt::Display;

use pyo3::create_exception;
use pyo3::exceptions::PyException;
use pyo3::prelude::*;

create_exception!(
    tidings,
    Error,
    PyException,
    "Something could not be done. `hint` says what to do about it; the message has both."
);

/// An exception from a message whose hint stands on a line of its own.
pub fn raised(py: Python<'_>, message: impl Display) -> PyErr {
    let message = message.to_string();
    let hint = message.split_once("\n  hint: ").map_or("", |(_, hint)| hint).to_owned();
    let error = Error::new_err(message);
    match error.value(py).setattr("hint", hint) {
        Ok(()) => error,
        Err(other) => other,
    }
}
