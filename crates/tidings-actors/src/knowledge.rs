//! The tables in memory, and the plain questions to them.

use std::sync::LazyLock;

use jiff::civil::Date;

use crate::additions::{Additions, OwnActor};
use crate::layout::Named;
use crate::officials::Officials;
use crate::roles::Nouns;
use crate::tables::{BODIES, Names, ORGANS, ROLES, STATES, Term, list};
use crate::{Actor, ActorKind};

static EMBEDDED: LazyLock<Knowledge> = LazyLock::new(Knowledge::load);

/// All that is known about actors.
#[derive(Debug)]
pub struct Knowledge {
    pub(crate) states: Vec<State>,
    state_names: Names,
    adjectives: Names,
    peoples: Names,
    seats: Names,
    capitals: Names,
    pub(crate) bodies: Vec<Body>,
    body_names: Names,
    pub(crate) organs: Nouns,
    pub(crate) roles: Nouns,
    pub(crate) officials: Officials,
    additions: Additions,
}

/// A state or territory.
#[derive(Debug)]
pub(crate) struct State {
    pub(crate) code: &'static str,
    pub(crate) name: &'static str,
    pub(crate) aliases: &'static str,
    pub(crate) adjectives: &'static str,
    capitals: &'static str,
    term: Term,
}

/// An organisation, armed group, party, outlet or people with a name of its own.
#[derive(Debug)]
pub(crate) struct Body {
    pub(crate) id: &'static str,
    pub(crate) name: &'static str,
    pub(crate) aliases: &'static str,
    pub(crate) kind: ActorKind,
    pub(crate) country: &'static str,
    pub(crate) sectors: &'static str,
    pub(crate) term: Term,
}

impl Knowledge {
    /// The knowledge inside the program, read at the first call.
    pub fn embedded() -> &'static Knowledge {
        &EMBEDDED
    }

    /// The knowledge inside the program and, before it, what a user brings.
    pub fn with(additions: Additions) -> Self {
        let mut knowledge = Self::load();
        for noun in &additions.nouns {
            let known = knowledge.roles.recode(&noun.noun, &noun.sectors);
            if !knowledge.organs.recode(&noun.noun, &noun.sectors) && !known {
                knowledge.roles.add(&noun.noun, &noun.sectors, noun.many);
            }
        }
        Self { additions, ..knowledge }
    }

    /// What a user brought.
    pub fn additions(&self) -> &Additions {
        &self.additions
    }

    /// The actors of a user with that name.
    pub(crate) fn own_named(&self, text: &str, date: Option<Date>) -> impl Iterator<Item = &OwnActor> {
        self.additions.named(text, date)
    }

    /// A body or state by one of its names.
    pub(crate) fn by_name(&self, name: &str) -> Option<Actor> {
        let body = self.bodies_named(name, None).next().map(|b| b.actor(format!("name \"{name}\""), 1.0));
        body.or_else(|| self.state_named(name, None).map(|s| s.actor("its name", 1.0)))
    }

    fn load() -> Self {
        Self {
            states: STATES.rows().map(State::of).collect(),
            bodies: BODIES.rows().map(Body::of).collect(),
            state_names: Names::of(Named::State),
            adjectives: Names::of(Named::Adjective),
            peoples: Names::of(Named::People),
            seats: Names::of(Named::Seat),
            capitals: Names::of(Named::Capital),
            body_names: Names::of(Named::Body),
            organs: Nouns::new(ORGANS),
            roles: Nouns::new(ROLES),
            officials: Officials,
            additions: Additions::default(),
        }
    }

    /// ISO code for "Norwegian", "Turk", "U.S.".
    pub fn country_of_adjective(&self, adjective: &str) -> Option<&str> {
        self.code(self.adjectives.rows(adjective).chain(self.people_rows(adjective)), None)
    }

    /// ISO code for "Norway", "the United States"; no capitals.
    pub fn country_by_name(&self, name: &str) -> Option<&str> {
        self.code(self.state_names.rows(name), None)
    }

    /// ISO code of the state whose capital this is.
    pub fn capital(&self, name: &str) -> Option<&str> {
        self.code(self.capitals.rows(name), None)
    }

    /// Whether the noun says what somebody is: "minister", "rebel", "protester".
    pub fn is_role_noun(&self, lemma: &str) -> bool {
        self.roles.exact(lemma).is_some()
    }

    /// Name and ISO code of a town or region; capitals included.
    pub fn place(&self, name: &str) -> Option<(String, Option<String>)> {
        if let Some(row) = self.capitals.rows(name).next() {
            let state = self.states.get(row)?;
            let written = list(state.capitals).find(|c| crate::fold(c) == crate::fold(name)).unwrap_or(name);
            return Some((written.to_owned(), Some(state.code.to_owned())));
        }
        crate::places::find(name).map(|(n, c)| (n.to_owned(), Some(c.to_owned())))
    }

    /// The state whose seat of government the capital `name` is, as an actor.
    pub fn government_in(&self, name: &str) -> Option<Actor> {
        let state = self.naming(self.capital(name)?)?;
        Some(state.actor(&format!("its capital \"{name}\", which stands for its government"), 0.75))
    }

    /// Whether a table has a body of that name.
    pub fn is_body(&self, name: &str, date: Option<Date>) -> bool {
        self.own_named(name, date).next().is_some() || self.bodies_named(name, date).next().is_some()
    }

    /// One wording for roles that mean the same: "foreign minister" for "foreign secretary".
    pub fn canonical_role<'a>(&'a self, role: &'a str) -> &'a str {
        self.roles.exact(role).map_or(role, |noun| noun.canonical())
    }

    /// Whether the code is one of a state, not of a body above states.
    pub fn is_state(&self, code: &str) -> bool {
        self.naming(code).is_some()
    }

    /// The state of an ISO code as an actor.
    pub fn state(&self, code: &str) -> Option<Actor> {
        let state = self.states.iter().find(|s| s.code == code)?;
        Some(state.actor("its code", 1.0))
    }

    /// The codes of all states, those that are no more included.
    pub(crate) fn codes_of_states(&self) -> impl Iterator<Item = &str> {
        self.states.iter().map(|s| s.code)
    }

    /// The adjective and the name of a state.
    pub(crate) fn naming(&self, code: &str) -> Option<&State> {
        self.states.iter().find(|s| s.code == code)
    }

    pub(crate) fn state_named(&self, text: &str, date: Option<Date>) -> Option<&State> {
        self.first(self.state_names.rows(text), date)
    }

    pub(crate) fn state_by_adjective(&self, text: &str, date: Option<Date>) -> Option<&State> {
        self.first(self.adjectives.rows(text), date)
    }

    pub(crate) fn state_by_people(&self, text: &str, date: Option<Date>) -> Option<&State> {
        self.first(self.people_rows(text), date)
    }

    /// The state whose capital or seat of power is named.
    pub(crate) fn state_by_seat(&self, text: &str, date: Option<Date>) -> Option<&State> {
        self.first(self.seats.rows(text).chain(self.capitals.rows(text)), date)
    }

    /// Other states of that name: "Congolese", "Guinean".
    pub(crate) fn other_states<'a>(
        &'a self,
        text: &str,
        known: &'a State,
    ) -> impl Iterator<Item = &'a State> + use<'a> {
        let found =
            self.adjectives.rows(text).chain(self.state_names.rows(text)).chain(self.people_rows(text));
        found.filter_map(|row| self.states.get(row)).filter(move |s| s.code != known.code)
    }

    /// States of today with the name inside theirs: "Guinea" in "Equatorial Guinea".
    pub(crate) fn longer_states(&self, name: &str) -> impl Iterator<Item = &State> {
        let key = format!(" {} ", crate::fold(name));
        let longer =
            move |s: &&State| s.term.is_open() && format!(" {} ", crate::fold(s.name)).contains(&key);
        self.states.iter().filter(longer)
    }

    /// "Turks", "Turk", "Norwegians", "Frenchmen".
    fn people_rows<'a>(&'a self, text: &str) -> impl Iterator<Item = usize> + use<'a> {
        let plural = format!("{text}s");
        let singular = text.strip_suffix('s').unwrap_or(text).to_owned();
        self.peoples.rows(text).chain(self.peoples.rows(&plural)).chain(self.adjectives.rows(&singular))
    }

    /// Bodies named `text`, those existing at `date` only, in table order.
    pub(crate) fn bodies_named<'a>(
        &'a self,
        text: &str,
        date: Option<Date>,
    ) -> impl Iterator<Item = &'a Body> + use<'a> {
        self.body_names.rows(text).filter_map(|row| self.bodies.get(row)).filter(move |b| b.term.holds(date))
    }

    fn code(&self, rows: impl Iterator<Item = usize>, date: Option<Date>) -> Option<&str> {
        self.first(rows, date).map(|s| s.code)
    }

    /// The first that exists at `date`; states that are no more only where nothing else has the name.
    fn first(&self, rows: impl Iterator<Item = usize>, date: Option<Date>) -> Option<&State> {
        let found: Vec<&State> = rows.filter_map(|row| self.states.get(row)).collect();
        let open = found.iter().find(|s| s.term.is_open() || (date.is_some() && s.term.holds(date)));
        open.or(found.first()).copied()
    }
}

impl State {
    fn of([code, name, aliases, adjectives, _people, capitals, _seats, from, to]: [&'static str; 9]) -> Self {
        Self { code, name, aliases, adjectives, capitals, term: Term::new(from, to) }
    }

    /// As an actor; a state acts by its government.
    pub(crate) fn actor(&self, how: &str, score: f32) -> Actor {
        Actor {
            id: self.code.to_owned(),
            name: self.name.to_owned(),
            kind: ActorKind::Country,
            country: Some(self.code.to_owned()),
            sectors: vec!["GOV".to_owned()],
            role: None,
            code: None,
            aka: list(self.aliases).chain(list(self.capitals)).map(str::to_owned).collect(),
            generic: false,
            how: format!("state, by {how}"),
            score,
        }
    }

    /// "Turkish", or the name where there is no adjective.
    pub(crate) fn adjective(&self) -> &'static str {
        list(self.adjectives).next().unwrap_or(self.name)
    }
}

impl Body {
    fn of([id, name, aliases, kind, country, sectors, from, to]: [&'static str; 8]) -> Self {
        let kind = if kind == "group" { ActorKind::Group } else { ActorKind::Organization };
        Self { id, name, aliases, kind, country, sectors, term: Term::new(from, to) }
    }

    /// As an actor.
    pub(crate) fn actor(&self, how: String, score: f32) -> Actor {
        Actor {
            id: self.id.to_owned(),
            name: self.name.to_owned(),
            kind: self.kind,
            country: (!self.country.is_empty()).then(|| self.country.to_owned()),
            sectors: list(self.sectors).map(str::to_owned).collect(),
            role: None,
            code: None,
            aka: list(self.aliases).map(str::to_owned).collect(),
            generic: false,
            how,
            score,
        }
    }
}
