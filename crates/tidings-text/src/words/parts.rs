//! Clitics, contractions and units that are written together with their word.

use crate::Span;
use crate::characters::{is_apostrophe, is_hyphen, is_modifier};
use crate::lexicon;

/// Adds the parts of one written word: "could" "n't" "'ve", "can" "not", "5" "km".
pub(super) fn push_parts(text: &str, span: Span, out: &mut Vec<Span>) {
    let word = span.of(text);
    let first_is_digit = word.starts_with(|c: char| c.is_ascii_digit());
    if first_is_digit && let Some(cut) = unit_cut(word) {
        out.push(Span::new(span.start, span.start + cut));
        out.push(Span::new(span.start + cut, span.end));
        return;
    }
    match lexicon::contraction(word) {
        Some(parts) => push_contraction(span, parts, out),
        None => push_clitics(text, span, out),
    }
}

fn push_contraction(span: Span, parts: &str, out: &mut Vec<Span>) {
    let mut start = span.start;
    for part in parts.split(' ') {
        out.push(Span::new(start, start + part.len()));
        start += part.len();
    }
}

/// Cuts clitics off the end, one after another, and adds what is left and them in the order of the text.
fn push_clitics(text: &str, span: Span, out: &mut Vec<Span>) {
    let mut end = span.end;
    let first = out.len();
    // Three at most ("wouldn't've's"): no English word has more.
    for _ in 0..3 {
        match clitic_cut(Span::new(span.start, end).of(text)) {
            Some(cut) => {
                out.push(Span::new(span.start + cut, end));
                end = span.start + cut;
            }
            None => break,
        }
    }
    out.push(Span::new(span.start, end));
    if let Some(added) = out.get_mut(first..) {
        added.reverse();
    }
}

/// Where the last clitic of `word` begins.
fn clitic_cut(word: &str) -> Option<usize> {
    let (at, mark) = word.char_indices().rev().take(4).find(|(_, c)| is_apostrophe(*c))?;
    let (head, tail) = (word.get(..at)?, word.get(at + mark.len_utf8()..)?);
    if tail.eq_ignore_ascii_case("t") && head.len() > 1 && head.ends_with(['n', 'N']) {
        return Some(at - 1);
    }
    (is_clitic(tail) && !head.is_empty() && !is_decade(head, tail)).then_some(at)
}

/// The letters after the apostrophe of a clitic other than "n't".
pub(super) fn is_clitic(tail: &str) -> bool {
    ["s", "m", "d", "re", "ve", "ll"].iter().any(|clitic| tail.eq_ignore_ascii_case(clitic))
}

/// "the 1960's": a plural, not a possessive.
fn is_decade(head: &str, tail: &str) -> bool {
    tail == "s"
        && matches!(head.len(), 2 | 4)
        && head.ends_with('0')
        && head.bytes().all(|b| b.is_ascii_digit())
}

/// Where the unit begins in "5km", "3.8bn", "7pm".
fn unit_cut(word: &str) -> Option<usize> {
    let letters = word.trim_end_matches('.').rfind(|c: char| !c.is_alphabetic()).map(|i| i + 1)?;
    let (figure, unit) = (word.get(..letters)?, word.get(letters..)?);
    let plain = figure.bytes().all(|b| b.is_ascii_digit() || matches!(b, b'.' | b',' | b':'));
    let is_unit = plain && !unit.is_empty() && !unit.chars().any(|c| is_hyphen(c) || is_modifier(c));
    (is_unit && lexicon::is_unit(unit.trim_end_matches('.'))).then_some(letters)
}
