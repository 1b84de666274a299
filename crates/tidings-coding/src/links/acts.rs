//! Which record a word stands for: its own, or that of an act told before.

use std::collections::BTreeMap;

use tidings_language::Upos;
use tidings_ontology::Triggers;

use crate::article::Article;
use crate::draft::{Draft, Party};
use crate::{phrase, retold};

/// The acts of an article by the words that tell them.
pub struct Acts<'a> {
    /// The article.
    pub article: &'a Article<'a>,
    /// Its records.
    pub drafts: &'a [Draft],
    triggers: &'a Triggers,
    at: BTreeMap<(usize, usize), usize>,
}

impl<'a> Acts<'a> {
    /// Indexes the drafts by the words of their triggers, in all sentences that tell them.
    pub fn new(article: &'a Article, drafts: &'a [Draft], triggers: &'a Triggers) -> Self {
        let mut at = BTreeMap::new();
        for (index, draft) in drafts.iter().enumerate() {
            at.entry((draft.sentence, draft.predicate)).or_insert(index);
        }
        for (index, draft) in drafts.iter().enumerate() {
            for (sentence, word) in words(draft) {
                at.entry((sentence, word)).or_insert(index);
            }
        }
        Self { article, drafts, triggers, at }
    }

    /// The record that `word` tells itself.
    pub fn own(&self, sentence: usize, word: usize) -> Option<usize> {
        self.at.get(&(sentence, word)).copied()
    }

    /// The record that `word` tells, or tells again; never `except`.
    pub fn meant(&self, sentence: usize, word: usize, except: usize) -> Option<usize> {
        let tree = &self.article.sentences[sentence];
        let own = self.own(sentence, word).filter(|i| *i != except);
        let noun = tree.words[word].upos == Upos::Noun;
        let again = || {
            let back = noun && phrase::points_back(tree, word);
            let other = |index: usize, _: &Draft| index != except;
            back.then(|| {
                retold::antecedent(self.article, self.drafts, (sentence, word), self.triggers, other)
            })
            .flatten()
        };
        own.or_else(again)
    }

    /// Records that the sentence tells first, in text order.
    pub fn by_sentence(&self) -> BTreeMap<usize, Vec<usize>> {
        let mut found: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
        for (index, draft) in self.drafts.iter().enumerate() {
            found.entry(draft.sentence).or_default().push(index);
        }
        found
    }

    /// Whether two lists have a side in common.
    pub fn share(&self, a: &[Party], b: &[Party]) -> bool {
        on_one_side(self.article, a, b)
    }
}

/// Whether two lists have a side in common.
pub fn on_one_side(article: &Article, a: &[Party], b: &[Party]) -> bool {
    a.iter().any(|x| b.iter().any(|y| are_of_one_side(article, x.entity, y.entity)))
}

/// The same actor, or two organs or people of one state that stand on the same side in it: its rebels are not its army.
pub fn are_of_one_side(article: &Article, a: usize, b: usize) -> bool {
    let actor = |e: usize| &article.entities[e].actor;
    let (x, y) = (actor(a), actor(b));
    a == b || (x.country.is_some() && x.country == y.country && side(&x.sectors) == side(&y.sectors))
}

/// Which side within a state: its organs, those who fight or oppose them, everybody else.
fn side(sectors: &[String]) -> u8 {
    let has = |known: &[&str]| sectors.iter().any(|s| known.contains(&s.as_str()));
    if has(&["CRM", "OPP", "REB", "SEP", "UAF"]) {
        1
    } else if sectors.is_empty() || has(&["COP", "GOV", "JUD", "LEG", "MIL", "SPY"]) {
        0
    } else {
        2
    }
}

/// The trigger words of a record in all sentences that tell it.
pub fn words(draft: &Draft) -> impl Iterator<Item = (usize, usize)> + '_ {
    let own = draft.trigger.iter().chain([&draft.predicate]).map(|w| (draft.sentence, *w));
    own.chain(draft.mentions.iter().flat_map(|(n, words)| words.iter().map(|w| (*n, *w))))
}
