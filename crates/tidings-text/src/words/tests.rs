//! What a word is, by examples.

use super::*;

/// The words of `text` with a blank between.
fn split(text: &str) -> String {
    let spans = words(text, Span::new(0, text.len()));
    spans.iter().map(|span| span.of(text)).collect::<Vec<_>>().join(" ")
}

#[test]
fn words_follow_the_conventions_of_ewt() {
    let examples = [
        // punctuation
        ("Troops left, he said.", "Troops left , he said ."),
        ("(DAESH) [sic]", "( DAESH ) [ sic ]"),
        ("“Stop,” she said—twice.", "“ Stop , ” she said — twice ."),
        ("Why?! No!!! Well... yes…", "Why ?! No !!! Well ... yes …"),
        ("talks -- or war", "talks -- or war"),
        ("either/or", "either / or"),
        // clitics
        ("don't can't won't", "do n't ca n't wo n't"),
        ("He’s sure we’ll win, isn’t he?", "He ’s sure we ’ll win , is n’t he ?"),
        ("Turkey's allies' talks", "Turkey 's allies ' talks"),
        ("I'd've", "I 'd 've"),
        ("cannot gonna Dont", "can not gon na Do nt"),
        ("O'Brien met al-Qa'ida's men", "O'Brien met al - Qa'ida 's men"),
        ("rock 'n' roll in the '90s and '07", "rock ' n ' roll in the '90s and '07"),
        ("the 1960's", "the 1960's"),
        // abbreviations
        ("Mr. J. R. Smith of the U.S. left.", "Mr. J. R. Smith of the U.S. left ."),
        ("e.g. on Jan. 5 at 3 p.m.", "e.g. on Jan. 5 at 3 p.m."),
        ("Acme Inc. and No. 5", "Acme Inc. and No. 5"),
        ("He said no.", "He said no ."),
        ("It was plan B. They left.", "It was plan B . They left ."),
        ("Boston, Mass., held mass.", "Boston , Mass. , held mass ."),
        ("U.S.-led forces, D.C.'s mayor", "U.S. - led forces , D.C. 's mayor"),
        ("Gen.Smith", "Gen. Smith"),
        // figures
        ("1,000.5 and 3.30 and 10:45", "1,000.5 and 3.30 and 10:45"),
        ("50% of $5 and US$3.8bn", "50 % of $ 5 and US$ 3.8 bn"),
        ("£20m, €7", "£ 20 m , € 7"),
        ("in 2001,2002", "in 2001 , 2002"),
        ("5km by 7pm on the 9th", "5 km by 7 pm on the 9th"),
        ("on 2016-08-11, 11/28/2000 and 9/11", "on 2016-08-11 , 11/28/2000 and 9/11"),
        ("1969-1970, 5-10, 3/4", "1969 - 1970 , 5 - 10 , 3 / 4"),
        ("call 713-555-0142 or 555-0142", "call 713-555-0142 or 555-0142"),
        // hyphens
        ("the US-led anti-war co-operation", "the US - led anti-war co-operation"),
        ("26-year-old ex-minister", "26 - year - old ex-minister"),
        ("mid-2003", "mid-2003"),
        // addresses
        (
            "see https://example.org/a(b)?x=1, or www.example.com.",
            "see https://example.org/a(b)?x=1 , or www.example.com .",
        ),
        ("mail a.b-c@example.co.uk.", "mail a.b-c@example.co.uk ."),
        ("on bbc.co.uk or report.pdf", "on bbc.co.uk or report.pdf"),
        ("the party.filed a suit.The court", "the party . filed a suit . The court"),
        ("by @state_dept #peace", "by @state_dept #peace"),
        // faces and emoji
        ("thanks :) 👍🏽", "thanks :) 👍🏽"),
        ("👨‍👩‍👧 🇹🇷", "👨‍👩‍👧 🇹🇷"),
        // invisible characters
        ("\u{200F}Turkey\u{200F}\0 and govern\u{AD}ment", "Turkey and govern\u{AD}ment"),
    ];
    for (text, expected) in examples {
        assert_eq!(split(text), expected, "in {text:?}");
    }
}

#[test]
fn spans_count_bytes_from_the_start_of_the_text() {
    let text = "Élysée: “Non.”";
    let spans = words(text, Span::new(8, text.len()));
    assert_eq!(spans.first().map(|s| (s.start, s.of(text))), Some((8, ":")));
    assert!(words(text, Span::new(1, 4)).is_empty(), "a span that cuts a character has no words");
}
