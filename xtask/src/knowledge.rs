//! Builds the generated tables of `data/` from their sources.

mod bodies;
mod officials;
mod parties;
mod places;
mod sources;
mod states;
mod table;

use std::path::{Path, PathBuf};

use crate::run::Result;
use crate::workspace::root;
use sources::Sources;
use table::Built;

/// Options of the verb.
#[derive(clap::Args)]
pub struct Options {
    /// Folder of the source tables
    #[arg(long, default_value = "../shared/data")]
    shared: PathBuf,
    /// Write nothing; fail if a committed table is not what would be built
    #[arg(long)]
    check: bool,
}

/// Builds all tables, and writes them or compares them with those that are there.
pub fn knowledge(options: &Options) -> Result {
    let actors = root().join("data/actors");
    let sources = Sources::open(&actors, &options.shared)?;
    let built = build(&actors, &sources)?;
    let mut stale = Vec::new();
    for table in &built {
        let same = is_kept(table.path, &table.text, options.check)?;
        let state = if same { "unchanged" } else { "changed" };
        eprintln!("   {}: {} rows, {} bytes, {state}", table.path, table.rows(), table.text.len());
        if !same {
            stale.push(table.path.to_owned());
        }
    }
    for (path, text) in places::build()? {
        if !is_kept(&path, &text, options.check)? {
            eprintln!("   {path}: {} bytes, changed", text.len());
            stale.push(path);
        }
    }
    if options.check && !stale.is_empty() {
        return Err(format!(
            "not what the sources give: {}\nhint: `cargo xtask knowledge` builds them; correct a generated table in the hand-written ones that docs/knowledge.md names",
            stale.join(", ")
        ));
    }
    Ok(())
}

/// Whether the table is what is there already; if not, it is written, unless it is only to be checked.
fn is_kept(path: &str, text: &str, check: bool) -> Result<bool> {
    let path = root().join(path);
    let same = std::fs::read_to_string(&path).is_ok_and(|found| found == text);
    if !same && !check {
        std::fs::write(&path, text).map_err(|e| format!("{}: {e}", path.display()))?;
    }
    Ok(same)
}

fn build(actors: &Path, sources: &Sources) -> Result<Vec<Built>> {
    let states = states::build(actors, sources)?;
    let mut built = officials::build(actors, sources, &states)?;
    built.push(parties::build(actors, sources)?);
    built.extend(bodies::build(actors, sources, &states)?);
    built.push(states.table);
    Ok(built)
}
