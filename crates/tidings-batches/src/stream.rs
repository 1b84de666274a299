//! A stream of batches in, a stream of batches out: several processors, memory bounded, pulled by whoever reads it.

use std::collections::VecDeque;
use std::sync::mpsc::{Receiver, RecvTimeoutError, SyncSender, sync_channel};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use arrow_array::{RecordBatch, RecordBatchReader};
use arrow_schema::ArrowError;

use crate::coder::Coder;
use crate::error::{Error, Result};
use crate::threads::spawn;

/// Articles that a worker takes at a time: less than a second of work.
const SLICE: usize = 16;
/// Slices in memory for each worker.
const AHEAD: usize = 2;

/// Batches of events as their articles are pulled from a reader; in the order of the articles, whatever the workers do.
///
/// The input is read on the thread that asks for the output, all coding is done on threads of its own.
pub struct Stream {
    coder: Arc<Coder>,
    input: Box<dyn RecordBatchReader + Send>,
    /// What was read and not handed to a worker.
    rest: Option<RecordBatch>,
    jobs: usize,
    tasks: Option<SyncSender<Task>>,
    /// Results to come, in their order.
    waiting: VecDeque<Receiver<Result<RecordBatch>>>,
    failed: bool,
}

struct Task {
    articles: RecordBatch,
    events: SyncSender<Result<RecordBatch>>,
}

/// What comes of asking.
#[derive(Debug)]
pub enum Polled {
    /// The next rows.
    Batch(RecordBatch),
    /// Not yet.
    Pending,
    /// There are no more.
    End,
}

impl Stream {
    /// Nothing is read before the first batch is asked for; but columns that do not fit are an error at once.
    pub fn new(coder: Coder, input: Box<dyn RecordBatchReader + Send>, jobs: usize) -> Result<Self> {
        coder.code(&RecordBatch::new_empty(input.schema()))?;
        let (coder, jobs) = (Arc::new(coder), jobs.max(1));
        Ok(Self { coder, input, rest: None, jobs, tasks: None, waiting: VecDeque::new(), failed: false })
    }

    /// What codes.
    pub fn coder(&self) -> &Coder {
        &self.coder
    }

    /// The next batch, waiting for it no longer than `patience`. After an error it is at its end.
    pub fn poll(&mut self, patience: Duration) -> Result<Polled> {
        let polled = self.try_poll(patience);
        if polled.is_err() {
            self.failed = true;
            self.waiting.clear();
            self.tasks = None;
        }
        polled
    }

    fn try_poll(&mut self, patience: Duration) -> Result<Polled> {
        if self.failed {
            return Ok(Polled::End);
        }
        while self.waiting.len() < self.jobs * AHEAD {
            let Some(articles) = self.slice()? else { break };
            self.hand_out(articles);
        }
        let Some(next) = self.waiting.front() else {
            self.tasks = None;
            return Ok(Polled::End);
        };
        match next.recv_timeout(patience) {
            Err(RecvTimeoutError::Timeout) => Ok(Polled::Pending),
            Ok(events) => {
                self.waiting.pop_front();
                events.map(Polled::Batch)
            }
            Err(RecvTimeoutError::Disconnected) => {
                let hint = "please report it with the articles";
                Err(Error::told("a worker ended before its work: internal error", hint))
            }
        }
    }

    /// The next articles of the input.
    fn slice(&mut self) -> Result<Option<RecordBatch>> {
        loop {
            match self.rest.take() {
                Some(rest) if rest.num_rows() > 0 => {
                    let rows = rest.num_rows().min(SLICE);
                    self.rest = Some(rest.slice(rows, rest.num_rows() - rows));
                    return Ok(Some(rest.slice(0, rows)));
                }
                _ => match self.input.next() {
                    Some(batch) => self.rest = Some(batch.map_err(unreadable)?),
                    None => return Ok(None),
                },
            }
        }
    }

    fn hand_out(&mut self, articles: RecordBatch) {
        let (events, result) = sync_channel(1);
        let tasks = self.tasks.get_or_insert_with(|| workers(&self.coder, self.jobs));
        // A worker that is gone shows when its result is waited for.
        let _ = tasks.send(Task { articles, events });
        self.waiting.push_back(result);
    }
}

fn unreadable(error: ArrowError) -> Error {
    let error = match error {
        ArrowError::ExternalError(error) => error.to_string(),
        other => other.to_string(),
    };
    Error::told(format_args!("the articles cannot be read on: {error}"), "look at where they come from")
}

/// Threads that live as long as the sender.
fn workers(coder: &Arc<Coder>, jobs: usize) -> SyncSender<Task> {
    let (sender, tasks) = sync_channel::<Task>(jobs * AHEAD);
    let tasks = Arc::new(Mutex::new(tasks));
    for _ in 0..jobs {
        let (coder, tasks) = (coder.clone(), tasks.clone());
        spawn(move || {
            loop {
                let task = tasks.lock().unwrap_or_else(PoisonError::into_inner).recv();
                let Ok(Task { articles, events }) = task else { break };
                let _ = events.send(coder.code(&articles));
            }
        });
    }
    sender
}
