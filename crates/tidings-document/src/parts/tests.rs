//! Pages of our own beside their parts.

use super::*;

/// The parts of a page, one a line: `-` for what is removed, the kind, the words.
fn parts(page: &str, title: Option<&str>) -> Vec<String> {
    let parts = find_parts(page, title);
    check_cover(page, &parts);
    let line = |p: &Part| {
        let sign = if p.remove { '-' } else { '+' };
        format!("{sign} {}: {}", p.kind.as_str(), p.span.of(page).replace("\n\n", " / "))
    };
    parts.iter().map(line).collect()
}

/// In order, without overlaps, on visible characters at both ends, and nothing visible left out.
fn check_cover(page: &str, parts: &[Part]) {
    let mut end = 0;
    for part in parts {
        assert!(part.span.start >= end, "{parts:?}");
        assert!(page[end..part.span.start].chars().all(is_blank), "left out in {page:?}");
        let words = part.span.of(page);
        assert!(!words.is_empty() && words.trim_matches(is_blank) == words, "{words:?}");
        end = part.span.end;
    }
    assert!(page[end..].chars().all(is_blank), "left out in {page:?}");
}

#[test]
fn a_page_of_an_agency() {
    let page = "Norway thanks Iceland for sending back the boats\n\n\
                OSLO, March 3 (Reuters) - Norway thanked Iceland on Monday for sending back four boats.\n\n\
                \"They are friends,\" the foreign minister said.\n\n\
                (Reporting by Ilse Brandt; Editing by Tom Reyes)\n";
    assert_eq!(
        parts(page, None),
        [
            "+ headline: Norway thanks Iceland for sending back the boats",
            "- dateline: OSLO, March 3 (Reuters) -",
            "+ body: Norway thanked Iceland on Monday for sending back four boats. / \"They are friends,\" the foreign \
         minister said.",
            "- agency_credit: (Reporting by Ilse Brandt; Editing by Tom Reyes)",
        ]
    );
}

#[test]
fn a_page_with_pictures_and_links() {
    let page = "Norway thanks Iceland | Delta Post\n\n\
                Foreign minister calls neighbours friends in need\n\n\
                By Ilse Brandt in Oslo\n\n\
                Published: 3 March 2026, 14:30 GMT\n\n\
                Share this article\n\n\
                The foreign ministers (left and right) shake hands at the harbour of Oslo on March 2, 2026. Photo: Tom \
                Reyes/Fjord Images\n\n\
                Norway thanked Iceland on Monday for sending back four boats.\n\n\
                Read more: Who owns the cod?\n\n\
                Advertisement\n\n\
                A long quarrel\n\n\
                The boats were stopped in January after a storm.\n\n\
                Related stories\n\nWho owns the cod?\n\nThe winter of the long nets\n\n\
                https://deltapost.example/cod\n\n\
                Delta Post and agencies\n\n\
                © 2026 Delta Post. All rights reserved.\n";
    assert_eq!(
        parts(page, None),
        [
            "+ headline: Norway thanks Iceland",
            "- agency_credit: | Delta Post",
            "+ standfirst: Foreign minister calls neighbours friends in need",
            "- agency_credit: By Ilse Brandt in Oslo",
            "- dateline: Published: 3 March 2026, 14:30 GMT",
            "- embed_label: Share this article",
            "+ caption: The foreign ministers (left and right) shake hands at the harbour of Oslo on March 2, 2026.",
            "- photo_credit: Photo: Tom Reyes/Fjord Images",
            "+ body: Norway thanked Iceland on Monday for sending back four boats.",
            "- embed_label: Read more:",
            "- embed_link: Who owns the cod?",
            "- embed_label: Advertisement",
            "- subheading: A long quarrel",
            "+ body: The boats were stopped in January after a storm.",
            "- embed_label: Related stories",
            "- embed_link: Who owns the cod?",
            "- embed_link: The winter of the long nets",
            "- embed_link: https://deltapost.example/cod",
            "- agency_credit: Delta Post and agencies",
            "- agency_credit: © 2026 Delta Post. All rights reserved.",
        ]
    );
}

#[test]
fn a_date_behind_the_headline_is_cut_off() {
    let page = "Norway Thanks Iceland - 2026-03-03\n\nNorway thanked Iceland on Monday for its help.";
    assert_eq!(
        parts(page, None),
        [
            "+ headline: Norway Thanks Iceland",
            "- dateline: - 2026-03-03",
            "+ body: Norway thanked Iceland on Monday for its help.",
        ]
    );
}

#[test]
fn a_sentence_is_the_standfirst_when_byline_or_picture_follow() {
    let page = "Norway thanks Iceland\n\nFour boats were sent back before the winter.\n\nGetty Images\n\n\
                Norway thanked Iceland on Monday for its help. The boats were stopped in January.";
    assert_eq!(
        parts(page, None)[1..3],
        [
            "+ standfirst: Four boats were sent back before the winter.".to_owned(),
            "- photo_credit: Getty Images".to_owned(),
        ]
    );
}

#[test]
fn captions_are_told_from_paragraphs() {
    let paragraph =
        "Norway thanked Iceland on Monday for its help and promised to come to the harbour in summer.";
    for caption in [
        "FILE - The harbour of Oslo after the storm of January 2026.",
        "The foreign minister (R) greets the crew of a boat in Oslo.",
        "Crews wait for the boats at the harbour of Oslo, Norway, March 2, 2026. (AP Photo/Tom Reyes)",
        "Crews wait for the boats at the harbour of Oslo on March 2, 2026.",
        "In this photo released by the navy, a boat enters the harbour of Oslo.",
    ] {
        let found = parts(&format!("Norway thanks Iceland\n\n{caption}\n\n{paragraph}\n"), None);
        assert!(found[1].starts_with("+ caption"), "{found:?}");
    }
    for sentence in [
        "Norway sent back four boats on Monday.",
        "The two countries signed the treaty in Oslo on March 2, 2026, and it was ratified within a year by both.",
        "People on the left and on the right are seen as friends of Iceland. Few are.",
        "\"We shake hands and walk on,\" the minister said on March 2, 2026.",
    ] {
        let found = parts(
            &format!("Norway thanks Iceland\n\n{paragraph}\n\n{sentence}\n\n{paragraph} Again.\n"),
            None,
        );
        assert!(found.iter().all(|p| !p.contains(" caption")), "{found:?}");
    }
}

#[test]
fn repeated_lines_and_pulled_quotes_are_duplicates() {
    let page = "Norway thanks Iceland\n\n\
                \"They stood by us when the storm came,\" the minister said. \"We will not forget it.\"\n\n\
                “They stood by us when the storm came”\n\n\
                The boats were stopped in January after a storm.\n\n\
                The boats were stopped in January after a storm.\n";
    assert_eq!(
        parts(page, None)[1..],
        [
            "+ body: \"They stood by us when the storm came,\" the minister said. \"We will not forget it.\""
                .to_owned(),
            "- duplicate: “They stood by us when the storm came”".to_owned(),
            "+ body: The boats were stopped in January after a storm.".to_owned(),
            "- duplicate: The boats were stopped in January after a storm.".to_owned(),
        ]
    );
}

#[test]
fn sentences_that_begin_like_furniture_are_news() {
    for sentence in [
        "Watch the river, the mayor told the farmers on Monday.",
        "Related charges against the minister were dropped on Monday.",
        "Read in full, the treaty says little about cod.",
        "Source code of the ministry was stolen on Monday.",
        "By Monday the boats had left the harbour of Oslo.",
        "Images of the storm shocked the country on Monday.",
        "Reuters reported on Monday that the boats had left.",
        "The picture was sold to Getty Images.",
        "\"Help us,\" the crew said by radio on Monday.",
        "Norway - long a friend of Iceland - sent back the boats.",
    ] {
        let page = format!(
            "Norway thanks Iceland\n\nThe boats left Oslo on Monday.\n\n{sentence}\n\nThey will be back in May."
        );
        let found = parts(&page, None);
        assert!(found.len() == 2 && found[1].contains(sentence), "{found:?}");
    }
}

#[test]
fn bylines_and_credits_have_many_forms() {
    for credit in [
        "By JOHN BRANDT",
        "By Ilse Brandt and Tom Reyes",
        "Ilse Brandt, Staff writer",
        "Ilse Brandt, Sahel correspondent",
        "(Reuters)",
        "AFP",
        "AFP/Reuters",
        "With AFP",
        "Delta Post with AFP and Reuters",
        "Copyright 2026 Delta Post",
        "Additional reporting by Tom Reyes",
        "Tom Reyes contributed to this report.",
        "Source: Delta Post",
    ] {
        let page = format!("Norway thanks Iceland\n\nThe boats left Oslo on Monday.\n\n{credit}\n");
        let found = parts(&page, None);
        assert_eq!(found[2..], [format!("- agency_credit: {credit}")], "{credit}");
    }
}

#[test]
fn picture_credits_have_many_forms() {
    for credit in [
        "Photo by: AFP",
        "Image: Tom Reyes",
        "(AP Photo/Tom Reyes)",
        "Via YouTube.",
        "Tom Reyes / Getty Images",
        "Tom Reyes/Reuters",
        "[Tom Reyes/AFP]",
        "Picture courtesy of the navy",
        "Photo by Tom Reyes, used under a Creative Commons licence. https://deltapost.example/1",
    ] {
        let page = format!(
            "Norway thanks Iceland\n\nThe boats left Oslo on Monday.\n\n{credit}\n\nThey will be back in May."
        );
        let found = parts(&page, None);
        assert_eq!(found[2], format!("- photo_credit: {credit}"));
    }
}

#[test]
fn the_credit_at_the_end_of_the_last_paragraph_is_cut_off() {
    let page = "Norway thanks Iceland\n\nThe boats left Oslo on Monday. They will be back. (Xinhua)";
    assert_eq!(
        parts(page, None)[1..],
        [
            "+ body: The boats left Oslo on Monday. They will be back.".to_owned(),
            "- agency_credit: (Xinhua)".to_owned(),
        ]
    );
}

#[test]
fn the_title_of_the_metadata_is_found_in_the_text() {
    let page = "World\n\nNorway thanks Iceland. Again.\n\nThe boats left Oslo on Monday.";
    assert_eq!(
        parts(page, Some("Norway thanks Iceland: again"))[1],
        "+ headline: Norway thanks Iceland. Again."
    );
}

#[test]
fn one_paragraph_is_the_report() {
    assert_eq!(
        parts("Norway thanked Iceland on Monday.", None),
        ["+ body: Norway thanked Iceland on Monday."]
    );
    assert_eq!(parts("Norway thanks Iceland", None), ["+ body: Norway thanks Iceland"]);
    assert!(parts(" \r\n\u{FEFF}\n", None).is_empty());
}

#[test]
fn lines_that_are_wrapped_belong_together_but_credits_stand_alone() {
    let page = "Norway thanks Iceland\n\nThe foreign minister of Norway thanked her counterpart in Reykjavik on\n\
                Monday for sending back the boats, and promised that\nshe would come to the harbour in summer.\n\
                Photo: Tom Reyes\n";
    assert_eq!(parts(page, None)[1..], [
        "+ body: The foreign minister of Norway thanked her counterpart in Reykjavik on\nMonday for sending back the \
         boats, and promised that\nshe would come to the harbour in summer."
            .to_owned(),
        "- photo_credit: Photo: Tom Reyes".to_owned(),
    ]);
}

#[test]
fn any_text_is_covered() {
    for page in [
        "\u{202E}Norway\u{202C} thanks Iceland\u{0}\r\n\r\nThe boats left.\r\n",
        "Related:\nRelated:\nRelated:",
        "- - - -\n|\n—\n(Reuters) -",
        "Photo: X. Photo: Y. (AP Photo/Z)",
        "İSTANBUL (AA) - İki ülke anlaştı ve gemiler geri gönderildi.",
        "A | B | C\n\nD said.",
        "\u{2028}one\u{2029}two\u{85}three",
        "| Delta Post\n\nNorway thanked Iceland.",
    ] {
        check_cover(page, &find_parts(page, None));
        check_cover(page, &find_parts(page, Some("A")));
    }
}

#[test]
fn a_sentence_above_a_dateline_is_the_headline() {
    let page = "Norway is grateful to Iceland.\n\nOSLO, March 3 (UPI) — Norway thanked Iceland on Monday for its help.";
    assert_eq!(
        parts(page, None)[..2],
        [
            "+ headline: Norway is grateful to Iceland.".to_owned(),
            "- dateline: OSLO, March 3 (UPI) —".to_owned(),
        ]
    );
}

#[test]
fn a_text_of_many_megabytes_is_covered() {
    let page = "Norway thanked Iceland. Grüße.\n".repeat(65_000) + " \n";
    let found = find_parts(&page, None);
    check_cover(&page, &found);
    assert_eq!(found.last().unwrap().span.end, page.trim_end().len());
}

#[test]
fn lines_that_the_input_marks_stay_as_they_are() {
    let lines = [
        (PartKind::Headline, "Norway thanks Iceland"),
        (
            PartKind::Body,
            "OSLO, March 3 (Reuters) - Norway thanked Iceland on Monday for sending back four boats.",
        ),
        (PartKind::Subheading, "Boats sent back before winter"),
        (PartKind::Body, "Published: 3 March 2026"),
        (PartKind::Caption, "Published: 3 March 2026"),
        (PartKind::Body, "Related: Ten die in Oran"),
        (PartKind::Body, "\"They are friends,\" the foreign minister said."),
    ];
    let (mut page, mut known) = (String::new(), Vec::new());
    for (kind, line) in lines {
        let start = page.len();
        page.push_str(line);
        known.push(Part::new(kind, Span::new(start, page.len())));
        page.push_str("\n\n");
    }
    let parts = refine_parts(&page, &known);
    check_cover(&page, &parts);
    let kinds: Vec<_> = parts.iter().map(|p| p.kind.as_str()).collect();
    assert_eq!(
        kinds,
        [
            "headline",
            "dateline",
            "body",
            "subheading",
            "dateline",
            "caption",
            "embed_label",
            "embed_link",
            "body"
        ]
    );
}
