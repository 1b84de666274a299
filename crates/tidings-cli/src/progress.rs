//! How far the work is: one line on the terminal, after two seconds.

use std::io::{self, Write};
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::mpsc::{Receiver, RecvTimeoutError, Sender, channel};
use std::sync::{Arc, OnceLock};
use std::thread::{self, JoinHandle};
use std::time::{Duration, Instant};

use crate::terminal::Terminal;

/// Short work shows nothing.
const QUIET: Duration = Duration::from_secs(2);
const TICK: Duration = Duration::from_millis(250);
const CLEAR: &str = "\r\x1b[2K";

/// Counts what is done; its line goes when it is dropped.
pub struct Progress {
    count: Arc<Count>,
    ticker: Option<(Sender<()>, JoinHandle<()>)>,
}

#[derive(Default)]
struct Count {
    done: AtomicU64,
    bytes: AtomicU64,
    /// Bytes of everything; 0 where that is not known.
    of: AtomicU64,
    /// What an earlier run had done: things and bytes.
    before: OnceLock<(u64, u64)>,
}

impl Progress {
    /// Begins to count.
    /// `thing` is what is counted, `done` what becomes of it.
    pub fn start(terminal: &Terminal, thing: &'static str, what: &'static str) -> Self {
        let count = Arc::new(Count::default());
        let ticker = terminal.shows_progress().then(|| {
            let (end, ended) = channel();
            let counter = count.clone();
            (end, thread::spawn(move || tick((&counter, thing, what), &ended, QUIET, &mut io::stderr())))
        });
        Self { count, ticker }
    }

    /// One more is done.
    pub fn step(&self) {
        self.add(1);
    }

    /// So many more are done.
    pub fn add(&self, count: usize) {
        self.count.done.fetch_add(count as u64, Ordering::Relaxed);
    }

    /// So many are done, of all inputs so many bytes. What the first call says but for one thing was done before.
    pub fn at(&self, done: u64, bytes: u64, of: u64) {
        self.count.before.get_or_init(|| (done.saturating_sub(1), if done > 1 { bytes } else { 0 }));
        self.count.of.store(of, Ordering::Relaxed);
        self.count.bytes.store(bytes, Ordering::Relaxed);
        self.count.done.store(done, Ordering::Relaxed);
    }
}

impl Drop for Progress {
    fn drop(&mut self) {
        if let Some((end, thread)) = self.ticker.take() {
            drop(end);
            let _ = thread.join();
        }
    }
}

/// A closed stream is no reason to stop.
fn tick(
    (count, thing, what): (&Count, &str, &str),
    ended: &Receiver<()>,
    quiet: Duration,
    stream: &mut impl Write,
) {
    let begun = Instant::now();
    let mut pause = quiet;
    let mut write = |text: &str| {
        let _ = stream.write_all(text.as_bytes()).and_then(|()| stream.flush());
    };
    let mut shown = false;
    while ended.recv_timeout(pause) == Err(RecvTimeoutError::Timeout) {
        pause = TICK;
        shown = true;
        write(&line((count, thing, what), begun.elapsed()));
    }
    if shown {
        write(CLEAR);
    }
}

fn line((count, thing, what): (&Count, &str, &str), time: Duration) -> String {
    let done = count.done.load(Ordering::Relaxed);
    let plural = if done == 1 { "" } else { "s" };
    let course = course(count, time);
    format!("{CLEAR}{done} {thing}{plural} {what}, {course}{} s (Ctrl-C stops)", time.as_secs())
}

/// Rate, share and remaining time, where the whole is known.
fn course(count: &Count, time: Duration) -> String {
    let number = |n: &AtomicU64| n.load(Ordering::Relaxed);
    let (done, bytes, of) = (number(&count.done), number(&count.bytes), number(&count.of));
    let (things, read) = count.before.get().copied().unwrap_or((0, 0));
    let (things, read) = (done.saturating_sub(things), bytes.saturating_sub(read));
    if of == 0 || things == 0 || time.is_zero() {
        return String::new();
    }
    let seconds = time.as_secs_f64();
    let left = if read > 0 { seconds * of.saturating_sub(bytes) as f64 / read as f64 } else { 0.0 };
    let megabytes = |n: u64| n as f64 / 1e6;
    format!(
        "{:.1}/s, {:.0} of {:.0} MB, {} left, ",
        things as f64 / seconds,
        megabytes(bytes),
        megabytes(of),
        duration(left as u64)
    )
}

/// "2 h 5 min", "12 min", "40 s".
fn duration(seconds: u64) -> String {
    match (seconds / 3600, seconds / 60 % 60) {
        (0, 0) => format!("{seconds} s"),
        (0, minutes) => format!("{minutes} min"),
        (hours, minutes) => format!("{hours} h {minutes} min"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_line_counts_documents() {
        let count = |done: u64| Count { done: AtomicU64::new(done), ..Count::default() };
        assert!(
            line((&count(1), "document", "coded"), Duration::from_secs(3)).contains("1 document coded, 3 s")
        );
        assert!(line((&count(12), "document", "coded"), QUIET).contains("12 documents coded"));
    }

    #[test]
    fn the_line_says_how_fast_it_goes_and_how_long_it_will_take() {
        let progress = Progress { count: Arc::new(Count::default()), ticker: None };
        // 1,000 documents and a fifth of the bytes were there before; in ten seconds came 100 and a tenth.
        progress.at(1_001, 20_000_000, 100_000_000);
        progress.at(1_100, 30_000_000, 100_000_000);
        let told = line((&progress.count, "document", "coded"), Duration::from_secs(10));
        assert!(told.contains("1100 documents coded, 10.0/s, 30 of 100 MB, 1 min left"), "{told}");
        assert_eq!([duration(40), duration(125), duration(7_500)], ["40 s", "2 min", "2 h 5 min"]);
    }

    fn shown(quiet: Duration, work: Duration) -> String {
        let (end, ended) = channel();
        let timer = thread::spawn(move || {
            thread::sleep(work);
            drop(end);
        });
        let mut stream = Vec::new();
        let count = Count { done: AtomicU64::new(1), ..Count::default() };
        tick((&count, "document", "coded"), &ended, quiet, &mut stream);
        timer.join().expect("timer");
        String::from_utf8(stream).expect("UTF-8")
    }

    #[test]
    fn short_work_shows_nothing_and_long_work_leaves_nothing() {
        assert_eq!(shown(QUIET, Duration::from_millis(20)), "");
        let long = shown(Duration::from_millis(10), Duration::from_millis(300));
        assert!(long.contains("1 document coded"), "{long}");
        assert!(long.ends_with(CLEAR), "{long}");
    }
}
