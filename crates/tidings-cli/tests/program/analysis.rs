//! `tidings analyze`: CoNLL-U and JSON, from text and from words that are given.

use serde_json::json;

use crate::harness::{DAY, Folder, REPORT, example, tidings, tidings_reading};

/// Words and lines of comment of each sentence.
fn sentences(conllu: &str) -> Vec<(Vec<&str>, Vec<Vec<&str>>)> {
    conllu
        .split_terminator("\n\n")
        .map(|block| {
            let comments = block.lines().filter(|l| l.starts_with('#')).collect();
            let rows =
                block.lines().filter(|l| !l.starts_with('#')).map(|l| l.split('\t').collect()).collect();
            (comments, rows)
        })
        .collect()
}

#[test]
fn text_becomes_trees() {
    let conllu = tidings_reading(REPORT.as_bytes(), &["analyze", "-"]).ended(0).data;
    let sentences = sentences(&conllu);
    assert_eq!(sentences.len(), 2);
    let (comments, rows) = &sentences[0];
    assert!(comments.contains(&"# text = France condemned Germany on Monday."), "{comments:?}");
    let column = |n: usize| rows.iter().map(|r| r[n]).collect::<Vec<_>>();
    assert_eq!(column(1), ["France", "condemned", "Germany", "on", "Monday", "."]);
    assert_eq!(column(2), ["France", "condemn", "Germany", "on", "Monday", "."]);
    assert_eq!(column(3), ["PROPN", "VERB", "PROPN", "ADP", "PROPN", "PUNCT"]);
    assert_eq!(column(6), ["2", "0", "2", "5", "2", "2"]);
    assert_eq!(column(7), ["nsubj", "root", "obj", "case", "obl", "punct"]);
}

#[test]
fn given_words_stay_as_they_are() {
    let folder = Folder::new();
    let conllu = tidings(&["analyze", &example("border-talks.txt")]).ended(0).data;
    let path = folder.file("words.conllu", &conllu);
    let again = tidings(&["analyze", "--pretokenized", &path]).ended(0).data;
    let (before, after) = (sentences(&conllu), sentences(&again));
    assert_eq!(before.len(), after.len());
    for ((comments, rows), (kept, analysed)) in before.iter().zip(&after) {
        assert_eq!(comments, kept, "comments are kept");
        assert_eq!(
            rows.iter().map(|r| (r[0], r[1])).collect::<Vec<_>>(),
            analysed.iter().map(|r| (r[0], r[1])).collect::<Vec<_>>()
        );
        assert!(analysed.iter().all(|r| r.len() == 10), "ten columns");
        assert_eq!(analysed.iter().filter(|r| r[6] == "0").count(), 1, "one root");
        assert!(analysed.iter().all(|r| r[6].parse::<usize>().is_ok_and(|head| head <= analysed.len())));
    }
}

#[test]
fn words_that_no_tokenizer_would_make_are_analysed() {
    let conllu = "# sent_id = odd\n1\tNew York\t_\t_\t_\t_\t_\t_\t_\t_\n2\t(\t_\t_\t_\t_\t_\t_\t_\t_\n3\tsleeps\t_\t_\t_\t_\t_\t_\t_\t_\n\n";
    let again = tidings_reading(conllu.as_bytes(), &["analyze", "--pretokenized", "-"]).ended(0).data;
    let (comments, rows) = &sentences(&again)[0];
    assert_eq!(comments, &["# sent_id = odd"]);
    assert_eq!(rows.iter().map(|r| r[1]).collect::<Vec<_>>(), ["New York", "(", "sleeps"]);
}

#[test]
fn broken_conllu_is_2_and_names_the_line() {
    let broken = "1\tNorway\t_\t_\t_\t_\t_\t_\t_\t_\n2 thanked\n\n";
    let outcome = tidings_reading(broken.as_bytes(), &["analyze", "--pretokenized", "-"]).ended(2);
    assert!(outcome.talk.contains(":2") && outcome.talk.contains("hint: "), "{}", outcome.talk);
}

#[test]
fn json_has_names_roles_factuality_and_speakers() {
    let text = "President Emmanuel Macron said on Monday that France had not condemned Germany.\n";
    let objects = tidings_reading(text.as_bytes(), &["analyze", "--format", "json", "--date", DAY, "-"])
        .ended(0)
        .json();
    let sentence = &objects[0]["sentences"][0];
    let part =
        |name: &str| sentence[name].as_array().unwrap_or_else(|| panic!("no {name}: {sentence}")).clone();
    // Words are numbered from 0, ranges leave out their last number: President | Emmanuel Macron | said …
    assert!(part("names").iter().any(|n| n["kind"] == "PER" && n["words"] == json!([1, 3])), "{sentence}");
    assert!(!part("predicates").is_empty() && !part("attributions").is_empty(), "{sentence}");
    let words = part("words");
    let sure = |form: &str| words.iter().find(|w| w["form"] == form).and_then(|w| w["factuality"].as_f64());
    assert!(sure("said") > sure("condemned"), "{sentence}");
}
