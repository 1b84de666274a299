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
        suites = vec!["language".to_owned(), "start".to_owned()];
    }
    if options.build {
        suites.push("build".to_owned());
    }
    measure("bench", &options.common, &suites)
}

fn measure(verb: &str, options: &Options, suites: &[String]) -> Result {
    let shared = shared(options)?;
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

fn shared(options: &Options) -> Result<PathBuf> {
    let named = options.shared.clone().or_else(|| std::env::var_os("TIDINGS_SHARED").map(PathBuf::from));
    let folder = named.unwrap_or_else(|| root().join("../shared"));
    folder.canonicalize().map_err(|error| {
        let hint =
            "hint: the corpora are not part of Tidings; name their folder with --shared or TIDINGS_SHARED";
        format!("{}: {error}\n{hint}", folder.display())
    })
}
