//! Whether rules of a user's own do what their test sentences say, and what else they change.

use tidings_coding::Report;
use tidings_coding::expectation::{Expected, show};
use tidings_coding::records::{ActorRef, Event, Words};
use tidings_document::Document;
use tidings_ontology::{EventType, Trigger, TriggerTest};

use crate::engine::{Engine, EngineError};

/// A test sentence of a rule, coded.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Checked {
    /// File and line of the entry.
    pub place: String,
    /// The words of the entry.
    pub words: Vec<String>,
    /// The sentence.
    pub sentence: String,
    /// What is expected.
    pub expected: String,
    /// What was coded, and why other words were not.
    pub found: String,
    /// Whether that is what is expected.
    pub passed: bool,
}

/// An event that rules add, remove or change.
#[derive(Clone, Debug, PartialEq)]
pub struct Change {
    /// The sentence.
    pub sentence: Words,
    /// Without the rules.
    pub before: Option<Coding>,
    /// With them.
    pub after: Option<Coding>,
}

/// The fields of an event that rules may change, as text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Coding {
    /// The words that tell it.
    pub trigger: String,
    /// Name and value of each field.
    pub fields: Vec<(&'static str, String)>,
}

impl Coding {
    /// Each field with its value, the words that tell it first.
    pub fn values(&self) -> impl Iterator<Item = (&'static str, &str)> {
        let trigger = ("trigger", self.trigger.as_str());
        std::iter::once(trigger).chain(self.fields.iter().map(|(name, value)| (*name, value.as_str())))
    }
}

impl Change {
    /// added, removed or changed.
    pub fn kind(&self) -> &'static str {
        match (&self.before, &self.after) {
            (None, _) => "added",
            (_, None) => "removed",
            _ => "changed",
        }
    }

    /// Names of the fields that differ.
    pub fn fields(&self) -> Vec<&'static str> {
        let (Some(before), Some(after)) = (&self.before, &self.after) else { return Vec::new() };
        let pairs = before.fields.iter().zip(&after.fields);
        pairs.filter(|(b, a)| b != a).map(|((name, _), _)| *name).collect()
    }
}

impl Engine {
    /// Codes the test sentences of the user's own rules. Dictionaries of PETRARCH have none.
    pub fn check_rules(&self) -> Result<Vec<Checked>, EngineError> {
        let mut checked = Vec::new();
        for entry in self.rules().own() {
            for test in entry.tests.iter().filter_map(|t| TriggerTest::parse(t)) {
                let report = self.code(&Document::of_body(test.sentence))?;
                let passed = does_as_told(entry, &test, &report);
                checked.push(outcome(&entry.name, &entry.lemmas, &test, &report, passed));
            }
        }
        for context in self.rules().contexts() {
            for test in context.tests.iter().filter_map(|t| TriggerTest::parse(t)) {
                let report = self.code(&Document::of_body(test.sentence))?;
                let expected = Expected::parse(test.expected);
                let shown = |e: &Event| e.plover.context.contains(&context.name) != context.off;
                let passed = expected.is_some_and(|x| report.events().any(|e| x.matches(e) && shown(e)));
                checked.push(outcome(&context.place, &context.words, &test, &report, passed));
            }
        }
        Ok(checked)
    }
}

/// An entry that switches a word off must leave its sentence without an event.
fn does_as_told(entry: &Trigger, test: &TriggerTest, report: &Report) -> bool {
    if entry.event_type == EventType::None && entry.kind != "comment" {
        return report.events().next().is_none();
    }
    Expected::parse(test.expected).is_some_and(|e| e.found_in(report))
}

fn outcome(place: &str, words: &[String], test: &TriggerTest, report: &Report, passed: bool) -> Checked {
    Checked {
        place: place.to_owned(),
        words: words.to_vec(),
        sentence: test.sentence.to_owned(),
        expected: test.expected.to_owned(),
        found: show(report),
        passed,
    }
}

/// What became of the events of a report, in text order. Events are the same if the same words of the same sentence tell
/// them.
pub fn changes(before: &Report, after: &Report) -> Vec<Change> {
    let key = |e: &Event| (e.sentence.n, e.trigger.first().map_or(0, |t| t.start));
    let mut old: Vec<&Event> = before.events().collect();
    let mut new: Vec<&Event> = after.events().collect();
    old.sort_by_key(|e| key(e));
    new.sort_by_key(|e| key(e));
    let (mut old, mut new) = (old.into_iter().peekable(), new.into_iter().peekable());
    let mut found = Vec::new();
    loop {
        let (was, is) = match (old.peek(), new.peek()) {
            (None, None) => return found,
            (Some(_), None) => (old.next(), None),
            (None, Some(_)) => (None, new.next()),
            (Some(o), Some(n)) => match key(o).cmp(&key(n)) {
                std::cmp::Ordering::Less => (old.next(), None),
                std::cmp::Ordering::Greater => (None, new.next()),
                std::cmp::Ordering::Equal => (old.next(), new.next()),
            },
        };
        let Some(event) = is.or(was) else { continue };
        let change =
            Change { sentence: event.sentence.words.clone(), before: was.map(coding), after: is.map(coding) };
        if change.before != change.after {
            found.push(change);
        }
    }
}

fn coding(event: &Event) -> Coding {
    let actors = |list: &[ActorRef]| list.iter().map(|a| a.name.clone()).collect::<Vec<_>>().join(" + ");
    let plover = &event.plover;
    Coding {
        trigger: event.trigger.iter().map(|t| t.text.as_str()).collect::<Vec<_>>().join(" … "),
        fields: vec![
            ("type", plover.event.clone()),
            ("mode", plover.mode.join(", ")),
            ("context", plover.context.join(", ")),
            ("cameo", event.cameo.clone().unwrap_or_default()),
            ("source", actors(&event.source)),
            ("target", actors(&event.target)),
            ("status", event.status.clone()),
            ("completion", event.completion.clone().unwrap_or_default()),
            ("date", event.date.as_ref().and_then(|d| d.value.clone()).unwrap_or_default()),
            ("place", event.place.as_ref().map(|p| p.name.clone()).unwrap_or_default()),
        ],
    }
}
