//! Headline, standfirst, authors, outlet, address and language.

use tidings_pages::page;

use crate::paragraphs;

#[test]
fn the_headline_is_what_readers_see() {
    let html = format!(
        "<meta property=\"og:title\" content=\"Boats are back: Norway thanks Iceland\"><h1>Norway thanks Iceland for four \
         boats</h1><script type=\"application/ld+json\">{{\"@type\": \"NewsArticle\", \"headline\": \"Norway thanks Iceland \
         for four boats\"}}</script>{}",
        paragraphs()
    );
    let page = page(&html, None);
    assert_eq!(page.headline.as_deref(), Some("Norway thanks Iceland for four boats"));
    assert_eq!(page.other_titles, ["Boats are back: Norway thanks Iceland"]);
}

#[test]
fn the_name_of_the_outlet_is_no_part_of_the_headline() {
    let html = format!("<title>Norway thanks Iceland for four boats - Delta Post</title>{}", paragraphs());
    assert_eq!(page(&html, None).headline.as_deref(), Some("Norway thanks Iceland for four boats"));
}

#[test]
fn a_logo_in_the_first_heading_is_not_the_headline() {
    let html = format!(
        "<meta property=\"og:title\" content=\"Norway thanks Iceland\"><h1>Delta Post</h1><h1>Norway thanks Iceland</h1>{}",
        paragraphs()
    );
    assert_eq!(page(&html, None).headline.as_deref(), Some("Norway thanks Iceland"));
}

#[test]
fn the_standfirst_is_found_above_and_within_the_report() {
    let line = "Four boats are back before the winter begins in the north";
    for html in [
        format!(
            "<header><h1>Norway thanks Iceland</h1><p class=standfirst>{line}</p></header><article>{}</article>",
            paragraphs()
        ),
        format!(
            "<article><h1>Norway thanks Iceland</h1><h2 class=sub-headline>{line}</h2>{}</article>",
            paragraphs()
        ),
        format!(
            "<meta name=description content=\"{line}\"><div><h1>Norway thanks Iceland</h1><div>{line}</div></div>\
             <div class=article-body>{}</div>",
            paragraphs()
        ),
    ] {
        let page = page(&html, None);
        assert_eq!(page.standfirst.as_deref(), Some(line), "{html}");
        assert_eq!(page.blocks.len(), 3, "{:?}", page.blocks);
    }
}

#[test]
fn authors_come_from_data_tags_or_the_byline() {
    for head in [
        "<script type=\"application/ld+json\">{\"@type\": \"Article\", \"author\": [{\"name\": \"Astrid Lund\"}, \"Ole Dahl\"]}</script>",
        "<meta name=author content=\"Astrid Lund and Ole Dahl\">",
        "<h1>Norway thanks Iceland</h1><div class=byline>By Astrid Lund and Ole Dahl</div>",
        "<h1>Norway thanks Iceland</h1><span itemprop=author>By Astrid Lund, Ole Dahl</span>",
    ] {
        assert_eq!(
            page(&format!("{head}{}", paragraphs()), None).authors,
            ["Astrid Lund", "Ole Dahl"],
            "{head}"
        );
    }
}

#[test]
fn outlet_address_and_language_are_read() {
    let html = format!(
        "<html lang=\"en-GB\"><head><meta property=\"og:site_name\" content=\"Delta Post\"><link rel=canonical \
         href=\"https://deltapost.example/boats\"></head><body>{}",
        paragraphs()
    );
    let page = page(&html, Some("https://deltapost.example/boats?from=feed"));
    assert_eq!(page.outlet.as_deref(), Some("Delta Post"));
    assert_eq!(page.url.as_deref(), Some("https://deltapost.example/boats"));
    assert_eq!(page.language.as_deref(), Some("en"));
    let bare = tidings_pages::page(&paragraphs(), Some("https://deltapost.example/boats"));
    assert_eq!((bare.url.as_deref(), bare.language), (Some("https://deltapost.example/boats"), None));
}
