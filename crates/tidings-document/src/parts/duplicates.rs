//! What the page says twice: repeated lines, pulled quotes.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

use super::PartKind;
use super::blocks::Block;

/// A whole line of so many words that comes again is a repetition and no turn of phrase.
const FEWEST_WORDS: usize = 4;
/// A line of so many words that stands inside another paragraph is pulled from it.
const FEWEST_PULLED: usize = 6;
/// Longer texts (bytes) are no single report: nothing is compared in them.
const LONGEST_TEXT: usize = 1_000_000;

/// Marks lines that came before, and lines that other paragraphs contain.
pub(super) fn mark(blocks: &mut [Block]) {
    if blocks.iter().map(|b| b.text.len()).sum::<usize>() > LONGEST_TEXT {
        return;
    }
    let words: Vec<Vec<String>> = blocks.iter().map(words).collect();
    mark_repeated(blocks, &words);
    mark_pulled(blocks, &words);
}

fn mark_repeated(blocks: &mut [Block], words: &[Vec<String>]) {
    let mut seen: BTreeSet<&[String]> = BTreeSet::new();
    for (block, words) in blocks.iter_mut().zip(words) {
        if words.len() < FEWEST_WORDS || block.is_furniture() && !block.has(PartKind::Subheading) {
            continue;
        }
        if !seen.insert(words) && may_repeat(block) {
            block.set(PartKind::Duplicate);
        }
    }
}

fn mark_pulled(blocks: &mut [Block], words: &[Vec<String>]) {
    let index = Index::new(blocks, words);
    for (at, pulled) in words.iter().enumerate() {
        let Some(block) = blocks.get_mut(at).filter(|b| may_repeat(b) && !b.has(PartKind::Subheading)) else {
            continue;
        };
        if pulled.len() >= FEWEST_PULLED && index.is_inside_another(at, pulled) {
            block.set(PartKind::Duplicate);
        }
    }
}

fn may_repeat(block: &Block) -> bool {
    block.is_body()
        || block.has(PartKind::Subheading)
        || block.has(PartKind::Caption) && block.pieces.len() == 1
}

/// Where each run of [`FEWEST_PULLED`] words of the report begins.
struct Index<'w> {
    words: Vec<(usize, &'w str)>,
    runs: BTreeMap<Vec<&'w str>, Vec<usize>>,
}

impl<'w> Index<'w> {
    fn new(blocks: &[Block], words: &'w [Vec<String>]) -> Self {
        let report = blocks.iter().zip(words).enumerate().filter(|(_, (block, _))| block.is_body());
        let words: Vec<(usize, &str)> =
            report.flat_map(|(at, (_, words))| words.iter().map(move |w| (at, w.as_str()))).collect();
        let mut runs: BTreeMap<Vec<&str>, Vec<usize>> = BTreeMap::new();
        for (at, run) in words.windows(FEWEST_PULLED).enumerate() {
            runs.entry(run.iter().map(|(_, w)| *w).collect()).or_default().push(at);
        }
        Self { words, runs }
    }

    /// Whether a block other than `block`, and longer, holds all of `pulled`.
    fn is_inside_another(&self, block: usize, pulled: &[String]) -> bool {
        let key: Vec<&str> = pulled.iter().take(FEWEST_PULLED).map(String::as_str).collect();
        let Some(starts) = self.runs.get(&key) else { return false };
        starts.iter().any(|start| self.holds(*start..start + pulled.len(), block, pulled))
    }

    fn holds(&self, range: Range<usize>, block: usize, pulled: &[String]) -> bool {
        let Some(here) = self.words.get(range) else { return false };
        let Some((holder, _)) = here.first().copied() else { return false };
        let same =
            here.iter().zip(pulled).all(|((at, word), pulled)| *at == holder && *word == pulled.as_str());
        holder != block && same
    }
}

/// Small letters and figures, word by word: quotation marks and stops may differ.
fn words(block: &Block) -> Vec<String> {
    let letters =
        |word: &str| word.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect();
    block.text.split_whitespace().map(letters).filter(|word: &String| !word.is_empty()).collect()
}
