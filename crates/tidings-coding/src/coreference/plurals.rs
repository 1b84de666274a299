//! One phrase for several actors: "the two countries", "both sides", "officials of the army and the police", "they".

use tidings_actors::{Actor, ActorKind};
use tidings_language::{Relation, Sentence};

use super::{PRONOUN_REACH, Resolver};
use crate::mentions::Candidate;
use crate::phrase;

/// Nouns for two persons, and for two states or bodies.
const TWO_PERSONS: &[&str] = &["leader", "president", "minister", "man", "woman", "official", "diplomat"];
const TWO_PARTIES: &[&str] = &[
    "country",
    "side",
    "nation",
    "state",
    "government",
    "neighbour",
    "neighbor",
    "ally",
    "rival",
    "party",
    "capital",
    "army",
    "organisation",
    "organization",
    "group",
    "agency",
];
/// Nouns that say "two" by themselves: "the neighbours".
const MUTUAL: &[&str] = &["foe", "neighbor", "neighbour", "rival", "side"];
/// Nouns for people who stand for the bodies named after them.
const DELEGATES: &[&str] = &[
    "chief",
    "delegate",
    "delegation",
    "diplomat",
    "envoy",
    "head",
    "member",
    "negotiator",
    "officer",
    "official",
    "representative",
];

impl Resolver<'_> {
    /// The actors of a noun that stands for several, if it does.
    pub(super) fn several(&mut self, candidate: &Candidate) -> Option<Vec<usize>> {
        let nations = self.nations(candidate);
        nations.or_else(|| self.pair(candidate)).or_else(|| self.delegation(candidate))
    }

    /// "the two countries", "both sides", "the two leaders": the last two that fit, told in one breath.
    fn pair(&self, candidate: &Candidate) -> Option<Vec<usize>> {
        let sentence = &self.sentences[candidate.sentence];
        let counted = self.says_two(candidate);
        let lemma = sentence.words[candidate.head].lemma.to_lowercase();
        let person = TWO_PERSONS.contains(&lemma.as_str());
        let mutual = MUTUAL.contains(&lemma.as_str())
            && self.is_many(candidate)
            && super::is_definite(sentence, candidate.head)
            && candidate.words.len() == 2;
        if !(counted || mutual)
            || !(person || TWO_PARTIES.contains(&lemma.as_str()))
            || candidate.words.len() > 4
        {
            return None;
        }
        let wanted = |a: &Actor| match lemma.as_str() {
            _ if person => a.kind == ActorKind::Person,
            "country" | "nation" | "neighbour" | "neighbor" | "state" | "capital" => {
                a.kind == ActorKind::Country
            }
            "organisation" | "organization" | "group" | "agency" => {
                a.kind == ActorKind::Organization && !a.generic
            }
            _ => {
                let fights = a.sectors.iter().any(|s| matches!(s.as_str(), "MIL" | "OPP" | "REB"));
                a.kind != ActorKind::Person && a.kind != ActorKind::Place && (!a.generic || fights)
            }
        };
        if let Some(opponents) = self.told_together(candidate, wanted) {
            return Some(opponents);
        }
        let mut found: Vec<usize> = Vec::new();
        let near = |m: &&crate::article::Mention| m.sentence + PRONOUN_REACH + 2 >= candidate.sentence;
        for mention in self.mentions.iter().rev().take_while(near) {
            if wanted(&self.entities[mention.entity].actor) && !found.contains(&mention.entity) {
                found.push(mention.entity);
            }
            if found.len() == 2 {
                found.reverse();
                return Some(found);
            }
        }
        None
    }

    /// The two that the nearest sentence before names, if it names two: not the one who speaks of them, and not where it
    /// all happens.
    fn told_together(&self, candidate: &Candidate, wanted: impl Fn(&Actor) -> bool) -> Option<Vec<usize>> {
        let first = candidate.sentence.saturating_sub(PRONOUN_REACH + 2);
        let speaker = self.doers_before(candidate);
        (first..candidate.sentence).rev().find_map(|number| {
            let mut found: Vec<usize> = Vec::new();
            for mention in self.mentions.iter().filter(|m| m.sentence == number) {
                let tree = &self.sentences[number];
                let scene =
                    phrase::case_is(tree, mention.head, &["across", "from", "in", "inside", "near", "of"]);
                let fits = wanted(&self.entities[mention.entity].actor) && !scene;
                if fits && !speaker.contains(&mention.entity) && !found.contains(&mention.entity) {
                    found.push(mention.entity);
                }
            }
            (found.len() == 2).then_some(found)
        })
    }

    /// Who acts in the sentence before the phrase: "Norland urged the two countries" speaks of two others.
    fn doers_before(&self, candidate: &Candidate) -> Vec<usize> {
        let tree = &self.sentences[candidate.sentence];
        let before = |m: &&crate::article::Mention| {
            m.sentence == candidate.sentence
                && m.span.start < candidate.span.start
                && tree.words[m.head].relation.base() == "nsubj"
        };
        self.mentions.iter().filter(before).map(|m| m.entity).collect()
    }

    /// "the two countries", "both sides".
    pub(super) fn says_two(&self, candidate: &Candidate) -> bool {
        let words = &self.sentences[candidate.sentence].words;
        candidate.words.iter().any(|w| matches!(words[*w].lemma.to_lowercase().as_str(), "two" | "both"))
    }

    /// "Norlandian officials representing the army, the police and the foreign ministry": the bodies, of that country.
    fn delegation(&mut self, candidate: &Candidate) -> Option<Vec<usize>> {
        let sentence = &self.sentences[candidate.sentence];
        let lemma = sentence.words[candidate.head].lemma.to_lowercase();
        if !DELEGATES.contains(&lemma.as_str()) || !self.is_plural(candidate) {
            return None;
        }
        let first = represented(sentence, candidate.head)?;
        let of_officials = candidate.actor.as_ref().and_then(|a| a.country.clone());
        // The parser hangs later members of the list on the officials as often as on the first body.
        let mut bodies = phrase::conjuncts(sentence, first);
        let later = phrase::conjuncts(sentence, candidate.head).into_iter();
        bodies.extend(later.chain(phrase::appositions(sentence, candidate.head)).filter(|w| *w > first));
        bodies.sort_unstable();
        bodies.dedup();
        if bodies.len() < 2 {
            return None;
        }
        let told =
            bodies.iter().rev().find_map(|w| self.candidate_at(candidate.sentence, *w)?.country.clone());
        let country = of_officials.or(told);
        let organs: Vec<Actor> = bodies
            .iter()
            .map(|word| {
                let noun = phrase::noun(sentence, *word);
                let organ = self.organ_in(phrase::span(sentence, &noun).of(self.text), country.as_deref());
                let named = || self.candidate_at(candidate.sentence, *word).filter(is_named_body).cloned();
                organ.or_else(named)
            })
            .collect::<Option<_>>()?;
        Some(
            organs
                .into_iter()
                .map(|organ| self.same_actor(&organ).unwrap_or_else(|| self.enter(organ)))
                .collect(),
        )
    }

    /// Who the phrase headed by that word is by its own words.
    fn candidate_at(&self, sentence: usize, head: usize) -> Option<&Actor> {
        let found = self.candidates.iter().find(|c| c.sentence == sentence && c.head == head)?;
        found.actor.as_ref()
    }

    fn organ_in(&self, text: &str, country: Option<&str>) -> Option<Actor> {
        self.knowledge.organ_of(text, country?)
    }

    /// All who are joined in the mention: "Ada Stern and Bo Lund … they".
    pub(super) fn together(&self, mention: usize) -> Vec<usize> {
        let sentence = self.mentions[mention].sentence;
        let heads = phrase::conjuncts(&self.sentences[sentence], self.mentions[mention].head);
        let mut found: Vec<usize> = Vec::new();
        for other in self.mentions.iter().filter(|m| m.sentence == sentence && heads.contains(&m.head)) {
            if !found.contains(&other.entity) {
                found.push(other.entity);
            }
        }
        found
    }
}

fn is_named_body(actor: &&Actor) -> bool {
    actor.kind == ActorKind::Organization && !actor.generic
}

/// The first of the bodies for which somebody stands: "representing X", "from X", "of X".
fn represented(sentence: &Sentence, head: usize) -> Option<usize> {
    sentence.children(head).find_map(|c| {
        let word = &sentence.words[c];
        match word.relation.base() {
            "acl" if word.lemma == "represent" => sentence.child(c, Relation::Obj),
            "nmod" if phrase::case_is(sentence, c, &["of", "from"]) => Some(c),
            _ => None,
        }
    })
}
