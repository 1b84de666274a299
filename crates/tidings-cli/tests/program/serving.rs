//! `tidings serve` from its start to its end.
#![cfg(unix)]

use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::process::{Child, Command};

use crate::harness::{DAY, Folder, REPORT, command, tidings};

struct Served {
    child: Child,
    address: String,
    token: Option<String>,
}

impl Served {
    fn start(arguments: &[&str]) -> Self {
        let mut child = command(&[&["serve", "--port", "0"], arguments].concat()).spawn().expect("starts");
        let mut line = String::new();
        BufReader::new(child.stdout.take().expect("a pipe")).read_line(&mut line).expect("its address");
        let rest = line.trim().strip_prefix("http://").expect("an address");
        let (address, question) = rest.split_once('/').expect("a path");
        let token = question.strip_prefix("?token=").map(str::to_owned);
        Self { child, address: address.to_owned(), token }
    }

    fn get(&self, path: &str, headers: &str) -> String {
        let port = self.address.rsplit_once(':').expect("a port").1;
        let mut stream = TcpStream::connect(format!("127.0.0.1:{port}")).expect("connects");
        let request = format!("GET {path} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n{headers}\r\n");
        stream.write_all(request.as_bytes()).expect("sent");
        let mut answer = String::new();
        stream.read_to_string(&mut answer).expect("an answer");
        answer
    }

    fn stop(self) -> (Option<i32>, String) {
        let sent = Command::new("kill").args(["-INT", &self.child.id().to_string()]).status();
        assert!(sent.is_ok_and(|s| s.success()));
        let outcome = self.child.wait_with_output().expect("ends");
        (outcome.status.code(), String::from_utf8_lossy(&outcome.stderr).into_owned())
    }
}

fn ledger(folder: &Folder) -> String {
    let (report, ledger) = (folder.file("report.txt", REPORT), folder.path("news.db"));
    let ledger = ledger.to_str().expect("UTF-8").to_owned();
    tidings(&["add", &report, "--date", DAY, "--ledger", &ledger]).ended(0);
    ledger
}

#[test]
fn a_ledger_is_served_until_ctrl_c() {
    let folder = Folder::new();
    let served = Served::start(&["--ledger", &ledger(&folder)]);
    assert!(served.address.starts_with("127.0.0.1:") && served.token.is_none());
    let events = served.get("/events.csv", "");
    assert!(events.starts_with("HTTP/1.1 200 ") && events.contains("France"), "{events}");
    let page = served.get("/", "Accept: text/html\r\n");
    assert!(page.starts_with("HTTP/1.1 200 ") && page.contains("<!doctype html>"), "{page}");
    let (code, talk) = served.stop();
    assert_eq!((code, talk.as_str()), (Some(0), "note: Ctrl-C ends the server\n"));
}

#[test]
fn a_server_for_others_prints_the_address_with_its_token() {
    let folder = Folder::new();
    let served = Served::start(&["--ledger", &ledger(&folder), "--host", "0.0.0.0"]);
    let token = served.token.clone().expect("a token");
    assert!(token.len() >= 32, "{token}");
    assert!(served.get("/events.json", "").starts_with("HTTP/1.1 401 "));
    assert!(
        served
            .get("/events.json", &format!("Authorization: Bearer {token}\r\n"))
            .starts_with("HTTP/1.1 200 ")
    );
    served.stop();
}

#[test]
fn what_cannot_be_served_is_told_with_a_remedy() {
    let folder = Folder::new();
    let none = folder.path("none.db");
    let talk = tidings(&["serve", "--ledger", none.to_str().expect("UTF-8")]).ended(2).talk;
    assert!(talk.contains("none.db: there is no ledger here") && talk.contains("hint: "), "{talk}");
    let ledger = ledger(&folder);
    let served = Served::start(&["--ledger", &ledger]);
    let port = served.address.rsplit_once(':').expect("a port").1;
    let talk = tidings(&["serve", "--ledger", &ledger, "--port", port]).ended(2).talk;
    assert!(talk.contains("cannot listen here") && talk.contains("--port 0"), "{talk}");
    let weak = folder.file("token", "1234\n");
    let talk = tidings(&["serve", "--ledger", &ledger, "--token-file", &weak]).ended(2).talk;
    assert!(talk.contains("its first line is no token"), "{talk}");
    let talk = tidings(&["serve", "--ledger", &ledger, "--save-to", "mine"]).ended(2).talk;
    assert!(talk.contains("--write"), "{talk}");
    served.stop();
}

#[test]
fn rules_that_were_saved_are_read_when_the_server_starts_again() {
    let folder = Folder::new();
    let ledger = ledger(&folder);
    let mine = folder.path("mine");
    std::fs::create_dir_all(mine.join("rules")).expect("made");
    std::fs::write(mine.join("rules/wrong.toml"), "type = ").expect("written");
    let mine = mine.to_str().expect("UTF-8");
    let talk = tidings(&["serve", "--ledger", &ledger, "--write", "--save-to", mine]).ended(2).talk;
    assert!(talk.contains("wrong.toml:1:"), "{talk}");
}

#[test]
fn the_description_of_the_addresses_needs_no_ledger() {
    let description = tidings(&["serve", "--openapi"]).ended(0).data;
    let description: serde_json::Value = serde_json::from_str(&description).expect("JSON");
    assert!(description["openapi"].as_str().is_some_and(|v| v.starts_with("3.")), "{description}");
    assert!(description["paths"]["/events.json"]["get"].is_object(), "{description}");
    tidings(&["serve"]).ended(2);
}
