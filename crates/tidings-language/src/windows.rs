//! Sentences to windows of bounded length, windows to batches: a fixed order, whatever the threads do.

use std::ops::Range;

use crate::model::{Input, Model};
use crate::wordpiece::Piece;

/// Most pieces of a window; the model knows 256 positions and was trained on 160.
const WINDOW: usize = 190;
/// Most windows and most padded pieces of a batch: bounds memory, and beyond it nothing gets faster.
const BATCH_ROWS: usize = 8;
const BATCH_PIECES: usize = 1024;

/// A stretch of a sentence that is read in one pass.
pub(crate) struct Window {
    /// Which sentence.
    pub sentence: usize,
    /// Which of its words.
    pub words: Range<usize>,
    pieces: Vec<Piece>,
    starts: Vec<i32>,
}

impl Window {
    fn length(&self) -> usize {
        self.pieces.len() + 2
    }
}

/// The windows of a sentence: nearly always one; cut after punctuation where one can.
pub(crate) fn windows(model: &Model, sentence: usize, forms: &[&str]) -> Vec<Window> {
    let pieces: Vec<Vec<Piece>> = forms.iter().map(|form| model.pieces.word(form)).collect();
    let mut found = Vec::new();
    let mut start = 0;
    while start < forms.len() {
        let end = cut(&pieces, forms, start);
        found.push(window(sentence, start..end, &pieces));
        start = end;
    }
    found
}

/// Where the window that begins at `start` ends: at the last punctuation mark of its second half, if not at the end.
fn cut(pieces: &[Vec<Piece>], forms: &[&str], start: usize) -> usize {
    let mut size = 0;
    let full = (start..pieces.len()).find(|w| {
        size += pieces[*w].len();
        size > WINDOW
    });
    let Some(full) = full.map(|f| f.max(start + 1)) else { return pieces.len() };
    let mark = (start + (full - start) / 2..full).rev().find(|w| matches!(forms[*w], ";" | "." | "," | "!" | "?" | ":"));
    mark.map_or(full, |m| m + 1)
}

fn window(sentence: usize, words: Range<usize>, pieces: &[Vec<Piece>]) -> Window {
    let mut flat = Vec::new();
    let mut starts = vec![0];
    for word in &pieces[words.clone()] {
        starts.push(flat.len() as i32 + 1);
        flat.extend(word);
    }
    Window { sentence, words, pieces: flat, starts }
}

/// Windows of like length together, as lists of their numbers.
pub(crate) fn batches(windows: &[Window]) -> Vec<Vec<usize>> {
    let mut order: Vec<usize> = (0..windows.len()).collect();
    order.sort_by_key(|w| windows[*w].length());
    let mut batches: Vec<Vec<usize>> = Vec::new();
    for window in order {
        let longest = windows[window].length();
        match batches.last_mut() {
            Some(batch) if batch.len() < BATCH_ROWS && longest * (batch.len() + 1) <= BATCH_PIECES => batch.push(window),
            _ => batches.push(vec![window]),
        }
    }
    batches
}

/// The tensors of a batch.
pub(crate) fn input(model: &Model, windows: &[Window], batch: &[usize]) -> Input {
    let width = batch.iter().map(|w| windows[*w].length()).max().unwrap_or(0);
    let words = batch.iter().map(|w| windows[*w].starts.len()).max().unwrap_or(0);
    let mut input = Input { rows: batch.len(), pieces: Vec::new(), cases: Vec::new(), mask: Vec::new(), starts: Vec::new() };
    for window in batch.iter().map(|w| &windows[*w]) {
        let length = window.length();
        input.pieces.push(model.pieces.first);
        input.pieces.extend(window.pieces.iter().map(|p| p.id));
        input.pieces.push(model.pieces.last);
        input.pieces.extend(std::iter::repeat_n(model.pieces.padding, width - length));
        input.cases.push(0);
        input.cases.extend(window.pieces.iter().map(|p| p.case));
        input.cases.extend(std::iter::repeat_n(0, width - length + 1));
        input.mask.extend((0..width).map(|i| f32::from(u8::from(i < length))));
        input.starts.extend(&window.starts);
        input.starts.extend(std::iter::repeat_n(0, words - window.starts.len()));
    }
    input
}
