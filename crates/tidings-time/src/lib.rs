//! When is it? Time expressions to stretches of days, with precision and basis.
//!
//! [`timexes`] finds the expressions of an article and resolves them: against the calendar, the day of publication, the
//! tense of their clause, or a date told before. What cannot be resolved keeps its TIMEX3 value and has no interval.
//! [`publication::infer`] works out the day of publication where nothing states it.
//!
//! The way of the data: words → `tokens` (read by `lexicon`) → `pattern` (the table of forms) → `expression` →
//! `resolve` (`absolute`, `relative`, with `tense` and `calendar`) → `anchor` (what is counted from an event).

mod absolute;
mod anchor;
mod calendar;
mod expression;
mod feast;
mod lexicon;
mod meaning;
mod pattern;
pub mod publication;
mod relative;
mod resolve;
mod tense;
#[cfg(test)]
mod testing;
#[cfg(test)]
mod tests;
mod timex;
mod tokens;

use jiff::civil::Date;
use tidings_language::Sentence;

pub use anchor::{Counted, EventAnchor};
use expression::Expression;
use meaning::{Context, Meaning};
pub use timex::{Precision, Timex, TimexKind};

/// The time expressions of the sentences, in text order, never overlapping. `reference` is the day of publication;
/// without it what is counted from that day stays vague.
pub fn timexes(text: &str, sentences: &[Sentence], reference: Option<Date>) -> Vec<Timex> {
    let mut told = Vec::new();
    let mut events = Vec::new();
    for (number, sentence) in sentences.iter().enumerate() {
        let first = told.len();
        add_sentence(&mut told, text, number, sentence, reference);
        anchor::resolve(&mut told, first, text, sentence, &mut events);
    }
    told
}

fn add_sentence(
    told: &mut Vec<Timex>,
    text: &str,
    number: usize,
    sentence: &Sentence,
    reference: Option<Date>,
) {
    let mut open: Option<(usize, Expression, Meaning)> = None;
    for e in expression::expressions(text, sentence) {
        let tense = tense::tense(sentence, e.head);
        let perfect = tense::is_present_perfect(sentence, e.head);
        let context = Context { reference, tense, perfect, sentence: number, told, text };
        let Some(meaning) = resolve::resolve(&e, &context) else {
            open = None;
            continue;
        };
        told.push(timex(&e, &meaning, number));
        let range = open
            .take()
            .and_then(|(at, from, first)| Some((at, resolve::range(&first, &from, &meaning, tense)?)));
        if let Some((at, (first, last))) = range {
            for timex in told.iter_mut().skip(at) {
                (timex.from, timex.to, timex.precision) = (Some(first), Some(last), Precision::Interval);
            }
        }
        open = e.to_next.then(|| (told.len() - 1, e, meaning));
    }
}

fn timex(e: &Expression, meaning: &Meaning, sentence: usize) -> Timex {
    Timex {
        span: e.span,
        kind: meaning.kind,
        value: meaning.value.clone(),
        from: meaning.interval.map(|(from, _)| from),
        to: meaning.interval.map(|(_, to)| to),
        precision: meaning.precision,
        basis: meaning.basis.clone(),
        sentence,
        head: e.head,
        event: anchor::event(e, meaning),
    }
}
