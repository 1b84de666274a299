//! A report goes in, its events come out.

use serde_json::Value;

use crate::harness::{DAY, Folder, REPORT, example, tidings, tidings_reading};

#[test]
fn a_report_tells_who_did_what_to_whom_and_when() {
    let folder = Folder::new();
    let path = folder.file("wire.txt", REPORT);
    let outcome = tidings(&["code", "--date", DAY, "--outlet", "Own Wire", &path]).ended(0);
    assert_eq!(outcome.talk, "");
    let expected = "\
wire · Own Wire · 2026-05-13 (given with --date)

id   date        who → whom                          type           status

S00  France condemned Germany on Monday.
E01  2026-05-11  France (FRA) → Germany (DEU)        ACCUSE         asserted
                                                     disapprove
     “condemned”

S01  Norway thanked Iceland on Tuesday.
E02  2026-05-12  Norway (NOR) → Iceland (ISL)        SUPPORT        asserted
     “thanked”

2 events in 2 sentences
";
    assert_eq!(outcome.data, expected);
}

#[test]
fn a_report_can_come_from_a_pipe() {
    let piped =
        tidings_reading(REPORT.as_bytes(), &["code", "--format", "jsonl", "--date", DAY, "-"]).ended(0);
    let events = piped.json();
    assert_eq!(events.len(), 2);
    assert_eq!(
        (events[0]["source"].as_str(), events[0]["target"].as_str()),
        (Some("France"), Some("Germany"))
    );
    assert_eq!(events[1]["event_date"], "2026-05-12");
}

#[test]
fn json_lines_can_come_from_a_pipe() {
    let line = r#"{"id":"x1","title":"Thanks","text":"Norway thanked Iceland on Tuesday.","date":"2026-05-13","outlet":"Own Wire"}"#;
    let events = tidings_reading(line.as_bytes(), &["code", "--format", "jsonl", "-"]).ended(0).json();
    assert_eq!(events[0]["document_id"], "x1");
    assert_eq!(events[0]["outlet"], "Own Wire");
    assert_eq!(events[0]["published"], "2026-05-13");
}

#[test]
fn without_a_day_of_publication_a_weekday_stays_a_weekday() {
    let table = tidings_reading(b"France condemned Germany on Monday.\n", &["code", "-"]).ended(0).data;
    assert!(table.contains("date of publication unknown (--date gives it)"), "{table}");
    assert!(table.contains("E01  Monday "), "{table}");
}

#[test]
fn several_files_are_coded_in_their_order() {
    let folder = Folder::new();
    let paths = [("b.txt", "Kenya"), ("a.txt", "Japan")]
        .map(|(name, state)| folder.file(name, format!("{state} condemned Germany on Monday.\n")));
    let events = tidings(&["code", "--format", "jsonl", &paths[0], &paths[1]]).ended(0).json();
    let coded: Vec<_> = events.iter().map(|e| (e["document_id"].clone(), e["source"].clone())).collect();
    assert_eq!(coded, [("b".into(), "Kenya".into()), ("a".into(), "Japan".into())]);
}

#[test]
fn a_folder_is_read_file_by_file_in_the_order_of_their_names() {
    let folder = Folder::new();
    folder.file("b.txt", "Kenya condemned Germany on Monday.\n");
    folder.file("a.jsonl", r#"{"id": "first", "text": "Japan condemned Germany on Monday."}"#);
    folder.file("notes.pdf", "%PDF-1.7 is no report");
    let path = folder.path("");
    let events = tidings(&["code", "--format", "jsonl", path.to_str().expect("UTF-8")]).ended(0).json();
    let coded: Vec<_> = events.iter().map(|e| (e["document_id"].clone(), e["source"].clone())).collect();
    assert_eq!(coded, [("first".into(), "Japan".into()), ("b".into(), "Kenya".into())]);
}

#[test]
fn every_example_has_events_quotes_and_a_day_of_publication() {
    for name in [
        "border-shelling.txt",
        "border-talks.txt",
        "ceasefire-watch.txt",
        "strike-denied.txt",
        "briefs.jsonl",
    ] {
        let records = tidings(&["code", "--format", "records", &example(name)]).ended(0).json();
        let count = |kind: &str| records.iter().filter(|r| r["record"] == kind).count();
        let documents = count("document");
        assert!(count("event") >= 4 * documents, "{name}: {} events", count("event"));
        assert!(count("quote") >= documents, "{name}: {} quotes", count("quote"));
        let dated =
            |r: &&Value| r["publication_date"]["value"].as_str().is_some_and(|d| d.starts_with("2026-"));
        let known = records.iter().filter(|r| r["record"] == "document").filter(dated).count();
        // The second brief carries a date that nobody can read.
        assert_eq!(known, if name == "briefs.jsonl" { 2 } else { 1 }, "{name}");
    }
}
