//! Web pages: bytes with their declared encoding to text, text to a page, a page to a document.
#![no_main]

use libfuzzer_sys::fuzz_target;
use tidings::document::Known;

const TYPES: [Option<&str>; 4] =
    [None, Some("text/html; charset=windows-1251"), Some("text/html; charset=utf-16le"), Some("text/html")];

fuzz_target!(|data: &[u8]| {
    let Some((content_type, bytes)) = tidings_fuzz::choice(data, &TYPES) else { return };
    let decoded = tidings_pages::decode(bytes, content_type);
    let page = tidings_pages::page(&decoded.text, Some("https://news.example/2026/11/03/story"));
    let document = page.into_document("page".to_owned(), &Known::default());
    let text = &document.text;
    assert!(document.parts.iter().all(|p| text.get(p.span.start..p.span.end).is_some()));
});
