//! WARC and WET.

use super::*;

/// A record with its head.
pub(super) fn record(kind: &str, fields: &str, block: &[u8]) -> Vec<u8> {
    let head = format!(
        "WARC/1.0\r\nWARC-Type: {kind}\r\nWARC-Record-ID: <urn:uuid:{kind}-{}>\r\n{fields}Content-Length: {}\r\n\r\n",
        block.len(),
        block.len()
    );
    [head.as_bytes(), block, b"\r\n\r\n"].concat()
}

pub(super) fn wet(text: &str) -> Vec<u8> {
    let fields = "WARC-Target-URI: https://deltapost.example/1\r\nWARC-Date: 2026-03-04T10:00:00Z\r\n\
                  WARC-Identified-Content-Language: eng\r\nContent-Type: text/plain\r\n";
    record("conversion", fields, text.as_bytes())
}

#[test]
fn texts_of_wet_are_reports_and_what_is_no_page_is_counted() {
    let records = [
        record("warcinfo", "", b"software: ours\r\n"),
        wet("Norway thanks Iceland\nNorway thanked Iceland on Monday for sending back the boats.\n"),
        record("request", "", b"GET / HTTP/1.1\r\n\r\n"),
        wet(
            "Der norwegische Außenminister dankte am Montag seinem Amtskollegen in Reykjavik und sagte, die Boote \
             würden noch vor dem Winter zurückgeschickt.",
        ),
    ];
    let packed: Vec<u8> = records.iter().flat_map(gzip).collect();
    for (name, content) in
        [("a.wet", records.concat()), ("a.wet.gz", packed), ("no_ending", records.concat())]
    {
        let folder = TempDir::new().unwrap();
        let file = folder.path().join(name);
        fs::write(&file, content).unwrap();
        let options = ReadOptions::default();
        let read: Vec<Document> = path(file, options.clone()).map(Result::unwrap).collect();
        assert_eq!(read.len(), 2, "{name}");
        assert!(read[0].text.starts_with("Norway thanks Iceland\n") && read[0].id.starts_with("conversion-"));
        assert_eq!(read[0].url.as_deref(), Some("https://deltapost.example/1"));
        assert_eq!(read[0].extra["crawled"], "2026-03-04T10:00:00Z");
        assert_eq!(read[0].publication, None, "the day of the crawl is not that of publication");
        assert_eq!((read[1].language.as_str(), codes(&read[1])), ("de", vec!["not-english"]));
        assert_eq!(options.passed_over.counts().values().sum::<u64>(), 2);
    }
}

#[test]
fn a_text_of_a_server_that_is_no_page_is_read_and_errors_of_servers_are_not() {
    let answer = |status: &str, kind: &str, body: &str| {
        let block = format!("HTTP/1.1 {status}\r\nContent-Type: {kind}\r\n\r\n{body}");
        record("response", "WARC-Target-URI: <https://deltapost.example/1>\r\n", block.as_bytes())
    };
    let records = [
        answer("200 OK", "text/plain; charset=utf-8", "Norway thanked Iceland."),
        answer("404 Not Found", "text/html", "<p>Not found"),
        answer("301 Moved", "text/html", "<p>Moved"),
        answer("200 OK", "image/png", "\u{1}PNG"),
    ];
    let folder = TempDir::new().unwrap();
    let file = folder.path().join("a.warc");
    fs::write(&file, records.concat()).unwrap();
    let options = ReadOptions::default();
    let read: Vec<Document> = path(file, options.clone()).map(Result::unwrap).collect();
    assert_eq!(read.len(), 1);
    assert_eq!(read[0].text, "Norway thanked Iceland.");
    let counts = options.passed_over.counts();
    assert_eq!(counts.values().sum::<u64>(), 3);
    assert!(counts.keys().any(|what| what.starts_with("answers of servers")), "{counts:?}");
}

#[test]
fn after_a_damaged_record_the_next_one_is_read() {
    let mut damaged = gzip(wet(&"Iceland answered at length. ".repeat(40)));
    let middle = damaged.len() / 2;
    damaged[middle..middle + 8].fill(0xAA);
    let packed = [gzip(wet("Norway thanked Iceland.")), damaged, gzip(wet("Peru thanked Kenya."))].concat();
    let read = read("a.warc.gz", packed);
    assert_eq!(read.first().unwrap().as_ref().unwrap().text, "Norway thanked Iceland.");
    assert_eq!(read.last().unwrap().as_ref().unwrap().text, "Peru thanked Kenya.");
    let errors: Vec<String> = read.iter().filter_map(|r| r.as_ref().err()).map(message).collect();
    assert!(!errors.is_empty() && errors.len() == read.len() - 2, "{read:?}");
    assert!(errors.iter().all(|e| e.contains("record 2: ") && e.contains("hint: ")), "{errors:?}");
}

#[test]
fn records_without_a_length_and_rubbish_between_records_are_named() {
    let lengthless = b"WARC/1.0\r\nWARC-Type: conversion\r\n\r\nNorway\r\n\r\n".to_vec();
    let rubbish = b"rubbish\r\nmore of it\r\n".to_vec();
    let records = [lengthless, wet("One."), rubbish, wet("Two."), b"WARC/1.0\r\nWARC-Type: con".to_vec()];
    let read = read("a.warc", records.concat());
    let told: Vec<String> = read
        .iter()
        .map(|r| r.as_ref().map_or_else(message, |d| d.text.clone()).split('\n').next().unwrap().to_owned())
        .collect();
    assert_eq!(
        told,
        [
            "a.warc: record 1: it does not say how long it is (Content-Length)",
            "One.",
            "a.warc: record 2: there is no record where one should begin",
            "Two.",
            "a.warc: record 4: the file ends in its head",
        ]
    );
}

#[test]
fn a_record_larger_than_the_limit_is_an_error_and_the_next_one_is_read() {
    let folder = TempDir::new().unwrap();
    let file = folder.path().join("a.wet");
    let lie =
        b"WARC/1.0\r\nWARC-Type: conversion\r\nContent-Length: 18446744073709551615\r\n\r\nNorway".to_vec();
    fs::write(&file, [wet(&"a".repeat(5_000)), wet("Two."), lie].concat()).unwrap();
    let options = ReadOptions { largest: 1_000, ..ReadOptions::default() };
    let read: Vec<_> = path(file, options).collect();
    assert!(read[0].as_ref().unwrap_err().what.contains("record 1: it is larger than 1000 bytes"));
    assert_eq!(read[1].as_ref().unwrap().text, "Two.");
    assert!(read[2].is_err() && read.len() == 3);
}

#[test]
fn a_record_that_is_cut_off_is_read_with_a_warning() {
    let mut records = wet("Norway thanked Iceland on Monday.");
    records.truncate(records.len() - 20);
    assert_eq!(codes(&one("a.wet", records)), ["cut-off"]);
    assert_eq!(codes(&one("a.wet", "")), ["empty"]);
}

#[test]
fn reading_an_archive_goes_on_where_it_was() {
    let folder = TempDir::new().unwrap();
    let file = folder.path().join("a.wet.gz");
    let texts: Vec<String> = (0..20).map(|n| format!("Norway thanked Iceland {n} times.")).collect();
    fs::write(&file, texts.iter().flat_map(|t| gzip(wet(t))).collect::<Vec<u8>>()).unwrap();
    let place = Place { input: file.display().to_string(), number: 17 };
    let options = ReadOptions { ids_by_input: true, ..ReadOptions::default() };
    let rest = items(vec![file], options.clone()).starting_at(&place).unwrap();
    let rest: Vec<String> = rest.map(|item| item.read(&options).unwrap().text).collect();
    assert_eq!(rest, texts[17..]);
}
