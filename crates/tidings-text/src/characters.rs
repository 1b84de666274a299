//! Classes of characters, and a page that is read by byte offset without a way to panic.

use crate::Span;

/// A stretch of a text to be read character by character.
#[derive(Clone, Copy)]
pub(crate) struct Page<'t> {
    text: &'t str,
    span: Span,
}

impl<'t> Page<'t> {
    /// Nothing where the span does not fit the text.
    pub(crate) fn new(text: &'t str, span: Span) -> Option<Self> {
        text.get(span.start..span.end).map(|_| Self { text, span })
    }

    /// The character that starts at byte `at`.
    pub(crate) fn char(&self, at: usize) -> Option<char> {
        let byte = *self.text.as_bytes().get(at).filter(|_| at < self.span.end)?;
        if byte < 0x80 { Some(byte as char) } else { self.text.get(at..self.span.end)?.chars().next() }
    }

    /// The character that ends at byte `at`.
    pub(crate) fn char_before(&self, at: usize) -> Option<char> {
        self.text.get(self.span.start..at)?.chars().next_back()
    }

    pub(crate) fn text(&self) -> &'t str {
        self.text
    }

    /// From byte `at` to the end, in at most `limit` bytes.
    pub(crate) fn rest(&self, at: usize, limit: usize) -> &'t str {
        let mut end = self.span.end.min(at.saturating_add(limit));
        while !self.text.is_char_boundary(end) {
            end -= 1;
        }
        self.text.get(at..end).unwrap_or("")
    }

    pub(crate) fn slice(&self, start: usize, end: usize) -> &'t str {
        self.text.get(start..end).unwrap_or("")
    }

    /// The end of the run of characters from `at` that satisfy `test`.
    pub(crate) fn run(&self, mut at: usize, test: impl Fn(char) -> bool) -> usize {
        while let Some(c) = self.char(at).filter(|c| test(*c)) {
            at += c.len_utf8();
        }
        at
    }

    /// The start of the run of characters before `at` that satisfy `test`, at most `limit` characters back.
    pub(crate) fn run_back(&self, mut at: usize, limit: usize, test: impl Fn(char) -> bool) -> usize {
        for _ in 0..limit {
            match self.char_before(at).filter(|c| test(*c)) {
                Some(c) => at -= c.len_utf8(),
                None => break,
            }
        }
        at
    }
}

/// White space, control characters and invisible direction marks: never part of a word.
pub(crate) fn is_blank(c: char) -> bool {
    c == ' '
        || (!c.is_ascii_graphic()
            && (c.is_whitespace()
                || c.is_control()
                || matches!(c, '\u{200B}' | '\u{200E}' | '\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{2060}'..='\u{2069}' | '\u{FEFF}')))
}

/// Characters that change the one before them: combining accents, variation selectors, joiners, the soft hyphen.
pub(crate) fn is_modifier(c: char) -> bool {
    c > '\u{AC}'
        && matches!(c,
            '\u{AD}' | '\u{300}'..='\u{36F}' | '\u{1AB0}'..='\u{1AFF}' | '\u{1DC0}'..='\u{1DFF}' | '\u{200C}' | '\u{200D}'
            | '\u{20D0}'..='\u{20FF}' | '\u{FE00}'..='\u{FE0F}' | '\u{FE20}'..='\u{FE2F}' | '\u{1F3FB}'..='\u{1F3FF}' | '\u{E0100}'..='\u{E01EF}')
}

/// Letters, digits and what belongs to them.
pub(crate) fn is_word(c: char) -> bool {
    c.is_alphanumeric() || is_modifier(c)
}

/// Apostrophes as they are typed, in place of the right one too.
pub(crate) fn is_apostrophe(c: char) -> bool {
    matches!(c, '\'' | '\u{2019}' | '`' | '\u{2BC}' | '\u{B4}' | '\u{2018}')
}

/// Hyphens; dashes are another class.
pub(crate) fn is_hyphen(c: char) -> bool {
    matches!(c, '-' | '\u{2010}' | '\u{2011}')
}

/// Marks that open a quotation and no other.
pub(crate) fn is_opening_quote(c: char) -> bool {
    matches!(c, '\u{201C}' | '\u{2018}' | '\u{AB}' | '\u{201E}' | '\u{201A}' | '\u{2039}' | '\u{201F}')
}

/// Marks that close a quotation or a bracket when nothing stands between them and the words; straight ones included.
pub(crate) fn is_closer(c: char) -> bool {
    matches!(c, '"' | '\'' | ')' | ']' | '}' | '\u{201D}' | '\u{2019}' | '\u{BB}' | '\u{203A}' | '*' | '_')
}

/// Marks of quotation, straight or typographic, on either side.
pub(crate) fn is_quote(c: char) -> bool {
    is_opening_quote(c) || matches!(c, '"' | '\'' | '\u{201D}' | '\u{2019}' | '\u{BB}' | '\u{203A}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_page_never_reads_outside_its_span() {
        let text = "a–b";
        let page = Page::new(text, Span::new(0, 4)).expect("on boundaries");
        assert_eq!(page.char(1), Some('–'));
        assert_eq!(page.char(2), None, "inside a character");
        assert_eq!(page.char(4), None, "past the end");
        assert_eq!(page.char_before(4), Some('–'));
        assert_eq!(page.rest(0, 2), "a");
        assert!(Page::new(text, Span::new(0, 2)).is_none());
        assert!(Page::new(text, Span::new(3, 99)).is_none());
    }

    #[test]
    fn the_soft_hyphen_is_part_of_a_word_and_direction_marks_are_blank() {
        assert!(is_word('\u{AD}'));
        assert!(is_blank('\u{200F}'));
        assert!(is_blank('\0'));
        assert!(is_blank('\u{A0}'));
        assert!(!is_blank('…'));
    }
}
