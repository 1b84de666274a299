//! One document of the gold or of a system, with its names prepared for comparison.

use std::collections::BTreeMap;

use super::actors::Actor;
use super::fields::Text;
use super::names::Name;
use super::records::{self, Entity, Event, Records, Words};
use super::spans::Stretch;

/// The records with what was worked out once.
pub struct Side<'r> {
    pub records: &'r Records,
    pub entities: Vec<Known<'r>>,
    by_id: BTreeMap<&'r str, usize>,
}

/// An entity with its names.
pub struct Known<'r> {
    pub entity: &'r Entity,
    pub name: Option<Name>,
    pub further: Vec<Name>,
    /// What it is called without a name ("his lawyer").
    pub nominals: Vec<Name>,
}

impl<'r> Side<'r> {
    pub fn new(records: &'r Records) -> Self {
        let mut side = Self { records, entities: Vec::new(), by_id: BTreeMap::new() };
        for entity in &records.entities {
            // Of two with one id the later holds, at the place of the first.
            match side.by_id.get(entity.id.as_str()) {
                Some(place) => side.entities[*place] = Known::new(entity),
                None => {
                    side.by_id.insert(entity.id.as_str(), side.entities.len());
                    side.entities.push(Known::new(entity));
                }
            }
        }
        side
    }

    fn known(&self, id: &Text) -> Option<&Known<'r>> {
        self.entities.get(*self.by_id.get(id.get()?)?)
    }

    /// An actor completed from its entity.
    pub fn actor<'s>(&'s self, actor: &'s records::Actor) -> Actor<'s> {
        let known = self.known(&actor.entity);
        let country = match &actor.country {
            Some(country) => country.get(),
            None => known.and_then(|k| k.entity.country.get()),
        };
        let sector =
            if actor.sector.is_empty() { known.map(|k| &k.entity.sector) } else { Some(&actor.sector) };
        Actor {
            known,
            name: name(&actor.name),
            text: name(&actor.text),
            country,
            sector: sector.into_iter().flat_map(|s| s.texts()).collect(),
            stretch: Stretch::of(actor.start, actor.end),
        }
    }

    /// All of a list.
    pub fn actors<'s>(&'s self, actors: &'s [records::Actor]) -> Vec<Actor<'s>> {
        actors.iter().map(|a| self.actor(a)).collect()
    }

    /// The entity with this id as an actor.
    pub fn entity<'s>(&'s self, id: &Text) -> Actor<'s> {
        self.known(id).map_or_else(Actor::default, Known::actor)
    }

    /// One who speaks. The country is only what is said here.
    pub fn speaker<'s>(
        &'s self,
        entity: &Text,
        own_name: &Text,
        country: &'s Text,
        who: Option<&Words>,
    ) -> Actor<'s> {
        Actor {
            name: name(own_name),
            text: who.and_then(|w| name(&w.text)),
            country: country.get(),
            stretch: who.and_then(Words::stretch),
            ..self.entity(entity)
        }
    }

    /// The parties of an event.
    pub fn parties<'s>(&'s self, event: &'s Event) -> Parties<'s> {
        let entities = |ids: &[Text]| ids.iter().map(|id| self.entity(id)).collect();
        Parties {
            source: self.actors(&event.source),
            target: self.actors(&event.target),
            accepted_source: entities(&event.alt.source),
            accepted_target: entities(&event.alt.target),
        }
    }
}

impl<'r> Known<'r> {
    fn new(entity: &'r Entity) -> Self {
        let further = entity.aliases.iter().chain(entity.aka.iter()).filter_map(name).collect();
        let nominals = entity.mentions.iter().filter(|m| m.form.is("nominal"));
        let nominals = nominals.map(|m| Name::new(m.text.as_str())).filter(|n| !n.is_empty()).collect();
        Self { entity, name: name(&entity.name), further, nominals }
    }

    /// The entity as an actor, with no words of its own.
    pub fn actor(&self) -> Actor<'_> {
        Actor {
            known: Some(self),
            country: self.entity.country.get(),
            sector: self.entity.sector.texts().collect(),
            ..Actor::default()
        }
    }
}

/// The parties of an event, and who else is accepted.
pub struct Parties<'s> {
    pub source: Vec<Actor<'s>>,
    pub target: Vec<Actor<'s>>,
    pub accepted_source: Vec<Actor<'s>>,
    pub accepted_target: Vec<Actor<'s>>,
}

impl<'s> Parties<'s> {
    /// Source and target as one list.
    pub fn all(&self) -> Vec<Actor<'s>> {
        self.source.iter().chain(&self.target).cloned().collect()
    }
}

fn name(text: &Text) -> Option<Name> {
    text.get().map(Name::new)
}
