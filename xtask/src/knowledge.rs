//! Builds the generated tables of `data/` from their sources.

mod bodies;
mod officials;
mod parties;
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
        let path = root().join(table.path);
        let same = std::fs::read_to_string(&path).is_ok_and(|text| text == table.text);
        let state = if same { "unchanged" } else { "changed" };
        eprintln!("   {}: {} rows, {} bytes, {state}", table.path, table.rows(), table.text.len());
        if !same {
            stale.push(table.path);
            if !options.check {
                std::fs::write(&path, &table.text).map_err(|e| format!("{}: {e}", path.display()))?;
            }
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

fn build(actors: &Path, sources: &Sources) -> Result<Vec<Built>> {
    let states = states::build(actors, sources)?;
    let mut built = officials::build(actors, sources, &states)?;
    built.push(parties::build(actors, sources)?);
    built.extend(bodies::build(actors, sources, &states)?);
    built.push(states.table);
    Ok(built)
}
