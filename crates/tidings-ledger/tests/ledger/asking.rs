//! Questions find what is there, page by page, and hostile ones find nothing and break nothing.

use jiff::Timestamp;
use jiff::civil::date;
use tidings_ledger::{Error, Order, Query};

use crate::harness::{Desk, story};

/// Thirty accusations on thirty days, each about another ferry.
fn desk() -> Desk {
    let mut desk = Desk::new();
    for n in 1..=30_i64 {
        let text = format!("Norway accused Iceland of selling ferry number{n} twice.");
        story(&format!("s{n}"), &text)
            .by(
                if n % 2 == 0 { "Island Post" } else { "Fjord News" },
                &format!("2020-{:02}-{:02}", 1 + n % 3, n.min(28)),
            )
            .event("ACCUSE", "accused", ["NOR", "ISL"], |e| {
                e.status = if n == 7 { "alleged" } else { "asserted" }.to_owned();
                e.trigger[0].text = format!("accused{n}");
                e.plover.score = Some(n as f64);
                if n == 7 {
                    e.attribution.push(tidings_coding::records::AttributionRef {
                        level: 1,
                        by: "NOR".to_owned(),
                        name: Some("Norway".to_owned()),
                        kind: "indirect".to_owned(),
                        ..Default::default()
                    });
                }
            })
            .add_to(&mut desk.ledger, n);
    }
    desk
}

#[test]
fn pages_hold_every_report_once_and_in_order() {
    let desk = desk();
    let mut query = Query { limit: Some(7), order: Order::Oldest, ..Query::default() };
    let mut seen = Vec::new();
    loop {
        let page = desk.ledger.reports(&query).expect("answered");
        seen.extend(page.rows.into_iter().map(|r| (r.event_date, r.report_id)));
        query.after = page.next;
        if query.after.is_none() {
            break;
        }
    }
    assert_eq!(seen.len(), 30);
    assert!(seen.is_sorted_by(|a, b| a.0 <= b.0));
    seen.sort();
    seen.dedup();
    assert_eq!(seen.len(), 30);
}

#[test]
fn filters_find_what_they_say() {
    let desk = desk();
    let reports = |query: Query| desk.ledger.reports(&query).expect("answered").rows.len();
    assert_eq!(reports(Query { outlet: Some("Island Post".into()), ..Query::default() }), 15);
    assert_eq!(
        reports(Query { source: Some("NOR".into()), target: Some("ISL".into()), ..Query::default() }),
        30
    );
    assert_eq!(reports(Query { source: Some("ISL".into()), ..Query::default() }), 0);
    assert_eq!(reports(Query { status: Some("alleged".into()), ..Query::default() }), 1);
    assert_eq!(reports(Query { text: Some("number12".into()), ..Query::default() }), 1);
    assert_eq!(reports(Query { quad: Some(4), ..Query::default() }), 0);
    let february = Query { from: Some(date(2020, 2, 1)), to: Some(date(2020, 2, 29)), ..Query::default() };
    assert_eq!(reports(february), 10);
    let claims = desk.ledger.claims(&Query::default()).expect("answered").rows;
    assert_eq!((claims.len(), claims[0].speaker.as_deref()), (1, Some("Norway")));
    let events =
        desk.ledger.events(&Query { actor: Some("ISL".into()), ..Query::default() }).expect("answered").rows;
    assert!(!events.is_empty() && events.iter().map(|e| e.n_reports).sum::<i64>() == 30);
    let told = desk.ledger.reports_of(&events[0].event_id, &Query::default()).expect("answered").rows;
    assert_eq!(told.len() as i64, events[0].n_reports);
    let post = Query { outlet: Some("Nobody".into()), ..Query::default() };
    assert!(desk.ledger.events(&post).expect("answered").rows.is_empty());
}

#[test]
fn lists_answer() {
    let desk = desk();
    let query = Query::default();
    assert_eq!(desk.ledger.actors(&query).expect("answered").rows.len(), 2);
    assert_eq!(desk.ledger.actors(&query).expect("answered").rows[0].n_documents, 30);
    assert_eq!(desk.ledger.documents(&query).expect("answered").rows.len(), 30);
    let contradictions = desk.ledger.contradictions(&query).expect("answered").rows;
    assert!(contradictions.iter().all(|c| c.level == "event"));
    assert!(desk.ledger.commitments(&query).expect("answered").rows.is_empty());
    let found =
        desk.ledger.search(&Query { text: Some("FERRY number3".into()), ..query }).expect("answered").rows;
    assert_eq!(found.len(), 1);
    assert!(found[0].extract.contains("[ferry] [number3]"), "{}", found[0].extract);
}

#[test]
fn the_past_is_as_it_was() {
    let mut desk = desk();
    let text = "Norway accused Iceland of selling ferry number1 twice.";
    story("s1", text)
        .by("Fjord News", "2020-02-01")
        .engine("newer")
        .event("PROTEST", "accused", ["NOR", "ISL"], |_| {})
        .add_to(&mut desk.ledger, 100);
    let at = |second| Some(Timestamp::from_second(second).expect("time"));
    let count = |kind: &str, as_of| {
        let query = Query { event_type: Some(kind.into()), as_of, ..Query::default() };
        let reports = desk.ledger.reports(&query).expect("answered").rows.len() as i64;
        let events: i64 =
            desk.ledger.events(&query).expect("answered").rows.iter().map(|e| e.n_reports).sum();
        assert_eq!(reports, events);
        reports
    };
    assert_eq!((count("ACCUSE", at(99)), count("PROTEST", at(99))), (30, 0));
    assert_eq!((count("ACCUSE", at(10)), count("ACCUSE", at(0))), (10, 0));
    assert_eq!((count("ACCUSE", None), count("PROTEST", None)), (29, 1));
}

#[test]
fn hostile_values_find_nothing_and_break_nothing() {
    let desk = desk();
    for value in
        ["' OR 1=1 --", "NOR'); DROP TABLE report; --", "\" OR \"\"=\"", "%", "\0", "*", "NEAR(", "title:x"]
    {
        let value = || Some(value.to_owned());
        for query in [
            Query { actor: value(), ..Query::default() },
            Query { status: value(), ..Query::default() },
            Query { place: value(), ..Query::default() },
            Query { outlet: value(), ..Query::default() },
        ] {
            assert!(desk.ledger.reports(&query).expect("answered").rows.is_empty());
            assert!(desk.ledger.events(&query).expect("answered").rows.is_empty());
        }
        match desk.ledger.search(&Query { text: value(), ..Query::default() }) {
            Ok(page) => assert!(page.rows.is_empty()),
            Err(error) => assert!(matches!(error, Error::Question { .. }), "{error}"),
        }
        let wrong = desk.ledger.reports(&Query { after: value(), ..Query::default() });
        assert!(matches!(wrong, Err(Error::Question { .. })));
    }
    desk.ledger.check().expect("whole");
}

#[test]
fn a_million_characters_are_refused_at_once() {
    let desk = desk();
    let long = || Some("x".repeat(1_000_000));
    for query in [
        Query { text: long(), ..Query::default() },
        Query { actor: long(), ..Query::default() },
        Query { after: long(), ..Query::default() },
    ] {
        assert!(matches!(desk.ledger.events(&query), Err(Error::Question { .. })));
    }
    assert!(matches!(
        desk.ledger.search(&Query { text: long(), ..Query::default() }),
        Err(Error::Question { .. })
    ));
}
