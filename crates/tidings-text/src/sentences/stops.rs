//! Whether a full stop, question mark or abbreviation ends its sentence.

use crate::Span;
use crate::characters::{Page, is_blank, is_closer, is_opening_quote, is_quote, is_word};
use crate::lexicon::{self, Abbreviation};

/// What ends, or might end, a sentence.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Mark {
    Stop,
    Question,
    Ellipsis,
    /// An abbreviation that may end a sentence before any capital.
    Closing,
    /// An abbreviation that ends a sentence before a word that opens sentences.
    Plain,
}

/// Where the sentence that began at `start` ends if it ends with `word`, its closing marks included.
pub(super) fn sentence_end(page: &Page, start: usize, word: Span) -> Option<usize> {
    let mark = mark_of(word.of(page.text()))?;
    if page.slice(start, word.start).chars().all(|c| !c.is_alphanumeric()) && mark != Mark::Question {
        return None; // "... and so on": nothing to end yet
    }
    let end = closers_end(page, word.end);
    let after = page.run(end, is_gap);
    let Some(next) = page.char(after) else { return Some(end) };
    if matches!(next, '\n' | '\r' | '\u{2028}' | '\u{2029}' | '\u{B}' | '\u{C}') {
        return None; // the line break decides
    }
    let context = Context { page, start, word, end, after, next };
    context.ends(mark).then_some(context.with_face())
}

fn is_gap(c: char) -> bool {
    is_blank(c) && !matches!(c, '\n' | '\r' | '\u{2028}' | '\u{2029}' | '\u{B}' | '\u{C}')
}

fn mark_of(word: &str) -> Option<Mark> {
    match word {
        "." | "。" | "．" => return Some(Mark::Stop),
        "…" => return Some(Mark::Ellipsis),
        _ => {}
    }
    let last = word.chars().next_back()?;
    match last {
        '!' | '?' | '！' | '？' | '؟' => Some(Mark::Question),
        '.' if word.starts_with('.') => Some(Mark::Ellipsis),
        '.' => abbreviation_mark(word.trim_end_matches('.')),
        _ => None,
    }
}

fn abbreviation_mark(form: &str) -> Option<Mark> {
    form.chars().nth(1)?; // an initial is none
    match lexicon::abbreviation(form) {
        Some(Abbreviation::Title | Abbreviation::Number) => None,
        Some(Abbreviation::Closing) => Some(Mark::Closing),
        Some(Abbreviation::Plain | Abbreviation::Place) => Some(Mark::Plain),
        None if matches!(form, "e.g" | "i.e" | "E.g" | "I.e") => None,
        None => form.contains('.').then_some(Mark::Plain),
    }
}

/// The end of the closing marks that follow a stop without a blank.
fn closers_end(page: &Page, from: usize) -> usize {
    let end = page.run(from, is_closer);
    // A straight mark before a letter opens the next sentence: `went.'Why`.
    let glued = page.char(end).is_some_and(is_word)
        && page.char_before(end).is_some_and(|c| matches!(c, '"' | '\'' | '*' | '_'));
    if glued && end > from { end - 1 } else { end }
}

/// A stop with what stands around it.
struct Context<'p, 't> {
    page: &'p Page<'t>,
    /// Start of the sentence.
    start: usize,
    /// The stop.
    word: Span,
    /// End of the closing marks behind the stop.
    end: usize,
    /// Start of the next word.
    after: usize,
    /// Its first character.
    next: char,
}

impl Context<'_, '_> {
    fn ends(&self, mark: Mark) -> bool {
        if self.after == self.end && self.end == self.word.end {
            return self.ends_without_blank(mark);
        }
        if self.next.is_lowercase() {
            return self.ends_before_small_letter(mark);
        }
        let goes_on =
            matches!(self.next, '.' | ',' | ';' | ':' | '!' | '?' | ')' | ']' | '…' | '–' | '—' | '/' | '%');
        if goes_on && self.with_face() == self.end {
            return false;
        }
        match mark {
            Mark::Stop => !self.is_list_number(),
            Mark::Question => !self.is_speech_tag(),
            Mark::Ellipsis | Mark::Closing => self.next_is_upper() || self.next_opens(),
            Mark::Plain => self.opens_sentence(),
        }
    }

    /// "party.The": a blank is missing; "3.5" and "a.b" are not ends.
    fn ends_without_blank(&self, mark: Mark) -> bool {
        let before = self.page.char_before(self.word.start);
        let after_word = before.is_some_and(|c| c.is_lowercase() || c.is_ascii_digit() || is_closer(c));
        match mark {
            Mark::Stop => after_word && (self.next.is_uppercase() || self.next_opens()),
            Mark::Question => after_word && self.next.is_uppercase(),
            _ => false,
        }
    }

    /// Writers who do without capitals; but `"Why?" he said`, "(what?) he".
    fn ends_before_small_letter(&self, mark: Mark) -> bool {
        let closed = self.end > self.word.end;
        match mark {
            Mark::Stop => !closed && !self.looks_abbreviated(),
            Mark::Question => !closed && !lexicon::is_speech_verb(self.next_word()),
            _ => false,
        }
    }

    /// An unlisted abbreviation before a small letter: short, and without a vowel or all capitals.
    fn looks_abbreviated(&self) -> bool {
        let word = self.page.slice(self.page.run_back(self.word.start, 6, is_word), self.word.start);
        let vowel = |c: char| matches!(c.to_ascii_lowercase(), 'a' | 'e' | 'i' | 'o' | 'u' | 'y' | '0'..='9');
        word.len() <= 4 && (!word.chars().any(vowel) || word.len() < 2)
    }

    fn next_is_upper(&self) -> bool {
        self.next.is_uppercase() || self.next.is_ascii_digit()
    }

    fn next_opens(&self) -> bool {
        is_opening_quote(self.next) || matches!(self.next, '"' | '\'' | '(' | '[' | '`')
    }

    fn next_word(&self) -> &str {
        let from = self.page.run(self.after, |c| is_quote(c) || matches!(c, '(' | '['));
        self.page.slice(from, self.page.run(from, is_word))
    }

    fn opens_sentence(&self) -> bool {
        let capital = self.next_word().starts_with(char::is_uppercase);
        capital
            && (lexicon::is_sentence_starter(self.next_word()) || is_quote(self.next) && self.next != '\'')
    }

    /// "3. The minister": the number of a list, not a sentence.
    fn is_list_number(&self) -> bool {
        let sentence = self.page.slice(self.start, self.word.start);
        let item = sentence.trim_start_matches(['(', '[', '*', '-', '#', ' ']);
        self.end == self.word.end
            && item.len() <= 4
            && !item.is_empty()
            && (item.bytes().all(|b| b.is_ascii_digit())
                || item.len() == 1
                || item.bytes().all(|b| matches!(b, b'I' | b'V' | b'X' | b'i' | b'v' | b'x')))
    }

    /// `"Why?" Smith asked.`: names and a verb of saying behind a closed quotation.
    fn is_speech_tag(&self) -> bool {
        let quoted = self.page.char_before(self.end).is_some_and(is_quote) && self.end > self.word.end;
        if !quoted || lexicon::is_sentence_starter(self.next_word()) {
            return false;
        }
        let words = self.page.rest(self.after, 80).split(' ');
        let verb = words.take(5).find(|word| word.starts_with(char::is_lowercase));
        verb.is_some_and(|word| {
            lexicon::is_speech_verb(word.trim_end_matches(|c: char| !c.is_alphanumeric()))
        })
    }

    /// The end of the sentence, with a face that stands behind the stop.
    fn with_face(&self) -> usize {
        match lexicon::emoticon(self.page.rest(self.after, 4)) {
            Some(face) if self.page.char(self.after + face.len()).is_none_or(is_blank) => {
                self.after + face.len()
            }
            _ => self.end,
        }
    }
}
