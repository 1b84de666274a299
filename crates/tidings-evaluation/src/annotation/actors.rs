//! Is it the same actor, and is it the same list of actors?

use std::collections::BTreeSet;

use super::assignment::{assign, weights};
use super::names::Name;
use super::sets::Share;
use super::side::Known;
use super::spans::{Stretch, intersection_over_union};

/// What the parts of the likeness weigh.
const IDENTITY: f64 = 0.5;
const COUNTRY: f64 = 0.35;
const SECTOR: f64 = 0.15;

/// From here on an actor counts as the same: name and country are right.
pub const SAME: f64 = 0.85;

/// An actor with what is known of it from its entity.
#[derive(Clone, Default)]
pub struct Actor<'s> {
    pub known: Option<&'s Known<'s>>,
    /// The name given beside the entity's.
    pub name: Option<Name>,
    /// The words in the sentence.
    pub text: Option<Name>,
    pub country: Option<&'s str>,
    pub sector: BTreeSet<&'s str>,
    pub stretch: Option<Stretch>,
}

impl Actor<'_> {
    /// All names; without one, the words of the text.
    pub fn names(&self) -> impl Iterator<Item = &Name> {
        let of_entity = self.known.into_iter().flat_map(|k| k.name.iter().chain(&k.further));
        let mut names = self.name.iter().chain(of_entity).peekable();
        let text = if names.peek().is_none() { self.text.as_ref() } else { None };
        names.chain(text)
    }

    /// The name that it goes by.
    fn main_name(&self) -> Option<&Name> {
        self.name.as_ref().or_else(|| self.known?.name.as_ref()).or(self.text.as_ref())
    }

    /// Whether any of the names fits any of the other's.
    pub fn shares_name(&self, other: &Actor) -> bool {
        self.names().any(|a| other.names().any(|b| a.fits(b)))
    }

    /// Whether it is a country, and not somebody of it.
    pub fn is_country(&self) -> bool {
        self.known.is_some_and(|k| k.entity.kind.is("country"))
    }

    /// Likeness of a gold actor to one of the system, from 0 to 1.
    pub fn likeness(&self, system: &Actor) -> f64 {
        let same_country = self.country == system.country;
        let identical = self.is(system);
        if !identical && (!same_country || self.country.is_none()) {
            return 0.0;
        }
        let sector = self.sector.is_empty() || !self.sector.is_disjoint(&system.sector);
        let part = |holds: bool, weight: f64| if holds { weight } else { 0.0 };
        part(identical, IDENTITY) + part(same_country, COUNTRY) + part(sector, SECTOR)
    }

    fn is(&self, system: &Actor) -> bool {
        self.is_named(system)
            || self.is_called(system)
            || self.stands_where(system)
            || self.is_unnamed_group_like(system)
    }

    /// A surname or part of a name is enough, unless the countries differ: Sudan is not South Sudan.
    fn is_named(&self, system: &Actor) -> bool {
        if self.country.is_some() && system.country.is_some() && self.country != system.country {
            return self.names().any(|a| system.names().any(|b| a == b));
        }
        self.shares_name(system)
    }

    /// Word for word what the gold entity is called without a name.
    fn is_called(&self, system: &Actor) -> bool {
        let nominals = self.known.map_or(&[][..], |k| &k.nominals);
        !nominals.is_empty() && system.names().chain(&system.text).any(|name| nominals.contains(name))
    }

    /// On the words of a mention of the gold entity; pronouns must be hit exactly.
    fn stands_where(&self, system: &Actor) -> bool {
        let Some(place) = system.stretch else { return false };
        let near = |s: Option<Stretch>| intersection_over_union(s, Some(place)) >= 0.5;
        let mentions = self.known.map_or(&[][..], |k| &k.entity.mentions);
        near(self.stretch)
            || self.stretch == Some(place)
            || mentions.iter().any(|mention| {
                let stretch = Stretch::of(mention.start, mention.end);
                !mention.form.is("pronoun") && near(stretch) || stretch == Some(place)
            })
    }

    fn is_unnamed_group_like(&self, system: &Actor) -> bool {
        let generic = self.known.is_some_and(|k| *k.entity.generic);
        generic && self.main_name().zip(system.main_name()).is_some_and(|(a, b)| a.shares_half(b))
    }
}

/// Credit for a list of actors by the best assignment; each place of the gold list may be taken by an accepted alternative.
pub fn compare(gold: &[Actor], system: &[Actor], accepted: &[&[Actor]], optional: bool) -> Share {
    if gold.is_empty() && system.is_empty() {
        return Share::default();
    }
    let accepted = || accepted.iter().copied().flatten();
    let allowed: Vec<f64> =
        system.iter().map(|s| accepted().map(|a| a.likeness(s)).fold(0.0, f64::max)).collect();
    let numbers: Vec<usize> = (0..system.len()).collect();
    let weights = weights(gold, &numbers, |g, s| g.likeness(&system[*s]).max(allowed[*s]));
    let pairs = assign(&weights);
    let free = |column: &usize| !pairs.iter().any(|(_, taken)| taken == column);
    let harmless = numbers.iter().filter(|s| free(s) && allowed[**s] >= SAME).count();
    let one_by_one = Share {
        credit: pairs.iter().map(|(row, column)| weights[*row][*column]).sum(),
        gold: if optional && system.is_empty() { 0 } else { gold.len() },
        system: system.len() - harmless,
    };
    let stands_for_all =
        !system.is_empty() && system.len() < gold.len() && allowed.iter().all(|likeness| *likeness >= SAME);
    let as_a_whole = Share { credit: allowed.iter().sum(), gold: system.len(), system: system.len() };
    if stands_for_all && as_a_whole.f1() > one_by_one.f1() { as_a_whole } else { one_by_one }
}
