//! What the entries of users say together: further names, ids, and names that two claim.

use std::collections::BTreeMap;

use super::values::{Source, Text};
use crate::additions::{Coding, Fault, OwnActor};
use crate::fold::fold;
use crate::{Actor, Knowledge};

/// One `[[actor]]` as it was read.
pub(super) struct Entry {
    pub(super) own: OwnActor,
    pub(super) name: Text,
    pub(super) aliases: Vec<Text>,
    pub(super) id: Option<Text>,
    pub(super) same_as: Option<Text>,
}

/// An actor with the places of its names, to be compared with those of other files.
#[derive(Debug)]
pub(crate) struct Described {
    /// Each name with a fault that says where it stands.
    names: Vec<(String, Fault)>,
    id: Option<(String, Fault)>,
    days: Coding,
    place: String,
}

/// The actors of one file: entries that only give further names are joined to those whose names they are.
pub(super) fn join(
    source: &mut Source,
    entries: Vec<Entry>,
    described: &mut Vec<Described>,
) -> Vec<OwnActor> {
    let targets: Vec<Option<Target>> = (0..entries.len()).map(|n| target(source, &entries, n)).collect();
    let mut actors: Vec<Option<OwnActor>> = Vec::new();
    for (entry, target) in entries.iter().zip(&targets) {
        let own = match (&entry.same_as, target) {
            (None, _) => Some(entry.own.clone()),
            (Some(_), Some(Target::Known(actor))) => Some(known(entry, actor)),
            (Some(_), _) => None,
        };
        actors.push(own);
    }
    for (entry, target) in entries.iter().zip(&targets) {
        if let Some(Target::Entry(number)) = target
            && let Some(Some(own)) = actors.get_mut(*number)
        {
            own.aliases.push(entry.own.name.clone());
            own.aliases.extend(entry.own.aliases.iter().cloned());
        }
    }
    describe(source, &entries, &targets, described);
    actors.into_iter().flatten().collect()
}

/// Whose further names an entry gives.
enum Target {
    Entry(usize),
    Known(Box<Actor>),
}

/// Follows `same_as` to the entry that says who it is, or into the tables.
fn target(source: &mut Source, entries: &[Entry], start: usize) -> Option<Target> {
    let mut way = vec![start];
    let mut wanted = entries.get(start)?.same_as.as_ref()?;
    loop {
        let named = |e: &Entry| {
            e.own.id.as_deref() == Some(wanted.value.as_str())
                || std::iter::once(&e.own.name).chain(&e.own.aliases).any(|n| fold(n) == fold(&wanted.value))
        };
        let next = entries.iter().position(|e| named(e) && e.same_as.is_none());
        let Some(next) = next.or_else(|| entries.iter().position(named)) else {
            return known_by_name(source, wanted);
        };
        if way.contains(&next) {
            let names: Vec<&str> = way
                .iter()
                .chain([&next])
                .filter_map(|n| entries.get(*n))
                .map(|e| e.own.name.as_str())
                .collect();
            let at = entries.get(start)?.same_as.as_ref()?.at.clone();
            source.fault(
                &at,
                format!("same_as goes round in a circle: {}", names.join(" → ")),
                "one of them must say who it is, without same_as",
            );
            return None;
        }
        way.push(next);
        match entries.get(next)?.same_as.as_ref() {
            Some(further) => wanted = further,
            None => return Some(Target::Entry(next)),
        }
    }
}

fn known_by_name(source: &mut Source, wanted: &Text) -> Option<Target> {
    let found = Knowledge::embedded().by_name(&wanted.value);
    if found.is_none() {
        source.fault(
            &wanted.at,
            format!("nobody is called '{}'", wanted.value),
            "same_as is the name or id of another actor of the file, or a name that `tidings who` knows",
        );
    }
    found.map(|actor| Target::Known(Box::new(actor)))
}

/// Further names of somebody in the tables.
fn known(entry: &Entry, actor: &Actor) -> OwnActor {
    let mut own = entry.own.clone();
    own.aliases.push(own.name.clone());
    own.id = Some(actor.id.clone());
    own.name.clone_from(&actor.name);
    own.kind = actor.kind;
    own.base.country.clone_from(&actor.country);
    own.base.sectors.clone_from(&actor.sectors);
    own
}

/// Notes names and ids with their places. An entry with `same_as` counts with the actor whose names it gives.
fn describe(
    source: &mut Source,
    entries: &[Entry],
    targets: &[Option<Target>],
    described: &mut Vec<Described>,
) {
    let mut place_of = |text: &Text| {
        source.fault(&text.at, "", "");
        source.faults.pop()
    };
    let mut index: BTreeMap<usize, usize> = BTreeMap::new();
    for (number, (entry, target)) in entries.iter().zip(targets).enumerate() {
        let names: Vec<(String, Fault)> = std::iter::once(&entry.name)
            .chain(&entry.aliases)
            .filter_map(|name| Some((name.value.clone(), place_of(name)?)))
            .collect();
        if let Some(Target::Entry(owner)) = target
            && let Some(known) = index.get(owner).and_then(|i| described.get_mut(*i))
        {
            known.names.extend(names);
            continue;
        }
        index.insert(number, described.len());
        let id = entry.id.as_ref().and_then(|id| Some((id.value.clone(), place_of(id)?)));
        let days = entry.own.base.clone();
        described.push(Described { names, id, days, place: entry.own.place.clone() });
    }
}

/// Ids that stand twice, and names that two actors claim for the same days.
pub(crate) fn contradictions(described: &[Described]) -> Vec<Fault> {
    let mut faults = Vec::new();
    let mut ids: BTreeMap<&str, &Described> = BTreeMap::new();
    let mut names: BTreeMap<String, Vec<&Described>> = BTreeMap::new();
    for actor in described {
        if let Some((id, at)) = &actor.id {
            match ids.get(id.as_str()) {
                Some(first) => faults.push(Fault {
                    message: format!("the id '{id}' is that of {}, too", first.place),
                    hint: "give each actor an id of its own, or make one entry of the two".to_owned(),
                    ..at.clone()
                }),
                None => {
                    ids.insert(id, actor);
                }
            }
        }
        for (name, at) in &actor.names {
            let bearers = names.entry(fold(name)).or_default();
            let other = bearers.iter().find(|b| !std::ptr::eq(**b, actor) && b.days.overlaps(&actor.days));
            if let Some(other) = other {
                faults.push(Fault {
                    message: format!(
                        "'{name}' is also the name of the actor in {}, on the same days",
                        other.place
                    ),
                    hint: "make one entry of the two, or say with from and to when each has the name"
                        .to_owned(),
                    ..at.clone()
                });
            }
            bearers.push(actor);
        }
    }
    faults
}
