//! Whole reports against annotated articles: runs the `tidings` program and the scorer that comes with the annotation.

use std::path::{Path, PathBuf};
use std::process::Command;

use serde_json::Value;

use crate::error::{Error, Result, read, write};
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

/// Codes `texts` and scores them against `gold` (a file or folder below the shared data).
pub fn score(context: &Context, gold: &str, texts: &[PathBuf]) -> Result<Outcome> {
    let program = context.program.as_ref().ok_or_else(|| Error::program("tidings", "was not given"))?;
    let folder = tempfile::tempdir().map_err(|e| Error::program("temporary folder", e))?;
    let records = folder.path().join("records");
    std::fs::create_dir(&records).map_err(|source| Error::File { path: records.clone(), source })?;
    for text in texts {
        let name = text.file_stem().map(|s| s.to_string_lossy().into_owned()).unwrap_or_default();
        let given = given_date(&text.with_extension("gold.jsonl"))?;
        write(
            &records.join(format!("{name}.jsonl")),
            &with_id(&code(program, text, given.as_deref())?, &name)?,
        )?;
    }
    let numbers = folder.path().join("numbers.json");
    let output = Command::new("python3")
        .arg(context.path("gold/score.py"))
        .args([&context.path(gold), &records])
        .arg("--json")
        .arg(&numbers)
        .output()
        .map_err(|e| Error::program("score.py", e))?;
    if !output.status.success() {
        return Err(Error::program("score.py", String::from_utf8_lossy(&output.stderr)));
    }
    let numbers: Value = serde_json::from_str(&read(&numbers)?).map_err(|e| Error::program("score.py", e))?;
    outcome(&numbers["ALL"], &String::from_utf8_lossy(&output.stdout))
}

/// The publication date that a system may be told, where the article does not show it. The program takes a day, so a
/// month becomes its fifteenth: what is told of "last month" comes out right, and a weekday may not.
fn given_date(gold: &Path) -> Result<Option<String>> {
    let text = read(gold)?;
    let first = text.lines().next().unwrap_or_default();
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

/// The scorer pairs documents by their id: the name of the file, whatever folder it was read from.
fn with_id(records: &str, id: &str) -> Result<String> {
    let mut out = String::new();
    for line in records.lines().filter(|l| !l.trim().is_empty()) {
        let mut record: Value = serde_json::from_str(line).map_err(|e| Error::program("tidings", e))?;
        if record["record"] == "document" {
            record["id"] = id.into();
        }
        out.push_str(&record.to_string());
        out.push('\n');
    }
    Ok(out)
}

/// Reads the headline from the scorer's numbers and the claims stored as facts from its report.
fn outcome(all: &Value, report: &str) -> Result<Outcome> {
    let headline = all["headline"].as_f64().ok_or_else(|| Error::program("score.py", "gave no headline"))?;
    let claims = report.lines().find_map(|l| l.strip_prefix("claims stored as facts:"));
    let claims = claims.and_then(|rest| rest.split_whitespace().next()?.parse().ok());
    let claims: f64 =
        claims.ok_or_else(|| Error::program("score.py", "gave no count of claims stored as facts"))?;
    let mut outcome = Outcome::default();
    outcome.values.insert("headline".to_owned(), 100.0 * headline);
    outcome.values.insert("claims".to_owned(), claims);
    for field in ["source", "target", "date", "place"] {
        if let Some(f1) = all["prf"][field][2].as_f64() {
            outcome.values.insert(field.to_owned(), f1);
        }
    }
    let part =
        |name: &str| all["parts"][name].as_f64().map_or("none".to_owned(), |v| format!("{:.1}", 100.0 * v));
    let detect = all["prf"]["detect"][2].as_f64().map_or("none".to_owned(), |v| format!("{:.1}", 100.0 * v));
    let parts = [
        ("events", part("events")),
        ("detection", detect),
        ("quotes", part("quotes")),
        ("structure", part("structure")),
    ];
    outcome.notes.push(parts.map(|(name, value)| format!("{name} {value}")).join(", "));
    Ok(outcome)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn headline_and_claims_are_read() {
        let all = serde_json::json!({"headline": 0.515, "parts": {"events": 0.5, "quotes": null}, "prf": {"detect": [1, 1, 0.75], "date": [0.5, 0.5, 0.5]}});
        let outcome = outcome(&all, "x\nclaims stored as facts: 2  a:E01 a:E02\nHEADLINE: 51.5\n").unwrap();
        assert!((outcome.values["headline"] - 51.5).abs() < 1e-9);
        assert!((outcome.values["claims"] - 2.0).abs() < 1e-9);
        assert!((outcome.values["date"] - 0.5).abs() < 1e-9 && !outcome.values.contains_key("place"));
        assert_eq!(outcome.notes, ["events 50.0, detection 75.0, quotes none, structure none"]);
    }

    #[test]
    fn a_month_is_told_as_its_middle() {
        assert_eq!([day("2019-02"), day("2022-05-03")], ["2019-02-15", "2022-05-03"]);
    }

    #[test]
    fn only_the_document_takes_the_id() {
        let out = with_id(
            "{\"record\":\"document\",\"id\":\"x/a.txt\"}\n{\"record\":\"event\",\"id\":\"E1\"}\n",
            "a",
        )
        .unwrap();
        assert_eq!(out, "{\"record\":\"document\",\"id\":\"a\"}\n{\"record\":\"event\",\"id\":\"E1\"}\n");
        assert!(with_id("not json", "a").is_err());
    }
}
