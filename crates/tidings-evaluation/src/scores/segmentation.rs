//! Words and sentences found in running text, compared by their letters (white space does not count), as in CoNLL 2018.

use std::collections::BTreeSet;

use tidings_text::Span;

use super::Counts;

/// Where words and sentences lie, in visible characters counted from the beginning of the text.
#[derive(Debug, Default, PartialEq)]
pub struct Boundaries {
    /// (first, one past the last) of every word.
    pub words: BTreeSet<(usize, usize)>,
    /// The same of every sentence.
    pub sentences: BTreeSet<(usize, usize)>,
}

impl Boundaries {
    /// From the written pieces of each sentence.
    pub fn of_pieces<'p>(sentences: impl IntoIterator<Item = Vec<&'p str>>) -> Self {
        let (mut out, mut at) = (Self::default(), 0);
        for pieces in sentences {
            let start = at;
            for piece in pieces {
                let end = at + visible(piece);
                out.words.insert((at, end));
                at = end;
            }
            out.sentences.insert((start, at));
        }
        out
    }

    /// From spans of the text; `sentences` and `words` in bytes.
    pub fn of_spans(text: &str, sentences: &[Span], words: &[Span]) -> Self {
        let mut before = vec![0; text.len() + 1];
        let mut count = 0;
        for (offset, c) in text.char_indices() {
            before[offset] = count;
            count += usize::from(!c.is_whitespace());
        }
        before[text.len()] = count;
        let turn = |spans: &[Span]| spans.iter().map(|s| (before[s.start], before[s.end])).collect();
        Self { words: turn(words), sentences: turn(sentences) }
    }
}

fn visible(text: &str) -> usize {
    text.chars().filter(|c| !c.is_whitespace()).count()
}

/// Counts of words and of sentences.
pub fn segmentation(given: &Boundaries, gold: &Boundaries) -> (Counts, Counts) {
    (Counts::of(&given.words, &gold.words), Counts::of(&given.sentences, &gold.sentences))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_wrong_word_and_one_missed_boundary() {
        let text = "Go on. Don’t go";
        let gold = Boundaries::of_pieces([vec!["Go", "on", "."], vec!["Do", "n’t", "go"]]);
        let spans = |list: &[(usize, usize)]| list.iter().map(|(s, e)| Span::new(*s, *e)).collect::<Vec<_>>();
        // "n’t" is not told apart from "Do", and the two sentences are one; ’ takes three bytes.
        let given = Boundaries::of_spans(
            text,
            &spans(&[(0, 17)]),
            &spans(&[(0, 2), (3, 5), (5, 6), (7, 14), (15, 17)]),
        );
        let (words, sentences) = segmentation(&given, &gold);
        assert_eq!(words, Counts { right: 4, given: 5, gold: 6 });
        assert_eq!(sentences, Counts { right: 0, given: 1, gold: 2 });
    }
}
