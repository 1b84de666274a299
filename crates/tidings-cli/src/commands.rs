//! One module a command; each has its flags and a `run`.

pub mod analyze;
pub mod code;
pub mod completions;
pub mod doctor;
pub mod evaluate;
pub mod explain;
pub mod man;
pub mod model;
pub mod rules;
pub mod who;

use std::fs::File;
use std::io::Read;
use std::path::{Path, PathBuf};

use tidings::actors::LARGEST_FILE;
use tidings::{Additions, Engine};

use crate::args::Command;
use crate::errors::{Exit, Failure};
use crate::terminal::Terminal;

/// Runs a command.
pub fn run(command: &Command, terminal: &Terminal) -> Result<Exit, Failure> {
    match command {
        Command::Code(args) => code::run(args, terminal),
        Command::Explain(args) => explain::run(args, terminal),
        Command::Who(args) => who::run(args, terminal),
        Command::Rules(args) => rules::run(args, terminal),
        Command::Evaluate(args) => evaluate::run(args, terminal),
        Command::Analyze(args) => analyze::run(args, terminal),
        Command::Model(args) => model::run(args, terminal),
        Command::Doctor(args) => doctor::run(args, terminal),
        Command::Completions(args) => completions::run(args),
        Command::Man(args) => man::run(args),
    }
}

/// Which language model to use; the same flag for every command that uses one.
#[derive(Debug, clap::Args)]
pub struct ModelArgs {
    /// Use the language model of this folder instead of the one inside the program
    #[arg(long = "model", value_name = "FOLDER")]
    folder: Option<PathBuf>,
}

impl ModelArgs {
    /// The engine with that model.
    pub fn engine(&self) -> Result<Engine, Failure> {
        Ok(match self.folder.as_deref() {
            Some(folder) => Engine::with_model(folder)?,
            None => Engine::new()?,
        })
    }

    /// The folder, if one is named.
    pub fn folder(&self) -> Option<&Path> {
        self.folder.as_deref()
    }
}

/// Actors of the user's own; the same flag for every command that codes.
#[derive(Debug, clap::Args)]
pub struct ActorsArgs {
    /// Actors of your own, which win over those inside the program: TOML, or a dictionary of PETRARCH as it is; may be
    /// given several times
    #[arg(long = "actors", value_name = "FILE", id = "files")]
    files: Vec<PathBuf>,
}

/// So many warnings about files of actors are told.
const TOLD: usize = 20;

impl ActorsArgs {
    /// What the files hold. Warnings are told, all of them if `all`; so is everything that is wrong.
    pub fn read(&self, terminal: &Terminal, all: bool) -> Result<Additions, Failure> {
        let files = self.files.iter().map(|path| Ok((path.display().to_string(), bytes(path)?)));
        let files: Vec<(String, Vec<u8>)> = files.collect::<Result<_, Failure>>()?;
        match Additions::read(&files) {
            Ok((additions, warnings)) => {
                let shown = if all { warnings.len() } else { warnings.len().min(TOLD) };
                warnings.iter().take(shown).for_each(|w| terminal.warning(w));
                let more = warnings.len() - shown;
                if more > 0 {
                    terminal
                        .note(format_args!("{more} more warnings: `tidings who --actors FILE` shows all"));
                }
                Ok(additions)
            }
            Err(faults) => {
                faults.iter().for_each(|f| terminal.error(f));
                let count = faults.len();
                let what = if count == 1 { "one mistake".to_owned() } else { format!("{count} mistakes") };
                let hint = "correct it all; docs/actors.md describes the format";
                Err(Failure::new(format_args!("{what} in the files of --actors: nothing was loaded"), hint))
            }
        }
    }
}

/// The file, or a little more of it than may be read.
fn bytes(path: &Path) -> Result<Vec<u8>, Failure> {
    let mut bytes = Vec::new();
    let read = File::open(path).and_then(|f| f.take(LARGEST_FILE as u64 + 1).read_to_end(&mut bytes));
    read.map_err(|e| {
        Failure::new(
            format_args!("{}: cannot be read: {e}", path.display()),
            "name a file of actors (docs/actors.md)",
        )
    })?;
    Ok(bytes)
}
