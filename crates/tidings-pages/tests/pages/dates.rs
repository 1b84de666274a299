//! The day of publication, and where it was found.

use tidings_pages::{DateSource, page};

use crate::paragraphs;

/// Date and source of a page with `head` above the report.
fn found(head: &str) -> Option<(String, DateSource)> {
    let html = format!("<title>Norway thanks Iceland</title>{head}{}", paragraphs());
    page(&html, None).published.map(|date| (date.stamp.to_string(), date.source))
}

fn expect(head: &str, day: &str, source: DateSource) {
    assert_eq!(found(head), Some((day.to_owned(), source)), "{head}");
}

#[test]
fn structured_data_come_first() {
    expect(
        "<script type=\"application/ld+json\">{\"@type\": \"NewsArticle\", \"datePublished\": \"2026-03-03T14:30:00+01:00\", \
         \"dateModified\": \"2026-03-05\"}</script><meta property=\"article:published_time\" content=\"2026-03-04\">",
        "2026-03-03T14:30:00+01:00",
        DateSource::StructuredData,
    );
}

#[test]
fn meta_elements_of_many_systems_are_read() {
    for name in ["article:published_time", "parsely-pub-date", "DC.date.issued", "pubdate", "sailthru.date"] {
        for attribute in ["property", "name", "itemprop"] {
            let head = format!("<meta {attribute}=\"{name}\" content=\"2026-03-03T14:30:00Z\">");
            expect(&head, "2026-03-03T14:30:00Z", DateSource::MetaElement);
        }
    }
}

#[test]
fn microdata_and_time_elements_are_read() {
    for head in [
        "<h1>Norway thanks Iceland</h1><time datetime=\"2026-03-03\">Tuesday</time>",
        "<h1>Norway thanks Iceland</h1><span itemprop=datePublished content=\"2026-03-03\">yesterday</span>",
        "<h1>Norway thanks Iceland</h1><div class=\"entry-date\">3 March 2026</div>",
        "<time datetime=\"2025-01-01\">Edition of today</time><h1>Norway thanks Iceland</h1><time>March 3, 2026</time>",
    ] {
        expect(head, "2026-03-03", DateSource::Markup);
    }
}

#[test]
fn the_day_of_a_change_is_not_that_of_publication() {
    let head = "<h1>Norway thanks Iceland</h1><time class=updated datetime=2026-03-05></time><time datetime=2026-03-03></time>";
    expect(head, "2026-03-03", DateSource::Markup);
    expect(
        "<meta property=\"article:modified_time\" content=\"2026-03-05\">",
        "2026-03-05",
        DateSource::Guess,
    );
}

#[test]
fn the_address_has_the_day() {
    expect(
        "<link rel=canonical href=\"https://deltapost.example/2026/03/03/boats\">",
        "2026-03-03",
        DateSource::Address,
    );
    assert_eq!(found("<link rel=canonical href=\"https://deltapost.example/boats-10-11-12\">"), None);
}

#[test]
fn a_date_beside_the_headline_is_found_and_one_in_the_report_is_a_guess() {
    expect("<h1>Norway thanks Iceland</h1><p>Oslo, 3. März 2026</p>", "2026-03-03", DateSource::Text);
    expect(
        "<p>The talks of 3 March 2026 were the first since the boats had been taken and the crews had been held.</p>",
        "2026-03-03",
        DateSource::Guess,
    );
}

#[test]
fn dates_of_other_stories_and_comments_are_not_taken_before_those_of_the_page() {
    let head = "<aside><time datetime=2026-01-01></time></aside><div class=comments><time datetime=2026-04-01></time></div>\
        <h1>Norway thanks Iceland</h1><p>Tuesday, March 3, 2026</p>";
    expect(head, "2026-03-03", DateSource::Text);
}

#[test]
fn americans_write_the_month_first() {
    let day = |lang: &str| {
        let html =
            format!("<html lang={lang}><h1>Norway thanks Iceland</h1><p>03/04/2026</p>{}", paragraphs());
        page(&html, None).published.map(|date| date.stamp.to_string())
    };
    assert_eq!(day("en-US").as_deref(), Some("2026-03-04"));
    assert_eq!(day("en-GB").as_deref(), Some("2026-04-03"));
}

#[test]
fn a_date_in_a_program_is_found() {
    let head = "<script>window.state = {\"story\": {\"publishedAt\": \"2026-03-03T10:00:00Z\"}}</script>";
    expect(head, "2026-03-03T10:00:00Z", DateSource::StructuredData);
}

#[test]
fn a_page_without_a_date_has_none() {
    assert_eq!(found("<p>© 2026 Delta Post</p>"), None);
}
