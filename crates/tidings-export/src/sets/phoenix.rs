//! The table that the Phoenix pipeline makes of PETRARCH's.

use tidings_ledger::{Foreign, Place};

use super::cells::{Cells, Fault};
use super::codes;

/// Their row.
pub fn read(cells: &Cells) -> Result<Foreign, Fault> {
    let date = cells.day("Date")?.ok_or_else(|| cells.fault("Date", "is empty", "every row needs it"))?;
    let url = cells.get("URLs").and_then(|urls| urls.split(';').next());
    let party = |column: &str| codes::party_of_code(cells.get(column), None);
    let name = ["LocationName", "StateName", "CountryCode"].into_iter().find_map(|column| cells.get(column));
    let place = name.map(|name| -> Result<Place, Fault> {
        Ok(Place {
            name: name.to_owned(),
            country: cells.get("CountryCode").map(str::to_owned),
            admin1: cells.get("StateName").map(str::to_owned),
            latitude: cells.within("Lat", 90.0)?,
            longitude: cells.within("Lon", 180.0)?,
            precision: if cells.get("LocationName").is_some() { "city" } else { "region" }.to_owned(),
            ..Place::default()
        })
    });
    Ok(Foreign {
        id: cells.need("EventID")?.to_owned(),
        date: Some(date),
        date_precision: Some("day".to_owned()),
        published: Some(date),
        url: url.map(str::to_owned),
        outlet: cells.get("NewsSources").and_then(|s| s.split(';').next()).map(str::to_owned),
        source: party("SourceActorFull"),
        target: party("TargetActorFull"),
        goldstein: cells.within("GoldsteinScore", 10.0)?,
        place: place.transpose()?,
        n_reports: 1,
        n_outlets: 1,
        ..codes::classified(cells, "EventCode")?
    })
}
