//! How far the work is: one line on the terminal, after two seconds.

use std::io::{self, Write};
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::mpsc::{Receiver, RecvTimeoutError, Sender, channel};
use std::thread::{self, JoinHandle};
use std::time::{Duration, Instant};

use crate::terminal::Terminal;

/// Short work shows nothing.
const QUIET: Duration = Duration::from_secs(2);
const TICK: Duration = Duration::from_millis(250);
const CLEAR: &str = "\r\x1b[2K";

/// Counts what is done; its line goes when it is dropped.
pub struct Progress {
    done: Arc<AtomicUsize>,
    ticker: Option<(Sender<()>, JoinHandle<()>)>,
}

impl Progress {
    /// Begins to count.
    /// `thing` is what is counted, `done` what becomes of it.
    pub fn start(terminal: &Terminal, thing: &'static str, what: &'static str) -> Self {
        let done = Arc::new(AtomicUsize::new(0));
        let ticker = terminal.shows_progress().then(|| {
            let (end, ended) = channel();
            let counter = done.clone();
            (end, thread::spawn(move || tick((&counter, thing, what), &ended, QUIET, &mut io::stderr())))
        });
        Self { done, ticker }
    }

    /// One more is done.
    pub fn step(&self) {
        self.add(1);
    }

    /// So many more are done.
    pub fn add(&self, count: usize) {
        self.done.fetch_add(count, Ordering::Relaxed);
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
    (done, thing, what): (&AtomicUsize, &str, &str),
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
        write(&line((done.load(Ordering::Relaxed), thing, what), begun.elapsed()));
    }
    if shown {
        write(CLEAR);
    }
}

fn line((done, thing, what): (usize, &str, &str), time: Duration) -> String {
    let plural = if done == 1 { "" } else { "s" };
    format!("{CLEAR}{done} {thing}{plural} {what}, {} s (Ctrl-C stops)", time.as_secs())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_line_counts_documents() {
        assert!(line((1, "document", "coded"), Duration::from_secs(3)).contains("1 document coded, 3 s"));
        assert!(line((12, "document", "coded"), QUIET).contains("12 documents coded"));
    }

    fn shown(quiet: Duration, work: Duration) -> String {
        let (end, ended) = channel();
        let timer = thread::spawn(move || {
            thread::sleep(work);
            drop(end);
        });
        let mut stream = Vec::new();
        tick((&AtomicUsize::new(1), "document", "coded"), &ended, quiet, &mut stream);
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
