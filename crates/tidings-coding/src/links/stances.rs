//! What speech acts are about: the acts told inside what they say, and the act that they face ("condemned the raid").

use tidings_ontology::EventType;

use super::Found;
use super::acts::Acts;
use crate::draft::Draft;
use crate::retold;

/// All links of speech acts to what they speak of.
pub fn find(acts: &Acts) -> Vec<Found> {
    let mut found: Vec<Found> = (0..acts.drafts.len()).filter_map(|index| faced(acts, index)).collect();
    for (_, members) in acts.by_sentence() {
        for from in &members {
            let told = members.iter().filter(|to| *to != from && is_told_inside(acts, *from, **to));
            found.extend(told.map(|to| about(acts, *from, *to, "told inside what is said")));
        }
    }
    found
}

/// "condemned the raid", "welcomed the deal".
fn faced(acts: &Acts, index: usize) -> Option<Found> {
    let draft = &acts.drafts[index];
    if !speaks(draft) {
        return None;
    }
    let sentence = &acts.article.sentences[draft.sentence];
    let act = retold::act_faced(sentence, draft)?;
    let to = acts.meant(draft.sentence, act, index)?;
    let rule = format!("faces the {}", sentence.words[act].lemma);
    Some(Found { from: index, rel: "about", to, rule, span: Some(sentence.words[act].span) })
}

fn about(acts: &Acts, from: usize, to: usize, rule: &str) -> Found {
    let told = &acts.drafts[to];
    let span = acts.article.sentences[told.sentence].words[told.predicate].span;
    Found { from, rel: "about", to, rule: rule.to_owned(), span: Some(span) }
}

/// Below the speech act in the tree, and no clause that only says when or why.
fn is_told_inside(acts: &Acts, from: usize, to: usize) -> bool {
    let (outer, inner) = (&acts.drafts[from], &acts.drafts[to]);
    let sentence = &acts.article.sentences[outer.sentence];
    let between: Vec<usize> = std::iter::successors(Some(inner.predicate), |w| sentence.words[*w].head)
        .take_while(|w| *w != outer.predicate)
        .collect();
    let below = sentence.is_within(inner.predicate, outer.predicate) && inner.predicate != outer.predicate;
    let joined = |w: &usize| matches!(sentence.words[*w].relation.base(), "advcl" | "conj" | "parataxis");
    speaks(outer) && below && !between.iter().any(joined)
}

/// Whether the record is of words rather than deeds.
pub fn speaks(draft: &Draft) -> bool {
    draft.kind == "speech_act"
        || matches!(
            draft.event,
            EventType::Accuse
                | EventType::Request
                | EventType::Reject
                | EventType::Support
                | EventType::Threaten
        )
}
