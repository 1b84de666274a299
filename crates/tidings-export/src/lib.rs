//! How do others open it? Rows of the ledger in the formats that others read, each column explained.
//!
//! [`table`] says what the columns of a table mean (`data/export/columns.toml`), [`write`] writes its rows as CSV, JSON
//! lines, Parquet or GeoJSON, [`gexf`] a network, [`stata`] a file of Stata. [`Release`] writes a folder with all of them.
//! [`sets`] are the tables of others (GDELT, ICEWS, POLECAT, PETRARCH), which [`Import`] reads. Rows are anything that serialises to a flat object.
//!
//! ```
//! use tidings_export::{Format, table, write};
//! let rows = [serde_json::json!({"entity": "NOR", "name": "Norway", "kind": "country", "n_documents": 3})];
//! let mut out = Vec::new();
//! write(Format::Csv, table("actors")?, &rows, &mut out)?;
//! assert_eq!(out, b"entity,name,kind,country,sector,n_documents,n_events\nNOR,Norway,country,,,3,\n");
//! # Ok::<(), tidings_export::Error>(())
//! ```

mod cell;
mod columns;
mod error;
mod format;
mod import;
mod release;
pub mod sets;
mod stata;

pub use cell::{Cell, EPOCH};
pub use columns::{Column, Kind, Table, check, table, tables, values};
pub use error::{Error, Result};
pub use format::gexf::gexf;
pub use format::{Format, Writer, write};
pub use import::{Import, ImportError};
pub use release::{Release, Summary, Watch, Written};
pub use stata::stata;
