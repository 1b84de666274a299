//! What servers can do to us, and cannot.

use std::io::Write;

use super::server::{Page, found, leads};
use super::*;

const ONE: &str = "[watch]\npause = \"0s\"\ntimeout = \"2s\"\nlargest_mib = 1\nredirects = 3\n[[feed]]\nurl = \"SERVER/feed\"\n";

/// The one failure of a feed that answers with this page.
fn failure(page: Page) -> String {
    let mut post = Post::new(vec![("/feed", page), ("/loop", leads("302 Found", "/loop"))], ONE);
    let tally = post.run().expect("goes on");
    assert_eq!((tally.failures, tally.new), (1, 0), "{:?}", post.world.notes);
    post.world.notes.remove(0)
}

#[test]
fn private_addresses_are_not_asked_whatever_leads_there() {
    for address in [
        "http://169.254.169.254/latest/meta-data/",
        "http://127.0.0.1/",
        "http://127.1/",
        "http://2130706433/",
        "http://0x7f000001/",
        "http://0177.0.0.1/",
        "http://0.0.0.0/",
        "http://[::1]/",
        "http://[::ffff:127.0.0.1]/",
        "http://[::ffff:7f00:1]/",
        "http://[64:ff9b::a9fe:a9fe]/",
        "http://10.0.0.1/",
        "http://192.168.1.1:8080/",
        "http://localhost/",
        "http://127.0.0.1.:80/",
        "//127.0.0.1/",
    ] {
        let told = failure(leads("302 Found", address));
        assert!(told.contains("is not public") && told.contains("allow_private"), "{address}: {told}");
    }
}

#[test]
fn a_private_server_is_asked_only_if_that_is_allowed() {
    let feed = rss(&[("Norway thanks Iceland", "/1", Some("<p>Norway thanked Iceland on Monday.</p>"))]);
    let mut post = Post::new(vec![("/feed", found(feed.clone()))], ONE);
    assert_eq!(post.run_with(false).expect("goes on").failures, 1);
    assert!(
        post.server.requests().is_empty() && post.world.notes[0].contains("is not public (loopback)"),
        "{:?}",
        post.world.notes
    );
    let mut post =
        Post::new(vec![("/feed", found(feed))], &ONE.replace("[watch]", "[watch]\nallow_private = true"));
    assert_eq!(post.run_with(false).expect("runs").new, 1);
}

#[test]
fn other_schemes_names_and_circles_are_not_followed() {
    for (address, what) in [
        ("file:///etc/passwd", "is no address of the web"),
        ("gopher://deltapost.example/", "is no address of the web"),
        ("http://user:secret@deltapost.example/", "holds a name or a password"),
        ("http://", "it leads to no address"),
        ("/loop", "it leads elsewhere more than 3 times"),
    ] {
        let told = failure(leads("302 Found", address));
        assert!(told.contains(what), "{address}: {told}");
    }
}

#[test]
fn bodies_that_never_end_or_explode_or_crawl_are_stopped() {
    assert!(failure(Page::Endless).contains("larger than 1 MiB"));
    let mut encoder = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::default());
    encoder.write_all(&vec![b' '; 20 << 20]).expect("packed");
    let bomb = encoder.finish().expect("packed");
    assert!(bomb.len() < 1 << 20);
    let packed = vec![("Content-Encoding", "gzip".to_owned())];
    let told = failure(Page::Answer("200 OK", packed, bomb));
    assert!(told.contains("larger than 1 MiB"), "{told}");
    let begun = std::time::Instant::now();
    let told = failure(Page::Slow);
    assert!(
        begun.elapsed().as_secs() < 20 && (told.contains("too long") || told.contains("broke off")),
        "{told}"
    );
    assert!(!failure(Page::Silence).is_empty());
}

#[test]
fn a_page_that_leads_to_a_private_address_costs_its_page_only() {
    let items = [("Bad", "/bad", None), ("Good", "/good", None)];
    let pages = vec![
        ("/feed", found(rss(&items))),
        ("/bad", leads("302 Found", "http://169.254.169.254/")),
        (
            "/good",
            found(page("Good", "Norway thanked Iceland on Monday for sending back four boats and crews.")),
        ),
    ];
    let mut post = Post::new(pages, ONE);
    let tally = post.run().expect("runs");
    assert_eq!((tally.new, tally.failures), (2, 1), "{:?}", post.world.notes);
    assert!(post.world.notes.iter().any(|n| n.contains("169.254.169.254 is not public (link-local)")));
}

#[test]
fn a_server_that_does_not_speak_tls_is_a_failure_and_no_crash() {
    let mut post = Post::new(vec![("/feed", found("no TLS"))], "[[feed]]\nurl = \"https://HOST/feed\"\n");
    let host = post.server.address.to_string();
    post.replace("HOST", &host);
    let tally = post.run().expect("goes on");
    assert_eq!((tally.failures, tally.feeds), (1, 0), "{:?}", post.world.notes);
    assert!(post.world.notes[0].starts_with("https://127.0.0.1:"), "{:?}", post.world.notes);
}
