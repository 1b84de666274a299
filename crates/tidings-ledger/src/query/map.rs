//! Where it was.

use serde::Serialize;

use super::counts::Tally;
use super::{LARGEST_PAGE, Query};
use crate::columns::{NO_PLACE, UNDATED};
use crate::days;
use crate::error::Result;
use crate::store::Ledger;

/// A place with the events there.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[allow(missing_docs, reason = "as in all other rows")]
pub struct MapRow {
    pub place: String,
    pub place_geonames: Option<i64>,
    pub place_country: Option<String>,
    pub latitude: f64,
    pub longitude: f64,
    pub events: i64,
    pub reports: i64,
    pub mean_score: Option<f64>,
    /// Day of the last of these.
    pub last_date: Option<String>,
}

/// What is counted of a place.
#[derive(Clone, Copy, Debug)]
struct Spot {
    tally: Tally,
    last: i32,
}

impl Default for Spot {
    fn default() -> Self {
        Self { tally: Tally::default(), last: UNDATED }
    }
}

impl Ledger {
    /// Places whose coordinates are known, those with most events first; `limit` of them, 10,000 at most. All filters
    /// but `after`.
    pub fn map(&self, query: &Query) -> Result<Vec<MapRow>> {
        let columns = self.columns()?;
        let selection = self.selection(&columns, query)?;
        let places = &columns.names.places;
        let mut spots = vec![Spot::default(); places.len()];
        columns.fold(
            &selection,
            || vec![Spot::default(); places.len()],
            |spots, segment, row| {
                let place = segment.place[row];
                if place != NO_PLACE {
                    let spot = &mut spots[place as usize];
                    spot.tally.add(segment, row);
                    spot.last = spot.last.max(segment.day[row]);
                }
            },
            |part| {
                for (all, part) in spots.iter_mut().zip(&part) {
                    all.tally.join(&part.tally);
                    all.last = all.last.max(part.last);
                }
            },
        );
        let mut found: Vec<(usize, f64, f64)> = Vec::new();
        for (number, place) in places.iter().enumerate().filter(|(number, _)| spots[*number].tally.events > 0)
        {
            found.extend(place.latitude.zip(place.longitude).map(|(lat, lon)| (number, lat, lon)));
        }
        found.sort_by_key(|(number, ..)| (std::cmp::Reverse(spots[*number].tally.events), *number));
        found.truncate(query.limit.unwrap_or(LARGEST_PAGE).clamp(1, LARGEST_PAGE));
        let row = |(number, latitude, longitude): (usize, f64, f64)| {
            let (place, Spot { tally, last }) = (&places[number], spots[number]);
            MapRow {
                place: place.name.clone(),
                place_geonames: place.geonames,
                place_country: place.country.clone(),
                latitude,
                longitude,
                events: tally.events,
                reports: tally.reports,
                mean_score: tally.mean_score(),
                last_date: days::date(last).map(|d| d.to_string()),
            }
        };
        Ok(found.into_iter().map(row).collect())
    }
}
