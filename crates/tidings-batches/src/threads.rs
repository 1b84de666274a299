//! Threads that are used again, for callers that come back thousands of times.
//!
//! The kernels of the model keep something for every thread that ever called them. A thread a call would fill the memory
//! of a notebook that codes one text after the other; threads of the caller would be missing in a process that forks.

use std::process;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::sync::mpsc::{RecvTimeoutError, Sender, channel};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread;
use std::time::Duration;

type Job = Box<dyn FnOnce() + Send>;

/// Threads that wait for work.
struct Idle {
    /// A child that was forked has none of its parent's threads.
    process: u32,
    threads: Vec<Sender<Job>>,
}

static IDLE: Mutex<Idle> = Mutex::new(Idle { process: 0, threads: Vec::new() });

/// Does something with those that wait. Where another thread held the lock when the process was forked, nobody will ever
/// give it back: then there are none.
fn with_idle<T>(work: impl FnOnce(&mut Vec<Sender<Job>>) -> T) -> Option<T> {
    let mut idle = IDLE.try_lock().ok()?;
    if idle.process != process::id() {
        *idle = Idle { process: process::id(), threads: Vec::new() };
    }
    Some(work(&mut idle.threads))
}

/// Does `job` on a thread that has nothing to do, or on a new one.
pub fn spawn(job: impl FnOnce() + Send + 'static) {
    let mut job: Job = Box::new(job);
    while let Some(thread) = with_idle(Vec::pop).flatten() {
        match thread.send(job) {
            Ok(()) => return,
            Err(gone) => job = gone.0,
        }
    }
    thread::spawn(move || {
        let (sender, jobs) = channel();
        job();
        while with_idle(|idle| idle.push(sender.clone())).is_some() {
            let Ok(next): Result<Job, _> = jobs.recv() else { break };
            next();
        }
    });
}

/// Does `work` on all `items` on some threads; the results in the order of the items, none if a worker broke down.
///
/// While it waits it calls `tick` every `patience`; an error of that ends the waiting at once, and the workers after the
/// item that each has begun.
pub fn each<T, R, E>(
    items: Vec<T>,
    jobs: usize,
    work: impl Fn(T) -> R + Send + Sync + 'static,
    patience: Duration,
    mut tick: impl FnMut() -> Result<(), E>,
) -> Result<Option<Vec<R>>, E>
where
    T: Send + 'static,
    R: Send + 'static,
{
    let mut results: Vec<Option<R>> = items.iter().map(|_| None).collect();
    let tasks: Vec<Mutex<Option<T>>> = items.into_iter().map(|item| Mutex::new(Some(item))).collect();
    let shared = Arc::new((tasks, AtomicUsize::new(0), AtomicBool::new(false), work));
    let (done, finished) = channel();
    for _ in 0..jobs.clamp(1, results.len().max(1)) {
        let (shared, done) = (shared.clone(), done.clone());
        spawn(move || {
            let (tasks, next, stopped, work) = &*shared;
            while !stopped.load(Ordering::SeqCst) {
                let number = next.fetch_add(1, Ordering::SeqCst);
                let Some(task) = tasks.get(number) else { break };
                let item = task.lock().unwrap_or_else(PoisonError::into_inner).take();
                if item.is_none_or(|item| done.send((number, work(item))).is_err()) {
                    break;
                }
            }
        });
    }
    drop(done);
    let mut left = results.len();
    while left > 0 {
        match finished.recv_timeout(patience) {
            Ok((number, result)) => {
                left -= 1;
                if let Some(place) = results.get_mut(number) {
                    *place = Some(result);
                }
            }
            Err(RecvTimeoutError::Disconnected) => break,
            Err(RecvTimeoutError::Timeout) => {
                tick().inspect_err(|_| shared.2.store(true, Ordering::SeqCst))?;
            }
        }
    }
    Ok(results.into_iter().collect())
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;
    use std::sync::mpsc::sync_channel;

    use super::*;

    const PATIENCE: Duration = Duration::from_millis(5);

    fn never() -> Result<(), ()> {
        Ok(())
    }

    #[test]
    fn results_come_in_the_order_of_the_items_whatever_the_number_of_threads() {
        for jobs in [0, 1, 3, 200] {
            let work = |n: u64| {
                thread::sleep(Duration::from_millis(if n.is_multiple_of(7) { 3 } else { 0 }));
                n * 2
            };
            let expected: Vec<u64> = (0..50).map(|n| n * 2).collect();
            assert_eq!(each((0..50).collect(), jobs, work, PATIENCE, never), Ok(Some(expected)));
        }
        assert_eq!(each(Vec::<u64>::new(), 2, |n| n, PATIENCE, never), Ok(Some(Vec::new())));
    }

    #[test]
    fn a_thread_that_is_done_is_used_again() {
        let mut seen = BTreeSet::new();
        for _ in 0..100 {
            let name = each(vec![()], 1, |()| format!("{:?}", thread::current().id()), PATIENCE, never);
            seen.extend(name.expect("done").expect("a result"));
        }
        // Other tests take and give back threads at the same time.
        assert!(seen.len() < 50, "{} threads for 100 calls", seen.len());
    }

    #[test]
    fn an_error_of_the_tick_ends_the_waiting_at_once() {
        let (hold, held) = sync_channel::<()>(0);
        let held = Mutex::new(held);
        let work = move |n: usize| {
            let _ = held.lock().map(|held| held.recv());
            n
        };
        assert_eq!(each(vec![1, 2, 3], 1, work, PATIENCE, || Err("stop")), Err("stop"));
        drop(hold);
    }

    #[test]
    fn a_worker_that_breaks_down_is_told() {
        let work = |n: usize| assert_ne!(n, 1, "a fault of the test");
        assert_eq!(each(vec![1], 1, work, PATIENCE, never), Ok(None));
    }
}
