//! Cue, source and content by overlap, as Citron measures it: shared words over words given and words marked.
//!
//! Sources and contents count as shared only between attributions whose cues overlap: the right words said by nobody in
//! particular are not an attribution.

use std::collections::BTreeSet;
use std::ops::AddAssign;

use super::Counts;

/// An attribution as sets of word numbers.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct WordSets {
    /// Words of the cue.
    pub cue: BTreeSet<usize>,
    /// Words of the source.
    pub source: BTreeSet<usize>,
    /// Words of the content.
    pub content: BTreeSet<usize>,
}

/// Counts of words.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct AttributionCounts {
    /// Of cues.
    pub cue: Counts,
    /// Of sources.
    pub source: Counts,
    /// Of contents.
    pub content: Counts,
}

impl AddAssign for AttributionCounts {
    fn add_assign(&mut self, other: Self) {
        self.cue += other.cue;
        self.source += other.source;
        self.content += other.content;
    }
}

/// Scores the attributions of one text. Each is paired with at most one of the other side: the one whose cue it shares.
pub fn attributions(given: &[WordSets], gold: &[WordSets]) -> AttributionCounts {
    let mut counts = AttributionCounts::default();
    for system in given {
        counts.cue.given += system.cue.len();
        counts.source.given += system.source.len();
        counts.content.given += system.content.len();
    }
    let mut free: Vec<&WordSets> = given.iter().collect();
    for marked in gold {
        counts.cue.gold += marked.cue.len();
        counts.source.gold += marked.source.len();
        counts.content.gold += marked.content.len();
        let Some(best) = (0..free.len()).rev().max_by_key(|i| shared(&free[*i].cue, &marked.cue)) else {
            continue;
        };
        if shared(&free[best].cue, &marked.cue) == 0 {
            continue;
        }
        let system = free.remove(best);
        counts.cue.right += shared(&system.cue, &marked.cue);
        counts.source.right += shared(&system.source, &marked.source);
        counts.content.right += shared(&system.content, &marked.content);
    }
    counts
}

fn shared(a: &BTreeSet<usize>, b: &BTreeSet<usize>) -> usize {
    a.intersection(b).count()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sets(cue: &[usize], source: &[usize], content: &[usize]) -> WordSets {
        let set = |words: &[usize]| words.iter().copied().collect();
        WordSets { cue: set(cue), source: set(source), content: set(content) }
    }

    #[test]
    fn words_of_linked_attributions_count() {
        let gold = [sets(&[2], &[0, 1], &[3, 4, 5]), sets(&[8, 9], &[7], &[10])];
        let given = [sets(&[2], &[1], &[3, 4, 6]), sets(&[20], &[7], &[10])];
        let counts = attributions(&given, &gold);
        assert_eq!(counts.cue, Counts { right: 1, given: 2, gold: 3 });
        assert_eq!(counts.source, Counts { right: 1, given: 2, gold: 3 }, "the second cue is not shared");
        assert_eq!(counts.content, Counts { right: 2, given: 4, gold: 4 });
    }

    #[test]
    fn one_system_attribution_serves_one_gold_attribution() {
        let gold = [sets(&[2], &[0], &[]), sets(&[2], &[0], &[])];
        let counts = attributions(&[sets(&[2], &[0], &[])], &gold);
        assert_eq!(counts.source, Counts { right: 1, given: 1, gold: 2 });
    }
}
