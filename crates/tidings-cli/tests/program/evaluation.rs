//! `tidings evaluate`: figures for people and programs, and errors that say what to do.

use std::path::{Path, PathBuf};
use std::process::Command;

use serde_json::Value;

use crate::harness::{DAY, Folder, REPORT, argument, tidings, tidings_reading};

/// The records of the small report of two acts, under an id.
fn records(id: &str) -> String {
    let arguments = ["code", "--format", "records", "--date", DAY, "-"];
    let out = tidings_reading(REPORT.as_bytes(), &arguments).ended(0).data;
    let lines = out.lines().map(|line| {
        let mut record: Value = serde_json::from_str(line).expect("JSON");
        if record["record"] == "document" {
            record["id"] = id.into();
        }
        format!("{record}\n")
    });
    lines.collect()
}

#[test]
fn what_the_program_writes_is_all_right_when_scored_against_itself() {
    let folder = Folder::new();
    let path = folder.file("a.jsonl", records("a"));
    let outcome = tidings(&["evaluate", "--format", "json", &path, &path]).ended(0);
    let figures: Value = serde_json::from_str(&outcome.data).expect("one JSON object");
    for id in ["a", "ALL"] {
        assert_eq!(figures[id]["headline"], 1.0, "{}", outcome.data);
        assert_eq!(figures[id]["prf"]["type"], serde_json::json!([1.0, 1.0, 1.0]));
    }
    assert_eq!(outcome.talk, "");
}

#[test]
fn a_wrong_status_and_a_missing_event_show_in_the_table_and_in_the_pairs() {
    let folder = Folder::new();
    let gold = records("a").replacen("\"status\":\"asserted\"", "\"status\":\"alleged\"", 1);
    let gold = folder.file("gold.jsonl", gold);
    let events_but_one = |text: &str| {
        let mut seen = 0;
        let kept = text.lines().filter(|line| {
            seen += usize::from(line.contains("\"record\":\"event\""));
            !(line.contains("\"record\":\"event\"") && seen == 2)
        });
        kept.map(|line| format!("{line}\n")).collect::<String>()
    };
    let system = folder.file("system.jsonl", events_but_one(&records("a")));
    let plain = tidings(&["evaluate", &gold, &system]).ended(0).data;
    for words in ["claims stored as facts: 1 (a:E01)", "event attribute", "headline", "status"] {
        assert!(plain.contains(words), "no {words:?} in:\n{plain}");
    }
    assert!(!plain.contains("missed"), "{plain}");
    let pairs = tidings(&["evaluate", "--pairs", &gold, &system]).ended(0).data;
    let line = |word: &str| {
        pairs.lines().find(|l| l.starts_with(word)).unwrap_or_else(|| panic!("no {word}:\n{pairs}"))
    };
    assert!(line("matched").contains("ACCUSE France → Germany"), "{pairs}");
    assert!(line("missed").contains("Norway → Iceland"), "{pairs}");
    assert!(pairs.contains("claim stored as fact") && pairs.contains("status=0.0(asserted)"), "{pairs}");
    assert!(pairs.lines().all(|l| l.chars().count() <= 80), "{pairs}");
    let json = tidings(&["evaluate", "--pairs", "--format", "json", &gold, &system]).ended(0).data;
    let figures: Value = serde_json::from_str(&json).expect("JSON");
    assert_eq!(figures["a"]["pairs"][0]["outcome"], "matched");
    assert_eq!(figures["a"]["pairs"][0]["losses"]["status"], 0.0);
    assert_eq!(figures["ALL"]["claims_stored_as_facts"], serde_json::json!(["a:E01"]));
}

#[test]
fn folders_are_paired_by_id_and_what_is_alone_is_told() {
    let folder = Folder::new();
    for (name, ids) in [("gold", ["a", "b"]), ("system", ["b", "c"])] {
        std::fs::create_dir(folder.path(name)).expect("a folder");
        for id in ids {
            folder.file(&format!("{name}/{id}.jsonl"), records(id));
        }
    }
    let (gold, system) = (argument(&folder.path("gold")), argument(&folder.path("system")));
    let outcome = tidings(&["evaluate", &gold, &system]).ended(0);
    assert!(outcome.talk.contains("'a'") && outcome.talk.contains("'c'"), "{}", outcome.talk);
    assert!(outcome.data.contains("all together"), "{}", outcome.data);
    let quiet = tidings(&["evaluate", "--quiet", &gold, &system]).ended(0);
    assert_eq!((quiet.talk.as_str(), quiet.data), ("", outcome.data));
}

#[test]
fn what_cannot_be_scored_is_told_with_its_place_and_a_hint() {
    let folder = Folder::new();
    let good = folder.file("good.jsonl", records("a"));
    let broken = folder.file("broken.jsonl", "{\"record\": \"document\", \"id\": \"a\"}\nnot JSON\n");
    let flat = folder.file("flat.jsonl", "{\"event_id\": \"E01\"}\n");
    let two = |a: &str, b: &str| records(a) + &records(b);
    let (left, right) = (folder.file("left.jsonl", two("a", "b")), folder.file("right.jsonl", two("c", "d")));
    let empty = argument(&folder.path("empty"));
    std::fs::create_dir(&empty).expect("a folder");
    let nowhere = argument(&folder.path("nowhere.jsonl"));
    for (gold, system, words) in [
        (&good, &broken, "broken.jsonl:2:"),
        (&good, &flat, "flat.jsonl:1:1: no record"),
        (&flat, &good, "flat.jsonl:1:1: no record"),
        (&left, &right, "no document in common"),
        (&good, &empty, "no file of records in this folder"),
        (&good, &nowhere, "nowhere.jsonl: cannot be read"),
    ] {
        let outcome = tidings(&["evaluate", gold, system]).ended(2);
        assert_eq!(outcome.data, "");
        assert!(outcome.talk.starts_with("error: ") && outcome.talk.contains(words), "{}", outcome.talk);
        assert!(outcome.talk.contains("\n  hint: "), "{}", outcome.talk);
    }
}

#[test]
fn names_cannot_move_the_cursor() {
    let folder = Folder::new();
    let nasty = records("a").replace("Norway", "Nor\\u001b[2Jway");
    let path = folder.file("a.jsonl", nasty);
    let pairs = tidings(&["evaluate", "--pairs", &path, &path]).ended(0).data;
    assert!(pairs.contains("Nor\u{FFFD}[2Jway") && !pairs.contains('\u{1b}'), "{pairs}");
}

/// The annotated articles and the scorer that comes with them; neither is part of Tidings.
fn annotation() -> Option<PathBuf> {
    let beside = || Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared");
    let gold = std::env::var_os("TIDINGS_SHARED").map_or_else(beside, PathBuf::from).join("gold");
    let python = Command::new("python3").arg("--version").output();
    if gold.join("score.py").is_file() && python.is_ok_and(|o| o.status.success()) {
        return Some(gold);
    }
    eprintln!("skipped: needs python3 and {}\n  hint: set TIDINGS_SHARED", gold.join("score.py").display());
    None
}

#[test]
fn on_annotated_articles_the_figures_are_those_of_the_scorer_that_comes_with_them() {
    let Some(gold) = annotation() else { return };
    let folder = Folder::new();
    for name in ["gold", "system"] {
        std::fs::create_dir(folder.path(name)).expect("a folder");
    }
    let mut articles: Vec<PathBuf> =
        gold.join("examples").read_dir().expect("the folder").map(|e| e.expect("an entry").path()).collect();
    articles.push(gold.join("seed.txt"));
    articles.retain(|path| path.extension().is_some_and(|e| e == "txt"));
    for article in &articles {
        let name = article.file_stem().and_then(|n| n.to_str()).expect("a name");
        let annotated =
            std::fs::read_to_string(article.with_extension("gold.jsonl")).expect("the annotation");
        folder.file(&format!("gold/{name}.jsonl"), annotated);
        let records = tidings(&["code", "--format", "records", &argument(article)]).ended(0).data;
        let records: String = records
            .lines()
            .map(|line| {
                let mut record: Value = serde_json::from_str(line).expect("JSON");
                if record["record"] == "document" {
                    record["id"] = name.into();
                }
                format!("{record}\n")
            })
            .collect();
        folder.file(&format!("system/{name}.jsonl"), records);
    }
    let (gold_files, system) = (argument(&folder.path("gold")), argument(&folder.path("system")));
    let out = argument(&folder.path("numbers.json"));
    let script = argument(&gold.join("score.py"));
    let status = Command::new("python3").args(["-B", &script, &gold_files, &system, "--json", &out]).output();
    assert!(status.expect("python3 starts").status.success());
    let theirs: Value = serde_json::from_slice(&std::fs::read(&out).expect("numbers")).expect("JSON");
    let mine = tidings(&["evaluate", "--format", "json", &gold_files, &system]).ended(0).data;
    let mine: Value = serde_json::from_str(&mine).expect("JSON");
    assert_eq!(theirs.as_object().map(|o| o.len()), Some(articles.len() + 1));
    assert!(same(&theirs, &mine), "{theirs:#}\nhere:\n{mine:#}");
    assert!(mine["ALL"]["headline"].as_f64().is_some_and(|h| h > 0.3), "{mine:#}");
}

/// Whether every number of theirs is ours too, but for rounding.
fn same(theirs: &Value, mine: &Value) -> bool {
    match (theirs, mine) {
        (Value::Object(a), Value::Object(b)) => a.iter().all(|(k, v)| b.get(k).is_some_and(|w| same(v, w))),
        (Value::Array(a), Value::Array(b)) => a.len() == b.len() && a.iter().zip(b).all(|(a, b)| same(a, b)),
        (Value::Number(a), Value::Number(b)) => {
            a.as_f64().zip(b.as_f64()).is_some_and(|(a, b)| (a - b).abs() < 1e-9)
        }
        _ => theirs == mine,
    }
}
