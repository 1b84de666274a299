//! Why, and why not: no field of a record is without its reason, and what was not coded is told with the reason.

#[allow(dead_code, reason = "the tests of sentences use the rest")]
mod common;

use std::collections::BTreeSet;

use common::{code, texts_in};
use serde_json::Value;
use tidings_coding::Record;

/// Fields that say which record it is and where, not what it says.
const PLAIN: &[&str] =
    &["record", "id", "doc", "sentence", "start", "end", "text", "trail", "spans", "block", "generic"];

/// The field of the trail that gives the reason for a field of a record; most have the same name.
fn reason_for<'a>(record: &str, field: &'a str) -> &'a str {
    match (record, field) {
        ("event", "trigger" | "event" | "code") => "event",
        ("event", "quad_label") => "quad",
        ("entity", "kind" | "country" | "cow" | "gw" | "sector" | "role" | "code" | "aka") => "name",
        ("entity", "aliases") => "mentions",
        ("quote", "speaker_name" | "speaker_role" | "speaker_country" | "speaker_span") => "speaker",
        ("quote", "events") => "kind",
        ("relation", "trigger" | "directed") => "type",
        ("contradiction", "a" | "b" | "events" | "explanation") => "attribute",
        ("contradiction", "resolution") => "kind",
        (_, same) => same,
    }
}

fn is_given(value: &Value) -> bool {
    match value {
        Value::Null | Value::Bool(false) => false,
        Value::Array(items) => !items.is_empty(),
        Value::Object(fields) => !fields.is_empty(),
        _ => true,
    }
}

/// The given fields of a record that no reason speaks of.
fn without_reason(record: &Value) -> Vec<String> {
    let kind = record["record"].as_str().expect("a kind of record");
    let reasons: BTreeSet<&str> =
        record["trail"].as_array().into_iter().flatten().filter_map(|r| r["field"].as_str()).collect();
    let mut fields: Vec<(&String, &Value)> = record.as_object().expect("an object").iter().collect();
    if let Some(plover) = record["plover"].as_object() {
        fields.retain(|(name, _)| *name != "plover");
        fields.extend(plover);
    }
    let given = fields.into_iter().filter(|(name, value)| !PLAIN.contains(&name.as_str()) && is_given(value));
    let unexplained = given.filter(|(name, _)| !reasons.contains(reason_for(kind, name)));
    unexplained.map(|(name, value)| format!("{kind} {}: {name} = {value}", record["id"])).collect()
}

#[test]
fn every_field_of_every_record_has_its_reason() {
    let mut seen = BTreeSet::new();
    let mut bare = Vec::new();
    for path in texts_in("articles") {
        let whole = std::fs::read_to_string(&path).expect("an article is readable");
        let text = whole.split("\n---").next().unwrap_or_default();
        for record in code(text, "2024-05-16".parse().ok()).records {
            let record = serde_json::to_value(&record).expect("a record is JSON");
            let kind = record["record"].as_str().expect("a kind").to_owned();
            if ["entity", "event", "quote", "commitment", "relation", "contradiction"]
                .contains(&kind.as_str())
            {
                bare.extend(without_reason(&record));
                seen.insert(kind);
            }
        }
    }
    assert_eq!(seen.len(), 6, "the articles hold only {seen:?}");
    assert!(bare.is_empty(), "{} fields without a reason:\n{}", bare.len(), bare.join("\n"));
}

#[test]
fn a_reason_has_its_words_its_score_and_what_else_it_might_be() {
    let report = code("Norway accused Denmark on Monday of spying on its ministers.", None);
    let event = report.events().next().expect("the charge");
    let of = |field: &str| event.trail.iter().filter(|r| r.field == field).collect::<Vec<_>>();
    let classified = of("event").into_iter().find(|r| r.score.is_some()).expect("the classifier's chance");
    assert!(classified.rule.starts_with("classifier of acts: ACCUSE"), "{classified:?}");
    assert_eq!(classified.words[0].text, "accused");
    assert!(classified.score.is_some_and(|s| s > 0.5), "{classified:?}");
    assert_eq!(of("confidence")[0].score, Some(event.confidence));
    assert_eq!(of("target")[0].words[0].text, "Denmark");
}

#[test]
fn predicates_with_actors_that_were_not_coded_are_told_with_the_reason() {
    let report = code("Norway outgrew Denmark last year. Norway and Denmark never met.", None);
    let skipped: Vec<(usize, &str)> = report.skipped().map(|s| (s.n, s.reason.as_str())).collect();
    assert!(skipped.contains(&(0, "no trigger entry lists it")), "{skipped:?}");
    let bare = report.records.iter().any(|r| matches!(r, Record::Skipped(s) if s.reason.is_empty()));
    assert!(!bare, "a reason is empty");
}

#[test]
fn without_the_trail_nothing_else_changes() {
    let text =
        "Norway accused Denmark on Monday of spying. \"We deny it,\" the Danish foreign minister said.";
    let mut report = code(text, None);
    let before = report.records.len() - report.skipped().count();
    report.drop_trail();
    assert_eq!(report.records.len(), before);
    let trails =
        report.records.iter().filter(|r| serde_json::to_string(r).is_ok_and(|j| j.contains("\"trail\"")));
    assert_eq!(trails.count(), 0);
}
