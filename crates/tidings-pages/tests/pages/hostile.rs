//! Pages that are empty, broken or meant to do harm: each is read, in a time that grows with its length.

use std::time::{Duration, Instant};

use tidings_document::Known;
use tidings_pages::{Page, decode, page};

use crate::{REPORT, body, paragraphs};

/// Reads a page and turns it into a document; with a limit that only a cost beyond the length of the page passes.
fn read(html: &str) -> Page {
    let start = Instant::now();
    let page = page(html, Some("https://deltapost.example/boats"));
    let document = page.clone().into_document("x".to_owned(), &Known::default());
    assert!(document.parts.iter().all(|part| part.span.end <= document.text.len()));
    let limit = Duration::from_secs(60);
    assert!(start.elapsed() < limit, "{:?} for {} bytes", start.elapsed(), html.len());
    page
}

#[test]
fn an_empty_page_says_so() {
    for html in [
        "",
        " \n",
        "<html></html>",
        "<!-- nothing -->",
        "\0\0\0",
        "<",
        "<p",
        "<p class=\"",
        "&",
        "</p></div></html>",
    ] {
        let page = read(html);
        assert!(page.blocks.is_empty(), "{html:?}");
        assert!(page.warnings.iter().any(|w| w.code == "no-main-text"), "{html:?}");
    }
}

#[test]
fn a_page_of_frames_names_them() {
    let page = read(
        "<html><head><title>Delta Post</title></head><frameset cols='*'><frame src=a.html></frameset></html>",
    );
    assert!(page.warnings[0].message.contains("frames"), "{:?}", page.warnings);
}

#[test]
fn a_page_cut_off_in_the_middle_is_read_to_its_end() {
    let html = format!("<article><h1>Norway thanks Iceland</h1>{}", paragraphs());
    for end in (0..html.len()).filter(|end| html.is_char_boundary(*end)) {
        page(html.get(..end).unwrap(), None);
    }
    assert_eq!(body(&read(html.strip_suffix(".</p>").unwrap())).len(), 3);
}

#[test]
fn deep_nesting_costs_no_more_than_its_length() {
    for (open, close) in [
        ("<div>", "</div>"),
        ("<b>", "</b>"),
        ("<p><b>", ""),
        ("<ul><li>", ""),
        ("<table><tr><td>", ""),
        ("<x>", "</x>"),
        ("<a>", "</a>"),
    ] {
        let html = format!("{}{}{}", open.repeat(20_000), paragraphs(), close.repeat(20_000));
        assert_eq!(body(&read(&html)).len(), 3, "{open}");
    }
}

#[test]
fn a_million_elements_are_read() {
    let html = format!("{}{}", "<p>".repeat(500_000), "<i></i>".repeat(500_000));
    read(&html);
    let html = format!(
        "{}<article><h1>Norway thanks Iceland</h1>{}</article>",
        "<br>".repeat(1_000_000),
        paragraphs()
    );
    assert_eq!(body(&read(&html)), REPORT);
}

#[test]
fn more_elements_than_any_page_has_are_left_out_with_a_warning() {
    let page = read(&format!("{}{}", paragraphs(), "<br>".repeat(2_100_000)));
    assert!(page.warnings.iter().any(|w| w.code == "page-cut"), "{:?}", page.warnings);
    assert_eq!(body(&page), REPORT);
}

#[test]
fn an_attribute_of_many_megabytes_does_no_harm() {
    let html = format!(
        "<img alt=\"{}\" class=\"{}\">{}",
        "x".repeat(20_000_000),
        "a ".repeat(1_000_000),
        paragraphs()
    );
    assert_eq!(body(&read(&html)), REPORT);
}

#[test]
fn deep_or_broken_structured_data_do_no_harm() {
    for data in [
        "[".repeat(100_000),
        "{\"@graph\":".repeat(50_000),
        "{\"@type\":\"NewsArticle\",\"author\":{\"@id\":\"a\"},\"@id\":\"a\"}".to_owned(),
    ] {
        let html = format!("<script type=\"application/ld+json\">{data}</script>{}", paragraphs());
        assert_eq!(body(&read(&html)), REPORT);
    }
}

#[test]
fn many_links_and_odd_letters_do_no_harm() {
    let links = "<a href=x>\u{202E}\u{0}Ten die in Oran</a> ".repeat(50_000);
    assert_eq!(body(&read(&format!("<div>{links}</div><article>{}</article>", paragraphs()))), REPORT);
}

#[test]
fn a_page_under_a_wrong_name_of_its_encoding_is_read_with_a_warning() {
    let html = format!("<meta charset=windows-1251><h1>Rødøy takker Reykjavík</h1>{}", paragraphs());
    let decoded = decode(html.as_bytes(), Some("text/html"));
    assert_eq!((decoded.encoding, decoded.warnings[0].code), ("UTF-8", "wrong-encoding"));
    assert_eq!(page(&decoded.text, None).headline.as_deref(), Some("Rødøy takker Reykjavík"));
}
