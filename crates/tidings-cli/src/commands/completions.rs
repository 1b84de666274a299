//! `tidings completions`: made from the same list as the help.

use std::io::Write;

use clap::CommandFactory;
use clap_complete::Shell;

use crate::errors::{Exit, Failure};
use crate::sink::Sink;

/// Flags of `tidings completions`.
#[derive(Debug, clap::Args)]
#[command(after_help = EXAMPLES)]
pub struct Args {
    /// For which shell
    #[arg(value_enum)]
    shell: Shell,
}

const EXAMPLES: &str = "\
EXAMPLES
  tidings completions bash > ~/.local/share/bash-completion/completions/tidings
  tidings completions zsh > ~/.zfunc/_tidings
  tidings completions fish > ~/.config/fish/completions/tidings.fish";

/// Runs it.
pub fn run(args: &Args) -> Result<Exit, Failure> {
    let mut script = Vec::new();
    clap_complete::generate(args.shell, &mut crate::args::Args::command(), "tidings", &mut script);
    let mut sink = Sink::standard();
    sink.write_all(&script)?;
    sink.finish()?;
    Ok(Exit::Done)
}
