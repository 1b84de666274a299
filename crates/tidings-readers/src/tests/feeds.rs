//! RSS, Atom and JSON Feed.

use super::*;

const RSS: &str = "<?xml version='1.0' encoding='UTF-8'?><rss version='2.0' xmlns:content='http://purl.org/rss/1.0/modules/content/'>\
    <channel><title>Delta Post &amp; Co</title><link>https://deltapost.example/</link><language>en-gb</language>\
    <item><title>Norway &lt;b&gt;thanks&lt;/b&gt; Iceland</title><link>https://deltapost.example/1</link><guid>d-1</guid>\
    <pubDate>Tue, 03 Mar 2026 10:00:00 GMT</pubDate><description>Norway thanked.</description>\
    <content:encoded><![CDATA[<p>Norway thanked Iceland on Monday.</p><p>The boats are back.</p>]]></content:encoded></item>\
    <item><title>Only a summary</title><link>https://deltapost.example/2</link>\
    <description>&lt;p&gt;Iceland answered &amp;amp; smiled.&lt;/p&gt;</description></item>\
    </channel></rss>";

#[test]
fn items_of_rss_are_reports_and_summaries_say_that_they_are() {
    let packed = zstd::encode_all(RSS.as_bytes(), 3).unwrap();
    for (name, content) in [("world.xml", RSS.as_bytes().to_vec()), ("world.rss.zst", packed)] {
        let read: Vec<Document> = read(name, content).into_iter().map(Result::unwrap).collect();
        assert_eq!(read.len(), 2, "{name}");
        let first = &read[0];
        assert_eq!((first.id.as_str(), first.title.as_deref()), ("d-1", Some("Norway thanks Iceland")));
        assert_eq!(first.text, "Norway thanked Iceland on Monday.\n\nThe boats are back.");
        assert_eq!(first.outlet.as_deref(), Some("Delta Post & Co"));
        assert_eq!(first.publication.as_ref().unwrap().date.to_string(), "2026-03-03");
        assert!(codes(first).is_empty());
        assert_eq!(read[1].text, "Iceland answered & smiled.");
        assert_eq!(codes(&read[1]), ["summary-only"]);
        assert_eq!(read[1].url.as_deref(), Some("https://deltapost.example/2"));
    }
}

#[test]
fn items_of_atom_and_json_feed_are_reports() {
    let atom = "<feed xmlns='http://www.w3.org/2005/Atom'><title>Delta Post</title><id>x</id><updated>2026-03-03T10:00:00Z</updated>\
        <entry><id>tag:deltapost.example,2026:1</id><title>Thanks</title><link rel='alternate' href='https://deltapost.example/1'/>\
        <published>2026-03-03T23:30:00+02:00</published><author><name>Ann Berg</name></author>\
        <content type='html'>&lt;p&gt;Norway thanked Iceland.&lt;/p&gt;</content></entry></feed>";
    let document = one("feed.atom", atom);
    assert_eq!(document.id, "tag:deltapost.example,2026:1");
    assert_eq!(document.text, "Norway thanked Iceland.");
    assert_eq!(document.extra["authors"], serde_json::json!(["Ann Berg"]));
    let json = r#"{
        "version": "https://jsonfeed.org/version/1.1", "title": "Delta Post",
        "items": [{"id": "1", "url": "https://deltapost.example/1", "title": "Thanks",
            "content_html": "<p>Norway thanked Iceland.</p>", "date_published": "2026-03-03T10:00:00Z"}]
    }"#;
    let document = one("feed.json", json);
    assert_eq!(document.text, "Norway thanked Iceland.");
    assert_eq!(document.outlet.as_deref(), Some("Delta Post"));
}

#[test]
fn a_feed_in_an_encoding_of_old_is_read() {
    let xml = b"<?xml version=\"1.0\" encoding=\"ISO-8859-1\"?><rss version='2.0'><channel><title>Le Delta</title><item><guid>1</guid><description>Caf\xe9</description></item></channel></rss>";
    assert_eq!(one("a.xml", xml).text, "Café");
}

#[test]
fn a_broken_feed_is_an_error_with_a_hint() {
    for content in [
        "<rss version='2.0'><channel><item><title>Norway",
        "<rss>&nosuch;</rss",
        "<feed xmlns='http://www.w3.org/2005/Atom'",
    ] {
        let read = read("a.rss", content);
        let is_told = |r: &Result<Document, ReadError>| match r {
            Ok(document) => !document.warnings.is_empty(),
            Err(error) => error.what.contains("the feed cannot be read") && !error.hint.is_empty(),
        };
        assert!(!read.is_empty() && read.iter().all(is_told), "{content}: {read:?}");
    }
}

#[test]
fn a_feed_without_items_is_told() {
    let empty = "<rss version='2.0'><channel><title>Delta Post</title></channel></rss>";
    assert_eq!(codes(&one("a.rss", empty)), ["empty"]);
}

#[test]
fn deep_nesting_and_entities_that_multiply_do_no_harm() {
    let deep = format!(
        "<feed xmlns='http://www.w3.org/2005/Atom'><entry><id>1</id><content type='xhtml'>{}Norway{}</content></entry></feed>",
        "<div>".repeat(50_000),
        "</div>".repeat(50_000)
    );
    assert!(!read("deep.atom", deep).is_empty());
    let bomb = "<?xml version='1.0'?><!DOCTYPE rss [<!ENTITY a 'aaaaaaaaaa'><!ENTITY b '&a;&a;&a;&a;'>]><rss version='2.0'><channel><item><guid>1</guid><description>&b;</description></item></channel></rss>";
    for read in read("bomb.rss", bomb) {
        assert!(read.map_or(true, |document| document.text.len() < 20));
    }
}
