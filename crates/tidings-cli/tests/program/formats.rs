//! Records, JSON lines, CSV, table: the same events in each.

use std::collections::BTreeSet;

use serde_json::Value;
use unicode_width::UnicodeWidthStr;

use crate::harness::{DAY, Folder, REPORT, example, many, tidings, tidings_reading};

/// Letters of two and more bytes, a no-break space, a bird beyond the basic plane, curly quotation marks.
const ACCENTS: &str = "Côte d’Ivoire condemned São Tomé on\u{a0}Monday. “🕊 Nobody wins,” President Recep Tayyip Erdoğan of \
Türkiye said in Chișinău on Tuesday. Malmö – a city in Sweden – hosted talks between Türkiye and Côte d’Ivoire.\n";

#[test]
fn offsets_count_code_points_and_give_back_the_words() {
    let folder = Folder::new();
    let accents = folder.file("accents.txt", ACCENTS);
    let (talks, strike) = (example("border-talks.txt"), example("strike-denied.txt"));
    for path in [accents, talks, strike] {
        let text: Vec<char> = std::fs::read_to_string(&path).expect("reads").chars().collect();
        let records = tidings(&["code", "--format", "records", "--trail", &path]).ended(0).json();
        let checked: usize = records.iter().map(|r| check_spans(r, &text)).sum();
        assert!(checked > 20, "{path}: only {checked} spans");
    }
}

/// Every object with `start`, `end` and `text`, however deep: `text[start:end] == text`. How many there are.
fn check_spans(value: &Value, letters: &[char]) -> usize {
    match value {
        Value::Array(values) => values.iter().map(|v| check_spans(v, letters)).sum(),
        Value::Object(fields) => {
            let number = |name: &str| fields.get(name).and_then(Value::as_u64).map(|n| n as usize);
            let mut count = fields.values().map(|v| check_spans(v, letters)).sum();
            if let (Some(start), Some(end), Some(words)) =
                (number("start"), number("end"), fields.get("text"))
            {
                let there: String = letters[start..end].iter().collect();
                assert_eq!(Some(there.as_str()), words.as_str(), "{value}");
                count += 1;
            }
            count
        }
        _ => 0,
    }
}

#[test]
fn records_begin_with_the_document_and_have_unique_ids() {
    let text = std::fs::read_to_string(example("strike-denied.txt")).expect("reads");
    let records = tidings(&["code", "--format", "records", &example("strike-denied.txt")]).ended(0).json();
    let document = &records[0];
    assert_eq!(document["record"], "document");
    assert_eq!(document["n_chars"], text.chars().count());
    assert_eq!(document["language"], "en");
    let kinds: BTreeSet<&str> = records.iter().filter_map(|r| r["record"].as_str()).collect();
    for kind in ["segment", "sentence", "entity", "timex", "event", "quote"] {
        assert!(kinds.contains(kind), "no {kind} in {kinds:?}");
    }
    let mut ids = BTreeSet::new();
    for record in &records[1..] {
        let id = record["id"].as_str().unwrap_or_else(|| panic!("no id: {record}"));
        assert!(ids.insert((record["record"].as_str(), id)), "{id} twice");
    }
}

#[test]
fn every_status_and_type_is_one_of_the_codebook() {
    let statuses = ["asserted", "alleged", "conditional", "hypothetical", "planned", "denied", "negated"];
    for name in [
        "border-shelling.txt",
        "border-talks.txt",
        "ceasefire-watch.txt",
        "strike-denied.txt",
        "briefs.jsonl",
    ] {
        for event in tidings(&["code", "--format", "jsonl", &example(name)]).ended(0).json() {
            assert!(statuses.iter().any(|s| event["status"] == *s), "{event}");
            assert!(
                event["event_type"].as_str().is_some_and(|t| t.chars().all(|c| c.is_ascii_uppercase())),
                "{event}"
            );
            assert!(event["confidence"].as_f64().is_some_and(|c| (0.0..=1.0).contains(&c)), "{event}");
        }
    }
}

#[test]
fn csv_and_json_lines_say_the_same() {
    let input = many(3);
    let lines = tidings_reading(input.as_bytes(), &["code", "--format", "jsonl", "-"]).ended(0).json();
    let csv = tidings_reading(input.as_bytes(), &["code", "--format", "csv", "-"]).ended(0).data;
    let mut reader = csv::Reader::from_reader(csv.as_bytes());
    let header = reader.headers().expect("a header").clone();
    let rows: Vec<csv::StringRecord> =
        reader.records().map(|r| r.expect("as many cells as columns")).collect();
    assert_eq!(rows.len(), lines.len());
    for (row, line) in rows.iter().zip(&lines) {
        for (name, cell) in header.iter().zip(row) {
            match &line[name] {
                Value::Null => assert_eq!(cell, "", "{name}"),
                Value::String(text) => assert_eq!(cell, text, "{name}"),
                other => assert_eq!(cell, other.to_string(), "{name}"),
            }
        }
    }
}

#[test]
fn the_header_of_csv_stands_once_above_all_documents_and_also_above_none() {
    let csv = tidings_reading(many(3).as_bytes(), &["code", "--format", "csv", "-"]).ended(0).data;
    assert_eq!(csv.matches("document_id,event_id").count(), 1);
    let nothing = tidings_reading(b"It rained all day.\n", &["code", "--format", "csv", "-"]).ended(1).data;
    assert_eq!(nothing.lines().count(), 1);
    assert!(nothing.starts_with("document_id,event_id"));
}

#[test]
fn the_table_fits_in_80_columns() {
    let folder = Folder::new();
    let accents = folder.file("accents.txt", ACCENTS);
    let names = [
        "border-shelling.txt",
        "border-talks.txt",
        "ceasefire-watch.txt",
        "strike-denied.txt",
        "briefs.jsonl",
    ];
    for path in names.into_iter().map(example).chain([accents]) {
        let table = tidings(&["code", &path]).ended(0).data;
        for line in table.lines() {
            assert!(line.width() <= 80, "{path}: {} columns: {line}", line.width());
            assert_eq!(line.trim_end(), line, "blanks at the end of a line");
        }
    }
}

#[test]
fn reasons_are_given_on_request() {
    let trail = |arguments: &[&str]| {
        let records = tidings_reading(REPORT.as_bytes(), arguments).ended(0).json();
        let event = records.into_iter().find(|r| r["record"] == "event").expect("an event");
        event["trail"].as_array().map_or(0, Vec::len)
    };
    assert_eq!(trail(&["code", "--format", "records", "--date", DAY, "-"]), 0);
    assert!(trail(&["code", "--format", "records", "--trail", "--date", DAY, "-"]) > 2);
}
