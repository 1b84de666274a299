//! Does the confidence of an event mean what it says? On the public annotated articles.

use std::collections::BTreeMap;

use serde_json::Value;

use super::{Context, Outcome};
use crate::annotation::{Evaluation, Measure, Outcome as Fate, Pairing};
use crate::error::{Error, Result};
use crate::gold;
use crate::scores::Calibration;

/// Expected calibration error and Brier score over all events of all articles.
pub fn score(context: &Context) -> Result<Outcome> {
    let mut texts = vec![context.path("gold/seed.txt")];
    texts.extend(gold::texts(&context.path("gold/examples"))?);
    let mut calibration = Calibration::default();
    for text in &texts {
        let (evaluation, records) = gold::beside(context, text)?;
        calibration.0.extend(judged(&evaluation, &records)?);
    }
    Ok(outcome(&calibration, texts.len()))
}

/// The confidence of every event, and whether it is right.
fn judged(evaluation: &Evaluation, records: &str) -> Result<Vec<(f64, bool)>> {
    let confidences = confidences(records)?;
    let pairings = evaluation.documents.iter().flat_map(|d| &d.pairings);
    let confidence = |p: &Pairing| confidences.get(p.system.as_ref()?.id.as_str()).copied();
    Ok(pairings.filter_map(|p| Some((confidence(p)?, is_right(p)))).collect())
}

/// It matches an event of the annotation and has its type.
fn is_right(pairing: &Pairing) -> bool {
    match pairing.outcome {
        Fate::Matched => !pairing.losses.contains_key(&Measure::Type),
        Fate::Restated => true, // asks for the type of the event that it tells again
        Fate::Missed | Fate::Spurious => false,
    }
}

fn confidences(records: &str) -> Result<BTreeMap<String, f64>> {
    let mut found = BTreeMap::new();
    for line in records.lines() {
        let record: Value = serde_json::from_str(line).map_err(|e| Error::program("tidings code", e))?;
        if record["record"] == "event" {
            found.extend(record["id"].as_str().map(str::to_owned).zip(record["confidence"].as_f64()));
        }
    }
    Ok(found)
}

fn outcome(calibration: &Calibration, articles: usize) -> Outcome {
    let error = calibration.expected_error();
    let mut outcome = super::outcome([("ece", error), ("brier", calibration.brier())]);
    let (count, rate) = (calibration.0.len(), calibration.base_rate());
    outcome.notes.push(format!(
        "{count} events of {articles} articles, {rate:.3} of them right: they match an event of the annotation and have its \
         type; saying {rate:.3} of each would give a Brier score of {:.4}; one that is right has the higher confidence than \
         one that is wrong in {:.3} of pairs",
        rate * (1.0 - rate),
        calibration.separation().unwrap_or(0.5)
    ));
    let bins = calibration.bins();
    let shown = bins.iter().filter(|b| b.count > 0);
    let shown: Vec<String> =
        shown.map(|b| format!("{:.2} → {:.2} ({})", b.confidence, b.right, b.count)).collect();
    outcome.notes.push(format!("ten bins, confidence → right (events): {}", shown.join(", ")));
    outcome
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use crate::annotation::{Role, evaluate, parse};

    use super::*;

    fn event(id: &str, kind: &str, start: usize, confidence: f64) -> String {
        serde_json::json!({
            "record": "event", "id": id, "kind": "action", "tier": "core", "status": "asserted", "confidence": confidence,
            "sentence": {"start": start, "end": start + 20, "text": "Norway raided Peru."},
            "plover": {"event": kind}, "source": [{"name": "Norway", "country": "NOR"}],
            "target": [{"name": "Peru", "country": "PER"}],
        })
        .to_string()
    }

    #[test]
    fn a_match_of_another_type_is_wrong() {
        let document = "{\"record\":\"document\",\"id\":\"a\"}".to_owned();
        let gold =
            [document.clone(), event("E01", "ASSAULT", 0, 0.0), event("E02", "AID", 30, 0.0)].join("\n");
        let system = [
            document,
            event("E01", "ASSAULT", 0, 0.75),
            event("E02", "COOPERATE", 30, 0.5),
            event("E03", "AID", 90, 0.25),
        ]
        .join("\n");
        let read = |text: &str, role| parse(Path::new("a.jsonl"), text, role).unwrap();
        let evaluation = evaluate(&read(&gold, Role::Gold), &read(&system, Role::System)).unwrap();
        let mut judged = judged(&evaluation, &system).unwrap();
        judged.sort_by(|a, b| a.0.total_cmp(&b.0));
        assert_eq!(judged, [(0.25, false), (0.5, false), (0.75, true)]);
        let outcome = outcome(&Calibration(judged), 1);
        assert!(
            outcome.notes[0].starts_with("3 events of 1 articles, 0.333 of them right"),
            "{:?}",
            outcome.notes
        );
    }
}
