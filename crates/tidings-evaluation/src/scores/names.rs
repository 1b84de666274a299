//! Names, right where words and kind agree exactly.

use std::collections::{BTreeMap, BTreeSet};

use tidings_language::NameKind;

use super::Counts;

/// First word, one past the last, kind.
pub type NameSpan = (usize, usize, NameKind);

/// Drops the article before a name and the possessive mark behind it, on both sides of a comparison.
///
/// The corpora that systems learn from disagree on both ("the United Nations"), which says nothing about the system.
pub fn without_article(words: &[String], (mut start, mut end, kind): NameSpan) -> NameSpan {
    let is = |word: usize, list: &[&str]| {
        words.get(word).is_some_and(|w| list.contains(&w.to_lowercase().as_str()))
    };
    while end - start > 1 && is(start, &["the", "a", "an"]) {
        start += 1;
    }
    if end - start > 1 && is(end - 1, &["'s", "’s", "'", "’"]) {
        end -= 1;
    }
    (start, end, kind)
}

/// Counts by kind.
pub fn name_counts(given: &BTreeSet<NameSpan>, gold: &BTreeSet<NameSpan>) -> BTreeMap<NameKind, Counts> {
    let kinds: BTreeSet<NameKind> = given.iter().chain(gold).map(|n| n.2).collect();
    let of_kind = |names: &BTreeSet<NameSpan>, kind| names.iter().copied().filter(|n| n.2 == kind).collect();
    kinds.into_iter().map(|kind| (kind, Counts::of(&of_kind(given, kind), &of_kind(gold, kind)))).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn kinds_are_counted_apart() {
        use NameKind::{Location, Person};
        let gold = BTreeSet::from([(0, 2, Person), (4, 5, Location)]);
        let given = BTreeSet::from([(0, 2, Person), (4, 5, Person), (6, 7, Location)]);
        let counts = name_counts(&given, &gold);
        assert_eq!(counts[&Person], Counts { right: 1, given: 2, gold: 1 });
        assert_eq!(counts[&Location], Counts { right: 0, given: 1, gold: 1 });
    }

    #[test]
    fn article_and_possessive_are_dropped_but_never_all() {
        let words: Vec<String> = ["The", "Assembly", "'s", "The"].map(String::from).to_vec();
        let kind = NameKind::Organization;
        assert_eq!(without_article(&words, (0, 3, kind)), (1, 2, kind));
        assert_eq!(without_article(&words, (3, 4, kind)), (3, 4, kind));
    }
}
