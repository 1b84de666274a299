//! The blocks of a page: its lines, or its paragraphs where lines are wrapped at a margin.

use tidings_text::Span;

use super::{Part, PartKind};

/// Longer lines are read as body without a look at them: no headline, caption or credit is that long.
pub(super) const LONGEST_LINE: usize = 700;

/// Lines shorter than this are not the product of a margin.
const NARROWEST_MARGIN: usize = 40;

/// A line or paragraph with what it was found to be.
#[derive(Debug)]
pub(super) struct Block<'t> {
    /// Its words, trimmed.
    pub(super) text: &'t str,
    /// Where it is.
    pub(super) span: Span,
    /// What it is: one piece, or several where a line has two purposes.
    pub(super) pieces: Vec<Part>,
}

impl<'t> Block<'t> {
    fn new(text: &'t str, span: Span) -> Self {
        Self { text: span.of(text), span, pieces: vec![Part::new(PartKind::Body, span)] }
    }

    /// A line whose purpose is known.
    pub(super) fn marked(text: &'t str, part: Part) -> Self {
        Self { text: part.span.of(text), span: part.span, pieces: vec![part] }
    }

    /// Whether nothing has been found about it yet.
    pub(super) fn is_body(&self) -> bool {
        self.pieces.iter().all(|p| p.kind == PartKind::Body)
    }

    /// Whether some piece of it is of `kind`.
    pub(super) fn has(&self, kind: PartKind) -> bool {
        self.pieces.iter().any(|p| p.kind == kind)
    }

    /// Whether all of it is to be removed.
    pub(super) fn is_furniture(&self) -> bool {
        self.pieces.iter().all(|p| p.remove)
    }

    /// All of it is `kind`.
    pub(super) fn set(&mut self, kind: PartKind) {
        self.pieces = vec![Part::new(kind, self.span)];
    }

    /// What stands before byte `at` of its text is `before`, the rest `after`.
    pub(super) fn split(&mut self, at: usize, before: PartKind, after: PartKind) {
        let (head, tail) = (self.text.get(..at).unwrap_or(""), self.text.get(at..).unwrap_or(""));
        if trimmed(head).is_empty() || trimmed(tail).is_empty() {
            return self.set(if trimmed(head).is_empty() { after } else { before });
        }
        let first = self.span.start + head.len() - head.trim_start_matches(is_blank).len();
        let end = self.span.start + head.trim_end_matches(is_blank).len();
        let start = self.span.end - tail.trim_start_matches(is_blank).len();
        self.pieces =
            vec![Part::new(before, Span::new(first, end)), Part::new(after, Span::new(start, self.span.end))];
    }

    /// Number of words; a long block is not counted to its end.
    pub(super) fn words(&self) -> usize {
        self.text.split_whitespace().take(LONGEST_LINE).count()
    }

    /// Whether it is too long to be anything but body.
    pub(super) fn is_long(&self) -> bool {
        self.text.len() > LONGEST_LINE
    }
}

/// The blocks of `text` in order; they hold every visible character. `stands_alone` knows lines that never belong to a
/// wrapped paragraph.
pub(super) fn blocks<'t>(text: &'t str, stands_alone: impl Fn(&str) -> bool) -> Vec<Block<'t>> {
    let lines = lines(text);
    let spans = match margin(text, &lines) {
        None => lines.iter().map(|l| l.span).collect(),
        Some(margin) => unwrapped(text, &lines, margin, stands_alone),
    };
    spans.into_iter().map(|span| Block::new(text, span)).collect()
}

/// What cannot be seen: white space, marks of direction, byte order marks, NUL.
pub(crate) fn is_blank(c: char) -> bool {
    c.is_whitespace()
        || c.is_control()
        || matches!(c, '\u{200B}'..='\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{2060}' | '\u{2066}'..='\u{2069}' | '\u{FEFF}')
}

fn trimmed(text: &str) -> &str {
    text.trim_matches(is_blank)
}

#[derive(Clone, Copy)]
struct Line {
    span: Span,
    /// Whether a blank line, or the start of the text, stands before it.
    after_gap: bool,
}

fn ends_line(c: char) -> bool {
    matches!(c, '\n' | '\r' | '\u{85}' | '\u{2028}' | '\u{2029}' | '\u{C}')
}

/// The lines that hold something, trimmed.
fn lines(text: &str) -> Vec<Line> {
    let mut out = Vec::new();
    let mut start = 0;
    let mut after_gap = true;
    for raw in text.split_inclusive(ends_line) {
        let line = trimmed(raw);
        if line.is_empty() {
            // "\r\n" is one end of line, not an empty line.
            after_gap |= !(raw == "\n" && text.get(..start).is_some_and(|before| before.ends_with('\r')));
        } else {
            let first = start + raw.len() - raw.trim_start_matches(is_blank).len();
            out.push(Line { span: Span::new(first, first + line.len()), after_gap });
            after_gap = raw.ends_with('\u{2029}');
        }
        start += raw.len();
    }
    out
}

/// The longest line where the text is wrapped at a margin: a fifth of the lines go on with a small letter.
fn margin(text: &str, lines: &[Line]) -> Option<usize> {
    let pairs = || lines.iter().zip(lines.iter().skip(1)).filter(|(_, next)| !next.after_gap);
    let goes_on = |(line, next): &(&Line, &Line)| {
        line.span.len() >= NARROWEST_MARGIN && next.span.of(text).starts_with(char::is_lowercase)
    };
    let continued = pairs().filter(goes_on).count();
    let longest = pairs().map(|(line, _)| line.span.len()).max()?;
    (continued > 0 && continued * 5 >= pairs().count()).then_some(longest)
}

fn unwrapped(text: &str, lines: &[Line], margin: usize, stands_alone: impl Fn(&str) -> bool) -> Vec<Span> {
    let mut out: Vec<Span> = Vec::new();
    let mut last: Option<(Span, bool)> = None;
    for line in lines {
        let words = line.span.of(text);
        let alone = words.len() <= LONGEST_LINE && stands_alone(words);
        let next_word = words.find(char::is_whitespace).unwrap_or(words.len());
        let full = last.is_some_and(|(before, _)| before.len() + 1 + next_word >= margin * 2 / 3);
        let joins = !line.after_gap && !alone && full && last.is_some_and(|(_, alone)| !alone);
        match out.last_mut() {
            Some(paragraph) if joins => paragraph.end = line.span.end,
            _ => out.push(line.span),
        }
        last = Some((line.span, alone));
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    fn texts(text: &str) -> Vec<&str> {
        blocks(text, |_| false).iter().map(|b| b.text).collect()
    }

    #[test]
    fn each_line_is_a_block() {
        assert_eq!(
            texts("Norway thanks Iceland\n\nOslo is glad.\n \nSo is Reykjavik.\n"),
            ["Norway thanks Iceland", "Oslo is glad.", "So is Reykjavik."]
        );
    }

    #[test]
    fn line_ends_of_other_systems_and_invisible_marks_are_no_words() {
        assert_eq!(
            texts("\u{FEFF}\u{200F}One line\r\nTwo lines\rThree lines\u{2029}Four\u{0}\r\n"),
            ["One line", "Two lines", "Three lines", "Four"]
        );
    }

    #[test]
    fn a_wrapped_paragraph_is_one_block() {
        let text = "Norway thanks Iceland\n\nThe Norwegian foreign minister thanked his counterpart in Reykjavik on\n\
                    Monday and promised that the boats would be sent back before the winter\nbegins in the north.\n\n\
                    A spokesman said that the crews were well and that no one had been hurt,\nadding that talks go on.\n";
        assert_eq!(texts(text).len(), 3);
    }
}
