//! Stated relations between actors: "its ally", "relations have warmed", "the leader of", "a member of".

use std::sync::LazyLock;

use serde::Deserialize;
use tidings_language::Relation;

use crate::article::Article;
use crate::draft::{Party, Status, Why};
use crate::{attribution, parties, phrase, status};
use tidings_ontology::Lexicon;

/// A stated relation.
#[derive(Clone, Debug)]
pub struct Stated {
    /// Number of the sentence.
    pub sentence: usize,
    /// Words that state it.
    pub trigger: Vec<usize>,
    /// ally, partner, rival …
    pub kind: String,
    /// From `a` to `b`.
    pub directed: bool,
    /// One side.
    pub a: Vec<Party>,
    /// The other side.
    pub b: Vec<Party>,
    /// How sure.
    pub status: Status,
    /// Entity of the one who says so.
    pub speaker: Option<usize>,
    /// The entry that states it.
    pub rule: String,
    /// Why it is so sure, and on whose word.
    pub whys: Vec<Why>,
}

#[derive(Deserialize)]
struct Table {
    noun: Vec<NounEntry>,
    change: Vec<ChangeEntry>,
}

/// "A's ally", "an ally of A": the noun, and what it states.
#[derive(Deserialize)]
struct NounEntry {
    lemmas: Vec<String>,
    relation: String,
    directed: bool,
}

/// "relations between A and B have warmed": the verbs, and what they state.
#[derive(Deserialize)]
struct ChangeEntry {
    subjects: Vec<String>,
    verbs: Vec<String>,
    relation: String,
}

static TABLE: LazyLock<Table> = LazyLock::new(|| {
    toml::from_str(include_str!("../../../../data/coding/relations.toml"))
        .unwrap_or_else(|_| Table { noun: Vec::new(), change: Vec::new() })
});

/// All stated relations, in text order.
pub fn find(article: &Article, lexicon: &Lexicon) -> Vec<Stated> {
    let mut found = Vec::new();
    for (number, sentence) in article.sentences.iter().enumerate() {
        for word in 0..sentence.words.len() {
            found.extend(by_noun(article, number, word, lexicon));
            found.extend(by_change(article, number, word, lexicon));
        }
    }
    found
}

fn by_noun(article: &Article, number: usize, word: usize, lexicon: &Lexicon) -> Option<Stated> {
    let sentence = &article.sentences[number];
    let lemma = sentence.words[word].lemma.to_lowercase();
    let entry = TABLE.noun.iter().find(|e| e.lemmas.contains(&lemma))?;
    let owner = sentence.children(word).find(|c| {
        sentence.words[*c].relation == Relation::NmodPoss
            || (sentence.words[*c].relation == Relation::Nmod
                && phrase::case_is(sentence, *c, &["of", "with"]))
    })?;
    let a = parties::parties(article, number, &[owner]);
    let named: Vec<usize> = sentence
        .children(word)
        .filter(|c| {
            matches!(sentence.words[*c].relation.base(), "appos" | "nsubj" | "amod" | "compound" | "flat")
        })
        .collect();
    let above: Vec<usize> = (sentence.words[word].relation == Relation::Appos)
        .then_some(sentence.words[word].head)
        .flatten()
        .into_iter()
        .collect();
    let mut b = parties::parties(article, number, &above);
    if b.is_empty() {
        b = parties::parties(article, number, &named);
    }
    b.retain(|p| !a.iter().any(|q| q.entity == p.entity));
    let (a, b) = if entry.directed { (b, a) } else { (a, b) };
    (!a.is_empty() && !b.is_empty()).then(|| {
        let entry =
            Entry { relation: &entry.relation, directed: entry.directed, rule: format!("noun '{lemma}'") };
        stated(article, number, vec![word], entry, [a, b], lexicon)
    })
}

fn by_change(article: &Article, number: usize, word: usize, lexicon: &Lexicon) -> Option<Stated> {
    let sentence = &article.sentences[number];
    let lemma = sentence.words[word].lemma.to_lowercase();
    let subject = sentence.child(word, Relation::Nsubj)?;
    let noun = sentence.words[subject].lemma.to_lowercase();
    let entry = TABLE.change.iter().find(|e| e.verbs.contains(&lemma) && e.subjects.contains(&noun))?;
    let mut sides = parties::parties(article, number, &[subject]);
    if sides.len() < 2 {
        return None;
    }
    let b = sides.split_off(1);
    let entry =
        Entry { relation: &entry.relation, directed: false, rule: format!("'{noun}' that '{lemma}'") };
    Some(stated(article, number, vec![subject, word], entry, [sides, b], lexicon))
}

/// What an entry states of its sides.
struct Entry<'e> {
    relation: &'e str,
    directed: bool,
    rule: String,
}

/// The record; the last word of the trigger is its predicate.
fn stated(
    article: &Article,
    number: usize,
    trigger: Vec<usize>,
    entry: Entry,
    [a, b]: [Vec<Party>; 2],
    lexicon: &Lexicon,
) -> Stated {
    let word = trigger[trigger.len() - 1];
    let (speakers, mut whys) = attribution::chain(article, number, word);
    let verdict = status::judge(&article.sentences[number], word, lexicon);
    whys.extend(verdict.whys);
    Stated {
        sentence: number,
        trigger,
        kind: entry.relation.to_owned(),
        directed: entry.directed,
        a,
        b,
        status: verdict.status,
        speaker: speakers.first().and_then(|s| s.entity),
        rule: entry.rule,
        whys,
    }
}
