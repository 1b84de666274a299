//! Two descriptions of one: appositions, unnamed office-holders and their names, counterparts.

use tidings_actors::{Actor, ActorKind};
use tidings_language::Relation;

use super::{Resolver, is_definite, likeness};
use crate::article::{Form, Mention};
use crate::mentions::Candidate;

/// How many sentences may lie between the introduction of an office-holder and the name.
const NAMING_REACH: usize = 8;

impl Resolver<'_> {
    /// All of `from` becomes `into`.
    pub(super) fn unite(&mut self, from: usize, into: usize) {
        if from == into {
            return;
        }
        let actor = self.entities[from].actor.clone();
        likeness::enrich(&mut self.entities[into].actor, &actor);
        self.genders[into] = self.genders[into].or(self.genders[from]);
        let moved = std::mem::take(&mut self.entities[from].mentions);
        for mention in &moved {
            self.mentions[*mention].entity = into;
        }
        self.entities[into].mentions.extend(moved);
        self.entities[into].mentions.sort_unstable();
        for (_, entity) in &mut self.defined {
            if *entity == from {
                *entity = into;
            }
        }
    }

    /// The unnamed person whom this name is put to: "the mayor of Norburg, Ada Stern", "Norland's minister Ada Stern".
    pub(super) fn described_by(&self, candidate: &Candidate, actor: &Actor) -> Option<usize> {
        if actor.kind != ActorKind::Person || actor.generic {
            return None;
        }
        let word = &self.sentences[candidate.sentence].words[candidate.head];
        let governor = word
            .head
            .filter(|_| matches!(word.relation, Relation::Appos | Relation::Flat | Relation::NmodDesc));
        let gap = |m: &Mention| self.text.get(m.span.end..candidate.span.start).map(str::trim);
        let found =
            self.mentions.iter().rev().take_while(|m| m.sentence == candidate.sentence).find(|m| {
                let inside = |w: usize| {
                    self.details
                        .iter()
                        .any(|d| (d.sentence, d.head) == (m.sentence, m.head) && d.words.contains(&w))
                };
                m.form == Form::Nominal && (governor.is_some_and(inside) || gap(m) == Some(""))
            })?;
        let other = &self.entities[found.entity].actor;
        let fits = likeness::is_person(other) && !self.is_named(found.entity) && agree(other, actor);
        fits.then_some(found.entity)
    }

    /// The one to whom the noun stands in apposition: "Ada Stern, a former minister".
    pub(super) fn apposed_to(&self, candidate: &Candidate) -> Option<usize> {
        let word = &self.sentences[candidate.sentence].words[candidate.head];
        let governor = word.head.filter(|_| word.relation == Relation::Appos)?;
        let index = self
            .mentions
            .iter()
            .find(|m| m.sentence == candidate.sentence && m.head == governor && m.form != Form::Pronoun)?
            .entity;
        let (known, seen) = (&self.entities[index].actor, candidate.actor.as_ref()?);
        let alike = match known.kind {
            ActorKind::Person => likeness::is_person(seen) && agree(known, seen),
            ActorKind::Organization => seen.generic && seen.kind == ActorKind::Organization,
            _ => false,
        };
        alike.then_some(index)
    }

    /// Whether some mention of the entity has its name.
    pub(super) fn is_named(&self, entity: usize) -> bool {
        self.entities[entity].mentions.iter().any(|m| self.mentions[*m].form == Form::Name)
    }

    /// Unnamed office-holders whose role is that of one named person of the article, and bare names that follow an
    /// unnamed office-holder.
    pub(super) fn unite_offices(&mut self) {
        for index in 0..self.entities.len() {
            let unnamed = likeness::is_person(&self.entities[index].actor)
                && !self.entities[index].mentions.is_empty()
                && !self.is_named(index);
            if !unnamed {
                continue;
            }
            let found = self.bearer_of_role(index).or_else(|| self.name_that_follows(index));
            if let Some(named) = found {
                self.unite(index, named);
            }
        }
    }

    /// The only named person with that role, if the role is told as known or before the name.
    fn bearer_of_role(&self, unnamed: usize) -> Option<usize> {
        let actor = &self.entities[unnamed].actor;
        let role = actor.role.as_deref().filter(|r| *r != "counterpart")?;
        let mut bearers = (0..self.entities.len()).filter(|other| {
            let known = &self.entities[*other].actor;
            *other != unnamed
                && likeness::is_person(known)
                && self.is_named(*other)
                && agree(known, actor)
                && known
                    .role
                    .as_deref()
                    .is_some_and(|r| likeness::role_fits(self.knowledge, r, role, &known.sectors))
        });
        let found = bearers.next().filter(|_| bearers.next().is_none())?;
        let first = self.entities[unnamed].mentions.first()?;
        let introduced = self.entities[found].mentions.first()? > first;
        let detail = &self.details[*first];
        (introduced || is_definite(&self.sentences[detail.sentence], detail.head) || !actor.generic)
            .then_some(found)
    }

    /// "Norland's justice minister hailed … Lund welcomed …": a bare name that is never introduced, acts like the one
    /// unnamed office-holder before it, and has no rival.
    fn name_that_follows(&self, unnamed: usize) -> Option<usize> {
        let actor = &self.entities[unnamed].actor;
        if !holds_office(actor) || !self.is_subject(unnamed) {
            return None;
        }
        let last = self.mentions[*self.entities[unnamed].mentions.first()?].sentence;
        let mut names = (0..self.entities.len()).filter(|other| {
            let known = &self.entities[*other].actor;
            let first = self.entities[*other].mentions.first().map_or(0, |m| self.mentions[*m].sentence);
            likeness::is_person(known)
                && self.is_named(*other)
                && known.role.is_none()
                && known.sectors.is_empty()
                && agree(known, actor)
                && (last + 1..=last + NAMING_REACH).contains(&first)
                && self.is_subject(*other)
        });
        let found = names.next().filter(|_| names.next().is_none())?;
        let rivals = (0..self.entities.len()).filter(|e| {
            *e != unnamed
                && !self.entities[*e].mentions.is_empty()
                && !self.is_named(*e)
                && holds_office(&self.entities[*e].actor)
                && self.is_subject(*e)
        });
        (rivals.count() == 0).then_some(found)
    }

    /// Whether the entity is the subject of a sentence somewhere, by name or noun.
    fn is_subject(&self, entity: usize) -> bool {
        self.entities[entity].mentions.iter().map(|m| &self.mentions[*m]).any(|m| {
            m.form != Form::Pronoun && self.sentences[m.sentence].words[m.head].relation.base() == "nsubj"
        })
    }

    /// "his French counterpart": the office of the one whose counterpart it is.
    pub(super) fn find_counterparts(&mut self) {
        for index in 0..self.entities.len() {
            if self.entities[index].actor.role.as_deref() != Some("counterpart") {
                continue;
            }
            let Some(partner) = self.partner_of(index) else { continue };
            let (role, sectors) = (partner.role.clone(), partner.sectors.clone());
            let actor = &mut self.entities[index].actor;
            actor.sectors = sectors;
            actor.role.clone_from(&role);
            match self.other_holder(index, partner.id.as_str()) {
                Some(named) => self.unite(index, named),
                None if !self.is_named(index) => self.name_by_office(index),
                None => {}
            }
        }
    }

    /// "his Ghanaian counterpart", where he is a president, is the president of Ghana.
    fn name_by_office(&mut self, index: usize) {
        let actor = &mut self.entities[index].actor;
        let state = actor.country.as_deref().and_then(|code| self.knowledge.state(code));
        if let (Some(role), Some(state), true) = (&actor.role, state, actor.kind == ActorKind::Person) {
            actor.name = format!("{role} of {}", state.name);
            actor.id = format!("{}-{}", state.id, tidings_actors::fold(role).replace(' ', "-"));
            actor.generic = false;
        }
    }

    /// Whose counterpart it is: the one behind "his".
    fn partner_of(&self, index: usize) -> Option<Actor> {
        self.entities[index].mentions.iter().find_map(|m| {
            let detail = &self.details[*m];
            let sentence = &self.sentences[detail.sentence];
            let possessor = sentence.child(detail.head, Relation::NmodPoss)?;
            let found =
                self.mentions.iter().find(|m| m.sentence == detail.sentence && m.head == possessor)?;
            let actor = &self.entities[found.entity].actor;
            likeness::is_person(actor).then(|| actor.clone())
        })
    }

    /// The only other named person with the office of the counterpart.
    fn other_holder(&self, index: usize, partner: &str) -> Option<usize> {
        let actor = &self.entities[index].actor;
        let role = actor.role.as_deref()?;
        let mut others = (0..self.entities.len()).filter(|other| {
            let known = &self.entities[*other].actor;
            *other != index
                && known.id != partner
                && self.is_named(*other)
                && !self.is_named(index)
                && agree(known, actor)
                && known
                    .role
                    .as_deref()
                    .is_some_and(|r| likeness::role_fits(self.knowledge, r, role, &known.sectors))
        });
        others.next().filter(|_| others.next().is_none())
    }

    /// One entity for one id, after names and countries were found.
    pub(super) fn unite_same(&mut self) {
        for index in 0..self.entities.len() {
            let actor = &self.entities[index].actor;
            if actor.generic || self.entities[index].mentions.is_empty() {
                continue;
            }
            let first = (0..index).find(|other| {
                let known = &self.entities[*other];
                known.actor.id == actor.id && !known.actor.generic && !known.mentions.is_empty()
            });
            if let Some(first) = first {
                self.unite(index, first);
            }
        }
    }
}

/// No two countries.
fn agree(a: &Actor, b: &Actor) -> bool {
    a.country.is_none() || b.country.is_none() || a.country == b.country
}

/// Whether somebody speaks for a state or a part of it.
fn holds_office(actor: &Actor) -> bool {
    let public = ["GOV", "LEG", "JUD", "MIL", "COP", "OPP", "PTY"];
    likeness::is_person(actor)
        && actor.role.is_some()
        && actor.sectors.first().is_some_and(|s| public.contains(&s.as_str()))
}
