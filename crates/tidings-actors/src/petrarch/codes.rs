//! CAMEO actor codes in PLOVER's terms, and the days on which a code holds.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use jiff::civil::Date;
use tidings_ontology::Ontology;

use crate::Knowledge;
use crate::user_file::ABOVE_STATES;

/// Rows of `data/actors/cameo_codes.tsv`: code to kind and PLOVER codes.
static CODES: LazyLock<BTreeMap<&'static str, [&'static str; 2]>> = LazyLock::new(|| {
    let table = include_str!("../../../../data/actors/cameo_codes.tsv");
    let row = |line: &'static str| {
        let mut cells = line.split('\t');
        Some((cells.next()?, [cells.next()?, cells.next()?]))
    };
    table.lines().filter(|l| !l.starts_with('#')).filter_map(row).collect()
});

/// What a code says in PLOVER.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Meaning {
    pub(super) country: Option<String>,
    pub(super) sectors: Vec<String>,
    /// Whether it is for a noun: `~GOV`.
    pub(super) agent: bool,
    /// Parts that say nothing.
    pub(super) lost: Vec<String>,
}

/// "NORGOV", "~GOVMED", "IGOUNO": three letters each; of "NORGOV/NORMIL" the first.
pub(super) fn meaning(code: &str) -> Meaning {
    let first = code.split('/').next().unwrap_or_default();
    let mut found = Meaning { agent: first.contains('~'), ..Meaning::default() };
    let letters: Vec<char> = first.chars().filter(|c| *c != '~').flat_map(char::to_uppercase).collect();
    for (place, part) in letters.chunks(3).enumerate() {
        found.take(&part.iter().collect::<String>(), place == 0);
    }
    found
}

impl Meaning {
    fn take(&mut self, part: &str, first: bool) {
        let above = ABOVE_STATES.contains(&self.country.as_deref().unwrap_or("IGO"));
        if first && !self.agent && is_state(part) {
            self.country = Some(part.to_owned());
            return; // "MUSGOV" is Mauritius, "~MUS" and "IMGMUS" are Muslims
        }
        match CODES.get(part) {
            Some(["sector", sector]) => self.add(sector),
            Some(["country", country]) if self.country.is_none() => {
                self.country = Some((*country).to_owned())
            }
            Some(["above", code]) if above => self.country = Some((*code).to_owned()),
            Some(["above", code]) => default_sectors(Some(code)).iter().for_each(|sector| self.add(sector)),
            Some(["group", codes]) => codes.split(' ').for_each(|code| {
                if Ontology::plover().has_sector(code) && !ABOVE_STATES.contains(&code) {
                    self.add(code);
                } else if above && !code.is_empty() {
                    self.country = Some(code.to_owned());
                }
            }),
            None if self.country.is_none() && self.sectors.is_empty() && is_state(part) => {
                self.country = Some(part.to_owned());
            }
            _ => self.lost.push(part.to_owned()),
        }
    }

    fn add(&mut self, sector: &str) {
        if !self.sectors.iter().any(|s| s == sector) {
            self.sectors.push(sector.to_owned());
        }
    }
}

pub(super) fn is_state(code: &str) -> bool {
    Knowledge::embedded().is_state(code)
}

/// The sector of an actor of whom only the country is coded: a state acts by its government.
pub(super) fn default_sectors(country: Option<&str>) -> Vec<String> {
    let sector = match country {
        Some("IMG") => "REB",
        Some("MNC") => "BUS",
        Some("NGO" | "ISM") => "NGO",
        Some("EUR" | "IGO" | "UNO") => "IGO",
        Some(_) => "GOV",
        None => return Vec::new(),
    };
    vec![sector.to_owned()]
}

/// First and last day of "<911226", ">030101", "930627-941006" or nothing; `None` where it is not understood.
pub(super) fn restriction(days: &str) -> Option<(Option<Date>, Option<Date>)> {
    if days.is_empty() {
        return Some((None, None));
    }
    if let Some(day) = days.strip_prefix('>') {
        return Some((Some(date(day)?), None));
    }
    if let Some(day) = days.strip_prefix('<') {
        return Some((None, Some(date(day)?.yesterday().ok()?)));
    }
    let (from, to) = days.split_once('-')?;
    Some((Some(date(from)?), Some(date(to)?)))
}

/// Years of two digits lie between 1931 and 2030, as in PETRARCH.
const CENTURY: i16 = 30;

/// YYMMDD or YYYYMMDD.
fn date(text: &str) -> Option<Date> {
    let text = text.trim();
    if !text.bytes().all(|b| b.is_ascii_digit()) {
        return None;
    }
    let (year, rest) = text.split_at_checked(text.len().checked_sub(4)?)?;
    let number: i16 = year.parse().ok()?;
    let year = match year.len() {
        2 if number > CENTURY => 1900 + number,
        2 => 2000 + number,
        4 => number,
        _ => return None,
    };
    let (month, day) = rest.split_at_checked(2)?;
    Date::new(year, month.parse().ok()?, day.parse().ok()?).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn said(code: &str) -> String {
        let m = meaning(code);
        let lost = if m.lost.is_empty() { String::new() } else { format!(" lost {}", m.lost.join(" ")) };
        format!("{} {}{lost}", m.country.as_deref().unwrap_or("-"), m.sectors.join("/"))
    }

    #[test]
    fn codes_become_country_and_sectors() {
        for (code, expected) in [
            ("NORGOV", "NOR GOV"),
            ("~GOVMED", "- GOV/JRN"),
            ("ROMHLH", "ROU MED"),
            ("IGOUNO", "UNO "),
            ("IGOEEU", "IGO  lost EEU"),
            ("IMGMUSALQ", "IMG REL/REB"),
            ("PSEHMS", "PSE REB"),
            ("MUSGOV", "MUS GOV"),
            ("~MUS", "- REL"),
            ("USAMNC", "USA BUS"),
            ("NGO~", "NGO "),
            ("SDNXYZ", "SDN  lost XYZ"),
            ("NORGOV/NORMIL", "NOR GOV"),
            ("pse", "PSE "),
            ("GO", "-  lost GO"),
        ] {
            assert_eq!(said(code), expected, "{code}");
        }
    }

    #[test]
    fn days_are_read_as_petrarch_writes_them() {
        let day = |text: &str| text.parse::<Date>().ok();
        assert_eq!(restriction(""), Some((None, None)));
        assert_eq!(restriction("> 990816"), Some((day("1999-08-16"), None)));
        assert_eq!(restriction("<911226"), Some((None, day("1991-12-25"))));
        assert_eq!(restriction("19950601 - 030815"), Some((day("1995-06-01"), day("2003-08-15"))));
        for wrong in ["77", "930231-941006", ">soon", "950601", "<0123456789"] {
            assert_eq!(restriction(wrong), None, "{wrong}");
        }
    }

    #[test]
    fn every_row_of_the_table_says_something_that_plover_has() {
        let known = |code: &str| {
            is_state(code) || ABOVE_STATES.contains(&code) || Ontology::plover().has_sector(code)
        };
        assert!(CODES.len() > 150);
        for (code, [kind, plover]) in CODES.iter() {
            assert!(matches!(*kind, "sector" | "country" | "above" | "group" | "lost"), "{code} {kind}");
            assert!(plover.split(' ').all(|c| c.is_empty() || known(c)), "{code} {plover}");
            assert_eq!(*kind == "lost", plover.is_empty(), "{code}");
        }
    }
}
