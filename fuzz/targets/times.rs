//! The grammar of times and numbers, over words that no model has read: every word hangs on the one before.
#![no_main]

use jiff::civil::date;
use libfuzzer_sys::fuzz_target;
use tidings::language::{Relation, Sentence, Upos, Word};
use tidings::text::{Span, sentences, words};

fn read(text: &str, span: Span) -> Sentence {
    let word = |(number, span): (usize, Span)| Word {
        span,
        form: span.of(text).to_owned(),
        lemma: span.of(text).to_lowercase(),
        upos: if span.of(text).starts_with(|c: char| c.is_ascii_digit()) { Upos::Num } else { Upos::Noun },
        features: "".into(),
        head: number.checked_sub(1),
        relation: if number == 0 { Relation::Root } else { Relation::Nmod },
        factuality: 0.0,
    };
    Sentence { span, words: words(text, span).into_iter().enumerate().map(word).collect(), ..Sentence::default() }
}

fuzz_target!(|text: &str| {
    let all: Vec<Sentence> =
        sentences(text, Span::new(0, text.len())).into_iter().map(|span| read(text, span)).collect();
    for reference in [None, Some(date(2026, 11, 3)), Some(date(9999, 12, 31)), Some(date(1, 1, 1))] {
        for timex in tidings::time::timexes(text, &all, reference) {
            assert!(text.get(timex.span.start..timex.span.end).is_some());
        }
    }
});
