//! The project's own verbs, the same for people and for machines: `cargo xtask VERB`.

mod book;
mod check;
mod knowledge;
mod measure;
mod notices;
mod run;
mod suite;
mod tidy;
mod workspace;

use std::process::ExitCode;

use clap::{Parser, Subcommand};

#[derive(Parser)]
#[command(name = "cargo xtask", about = "The project's own verbs.")]
struct Cli {
    #[command(subcommand)]
    verb: Verb,
}

#[derive(Subcommand)]
enum Verb {
    /// The rules of the house that no compiler knows: direction of dependencies, module documentation, length of functions, licences of data
    Tidy,
    /// Format, lints, tidy, licences of dependencies
    Check,
    /// Check, all tests, the release build and a run over the examples; needs nothing but this folder
    Test,
    /// Make the book of the documentation, check its links, and run its commands with --run
    Book(book::Options),
    /// Print the licences of the libraries inside the program
    Notices(notices::Options),
    /// Build the generated tables of data/ from their sources
    Knowledge(knowledge::Options),
    /// Run the sentences of tests/suite, and accept changes with --update
    Suite(suite::Options),
    /// Score the accuracy suites and write docs/accuracy.md
    Evaluate(measure::Options),
    /// Time the program beside its peer and write docs/speed.md
    Bench(measure::BenchOptions),
}

fn main() -> ExitCode {
    let result = match Cli::parse().verb {
        Verb::Tidy => tidy::tidy(),
        Verb::Check => check::check(),
        Verb::Test => check::test(),
        Verb::Book(options) => book::book(&options),
        Verb::Notices(options) => notices::notices(&options),
        Verb::Knowledge(options) => knowledge::knowledge(&options),
        Verb::Suite(options) => suite::suite(&options),
        Verb::Evaluate(options) => measure::evaluate(&options),
        Verb::Bench(options) => measure::bench(&options),
    };
    match result {
        Ok(()) => ExitCode::SUCCESS,
        Err(message) => {
            eprintln!("error: {message}");
            ExitCode::FAILURE
        }
    }
}
