//! The rules on small records of our own.

mod events;
mod others;
mod reading;

use std::path::Path;

use serde_json::{Map, Value, json};

use super::{Evaluation, Measure, Role, evaluate, parse};

/// Scores records against records; a document record is put before both.
fn score(gold: &[Value], system: &[Value]) -> Evaluation {
    let read = |records: &[Value], role| {
        let document = json!({"record": "document", "id": "wire"});
        let lines: String = std::iter::once(&document).chain(records).map(|r| format!("{r}\n")).collect();
        parse(Path::new("wire.jsonl"), &lines, role).unwrap()
    };
    evaluate(&read(gold, Role::Gold), &read(system, Role::System)).unwrap()
}

fn f1(evaluation: &Evaluation, measure: Measure) -> f64 {
    evaluation.totals.value(measure).unwrap().f1
}

/// Quality of the only matched pair.
fn quality(gold: &Value, system: &Value) -> f64 {
    let pairings = &score(std::slice::from_ref(gold), std::slice::from_ref(system)).documents[0].pairings;
    pairings[0].quality.expect("a match")
}

#[track_caller]
fn close(found: f64, expected: f64) {
    assert!((found - expected).abs() < 1e-9, "{found} instead of {expected}");
}

/// "Norway raided Peru on Monday in Lima.", alleged.
fn raid() -> Value {
    json!({
        "record": "event", "id": "E01", "kind": "action", "tier": "core", "status": "asserted",
        "sentence": words(0, 40), "trigger": [words(7, 13)],
        "source": [{"name": "Norway", "country": "NOR", "sector": ["MIL"], "start": 0, "end": 6, "text": "Norway"}],
        "target": [{"name": "Peru", "country": "PER", "sector": [], "start": 14, "end": 18, "text": "Peru"}],
        "plover": {"event": "ASSAULT", "mode": ["raid"], "context": ["military"]}, "cameo": "190",
        "attribution": [{"by": "outlet"}],
        "date": {"value": "2026-05-11", "text": "Monday"},
        "place": {"name": "Lima", "text": "Lima", "country": "PER", "lat": -12.05, "lon": -77.04, "precision": "city"},
    })
}

fn words(start: u32, end: u32) -> Value {
    json!({"start": start, "end": end, "text": format!("words {start} to {end}")})
}

/// The record with other fields.
fn with(record: &Value, fields: Value) -> Value {
    let mut out: Map<String, Value> = record.as_object().unwrap().clone();
    out.extend(fields.as_object().unwrap().clone());
    Value::Object(out)
}
