//! What talks, agreements and proposals are on: "talks on a prisoner exchange", "met to discuss closing the border".

use tidings_ontology::EventType;

use super::Found;
use super::acts::{Acts, words};
use crate::draft::{Draft, Status};
use crate::phrase;

/// Prepositions before what talks are on.
const ON: &[&str] = &["about", "concerning", "for", "on", "over", "regarding", "to"];

/// All links from a topic to the talks or accord about it.
pub fn find(acts: &Acts) -> Vec<Found> {
    let mut found = Vec::new();
    for (index, draft) in acts.drafts.iter().enumerate().filter(|(_, d)| has_topics(d)) {
        for (sentence, word) in words(draft) {
            let tree = &acts.article.sentences[sentence];
            let on = tree.children(word).filter(|c| *c > word && phrase::case_is(tree, *c, ON));
            found.extend(on.filter_map(|c| topic(acts, index, sentence, c)));
        }
    }
    for (_, members) in acts.by_sentence() {
        for to in members.iter().filter(|i| has_topics(&acts.drafts[**i])) {
            let inside = members.iter().filter(|i| *i != to && is_inside(acts, **i, *to));
            found.extend(inside.map(|from| link(acts, *from, *to, "not yet done, below the talks")));
        }
    }
    found
}

fn has_topics(draft: &Draft) -> bool {
    matches!(draft.event, EventType::Consult | EventType::Agree | EventType::Cooperate)
}

fn topic(acts: &Acts, talks: usize, sentence: usize, word: usize) -> Option<Found> {
    let from = acts.meant(sentence, word, talks)?;
    let case = phrase::preposition(&acts.article.sentences[sentence], word)?;
    // A visit "to" somebody or talks "for" a day have no topic; an act coded there is one.
    Some(link(acts, from, talks, &format!("'{case}'")))
}

/// "met to discuss coordinating raids": what is not yet done, below the talks in the tree.
fn is_inside(acts: &Acts, inner: usize, outer: usize) -> bool {
    let (inner, outer) = (&acts.drafts[inner], &acts.drafts[outer]);
    let sentence = &acts.article.sentences[outer.sentence];
    let unreal = matches!(inner.status, Status::Planned | Status::Hypothetical);
    unreal && inner.predicate != outer.predicate && sentence.is_within(inner.predicate, outer.predicate)
}

fn link(acts: &Acts, from: usize, to: usize, rule: &str) -> Found {
    let topic = &acts.drafts[from];
    let span = acts.article.sentences[topic.sentence].words[topic.predicate].span;
    Found { from, rel: "topic_of", to, rule: rule.to_owned(), span: Some(span) }
}
