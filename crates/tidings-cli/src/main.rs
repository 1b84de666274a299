//! The command line of Tidings: reads what is asked, calls the engine, shows what it says. No rule lives here.
//!
//! Results go to the standard output, talk to the standard error; the exit codes are those of [`errors::Exit`].
#![deny(clippy::print_stdout, clippy::print_stderr)]

mod args;
mod commands;
mod errors;
mod examples;
mod input;
mod interrupt;
mod output;
mod progress;
mod sink;
mod terminal;

use std::process::ExitCode;

use clap::Parser;

fn main() -> ExitCode {
    let args = args::Args::parse();
    let terminal = terminal::Terminal::new(args.color, args.quiet);
    let exit = commands::run(&args.command, &terminal).unwrap_or_else(|failure| failure.tell(&terminal));
    exit.into()
}
