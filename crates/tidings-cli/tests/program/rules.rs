//! `--rules` and `tidings rules`: entries of the user's own, checked and compared.

use crate::harness::{DAY, Folder, REPORT, tidings};

const SNARL: &str = "type = \"THREATEN\"\n\n[[trigger]]\nlemmas = [\"snarl\"]\npos = \"verb\"\nsource = \"ARG0\"\n\
    target = \"prep:at\"\ntest = [\"Norway snarled at Denmark. => NOR THREATEN DNK\"]\n";
const OFF: &str = "type = \"NONE\"\n\n[[trigger]]\nlemmas = [\"thank\"]\npos = \"verb\"\nsource = \"ARG0\"\n\
    target = \"ARG1\"\ntest = [\"Norway thanked Denmark. => NOR NONE DNK\"]\n";

#[test]
fn own_entries_are_coded_and_named_in_the_record_of_the_document() {
    let folder = Folder::new();
    let rules = folder.file("mine.toml", SNARL);
    let off = folder.file("off.toml", OFF);
    let report = folder.file("report.txt", "Norway snarled at Iceland. Norway thanked Iceland.\n");
    let coded = |rules: &[&str]| {
        tidings(&[&["code", "--format", "records", "--date", DAY, &report], rules].concat()).json()
    };
    let types = |records: &[serde_json::Value]| {
        let events = records.iter().filter(|r| r["record"] == "event");
        events.map(|e| e["plover"]["event"].as_str().unwrap_or_default().to_owned()).collect::<Vec<_>>()
    };
    assert!(types(&coded(&[])).contains(&"SUPPORT".to_owned()));
    let records = coded(&["--rules", &rules, "--rules", &off]);
    assert_eq!(types(&records), ["THREATEN"]);
    let engine = records[0]["engine"].as_str().unwrap_or_default();
    assert!(engine.contains("mine.toml sha256:") && engine.contains("off.toml sha256:"), "{engine}");
}

#[test]
fn check_tells_which_tests_pass_and_what_changes_in_a_corpus() {
    let folder = Folder::new();
    let (rules, report) = (folder.file("off.toml", OFF), folder.file("report.txt", REPORT));
    let outcome = tidings(&["rules", "check", &rules, "--corpus", &report, "--format", "json"]).ended(0);
    let lines = outcome.json();
    assert_eq!((lines[0]["record"].as_str(), lines[0]["passed"].as_bool()), (Some("test"), Some(true)));
    assert_eq!(
        (lines[1]["kind"].as_str(), lines[1]["before"]["type"].as_str()),
        (Some("removed"), Some("SUPPORT"))
    );
    assert_eq!((lines[2]["changes"].as_u64(), lines.len()), (Some(1), 3));
}

#[test]
fn a_test_sentence_that_fails_ends_with_1_and_shows_what_was_coded() {
    let folder = Folder::new();
    let rules = folder.file("bad.toml", SNARL.replace("THREATEN DNK\"", "THREATEN SWE\""));
    let outcome = tidings(&["rules", "check", &rules]).ended(1);
    assert!(outcome.data.contains("FAIL") && outcome.data.contains("Denmark(DNK)"), "{}", outcome.data);
    assert!(outcome.data.contains("0 of 1 test sentences pass"), "{}", outcome.data);
}

#[test]
fn mistakes_are_told_all_at_once_and_nothing_is_loaded() {
    let folder = Folder::new();
    let report = folder.file("report.txt", REPORT);
    let wrong = folder.file("wrong.toml", SNARL.replace("THREATEN\"\n", "SHOUT\"\n").replace("ARG0", "ARG9"));
    let outcome = tidings(&["code", "--rules", &wrong, &report]).ended(2);
    for part in ["wrong.toml:1:8: 'SHOUT'", "'ARG9' is no slot", "hint:", "2 mistakes in the rules"] {
        assert!(outcome.talk.contains(part), "{part} in {}", outcome.talk);
    }
    assert!(outcome.data.is_empty());
    let empty = Folder::new();
    let path = empty.path("").display().to_string();
    let outcome = tidings(&["code", "--rules", &path, &report]).ended(2);
    assert!(outcome.talk.contains("no file of rules"), "{}", outcome.talk);
}

#[test]
fn a_petrarch_dictionary_of_verbs_loads_with_its_loss_told() {
    let folder = Folder::new();
    let text = "--- SNARL [130] ---\nSNARL\n- * (FOR PEACE) [031]\n- * (FOR &TRUCE) [190]\n";
    let (verbs, report) =
        (folder.file("verbs.txt", text), folder.file("r.txt", "Norway snarled at Iceland.\n"));
    let outcome = tidings(&["code", "--format", "records", "--rules", &verbs, &report]).ended(0);
    let coded = outcome.data.contains("\"cameo\":\"130\",\"code\":\"130\"");
    assert!(coded, "{}", outcome.data);
    assert!(outcome.talk.contains("2 of 3 ") && outcome.talk.contains("verbs.txt:4"), "{}", outcome.talk);
}

#[test]
fn show_names_the_entries_of_a_word_those_of_the_user_first() {
    let folder = Folder::new();
    let rules = folder.file("off.toml", OFF);
    let shown = tidings(&["rules", "show", "thank", "--rules", &rules]).ended(0).data;
    let lines: Vec<&str> = shown.lines().collect();
    assert!(lines[0].contains("yours, ") && lines[1].contains("support.toml:"), "{shown}");
    tidings(&["rules", "show", "xyzzy"]).ended(1);
}
