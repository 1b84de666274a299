//! Many documents side by side, results in the order of the input, memory bounded.
//!
//! A reader thread takes a ticket for each item, workers do the work, the calling thread puts the results in order and
//! gives the ticket back: one slow item makes at most [`AHEAD`] items a worker wait in memory.

use std::collections::BTreeMap;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::sync::mpsc::{Receiver, RecvTimeoutError, Sender, channel, sync_channel};
use std::sync::{Mutex, PoisonError};
use std::thread;
use std::time::Duration;

/// Items in memory for each worker.
const AHEAD: usize = 4;

/// How soon a wish to stop is noticed.
const TICK: Duration = Duration::from_millis(50);

/// Whether all items were taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Ended {
    /// All of them.
    Complete,
    /// `stop` said so: what was begun was finished.
    Stopped,
}

/// Does `work` on each of `items` in `jobs` threads and hands the results to `sink` in the order of the items.
///
/// The reader is left alone when the work ends early: it may be waiting for a pipe that never says anything again.
pub fn in_order<T, R, E>(
    items: impl Iterator<Item = T> + Send + 'static,
    jobs: usize,
    stop: impl Fn() -> bool + Sync,
    work: impl Fn(T) -> R + Sync,
    mut sink: impl FnMut(R) -> Result<(), E>,
) -> Result<Ended, E>
where
    T: Send + 'static,
    R: Send,
{
    let jobs = jobs.max(1);
    let (take_ticket, give_ticket) = sync_channel::<()>(jobs * AHEAD);
    let (put, tasks) = channel::<T>();
    thread::spawn(move || {
        for item in items {
            if take_ticket.send(()).is_err() || put.send(item).is_err() {
                break;
            }
        }
    });
    let queue = Queue { tasks: Mutex::new(tasks), begun: AtomicUsize::new(0), halt: AtomicBool::new(false) };
    thread::scope(|scope| {
        let (done, results) = channel();
        for _ in 0..jobs {
            let done = done.clone();
            let (queue, stop, work) = (&queue, &stop, &work);
            scope.spawn(move || labour(queue, stop, work, &done));
        }
        drop(done);
        let outcome = collect(&results, &mut sink, &give_ticket);
        queue.halt.store(true, Ordering::SeqCst);
        outcome.map(|()| if stop() { Ended::Stopped } else { Ended::Complete })
    })
}

struct Queue<T> {
    tasks: Mutex<Receiver<T>>,
    /// Number of the next item.
    begun: AtomicUsize,
    /// The results are no longer wanted.
    halt: AtomicBool,
}

impl<T> Queue<T> {
    /// The next item with its number; `None` at the end. Items are numbered as they are taken, so those that were begun
    /// are always the first ones.
    fn next(&self, stop: &impl Fn() -> bool) -> Option<(usize, T)> {
        loop {
            if stop() || self.halt.load(Ordering::SeqCst) {
                return None;
            }
            let tasks = self.tasks.lock().unwrap_or_else(PoisonError::into_inner);
            match tasks.recv_timeout(TICK) {
                Ok(item) => return Some((self.begun.fetch_add(1, Ordering::SeqCst), item)),
                Err(RecvTimeoutError::Timeout) => {}
                Err(RecvTimeoutError::Disconnected) => return None,
            }
        }
    }
}

fn labour<T, R>(
    queue: &Queue<T>,
    stop: &impl Fn() -> bool,
    work: &impl Fn(T) -> R,
    done: &Sender<(usize, R)>,
) {
    while let Some((number, item)) = queue.next(stop) {
        if done.send((number, work(item))).is_err() {
            break;
        }
    }
}

fn collect<R, E>(
    results: &Receiver<(usize, R)>,
    sink: &mut impl FnMut(R) -> Result<(), E>,
    tickets: &Receiver<()>,
) -> Result<(), E> {
    let mut early = BTreeMap::new();
    let mut next = 0;
    for (number, result) in results {
        early.insert(number, result);
        while let Some(result) = early.remove(&next) {
            next += 1;
            let _ = tickets.try_recv();
            sink(result)?;
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn run(jobs: usize, sink: impl FnMut(usize) -> Result<(), usize>) -> Result<Ended, usize> {
        let slow_first = |n: usize| {
            thread::sleep(Duration::from_millis(if n.is_multiple_of(7) { 5 } else { 0 }));
            n
        };
        in_order(0..100, jobs, || false, slow_first, sink)
    }

    #[test]
    fn results_come_in_the_order_of_the_items() {
        for jobs in [1, 3, 8] {
            let mut seen = Vec::new();
            let keep = |n| {
                seen.push(n);
                Ok(())
            };
            assert_eq!(run(jobs, keep), Ok(Ended::Complete));
            assert_eq!(seen, (0..100).collect::<Vec<_>>());
        }
    }

    #[test]
    fn an_error_of_the_sink_ends_the_work() {
        assert_eq!(run(4, |n| if n == 10 { Err(n) } else { Ok(()) }), Err(10));
    }

    #[test]
    fn memory_is_bounded_while_one_item_is_slow() {
        let taken = std::sync::Arc::new(AtomicUsize::new(0));
        let counter = taken.clone();
        let items = (0..1000).inspect(move |_| {
            counter.fetch_add(1, Ordering::SeqCst);
        });
        let mut most_ahead = 0;
        let work = |n: usize| {
            thread::sleep(Duration::from_millis(u64::from(n == 0) * 100));
            n
        };
        let sink = |n: usize| -> Result<(), ()> {
            most_ahead = most_ahead.max(taken.load(Ordering::SeqCst) - n);
            Ok(())
        };
        assert_eq!(in_order(items, 2, || false, work, sink), Ok(Ended::Complete));
        assert!(most_ahead <= 2 * AHEAD + 2, "{most_ahead} items were in memory");
    }

    #[test]
    fn a_stop_finishes_what_was_begun_even_if_the_reader_never_answers() {
        let asked = AtomicBool::new(false);
        let (never, silent) = channel::<usize>();
        let mut seen = Vec::new();
        let sink = |n: usize| -> Result<(), ()> {
            seen.push(n);
            asked.store(true, Ordering::SeqCst);
            Ok(())
        };
        let items = std::iter::once(1).chain(silent);
        assert_eq!(in_order(items, 2, || asked.load(Ordering::SeqCst), |n| n, sink), Ok(Ended::Stopped));
        assert_eq!(seen, [1]);
        drop(never);
    }
}
