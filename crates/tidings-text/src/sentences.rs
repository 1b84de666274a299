//! Where sentences end.
//!
//! One pass over the words: a stop, an abbreviation or a break of line is a candidate, and what stands on both sides
//! decides. Words and sentences agree on abbreviations because the same scanner finds them.

mod lines;
mod stops;

use crate::Span;
use crate::characters::{Page, is_blank};
use crate::words::token;
use lines::Lines;

/// The sentences of `text` inside `span`, trimmed of white space, in order, covering every visible character.
///
/// A blank line ends a sentence; a single line break does too unless the text is wrapped at a margin. A closing quotation
/// mark or bracket belongs to the sentence that it closes. Sentences inside one quotation are told apart.
pub fn sentences(text: &str, span: Span) -> Vec<Span> {
    let Some(page) = Page::new(text, span) else { return Vec::new() };
    let mut splitter =
        Splitter { page, lines: Lines::new(&page, span), out: Vec::new(), start: None, end: span.start };
    splitter.run(span.start);
    splitter.out
}

struct Splitter<'t> {
    page: Page<'t>,
    lines: Lines,
    out: Vec<Span>,
    /// Where the sentence that is being read began.
    start: Option<usize>,
    /// End of the last word read.
    end: usize,
}

impl Splitter<'_> {
    fn run(&mut self, mut at: usize) {
        let mut tokens = Vec::new();
        while let Some(c) = self.page.char(at) {
            if is_blank(c) {
                at += c.len_utf8();
                continue;
            }
            if self.lines.breaks(&self.page, self.end, at) {
                self.close(self.end);
            }
            let next = token(&self.page, at, c, &mut tokens);
            for word in tokens.drain(..) {
                self.word(word);
            }
            at = next.max(self.end);
        }
        self.close(self.end);
    }

    fn word(&mut self, word: Span) {
        if word.end <= self.end {
            return; // closed together with the sentence before
        }
        let start = *self.start.get_or_insert(word.start);
        self.end = word.end;
        if let Some(end) = stops::sentence_end(&self.page, start, word) {
            self.end = end;
            self.close(end);
        }
    }

    fn close(&mut self, end: usize) {
        if let Some(start) = self.start.take() {
            self.out.push(Span::new(start, end));
        }
    }
}

#[cfg(test)]
mod tests;
