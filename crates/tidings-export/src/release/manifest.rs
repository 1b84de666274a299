//! `manifest.json`: what the release was made from, and the hash of each of its files.

use serde_json::{Value, json};

use super::{Job, Release, Summary, hashes};
use crate::error::Result;

/// Writes it; every other file is there.
pub fn write(job: &Job, summary: &Summary) -> Result<()> {
    let mut files = Vec::new();
    for name in Release::plan().iter().filter(|name| *name != "manifest.json") {
        let (bytes, sha256) = hashes::of(&job.path(name))?;
        files.push(json!({"path": name, "bytes": bytes, "sha256": sha256}));
    }
    let rows = summary.tables.iter().chain(&summary.sets).map(|w| (w.name.clone(), Value::from(w.rows)));
    let filters = job.release.filters.iter().map(|(name, value)| (name.clone(), Value::from(value.as_str())));
    let manifest = json!({
        "title": job.release.title,
        "program": concat!("tidings ", env!("CARGO_PKG_VERSION")),
        "engines": job.ledger.engines(&job.release.query)?,
        "ledger": {
            "revision": job.standing.revision,
            "at": job.standing.at,
            "version": tidings_ledger::VERSION,
        },
        "filters": filters.collect::<serde_json::Map<_, _>>(),
        "rows": rows.collect::<serde_json::Map<_, _>>(),
        "left_out_of_the_tables_of_others": {
            "not_told_as_facts": summary.no_facts,
            "without_a_date": summary.undated,
        },
        "files": files,
    });
    Ok(std::fs::write(job.path("manifest.json"), format!("{manifest:#}\n"))?)
}
