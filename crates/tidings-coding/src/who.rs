//! Who is meant by a phrase that stands alone: "the Norwegian foreign minister".

use jiff::civil::Date;
use tidings_actors::{Actor, Knowledge};
use tidings_language::Sentence;

use crate::mentions::{self, Candidate};

/// The actor that `text`, one phrase with its analysis, names at `date`: the one nearest to the top of the tree.
pub fn who(text: &str, sentences: &[Sentence], date: Option<Date>, knowledge: &Knowledge) -> Option<Actor> {
    sentences.iter().enumerate().find_map(|(number, sentence)| {
        mentions::candidates(number, sentence, text, date, knowledge)
            .into_iter()
            .filter(|c| c.actor.is_some())
            .min_by_key(|c| depth(sentence, c))
            .and_then(|c| c.actor)
    })
}

/// Steps from the word to the root of its sentence.
fn depth(sentence: &Sentence, candidate: &Candidate) -> usize {
    std::iter::successors(Some(candidate.head), |w| sentence.words.get(*w)?.head)
        .take(sentence.words.len())
        .count()
}
