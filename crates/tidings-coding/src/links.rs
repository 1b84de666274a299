//! Links between the records of one article.

use tidings_ontology::EventType;

use crate::article::Article;
use crate::draft::{Draft, DraftLink};

/// Speech acts are about the acts told inside what they say; acts told in a clause of cause are causes.
pub fn connect(article: &Article, drafts: &mut [Draft]) {
    for index in 0..drafts.len() {
        let found: Vec<DraftLink> = (0..drafts.len())
            .filter(|other| *other != index)
            .filter_map(|other| link(article, &drafts[index], &drafts[other], other))
            .collect();
        drafts[index].links.extend(found);
    }
}

fn link(article: &Article, from: &Draft, to: &Draft, index: usize) -> Option<DraftLink> {
    if from.sentence != to.sentence {
        return None;
    }
    let sentence = &article.sentences[from.sentence];
    let below = sentence.is_within(to.predicate, from.predicate) && to.predicate != from.predicate;
    let speaks = from.kind == "speech_act"
        || matches!(
            from.event,
            EventType::Accuse
                | EventType::Request
                | EventType::Reject
                | EventType::Support
                | EventType::Threaten
        );
    let cause = sentence.words[to.predicate].relation.base() == "advcl"
        && sentence
            .children(to.predicate)
            .any(|c| matches!(sentence.words[c].form.to_lowercase().as_str(), "because" | "since" | "after"));
    match (below, speaks, cause) {
        (true, _, true) => Some(DraftLink { rel: "cause", to: index }),
        (true, true, _) => Some(DraftLink { rel: "about", to: index }),
        _ => None,
    }
}
