//! Ctrl-C: what is done is kept, and 130 is told.
#![cfg(unix)]

use std::io::{BufRead, BufReader, Read, Write};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use crate::harness::{Folder, command, many, tidings};

/// As if the user had pressed Ctrl-C.
fn interrupt(child: &Child) {
    let sent = Command::new("kill").args(["-INT", &child.id().to_string()]).status().expect("kill runs");
    assert!(sent.success());
}

#[test]
fn what_is_done_is_kept_although_more_would_come() {
    let mut child =
        command(&["code", "--format", "records", "-"]).stdin(Stdio::piped()).spawn().expect("starts");
    let mut input = child.stdin.take().expect("a pipe");
    let mut output = BufReader::new(child.stdout.take().expect("a pipe"));
    input.write_all(many(1).as_bytes()).expect("writes");
    input.flush().expect("flushes");
    let mut data = String::new();
    output.read_line(&mut data).expect("the first record");
    // The standard input stays open: the program waits for more.
    interrupt(&child);
    output.read_to_string(&mut data).expect("the rest");
    let outcome = child.wait_with_output().expect("ends");
    assert_eq!(outcome.status.code(), Some(130));
    assert!(data.contains("\"event\"") && data.ends_with('\n'), "{data}");
    assert_eq!(String::from_utf8_lossy(&outcome.stderr), "note: stopped; 1 document done and kept\n");
    drop(input);
}

#[test]
fn a_long_run_that_is_stopped_leaves_the_beginning_of_the_whole() {
    let folder = Folder::new();
    let path = folder.file("many.jsonl", many(120));
    let whole = tidings(&["code", "--format", "records", &path]).ended(0).data;
    let mut child = command(&["code", "--format", "records", &path]).spawn().expect("starts");
    let mut output = BufReader::new(child.stdout.take().expect("a pipe"));
    let mut data = String::new();
    for _ in 0..40 {
        output.read_line(&mut data).expect("a record");
    }
    interrupt(&child);
    output.read_to_string(&mut data).expect("the rest");
    assert_eq!(child.wait().expect("ends").code(), Some(130));
    assert!(whole.starts_with(&data), "not the beginning of the whole run");
    assert!(data.len() < whole.len(), "it was not stopped");
    let rest = &whole[data.len()..];
    assert!(rest.starts_with("{\"record\":\"document\""), "a document was cut in two: {}", &rest[..80]);
}

#[test]
fn a_file_keeps_what_is_done_too() {
    let folder = Folder::new();
    let out = folder.path("events.jsonl");
    let path = out.to_str().expect("UTF-8");
    let mut child = command(&["code", "--format", "jsonl", "--out", path, "-"])
        .stdin(Stdio::piped())
        .spawn()
        .expect("starts");
    let mut input = child.stdin.take().expect("a pipe");
    input.write_all(many(2).as_bytes()).expect("writes");
    input.flush().expect("flushes");
    wait_until(|| {
        let passing = folder.names().into_iter().find(|n| n.starts_with(".tidings-"));
        passing
            .is_some_and(|n| std::fs::read_to_string(folder.path(&n)).is_ok_and(|t| t.contains("report-001")))
    });
    interrupt(&child);
    assert_eq!(child.wait().expect("ends").code(), Some(130));
    assert_eq!(folder.names(), ["events.jsonl"]);
    let kept = std::fs::read_to_string(&out).expect("the file");
    assert!(kept.contains("report-000") && kept.contains("report-001"), "{kept}");
    drop(input);
}

#[track_caller]
fn wait_until(mut holds: impl FnMut() -> bool) {
    let begun = Instant::now();
    while !holds() {
        assert!(begun.elapsed() < Duration::from_secs(60), "waited in vain");
        std::thread::sleep(Duration::from_millis(20));
    }
}
