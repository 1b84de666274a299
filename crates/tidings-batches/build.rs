//! One hash of all tables by which articles are coded, for the manifest of a run.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use sha2::{Digest, Sha256};

/// The folders of `data` that have a say in the coding.
const FOLDERS: [&str; 8] = ["actors", "coding", "document", "language", "ontology", "places", "text", "time"];

fn main() -> io::Result<()> {
    let data = Path::new("../../data");
    let mut hash = Sha256::new();
    for folder in FOLDERS {
        println!("cargo:rerun-if-changed=../../data/{folder}");
        let mut files = Vec::new();
        collect(&data.join(folder), &mut files)?;
        files.sort();
        for file in files {
            hash.update(file.strip_prefix(data).unwrap_or(&file).to_string_lossy().as_bytes());
            hash.update(Sha256::digest(fs::read(&file)?));
        }
    }
    let hash: String = hash.finalize().iter().map(|byte| format!("{byte:02x}")).collect();
    println!("cargo:rustc-env=TIDINGS_KNOWLEDGE={hash}");
    Ok(())
}

fn collect(folder: &Path, files: &mut Vec<PathBuf>) -> io::Result<()> {
    for entry in fs::read_dir(folder)? {
        let path = entry?.path();
        if path.is_dir() { collect(&path, files)? } else { files.push(path) }
    }
    Ok(())
}
