//! How fast is the ledger? Ten million events of a made-up world, and the questions behind every page.
//!
//! `TIDINGS_BENCH_EVENTS` sets another number of events, `TIDINGS_BENCH_LEDGER` a file that is kept and used again,
//! `TIDINGS_BENCH_ASK` the beginning of the questions that are asked (`none`: only adding is timed).

mod generate;
mod questions;

use std::path::{Path, PathBuf};
use std::time::Instant;

use jiff::Timestamp;
use tidings_ledger::{Article, Ledger, Query};

use crate::error::{Error, Result};
use crate::suites::{Context, Outcome};
use generate::World;

const EVENTS: usize = 10_000_000;

/// Rows of one transaction.
const BATCH: usize = 20_000;

/// Coded documents that are added to the full ledger.
const DOCUMENTS: usize = 3_000;

/// Documents of one transaction, where many are at hand.
const TOGETHER: usize = 50;

/// Makes a ledger and asks it everything.
pub fn score(_context: &Context) -> Result<Outcome> {
    let folder = tempfile::tempdir().map_err(|e| Error::program("a folder for the ledger", e))?;
    let kept = std::env::var_os("TIDINGS_BENCH_LEDGER").map(PathBuf::from);
    let path = kept.unwrap_or_else(|| folder.path().join("bench.db"));
    let events = std::env::var("TIDINGS_BENCH_EVENTS").ok().and_then(|n| n.parse().ok()).unwrap_or(EVENTS);
    let mut outcome = Outcome::default();
    outcome.notes.extend(crate::bench::load());
    let world = World::new(events);
    if !path.exists() {
        load(&path, &world, &mut outcome)?;
    }
    let ledger = Ledger::open_read_only(&path).map_err(failed)?;
    memory(&ledger, &mut outcome)?;
    let asked = std::env::var("TIDINGS_BENCH_ASK").unwrap_or_default();
    for question in questions::all(&world).iter().filter(|q| q.name.starts_with(&asked)) {
        let mut times = question.times(&ledger)?;
        times.sort_by(f64::total_cmp);
        let (middle, most) = (share(&times, 0.5), share(&times, 0.95));
        eprintln!("  {:24} p50 {middle:8.2} ms   p95 {most:8.2} ms", question.name);
        outcome.values.insert(question.name.to_owned(), most);
        outcome
            .notes
            .push(format!("{}: median {middle:.2} ms, 95 of 100 within {most:.2} ms", question.name));
    }
    drop(ledger);
    ingest(&path, &world, &mut outcome)?;
    Ok(outcome)
}

pub(crate) fn failed(error: tidings_ledger::Error) -> Error {
    Error::program("the ledger", error)
}

/// The value that so large a share does not exceed.
fn share(sorted: &[f64], share: f64) -> f64 {
    let place = (sorted.len() as f64 * share).ceil() as usize;
    sorted.get(place.saturating_sub(1)).copied().unwrap_or(f64::NAN)
}

fn moment(second: usize) -> Timestamp {
    i64::try_from(second).ok().and_then(|s| Timestamp::from_second(s).ok()).unwrap_or(Timestamp::UNIX_EPOCH)
}

fn load(path: &Path, world: &World, outcome: &mut Outcome) -> Result<()> {
    let mut ledger = Ledger::create(path).map_err(failed)?;
    let begun = Instant::now();
    for first in (0..world.events).step_by(BATCH) {
        let rows: Vec<_> = (first..(first + BATCH).min(world.events)).map(|n| world.row(n)).collect();
        ledger.load(&rows, moment(first)).map_err(failed)?;
        if first % (50 * BATCH) == 0 {
            eprintln!("  {first} rows in {:.0} s", begun.elapsed().as_secs_f64());
        }
    }
    let rate = world.events as f64 / begun.elapsed().as_secs_f64();
    let size = path.metadata().map_or(0, |data| data.len());
    eprintln!("  loaded at {rate:.0} rows/s, {} bytes an event", size / world.events as u64);
    outcome.values.insert("load".to_owned(), rate);
    outcome.notes.push(format!(
        "{} rows, {} bytes of the file for each",
        world.events,
        size / world.events as u64
    ));
    Ok(())
}

/// What the columns take: seconds until the first answer, memory while they are there.
fn memory(ledger: &Ledger, outcome: &mut Outcome) -> Result<()> {
    let before = resident();
    let begun = Instant::now();
    let view = ledger.overview(&Query::default()).map_err(failed)?;
    let seconds = begun.elapsed().as_secs_f64();
    let megabytes = (resident() - before) as f64 * 1024.0 / 1e6;
    eprintln!("  {} events read in {seconds:.1} s, {megabytes:.0} MB", view.events);
    outcome.values.insert("first".to_owned(), seconds);
    outcome.values.insert("memory".to_owned(), megabytes);
    Ok(())
}

/// Memory that the process holds, in KiB. Linux tells.
fn resident() -> i64 {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find_map(|l| l.strip_prefix("VmRSS:"));
    line.and_then(|l| l.trim().strip_suffix(" kB")?.parse().ok()).unwrap_or(0)
}

/// Coded documents into the full ledger: each in a transaction of its own, then several in one.
fn ingest(path: &Path, world: &World, outcome: &mut Outcome) -> Result<()> {
    let mut ledger = Ledger::open(path).map_err(failed)?;
    // A file that is used again has those of the last time.
    let known = usize::try_from(ledger.standing().map_err(failed)?.documents).unwrap_or(0);
    for (key, together, first) in [("add", 1, known), ("add_all", TOGETHER, known + DOCUMENTS)] {
        let coded: Vec<_> = (first..first + DOCUMENTS).map(|n| world.coded(n)).collect();
        let at = moment(world.events + first);
        let articles: Vec<Article> =
            coded.iter().map(|(document, report)| Article { document, report, at }).collect();
        let mut times = Vec::new();
        for some in articles.chunks(together) {
            let begun = Instant::now();
            ledger.add_all(some).map_err(failed)?;
            times.push(begun.elapsed().as_secs_f64() * 1000.0);
        }
        let reports: usize = coded.iter().map(|(_, report)| report.events().count()).sum();
        let rate = reports as f64 / times.iter().sum::<f64>() * 1000.0;
        times.sort_by(f64::total_cmp);
        let (middle, most) = (share(&times, 0.5), share(&times, 0.95));
        let told = format!(
            "{reports} reports of {DOCUMENTS} coded documents, {together} in a transaction: {rate:.0}/s, a transaction \
             {middle:.2} ms, 95 of 100 within {most:.2} ms"
        );
        eprintln!("  {told}");
        outcome.values.insert(key.to_owned(), rate);
        outcome.notes.push(told);
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_question_has_an_answer_in_a_small_world_and_a_bar_in_the_plan() {
        let folder = tempfile::tempdir().expect("folder");
        let path = folder.path().join("small.db");
        let world = World::new(3_000);
        load(&path, &world, &mut Outcome::default()).expect("loaded");
        let ledger = Ledger::open_read_only(&path).expect("opens");
        let plan = crate::Plan::speed().expect("a plan");
        let suite = plan.suites.iter().find(|s| s.name == "ledger").expect("a suite");
        for question in questions::all(&world) {
            assert!(
                question.times(&ledger).expect("answered").iter().all(|ms| *ms > 0.0),
                "{}",
                question.name
            );
            assert!(
                suite.measures.iter().any(|m| m.key == question.name && m.at_most == Some(100.0)),
                "{}",
                question.name
            );
        }
    }

    #[test]
    fn a_share_is_the_value_that_so_many_do_not_exceed() {
        let values: Vec<f64> = (1..=20).map(f64::from).collect();
        assert_eq!((share(&values, 0.5), share(&values, 0.95), share(&values, 1.0)), (10.0, 19.0, 20.0));
    }
}
