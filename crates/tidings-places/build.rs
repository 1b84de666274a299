//! Compiles `data/places` into the files that the program embeds; a broken table stops the build with its line.

#[path = "build/compile.rs"]
mod compile;
#[path = "src/layout.rs"]
#[allow(dead_code)]
mod layout;
#[path = "build/tables.rs"]
mod tables;

use std::path::PathBuf;
use std::process::ExitCode;

fn main() -> ExitCode {
    let folder = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../data/places");
    println!("cargo::rerun-if-changed={}", folder.display());
    let target = PathBuf::from(std::env::var_os("OUT_DIR").unwrap_or_default());
    match tables::Tables::read(&folder).and_then(|tables| compile::write(&tables, &target)) {
        Ok(()) => ExitCode::SUCCESS,
        Err(message) => {
            eprintln!("error: {message}");
            ExitCode::FAILURE
        }
    }
}
