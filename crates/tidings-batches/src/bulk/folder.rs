//! The folder of a run: what is in it, what may be done with it, and how things appear in it whole or not at all.

use std::fs::{self, File, TryLockError};
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use tidings_readers::Place;

use super::manifest::Manifest;
use super::piece::{Index, Piece};
use super::plan::Plan;
use crate::error::{Error, Result};

/// Where everything lies until it is complete.
const WORK: &str = ".tidings";

/// What a run is, once it is complete.
pub const MANIFEST: &str = "manifest.json";

/// So many differences to an earlier run are told.
const TOLD: usize = 10;

/// What was found.
pub enum State {
    /// The same run, complete.
    Complete(Box<Manifest>),
    /// To be done, or to go on with.
    Open(Folder),
}

/// A folder that this process holds.
pub struct Folder {
    root: PathBuf,
    /// The pieces that are kept, in their order.
    pub pieces: Vec<Index>,
    /// Held as long as this is alive, so that no two runs write one folder.
    _lock: File,
}

impl Folder {
    /// Begins, goes on, or says why not.
    pub fn open(root: &Path, plan: &Plan, resume: bool) -> Result<State> {
        let work = root.join(WORK);
        if let Some(manifest) = Manifest::find(root)? {
            let differences = manifest.plan.differences(plan);
            if !differences.is_empty() || !resume {
                return Err(occupied(root, &differences));
            }
            // A run that was killed while it cleaned up.
            remove(&work)?;
            return Ok(State::Complete(Box::new(manifest)));
        }
        fs::create_dir_all(&work).map_err(Error::file(&work))?;
        let lock = lock(&work.join("lock"))?;
        match read_plan(&work)? {
            Some(before) => {
                let differences = before.differences(plan);
                if !resume || !differences.is_empty() {
                    return Err(unfinished(root, &differences));
                }
            }
            None => begin(root, plan)?,
        }
        let pieces = pieces(&work.join("pieces"))?;
        Ok(State::Open(Self { root: root.to_owned(), pieces, _lock: lock }))
    }

    fn work(&self) -> PathBuf {
        self.root.join(WORK)
    }

    /// Where the tables are written before they take their places.
    pub fn passing(&self) -> PathBuf {
        self.work().join("tables")
    }

    /// The folder of a piece.
    pub fn piece(&self, number: usize) -> PathBuf {
        self.work().join("pieces").join(format!("{number:08}"))
    }

    /// Articles that are kept.
    pub fn documents(&self) -> u64 {
        self.pieces.iter().map(|p| p.documents).sum()
    }

    /// Whether all articles are.
    pub fn is_coded(&self) -> bool {
        self.pieces.last().is_some_and(|p| p.last)
    }

    /// Where to go on; none at the beginning.
    pub fn next(&self) -> Option<Place> {
        let found = self.pieces.iter().rev().find_map(|p| p.next.clone())?;
        Some(Place { input: found.0, number: found.1 })
    }

    /// Keeps a piece: from now on no kill and no power cut takes it away.
    pub fn keep(&mut self, piece: Piece, last: bool) -> Result<()> {
        let passing = self.work().join("piece");
        remove(&passing)?;
        let written = piece.write(&passing, last);
        if written.is_err() {
            // A disk that is full has room again.
            let _ = remove(&passing);
        }
        let index = written?;
        let place = self.piece(self.pieces.len());
        fs::rename(&passing, &place).map_err(Error::file(&place))?;
        sync(&self.work().join("pieces"))?;
        self.pieces.push(index);
        Ok(())
    }

    /// Everything takes its place; the manifest last.
    pub fn finish(self, manifest: &Manifest) -> Result<()> {
        let passing = self.passing();
        for entry in fs::read_dir(&passing).map_err(Error::file(&passing))? {
            let entry = entry.map_err(Error::file(&passing))?;
            let place = self.root.join(entry.file_name());
            // Of a run that was killed here.
            remove(&place)?;
            fs::rename(entry.path(), &place).map_err(Error::file(&place))?;
        }
        sync(&self.root)?;
        let place = self.root.join(MANIFEST);
        let beside = self.work().join(MANIFEST);
        write_whole(&beside, &manifest.bytes()?)?;
        fs::rename(&beside, &place).map_err(Error::file(&place))?;
        sync(&self.root)?;
        remove(&self.work())
    }
}

/// Writes the plan into a folder that is empty.
fn begin(root: &Path, plan: &Plan) -> Result<()> {
    let entries = fs::read_dir(root).map_err(Error::file(root))?;
    for entry in entries {
        let name = entry.map_err(Error::file(root))?.file_name();
        if name != WORK {
            let what = format!("{}: is not empty: it has {}", root.display(), name.display());
            return Err(Error::told(what, "name a new folder, or empty this one"));
        }
    }
    let work = root.join(WORK);
    let pieces = work.join("pieces");
    remove(&pieces)?;
    fs::create_dir_all(&pieces).map_err(Error::file(&pieces))?;
    let json = serde_json::to_vec_pretty(plan).map_err(|e| Error::told(e, "please report it"))?;
    let beside = work.join("plan");
    write_whole(&beside, &json)?;
    let place = work.join("plan.json");
    fs::rename(&beside, &place).map_err(Error::file(&place))?;
    sync(&work)
}

/// The plan of a run that was begun.
fn read_plan(work: &Path) -> Result<Option<Plan>> {
    let path = work.join("plan.json");
    match fs::read(&path) {
        Ok(bytes) => serde_json::from_slice(&bytes).map(Some).map_err(|e| {
            let what = format!("{}: {e}", path.display());
            Error::told(
                what,
                "another version wrote it, or the disk changed it: begin anew in another folder",
            )
        }),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
        Err(error) => Err(Error::file(&path)(error)),
    }
}

fn pieces(folder: &Path) -> Result<Vec<Index>> {
    let mut found = Vec::new();
    loop {
        let place = folder.join(format!("{:08}", found.len()));
        if !place.is_dir() {
            return Ok(found);
        }
        found.push(Index::read(&place)?);
    }
}

fn lock(path: &Path) -> Result<File> {
    let file = File::options().create(true).append(true).open(path).map_err(Error::file(path))?;
    match file.try_lock() {
        Ok(()) => Ok(file),
        Err(TryLockError::WouldBlock) => {
            let what = format!("{}: another run is writing there", path.display());
            Err(Error::told(what, "wait for it, or name another folder"))
        }
        // A network disk without locks is no reason to stop.
        Err(TryLockError::Error(error)) if error.kind() == io::ErrorKind::Unsupported => Ok(file),
        Err(TryLockError::Error(error)) => Err(Error::file(path)(error)),
    }
}

fn told(differences: &[String]) -> String {
    let mut lines: Vec<String> = differences.iter().take(TOLD).map(|d| format!("\n    {d}")).collect();
    if differences.len() > TOLD {
        lines.push(format!("\n    and {} more", differences.len() - TOLD));
    }
    lines.concat()
}

fn occupied(root: &Path, differences: &[String]) -> Error {
    let root = root.display();
    if differences.is_empty() {
        return Error::told(
            format_args!("{root}: has the results of this very run already"),
            "name another folder, or say --resume to leave it as it is",
        );
    }
    let what = format!("{root}: has the results of another run; what differs:{}", told(differences));
    Error::told(what, "name another folder")
}

fn unfinished(root: &Path, differences: &[String]) -> Error {
    let root = root.display();
    if differences.is_empty() {
        return Error::told(
            format_args!("{root}: has a run that was not finished"),
            "go on with it by --resume, or name another folder",
        );
    }
    let what = format!("{root}: has a run that was not finished, and is another one:{}", told(differences));
    Error::told(what, "name another folder, or give the same inputs and options and --resume")
}

/// Writes a file and syncs it.
pub fn write_whole(path: &Path, bytes: &[u8]) -> Result<()> {
    let write = || {
        let mut file = File::create(path)?;
        file.write_all(bytes)?;
        file.sync_all()
    };
    write().map_err(Error::file(path))
}

/// Makes names in a folder outlive a power cut, where the system can.
pub fn sync(folder: &Path) -> Result<()> {
    if cfg!(unix) {
        File::open(folder).and_then(|f| f.sync_all()).map_err(Error::file(folder))
    } else {
        Ok(())
    }
}

/// Removes a file or a folder, if it is there.
fn remove(path: &Path) -> Result<()> {
    let removed = match path.symlink_metadata() {
        Ok(data) if data.is_dir() => fs::remove_dir_all(path),
        Ok(_) => fs::remove_file(path),
        Err(error) => Err(error),
    };
    match removed {
        Err(error) if error.kind() != io::ErrorKind::NotFound => Err(Error::file(path)(error)),
        _ => Ok(()),
    }
}
