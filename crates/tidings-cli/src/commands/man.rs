//! `tidings man`: manual pages, made from the same list as the help.

use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};

use clap::CommandFactory;
use clap_mangen::Man;

use crate::errors::{Exit, Failure};
use crate::sink::Sink;

/// Flags of `tidings man`.
#[derive(Debug, clap::Args)]
#[command(after_help = EXAMPLES)]
pub struct Args {
    /// The page of a command; without it that of tidings
    command: Option<String>,
    /// Write all pages into this folder
    #[arg(long, short, value_name = "FOLDER", conflicts_with = "command")]
    out: Option<PathBuf>,
}

const EXAMPLES: &str = "\
EXAMPLES
  tidings man | man -l -                        the page of tidings
  tidings man code | man -l -                   the page of a command
  tidings man --out ~/.local/share/man/man1     all pages, for good";

/// Runs it.
pub fn run(args: &Args) -> Result<Exit, Failure> {
    let mut root = crate::args::Args::command();
    root.build();
    if let Some(folder) = &args.out {
        return pages(&root, folder);
    }
    let command = match args.command.as_deref() {
        Some(name) => root.find_subcommand(name).ok_or_else(|| unknown(&root, name))?,
        None => &root,
    };
    let mut sink = Sink::standard();
    sink.write_all(&page(command)?)?;
    sink.finish()?;
    Ok(Exit::Done)
}

fn pages(root: &clap::Command, folder: &Path) -> Result<Exit, Failure> {
    fs::create_dir_all(folder).map_err(|e| Failure::writing(folder, &e))?;
    for command in std::iter::once(root).chain(root.get_subcommands()) {
        let path = folder.join(format!("{}.1", page_name(command)));
        fs::write(&path, page(command)?).map_err(|e| Failure::writing(&path, &e))?;
    }
    Ok(Exit::Done)
}

/// `tidings`, `tidings-code`.
fn page_name(command: &clap::Command) -> String {
    command.get_display_name().unwrap_or(command.get_name()).to_owned()
}

fn page(command: &clap::Command) -> Result<Vec<u8>, Failure> {
    let mut page = Vec::new();
    Man::new(command.clone()).title(page_name(command)).render(&mut page)?;
    Ok(page)
}

fn unknown(root: &clap::Command, name: &str) -> Failure {
    let names: Vec<&str> = root.get_subcommands().map(clap::Command::get_name).collect();
    Failure::new(
        format_args!("there is no command '{name}'"),
        format_args!("the commands are {}", names.join(", ")),
    )
}
