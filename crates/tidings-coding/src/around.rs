//! Words that stand before or behind a predicate in a given order, as the patterns of PETRARCH ask for them.

use tidings_language::Sentence;

use crate::conditions::ends_at;

/// So many steps above a word lies what it belongs to: the predicate, or one that governs it.
const STEPS: usize = 3;

/// Whether the words stand before the predicate, the last of them nearest, and belong to it or to what governs it: its
/// subject, auxiliaries and adverbs, "said" of "said it would leave".
pub fn precede(sentence: &Sentence, predicate: usize, wanted: &[Vec<String>]) -> bool {
    if wanted.is_empty() {
        return true;
    }
    let above: Vec<usize> = up(sentence, predicate).collect();
    let near = |w: &usize| up(sentence, *w).take(STEPS).any(|g| above.contains(&g));
    let mut end = predicate;
    wanted.iter().rev().all(|any| {
        let found = (0..end).rev().filter(near).find_map(|w| begins(sentence, w, any));
        end = found.unwrap_or(end);
        found.is_some()
    })
}

/// Whether the words stand behind the predicate, the first of them nearest, and hang below it.
pub fn follow(sentence: &Sentence, predicate: usize, wanted: &[Vec<String>]) -> bool {
    let mut start = predicate + 1;
    wanted.iter().all(|any| {
        let fits = |w: &usize| {
            sentence.is_within(*w, predicate) && begins(sentence, *w, any).is_some_and(|first| first >= start)
        };
        let found = (start..sentence.words.len()).find(fits);
        start = found.map_or(start, |w| w + 1);
        found.is_some()
    })
}

/// Where one of the alternatives that end at the word begins.
fn begins(sentence: &Sentence, word: usize, any: &[String]) -> Option<usize> {
    any.iter().find_map(|wanted| ends_at(sentence, word, wanted))
}

/// The word, what governs it, and so on to the top.
fn up(sentence: &Sentence, word: usize) -> impl Iterator<Item = usize> {
    std::iter::successors(Some(word), |w| sentence.words[*w].head).take(sentence.words.len())
}
