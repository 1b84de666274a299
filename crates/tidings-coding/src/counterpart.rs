//! The side that the rules left empty: of the actors that the sentence could give it, the one between whom and the known
//! side the classifier of acts is surest of the act.
//!
//! The rules say who may: a target stands below the act or beside it, a source does what the act is part of ("the court
//! ordered the arrest of B"); nobody who only tells it, and nobody within the phrase of the known side ("the leaders of
//! the union").

use tidings_language::{ActClassifier, Pair, Relation, Sentence, Upos};
use tidings_ontology::EventType;

use crate::article::{Article, Form, Mention};
use crate::draft::{Draft, Party, Why};
use crate::opinion::{as_annotated, chances, words_of};
use crate::{conditions, phrase, slots, standing};

/// From this chance on the classifier is believed. Of .3, .5, .7 and .9, the best on a fifth of PLV_train that it had not
/// learnt from (right type between the right two: see ARCHITECTURE.md), and no worse than .5 on the annotated articles.
const BELIEVED: f32 = 0.3;

/// Fills source or target of a draft that has only the other.
pub fn fill(article: &Article, draft: &mut Draft, acts: &ActClassifier) {
    let sentence = &article.sentences[draft.sentence];
    let lacks_target = draft.target.is_empty();
    let told = as_annotated(draft);
    if draft.reciprocal || told == EventType::None || draft.source.is_empty() == lacks_target {
        return;
    }
    let known = if lacks_target { &draft.source } else { &draft.target };
    let Some(side) = known.iter().map(|p| words_of(sentence, p.span)).find(|w| !w.is_empty()) else { return };
    let chance = |mention: &Mention| {
        let words = words_of(sentence, mention.span);
        let [source, target] = if lacks_target { [side.clone(), words] } else { [words, side.clone()] };
        let pair = Pair { source, target, predicate: Some(draft.predicate) };
        chances(acts, sentence, &pair).into_iter().find(|(e, _)| *e == told).map_or(0.0, |(_, c)| c)
    };
    let may = article.mentions_in(draft.sentence).filter(|m| {
        let stands =
            if lacks_target { may_suffer(sentence, draft, m.head) } else { may_act(sentence, draft, m.head) };
        let place =
            lacks_target && draft.place.as_ref().and_then(|p| p.span).is_some_and(|p| p.overlaps(m.span));
        stands && !place && is_other(article, m, known) && !tells(article, draft, m)
    });
    let best = may.map(|m| (chance(m), m)).reduce(|a, b| if b.0 > a.0 { b } else { a });
    let Some((chance, mention)) = best.filter(|(chance, _)| *chance >= BELIEVED) else { return };
    let field = if lacks_target { "target" } else { "source" };
    let rule = format!("classifier of acts: {} between the two, {chance:.2}", told.as_str());
    draft.trail.push(Why { field, rule, span: Some(mention.span) });
    let party = Party { entity: mention.entity, span: mention.span, resolved_by: "classifier" };
    if lacks_target { draft.target = vec![party] } else { draft.source = vec![party] }
}

/// A political actor of another side, who is not part of its phrase.
fn is_other(article: &Article, mention: &Mention, known: &[Party]) -> bool {
    let sentence = &article.sentences[mention.sentence];
    let party = Party { entity: mention.entity, span: mention.span, resolved_by: "classifier" };
    let within = |p: &Party| {
        article.mentions_in(mention.sentence).filter(|m| m.entity == p.entity).any(|m| {
            m.span.overlaps(mention.span)
                || sentence.is_within(mention.head, m.head)
                || sentence.is_within(m.head, mention.head)
        })
    };
    mention.form != Form::Pronoun
        && standing::are_political(article, std::slice::from_ref(&party))
        && !slots::is_own_side(article, &party, known)
        && !known.iter().any(within)
}

/// Whether the mention names one who tells the act, or to whom it is told.
fn tells(article: &Article, draft: &Draft, mention: &Mention) -> bool {
    article.sayings.iter().any(|s| {
        s.sentence == draft.sentence
            && s.cue != draft.predicate
            && s.content.contains(&draft.predicate)
            && !s.content.contains(&mention.head)
    })
}

/// Where a word hangs on the act or on what the act is part of.
struct Hung {
    /// The act, or a word above it.
    joint: usize,
    /// The first word on the way down from there.
    first: usize,
}

fn hung(sentence: &Sentence, act: usize, word: usize) -> Option<Hung> {
    let above: Vec<usize> = std::iter::successors(Some(act), |w| sentence.words[*w].head).collect();
    let up = std::iter::successors(Some(word), |w| sentence.words[*w].head);
    let way: Vec<usize> = up.take_while(|w| !above.contains(w)).collect();
    let first = *way.last()?;
    let joint = sentence.words[first].head?;
    // What other clauses tell is another matter; of the act's own clauses, those that only describe somebody.
    let clause = |w: &usize| matches!(sentence.words[*w].relation.base(), "acl" | "advcl" | "parataxis");
    let relative = |w: &usize| sentence.words[*w].relation.as_str() == "acl:relcl";
    let another =
        |w: &usize| sentence.words[*w].relation.base() == "conj" && sentence.words[*w].upos == Upos::Verb;
    let elsewhere = way.iter().any(|w| relative(w) || another(w) || (clause(w) && joint != act));
    let described =
        above.iter().take_while(|w| **w != joint).any(|w| relative(w) || is_passive_modifier(sentence, *w));
    (!elsewhere && !described).then_some(Hung { joint, first })
}

/// "a leader accused of": whoever arrests the leader is not the one who accuses.
fn is_passive_modifier(sentence: &Sentence, word: usize) -> bool {
    let own = &sentence.words[word];
    own.relation.base() == "acl"
        && own.feature("VerbForm") == Some("Part")
        && own.feature("Tense") == Some("Past")
}

/// Below the act, or an object or adjunct of what a noun or infinitive is part of; never a subject.
fn may_suffer(sentence: &Sentence, draft: &Draft, word: usize) -> bool {
    let Some(Hung { joint, first }) = hung(sentence, draft.predicate, word) else { return false };
    let relation = sentence.words[first].relation.base();
    let act = &sentence.words[draft.predicate];
    let part = act.upos != Upos::Verb || conditions::is_infinitive(sentence, draft.predicate);
    let beside = part && matches!(relation, "obj" | "iobj" | "obl" | "nmod");
    // Who condemns an attack condemns neither its victims nor its place.
    let judges = matches!(draft.event, EventType::Accuse | EventType::Support);
    let of_another_act = judges && {
        let up = std::iter::successors(sentence.words[word].head, |w| sentence.words[*w].head);
        up.take_while(|w| *w != joint).any(|w| sentence.predicate(w).is_some() && !draft.trigger.contains(&w))
    };
    relation != "nsubj" && !of_another_act && (joint == draft.predicate || beside)
}

/// Subject of the verb of which the act is part; or the state in which somebody is held or punished.
fn may_act(sentence: &Sentence, draft: &Draft, word: usize) -> bool {
    let Some(Hung { joint, first }) = hung(sentence, draft.predicate, word) else { return false };
    let verb = sentence.words[joint].upos == Upos::Verb;
    let subject = verb && sentence.words[first].relation == Relation::Nsubj && joint != draft.predicate;
    let of_states = matches!(draft.event, EventType::Coerce | EventType::Sanction);
    let adjunct = matches!(sentence.words[first].relation.base(), "obl" | "nmod") && first == word;
    let state = draft.place.as_ref().is_some_and(|p| p.precision == "country");
    let within = of_states && state && phrase::case_is(sentence, word, &["in"]);
    subject || (adjunct && (within || phrase::case_is(sentence, word, &["by", "from"])))
}
