//! People have the last word on a report, nothing of what they change is lost, and all of it can be taken back.

use jiff::Timestamp;
use tidings_ledger::{Error, Query, Queue, Review, ReviewRow, Verdict};

use crate::harness::{Desk, Story, date, story};

const TEXT: &str =
    "Norway accused Iceland of holding back a ferry on Monday. Rebels of Norway raided Hofn at night.";

fn told(engine: &str) -> Story {
    story("a", TEXT)
        .by("Island Post", "2020-03-03")
        .engine(engine)
        .event("ACCUSE", "accused", ["NOR", "ISL"], |_| {})
        .event("ASSAULT", "raided", ["NOR-rebels", "ISL"], |e| {
            e.date = Some(date("2020-03-02"));
            e.confidence = 0.4;
        })
}

fn desk() -> Desk {
    let mut desk = Desk::new();
    told("tidings 1").add_to(&mut desk.ledger, 10);
    desk
}

fn at(second: i64) -> Timestamp {
    Timestamp::from_second(second).expect("time")
}

fn report(desk: &Desk, trigger: &str) -> String {
    desk.query(&format!("SELECT report_id FROM report WHERE trigger = '{trigger}' ORDER BY id DESC"))
}

fn review(coder: &str, report_id: &str, verdict: Verdict) -> Review {
    Review {
        coder: coder.to_owned(),
        report_id: report_id.to_owned(),
        verdict,
        field: None,
        value: None,
        comment: None,
    }
}

fn correct(
    desk: &mut Desk,
    report_id: &str,
    field: &str,
    value: &str,
    second: i64,
) -> Result<ReviewRow, Error> {
    let review = Review {
        field: Some(field.to_owned()),
        value: Some(value.to_owned()).filter(|v| !v.is_empty()),
        ..review("Ana", report_id, Verdict::Correct)
    };
    let made = desk.ledger.review(&review, at(second));
    desk.ledger.check().expect("whole");
    made
}

/// What the raid looks like now, or as of a second.
fn raid(desk: &Desk, as_of: Option<i64>) -> Option<String> {
    let query = Query { as_of: as_of.map(at), ..Query::default() };
    let reports = desk.ledger.reports(&query).expect("answered").rows;
    let raid = reports.into_iter().find(|r| r.sentence.contains("raided"))?;
    let word = |value: Option<String>| value.unwrap_or_else(|| "-".to_owned());
    Some(format!(
        "{} {} {} {} {}",
        raid.event_type,
        raid.status,
        word(raid.source),
        word(raid.target),
        word(raid.event_date)
    ))
}

const RAID: &str = "ASSAULT asserted NOR-rebels ISL 2020-03-02";

#[test]
fn a_correction_makes_another_version_and_the_engines_one_stays() {
    let mut desk = desk();
    let first = report(&desk, "raided");
    let made = correct(&mut desk, &first, "status", "alleged", 20).expect("written");
    assert_eq!((made.value_before.as_deref(), made.value.as_deref()), (Some("asserted"), Some("alleged")));
    assert_eq!(made.holds.as_deref(), Some(format!("{first}.2").as_str()));
    correct(&mut desk, &first, "source", "DNK; SWE", 30).expect("written");
    correct(&mut desk, &first, "date", "2020-03-01", 40).expect("written");
    assert_eq!(raid(&desk, None).as_deref(), Some("ASSAULT alleged Denmark; Sweden ISL 2020-03-01"));
    assert_eq!(raid(&desk, Some(25)).as_deref(), Some("ASSAULT alleged NOR-rebels ISL 2020-03-02"));
    assert_eq!(raid(&desk, Some(15)).as_deref(), Some(RAID));
    let record: serde_json::Value = serde_json::from_str(
        &desk.query::<String>("SELECT record FROM report WHERE until IS NULL AND trigger = 'raided'"),
    )
    .expect("JSON");
    let trail = record["trail"].to_string();
    assert!(trail.contains("corrected by Ana") && trail.contains("asserted"), "{trail}");
    // The chart counts what was corrected, and no longer what was not.
    let dyads = desk.ledger.dyad_months(&Query::default()).expect("answered");
    let dyads: Vec<String> =
        dyads.iter().map(|d| format!("{}>{} {} {}", d.source, d.target, d.status, d.month)).collect();
    assert_eq!(dyads, ["DNK>ISL alleged 2020-03", "NOR>ISL asserted 2020-03", "SWE>ISL alleged 2020-03"]);
    assert_eq!(desk.ledger.reviews(&Query::default()).expect("answered").rows.len(), 3);
    let then = Query { as_of: Some(at(25)), ..Query::default() };
    assert_eq!(desk.ledger.reviews(&then).expect("answered").rows.len(), 1);
}

#[test]
fn a_rejected_report_is_gone_until_somebody_brings_it_back() {
    let mut desk = desk();
    let first = report(&desk, "raided");
    let made = desk.ledger.review(&review("Ana", &first, Verdict::Reject), at(20)).expect("written");
    assert_eq!((made.holds, made.event_id), (None, None));
    assert_eq!(raid(&desk, None), None);
    desk.ledger.check().expect("whole");
    desk.ledger.review(&review("Ben", &first, Verdict::Comment), at(25)).expect("written");
    assert_eq!(raid(&desk, None), None, "a remark brings nothing back");
    desk.ledger.review(&review("Ben", &first, Verdict::Confirm), at(30)).expect("written");
    assert_eq!(raid(&desk, None).as_deref(), Some(RAID));
    assert_eq!(raid(&desk, Some(26)), None);
    desk.ledger.check().expect("whole");
}

#[test]
fn a_newer_engine_does_not_undo_what_people_said() {
    let mut desk = desk();
    let (raided, accused) = (report(&desk, "raided"), report(&desk, "accused"));
    correct(&mut desk, &raided, "status", "alleged", 20).expect("written");
    desk.ledger.review(&review("Ana", &accused, Verdict::Reject), at(25)).expect("written");
    told("tidings 2").add_to(&mut desk.ledger, 30);
    assert_eq!(raid(&desk, None).as_deref(), Some("ASSAULT alleged NOR-rebels ISL 2020-03-02"));
    assert_eq!(desk.ledger.reports(&Query::default()).expect("answered").rows.len(), 1);
    desk.ledger.check().expect("whole");
    // Where the words at that place are others, the verdict does not concern them.
    let other = story("a", TEXT).by("Island Post", "2020-03-03").engine("tidings 3").event(
        "ASSAULT",
        "raided Hofn",
        ["NOR-rebels", "ISL"],
        |e| e.date = Some(date("2020-03-02")),
    );
    other.add_to(&mut desk.ledger, 40);
    assert_eq!(raid(&desk, None).as_deref(), Some(RAID));
    desk.ledger.check().expect("whole");
}

#[test]
fn a_review_is_taken_back_and_given_again() {
    let mut desk = desk();
    let raided = report(&desk, "raided");
    let made = correct(&mut desk, &raided, "type", "protest", 20).expect("written");
    assert_eq!(raid(&desk, None).as_deref(), Some("PROTEST asserted NOR-rebels ISL 2020-03-02"));
    let undone = desk.ledger.undo(made.revision, Some("a slip"), at(30)).expect("undone");
    assert_eq!(raid(&desk, None).as_deref(), Some(RAID));
    assert!(desk.ledger.reviews(&Query::default()).expect("answered").rows.is_empty());
    desk.ledger.undo(undone.revision, None, at(40)).expect("undone");
    assert_eq!(raid(&desk, None).as_deref(), Some("PROTEST asserted NOR-rebels ISL 2020-03-02"));
    assert_eq!(raid(&desk, Some(35)).as_deref(), Some(RAID));
    for revision in [1, 99, made.revision] {
        let error = desk.ledger.undo(revision, None, at(50)).expect_err("refused");
        assert!(matches!(error, Error::Question { .. }), "{error}");
    }
    desk.ledger.check().expect("whole");
}

#[test]
fn values_that_the_codebook_does_not_have_are_refused_with_those_that_it_has() {
    let mut desk = desk();
    let raided = report(&desk, "raided");
    for (field, value, hint) in [
        ("type", "FIGHT", "ASSAULT"),
        ("mode", "singing", "modes are"),
        ("context", "weather", "contexts are"),
        ("status", "sure", "asserted, planned"),
        ("source", "nobody-at-all", "tidings actors"),
        ("target", "'; DROP TABLE report; --", "tidings actors"),
        ("date", "someday", "2026-11-03"),
        ("place", "Qqqzzxx", "as on the map"),
        ("killed", "many", "digits"),
        ("colour", "red", "event_type, mode"),
        ("status", "", "asserted, planned"),
    ] {
        let error = correct(&mut desk, &raided, field, value, 20).expect_err("refused").to_string();
        assert!(error.contains(hint) && error.contains("hint:"), "{field} {value}: {error}");
    }
    assert!(correct(&mut desk, "no-such-report", "status", "denied", 20).is_err());
    assert!(correct(&mut desk, &raided, "status", &"x".repeat(1_000_000), 20).is_err());
    assert!(desk.ledger.review(&review(" ", &raided, Verdict::Confirm), at(20)).is_err());
    assert!(desk.ledger.review(&review("Ana", &raided, Verdict::Correct), at(20)).is_err());
    let field = Review { field: Some("status".into()), ..review("Ana", &raided, Verdict::Reject) };
    assert!(desk.ledger.review(&field, at(20)).is_err());
    assert_eq!(desk.query::<i64>("SELECT count(*) FROM revision"), 1, "nothing was written");
}

#[test]
fn every_field_can_be_corrected_and_emptied() {
    let mut desk = desk();
    let raided = report(&desk, "raided");
    for (field, value, column) in [
        ("mode", "heavy-weapons", "mode"),
        ("context", "military", "context"),
        ("place", "Bergen, NOR", "place || place_country"),
        ("killed", "7", "killed"),
        ("injured", "2", "injured"),
        ("target", "", "(SELECT count(*) FROM report_actor WHERE report = report.id AND side = 'target')"),
        ("place", "", "ifnull(place, '-')"),
        ("date", "", "ifnull(event_date, '-')"),
    ] {
        correct(&mut desk, &raided, field, value, 20).unwrap_or_else(|e| panic!("{field}: {e}"));
        let found: String = desk.query(&format!(
            "SELECT CAST({column} AS TEXT) FROM report WHERE until IS NULL AND trigger = 'raided'"
        ));
        let expected = match (field, value) {
            ("place", "Bergen, NOR") => "BergenNOR",
            ("target", _) => "0",
            (_, "") => "-",
            _ => value,
        };
        assert_eq!(found, expected, "{field}");
    }
}

#[test]
fn the_queue_begins_with_what_is_contradicted_or_least_sure_and_leaves_out_what_was_judged() {
    let mut desk = desk();
    let (raided, accused) = (report(&desk, "raided"), report(&desk, "accused"));
    let queue = |coder: &str, double: f64| Queue { coder: Some(coder.to_owned()), double, limit: 10 };
    let ids = |desk: &Desk, queue: &Queue| -> Vec<String> {
        desk.ledger.queue(queue).expect("answered").into_iter().map(|r| r.report_id).collect()
    };
    assert_eq!(ids(&desk, &queue("Ana", 0.0)), [raided.clone(), accused.clone()]);
    correct(&mut desk, &raided, "status", "alleged", 20).expect("written");
    assert_eq!(ids(&desk, &queue("Ana", 1.0)), std::slice::from_ref(&accused));
    assert_eq!(ids(&desk, &queue("Ben", 0.0)), std::slice::from_ref(&accused));
    // The second coder gets the engine's version, not the first coder's.
    assert_eq!(ids(&desk, &queue("Ben", 1.0)), [raided.clone(), accused.clone()]);
    desk.ledger.review(&review("Ben", &raided, Verdict::Reject), at(30)).expect("written");
    assert_eq!(ids(&desk, &queue("Cleo", 1.0)), [accused]);
    assert!(desk.ledger.queue(&Queue { double: 1.5, ..Queue::default() }).is_err());
}

#[test]
fn coders_agree_field_by_field_on_what_both_have_judged() {
    let mut desk = Desk::new();
    for n in 1..=4 {
        let text = format!("Norway accused Iceland of selling ferry number{n} twice.");
        story(&format!("s{n}"), &text)
            .by("Island Post", "2020-03-02")
            .event("ACCUSE", "accused", ["NOR", "ISL"], |_| {})
            .add_to(&mut desk.ledger, n);
    }
    let ids: Vec<String> = desk
        .ledger
        .reports(&Query::default())
        .expect("answered")
        .rows
        .into_iter()
        .map(|r| r.report_id)
        .collect();
    for id in &ids {
        desk.ledger.review(&review("Ana", id, Verdict::Confirm), at(20)).expect("written");
    }
    // Ben sees two of them otherwise, and one not at all.
    for (id, value) in ids.iter().zip(["alleged", "alleged", "asserted"]) {
        let status = Review {
            field: Some("status".into()),
            value: Some(value.into()),
            ..review("Ben", id, Verdict::Correct)
        };
        desk.ledger.review(&status, at(30)).expect("written");
    }
    let rows = desk.ledger.agreement(&Query::default()).expect("answered");
    let row = |field: &str, level: &str| {
        rows.iter().find(|r| r.field == field && r.level == level).expect("a row").clone()
    };
    let status = row("status", "nominal");
    assert_eq!((status.units, status.coders, status.same), (3, 2, Some(1.0 / 3.0)));
    // Six values, four asserted and two alleged, two units that differ: 1 - 5 * 4 / (2 * 4 * 2) = -0.25.
    assert!(status.alpha.is_some_and(|a| (a + 0.25).abs() < 1e-9), "{status:?}");
    assert!(status.note.as_deref().is_some_and(|n| n.contains("fewer than")));
    let kind = row("event_type", "nominal");
    assert_eq!((kind.alpha, kind.same), (None, Some(1.0)));
    let before = Query { as_of: Some(at(25)), ..Query::default() };
    let rows = desk.ledger.agreement(&before).expect("answered");
    assert!(rows.iter().all(|r| r.units == 0 && r.note.is_some()));
}

#[test]
fn a_rehearsal_changes_nothing() {
    let mut desk = desk();
    let raided = report(&desk, "raided");
    desk.ledger.rehearse(true);
    let other = desk.query::<String>("SELECT event_id FROM event WHERE event_id LIKE '%' ORDER BY id DESC");
    let first = desk.query::<String>("SELECT event_id FROM event ORDER BY id");
    let change = desk.ledger.merge(&[&first, &other], None, at(20)).expect("worked out");
    assert_eq!(change.events, [(first, 2), (other, 0)]);
    let tried = Review {
        field: Some("status".into()),
        value: Some("denied".into()),
        ..review("Ana", &raided, Verdict::Correct)
    };
    let row = desk.ledger.review(&tried, at(20)).expect("worked out");
    assert_eq!((row.value.as_deref(), row.holds), (Some("denied"), Some(format!("{raided}.2"))));
    desk.ledger.rehearse(false);
    assert_eq!(desk.query::<i64>("SELECT count(*) FROM revision"), 1);
    correct(&mut desk, &raided, "status", "alleged", 20).expect("written");
    assert_eq!(desk.query::<i64>("SELECT count(*) FROM revision"), 2);
}
