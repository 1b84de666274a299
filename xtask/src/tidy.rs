//! The rules of the house that no compiler knows.

mod functions;
mod licences;
mod modules;
mod order;
mod unsafety;

use crate::run::Result;
use crate::workspace::{metadata, root};

/// Checks all of them; lists every breach before it fails.
pub fn tidy() -> Result {
    let root = root();
    let metadata = metadata()?;
    let mut breaches = order::breaches(&metadata);
    breaches.extend(modules::breaches(&root));
    breaches.extend(functions::breaches(&root));
    breaches.extend(licences::breaches(&root));
    breaches.extend(unsafety::breaches(&root, &metadata));
    for breach in &breaches {
        eprintln!("{breach}");
    }
    match breaches.len() {
        0 => {
            eprintln!("   tidy: nothing to complain about");
            Ok(())
        }
        n => Err(format!("tidy: {n} to mend")),
    }
}
