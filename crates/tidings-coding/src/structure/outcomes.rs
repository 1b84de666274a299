//! Accounts that disagree on how it ended, on who did it, and on what somebody is.

use tidings_language::Sentence;
use tidings_text::Span;

use super::contradictions::{Clash, TABLE, voices};
use crate::article::Article;
use crate::draft::{Draft, Status};
use crate::links::{are_of_one_side, on_one_side};

/// Sentences between two accounts of one act.
const REACH: usize = 4;

/// All of them.
pub fn clashes(article: &Article, drafts: &[Draft]) -> Vec<Clash> {
    let mut found = Vec::new();
    for later in 0..drafts.len() {
        let b = &drafts[later];
        let near = |i: &usize| {
            let a = &drafts[*i];
            a.sentence + REACH >= b.sentence && b.sentence + REACH >= a.sentence && voices(a) != voices(b)
        };
        let before = (later.saturating_sub(MOST)..later).rev().filter(near);
        let mut pairs = before.filter_map(|i| {
            let attribute = if end_differs(article, &drafts[i], b) {
                "outcome"
            } else if blame_each_other(article, &drafts[i], b) {
                "who did it"
            } else {
                return None;
            };
            Some((i, attribute))
        });
        if let Some((first, attribute)) = pairs.next() {
            found.push(accounts(article, drafts, [first, later], attribute));
        }
    }
    found.extend(titles(article));
    found
}

/// Records looked back on: those of a few sentences.
const MOST: usize = 24;

fn accounts(article: &Article, drafts: &[Draft], pair: [usize; 2], attribute: &str) -> Clash {
    let [a, b] = pair.map(|i| clause(&article.sentences[drafts[i].sentence], drafts[i].predicate));
    Clash {
        kind: "conflicting_accounts",
        attribute: attribute.to_owned(),
        a: a.min(b),
        b: a.max(b),
        explanation: format!("Two sources tell it in two ways: {attribute}."),
        resolution: "unresolved: source against source".to_owned(),
        drafts: pair.to_vec(),
        rule: if attribute == "outcome" {
            "contradictions.toml: a verb of taking against a verb of holding"
        } else {
            "each voice names the other as the one who acted"
        },
    }
}

fn clause(sentence: &Sentence, word: usize) -> Span {
    sentence.span_of(sentence.subtree(word))
}

/// "seized the base", says one; "repelled the attack", says another.
fn end_differs(article: &Article, a: &Draft, b: &Draft) -> bool {
    let ends = |d: &Draft| end(&article.sentences[d.sentence], d);
    let shared = |x: &Draft, y: &Draft| {
        on_one_side(article, &x.source, &y.target) || on_one_side(article, &x.target, &y.source)
    };
    matches!((ends(a), ends(b)), (Some(x), Some(y)) if x != y) && shared(a, b) && is_told(a) && is_told(b)
}

fn is_told(draft: &Draft) -> bool {
    matches!(draft.status, Status::Asserted | Status::Alleged)
}

/// Whether the verb says that something was taken, or that it was held.
fn end(sentence: &Sentence, draft: &Draft) -> Option<bool> {
    let lemma = sentence.words[draft.predicate].lemma.to_lowercase();
    let particle =
        |c: usize| TABLE.held_particles.iter().any(|p| sentence.words[c].form.eq_ignore_ascii_case(p));
    let held = TABLE.held.contains(&lemma)
        || (TABLE.held_with_particle.contains(&lemma) && sentence.children(draft.predicate).any(particle));
    let taken = TABLE.taken.contains(&lemma) && draft.event.is_material_conflict();
    (taken || held).then_some(taken)
}

/// Each of two says that the other did it.
fn blame_each_other(article: &Article, a: &Draft, b: &Draft) -> bool {
    let blames = |x: &Draft, y: &Draft| {
        let mut told = x.speakers.iter().filter_map(|s| s.entity);
        told.any(|e| y.source.iter().any(|p| are_of_one_side(article, e, p.entity)))
            && !on_one_side(article, &x.source, &y.source)
    };
    a.event == b.event
        && a.event.is_material_conflict()
        && is_told(a)
        && is_told(b)
        && blames(a, b)
        && blames(b, a)
}

/// "the loser Ada Stern", and elsewhere "the winner Ada Stern".
fn titles(article: &Article) -> Vec<Clash> {
    let mut found = Vec::new();
    for entity in &article.entities {
        let told = |title: &str| {
            let mentions = entity.mentions.iter().map(|m| article.mentions[*m].span);
            mentions.into_iter().find(|s| has_title(s.of(&article.document.text), title))
        };
        for [x, y] in &TABLE.titles {
            let (Some(a), Some(b)) = (told(x), told(y)) else { continue };
            found.push(Clash {
                kind: "factual",
                attribute: "role".to_owned(),
                a: a.min(b),
                b: a.max(b),
                explanation: format!("{} is called {x} and {y}.", entity.actor.name),
                resolution: "unresolved: the outlet contradicts itself".to_owned(),
                drafts: Vec::new(),
                rule: "contradictions.toml: titles of which one person has one only",
            });
        }
    }
    found
}

fn has_title(text: &str, title: &str) -> bool {
    text.split_whitespace()
        .any(|w| w.trim_matches(|c: char| !c.is_alphanumeric()).eq_ignore_ascii_case(title))
}
