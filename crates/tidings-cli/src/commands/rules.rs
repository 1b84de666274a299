//! `tidings rules`: do rules of one's own do what they should, what else do they change, and which rules has a word?

mod check;
mod show;

use std::path::{Path, PathBuf};

use tidings::Rules;
use tidings::ontology::LARGEST_RULES;

use super::{Tell, bytes};
use crate::errors::{Exit, Failure};
use crate::terminal::Terminal;

/// Rules of the user's own; the same flag for every command that codes.
#[derive(Debug, clap::Args)]
pub struct RulesArgs {
    /// Rules of your own, which win over those inside the program: a folder of TOML files, or a PETRARCH dictionary of
    /// verbs as it is; may be given several times
    #[arg(long = "rules", value_name = "DIR", id = "rules")]
    paths: Vec<PathBuf>,
}

/// Flags of `tidings rules`.
#[derive(Debug, clap::Args)]
#[command(after_help = EXAMPLES)]
pub struct Args {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, clap::Subcommand)]
enum Command {
    /// Code the test sentences of rules of your own, and show what else they change
    Check(check::Args),
    /// The entries of a word, those tried first at the head
    Show(show::Args),
}

const EXAMPLES: &str = "\
EXAMPLES
  tidings rules check mine/                          do the test sentences come out as they should?
  tidings rules check mine/ --corpus reports.jsonl   and what else changes in these reports?
  tidings rules check CAMEO.2.0.txt                  what of a PETRARCH dictionary can be used, and what not
  tidings rules show condemn                         which entries that word has, and where from
  tidings code --rules mine/ report.txt              code by them (docs/rules.md)";

/// Runs it.
pub fn run(args: &Args, terminal: &Terminal) -> Result<Exit, Failure> {
    match &args.command {
        Command::Check(args) => check::run(args, terminal),
        Command::Show(args) => show::run(args, terminal),
    }
}

impl RulesArgs {
    /// The files themselves.
    pub fn files(&self) -> Result<Vec<(String, Vec<u8>)>, Failure> {
        files(&self.paths)
    }
}

/// Files, and those of folders, with their names.
pub fn files(paths: &[PathBuf]) -> Result<Vec<(String, Vec<u8>)>, Failure> {
    let mut files = Vec::new();
    for path in paths {
        for file in members(path)? {
            files.push(bytes(&file, LARGEST_RULES, NAME_A_FOLDER)?);
        }
    }
    Ok(files)
}

/// What files of rules hold; at most so many warnings are told, and everything that is wrong.
pub fn read(files: &[(String, Vec<u8>)], terminal: &Terminal, told: usize) -> Result<Rules, Failure> {
    let tell = Tell {
        what: "the rules",
        format: "docs/rules.md",
        told,
        rest: "`tidings rules check DIR` shows all",
    };
    tell.outcome(terminal, Rules::read(files))
}

/// What to do where nothing can be read.
const NAME_A_FOLDER: &str = "name a folder of rules (docs/rules.md)";

/// The file itself, or the files of a folder, sorted by name; hidden ones and notes (`.md`) are passed over.
fn members(path: &Path) -> Result<Vec<PathBuf>, Failure> {
    if !path.is_dir() {
        return Ok(vec![path.to_owned()]);
    }
    let entries = std::fs::read_dir(path).and_then(|d| d.collect::<Result<Vec<_>, _>>());
    let mut files: Vec<PathBuf> =
        entries.map_err(|e| unreadable(path, &e))?.iter().map(|e| e.path()).collect();
    files.retain(|file| {
        let name = file.file_name().map(|n| n.to_string_lossy().to_lowercase()).unwrap_or_default();
        !name.starts_with('.') && !name.ends_with(".md") && !file.is_dir()
    });
    files.sort();
    if files.is_empty() {
        return Err(Failure::new(
            format_args!("{}: no file of rules is in this folder", path.display()),
            "rules are files ending in .toml (docs/rules.md)",
        ));
    }
    Ok(files)
}

fn unreadable(path: &Path, error: &std::io::Error) -> Failure {
    Failure::new(format_args!("{}: cannot be read: {error}", path.display()), NAME_A_FOLDER)
}
