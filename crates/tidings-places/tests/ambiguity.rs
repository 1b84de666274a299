//! Names that several places have: what the text says decides. Sentences are our own.

use tidings_places::{Kind, Resolved, Setting, Toponym, resolve};
use tidings_text::Span;

/// The places of the names marked with `[ ]`, in order.
fn places(marked: &str) -> Vec<Option<Resolved>> {
    let mut text = String::new();
    let mut spans = Vec::new();
    for piece in marked.split_inclusive(']') {
        let (before, name) = piece.split_once('[').unwrap_or((piece, ""));
        text.push_str(before);
        let start = text.len();
        text.push_str(name.trim_end_matches(']'));
        if !name.is_empty() {
            spans.push(Span::new(start, text.len()));
        }
    }
    let toponyms: Vec<Toponym> = spans.iter().map(|s| Toponym::at(&text, *s, 0)).collect();
    resolve(&toponyms, &Setting::default())
}

/// Country, first division and kind of the last marked name.
fn last(marked: &str) -> (Option<&'static str>, Option<&'static str>, Kind) {
    let place = places(marked).pop().flatten().expect("the gazetteer knows the name").entry;
    (place.country_code(), place.first_division().map(|d| d.code()), place.kind())
}

fn country(marked: &str) -> Option<&'static str> {
    last(marked).0
}

#[test]
fn georgia_is_a_state_or_a_country() {
    assert_eq!(last("Officials from [Armenia] and [Azerbaijan] met in [Georgia]").2, Kind::Country);
    let state = last("Storms hit [Florida], [Alabama], [Atlanta] and the rest of [Georgia]");
    assert_eq!((state.0, state.2), (Some("USA"), Kind::FirstDivision));
    assert_eq!(last("A march in [Atlanta], [Georgia]").2, Kind::FirstDivision);
}

#[test]
fn washington_is_a_state_or_a_city() {
    assert!(last("Talks between [Beijing], [Moscow] and [Washington]").1 == Some("US.DC"));
    assert_eq!(last("Fires in [Oregon], [Idaho], [Spokane] and [Washington] state").1, Some("US.WA"));
    assert_eq!(last("A sheriff in [Washington County], [Oregon]").2, Kind::FirstDivision);
}

#[test]
fn the_state_behind_a_name_decides() {
    assert_eq!(last("A court in [Paris], Texas").1, Some("US.TX"));
    assert_eq!(country("A court in [Paris]"), Some("FRA"));
    assert_eq!(last("A plant in [Birmingham], Ala.").1, Some("US.AL"));
    assert_eq!(last("A school in [Cambridge], Massachusetts").1, Some("US.MA"));
    assert_eq!(last("A school in [Cambridge], England").1, Some("GB.ENG"));
    assert_eq!(country("A port near [Victoria], British Columbia"), Some("CAN"));
    assert_eq!(country("A port near [Victoria], Seychelles"), Some("SYC"));
}

#[test]
fn the_other_names_of_the_text_decide() {
    assert_eq!(country("Gunmen in [Benghazi], [Libya], moved on [Tripoli]"), Some("LBY"));
    assert_eq!(country("Clashes in [Beirut] and [Sidon], [Lebanon], and in [Tripoli]"), Some("LBN"));
    assert_eq!(country("A blast in [Karachi], [Sindh], [Pakistan], near [Hyderabad]"), Some("PAK"));
    assert_eq!(country("A blast in [Mumbai], [India], and one in [Hyderabad]"), Some("IND"));
    assert_eq!(country("Police in [Nicaragua], [Costa Rica] and [San Jose]"), Some("CRI"));
    assert_eq!(last("Police in [Oakland], [California], and [San Jose]").1, Some("US.CA"));
    assert_eq!(country("A strike in [Birmingham], [Manchester] and [London]"), Some("GBR"));
}

#[test]
fn countries_are_meant_where_nothing_speaks_against_it() {
    for (text, code) in [
        ("Refugees in [Jordan]", "JOR"),
        ("Troops in [Chad]", "TCD"),
        ("Rebels in the [Congo]", "COD"),
        ("Floods in [Guinea]", "GIN"),
        ("A vote in [Turkey]", "TUR"),
        ("The [U.S.]", "USA"),
        ("The [UK]", "GBR"),
        ("[Russian] jets", "RUS"),
        ("The [Turks]", "TUR"),
        ("[Burma]", "MMR"),
        ("[Ivory Coast]", "CIV"),
    ] {
        assert_eq!(last(text), (Some(code), None, Kind::Country), "{text}");
    }
}

#[test]
fn the_word_beside_a_name_says_what_it_is() {
    assert_eq!(last("Shelling in [Aleppo] province, [Syria], and [Idlib] province").2, Kind::FirstDivision);
    assert_eq!(last("Shelling in the city of [Aleppo]").2, Kind::Seat);
    assert_eq!(last("A judge in [Walker County], Texas").2, Kind::SecondDivision);
}

#[test]
fn directions_are_taken_off() {
    assert_eq!(last("Fighting in northern [northern Mali]").0, Some("MLI"));
    assert_eq!(country("Fighting in [Eastern Ghouta]"), Some("SYR"));
}

#[test]
fn one_name_has_one_meaning_in_a_text() {
    let found = places("[Springfield], Illinois, is far. [Springfield] grows.");
    let codes: Vec<_> =
        found.iter().map(|p| p.as_ref().and_then(|p| p.entry.first_division()).map(|d| d.code())).collect();
    assert_eq!(codes, [Some("US.IL"), Some("US.IL")]);
}

#[test]
fn strange_names_give_nothing_and_no_panic() {
    for name in
        ["Xyzzyville", "", " ", "'s", "🙂", "the", "of", "us", "\u{0}", "County", &"a".repeat(100_000)]
    {
        let toponym = Toponym { name, before: "", after: ", ", sentence: 0 };
        assert!(resolve(&[toponym], &Setting::default())[0].is_none(), "{name:?}");
    }
}

#[test]
fn scores_add_up_and_alternatives_are_told() {
    let found = places("[Springfield]").remove(0).unwrap();
    let sum: f32 = found.score + found.alternatives.iter().map(|(_, score)| score).sum::<f32>();
    assert!(found.score > 0.0 && sum <= 1.001 && found.alternatives.len() > 1, "{found:?}");
}

#[test]
fn a_country_that_is_given_counts() {
    let toponym = Toponym { name: "Tripoli", before: "", after: "", sentence: 0 };
    let of = |code: &str| {
        let setting = Setting { countries: vec![code.to_owned()] };
        resolve(&[toponym], &setting).remove(0).unwrap().entry.country_code()
    };
    assert_eq!((of("LBN"), of("LBY")), (Some("LBN"), Some("LBY")));
}

#[test]
fn a_country_is_not_its_capital_and_the_west_no_province() {
    assert_eq!(last("Lorries from [Mexico] crossed the border").2, Kind::Country);
    assert_eq!(last("Banks in [Singapore] closed").0, Some("SGP"));
    assert!(places("Sanctions that the [West] imposed").pop().flatten().is_none());
}
