//! What is compared of a matched pair beyond who did what to whom: code, speakers, date and place.

use std::collections::BTreeSet;

use super::actors::{Actor, SAME};
use super::assignment::{assign, weights};
use super::dates::Days;
use super::fields::{List, Text};
use super::names::Name;
use super::pair::{Told, accepted_quads, quad};
use super::records::{Event, Place, When};
use super::sets::{self, Share};
use super::side::Side;
use super::totals::f1;

/// Kilometres that a point may lie away from the gold one.
const NEAR: f64 = 30.0;

/// Kilometres in a degree of latitude.
const DEGREE: f64 = 111.0;

/// Statuses of what is not to be taken for a fact.
const NO_FACT: [&str; 5] = ["alleged", "conditional", "hypothetical", "denied", "negated"];

/// How right the attributes of a matched event are.
#[derive(Clone, Copy, Debug)]
pub struct Details {
    pub same_quad: bool,
    pub cameo: f64,
    pub mode: Share,
    pub context: Share,
    pub source_country: Share,
    pub target_country: Share,
    pub attribution: f64,
    /// `None`: there is nothing to be right or wrong about.
    pub date: Option<f64>,
    /// As `date`.
    pub place: Option<f64>,
    /// A claim, condition, denial or negation is stored as a fact.
    pub claim_as_fact: bool,
}

impl Details {
    /// Compares a matched pair; `same_status` counts accepted alternatives.
    pub fn new(
        (gold_side, system_side): (&Side, &Side),
        gold: &Told,
        system: &Told,
        same_status: bool,
    ) -> Self {
        let (g, s) = (gold.event, system.event);
        let (source_country, target_country) = countries(gold, system);
        Self {
            same_quad: accepted_quads(g).contains(&quad(s.event_type())),
            cameo: cameo(g, &s.cameo),
            mode: sets::compare(
                &set(&g.plover.mode),
                &set(&s.plover.mode),
                &set(&g.alt.mode),
                g.alt.optional.has("mode"),
            ),
            context: sets::compare(&set(&g.plover.context), &set(&s.plover.context), &BTreeSet::new(), false),
            source_country,
            target_country,
            attribution: attribution(gold_side, system_side, gold, system),
            date: date(&g.date, &s.date.value),
            place: place(g.place(), s.place()),
            claim_as_fact: NO_FACT.contains(&g.status.as_str()) && s.status.is("asserted") && !same_status,
        }
    }
}

fn set(list: &List<Text>) -> BTreeSet<&str> {
    list.texts().collect()
}

/// The code itself 1, its root .5.
fn cameo(gold: &Event, system: &Text) -> f64 {
    let root = |code: &str| code.chars().take(2).collect::<String>();
    let codes = || gold.cameo.get().into_iter().chain(gold.alt.cameo.texts());
    match system.get() {
        Some(code) if codes().any(|c| c == code) => 1.0,
        Some(code) if codes().any(|c| root(c) == root(code)) => 0.5,
        _ => 0.0,
    }
}

fn countries(gold: &Told, system: &Told) -> (Share, Share) {
    fn of<'a>(lists: &[&[Actor<'a>]]) -> BTreeSet<&'a str> {
        lists.iter().copied().flatten().filter_map(|a| a.country).collect()
    }
    let (g, s) = (&gold.parties, &system.parties);
    let optional = |field: &str| gold.event.alt.optional.has(field);
    if *gold.event.reciprocal {
        let accepted = of(&[&g.accepted_source, &g.accepted_target]);
        let share =
            sets::compare(&of(&[&g.source, &g.target]), &of(&[&s.source, &s.target]), &accepted, false);
        return (share, Share::default());
    }
    (
        sets::compare(&of(&[&g.source]), &of(&[&s.source]), &of(&[&g.accepted_source]), optional("source")),
        sets::compare(&of(&[&g.target]), &of(&[&s.target]), &of(&[&g.accepted_target]), optional("target")),
    )
}

/// The speakers of a chain, and how many of them have no name.
struct Speakers<'s> {
    named: Vec<Actor<'s>>,
    unnamed: usize,
}

impl<'s> Speakers<'s> {
    /// All but the outlet, and but those who add nothing to who acts.
    fn of(side: &'s Side, event: &'s Event, adds_nothing: impl Fn(&Actor) -> bool) -> Self {
        let mut speakers = Self { named: Vec::new(), unnamed: 0 };
        for speaker in event.attribution.iter() {
            if speaker.by.get().is_none_or(|by| by == "outlet") || speaker.kind.is("own_voice") {
                continue;
            }
            if *speaker.unnamed {
                speakers.unnamed += 1;
                continue;
            }
            let who = Some(&*speaker.who).filter(|who| who.start.is_some());
            let actor = side.speaker(&speaker.by, &speaker.name, &speaker.country, who);
            if !adds_nothing(&actor) {
                speakers.named.push(actor);
            }
        }
        speakers
    }
}

/// The speakers besides the outlet. Of a speech act or comment, whoever is its source, or speaks for a country that is,
/// adds nothing.
fn attribution(gold_side: &Side, system_side: &Side, gold: &Told, system: &Told) -> f64 {
    let sources = || gold.parties.source.iter().chain(&gold.parties.accepted_source);
    let own: BTreeSet<&str> = sources().filter(|a| a.is_country()).filter_map(|a| a.country).collect();
    let speech = ["speech_act", "comment"].contains(&gold.event.kind.as_str());
    let adds_nothing = |speaker: &Actor, further: &[Actor]| {
        speech
            && (speaker.country.is_some_and(|c| own.contains(c))
                || sources().chain(further).any(|source| source.shares_name(speaker)))
    };
    let wanted = Speakers::of(gold_side, gold.event, |a| adds_nothing(a, &[]));
    let mut found =
        Speakers::of(system_side, system.event, |a| adds_nothing(a, &system.parties.source)).named;
    if wanted.named.is_empty() && wanted.unnamed > 0 {
        // The gold knows voices without a name only: whatever the system calls them is left open.
        found.clear();
    }
    match (wanted.named.is_empty(), found.is_empty()) {
        (true, true) => return 1.0,
        (false, false) => {}
        _ => return 0.0,
    }
    let weights = weights(&wanted.named, &found, |a, b| {
        if a.shares_name(b) || a.likeness(b) >= SAME {
            1.0
        } else if a.country.is_some() && a.country == b.country {
            0.5
        } else {
            0.0
        }
    });
    let pairs = assign(&weights);
    let credit: f64 = pairs.iter().map(|(row, column)| weights[*row][*column]).sum();
    // The system may name as many voices as the gold leaves without a name.
    let given = found.len().saturating_sub(wanted.unnamed).max(pairs.len()).max(1);
    f1(credit, given as f64, wanted.named.len() as f64)
}

/// The value or an accepted one 1, one that overlaps .5. A date that only the annotator inferred may be left out.
fn date(gold: &When, system: &Text) -> Option<f64> {
    let Some(found) = system.get() else {
        return (gold.value.get().is_some() && gold.text.get().is_some()).then_some(0.0);
    };
    let days = Days::parse(found);
    let same = |value: &str| value == found || Days::parse(value).is_some_and(|d| Some(d) == days);
    if gold.value.get().into_iter().chain(gold.accept.texts()).any(same) {
        return gold.value.get().map(|_| 1.0);
    }
    let Some(value) = gold.value.get() else {
        return gold.accept.is_empty().then_some(0.0);
    };
    let common = Days::parse(value).zip(days).map_or(0.0, |(a, b)| a.common(b));
    Some(if common >= 0.02 { 0.5 } else { 0.0 })
}

/// Name and country 1, one of them .5. A place that the sentence does not state may be left out.
fn place(gold: Option<&Place>, system: Option<&Place>) -> Option<f64> {
    let (g, s) = match (gold, system) {
        (None, None) => return None,
        (Some(gold), None) if *gold.implicit => return None,
        (Some(gold), Some(system)) => (gold, system),
        _ => return Some(0.0),
    };
    let names = g.name.get().into_iter().chain(g.text.get()).chain(g.accept.texts());
    let found = [Name::new(s.name.as_str()), Name::new(s.text.as_str())];
    let named = names.map(Name::new).any(|name| found.contains(&name)) || is_near(g, s);
    Some(match (named, g.country == s.country) {
        (true, true) => 1.0,
        (false, false) => 0.0,
        _ => 0.5,
    })
}

fn is_near(gold: &Place, system: &Place) -> bool {
    let exact = ["city", "site", "village"].contains(&gold.precision.as_str());
    match (gold.lat, gold.lon, system.lat, system.lon) {
        (Some(lat), Some(lon), Some(other_lat), Some(other_lon)) if exact => {
            (lat - other_lat).hypot((lon - other_lon) * lat.to_radians().cos()) * DEGREE <= NEAR
        }
        _ => false,
    }
}
