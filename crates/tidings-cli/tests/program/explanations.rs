//! `tidings explain`: why it is coded, and why not.

use crate::harness::{DAY, Folder, REPORT, many, tidings, tidings_reading};

/// A condition, a speaker, and an act that is only told of.
const CONDITION: &str = "France will lift the sanctions on Germany if Berlin frees the prisoners, President Emmanuel \
Macron said on Monday. The ministers discussed the weather over a bottle of wine.\n";

#[test]
fn an_event_is_explained_by_tree_roles_names_and_rules_with_their_words() {
    let text = tidings_reading(CONDITION.as_bytes(), &["explain", "--date", DAY, "--event", "E01", "-"])
        .ended(0)
        .data;
    for part in ["\nTree\n", "\nRoles\n", "\nNames\n", "\nSpeakers\n", "\nE01  "] {
        assert!(text.contains(part), "no {part:?} in:\n{text}");
    }
    assert!(text.contains("S00  France will lift the sanctions"), "{text}");
    let (_, event) = text.split_once("\nE01  ").expect("the event");
    assert!(event.contains(".toml:"), "the entry that fired is named: {event}");
    assert!(
        event.contains("“lift") || event.contains("“said”"),
        "the words that fired it are shown: {event}"
    );
    assert!(!text.contains("S01  The ministers"), "another sentence is shown:\n{text}");
}

#[test]
fn a_sentence_shows_its_tree_and_what_was_considered() {
    let text = tidings_reading(CONDITION.as_bytes(), &["explain", "--sentence", "S01", "-"]).ended(0).data;
    assert!(text.contains("S01  The ministers discussed the weather"), "{text}");
    assert!(text.contains("root discussed (discuss) VERB"), "{text}");
    let same = tidings_reading(CONDITION.as_bytes(), &["explain", "--sentence", "1", "-"]).ended(0).data;
    assert_eq!(text, same);
}

#[test]
fn what_is_not_coded_is_named_with_the_reason() {
    // A strike of lightning is no attack, a present is no aid: the words were seen, and passed over.
    let input = "The bakery was struck by lightning. Anna praised the cake.\n";
    let text = tidings_reading(input.as_bytes(), &["explain", "-"]).ended(0).data;
    let (_, passed) =
        text.split_once("\nNot coded\n").unwrap_or_else(|| panic!("nothing was passed over:\n{text}"));
    assert!(passed.lines().next().is_some_and(|l| l.contains("”: ")), "{passed}");
}

#[test]
fn everything_is_explained_without_a_choice() {
    let text = tidings_reading(REPORT.as_bytes(), &["explain", "-"]).ended(0).data;
    for part in ["S00  France", "\nE01  ACCUSE", "S01  Norway", "\nE02  SUPPORT"] {
        assert!(text.contains(part), "no {part:?} in:\n{text}");
    }
}

#[test]
fn an_event_that_is_not_there_is_1_and_names_those_that_are() {
    let event = tidings_reading(REPORT.as_bytes(), &["explain", "--event", "E99", "-"]).ended(1);
    assert_eq!(event.talk, "error: there is no record 'E99'\n  hint: the events are E01 to E02\n");
    let sentence = tidings_reading(REPORT.as_bytes(), &["explain", "--sentence", "77", "-"]).ended(1);
    assert!(sentence.talk.contains("there is no sentence 77"), "{}", sentence.talk);
    tidings_reading(REPORT.as_bytes(), &["explain", "--sentence", "seven", "-"]).ended(2);
}

#[test]
fn one_document_of_many_can_be_chosen() {
    let folder = Folder::new();
    let path = folder.file("many.jsonl", many(4));
    let chosen = tidings(&["explain", &path, "--document", "report-002", "--event", "E01"]).ended(0).data;
    assert!(chosen.starts_with("report-002 · 2026-05-13"), "{chosen}");
    assert_eq!(chosen.matches("\nTree\n").count(), 1, "{chosen}");
    let all = tidings(&["explain", &path, "--event", "E01"]).ended(0).data;
    assert_eq!(all.matches("\nTree\n").count(), 4, "{all}");
    tidings(&["explain", &path, "--document", "report-999"]).ended(1);
}
