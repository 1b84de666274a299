//! A gold event beside an event of the system: are they the same, and how good is the system's?

use std::collections::BTreeSet;

use tidings_ontology::EventType;

use super::actors;
use super::details::Details;
use super::names::Name;
use super::records::Event;
use super::sets::Share;
use super::side::{Parties, Side};
use super::spans::{Stretch, coverage, overlap};
use super::totals::weighted_mean;

/// A pair below this likeness is no match.
const LEAST: f64 = 0.55;

/// An event with its parties.
pub struct Told<'s> {
    pub event: &'s Event,
    pub parties: Parties<'s>,
    /// Where the triggers stand; for gold, those of all mentions.
    triggers: Vec<Stretch>,
    /// The sentences that tell it, the most informative first.
    sentences: Vec<(Option<Stretch>, Name)>,
}

impl<'s> Told<'s> {
    /// Everything that is needed of an event, worked out once.
    pub fn new(side: &'s Side, event: &'s Event) -> Self {
        let mentions = event.mentions.iter();
        let words = event.trigger.iter().chain(mentions.clone().flat_map(|m| m.trigger.iter()));
        let sentence = (event.sentence.stretch(), Name::new(event.sentence.text.as_str()));
        let others = mentions.map(|m| (Stretch::of(m.start, m.end), Name::new(m.text.as_str())));
        Self {
            event,
            parties: side.parties(event),
            triggers: words.filter_map(|w| w.stretch()).collect(),
            sentences: std::iter::once(sentence).chain(others).collect(),
        }
    }

    /// All of them, in their order.
    pub fn all(side: &'s Side) -> Vec<Self> {
        side.records.events.iter().map(|e| Self::new(side, e)).collect()
    }

    /// The triggers of the record's own sentence.
    fn own_triggers(&self) -> impl Iterator<Item = Stretch> {
        self.event.trigger.iter().filter_map(|w| w.stretch())
    }
}

/// What is needed of every pair to find the matching.
#[derive(Clone, Copy, Debug)]
pub struct Likeness {
    /// How far the system's sentence lies in one that tells the gold event.
    sentence: f64,
    /// Which of these it is; 0 is the most informative.
    pub telling: usize,
    /// Whether the type is right.
    pub same_type: bool,
    /// Whether the quad class of the gold type itself is right.
    same_quad: bool,
    pub source: Share,
    pub target: Share,
    trigger: f64,
    /// Whether the status is right.
    pub same_status: bool,
}

impl Likeness {
    /// Compares two events; none if no sentence tells both, or if they are too unlike.
    pub fn new(gold: &Told, system: &Told) -> Option<Self> {
        let (telling, sentence) = sentence(gold, system)?;
        let (source, target) = parties(gold, system);
        let event = gold.event;
        let kind = system.event.event_type();
        let status = &system.event.status;
        let trigger =
            gold.triggers.iter().flat_map(|a| system.own_triggers().map(|b| coverage(Some(*a), Some(b))));
        let likeness = Self {
            sentence,
            telling,
            same_type: kind == event.event_type() || event.alt.event.has(kind),
            same_quad: quad(kind) == quad(event.event_type()),
            source,
            target,
            trigger: trigger.fold(0.0, f64::max),
            same_status: *status == event.status || status.get().is_some_and(|s| event.alt.status.has(s)),
        };
        (likeness.value() >= LEAST).then_some(likeness)
    }

    /// The likeness from 0 to 1.
    pub fn value(&self) -> f64 {
        let kind = if self.same_type { 1.0 } else { 0.3 * f64::from(u8::from(self.same_quad)) };
        0.28 * self.sentence
            + 0.28 * kind
            + 0.18 * self.source.f1()
            + 0.18 * self.target.f1()
            + 0.08 * self.trigger
    }

    /// Whether the system tells here again what it told elsewhere as `matched`.
    pub fn restates(&self, matched: &Self) -> bool {
        self.same_type
            && self.telling != matched.telling
            && self.source.f1() >= 0.5
            && self.target.f1() >= 0.5
    }

    /// The quality of a match: who did what to whom, weighed down by what is wrong in how certain, on whose word, when and
    /// where; half of it where a claim is stored as a fact.
    pub fn quality(&self, details: &Details) -> f64 {
        let party = |share: Share| (!share.is_empty()).then(|| share.f1());
        let one = |holds: bool| Some(f64::from(u8::from(holds)));
        let core = [(0.42, one(self.same_type)), (0.33, party(self.source)), (0.25, party(self.target))];
        let detail = [
            (0.375, one(self.same_status)),
            (0.25, Some(details.attribution)),
            (0.25, details.date),
            (0.125, details.place),
        ];
        let mean = |values: &[(f64, Option<f64>)]| weighted_mean(values).unwrap_or(0.0);
        let trust = if details.claim_as_fact { 0.5 } else { 1.0 };
        mean(&core) * (0.6 + 0.4 * mean(&detail)) * trust
    }
}

/// The quad class of a type; none of a type that PLOVER does not have.
pub fn quad(kind: &str) -> Option<u8> {
    Some(EventType::parse(kind)?.quad().0)
}

/// Quad classes that are right.
pub fn accepted_quads(gold: &Event) -> BTreeSet<Option<u8>> {
    std::iter::once(gold.event_type()).chain(gold.alt.event.texts()).map(quad).collect()
}

/// Which sentence that tells the gold event lies best with that of the system, and how well. A sentence without offsets is
/// known by its words, an event without a sentence by its triggers.
fn sentence(gold: &Told, system: &Told) -> Option<(usize, f64)> {
    let (place, words) = &system.sentences[0];
    let with = |(stretch, text): &(Option<Stretch>, Name)| match place {
        Some(_) => coverage(*stretch, *place),
        None if system.event.sentence.text.get().is_some() => f64::from(u8::from(text == words)),
        None => f64::from(u8::from(system.own_triggers().any(|t| overlap(*stretch, Some(t)) > 0))),
    };
    let mut best: Option<(usize, f64)> = None;
    for (number, value) in gold.sentences.iter().map(with).enumerate() {
        if value > best.map_or(0.0, |(_, highest)| highest) {
            best = Some((number, value));
        }
    }
    best
}

/// Source and target; what is done by all parties to each other is compared as one list.
fn parties(gold: &Told, system: &Told) -> (Share, Share) {
    let (g, s) = (&gold.parties, &system.parties);
    let optional = |field: &str| gold.event.alt.optional.has(field);
    let accepted: [&[_]; 2] = [&g.accepted_source, &g.accepted_target];
    if *gold.event.reciprocal {
        return (actors::compare(&g.all(), &s.all(), &accepted, optional("source")), Share::default());
    }
    (
        actors::compare(&g.source, &s.source, &accepted[..1], optional("source")),
        actors::compare(&g.target, &s.target, &accepted[1..], optional("target")),
    )
}
