//! Every kind of input, through the program.

use std::fs;
use std::io::Write;
use std::process::Stdio;

use crate::harness::{DAY, Folder, Outcome, argument, command, tidings};

const HTML: &str = "<!DOCTYPE html><html lang=en><head><title>Charge</title></head><body><nav><a href=/>Home</a></nav>\
    <article><h1>France condemns Germany</h1><p>France condemned Germany on Monday over the plan for the river.</p>\
    <p>The ministry in Paris gave no further details, and the embassy did not answer questions on Tuesday.</p></article>";

/// A record of a web archive with a page.
fn record(number: usize, status: &str) -> String {
    let block = format!("HTTP/1.1 {status}\r\nContent-Type: text/html\r\n\r\n{HTML}");
    let length = block.len();
    format!(
        "WARC/1.1\r\nWARC-Type: response\r\nWARC-Record-ID: <urn:uuid:r{number}>\r\n\
         WARC-Target-URI: https://deltapost.example/{number}\r\nContent-Length: {length}\r\n\r\n{block}\r\n\r\n"
    )
}

fn coded(arguments: &[&str]) -> Outcome {
    tidings(&[&["code", "--format", "jsonl", "--date", DAY], arguments].concat())
}

#[track_caller]
fn charges(outcome: &Outcome) -> Vec<String> {
    let events = outcome.json();
    let charges = events.iter().filter(|e| e["source"] == "France" && e["target"] == "Germany");
    let mut ids: Vec<String> =
        charges.map(|e| e["document_id"].as_str().unwrap_or_default().to_owned()).collect();
    ids.dedup();
    ids
}

#[test]
fn each_kind_of_input_is_coded() {
    let folder = Folder::new();
    let sentence = "France condemned Germany on Monday.";
    for (name, content) in [
        ("a.csv", format!("id,body\na,{sentence}\n")),
        ("a.tsv", format!("id\ttext\na\t{sentence}\n")),
        ("a.html", HTML.to_owned()),
        ("a.warc", record(1, "200 OK")),
        (
            "a.xml",
            format!(
                "<Sentences><Sentence id='a' date='20260513'><Text>{sentence}</Text></Sentence></Sentences>"
            ),
        ),
        (
            "a.rss",
            format!(
                "<rss version='2.0'><channel><item><guid>a</guid><description>{sentence}</description></item></channel></rss>"
            ),
        ),
        ("a.ngec", format!("{{\"id\":\"a\",\"event_text\":\"{sentence}\"}}")),
    ] {
        let outcome = coded(&[&folder.file(name, content)]).ended(0);
        assert_eq!(charges(&outcome).len(), 1, "{name}: {}{}", outcome.data, outcome.talk);
    }
}

#[test]
fn patterns_are_expanded_and_what_is_passed_over_is_told() {
    let folder = Folder::new();
    folder.file("b.warc", record(2, "200 OK") + &record(3, "404 Not Found"));
    folder.file("a.warc", record(1, "200 OK"));
    let outcome = coded(&[&argument(&folder.path("*.warc"))]).ended(0);
    assert_eq!(charges(&outcome), ["r1", "r2"]);
    assert!(outcome.talk.contains("1 passed over: answers of servers"), "{}", outcome.talk);
}

#[test]
fn the_user_may_say_what_an_input_is_and_what_its_columns_are() {
    let folder = Folder::new();
    let table = folder.file("a.dat", "lead;when\nFrance condemned Germany on Monday.;2026-05-13\n");
    let said = ["--input-format", "csv", "--column", "text=lead", "--column", "date=when"];
    let outcome =
        tidings(&[&["code", "--format", "jsonl"], said.as_slice(), &[table.as_str()]].concat()).ended(0);
    assert_eq!(outcome.json()[0]["published"], "2026-05-13");
    let wrong = coded(&["--input-format", "docx", &table]).ended(2);
    assert!(wrong.talk.contains("petrarch"), "{}", wrong.talk);
    let wrong = coded(&["--column", "words=lead", &table]).ended(2);
    assert!(wrong.talk.contains("text=body"), "{}", wrong.talk);
}

#[test]
fn text_in_another_language_is_kept_with_its_language_and_has_no_events() {
    let folder = Folder::new();
    let text = "Frankreich hat am Montag die Bundesregierung scharf kritisiert. Der Außenminister sagte in Berlin, man werde \
                die Vorwürfe prüfen und den Botschafter einbestellen.";
    let page = format!(
        "<!DOCTYPE html><html lang=de><article><h1>Kritik</h1><p>{text}</p><p>{text}</p></article></html>"
    );
    for (name, content) in [("a.csv", format!("text\n\"{text}\"\n")), ("a.html", page)] {
        let path = folder.file(name, content);
        let outcome = tidings(&["code", "--format", "records", &path]).ended(1);
        let document = &outcome.json()[0];
        assert_eq!(document["language"], "de", "{name}");
        assert!(outcome.talk.contains("[not-english]"), "{name}: {}", outcome.talk);
        assert!(!outcome.data.contains("\"record\":\"event\""), "{name}");
    }
}

#[test]
fn a_stream_is_coded_as_it_comes() {
    let mut child = command(&["code", "--format", "jsonl", "--date", DAY, "-"])
        .stdin(Stdio::piped())
        .spawn()
        .expect("starts");
    let mut pipe = child.stdin.take().expect("a pipe");
    pipe.write_all(b"{\"text\":\"France condemned Germany on Monday.\"}\n").expect("written");
    pipe.flush().expect("flushed");
    let mut line = String::new();
    let mut output = std::io::BufReader::new(child.stdout.take().expect("output"));
    // The first report is answered before the second is there.
    std::io::BufRead::read_line(&mut output, &mut line).expect("read");
    assert!(line.contains("ACCUSE"), "{line}");
    drop(pipe);
    assert!(child.wait().expect("ends").success());
}

#[test]
fn a_ledger_takes_the_same_inputs() {
    let folder = Folder::new();
    let archive = folder.file("a.warc", record(1, "200 OK"));
    let ledger = argument(&folder.path("news.db"));
    let added = tidings(&["add", "--ledger", &ledger, &archive, "--date", DAY]).ended(0);
    assert!(added.talk.contains("1 new"), "{}", added.talk);
    assert!(fs::metadata(folder.path("news.db")).is_ok());
}
