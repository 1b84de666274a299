//! The tokenizer: sentences and words cover the text in order, never overlap, and lie on letters' borders.
#![no_main]

use libfuzzer_sys::fuzz_target;
use tidings::text::{Span, fold, quotations, sentences, words};

fuzz_target!(|text: &str| {
    let whole = Span::new(0, text.len());
    let mut end = 0;
    for sentence in sentences(text, whole) {
        assert!(sentence.start >= end && text.get(sentence.start..sentence.end).is_some());
        end = sentence.end;
        let mut last = sentence.start;
        for word in words(text, sentence) {
            assert!(word.start >= last && word.end > word.start && word.end <= sentence.end);
            assert!(text.get(word.start..word.end).is_some_and(|w| !w.trim().is_empty()));
            last = word.end;
        }
    }
    for quotation in quotations(text, whole) {
        assert!(quotation.outer.end <= text.len());
    }
    let _ = fold(text);
});
