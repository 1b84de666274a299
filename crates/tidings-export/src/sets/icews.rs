//! ICEWS coded event data.

use tidings_ledger::{Foreign, OutwardParty, Party, Place};
use tidings_ontology::Ontology;

use super::cells::{Cells, Fault};
use super::codes;
use super::pairs::{Pair, number};

const SOURCE: [&str; 3] = ["Source Name", "Source Sectors", "Source Country"];
const TARGET: [&str; 3] = ["Target Name", "Target Sectors", "Target Country"];

/// Our row.
pub fn cells(pair: &Pair) -> Vec<(&'static str, String)> {
    let event = pair.event;
    let cameo = codes::cameo_of(event);
    let ontology = Ontology::plover();
    let mut cells = vec![
        ("Event ID", pair.number().to_string()),
        ("Event Date", pair.date.to_owned()),
        ("Event Text", ontology.cameo(&cameo).map(|c| c.name.clone()).unwrap_or_default()),
        ("Intensity", ontology.goldstein(&cameo).map(|g| g.to_string()).unwrap_or_default()),
        ("CAMEO Code", cameo),
        ("Story ID", number(&event.document_id).to_string()),
        ("Sentence Number", event.sentence_number.map(|n| (n + 1).to_string()).unwrap_or_default()),
        ("Publisher", event.outlet.clone().unwrap_or_default()),
    ];
    for (columns, party) in [(SOURCE, pair.source), (TARGET, pair.target)] {
        party.into_iter().for_each(|party| actor(columns, party, &mut cells));
    }
    if let Some(place) = &event.place {
        let degrees = |value: Option<f64>| value.map(|v| v.to_string()).unwrap_or_default();
        let town =
            if matches!(place.precision.as_deref(), Some("country" | "region")) { "" } else { &place.name };
        let region = place.precision.as_deref() == Some("region");
        let province = if region { Some(&place.name) } else { place.admin1.as_ref() };
        cells.extend([
            ("City", town.to_owned()),
            ("Province", province.cloned().unwrap_or_default()),
            ("Country", place.country.as_deref().map(codes::country_name).unwrap_or_default()),
            ("Latitude", degrees(place.latitude)),
            ("Longitude", degrees(place.longitude)),
        ]);
    }
    cells
}

fn actor(
    [name, sectors, country]: [&'static str; 3],
    party: &OutwardParty,
    cells: &mut Vec<(&'static str, String)>,
) {
    cells.push((name, party.name.clone()));
    if !codes::is_state(party) {
        cells.push((sectors, codes::icews_sectors(&party.sector)));
    }
    cells.push((country, party.country.as_deref().map(codes::country_name).unwrap_or_default()));
}

/// Their row. Some ids of ICEWS stand on several rows, so a row is known by its words as well.
pub fn read(cells: &Cells) -> Result<Foreign, Fault> {
    let date = cells
        .day("Event Date")?
        .ok_or_else(|| cells.fault("Event Date", "is empty", "every row needs it"))?;
    Ok(Foreign {
        id: format!("{}.{:014x}", cells.need("Event ID")?, number(&cells.line())),
        date: Some(date),
        date_precision: Some("day".to_owned()),
        url: cells.get("Story ID").map(|id| format!("icews:story/{id}")),
        published: Some(date),
        outlet: cells.get("Publisher").map(str::to_owned),
        source: party(cells, SOURCE),
        target: party(cells, TARGET),
        goldstein: cells.within("Intensity", 10.0)?,
        place: place(cells)?,
        n_reports: 1,
        n_outlets: 1,
        ..codes::classified(cells, "CAMEO Code")?
    })
}

fn party(cells: &Cells, [name, sectors, country]: [&str; 3]) -> Option<Party> {
    let country = cells.get(country);
    let code = country.and_then(codes::of_country_name);
    let name = cells.get(name).or(country)?;
    let words = cells.get(sectors).unwrap_or_default();
    let state = words.is_empty() && country.is_some_and(|country| country.eq_ignore_ascii_case(name));
    codes::party(name, code.as_deref(), &codes::of_icews_sectors(words), state)
}

fn place(cells: &Cells) -> Result<Option<Place>, Fault> {
    let country = cells.get("Country");
    let named = [
        (cells.get("City"), "city"),
        (cells.get("District"), "district"),
        (cells.get("Province"), "region"),
        (country, "country"),
    ];
    let Some((name, precision)) = named.into_iter().find_map(|(name, precision)| Some((name?, precision)))
    else {
        return Ok(None);
    };
    Ok(Some(Place {
        name: name.to_owned(),
        country: country.and_then(codes::of_country_name),
        admin1: cells.get("Province").map(str::to_owned),
        latitude: cells.within("Latitude", 90.0)?,
        longitude: cells.within("Longitude", 180.0)?,
        precision: precision.to_owned(),
        ..Place::default()
    }))
}
