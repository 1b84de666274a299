//! Sentences to windows of bounded length, windows to batches: a fixed order, whatever the threads do.
//!
//! Nearly every sentence is one window. A longer one is read in several that overlap: each decides its own words and
//! reads some words before and after them as context.

use std::ops::Range;

use crate::network::Batch;
use crate::wordpiece::{Piece, WordPiece};

/// Most pieces of a window; the model knows 256 positions and was trained on 160.
const WINDOW: usize = 190;
/// Most pieces of context on each side.
const CONTEXT: usize = 32;
/// Most pieces of a batch: its rows stay in the nearer caches, and the weights are read often enough.
const BATCH: usize = 256;

/// A stretch of a sentence that is read in one pass.
pub(crate) struct Window {
    /// Which sentence.
    pub sentence: usize,
    /// The words of it that are read.
    pub read: Range<usize>,
    /// The words among them that are decided here.
    pub words: Range<usize>,
    pieces: Vec<Piece>,
    starts: Vec<usize>,
}

impl Window {
    fn new(sentence: usize, read: Range<usize>, words: Range<usize>, pieces: &[Vec<Piece>]) -> Self {
        let mut flat = Vec::new();
        let mut starts = vec![0];
        for word in &pieces[read.clone()] {
            starts.push(flat.len() + 1);
            flat.extend(word);
        }
        Self { sentence, read, words, pieces: flat, starts }
    }

    /// Pieces with the first and the last.
    fn length(&self) -> usize {
        self.pieces.len() + 2
    }
}

/// The windows of a sentence; their own words follow each other without gap.
pub(crate) fn windows(vocabulary: &WordPiece, sentence: usize, forms: &[&str]) -> Vec<Window> {
    let pieces: Vec<Vec<Piece>> = forms.iter().map(|form| vocabulary.word(form)).collect();
    let sizes: Vec<usize> = pieces.iter().map(Vec::len).collect();
    ranges(&sizes, forms)
        .into_iter()
        .map(|(read, words)| Window::new(sentence, read, words, &pieces))
        .collect()
}

/// What each window reads and what it decides, given the number of pieces of each word.
fn ranges(sizes: &[usize], forms: &[&str]) -> Vec<(Range<usize>, Range<usize>)> {
    let mut found = Vec::new();
    let mut start = 0;
    while start < sizes.len() {
        let first = start - fitting(sizes[..start].iter().rev(), CONTEXT);
        let last = first + fitting(sizes[first..].iter(), WINDOW).max(start - first + 1);
        let end = if last == sizes.len() {
            last
        } else {
            cut(forms, start, last - fitting(sizes[start..last].iter().rev(), CONTEXT))
        };
        found.push((first..last, start..end));
        start = end;
    }
    found
}

/// How many words fit into so many pieces.
fn fitting<'s>(sizes: impl Iterator<Item = &'s usize>, room: usize) -> usize {
    let filled = sizes.scan(0, |sum, size| {
        *sum += size;
        Some(*sum)
    });
    filled.take_while(|sum| *sum <= room).count()
}

/// Where to stop between `start` and `latest`: after the last mark of the second half that ends a clause, else after
/// a comma there, else at `latest`. Never at `start` itself.
fn cut(forms: &[&str], start: usize, latest: usize) -> usize {
    let half = start + (latest - start) / 2;
    let after = |marks: &[&str]| (half..latest).rev().find(|w| marks.contains(&forms[*w])).map(|w| w + 1);
    after(&[".", ";", "!", "?", ":"]).or_else(|| after(&[",", "—", "–"])).unwrap_or(latest).max(start + 1)
}

/// Windows as they come, in lists of their numbers; at least one in each.
pub(crate) fn batches(windows: &[Window]) -> Vec<Range<usize>> {
    let mut batches: Vec<Range<usize>> = Vec::new();
    let mut size = 0;
    for (number, window) in windows.iter().enumerate() {
        size += window.length();
        match batches.last_mut() {
            Some(batch) if size <= BATCH => batch.end = number + 1,
            _ => {
                batches.push(number..number + 1);
                size = window.length();
            }
        }
    }
    batches
}

/// Some windows as the network reads them.
pub(crate) fn batch(vocabulary: &WordPiece, windows: &[Window]) -> Batch {
    let mut batch = Batch::default();
    for window in windows {
        let (first, word) = (batch.pieces.len(), batch.starts.len());
        batch.pieces.push(vocabulary.first);
        batch.pieces.extend(window.pieces.iter().map(|p| p.id));
        batch.pieces.push(vocabulary.last);
        batch.cases.push(0);
        batch.cases.extend(window.pieces.iter().map(|p| p.case));
        batch.cases.push(0);
        batch.windows.push(first..batch.pieces.len());
        batch.starts.extend(window.starts.iter().map(|start| start + first));
        batch.words.push(word..batch.starts.len());
    }
    batch
}

#[cfg(test)]
mod tests {
    use super::{CONTEXT, WINDOW, ranges};

    #[test]
    fn every_word_is_decided_once_and_read_with_context() {
        for (size, count) in [(1, 1000), (3, 700), (64, 40), (1, 190), (1, 191), (1, 0)] {
            let (sizes, forms) = (vec![size; count], vec!["word"; count]);
            let found = ranges(&sizes, &forms);
            let mut next = 0;
            for (read, words) in &found {
                assert_eq!(words.start, next);
                assert!(words.end > words.start && read.start <= words.start && words.end <= read.end);
                assert!(read.len() * size <= WINDOW);
                next = words.end;
            }
            assert_eq!(next, count);
            if size < CONTEXT {
                assert!(found.windows(2).all(|w| w[0].0.end > w[0].1.end && w[1].0.start < w[1].1.start));
            }
        }
        assert_eq!(ranges(&[1; 190], &["word"; 190]).len(), 1);
        assert_eq!(ranges(&[1; 191], &["word"; 191]).len(), 2);
    }

    #[test]
    fn windows_end_after_punctuation() {
        let mut forms = vec!["word"; 300];
        forms[120] = ",";
        forms[100] = ";";
        assert_eq!(ranges(&[1; 300], &forms)[0].1, 0..101);
        forms[100] = "word";
        assert_eq!(ranges(&[1; 300], &forms)[0].1, 0..121);
    }
}
