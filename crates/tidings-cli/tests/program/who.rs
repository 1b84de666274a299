//! `tidings who` and `--actors`: phrases to actors, one by one and in batches, with actors of the user's own.

use serde_json::Value;

use crate::harness::{DAY, Folder, tidings, tidings_reading};

fn json(arguments: &[&str]) -> Value {
    tidings(&[&["who", "--format", "json"], arguments].concat()).ended(0).json().remove(0)
}

#[test]
fn a_phrase_becomes_an_actor_with_reasons_and_runners_up() {
    let answer = json(&["the Norwegian foreign minister", "--date", "2016-08-11"]);
    let actor = &answer["actors"][0];
    assert_eq!((&actor["country"], &actor["country_name"]), (&"NOR".into(), &"Norway".into()));
    assert_eq!((&actor["sectors"][0], &actor["kind"]), (&"GOV".into(), &"person".into()));
    assert_eq!((&actor["cow"], &actor["gw"]), (&385.into(), &385.into()));
    assert_eq!(actor["role"], "foreign minister");
    assert!(actor["how"].as_str().is_some_and(|h| !h.is_empty()) && actor["score"].is_f64());
    assert_eq!((&answer["date"], &answer["undated"]), (&"2016-08-11".into(), &false.into()));
    let congo = json(&["Congo"]);
    assert!(
        congo["alternatives"].as_array().is_some_and(|a| a.iter().any(|o| o["country"] == "COG")),
        "{congo}"
    );
}

#[test]
fn without_a_date_the_answer_says_that_it_is_undated() {
    let undated = tidings(&["who", "Georgia"]).ended(0).data;
    assert!(undated.starts_with("Georgia  country\n  country   GEO Georgia  COW 372, GW 372\n"), "{undated}");
    assert!(undated.contains("\ncould also be\n") && undated.contains("undated: give --date"), "{undated}");
    let dated = tidings(&["who", "Georgia", "--date", DAY]).ended(0).data;
    assert!(!dated.contains("undated"), "{dated}");
}

#[test]
fn the_context_says_who_he_is() {
    let context = "Bo Lund, Kenya's health minister, left Nairobi. He will be back on Monday.";
    let answer = json(&["He", "--context", context]);
    assert_eq!(
        (&answer["actors"][0]["name"], &answer["actors"][0]["country"]),
        (&"Bo Lund".into(), &"KEN".into())
    );
}

#[test]
fn things_are_nobody_and_nonsense_is_refused() {
    let outcome = tidings(&["who", "puppies"]).ended(1);
    assert!(outcome.data.starts_with("\"puppies\" is no actor"), "{}", outcome.data);
    for arguments in [vec!["who", ""], vec!["who", "Norway", "--context", &"x ".repeat(20_000)]] {
        let outcome = tidings(&arguments).ended(2);
        assert!(outcome.talk.contains("hint: ") && outcome.data.is_empty(), "{}", outcome.talk);
    }
    assert!(tidings(&["who", "Norway", "--date", "soon"]).ended(2).talk.contains("2016-08-11"));
    assert!(tidings(&["who"]).ended(2).talk.contains("TEXT"));
}

#[test]
fn a_batch_answers_each_line_in_order_and_goes_on_after_a_bad_one() {
    let folder = Folder::new();
    let lines = "\
{\"text\": \"the Kenyan army\", \"id\": 7}
{\"text\": \"Angela Merkel\", \"date\": \"2012-03-01\"}
{\"text\": oops}

{\"text\": \"she\", \"context\": \"Ada Stern, a Danish senator, resigned because she was tired.\"}
{\"date\": \"2012-03-01\"}
{\"text\": \"Norway\", \"date\": \"Thurs 32 October\"}
{\"text\": \"puppies\"}
";
    let path = folder.file("phrases.jsonl", lines);
    let outcome = tidings(&["who", "--batch", &path]).ended(2);
    let rows = outcome.json();
    let first = |row: usize| &rows[row]["actors"][0];
    assert_eq!(rows.len(), 7);
    assert_eq!(
        (&rows[0]["id"], &first(0)["sectors"][0], &first(0)["country"]),
        (&7.into(), &"MIL".into(), &"KEN".into())
    );
    assert_eq!((&first(1)["country"], &first(1)["sectors"][0]), (&"DEU".into(), &"GOV".into()));
    assert_eq!(first(3)["name"], "Ada Stern");
    assert_eq!(rows[6]["actors"].as_array().map(Vec::len), Some(0));
    for (row, line) in [(2, 3), (4, 6), (5, 7)] {
        let error = rows[row]["error"].as_str().unwrap_or_default();
        assert!(error.starts_with(&format!("{path}:{line}:")), "{error}");
        assert!(outcome.talk.contains(&format!("error: {error}\n  hint: ")), "{}", outcome.talk);
    }
    let piped = tidings_reading(lines.as_bytes(), &["who", "--batch", "-"]).ended(2);
    assert_eq!(piped.data.replace("standard input:", &format!("{path}:")), outcome.data);
    assert!(tidings_reading(b"\xff\xfe\n", &["who", "--batch", "-"]).ended(2).talk.contains("not in UTF-8"));
    assert!(tidings(&["who", "--batch", "no-such-file"]).ended(2).talk.contains("hint: "));
}

const MINE: &str = "\
[[actor]]
name = \"Blue Crescent Brigades\"
aliases = [\"BCB\"]
country = \"SDN\"
sectors = [\"REB\"]
";

#[test]
fn own_actors_are_known_to_who_code_and_explain_and_named_in_the_records() {
    let folder = Folder::new();
    let mine = folder.file("mine.toml", MINE);
    let answer = json(&["the BCB", "--actors", &mine]);
    assert_eq!(answer["actors"][0]["how"], format!("entry of {mine}:2"));
    let report = b"The Blue Crescent Brigades attacked Chad on Monday.\n";
    let coded = |more: &[&str]| {
        let arguments = [&["code", "--date", DAY, "--format", "records", "-"], more].concat();
        tidings_reading(report, &arguments).ended(0).json()
    };
    let records = coded(&["--actors", &mine]);
    let event = records.iter().find(|r| r["record"] == "event").expect("an event");
    assert_eq!(
        (&event["source"][0]["country"], &event["source"][0]["sector"][0]),
        (&"SDN".into(), &"REB".into())
    );
    let engine = records[0]["engine"].as_str().unwrap_or_default();
    assert!(engine.contains(&format!("; actors of {mine} sha256:")), "{engine}");
    assert!(!coded(&[])[0]["engine"].as_str().unwrap_or_default().contains("sha256"));
    let explained = tidings_reading(report, &["explain", "-", "--actors", &mine]).ended(0).data;
    assert!(explained.contains("SDN"), "{explained}");
}

#[test]
fn a_file_with_faults_is_told_whole_and_loads_nothing() {
    let folder = Folder::new();
    let wrong = MINE.replace("SDN", "Sudan").replace("REB", "REBELS");
    let path = folder.file("wrong.toml", wrong);
    for command in [vec!["who", "the BCB"], vec!["code", "-"], vec!["explain", "-"]] {
        let outcome = tidings(&[command, vec!["--actors", &path]].concat()).ended(2);
        assert_eq!(outcome.data, "");
        assert!(
            outcome.talk.contains(&format!("error: {path}:4:11: unknown country 'Sudan'")),
            "{}",
            outcome.talk
        );
        assert!(
            outcome.talk.contains(&format!("error: {path}:5:12: unknown sector 'REBELS'")),
            "{}",
            outcome.talk
        );
        assert!(
            outcome.talk.contains("2 mistakes in the files of --actors: nothing was loaded"),
            "{}",
            outcome.talk
        );
    }
}

#[test]
fn a_dictionary_of_petrarch_loads_as_it_is_and_can_be_checked_alone() {
    let folder = Folder::new();
    let path = folder.file("own.actors", "BLUE_CRESCENT_BRIGADES_\n+BCB_\n\t[SDNREBXYZ]\n");
    let checked = tidings(&["who", "--actors", &path]).ended(0);
    assert!(checked.talk.contains(&format!("warning: {path}:3:2: XYZ in SDNREBXYZ")), "{}", checked.talk);
    assert!(checked.talk.contains("sound: 1 actors, 0 nouns"), "{}", checked.talk);
    let answer = json(&["Blue Crescent Brigades", "--actors", &path]);
    assert_eq!(
        (&answer["actors"][0]["country"], &answer["actors"][0]["sectors"][0]),
        (&"SDN".into(), &"REB".into())
    );
}
