//! The fields of the records that are scored; all others are passed over.

use serde::Deserialize;

use super::fields::{List, OrDefault, Text, stated};
use super::spans::Stretch;

/// Words of the text.
#[derive(Clone, Debug, Default, PartialEq, Deserialize)]
#[serde(default, expecting = "words: an object with start, end and text")]
pub struct Words {
    pub start: Option<u32>,
    pub end: Option<u32>,
    pub text: Text,
}

impl Words {
    /// Where they stand, if that is said.
    pub fn stretch(&self) -> Option<Stretch> {
        Stretch::of(self.start, self.end)
    }
}

/// Somebody with a part in an event, a relation or a commitment.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default, expecting = "an actor: an object with name, country, sector …")]
pub struct Actor {
    pub entity: Text,
    pub name: Text,
    /// `None`: not said here, so that of the entity holds.
    #[serde(deserialize_with = "stated")]
    pub country: Option<Text>,
    pub sector: List<Text>,
    pub start: Option<u32>,
    pub end: Option<u32>,
    pub text: Text,
}

/// Another sentence that tells an event.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default, expecting = "a mention: an object with start, end, text and trigger")]
pub struct Retelling {
    pub start: Option<u32>,
    pub end: Option<u32>,
    pub text: Text,
    pub trigger: List<Words>,
}

/// What PLOVER calls an event.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default, expecting = "a PLOVER code: an object with event, mode and context")]
pub struct Plover {
    pub event: Text,
    pub mode: List<Text>,
    pub context: List<Text>,
}

/// One who speaks, in a chain of speakers.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default, expecting = "a speaker: an object with by, name, country …")]
pub struct Speaker {
    pub by: Text,
    pub name: Text,
    pub country: Text,
    pub kind: Text,
    pub unnamed: OrDefault<bool>,
    pub who: OrDefault<Words>,
}

/// When it was.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default, expecting = "a date: an object with value, text …")]
pub struct When {
    pub value: Text,
    pub text: Text,
    pub accept: List<Text>,
}

/// Where it was.
#[derive(Clone, Debug, Default, PartialEq, Deserialize)]
#[serde(default, expecting = "a place: an object with name, country …")]
pub struct Place {
    pub name: Text,
    pub text: Text,
    pub country: Text,
    pub accept: List<Text>,
    pub lat: Option<f64>,
    pub lon: Option<f64>,
    pub precision: Text,
    pub implicit: OrDefault<bool>,
}

/// What the annotator accepts beside the fields of a gold event.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default, expecting = "alternatives: an object with lists by field")]
pub struct Alternatives {
    pub event: List<Text>,
    pub mode: List<Text>,
    pub status: List<Text>,
    pub cameo: List<Text>,
    pub source: List<Text>,
    pub target: List<Text>,
    /// Fields that may be left empty.
    pub optional: List<Text>,
}

/// Who did or said what to whom.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default, expecting = "an event")]
pub struct Event {
    pub id: Text,
    pub kind: Text,
    #[serde(default = "core")]
    pub tier: Text,
    pub sentence: OrDefault<Words>,
    pub trigger: List<Words>,
    pub mentions: List<Retelling>,
    pub source: List<Actor>,
    pub target: List<Actor>,
    pub reciprocal: OrDefault<bool>,
    pub plover: OrDefault<Plover>,
    pub cameo: Text,
    #[serde(default = "asserted")]
    pub status: Text,
    pub attribution: List<Speaker>,
    pub date: OrDefault<When>,
    pub place: OrDefault<Place>,
    pub alt: OrDefault<Alternatives>,
}

fn core() -> Text {
    "core".into()
}

fn asserted() -> Text {
    "asserted".into()
}

impl Event {
    /// The PLOVER type, NONE where there is none.
    pub fn event_type(&self) -> &str {
        self.plover.event.get().unwrap_or("NONE")
    }

    /// The place, if anything is said of it.
    pub fn place(&self) -> Option<&Place> {
        Some(&*self.place).filter(|p| **p != Place::default())
    }
}

/// Quoted words.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default, expecting = "a quote")]
pub struct Quote {
    pub kind: Text,
    pub start: Option<u32>,
    pub end: Option<u32>,
    pub speaker: Text,
    pub speaker_name: Text,
    pub speaker_country: Text,
}

/// Part of the page.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default, expecting = "a segment")]
pub struct Segment {
    pub kind: Text,
    pub start: Option<u32>,
    pub end: Option<u32>,
    pub remove: OrDefault<bool>,
}

/// A long-lived fact between parties.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default, expecting = "a commitment")]
pub struct Commitment {
    pub sentence: OrDefault<Words>,
    pub spans: List<Words>,
    pub parties: List<Actor>,
}

/// Two spans that cannot both stand.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default, expecting = "a contradiction")]
pub struct Contradiction {
    pub kind: Text,
    pub a: OrDefault<Words>,
    pub b: OrDefault<Words>,
}

/// A stated relation between actors.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default, expecting = "a relation")]
pub struct Relation {
    #[serde(rename = "type")]
    pub kind: Text,
    pub sentence: OrDefault<Words>,
    pub a: List<Actor>,
    pub b: List<Actor>,
    pub directed: OrDefault<bool>,
}

/// Time expression.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default, expecting = "a time expression")]
pub struct Timex {
    pub start: Option<u32>,
    pub end: Option<u32>,
    pub value: Text,
    pub accept: List<Text>,
}

/// Words for an entity.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default, expecting = "a mention: an object with start, end, text and form")]
pub struct Mention {
    pub start: Option<u32>,
    pub end: Option<u32>,
    pub text: Text,
    pub form: Text,
}

/// Somebody or something that takes part.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default, expecting = "an entity")]
pub struct Entity {
    pub id: Text,
    pub kind: Text,
    pub name: Text,
    pub country: Text,
    pub sector: List<Text>,
    pub role: Text,
    pub aliases: List<Text>,
    pub aka: List<Text>,
    pub mentions: List<Mention>,
    pub generic: OrDefault<bool>,
}

/// All that is scored of one document.
#[derive(Clone, Debug, Default)]
pub struct Records {
    pub events: Vec<Event>,
    pub quotes: Vec<Quote>,
    pub segments: Vec<Segment>,
    pub commitments: Vec<Commitment>,
    pub contradictions: Vec<Contradiction>,
    pub relations: Vec<Relation>,
    pub timexes: Vec<Timex>,
    pub entities: Vec<Entity>,
}

impl Records {
    /// How many records there are of the kind that has most.
    pub fn longest(&self) -> usize {
        let lengths = [
            self.events.len(),
            self.quotes.len(),
            self.segments.len(),
            self.commitments.len(),
            self.contradictions.len(),
            self.relations.len(),
            self.timexes.len(),
            self.entities.len(),
        ];
        lengths.into_iter().max().unwrap_or_default()
    }
}

/// What a record cannot be scored without.
pub trait Record: serde::de::DeserializeOwned {
    /// The field that a gold record lacks.
    fn lacking(&self) -> Option<&'static str>;
    /// The field that a system's record lacks; most may leave out what they like.
    fn lacking_in_system(&self) -> Option<&'static str> {
        None
    }
}

/// The first field that is not there.
fn first_missing(fields: &[(&'static str, bool)]) -> Option<&'static str> {
    fields.iter().find(|(_, there)| !there).map(|(name, _)| *name)
}

impl Record for Event {
    fn lacking(&self) -> Option<&'static str> {
        first_missing(&[
            ("sentence", self.sentence.stretch().is_some()),
            ("plover", self.plover.event.get().is_some()),
            ("status", self.status.get().is_some()),
            ("kind", self.kind.get().is_some()),
            (
                "tier (core, secondary or optional)",
                matches!(self.tier.as_str(), "core" | "secondary" | "optional"),
            ),
            ("name of the place", self.place().is_none_or(|p| p.name.get().is_some())),
        ])
    }
}

impl Record for Quote {
    fn lacking(&self) -> Option<&'static str> {
        first_missing(&[("start and end", Stretch::of(self.start, self.end).is_some())])
    }
}

impl Record for Segment {
    fn lacking(&self) -> Option<&'static str> {
        let place = Stretch::of(self.start, self.end).is_some();
        first_missing(&[("kind", self.kind.get().is_some()), ("start and end", place)])
    }
}

impl Record for Commitment {
    fn lacking(&self) -> Option<&'static str> {
        first_missing(&[
            ("sentence", self.sentence.stretch().is_some()),
            ("parties", !self.parties.is_empty()),
        ])
    }
}

impl Record for Contradiction {
    fn lacking(&self) -> Option<&'static str> {
        let place = |words: &Words| words.stretch().is_some();
        first_missing(&[("kind", self.kind.get().is_some()), ("a", place(&self.a)), ("b", place(&self.b))])
    }
}

impl Record for Relation {
    fn lacking(&self) -> Option<&'static str> {
        let place = self.sentence.stretch().is_some();
        first_missing(&[("sentence", place), ("a", !self.a.is_empty()), ("b", !self.b.is_empty())])
    }
}

impl Record for Timex {
    fn lacking(&self) -> Option<&'static str> {
        first_missing(&[("start and end", Stretch::of(self.start, self.end).is_some())])
    }
}

impl Record for Entity {
    fn lacking(&self) -> Option<&'static str> {
        first_missing(&[("id", self.id.get().is_some()), ("kind", self.kind.get().is_some())])
    }

    fn lacking_in_system(&self) -> Option<&'static str> {
        first_missing(&[("id", self.id.get().is_some())])
    }
}
