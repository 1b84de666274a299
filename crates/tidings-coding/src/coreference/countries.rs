//! Of which country the unnamed are: "his government", "the army", "local officials".
//!
//! First the possessor or the complement says it ("the country's president", "soldiers of that army"); else it is the
//! country in which the story plays, with a lower score and a word about it.

use std::collections::BTreeMap;

use tidings_actors::{Actor, ActorKind};
use tidings_language::{Relation, Sentence};

use super::{Resolver, likeness};
use crate::article::Entity;
use crate::article::Form;
use crate::mentions::Candidate;
use crate::phrase;

/// "the Norlandian army and police": the police are those of the first.
fn joined_to(sentence: &Sentence, head: usize) -> Option<usize> {
    let word = &sentence.words[head];
    word.head.filter(|_| word.relation == Relation::Conj)
}

/// Sectors that a story's own country has, unless something says otherwise.
const DOMESTIC: &[&str] = &[
    "AGR", "COP", "CVL", "EDU", "ELI", "GOV", "JRN", "JUD", "LAB", "LEG", "MED", "MIL", "OPP", "PRM", "PTY",
    "REB", "SPY", "UAF",
];
/// Words that say otherwise.
const FOREIGN: &[&str] = &[
    "african",
    "allied",
    "arab",
    "asian",
    "coalition",
    "donor",
    "european",
    "foreign",
    "global",
    "international",
    "multinational",
    "neighboring",
    "neighbouring",
    "overseas",
    "regional",
    "several",
    "un",
    "various",
    "western",
    "world",
];
/// People who may be from anywhere.
const FROM_ANYWHERE: &[&str] = &[
    "analyst",
    "contact",
    "critic",
    "expert",
    "man",
    "observer",
    "party",
    "passenger",
    "people",
    "person",
    "tourist",
];
/// What a state has one of: several are of several states.
const ONE_A_STATE: &[&str] =
    &["army", "capital", "country", "government", "parliament", "president", "state"];
/// Weight of the sentences in which a country is named, by their number: the story is told at the beginning.
const FIRST: f32 = 4.0;
const EARLY: f32 = 2.0;
/// Share of all weight from which a country dominates, and how far the second must be behind.
const DOMINATES: f32 = 0.4;
const AHEAD: f32 = 1.5;
/// How much less sure the country of the story is than one that is told.
const DOUBT: f32 = 0.7;

impl Resolver<'_> {
    /// Parties of many countries share a name: one whose country the article never speaks of is another one.
    fn disown_strangers(&mut self) {
        for index in 0..self.entities.len() {
            let actor = &self.entities[index].actor;
            let party =
                actor.kind == ActorKind::Organization && actor.sectors.first().is_some_and(|s| s == "PTY");
            let Some(code) =
                actor.country.clone().filter(|_| party && !self.entities[index].mentions.is_empty())
            else {
                continue;
            };
            let told = |e: &Entity| !e.mentions.is_empty() && e.actor.country.as_ref() == Some(&code);
            let elsewhere = self.entities.iter().enumerate().any(|(other, e)| other != index && told(e));
            let foreign = self.entities.iter().any(|e| {
                !e.mentions.is_empty()
                    && e.actor.country.as_ref().is_some_and(|c| *c != code && self.knowledge.is_state(c))
            });
            if !elsewhere && foreign {
                let actor = &mut self.entities[index].actor;
                actor.how = format!("{}, but the article does not speak of {code}", actor.how);
                actor.id = format!("party-{}", actor.id);
                actor.country = None;
                actor.generic = true;
                actor.score *= DOUBT;
            }
        }
    }

    /// Gives a country to those who have none.
    pub(super) fn lend_countries(&mut self) {
        self.disown_strangers();
        for index in 0..self.entities.len() {
            let owner = if self.wants_country(index) { self.owner_of(index) } else { None };
            if let Some((code, owner)) = owner {
                self.settle(index, &code, &format!("of {owner}"), 1.0);
            }
        }
        let story = self.story_country().or_else(|| self.home.clone());
        for index in 0..self.entities.len() {
            if !self.wants_country(index) || !self.is_domestic(index) {
                continue;
            }
            if let Some(code) = self.country_of_scene(index) {
                self.settle(index, &code, "of the country of which the sentence speaks", DOUBT);
            } else if let Some(code) = &story {
                self.settle(index, code, "of the country in which the story plays", DOUBT);
            }
        }
    }

    /// The country of the only places named in the sentence that first tells of a group: "in Norburg, soldiers …".
    fn country_of_scene(&self, index: usize) -> Option<String> {
        let entity = &self.entities[index];
        if entity.actor.kind == ActorKind::Person {
            return None; // ministers speak abroad
        }
        let number = self.mentions[*entity.mentions.first()?].sentence;
        let sentence = &self.sentences[number];
        let mut codes = self.mentions.iter().filter(|m| m.sentence == number).filter_map(|m| {
            let actor = &self.entities[m.entity].actor;
            let scene = actor.kind == ActorKind::Place
                || (actor.kind == ActorKind::Country
                    && phrase::case_is(sentence, m.head, &["in", "inside", "across"]));
            actor.country.as_deref().filter(|c| scene && self.knowledge.is_state(c))
        });
        let code = codes.next()?;
        codes.all(|other| other == code).then(|| code.to_owned())
    }

    fn wants_country(&self, index: usize) -> bool {
        let entity = &self.entities[index];
        let actor = &entity.actor;
        let official = actor.kind == ActorKind::Person && !actor.sectors.is_empty();
        !entity.mentions.is_empty()
            && actor.country.is_none()
            && (actor.generic || official || self.organ(actor).is_some())
    }

    fn organ(&self, actor: &Actor) -> Option<Actor> {
        (actor.kind == ActorKind::Organization).then(|| self.knowledge.organ_of(&actor.name, "USA")).flatten()
    }

    /// Country and name of the possessor, or of what follows "of".
    fn owner_of(&self, index: usize) -> Option<(String, String)> {
        // "his counterpart" is of any country but his.
        let counterpart = |m: &usize| {
            let detail = &self.details[*m];
            self.sentences[detail.sentence].words[detail.head].lemma.eq_ignore_ascii_case("counterpart")
        };
        let elsewhere = self.entities[index].mentions.iter().any(counterpart);
        self.entities[index].mentions.iter().find_map(|m| {
            let detail = &self.details[*m];
            let sentence = &self.sentences[detail.sentence];
            sentence
                .children(detail.head)
                .filter(|c| match sentence.words[*c].relation {
                    Relation::NmodPoss => !elsewhere,
                    Relation::Nmod => phrase::case_is(sentence, *c, &["of", "in", "from", "within"]),
                    Relation::Compound | Relation::Amod => sentence.name_at(*c).is_some(),
                    _ => false,
                })
                .chain(joined_to(sentence, detail.head))
                .find_map(|c| {
                    let found =
                        self.mentions.iter().find(|m| m.sentence == detail.sentence && m.head == c)?.entity;
                    let owner = &self.entities[found].actor;
                    let joined = sentence.words[detail.head].head == Some(c);
                    if joined && (owner.kind == ActorKind::Country || likeness::is_person(owner)) {
                        return None; // "Norland and two soldiers"
                    }
                    let code = owner.country.clone().filter(|_| found != index)?;
                    Some((code, owner.name.clone()))
                })
        })
    }

    /// The country that dominates title and text, if one does.
    fn story_country(&self) -> Option<String> {
        let mut weights: BTreeMap<&str, f32> = BTreeMap::new();
        for mention in self.mentions.iter().filter(|m| m.form != Form::Pronoun) {
            let actor = &self.entities[mention.entity].actor;
            let Some(code) = actor.country.as_deref().filter(|c| self.knowledge.is_state(c)) else {
                continue;
            };
            let weight = match mention.sentence {
                0 => FIRST,
                1..=3 => EARLY,
                _ => 1.0,
            };
            *weights.entry(code).or_default() += weight;
        }
        let total: f32 = weights.values().sum();
        let mut ranked: Vec<(&str, f32)> = weights.into_iter().collect();
        ranked.sort_by(|a, b| b.1.total_cmp(&a.1).then(a.0.cmp(b.0)));
        let (code, most) = *ranked.first()?;
        let second = ranked.get(1).map_or(0.0, |r| r.1);
        (most >= DOMINATES * total && most >= AHEAD * second).then(|| code.to_owned())
    }

    /// Organs of state, officials and the people of a place; nobody who is said to be from elsewhere.
    fn is_domestic(&self, index: usize) -> bool {
        let entity = &self.entities[index];
        let sector = entity.actor.sectors.first().is_some_and(|s| DOMESTIC.contains(&s.as_str()));
        sector && !entity.mentions.iter().any(|m| self.is_from_elsewhere(&self.details[*m]))
    }

    /// "foreign troops", "several governments", "tourists".
    fn is_from_elsewhere(&self, detail: &Candidate) -> bool {
        if detail.form == Form::Pronoun {
            return false;
        }
        let lemma = |word: usize| self.sentences[detail.sentence].words[word].lemma.to_lowercase();
        let noun = lemma(detail.head);
        FROM_ANYWHERE.contains(&noun.as_str())
            || (ONE_A_STATE.contains(&noun.as_str()) && self.is_many(detail))
            || detail
                .words
                .iter()
                .map(|w| lemma(*w))
                .any(|w| FOREIGN.contains(&w.as_str()) && !self.names_its_office(detail, &w))
    }

    /// "the foreign minister", "the foreign ministry": the word says what the office is for, not whose it is.
    fn names_its_office(&self, detail: &Candidate, word: &str) -> bool {
        let Some(actor) = &detail.actor else { return false };
        let role = actor.role.as_deref().is_some_and(|role| likeness::has_word(role, word));
        role || (self.organ(actor).is_some() && likeness::has_word(&actor.name, word))
    }

    /// The entity becomes one of that country; an organ becomes the organ of that state.
    fn settle(&mut self, index: usize, code: &str, why: &str, sureness: f32) {
        let actor = &self.entities[index].actor;
        let organ = (actor.kind == ActorKind::Organization)
            .then(|| self.knowledge.organ_of(&actor.name, code))
            .flatten();
        let how = format!("{}, {why}", actor.how);
        let score = actor.score * sureness;
        let actor = &mut self.entities[index].actor;
        match organ {
            Some(organ) => *actor = Actor { how, score: organ.score * sureness, ..organ },
            None => {
                actor.country = Some(code.to_owned());
                actor.id = format!("{code}-{}", actor.id);
                actor.how = how;
                actor.score = score;
            }
        }
    }
}
