//! Where questions are answered: a few open ledgers, one question at a time on each.

use std::path::PathBuf;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError, RwLock};
use std::time::Duration;

use axum::http::StatusCode;
use tidings::Engine;
use tidings_ledger::{Interrupter, Ledger};
use tokio::sync::Semaphore;
use tokio::time::timeout;

use crate::changes::News;
use crate::error::Error;
use crate::kept::Kept;
use crate::options::{Limits, Options, Own};
use crate::problem::Problem;

/// What all requests share.
#[derive(Clone, Debug)]
pub struct Desk(Arc<Inner>);

struct Inner {
    options: Options,
    /// What the others are opened beside: they share what is in memory.
    first: Mutex<Ledger>,
    idle: Mutex<Vec<Ledger>>,
    turns: Arc<Semaphore>,
    writer: Option<Mutex<Ledger>>,
    coder: Option<RwLock<Coder>>,
    news: News,
    kept: Kept,
}

impl std::fmt::Debug for Inner {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        self.options.fmt(f)
    }
}

/// What codes, and by what; it changes when a correction is saved as a rule.
#[derive(Clone)]
pub struct Coder {
    /// The engine.
    pub engine: Arc<Engine>,
    /// Actors and rules of the user's own.
    pub own: Own,
    /// Where more of them are saved.
    pub folder: Option<PathBuf>,
}

/// A thread that panicked leaves a ledger as good as before: transactions of it are rolled back.
fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

/// A question that is under way. Where nobody waits for the answer any more, it is ended.
struct UnderWay {
    state: Arc<Mutex<State>>,
    interrupter: Interrupter,
}

#[derive(Default)]
struct State {
    done: bool,
    given_up: bool,
}

impl Drop for UnderWay {
    fn drop(&mut self) {
        let mut state = lock(&self.state);
        if !state.done {
            state.given_up = true;
            self.interrupter.interrupt();
        }
    }
}

impl Desk {
    /// Opens the ledger.
    pub fn open(mut options: Options) -> Result<Self, Error> {
        let writing = options.writing.take();
        // A writer comes first: it brings an older file up to date, and the log beside it is there for those who read.
        let writer = if writing.is_some() { Some(Mutex::new(Ledger::open(&options.ledger)?)) } else { None };
        let first = Mutex::new(Ledger::open_read_only(&options.ledger)?);
        let turns = Arc::new(Semaphore::new(options.limits.readers));
        let coder =
            writing.map(|w| RwLock::new(Coder { engine: Arc::new(w.engine), own: w.own, folder: w.folder }));
        let idle = Mutex::default();
        Ok(Self(Arc::new(Inner {
            options,
            first,
            idle,
            turns,
            writer,
            coder,
            news: News::default(),
            kept: Kept::default(),
        })))
    }

    /// Reads what most questions need into memory. What goes wrong here the first question will tell.
    pub fn warm(&self) {
        let _ = lock(&self.0.first).warm();
    }

    /// How much of everything.
    pub fn limits(&self) -> &Limits {
        &self.0.options.limits
    }

    /// What the server was started with.
    pub fn options(&self) -> &Options {
        &self.0.options
    }

    /// Answers that still hold.
    pub fn kept(&self) -> &Kept {
        &self.0.kept
    }

    /// Who waits for changes.
    pub fn news(&self) -> &News {
        &self.0.news
    }

    /// Puts a question to the ledger as it is at one moment.
    pub async fn ask<T: Send + 'static>(
        &self,
        question: impl FnOnce(&Ledger) -> Result<T, Problem> + Send + 'static,
    ) -> Result<T, Problem> {
        let Limits { queue, answer, .. } = *self.limits();
        let turn = timeout(queue, self.0.turns.clone().acquire_owned()).await;
        let Ok(Ok(turn)) = turn else {
            return Err(Problem::busy("too many questions are waiting"));
        };
        let idle = lock(&self.0.idle).pop();
        let desk = self.clone();
        let ledger = match idle {
            Some(ledger) => ledger,
            None => blocking(move || lock(&desk.0.first).reader()).await??,
        };
        let state = Arc::new(Mutex::new(State::default()));
        let under_way = UnderWay { state: state.clone(), interrupter: ledger.interrupter() };
        let desk = self.clone();
        let work = blocking(move || {
            let answer = ledger.at_one_moment(question);
            let mut state = lock(&state);
            state.done = true;
            if !state.given_up {
                lock(&desk.0.idle).push(ledger);
            }
            drop(turn);
            answer
        });
        let answered = timeout(answer, work).await;
        drop(under_way);
        answered.unwrap_or_else(|_| Err(too_slow(answer)))?
    }

    /// Changes the ledger, one after the other.
    pub async fn write<T: Send + 'static>(
        &self,
        change: impl FnOnce(&mut Ledger) -> Result<T, Problem> + Send + 'static,
    ) -> Result<T, Problem> {
        let desk = self.clone();
        blocking(move || match &desk.0.writer {
            Some(writer) => change(&mut lock(writer)),
            None => Err(only_reads()),
        })
        .await?
    }

    /// Whether the ledger may be changed.
    pub fn writes(&self) -> bool {
        self.0.writer.is_some()
    }

    /// What codes new documents, where they are taken.
    pub fn coder(&self) -> Result<Coder, Problem> {
        let coder = self.0.coder.as_ref().ok_or_else(only_reads)?;
        Ok(coder.read().unwrap_or_else(PoisonError::into_inner).clone())
    }

    /// From now on this one codes.
    pub fn set_coder(&self, new: Coder) {
        if let Some(coder) = &self.0.coder {
            *coder.write().unwrap_or_else(PoisonError::into_inner) = new;
        }
    }
}

/// Nothing can be changed here.
pub fn only_reads() -> Problem {
    Problem::new(StatusCode::FORBIDDEN, "this server only reads", "start it with `tidings serve --write`")
}

/// Runs what waits for the disk beside what waits for the network.
pub async fn blocking<T: Send + 'static>(work: impl FnOnce() -> T + Send + 'static) -> Result<T, Problem> {
    tokio::task::spawn_blocking(work).await.map_err(|_| {
        Problem::new(
            StatusCode::INTERNAL_SERVER_ERROR,
            "an error inside the server",
            "please report it with the address that you asked for",
        )
    })
}

fn too_slow(limit: Duration) -> Problem {
    Problem::new(
        StatusCode::SERVICE_UNAVAILABLE,
        format!("the answer took longer than {} s", limit.as_secs()),
        "ask for fewer days, one actor or one type",
    )
}
