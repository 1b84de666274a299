//! The codebook as values: what the tables of ontology and triggers hold.

use std::collections::BTreeSet;

use serde::Serialize;
use tidings::ontology::{CameoCode, EventType, Ontology, Pos, Trigger, TriggerTest, Triggers};

use crate::errors::Failure;

/// So many example sentences are shown of a type, each from another entry.
const EXAMPLES: usize = 5;

/// All of it, or what belongs to one type.
#[derive(Serialize)]
pub struct Codebook {
    pub types: Vec<Type>,
    pub statuses: Vec<Code>,
    pub contexts: Vec<Code>,
    pub sectors: Vec<Code>,
    pub cameo: Vec<Cameo>,
}

/// A PLOVER type.
#[derive(Serialize)]
pub struct Type {
    #[serde(rename = "type")]
    pub name: &'static str,
    pub quad_class: u8,
    pub quad_label: &'static str,
    pub score: Option<f64>,
    pub cameo: Option<String>,
    pub meaning: String,
    pub borders: String,
    pub modes: Vec<Mode>,
    pub verbs: Vec<String>,
    pub nouns: Vec<String>,
    pub adjectives: Vec<String>,
    pub examples: Vec<Example>,
}

/// A mode of a type.
#[derive(Serialize)]
pub struct Mode {
    pub mode: String,
    pub score: Option<f64>,
    pub cameo: Option<String>,
    pub meaning: String,
}

/// A test sentence of an entry, and how it is coded.
#[derive(Serialize)]
pub struct Example {
    pub sentence: String,
    pub coded: String,
}

/// A code of a list.
#[derive(Serialize)]
pub struct Code {
    pub code: String,
    pub meaning: String,
}

/// A CAMEO code with its PLOVER equivalent.
#[derive(Serialize)]
pub struct Cameo {
    pub code: String,
    pub name: String,
    pub goldstein: Option<f64>,
    #[serde(rename = "type")]
    pub event: Option<&'static str>,
    pub mode: Option<String>,
}

impl Codebook {
    /// Of one type, or of all. Statuses, contexts and sectors belong to every type.
    pub fn of(one: Option<EventType>) -> Result<Self, Failure> {
        let ontology = Ontology::plover();
        let wanted = |kind: &EventType| one.is_none_or(|one| one == *kind);
        let cameo = ontology.cameo_codes().filter(|(_, c)| one.is_none() || c.event == one);
        Ok(Self {
            types: EventType::all().filter(wanted).map(|kind| Type::of(ontology, kind)).collect(),
            statuses: codes(tidings_export::values("status")?.iter().map(|(code, text)| (&**code, &**text))),
            contexts: codes(ontology.contexts()),
            sectors: codes(ontology.sectors()),
            cameo: cameo.map(|(code, entry)| Cameo::of(ontology, code, entry)).collect(),
        })
    }
}

impl Cameo {
    /// The crosswalk is older than the manual: modes that PLOVER has no more are left out.
    fn of(ontology: &Ontology, code: &str, entry: &CameoCode) -> Self {
        let known = |mode: &&String| entry.event.is_some_and(|event| ontology.has_mode(event, mode));
        Self {
            code: code.to_owned(),
            name: entry.name.clone(),
            goldstein: entry.goldstein,
            event: entry.event.map(EventType::as_str),
            mode: entry.mode.as_ref().filter(known).cloned(),
        }
    }
}

fn codes<'c>(entries: impl Iterator<Item = (&'c str, &'c str)>) -> Vec<Code> {
    entries.map(|(code, meaning)| Code { code: code.to_owned(), meaning: meaning.to_owned() }).collect()
}

impl Type {
    fn of(ontology: &Ontology, kind: EventType) -> Self {
        let mode = |mode: &str| Mode {
            mode: mode.to_owned(),
            score: ontology.score(kind, Some(mode)),
            cameo: ontology.default_cameo(kind, Some(mode)).map(str::to_owned),
            meaning: ontology.mode_meaning(kind, mode).to_owned(),
        };
        let entries: Vec<&Trigger> = entries(kind).collect();
        Self {
            name: kind.as_str(),
            quad_class: kind.quad().0,
            quad_label: kind.quad().1,
            score: ontology.score(kind, None),
            cameo: ontology.default_cameo(kind, None).map(str::to_owned),
            meaning: ontology.meaning(kind).to_owned(),
            borders: ontology.borders(kind).to_owned(),
            modes: ontology.modes(kind).map(mode).collect(),
            verbs: words(&entries, Pos::Verb),
            nouns: words(&entries, Pos::Noun),
            adjectives: words(&entries, Pos::Adj),
            examples: examples(&entries, kind),
        }
    }
}

/// The entries of a type that give a record; of NONE some are there only to say that everyday words tell nothing.
fn entries(kind: EventType) -> impl Iterator<Item = &'static Trigger> {
    let of_kind = Triggers::embedded().all().filter(move |t| t.event_type == kind);
    of_kind.filter(move |t| kind != EventType::None || t.kind == "comment")
}

fn words(entries: &[&Trigger], pos: Pos) -> Vec<String> {
    let words: BTreeSet<&String> = entries.iter().filter(|t| t.pos == pos).flat_map(|t| &t.lemmas).collect();
    words.into_iter().cloned().collect()
}

/// The first test sentence of the first entries of each mode in turn, so that not all show the same one.
fn examples(entries: &[&Trigger], kind: EventType) -> Vec<Example> {
    let mut modes: BTreeSet<Option<&str>> = BTreeSet::new();
    let fresh = entries.iter().filter(|t| modes.insert(t.mode.as_deref()));
    let first: Vec<&Trigger> = fresh.copied().collect();
    let others = entries.iter().copied().filter(|t| !first.iter().any(|f| std::ptr::eq(*f, *t)));
    let tests = first.iter().copied().chain(others).filter_map(|t| TriggerTest::parse(t.tests.first()?));
    tests
        .filter(|test| test.event == kind)
        .take(EXAMPLES)
        .map(|test| Example { sentence: test.sentence.to_owned(), coded: test.expected.to_owned() })
        .collect()
}
