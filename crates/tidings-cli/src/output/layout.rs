//! Words into lines, lines into columns. Widths are those of a terminal: "é" is one column, "谢" two.

use anstyle::Style;
use unicode_width::{UnicodeWidthChar, UnicodeWidthStr};

use crate::terminal::Paint;

/// A stretch of text in one style.
#[derive(Clone, Debug, PartialEq)]
pub struct Piece {
    style: Style,
    text: String,
}

impl Piece {
    /// Text in a style, made safe for a terminal.
    pub fn new(style: Style, text: &str) -> Self {
        Self { style, text: visible(text) }
    }

    /// Text as it is, made safe for a terminal.
    pub fn plain(text: &str) -> Self {
        Self::new(Style::new(), text)
    }

    /// Text for the second glance.
    pub fn dim(text: &str) -> Self {
        Self::new(Style::new().dimmed(), text)
    }

    /// Text for the first glance.
    pub fn bold(text: &str) -> Self {
        Self::new(Style::new().bold(), text)
    }
}

/// White space becomes blanks; what would move the cursor or turn the direction of the line is shown or dropped.
pub fn visible(text: &str) -> String {
    text.chars()
        .filter(|c| !turns_direction(*c))
        .map(|c| {
            if c.is_whitespace() {
                ' '
            } else if c.is_control() {
                '\u{FFFD}'
            } else {
                c
            }
        })
        .collect()
}

/// Marks, embeddings, overrides and isolates of bidirectional text.
fn turns_direction(c: char) -> bool {
    matches!(c, '\u{200E}' | '\u{200F}' | '\u{061C}' | '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}')
}

/// One line with its width in columns (colour codes have none).
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Line {
    text: String,
    width: usize,
}

impl Line {
    fn push(&mut self, paint: Paint, word: &[Piece]) {
        if self.width > 0 {
            self.text.push(' ');
            self.width += 1;
        }
        for piece in word {
            self.text.push_str(&paint.apply(piece.style, &piece.text));
            self.width += piece.text.width();
        }
    }
}

/// Fills lines of at most `width` columns; breaks at blanks only, cuts words that are longer than a line.
pub fn wrap(paint: Paint, pieces: &[Piece], width: usize) -> Vec<Line> {
    let mut lines = Vec::new();
    let mut line = Line::default();
    for word in words(pieces) {
        let word = fitted(word, width);
        let long: usize = word.iter().map(|p| p.text.width()).sum();
        if line.width > 0 && line.width + 1 + long > width {
            lines.push(std::mem::take(&mut line));
        }
        line.push(paint, &word);
    }
    if line.width > 0 {
        lines.push(line);
    }
    lines
}

/// Pieces without a blank between them stay together.
fn words(pieces: &[Piece]) -> Vec<Vec<Piece>> {
    let mut words: Vec<Vec<Piece>> = Vec::new();
    let mut open = false;
    for piece in pieces {
        for (number, part) in piece.text.split(' ').enumerate() {
            open &= number == 0;
            if part.is_empty() {
                continue;
            }
            let part = Piece { style: piece.style, text: part.to_owned() };
            match words.last_mut().filter(|_| open) {
                Some(word) => word.push(part),
                None => words.push(vec![part]),
            }
            open = true;
        }
    }
    words
}

fn fitted(word: Vec<Piece>, width: usize) -> Vec<Piece> {
    if word.iter().map(|p| p.text.width()).sum::<usize>() <= width {
        return word;
    }
    let style = word.first().map(|p| p.style).unwrap_or_default();
    let text: String = word.into_iter().map(|p| p.text).collect();
    vec![Piece { style, text: clip(&text, width) }]
}

/// At most `width` columns; "…" says that something is left out.
pub fn clip(text: &str, width: usize) -> String {
    if text.width() <= width {
        return text.to_owned();
    }
    let mut left = width.saturating_sub(1);
    let mut kept: String = text
        .chars()
        .take_while(|c| {
            let wide = c.width().unwrap_or(0);
            let fits = wide <= left;
            left = left.saturating_sub(wide);
            fits
        })
        .collect();
    kept.push('…');
    kept
}

/// Writes cells side by side, each in its column; the last one is not padded.
pub fn columns(out: &mut String, cells: &[(usize, Vec<Line>)]) {
    let height = cells.iter().map(|(_, lines)| lines.len()).max().unwrap_or(0);
    for row in 0..height {
        let mut blanks = 0;
        for (width, lines) in cells {
            let line = lines.get(row);
            if let Some(line) = line {
                out.extend(std::iter::repeat_n(' ', blanks));
                out.push_str(&line.text);
                blanks = 0;
            }
            blanks += (width + 1).saturating_sub(line.map_or(0, |l| l.width));
        }
        out.push('\n');
    }
}

/// Writes a paragraph: `label` in the margin of `indent` columns, the text beside it, in at most `most` lines.
pub fn paragraph(
    out: &mut String,
    paint: Paint,
    label: &Piece,
    indent: usize,
    pieces: &[Piece],
    width: usize,
    most: usize,
) {
    let mut lines = wrap(paint, pieces, width.saturating_sub(indent));
    if lines.len() > most {
        // Two columns are kept free for the mark that something is left out.
        lines = wrap(paint, pieces, width.saturating_sub(indent + 2));
        lines.truncate(most);
        if let Some(last) = lines.last_mut() {
            last.text.push_str(" …");
        }
    }
    let text = (0, lines);
    if indent == 0 {
        return columns(out, &[text]);
    }
    columns(out, &[(indent - 1, wrap(paint, std::slice::from_ref(label), indent)), text]);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_paragraph_that_is_cut_short_keeps_its_width() {
        let mut out = String::new();
        let text = "One says that it happened, the other says that it never did, and both are sure of it.";
        paragraph(&mut out, Paint::PLAIN, &Piece::bold("X01"), 4, &[Piece::plain(text)], 30, 2);
        assert!(out.lines().all(|line| line.width() <= 30), "{out}");
        assert!(out.trim_end().ends_with(" …"), "{out}");
    }

    fn texts(lines: &[Line]) -> Vec<&str> {
        lines.iter().map(|l| l.text.as_str()).collect()
    }

    #[test]
    fn lines_break_at_blanks_and_keep_glued_pieces_together() {
        let pieces = [Piece::plain("Norway "), Piece::bold("thanked"), Piece::plain(", twice, Iceland")];
        assert_eq!(texts(&wrap(Paint::PLAIN, &pieces, 16)), ["Norway thanked,", "twice, Iceland"]);
    }

    #[test]
    fn a_word_longer_than_the_line_is_cut_and_says_so() {
        assert_eq!(texts(&wrap(Paint::PLAIN, &[Piece::plain("abcdefghij")], 5)), ["abcd…"]);
        assert_eq!(clip("谢谢谢谢", 5), "谢谢…");
    }

    #[test]
    fn nothing_in_the_text_can_move_the_cursor_or_turn_the_line() {
        assert_eq!(visible("a\u{1b}[2Jb\u{202E}c\nd\0"), "a\u{FFFD}[2Jbc d\u{FFFD}");
    }

    #[test]
    fn cells_stand_in_their_columns_whatever_their_height() {
        let cell = |text: &str, width| (width, wrap(Paint::PLAIN, &[Piece::plain(text)], width));
        let mut out = String::new();
        columns(&mut out, &[cell("a", 3), cell("bb cc", 2), cell("d", 9)]);
        assert_eq!(out, "a   bb d\n    cc\n");
    }

    #[test]
    fn a_paragraph_says_when_it_is_cut() {
        let mut out = String::new();
        paragraph(&mut out, Paint::PLAIN, &Piece::plain("Q1"), 4, &[Piece::plain("one two three")], 9, 1);
        assert_eq!(out, "Q1  one …\n");
    }
}
