//! What the watch remembers from one run to the next: one JSON file, replaced as a whole.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use crate::alerts::Alert;
use crate::robots::Robots;

/// Everything that is remembered.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub(crate) struct State {
    /// By address, as `feeds.toml` has it.
    #[serde(default)]
    pub(crate) feeds: BTreeMap<String, FeedState>,
    /// By scheme, host and port.
    #[serde(default)]
    pub(crate) robots: BTreeMap<String, KnownRobots>,
    /// Alerts on their way.
    #[serde(default)]
    pub(crate) outbox: Vec<Delivery>,
    /// The article that is being stored: if the program ends meanwhile, its alerts are still to be told.
    #[serde(default)]
    pub(crate) storing: Option<String>,
    /// What each rule has told of already.
    #[serde(default)]
    pub(crate) told: BTreeMap<String, BTreeSet<String>>,
    /// The entries of feeds of alerts, the newest first.
    #[serde(default)]
    pub(crate) entries: BTreeMap<PathBuf, Vec<Alert>>,
}

/// Of one feed.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub(crate) struct FeedState {
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) etag: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) last_modified: Option<String>,
    /// Where the server says that it has moved for good.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) moved: Option<String>,
    /// Not before.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) next: Option<Timestamp>,
    /// Times in a row that it could not be read.
    #[serde(default)]
    pub(crate) failures: u32,
    /// Items that were queued once, by the hash of their id, and when the feed had them last.
    #[serde(default)]
    pub(crate) seen: BTreeMap<String, Timestamp>,
    /// Items to be read.
    #[serde(default)]
    pub(crate) queue: Vec<Waiting>,
}

/// An item of a feed that is to be read.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub(crate) struct Waiting {
    pub(crate) id: String,
    pub(crate) url: Option<String>,
    pub(crate) title: Option<String>,
    pub(crate) date: Option<String>,
    pub(crate) outlet: Option<String>,
    pub(crate) language: Option<String>,
    /// What the feed has of it.
    pub(crate) text: String,
    /// Whether that is all of it.
    pub(crate) is_whole: bool,
    /// Times that its page could not be read.
    #[serde(default)]
    pub(crate) failures: u32,
    /// Not before.
    #[serde(default)]
    pub(crate) next: Option<Timestamp>,
}

/// The rules of a site, and since when they are known.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(crate) struct KnownRobots {
    pub(crate) at: Timestamp,
    /// How long they hold, in seconds.
    pub(crate) hours: i64,
    pub(crate) rules: Robots,
}

/// An alert on its way to one place.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(crate) struct Delivery {
    pub(crate) alert: Alert,
    pub(crate) to: Target,
    #[serde(default)]
    pub(crate) failures: u32,
    #[serde(default)]
    pub(crate) next: Option<Timestamp>,
}

/// Where alerts go.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Target {
    File(PathBuf),
    Webhook { url: String, private: bool },
    Feed(PathBuf),
}

impl State {
    /// What is remembered in a file; nothing if there is none.
    pub(crate) fn load(path: &Path) -> Result<Self, String> {
        let text = match fs::read_to_string(path) {
            Ok(text) => text,
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(Self::default()),
            Err(error) => {
                return Err(format!(
                    "{}: cannot be read: {error}\n  hint: check who may read it",
                    path.display()
                ));
            }
        };
        serde_json::from_str(&text).map_err(|error| {
            format!(
                "{}: is no memory of a watch: {error}\n  hint: name another file with --state; without one, articles \
                 of the ledger are fetched once more and known again",
                path.display()
            )
        })
    }

    /// Writes it beside its place and renames it: it is never half there.
    pub(crate) fn save(&self, path: &Path) -> Result<(), String> {
        let json = serde_json::to_vec(self).map_err(|e| e.to_string())?;
        replace(path, &json).map_err(|error| {
            format!(
                "{}: cannot be written: {error}\n  hint: name a file in a folder that you may write to",
                path.display()
            )
        })
    }
}

/// A file with this content instead of the one that was there.
pub(crate) fn replace(path: &Path, content: &[u8]) -> io::Result<()> {
    let folder = path.parent().filter(|p| !p.as_os_str().is_empty()).unwrap_or(Path::new("."));
    let mut builder = tempfile::Builder::new();
    builder.prefix(".tidings-");
    #[cfg(unix)]
    builder.permissions(std::os::unix::fs::PermissionsExt::from_mode(0o666));
    let mut file = builder.tempfile_in(folder)?;
    file.write_all(content)?;
    file.as_file().sync_all()?;
    file.persist(path).map_err(|e| e.error)?;
    Ok(())
}
