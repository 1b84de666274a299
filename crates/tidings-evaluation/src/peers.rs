//! Runs the peers, which are Python programs.

use std::path::Path;
use std::process::Command;

use serde_json::Value;

use crate::error::{Error, Result};

/// Runs one verb of the script of the peers on a file; the answer is its one JSON object.
pub fn peer(script: &Path, verb: &str, file: &Path) -> Result<Value> {
    let name = script.display().to_string();
    let output = Command::new("python3").arg(script).arg(verb).arg(file).output();
    let output = output.map_err(|e| Error::program(&name, e))?;
    if !output.status.success() {
        let message = String::from_utf8_lossy(&output.stderr);
        return Err(Error::program(&name, message.lines().last().unwrap_or("failed without a word")));
    }
    serde_json::from_slice(&output.stdout).map_err(|e| Error::program(&name, e))
}
