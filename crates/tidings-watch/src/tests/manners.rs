//! What the watch does, and how politely.

use super::server::{Page, found, leads, status};
use super::*;

const ONE: &str = "[watch]\npause = \"2s\"\n[[feed]]\nurl = \"SERVER/feed\"\n";
const THANKS: &str = "<p>Norway thanked Iceland on Monday for sending back four boats and their crews.</p>";

fn feed_with(etag: &str, items: &[(&str, &str, Option<&str>)]) -> Page {
    let fields = vec![
        ("ETag", etag.to_owned()),
        ("Last-Modified", "Tue, 03 Mar 2026 10:00:00 GMT".to_owned()),
        ("Content-Type", "application/rss+xml".to_owned()),
    ];
    Page::Answer("200 OK", fields, rss(items).into_bytes())
}

#[test]
fn new_articles_are_stored_once_and_feeds_are_asked_by_condition() {
    let items = [("Norway thanks Iceland", "/1", Some(THANKS)), ("Iceland answers", "/2", None)];
    let pages = vec![
        ("/feed", Page::Course(vec![feed_with("\"v1\"", &items), status("304 Not Modified")])),
        (
            "/2",
            found(page(
                "Iceland answers",
                "Iceland answered Norway on Tuesday that it would do the same again.",
            )),
        ),
    ];
    let mut post = Post::new(pages, ONE);
    let first = post.run().expect("runs");
    assert_eq!((first.feeds, first.new, first.known, first.failures), (1, 2, 0, 0), "{:?}", post.world.notes);
    assert_eq!(post.titles(), ["Iceland answers", "Norway thanks Iceland"]);
    assert_eq!(
        (post.server.count("GET /1 "), post.server.count("GET /2 ")),
        (0, 1),
        "a whole text needs no page"
    );

    // Not due yet: nothing is asked.
    let asked = post.server.requests().len();
    assert_eq!(post.run().expect("runs").feeds, 0);
    assert_eq!(post.server.requests().len(), asked);

    post.pass(31);
    let second = post.run().expect("runs");
    assert_eq!((second.feeds, second.new), (1, 0));
    let last = post.server.requests().pop().expect("a request");
    assert_eq!(last.field("if-none-match"), Some("\"v1\""));
    assert_eq!(last.field("if-modified-since"), Some("Tue, 03 Mar 2026 10:00:00 GMT"));
    assert!(last.field("user-agent").is_some_and(|name| name.starts_with("tidings/")));
}

#[test]
fn an_item_that_comes_again_is_not_read_again() {
    let items = [("Norway thanks Iceland", "/1", Some(THANKS))];
    let more = [
        ("Norway thanks Iceland", "/1", Some(THANKS)),
        ("Kenya condemns Peru", "/3", Some("<p>Kenya condemned Peru on Tuesday for the raid.</p>")),
    ];
    let pages = vec![("/feed", Page::Course(vec![feed_with("\"a\"", &items), feed_with("\"b\"", &more)]))];
    let mut post = Post::new(pages, ONE);
    assert_eq!(post.run().expect("runs").new, 1);
    post.pass(31);
    let tally = post.run().expect("runs");
    assert_eq!((tally.new, tally.known), (1, 0));
    assert_eq!(post.titles().len(), 2);
}

#[test]
fn the_rules_of_a_site_are_heard() {
    let robots = "User-agent: *\nDisallow: /closed\nCrawl-delay: 7\n";
    let items = [("Open", "/open", None), ("Closed", "/closed", None)];
    let pages = vec![
        ("/robots.txt", found(robots)),
        ("/feed", feed_with("\"a\"", &items)),
        (
            "/open",
            found(page("Open", "Norway thanked Iceland on Monday for sending back four boats and crews.")),
        ),
        ("/closed", found(page("Closed", "This must not be read."))),
    ];
    let mut post = Post::new(pages, ONE);
    let tally = post.run().expect("runs");
    assert_eq!(post.server.count("GET /closed"), 0);
    assert_eq!(post.server.count("GET /robots.txt"), 1, "once a day");
    assert!(
        post.world.notes.iter().any(|n| n.contains("/closed: the robots.txt of the site")),
        "{:?}",
        post.world.notes
    );
    // The summary is coded instead.
    assert_eq!((tally.new, tally.failures), (2, 1));
    assert!(post.world.waited.iter().any(|w| w.as_secs() == 7), "{:?}", post.world.waited);
}

#[test]
fn a_site_whose_rules_cannot_be_read_is_left_alone() {
    let pages =
        vec![("/robots.txt", status("500 Internal Server Error")), ("/feed", feed_with("\"a\"", &[]))];
    let mut post = Post::new(pages, ONE);
    assert_eq!(post.run().expect("runs").failures, 1);
    assert_eq!(post.server.count("GET /feed"), 0);
    // An hour later they are asked for again.
    post.pass(70);
    post.run().expect("runs");
    assert_eq!(post.server.count("GET /robots.txt"), 2);
}

#[test]
fn a_host_is_not_asked_more_often_than_it_should_be() {
    let items = [("One", "/1", None), ("Two", "/2", None)];
    let text = "Norway thanked Iceland on Monday for sending back four boats and their crews";
    let pages = vec![
        ("/feed", feed_with("\"a\"", &items)),
        ("/1", found(page("One", &format!("{text}.")))),
        ("/2", found(page("Two", &format!("{text} again.")))),
    ];
    let mut post = Post::new(pages, ONE);
    post.run().expect("runs");
    // Rules, feed and two pages: three pauses.
    assert_eq!(post.world.waited.iter().map(Duration::as_secs).collect::<Vec<_>>(), [2, 2, 2]);
}

#[test]
fn a_server_that_wants_to_be_left_alone_is() {
    let busy = Page::Answer("429 Too Many Requests", vec![("Retry-After", "7200".to_owned())], Vec::new());
    let pages = vec![("/feed", Page::Course(vec![busy, feed_with("\"a\"", &[])]))];
    let mut post = Post::new(pages, ONE);
    assert_eq!(post.run().expect("runs").failures, 1);
    assert!(
        post.world.notes[0].contains("429") && post.world.notes[0].contains("12:00:0"),
        "{:?}",
        post.world.notes
    );
    post.pass(119);
    post.run().expect("runs");
    assert_eq!(post.server.count("GET /feed"), 1);
    post.pass(2);
    assert_eq!(post.run().expect("runs").feeds, 1);
}

#[test]
fn a_feed_that_fails_is_asked_more_and_more_seldom_and_one_that_is_gone_hardly_ever() {
    let mut post = Post::new(vec![("/feed", status("500 Internal Server Error"))], ONE);
    for minutes in [31, 31, 31, 31] {
        post.run().expect("runs");
        post.pass(minutes);
    }
    // After 0, 30 and 90 minutes.
    assert_eq!(post.server.count("GET /feed"), 3);
    let mut post = Post::new(vec![("/feed", status("410 Gone"))], ONE);
    post.run().expect("runs");
    post.pass(24 * 60);
    post.run().expect("runs");
    assert_eq!(post.server.count("GET /feed"), 1);
    assert!(post.world.notes[0].contains("gone for good"), "{:?}", post.world.notes);
}

#[test]
fn a_page_that_fails_for_a_while_is_tried_again_and_its_summary_is_not_lost() {
    let items = [("Norway thanks Iceland", "/1", None)];
    let report =
        page("Norway thanks Iceland", "Norway thanked Iceland on Monday for sending back four boats.");
    let pages = vec![
        ("/feed", feed_with("\"a\"", &items)),
        ("/1", Page::Course(vec![status("503 Service Unavailable"), Page::Silence, found(report)])),
    ];
    let mut post = Post::new(pages, ONE);
    assert_eq!(post.run().expect("runs").new, 0);
    post.pass(11);
    assert_eq!(post.run().expect("runs").new, 0);
    post.pass(21);
    assert_eq!(post.run().expect("runs").new, 1);
    assert_eq!(post.server.count("GET /1 "), 3);

    let mut post =
        Post::new(vec![("/feed", feed_with("\"a\"", &items)), ("/1", status("404 Not Found"))], ONE);
    let tally = post.run().expect("runs");
    assert_eq!((tally.new, tally.failures), (1, 1), "the summary is coded: {:?}", post.world.notes);
    assert!(post.world.notes.iter().any(|n| n.contains("[page-not-read]")), "{:?}", post.world.notes);
}

#[test]
fn a_feed_that_has_moved_is_followed_and_told() {
    let pages = vec![
        ("/feed", leads("301 Moved Permanently", "/new")),
        ("/new", feed_with("\"a\"", &[("Norway thanks Iceland", "/1", Some(THANKS))])),
    ];
    let mut post = Post::new(pages, ONE);
    assert_eq!(post.run().expect("runs").new, 1);
    assert!(post.world.notes[0].contains("has moved to"), "{:?}", post.world.notes);
    post.pass(31);
    post.run().expect("runs");
    assert_eq!((post.server.count("GET /feed"), post.server.count("GET /new")), (1, 2));
}

#[test]
fn broken_feeds_are_told_and_the_others_are_read() {
    let config = "[[feed]]\nurl = \"SERVER/broken\"\n[[feed]]\nurl = \"SERVER/html\"\n[[feed]]\nurl = \"SERVER/feed\"\n";
    let pages = vec![
        ("/broken", found("<rss version='2.0'><channel><item><title>Norway")),
        ("/html", found("<html><body>Sign in</body></html>")),
        ("/feed", feed_with("\"a\"", &[("Norway thanks Iceland", "/1", Some(THANKS))])),
    ];
    let mut post = Post::new(pages, config);
    let tally = post.run().expect("runs");
    assert_eq!((tally.feeds, tally.failures, tally.new), (1, 2, 1), "{:?}", post.world.notes);
}

#[test]
fn a_stop_loses_nothing_and_nothing_is_stored_twice() {
    let text = |n: usize| {
        page(
            &format!("Report {n}"),
            &format!("Norway thanked Iceland on Monday for {n} boats and their crews."),
        )
    };
    let items = [("Report 1", "/1", None), ("Report 2", "/2", None), ("Report 3", "/3", None)];
    let pages = vec![
        ("/feed", Page::Course(vec![feed_with("\"a\"", &items), status("304 Not Modified")])),
        ("/1", found(text(1))),
        ("/2", found(text(2))),
        ("/3", found(text(3))),
    ];
    let mut post = Post::new(pages, ONE);
    post.world.stop_after = Some(3);
    let stopped = post.run().expect("stops");
    assert_eq!((stopped.new, stopped.failures), (1, 0), "{:?}", post.world.notes);
    post.world.stop_after = None;
    let rest = post.run().expect("runs");
    assert_eq!((rest.new, rest.known), (2, 0));
    assert_eq!(post.titles(), ["Report 1", "Report 2", "Report 3"]);
    assert_eq!([1, 2, 3].map(|n| post.server.count(&format!("GET /{n} "))), [1, 1, 1]);
    // Without its memory it reads them once more, and the ledger knows them.
    std::fs::remove_file(post.path("state.json")).expect("removed");
    post.pass(31);
    let again = post.run().expect("runs");
    assert_eq!(again.new, 0, "304 without a condition: {:?}", post.world.notes);
    assert_eq!(post.titles().len(), 3);
}

#[test]
fn a_memory_that_is_none_is_an_error_and_is_left_as_it_is() {
    let mut post = Post::new(vec![("/feed", feed_with("\"a\"", &[]))], ONE);
    std::fs::write(post.path("state.json"), "no JSON").expect("written");
    let config = Config::parse("feeds.toml", "[[feed]]\nurl = \"https://a.example\"\n").expect("right");
    let mut ledger = Ledger::open_or_create(&post.path("news.db")).expect("a ledger");
    let error = Watch::open(&config, engine(), &mut ledger, post.path("state.json")).err().expect("an error");
    assert!(error.contains("is no memory of a watch") && error.contains("hint: "), "{error}");
    assert_eq!(std::fs::read_to_string(post.path("state.json")).expect("read"), "no JSON");
    drop(ledger);
    std::fs::remove_file(post.path("state.json")).expect("removed");
    assert!(post.run().is_ok());
}
