//! `tidings man`: manual pages, made from the same list as the help.

use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};

use clap::{CommandFactory, ValueEnum};
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
    /// For which reader
    #[arg(long, short, value_enum, default_value = "man", conflicts_with = "out")]
    format: Format,
}

/// Forms of a page.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Format {
    /// For `man`
    Man,
    /// Markdown: help of the command and of those below it; without a command that of all
    Markdown,
}

const EXAMPLES: &str = "\
EXAMPLES
  tidings man | man -l -                        the page of tidings
  tidings man code | man -l -                   the page of a command
  tidings man --out ~/.local/share/man/man1     all pages, for good
  tidings man --format markdown > commands.md   the help of all commands as one page";

/// Runs it.
pub fn run(args: &Args) -> Result<Exit, Failure> {
    let mut root = crate::args::Args::command().term_width(COLUMNS);
    root.build();
    if let Some(folder) = &args.out {
        return pages(&root, folder);
    }
    let command = match args.command.as_deref() {
        Some(name) => root.find_subcommand(name).ok_or_else(|| unknown(&root, name))?,
        None => &root,
    };
    let mut sink = Sink::standard();
    match args.format {
        Format::Man => sink.write_all(&page(command)?)?,
        Format::Markdown => sink.write_all(markdown(command, 1).as_bytes())?,
    }
    sink.finish()?;
    Ok(Exit::Done)
}

fn pages(root: &clap::Command, folder: &Path) -> Result<Exit, Failure> {
    fs::create_dir_all(folder).map_err(|e| Failure::writing(folder, &e))?;
    for command in family(root) {
        let path = folder.join(format!("{}.1", page_name(command)));
        fs::write(&path, page(command)?).map_err(|e| Failure::writing(&path, &e))?;
    }
    Ok(Exit::Done)
}

/// A command and all below it, but for `help`, which has no help of its own.
fn family(command: &clap::Command) -> Vec<&clap::Command> {
    std::iter::once(command).chain(below(command).flat_map(family)).collect()
}

fn below(command: &clap::Command) -> impl Iterator<Item = &clap::Command> {
    command.get_subcommands().filter(|c| c.get_name() != "help")
}

/// Width of the help in Markdown; that of the terminal must not count.
const COLUMNS: usize = 100;

/// The help of a command and of all below it.
fn markdown(command: &clap::Command, level: usize) -> String {
    let name = page_name(command).replace('-', " ");
    let help = command.clone().term_width(COLUMNS).render_long_help();
    let mut out = format!("{} {name}\n\n```text\n{}\n```\n", "#".repeat(level), help.to_string().trim_end());
    for command in below(command) {
        out.push('\n');
        out.push_str(&markdown(command, (level + 1).min(3)));
    }
    out
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
    let names: Vec<&str> = below(root).map(clap::Command::get_name).collect();
    Failure::new(
        format_args!("there is no command '{name}'"),
        format_args!("the commands are {}", names.join(", ")),
    )
}
