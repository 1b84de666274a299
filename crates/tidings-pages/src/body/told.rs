//! The text that a page tells search engines, beside the one that it shows.

use crate::runs::Run;
use crate::words::letters;

/// A text with fewer letters is a summary.
const FEWEST_LETTERS: usize = 600;
/// Shorter lines stand in many texts.
const SHORTEST_LINE: usize = 24;
/// So many letters of a line are compared.
const COMPARED: usize = 60;
/// The page must show this share of the told text for it to be believed, in hundredths.
const SHOWN: usize = 70;

/// For each line whether `text` has it; empty where the page does not show most of the text.
pub(crate) fn told(runs: &[Run], text: Option<&str>) -> Vec<bool> {
    let text: String = letters(text.unwrap_or("")).collect();
    if text.len() < FEWEST_LETTERS {
        return Vec::new();
    }
    let mut shown = 0;
    let mut has = |run: &Run| {
        let line: String = letters(&run.text).collect();
        let head = line.get(..line.floor_char_boundary(COMPARED)).unwrap_or(&line);
        let has = line.len() >= SHORTEST_LINE && text.contains(head);
        shown += if has { line.len() } else { 0 };
        has
    };
    let lines: Vec<bool> = runs.iter().map(&mut has).collect();
    if shown * 100 >= text.len() * SHOWN { lines } else { Vec::new() }
}
