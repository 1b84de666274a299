//! Runs of four words that two texts share: the method of the article-extraction-benchmark (Scrapinghub, `evaluate.py`).

use std::collections::BTreeMap;

/// Words of a shingle.
const LENGTH: usize = 4;

/// Shares of the shingles of both texts together: in both, only in the found text, only in the gold text. They add up to 1,
/// unless both texts are empty.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Shingles {
    /// In both.
    pub both: f64,
    /// Found and not gold.
    pub extra: f64,
    /// Gold and not found.
    pub missed: f64,
}

impl Shingles {
    /// Compares two texts.
    pub fn of(gold: &str, found: &str) -> Self {
        let (gold_words, found_words) = (words(gold), words(found));
        let mut counts: BTreeMap<&[&str], [usize; 2]> = BTreeMap::new();
        for (side, words) in [&gold_words, &found_words].into_iter().enumerate() {
            shingles(words).for_each(|shingle| counts.entry(shingle).or_default()[side] += 1);
        }
        let (mut both, mut extra, mut missed) = (0, 0, 0);
        for [gold, found] in counts.into_values() {
            both += gold.min(found);
            extra += found.saturating_sub(gold);
            missed += gold.saturating_sub(found);
        }
        let all = (both + extra + missed).max(1) as f64;
        Self { both: both as f64 / all, extra: extra as f64 / all, missed: missed as f64 / all }
    }

    /// The share of what was found that is gold.
    pub fn precision(&self) -> f64 {
        share(self.both, self.extra, self.missed)
    }

    /// The share of what is gold that was found.
    pub fn recall(&self) -> f64 {
        share(self.both, self.missed, self.extra)
    }

    /// The harmonic mean of both.
    pub fn f1(&self) -> f64 {
        harmonic(self.precision(), self.recall())
    }

    /// Whether both texts have the same words.
    pub fn is_exact(&self) -> bool {
        self.extra == 0.0 && self.missed == 0.0
    }
}

/// Precision and recall as means over pages, and their harmonic mean. A page counts for precision where something was found,
/// for recall where there is something to find.
pub fn mean(pages: &[Shingles]) -> (f64, f64, f64) {
    let mean = |values: Vec<f64>| values.iter().sum::<f64>() / values.len().max(1) as f64;
    let found = pages.iter().filter(|s| s.both + s.extra > 0.0);
    let gold = pages.iter().filter(|s| s.both + s.missed > 0.0);
    let precision = mean(found.map(Shingles::precision).collect());
    let recall = mean(gold.map(Shingles::recall).collect());
    (precision, recall, harmonic(precision, recall))
}

fn share(both: f64, own: f64, others: f64) -> f64 {
    if own == 0.0 && others == 0.0 {
        1.0
    } else if both == 0.0 && own == 0.0 {
        0.0
    } else {
        both / (both + own)
    }
}

fn harmonic(precision: f64, recall: f64) -> f64 {
    if precision + recall > 0.0 { 2.0 * precision * recall / (precision + recall) } else { 0.0 }
}

/// Runs of letters, figures and underscores, as Python's `\w+`, which takes no marks that stand on letters.
fn words(text: &str) -> Vec<&str> {
    text.split(|c: char| !(c.is_alphanumeric() || c == '_') || is_mark(c)).filter(|w| !w.is_empty()).collect()
}

/// Vowel signs that are letters to Rust and none to Python.
fn is_mark(c: char) -> bool {
    use unicode_normalization::char::is_combining_mark;
    is_combining_mark(c)
}

/// All of a short text is one shingle.
fn shingles<'w>(words: &'w [&'w str]) -> impl Iterator<Item = &'w [&'w str]> {
    let last = words.len().saturating_sub(LENGTH - 1).max(1);
    (0..last).filter_map(|at| words.get(at..(at + LENGTH).min(words.len()))).filter(|s| !s.is_empty())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn shingles_that_both_have_are_counted() {
        let gold = "Oslo thanked Reykjavik for the boats";
        assert!(Shingles::of(gold, "Oslo thanked: Reykjavik, for the boats.").is_exact());
        let more = Shingles::of(gold, "Oslo thanked Reykjavik for the boats today");
        assert_eq!((more.both, more.extra, more.missed), (0.75, 0.25, 0.0));
        assert_eq!((more.precision(), more.recall()), (0.75, 1.0));
        let none = Shingles::of(gold, "");
        assert_eq!((none.precision(), none.recall(), none.f1()), (0.0, 0.0, 0.0));
    }

    #[test]
    fn a_text_of_three_words_is_one_shingle() {
        assert!(Shingles::of("Oslo thanks Reykjavik", "Oslo thanks Reykjavik").is_exact());
        assert_eq!(Shingles::of("Oslo thanks Reykjavik", "Oslo thanks").both, 0.0);
        assert!(Shingles::of("", "").is_exact());
    }

    #[test]
    fn a_page_without_a_find_counts_for_recall_only() {
        let pages = [Shingles::of("a b c d e", "a b c d"), Shingles::of("a b c d", "")];
        let (precision, recall, f1) = mean(&pages);
        assert_eq!((precision, recall), (1.0, 0.25));
        assert!((f1 - 0.4).abs() < 1e-9);
    }
}
