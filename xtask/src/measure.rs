//! The verbs that measure. The measuring itself is `tidings-evaluation`, built for release.

use std::path::PathBuf;
use std::process::Command;

use crate::run::{Result, cargo, step};
use crate::workspace::{release_program, root};

/// Options of both verbs.
#[derive(clap::Args)]
pub struct Options {
    /// Folder of the corpora; else $TIDINGS_SHARED, else `../shared` beside the workspace
    #[arg(long)]
    shared: Option<PathBuf>,
    /// Only this suite; may be repeated. The others keep their last result
    #[arg(long = "suite")]
    suites: Vec<String>,
}

/// Options of `bench`.
#[derive(clap::Args)]
pub struct BenchOptions {
    #[command(flatten)]
    common: Options,
    /// Time a build from nothing, too (minutes)
    #[arg(long)]
    build: bool,
}

/// Scores the accuracy suites.
pub fn evaluate(options: &Options) -> Result {
    measure("accuracy", options, &options.suites)
}

/// Times the program.
pub fn bench(options: &BenchOptions) -> Result {
    let mut suites = options.common.suites.clone();
    if suites.is_empty() {
        suites = ["language", "resolution", "coding", "start", "knowledge"].map(str::to_owned).to_vec();
    }
    if options.build {
        suites.push("build".to_owned());
    }
    measure("bench", &options.common, &suites)
}

fn measure(verb: &str, options: &Options, suites: &[String]) -> Result {
    let Some(shared) = shared(options)? else { return Ok(()) };
    step(
        "release build",
        &mut cargo(&["build", "--quiet", "--release", "--locked", "-p", "tidings-evaluation"]),
    )?;
    let mut command = Command::new(release_program("tidings-evaluation")?);
    command.arg(verb).arg("--shared").arg(shared).arg("--root").arg(root());
    command.arg("--peers").arg(root().join("xtask/peers/spacy_peer.py"));
    for suite in suites {
        command.args(["--suite", suite]);
    }
    if needs_program(suites) {
        step(
            "release build of the program",
            &mut cargo(&["build", "--quiet", "--release", "--locked", "-p", "tidings-cli"]),
        )?;
        command.arg("--program").arg(release_program("tidings")?);
    }
    step(verb, &mut command)
}

/// Whether one of the suites runs the whole program; none named means all.
fn needs_program(suites: &[String]) -> bool {
    suites.is_empty() || suites.iter().any(|s| ["seed", "examples", "start"].contains(&s.as_str()))
}

/// The corpora. A folder that was named must be there; without any the verb is skipped, since a clone has none.
fn shared(options: &Options) -> Result<Option<PathBuf>> {
    let hint = "hint: the corpora are not part of Tidings; name their folder with --shared or TIDINGS_SHARED";
    let named = options.shared.clone().or_else(|| std::env::var_os("TIDINGS_SHARED").map(PathBuf::from));
    if let Some(folder) = named {
        let missing = |error| format!("{}: {error}\n{hint}", folder.display());
        return folder.canonicalize().map(Some).map_err(missing);
    }
    let folder = root().join("../shared").canonicalize().ok();
    if folder.is_none() {
        eprintln!("skipped: there are no corpora in ../shared\n{hint}");
    }
    Ok(folder)
}
