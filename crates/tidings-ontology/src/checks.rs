//! Whether a trigger entry says something that can be coded.

use crate::ontology::Ontology;
use crate::triggers::{Trigger, TriggerTest};

const STATUSES: &[&str] =
    &["asserted", "alleged", "conditional", "hypothetical", "planned", "denied", "negated"];
const KINDS: &[&str] = &["action", "speech_act", "state", "comment"];

/// Everything that is wrong with an entry, each with what to do about it.
pub(crate) fn problems(trigger: &Trigger) -> Vec<(String, &'static str)> {
    let mut found = outside_ontology(trigger);
    found.extend(misspelt(trigger));
    found.extend(without_test(trigger));
    found
}

fn outside_ontology(trigger: &Trigger) -> Vec<(String, &'static str)> {
    let ontology = Ontology::plover();
    let mut found = Vec::new();
    if let Some(mode) = trigger.mode.as_ref().filter(|m| !ontology.has_mode(trigger.event_type, m)) {
        let what = format!("{} has no mode '{mode}'", trigger.event_type.as_str());
        found.push((what, "the modes are those of data/ontology/modes.tsv"));
    }
    if let Some(code) = trigger.cameo.as_ref().filter(|c| ontology.cameo(c).is_none()) {
        let what = format!("CAMEO has no code '{code}'");
        found.push((what, "the codes are those of data/ontology/cameo.tsv"));
    }
    for context in trigger.contexts.iter().filter(|c| !ontology.has_context(c)) {
        let what = format!("PLOVER has no context '{context}'");
        found.push((what, "the contexts are those of data/ontology/contexts.tsv"));
    }
    found
}

fn misspelt(trigger: &Trigger) -> Vec<(String, &'static str)> {
    let mut found = Vec::new();
    for slot in trigger.source.iter().chain(&trigger.target).chain(&trigger.about).filter(|s| !is_slot(s)) {
        let hint = "write ARG0 to ARG4, prep:with,against, poss, clause, subject, behind, speaker, goer, host or none";
        found.push((format!("'{slot}' is no slot"), hint));
    }
    if let Some(status) = trigger.status.as_ref().filter(|s| !STATUSES.contains(&s.as_str())) {
        let hint = "write asserted, alleged, conditional, hypothetical, planned, denied or negated";
        found.push((format!("'{status}' is no status"), hint));
    }
    if let Some(completion) = trigger.completion.as_ref().filter(|c| *c != "attempted" && *c != "failed") {
        found.push((format!("'{completion}' is no completion"), "write attempted or failed"));
    }
    if !KINDS.contains(&trigger.kind.as_str()) {
        let hint = "write action, speech_act, state or comment";
        found.push((format!("'{}' is no kind", trigger.kind), hint));
    }
    found
}

fn without_test(trigger: &Trigger) -> Vec<(String, &'static str)> {
    let mut found = unreadable(&trigger.tests);
    if trigger.lemmas.iter().all(|l| l.trim().is_empty()) {
        found.push(("an entry without lemmas".to_owned(), "give at least one word in its base form"));
    }
    if let Some(lemma) = trigger.lemmas.iter().find(|l| l.contains(char::is_whitespace)) {
        let hint = "give the verb or noun alone; particles and prepositions go into when = { … }";
        found.push((format!("'{lemma}' is more than one word"), hint));
    }
    found
}

/// What is wrong with the test sentences of an entry.
pub(crate) fn unreadable(tests: &[String]) -> Vec<(String, &'static str)> {
    let bad = tests.iter().filter(|t| TriggerTest::parse(t).is_none());
    let hint = "write: sentence => SOURCE TYPE/mode TARGET [status]";
    let mut found: Vec<_> = bad.map(|test| (format!("cannot read the test '{test}'"), hint)).collect();
    if tests.is_empty() {
        let hint = "write test = [\"sentence => SOURCE TYPE TARGET\"]";
        found.push(("an entry without a test sentence".to_owned(), hint));
    }
    found
}

fn is_slot(slot: &str) -> bool {
    matches!(
        slot,
        "ARG0"
            | "ARG1"
            | "ARG2"
            | "ARG3"
            | "ARG4"
            | "poss"
            | "clause"
            | "subject"
            | "behind"
            | "speaker"
            | "goer"
            | "host"
            | "none"
    ) || slot.strip_prefix("prep:").is_some_and(|list| list.split(',').all(|p| !p.trim().is_empty()))
}
