//! A ledger by the command line: added once, asked, stopped, refused.

use std::io::{BufRead, BufReader, Read, Write};
use std::process::{Command, Stdio};

use crate::harness::{DAY, Folder, REPORT, command, many, tidings};

#[test]
fn what_is_added_is_found_once_however_often_it_is_added() {
    let folder = Folder::new();
    let (report, ledger) = (folder.file("report.txt", REPORT), folder.path("news.db"));
    let ledger = ledger.to_str().expect("UTF-8");
    let first = tidings(&["add", &report, "--date", DAY, "--outlet", "Post", "--ledger", ledger]).ended(0);
    assert_eq!((first.data.as_str(), first.talk.as_str()), ("", "note: documents: 1 new\n"));
    let again = tidings(&["add", &report, "--date", DAY, "--outlet", "Post", "--ledger", ledger]).ended(0);
    assert_eq!(again.talk, "note: documents: 1 known\n");

    let events =
        tidings(&["events", "--ledger", ledger, "--format", "jsonl", "--order", "oldest"]).ended(0).json();
    let told: Vec<_> =
        events.iter().map(|e| (&e["event_date"], &e["source"], &e["target"], &e["n_reports"])).collect();
    assert_eq!(
        told,
        [
            (&"2026-05-11".into(), &"France".into(), &"Germany".into(), &1.into()),
            (&"2026-05-12".into(), &"Norway".into(), &"Iceland".into(), &1.into()),
        ]
    );
    let csv = tidings(&["events", "--ledger", ledger, "--format", "csv", "--actor", "ISL"]).ended(0).data;
    assert_eq!(csv.lines().count(), 2);
    assert!(csv.starts_with("event_id,event_date,"), "{csv}");
    let series = tidings(&["series", "--ledger", ledger, "--format", "csv", "--by", "year"]).ended(0).data;
    assert!(series.contains("\n2026,,2,2,"), "{series}");
    let found = tidings(&["search", "Germany", "--ledger", ledger]).ended(0).data;
    assert!(found.contains("[Germany]"), "{found}");
    tidings(&["search", "Portugal", "--ledger", ledger]).ended(1);
    tidings(&["events", "--ledger", ledger, "--type", "ASSAULT"]).ended(1);
    tidings(&["events", "--ledger", ledger, "--as-of", "2001-01-01"]).ended(1);
}

#[test]
fn one_bad_document_does_not_end_the_run() {
    let folder = Folder::new();
    let (report, ledger) = (folder.file("report.txt", REPORT), folder.path("news.db"));
    let ledger = ledger.to_str().expect("UTF-8");
    let outcome = tidings(&["add", "no-such-file.txt", &report, "--ledger", ledger]).ended(2);
    assert!(
        outcome.talk.contains("no-such-file.txt") && outcome.talk.contains("1 new, 1 not stored"),
        "{}",
        outcome.talk
    );
    tidings(&["search", "Germany", "--ledger", ledger]).ended(0);
}

#[test]
fn what_is_no_ledger_is_refused_and_left_as_it_is() {
    let folder = Folder::new();
    let report = folder.file("report.txt", REPORT);
    let other = folder.file("notes.txt", "these are my notes, ".repeat(20));
    let outcome = tidings(&["add", &report, "--ledger", &other]).ended(2);
    assert!(outcome.talk.contains("is no ledger") && outcome.talk.contains("hint:"), "{}", outcome.talk);
    assert!(std::fs::read_to_string(&other).expect("there").starts_with("these are my notes"));
    let outcome = tidings(&["events", "--ledger", "no-such.db"]).ended(2);
    assert!(outcome.talk.contains("no ledger here"), "{}", outcome.talk);
}

#[test]
#[cfg(unix)]
fn ctrl_c_keeps_what_was_stored() {
    let folder = Folder::new();
    let ledger = folder.path("news.db");
    let ledger = ledger.to_str().expect("UTF-8");
    let mut child = command(&["add", "-", "--ledger", ledger]).stdin(Stdio::piped()).spawn().expect("starts");
    let mut input = child.stdin.take().expect("a pipe");
    input.write_all(many(3).as_bytes()).expect("writes");
    input.flush().expect("flushes");
    // The standard input stays open. Once the three are stored, the program waits for more.
    let stored = || {
        let found = tidings(&["search", "condemned", "--ledger", ledger, "--format", "csv", "--quiet"]);
        found.data.lines().count() > 1
    };
    let begun = std::time::Instant::now();
    while !stored() {
        assert!(begun.elapsed().as_secs() < 60, "nothing was stored");
        std::thread::sleep(std::time::Duration::from_millis(100));
    }
    let sent = Command::new("kill").args(["-INT", &child.id().to_string()]).status().expect("kill runs");
    assert!(sent.success());
    let mut talk = String::new();
    let mut error = BufReader::new(child.stderr.take().expect("a pipe"));
    error.read_line(&mut talk).expect("a line");
    error.read_to_string(&mut talk).expect("the rest");
    assert_eq!(child.wait().expect("ends").code(), Some(130), "{talk}");
    assert!(talk.contains("documents: "), "{talk}");
    drop(input);
}
