//! Line breaks: which end a sentence, which only wrap a paragraph.

use crate::Span;
use crate::characters::{Page, is_blank, is_closer};

/// Lines shorter than this are not the product of a margin.
const NARROWEST_MARGIN: usize = 40;

/// What the line breaks of a text mean.
pub(super) struct Lines {
    /// The longest line in bytes where the text is wrapped at a margin, else none.
    margin: Option<usize>,
}

impl Lines {
    /// Reads all single line breaks: a text is wrapped where a fifth of the lines after one go on with a small letter.
    pub(super) fn new(page: &Page, span: Span) -> Self {
        let (mut single, mut continued, mut longest) = (0usize, 0usize, 0usize);
        let mut before: Option<&str> = None;
        for line in span.of(page.text()).lines() {
            let line = line.trim_matches(is_blank);
            longest = longest.max(line.len());
            if let (Some(previous), Some(first)) = (before, line.chars().next()) {
                single += 1;
                continued += usize::from(first.is_lowercase() && previous.len() >= NARROWEST_MARGIN);
            }
            before = (!line.is_empty()).then_some(line);
        }
        Self { margin: (continued * 5 >= single && continued > 0).then_some(longest) }
    }

    /// Whether a sentence ends in the blanks between the last word (ending at `end`) and the next (starting at `at`).
    pub(super) fn breaks(&self, page: &Page, end: usize, at: usize) -> bool {
        let gap = page.slice(end, at);
        if !gap.contains(['\n', '\r', '\u{2028}', '\u{2029}', '\u{B}', '\u{C}']) {
            return false;
        }
        let breaks = gap.matches('\n').count().max(gap.matches('\r').count());
        breaks > 1 || gap.contains(['\u{2029}', '\u{C}']) || self.line_break_ends(page, end, at)
    }

    fn line_break_ends(&self, page: &Page, end: usize, at: usize) -> bool {
        let next = page.rest(at, 24);
        if is_list_item(next) {
            return true;
        }
        let goes_on = next.starts_with(char::is_lowercase) || next.starts_with([',', ';', ')', '.']);
        let Some(margin) = self.margin else { return !goes_on };
        // One long line more than the wrapped ones (a headline, say) must not hide the margin: two thirds are enough.
        let line = end - page.run_back(end, margin, |c| c != '\n' && c != '\r');
        let room = line + 1 + next.find(is_blank).unwrap_or(next.len()) < margin * 2 / 3;
        room && !goes_on && page.char_before(end).is_some_and(|c| !matches!(c, ',' | '-'))
            || page.slice(end.saturating_sub(4), end).trim_end_matches(is_closer).ends_with(['.', '!', '?'])
                && room
    }
}

/// "• …", "- …", "* …", "1. …", "(a) …".
fn is_list_item(line: &str) -> bool {
    let marker = line.split(' ').next().unwrap_or("");
    let number = marker.trim_start_matches('(').trim_end_matches(['.', ')']);
    let numbered = number.len() < marker.len()
        && !number.is_empty()
        && number.len() <= 2
        && number.bytes().all(|b| b.is_ascii_digit());
    numbered || matches!(marker, "•" | "-" | "*" | "–" | "—" | "·" | "▪" | "◦" | "‣" | ">")
}
