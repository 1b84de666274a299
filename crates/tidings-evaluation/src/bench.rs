//! The suites of speed: each measured program runs in a process of its own.

use std::io::{BufRead, BufReader};
use std::path::Path;
use std::process::{Command, Stdio};
use std::time::Instant;

use serde::de::DeserializeOwned;

use crate::error::{Error, Result, write};
use crate::mixed::Whole;
use crate::peers::peer;
use crate::resolution::{Resolution, newswire};
use crate::speed::{Load, Speed, news_sentences};
use crate::suites::{Context, Outcome};

const SENTENCES: usize = 2000;
const ROUNDS: usize = 3;
const STARTS: usize = 5;

/// Language analysis beside the peer, in turns, because the machine may be busier in one minute than in the next.
pub fn language(context: &Context) -> Result<Outcome> {
    let folder = temporary()?;
    let file = folder.path().join("sentences.json");
    write(&file, &serde_json::json!(news_sentences(&context.shared, SENTENCES)?).to_string())?;
    let (mut ours, mut theirs) = (Vec::new(), Vec::new());
    let mut outcome = Outcome::default();
    outcome.notes.extend(load());
    for _ in 0..ROUNDS {
        ours.push(own_speed(&file)?);
        match context.peers.as_deref().map(|script| peer_speed(script, &file)) {
            Some(Ok(speed)) => theirs.push(speed),
            Some(Err(error)) => outcome.notes.push(format!("the peer was not run: {error}")),
            None => {}
        }
    }
    let own = fastest(&ours).ok_or_else(|| Error::program("speed", "no round was run"))?;
    record(&mut outcome, own, fastest(&theirs));
    Ok(outcome)
}

fn record(outcome: &mut Outcome, own: &Speed, peer: Option<&Speed>) {
    outcome.values.insert("rate".to_owned(), own.rate());
    outcome.values.insert("peak".to_owned(), own.peak_megabytes());
    outcome.notes.push(format!("Tidings: {}", own.describe()));
    if let Some(peer) = peer {
        outcome.values.insert("ratio".to_owned(), own.rate() / peer.rate());
        outcome.peers.insert("rate".to_owned(), peer.rate());
        outcome.peers.insert("peak".to_owned(), peer.peak_megabytes());
        outcome.notes.push(format!("spaCy: {}", peer.describe()));
    }
}

fn fastest(rounds: &[Speed]) -> Option<&Speed> {
    rounds.iter().min_by(|a, b| a.seconds.total_cmp(&b.seconds))
}

/// What mentions, places and times cost on top of the language analysis.
pub fn resolution(context: &Context) -> Result<Outcome> {
    let shared = context.shared.display().to_string();
    let rounds = (0..ROUNDS).map(|_| own::<Resolution>(&["resolution", "--shared", &shared]));
    let rounds = rounds.collect::<Result<Vec<_>>>()?;
    let least = rounds.iter().min_by(|a, b| a.share().total_cmp(&b.share()));
    let least = least.ok_or_else(|| Error::program("resolution", "no round was run"))?;
    let mut outcome = Outcome::default();
    outcome.notes.extend(load());
    outcome.values.insert("share".to_owned(), least.share());
    outcome.notes.push(least.describe());
    Ok(outcome)
}

/// The whole of coding, on political and on mixed news, beside the language analysis; the best of the rounds.
pub fn coding(context: &Context) -> Result<Outcome> {
    let shared = context.shared.display().to_string();
    let mut outcome = Outcome::default();
    outcome.notes.extend(load());
    for (corpus, options) in [("political", &[][..]), ("mixed", &["--mixed"])] {
        let arguments = [&["resolution", "--shared", &shared], options].concat();
        let rounds = (0..ROUNDS).map(|_| own::<Resolution>(&arguments)).collect::<Result<Vec<_>>>()?;
        let best = rounds.iter().max_by(|a, b| a.rate().total_cmp(&b.rate()));
        let best = best.ok_or_else(|| Error::program("resolution", "no round was run"))?;
        outcome.values.insert(format!("{corpus}_share"), best.coding_share());
        outcome.values.insert(format!("{corpus}_rate"), best.rate());
        outcome.notes.push(format!("{corpus}: {}", best.describe()));
    }
    Ok(outcome)
}

/// The whole way on mixed news: from text, from pages, on two threads, and what the peer needs only to parse the same texts;
/// in turns, the best of the rounds of each.
pub fn whole(context: &Context) -> Result<Outcome> {
    let shared = context.shared.display().to_string();
    let folder = temporary()?;
    let file = folder.path().join("articles.json");
    write(&file, &serde_json::json!(newswire(&context.shared)?).to_string())?;
    let run = |options: &[&str]| own::<Whole>(&[&["whole", "--shared", &shared], options].concat());
    let (mut text, mut html, mut two, mut theirs) = (Vec::new(), Vec::new(), Vec::new(), Vec::new());
    let mut outcome = Outcome::default();
    outcome.notes.extend(load());
    for _ in 0..ROUNDS {
        text.push(run(&["--source", "text"])?);
        html.push(run(&["--source", "html"])?);
        two.push(run(&["--source", "text", "--threads", "2"])?);
        match context.peers.as_deref().map(|script| peer(script, "parse", &file)) {
            Some(Ok(answered)) => theirs.push(answer::<Speed>(serde_json::from_value(answered))?),
            Some(Err(error)) => outcome.notes.push(format!("the peer was not run: {error}")),
            None => {}
        }
    }
    let best = |rounds: &[Whole]| rounds.iter().max_by(|a, b| a.rate().total_cmp(&b.rate())).cloned();
    let (Some(text), Some(html), Some(two)) = (best(&text), best(&html), best(&two)) else {
        return Err(Error::program("whole", "no round was run"));
    };
    let mut value = |key: &str, value: f64| outcome.values.insert(key.to_owned(), value);
    value("rate", text.rate());
    value("articles", text.articles_per_second());
    value("html_rate", html.rate());
    value("html_articles", html.articles_per_second());
    value("peak", text.peak_kib as f64 * 1024.0 / 1e6);
    value("two_threads", two.rate() / text.rate());
    for (name, took) in [("text", &text), ("pages", &html), ("two threads", &two)] {
        outcome.notes.push(format!("{name}: {}", took.describe()));
    }
    if let Some(peer) = fastest(&theirs) {
        outcome
            .values
            .insert("ratio".to_owned(), text.articles_per_second() * peer.seconds / text.articles as f64);
        outcome.peers.insert("articles".to_owned(), text.articles as f64 / peer.seconds);
        outcome.peers.insert("peak".to_owned(), peer.peak_megabytes());
        outcome.notes.push(format!("spaCy, parser alone: {} words in {:.2} s", peer.words, peer.seconds));
    }
    Ok(outcome)
}

fn own_speed(sentences: &Path) -> Result<Speed> {
    own(&["speed", &sentences.display().to_string()])
}

/// Runs a verb of this program in a process of its own, on one thread.
fn own<T: DeserializeOwned>(arguments: &[&str]) -> Result<T> {
    let program = std::env::current_exe().map_err(|e| Error::program("this program", e))?;
    let output = Command::new(&program)
        .args(arguments)
        .envs([("RAYON_NUM_THREADS", "1"), ("RTEN_NUM_THREADS", "1")])
        .stderr(Stdio::inherit())
        .output()
        .map_err(|e| Error::program(program.display(), e))?;
    if !output.status.success() {
        return Err(Error::program(arguments.join(" "), "failed"));
    }
    answer(serde_json::from_slice(&output.stdout))
}

fn peer_speed(script: &Path, sentences: &Path) -> Result<Speed> {
    answer(serde_json::from_value(peer(script, "speed", sentences)?))
}

fn answer<T: DeserializeOwned>(parsed: serde_json::Result<T>) -> Result<T> {
    parsed.map_err(|e| Error::program("speed", e))
}

/// The knowledge loaded in a fresh process, the median of five.
pub fn knowledge(_context: &Context) -> Result<Outcome> {
    let program = std::env::current_exe().map_err(|e| Error::program("this program", e))?;
    let mut loads = Vec::new();
    for _ in 0..STARTS {
        let output = Command::new(&program).arg("load").output();
        let output = output.map_err(|e| Error::program(program.display(), e))?;
        loads.push(answer::<Load>(serde_json::from_slice(&output.stdout))?);
    }
    loads.sort_by(|a, b| a.milliseconds.total_cmp(&b.milliseconds));
    let mut outcome = Outcome::default();
    outcome.notes.extend(load());
    outcome.values.insert("milliseconds".to_owned(), loads[STARTS / 2].milliseconds);
    let most = loads.iter().map(|l| l.megabytes).fold(0.0, f64::max);
    outcome.values.insert("megabytes".to_owned(), most);
    let (first, last) = (loads[0].milliseconds, loads[STARTS - 1].milliseconds);
    outcome.notes.push(format!("from {first:.2} to {last:.2} ms; the memory is the most of the five"));
    Ok(outcome)
}

/// From the start of the program to the first line on its standard output.
pub fn start(context: &Context) -> Result<Outcome> {
    let program = context.program.as_deref().ok_or_else(|| Error::program("tidings", "was not given"))?;
    let page = context.path("gold/seed.txt");
    let mut seconds = (0..STARTS).map(|_| first_line(program, &page)).collect::<Result<Vec<f64>>>()?;
    seconds.sort_by(f64::total_cmp);
    let mut outcome = Outcome::default();
    outcome.notes.extend(load());
    outcome.values.insert("seconds".to_owned(), seconds[STARTS / 2]);
    outcome.notes.push(format!("from {:.2} to {:.2}", seconds[0], seconds[STARTS - 1]));
    Ok(outcome)
}

fn first_line(program: &Path, page: &Path) -> Result<f64> {
    let problem = |message: &dyn std::fmt::Display| Error::program(program.display(), message);
    let begun = Instant::now();
    let mut child = Command::new(program)
        .args(["code", "--format", "jsonl"])
        .arg(page)
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .map_err(|e| problem(&e))?;
    let mut line = String::new();
    let read = child.stdout.take().map(|out| BufReader::new(out).read_line(&mut line));
    let seconds = begun.elapsed().as_secs_f64();
    child.wait().map_err(|e| problem(&e))?;
    match read {
        Some(Ok(length)) if length > 0 => Ok(seconds),
        Some(Err(error)) => Err(problem(&error)),
        _ => Err(problem(&"no event was printed")),
    }
}

/// Builds the program in an empty folder, as somebody does who has just cloned it.
pub fn build(context: &Context) -> Result<Outcome> {
    let folder = temporary()?;
    let load = load();
    let begun = Instant::now();
    let status = Command::new("cargo")
        .args(["build", "--quiet", "--release", "--locked", "-p", "tidings-cli"])
        .current_dir(&context.root)
        .env("CARGO_TARGET_DIR", folder.path())
        .status()
        .map_err(|e| Error::program("cargo", e))?;
    if !status.success() {
        return Err(Error::program("cargo build", "failed"));
    }
    let mut outcome = Outcome::default();
    outcome.notes.extend(load);
    outcome.values.insert("minutes".to_owned(), begun.elapsed().as_secs_f64() / 60.0);
    Ok(outcome)
}

/// What else the machine was doing: times hold for a quiet one, ratios for a busy one too. Linux tells.
pub(crate) fn load() -> Option<String> {
    let text = std::fs::read_to_string("/proc/loadavg").ok()?;
    let minute = text.split_whitespace().next()?;
    let cores = std::thread::available_parallelism().map_or(1, usize::from);
    Some(format!("programs that ran or waited in the minute before: {minute}, on {cores} cores"))
}

fn temporary() -> Result<tempfile::TempDir> {
    tempfile::tempdir().map_err(|e| Error::program("temporary folder", e))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_ratio_is_of_the_fastest_rounds() {
        let speed = |seconds| Speed {
            sentences: 100,
            words: 2000,
            seconds,
            processor_seconds: seconds,
            peak_kib: 102_400,
        };
        let mut outcome = Outcome::default();
        let (ours, theirs) = ([speed(2.0), speed(1.0)], [speed(4.0), speed(3.0)]);
        record(&mut outcome, fastest(&ours).unwrap(), fastest(&theirs));
        assert!((outcome.values["ratio"] - 3.0).abs() < 1e-9);
        assert!((outcome.values["rate"] - 100.0).abs() < 1e-9);
        assert!((outcome.values["peak"] - 104.8576).abs() < 1e-9);
    }
}
