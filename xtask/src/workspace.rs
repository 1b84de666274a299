//! Where things are in this workspace.

use std::path::{Path, PathBuf};

use serde_json::Value;

use crate::run::{Result, cargo, output};

/// The root of the workspace.
pub fn root() -> PathBuf {
    let here = Path::new(env!("CARGO_MANIFEST_DIR"));
    here.parent().unwrap_or(here).to_owned()
}

/// What cargo knows about the packages of the workspace.
pub fn metadata() -> Result<Value> {
    let text = output("cargo metadata", &mut cargo(&["metadata", "--format-version", "1", "--no-deps"]))?;
    serde_json::from_str(&text).map_err(|e| format!("cargo metadata: {e}"))
}

/// A program of the release build.
pub fn release_program(name: &str) -> Result<PathBuf> {
    let target = metadata()?["target_directory"].as_str().unwrap_or("target").to_owned();
    Ok(Path::new(&target).join("release").join(format!("{name}{}", std::env::consts::EXE_SUFFIX)))
}

/// All files below a folder, sorted; none where there is no such folder.
pub fn files(folder: &Path) -> Vec<PathBuf> {
    let mut out = Vec::new();
    let mut folders = vec![folder.to_owned()];
    while let Some(folder) = folders.pop() {
        for path in std::fs::read_dir(folder).into_iter().flatten().filter_map(|e| Some(e.ok()?.path())) {
            if path.is_dir() { folders.push(path) } else { out.push(path) }
        }
    }
    out.sort();
    out
}

/// All Rust sources of the workspace.
pub fn sources(root: &Path) -> Vec<PathBuf> {
    let all = ["crates", "xtask"].iter().flat_map(|folder| files(&root.join(folder)));
    all.filter(|p| p.extension().is_some_and(|e| e == "rs")).collect()
}

/// A path as seen from the root, with `/` on every system.
pub fn relative(root: &Path, path: &Path) -> String {
    let path = path.strip_prefix(root).unwrap_or(path);
    path.iter().map(|part| part.to_string_lossy()).collect::<Vec<_>>().join("/")
}
