//! Who is meant by "she", "the ministry", "Stern", "the two countries": candidates to mentions and entities.
//!
//! One pass in text order. A mention that says by itself who it is joins the entity of the same actor; surnames,
//! defined abbreviations, role nouns and pronouns join the most recent entity that fits.

use tidings_actors::{Actor, ActorKind};
use tidings_language::{NameKind, Sentence, Upos};

use crate::article::{Entity, Form, Mention};
use crate::mentions::Candidate;
use crate::phrase;

/// How far back (in sentences) a pronoun reaches, and a role noun.
const PRONOUN_REACH: usize = 3;
const NOMINAL_REACH: usize = 25;

/// Builds mentions and entities from the candidates of the whole article.
pub struct Resolver<'a> {
    sentences: &'a [Sentence],
    text: &'a str,
    mentions: Vec<Mention>,
    entities: Vec<Entity>,
    /// Candidates of the mentions, for what the mention alone does not say.
    details: Vec<Candidate>,
}

impl<'a> Resolver<'a> {
    /// A resolver over the sentences of one article.
    pub fn new(sentences: &'a [Sentence], text: &'a str) -> Self {
        Self { sentences, text, mentions: Vec::new(), entities: Vec::new(), details: Vec::new() }
    }

    /// Resolves all candidates, which come in text order.
    pub fn run(mut self, candidates: Vec<Candidate>) -> (Vec<Mention>, Vec<Entity>) {
        for candidate in candidates {
            match candidate.form {
                Form::Name => self.name(candidate),
                Form::Nominal => self.nominal(candidate),
                Form::Pronoun => self.pronoun(candidate),
            }
        }
        (self.mentions, self.entities)
    }

    fn name(&mut self, candidate: Candidate) {
        let Some(actor) = candidate.actor.clone() else { return };
        let known = self
            .same_actor(&actor)
            .or_else(|| self.by_surname(&candidate, &actor))
            .or_else(|| self.by_abbreviation(&candidate));
        let entity = match known {
            Some(index) => {
                enrich(&mut self.entities[index].actor, &actor);
                index
            }
            None => self.enter(actor),
        };
        self.mention(candidate, entity, "name");
    }

    fn same_actor(&self, actor: &Actor) -> Option<usize> {
        self.entities.iter().position(|e| e.actor.id == actor.id && !actor.generic)
    }

    /// "Stern" after "Ada Stern".
    fn by_surname(&self, candidate: &Candidate, actor: &Actor) -> Option<usize> {
        if actor.kind != ActorKind::Person {
            return None;
        }
        let short = candidate.name_span.map_or(actor.name.as_str(), |s| s.of(self.text));
        self.entities.iter().rposition(|e| {
            e.actor.kind == ActorKind::Person
                && !e.actor.generic
                && (ends_with_words(&e.actor.name, short) || ends_with_words(short, &e.actor.name))
        })
    }

    /// "NTU" after "Norland Transport Union (NTU)".
    fn by_abbreviation(&self, candidate: &Candidate) -> Option<usize> {
        let short = candidate.name_span?.of(self.text);
        if short.len() < 2 || !short.chars().all(|c| c.is_uppercase() || c == '.' || c == '-') {
            return None;
        }
        self.entities
            .iter()
            .rposition(|e| e.actor.kind != ActorKind::Person && initials(&e.actor.name, short))
    }

    fn nominal(&mut self, candidate: Candidate) {
        let sentence = &self.sentences[candidate.sentence];
        if let Some(entities) = self.pair(&candidate) {
            for entity in entities {
                self.mention(candidate.clone(), entity, "coref");
            }
            return;
        }
        let definite = is_definite(sentence, candidate.head);
        if let Some(index) = definite.then(|| self.antecedent_of_nominal(&candidate)).flatten() {
            self.mention(candidate, index, "antecedent");
        } else if let Some(actor) = candidate.actor.clone() {
            let known =
                if actor.generic { self.same_group(&actor, &candidate) } else { self.same_actor(&actor) };
            let entity = known.unwrap_or_else(|| self.enter(actor));
            self.mention(candidate, entity, "name");
        }
    }

    /// "Sudrian soldiers" again: the same words and the same country.
    fn same_group(&self, actor: &Actor, candidate: &Candidate) -> Option<usize> {
        let lemma = &self.sentences[candidate.sentence].words[candidate.head].lemma;
        self.details.iter().zip(&self.mentions).rev().find_map(|(other, mention)| {
            let entity = &self.entities[mention.entity].actor;
            let same_head = other.form == Form::Nominal
                && &self.sentences[other.sentence].words[other.head].lemma == lemma;
            (same_head && entity.generic && entity.country == actor.country && entity.name == actor.name)
                .then_some(mention.entity)
        })
    }

    /// "the ministry", "the group", "the militants": the last one of whom that noun was used, or whose role it is.
    fn antecedent_of_nominal(&self, candidate: &Candidate) -> Option<usize> {
        let head = &self.sentences[candidate.sentence].words[candidate.head];
        let own_country = candidate.actor.as_ref().and_then(|a| a.country.clone());
        let plural = head.feature("Number") == Some("Plur");
        let reach = candidate.sentence.saturating_sub(NOMINAL_REACH);
        self.details.iter().zip(&self.mentions).rev().take_while(|(c, _)| c.sentence >= reach).find_map(
            |(other, mention)| {
                let entity = &self.entities[mention.entity].actor;
                let clash =
                    own_country.is_some() && entity.country.is_some() && own_country != entity.country;
                let fits = !clash
                    && (self.same_noun(other, &head.lemma)
                        || (!plural && role_has(entity, &head.lemma))
                        || kind_noun(entity, &head.lemma));
                fits.then_some(mention.entity)
            },
        )
    }

    fn same_noun(&self, other: &Candidate, lemma: &str) -> bool {
        other.form != Form::Pronoun
            && other
                .words
                .iter()
                .any(|w| self.sentences[other.sentence].words[*w].lemma.eq_ignore_ascii_case(lemma))
    }

    /// "the two countries", "both sides", "the two leaders": the last two that fit, told in one breath.
    fn pair(&self, candidate: &Candidate) -> Option<Vec<usize>> {
        let sentence = &self.sentences[candidate.sentence];
        let counted = candidate
            .words
            .iter()
            .any(|w| matches!(sentence.words[*w].lemma.to_lowercase().as_str(), "two" | "both"));
        let lemma = sentence.words[candidate.head].lemma.as_str();
        let person = matches!(lemma, "leader" | "president" | "minister" | "man" | "official" | "diplomat");
        let state = matches!(
            lemma,
            "country"
                | "side"
                | "nation"
                | "state"
                | "government"
                | "neighbour"
                | "neighbor"
                | "ally"
                | "rival"
                | "party"
        );
        if !counted || !(person || state) {
            return None;
        }
        let wanted = |a: &Actor| {
            if person { a.kind == ActorKind::Person } else { a.kind != ActorKind::Person && !a.generic }
        };
        let mut found: Vec<usize> = Vec::new();
        for mention in
            self.mentions.iter().rev().take_while(|m| m.sentence + PRONOUN_REACH + 2 >= candidate.sentence)
        {
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

    fn pronoun(&mut self, candidate: Candidate) {
        let sentence = &self.sentences[candidate.sentence];
        let word = &sentence.words[candidate.head];
        if crate::mentions::is_relative(sentence, candidate.head) {
            if let Some(entity) = self.relative_antecedent(&candidate) {
                self.mention(candidate, entity, "coref");
            }
            return;
        }
        if word.feature("Person") == Some("1") || word.feature("Person") == Some("2") {
            return; // the speaker of the quotation: resolved once the quotations are known
        }
        let wanted = Wanted::of(&word.form.to_lowercase());
        if let Some(entity) = wanted.and_then(|w| self.antecedent_of_pronoun(&candidate, w)) {
            self.mention(candidate, entity, "coref");
        }
    }

    fn relative_antecedent(&self, candidate: &Candidate) -> Option<usize> {
        let sentence = &self.sentences[candidate.sentence];
        let mut clause = sentence.words[candidate.head].head?;
        while !matches!(sentence.words[clause].relation.base(), "acl" | "root") {
            clause = sentence.words[clause].head?;
        }
        let antecedent = sentence.words[clause].head?;
        self.mentions
            .iter()
            .rev()
            .find(|m| m.sentence == candidate.sentence && m.head == antecedent)
            .map(|m| m.entity)
    }

    /// Subjects first, the nearest sentence first; in the same sentence only what stands before.
    fn antecedent_of_pronoun(&self, candidate: &Candidate, wanted: Wanted) -> Option<usize> {
        let mut best: Option<(i32, usize)> = None;
        for (mention, detail) in self.mentions.iter().zip(&self.details).rev() {
            if mention.sentence + PRONOUN_REACH < candidate.sentence {
                break;
            }
            let actor = &self.entities[mention.entity].actor;
            if !wanted.fits(actor, self.is_plural(detail)) || self.same_clause_subject(candidate, mention) {
                continue;
            }
            let distance = (candidate.sentence - mention.sentence) as i32;
            let score = -6 * distance + self.salience(mention) + i32::from(mention.form != Form::Pronoun);
            if best.is_none_or(|(s, _)| score > s) {
                best = Some((score, mention.entity));
            }
        }
        best.map(|(_, entity)| entity)
    }

    fn salience(&self, mention: &Mention) -> i32 {
        match self.sentences[mention.sentence].words[mention.head].relation.base() {
            "nsubj" => 5,
            "obj" | "iobj" => 2,
            "obl" | "conj" => 1,
            _ => 0,
        }
    }

    fn is_plural(&self, candidate: &Candidate) -> bool {
        let sentence = &self.sentences[candidate.sentence];
        let word = &sentence.words[candidate.head];
        word.feature("Number") == Some("Plur") || phrase::conjuncts(sentence, candidate.head).len() > 1
    }

    /// "He criticised him": the two are not the same.
    fn same_clause_subject(&self, candidate: &Candidate, mention: &Mention) -> bool {
        let sentence = &self.sentences[candidate.sentence];
        mention.sentence == candidate.sentence
            && sentence.words[candidate.head].relation.base() != "nmod"
            && sentence.words[candidate.head].head.is_some()
            && sentence.words[mention.head].head == sentence.words[candidate.head].head
    }

    fn enter(&mut self, actor: Actor) -> usize {
        self.entities.push(Entity { actor, mentions: Vec::new() });
        self.entities.len() - 1
    }

    fn mention(&mut self, candidate: Candidate, entity: usize, resolved_by: &'static str) {
        self.entities[entity].mentions.push(self.mentions.len());
        self.mentions.push(Mention {
            sentence: candidate.sentence,
            head: candidate.head,
            span: candidate.span,
            form: candidate.form,
            entity,
            resolved_by,
        });
        self.details.push(candidate);
    }
}

/// What a pronoun may stand for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Wanted {
    Person,
    Thing,
    Many,
}

impl Wanted {
    fn of(form: &str) -> Option<Self> {
        Some(match form {
            "he" | "she" | "him" | "her" | "his" | "hers" | "himself" | "herself" => Wanted::Person,
            "it" | "its" | "itself" => Wanted::Thing,
            "they" | "them" | "their" | "theirs" | "themselves" => Wanted::Many,
            _ => return None,
        })
    }

    fn fits(self, actor: &Actor, plural: bool) -> bool {
        match self {
            Wanted::Person => {
                actor.kind == ActorKind::Person
                    || (actor.generic && !plural && actor.kind == ActorKind::Group)
            }
            Wanted::Thing => !plural && matches!(actor.kind, ActorKind::Country | ActorKind::Organization),
            Wanted::Many => plural || matches!(actor.kind, ActorKind::Group | ActorKind::Organization),
        }
    }
}

/// What a later mention adds: a role, a country, the full name.
fn enrich(known: &mut Actor, seen: &Actor) {
    if known.country.is_none() {
        known.country.clone_from(&seen.country);
    }
    if known.sectors.is_empty() {
        known.sectors.clone_from(&seen.sectors);
    }
    if known.role.is_none() {
        known.role.clone_from(&seen.role);
    }
    if known.kind == ActorKind::Person
        && seen.kind == ActorKind::Person
        && seen.name.len() > known.name.len()
        && ends_with_words(&seen.name, &known.name)
    {
        known.name.clone_from(&seen.name);
    }
}

fn ends_with_words(long: &str, short: &str) -> bool {
    let (long, short) = (long.to_lowercase(), short.to_lowercase());
    !short.is_empty()
        && long.strip_suffix(&short).is_some_and(|rest| rest.is_empty() || rest.ends_with([' ', '-']))
}

fn initials(name: &str, short: &str) -> bool {
    let letters: String = short.chars().filter(|c| c.is_alphabetic()).collect();
    let all: String =
        name.split([' ', '-']).filter_map(|w| w.chars().next()).filter(|c| c.is_uppercase()).collect();
    letters.chars().count() >= 2 && all == letters
}

fn role_has(actor: &Actor, lemma: &str) -> bool {
    actor.kind == ActorKind::Person
        && actor
            .role
            .as_ref()
            .is_some_and(|r| r.split(|c: char| !c.is_alphanumeric()).any(|w| w.eq_ignore_ascii_case(lemma)))
}

/// "the group", "the country", "the organisation" fit by what the entity is.
fn kind_noun(actor: &Actor, lemma: &str) -> bool {
    match lemma {
        "group" | "movement" | "militia" | "faction" => {
            actor.kind == ActorKind::Organization
                && actor.sectors.iter().any(|s| s == "REB" || s == "PTY" || s == "OPP")
        }
        "country" | "nation" | "republic" | "kingdom" => actor.kind == ActorKind::Country,
        "organization" | "organisation" | "body" | "agency" | "bloc" | "alliance" | "union" | "mission" => {
            actor.kind == ActorKind::Organization && !actor.generic
        }
        _ => false,
    }
}

/// "the", "this", "his": it has been spoken of before.
fn is_definite(sentence: &Sentence, head: usize) -> bool {
    sentence.children(head).any(|c| {
        let word = &sentence.words[c];
        word.upos == Upos::Det
            && matches!(word.form.to_lowercase().as_str(), "the" | "this" | "these" | "that" | "those")
    }) && !has_own_complement(sentence, head)
}

/// "the army of Norland", "the Norlandian army", "the justice ministry of …" say themselves which one.
fn has_own_complement(sentence: &Sentence, head: usize) -> bool {
    sentence.children(head).any(|c| {
        let relation = sentence.words[c].relation.base();
        matches!(relation, "nmod" | "acl")
            || (matches!(relation, "amod" | "compound")
                && sentence.name_at(c).is_some_and(|n| {
                    matches!(n.kind, NameKind::Norp | NameKind::Location | NameKind::Organization)
                }))
    })
}
