//! The folder of a release appears when it is complete; until then everything is written beside it.

use std::fs;
use std::path::{Path, PathBuf};

use tempfile::TempDir;

use crate::error::{Error, Result};

/// What every release has, and by which one is known.
const MARK: &str = "manifest.json";

/// A folder in the making.
pub struct Place {
    made: TempDir,
    folder: PathBuf,
}

/// Whether the folder may be written: it is not there, or is empty, or is a release that may be replaced.
pub fn check(folder: &Path, force: bool) -> Result<()> {
    let there = |what: &str, hint: &str| Err(Error::format(format!("{}: {what}", folder.display()), hint));
    if !folder.exists() {
        return Ok(());
    }
    if !folder.is_dir() {
        return there("is no folder", "name a folder that does not exist");
    }
    if fs::read_dir(folder)?.next().is_none() {
        return Ok(());
    }
    match (folder.join(MARK).is_file(), force) {
        (true, true) => Ok(()),
        (true, false) => there("there is a release already", "--force replaces it; or name another folder"),
        (false, _) => {
            there("there are files that are no release", "name a folder that does not exist or is empty")
        }
    }
}

impl Place {
    /// Begins beside the folder, on the same file system.
    pub fn new(folder: &Path, force: bool) -> Result<Self> {
        check(folder, force)?;
        let parent = folder.parent().filter(|p| !p.as_os_str().is_empty()).unwrap_or(Path::new("."));
        fs::create_dir_all(parent)?;
        let made = tempfile::Builder::new().prefix(".tidings-export-").tempdir_in(parent)?;
        Ok(Self { made, folder: folder.to_owned() })
    }

    /// Where to write.
    pub fn path(&self) -> &Path {
        self.made.path()
    }

    /// It is complete and takes its place; what was there goes only then.
    pub fn take(self) -> Result<()> {
        open_to_others(self.made.path())?;
        let parent = self.made.path().parent().unwrap_or(Path::new(".")).to_owned();
        let old = tempfile::Builder::new().prefix(".tidings-old-").tempdir_in(parent)?;
        if self.folder.exists() {
            fs::rename(&self.folder, old.path().join("release"))?;
        }
        let made = self.made.keep();
        if let Err(error) = fs::rename(&made, &self.folder) {
            let back = old.path().join("release");
            if back.exists() {
                fs::rename(back, &self.folder)?;
            }
            fs::remove_dir_all(made)?;
            return Err(error.into());
        }
        Ok(old.close()?)
    }
}

/// A folder of results has the rights that any new folder gets, not those of a passing one.
#[cfg(unix)]
fn open_to_others(folder: &Path) -> Result<()> {
    use std::os::unix::fs::PermissionsExt;
    Ok(fs::set_permissions(folder, fs::Permissions::from_mode(0o755))?)
}

#[cfg(not(unix))]
fn open_to_others(_: &Path) -> Result<()> {
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_folder_appears_when_it_is_complete_and_a_stopped_one_leaves_nothing() {
        let parent = tempfile::tempdir().expect("folder");
        let folder = parent.path().join("release");
        let place = Place::new(&folder, false).expect("a place");
        fs::write(place.path().join(MARK), "1").expect("written");
        assert!(!folder.exists());
        place.take().expect("taken");
        assert_eq!(fs::read_to_string(folder.join(MARK)).expect("there"), "1");
        drop(Place::new(&folder, true).expect("a place"));
        assert_eq!(fs::read_dir(parent.path()).expect("read").count(), 1);
    }

    #[test]
    fn a_release_is_replaced_when_forced_and_other_files_never() {
        let parent = tempfile::tempdir().expect("folder");
        let folder = parent.path().join("release");
        fs::create_dir(&folder).expect("made");
        check(&folder, false).expect("empty");
        fs::write(folder.join("thesis.txt"), "years of work").expect("written");
        let told = check(&folder, true).expect_err("no").to_string();
        assert!(told.contains("no release") && told.contains("hint:"), "{told}");
        fs::write(folder.join(MARK), "{}").expect("written");
        assert!(check(&folder, false).expect_err("no").to_string().contains("--force"));
        let place = Place::new(&folder, true).expect("a place");
        fs::write(place.path().join(MARK), "2").expect("written");
        place.take().expect("taken");
        assert_eq!(fs::read_dir(&folder).expect("read").count(), 1);
        assert!(check(&folder.join(MARK), true).is_err());
    }
}
