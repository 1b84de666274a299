//! The codes of others in PLOVER's terms and back: countries, sectors, actors, acts.

use std::sync::LazyLock;

use tidings_actors::{Knowledge, fold, read_code};
use tidings_ledger::{Foreign, OutwardEvent, OutwardParty, Party};
use tidings_ontology::{EventType, Ontology};

use super::cells::{Cells, Fault, short};

/// The rows of a table inside the program, without comments and header.
pub fn rows(text: &'static str) -> impl Iterator<Item = Vec<&'static str>> {
    text.lines().filter(|l| !l.starts_with('#')).skip(1).map(|l| l.split('\t').collect())
}

type Three = [&'static str; 3];

fn three(text: &'static str) -> Vec<Three> {
    rows(text).filter_map(|row| row.try_into().ok()).collect()
}

/// ISO-3, FIPS, CAMEO.
static COUNTRIES: LazyLock<Vec<Three>> =
    LazyLock::new(|| three(include_str!("../../../../data/export/country_codes.tsv")));
/// PLOVER, CAMEO, ICEWS.
static SECTORS: LazyLock<Vec<Three>> =
    LazyLock::new(|| three(include_str!("../../../../data/export/sectors.tsv")));
/// Root, quad class.
static QUADS: LazyLock<Vec<Vec<&'static str>>> =
    LazyLock::new(|| rows(include_str!("../../../../data/export/gdelt_quads.tsv")).collect());

/// PLOVER's codes of those above states, in CAMEO, and the name of the group.
const ABOVE: [(&str, &str, &str); 7] = [
    ("UNO", "IGO", "UNO"),
    ("EUR", "IGO", "EEC"),
    ("IGO", "IGO", ""),
    ("NGO", "NGO", ""),
    ("ISM", "NGM", ""),
    ("IMG", "IMG", ""),
    ("MNC", "MNC", ""),
];

/// Sectors that those above states have anyway.
const THEIRS: [&str; 5] = ["IGO", "NGO", "ISM", "IMG", "MNC"];

/// Whether the tables inside the program have their rows.
pub fn check() -> bool {
    COUNTRIES.len() > 200 && SECTORS.len() > 30 && QUADS.len() == 20
}

/// FIPS code of a country.
pub fn fips(iso3: &str) -> &'static str {
    COUNTRIES.iter().find(|[iso, ..]| *iso == iso3).map_or("", |[_, fips, _]| fips)
}

/// The country of a FIPS code.
pub fn of_fips(code: &str) -> Option<&'static str> {
    COUNTRIES.iter().find(|[_, fips, _]| !fips.is_empty() && *fips == code).map(|[iso, ..]| *iso)
}

/// The quad class that GDELT gives to a CAMEO code.
pub fn gdelt_quad(cameo: &str) -> &'static str {
    let root = cameo.get(..2).unwrap_or_default();
    QUADS.iter().find(|row| row.first() == Some(&root)).and_then(|row| row.get(1)).map_or("", |quad| quad)
}

/// An actor in CAMEO's letters.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct ActorCode {
    /// Of the state; empty for those above states.
    pub country: &'static str,
    /// A known body.
    pub group: &'static str,
    /// At most three.
    pub types: Vec<&'static str>,
}

impl ActorCode {
    /// Of an actor. A state itself has its country only; what CAMEO has no letters for is left out.
    pub fn of(party: &OutwardParty) -> Self {
        let country = party.country.as_deref().unwrap_or_default();
        if let Some((_, role, group)) = ABOVE.into_iter().find(|(code, ..)| *code == country) {
            let mut types = vec![role];
            types.extend(types_of(&party.sector).filter(|t| *t != role));
            types.truncate(3);
            return Self { country: "", group, types };
        }
        let types = if is_state(party) { Vec::new() } else { types_of(&party.sector).take(3).collect() };
        Self { country: cameo_country(country), group: "", types }
    }

    /// All of it: NORGOV, IGOUNO.
    pub fn code(&self) -> String {
        match self.types.split_first() {
            Some((role, types)) if !self.group.is_empty() || THEIRS.contains(role) || *role == "NGM" => {
                format!("{role}{}{}", self.group, types.concat())
            }
            _ => format!("{}{}", self.country, self.types.concat()),
        }
    }
}

fn types_of(sectors: &str) -> impl Iterator<Item = &'static str> {
    let sectors = sectors.split_whitespace().filter(|s| !THEIRS.contains(s));
    let code =
        |sector: &str| SECTORS.iter().find(|[plover, cameo, _]| *plover == sector && !cameo.is_empty());
    sectors.filter_map(move |sector| code(sector).map(|[_, cameo, _]| *cameo))
}

fn cameo_country(iso3: &str) -> &'static str {
    let found = COUNTRIES.iter().find(|[iso, ..]| *iso == iso3);
    found.map_or("", |[iso, _, cameo]| if cameo.is_empty() { iso } else { cameo })
}

/// A state itself, not somebody of it.
pub fn is_state(party: &OutwardParty) -> bool {
    party.country.as_deref() == Some(party.entity.as_str())
}

/// The actor of a CAMEO code and a name; none if there is neither.
pub fn party_of_code(code: Option<&str>, name: Option<&str>) -> Option<Party> {
    let (country, sectors) = read_code(code.unwrap_or_default());
    let country = country.as_deref();
    let only_country = code.is_some_and(|code| code.len() == 3) && country.is_some_and(is_known);
    if !only_country {
        return party(name.or(code)?, country, &sectors.join(" "), false);
    }
    // A code without a role is a state's, also where a city or its people stand for it, but not "a delegation".
    let state = name.is_none_or(|name| stands_for(name) == country.map(str::to_owned));
    party(name.or(code)?, country, "", state)
}

fn is_known(country: &str) -> bool {
    Knowledge::embedded().is_state(country)
}

/// The country that a name stands for: its own, its people's, a city's.
fn stands_for(name: &str) -> Option<String> {
    let known = Knowledge::embedded();
    let named = known.country_by_name(name).or_else(|| known.country_of_adjective(name));
    named.map(str::to_owned).or_else(|| known.place(name).and_then(|(_, country)| country))
}

/// An actor with these words; `state` if nothing but a state is meant.
pub fn party(name: &str, country: Option<&str>, sector: &str, state: bool) -> Option<Party> {
    let known = Knowledge::embedded();
    if let Some(code) = country.filter(|code| state && known.is_state(code)) {
        let name = known.state(code).map_or_else(|| name.to_owned(), |actor| actor.name);
        return Some(Party {
            entity: code.to_owned(),
            name,
            country: Some(code.to_owned()),
            sector: "GOV".to_owned(),
        });
    }
    let words = fold(name);
    let slug: Vec<&str> = words.split(|c: char| !c.is_alphanumeric()).filter(|w| !w.is_empty()).collect();
    let slug = if slug.is_empty() { name.trim().to_owned() } else { slug.join("-") };
    let entity = match country.filter(|code| known.is_state(code)) {
        Some(code) => format!("{code}-{slug}"),
        None => slug,
    };
    let country = country.map(str::to_owned);
    (!entity.is_empty()).then(|| Party { entity, name: name.to_owned(), country, sector: sector.to_owned() })
}

/// English name of a country.
pub fn country_name(code: &str) -> String {
    match code {
        "UNO" => "United Nations".to_owned(),
        "EUR" => "European Union".to_owned(),
        "IGO" | "NGO" | "ISM" | "IMG" | "MNC" => String::new(),
        code => Knowledge::embedded().state(code).map_or_else(|| code.to_owned(), |actor| actor.name),
    }
}

/// The code of a country of that English name.
pub fn of_country_name(name: &str) -> Option<String> {
    match name {
        "United Nations" => Some("UNO".to_owned()),
        "European Union" => Some("EUR".to_owned()),
        name => Knowledge::embedded().country_by_name(name).map(str::to_owned),
    }
}

/// Sectors in the words of ICEWS.
pub fn icews_sectors(sectors: &str) -> String {
    let word = |sector: &str| SECTORS.iter().find(|[plover, ..]| *plover == sector).map(|[.., icews]| *icews);
    sectors.split_whitespace().filter_map(word).collect::<Vec<_>>().join(",")
}

/// Sectors of the words of ICEWS; others say nothing in PLOVER.
pub fn of_icews_sectors(words: &str) -> String {
    let mut found: Vec<&str> = Vec::new();
    for word in words.split(',').map(str::trim) {
        let sector =
            SECTORS.iter().find(|[.., icews]| icews.eq_ignore_ascii_case(word)).map(|[plover, ..]| *plover);
        found.extend(sector.filter(|s| !found.contains(s)));
    }
    found.join(" ")
}

/// The CAMEO code of an event: that of its best report where this means the type of the event, else the nearest.
pub fn cameo_of(event: &OutwardEvent) -> String {
    let ontology = Ontology::plover();
    let kind = EventType::parse(&event.event_type).unwrap_or(EventType::None);
    let meant =
        |code: &&str| ontology.cameo(code).is_some_and(|c| c.event.unwrap_or(EventType::None) == kind);
    if let Some(code) = event.cameo.as_deref().filter(meant) {
        return code.to_owned();
    }
    let mode = event.mode.split_whitespace().next();
    ontology
        .default_cameo(kind, mode)
        .filter(meant)
        .or(ontology.default_cameo(kind, None))
        .unwrap_or("010")
        .to_owned()
}

/// What a CAMEO code means: the fields of the row that follow from it.
pub fn classified(cells: &Cells, column: &str) -> Result<Foreign, Fault> {
    let code = cells.need(column)?;
    let ontology = Ontology::plover();
    // Finer codes than the table has mean what their parents do.
    let found = (2..=code.len()).rev().find_map(|n| ontology.cameo(code.get(..n)?));
    let found = found.filter(|_| code.len() <= 4 && code.bytes().all(|b| b.is_ascii_alphanumeric()));
    let found = found.ok_or_else(|| {
        let what = format!("'{}' is no CAMEO code", short(code));
        cells.fault(column, what, "codes have two to four digits, with leading zeros")
    })?;
    let kind = found.event.unwrap_or(EventType::None);
    Ok(Foreign {
        event_type: kind.as_str().to_owned(),
        mode: found.mode.clone().unwrap_or_default(),
        quad_class: kind.quad().0,
        plover_score: ontology.score(kind, found.mode.as_deref()),
        cameo: Some(code.to_owned()),
        goldstein: ontology.goldstein(code),
        ..Foreign::default()
    })
}

/// Who published what lies at an address.
pub fn outlet(url: &str) -> String {
    let host = url.split_once("://").map_or(url, |(_, rest)| rest);
    let host = host.split(['/', '?', '#']).next().unwrap_or(host);
    host.strip_prefix("www.").unwrap_or(host).to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn known(entity: &str, country: Option<&str>, sector: &str) -> OutwardParty {
        OutwardParty {
            entity: entity.to_owned(),
            name: entity.to_owned(),
            country: country.map(str::to_owned),
            sector: sector.to_owned(),
            role: None,
        }
    }

    #[test]
    fn the_tables_have_their_rows() {
        assert!(check());
        for [plover, ..] in SECTORS.iter() {
            assert!(Ontology::plover().has_sector(plover), "{plover}");
        }
        for [iso3, ..] in COUNTRIES.iter() {
            assert_eq!(iso3.len(), 3);
        }
    }

    #[test]
    fn actors_in_letters_read_back_as_themselves() {
        for (party, code) in [
            (known("NOR", Some("NOR"), "GOV"), "NOR"),
            (known("NOR-ministry", Some("NOR"), "GOV"), "NORGOV"),
            (known("ROU-army", Some("ROU"), "MIL"), "ROMMIL"),
            (known("KEN-nurses", Some("KEN"), "MED LAB"), "KENHLHLAB"),
            (known("KEN-paper", Some("KEN"), "JRN"), "KENMED"),
            (known("united-nations", Some("UNO"), "IGO"), "IGOUNO"),
            (known("eu", Some("EUR"), "IGO"), "IGOEEC"),
            (known("icrc", Some("NGO"), "MED NGO"), "NGOHLH"),
            (known("firm", Some("MNC"), "BUS"), "MNCBUS"),
            (known("soldiers", None, "MIL"), "MIL"),
            (known("it", None, ""), ""),
        ] {
            let written = ActorCode::of(&party).code();
            assert_eq!(written, code);
            if code.is_empty() {
                continue;
            }
            let read = party_of_code(Some(&written), Some("a name")).expect("a party");
            assert_eq!(read.country, party.country, "{code}");
            let again = known(&read.entity, read.country.as_deref(), &read.sector);
            assert_eq!(ActorCode::of(&again).code(), code);
        }
    }

    #[test]
    fn a_code_without_a_role_is_a_state_where_its_name_stands_for_one() {
        let entity = |code, name| party_of_code(Some(code), Some(name)).map(|p| (p.entity, p.sector));
        let found = |entity: &str, sector: &str| Some((entity.to_owned(), sector.to_owned()));
        assert_eq!(entity("FRA", "PARIS"), found("FRA", "GOV"));
        assert_eq!(entity("FRA", "FRENCH"), found("FRA", "GOV"));
        assert_eq!(entity("GUY", "DELEGATION"), found("GUY-delegation", ""));
        assert_eq!(party_of_code(Some("GUY"), None).map(|p| p.name), Some("Guyana".to_owned()));
        assert_eq!(party_of_code(None, None), None);
    }

    #[test]
    fn every_type_has_a_code_that_means_it() {
        for kind in EventType::all().filter(|k| *k != EventType::None) {
            let code = Ontology::plover().default_cameo(kind, None).expect("a code");
            assert_eq!(Ontology::plover().cameo(code).and_then(|c| c.event), Some(kind), "{code}");
        }
    }

    #[test]
    fn countries_and_sectors_go_there_and_back() {
        for [iso3, fips_code, _] in COUNTRIES.iter().filter(|[_, fips, _]| !fips.is_empty()) {
            assert_eq!(of_fips(fips_code), Some(*iso3));
        }
        assert_eq!((fips("ROU"), fips("XXX"), of_fips("")), ("RO", "", None));
        assert_eq!(of_icews_sectors(&icews_sectors("GOV MIL JRN")), "GOV MIL JRN");
        assert_eq!(of_icews_sectors("Executive,Government, Far Left"), "GOV");
        for code in ["NOR", "COD", "USA", "PRK", "UNO"] {
            assert_eq!(of_country_name(&country_name(code)).as_deref(), Some(code));
        }
        assert_eq!(outlet("https://www.example.org/news?id=1"), "example.org");
        assert_eq!(outlet("BBC Monitoring"), "BBC Monitoring");
        assert_eq!((gdelt_quad("0831"), gdelt_quad("195"), gdelt_quad("x")), ("2", "4", ""));
    }
}
