//! Those who listen.

use std::io::{BufRead, BufReader, Write};

use super::harness::{Site, add};
use tidings_ledger::Ledger;

/// Reads up to the data of the next event.
fn next(lines: &mut impl Iterator<Item = std::io::Result<String>>) -> serde_json::Value {
    let data = lines.map_while(Result::ok).find_map(|l| l.strip_prefix("data: ").map(str::to_owned));
    serde_json::from_str(&data.expect("news")).expect("json")
}

#[test]
fn who_listens_hears_of_each_change_whoever_made_it() {
    let site = Site::start();
    let mut stream = site.connect();
    stream.write_all(b"GET /changes HTTP/1.1\r\nHost: localhost\r\n\r\n").expect("sent");
    let mut lines = BufReader::new(stream).lines();
    let before = next(&mut lines);
    let mut ledger = Ledger::open(&site.ledger()).expect("opens");
    add(&mut ledger, "Plateau Post", "2026-03-06", "ACCRA, 6 March 2026 - Ghana condemned Togo on Friday.");
    let after = next(&mut lines);
    assert_eq!(after["documents"].as_i64(), before["documents"].as_i64().map(|n| n + 1));
    assert!(after["revision"].as_i64() > before["revision"].as_i64());
}

#[test]
fn more_listeners_than_there_is_room_for_are_sent_away() {
    let site = Site::with(|options| options.limits.listeners = 2);
    let listen = || {
        let mut stream = site.connect();
        stream.write_all(b"GET /changes HTTP/1.1\r\nHost: localhost\r\n\r\n").expect("sent");
        let mut lines = BufReader::new(stream).lines();
        next(&mut lines);
        lines
    };
    let listening = [listen(), listen()];
    let refused = site.get("/changes");
    assert_eq!((refused.status, refused.header("retry-after")), (503, Some("2")));
    drop(listening);
    // The server notices that they are gone when it next writes to them; others are answered meanwhile.
    assert_eq!(site.get("/events.json").status, 200);
}
