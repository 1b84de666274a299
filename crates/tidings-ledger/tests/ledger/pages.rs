//! The pages of one event, document, actor and commitment, now and as of any day.

use jiff::Timestamp;
use tidings_coding::records::{AttributionRef, Commitment, Contradiction, Record, Words};
use tidings_ledger::{Added, Ledger, Order, Period, Query};

use crate::harness::{Desk, Story, actor, date, killed, place, story};

fn at(second: i64) -> Query {
    Query { as_of: Some(Timestamp::from_second(second).expect("time")), ..Query::default() }
}

/// The same shelling, as three articles tell it on three days.
fn shelling(name: &str, text: &str, day: &str, status: &str, speaker: Option<&str>, dead: u64) -> Story {
    story(name, text).by(&format!("Post of {name}"), day).event("ASSAULT", "shelled", ["NOR", "ISL"], |e| {
        e.date = Some(date("2020-03-01"));
        e.place = Some(place("Hofn", "ISL", 7));
        e.status = status.to_owned();
        e.casualties = Some(killed(dead));
        for (level, name) in (1..).zip(speaker) {
            e.attribution.push(AttributionRef {
                level,
                by: "ISL".to_owned(),
                name: Some(name.to_owned()),
                kind: "indirect".to_owned(),
                ..Default::default()
            });
        }
    })
}

fn week() -> [Story; 3] {
    [
        shelling(
            "Monday",
            "Norway shelled Hofn, Iceland said on Monday.",
            "2020-03-02",
            "alleged",
            Some("Iceland"),
            4,
        ),
        shelling(
            "Tuesday",
            "It is not so that Norway shelled Hofn, Norway said.",
            "2020-03-03",
            "denied",
            Some("Norway"),
            4,
        ),
        shelling(
            "Friday",
            "Norway shelled Hofn on Sunday, and the port is shut.",
            "2020-03-06",
            "asserted",
            None,
            6,
        ),
    ]
}

fn desk() -> Desk {
    let mut desk = Desk::new();
    for (second, story) in (1..).zip(week()) {
        story.add_to(&mut desk.ledger, second * 10);
    }
    desk
}

fn event_id(desk: &Desk) -> String {
    desk.query("SELECT event_id FROM event ORDER BY id")
}

#[test]
fn a_claim_is_alleged_on_monday_denied_on_tuesday_and_confirmed_on_friday() {
    let desk = desk();
    let page = desk.ledger.event(&event_id(&desk), &Query::default()).expect("answered").expect("there");
    let course: Vec<String> = page
        .course
        .iter()
        .map(|s| {
            format!(
                "{} {} {}",
                s.published.as_deref().unwrap_or("-"),
                s.turn,
                s.speaker.as_deref().unwrap_or("-")
            )
        })
        .collect();
    assert_eq!(course, ["2020-03-02 alleged Iceland", "2020-03-03 denied Norway", "2020-03-06 confirmed -"]);
    let fields: Vec<&str> = page.disagreements.iter().map(|d| d.field.as_str()).collect();
    assert_eq!(fields, ["killed", "status"]);
    assert_eq!(
        (page.reports.len() as i64, page.reports[0].source.as_deref()),
        (page.event.n_reports, Some("NOR"))
    );
    assert!(page.reports[1].link.is_array() && page.reports[0].link.is_null());
    assert_eq!(page.reports[0].record["plover"]["event"], "ASSAULT");
    let history: Vec<(&str, i64)> = page.history.iter().map(|h| (h.kind.as_str(), h.n_reports)).collect();
    assert_eq!(history, [("add", 1), ("add", 2), ("add", 3)]);
}

#[test]
fn agency_copy_of_a_claim_is_told_apart_from_another_article_that_repeats_it() {
    let mut desk = Desk::new();
    let long = "Norway shelled Hofn, Iceland said on Monday. The mayor of the town asked the fishermen to stay in the \
        harbour until the navy has looked at every boat, and the ferry company stopped its service for a week.";
    for (n, (name, text)) in (1..).zip([
        ("Agency", long.to_owned()),
        ("Echo", format!("{long} More tonight.")),
        ("Other", "In Hofn they say that Norway shelled the town, Iceland repeated.".to_owned()),
    ]) {
        shelling(name, &text, &format!("2020-03-0{}", n + 1), "alleged", Some("Iceland"), 4)
            .add_to(&mut desk.ledger, n);
    }
    let page = desk.ledger.event(&event_id(&desk), &Query::default()).expect("answered").expect("there");
    let turns: Vec<&str> = page.course.iter().map(|s| s.turn.as_str()).collect();
    assert_eq!(turns, ["alleged", "copied", "restated"]);
    let document = desk.ledger.document(&page.course[0].document_id, &Query::default()).expect("answered");
    let copies = document.expect("there").copies;
    assert_eq!((copies.len(), copies[0].copy_of.as_ref()), (1, Some(&page.course[0].document_id)));
    assert!(copies[0].likeness.is_some_and(|l| l > 0.8));
}

#[test]
fn an_event_of_the_past_has_the_reports_links_and_outlets_of_then() {
    let mut desk = desk();
    let id = event_id(&desk);
    week()[0].clone().by("Late Echo", "2020-03-01").add_to(&mut desk.ledger, 40);
    let last = desk.query::<String>("SELECT report_id FROM report WHERE status = 'asserted'");
    desk.ledger
        .split(&[&last], Some("another night"), Timestamp::from_second(50).expect("time"))
        .expect("split");
    let page = |query: &Query| desk.ledger.event(&id, query).expect("answered");
    assert!(page(&at(5)).is_none());
    let then = page(&at(25)).expect("there");
    assert_eq!((then.reports.len(), then.course.len(), then.history.len()), (2, 2, 2));
    assert_eq!(then.reports[0].outlets.as_deref(), Some("Post of Monday"));
    let before = page(&at(45)).expect("there");
    assert_eq!(before.reports[0].outlets.as_deref(), Some("Late Echo; Post of Monday"));
    assert_eq!(before.reports[0].published.as_deref(), Some("2020-03-01"));
    assert_eq!(page(&at(35)).expect("there").reports[0].published.as_deref(), Some("2020-03-02"));
    assert_eq!(before.reports.len(), 3);
    let now = page(&Query::default()).expect("there");
    assert_eq!(now.reports.len(), 2);
    assert_eq!(
        now.history.last().map(|h| (h.kind.as_str(), h.note.as_deref())),
        Some(("split", Some("another night")))
    );
    for (query, linked) in [(at(35), true), (Query::default(), true)] {
        let reports = desk.ledger.reports(&query).expect("answered").rows;
        assert_eq!(reports.iter().any(|r| r.link.is_array()), linked);
    }
    let oldest = Query { order: Order::Oldest, ..at(25) };
    let claims = desk.ledger.claims(&oldest).expect("answered").rows;
    assert_eq!(claims.iter().map(|c| c.n_reports).collect::<Vec<_>>(), [Some(2), Some(2)]);
    assert_eq!(claims[0].chain.as_deref(), Some("outlet > Iceland"));
    assert_eq!(claims[0].event_id.as_deref(), Some(id.as_str()));
}

#[test]
fn the_id_of_an_event_that_was_merged_leads_to_the_one_it_went_up_in() {
    let mut desk = desk();
    let other = story("e", "Danes protested before the Swedish embassy.")
        .by("Sound Times", "2020-03-02")
        .event("PROTEST", "protested", ["DNK", "SWE"], |_| {});
    other.add_to(&mut desk.ledger, 40);
    let (first, last): (String, String) =
        (event_id(&desk), desk.query("SELECT event_id FROM event ORDER BY id DESC"));
    desk.ledger.merge(&[&first, &last], None, Timestamp::from_second(50).expect("time")).expect("merged");
    let page = desk.ledger.event(&last, &Query::default()).expect("answered").expect("there");
    assert_eq!((page.event.event_id, page.reports.len()), (first.clone(), 4));
    let then = desk.ledger.event(&last, &at(45)).expect("answered").expect("there");
    assert_eq!((then.event.event_id, then.reports.len()), (last, 1));
    for id in ["nothing", "'; DROP TABLE event; --", "", &"x".repeat(1_000_000)] {
        assert!(desk.ledger.event(id, &Query::default()).expect("answered").is_none());
        assert!(desk.ledger.document(id, &Query::default()).expect("answered").is_none());
        assert!(desk.ledger.actor(id, &Query::default(), Period::Month).expect("answered").is_none());
        assert!(desk.ledger.commitment(id, &Query::default()).expect("answered").is_none());
    }
}

#[test]
fn contradictions_between_reports_and_within_articles_name_their_sources() {
    let mut desk = desk();
    let text = "Four died in the raid, Iceland said. Norway said that two died.";
    let raid =
        story("count", text).by("Fjord News", "2020-05-01").event("ASSAULT", "raid", ["NOR", "ISL"], |_| {});
    let (a, b) = (raid.words("Four"), raid.words("two"));
    let clash = Contradiction {
        id: "X01".into(),
        kind: "conflicting_accounts".into(),
        attribute: "number of dead".into(),
        a,
        b,
        explanation: "One source says 4, another 2.".into(),
        resolution: "unresolved: source against source".into(),
        events: vec!["E01".into()],
        ..Contradiction::default()
    };
    raid.record(Record::Contradiction(clash)).add_to(&mut desk.ledger, 40);
    let mut query = Query { limit: Some(1), ..Query::default() };
    let mut rows = Vec::new();
    loop {
        let page = desk.ledger.contradictions(&query).expect("answered");
        rows.extend(page.rows);
        query.after = page.next;
        if query.after.is_none() {
            break;
        }
    }
    let told: Vec<String> = rows.iter().map(|r| format!("{} {} {}", r.level, r.field, r.values)).collect();
    assert_eq!(
        told,
        ["event killed 4; 6", "event status alleged; asserted; denied", "article number of dead Four; two"]
    );
    let killed = &rows[0].accounts;
    assert_eq!((&killed[2]["value"], &killed[2]["outlets"]), (&"6".into(), &"Post of Friday".into()));
    assert_eq!((&killed[0]["speaker"], &killed[0]["report_id"].is_string()), (&"Iceland".into(), &true));
    assert_eq!(rows[1].resolution.as_deref(), Some("the event keeps: denied"));
    let article = &rows[2].accounts;
    assert_eq!((&article[0]["start"], &article[0]["end"]), (&0.into(), &4.into()));
    assert!(article[0]["sentence"].as_str().is_some_and(|s| s.starts_with("Four died")));
    assert!(article[0]["report_id"].is_string());
    let some = |query: Query| desk.ledger.contradictions(&query).expect("answered").rows.len();
    assert_eq!(some(Query { outlet: Some("Fjord News".into()), ..Query::default() }), 1);
    assert_eq!(some(Query { outlet: Some("Post of Friday".into()), ..Query::default() }), 2);
    assert_eq!(some(Query { actor: Some("NOR".into()), ..Query::default() }), 3);
    assert_eq!(some(Query { actor: Some("DNK".into()), ..Query::default() }), 0);
    assert_eq!(some(at(25)), 1);
    for wrong in ["event", "article~x", "1~2", "event~'; DROP TABLE report"] {
        let answer = desk.ledger.contradictions(&Query { after: Some(wrong.into()), ..Query::default() });
        assert!(answer.is_ok() == wrong.starts_with("event~"), "{wrong}");
    }
}

#[test]
fn a_document_shows_its_words_its_records_and_their_events() {
    let mut desk = desk();
    let id: String = desk.query("SELECT document_id FROM document WHERE id = 1");
    week()[0].clone().by("Late Echo", "2020-03-01").add_to(&mut desk.ledger, 40);
    let page = desk.ledger.document(&id, &Query::default()).expect("answered").expect("there");
    assert_eq!(page.text, "Norway shelled Hofn, Iceland said on Monday.");
    let kinds: Vec<&str> = page.records.iter().filter_map(|r| r["record"].as_str()).collect();
    assert_eq!(kinds, ["document", "entity", "entity", "event"]);
    assert_eq!((page.events.len(), page.events[0].name.as_str()), (1, "E01"));
    assert_eq!(page.events[0].event_id.as_deref(), Some(event_id(&desk).as_str()));
    assert_eq!((page.publications.len(), page.document.n_events), (2, 1));
    assert_eq!(page.engine.as_deref(), Some("tidings 0.1.0"));
    let then = desk.ledger.document(&id, &at(15)).expect("answered").expect("there");
    assert_eq!((then.publications.len(), then.document.published.as_deref()), (1, Some("2020-03-02")));
    assert!(desk.ledger.document(&id, &at(5)).expect("answered").is_none());
    assert_eq!(desk.ledger.documents(&at(15)).expect("answered").rows.len(), 1);
    let denied = Query { status: Some("denied".into()), ..Query::default() };
    assert_eq!(desk.ledger.documents(&denied).expect("answered").rows.len(), 1);
}

#[test]
fn an_actor_shows_its_counterparts_and_types() {
    let desk = desk();
    let known = |query: &Query| desk.ledger.actors(query).expect("answered").rows.len();
    assert_eq!((known(&at(5)), known(&at(15)), known(&Query::default())), (0, 2, 2));
    let page = desk.ledger.actor("NOR", &Query::default(), Period::Month).expect("answered").expect("there");
    assert_eq!((page.actor.entity.as_str(), page.types[0].event_type.as_str()), ("NOR", "ASSAULT"));
    let with = &page.counterparts[0];
    assert_eq!((with.entity.as_str(), with.as_source, with.as_target, with.reports), ("ISL", 0, 1, 3));
    assert_eq!(page.series.iter().map(|s| s.events).sum::<i64>(), 1);
}

/// A promise in the words of one article.
fn promise(name: &str, day: &str, text: &str, duty: &str, status: &str) -> Story {
    let told = story(name, text).by(&format!("Post of {name}"), day);
    let words = told.words(duty);
    let sentence = told.words(text);
    told.record(Record::Commitment(Commitment {
        id: "C01".into(),
        sentence: tidings_coding::records::SentenceRef { n: 0, words: sentence },
        parties: vec![actor("NOR-army"), actor("ISL")],
        obligation: duty.into(),
        instrument: Some("the ceasefire agreement".into()),
        violation_condition: Some("any attack on relief ships".into()),
        status: status.into(),
        spans: vec![Words::default(), words],
        ..Commitment::default()
    }))
}

fn pact(desk: &mut Desk, order: [usize; 3]) {
    let told = [
        promise(
            "a",
            "2020-01-01",
            "Under a draft ceasefire agreement Norway is to withdraw from the port of Hofn.",
            "withdraw from the port of Hofn",
            "proposed",
        ),
        promise(
            "b",
            "2020-02-01",
            "The ceasefire agreement obliges Norway to withdraw all troops from the port.",
            "withdraw all troops from the port",
            "in force",
        ),
        promise(
            "c",
            "2020-03-01",
            "Norway must withdraw its troops under the truce by June.",
            "withdraw its troops",
            "in force",
        ),
    ];
    for n in order {
        told[n].add_to(&mut desk.ledger, 10 + n as i64);
    }
}

#[test]
fn a_commitment_is_one_over_many_articles_whatever_the_order_and_has_its_history() {
    for order in [[0, 1, 2], [2, 0, 1], [1, 2, 0]] {
        let mut desk = Desk::new();
        pact(&mut desk, order);
        let rows = desk.ledger.commitments(&Query::default()).expect("answered").rows;
        assert_eq!((rows.len(), rows[0].n_articles), (1, 3), "{order:?}");
        assert_eq!(rows[0].parties.as_deref(), Some("NOR-army; ISL"));
        assert_eq!(
            (rows[0].first_published.as_deref(), rows[0].status.as_str()),
            (Some("2020-01-01"), "in force")
        );
        let page = desk
            .ledger
            .commitment(&rows[0].commitment_id, &Query::default())
            .expect("answered")
            .expect("there");
        let steps: Vec<&str> = page.history.iter().map(|s| s.step.as_str()).collect();
        assert_eq!(steps, ["proposed", "entered", "restated"]);
    }
}

#[test]
fn reports_tell_that_a_commitment_was_broken_or_came_to_its_end() {
    let mut desk = Desk::new();
    pact(&mut desk, [0, 1, 2]);
    let told = |desk: &mut Desk, name: &str, day: &str, text: &str, kind: &str, word: &str, status: &str| {
        story(name, text)
            .by(&format!("Post of {name}"), day)
            .event(kind, word, ["ISL", "NOR-army"], |e| e.status = status.to_owned())
            .add_to(&mut desk.ledger, 50);
    };
    told(
        &mut desk,
        "d",
        "2020-04-01",
        "Iceland accused Norway of breaking the truce.",
        "ACCUSE",
        "accused",
        "asserted",
    );
    told(
        &mut desk,
        "e",
        "2020-04-02",
        "Boats sank in an attack on relief ships, Norway among those at sea.",
        "ASSAULT",
        "attack",
        "asserted",
    );
    told(
        &mut desk,
        "f",
        "2020-04-03",
        "Iceland threatens war if Norway breaks the truce.",
        "THREATEN",
        "threatens",
        "conditional",
    );
    told(
        &mut desk,
        "g",
        "2020-04-04",
        "Iceland scrapped the ceasefire with Norway.",
        "REJECT",
        "scrapped",
        "asserted",
    );
    told(
        &mut desk,
        "h",
        "2020-04-05",
        "Iceland scrapped a ferry line to Norway.",
        "REJECT",
        "scrapped",
        "asserted",
    );
    // Before it was made, and of others: no part of it.
    told(
        &mut desk,
        "i",
        "2019-04-04",
        "Iceland accused Norway of breaking a truce of old.",
        "ACCUSE",
        "accused",
        "asserted",
    );
    let id = desk.ledger.commitments(&Query::default()).expect("answered").rows[0].commitment_id.clone();
    let page = |query: &Query| desk.ledger.commitment(&id, query).expect("answered").expect("there");
    let steps: Vec<String> = page(&Query::default())
        .history
        .iter()
        .map(|s| format!("{} {}", &s.step, s.outlets.as_deref().unwrap_or("-")))
        .collect();
    assert_eq!(
        steps[3..],
        ["alleged_violation Post of d", "confirmed_violation Post of e", "ended Post of g"]
    );
    let accused = &page(&Query::default()).history[3];
    assert_eq!(accused.speaker.as_deref(), Some("ISL"));
    assert_eq!(page(&at(20)).history.len(), 3);
    assert_eq!(page(&at(11)).commitment.n_articles, 2);
    let some = |query: Query| desk.ledger.commitments(&query).expect("answered").rows.len();
    assert_eq!(some(Query { actor: Some("NOR".into()), ..Query::default() }), 1);
    assert_eq!(some(Query { actor: Some("DNK".into()), ..Query::default() }), 0);
    assert_eq!(some(Query { outlet: Some("Post of c".into()), ..Query::default() }), 1);
    assert_eq!(some(Query { status: Some("ended".into()), ..Query::default() }), 0);
}

#[test]
fn a_commitment_that_a_newer_engine_no_longer_finds_is_gone_and_its_others_stay() {
    let mut desk = Desk::new();
    pact(&mut desk, [0, 1, 2]);
    let text = "Under a draft ceasefire agreement Norway is to withdraw from the port of Hofn.";
    let recoded = story("a", text).by("Post of a", "2020-01-01").engine("tidings 2");
    assert!(matches!(recoded.add_to(&mut desk.ledger, 60), Added::Recoded { .. }));
    let rows = desk.ledger.commitments(&Query::default()).expect("answered").rows;
    assert_eq!(rows.iter().map(|r| r.n_articles).collect::<Vec<_>>(), [2]);
    assert_eq!(desk.ledger.commitments(&at(50)).expect("answered").rows[0].n_articles, 3);
    assert!(Ledger::open_read_only(&desk.path()).is_ok());
}
