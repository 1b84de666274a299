//! Which trigger entry fits a word, and who fills its slots.

use tidings_language::{Relation, Sentence, Upos};
use tidings_ontology::{EventType, Lexicon, Pos, Trigger, Triggers};

use crate::article::Article;
use crate::draft::Party;
use crate::{arguments, conditions, demands, everyday, phrase, reach, slots, standing};

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
    if let Some((source, target)) = demands::parties_of(article, number, word) {
        let (frame, words, about) = (Frame { word, light: None }, vec![word], Vec::new());
        return Outcome::Fits(Box::new(Match {
            trigger: &demands::DEMAND,
            frame,
            words,
            source,
            target,
            about,
        }));
    }
    let form = sentence.words[word].form.to_lowercase();
    let entries = triggers.find_word(&form, &lemma, pos);
    if entries.clone().next().is_none() {
        return Outcome::Unlisted;
    }
    let frame = Frame { word, light: light_verb(sentence, word, lexicon) };
    let mut reason = "no entry's conditions hold".to_owned();
    for trigger in entries.filter(|t| conditions::hold(sentence, word, &t.when)) {
        if trigger.event_type == EventType::Request && is_statement(sentence, word) {
            reason = format!("{}: what is said to be so is not asked for", trigger.name);
            continue;
        }
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

/// "insists that B trained them": a finite past clause says what is so; a demand has "should" or a bare verb.
fn is_statement(sentence: &Sentence, word: usize) -> bool {
    let Some(clause) = sentence.child(word, Relation::Ccomp) else { return false };
    let past = sentence.words[clause].feature("Tense") == Some("Past");
    let auxiliary = |c: usize| {
        sentence.words[c].relation.is(Relation::Aux) || sentence.words[c].relation.is(Relation::AuxPass)
    };
    sentence.words[word].lemma == "insist" && past && !sentence.children(clause).any(auxiliary)
}

/// Entries of the type NONE that are no comments stand in the tables to win over the general entry of an everyday word.
fn is_figure_of_speech(trigger: &Trigger) -> bool {
    trigger.event_type == EventType::None && trigger.kind != "comment"
}

fn part_of_speech(sentence: &Sentence, word: usize) -> Option<Pos> {
    match sentence.words[word].upos {
        Upos::Verb
            if sentence.words[word].relation != Relation::Amod
                && !arguments::is_modifying(sentence, word)
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
    let mut source = slots::first_filled(article, number, frame, &trigger.source, &[]);
    if source.is_empty() && trigger.event_type.is_material_conflict() {
        source = slots::claimants(article, number, frame.carrier());
    }
    let mut target = slots::first_filled(article, number, frame, &trigger.target, &source);
    target.retain(|t| !source.iter().any(|s| s.entity == t.entity));
    if let Some(noun) = phrase.first().filter(|_| target.is_empty()) {
        // "remained in contact with B": B hangs on the noun of the phrase.
        target = slots::first_filled(
            article,
            number,
            Frame { word: *noun, light: None },
            &trigger.target,
            &source,
        );
    }
    if target.is_empty() && trigger.target.iter().any(|s| s == "ARG1") {
        target = slots::hosts(article, number, frame.word);
    }
    if target.is_empty() && !source.is_empty() && trigger.target.iter().any(|s| s != "none") {
        target = reach::beyond(article, number, frame, trigger, &source);
    }
    if source.is_empty() && target.is_empty() && trigger.reciprocal {
        source = slots::pair_before(article, number);
    }
    if trigger.when.several.is_some_and(|wanted| wanted != (source.len() > 1)) {
        return Err("not as many act as the entry asks for");
    }
    if source.is_empty() && target.is_empty() {
        return Err("no actor in its slots");
    }
    if source.is_empty() && standing::happens_by_itself(&article.sentences[number], frame.word) {
        return Err("nobody does it: the subject suffers it by itself");
    }
    if trigger.reciprocal && !standing::are_several(article, number, &source, &target) {
        return Err("a joint act with one party");
    }
    if trigger.careful && !standing::is_between_political_actors(article, trigger, &source, &target) {
        return Err("an everyday word without political actors on both sides");
    }
    if trigger.when.actor_target.is_some_and(|wanted| wanted == target.is_empty()) {
        return Err("the target is not what the entry asks for");
    }
    if let Some(why) = everyday::reason(article, number, frame.word, trigger.event_type, [&source, &target]) {
        return Err(why);
    }
    let about = slots::first_filled(article, number, frame, &trigger.about, &[]);
    let words = trigger_words(article, number, frame, trigger, phrase);
    Ok(Match { trigger, frame, words, source, target, about })
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
