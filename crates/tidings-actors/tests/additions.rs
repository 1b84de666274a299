//! Users' own actors and nouns: what a file may say, what is refused, and who wins.

use tidings_actors::{Actor, ActorKind, Additions, Fault, Knowledge, Mention, MentionWord, NameKindHint};

fn file(name: &str, text: &str) -> (String, Vec<u8>) {
    (name.to_owned(), text.as_bytes().to_vec())
}

fn loaded(name: &str, text: &str) -> (Knowledge, Vec<Fault>) {
    let (additions, warnings) = Additions::read(&[file(name, text)]).expect("the file is sound");
    (Knowledge::with(additions), warnings)
}

fn faults(text: &str) -> Vec<String> {
    let faults = Additions::read(&[file("mine.toml", text)]).expect_err("the file is not sound");
    faults.iter().map(ToString::to_string).collect()
}

/// Asks for a name or a phrase of plain nouns; its last word heads it.
fn ask(knowledge: &Knowledge, phrase: &str, day: &str) -> Option<Actor> {
    let forms: Vec<&str> = phrase.split(' ').collect();
    let word = |(place, form): (usize, &&'static str)| -> MentionWord<'static> {
        let proper = form.chars().next().is_some_and(char::is_uppercase);
        MentionWord {
            form,
            lemma: form,
            upos: if proper { "PROPN" } else { "NOUN" },
            is_head: place + 1 == phrase.split(' ').count(),
            part_of_name: proper.then_some(NameKindHint::Organization),
            outside: false,
        }
    };
    let forms: Vec<&'static str> = forms.into_iter().map(|f| &*f.to_owned().leak()).collect();
    let words: Vec<MentionWord> = forms.iter().enumerate().map(word).collect();
    let head = words.last()?;
    knowledge.resolve(&Mention {
        text: phrase,
        head_lemma: head.lemma,
        kind: head.part_of_name,
        words: &words,
        date: day.parse().ok(),
    })
}

fn codes(actor: Option<Actor>) -> String {
    actor.map_or("nobody".to_owned(), |a| {
        format!(
            "{} {} {}",
            a.country.as_deref().unwrap_or("-"),
            a.sectors.join("/"),
            a.role.unwrap_or_default()
        )
        .trim_end()
        .to_owned()
    })
}

const MINE: &str = r#"
[[actor]]
name = "Blue Crescent Brigades"
aliases = ["BCB", "Katibat al-Hilal"]
country = "SDN"
sectors = ["REB"]

[[actor]]
name = "Ada Stern"
country = "NOR"
sectors = ["PTY"]

[[actor.office]]
role = "minister of fish"
sectors = ["GOV"]
from = 2010-03-01
to = "2012-05"

[[actor]]
name = "Bo Lund"
kind = "person"
country = "DNK"
[[actor.office]]
role = "general"
sectors = ["MIL"]
from = 2001
to = 2009

[[actor]]
name = "European Union"
id = "union"
country = "EUR"
sectors = ["GOV"]
from = 2020-01-01

[[actor]]
name = "the Bloc"
same_as = "union"

[[actor]]
name = "Alliance headquarters"
same_as = "NATO"

[[role]]
noun = "weather witch"
sectors = ["REL"]

[[role]]
noun = "protester"
sectors = ["OPP"]
"#;

#[test]
fn own_actors_are_known_by_all_names_and_win_over_the_tables() {
    let (knowledge, warnings) = loaded("mine.toml", MINE);
    assert!(warnings.is_empty());
    for (phrase, day, expected) in [
        ("Blue Crescent Brigades", "", "SDN REB"),
        ("the BCB", "", "SDN REB"),
        ("Katibat Al-Hilal", "", "SDN REB"),
        ("European Union", "2021-05-01", "EUR GOV"),
        ("European Union", "2011-05-01", "EUR IGO"),
        ("Bloc", "2021-05-01", "EUR GOV"),
        ("Alliance headquarters", "", "IGO MIL/IGO"),
        ("weather witch", "", "- REL weather witch"),
        ("protester", "", "- OPP protester"),
        ("BCB spokesman", "", "SDN REB BCB spokesman"),
    ] {
        assert_eq!(codes(ask(&knowledge, phrase, day)), expected, "{phrase} {day}");
    }
    let actor = ask(&knowledge, "BCB", "").expect("an actor");
    assert_eq!((actor.kind, actor.how.as_str()), (ActorKind::Organization, "entry of mine.toml:3"));
    assert_eq!(codes(ask(Knowledge::embedded(), "weather witch", "")), "nobody");
}

#[test]
fn offices_hold_on_their_days_only() {
    let (knowledge, _) = loaded("mine.toml", MINE);
    for (name, day, expected) in [
        ("Ada Stern", "2011-05-01", "NOR GOV minister of fish"),
        ("Ada Stern", "2012-05-31", "NOR GOV minister of fish"),
        ("Ada Stern", "2012-06-01", "NOR PTY former minister of fish"),
        ("Ada Stern", "2009-01-01", "NOR PTY"),
        ("Bo Lund", "2005-01-01", "DNK MIL general"),
        ("Bo Lund", "2010-01-01", "DNK ELI former general"),
    ] {
        assert_eq!(codes(ask(&knowledge, name, day)), expected, "{name} {day}");
    }
}

#[test]
fn everything_wrong_is_named_with_line_column_and_remedy() {
    let found = faults(
        r#"
[[actor]]
name = "Ada Stern"
country = "Norway"
sectors = ["GOV", "gov", "XYZ"]
colour = "blue"

[[actor.office]]
role = "minister"
from = 2012-01-01
to = 2011-01-01

[[actor]]
name = " "
kind = "ghost"
from = "soon"

[[actor]]
aliases = "Bo"

[[role]]
noun = "…"

[rule]
"#,
    );
    let expected = [
        "mine.toml:4:11: unknown country 'Norway'\n  hint: write its code, \"NOR\"",
        "mine.toml:5:19: unknown sector 'gov'\n  hint: write \"GOV\"",
        "mine.toml:5:26: unknown sector 'XYZ'\n  hint: PLOVER has AGR",
        "mine.toml:6:1: an actor has no 'colour'\n  hint: its keys are name, aliases",
        "mine.toml:11:6: it ends on 2011-01-01, before it starts on 2012-01-01\n  hint:",
        "mine.toml:14:8: 'name' is empty\n  hint:",
        "mine.toml:15:8: no kind of actor is called 'ghost'\n  hint: kinds are person",
        "mine.toml:16:8: 'from' is no date\n  hint: write 2016-08-11",
        "mine.toml:18:1: an actor without a name\n  hint:",
        "mine.toml:19:11: 'aliases' is no list\n  hint:",
        "mine.toml:21:1: a role without 'sectors'\n  hint:",
        "mine.toml:22:8: a noun without a letter\n  hint:",
        "mine.toml:24:2: the file has no 'rule'\n  hint: its keys are actor, role",
    ];
    for (found, expected) in found.iter().zip(expected) {
        assert!(found.starts_with(expected), "expected {expected}\n   found {found}");
    }
    assert_eq!(found.len(), expected.len(), "{found:#?}");
}

#[test]
fn contradictions_and_circles_are_refused() {
    let twice = "[[actor]]\nname = 'A Front'\nid = 'x'\nto = 2010\n[[actor]]\nname = 'B Front'\naliases = ['the a-front']\nid = 'x'\nfrom = 2010\n";
    let found = faults(twice);
    assert!(
        found[0].starts_with("mine.toml:7:12: 'the a-front' is also the name of the actor in mine.toml:2")
    );
    assert!(found[1].starts_with("mine.toml:8:6: the id 'x' is that of mine.toml:2, too"), "{found:?}");
    let apart = twice.replace("from = 2010", "from = 2011").replace("id = 'x'\nfrom", "id = 'y'\nfrom");
    assert!(Additions::read(&[file("mine.toml", &apart)]).is_ok());
    let circle = "[[actor]]\nname = 'A'\nsame_as = 'B'\n[[actor]]\nname = 'B'\nsame_as = 'A'\n";
    assert!(faults(circle)[0].starts_with("mine.toml:3:11: same_as goes round in a circle: A → B → A"));
    let lost = faults("[[actor]]\nname = 'A'\nsame_as = 'Nobody At All'\nid = 'z'\n");
    assert!(lost[0].starts_with("mine.toml:3:11: nobody is called 'Nobody At All'"));
    assert!(lost[1].starts_with("mine.toml:4:1: 'id' beside same_as"));
    let other = file("other.toml", "[[actor]]\nname = 'B front'\n");
    let two = Additions::read(&[file("mine.toml", &apart), other]).expect_err("a clash of two files");
    assert!(
        two[0]
            .to_string()
            .starts_with("other.toml:2:8: 'B front' is also the name of the actor in mine.toml:6")
    );
}

#[test]
fn broken_files_are_refused_without_harm() {
    for (bytes, expected) in [
        (b"[[actor]\nname = 'A'\n".to_vec(), "mine.toml:1:"),
        (b"[[actor]]\nname = 'A\n".to_vec(), "mine.toml:2:"),
        (b"[[actor]]\nname = \"caf\xe9\"\n".to_vec(), "mine.toml:2:12: the file is not in UTF-8"),
        (vec![b' '; tidings_actors::LARGEST_FILE + 1], "mine.toml:1:1: the file is larger than 32 MB"),
        (b"actor = 1\n[role]\n".to_vec(), "mine.toml:1:9: 'actor' is no list of tables"),
        ([b"[[actor]]\nname = 'A'\nx = ".to_vec(), vec![b'['; 20_000]].concat(), "mine.toml:"),
    ] {
        let faults = Additions::read(&[("mine.toml".to_owned(), bytes)]).expect_err(expected);
        assert!(faults[0].to_string().starts_with(expected), "{} is not {expected}", faults[0]);
        assert!(!faults[0].hint.is_empty());
    }
    let (empty, warnings) = Additions::read(&[file("mine.toml", "")]).expect("nothing is not wrong");
    assert!(empty.is_empty() && warnings.is_empty());
}

const DICTIONARY: &str = "\
<!-- an invented
     dictionary -->
BLUE_CRESCENT_BRIGADES_(BCB)_ ; a comment
+BRIGADES_OF_THE_BLUE_CRESCENT_
\t[SDNREB]
NORTHLAND  [NOR] # a state
+NORTHLANDER
ADA_STERN_
\t[NORELI 770101-930627]
\t[NORGOV >930627]
BAD_DAYS_ [NORGOV 930231-940101]
NO_ACTOR_ [---]
STRANGE_ [SDNXYZ]
+STRANGER_ONE [SDNXYZ]
LONELY
";

#[test]
fn dictionaries_of_petrarch_load_as_they_are_and_say_what_is_lost() {
    let (knowledge, warnings) = loaded("own.actors", DICTIONARY);
    for (name, day, expected) in [
        ("Blue Crescent Brigades", "", "SDN REB"),
        ("BCB", "", "SDN REB"),
        ("Brigades of the Blue Crescent", "", "SDN REB"),
        ("Northland", "", "NOR GOV"),
        ("Ada Stern", "1980-01-01", "NOR ELI"),
        ("Ada Stern", "2001-01-01", "NOR GOV"),
        ("Stranger One", "", "SDN GOV"),
    ] {
        assert_eq!(codes(ask(&knowledge, name, day)), expected, "{name} {day}");
    }
    assert_eq!(
        ask(&knowledge, "Northlander", "").map(|a| (a.id, a.kind)),
        Some(("NOR".to_owned(), ActorKind::Country))
    );
    let told: Vec<String> = warnings.iter().map(ToString::to_string).collect();
    let expected = [
        "own.actors:11:11: the days of [NORGOV 930231-940101] are not understood",
        "own.actors:11:1: 'BAD_DAYS_' has no code",
        "own.actors:12:11: [---] is no code of an actor",
        "own.actors:12:1: 'NO_ACTOR_' has no code",
        "own.actors:13:10: XYZ in SDNXYZ is no country and no sector of PLOVER: only `code` keeps it (2 times",
        "own.actors:15:1: 'LONELY' has no code",
    ];
    for begins in expected {
        assert!(told.iter().any(|t| t.starts_with(begins)), "{begins} is not told:\n{}", told.join("\n"));
    }
    assert_eq!(told.len(), expected.len(), "{told:#?}");
}

#[test]
fn agents_give_nouns_with_their_plurals() {
    let agents = "!PERSON! = MAN, WOMAN\nCATTLE!PERSON! [~AGR]\nMANGE_DOCTOR [~HLH]\nLORD_OF_TRADE {LORDS_OF_TRADE} [~GOV]\nRABBLE {} [~CVL]\nPARLIAMENT [~OPP]\nSHEEP!DOG! [~AGR]\n";
    let (knowledge, warnings) = loaded("own.agents", agents);
    for (phrase, expected) in [
        ("cattlewoman", "- AGR cattlewoman"),
        ("mange doctor", "- MED mange doctor"),
        ("lords of trade", "- GOV"),
        ("rabble", "- CVL"),
        ("parliament", "- OPP"),
    ] {
        let found = codes(ask(&knowledge, phrase, ""));
        assert!(found.starts_with(expected), "{phrase}: {found}");
    }
    assert!(
        warnings[0].to_string().starts_with("own.agents:7:1: 'SHEEP!DOG!' has a word in ! !"),
        "{warnings:?}"
    );
}

#[test]
fn a_phrase_has_the_code_of_its_actor_and_its_nouns() {
    let actors = "NORLANDIA_ [NRL]\n+OLD_KEEP\nSUDRIA_ [SDR]\nTHE_REALM_ [NRL/SDR]\n\
        BO_LUND_ [NRLCIV <20010101]\n\t[NRLGOV >20010101]\n";
    let agents = "WEATHER_WITCH {WEATHER_WITCHES} [~WTC]\nMINISTER [~GOV]\nHOSPITAL_SHIP [NGO~]\n";
    let files = [file("own.actors", actors), file("own.agents", agents)];
    let (additions, warnings) = Additions::read(&files).expect("dictionaries are never refused");
    let knowledge = Knowledge::with(additions);
    for (phrase, day, expected) in [
        ("Norlandia", "", "NRL"),
        ("Old Keep", "", "NRL"),
        ("Norlandia minister", "", "NRLGOV"),
        ("Norlandia weather witch", "", "NRLWTC"),
        ("former Norlandia minister", "", "NRLELI"),
        ("Sudria hospital ship", "", "NGOSDR"),
        ("weather witches", "", "WTC"),
        ("Bo Lund", "2000-05-01", "NRLCIV"),
        ("Bo Lund", "2002-05-01", "NRLGOV"),
        ("Realm", "", "NRL/SDR"),
    ] {
        let code = ask(&knowledge, phrase, day).and_then(|actor| actor.code);
        assert_eq!(code.as_deref(), Some(expected), "{phrase} {day}");
    }
    assert_eq!(ask(Knowledge::embedded(), "Norway", "").and_then(|actor| actor.code), None);
    assert!(warnings.iter().any(|w| w.message.starts_with("NRL in NRL is no country")), "{warnings:?}");
}

#[test]
fn noise_never_panics() {
    let bytes: Vec<u8> = (0..20_000u32).map(|n| (n.wrapping_mul(2_654_435_761) >> 13) as u8).collect();
    for name in ["noise.toml", "noise.actors"] {
        let _ = Additions::read(&[(name.to_owned(), bytes.clone())]);
    }
    for text in [
        "[",
        "]",
        "{",
        "+",
        "!",
        "!A!=",
        "[A",
        "A[",
        "A[]",
        "A{}[]",
        "[~]",
        "A [>]",
        "<!--",
        "-->",
        "A [ABC 9]",
    ] {
        let _ = Additions::read(&[file("x.actors", text)]);
    }
}

#[test]
fn the_dictionaries_of_phoenix_load_whole() {
    let shared = std::env::var_os("TIDINGS_SHARED").unwrap_or_else(|| "../../../shared".into());
    let folder = std::path::Path::new(&shared).join("data/petrarch");
    let names = [
        "dictionaries/Phoenix.Countries.actors.txt",
        "dictionaries/Phoenix.International.actors.txt",
        "dictionaries/Phoenix.MilNonState.actors.txt",
        "dictionaries/Phoenix.agents.txt",
        "unit_tests/PETR.Validate.actors.txt",
        "unit_tests/PETR.Validate.agents.txt",
    ];
    let read = |name: &&str| Some(((*name).to_owned(), std::fs::read(folder.join(name)).ok()?));
    let files: Vec<_> = names.iter().filter_map(read).collect();
    if files.is_empty() {
        return; // the dictionaries are not part of Tidings
    }
    let (additions, warnings) = Additions::read(&files).expect("dictionaries are never refused");
    let (actors, nouns) = additions.counts();
    println!("{actors} actors, {nouns} nouns, {} warnings", warnings.len());
    for warning in &warnings {
        println!("{warning}");
    }
    assert!(actors > 15_000 && nouns > 1_500, "{actors} actors, {nouns} nouns");
    assert!(warnings.len() < 600, "{} warnings", warnings.len());
    let knowledge = Knowledge::with(additions);
    assert_eq!(codes(ask(&knowledge, "Accolta Nazinuale Corsa", "")), "FRA REB");
}
