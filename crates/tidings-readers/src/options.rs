//! How inputs are to be read.

use tidings_document::Known;

use crate::{Columns, Format, PassedOver};

/// The largest document in bytes (256 MiB), unpacked; for JSONL, the longest line.
pub const LARGEST_DOCUMENT: usize = 256 * 1024 * 1024;

/// What the user says of the inputs.
#[derive(Clone, Debug)]
pub struct ReadOptions {
    /// Day and outlet of all reports.
    pub known: Known,
    /// What the inputs are; else their content decides.
    pub format: Option<Format>,
    /// Columns of tables and fields of JSONL that the user names.
    pub columns: Columns,
    /// The most bytes that one document may have.
    pub largest: usize,
    /// Whether an id that comes again is told within one input only; else among all of them. Runs that may begin in the
    /// middle need the first, since they do not see all inputs.
    pub ids_by_input: bool,
    /// Counts what is passed over.
    pub passed_over: PassedOver,
}

impl Default for ReadOptions {
    fn default() -> Self {
        Self {
            known: Known::default(),
            format: None,
            columns: Columns::default(),
            largest: LARGEST_DOCUMENT,
            ids_by_input: false,
            passed_over: PassedOver::default(),
        }
    }
}
