//! Which trigger entry fits a word, and who fills its slots.

use tidings_actors::ActorKind;
use tidings_language::{Relation, Role, Sentence, Upos};
use tidings_ontology::{EventType, Lexicon, Pos, Trigger, Triggers};

use crate::arguments::{self, Slot};
use crate::article::Article;
use crate::draft::Party;
use crate::{attribution, conditions, parties, phrase, reach};

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
    for trigger in entries.filter(|t| conditions::hold(sentence, word, &t.when)) {
        if is_figure_of_speech(trigger) {
            return Outcome::Rejected(format!("{}: a figure of speech or an everyday matter", trigger.name));
        }
        match fill(article, number, frame, trigger) {
            Ok(found) => return Outcome::Fits(Box::new(found)),
            Err(why) => reason = format!("{}: {why}", trigger.name),
        }
    }
    Outcome::Rejected(reason)
}

/// Entries of the type NONE that are no comments stand in the tables to win over the general entry of an everyday word.
fn is_figure_of_speech(trigger: &Trigger) -> bool {
    trigger.event_type == EventType::None && trigger.kind != "comment"
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
        Upos::Adj if sentence.words[word].relation != Relation::Amod || is_predicative(sentence, word) => {
            Some(Pos::Adj)
        }
        _ => None,
    }
}

/// "is a laudable decision": the adjective of a predicate noun says what is said.
fn is_predicative(sentence: &Sentence, adjective: usize) -> bool {
    sentence.words[adjective].head.is_some_and(|noun| sentence.child(noun, Relation::Cop).is_some())
}

/// "played a role in the massacre", "took part in the raid", "was involved in the killing": the verb.
fn part_taken(sentence: &Sentence, noun: usize) -> Option<usize> {
    let in_it = sentence.words[noun].upos == Upos::Noun && phrase::case_is(sentence, noun, &["in"]);
    let governor = sentence.words[noun].head.filter(|_| in_it)?;
    let lemma = |w: usize| sentence.words[w].lemma.as_str();
    if matches!(lemma(governor), "participate" | "involve" | "engage" | "implicate" | "join") {
        return Some(governor);
    }
    let part = |w: usize| matches!(lemma(w), "role" | "part" | "hand" | "share");
    if part(governor) {
        return sentence.words[governor].head.filter(|h| sentence.words[*h].upos == Upos::Verb);
    }
    let takes = matches!(lemma(governor), "play" | "take" | "have")
        && sentence.children(governor).any(|c| sentence.words[c].relation == Relation::Obj && part(c));
    takes.then_some(governor)
}

/// "held talks", "talks were held", "carry out an attack".
fn light_verb(sentence: &Sentence, word: usize, lexicon: &Lexicon) -> Option<usize> {
    let w = &sentence.words[word];
    if let Some(verb) = part_taken(sentence, word) {
        return Some(verb);
    }
    let verb = w.head.filter(|h| sentence.words[*h].upos == Upos::Verb)?;
    let carried = w.relation == Relation::Obj
        || w.relation == Relation::NsubjPass
        || (w.relation == Relation::Obl && phrase::case_is(sentence, word, &["in", "on"]));
    (w.upos == Upos::Noun && carried && lexicon.is_light(&sentence.words[verb].lemma.to_lowercase()))
        .then_some(verb)
}

/// The actors of the slots, or why there are none.
fn fill<'t>(
    article: &Article,
    number: usize,
    frame: Frame,
    trigger: &'t Trigger,
) -> Result<Match<'t>, &'static str> {
    let phrase = conditions::phrase_nouns(&article.sentences[number], frame.word, &trigger.when.prep);
    let mut source = first_filled(article, number, frame, &trigger.source, &[]);
    if source.is_empty() && trigger.event_type.is_material_conflict() {
        source = claimants(article, number, frame.carrier());
    }
    let mut target = first_filled(article, number, frame, &trigger.target, &source);
    target.retain(|t| !source.iter().any(|s| s.entity == t.entity));
    if let Some(noun) = phrase.first().filter(|_| target.is_empty()) {
        // "remained in contact with B": B hangs on the noun of the phrase.
        target = first_filled(article, number, Frame { word: *noun, light: None }, &trigger.target, &source);
    }
    if target.is_empty() && trigger.target.iter().any(|s| s == "ARG1") {
        target = hosts(article, number, frame.word);
    }
    if target.is_empty() && !source.is_empty() && trigger.target.iter().any(|s| s != "none") {
        target = reach::beyond(article, number, frame, trigger, &source);
    }
    if source.is_empty() && target.is_empty() && trigger.reciprocal {
        source = pair_before(article, number);
    }
    if source.is_empty() && target.is_empty() {
        return Err("no actor in its slots");
    }
    if source.is_empty() && happens_by_itself(&article.sentences[number], frame.word) {
        return Err("nobody does it: the subject suffers it by itself");
    }
    if trigger.reciprocal && !are_several(article, number, &source, &target) {
        return Err("a joint act with one party");
    }
    if trigger.careful && !is_between_political_actors(article, trigger, &source, &target) {
        return Err("an everyday word without political actors on both sides");
    }
    if trigger.when.actor_target.is_some_and(|wanted| wanted == target.is_empty()) {
        return Err("the target is not what the entry asks for");
    }
    let about = first_filled(article, number, frame, &trigger.about, &[]);
    let words = trigger_words(article, number, frame, trigger, phrase);
    Ok(Match { trigger, frame, words, source, target, about })
}

/// "The talks lasted two days": the two whose doings the sentence before tells.
fn pair_before(article: &Article, number: usize) -> Vec<Party> {
    let Some(before) = number.checked_sub(1) else { return Vec::new() };
    let sentence = &article.sentences[before];
    let subject = sentence.root().map(|r| arguments::subject(sentence, r)).unwrap_or_default();
    let pair = parties::parties(article, before, &subject);
    let both = pair.len() > 1 && pair.iter().all(|p| are_political(article, std::slice::from_ref(p)));
    let implicit = |p: Party| Party { resolved_by: "antecedent", ..p };
    if both { pair.into_iter().map(implicit).collect() } else { Vec::new() }
}

/// An entry that asks for the object or complement says what happened.
const TELLING: usize = 4;

/// "the boat sank", "the car exploded": an active verb whose subject is its patient.
fn happens_by_itself(sentence: &Sentence, word: usize) -> bool {
    let active = sentence.words[word].upos == Upos::Verb && !arguments::is_passive(sentence, word);
    let subject = arguments::subject(sentence, word);
    let suffers = sentence
        .predicate(word)
        .is_some_and(|p| p.arguments.iter().any(|a| subject.contains(&a.word) && a.role == Role::Arg1));
    active && suffers && sentence.child(word, Relation::Obj).is_none()
}

/// Two parties, or one that is several ("officials held talks").
fn are_several(article: &Article, number: usize, source: &[Party], target: &[Party]) -> bool {
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

/// "attacked villages in B", "bombed the port of B": the state in which the thing acted upon lies.
fn hosts(article: &Article, number: usize, word: usize) -> Vec<Party> {
    let sentence = &article.sentences[number];
    let lies = |c: &usize| {
        sentence.words[*c].relation.base() == "nmod"
            && phrase::case_is(sentence, *c, &["in", "inside", "across"])
    };
    let places: Vec<usize> = arguments::patient(sentence, word)
        .into_iter()
        .filter(|o| sentence.words[*o].upos == Upos::Noun)
        .flat_map(|o| sentence.children(o).filter(lies).collect::<Vec<_>>())
        .collect();
    let found = parties::parties(article, number, &places);
    let state = |p: &Party| article.entities[p.entity].actor.kind == ActorKind::Country;
    found.into_iter().filter(state).map(|p| Party { resolved_by: "implicit", ..p }).collect()
}

fn is_between_political_actors(
    article: &Article,
    trigger: &Trigger,
    source: &[Party],
    target: &[Party],
) -> bool {
    let joint = trigger.reciprocal && source.len() > 1;
    // What the entry asks for, or the arms of those who act, say enough.
    let told = trigger.when.specificity() >= TELLING
        || (is_material(trigger) && are_armed(article, source))
        || (is_stand(trigger) && are_authorities(article, source));
    let needs_target = !joint && !told && trigger.target.iter().any(|s| s != "none");
    are_political(article, source) && (!needs_target || are_political(article, target))
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
    match slot {
        "clause" => return clause_parties(article, number, frame.word, taken),
        "speaker" => return attribution::innermost(article, number, frame.word),
        "goer" => return goers(article, number, frame.word),
        "host" => return hosts_of_goers(article, number, frame.word, taken),
        _ => {}
    }
    let Some(slot) = Slot::parse(slot) else { return Vec::new() };
    let sentence = &article.sentences[number];
    let own = of_words(article, number, &arguments::fill(sentence, frame.word, &slot), &slot);
    match frame.light {
        Some(light) if own.is_empty() => {
            of_words(article, number, &arguments::fill_light(sentence, light, frame.word, &slot), &slot)
        }
        _ => own,
    }
}

/// "claimed the killing of nine soldiers", "claimed responsibility for the raid": the claimant did it, by their own word.
fn claimants(article: &Article, number: usize, act: usize) -> Vec<Party> {
    let sentence = &article.sentences[number];
    let governor = |w: usize| sentence.words[w].head;
    let claims = |w: &usize| matches!(sentence.words[*w].lemma.as_str(), "claim" | "admit");
    let responsibility = |w: &usize| matches!(sentence.words[*w].lemma.as_str(), "responsibility" | "credit");
    let claim = match governor(act) {
        Some(verb) if claims(&verb) && sentence.words[act].relation.base() == "obj" => Some(verb),
        Some(noun) if responsibility(&noun) => governor(noun),
        Some(verb) if sentence.children(verb).any(|c| responsibility(&c)) => Some(verb),
        _ => None,
    };
    let claim = claim.filter(|c| sentence.words[*c].upos == Upos::Verb);
    claim.map(|c| parties::parties(article, number, &arguments::agent(sentence, c))).unwrap_or_default()
}

/// "officials were in Rome for talks", "flew to the summit": the subject of the clause on which the noun hangs.
fn goers(article: &Article, number: usize, noun: usize) -> Vec<Party> {
    let sentence = &article.sentences[number];
    let clause = going_clause(sentence, noun);
    clause.map(|c| parties::parties(article, number, &arguments::subject(sentence, c))).unwrap_or_default()
}

/// The state in which those who go to a talk are or to which they go.
fn hosts_of_goers(article: &Article, number: usize, noun: usize, goers: &[Party]) -> Vec<Party> {
    let sentence = &article.sentences[number];
    let Some(clause) = going_clause(sentence, noun) else { return Vec::new() };
    let there = |w: &usize| phrase::case_is(sentence, *w, &["in", "to", "for"]);
    let places: Vec<usize> = std::iter::once(clause).chain(sentence.children(clause)).filter(there).collect();
    let country = |p: &Party| article.entities[p.entity].actor.country.as_ref();
    let foreign = |p: &Party| {
        article.entities[p.entity].actor.kind == ActorKind::Country
            && goers.iter().all(|g| country(g).is_some_and(|c| Some(c) != country(p)))
    };
    parties::parties(article, number, &places).into_iter().filter(foreign).collect()
}

fn going_clause(sentence: &Sentence, noun: usize) -> Option<usize> {
    let hangs = |w: &usize| {
        matches!(sentence.words[*w].relation.base(), "obl" | "nmod" | "advcl")
            && phrase::case_is(sentence, *w, &["for", "to", "at", "in"])
    };
    let governor = Some(noun).filter(hangs).and_then(|w| sentence.words[w].head);
    let goes = |w: &usize| {
        let word = &sentence.words[*w];
        sentence.child(*w, Relation::Cop).is_some() || GOING.contains(&word.lemma.as_str())
    };
    let chain =
        std::iter::successors(governor, |w| Some(*w).filter(hangs).and_then(|w| sentence.words[w].head));
    chain.take(3).find(goes)
}

const GOING: &[&str] = &[
    "arrive", "assemble", "attend", "come", "convene", "depart", "drive", "flock", "fly", "gather", "go",
    "head", "join", "journey", "leave", "return", "sail", "sit", "travel", "visit",
];

/// The actors of all words; of several phrases with prepositions, those of the first that has any ("an attack on
/// soldiers at a base on the border").
fn of_words(article: &Article, number: usize, words: &[usize], slot: &Slot) -> Vec<Party> {
    match slot {
        Slot::Preposition(_) => {
            let each = words.iter().map(|w| parties::parties(article, number, &[*w]));
            each.into_iter().find(|found| !found.is_empty()).unwrap_or_default()
        }
        _ => parties::parties(article, number, words),
    }
}

/// "demanded that B withdraw": B. "promised to help B": B, as the subject is the source itself.
fn clause_parties(article: &Article, number: usize, word: usize, taken: &[Party]) -> Vec<Party> {
    let sentence = &article.sentences[number];
    let clauses = sentence.children(word).filter(|c| {
        matches!(sentence.words[*c].relation.base(), "ccomp" | "xcomp" | "advcl" | "obl" | "acl")
    });
    let heads = |c: &usize| matches!(sentence.words[*c].upos, Upos::Verb | Upos::Noun | Upos::Adj);
    for clause in clauses.filter(|c| heads(c) && !is_circumstance(sentence, *c)) {
        let subject = parties::parties(article, number, &arguments::agent(sentence, clause));
        let other: Vec<Party> = subject.into_iter().filter(|p| !is_own_side(article, p, taken)).collect();
        if !other.is_empty() {
            return other;
        }
        let mut object = parties::parties(article, number, &arguments::patient(sentence, clause));
        object.retain(|p| !is_own_side(article, p, taken));
        if !object.is_empty() {
            return object;
        }
        let oblique = parties::parties(article, number, &obliques(sentence, clause));
        if let Some(party) = oblique.into_iter().find(|p| !taken.iter().any(|t| t.entity == p.entity)) {
            return vec![party];
        }
    }
    Vec::new()
}

/// "demanded, as B went on": what happens beside it is not what is demanded.
fn is_circumstance(sentence: &Sentence, clause: usize) -> bool {
    sentence.words[clause].relation.base() == "advcl"
        && sentence.children(clause).any(|c| {
            sentence.words[c].relation == Relation::Mark
                && matches!(
                    sentence.words[c].form.to_lowercase().as_str(),
                    "as" | "after"
                        | "before"
                        | "because"
                        | "while"
                        | "when"
                        | "since"
                        | "although"
                        | "though"
                        | "if"
                )
        })
}

/// The source itself, or its own people ("denied that its troops had attacked").
pub fn is_own_side(article: &Article, party: &Party, taken: &[Party]) -> bool {
    let country = |p: &Party| article.entities[p.entity].actor.country.as_ref();
    let organ = |p: &Party| {
        let actor = &article.entities[p.entity].actor;
        actor.kind == ActorKind::Country
            || actor.sectors.iter().any(|s| matches!(s.as_str(), "GOV" | "MIL" | "COP"))
    };
    taken.iter().any(|t| {
        t.entity == party.entity
            || (country(t).is_some() && country(t) == country(party) && organ(t) && organ(party))
    })
}

/// Those to, with or against whom a clause acts: "to impose sanctions on B", "to withdraw from B".
fn obliques(sentence: &Sentence, clause: usize) -> Vec<usize> {
    let prepositions = ["with", "to", "on", "from", "against", "at", "for", "of"].map(str::to_owned).to_vec();
    arguments::fill(sentence, clause, &Slot::Preposition(prepositions))
}

/// States, organisations, officials, sectors: anyone but a private person without country or sector.
pub fn are_political(article: &Article, found: &[Party]) -> bool {
    !found.is_empty()
        && found.iter().any(|p| {
            let actor = &article.entities[p.entity].actor;
            !actor.sectors.is_empty()
                || actor.country.is_some()
                || matches!(actor.kind, ActorKind::Country | ActorKind::Organization)
        })
}

/// The word, its particle, its light verb, and the object that the entry asks for.
fn trigger_words(
    article: &Article,
    number: usize,
    frame: Frame,
    trigger: &Trigger,
    phrase: Vec<usize>,
) -> Vec<usize> {
    let sentence = &article.sentences[number];
    let mut words = phrase;
    words.push(frame.word);
    words.extend(frame.light);
    words.extend(
        sentence.children(frame.word).filter(|c| sentence.words[*c].relation == Relation::CompoundPrt),
    );
    if !trigger.when.object.is_empty() {
        words.extend(
            conditions::objects(sentence, frame.word)
                .into_iter()
                .filter(|o| trigger.when.object.contains(&sentence.words[*o].lemma.to_lowercase())),
        );
    }
    words.sort_unstable();
    words.dedup();
    words
}
