//! Answers that were given a moment ago and still hold: as long as the ledger does not change, the same question has the
//! same answer.

use std::collections::{BTreeMap, VecDeque};
use std::sync::{Mutex, PoisonError};

use axum::body::Bytes;

/// Bytes of all answers that are kept.
const ROOM: usize = 32 << 20;

/// Bytes of one of them: a larger one would push out too many others.
const LARGEST: usize = ROOM / 16;

/// An answer, and where its list goes on.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Answer {
    /// The body.
    pub body: Bytes,
    /// For `after`.
    pub next: Option<String>,
}

/// The answers, the oldest of which make room for new ones.
#[derive(Debug, Default)]
pub struct Kept(Mutex<Shelf>);

#[derive(Debug, Default)]
struct Shelf {
    /// By question; each with the mark of the change that it shows.
    answers: BTreeMap<String, (String, Answer)>,
    order: VecDeque<String>,
    bytes: usize,
}

impl Kept {
    /// The answer to a question, if it shows that change.
    pub fn find(&self, question: &str, tag: &str) -> Option<Answer> {
        let shelf = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        shelf.answers.get(question).filter(|(shown, _)| shown == tag).map(|(_, answer)| answer.clone())
    }

    /// Keeps an answer.
    pub fn keep(&self, question: String, tag: &str, answer: &Answer) {
        let mut shelf = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let size = answer.body.len() + question.len();
        if size > LARGEST {
            return;
        }
        match shelf.answers.insert(question.clone(), (tag.to_owned(), answer.clone())) {
            Some((_, last)) => shelf.bytes -= last.body.len() + question.len(),
            None => shelf.order.push_back(question),
        }
        shelf.bytes += size;
        while shelf.bytes > ROOM {
            let Some(oldest) = shelf.order.pop_front() else { break };
            let gone = shelf.answers.remove(&oldest).map_or(0, |(_, a)| a.body.len() + oldest.len());
            shelf.bytes -= gone;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn answer(size: usize) -> Answer {
        Answer { body: Bytes::from(vec![b'x'; size]), next: None }
    }

    #[test]
    fn an_answer_is_found_until_the_ledger_changes() {
        let kept = Kept::default();
        kept.keep("/events".into(), "1", &answer(3));
        assert_eq!(kept.find("/events", "1"), Some(answer(3)));
        assert_eq!(kept.find("/events", "2"), None);
        kept.keep("/events".into(), "2", &answer(5));
        assert_eq!((kept.find("/events", "1"), kept.find("/events", "2")), (None, Some(answer(5))));
    }

    #[test]
    fn the_oldest_make_room_and_what_is_too_large_is_not_kept() {
        let kept = Kept::default();
        for number in 0..100 {
            kept.keep(format!("/{number}"), "1", &answer(LARGEST - 100));
        }
        assert!(kept.find("/0", "1").is_none() && kept.find("/99", "1").is_some());
        kept.keep("/huge".into(), "1", &answer(LARGEST + 1));
        assert!(kept.find("/huge", "1").is_none());
        assert!(kept.0.lock().expect("shelf").bytes <= ROOM);
    }
}
