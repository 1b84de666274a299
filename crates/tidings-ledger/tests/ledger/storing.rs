//! What goes in comes out, once.

use tidings_coding::records::{Commitment, Contradiction, Event, QuoteRecord, Record, RelationRecord};
use tidings_ledger::Added;

use crate::harness::{Desk, Story, actor, date, killed, place, story};

const FERRY: &str = "Norway accused Iceland of holding back a ferry on Monday. The ferry company of the northern \
    islands said that it would stop its night service for three weeks, since two of its boats have to be repaired \
    after the storm of last week. The governor asked the navy to carry the mail from Thursday on.";

fn ferry() -> Story {
    story("ferry", FERRY).by("Island Post", "2020-03-02").title("A quarrel").event(
        "ACCUSE",
        "accused",
        ["NOR", "ISL"],
        |event| {
            event.place = Some(place("Bergen", "NOR", 3_161_732));
            event.casualties = Some(killed(2));
            event.about = vec![actor("Q7")];
        },
    )
}

#[test]
fn a_record_comes_back_as_it_went_in() {
    let mut desk = Desk::new();
    let ferry = ferry();
    let Added::New { document_id, copy_of: None, reports: 1 } = desk.add(&ferry) else { panic!("new") };
    assert_eq!(document_id, desk.query::<String>("SELECT substr(sha256, 1, 16) FROM document"));
    let record: String = desk.query("SELECT record FROM report");
    let back: Event = serde_json::from_str(&record).expect("a record");
    assert_eq!(Some(&back), ferry.report().events().next());
    let fields: String = desk.query(
        "SELECT group_concat(v, '|') FROM (SELECT event_type || status || event_date || place || killed || trigger \
         AS v FROM report)",
    );
    assert_eq!(fields, "ACCUSEasserted2020-03-02Bergen2accused");
    let sides: String = desk.query(
        "SELECT group_concat(side || ':' || entity, ' ') FROM report_actor JOIN actor ON actor.id = actor",
    );
    let mut sides: Vec<&str> = sides.split(' ').collect();
    sides.sort_unstable();
    assert_eq!(sides, ["about:Q7", "source:NOR", "target:ISL"]);
    assert_eq!(desk.query::<String>("SELECT text FROM document"), FERRY);
    let found: i64 =
        desk.query("SELECT count(*) FROM document_text WHERE document_text MATCH 'quarrel AND ferry'");
    assert_eq!(found, 1);
    desk.ledger.check().expect("whole");
}

#[test]
fn quotes_commitments_relations_and_contradictions_are_kept() {
    let mut desk = Desk::new();
    let ferry = ferry();
    let words = ferry.words("stop its night service");
    let ferry = ferry
        .record(Record::Quote(QuoteRecord {
            id: "Q01".into(),
            words: words.clone(),
            speaker: Some("NOR".into()),
            ..Default::default()
        }))
        .record(Record::Commitment(Commitment {
            id: "C01".into(),
            obligation: "carry the mail".into(),
            parties: vec![actor("NOR-navy")],
            deadline: Some(date("2020-04-01")),
            ..Default::default()
        }))
        .record(Record::Relation(RelationRecord {
            id: "R01".into(),
            kind: "rival".into(),
            ..Default::default()
        }))
        .record(Record::Contradiction(Contradiction {
            id: "X01".into(),
            a: words.clone(),
            b: words,
            ..Default::default()
        }));
    desk.add(&ferry);
    let text: String = desk.query(
        "SELECT quote.text || '/' || entity || '/' || deadline || '/' || relation.kind || '/' || contradiction.a \
         FROM quote JOIN actor ON actor.id = speaker, commitment, relation, contradiction",
    );
    assert_eq!(text, "stop its night service/NOR/2020-04-01/rival/stop its night service");
    assert_eq!(
        desk.query::<String>("SELECT entity FROM commitment_party JOIN actor ON actor.id = actor"),
        "NOR-navy"
    );
}

#[test]
fn the_same_words_are_stored_once_with_every_place_where_they_came_out() {
    let mut desk = Desk::new();
    desk.add(&ferry());
    assert!(matches!(desk.add(&ferry()), Added::Known { .. }));
    assert!(matches!(desk.add(&ferry().by("Fjord News", "2020-03-01")), Added::PublishedAgain { .. }));
    let counts: String = desk.query(
        "SELECT (SELECT count(*) FROM document) || (SELECT count(*) FROM report) || (SELECT count(*) FROM publication)",
    );
    assert_eq!(counts, "112");
    assert_eq!(desk.query::<String>("SELECT published FROM document"), "2020-03-01");
}

#[test]
fn nearly_the_same_words_are_a_copy_of_the_first() {
    let mut desk = Desk::new();
    let Added::New { document_id, .. } = desk.add(&ferry()) else { panic!("new") };
    let copy = story("copy", &format!("{FERRY} More in our evening edition.")).by("Fjord News", "2020-03-02");
    assert!(matches!(desk.add(&copy), Added::New { copy_of: Some(of), .. } if of == document_id));
    let other =
        story("other", "The harbour of Bergen will get a new lighthouse, which the council has paid for.");
    assert!(matches!(desk.add(&other), Added::New { copy_of: None, .. }));
    assert_eq!(desk.query::<String>("SELECT group_concat(family, ' ') FROM document"), "1 1 3");
}

#[test]
fn another_engine_gives_a_new_coding_and_the_old_one_stays() {
    let mut desk = Desk::new();
    ferry().add_to(&mut desk.ledger, 100);
    let newer = story("ferry", FERRY).by("Island Post", "2020-03-02").engine("tidings 0.2.0").event(
        "THREATEN",
        "accused",
        ["NOR", "ISL"],
        |_| {},
    );
    assert!(matches!(newer.add_to(&mut desk.ledger, 200), Added::Recoded { reports: 1, .. }));
    assert!(matches!(newer.add_to(&mut desk.ledger, 300), Added::Known { .. }));
    let types: String = desk.query(
        "SELECT group_concat(event_type || ifnull(until, '-'), ' ') FROM (SELECT * FROM report ORDER BY id)",
    );
    assert_eq!(types, "ACCUSE2 THREATEN-");
    let ids: String =
        desk.query("SELECT group_concat(substr(report_id, 17), ' ') FROM (SELECT * FROM report ORDER BY id)");
    assert_eq!(ids, "-1-E01 -2-E01");
}

#[test]
fn hostile_text_stays_text() {
    let mut desk = Desk::new();
    let text = "Norway'); DROP TABLE document;-- accused <script>alert(1)</script> \u{202e} \u{0} Iceland\" OR \"1\"=\"1.";
    let hostile = story("'; DROP TABLE report; --", text)
        .by("\"); DELETE FROM actor; --", "2020-01-01")
        .event("ACCUSE", "accused", ["NOR'; DROP TABLE actor;--", "ISL"], |_| {});
    desk.add(&hostile);
    assert_eq!(desk.query::<String>("SELECT text FROM document"), text);
    assert_eq!(desk.query::<i64>("SELECT count(*) FROM actor"), 2);
    desk.ledger.check().expect("whole");
}

#[test]
fn an_empty_text_and_a_very_long_one_are_stored() {
    let mut desk = Desk::new();
    desk.add(&story("empty", ""));
    desk.add(&story("long", &"Norway thanked Iceland for the ferry. ".repeat(30_000)));
    assert_eq!(desk.query::<i64>("SELECT count(*) FROM document"), 2);
    desk.ledger.check().expect("whole");
}
