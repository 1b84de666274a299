//! On what was it measured?

use std::path::Path;

/// What a figure depends on beside the code.
#[derive(Clone, Debug)]
pub struct Machine {
    /// Processor, cores, system.
    pub name: String,
    /// The day, UTC.
    pub date: String,
    /// Commit of the sources, with `+` where they have changed since.
    pub commit: String,
    /// Version and hash of the model.
    pub model: String,
}

impl Machine {
    /// Looks around; what cannot be found out is `unknown`.
    pub fn here(root: &Path) -> Self {
        Self { name: name(), date: date(), commit: commit(root), model: model(root) }
    }
}

fn name() -> String {
    let cores = std::thread::available_parallelism().map_or(1, usize::from);
    let info = std::fs::read_to_string("/proc/cpuinfo").unwrap_or_default();
    let processor =
        info.lines().find_map(|l| l.strip_prefix("model name")?.split_once(':')).map(|(_, name)| name.trim());
    let (processor, system) = (processor.unwrap_or(std::env::consts::ARCH), std::env::consts::OS);
    format!("{processor}, {cores} cores, {system}")
}

fn date() -> String {
    jiff::Timestamp::now().to_string().chars().take("2026-01-01".len()).collect()
}

fn commit(root: &Path) -> String {
    let git = |arguments: &[&str]| {
        let output = std::process::Command::new("git").arg("-C").arg(root).args(arguments).output().ok()?;
        output.status.success().then(|| String::from_utf8_lossy(&output.stdout).trim().to_owned())
    };
    let Some(hash) = git(&["rev-parse", "--short", "HEAD"]) else { return "unknown".to_owned() };
    let changed = git(&["status", "--porcelain", "--untracked-files=no", "--", "crates", "data", "models"]);
    if changed.is_some_and(|c| !c.is_empty()) { format!("{hash}+") } else { hash }
}

fn model(root: &Path) -> String {
    let manifest = std::fs::read_to_string(root.join("models/en/model.toml")).unwrap_or_default();
    let table: toml::Table = toml::from_str(&manifest).unwrap_or_default();
    let field = |key: &str| table.get(key).and_then(|v| v.as_str()).unwrap_or("unknown").to_owned();
    format!("{} {} ({:.12})", field("name"), field("version"), field("sha256"))
}
