//! Who is meant by "she", "the ministry", "Stern", "the two countries": candidates to mentions and entities.
//!
//! One pass in text order. A mention that says by itself who it is joins the entity of the same actor; surnames,
//! defined abbreviations, role nouns and pronouns join the most recent entity that fits ([`likeness`], [`agreement`]).
//! What can only be known from the whole text follows: unnamed office-holders are found among the named ones
//! ([`unite`]), and generic actors get the country of their possessor or of the story ([`countries`]).

mod agreement;
mod countries;
mod likeness;
mod nations;
mod plurals;
mod unite;

use tidings_actors::{Actor, ActorKind, Knowledge};
use tidings_language::{NameKind, Relation, Sentence};

use crate::article::{Entity, Form, Mention};
use crate::mentions::Candidate;
use crate::phrase;
use agreement::{Gender, Wanted};

/// How far back (in sentences) a pronoun reaches, and a role noun.
const PRONOUN_REACH: usize = 3;
const NOMINAL_REACH: usize = 25;

/// Builds mentions and entities from the candidates of the whole article.
pub struct Resolver<'a> {
    sentences: &'a [Sentence],
    text: &'a str,
    knowledge: &'a Knowledge,
    mentions: Vec<Mention>,
    entities: Vec<Entity>,
    /// What is known of the sex of each entity.
    genders: Vec<Option<Gender>>,
    /// Candidates of the mentions, for what the mention alone does not say.
    details: Vec<Candidate>,
    /// All candidates, those that come later included.
    candidates: Vec<Candidate>,
    /// Abbreviations that the text defines: "Norland Transport Union (NTU)".
    defined: Vec<(String, usize)>,
    /// The state of the dateline.
    home: Option<String>,
}

impl<'a> Resolver<'a> {
    /// A resolver over the sentences of one article.
    pub fn new(sentences: &'a [Sentence], text: &'a str, knowledge: &'a Knowledge) -> Self {
        Self {
            sentences,
            text,
            knowledge,
            mentions: Vec::new(),
            entities: Vec::new(),
            genders: Vec::new(),
            details: Vec::new(),
            candidates: Vec::new(),
            defined: Vec::new(),
            home: None,
        }
    }

    /// With the state from which the report was sent.
    #[must_use]
    pub fn at_home(mut self, state: Option<String>) -> Self {
        self.home = state;
        self
    }

    /// Resolves all candidates, which come in text order.
    pub fn run(mut self, candidates: Vec<Candidate>) -> (Vec<Mention>, Vec<Entity>) {
        self.candidates.clone_from(&candidates);
        for candidate in candidates {
            match candidate.form {
                Form::Name => self.name(candidate),
                Form::Nominal => self.nominal(candidate),
                Form::Pronoun => self.pronoun(candidate),
            }
        }
        self.find_counterparts();
        self.unite_offices();
        self.lend_countries();
        self.unite_same();
        (self.mentions, self.entities)
    }

    fn name(&mut self, candidate: Candidate) {
        let Some(actor) = candidate.actor.clone() else { return };
        let known = self
            .by_definition(&candidate)
            .or_else(|| self.same_actor(&actor))
            .or_else(|| self.by_surname(&candidate, &actor))
            .or_else(|| self.by_abbreviation(&candidate));
        let described = self.described_by(&candidate, &actor);
        let entity = match (known, described) {
            (Some(index), described) => {
                likeness::enrich(&mut self.entities[index].actor, &actor);
                if let Some(other) = described.filter(|d| *d != index) {
                    self.unite(other, index);
                }
                index
            }
            (None, Some(index)) => {
                self.christen(index, actor);
                index
            }
            (None, None) => self.enter(actor),
        };
        for other in candidate.also.clone() {
            let entity = self.same_actor(&other).unwrap_or_else(|| self.enter(other));
            self.mention(candidate.clone(), entity, "name");
        }
        self.mention(candidate, entity, "name");
    }

    /// The name of somebody of whom only the role was known: "the mayor" turns out to be Ada Stern.
    fn christen(&mut self, index: usize, mut actor: Actor) {
        likeness::enrich(&mut actor, &self.entities[index].actor);
        self.entities[index].actor = actor;
    }

    fn same_actor(&self, actor: &Actor) -> Option<usize> {
        let same = |e: &Entity| e.actor.id == actor.id && !e.mentions.is_empty();
        self.entities.iter().position(|e| !actor.generic && same(e))
    }

    /// "Stern" after "Ada Stern": the one last mentioned.
    fn by_surname(&self, candidate: &Candidate, actor: &Actor) -> Option<usize> {
        let short = candidate.name_span.map_or(actor.name.as_str(), |s| s.of(self.text));
        let sentence = &self.sentences[candidate.sentence];
        let tagged = sentence.name_at(candidate.head).is_some_and(|n| n.kind == NameKind::Person);
        let acts = sentence.words[candidate.head].relation.base() == "nsubj";
        let unknown = (tagged || acts || actor.score <= UNKNOWN) && !short.contains(' ');
        if actor.kind != ActorKind::Person && !unknown {
            return None;
        }
        self.mentions.iter().rev().map(|m| m.entity).find(|index| {
            let known = &self.entities[*index].actor;
            known.kind == ActorKind::Person
                && !known.generic
                && !likeness::different_given_names(&known.name, short)
                && (likeness::ends_with_words(&known.name, short)
                    || (actor.kind == ActorKind::Person && likeness::ends_with_words(short, &known.name)))
        })
    }

    /// "NTU" once "Norland Transport Union (NTU)" has been read.
    fn by_definition(&mut self, candidate: &Candidate) -> Option<usize> {
        let short = candidate.name_span?.of(self.text);
        let clean = short.trim_matches(['(', ')']);
        if let Some((_, entity)) = self.defined.iter().find(|(known, _)| known == clean) {
            return Some(*entity);
        }
        let before = self.text.get(..candidate.span.start)?.trim_end_matches([' ', '“', '"']);
        let gap = before.strip_suffix('(').or_else(|| short.starts_with('(').then_some(before))?;
        let end = gap.trim_end().len();
        let long = self.mentions.iter().rev().find(|m| m.form != Form::Pronoun && m.span.end == end)?.entity;
        let body = self.entities[long].actor.kind != ActorKind::Person;
        if !body || !likeness::is_acronym(clean) {
            return None;
        }
        self.defined.push((clean.to_owned(), long));
        let aka = &mut self.entities[long].actor.aka;
        if !aka.iter().any(|a| a == clean) {
            aka.push(clean.to_owned());
        }
        Some(long)
    }

    /// "NTU" by the initials of a name.
    fn by_abbreviation(&self, candidate: &Candidate) -> Option<usize> {
        let short = candidate.name_span?.of(self.text);
        let fits = |e: &Entity| e.actor.kind != ActorKind::Person && likeness::initials(&e.actor.name, short);
        if likeness::is_acronym(short) { self.entities.iter().rposition(fits) } else { None }
    }

    fn nominal(&mut self, candidate: Candidate) {
        if let Some(entities) = self.several(&candidate) {
            for entity in entities {
                self.mention(candidate.clone(), entity, "coref");
            }
            return;
        }
        if let Some(index) = self.apposed_to(&candidate) {
            if let Some(actor) = &candidate.actor {
                likeness::enrich(&mut self.entities[index].actor, actor);
            }
            self.mention(candidate, index, "coref");
            return;
        }
        let definite = is_definite(&self.sentences[candidate.sentence], candidate.head);
        let antecedents = if definite { self.antecedents_of_nominal(&candidate) } else { Vec::new() };
        if antecedents.is_empty() {
            self.own_words(candidate);
        } else {
            for index in antecedents {
                self.mention(candidate.clone(), index, "antecedent");
            }
        }
    }

    /// A common noun that says by itself who it is.
    fn own_words(&mut self, candidate: Candidate) {
        let actors: Vec<Actor> = candidate.actor.iter().chain(&candidate.also).cloned().collect();
        for actor in actors {
            let known =
                if actor.generic { self.same_group(&actor, &candidate) } else { self.same_actor(&actor) };
            let entity = known.unwrap_or_else(|| self.enter(actor));
            self.mention(candidate.clone(), entity, "name");
        }
    }

    /// "Sudrian soldiers" again: the same words and the same country.
    fn same_group(&self, actor: &Actor, candidate: &Candidate) -> Option<usize> {
        let lemma = &self.sentences[candidate.sentence].words[candidate.head].lemma;
        self.details.iter().zip(&self.mentions).rev().find_map(|(other, mention)| {
            let entity = &self.entities[mention.entity].actor;
            let same_head = other.form == Form::Nominal
                && self.sentences[other.sentence].words[other.head].lemma.eq_ignore_ascii_case(lemma);
            let same_words = entity.name.eq_ignore_ascii_case(&actor.name);
            (same_head && same_words && entity.generic && entity.country == actor.country)
                .then_some(mention.entity)
        })
    }

    /// "the ministry", "the group", "the militants": the last one of whom that noun was used, else whose role it is,
    /// else who is of that kind. Several, if that one was several.
    fn antecedents_of_nominal(&self, candidate: &Candidate) -> Vec<usize> {
        let tests: [fn(&Self, &Candidate, usize) -> bool; 3] =
            [Self::is_same_noun, Self::is_role_of, Self::is_kind_of];
        let reach = candidate.sentence.saturating_sub(NOMINAL_REACH);
        let found = tests.iter().find_map(|fits| {
            (0..self.mentions.len())
                .rev()
                .take_while(|m| self.mentions[*m].sentence >= reach)
                .find(|m| !self.clashes(candidate, *m) && fits(self, candidate, *m))
        });
        let Some(found) = found else { return Vec::new() };
        let place = (self.mentions[found].sentence, self.mentions[found].head);
        let mut entities: Vec<usize> = self
            .mentions
            .iter()
            .filter(|m| (m.sentence, m.head) == place && self.is_many(candidate))
            .map(|m| m.entity)
            .collect();
        if entities.len() < 2 {
            entities = vec![self.mentions[found].entity];
        }
        entities
    }

    /// Another country, or one and many.
    fn clashes(&self, candidate: &Candidate, mention: usize) -> bool {
        let entity = &self.entities[self.mentions[mention].entity].actor;
        let own = candidate.actor.as_ref().and_then(|a| a.country.as_ref());
        own.is_some() && entity.country.is_some() && own != entity.country.as_ref()
    }

    fn is_same_noun(&self, candidate: &Candidate, mention: usize) -> bool {
        let other = &self.details[mention];
        let (here, there) = (&self.sentences[candidate.sentence], &self.sentences[other.sentence]);
        let (noun, head) = (&here.words[candidate.head], &there.words[other.head]);
        if other.form == Form::Pronoun || self.is_plural(candidate) != self.is_plural(other) {
            return false;
        }
        let entity = &self.entities[self.mentions[mention].entity].actor;
        let named = entity.kind == ActorKind::Organization && likeness::has_word(&entity.name, &noun.lemma);
        (head.lemma.eq_ignore_ascii_case(&noun.lemma) || named)
            && self.modifiers_fit(candidate, other, entity)
    }

    /// What the noun says more than the antecedent must not be news: "the military court" is not just any court.
    fn modifiers_fit(&self, candidate: &Candidate, other: &Candidate, entity: &Actor) -> bool {
        let sentence = &self.sentences[candidate.sentence];
        let there = &self.sentences[other.sentence];
        sentence
            .children(candidate.head)
            .filter(|c| matches!(sentence.words[*c].relation.base(), "amod" | "compound"))
            .all(|c| {
                let lemma = &sentence.words[c].lemma;
                other.words.iter().any(|w| there.words[*w].lemma.eq_ignore_ascii_case(lemma))
                    || likeness::has_word(&entity.name, lemma)
                    || entity.role.as_ref().is_some_and(|r| likeness::has_word(r, lemma))
            })
    }

    /// "the minister" for the one whose role has that noun.
    fn is_role_of(&self, candidate: &Candidate, mention: usize) -> bool {
        let sentence = &self.sentences[candidate.sentence];
        let entity = &self.entities[self.mentions[mention].entity].actor;
        let role = candidate.actor.as_ref().and_then(|a| a.role.as_deref());
        let noun = &sentence.words[candidate.head].lemma;
        !self.is_plural(candidate)
            && likeness::is_person(entity)
            && entity.role.as_ref().is_some_and(|known| {
                likeness::role_fits(self.knowledge, known, role.unwrap_or(noun), &entity.sectors)
            })
    }

    fn is_kind_of(&self, candidate: &Candidate, mention: usize) -> bool {
        let noun = &self.sentences[candidate.sentence].words[candidate.head].lemma.to_lowercase();
        let entity = &self.entities[self.mentions[mention].entity].actor;
        let modified = candidate.words.len() > 2;
        likeness::kind_noun(entity, noun) || (!modified && likeness::members_noun(entity, noun))
    }

    fn pronoun(&mut self, candidate: Candidate) {
        let sentence = &self.sentences[candidate.sentence];
        let word = &sentence.words[candidate.head];
        if crate::mentions::is_relative(sentence, candidate.head) {
            for entity in self.relative_antecedents(&candidate) {
                self.mention(candidate.clone(), entity, "coref");
            }
            return;
        }
        if matches!(word.feature("Person"), Some("1" | "2")) {
            return; // the speaker of the quotation: resolved once the quotations are known
        }
        let Some(wanted) = Wanted::of(&word.form.to_lowercase()) else { return };
        let Some(found) = self.antecedent_of_pronoun(&candidate, wanted) else { return };
        let entities =
            if wanted == Wanted::Many { self.together(found) } else { vec![self.mentions[found].entity] };
        for entity in entities {
            if let Wanted::One(gender) = wanted {
                self.genders[entity] = self.genders[entity].or(Some(gender));
            }
            self.mention(candidate.clone(), entity, "coref");
        }
    }

    /// Everybody whom the relative clause speaks of.
    fn relative_antecedents(&self, candidate: &Candidate) -> Vec<usize> {
        let sentence = &self.sentences[candidate.sentence];
        let antecedent = std::iter::successors(Some(candidate.head), |w| sentence.words[*w].head)
            .take(sentence.words.len())
            .find(|w| sentence.words[*w].relation.base() == "acl")
            .and_then(|clause| sentence.words[clause].head);
        let at = |m: &&Mention| m.sentence == candidate.sentence && Some(m.head) == antecedent;
        self.mentions.iter().filter(at).map(|m| m.entity).collect()
    }

    /// Subjects first, the nearest sentence first; in the same sentence only what stands before.
    fn antecedent_of_pronoun(&self, candidate: &Candidate, wanted: Wanted) -> Option<usize> {
        let mut best: Option<(i32, usize)> = None;
        for (index, mention) in self.mentions.iter().enumerate().rev() {
            if mention.sentence + PRONOUN_REACH < candidate.sentence {
                break;
            }
            let actor = &self.entities[mention.entity].actor;
            let gender = self.genders[mention.entity];
            let detail = &self.details[index];
            let plural = match wanted {
                Wanted::One(_) => self.is_many(detail),
                _ => self.is_plural(detail),
            };
            if !wanted.fits(actor, gender, plural)
                || self.same_clause_subject(candidate, mention)
                || (wanted == Wanted::Many && self.is_picked_from(mention))
            {
                continue;
            }
            let distance = (candidate.sentence - mention.sentence) as i32;
            let named = i32::from(mention.form != Form::Pronoun) + wanted.preference(actor);
            let score = -6 * distance + self.salience(mention) + named;
            if best.is_none_or(|(s, _)| score > s) {
                best = Some((score, index));
            }
        }
        best.map(|(_, index)| index)
    }

    /// "one of the guards": spoken of is the one.
    fn is_picked_from(&self, mention: &Mention) -> bool {
        let sentence = &self.sentences[mention.sentence];
        let picked = sentence.words[mention.head].head;
        picked.is_some_and(|one| sentence.words[one].lemma.eq_ignore_ascii_case("one"))
            && phrase::case_is(sentence, mention.head, &["of"])
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

    /// Whether the noun itself is a plural.
    fn is_many(&self, candidate: &Candidate) -> bool {
        self.sentences[candidate.sentence].words[candidate.head].feature("Number") == Some("Plur")
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
        self.genders.push(Gender::of(&actor));
        self.entities.push(Entity { actor, mentions: Vec::new() });
        self.entities.len() - 1
    }

    fn mention(&mut self, candidate: Candidate, entity: usize, resolved_by: &'static str) {
        self.entities[entity].mentions.push(self.mentions.len());
        let id = &self.entities[entity].actor.id;
        let said = candidate.actor.iter().chain(&candidate.also).find(|actor| actor.id == *id);
        let code = said.and_then(|actor| actor.code.clone());
        self.mentions.push(Mention {
            sentence: candidate.sentence,
            head: candidate.head,
            span: candidate.span,
            form: candidate.form,
            entity,
            resolved_by,
            code,
        });
        self.details.push(candidate);
    }
}

/// Score up to which an actor is a mere name.
const UNKNOWN: f32 = 0.5;

/// "the", "this": it has been spoken of before.
fn is_definite(sentence: &Sentence, head: usize) -> bool {
    phrase::points_back(sentence, head) && !has_own_complement(sentence, head)
}

/// "the army of Norland", "the Norlandian army", "the justice ministry of …" say themselves which one.
fn has_own_complement(sentence: &Sentence, head: usize) -> bool {
    sentence.children(head).any(|c| {
        let relation = sentence.words[c].relation;
        (relation.base() == "nmod" && relation != Relation::NmodDesc)
            || relation.base() == "acl"
            || (matches!(relation.base(), "amod" | "compound")
                && sentence.name_at(c).is_some_and(|n| {
                    matches!(n.kind, NameKind::Norp | NameKind::Location | NameKind::Organization)
                }))
    })
}
