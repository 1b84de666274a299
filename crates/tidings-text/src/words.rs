//! Words after the conventions of UD English EWT.
//!
//! Punctuation and clitics stand apart, abbreviations keep their stop, most hyphens part ("US - led", but "anti-war"),
//! figures keep their inner marks. Every look-ahead is bounded, so that the time is linear in the text.

mod address;
mod figures;
mod parts;

use crate::Span;
use crate::characters::{Page, is_apostrophe, is_blank, is_hyphen, is_modifier, is_word};
use crate::lexicon::{self, Abbreviation};

/// The words of `text` inside `span`: punctuation apart, clitics apart ("do" "n't", "Turkey" "'s").
///
/// In order, without overlaps, together covering every visible character. Empty where the span does not fit the text.
pub fn words(text: &str, span: Span) -> Vec<Span> {
    let Some(page) = Page::new(text, span) else { return Vec::new() };
    let mut out = Vec::with_capacity(span.len() / 5 + 1);
    let mut at = span.start;
    while let Some(c) = page.char(at) {
        at = if is_blank(c) { at + c.len_utf8() } else { token(&page, at, c, &mut out) };
    }
    out
}

/// Adds the word or words that start with `c` at byte `at`; returns where they end.
pub(crate) fn token(page: &Page, at: usize, c: char, out: &mut Vec<Span>) -> usize {
    if c.is_alphanumeric() {
        return word(page, at, out);
    }
    let end = symbol_end(page, at, c);
    out.push(Span::new(at, end));
    end
}

fn word(page: &Page, at: usize, out: &mut Vec<Span>) -> usize {
    if let Some(end) = address::address_end(page, at) {
        out.push(Span::new(at, end));
        return end;
    }
    let core = piece_end(page, at);
    let end = with_mark(page, at, core);
    parts::push_parts(page.text(), Span::new(at, end), out);
    end
}

/// The end of the run of letters and digits from `start`, over the marks that connect them.
fn piece_end(page: &Page, start: usize) -> usize {
    let mut at = start;
    while let Some(c) = page.char(at) {
        let joined = is_word(c)
            || c == '_'
            || page.char(at + c.len_utf8()).is_some_and(|next| connects(page, start, at, c, next));
        if !joined {
            break;
        }
        at += c.len_utf8();
    }
    at
}

/// Whether the mark `c` at `at` joins what stands before it (from `start`) to the character `next` after it.
fn connects(page: &Page, start: usize, at: usize, c: char, next: char) -> bool {
    if !next.is_alphanumeric() {
        return false;
    }
    let Some(before) = page.char_before(at).filter(|b| is_word(*b)) else { return false };
    let digits = before.is_ascii_digit() && next.is_ascii_digit();
    match c {
        '.' => digits || is_acronym(page, start, at),
        ':' => digits,
        ',' => digits && figures::is_thousands_comma(page, start, at),
        '/' => figures::is_date_slash(page, start, at) || is_short_slash(page, start, at),
        '&' => is_short_ampersand(page, start, at),
        '*' => before.is_alphabetic() && next.is_alphabetic(),
        c if is_apostrophe(c) => next.is_alphabetic(),
        c if is_hyphen(c) => keeps_hyphen(page, start, at, next),
        _ => false,
    }
}

/// "U.S", "p.m": single letters with stops between, up to and beyond `stop`.
fn is_acronym(page: &Page, start: usize, stop: usize) -> bool {
    let after = stop + 1;
    let single = page
        .char(after)
        .is_some_and(|c| c.is_alphabetic() && !page.char(after + c.len_utf8()).is_some_and(is_word));
    single && letters_with_stops(page.slice(start, stop))
}

fn letters_with_stops(piece: &str) -> bool {
    piece.split('.').all(|part| {
        let mut chars = part.chars();
        chars.next().is_some_and(char::is_alphabetic) && chars.next().is_none()
    })
}

/// "P&L", "AT&T": short runs of letters of one case on both sides.
fn is_short_ampersand(page: &Page, start: usize, at: usize) -> bool {
    let right = page.slice(at + 1, page.run(at + 1, char::is_alphabetic).min(at + 5));
    let left = page.slice(start, at);
    let short = |s: &str| s.len() <= 3 && s.chars().all(|c| c.is_ascii_alphabetic());
    short(left) && short(right)
}

/// "w/o", "c/o", "n/a": one letter, a slash, one letter.
fn is_short_slash(page: &Page, start: usize, at: usize) -> bool {
    let right = page.slice(at + 1, page.run(at + 1, is_word).min(at + 3));
    let pair = (page.slice(start, at), right);
    matches!(
        pair,
        ("w" | "c" | "i", "o") | ("n", "a") | ("N", "A") | ("l" | "a", "c") | ("L", "C") | ("I", "S" | "O")
    )
}

fn keeps_hyphen(page: &Page, start: usize, at: usize, next: char) -> bool {
    if next.is_ascii_digit() && page.char_before(at).is_some_and(|b| b.is_ascii_digit()) {
        return figures::is_number_hyphen(page, start, at);
    }
    let after_prefix = next.is_alphabetic() || next.is_ascii_digit();
    after_prefix && at - start < 12 && lexicon::is_hyphen_prefix(page.slice(start, at))
}

/// The end of the piece with the stop of an abbreviation or initial, or the sign of a currency ("US$"), where it has one.
fn with_mark(page: &Page, start: usize, end: usize) -> usize {
    match page.char(end) {
        Some('.') if takes_stop(page, start, end) => end + 1,
        Some('$') if end - start <= 3 && page.char(end + 1).is_some_and(|c| c.is_ascii_digit()) => end + 1,
        _ => end,
    }
}

fn takes_stop(page: &Page, start: usize, end: usize) -> bool {
    let piece = page.slice(start, end);
    if piece.contains('.') {
        return letters_with_stops(piece);
    }
    let after = end + 1;
    if page.char(after) == Some('.') {
        return false; // an ellipsis
    }
    if piece.chars().nth(1).is_none() && piece.chars().all(char::is_uppercase) {
        return is_initial(page, start, piece, after);
    }
    match lexicon::abbreviation(piece) {
        None => false,
        Some(Abbreviation::Number) => {
            page.char(page.run(after, |c| c == ' ')).is_some_and(|c| c.is_ascii_digit())
        }
        Some(Abbreviation::Place) => page.char_before(page.run_back(start, 2, is_blank)) == Some(','),
        Some(_) => true,
    }
}

/// A single capital with a stop is an initial before a name or another initial, not at the end of a sentence ("plan B.").
fn is_initial(page: &Page, start: usize, letter: &str, after: usize) -> bool {
    if page.char(after) == Some(',') {
        return true;
    }
    let next = page.run(after, |c| matches!(c, ' ' | '\u{A0}'));
    if !page.char(next).is_some_and(char::is_uppercase) {
        return false;
    }
    let end = page.run(next, is_word);
    let another = end == next + 1 && page.char(end) == Some('.');
    if letter == "I" && !another && page.char_before(page.run_back(start, 1, is_blank)) != Some('.') {
        return false; // the pronoun, or "World War I."
    }
    another || !lexicon::is_sentence_starter(page.slice(next, end))
}

/// The end of a token that starts with anything but a letter or digit.
fn symbol_end(page: &Page, at: usize, c: char) -> usize {
    let after = at + c.len_utf8();
    let next = page.char(after);
    if let Some(end) = emoticon_end(page, at, c) {
        return end;
    }
    match c {
        '.' if next.is_some_and(|n| n.is_ascii_digit()) && !page.char_before(at).is_some_and(is_word) => {
            page.run(after, |c| c.is_ascii_digit())
        }
        '.' => page.run(after, |c| c == '.'),
        '!' | '?' => page.run(after, |c| matches!(c, '!' | '?')),
        '+' if next.is_some_and(|n| n.is_ascii_digit()) && page.char_before(at).is_none_or(is_blank) => {
            piece_end(page, after)
        }
        '#' | '@'
            if next.is_some_and(char::is_alphabetic) && page.char_before(at).is_none_or(|b| !is_word(b)) =>
        {
            page.run(after, |c| is_word(c) || c == '_')
        }
        '-' | '=' | '*' | '~' | '_' | '#' | '+' | '<' | '>' | '|' | '^' | '\\' | '/' | '•' => {
            run_of(page, after, c)
        }
        c if is_apostrophe(c) => apostrophe_end(page, at, c),
        _ => cluster_end(page, c, after),
    }
}

/// A run of one character; a run of hyphens or equal signs may end in an arrow head.
fn run_of(page: &Page, after: usize, c: char) -> usize {
    let end = page.run(after, |next| next == c);
    if matches!(c, '-' | '=') && page.char(end) == Some('>') { end + 1 } else { end }
}

/// A face stands after a blank or the end of a sentence, and no letter follows it ("(see note:)" has none).
fn emoticon_end(page: &Page, at: usize, c: char) -> Option<usize> {
    if !matches!(c, ':' | ';' | '=' | '(' | '>' | '^' | '-') {
        return None;
    }
    let end = at + lexicon::emoticon(page.rest(at, 4))?.len();
    let free_before = page.char_before(at).is_none_or(|b| is_blank(b) || matches!(b, '.' | '!' | '?'));
    (free_before && page.char(end).is_none_or(|n| !n.is_alphanumeric())).then_some(end)
}

/// A leading apostrophe: a clitic or elision on its own ("'s", "'em"), a year ("'07"), a double mark ("''"), or one mark.
fn apostrophe_end(page: &Page, at: usize, c: char) -> usize {
    let after = at + c.len_utf8();
    let next = page.char(after);
    if next == Some(c) || (c == '\u{2018}' && next == Some('\u{2019}')) {
        return after + next.map_or(0, char::len_utf8);
    }
    let end = page.run(after, is_word).min(after + 8);
    let tail = page.slice(after, end);
    let elided = parts::is_clitic(tail) || matches!(tail, "em" | "n" | "til" | "cause" | "bout");
    let year = tail.strip_suffix('s').unwrap_or(tail);
    let year = year.len() == 2 && year.bytes().all(|b| b.is_ascii_digit());
    let closes = page.char(end).is_some_and(is_apostrophe);
    if (elided || year) && !closes && !page.char(end).is_some_and(is_word) {
        end
    } else {
        cluster_end(page, c, after)
    }
}

/// One character with what modifies it; emoji joined to emoji and pairs of flag letters stay together.
fn cluster_end(page: &Page, c: char, after: usize) -> usize {
    let is_flag = |c: char| ('\u{1F1E6}'..='\u{1F1FF}').contains(&c);
    let mut end = after;
    if is_flag(c) {
        end = page.char(end).filter(|c| is_flag(*c)).map_or(end, |c| end + c.len_utf8());
    }
    while let Some(c) = page.char(end).filter(|c| is_modifier(*c)) {
        end += c.len_utf8();
        let joined =
            page.char(end).filter(|next| c == '\u{200D}' && !is_blank(*next) && !next.is_alphanumeric());
        end += joined.map_or(0, char::len_utf8);
    }
    end
}

#[cfg(test)]
mod tests;
