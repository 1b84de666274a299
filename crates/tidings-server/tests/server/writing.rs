//! Changes over HTTP.

use super::harness::Site;
use tidings::Engine;

const TEXT: &str = "DAKAR, 9 March 2026 (Coast Daily) - Senegal condemned Mali on Monday.";

fn body() -> String {
    serde_json::json!({ "text": TEXT, "outlet": "Coast Daily", "published": "2026-03-09" }).to_string()
}

fn writing() -> Site {
    Site::with(|options| options.writes = Some(Engine::new().expect("engine")))
}

#[test]
fn an_article_that_is_sent_is_coded_and_kept_once() {
    let site = writing();
    let stored = site.post("/documents", &body(), "");
    assert_eq!((stored.status, stored.json()["outcome"].as_str()), (201, Some("new")), "{stored:?}");
    let again = site.post("/documents", &body(), "");
    assert_eq!(again.json()["outcome"].as_str(), Some("known"));
    let found = site.get("/events.json?source=SEN&target=MLI").rows();
    assert_eq!(found.len(), 1);
    assert_eq!(found[0]["event_type"].as_str(), Some("ACCUSE"));
}

#[test]
fn a_server_that_only_reads_takes_nothing() {
    let site = Site::start();
    let refused = site.post("/documents", &body(), "");
    assert_eq!(refused.status, 403);
    assert!(refused.json()["hint"].as_str().is_some_and(|h| h.contains("--write")));
}

#[test]
fn another_site_in_the_same_browser_cannot_write() {
    let site = writing();
    assert_eq!(site.post("/documents", &body(), "Origin: https://evil.example\r\n").status, 403);
    assert_eq!(site.post("/documents", &body(), "Origin: null\r\n").status, 403);
    let form = "POST /documents HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\nContent-Type: text/plain\r\n\
                Content-Length: 2\r\n\r\n{}";
    assert_eq!(site.send(form.as_bytes()).status, 415);
}

#[test]
fn bodies_that_are_wrong_or_too_large_are_refused() {
    let site = writing();
    for (body, status) in [
        ("", 400),
        ("{}", 400),
        ("{\"text\": 3}", 400),
        ("{\"text\": \" \"}", 400),
        ("{\"text\": \"a\", \"more\": 1}", 400),
        ("[1", 400),
    ] {
        let answer = site.post("/documents", body, "");
        assert_eq!(answer.status, status, "{body}: {answer:?}");
        assert!(answer.json()["hint"].is_string(), "{body}");
    }
    let large = serde_json::json!({ "text": "x ".repeat(2_000_000) }).to_string();
    assert!(matches!(site.post("/documents", &large, "").status, 0 | 413));
    assert_eq!(site.get("/events.json").status, 200);
}
