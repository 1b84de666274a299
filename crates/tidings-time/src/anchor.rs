//! Expressions that are counted from an event: "two weeks after the coup", "the day before the vote".
//!
//! Where the text gives the event a date ("the coup of 1 February", "the vote was held on 8 March"), or the event is a date
//! itself ("the day after Christmas"), the expression is resolved here; the coder resolves the rest once its events have
//! dates.

use tidings_language::{Relation, Sentence, Upos};

use crate::calendar::{self, Interval, Unit};
use crate::expression::Expression;
use crate::meaning::{Meaning, precision};
use crate::pattern::{Match, Rule};
use crate::relative::unit;
use crate::tokens::Token;
use crate::{Precision, Timex, TimexKind};

/// "… after the coup": the words around an expression that name an event.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct EventSignal {
    /// -1 before, 1 after.
    sign: i64,
    /// Head word of the event.
    word: usize,
}

/// The event that an expression is counted from, and how.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct EventAnchor {
    /// The event's head word in the sentence of the expression.
    pub word: usize,
    unit: Unit,
    count: i64,
    rough: bool,
}

/// Words between an expression and its event.
const SIGNALS: &[(&[&str], i64)] = &[
    (&["after"], 1),
    (&["before"], -1),
    (&["following"], 1),
    (&["prior", "to"], -1),
    (&["ahead", "of"], -1),
];

/// The event named behind a length of time or "the day".
pub(crate) fn signal(found: &Match, tokens: &[Token], sentence: &Sentence) -> Option<EventSignal> {
    if !matches!(found.rule, Rule::Duration | Rule::Stretch | Rule::DayBefore | Rule::DayAfter) {
        return None;
    }
    let stands = |words: &[&str]| {
        words.iter().zip(found.end..).all(|(word, at)| tokens.get(at).is_some_and(|t| t.lower == *word))
    };
    let (words, sign) = SIGNALS.iter().find(|(words, _)| stands(words))?;
    let last = tokens.get(found.end + words.len() - 1)?.word;
    Some(EventSignal { sign: *sign, word: event_word(sentence, last)? })
}

/// The head of the phrase or clause that a preposition or conjunction opens.
fn event_word(sentence: &Sentence, signal: usize) -> Option<usize> {
    let marked = sentence.words.get(signal)?.head.filter(|h| *h > signal);
    let names = |w: &usize| {
        sentence.words.get(*w).is_some_and(|w| matches!(w.upos, Upos::Noun | Upos::Propn | Upos::Verb))
    };
    marked.filter(names).or_else(|| (signal + 1..sentence.words.len()).find(names))
}

/// What an expression is counted from.
pub(crate) fn event(e: &Expression, meaning: &Meaning) -> Option<EventAnchor> {
    let signal = e.event.filter(|_| meaning.interval.is_none())?;
    let amount = e.captures.amount;
    let count = amount.map_or(1, |a| a.count).checked_mul(signal.sign)?;
    let bare = e.rule == Rule::Stretch;
    Some(EventAnchor {
        word: signal.word,
        unit: unit(e)?,
        count,
        rough: bare || amount.is_some_and(|a| a.rough || a.stated.is_none()),
    })
}

impl Timex {
    /// Counts from the days of its event; nothing where it has none or the calendar ends.
    pub fn count_from(&mut self, days: Interval, event: &str) {
        let Some(anchor) = &self.event else { return };
        let Some((from, to, exact)) = anchor.counted(days) else { return };
        (self.from, self.to) = (Some(from), Some(to));
        self.precision = if exact { precision(anchor.unit) } else { Precision::Approximate };
        self.basis = format!("relative to \"{event}\"");
        if exact && self.kind == TimexKind::Date {
            self.value = anchor.unit.value(from);
        }
    }
}

/// Days worked out for an event.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Counted {
    /// As records write them.
    pub value: String,
    /// How exact they are.
    pub precision: Precision,
}

impl EventAnchor {
    /// The days of the event, where those of what the expression dates are known: "on 2 March, two days after talks failed".
    pub fn counted_back(&self, days: Interval) -> Option<Counted> {
        let back = Self { count: self.count.checked_neg()?, ..self.clone() };
        let (from, to, exact) = back.counted(days)?;
        let precision = if exact { precision(self.unit) } else { Precision::Approximate };
        Some(Counted { value: calendar::interval_text((from, to)), precision })
    }

    /// The days so long after or before `days`, and whether they are exact.
    fn counted(&self, (first, last): Interval) -> Option<(jiff::civil::Date, jiff::civil::Date, bool)> {
        let near = self.unit.around(self.unit.add(first, self.count)?)?;
        let far = self.unit.around(self.unit.add(last, self.count)?)?;
        let exact = near == far && !self.rough && self.unit >= Unit::Day;
        Some((near.0.min(far.0), near.1.max(far.1), exact))
    }
}

/// A word whose event the text dates, and the expression that does.
pub(crate) type DatedWord = (String, usize);

/// Resolves the expressions of a sentence (those from `first` on) that are counted from an event, then remembers which of
/// its words are dated.
pub(crate) fn resolve(
    told: &mut [Timex],
    first: usize,
    text: &str,
    sentence: &Sentence,
    events: &mut Vec<DatedWord>,
) {
    for index in first..told.len() {
        let Some(anchor) = &told[index].event else { continue };
        let found = date_itself(told, first, sentence, anchor.word)
            .or_else(|| dated_before(sentence, anchor.word, events));
        let Some(source) = found.and_then(|at| told.get(at)) else { continue };
        if let Some(days) = source.from.zip(source.to) {
            let words = source.span.of(text).to_owned();
            told[index].count_from(days, &words);
        }
    }
    for (index, timex) in told.iter().enumerate().skip(first) {
        if timex.dates() && timex.from.is_some() && timex.precision <= Precision::Year {
            events.extend(dated_words(sentence, timex.head).into_iter().map(|word| (word, index)));
        }
    }
}

/// "the day after Christmas".
fn date_itself(told: &[Timex], first: usize, sentence: &Sentence, word: usize) -> Option<usize> {
    let span = sentence.words.get(word)?.span;
    let names = |t: &Timex| t.span.contains(span) && t.from.is_some();
    told.iter().skip(first).position(names).map(|at| first + at)
}

/// "the coup", where a coup was dated; "a coup" is a new one.
fn dated_before(sentence: &Sentence, word: usize, events: &[DatedWord]) -> Option<usize> {
    let new =
        sentence.children(word).any(|c| matches!(sentence.words[c].lemma.as_str(), "a" | "an" | "another"));
    let lemma = sentence.words[word].lemma.to_lowercase();
    let found = events.iter().rev().find(|(dated, _)| *dated == lemma);
    found.filter(|_| !new).map(|(_, timex)| *timex)
}

/// Lemmas of the event that a date belongs to: the noun it modifies, or the verb with the nouns that take part.
fn dated_words(sentence: &Sentence, head: usize) -> Vec<String> {
    let lemma = |w: usize| sentence.words[w].lemma.to_lowercase();
    let Some(governor) = sentence.words.get(head).and_then(|w| w.head) else { return Vec::new() };
    if sentence.words[governor].upos != Upos::Verb {
        return vec![lemma(governor)];
    }
    let takes_part = |c: &usize| {
        let relation = sentence.words[*c].relation;
        let part = relation.is(Relation::Nsubj) || relation.is(Relation::Obj) || relation.is(Relation::Obl);
        part && *c != head && sentence.words[*c].upos == Upos::Noun
    };
    let nouns = sentence.children(governor).filter(takes_part).map(lemma);
    std::iter::once(lemma(governor)).chain(nouns).collect()
}
