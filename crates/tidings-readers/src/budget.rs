//! A stream that gives up when one document takes too much of it: parsers hold a document in memory as they read it.

use std::io::{self, Read};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use crate::peek::Peek;

/// What parsers read ahead.
const AHEAD: u64 = 1 << 20;

/// How many bytes the stream may still give.
#[derive(Clone)]
pub(crate) struct Budget {
    left: Arc<AtomicU64>,
    largest: usize,
}

impl Budget {
    /// The stream with a budget for documents of at most `largest` bytes.
    pub(crate) fn over(stream: Peek, largest: usize) -> (Budgeted, Self) {
        let budget = Self { left: Arc::new(AtomicU64::new(0)), largest };
        budget.renew();
        (Budgeted { stream, budget: budget.clone() }, budget)
    }

    /// Another document begins.
    pub(crate) fn renew(&self) {
        self.left.store(self.largest as u64 + AHEAD, Ordering::Relaxed);
    }
}

/// See [`Budget::over`].
pub(crate) struct Budgeted {
    stream: Peek,
    budget: Budget,
}

impl Read for Budgeted {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let left = self.budget.left.load(Ordering::Relaxed);
        if left == 0 {
            return Err(io::Error::from(io::ErrorKind::FileTooLarge));
        }
        let most = buffer.len().min(usize::try_from(left).unwrap_or(usize::MAX));
        let read = self.stream.read(buffer.get_mut(..most).unwrap_or_default())?;
        self.budget.left.store(left - read as u64, Ordering::Relaxed);
        Ok(read)
    }
}
