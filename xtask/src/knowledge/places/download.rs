//! Packages of the registries: fetched once into the cache, checked against a fingerprint.

use std::path::{Path, PathBuf};
use std::process::Command;

use crate::knowledge::sources::fingerprint;
use crate::run::{Result, step};

/// Where a package comes from.
#[derive(Clone, Copy)]
pub enum Registry {
    /// The Python package index, by `pip`.
    PyPi,
    /// The Node package registry, by `npm`.
    Npm,
}

/// One version of a package.
pub struct Package {
    pub registry: Registry,
    pub name: &'static str,
    pub version: &'static str,
    /// The file that the registry gives.
    pub file: &'static str,
    /// Of that file, in hexadecimal.
    pub sha256: &'static str,
}

/// The folder in which sources are kept: `$TIDINGS_CACHE/sources` or `~/.cache/tidings/sources`.
pub fn cache() -> Result<PathBuf> {
    let home = || std::env::var_os("HOME").map(|home| Path::new(&home).join(".cache/tidings"));
    let base = std::env::var_os("TIDINGS_CACHE").map(PathBuf::from).or_else(home);
    let folder = base.ok_or("no cache folder\nhint: set TIDINGS_CACHE")?.join("sources");
    std::fs::create_dir_all(&folder).map_err(|e| format!("{}: {e}", folder.display()))?;
    Ok(folder)
}

impl Package {
    /// The file in the cache, fetched where it is not there yet.
    pub fn fetch(&self, cache: &Path) -> Result<PathBuf> {
        let path = cache.join(self.file);
        if !path.exists() {
            step(&format!("fetch {} {}", self.name, self.version), &mut self.command(cache))?;
        }
        let bytes = std::fs::read(&path).map_err(|e| format!("{}: {e}", path.display()))?;
        let found = fingerprint(&bytes);
        match found == self.sha256 {
            true => Ok(path),
            false => Err(format!(
                "{}: sha256 is {found}, expected {}\nhint: delete the file; if it comes back the same, the registry's \
                 package has changed",
                path.display(),
                self.sha256
            )),
        }
    }

    fn command(&self, cache: &Path) -> Command {
        match self.registry {
            Registry::PyPi => {
                let mut command = Command::new("python3");
                command.args(["-m", "pip", "download", "--quiet", "--no-deps", "--dest"]).arg(cache);
                command.arg(format!("{}=={}", self.name, self.version));
                command
            }
            Registry::Npm => {
                let mut command = Command::new("npm");
                command.args(["pack", "--silent", "--pack-destination"]).arg(cache);
                command.arg(format!("{}@{}", self.name, self.version));
                command
            }
        }
    }
}

/// The text of one file inside an archive.
pub fn member(archive: &Path, name: &str) -> Result<String> {
    let is_tar = archive.extension().is_some_and(|e| e == "tgz");
    let mut command = Command::new(if is_tar { "tar" } else { "unzip" });
    command.arg(if is_tar { "-xzOf" } else { "-p" }).arg(archive).arg(name);
    let at = || format!("{}: {name}", archive.display());
    let output = command.output().map_err(|e| format!("{}: {e}\nhint: install tar and unzip", at()))?;
    if !output.status.success() {
        return Err(format!("{}: {}", at(), String::from_utf8_lossy(&output.stderr)));
    }
    String::from_utf8(output.stdout).map_err(|e| format!("{}: {e}", at()))
}
