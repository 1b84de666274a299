//! What is told of, where, and how often.

use serde_json::Value;

use super::server::{Page, found, status};
use super::*;

const FEED: &str = "[watch]\npause = \"0s\"\n[[feed]]\nurl = \"SERVER/feed\"\n";
const CHARGE: &str =
    "<p>Kenya condemned Peru on Tuesday. Norway thanked Iceland on Monday for the boats.</p>";

fn charged() -> Page {
    found(rss(&[("Kenya condemns Peru", "/1", Some(CHARGE))]))
}

/// The alerts that a rule puts into a file.
fn told(rule: &str) -> Vec<Value> {
    let config = format!("{FEED}[[alert]]\nname = \"rule\"\nfile = \"FOLDER/alerts.jsonl\"\n{rule}\n");
    let mut post = Post::new(vec![("/feed", charged())], &config);
    let tally = post.run().expect("runs");
    let text = std::fs::read_to_string(post.path("alerts.jsonl")).unwrap_or_default();
    let alerts: Vec<Value> = text.lines().map(|l| serde_json::from_str(l).expect("JSON")).collect();
    assert_eq!(tally.alerts, alerts.len());
    alerts
}

#[test]
fn rules_find_what_they_ask_for_and_nothing_else() {
    for (rule, count) in [
        ("actor = \"KEN\"", 1),
        ("actor = \"PER\"", 1),
        ("source = \"PER\"", 0),
        ("target = \"PER\"", 1),
        ("dyad = [\"PER\", \"KEN\"]", 1),
        ("dyad = [\"PER\", \"NOR\"]", 0),
        ("type = [\"ACCUSE\", \"ASSAULT\"]", 1),
        ("type = [\"ASSAULT\"]", 0),
        ("actor = \"KEN\"\nstatus = [\"denied\"]", 0),
        ("actor = \"KEN\"\nstatus = [\"asserted\"]", 1),
        ("max_score = 0.0", 1),
        ("min_score = 0.0", 1),
        ("actor = \"JPN\"", 0),
    ] {
        let alerts = told(rule);
        assert_eq!(alerts.len(), count, "{rule}: {alerts:?}");
    }
    let alert = &told("source = \"KEN\"")[0];
    assert_eq!(
        (&alert["alert"], &alert["event_type"], &alert["status"]),
        (&"rule".into(), &"ACCUSE".into(), &"asserted".into())
    );
    assert_eq!((&alert["source"], &alert["target"]), (&"Kenya".into(), &"Peru".into()));
    assert!(alert["sentence"].as_str().is_some_and(|s| s.starts_with("Kenya condemned Peru")));
    assert!(alert["url"].as_str().is_some_and(|u| u.ends_with("/1")) && alert["at"].is_string());
}

#[test]
fn an_event_is_told_once_however_many_articles_tell_it() {
    let again = rss(&[
        ("Kenya condemns Peru", "/1", Some(CHARGE)),
        (
            "Nairobi against Lima",
            "/2",
            Some("<p>Kenya condemned Peru on Tuesday, a spokesman said in Nairobi.</p>"),
        ),
    ]);
    let config = format!(
        "{FEED}[[alert]]\nname = \"rule\"\nfile = \"FOLDER/alerts.jsonl\"\nsource = \"KEN\"\ntype = [\"ACCUSE\"]\nstatus = [\"asserted\"]\n"
    );
    let mut post = Post::new(vec![("/feed", Page::Course(vec![charged(), found(again)]))], &config);
    assert_eq!(post.run().expect("runs").alerts, 1);
    post.pass(31);
    let tally = post.run().expect("runs");
    let text = std::fs::read_to_string(post.path("alerts.jsonl")).expect("alerts");
    let events: std::collections::BTreeSet<String> = text
        .lines()
        .map(|l| serde_json::from_str::<Value>(l).expect("JSON")["event_id"].to_string())
        .collect();
    assert_eq!(tally.new, 1);
    assert_eq!(events.len(), text.lines().count(), "no event twice: {text}");
}

#[test]
fn a_webhook_that_fails_is_tried_again_and_hears_it_once() {
    let config = format!("{FEED}[[alert]]\nname = \"rule\"\nwebhook = \"SERVER/hook\"\nsource = \"KEN\"\n");
    let pages = vec![
        ("/feed", Page::Course(vec![charged(), status("304 Not Modified")])),
        ("/hook", Page::Course(vec![status("503 Service Unavailable"), status("204 No Content")])),
    ];
    let mut post = Post::new(pages, &config);
    assert_eq!(post.run().expect("runs").alerts, 0);
    assert!(
        post.world.notes.iter().any(|n| n.contains("the server says 503; it will be tried again")),
        "{:?}",
        post.world.notes
    );
    post.pass(2);
    assert_eq!(post.run().expect("runs").alerts, 1);
    post.pass(60);
    assert_eq!(post.run().expect("runs").alerts, 0);
    let posted: Vec<_> =
        post.server.requests().into_iter().filter(|r| r.line.starts_with("POST /hook")).collect();
    assert_eq!(posted.len(), 2);
    let alert: Value = serde_json::from_str(&posted[1].body).expect("JSON");
    assert_eq!(alert["event_type"], "ACCUSE");
    assert_eq!(posted[1].field("content-type"), Some("application/json"));
}

#[test]
fn a_private_webhook_needs_a_word_of_its_own() {
    let hook = server::Server::start(vec![("/hook", status("204 No Content"))]);
    let rule =
        format!("[[alert]]\nname = \"rule\"\nwebhook = \"http://{}/hook\"\nsource = \"KEN\"\n", hook.address);
    let mut post = Post::new(vec![("/feed", charged())], &format!("{FEED}{rule}"));
    assert_eq!(post.run().expect("runs").alerts, 0);
    assert!(
        hook.requests().is_empty() && post.world.notes.iter().any(|n| n.contains("is not public")),
        "{:?}",
        post.world.notes
    );
    let mut post = Post::new(vec![("/feed", charged())], &format!("{FEED}{rule}private_webhook = true\n"));
    assert_eq!(post.run().expect("runs").alerts, 1);
    assert_eq!(hook.count("POST /hook"), 1);
}

#[test]
fn alerts_are_a_feed_that_can_be_read() {
    let config = format!("{FEED}[[alert]]\nname = \"rule\"\nfeed = \"FOLDER/alerts.atom\"\n");
    let mut post = Post::new(vec![("/feed", charged())], &config);
    let tally = post.run().expect("runs");
    let feed = std::fs::read(post.path("alerts.atom")).expect("a feed");
    let items = tidings_readers::feed(&feed, None).expect("can be read").items;
    assert_eq!(items.len(), tally.alerts);
    assert!(
        items.iter().any(|i| i.fields.title.as_deref().is_some_and(|t| t.contains("Kenya → Peru: ACCUSE")))
    );
}

#[test]
fn a_dyad_whose_score_changes_is_told_once_a_period() {
    let report = |n: usize, day: &str, verb: &str| {
        format!(
            "<item><title>Report {n}</title><link>/{n}</link><guid isPermaLink='false'>{n}</guid><pubDate>{day} Mar 2026 10:00:00 GMT</pubDate>\
             <content:encoded xmlns:content='http://purl.org/rss/1.0/modules/content/'>&lt;p&gt;Kenya {verb} Peru on {day} March 2026, officials said in report {n}.&lt;/p&gt;</content:encoded></item>"
        )
    };
    let feed = |items: String| {
        found(format!("<rss version='2.0'><channel><title>Delta</title>{items}</channel></rss>"))
    };
    let before = [(1, "1", "praised"), (2, "2", "thanked")].map(|(n, d, v)| report(n, d, v)).concat();
    let after = [(3, "3", "condemned"), (4, "4", "condemned")].map(|(n, d, v)| report(n, d, v)).concat();
    let config = format!(
        "{FEED}[[alert]]\nname = \"turn\"\nfile = \"FOLDER/alerts.jsonl\"\ndyad = [\"KEN\", \"PER\"]\n\
         score_change = {{ by = 2.0, days = 2, at_least = 1 }}\n"
    );
    let pages = vec![(
        "/feed",
        Page::Course(vec![feed(before.clone()), feed(before + &after), status("304 Not Modified")]),
    )];
    let mut post = Post::new(pages, &config);
    assert_eq!(post.run().expect("runs").alerts, 0, "{:?}", post.world.notes);
    post.pass(31);
    assert_eq!(post.run().expect("runs").alerts, 1, "{:?}", post.world.notes);
    let text = std::fs::read_to_string(post.path("alerts.jsonl")).expect("alerts");
    let alert: Value = serde_json::from_str(text.trim()).expect("JSON");
    assert!(alert["summary"].as_str().is_some_and(|s| s.contains("went down from")), "{alert}");
    assert!(alert["score"].as_f64() < alert["score_before"].as_f64());
    post.pass(31);
    assert_eq!(post.run().expect("runs").alerts, 0);
}
