//! Phrases of our own with who they are: country, sectors, kind.
//!
//! A phrase is written `word/TAG` with blanks between: D determiner, A adjective, N noun, P proper noun, I preposition,
//! C conjunction, V verb form, O pronoun, S possessive mark, X punctuation; `:per`, `:org`, `:loc`, `:nor`, `:oth` mark
//! the words of a name, `!` the head, `~` words of an apposition.

use tidings_actors::{Actor, ActorKind, Knowledge, Mention, MentionWord, NameKindHint};

/// The words of a phrase in the notation above.
fn words(phrase: &str) -> Vec<MentionWord<'_>> {
    phrase.split(' ').map(word).collect()
}

fn word(token: &str) -> MentionWord<'_> {
    let (form, tags) = token.rsplit_once('/').unwrap_or((token, "N"));
    let (upos, name) = tags.trim_end_matches(['!', '~']).split_once(':').unwrap_or((tags, ""));
    MentionWord {
        form,
        lemma: lemma(form),
        upos: match upos.trim_end_matches(['!', '~']) {
            "D" => "DET",
            "A" => "ADJ",
            "P" => "PROPN",
            "I" => "ADP",
            "C" => "CCONJ",
            "V" => "VERB",
            "O" => "PRON",
            "S" => "PART",
            "X" => "PUNCT",
            _ => "NOUN",
        },
        is_head: tags.contains('!'),
        part_of_name: match name {
            "per" => Some(NameKindHint::Person),
            "org" => Some(NameKindHint::Organization),
            "loc" => Some(NameKindHint::Location),
            "nor" => Some(NameKindHint::Norp),
            "oth" => Some(NameKindHint::Other),
            _ => None,
        },
        outside: tags.contains('~'),
    }
}

/// Enough of a dictionary for the nouns below.
fn lemma(form: &str) -> &str {
    match form {
        "police" | "authorities" => form,
        "ministries" => "ministry",
        _ => form.strip_suffix('s').filter(|stem| stem.len() > 3 && !stem.ends_with('s')).unwrap_or(form),
    }
}

fn ask(phrase: &str, day: &str) -> Vec<Actor> {
    let words = words(phrase);
    let head = words.iter().find(|w| w.is_head).copied().unwrap_or(words[0]);
    let text = words.iter().map(|w| w.form).collect::<Vec<_>>().join(" ");
    Knowledge::embedded().resolve_all(&Mention {
        text: &text,
        head_lemma: head.lemma,
        kind: head.part_of_name,
        words: &words,
        date: day.parse().ok(),
    })
}

/// "NOR GOV/MIL", "- CVL", "nobody"; several actors are joined by " + ".
fn show(actors: &[Actor]) -> String {
    let one = |a: &Actor| {
        format!("{} {}", a.country.as_deref().unwrap_or("-"), a.sectors.join("/")).trim_end().to_owned()
    };
    if actors.is_empty() {
        "nobody".to_owned()
    } else {
        actors.iter().map(one).collect::<Vec<_>>().join(" + ")
    }
}

fn check(rows: &[(&str, &str)]) {
    let wrong: Vec<String> = rows
        .iter()
        .filter_map(|(phrase, expected)| {
            let (phrase, day) = phrase.split_once(" @ ").unwrap_or((phrase, ""));
            let actors = ask(phrase, day);
            (show(&actors) != *expected)
                .then(|| format!("{phrase} {day}: expected {expected}, found {actors:#?}"))
        })
        .collect();
    assert!(wrong.is_empty(), "\n{}", wrong.join("\n"));
}

#[test]
fn states_go_by_name_adjective_capital_and_seat() {
    check(&[
        ("Norway/P:loc!", "NOR GOV"),
        ("the/D People/P:loc 's/S:loc Republic/P:loc! of/I:loc China/P:loc", "CHN GOV"),
        ("U.S./P:loc!", "USA GOV"),
        ("Norwegian/A:nor!", "NOR GOV"),
        ("the/D Kremlin/P:loc!", "RUS GOV"),
        ("Nairobi/P:loc!", "KEN GOV"),
        ("us/O!", "nobody"),
    ]);
}

#[test]
fn organs_belong_to_the_state_before_or_after_them() {
    check(&[
        ("the/D Ghanaian/A:nor army/N!", "GHA MIL"),
        ("the/D army/N! of/I Ghana/P:loc", "GHA MIL"),
        ("Ghana/P:loc 's/S foreign/A ministry/N!", "GHA GOV"),
        ("the/D Peruvian/A:nor secret/A service/N!", "PER SPY"),
        ("Peru/P:loc 's/S supreme/A court/N!", "PER JUD"),
        ("the/D army/N!", "- MIL"),
        ("Izmir/P:org Bar/P:org Association/P:org!", "TUR SOC"),
        ("Lagos/P:loc police/N!", "NGA COP"),
    ]);
}

#[test]
fn offices_have_holders_of_their_state() {
    check(&[
        ("the/D Danish/A:nor prime/A minister/N!", "DNK GOV"),
        ("Denmark/P:loc 's/S justice/N minister/N!", "DNK GOV"),
        ("the/D minister/N!", "- GOV"),
        ("the/D Home/P Secretary/P!", "GBR GOV"),
        ("the/D Indian/A:nor Home/P Secretary/P!", "IND GOV"),
        ("the/D mayor/N! of/I Izmir/P:loc", "TUR GOV"),
        ("the/D president/N! of/I the/D World/P:org Bank/P:org", "IGO BUS/IGO"),
        ("the/D leader/N! of/I Hamas/P:org", "PSE REB/PTY"),
        ("a/D NATO/P:org spokesman/N!", "IGO MIL/IGO"),
        ("the/D Norwegian/A:nor army/N 's/S spokeswoman/N!", "NOR MIL"),
    ]);
}

#[test]
fn named_people_are_what_the_words_around_them_say() {
    check(&[
        ("Norwegian/A:nor Foreign/P Minister/P Ada/P:per! Stern/P:per", "NOR GOV"),
        ("Ada/P:per! Stern/P:per ,/X the/D~ Danish/A~:nor army/N~ chief/N~", "DNK MIL"),
        ("President/P Ada/P:per! Stern/P:per of/I~ Ghana/P~:loc", "GHA GOV"),
        ("former/A Ghanaian/A:nor president/N Ada/P:per! Stern/P:per", "GHA ELI"),
        ("retired/V Ghanaian/A:nor general/N Bo/P:per! Lund/P:per", "GHA ELI"),
        ("ex-president/N Bo/P:per! Lund/P:per", "- ELI"),
        ("rebel/N leader/N Bo/P:per! Lund/P:per", "- REB"),
        ("Bo/P:per! Lund/P:per", "-"),
    ]);
}

#[test]
fn office_holders_are_known_by_the_day() {
    check(&[
        ("Jacinda/P:per! Ardern/P:per @ 2019-05-01", "NZL GOV"),
        ("Jacinda/P:per! Ardern/P:per @ 2024-05-01", "NZL ELI"),
        ("Ardern/P:per! @ 2019-05-01", "NZL GOV"),
        ("Jacinda/P:per! Kate/P:per Laurell/P:per Ardern/P:per @ 2019-05-01", "-"),
        ("Luiz/P:per! Inácio/P:per Lula/P:per da/P:per Silva/P:per Jr./P:per @ 2005-05-01", "BRA GOV"),
        ("Sanna/P:oth! Marin/P:oth @ 2021-03-01", "FIN GOV"),
        ("President/P Lula/P:per! @ 2005-03-01", "- GOV"),
    ]);
}

#[test]
fn groups_keep_their_words_and_get_the_country_that_is_told() {
    check(&[
        ("armed/A Burundian/A:nor soldiers/N!", "BDI MIL"),
        ("gunmen/N!", "- UAF"),
        ("trade/N unions/N! in/I~ Peru/P~:loc", "PER LAB"),
        ("US/P:loc -backed/A rebels/N!", "- REB"),
        ("Mosul/P:loc residents/N!", "IRQ CVL"),
        ("two/A former/A ministers/N!", "- ELI"),
        ("puppies/N!", "nobody"),
        ("good/A news/N!", "nobody"),
        ("opposition/N! to/I the/D plan/N", "nobody"),
    ]);
}

#[test]
fn bodies_are_known_by_all_their_names() {
    check(&[
        ("the/D African/P:org Union/P:org!", "IGO IGO"),
        ("AU/P:org forces/N!", "IGO MIL"),
        ("SECURITY/N COUNCIL/N!", "UNO IGO"),
        ("the/D ICC/P:org!", "IGO JUD"),
        ("Boko/P:oth! Haram/P:oth", "NGA REB"),
        ("M23/P:org rebels/N!", "COD REB"),
        ("two/A M23/P:org rebels/N!", "COD REB"),
    ]);
}

#[test]
fn joined_nations_are_two_actors() {
    check(&[
        ("the/D British/A:nor and/C French/A:nor foreign/A ministers/N!", "GBR GOV + FRA GOV"),
        ("British/A:nor ,/X French/A:nor Presidents/P!", "GBR GOV + FRA GOV"),
        ("the/D Russian/A:nor and/C Belarusian/A:nor armies/N!", "RUS MIL + BLR MIL"),
        ("Kenyan/A:nor and/C Ugandan/A:nor soldiers/N!", "KEN MIL + UGA MIL"),
        ("Turkish-Russian/A:nor!", "TUR GOV + RUS GOV"),
    ]);
}

#[test]
fn all_m23_rebels_are_m23_but_two_are_a_group() {
    assert_eq!(ask("the/D M23/P:org rebels/N!", "")[0].kind, ActorKind::Organization);
    let two = &ask("two/A M23/P:org rebels/N!", "")[0];
    assert!(two.generic && two.kind == ActorKind::Group);
}

#[test]
fn answers_say_how_they_were_found() {
    let army = &ask("the/D Ghanaian/A:nor army/N!", "")[0];
    assert_eq!((army.name.as_str(), army.how.as_str()), ("Ghanaian army", "army of Ghana"));
    let congolese = &ask("Congolese/A:nor!", "")[0];
    assert!(congolese.how.contains("could be"), "{}", congolese.how);
}

#[test]
fn knowledge_answers_plain_questions() {
    let knowledge = Knowledge::embedded();
    assert_eq!(knowledge.country_of_adjective("Norwegian"), Some("NOR"));
    assert_eq!(knowledge.country_by_name("the United States"), Some("USA"));
    assert_eq!(knowledge.country_by_name("Nairobi"), None);
    assert_eq!(knowledge.capital("Nairobi"), Some("KEN"));
    assert_eq!(knowledge.canonical_role("foreign secretary"), "foreign minister");
    assert_eq!(knowledge.place("Izmir").and_then(|p| p.1).as_deref(), Some("TUR"));
    assert!(knowledge.is_state("NOR") && !knowledge.is_state("UNO"));
    assert_eq!(
        knowledge.organ_of("foreign ministry", "GHA").map(|a| a.name).as_deref(),
        Some("Ghanaian foreign ministry")
    );
}
