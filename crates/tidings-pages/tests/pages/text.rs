//! The main text: what belongs to the report and what does not.

use tidings_document::PartKind;
use tidings_pages::page;

use crate::{REPORT, body, lines, paragraphs};

/// A page whose only text is the report, with `around` before and `behind` after it.
fn page_with(around: &str, behind: &str) -> tidings_pages::Page {
    let html = format!(
        "<html><head><title>Norway thanks Iceland | Delta Post</title></head><body>{around}<div id=\"main\"><h1>Norway \
         thanks Iceland</h1>{}{behind}</div></body></html>",
        paragraphs()
    );
    page(&html, None)
}

#[test]
fn a_page_without_any_metadata_has_headline_and_body() {
    let page = page_with("", "");
    assert_eq!(page.headline.as_deref(), Some("Norway thanks Iceland"));
    assert_eq!(body(&page), REPORT);
    assert!(page.warnings.is_empty() && !page.is_stub);
}

#[test]
fn menus_and_cookie_banners_are_not_the_report() {
    let menu = "<nav><ul><li><a href=/w>World</a><li><a href=/s>Sport</a></ul></nav>\
        <div class=\"cookie-banner\"><p>We use cookies to remember what you like, and so do our 742 partners. By clicking \
        on yes you agree that we store data on your device, now and in the years to come.</p></div>";
    assert_eq!(body(&page_with(menu, "")), REPORT);
}

#[test]
fn related_links_are_not_the_report() {
    let related = "<div class=\"related-articles\"><p>Ten people died in Oran when a bus left the road, police said.</p></div>\
        <h3>Related articles</h3><ul><li><a href=/1>Ten die in Oran</a><li><a href=/2>Two fined in Lagos for a bridge</a></ul>";
    assert_eq!(body(&page_with("", related)), REPORT);
}

#[test]
fn comments_of_readers_are_not_the_report_however_many_there_are() {
    let comment = "<p>I have sailed there for thirty years, and I can tell you that no line was ever drawn on that sea.</p>";
    for comments in [
        format!("<section id=comments>{}</section>", comment.repeat(40)),
        format!("<h4>12 Comments</h4>{}", comment.repeat(3)),
    ] {
        assert_eq!(body(&page_with("", &comments)), REPORT);
    }
}

#[test]
fn a_box_in_the_middle_does_not_end_the_report() {
    let [first, second, third] = REPORT;
    let html = format!(
        "<article><h1>Norway thanks Iceland</h1><p>{first}</p><div class=\"newsletter-signup\"><p>Get the news of the north \
         in your inbox every morning, free of charge.</p></div><p>{second}</p><p>Advertisement</p><p>{third}</p></article>"
    );
    assert_eq!(body(&page(&html, None)), REPORT);
}

#[test]
fn captions_stand_apart_from_the_body() {
    let [first, second, third] = REPORT;
    let html = format!(
        "<article><h1>Norway thanks Iceland</h1><p>{first}</p>\
         <figure><img src=a.jpg><figcaption>Boats in the harbour of Tromsø. <span class=credit>Photo: Delta Post</span>\
         </figcaption></figure><p>{second}</p>\
         <div class=\"wp-caption\"><img src=b.jpg><p class=\"wp-caption-text\">The minister in Reykjavik</p></div>\
         <div><div><img src=c.jpg></div><p>The line between the zones</p></div><p>{third}</p></article>"
    );
    let page = page(&html, None);
    assert_eq!(body(&page), REPORT);
    let captions = lines(&page, PartKind::Caption);
    assert_eq!(
        captions,
        [
            "Boats in the harbour of Tromsø. Photo: Delta Post",
            "The minister in Reykjavik",
            "The line between the zones"
        ]
    );
    assert!(!page.text().contains("Tromsø"));
}

#[test]
fn subheadings_and_lists_belong_to_the_report() {
    let [first, second, third] = REPORT;
    let html = format!(
        "<article><h1>Norway thanks Iceland</h1><p>{first}</p><h2>Talks in Reykjavik</h2><p>{second}</p><ul><li>Four \
         boats</li><li>Thirty men</li></ul><p>{third}</p></article>"
    );
    let page = page(&html, None);
    assert_eq!(lines(&page, PartKind::Subheading), ["Talks in Reykjavik"]);
    assert_eq!(body(&page), [first, second, "Four boats", "Thirty men", third]);
    assert!(page.text().contains("Talks in Reykjavik"));
}

#[test]
fn paragraphs_between_line_breaks_are_paragraphs() {
    let html =
        format!("<table><tr><td><h1>Norway thanks Iceland</h1>{}</td></tr></table>", REPORT.join("<br><br>"));
    assert_eq!(body(&page(&html, None)), REPORT);
}

#[test]
fn a_report_in_pieces_between_adverts_is_whole() {
    let piece = |n: usize, line: &str| {
        format!(
            "<div><div class=\"story-body story-body-{n}\"><p>{line}</p></div></div><aside>Buy a boat</aside>"
        )
    };
    let html: String = REPORT.iter().enumerate().map(|(n, line)| piece(n, line)).collect();
    let links = "<div><a href=/1>World news today</a></div>".repeat(40);
    assert_eq!(body(&page(&format!("<body>{links}<div>{html}</div>{links}</body>"), None)), REPORT);
}

#[test]
fn entries_of_a_live_blog_are_read_without_their_clock() {
    let [first, second, third] = REPORT;
    let html = format!(
        "<article><h1>Boats: what happened today</h1><div class=post><div>14:30 Astrid Lund</div><p>{first}</p></div>\
         <div class=post><div>13:05 Key event</div><p>{second}</p><p>{third}</p></div></article>"
    );
    assert_eq!(body(&page(&html, None)), REPORT);
}

#[test]
fn quoted_posts_are_not_the_report() {
    let post = "<blockquote class=\"twitter-tweet\"><p>We are so glad that the boats are on their way home at last!</p>\
        &mdash; Ilse Brandt (@ilsebrandt) March 3, 2026</blockquote>";
    assert_eq!(
        body(&page_with(
            "",
            &format!("{post}<p>The boats left in the evening, the harbour master said.</p>")
        ))
        .len(),
        4
    );
}

#[test]
fn hidden_text_is_not_the_report() {
    let hidden = "<div style=\"display: none\"><p>Please refresh the page to be logged in automatically, dear reader.</p></div>\
        <p hidden>This browser is too old to show you the video that belongs here.</p>";
    assert_eq!(body(&page_with("", hidden)), REPORT);
}

#[test]
fn a_text_that_only_a_program_shows_is_taken_from_the_structured_data() {
    let html = format!(
        "<script type=\"application/ld+json\">{}</script><div id=root>Loading</div>",
        serde_json::json!({"@type": "NewsArticle", "headline": "Norway thanks Iceland", "articleBody": REPORT.join("\n\n")})
    );
    let page = page(&html, None);
    assert_eq!(body(&page), REPORT);
    assert_eq!(page.headline.as_deref(), Some("Norway thanks Iceland"));
}

#[test]
fn the_author_s_life_is_not_the_report() {
    let html = format!(
        "<meta name=author content=\"Astrid Lund\"><article><h1>Norway thanks Iceland</h1>{}<p>Astrid Lund is our \
         correspondent in the north and has sailed since she was six.</p></article>",
        paragraphs()
    );
    assert_eq!(body(&page(&html, None)), REPORT);
}

#[test]
fn the_stub_of_a_paywall_is_known() {
    let html = format!(
        "<script type=\"application/ld+json\">{{\"@type\": \"NewsArticle\", \"headline\": \"Norway thanks Iceland\", \
         \"isAccessibleForFree\": false}}</script><article><h1>Norway thanks Iceland</h1><p>{}</p></article>\
         <div class=paywall><p>Subscribe to read on.</p></div>",
        REPORT[0]
    );
    let page = page(&html, None);
    assert!(page.is_stub);
    assert_eq!(page.warnings[0].code, "paywall-stub");
    let more: String = (1..=20)
        .map(|n| format!("<p>Boat number {n} left the harbour on its own, the master said.</p>"))
        .collect();
    let long = html.replace("</article>", &format!("{more}{}</article>", paragraphs()));
    assert!(!tidings_pages::page(&long, None).is_stub, "the whole report is there");
    assert!(!page_with("", "").is_stub);
}
