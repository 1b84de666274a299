//! Reports of one event come together, in whatever order they are added, and people have the last word.

use jiff::Timestamp;
use tidings_ledger::{Added, Error, Ledger};

use crate::harness::{Desk, Story, date, killed, place, story};

/// Reports of two raids and a protest in several outlets, on several days.
fn news() -> Vec<Story> {
    let raid = |name: &str, text: &str, word: &str, outlet: &str, day: &str, dead: u64| {
        story(name, text).by(outlet, day).event("ASSAULT", word, ["NOR-rebels", "ISL"], |e| {
            e.date = Some(date("2020-03-02"));
            e.place = Some(place("Hofn", "ISL", 7));
            e.casualties = Some(killed(dead));
        })
    };
    let later = story("d", "Rebels of Norway shelled an Icelandic village on Saturday.")
        .by("Island Post", "2020-03-08")
        .event("ASSAULT", "shelled", ["NOR-rebels", "ISL"], |e| {
            e.date = Some(date("2020-03-07"));
            e.place = Some(place("Vik", "ISL", 8));
        });
    let protest = story("e", "Danes protested before the Swedish embassy.")
        .by("Sound Times", "2020-03-02")
        .event("PROTEST", "protested", ["DNK", "SWE"], |_| {});
    vec![
        raid(
            "a",
            "Norwegian rebels raided the harbour of Hofn at night.",
            "raided",
            "Island Post",
            "2020-03-03",
            7,
        ),
        raid("b", "Seven died in an attack on the harbour of Hofn.", "attack", "Fjord News", "2020-03-03", 7),
        raid(
            "c",
            "A night raid on Hofn by rebels from Norway killed nine.",
            "raid",
            "Sound Times",
            "2020-03-04",
            9,
        ),
        later,
        protest,
    ]
}

/// Each event as the texts of its triggers, whatever its number.
fn groups(desk: &Desk) -> Vec<String> {
    let all: String = desk.query(
        "SELECT ifnull(group_concat(words, '|'), '') FROM (SELECT group_concat(trigger, '+') AS words FROM \
         (SELECT event, trigger FROM membership JOIN report ON report.id = report WHERE membership.until IS NULL \
         ORDER BY event, trigger) GROUP BY event)",
    );
    let mut groups: Vec<String> = all.split('|').map(str::to_owned).collect();
    groups.sort();
    groups
}

fn desk() -> Desk {
    let mut desk = Desk::new();
    for (second, story) in (1..).zip(news()) {
        story.add_to(&mut desk.ledger, second);
    }
    desk
}

const GROUPED: [&str; 3] = ["attack+raid+raided", "protested", "shelled"];

#[test]
fn reports_of_one_event_come_together_in_any_order() {
    // Each of these steps is prime to five: ten different orders.
    for (first, step) in (0..5).flat_map(|first| [1, 2].map(|step| (first, step))) {
        let stories = news();
        let mut desk = Desk::new();
        for n in 0..stories.len() {
            desk.add(&stories[(first + n * step) % stories.len()]);
        }
        assert_eq!(groups(&desk), GROUPED, "{first} {step}");
        desk.ledger.check().expect("whole");
    }
}

#[test]
fn an_event_counts_its_outlets_and_tells_what_its_reports_disagree_on() {
    let desk = desk();
    let counts: String = desk.query(
        "SELECT n_reports || n_outlets || n_texts || event_date || status FROM event_state \
         WHERE until IS NULL AND n_reports > 1",
    );
    assert_eq!(counts, "3332020-03-02asserted");
    let (field, accounts): (String, String) = (
        desk.query("SELECT field FROM disagreement"),
        desk.query("SELECT accounts FROM disagreement ORDER BY state DESC"),
    );
    let accounts: serde_json::Value = serde_json::from_str(&accounts).expect("JSON");
    assert_eq!(
        (field.as_str(), &accounts[0]["value"], &accounts[1]["value"]),
        ("killed", &"7".into(), &"9".into())
    );
    let reasons: String = desk.query("SELECT reasons FROM link LIMIT 1");
    assert!(reasons.contains("same_type") && reasons.contains("place_same"), "{reasons}");
}

#[test]
fn a_second_outlet_of_the_same_words_counts() {
    let mut desk = desk();
    assert!(matches!(
        desk.add(&news()[4].clone().by("Belt Mail", "2020-03-02")),
        Added::PublishedAgain { .. }
    ));
    let counts: String = desk.query(
        "SELECT n_reports || n_outlets || n_texts FROM event_state WHERE until IS NULL AND event_type = 'PROTEST'",
    );
    assert_eq!(counts, "121");
    desk.ledger.check().expect("whole");
}

#[test]
fn statements_without_a_class_are_no_events() {
    let mut desk = Desk::new();
    desk.add(&story("a", "Norway spoke of Iceland.").event("NONE", "spoke", ["NOR", "ISL"], |_| {}));
    assert_eq!(
        desk.query::<String>("SELECT (SELECT count(*) FROM report) || (SELECT count(*) FROM event)"),
        "10"
    );
    desk.ledger.check().expect("whole");
}

fn report(desk: &Desk, trigger: &str) -> String {
    desk.query(&format!("SELECT report_id FROM report WHERE trigger = '{trigger}' AND until IS NULL"))
}

fn event(desk: &Desk, trigger: &str) -> String {
    desk.query(&format!(
        "SELECT event_id FROM report JOIN membership ON report = report.id AND membership.until IS NULL \
         JOIN event ON event.id = event WHERE trigger = '{trigger}'"
    ))
}

fn now() -> Timestamp {
    Timestamp::from_second(100).expect("time")
}

#[test]
fn what_is_split_by_hand_stays_apart_when_more_comes_and_when_it_is_coded_anew() {
    let mut desk = desk();
    let (raid, kept) = (report(&desk, "raid"), event(&desk, "attack"));
    desk.ledger.split(&[&raid], Some("another harbour"), now()).expect("split");
    assert_eq!(groups(&desk), ["attack+raided", "protested", "raid", "shelled"]);
    assert_eq!(event(&desk, "attack"), kept);
    let more = story("f", "The raiders of Hofn came at night, rebels from Norway said of their raid.")
        .by("Belt Mail", "2020-03-05")
        .event("ASSAULT", "raiders", ["NOR-rebels", "ISL"], |e| {
            e.date = Some(date("2020-03-02"));
            e.place = Some(place("Hofn", "ISL", 7));
        });
    desk.add(&more);
    assert_ne!(event(&desk, "raid"), event(&desk, "attack"));
    news()[2].clone().engine("tidings 9.0.0").add_to(&mut desk.ledger, 200);
    assert_ne!(event(&desk, "raid"), event(&desk, "attack"));
    desk.ledger.check().expect("whole");
    // The past is still what it was: three reports in one event before the ruling.
    let before: i64 = desk.query(&format!(
        "SELECT count(*) FROM membership JOIN event ON event.id = event WHERE event_id = '{kept}' AND since <= 3"
    ));
    assert_eq!(before, 3);
}

#[test]
fn what_is_merged_by_hand_stays_together_and_can_be_split_again() {
    let mut desk = desk();
    let (raid, shelled) = (event(&desk, "raid"), event(&desk, "shelled"));
    desk.ledger.merge(&[&raid, &shelled], None, now()).expect("merged");
    assert_eq!(groups(&desk), ["attack+raid+raided+shelled", "protested"]);
    assert_eq!(event(&desk, "shelled"), raid, "the older one goes on");
    desk.ledger.check().expect("whole");
    let leaving = report(&desk, "shelled");
    desk.ledger.split(&[&leaving], None, now()).expect("split");
    assert_eq!(groups(&desk), GROUPED);
    assert_eq!(event(&desk, "shelled"), shelled, "it is itself again");
    let (raid, shelled) = (event(&desk, "raid"), event(&desk, "shelled"));
    desk.ledger.merge(&[&raid, &shelled], None, now()).expect("merged again");
    assert_eq!(groups(&desk).len(), 2);
    desk.ledger.check().expect("whole");
}

#[test]
fn rulings_on_what_is_not_there_say_so() {
    let mut desk = desk();
    let all: Vec<String> = ["raid", "raided", "attack"].iter().map(|t| report(&desk, t)).collect();
    let all: Vec<&str> = all.iter().map(String::as_str).collect();
    let (raid, shelled) = (report(&desk, "raid"), report(&desk, "shelled"));
    for reports in [&["nothing"][..], &[&raid, &shelled], &[], &all] {
        let error = desk.ledger.split(reports, None, now()).expect_err("refused");
        assert!(matches!(error, Error::Question { .. }), "{error}");
    }
    let event = event(&desk, "raid");
    for events in [&["nothing"][..], &[&event], &[&event, &event], &[]] {
        let error = desk.ledger.merge(events, None, now()).expect_err("refused");
        assert!(matches!(error, Error::Question { .. }), "{error}");
    }
    assert_eq!(desk.query::<i64>("SELECT count(*) FROM revision"), 5, "nothing was written");
}

#[test]
fn a_new_coding_takes_its_reports_out_of_their_events_and_the_others_stay_together() {
    let mut desk = desk();
    let text = news()[0].document.text.clone();
    let recoded = story("a", &text).by("Island Post", "2020-03-03").engine("tidings 2.0.0");
    assert!(matches!(recoded.add_to(&mut desk.ledger, 50), Added::Recoded { reports: 0, .. }));
    assert_eq!(groups(&desk), ["attack+raid", "protested", "shelled"]);
    desk.ledger.check().expect("whole");
    news()[0].clone().engine("tidings 3.0.0").add_to(&mut desk.ledger, 60);
    assert_eq!(groups(&desk), GROUPED);
    desk.ledger.check().expect("whole");
    assert!(Ledger::open_read_only(&desk.path()).is_ok());
}
