//! Exit codes: 0 done, 1 nothing found, 2 error while the rest is done. (130 is in `interruption`.)

use crate::harness::{Folder, REPORT, tidings, tidings_reading};

#[test]
fn nothing_to_code_is_1_and_no_error() {
    let outcome = tidings_reading(b"It rained all day in the valley.\n", &["code", "-"]).ended(1);
    assert!(outcome.data.contains("0 events in 1 sentence"), "{}", outcome.data);
    assert_eq!(outcome.talk, "");
}

#[test]
fn a_missing_file_is_2_and_the_others_are_coded() {
    let folder = Folder::new();
    let (good, missing) = (folder.file("good.txt", REPORT), folder.path("no-such-file.txt"));
    let missing = missing.to_str().expect("UTF-8");
    let outcome = tidings(&["code", "--format", "jsonl", missing, &good]).ended(2);
    assert_eq!(outcome.json().len(), 2);
    let expected = format!(
        "error: {missing}: there is no such file\n  hint: check the spelling and the folder; - reads from the standard input\n"
    );
    assert_eq!(outcome.talk, expected);
}

#[test]
fn a_wrong_call_is_2_and_says_what_would_be_right() {
    let nothing = tidings(&["code"]).ended(2);
    assert!(nothing.talk.contains("<PATH>"), "{}", nothing.talk);
    let typing = tidings(&["code", "--fromat", "csv", "x.txt"]).ended(2);
    assert!(typing.talk.contains("--format"), "{}", typing.talk);
    let command = tidings(&["coed", "x.txt"]).ended(2);
    assert!(command.talk.contains("'code'"), "{}", command.talk);
    assert_eq!(nothing.data + &typing.data + &command.data, "");
}

#[test]
fn a_date_that_is_none_is_a_wrong_call() {
    for date in ["32 May 2026", "soon", "2026-13-01", ""] {
        let outcome = tidings_reading(REPORT.as_bytes(), &["code", "--date", date, "-"]).ended(2);
        assert!(outcome.talk.contains("--date") && outcome.talk.contains("2016-08-11"), "{}", outcome.talk);
    }
    for date in ["2026-05-13", "13 May 2026", "May 13, 2026"] {
        let coded =
            tidings_reading(REPORT.as_bytes(), &["code", "--format", "jsonl", "--date", date, "-"]).ended(0);
        assert_eq!(coded.json()[0]["event_date"], "2026-05-11", "{date}");
    }
}

#[test]
fn a_missing_model_is_2_and_says_so() {
    let outcome = tidings_reading(REPORT.as_bytes(), &["code", "--model", "no-such-folder", "-"]).ended(2);
    assert!(outcome.talk.contains("no-such-folder") && outcome.talk.contains("hint: "), "{}", outcome.talk);
    assert_eq!(outcome.data, "");
}

#[test]
fn quiet_keeps_errors_and_drops_warnings() {
    let line = r#"{"id":"a","date":"soon","text":"France condemned Germany on Monday."}"#;
    let input = format!("{line}\nno JSON\n");
    let told = tidings_reading(input.as_bytes(), &["code", "--format", "jsonl", "-"]).ended(2).talk;
    assert!(told.contains("warning: ") && told.contains("error: "), "{told}");
    let quiet =
        tidings_reading(input.as_bytes(), &["code", "--quiet", "--format", "jsonl", "-"]).ended(2).talk;
    assert!(!quiet.contains("warning: ") && quiet.contains("error: "), "{quiet}");
}
