//! Wrong and malicious requests.

use std::path::Path;

use super::harness::Site;
use tidings_server::{Error, Options, Server};

const FILTERS: [&str; 14] = [
    "from", "to", "actor", "source", "target", "type", "quad", "status", "place", "outlet", "text", "as_of",
    "limit", "after",
];

#[test]
fn no_filter_can_be_made_to_say_more_than_its_value() {
    let site = Site::start();
    let all = site.get("/events.json").rows().len();
    for filter in FILTERS {
        for value in [
            "'%20OR%201=1%20--",
            "x%27%3B%20DROP%20TABLE%20report%3B--",
            "%22%20OR%20text:*",
            "NEAR(a%20b)",
            "%00",
            "%FF%FE",
            "1e999",
            "-777",
            "../../etc/passwd",
            "%3Cscript%3Ewindow%3C/script%3E",
            "9~9999'%20OR%20'1'='1",
        ] {
            let answer = site.get(&format!("/events.json?{filter}={value}"));
            let told = answer.status == 200 && answer.rows().is_empty();
            assert!(told || answer.status == 400, "{filter}={value}: {answer:?}");
        }
    }
    assert_eq!(site.get("/events.json").rows().len(), all, "nothing was changed");
}

#[test]
fn questions_of_a_million_characters_are_refused_and_the_server_goes_on() {
    let site = Site::start();
    for filter in FILTERS {
        let answer = site.get(&format!("/events.json?{filter}={}", "x".repeat(1_000_000)));
        assert!(matches!(answer.status, 0 | 400 | 414 | 431), "{filter}: {}", answer.status);
        let answer = site.get(&format!("/events.json?{filter}={}", "x".repeat(10_000)));
        assert!(matches!(answer.status, 400 | 414), "{filter}: {}", answer.status);
    }
    assert_eq!(site.get("/events.json").status, 200);
}

#[test]
fn what_is_no_request_ends_only_its_connection() {
    let site = Site::start();
    for bytes in [
        &b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03"[..],
        b"GET\r\n\r\n",
        b"GET / HTTP/9.9\r\n\r\n",
        b"\0\0\0\0",
        b"GET /../../etc/passwd HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n",
        b"GET /assets/../../Cargo.toml HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n",
        b"GET /assets/%2e%2e/%2e%2e/Cargo.toml HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n",
        b"GET /events.json HTTP/1.1\r\nConnection: close\r\n\r\n",
    ] {
        let answer = site.send(bytes);
        assert!(answer.status != 200 && answer.status != 500, "{answer:?}");
        assert!(!answer.body.contains("[workspace]") && !answer.body.contains("root:"), "{answer:?}");
    }
    assert_eq!(site.get("/events.json").status, 200);
}

#[test]
fn markup_stays_text_and_no_answer_may_run_anything() {
    let site = Site::start();
    let answer = site.get("/documents.json");
    let titles: Vec<String> = answer.rows().iter().map(|r| r["title"].to_string()).collect();
    assert!(titles.iter().any(|t| t.contains("<script>alert(1)</script>")), "{titles:?}");
    for address in ["/documents.json", "/documents.csv", "/", "/nothing", "/documents.json?x=1"] {
        let answer = site.get(address);
        let policy = answer.header("content-security-policy").expect("policy");
        assert!(policy.starts_with("default-src 'none'") && !policy.contains("unsafe"), "{address}");
        assert_eq!(answer.header("x-content-type-options"), Some("nosniff"), "{address}");
        assert_eq!(answer.header("access-control-allow-origin"), None, "{address}");
        if answer.header("content-type").is_some_and(|t| t.starts_with("text/html")) {
            assert!(!answer.body.contains("alert(1)"), "{address}");
        }
    }
}

#[test]
fn another_name_for_this_machine_is_not_answered() {
    let site = Site::with(|options| options.names.push("news.example".to_owned()));
    let status = |host: &str| site.ask("/events.json", &format!("Host: {host}\r\n")).status;
    for own in ["localhost", "localhost:1", "127.0.0.1", "[::1]:80", "news.example"] {
        assert_eq!(status(own), 200, "{own}");
    }
    for other in ["evil.example", "localhost.evil.example", "127.0.0.1.evil.example", "0.0.0.0"] {
        assert_eq!(status(other), 421, "{other}");
    }
}

#[test]
fn where_a_token_is_needed_only_who_knows_it_is_answered() {
    let token = "0123456789abcdef0123";
    let site = Site::with(|options| options.token = Some(token.to_owned()));
    assert_eq!(site.get("/events.json").status, 401);
    assert_eq!(site.get("/").status, 401);
    assert_eq!(site.ask("/events.json", "Authorization: Bearer 0123\r\n").status, 401);
    assert_eq!(site.ask("/events.json", "Cookie: tidings_token=x\r\n").status, 401);
    assert_eq!(site.get("/events.json?token=x").status, 401);
    assert_eq!(site.ask("/events.json", &format!("Authorization: Bearer {token}\r\n")).status, 200);
    let signed_in = site.get(&format!("/events?type=ACCUSE&token={token}"));
    assert_eq!((signed_in.status, signed_in.header("location")), (303, Some("/events?type=ACCUSE")));
    let cookie = signed_in.header("set-cookie").expect("cookie");
    assert!(cookie.contains("HttpOnly") && cookie.contains("SameSite=Strict"), "{cookie}");
    let cookie = cookie.split(';').next().expect("pair");
    assert_eq!(site.ask("/events.json", &format!("Cookie: a=b; {cookie}\r\n")).status, 200);
    let elsewhere = site.get(&format!("//evil.example/?token={token}"));
    assert_eq!(elsewhere.header("location"), Some("/evil.example/"));
}

#[test]
fn a_server_for_others_does_not_start_without_a_token() {
    let mut options = Options::new(Path::new("none.db").to_owned());
    options.host = "0.0.0.0".parse().expect("address");
    let error = Server::open(options).expect_err("no token");
    assert!(matches!(error, Error::NoToken(_)) && error.to_string().contains("hint: "), "{error}");
}

#[test]
fn a_ledger_that_cannot_be_read_is_told_before_the_first_question() {
    let folder = tempfile::tempdir().expect("folder");
    let path = folder.path().join("x.db");
    assert!(matches!(Server::open(Options::new(path.clone())), Err(Error::Ledger(_))));
    std::fs::write(&path, b"SQLite format 3\0 and no more").expect("written");
    let error = Server::open(Options::new(path)).expect_err("truncated").to_string();
    assert!(error.contains("x.db") && error.contains("hint: "), "{error}");
}
