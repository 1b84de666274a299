//! Compiles `data/actors` into the files that the program embeds; a broken table stops the build with file and line.

#[path = "build/check.rs"]
mod check;
#[path = "build/compile.rs"]
mod compile;
#[path = "src/layout.rs"]
#[allow(dead_code, reason = "the program reads what is only written here")]
mod layout;
#[path = "build/source.rs"]
mod source;

use std::path::PathBuf;
use std::process::ExitCode;

fn main() -> ExitCode {
    let data = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../data");
    for folder in ["actors", "ontology/sectors.tsv"] {
        println!("cargo::rerun-if-changed={}", data.join(folder).display());
    }
    let target = PathBuf::from(std::env::var_os("OUT_DIR").unwrap_or_default());
    let built = source::Tables::read(&data)
        .and_then(|tables| check::check(&tables).map(|()| tables))
        .and_then(|tables| compile::write(&tables, &target).map_err(|e| vec![e]));
    match built {
        Ok(()) => ExitCode::SUCCESS,
        Err(faults) => {
            for fault in &faults {
                eprintln!("error: {fault}");
            }
            eprintln!(
                "hint: docs/knowledge.md says what the columns hold; generated tables are corrected in the hand-written ones beside them"
            );
            ExitCode::FAILURE
        }
    }
}
