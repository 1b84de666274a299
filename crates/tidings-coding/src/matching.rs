//! Which trigger entry fits a word, and who fills its slots.

use tidings_actors::ActorKind;
use tidings_language::{Relation, Sentence, Upos};
use tidings_ontology::{Lexicon, Pos, Trigger, Triggers, When};

use crate::arguments::{self, Slot};
use crate::article::Article;
use crate::draft::Party;
use crate::{parties, phrase};

/// The word that tells an event and the words that carry its grammar.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Frame {
    /// The word that says what happened.
    pub word: usize,
    /// The light verb on which subject, tense and negation hang: "held talks".
    pub light: Option<usize>,
}

impl Frame {
    /// The word on whose auxiliaries and governors the status depends.
    pub fn carrier(self) -> usize {
        self.light.unwrap_or(self.word)
    }
}

/// A trigger that fits, with the actors it found.
#[derive(Clone, Debug)]
pub struct Match<'t> {
    /// The table entry.
    pub trigger: &'t Trigger,
    /// Where.
    pub frame: Frame,
    /// Words that tell the event.
    pub words: Vec<usize>,
    /// Who acts.
    pub source: Vec<Party>,
    /// Who is acted upon.
    pub target: Vec<Party>,
    /// Whom it is about.
    pub about: Vec<Party>,
}

/// What a word came to.
pub enum Outcome<'t> {
    /// An event.
    Fits(Box<Match<'t>>),
    /// A listed word that was not coded, with the reason.
    Rejected(String),
    /// Not in the tables.
    Unlisted,
}

/// The first entry, most specific first, whose conditions hold and whose slots give an actor.
pub fn match_word<'t>(
    article: &Article,
    number: usize,
    word: usize,
    triggers: &'t Triggers,
    lexicon: &Lexicon,
) -> Outcome<'t> {
    let sentence = &article.sentences[number];
    let Some(pos) = part_of_speech(sentence, word) else { return Outcome::Unlisted };
    let lemma = sentence.words[word].lemma.to_lowercase();
    let entries = triggers.find(&lemma, pos);
    if entries.clone().next().is_none() {
        return Outcome::Unlisted;
    }
    let frame = Frame { word, light: light_verb(sentence, word, lexicon) };
    let mut reason = "no entry's conditions hold".to_owned();
    for trigger in entries.filter(|t| holds(sentence, frame, &t.when)) {
        match fill(article, number, frame, trigger) {
            Ok(found) => return Outcome::Fits(Box::new(found)),
            Err(why) => reason = format!("{}: {why}", trigger.name),
        }
    }
    Outcome::Rejected(reason)
}

fn part_of_speech(sentence: &Sentence, word: usize) -> Option<Pos> {
    match sentence.words[word].upos {
        Upos::Verb
            if sentence.words[word].relation != Relation::Amod
                && sentence.words[word].relation != Relation::Case =>
        {
            Some(Pos::Verb)
        }
        Upos::Noun | Upos::Propn => Some(Pos::Noun),
        Upos::Adj if sentence.words[word].relation != Relation::Amod => Some(Pos::Adj),
        _ => None,
    }
}

/// "held talks", "talks were held", "carry out an attack".
fn light_verb(sentence: &Sentence, word: usize, lexicon: &Lexicon) -> Option<usize> {
    let w = &sentence.words[word];
    let verb = w.head.filter(|h| sentence.words[*h].upos == Upos::Verb)?;
    let carried = w.relation == Relation::Obj
        || w.relation == Relation::NsubjPass
        || (w.relation == Relation::Obl && phrase::case_is(sentence, word, &["in", "on"]));
    (w.upos == Upos::Noun && carried && lexicon.is_light(&sentence.words[verb].lemma.to_lowercase()))
        .then_some(verb)
}

fn holds(sentence: &Sentence, frame: Frame, when: &When) -> bool {
    let word = frame.word;
    let objects = objects(sentence, word);
    let lemma_in = |list: &[String], words: &[usize]| {
        words.iter().any(|w| list.contains(&sentence.words[*w].lemma.to_lowercase()))
    };
    let complements: Vec<usize> = sentence
        .children(word)
        .filter(|c| matches!(sentence.words[*c].relation.base(), "ccomp" | "xcomp" | "advcl" | "acl"))
        .collect();
    let particles: Vec<usize> = sentence
        .children(word)
        .filter(|c| {
            sentence.words[*c].relation == Relation::CompoundPrt
                || (sentence.words[*c].relation == Relation::Advmod && sentence.words[*c].upos == Upos::Adp)
        })
        .collect();
    let modified: Vec<usize> = std::iter::once(word)
        .chain(objects.iter().copied())
        .flat_map(|w| sentence.children(w).collect::<Vec<_>>())
        .filter(|c| matches!(sentence.words[*c].relation.base(), "amod" | "compound" | "nmod"))
        .collect();
    (when.object.is_empty() || lemma_in(&when.object, &objects))
        && (when.not_object.is_empty() || !lemma_in(&when.not_object, &objects))
        && (when.particle.is_empty() || lemma_in(&when.particle, &particles))
        && (when.complement.is_empty() || lemma_in(&when.complement, &complements))
        && (when.modifier.is_empty() || lemma_in(&when.modifier, &modified))
        && (when.prep.is_empty() || has_preposition(sentence, word, &when.prep))
        && when.clause.is_none_or(|wanted| {
            wanted
                == complements.iter().any(|c| matches!(sentence.words[*c].relation.base(), "ccomp" | "xcomp"))
        })
        && when.passive.is_none_or(|wanted| wanted == arguments::is_passive(sentence, word))
}

/// Direct objects (passive subjects), also of a verb whose participle or relative clause this is, with conjuncts.
fn objects(sentence: &Sentence, word: usize) -> Vec<usize> {
    if sentence.words[word].upos != Upos::Verb {
        return Vec::new();
    }
    arguments::patient(sentence, word).into_iter().flat_map(|o| phrase::conjuncts(sentence, o)).collect()
}

fn has_preposition(sentence: &Sentence, word: usize, prepositions: &[String]) -> bool {
    let list: Vec<String> = prepositions.to_vec();
    !arguments::fill(sentence, word, &Slot::Preposition(list)).is_empty()
        || sentence.children(word).any(|c| {
            sentence.children(c).any(|m| {
                matches!(sentence.words[m].relation.base(), "mark" | "case")
                    && prepositions.contains(&sentence.words[m].form.to_lowercase())
            })
        })
}

/// The actors of the slots, or why there are none.
fn fill<'t>(
    article: &Article,
    number: usize,
    frame: Frame,
    trigger: &'t Trigger,
) -> Result<Match<'t>, &'static str> {
    let source = first_filled(article, number, frame, &trigger.source, &[]);
    let mut target = first_filled(article, number, frame, &trigger.target, &source);
    target.retain(|t| !source.iter().any(|s| s.entity == t.entity));
    if source.is_empty() && target.is_empty() {
        return Err("no actor in its slots");
    }
    if trigger.careful
        && !(are_political(article, &source)
            && (are_political(article, &target) || trigger.target.iter().all(|s| s == "none")))
    {
        return Err("an everyday word without political actors on both sides");
    }
    if trigger.when.actor_target.is_some_and(|wanted| wanted == target.is_empty()) {
        return Err("the target is not what the entry asks for");
    }
    let about = first_filled(article, number, frame, &trigger.about, &[]);
    Ok(Match { trigger, frame, words: trigger_words(article, number, frame, trigger), source, target, about })
}

/// The parties of the first slot that has any.
fn first_filled(
    article: &Article,
    number: usize,
    frame: Frame,
    slots: &[String],
    taken: &[Party],
) -> Vec<Party> {
    slots
        .iter()
        .map(|slot| slot_parties(article, number, frame, slot, taken))
        .find(|p| !p.is_empty())
        .unwrap_or_default()
}

fn slot_parties(article: &Article, number: usize, frame: Frame, slot: &str, taken: &[Party]) -> Vec<Party> {
    if slot == "clause" {
        return clause_parties(article, number, frame.word, taken);
    }
    let Some(slot) = Slot::parse(slot) else { return Vec::new() };
    let sentence = &article.sentences[number];
    let own = parties::parties(article, number, &arguments::fill(sentence, frame.word, &slot));
    match frame.light {
        Some(light) if own.is_empty() => {
            parties::parties(article, number, &arguments::fill_light(sentence, light, frame.word, &slot))
        }
        _ => own,
    }
}

/// "demanded that B withdraw": B. "promised to help B": B, as the subject is the source itself.
fn clause_parties(article: &Article, number: usize, word: usize, taken: &[Party]) -> Vec<Party> {
    let sentence = &article.sentences[number];
    let clauses = sentence.children(word).filter(|c| {
        matches!(sentence.words[*c].relation.base(), "ccomp" | "xcomp" | "advcl" | "obl" | "acl")
    });
    for clause in clauses.filter(|c| matches!(sentence.words[*c].upos, Upos::Verb | Upos::Noun | Upos::Adj)) {
        let subject = parties::parties(article, number, &arguments::agent(sentence, clause));
        let other: Vec<Party> =
            subject.into_iter().filter(|p| !taken.iter().any(|t| t.entity == p.entity)).collect();
        if !other.is_empty() {
            return other;
        }
        let object = parties::parties(article, number, &arguments::patient(sentence, clause));
        if !object.is_empty() {
            return object;
        }
    }
    Vec::new()
}

/// States, organisations, officials, sectors: anyone but a private person without country or sector.
fn are_political(article: &Article, found: &[Party]) -> bool {
    !found.is_empty()
        && found.iter().any(|p| {
            let actor = &article.entities[p.entity].actor;
            !actor.sectors.is_empty()
                || actor.country.is_some()
                || matches!(actor.kind, ActorKind::Country | ActorKind::Organization)
        })
}

/// The word, its particle, its light verb, and the object that the entry asks for.
fn trigger_words(article: &Article, number: usize, frame: Frame, trigger: &Trigger) -> Vec<usize> {
    let sentence = &article.sentences[number];
    let mut words = vec![frame.word];
    words.extend(frame.light);
    words.extend(
        sentence.children(frame.word).filter(|c| sentence.words[*c].relation == Relation::CompoundPrt),
    );
    if !trigger.when.object.is_empty() {
        words.extend(
            objects(sentence, frame.word)
                .into_iter()
                .filter(|o| trigger.when.object.contains(&sentence.words[*o].lemma.to_lowercase())),
        );
    }
    words.sort_unstable();
    words.dedup();
    words
}
