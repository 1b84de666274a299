//! Rows of other tables stand beside coded reports, once, and their changes are kept.

use jiff::Timestamp;
use jiff::civil::date;
use tidings_ledger::{Error, Foreign, Loaded, Party, Place, Query};

use crate::harness::{Desk, story};

fn party(entity: &str) -> Option<Party> {
    Some(Party {
        entity: entity.to_owned(),
        name: entity.to_owned(),
        country: Some(entity[..3].to_owned()),
        sector: "GOV".to_owned(),
    })
}

fn row(id: &str) -> Foreign {
    Foreign {
        origin: "icews".into(),
        id: id.into(),
        date: Some(date(2019, 5, 7)),
        published: Some(date(2019, 5, 8)),
        url: Some(format!("https://example.org/{}", id.len())),
        outlet: Some("Island Post".into()),
        source: party("NOR"),
        target: party("ISL"),
        event_type: "CONSULT".into(),
        quad_class: 1,
        plover_score: Some(1.0),
        status: "asserted".into(),
        place: Some(Place {
            name: "Bergen".into(),
            country: Some("NOR".into()),
            precision: "city".into(),
            ..Place::default()
        }),
        n_reports: 1,
        n_outlets: 1,
        record: format!("{{\"id\":\"{id}\"}}"),
        ..Foreign::default()
    }
}

fn at(second: i64) -> Timestamp {
    Timestamp::from_second(second).expect("time")
}

fn types(desk: &Desk, query: Query) -> Vec<(String, i64)> {
    let page = desk.ledger.events(&query).expect("answered");
    page.rows.into_iter().map(|e| (e.event_type, e.n_reports)).collect()
}

#[test]
fn the_same_rows_again_change_nothing() {
    let mut desk = Desk::new();
    let rows = [row("1"), row("2"), row("33")];
    let first = desk.ledger.load(&rows, at(1)).expect("loaded");
    assert_eq!(first, Loaded { new: 3, events: 3, ..Loaded::default() });
    let again = desk.ledger.load(&rows, at(2)).expect("loaded");
    assert_eq!(again, Loaded { known: 3, ..Loaded::default() });
    assert_eq!(desk.query::<i64>("SELECT count(*) FROM revision"), 1);
    // Two rows of one address are of one document.
    assert_eq!(desk.query::<i64>("SELECT count(*) FROM document"), 2);
    assert_eq!(types(&desk, Query::default()).len(), 3);
    desk.ledger.check().expect("whole");
}

#[test]
fn a_changed_row_is_a_revision_and_the_past_is_kept() {
    let mut desk = Desk::new();
    desk.ledger.load(&[row("1"), row("2")], at(1)).expect("loaded");
    for (second, kind) in [(10, "ASSAULT"), (20, "PROTEST")] {
        let changed = Foreign { event_type: kind.into(), quad_class: 4, ..row("1") };
        let loaded = desk.ledger.load(&[changed], at(second)).expect("loaded");
        assert_eq!(loaded, Loaded { revised: 1, ..Loaded::default() });
    }
    let then = |second| {
        let mut found = types(&desk, Query { as_of: Some(at(second)), ..Query::default() });
        found.sort();
        found.into_iter().map(|f| f.0).collect::<Vec<_>>().join(" ")
    };
    assert_eq!([then(5), then(15), then(25)], ["CONSULT CONSULT", "ASSAULT CONSULT", "CONSULT PROTEST"]);
    let ids: String =
        desk.query("SELECT group_concat(report_id, ' ') FROM (SELECT * FROM report ORDER BY id)");
    assert_eq!(ids, "icews:1 icews:2 icews:1-2 icews:1-3");
    desk.ledger.check().expect("whole");
}

#[test]
fn two_versions_of_a_row_in_one_batch_leave_the_later_one() {
    let mut desk = Desk::new();
    let changed = Foreign { event_type: "PROTEST".into(), ..row("1") };
    desk.ledger.load(&[row("1"), changed], at(1)).expect("loaded");
    assert_eq!(types(&desk, Query::default()), [("PROTEST".to_owned(), 1)]);
    desk.ledger.check().expect("whole");
}

#[test]
fn an_origin_that_names_its_events_is_believed_and_a_row_may_stand_for_many_reports() {
    let mut desk = Desk::new();
    let of = |id: &str, n| Foreign { event: Some("E9".into()), n_reports: n, n_outlets: 4, ..row(id) };
    let loaded = desk.ledger.load(&[of("1", 5), of("22", 2), row("3")], at(1)).expect("loaded");
    assert_eq!((loaded.new, loaded.events), (3, 2));
    let mut found = types(&desk, Query::default());
    found.sort();
    assert_eq!(found, [("CONSULT".to_owned(), 1), ("CONSULT".to_owned(), 7)]);
    let reasons: String = desk.query("SELECT reasons FROM link");
    assert!(reasons.contains("icews says that both are its event E9"), "{reasons}");
    // By hand they can be taken apart and brought together like others.
    desk.ledger.split(&["icews:22"], None, at(2)).expect("split");
    assert_eq!(types(&desk, Query::default()).len(), 3);
    desk.ledger.merge(&["icews:1", "icews:22", "icews:3"], None, at(3)).expect("merged");
    assert_eq!(types(&desk, Query::default()), [("CONSULT".to_owned(), 8)]);
    desk.ledger.check().expect("whole");
}

#[test]
fn rows_stand_beside_coded_reports() {
    let mut desk = Desk::new();
    desk.ledger.load(&[row("1")], at(1)).expect("loaded");
    desk.add(&story("a", "Norway consulted Iceland.").by("Island Post", "2019-05-08").event(
        "CONSULT",
        "consulted",
        ["NOR", "ISL"],
        |_| {},
    ));
    let query = || Query { source: Some("NOR".into()), ..Query::default() };
    assert_eq!(types(&desk, query()).len(), 2);
    assert_eq!(types(&desk, Query { outlet: Some("Island Post".into()), ..query() }).len(), 2);
    assert_eq!(desk.ledger.reports(&query()).expect("answered").rows.len(), 2);
    assert_eq!(desk.ledger.documents(&Query::default()).expect("answered").rows.len(), 2);
}

#[test]
fn rows_that_no_table_can_mean_are_refused_and_nothing_of_the_batch_is_stored() {
    let mut desk = Desk::new();
    let place = |latitude| Some(Place { latitude: Some(latitude), ..Place::default() });
    let long = || "x".repeat(1_000_000);
    for wrong in [
        Foreign { id: String::new(), ..row("1") },
        Foreign { quad_class: 9, ..row("1") },
        Foreign { place: place(91.0), ..row("1") },
        Foreign { place: place(f64::NAN), ..row("1") },
        Foreign { plover_score: Some(f64::INFINITY), ..row("1") },
        Foreign { record: "{".into(), ..row("1") },
        Foreign { outlet: Some(long()), ..row("1") },
        Foreign { source: Some(Party { entity: long(), ..Party::default() }), ..row("1") },
    ] {
        let error = desk.ledger.load(&[row("2"), wrong], at(1)).expect_err("refused");
        assert!(matches!(error, Error::Question { .. }) && error.to_string().contains("icews:"), "{error}");
    }
    assert_eq!(desk.query::<i64>("SELECT count(*) FROM report"), 0);
    // A long record and markup are no fault.
    let hostile = Foreign {
        record: format!("\"{}\"", long()),
        sentence: Some("<script>'); DROP TABLE report; --".into()),
        ..row("'/\"")
    };
    desk.ledger.load(&[hostile], at(1)).expect("loaded");
    assert_eq!(desk.query::<String>("SELECT report_id FROM report"), "icews:%27%2F%22");
}
