//! One module a command; each has its flags and a `run`.

pub mod add;
pub mod analyze;
pub mod ask;
mod bulk;
pub mod code;
pub mod codebook;
pub mod completions;
pub mod doctor;
pub mod evaluate;
pub mod explain;
pub mod export;
pub mod import;
pub mod man;
pub mod model;
pub mod regroup;
pub mod reproduce;
pub mod review;
pub mod rules;
pub mod serve;
pub mod watch;
pub mod who;

use std::fmt::Display;
use std::fs::File;
use std::io::Read;
use std::path::{Path, PathBuf};

use tidings::actors::LARGEST_FILE;
use tidings::{Additions, Engine};
use tidings_server::Own;

use crate::args::Command;
use crate::errors::{Exit, Failure};
use crate::terminal::Terminal;
use rules::RulesArgs;

/// Runs a command.
pub fn run(command: &Command, terminal: &Terminal) -> Result<Exit, Failure> {
    match command {
        Command::Code(args) => code::run(args, terminal),
        Command::Explain(args) => explain::run(args, terminal),
        Command::Who(args) => who::run(args, terminal),
        Command::Rules(args) => rules::run(args, terminal),
        Command::Reproduce(args) => reproduce::run(args, terminal),
        Command::Add(args) => add::run(args, terminal),
        Command::Import(args) => import::run(args, terminal),
        Command::Export(args) => export::run(args, terminal),
        Command::Events(args) => ask::events(args, terminal),
        Command::Event(args) => ask::event(args, terminal),
        Command::Reports(args) => ask::reports(args, terminal),
        Command::Claims(args) => ask::claims(args, terminal),
        Command::Contradictions(args) => ask::contradictions(args, terminal),
        Command::Commitments(args) => ask::commitments(args, terminal),
        Command::Commitment(args) => ask::commitment(args, terminal),
        Command::Actors(args) => ask::actors(args, terminal),
        Command::Actor(args) => ask::actor(args, terminal),
        Command::Dyad(args) => ask::dyad(args, terminal),
        Command::Series(args) => ask::series(args, terminal),
        Command::Network(args) => ask::network(args, terminal),
        Command::Map(args) => ask::map(args, terminal),
        Command::Documents(args) => ask::documents(args, terminal),
        Command::Document(args) => ask::document(args, terminal),
        Command::Search(args) => ask::search(args, terminal),
        Command::Split(args) => regroup::split(args, terminal),
        Command::Merge(args) => regroup::merge(args, terminal),
        Command::Undo(args) => regroup::undo(args, terminal),
        Command::Review(args) => review::review(args, terminal),
        Command::Reviews(args) => ask::reviews(args, terminal),
        Command::Agree(args) => review::agree(args, terminal),
        Command::Serve(args) => serve::run(args, terminal),
        Command::Watch(args) => watch::run(args, terminal),
        Command::Evaluate(args) => evaluate::run(args, terminal),
        Command::Analyze(args) => analyze::run(args, terminal),
        Command::Codebook(args) => codebook::run(args, terminal),
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

/// So many warnings about files of the user's own are told.
const TOLD: usize = 20;

impl ActorsArgs {
    /// What the files hold. Warnings are told, all of them if `all`; so is everything that is wrong.
    pub fn read(&self, terminal: &Terminal, all: bool) -> Result<Additions, Failure> {
        actors(&self.files()?, terminal, all)
    }

    /// The files themselves.
    fn files(&self) -> Result<Vec<(String, Vec<u8>)>, Failure> {
        let hint = "name a file of actors (docs/actors.md)";
        self.files.iter().map(|path| bytes(path, LARGEST_FILE, hint)).collect()
    }
}

/// What files of actors hold.
fn actors(files: &[(String, Vec<u8>)], terminal: &Terminal, all: bool) -> Result<Additions, Failure> {
    let tell = Tell {
        what: "the files of --actors",
        format: "docs/actors.md",
        told: if all { usize::MAX } else { TOLD },
        rest: "`tidings who --actors FILE` shows all",
    };
    tell.outcome(terminal, Additions::read(files))
}

/// What codes: actors and rules of the user's own, and the model; the same flags for every command that codes.
#[derive(Debug, clap::Args)]
pub struct EngineArgs {
    #[command(flatten)]
    actors: ActorsArgs,
    #[command(flatten)]
    rules: RulesArgs,
    #[command(flatten)]
    model: ModelArgs,
}

impl EngineArgs {
    /// The engine with all of them.
    pub fn engine(&self, terminal: &Terminal) -> Result<Engine, Failure> {
        self.engine_with(&self.own()?, terminal)
    }

    /// The files of actors and rules that the flags name.
    pub fn own(&self) -> Result<Own, Failure> {
        Ok(Own { actors: self.actors.files()?, rules: self.rules.files()? })
    }

    /// The engine of the flags with these actors and rules.
    pub fn engine_with(&self, own: &Own, terminal: &Terminal) -> Result<Engine, Failure> {
        equipped(self.model.engine()?, own, terminal)
    }

    /// The folder of the model, if one is named.
    fn model(&self) -> Option<&Path> {
        self.model.folder()
    }
}

/// An engine with actors and rules of the user's own.
fn equipped(engine: Engine, own: &Own, terminal: &Terminal) -> Result<Engine, Failure> {
    let engine = engine.with_actors(actors(&own.actors, terminal, false)?);
    Ok(engine.with_rules(rules::read(&own.rules, terminal, TOLD)?))
}

/// How what was found in files of the user's own is told.
pub struct Tell {
    /// What the files are.
    pub what: &'static str,
    /// Where their format is described.
    pub format: &'static str,
    /// How many warnings are told.
    pub told: usize,
    /// Where the others are.
    pub rest: &'static str,
}

impl Tell {
    /// What the files hold; warnings are told, and everything that is wrong.
    pub fn outcome<T, F: Display>(
        &self,
        terminal: &Terminal,
        read: Result<(T, Vec<F>), Vec<F>>,
    ) -> Result<T, Failure> {
        match read {
            Ok((value, warnings)) => {
                warnings.iter().take(self.told).for_each(|w| terminal.warning(w));
                let more = warnings.len().saturating_sub(self.told);
                if more > 0 {
                    terminal.note(format_args!("{more} more warnings: {}", self.rest));
                }
                Ok(value)
            }
            Err(faults) => {
                faults.iter().for_each(|f| terminal.error(f));
                let count = faults.len();
                let what = if count == 1 { "one mistake".to_owned() } else { format!("{count} mistakes") };
                let hint = format!("correct it all; {} describes the format", self.format);
                Err(Failure::new(format_args!("{what} in {}: nothing was loaded", self.what), hint))
            }
        }
    }
}

/// The name of a file and its bytes, or a few more of these than may be read.
pub fn bytes(path: &Path, largest: usize, hint: &str) -> Result<(String, Vec<u8>), Failure> {
    let name = path.display().to_string();
    let mut bytes = Vec::new();
    let read = File::open(path).and_then(|f| f.take(largest as u64 + 1).read_to_end(&mut bytes));
    match read {
        Ok(_) => Ok((name, bytes)),
        Err(error) => Err(Failure::new(format_args!("{name}: cannot be read: {error}"), hint)),
    }
}
