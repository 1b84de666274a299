//! People correct, reject, split and merge by the command line, and take it back.

use crate::harness::{DAY, Folder, Outcome, REPORT, tidings};

struct Desk {
    _folder: Folder,
    ledger: String,
}

impl Desk {
    fn new() -> Self {
        let folder = Folder::new();
        let ledger = folder.path("news.db").to_str().expect("UTF-8").to_owned();
        let report = folder.file("report.txt", REPORT);
        tidings(&["add", &report, "--date", DAY, "--outlet", "Post", "--ledger", &ledger]).ended(0);
        Self { _folder: folder, ledger }
    }

    fn run(&self, arguments: &[&str]) -> Outcome {
        tidings(&[arguments, &["--ledger", &self.ledger]].concat())
    }

    fn rows(&self, arguments: &[&str]) -> Vec<serde_json::Value> {
        self.run(&[arguments, &["--format", "jsonl"]].concat()).ended(0).json()
    }

    /// The report and the event of Norway and Iceland.
    fn thanks(&self) -> (String, String) {
        let row = self.rows(&["reports", "--source", "NOR"]).remove(0);
        let text = |name: &str| row[name].as_str().expect("text").to_owned();
        (text("report_id"), text("event_id"))
    }

    fn status(&self) -> String {
        self.rows(&["events", "--source", "NOR"])[0]["status"].as_str().expect("text").to_owned()
    }
}

/// The number of the revision that an outcome names for `tidings undo`.
fn revision(outcome: &Outcome) -> String {
    let rest = outcome.talk.split("tidings undo ").nth(1).expect("a way back");
    rest.chars().take_while(char::is_ascii_digit).collect()
}

#[test]
fn a_correction_is_made_shown_and_taken_back() {
    let desk = Desk::new();
    let (report, _) = desk.thanks();
    let correct =
        ["review", "--report", &report, "--verdict", "correct", "--field", "status", "--value", "denied"];
    let tried = desk.run(&[&correct[..], &["--coder", "Ana", "--dry-run"]].concat()).ended(0);
    assert!(tried.talk.contains("nothing was changed") && desk.status() == "asserted");
    let made = desk.run(&[&correct[..], &["--coder", "Ana"]].concat()).ended(0);
    assert_eq!(desk.status(), "denied");
    assert_eq!(desk.rows(&["reviews"])[0]["value_before"], "asserted");
    desk.run(&["undo", &revision(&made), "--coder", "Ana", "--comment", "a slip"]).ended(0);
    assert_eq!(desk.status(), "asserted");
    desk.run(&["reviews"]).ended(1);
    let nameless = desk.run(&correct).ended(2);
    assert!(nameless.talk.contains("--coder"), "{}", nameless.talk);
    let wrong = desk.run(&[&correct[..8], &["gone", "--coder", "Ana"]].concat()).ended(2);
    assert!(wrong.talk.contains("asserted, planned") && wrong.talk.contains("hint:"), "{}", wrong.talk);
}

#[test]
fn two_coders_judge_what_the_queue_gives_them_and_their_agreement_is_told() {
    let desk = Desk::new();
    let queue = |coder: &str| {
        desk.run(&["review", "--queue", "--coder", coder, "--double", "100%", "--format", "jsonl"])
    };
    let ids: Vec<String> = queue("Ana")
        .ended(0)
        .json()
        .iter()
        .map(|r| r["report_id"].as_str().expect("an id").to_owned())
        .collect();
    assert_eq!(ids.len(), 2);
    desk.run(&["agree"]).ended(1);
    for id in &ids {
        desk.run(&["review", "--report", id, "--verdict", "confirm", "--coder", "Ana"]).ended(0);
    }
    queue("Ana").ended(1);
    assert_eq!(queue("Ben").ended(0).json().len(), 2);
    desk.run(&["review", "--report", &ids[0], "--verdict", "confirm", "--coder", "Ben"]).ended(0);
    desk.run(&["review", "--report", &ids[1], "--verdict", "reject", "--coder", "Ben"]).ended(0);
    assert_eq!(desk.rows(&["events"]).len(), 1, "the last verdict holds");
    let agreement = desk.rows(&["agree"]);
    let verdict = agreement.iter().find(|r| r["field"] == "verdict").expect("a row");
    // Four values, one of them "rejected": 1 - 3 * 2 / (2 * 3 * 1) = 0.
    assert_eq!(
        (&verdict["units"], &verdict["same"], &verdict["alpha"]),
        (&2.into(), &0.5.into(), &0.0.into())
    );
    assert!(verdict["note"].as_str().is_some_and(|n| n.contains("fewer than")));
}

#[test]
fn events_are_merged_split_again_and_each_ruling_can_be_taken_back() {
    let desk = Desk::new();
    let (_, thanks) = desk.thanks();
    let other = desk.rows(&["events", "--source", "FRA"])[0]["event_id"].as_str().expect("an id").to_owned();
    let tried = desk.run(&["merge", &thanks, &other, "--dry-run"]).ended(0);
    assert!(
        tried.data.contains("2 reports") && tried.data.contains("is no event any more"),
        "{}",
        tried.data
    );
    assert_eq!(desk.rows(&["events"]).len(), 2);
    let merged = desk.run(&["merge", &thanks, &other, "--coder", "Ana"]).ended(0);
    assert_eq!(desk.rows(&["events"]).len(), 1);
    desk.run(&["undo", &revision(&merged)]).ended(0);
    assert_eq!(desk.rows(&["events"]).len(), 2);
    desk.run(&["merge", &thanks, &other]).ended(0);
    let event = desk.rows(&["events"])[0]["event_id"].as_str().expect("an id").to_owned();
    // The event goes on under the name of the older one; the report of the other leaves it.
    let founder: u64 = event.split_once(':').and_then(|(_, at)| at.parse().ok()).expect("a mark");
    let reports = desk.rows(&["reports", "--order", "oldest"]);
    let leaving = reports.iter().find(|r| r["record"]["trigger"][0]["start"] != founder);
    let report = leaving.expect("another report")["report_id"].as_str().expect("an id").to_owned();
    let split = ["split", &event, "--report", &report, "--coder", "Ana", "--comment", "two things"];
    desk.run(&split).ended(0);
    assert_eq!(desk.rows(&["events"]).len(), 2);
    let history = desk.rows(&["event", &event]).remove(0)["history"].clone();
    let last = history.as_array().and_then(|h| h.last()).expect("a revision").clone();
    assert_eq!((&last["kind"], &last["note"]), (&"split".into(), &"Ana: two things".into()));
    assert!(desk.run(&split).ended(2).talk.contains("is no report of the event"));
    assert!(desk.run(&["undo", "1"]).ended(2).talk.contains("hint:"));
    assert!(desk.run(&["merge", &event, &event]).ended(2).talk.contains("hint:"));
}
