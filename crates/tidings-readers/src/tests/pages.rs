//! Web pages, in files and in archives.

use std::io::Read as _;

use super::archives::record;
use super::*;

const PAGE: &str = r#"<!DOCTYPE html><html lang="en"><head><meta charset="utf-8"><title>Norway thanks Iceland</title>
<meta property="article:published_time" content="2026-03-03T10:00:00Z"><meta property="og:site_name" content="Delta Post">
</head><body><nav><a href="/">Home</a> <a href="/world">World</a></nav><article><h1>Norway thanks Iceland</h1>
<p>Norway thanked Iceland on Monday for sending back four boats and their crews before the winter.</p>
<p>The foreign minister said in Tromsø that the crews had been well treated by everybody in the harbour.</p>
<p>Iceland answered that it had only done what neighbours do, and that it would do the same again.</p>
</article><footer>All rights reserved</footer></body></html>"#;

fn is_the_report(document: &Document) {
    assert_eq!(document.title.as_deref(), Some("Norway thanks Iceland"), "{document:?}");
    assert_eq!(document.outlet.as_deref(), Some("Delta Post"));
    assert_eq!(document.publication.as_ref().unwrap().date.to_string(), "2026-03-03");
    assert!(document.text.contains("said in Tromsø that"), "{}", document.text);
    assert!(!document.text.contains("All rights reserved"), "{}", document.text);
}

#[test]
fn a_page_is_a_report() {
    let utf16: Vec<u8> = format!("\u{FEFF}{PAGE}").encode_utf16().flat_map(u16::to_le_bytes).collect();
    let latin = encoding_rs::WINDOWS_1252.encode(&PAGE.replace("utf-8", "iso-8859-1")).0.into_owned();
    let packed = zstd::encode_all(PAGE.as_bytes(), 3).unwrap();
    for (name, content) in [
        ("thanks.html", PAGE.as_bytes().to_vec()),
        ("thanks", PAGE.as_bytes().to_vec()),
        ("thanks.htm.gz", gzip(PAGE)),
        ("thanks.html.zst", packed),
        ("thanks.html", utf16),
        ("thanks.html", latin),
    ] {
        let document = one(name, content);
        is_the_report(&document);
        assert_eq!(document.id, "thanks");
    }
}

/// An answer of a server in a record.
fn answer(fields: &str, body: &[u8]) -> Vec<u8> {
    let head = format!("HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\n{fields}\r\n");
    let target = "WARC-Target-URI: https://deltapost.example/1\r\nWARC-Date: 2026-03-04T10:00:00Z\r\n";
    record("response", target, &[head.as_bytes(), body].concat())
}

fn brotli() -> Vec<u8> {
    // Stored, not compressed: a window of 16 bits, one block of up to 65,536 bytes, an empty last block.
    let bytes = PAGE.as_bytes();
    let length = u32::try_from(bytes.len() - 1).unwrap();
    // Bits, the lowest first: 0 (window), 0 (not last), 00 (four nibbles), 16 of length, 1 (stored).
    let header: u32 = length << 4 | 1 << 20;
    let mut out = header.to_le_bytes()[..3].to_vec();
    out.extend_from_slice(bytes);
    out.push(0b11);
    out
}

#[test]
fn pages_of_an_archive_are_reports_however_they_were_sent() {
    let chunked = format!("{:x}\r\n{}\r\n0\r\n\r\n", PAGE.len(), PAGE);
    let mut zlib = Vec::new();
    flate2::read::ZlibEncoder::new(PAGE.as_bytes(), flate2::Compression::default())
        .read_to_end(&mut zlib)
        .unwrap();
    let mut raw = Vec::new();
    flate2::read::DeflateEncoder::new(PAGE.as_bytes(), flate2::Compression::default())
        .read_to_end(&mut raw)
        .unwrap();
    let records = [
        answer("", PAGE.as_bytes()),
        answer("Transfer-Encoding: chunked\r\n", chunked.as_bytes()),
        answer("Transfer-Encoding: chunked\r\nContent-Encoding: gzip\r\n", PAGE.as_bytes()),
        answer("Content-Encoding: gzip\r\n", &gzip(PAGE)),
        answer("Content-Encoding: deflate\r\n", &zlib),
        answer("Content-Encoding: deflate\r\n", &raw),
        answer("Content-Encoding: br\r\n", &brotli()),
        record(
            "resource",
            "Content-Type: text/html\r\nWARC-Target-URI: https://deltapost.example/1\r\n",
            PAGE.as_bytes(),
        ),
    ];
    let packed: Vec<u8> = records.iter().flat_map(gzip).collect();
    for (name, content) in [("crawl.warc", records.concat()), ("crawl.warc.gz", packed)] {
        let read = read(name, content);
        assert_eq!(read.len(), records.len());
        for document in &read {
            let document = document.as_ref().unwrap();
            is_the_report(document);
            assert_eq!(document.url.as_deref(), Some("https://deltapost.example/1"));
        }
        assert_eq!(read[0].as_ref().unwrap().extra["crawled"], "2026-03-04T10:00:00Z");
    }
}

#[test]
fn a_page_that_is_packed_badly_is_read_as_far_as_it_goes() {
    let mut packed = gzip(PAGE);
    packed.truncate(packed.len() - 30);
    let read = read("crawl.warc", answer("Content-Encoding: gzip\r\n", &packed));
    let document = read[0].as_ref().unwrap();
    assert!(codes(document).contains(&"damaged-page"), "{:?}", document.warnings);
    assert!(document.text.contains("Norway thanked Iceland on Monday"));
}

#[test]
fn a_page_that_explodes_is_an_error_and_the_next_one_is_read() {
    let bomb = gzip(vec![b' '; 40 << 20]);
    let records = [answer("Content-Encoding: gzip\r\n", &bomb), answer("", PAGE.as_bytes())];
    let read = read("crawl.warc", records.concat());
    assert!(read[0].as_ref().unwrap_err().what.contains("is larger than 32 MiB"), "{:?}", read[0]);
    is_the_report(read[1].as_ref().unwrap());
}

#[test]
fn a_page_in_another_language_is_set_aside_with_its_language() {
    let text = "<p>Der norwegische Außenminister dankte am Montag seinem Amtskollegen in Reykjavik und sagte, die Boote \
                würden noch vor dem Winter zurückgeschickt. Die Fischer protestierten gegen den Beschluss.</p>";
    let page = format!(
        "<html lang=de><body><article><h1>Norwegen dankt Island</h1>{}</article></body></html>",
        text.repeat(4)
    );
    let document = one("dank.html", page);
    assert_eq!(document.language, "de");
    assert!(codes(&document).contains(&"not-english"), "{:?}", document.warnings);
}

#[test]
fn a_page_without_a_text_says_so() {
    for page in ["<html>", "<html><body><script>var a;</script></body></html>", "<!doctype html>"] {
        let document = one("empty.html", page);
        assert!(codes(&document).contains(&"empty"), "{page}: {:?}", document.warnings);
    }
}
