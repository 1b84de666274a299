//! What a sentence is, by examples: `|` stands where one ends.

use super::*;

fn check(marked: &str) {
    let text = marked.replace('|', "");
    let spans = sentences(&text, Span::new(0, text.len()));
    let found: Vec<_> = spans.iter().map(|span| span.of(&text)).collect();
    let expected: Vec<_> =
        marked.split('|').map(|s| s.trim_matches(is_blank)).filter(|s| !s.is_empty()).collect();
    assert_eq!(found, expected);
}

#[test]
fn stops_abbreviations_and_initials() {
    check("Troops left. |They came back.");
    check("He met Gen. J. R. Smith in St. Paul, Minn., on Jan. 5. |He left.");
    check("They flew to the U.S. |The trip took a day.");
    check("The U.S. Senate voted. |The U.S. and Mexico agreed.");
    check("Acme Inc. shares fell. |He works for Acme Inc. |She does not.");
    check("It rose by 3.5 percent. |No. 5 fell.");
    check("It began at 3 p.m. EST and ended at 5 p.m. |Nobody stayed.");
    check("They chose plan B. |The mayor agreed.");
    check("Guns, tanks etc. |Others brought food, water, etc. to the camp.");
    check("The party.filed a suit. |The suit failed.");
    check("The talks failed.|The war went on.");
    check("Really?! |Yes! |Well... |No … not so.");
}

#[test]
fn quotation_marks_and_brackets_belong_to_the_sentence_they_close() {
    check("“We leave.” |They left.");
    check("\"We leave. |We shall not return,\" he said. |\"Never.\"");
    check("“Why?” he asked. |“Why now?” |She was silent.");
    check("“Why?” Smith asked. |“Stop!” President Jane Smith shouted.");
    check("He left (for good). |(He came back.) |She stayed.");
    check("He called it 'a step.' |It was not.");
    check("He spoke of “war.” |‘Never again,’ she said.");
    check("She wrote \"No\". |He read it.");
}

#[test]
fn line_breaks() {
    check(
        "President meets rivals|\nTalks go on in the capital|\n\nThe president met his rivals on Monday. |He left.",
    );
    check("Photo by: Agency|\nPhoto by: Agency|\n");
    let wrapped = "The president met his rivals on Monday in the capital of the country, where\nthey spoke for hours about the war and its end. |The talks, led by Anna\nSmith, went on. |\nNobody left.";
    check(wrapped);
    check("They want:|\n- peace|\n- bread|\n1. land|\n2. work");
    check("one line\r\n|\r\nanother");
    check("one page\u{C}|another");
}

#[test]
fn list_numbers_open_their_sentence() {
    check("1. The army leaves. |2. The king returns.");
    check("They met in 2012. |Nobody came.");
}

#[test]
fn faces_and_writers_without_capitals() {
    check("thanks a lot. :) |We won.");
    check("it was late. |nobody came");
}

#[test]
fn nothing_in_nothing_out() {
    assert!(sentences("", Span::new(0, 0)).is_empty());
    assert!(sentences(" \n\t\0", Span::new(0, 4)).is_empty());
    assert!(sentences("é", Span::new(1, 2)).is_empty());
}
