//! The measuring program behind `cargo xtask evaluate` and `cargo xtask bench`.

use std::cell::OnceCell;
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use clap::{Parser, Subcommand};
use tidings_evaluation::{
    Context, Entry, Error, Machine, Plan, Result, Results, Source, load_knowledge, news_sentences,
    resolution, run, speed, whole,
};

#[derive(Parser)]
#[command(about = "Measures Tidings on the test corpora.")]
struct Cli {
    #[command(subcommand)]
    verb: Verb,
}

#[derive(Subcommand)]
enum Verb {
    /// Score the suites of accuracy and write docs/accuracy.md.
    Accuracy(Suites),
    /// Time the suites of speed and write docs/speed.md.
    Bench(Suites),
    /// Print the sentences of the benchmark as a JSON list.
    Sentences {
        /// Folder of the shared data.
        #[arg(long)]
        shared: PathBuf,
        /// How many.
        #[arg(long, default_value_t = 2000)]
        count: usize,
    },
    /// Resolve and code articles and print what it took.
    Resolution {
        /// Folder of the shared data.
        #[arg(long)]
        shared: PathBuf,
        /// News of all kinds instead of politics.
        #[arg(long)]
        mixed: bool,
        /// How many articles.
        #[arg(long, default_value_t = 60)]
        count: usize,
    },
    /// Code mixed news from text or web pages and print what it took.
    Whole {
        /// Folder of the shared data.
        #[arg(long)]
        shared: PathBuf,
        /// What the articles come as.
        #[arg(long, value_enum, default_value = "text")]
        source: Source,
        /// Threads.
        #[arg(long, default_value_t = 1)]
        threads: usize,
    },
    /// Load the knowledge and print what it took.
    Load,
    /// Analyse a JSON list of sentences and print what it took.
    Speed {
        /// The list.
        sentences: PathBuf,
    },
}

#[derive(Clone, clap::Args)]
struct Suites {
    /// Folder of the shared data.
    #[arg(long)]
    shared: PathBuf,
    /// Root of the workspace; results go to docs/ below it.
    #[arg(long)]
    root: PathBuf,
    /// Only these suites.
    #[arg(long = "suite")]
    names: Vec<String>,
    /// The `tidings` program.
    #[arg(long)]
    program: Option<PathBuf>,
    /// The script that runs the peers.
    #[arg(long)]
    peers: Option<PathBuf>,
}

fn main() -> ExitCode {
    let result = match Cli::parse().verb {
        Verb::Accuracy(options) => {
            Plan::accuracy().and_then(|plan| suites(&options, &plan, "evaluate", "accuracy"))
        }
        Verb::Bench(options) => Plan::speed().and_then(|plan| suites(&options, &plan, "bench", "speed")),
        Verb::Sentences { shared, count } => sentences(&shared, count),
        Verb::Load => {
            println!("{}", serde_json::json!(load_knowledge()));
            Ok(ExitCode::SUCCESS)
        }
        Verb::Speed { sentences } => measure_speed(&sentences),
        Verb::Resolution { shared, mixed, count } => measure_resolution(&shared, mixed, count),
        Verb::Whole { shared, source, threads } => whole(&shared, source, threads).map(|took| {
            println!("{}", serde_json::json!(took));
            ExitCode::SUCCESS
        }),
    };
    result.unwrap_or_else(|error| {
        eprintln!("error: {error}");
        ExitCode::from(2)
    })
}

/// Runs suites, prints their table and writes the page; suites that were not run keep their last result.
fn suites(options: &Suites, plan: &Plan, verb: &str, page: &str) -> Result<ExitCode> {
    let known: Vec<&str> = plan.suites.iter().map(|s| s.name.as_str()).collect();
    if let Some(unknown) = options.names.iter().find(|n| !known.contains(&n.as_str())) {
        eprintln!("error: no suite {unknown:?}\nhint: there are {}", known.join(", "));
        return Ok(ExitCode::from(2));
    }
    let docs = options.root.join("docs");
    std::fs::create_dir_all(&docs).map_err(|source| Error::File { path: docs.clone(), source })?;
    let (file, page) = (docs.join(page).with_extension("json"), docs.join(page).with_extension("md"));
    let mut results = Results::read(&file)?;
    let (fresh, failed) = run_all(options, plan, verb);
    let names: Vec<&str> = known.into_iter().filter(|n| fresh.contains_key(*n)).collect();
    results.suites.extend(fresh.clone());
    print!("{}", results.table(plan, names.into_iter()));
    results.write(&file)?;
    std::fs::write(&page, results.page(plan)).map_err(|source| Error::File { path: page, source })?;
    Ok(if failed { ExitCode::from(2) } else { ExitCode::SUCCESS })
}

/// Suites whose corpus is missing are skipped aloud; any that fails makes the whole fail, after the others have run.
fn run_all(options: &Suites, plan: &Plan, verb: &str) -> (BTreeMap<String, Entry>, bool) {
    let Suites { root, shared, program, peers, names } = options.clone();
    let machine = Machine::here(&root);
    let context = Context { root, shared, program, peers, analyzer: OnceCell::new() };
    let (mut done, mut failed) = (BTreeMap::new(), false);
    for suite in plan.suites.iter().filter(|s| names.is_empty() || names.contains(&s.name)) {
        eprintln!("{}: {}", suite.name, suite.title);
        match run(suite, &context) {
            Ok(outcome) => {
                let command = format!("cargo xtask {verb} --suite {}", suite.name);
                done.insert(suite.name.clone(), Entry::new(outcome, command, &machine));
            }
            Err(Error::File { path, source }) if source.kind() == std::io::ErrorKind::NotFound => {
                eprintln!("  skipped: {} is not there; the last result stays", path.display());
            }
            Err(error) => {
                eprintln!("  failed: {error}");
                failed = true;
            }
        }
    }
    (done, failed)
}

fn sentences(shared: &Path, count: usize) -> Result<ExitCode> {
    println!("{}", serde_json::json!(news_sentences(shared, count)?));
    Ok(ExitCode::SUCCESS)
}

fn measure_resolution(shared: &Path, mixed: bool, count: usize) -> Result<ExitCode> {
    println!("{}", serde_json::json!(resolution(shared, mixed, count)?));
    Ok(ExitCode::SUCCESS)
}

fn measure_speed(path: &Path) -> Result<ExitCode> {
    let text =
        std::fs::read_to_string(path).map_err(|source| Error::File { path: path.to_owned(), source })?;
    let problem =
        |e: serde_json::Error| Error::Line { path: path.to_owned(), line: e.line(), message: e.to_string() };
    let sentences: Vec<String> = serde_json::from_str(&text).map_err(problem)?;
    println!("{}", serde_json::json!(speed(&sentences)?));
    Ok(ExitCode::SUCCESS)
}
