//! Whole reports against annotated articles: runs the `tidings` program and scores its records.

use std::path::{Path, PathBuf};
use std::process::Command;

use serde_json::Value;

use crate::annotation::{Evaluation, Measure, Role, evaluate, parse};
use crate::error::{Error, Result, read};
use crate::suites::{Context, Outcome};

/// The articles of a folder, in order.
pub fn texts(folder: &Path) -> Result<Vec<PathBuf>> {
    let entries =
        std::fs::read_dir(folder).map_err(|source| Error::File { path: folder.to_owned(), source })?;
    let mut texts: Vec<PathBuf> = entries.filter_map(|e| Some(e.ok()?.path())).collect();
    texts.retain(|p| p.extension().is_some_and(|e| e == "txt"));
    texts.sort();
    Ok(texts)
}

/// Codes each text and scores it against the annotation beside it.
pub fn score(context: &Context, texts: &[PathBuf]) -> Result<Outcome> {
    let mut evaluation = Evaluation::default();
    for text in texts {
        evaluation.join(beside(context, text)?.0);
    }
    Ok(outcome(&evaluation))
}

/// One text against the annotation beside it, and the records that the program wrote of it.
pub fn beside(context: &Context, text: &Path) -> Result<(Evaluation, String)> {
    let program = context.program.as_ref().ok_or_else(|| Error::program("tidings", "was not given"))?;
    let gold_path = text.with_extension("gold.jsonl");
    let annotated = read(&gold_path)?;
    let given = given_date(&gold_path, &annotated)?;
    let gold = parse(&gold_path, &annotated, Role::Gold)?;
    let records = code(program, text, given.as_deref())?;
    let system = parse(text, &records, Role::System)?;
    Ok((evaluate(&gold, &system)?, records))
}

/// The publication date that a system may be told, where the article does not show it. The program takes a day, so a
/// month becomes its fifteenth: what is told of "last month" comes out right, and a weekday may not.
fn given_date(gold: &Path, annotated: &str) -> Result<Option<String>> {
    let first = annotated.lines().next().unwrap_or_default();
    let document: Value = serde_json::from_str(first).map_err(|e| Error::line(gold, 0, e))?;
    Ok(document["given"]["publication_date"].as_str().map(day))
}

fn day(date: &str) -> String {
    if date.len() == "2019-02".len() { format!("{date}-15") } else { date.to_owned() }
}

fn code(program: &Path, text: &Path, date: Option<&str>) -> Result<String> {
    let mut command = Command::new(program);
    command.args(["code", "--format", "records"]);
    if let Some(date) = date {
        command.args(["--date", date]);
    }
    let output = command.arg(text).output().map_err(|e| Error::program(program.display(), e))?;
    match output.status.code() {
        Some(0 | 1) => Ok(String::from_utf8_lossy(&output.stdout).into_owned()), // 1: nothing found
        _ => Err(Error::program(program.display(), String::from_utf8_lossy(&output.stderr))),
    }
}

fn outcome(evaluation: &Evaluation) -> Outcome {
    let totals = &evaluation.totals;
    let headline = totals.headline();
    let mut outcome = Outcome::default();
    outcome.values.insert("headline".to_owned(), 100.0 * headline.value());
    outcome.values.insert("claims".to_owned(), evaluation.claims_as_facts().count() as f64);
    for measure in [Measure::Source, Measure::Target, Measure::Date, Measure::Place] {
        outcome.values.extend(totals.value(measure).map(|v| (measure.name().to_owned(), v.f1)));
    }
    for measure in [Measure::Contradiction, Measure::Commitment] {
        outcome.values.extend(totals.value(measure).map(|v| (measure.name().to_owned(), v.recall)));
    }
    let part = |value: Option<f64>| value.map_or("none".to_owned(), |v| format!("{:.1}", 100.0 * v));
    let parts = [
        ("events", headline.events),
        ("detection", totals.value(Measure::Detect).map(|v| v.f1)),
        ("quotes", headline.quotes),
        ("structure", headline.structure),
    ];
    outcome.notes.push(parts.map(|(name, value)| format!("{name} {}", part(value))).join(", "));
    outcome
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn headline_claims_and_fields_are_told() {
        let event = |status: &str| {
            format!(
                "{{\"record\":\"document\",\"id\":\"a\"}}\n{}\n",
                serde_json::json!({
                    "record": "event", "id": "E01", "kind": "action", "tier": "core", "status": status,
                    "sentence": {"start": 0, "end": 20, "text": "Norway raided Peru."},
                    "plover": {"event": "ASSAULT"}, "source": [{"name": "Norway", "country": "NOR"}],
                })
            )
        };
        let read = |text: &str, role| parse(Path::new("a.jsonl"), text, role).unwrap();
        let gold = read(&event("alleged"), Role::Gold);
        let outcome = outcome(&evaluate(&gold, &read(&event("asserted"), Role::System)).unwrap());
        // All but the status is right: (.6 + .4 × .25 / .625) / 2.
        assert!((outcome.values["headline"] - 38.0).abs() < 1e-9, "{:?}", outcome.values);
        assert!((outcome.values["claims"] - 1.0).abs() < 1e-9);
        assert!((outcome.values["source"] - 1.0).abs() < 1e-9 && !outcome.values.contains_key("place"));
        assert_eq!(outcome.notes, ["events 38.0, detection 100.0, quotes none, structure none"]);
    }

    #[test]
    fn a_month_is_told_as_its_middle() {
        assert_eq!([day("2019-02"), day("2022-05-03")], ["2019-02-15", "2022-05-03"]);
    }
}
