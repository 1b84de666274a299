//! Everything that a ledger can be asked, by the command line, over articles that the engine has coded.

use crate::harness::{Folder, example, tidings};

/// Articles of our own over a week, with the day and the outlet: a shelling that is alleged, denied and confirmed, and a
/// truce that is made, recalled and said to be broken.
const WEEK: [(&str, &str, &str); 6] = [
    (
        "2026-11-09",
        "Volta Mail",
        "Togolese troops shelled a market in Aflao on Sunday, Ghana's defence minister, Kofi Adunya, said on Monday.",
    ),
    (
        "2026-11-10",
        "Lagoon Times",
        "Togo on Tuesday denied that its troops had shelled a market in the Ghanaian town of Aflao on Sunday.",
    ),
    (
        "2026-11-13",
        "Coast Courier",
        "Togolese troops shelled a market in the Ghanaian town of Aflao on Sunday, killing three people, United Nations \
         inspectors found on Friday.",
    ),
    (
        "2026-05-13",
        "Gulf Ledger",
        "The government of Yemen and the Houthi rebels signed a ceasefire agreement in Muscat on Wednesday. The agreement \
         obliges the Houthi rebels to withdraw from the port of Hodeidah by 30 June.",
    ),
    (
        "2026-05-18",
        "Red Sea Post",
        "The ceasefire agreement requires the Houthi rebels to withdraw their fighters from the port of Hodeidah, Oman \
         recalled on Monday.",
    ),
    (
        "2026-05-22",
        "Gulf Ledger",
        "Yemen's government accused the Houthi rebels on Friday of violating the ceasefire.",
    ),
];

/// A ledger of the week and of the examples.
struct Desk {
    folder: Folder,
    ledger: String,
}

impl Desk {
    fn of(articles: &[(&str, &str, &str)]) -> Self {
        let folder = Folder::new();
        let ledger = folder.path("news.db").to_str().expect("UTF-8").to_owned();
        let lines: String = articles
            .iter()
            .map(|(day, outlet, text)| {
                serde_json::json!({"text": text, "date": day, "outlet": outlet}).to_string() + "\n"
            })
            .collect();
        let articles = folder.file("week.jsonl", lines);
        tidings(&["add", &articles, "--ledger", &ledger, "--quiet"]).ended(0);
        Self { folder, ledger }
    }

    fn week() -> Self {
        Self::of(&WEEK)
    }

    fn ask(&self, arguments: &[&str]) -> crate::harness::Outcome {
        tidings(&[arguments, &["--ledger", &self.ledger]].concat())
    }

    /// The rows of a list.
    fn rows(&self, arguments: &[&str]) -> Vec<serde_json::Value> {
        self.ask(&[arguments, &["--format", "jsonl"]].concat()).ended(0).json()
    }

    fn event(&self) -> String {
        let events = self.rows(&["events", "--actor", "TGO", "--type", "ASSAULT"]);
        let most = events.iter().max_by_key(|e| e["n_reports"].as_i64()).expect("an event");
        most["event_id"].as_str().expect("an id").to_owned()
    }
}

#[test]
fn what_is_alleged_on_monday_and_denied_on_tuesday_is_confirmed_on_friday() {
    let desk = Desk::week();
    let page = desk.rows(&["event", &desk.event()]).remove(0);
    let course: Vec<String> = page["course"]
        .as_array()
        .expect("a list")
        .iter()
        .map(|s| format!("{} {}", s["published"], s["turn"]).replace('"', ""))
        .collect();
    assert_eq!(course, ["2026-11-09 alleged", "2026-11-10 denied", "2026-11-13 confirmed"]);
    let claims = desk.rows(&["claims", "--type", "ASSAULT", "--actor", "TGO", "--order", "oldest"]);
    let said: Vec<(&str, &str)> = claims
        .iter()
        .map(|c| (c["speaker"].as_str().unwrap_or("-"), c["status"].as_str().unwrap_or("-")))
        .collect();
    assert!(said.contains(&("Kofi Adunya", "alleged")) && said.contains(&("Togo", "denied")), "{said:?}");
    assert!(claims.iter().all(|c| c["chain"].as_str().is_some_and(|c| c.contains(" > "))));
    let clash = desk.rows(&["contradictions", "--actor", "TGO"]);
    assert!(clash.iter().any(|c| c["level"] == "event" && c["field"] == "status"), "{clash:?}");
    let shown = desk.ask(&["event", &desk.event()]).ended(0).data;
    assert!(shown.contains("confirmed") && shown.contains("disagree on"), "{shown}");
}

#[test]
fn a_truce_is_entered_restated_and_said_to_be_broken() {
    let desk = Desk::week();
    let commitments = desk.rows(&["commitments"]);
    assert_eq!((commitments.len(), &commitments[0]["n_articles"]), (1, &2.into()), "{commitments:?}");
    let id = commitments[0]["commitment_id"].as_str().expect("an id");
    let page = desk.rows(&["commitment", id]).remove(0);
    let steps: Vec<&str> =
        page["history"].as_array().expect("a list").iter().filter_map(|s| s["step"].as_str()).collect();
    assert_eq!(steps, ["entered", "restated", "alleged_violation"]);
    assert_eq!(page["history"][2]["speaker"], "Government of Yemen");
    let csv = desk.ask(&["commitment", id, "--format", "csv"]).ended(0).data;
    assert!(csv.lines().count() == 4 && csv.starts_with("published,step,"), "{csv}");
}

#[test]
fn every_question_takes_every_format_that_fits_and_the_same_filters() {
    let desk = Desk::week();
    let examples = example("");
    tidings(&["add", &examples, "--ledger", &desk.ledger, "--quiet"]).ended(0);
    for list in ["events", "reports", "claims", "documents", "actors"] {
        let filters = ["--from", "2026-01-01", "--to", "2026-12-31", "--actor", "TGO", "--status", "alleged"];
        let rows = desk.rows(&[&[list][..], &filters].concat());
        assert!(!rows.is_empty(), "{list}");
        let csv = desk.ask(&[&[list, "--format", "csv"][..], &filters].concat()).ended(0).data;
        assert!(csv.lines().count() > rows.len(), "{list}");
        desk.ask(&[list, "--as-of", "2001-01-01", "--from", "1900-01-01"]).ended(1);
        desk.ask(&[list, "--outlet", "No Such Paper", "--text", "market"]).ended(1);
        let file = desk.folder.path("rows.parquet");
        let file = file.to_str().expect("UTF-8");
        desk.ask(&[list, "--format", "parquet", "--out", file]).ended(0);
        assert!(std::fs::read(file).expect("written").starts_with(b"PAR1"), "{list}");
        assert!(desk.ask(&[list, "--format", "gexf"]).ended(2).talk.contains("hint:"));
    }
    assert!(desk.ask(&["map", "--format", "geojson"]).ended(0).data.contains("FeatureCollection"));
    assert!(desk.ask(&["network", "--format", "gexf"]).ended(0).data.contains("<gexf"));
    assert!(!desk.rows(&["network", "--level", "actor"]).is_empty());
    assert!(desk.ask(&["dyad", "GHA", "TGO", "--by", "week"]).ended(0).data.contains("2026-W46"));
    desk.ask(&["dyad", "GHA", "BRA"]).ended(1);
    assert!(!desk.rows(&["series", "--split", "status", "--normalise", "--text", "market"]).is_empty());
    assert!(desk.ask(&["actor", "TGO"]).ended(0).data.contains("as_source"));
    let found = desk.rows(&["search", "market", "Aflao", "--actor", "TGO", "--status", "denied"]);
    assert_eq!(found.len(), 1);
    let id = found[0]["document_id"].as_str().expect("an id");
    let page = desk.rows(&["document", id]).remove(0);
    assert!(page["records"].as_array().is_some_and(|r| r.len() > 3) && page["engine"].is_string());
    assert!(desk.ask(&["document", id]).ended(0).data.contains("denied that its troops"));
}

#[test]
fn a_list_that_is_cut_says_how_to_go_on() {
    let desk = Desk::week();
    let all = desk.rows(&["reports"]);
    let cut = desk.ask(&["reports", "--limit", "2", "--format", "jsonl"]).ended(0);
    assert_eq!(cut.json(), all[..2]);
    let cursor = cut.talk.split('\'').nth(1).expect("a cursor").to_owned();
    let rest = desk.rows(&["reports", "--after", &cursor]);
    assert_eq!(rest, all[2..]);
}

#[test]
fn what_is_not_there_is_told_with_where_to_look() {
    let desk = Desk::week();
    for page in ["event", "document", "commitment"] {
        let talk = desk.ask(&[page, "'; DROP TABLE report; --"]).ended(2).talk;
        assert!(talk.contains(&format!("tidings {page}s")), "{talk}");
    }
    assert!(desk.ask(&["actor", "nobody\u{1b}[2J"]).ended(2).talk.contains("tidings actors"));
    assert!(desk.ask(&["reports", "--after", "nonsense"]).ended(2).talk.contains("cursor"));
    assert!(desk.ask(&["commitments", "--type", "ASSAULT"]).ended(2).talk.contains("hint:"));
    assert!(desk.ask(&["events", "--quad", "7"]).ended(2).talk.contains("7"));
}
