//! How are many articles coded? Arrow batches in, Arrow batches out, on a laptop as on a cluster.
//!
//! [`Coder::code`] is the one function behind `tidings code --format parquet`, the Python wheel, Spark and Ray: a batch
//! of articles in, a batch of events out. [`Bulk`] codes files of any size into a folder of Parquet, goes on where a run
//! was stopped, and writes a manifest from which the same bytes come again ([`reproduce`]). [`pipeline`] keeps several
//! processors at work and the results in the order of the input.
//!
//! What the columns mean stands in `data/export/columns.toml` (tables `coded_…`); every type is one that Spark can read:
//! text, 64-bit integers and numbers, booleans and days.

mod articles;
mod bulk;
mod cells;
mod coded;
mod coder;
mod error;
pub mod pipeline;
mod rows;
mod stream;
pub mod threads;

pub use bulk::{Bulk, InputFile, Manifest, Outcome, Output, OwnFile, PIECE, Plan, Progress, Settings};
pub use cells::{Columns, batch, schema};
pub use coded::{Article, Failure, code};
pub use coder::Coder;
pub use error::{Error, Result};
pub use rows::Subject;
pub use rows::events::{EventRow, event_rows};
pub use stream::{Polled, Stream};
