//! PETRARCH dictionaries of one's own, from file to record: codes of actors and acts, words before the verb, both directions.

mod common;

use tidings_actors::{Additions, Knowledge};
use tidings_coding::records::{ActorRef, Event};
use tidings_ontology::Rules;

const ACTORS: &str = "NORLANDIA_ [NRL]\nSUDRIA_ [SDR]\nESTERIA_ [EST]\nTHE_REALM_ [NRL/SDR]\n";
const AGENTS: &str = "MINISTER [~GOV]\nSOLDIER [~MIL]\n";
const VERBS: &str = "&REFUSING\n+DID N'T\n+WILL NOT\n\n--- VISIT [345:346] ---\nVISIT\n\n--- GREET [701] ---\nGREET\n\
    - &REFUSING * [702]\n- SAID_WOULD * [703]\n- % * [704:704]\n- + WAS * BY $ [705]\n- * GOLDEN GOOSE [706]\n\
    MET [810]\nMEET [811]\n";

fn file(name: &str, text: &str) -> (String, Vec<u8>) {
    (name.to_owned(), text.as_bytes().to_vec())
}

fn who(actors: &[ActorRef]) -> String {
    let codes: Vec<&str> = actors.iter().map(|a| a.code.as_deref().unwrap_or("-")).collect();
    codes.join("+")
}

fn written(event: &Event) -> String {
    let code = event.code.as_deref().unwrap_or("-");
    if event.reciprocal {
        return format!("{} {code} =", who(&event.source));
    }
    format!("{} {code} {}", who(&event.source), who(&event.target))
}

#[test]
fn records_carry_the_codes_of_the_dictionaries() {
    let additions = Additions::read(&[file("a.actors", ACTORS), file("a.agents", AGENTS)]).expect("sound").0;
    let rules = Rules::read(&[file("a.verbs.txt", VERBS)]).expect("a dictionary").0;
    let knowledge = Knowledge::with(additions);
    for (sentence, expected) in [
        ("The minister of Norlandia visited Sudria on Monday.", "NRLGOV 345:346 SDR"),
        ("Soldiers from Norlandia greeted Sudria.", "NRLMIL 701 SDR"),
        ("Norlandia didn't greet Sudria on Monday.", "NRL 702 SDR"),
        ("Norlandia will not greet Sudria.", "NRL 702 SDR"),
        ("Norlandia said it would greet Sudria next week.", "NRL 703 SDR"),
        ("Norlandia and Sudria greeted on Monday.", "NRL+SDR 704 ="),
        ("Norlandia was greeted by Sudria.", "SDR 705 NRL"),
        ("Norlandia greeted the golden goose of Sudria.", "NRL 706 SDR"),
        ("The Realm visited Esteria.", "SDR+NRL 345:346 EST"),
        ("Norlandia met Sudria on Monday.", "NRL 810 SDR"),
        ("Norlandia will meet Sudria on Monday.", "NRL 811 SDR"),
    ] {
        let document = common::document(sentence, "2024-05-16".parse().ok());
        let report = common::report_by(&document, &knowledge, &rules);
        let found: Vec<String> = report.events().map(written).collect();
        assert!(found.iter().any(|f| f == expected), "{sentence}: {found:?}");
        assert!(report.events().filter(|e| e.code.is_some()).all(|e| e.plover.event == "NONE"), "{sentence}");
    }
    let report = common::code("Norway visited Sweden on Monday.", None);
    assert!(report.events().all(|e| e.code.is_none() && e.source.iter().all(|a| a.code.is_none())));
}
