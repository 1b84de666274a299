//! A ledger out as a release, the tables of others in.

use crate::harness::{Folder, argument, command, example, tidings};

/// Rows as PETRARCH writes them.
const ROWS: &str = "20160811\tUSAGOV\tCHN\t042\t\tA_1\tpost\n20160812\tKENCOP\tKENCVL\t173\t\tA_2\tpost\n";

#[test]
fn a_release_of_coded_articles_has_their_events_and_words() {
    let folder = Folder::new();
    let ledger = argument(&folder.path("news.db"));
    tidings(&["add", &example(""), "--ledger", &ledger]).ended(0);
    let place = argument(&folder.path("release"));
    let plan = tidings(&["export", &place, "--ledger", &ledger, "--dry-run"]).ended(0);
    assert!(plan.talk.contains("events.parquet") && !folder.path("release").exists(), "{}", plan.talk);
    let made = tidings(&["export", &place, "--ledger", &ledger]).ended(0);
    assert!(
        made.data.is_empty() && made.talk.contains(" events, ") && made.talk.contains(" gdelt"),
        "{}",
        made.talk
    );
    let events =
        tidings(&["events", "--ledger", &ledger, "--format", "jsonl", "--limit", "10000"]).ended(0).json();
    let mut reader = csv(&folder, "release/events.csv");
    let rows: Vec<_> = reader.records().map(|r| r.expect("a row")).collect();
    assert_eq!(rows.len(), events.len());
    // The anchor of a report is where its sentence stands in the text.
    let mut reports = csv(&folder, "release/reports.csv");
    let header = reports.headers().expect("a header").clone();
    let column = |name: &str| header.iter().position(|h| h == name).expect("a column");
    let (sentence, exact, prefix) = (column("sentence"), column("exact"), column("prefix"));
    let rows: Vec<_> = reports.records().map(|r| r.expect("a row")).collect();
    assert!(rows.iter().all(|r| r[sentence] == r[exact] && r[prefix].chars().count() <= 32));
    assert!(rows.iter().any(|r| r[prefix].chars().count() == 32));
    let again = tidings(&["export", &place, "--ledger", &ledger]).ended(2);
    assert!(again.talk.contains("release already") && again.talk.contains("--force"), "{}", again.talk);
    tidings(&["export", &place, "--ledger", &ledger, "--force"]).ended(0);
    let none = argument(&folder.path("none"));
    tidings(&["export", &none, "--ledger", &ledger, "--as-of", "2001-01-01"]).ended(1);
    tidings(&["export", &none, "--ledger", "no-such.db", "--force"]).ended(2);
}

fn csv(folder: &Folder, name: &str) -> csv::Reader<std::fs::File> {
    csv::Reader::from_path(folder.path(name)).expect("opens")
}

#[test]
fn the_rows_of_others_are_stored_once_and_asked_like_any_other() {
    let folder = Folder::new();
    let ledger = argument(&folder.path("news.db"));
    let rows = folder.file("rows.txt", ROWS);
    let first = tidings(&["import", &rows, "--ledger", &ledger]).ended(0);
    assert_eq!((first.data.as_str(), first.talk.as_str()), ("", "note: rows: 2 new\n"));
    let again = tidings(&["import", &rows, "--ledger", &ledger, "--from", "petrarch"]).ended(0);
    assert_eq!(again.talk, "note: rows: 2 known\n");
    let found =
        tidings(&["events", "--ledger", &ledger, "--format", "jsonl", "--type", "coerce"]).ended(0).json();
    assert_eq!(found.len(), 1);
    assert_eq!((&found[0]["event_date"], &found[0]["mode"]), (&"2016-08-12".into(), &"arrest".into()));
}

#[test]
fn wrong_rows_are_told_and_counted_and_too_many_end_the_run() {
    let folder = Folder::new();
    let ledger = argument(&folder.path("news.db"));
    let rows = folder.file("rows.txt", ROWS.to_owned() + &"20160899\tUSA\tCHN\t042\n".repeat(30));
    let run = tidings(&["import", &rows, "no-such-file", "--ledger", &ledger]).ended(2);
    assert!(run.talk.contains("rows.txt:3:1: date: '20160899' is no day"), "{}", run.talk);
    assert!(run.talk.contains("2 new, 31 wrong and left out"), "{}", run.talk);
    assert_eq!(run.talk.matches("is no day").count(), 20);
    let run = tidings(&["import", &rows, "--ledger", &ledger, "--max-errors", "3"]).ended(2);
    assert!(run.talk.contains("stopped after 4 wrong rows"), "{}", run.talk);
    let other = folder.file("letter.txt", "Dear editor,\n");
    let run = tidings(&["import", &other, "--ledger", &ledger]).ended(2);
    assert!(run.talk.contains("no table that is known") && run.talk.contains("--from"), "{}", run.talk);
}

#[test]
#[cfg(unix)]
fn ctrl_c_leaves_no_half_release_and_keeps_imported_rows() {
    use std::process::Command;
    use std::time::Duration;
    let folder = Folder::new();
    let ledger = argument(&folder.path("news.db"));
    let many: String = (0..60_000)
        .map(|n| format!("2016{:02}{:02}\tUSAGOV\tCHN\t042\t\tA_{n}\tpost\n", n % 12 + 1, n % 28 + 1))
        .collect();
    let rows = folder.file("rows.txt", many);
    let stop = |arguments: &[&str], ready: &dyn Fn() -> bool| {
        let child = command(arguments).spawn().expect("starts");
        let begun = std::time::Instant::now();
        while !ready() && begun.elapsed() < Duration::from_secs(60) {
            std::thread::sleep(Duration::from_millis(5));
        }
        let sent = Command::new("kill").args(["-INT", &child.id().to_string()]).status().expect("kill runs");
        assert!(sent.success());
        child.wait_with_output().expect("ends")
    };
    let begun = || folder.path("news.db").exists();
    let import = stop(&["import", &rows, "--ledger", &ledger], &begun);
    let talk = String::from_utf8_lossy(&import.stderr).into_owned();
    assert_eq!(import.status.code(), Some(130), "{talk}");
    // What was left is read by starting again; what was there is known.
    tidings(&["import", &rows, "--ledger", &ledger]).ended(0);
    let place = argument(&folder.path("release"));
    let passing = || folder.names().iter().any(|name| name.starts_with(".tidings-export-"));
    let export = stop(&["export", &place, "--ledger", &ledger], &passing);
    let talk = String::from_utf8_lossy(&export.stderr).into_owned();
    assert_eq!(export.status.code(), Some(130), "{talk}");
    assert!(talk.contains("nothing was written"), "{talk}");
    let left = folder.names();
    assert!(left.iter().all(|name| name.starts_with("news.db") || name == "rows.txt"), "{left:?}");
}
