//! What the packages say, in our shape.

use std::collections::BTreeMap;

use serde::Deserialize;
use tidings_text::fold;

use crate::run::Result;

/// Degrees north and east.
#[derive(Clone, Copy, Debug)]
pub struct Point {
    pub lat: f64,
    pub lon: f64,
}

/// A country or territory with an ISO code.
pub struct Country {
    pub id: u32,
    pub iso2: String,
    pub iso3: String,
    pub name: String,
    pub names: Vec<String>,
    pub capital: String,
    pub continent: String,
    pub population: u64,
    pub point: Option<Point>,
}

/// An administrative division of the first or second order.
pub struct Division {
    /// 0 where GeoNames has none.
    pub id: u32,
    /// "US.TX", "US.TX.201".
    pub code: String,
    pub name: String,
    pub names: Vec<String>,
    pub population: u64,
    pub point: Option<Point>,
}

/// A populated place.
pub struct Town {
    pub id: u32,
    /// ISO 3166-1 alpha-2.
    pub country: String,
    /// The smallest division around it, empty if unknown.
    pub division: String,
    pub name: String,
    pub names: Vec<String>,
    pub population: u64,
    pub point: Point,
    /// GeoNames feature code; empty if unknown.
    pub feature: String,
}

#[derive(Deserialize)]
struct RawTown {
    geonameid: u32,
    name: String,
    latitude: f64,
    longitude: f64,
    countrycode: String,
    population: u64,
    admin1code: String,
    alternatenames: Vec<String>,
}

#[derive(Deserialize)]
struct RawCountry {
    geonameid: u32,
    name: String,
    iso: String,
    iso3: String,
    capital: String,
    continentcode: String,
    population: u64,
}

/// The towns of `cities500.json`, by id.
pub fn towns(json: &str) -> Result<Vec<Town>> {
    let raw: BTreeMap<String, RawTown> = serde_json::from_str(json).map_err(|e| format!("cities: {e}"))?;
    let mut towns: Vec<Town> = raw.into_values().map(Town::of).collect();
    towns.sort_by_key(|t| t.id);
    Ok(towns)
}

impl Town {
    fn of(raw: RawTown) -> Self {
        let known = !raw.admin1code.is_empty() && raw.admin1code != "00";
        // Plain letters only: what differs by accents alone is folded together.
        let keep = raw.population >= WELL_KNOWN || SPELT_OUT.contains(&raw.countrycode.as_str());
        let names = raw.alternatenames.into_iter().filter(|name| keep && name.is_ascii()).collect();
        Self {
            id: raw.geonameid,
            division: if known { format!("{}.{}", raw.countrycode, raw.admin1code) } else { String::new() },
            country: raw.countrycode,
            names: useful(&raw.name, names),
            name: raw.name,
            population: raw.population,
            point: Point { lat: raw.latitude, lon: raw.longitude },
            feature: String::new(),
        }
    }
}

/// Smaller towns are written in English as at home, unless they have to be spelt in Latin letters first.
const WELL_KNOWN: u64 = 15_000;

/// Countries, by ISO code, whose names are written in other letters, so that English reports spell them in several ways.
const SPELT_OUT: &[&str] = &[
    "AE", "AF", "AM", "AZ", "BD", "BG", "BH", "BT", "BY", "CN", "CY", "DJ", "DZ", "EG", "EH", "ER", "ET",
    "GE", "GR", "IL", "IN", "IQ", "IR", "JO", "JP", "KG", "KH", "KP", "KR", "KW", "KZ", "LA", "LB", "LK",
    "LY", "MA", "MK", "MM", "MN", "MR", "NP", "OM", "PK", "PS", "QA", "RS", "RU", "SA", "SD", "SO", "SS",
    "SY", "TD", "TH", "TJ", "TM", "TN", "TW", "UA", "UZ", "XK", "YE",
];

/// Countries, with the other names of the second package.
pub fn countries(json: &str, names: &str) -> Result<Vec<Country>> {
    let raw: BTreeMap<String, RawCountry> =
        serde_json::from_str(json).map_err(|e| format!("countries: {e}"))?;
    let others: BTreeMap<&str, Vec<&str>> = names.lines().map(columns).map(|c| (c[1], c)).collect();
    let mut countries: Vec<Country> = raw
        .into_values()
        .filter(|raw| raw.geonameid != 0)
        .map(|raw| {
            let columns = others.get(raw.iso.as_str());
            // Name, official name, common name, aliases.
            let given =
                columns.into_iter().flat_map(|c| [0, 4, 5, 6].map(|i| c.get(i).copied().unwrap_or("")));
            let given = given.flat_map(|column| column.split('|')).map(str::to_owned).collect();
            Country {
                id: raw.geonameid,
                names: useful(&raw.name, given),
                iso2: raw.iso,
                iso3: raw.iso3,
                name: raw.name,
                capital: raw.capital,
                continent: raw.continentcode,
                population: raw.population,
                point: None,
            }
        })
        .collect();
    countries.sort_by(|a, b| a.iso3.cmp(&b.iso3));
    Ok(countries)
}

/// All rows, those without id included: the rows of towns point here by number.
pub fn divisions(table: &str) -> Result<Vec<Division>> {
    let division = |line: &str| -> Option<Division> {
        let row = columns(line);
        let names = row.get(5)?.split('|').map(str::to_owned).collect();
        Some(Division {
            id: row.get(3)?.parse().unwrap_or(0),
            code: (*row.get(2)?).to_owned(),
            name: (*row.first()?).to_owned(),
            names: useful(row.first()?, names),
            population: 0,
            point: None,
        })
    };
    let numbered = table.lines().enumerate();
    numbered
        .map(|(i, line)| division(line).ok_or_else(|| format!("subdivisions.tsv:{}: too few columns", i + 1)))
        .collect()
}

/// The smallest division of each town.
pub fn place_in_divisions(towns: &mut [Town], table: &str, divisions: &[Division]) -> Result {
    for (i, line) in table.lines().enumerate() {
        let row = columns(line);
        let id = row.get(1).and_then(|id| id.parse::<u32>().ok());
        let id = id.ok_or_else(|| format!("cities.tsv:{}: no id", i + 1))?;
        let Ok(at) = towns.binary_search_by_key(&id, |t| t.id) else { continue };
        let numbers =
            row.get(2).into_iter().flat_map(|c| c.split('|')).filter_map(|n| n.parse::<usize>().ok());
        let codes = numbers.filter_map(|n| divisions.get(n.checked_sub(1)?)).map(|d| &d.code);
        if let Some(code) = codes.max_by_key(|code| code.len()).filter(|code| !code.is_empty()) {
            towns[at].division.clone_from(code);
        }
    }
    Ok(())
}

/// The feature codes of GeoNames' own table.
pub fn add_features(towns: &mut [Town], table: &str) -> Result {
    for (i, line) in table.lines().filter(|l| !l.is_empty()).enumerate() {
        let row = columns(line);
        let (Some(id), Some(feature)) = (row.first().and_then(|id| id.parse::<u32>().ok()), row.get(7))
        else {
            return Err(format!("cities500.txt:{}: no id or no feature", i + 1));
        };
        if let Ok(at) = towns.binary_search_by_key(&id, |t| t.id) {
            towns[at].feature = (*feature).to_owned();
        }
    }
    Ok(())
}

fn columns(line: &str) -> Vec<&str> {
    line.split('\t').collect()
}

/// The names that an English report may use: Latin letters, a capital first, no airport codes; one spelling of those
/// that differ only in accents, case or punctuation.
fn useful(name: &str, names: Vec<String>) -> Vec<String> {
    let mut keys = vec![fold(name)];
    let mut kept = Vec::new();
    for other in names {
        let other = other.trim();
        let folded = fold(other);
        if is_usable(other) && !keys.contains(&folded) {
            keys.push(folded);
            kept.push(other.to_owned());
        }
    }
    kept.sort_unstable();
    kept
}

fn is_usable(name: &str) -> bool {
    let first = name.chars().next();
    let letters = name.chars().filter(|c| c.is_alphabetic()).count();
    let code = !name.contains('.') && letters <= 4 && !name.chars().any(char::is_lowercase);
    first.is_some_and(|c| c.is_uppercase())
        && letters >= 3
        && !code
        && name.len() <= LONGEST
        && name
            .chars()
            .all(|c| is_latin(c) && !c.is_ascii_digit() && !matches!(c, '|' | ';' | ',' | '(' | '/' | '\t'))
}

/// Longest alternate name, in bytes; longer ones are formal styles that nobody prints.
const LONGEST: usize = 40;

/// Letters of the Latin blocks with their accents; everything that is no letter.
fn is_latin(c: char) -> bool {
    !c.is_alphabetic() || matches!(c as u32, 0..=0x24F | 0x1E00..=0x1EFF)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_that_no_english_report_uses_are_dropped() {
        let given =
            ["ALP", "Halab", "Ḩalab", "haleb", "Алеппо", "Aleppo", "Alep", "Aleppo, Syria", "Halab 2"];
        let kept = useful("Aleppo", given.map(str::to_owned).to_vec());
        assert_eq!(kept, ["Alep", "Halab"]);
    }

    #[test]
    fn rows_that_lack_columns_name_their_line() {
        let error = divisions("a\tb\tUS.TX\t1\tState\tTejas\t1\nbroken").err().unwrap();
        assert!(error.starts_with("subdivisions.tsv:2:"), "{error}");
    }
}
