//! Whether those in the slots are political actors, and whether the act can be theirs.

use tidings_actors::ActorKind;
use tidings_language::{Relation, Role, Sentence, Upos};
use tidings_ontology::{EventType, Trigger};

use crate::arguments;
use crate::article::Article;
use crate::draft::Party;

/// An entry that asks for the object or complement says what happened.
const TELLING: usize = 4;

/// "the boat sank", "the car exploded": an active verb whose subject is its patient.
pub fn happens_by_itself(sentence: &Sentence, word: usize) -> bool {
    let active = sentence.words[word].upos == Upos::Verb && !arguments::is_passive(sentence, word);
    let subject = arguments::subject(sentence, word);
    let suffers = sentence
        .predicate(word)
        .is_some_and(|p| p.arguments.iter().any(|a| subject.contains(&a.word) && a.role == Role::Arg1));
    active && suffers && sentence.child(word, Relation::Obj).is_none()
}

/// Two parties, or one that is several ("officials held talks").
pub fn are_several(article: &Article, number: usize, source: &[Party], target: &[Party]) -> bool {
    let plural = |p: &Party| {
        let mention = article.mentions_in(number).find(|m| m.entity == p.entity && m.span == p.span);
        mention.is_some_and(|m| {
            let word = &article.sentences[number].words[m.head];
            word.feature("Number") == Some("Plur") || article.actor(m).kind == ActorKind::Organization
        })
    };
    source.len() + target.len() > 1 || source.iter().chain(target).any(plural)
}

fn is_material(trigger: &Trigger) -> bool {
    trigger.event_type.is_material_cooperation() || trigger.event_type.is_material_conflict()
}

/// "The court opposed the vote", "Norland offered to mediate": what authorities say against a thing, or offer, they say
/// publicly.
fn is_stand(trigger: &Trigger) -> bool {
    matches!(trigger.event_type, EventType::Accuse | EventType::Reject | EventType::Agree)
        && trigger.kind == "speech_act"
}

fn are_authorities(article: &Article, source: &[Party]) -> bool {
    let organ = |p: &Party| {
        let actor = &article.entities[p.entity].actor;
        let sector = actor.sectors.first().map_or("", String::as_str);
        actor.kind == ActorKind::Country || matches!(sector, "GOV" | "LEG" | "JUD" | "MIL" | "IGO")
    };
    source.iter().any(organ)
}

fn are_armed(article: &Article, source: &[Party]) -> bool {
    let armed = |p: &Party| {
        let sectors = &article.entities[p.entity].actor.sectors;
        sectors.first().is_some_and(|s| matches!(s.as_str(), "MIL" | "REB" | "UAF" | "COP" | "SPY"))
    };
    source.iter().any(armed)
}

pub fn is_between_political_actors(
    article: &Article,
    trigger: &Trigger,
    source: &[Party],
    target: &[Party],
) -> bool {
    let joint = trigger.reciprocal && source.len() > 1;
    // Whoever hits a state or its people, known to the tables or not, is party to a conflict.
    if trigger.event_type.is_material_conflict() && !source.is_empty() && are_political(article, target) {
        return true;
    }
    // What the entry asks for, or the arms of those who act, say enough.
    let told = trigger.when.specificity() >= TELLING
        || (is_material(trigger) && are_armed(article, source))
        || (is_stand(trigger) && are_authorities(article, source));
    let needs_target = !joint && !told && trigger.target.iter().any(|s| s != "none");
    are_political(article, source) && (!needs_target || are_political(article, target))
}

/// States, organisations, officials, sectors: anyone but a private person without country or sector.
pub fn are_political(article: &Article, found: &[Party]) -> bool {
    !found.is_empty()
        && found.iter().any(|p| {
            let actor = &article.entities[p.entity].actor;
            !actor.sectors.is_empty()
                || actor.country.is_some()
                || actor.code.is_some()
                || matches!(actor.kind, ActorKind::Country | ActorKind::Organization)
        })
}
