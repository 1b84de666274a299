//! GDELT 2.0 (and 1.0, which lacks three columns of divisions).

use jiff::civil::Date;
use tidings_ledger::{Foreign, OutwardParty, OutwardPlace, Party, Place};
use tidings_ontology::Ontology;

use super::cells::{Cells, Fault};
use super::codes::{self, ActorCode};
use super::pairs::Pair;

/// Sentences of a report that count as its beginning: headline and first sentence.
const LEAD: i64 = 2;

/// Our row.
pub fn cells(pair: &Pair) -> Vec<(&'static str, String)> {
    let event = pair.event;
    let cameo = codes::cameo_of(event);
    let date: Option<Date> = pair.date.parse().ok();
    let number = |n: Option<i64>| n.map(|n| n.to_string()).unwrap_or_default();
    let mut cells = vec![
        ("GLOBALEVENTID", pair.number().to_string()),
        ("SQLDATE", pair.date.replace('-', "")),
        ("MonthYear", pair.date.replace('-', "").chars().take(6).collect()),
        ("Year", pair.date.chars().take(4).collect()),
        ("FractionDate", date.map(fraction).unwrap_or_default()),
        ("IsRootEvent", number(event.sentence_number.map(|n| i64::from(n < LEAD)))),
        ("EventCode", cameo.clone()),
        ("EventBaseCode", cameo.chars().take(3).collect()),
        ("EventRootCode", cameo.chars().take(2).collect()),
        ("QuadClass", codes::gdelt_quad(&cameo).to_owned()),
        ("GoldsteinScale", Ontology::plover().goldstein(&cameo).map(|g| g.to_string()).unwrap_or_default()),
        ("NumMentions", event.n_reports.to_string()),
        ("NumSources", event.n_outlets.to_string()),
        ("NumArticles", event.n_reports.to_string()),
        ("DATEADDED", event.since.chars().filter(char::is_ascii_digit).take(14).collect()),
        ("SOURCEURL", event.url.clone().unwrap_or_default()),
        ("Actor1Geo_Type", "0".to_owned()),
        ("Actor2Geo_Type", "0".to_owned()),
    ];
    for (columns, party) in [(ACTOR1, pair.source), (ACTOR2, pair.target)] {
        party.into_iter().for_each(|party| actor(columns, party, &mut cells));
    }
    place(event.place.as_ref(), &mut cells);
    cells
}

const ACTOR1: [&str; 7] = [
    "Actor1Code",
    "Actor1Name",
    "Actor1CountryCode",
    "Actor1KnownGroupCode",
    "Actor1Type1Code",
    "Actor1Type2Code",
    "Actor1Type3Code",
];
const ACTOR2: [&str; 7] = [
    "Actor2Code",
    "Actor2Name",
    "Actor2CountryCode",
    "Actor2KnownGroupCode",
    "Actor2Type1Code",
    "Actor2Type2Code",
    "Actor2Type3Code",
];

fn actor(columns: [&'static str; 7], party: &OutwardParty, cells: &mut Vec<(&'static str, String)>) {
    let code = ActorCode::of(party);
    let [whole, name, country, group, types @ ..] = columns;
    cells.push((whole, code.code()));
    cells.push((name, party.name.to_uppercase()));
    cells.push((country, code.country.to_owned()));
    cells.push((group, code.group.to_owned()));
    cells.extend(types.into_iter().zip(&code.types).map(|(column, kind)| (column, (*kind).to_owned())));
}

fn place(place: Option<&OutwardPlace>, cells: &mut Vec<(&'static str, String)>) {
    let Some(place) = place else {
        cells.push(("ActionGeo_Type", "0".to_owned()));
        return;
    };
    let country = place.country.as_deref().unwrap_or_default();
    let kind = match (place.precision.as_deref(), country) {
        (Some("country"), _) => "1",
        (Some("region" | "admin1" | "division"), "USA") => "2",
        (Some("region" | "admin1" | "division"), _) => "5",
        (_, "USA") => "3",
        _ => "4",
    };
    let degrees = |value: Option<f64>| value.map(|v| v.to_string()).unwrap_or_default();
    cells.extend([
        ("ActionGeo_Type", kind.to_owned()),
        ("ActionGeo_FullName", place.name.clone()),
        ("ActionGeo_CountryCode", codes::fips(country).to_owned()),
        ("ActionGeo_ADM1Code", codes::fips(country).to_owned()),
        ("ActionGeo_Lat", degrees(place.latitude)),
        ("ActionGeo_Long", degrees(place.longitude)),
    ]);
}

/// The year and the part of it that has gone, as GDELT reckons it.
fn fraction(date: Date) -> String {
    let days = f64::from(date.month()) * 30.0 + f64::from(date.day());
    format!("{:.4}", f64::from(date.year()) + days / 365.0)
}

/// Their row.
pub fn read(cells: &Cells) -> Result<Foreign, Fault> {
    let url = cells.get("SOURCEURL");
    Ok(Foreign {
        id: cells.need("GLOBALEVENTID")?.to_owned(),
        date: Some(cells.day("SQLDATE")?)
            .filter(Option::is_some)
            .ok_or_else(|| cells.fault("SQLDATE", "is empty", "every row needs it"))?,
        date_precision: Some("day".to_owned()),
        published: cells.day("DATEADDED")?,
        url: url.map(str::to_owned),
        outlet: url.map(codes::outlet),
        source: party(cells, ACTOR1),
        target: party(cells, ACTOR2),
        goldstein: cells.within("GoldsteinScale", 10.0)?,
        place: read_place(cells)?,
        n_reports: cells.count("NumArticles")?,
        n_outlets: cells.count("NumSources")?,
        ..codes::classified(cells, "EventCode")?
    })
}

fn party(cells: &Cells, [code, name, country, ..]: [&str; 7]) -> Option<Party> {
    codes::party_of_code(cells.get(code).or(cells.get(country)), cells.get(name))
}

fn read_place(cells: &Cells) -> Result<Option<Place>, Fault> {
    let Some(name) = cells.get("ActionGeo_FullName") else { return Ok(None) };
    let precision = match cells.get("ActionGeo_Type") {
        Some("1") => "country",
        Some("2" | "5") => "region",
        _ => "city",
    };
    Ok(Some(Place {
        name: name.to_owned(),
        country: cells.get("ActionGeo_CountryCode").and_then(codes::of_fips).map(str::to_owned),
        latitude: cells.within("ActionGeo_Lat", 90.0)?,
        longitude: cells.within("ActionGeo_Long", 180.0)?,
        precision: precision.to_owned(),
        ..Place::default()
    }))
}

#[cfg(test)]
pub mod tests {
    use super::*;
    use crate::sets::pairs;
    use tidings_ledger::OutwardEvent;

    /// A meeting in Oslo.
    pub fn event(sources: &[&str], targets: &[&str]) -> OutwardEvent {
        let party = |code: &&str| OutwardParty {
            entity: (*code).to_owned(),
            name: codes::country_name(code),
            country: Some((*code).to_owned()),
            sector: "GOV".to_owned(),
            role: None,
        };
        OutwardEvent {
            event_id: "abc:12".to_owned(),
            date: Some("2016-08-11".to_owned()),
            date_precision: Some("day".to_owned()),
            sources: sources.iter().map(party).collect(),
            targets: targets.iter().map(party).collect(),
            event_type: "CONSULT".to_owned(),
            mode: "visit".to_owned(),
            context: "diplomatic".to_owned(),
            quad_class: 1,
            plover_score: Some(4.0),
            cameo: Some("042".to_owned()),
            goldstein: Some(1.9),
            status: "asserted".to_owned(),
            place: Some(OutwardPlace {
                name: "Oslo".to_owned(),
                country: Some("NOR".to_owned()),
                admin1: Some("Oslo".to_owned()),
                geonames: Some(3_143_244),
                latitude: Some(59.91273),
                longitude: Some(10.74609),
                precision: Some("city".to_owned()),
            }),
            n_reports: 3,
            n_outlets: 2,
            n_texts: 2,
            document_id: "0123456789abcdef".to_owned(),
            title: Some("Talks\tin Oslo".to_owned()),
            outlet: Some("Post".to_owned()),
            url: Some("https://post.example/1".to_owned()),
            published: Some("2016-08-12".to_owned()),
            language: "en".to_owned(),
            sentence: "They met.".to_owned(),
            sentence_number: Some(1),
            since: "2026-11-25T14:30:00.000000Z".to_owned(),
            original: None,
        }
    }

    #[test]
    fn a_row_says_what_gdelt_would() {
        let event = event(&["NOR"], &["ISL"]);
        let pairs = pairs::of(&event);
        let cells = cells(&pairs[0]);
        let get = |name: &str| cells.iter().find(|(n, _)| *n == name).map_or("", |(_, text)| text.as_str());
        assert_eq!(
            (get("SQLDATE"), get("MonthYear"), get("FractionDate")),
            ("20160811", "201608", "2016.6877")
        );
        assert_eq!(
            (get("Actor1Code"), get("Actor1Name"), get("Actor1CountryCode")),
            ("NOR", "NORWAY", "NOR")
        );
        assert_eq!((get("EventCode"), get("EventRootCode"), get("QuadClass")), ("042", "04", "1"));
        assert_eq!((get("ActionGeo_Type"), get("ActionGeo_CountryCode")), ("4", "NO"));
        assert_eq!((get("DATEADDED"), get("IsRootEvent")), ("20261125143000", "1"));
    }
}
