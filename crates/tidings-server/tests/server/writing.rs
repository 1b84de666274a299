//! Changes over HTTP.

use super::harness::Site;
use tidings::Engine;
use tidings_server::{Own, Writing};

const TEXT: &str = "DAKAR, 9 March 2026 (Coast Daily) - Senegal condemned Mali on Monday.";

fn body() -> String {
    serde_json::json!({ "text": TEXT, "outlet": "Coast Daily", "published": "2026-03-09" }).to_string()
}

fn writing() -> Site {
    Site::with(|options| {
        let engine = Engine::new().expect("engine");
        let folder = Some(options.ledger.with_file_name("mine"));
        options.writing = Some(Writing { engine, own: Own::default(), folder });
    })
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

/// The report of the accusation in the first article.
fn report(site: &Site) -> String {
    let rows = site.get("/reports.json?type=ACCUSE&source=NER").rows();
    rows[0]["report_id"].as_str().expect("id").to_owned()
}

#[test]
fn a_correction_becomes_a_rule_after_a_look_at_what_else_changes() {
    let site = writing();
    let draft = site.get(&format!("/rules/draft.json?report={}&type=THREATEN", report(&site)));
    assert_eq!((draft.status, draft.json()["kind"].as_str()), (200, Some("rule")), "{draft:?}");
    let toml = draft.json()["toml"].as_str().expect("toml").to_owned();
    let lesson = serde_json::json!({ "kind": "rule", "toml": toml, "name": "accuse", "coder": "Ana" });
    let preview = site.post("/rules/preview", &lesson.to_string(), "").json();
    assert_eq!(preview["tests"][0]["passed"].as_bool(), Some(true), "{preview}");
    let changes = preview["changes"].as_array().expect("changes");
    assert!(changes.iter().any(|c| c["after"]["type"] == "THREATEN"), "{preview}");
    let saved = site.post("/rules", &lesson.to_string(), "");
    assert_eq!((saved.status, saved.json()["file"].as_str()), (201, Some("rules/accuse.toml")), "{saved:?}");
    let kept = std::fs::read_to_string(site.ledger().with_file_name("mine/rules/accuse.toml")).expect("kept");
    assert!(kept.starts_with("# Saved from a correction by Ana.\n") && kept.contains(&toml), "{kept}");
    assert_eq!(site.post("/rules", &lesson.to_string(), "").status, 400, "the same words twice");
    let text = "LIMA, 9 March 2026 (Coast Daily) - Peru accused Chile on Monday of shelling a village.";
    let body = serde_json::json!({ "text": text, "published": "2026-03-09" }).to_string();
    assert_eq!(site.post("/documents", &body, "").status, 201);
    let found = site.get("/events.json?source=PER&type=THREATEN").rows();
    assert_eq!(found.len(), 1, "new documents are coded by the rule");
}

#[test]
fn an_actor_is_saved_when_its_test_passes_and_not_before() {
    let site = writing();
    let from = format!("/rules/draft.json?report={}&name=Zinder&country=NER&sectors=gov", report(&site));
    let draft = site.get(&from).json();
    assert!(
        draft["toml"].as_str().is_some_and(|t| t.contains("country = \"NER\"\nsectors = [\"GOV\"]")),
        "{draft}"
    );
    let lesson = |toml: &str, name: &str| {
        serde_json::json!({ "kind": "actor", "toml": toml, "name": name }).to_string()
    };
    let wrong = "[[actor]]\nname = \"River League\"\ncountry = \"NER\"\ntest = [\"Niger condemned Chad.\"]\n";
    let refused = site.post("/rules", &lesson(wrong, "league"), "");
    assert_eq!(refused.status, 409, "{refused:?}");
    let right = wrong.replace("Niger condemned Chad.", "The River League condemned Chad.");
    assert_eq!(site.post("/rules", &lesson(&right, "league"), "").status, 201);
}

#[test]
fn lessons_that_are_wrong_are_told_with_their_line() {
    let site = writing();
    for (toml, name, status, word) in [
        ("type = ", "a", 400, "1:"),
        ("type = \"SHOUT\"\n[[trigger]]\n", "a", 400, "SHOUT"),
        ("", "../../etc/x", 400, "name"),
        ("", "A b", 400, "name"),
    ] {
        let body = serde_json::json!({ "kind": "rule", "toml": toml, "name": name }).to_string();
        let answer = site.post("/rules", &body, "");
        assert!(answer.status == status && answer.body.contains(word), "{toml} {name}: {answer:?}");
    }
    assert_eq!(site.get("/rules/draft.json?report=none&type=AID").status, 404);
    assert_eq!(Site::start().get("/rules/draft.json?report=none&type=AID").status, 403);
}

#[test]
fn a_report_that_is_corrected_keeps_what_was_said_before_and_can_be_put_back() {
    let site = writing();
    let report = report(&site);
    let review = |more: serde_json::Value| {
        let mut body = serde_json::json!({ "coder": "Ana", "report_id": report });
        body.as_object_mut().expect("object").extend(more.as_object().expect("object").clone());
        site.post("/reviews", &body.to_string(), "")
    };
    let wrong = review(serde_json::json!({ "verdict": "correct", "field": "status", "value": "perhaps" }));
    assert!(wrong.status == 400 && wrong.json()["hint"].is_string(), "{wrong:?}");
    let given = review(serde_json::json!({ "verdict": "correct", "field": "status", "value": "alleged" }));
    assert_eq!((given.status, given.json()["value_before"].as_str()), (201, Some("asserted")), "{given:?}");
    assert_eq!(site.get("/events.json?type=ACCUSE&source=NER&status=alleged").rows().len(), 1);
    assert_eq!(site.get("/reviews.json").rows().len(), 1);
    let undone = serde_json::json!({ "coder": "Ben", "revision": given.json()["revision"] });
    assert_eq!(site.post("/undo", &undone.to_string(), "").status, 201);
    assert_eq!(site.get("/events.json?type=ACCUSE&source=NER&status=asserted").rows().len(), 1);
    assert!(!site.get("/queue.json?coder=Ben").rows().is_empty());
    assert_eq!(site.get("/agreement.json").status, 200);
}

#[test]
fn events_are_joined_and_parted_by_hand() {
    let site = writing();
    let ids = |question: &str| -> Vec<String> {
        let rows = site.get(&format!("/events.json?{question}")).rows();
        rows.iter().map(|r| r["event_id"].as_str().expect("id").to_owned()).collect()
    };
    let denials = ids("type=REJECT");
    assert!(denials.len() > 1, "{denials:?}");
    let merger = serde_json::json!({ "coder": "Ana", "event_ids": denials, "comment": "one denial" });
    let merged = site.post("/events/merge", &merger.to_string(), "");
    assert_eq!(merged.status, 201, "{merged:?}");
    let one = ids("type=REJECT");
    assert_eq!(one.len(), 1);
    let page = site.get(&format!("/event/{}.json", one[0])).json();
    let last = page["reports"].as_array().and_then(|r| r.last()).expect("reports")["report_id"].clone();
    let division = serde_json::json!({ "coder": "Ana", "report_ids": [last] });
    assert_eq!(site.post("/events/split", &division.to_string(), "").status, 201);
    assert_eq!(ids("type=REJECT").len(), 2);
    let nobody = serde_json::json!({ "coder": " ", "event_ids": one });
    assert_eq!(site.post("/events/merge", &nobody.to_string(), "").status, 400);
}
