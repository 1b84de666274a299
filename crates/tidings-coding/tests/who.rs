//! The phrases of `tests/actors/`: who each is, alone or in its sentence.

use std::path::Path;
use std::sync::LazyLock;

use tidings_actors::{Actor, ActorKind, Knowledge};
use tidings_coding::{Answer, Question};
use tidings_language::Analyzer;
use tidings_text::Span;

static ANALYZER: LazyLock<Analyzer> = LazyLock::new(|| Analyzer::new().expect("the embedded model loads"));

fn ask(phrase: &str, context: Option<&str>, day: &str) -> Answer {
    let question = Question::new(phrase, context, day.parse().ok());
    let text = question.text();
    let spans = tidings_text::sentences(text, Span::new(0, text.len()));
    let sentences = ANALYZER.analyze(text, &spans).expect("a text can be analysed");
    tidings_coding::who(&question, &sentences, Knowledge::embedded())
}

fn file(name: &str) -> String {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../tests/actors").join(name);
    std::fs::read_to_string(path).expect("the file is there")
}

/// "NOR GOV": country and main sector.
fn codes(actor: &Actor) -> String {
    let sector = actor.sectors.first().map_or("-", String::as_str);
    format!("{} {sector}", actor.country.as_deref().unwrap_or("-"))
}

#[test]
fn phrases_alone_are_who_a_careful_reader_means() {
    let mut wrong = Vec::new();
    let (mut right, mut known) = (0, 0);
    for line in file("mentions.txt").lines().filter(|l| l.contains(" = ")) {
        let (must, line) = line.strip_prefix("? ").map_or((true, line), |rest| (false, rest));
        let (phrase, expected) = line.split_once(" = ").expect("a phrase and its codes");
        let (phrase, day) = phrase.split_once(" @ ").unwrap_or((phrase, ""));
        let answer = ask(phrase, None, day);
        let found = answer.best.first().map_or("nobody".to_owned(), codes);
        match (found == expected, must) {
            (false, true) => wrong.push(format!(
                "{phrase} {day}: expected {expected}, found {found} {:?}",
                answer.best.first().map(|a| (&a.name, &a.how))
            )),
            (true, false) => wrong.push(format!("passes now, take away the '?': {phrase}")),
            (true, true) => right += 1,
            (false, false) => known += 1,
        }
    }
    println!("{right} right, {known} known to fail");
    assert!(wrong.is_empty(), "{} right\n{}", right, wrong.join("\n"));
    assert!(right >= 100);
}

/// Names of the answer in its context.
fn named(phrase: &str, context: &str, day: &str) -> Vec<String> {
    ask(phrase, Some(context), day).best.iter().map(|a| a.name.clone()).collect()
}

/// Kind and codes of all alternatives.
fn others(phrase: &str, day: &str) -> Vec<(ActorKind, String)> {
    ask(phrase, None, day).alternatives.iter().map(|a| (a.kind, codes(a))).collect()
}

#[test]
fn names_that_several_share_keep_the_others() {
    for (phrase, first, other) in [
        ("Georgia", "GEO GOV", (ActorKind::Place, "USA -")),
        ("Congo", "COD GOV", (ActorKind::Country, "COG GOV")),
        ("Guinea", "GIN GOV", (ActorKind::Country, "GNQ GOV")),
        ("Korea", "KOR GOV", (ActorKind::Country, "PRK GOV")),
        ("Washington", "USA GOV", (ActorKind::Place, "USA -")),
        ("Chad", "TCD GOV", (ActorKind::Person, "- -")),
        ("Jordan", "JOR GOV", (ActorKind::Person, "- -")),
    ] {
        let answer = ask(phrase, None, "2020-05-01");
        assert_eq!(answer.best.first().map(codes).as_deref(), Some(first), "{phrase}");
        let others = others(phrase, "2020-05-01");
        assert!(others.iter().any(|(k, c)| *k == other.0 && c == other.1), "{phrase}: {others:?}");
    }
}

#[test]
fn a_capital_is_a_government_where_it_acts_and_a_town_where_something_happens() {
    let kind = |context: &str| ask("Washington", Some(context), "").best.first().map(|a| (a.kind, codes(a)));
    assert_eq!(kind("Washington condemned the raid."), Some((ActorKind::Country, "USA GOV".to_owned())));
    assert_eq!(kind("Students marched in Washington.").map(|k| k.0), Some(ActorKind::Place));
}

#[test]
fn chad_is_a_state_unless_a_surname_follows() {
    for sentence in
        ["Chad condemned the raid.", "Troops from Chad crossed the river.", "Ministers met in Chad."]
    {
        assert_eq!(named("Chad", sentence, ""), ["Chad"], "{sentence}");
        let codes: Vec<String> = ask("Chad", Some(sentence), "").best.iter().map(codes).collect();
        assert_eq!(codes, ["TCD GOV"], "{sentence}");
    }
    let person = ask("Chad Winterbourne", Some("Police arrested Chad Winterbourne on Monday."), "");
    assert_eq!(person.best.first().map(|a| (a.kind, a.country.clone())), Some((ActorKind::Person, None)));
    let later = "Professor Peter Jordan was arrested on Monday. Jordan denied the charge.";
    assert_eq!(named("Jordan", later, ""), ["Peter Jordan"]);
}

#[test]
fn those_who_are_only_backed_by_a_state_are_not_of_it() {
    for (phrase, expected) in [
        ("U.S.-backed rebels", "- REB"),
        ("Iranian-backed fighters", "- REB"),
        ("Russian-led forces", "- MIL"),
        ("Turkish rebels", "TUR REB"),
    ] {
        assert_eq!(ask(phrase, None, "").best.first().map(codes).as_deref(), Some(expected), "{phrase}");
    }
    let relations = ask("Turkish-Russian", Some("Turkish-Russian relations are cold."), "");
    let mut both: Vec<String> = relations.best.iter().map(codes).collect();
    both.sort();
    assert_eq!(both, ["RUS GOV", "TUR GOV"]);
}

#[test]
fn former_and_acting_officials_differ() {
    for (phrase, expected) in [
        ("ex-president", "- ELI"),
        ("the former Kenyan defence minister", "KEN ELI"),
        ("a retired Kenyan general", "KEN ELI"),
        ("the ousted Kenyan president", "KEN ELI"),
        ("Kenya's acting defence minister", "KEN GOV"),
        ("Kenya's interim president", "KEN GOV"),
        ("a former Kenyan rebel", "KEN REB"),
    ] {
        assert_eq!(ask(phrase, None, "").best.first().map(codes).as_deref(), Some(expected), "{phrase}");
    }
}

#[test]
fn what_the_text_has_said_before_tells_who_is_meant() {
    for (phrase, context, expected) in [
        (
            "NTU",
            "The Norland Transport Union (NTU) went on strike. The NTU wants more pay.",
            "Norland Transport Union",
        ),
        ("Stern", "Foreign Minister Ada Stern left Oslo. Stern will be back on Monday.", "Ada Stern"),
        ("she", "Ada Stern left Oslo because she was tired.", "Ada Stern"),
        (
            "the ministry",
            "Kenya's health ministry closed the ward. Later the ministry blamed rats.",
            "Kenyan health ministry",
        ),
        (
            "The minister",
            "Kenya's health minister Ada Stern closed the ward. The minister blamed rats.",
            "Ada Stern",
        ),
        ("the group", "Hezbollah fired a rocket. On Monday the group denied it.", "Hezbollah"),
        (
            "his government",
            "Kenya's president resigned. Ministers left his government on Monday.",
            "Government of Kenya",
        ),
        ("Ankara", "Turkey criticised the pact. Ankara wants another.", "Turkey"),
        (
            "his counterpart",
            "Kenya's president Bo Lund met his counterpart from Ghana.",
            "president of Ghana",
        ),
    ] {
        assert_eq!(named(phrase, context, "2024-05-16"), [expected], "{phrase} in {context}");
    }
    let alone = ask("its envoy", Some("Kenya closed the border. Kenya recalled its envoy."), "");
    assert_eq!(alone.best.first().map(codes).as_deref(), Some("KEN GOV"));
}

#[test]
fn whoever_has_no_entry_is_what_title_and_apposition_say() {
    for (phrase, expected) in [
        ("Turkish Foreign Minister Ada Stern", "TUR GOV"),
        ("Ada Stern, a spokeswoman for the Turkish army", "TUR MIL"),
        ("Ada Stern, head of Kenya's electoral commission", "KEN GOV"),
        ("the Kenyan rebel leader Bo Lund", "KEN REB"),
    ] {
        let answer = ask(phrase, None, "2024-05-16");
        let actor = answer.best.first().expect("somebody");
        assert_eq!((actor.kind, codes(actor).as_str()), (ActorKind::Person, expected), "{phrase}");
        assert!(actor.name == "Ada Stern" || actor.name == "Bo Lund", "{}", actor.name);
    }
}
