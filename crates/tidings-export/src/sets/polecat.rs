//! POLECAT: PLOVER's own terms.

use tidings_actors::Knowledge;
use tidings_ledger::{Foreign, OutwardParty, Party, Place};
use tidings_ontology::{EventType, Ontology};

use super::cells::{Cells, Fault, short};
use super::codes;
use super::pairs::Pair;

/// Between the members of a list.
const BETWEEN: &str = "|";

const ACTOR: [&str; 6] =
    ["Actor Name", "Actor Country", "Actor COW", "Primary Actor Sector", "Actor Sectors", "Actor Title"];
const RECIPIENT: [&str; 6] = [
    "Recipient Name",
    "Recipient Country",
    "Recipient COW",
    "Primary Recipient Sector",
    "Recipient Sectors",
    "Recipient Title",
];

/// Our row.
pub fn cells(pair: &Pair) -> Vec<(&'static str, String)> {
    let event = pair.event;
    let quad = EventType::parse(&event.event_type).map_or("", |kind| kind.quad().1);
    let mut cells = vec![
        ("Event ID", pair.id()),
        ("Event Date", pair.date.to_owned()),
        ("Event Type", event.event_type.clone()),
        ("Event Mode", event.mode.split_whitespace().next().unwrap_or_default().to_owned()),
        ("Intensity", event.plover_score.map(|score| score.to_string()).unwrap_or_default()),
        ("Quad Code", quad.to_uppercase()),
        ("Contexts", list(&event.context)),
        ("Source", event.outlet.clone().unwrap_or_default()),
        ("Publication Date", event.published.clone().unwrap_or_default()),
        // `und` is ISO 639 for "not known".
        ("Language", Some(event.language.as_str()).filter(|l| *l != "und").unwrap_or_default().to_owned()),
        ("Version", concat!("tidings ", env!("CARGO_PKG_VERSION")).to_owned()),
    ];
    for (columns, party) in [(ACTOR, pair.source), (RECIPIENT, pair.target)] {
        party.into_iter().for_each(|party| actor(columns, party, pair.date, &mut cells));
    }
    if let Some(place) = &event.place {
        let degrees = |value: Option<f64>| value.map(|v| v.to_string()).unwrap_or_default();
        let city =
            if matches!(place.precision.as_deref(), Some("country" | "region")) { "" } else { &place.name };
        cells.extend([
            ("Placename", place.name.clone()),
            ("City", city.to_owned()),
            ("Province", place.admin1.clone().unwrap_or_default()),
            ("Country", place.country.clone().unwrap_or_default()),
            ("Latitude", degrees(place.latitude)),
            ("Longitude", degrees(place.longitude)),
            ("GeoNames ID", place.geonames.map(|id| id.to_string()).unwrap_or_default()),
            ("Feature Type", place.precision.clone().unwrap_or_default()),
        ]);
    }
    cells
}

fn list(words: &str) -> String {
    words.split_whitespace().collect::<Vec<_>>().join(BETWEEN)
}

fn actor(
    columns: [&'static str; 6],
    party: &OutwardParty,
    date: &str,
    cells: &mut Vec<(&'static str, String)>,
) {
    let [name, country, cow, primary, sectors, title] = columns;
    let code = party.country.clone().unwrap_or_default();
    let number = Knowledge::embedded().state_codes(&code, date.parse().ok()).and_then(|codes| codes.cow);
    cells.extend([
        (name, party.name.clone()),
        (country, code),
        (cow, number.map(|n| n.to_string()).unwrap_or_default()),
        (primary, party.sector.split_whitespace().next().unwrap_or_default().to_owned()),
        (sectors, list(&party.sector)),
        (title, party.role.clone().unwrap_or_default()),
    ]);
}

/// Their row.
pub fn read(cells: &Cells) -> Result<Foreign, Fault> {
    let date = cells
        .day("Event Date")?
        .ok_or_else(|| cells.fault("Event Date", "is empty", "every row needs it"))?;
    let name = cells.need("Event Type")?;
    let kind = EventType::parse(&name.to_uppercase()).ok_or_else(|| {
        cells.fault(
            "Event Type",
            format!("'{}' is no PLOVER type", short(name)),
            "the types are AGREE, CONSULT …",
        )
    })?;
    let mode = cells.get("Event Mode").map(str::to_lowercase).unwrap_or_default();
    let ontology = Ontology::plover();
    let known = ontology.has_mode(kind, &mode).then_some(mode.as_str());
    let cameo = ontology.default_cameo(kind, known).map(str::to_owned);
    let score = cells.within("Intensity", 10.0)?;
    Ok(Foreign {
        id: cells.need("Event ID")?.to_owned(),
        date: Some(date),
        date_precision: Some("day".to_owned()),
        published: cells.day("Publication Date")?,
        outlet: cells.get("Source").map(str::to_owned),
        source: party(cells, ACTOR),
        target: party(cells, RECIPIENT),
        event_type: kind.as_str().to_owned(),
        mode: mode.clone(),
        context: cells.get("Contexts").map(words).unwrap_or_default(),
        quad_class: kind.quad().0,
        plover_score: score.or_else(|| ontology.score(kind, known)),
        goldstein: cameo.as_deref().and_then(|code| ontology.goldstein(code)),
        cameo,
        place: place(cells)?,
        n_reports: 1,
        n_outlets: 1,
        ..Foreign::default()
    })
}

/// The members of a list, whatever stands between them.
fn words(list: &str) -> String {
    let words = list.split(['|', ';', ',']).map(|word| word.trim().replace(' ', "_"));
    words.filter(|word| !word.is_empty()).collect::<Vec<_>>().join(" ")
}

fn party(cells: &Cells, [name, country, _, primary, sectors, _]: [&str; 6]) -> Option<Party> {
    let code = cells.get(country);
    let name = cells.get(name).or(code)?;
    let sector = cells.get(sectors).or(cells.get(primary)).map(words).unwrap_or_default();
    let state =
        code.is_some_and(|code| codes::of_country_name(name).as_deref() == Some(code)) && sector == "GOV";
    codes::party(name, code, &sector, state)
}

fn place(cells: &Cells) -> Result<Option<Place>, Fault> {
    let named =
        ["Placename", "City", "District", "Province", "Country"].into_iter().find_map(|c| cells.get(c));
    let Some(name) = named else { return Ok(None) };
    let finest = [("City", "city"), ("District", "district"), ("Province", "region")];
    let precision =
        finest.into_iter().find(|(column, _)| cells.get(column).is_some()).map_or("country", |(_, p)| p);
    let geonames = cells.number("GeoNames ID")?.filter(|id| *id >= 1.0 && *id <= f64::from(u32::MAX));
    Ok(Some(Place {
        name: name.to_owned(),
        country: cells.get("Country").map(|c| codes::of_country_name(c).unwrap_or_else(|| c.to_owned())),
        admin1: cells.get("Province").map(str::to_owned),
        #[allow(
            clippy::cast_possible_truncation,
            clippy::cast_sign_loss,
            reason = "it lies within the bounds of u32"
        )]
        geonames: geonames.map(|id| id as u32),
        latitude: cells.within("Latitude", 90.0)?,
        longitude: cells.within("Longitude", 180.0)?,
        precision: cells.get("Feature Type").unwrap_or(precision).to_owned(),
    }))
}
