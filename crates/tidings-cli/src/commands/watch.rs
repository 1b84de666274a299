//! `tidings watch`: new articles of feeds, coded, stored and told of.

use std::path::PathBuf;
use std::thread;
use std::time::{Duration, Instant};

use jiff::Timestamp;
use tidings_ledger::Ledger;
use tidings_watch::{Config, Note, Tally, Watch, World};

use super::{EngineArgs, Tell, bytes};
use crate::errors::{Exit, Failure};
use crate::interrupt;
use crate::terminal::Terminal;

/// The largest file of feeds.
const LARGEST: usize = 4 << 20;
/// How soon a wish to stop is noticed.
const TICK: Duration = Duration::from_millis(100);

/// Flags of `tidings watch`.
#[derive(Debug, clap::Args)]
#[command(after_help = EXAMPLES)]
pub struct Args {
    /// Which feeds, how often, and what to tell of (docs/watch.md, examples/feeds.toml)
    #[arg(value_name = "FEEDS")]
    feeds: PathBuf,
    /// The ledger; it is made if there is none
    #[arg(long, value_name = "FILE")]
    ledger: PathBuf,
    /// Do what is due and end, for cron; else it goes on until Ctrl-C
    #[arg(long)]
    once: bool,
    /// Where to remember what was read [default: the name of FEEDS with .state.json]
    #[arg(long, value_name = "FILE")]
    state: Option<PathBuf>,
    #[command(flatten)]
    engine: EngineArgs,
}

const EXAMPLES: &str = "\
EXAMPLES
  tidings watch feeds.toml --ledger news.db            until Ctrl-C; nothing is lost and nothing stored twice
  tidings watch feeds.toml --ledger news.db --once     for cron";

/// Runs it.
pub fn run(args: &Args, terminal: &Terminal) -> Result<Exit, Failure> {
    interrupt::listen();
    let config = config(args, terminal)?;
    let mut ledger = Ledger::open_or_create(&args.ledger)?;
    let engine = args.engine.engine(terminal)?;
    let state = args.state.clone().unwrap_or_else(|| args.feeds.with_extension("state.json"));
    let mut watch = Watch::open(&config, &engine, &mut ledger, state).map_err(Failure::Message)?;
    let tally = watch.run(args.once, &mut Clock { terminal }).map_err(Failure::Message)?;
    terminal.note(told(&tally));
    Ok(match (interrupt::requested(), tally.failures, tally.new) {
        (true, _, _) => Exit::Interrupted,
        (false, 0, 0) => Exit::Nothing,
        (false, 0, _) => Exit::Done,
        _ => Exit::Failed,
    })
}

fn config(args: &Args, terminal: &Terminal) -> Result<Config, Failure> {
    let (name, bytes) = bytes(&args.feeds, LARGEST, "name a file of feeds (docs/watch.md)")?;
    let hint = "is it a file of feeds? docs/watch.md describes it";
    if bytes.len() > LARGEST {
        return Err(Failure::new(format_args!("{name}: is larger than {} MiB", LARGEST >> 20), hint));
    }
    let text =
        String::from_utf8(bytes).map_err(|_| Failure::new(format_args!("{name}: is not UTF-8"), hint))?;
    let tell = Tell { what: "the file of feeds", format: "docs/watch.md", told: usize::MAX, rest: "" };
    tell.outcome(terminal, Config::parse(&name, &text).map(|config| (config, Vec::new())))
}

fn told(tally: &Tally) -> String {
    let plural = |count: usize, what: &str| format!("{count} {what}{}", if count == 1 { "" } else { "s" });
    format!(
        "{} asked, {} new, {} known, {} told, {}",
        plural(tally.feeds, "feed"),
        plural(tally.new, "article"),
        tally.known,
        plural(tally.alerts, "alert"),
        plural(tally.failures, "failure")
    )
}

/// The clock of this machine, and Ctrl-C.
struct Clock<'t> {
    terminal: &'t Terminal,
}

impl World for Clock<'_> {
    fn now(&self) -> Timestamp {
        Timestamp::now()
    }

    fn wait(&mut self, time: Duration) {
        let begun = Instant::now();
        while !interrupt::requested() && begun.elapsed() < time {
            thread::sleep(TICK.min(time.saturating_sub(begun.elapsed())));
        }
    }

    fn stopped(&self) -> bool {
        interrupt::requested()
    }

    fn tell(&mut self, note: Note) {
        match note {
            Note::Fact(what) => self.terminal.note(what),
            Note::Warning(what) => self.terminal.warning(what),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_tally_is_told() {
        let tally = Tally { feeds: 2, failures: 0, new: 1, known: 3, alerts: 0 };
        assert_eq!(told(&tally), "2 feeds asked, 1 article new, 3 known, 0 alerts told, 0 failures");
    }
}
