//! Same bytes whatever the threads, pipes that close, colour, files that appear when they are complete.

use std::io::{BufRead, BufReader, Read};
use std::process::Stdio;

use crate::harness::{DAY, Folder, REPORT, argument, command, example, many, tidings, tidings_reading};

#[test]
fn the_same_input_gives_the_same_bytes_whatever_the_jobs() {
    let folder = Folder::new();
    let path = folder.file("many.jsonl", many(24));
    for format in ["records", "csv", "table"] {
        let with = |jobs: &str| {
            tidings(&["code", "--format", format, "--jobs", jobs, &path, &example("briefs.jsonl")])
                .ended(0)
                .data
        };
        let one = with("1");
        assert!(one.lines().count() > 48, "{one}");
        assert!(one == with("4"), "{format}: --jobs 4 gives other bytes");
        assert!(one == with("1"), "{format}: a second run gives other bytes");
    }
}

#[test]
fn a_document_is_coded_the_same_alone_and_among_others() {
    let all = many(6);
    let among = tidings_reading(all.as_bytes(), &["code", "--format", "jsonl", "-"]).ended(0).data;
    let alone: String = all
        .lines()
        .map(|line| tidings_reading(line.as_bytes(), &["code", "--format", "jsonl", "-"]).ended(0).data)
        .collect();
    assert_eq!(alone, among);
}

#[test]
fn a_reader_that_goes_away_is_success() {
    let folder = Folder::new();
    let path = folder.file("many.jsonl", many(60));
    let mut child = command(&["code", "--format", "records", &path]).spawn().expect("starts");
    let mut reader = BufReader::new(child.stdout.take().expect("a pipe"));
    let mut line = String::new();
    reader.read_line(&mut line).expect("a line");
    drop(reader);
    let outcome = child.wait_with_output().expect("ends");
    assert!(line.contains("\"document\""), "{line}");
    assert_eq!(outcome.status.code(), Some(0));
    assert_eq!(String::from_utf8_lossy(&outcome.stderr), "");
}

#[test]
fn every_command_that_writes_much_bears_a_reader_that_goes_away() {
    let path = example("ceasefire-watch.txt");
    for arguments in
        [vec!["explain", &path], vec!["analyze", &path], vec!["completions", "bash"], vec!["man", "code"]]
    {
        let mut child = command(&arguments).spawn().expect("starts");
        drop(child.stdout.take());
        let outcome = child.wait_with_output().expect("ends");
        let talk = String::from_utf8_lossy(&outcome.stderr).into_owned();
        assert_eq!((outcome.status.code(), talk.as_str()), (Some(0), ""), "{arguments:?}");
    }
}

#[test]
fn colour_is_for_terminals_and_for_those_who_ask() {
    let run = |arguments: &[&str], variable: Option<(&str, &str)>| {
        let mut command = command(arguments);
        command.envs(variable);
        let outcome = command.output().expect("starts");
        String::from_utf8(outcome.stdout).expect("UTF-8").contains('\u{1b}')
    };
    let path = example("strike-denied.txt");
    assert!(!run(&["code", &path], None), "a pipe is no terminal");
    assert!(!run(&["code", "--color", "never", &path], Some(("CLICOLOR_FORCE", "1"))));
    assert!(run(&["code", "--color", "always", &path], Some(("NO_COLOR", "1"))), "a flag outdoes a variable");
    assert!(run(&["code", &path], Some(("CLICOLOR_FORCE", "1"))));
    assert!(!run(&["code", "--format", "csv", "--color", "always", &path], None), "data has no colour");
}

#[test]
fn the_table_says_the_same_with_and_without_colour() {
    let path = example("strike-denied.txt");
    let plain = tidings(&["code", "--color", "never", &path]).ended(0).data;
    let painted = tidings(&["code", "--color", "always", &path]).ended(0).data;
    let mut stripped = String::new();
    let mut escape = false;
    for c in painted.chars() {
        match c {
            '\u{1b}' => escape = true,
            'm' if escape => escape = false,
            c if !escape => stripped.push(c),
            _ => {}
        }
    }
    assert_eq!(stripped, plain);
}

#[test]
fn a_file_holds_what_the_standard_output_would() {
    let folder = Folder::new();
    let out = folder.path("events.csv");
    let arguments = ["code", "--format", "csv", "--date", DAY, "-"];
    let shown = tidings_reading(REPORT.as_bytes(), &arguments).ended(0).data;
    let mut with_file = arguments.to_vec();
    let path = argument(&out);
    with_file.extend(["--out", &path]);
    let silent = tidings_reading(REPORT.as_bytes(), &with_file).ended(0);
    assert_eq!(silent.data + &silent.talk, "");
    assert_eq!(std::fs::read_to_string(&out).expect("the file"), shown);
    assert_eq!(folder.names(), ["events.csv"], "nothing else is left behind");
}

#[test]
fn an_old_file_is_kept_when_nothing_could_be_coded() {
    let folder = Folder::new();
    let out = folder.file("events.csv", "old\n");
    let missing = argument(&folder.path("missing.txt"));
    let good = folder.file("good.txt", REPORT);
    for arguments in [vec![missing.as_str()], vec!["--model", "no-such-folder", &good]] {
        let mut call = vec!["code", "--format", "csv", "--out", &out];
        call.extend(arguments);
        tidings(&call).ended(2);
        assert_eq!(std::fs::read_to_string(&out).expect("the file"), "old\n");
    }
    assert_eq!(folder.names(), ["events.csv", "good.txt"], "nothing else is left behind");
}

#[test]
fn an_old_file_is_kept_when_the_program_is_killed() {
    let folder = Folder::new();
    let out = folder.file("events.csv", "old\n");
    let mut child = command(&["code", "--format", "csv", "--out", &out, "-"])
        .stdin(Stdio::piped())
        .spawn()
        .expect("starts");
    child.kill().expect("is killed");
    child.wait().expect("ends");
    assert_eq!(std::fs::read_to_string(&out).expect("the file"), "old\n");
}

#[test]
fn a_file_that_cannot_be_written_is_told_before_the_work() {
    let folder = Folder::new();
    let out = argument(&folder.path("no/such/folder/events.csv"));
    let outcome = tidings_reading(REPORT.as_bytes(), &["code", "--out", &out, "-"]).ended(2);
    assert!(outcome.talk.contains(&out) && outcome.talk.contains("hint: "), "{}", outcome.talk);
}

#[test]
fn results_come_as_soon_as_they_are_there() {
    use std::io::Write;
    let mut child =
        command(&["code", "--format", "jsonl", "-"]).stdin(Stdio::piped()).spawn().expect("starts");
    let mut input = child.stdin.take().expect("a pipe");
    let mut output = BufReader::new(child.stdout.take().expect("a pipe"));
    input.write_all(many(1).as_bytes()).expect("writes");
    input.flush().expect("flushes");
    let mut line = String::new();
    output.read_line(&mut line).expect("a line while the input is still open");
    assert!(line.contains("report-000"), "{line}");
    drop(input);
    let mut rest = String::new();
    output.read_to_string(&mut rest).expect("the rest");
    assert_eq!(child.wait().expect("ends").code(), Some(0));
}
