//! One module a command; each has its flags and a `run`.

pub mod analyze;
pub mod code;
pub mod completions;
pub mod doctor;
pub mod explain;
pub mod man;
pub mod model;

use std::path::{Path, PathBuf};

use tidings::Engine;

use crate::args::Command;
use crate::errors::{Exit, Failure};
use crate::terminal::Terminal;

/// Runs a command.
pub fn run(command: &Command, terminal: &Terminal) -> Result<Exit, Failure> {
    match command {
        Command::Code(args) => code::run(args, terminal),
        Command::Explain(args) => explain::run(args, terminal),
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
