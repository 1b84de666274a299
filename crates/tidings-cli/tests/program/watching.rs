//! Feeds, through the program; the server is a thread of the test.

use std::io::{BufRead, BufReader, Write};
use std::net::TcpListener;
use std::thread;

use crate::harness::{Folder, argument, tidings};

const FEED: &str = "<rss version='2.0' xmlns:content='http://purl.org/rss/1.0/modules/content/'><channel><title>Delta Post</title>\
    <item><title>Charge</title><link>/1</link><guid>1</guid><pubDate>Wed, 13 May 2026 10:00:00 GMT</pubDate>\
    <content:encoded>&lt;p&gt;France condemned Germany on Monday.&lt;/p&gt;</content:encoded></item></channel></rss>";

/// The address of a server that answers everything but the rules of robots with the feed.
fn server() -> String {
    let listener = TcpListener::bind("127.0.0.1:0").expect("a port");
    let address = listener.local_addr().expect("an address");
    thread::spawn(move || {
        for stream in listener.incoming().flatten() {
            let mut lines = BufReader::new(&stream).lines();
            let first = lines.next().and_then(Result::ok).unwrap_or_default();
            lines.map_while(Result::ok).take_while(|l| !l.is_empty()).for_each(drop);
            let (status, body) =
                if first.contains("/robots.txt") { ("404 Not Found", "") } else { ("200 OK", FEED) };
            let length = body.len();
            let answer =
                format!("HTTP/1.1 {status}\r\nConnection: close\r\nContent-Length: {length}\r\n\r\n{body}");
            let _ = (&stream).write_all(answer.as_bytes());
        }
    });
    format!("http://{address}")
}

#[test]
fn new_articles_of_a_feed_are_stored_and_told_of_once() {
    let folder = Folder::new();
    let alerts = argument(&folder.path("alerts.jsonl"));
    let feeds = folder.file(
        "feeds.toml",
        format!(
            "[watch]\npause = \"0s\"\nevery = \"0s\"\nallow_private = true\n[[feed]]\nurl = \"{}/feed\"\n\
             [[alert]]\nname = \"charges\"\ntype = [\"ACCUSE\"]\nfile = '{alerts}'\n",
            server()
        ),
    );
    let ledger = argument(&folder.path("news.db"));
    let watch = || tidings(&["watch", &feeds, "--ledger", &ledger, "--once"]);
    let first = watch().ended(0);
    assert!(first.talk.contains("1 feed asked, 1 article new, 0 known, 1 alert told"), "{}", first.talk);
    let second = watch().ended(1);
    assert!(second.talk.contains("0 articles new"), "{}", second.talk);
    let events = tidings(&["events", "--ledger", &ledger, "--format", "jsonl"]).ended(0);
    assert!(events.data.contains("ACCUSE"), "{}", events.data);
    assert_eq!(std::fs::read_to_string(folder.path("alerts.jsonl")).expect("alerts").lines().count(), 1);
    assert!(folder.names().contains(&"feeds.state.json".to_owned()));
}

#[test]
fn mistakes_in_the_file_of_feeds_name_line_and_column() {
    let folder = Folder::new();
    let feeds =
        folder.file("feeds.toml", "[[feed]]\nurl = \"https://deltapost.example\"\npage = \"never\"\n");
    let ledger = argument(&folder.path("news.db"));
    let talk = tidings(&["watch", &feeds, "--ledger", &ledger]).ended(2).talk;
    assert!(talk.contains("feeds.toml:3:1: ") && talk.contains("hint: "), "{talk}");
    assert!(!folder.names().contains(&"news.db".to_owned()), "nothing is made");
    let none = argument(&folder.path("none.toml"));
    assert!(
        tidings(&["watch", &none, "--ledger", &ledger]).ended(2).talk.contains("none.toml: cannot be read")
    );
}
