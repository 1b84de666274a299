//! Whom an act reaches although no slot names them: "lifted the ban on exports to B", "refused to let ships leave B".
//!
//! The first actor further down in what is done, over nouns and infinitives; never over a clause of its own, and never
//! the place or time of the act itself.

use std::collections::VecDeque;

use tidings_language::{Relation, Sentence};
use tidings_ontology::{EventType, Trigger};

use crate::article::Article;
use crate::draft::Party;
use crate::matching::Frame;
use crate::{conditions, parties, phrase, slots, standing};

/// How many steps down an actor is looked for.
const DEPTH: usize = 5;

/// The actors of the nearest phrase below the act that are of another side than its source, and named there.
pub fn beyond(
    article: &Article,
    number: usize,
    frame: Frame,
    trigger: &Trigger,
    source: &[Party],
) -> Vec<Party> {
    // Who welcomes an arrest does not praise the arrested.
    let judges = matches!(trigger.event_type, EventType::Support | EventType::Accuse);
    let sentence = &article.sentences[number];
    let mut queue: VecDeque<(usize, usize)> =
        [Some(frame.word), frame.light].into_iter().flatten().map(|w| (w, 0)).collect();
    while let Some((word, depth)) = queue.pop_front() {
        for child in
            sentence.children(word).filter(|c| *c != frame.word && leads_on(sentence, word, *c, depth))
        {
            let mut found = parties::parties(article, number, &[child]);
            found.retain(|p| p.resolved_by == "name" && !slots::is_own_side(article, p, source));
            if standing::are_political(article, &found) {
                return found;
            }
            let act = judges && sentence.predicate(child).is_some();
            if depth < DEPTH && !act {
                queue.push_back((child, depth + 1));
            }
        }
    }
    Vec::new()
}

fn leads_on(sentence: &Sentence, head: usize, child: usize, depth: usize) -> bool {
    let relation = sentence.words[child].relation;
    match relation.base() {
        "obj" | "iobj" | "xcomp" => true,
        "obl" | "nmod" if relation != Relation::NmodDesc => {
            let case = phrase::preposition(sentence, child).unwrap_or_default();
            TOWARDS.contains(&case.as_str()) || (case == "in" && (depth > 0 || relation.base() == "nmod"))
        }
        "acl" | "advcl" => {
            relation.as_str() != "acl:relcl" && child > head && conditions::is_infinitive(sentence, child)
        }
        _ => false,
    }
}

/// Prepositions that lead from an act or thing to those whom it concerns.
const TOWARDS: &[&str] = &[
    "about", "against", "among", "between", "for", "from", "into", "of", "on", "out", "over", "to", "toward",
    "towards", "with",
];
