//! The five sources of office holders, each to records.

use std::collections::BTreeMap;

use serde::Deserialize;

use super::offices::{canonical, is_head, sector};
use super::people::{PARTICLES, is_numeral};
use super::record::Record;
use crate::knowledge::sources::Sources;
use crate::knowledge::states::States;
use crate::knowledge::table::iso3;
use crate::run::Result;
use tidings_text::fold;

/// Terms of ministers that ended before this year are left out; of leaders, before [`LEADERS_FROM`].
const FROM: &str = "1990";
const LEADERS_FROM: &str = "1945";
/// Day of the CIA's list.
const CIA_DAY: &str = "2019-06-04";
/// Where the family name comes first.
const FAMILY_FIRST: &[&str] = &["CHN", "KHM", "KOR", "PRK", "TWN", "VNM"];

/// A name's last word, its first where that is the family's; of monarchs the name they reign by.
fn family(name: &str, code: &str) -> String {
    let key = fold(name.split(" of ").next().unwrap_or(name));
    let words = key.split(' ').enumerate().filter(|(place, w)| *place == 0 || !is_numeral(w));
    let words: Vec<&str> = words.map(|(_, w)| w).collect();
    // "Frank Lung" of Taiwan goes by another order than "Lung Fu-ran".
    let first = FAMILY_FIRST.contains(&code) && (code != "TWN" || name.contains('-') || words.len() > 2);
    let word = if first { words.first() } else { words.last() };
    word.copied().unwrap_or_default().to_owned()
}

#[derive(Deserialize)]
struct Cabinet {
    iso3: String,
    country: String,
    office: String,
    person: String,
    person_wikidata: String,
    start: String,
    end: String,
}

/// Wikidata: ministers and more since 2001.
pub fn cabinets(sources: &Sources, states: &States) -> Result<Vec<Record>> {
    let rows: Vec<Cabinet> = sources.rows("actors/cabinets/cabinets_wikidata.tsv")?;
    Ok(rows.iter().filter_map(|row| cabinet(row, states)).collect())
}

fn cabinet(row: &Cabinet, states: &States) -> Option<Record> {
    let code = match (row.iso3.as_str(), row.country.as_str()) {
        ("", "Northern Ireland" | "Scotland" | "Wales") => "GBR",
        ("", "World") if is_of_un(&row.office.to_lowercase()) => "UNO",
        ("", "World") => "IGO",
        ("", _) => return None,
        (code, _) => iso3(code),
    };
    let office = canonical(&row.office, code, states);
    let name = plain(&row.person);
    let diplomat =
        ["ambassador", "high commissioner to", "permanent representative"].iter().any(|w| office.contains(w));
    let start = row.start.trim_end_matches(|c: char| !c.is_ascii_digit());
    if diplomat || !name.contains(' ') || start.is_empty() || (!row.end.is_empty() && row.end.as_str() < FROM)
    {
        return None;
    }
    let above = matches!(code, "IGO" | "UNO");
    let surname = if is_head(&office) && !above { family(&name, code) } else { String::new() };
    let sector = if above && sector(&office) != "JUD" { "IGO" } else { sector(&office) };
    Some(Record {
        name,
        iso3: code.to_owned(),
        office,
        from: start.to_owned(),
        to: row.end.trim_end_matches(|c: char| !c.is_ascii_digit()).to_owned(),
        id: row.person_wikidata.clone(),
        sector: sector.to_owned(),
        surname,
        source: "wd".to_owned(),
    })
}

fn is_of_un(office: &str) -> bool {
    ["united nations", "international court of justice"].iter().any(|body| office.contains(body))
}

/// Forms of address and ranks, which are no part of a name.
const TITLES: &[&str] = &[
    "adm", "brig", "capt", "col", "dame", "dr", "eng", "gen", "hon", "judge", "justice", "lt", "maj", "mr",
    "mrs", "ms", "prof", "sir",
];

/// Without "(politician)" behind the name and "Ms" before it.
fn plain(name: &str) -> String {
    let words = name.split('(').next().unwrap_or(name).split_whitespace();
    words.skip_while(|w| is_title(w)).collect::<Vec<_>>().join(" ")
}

fn is_title(word: &str) -> bool {
    TITLES.contains(&word.trim_end_matches('.').to_lowercase().as_str())
}

/// A name with its family name in capitals: "Hamid KARZAI" is ("Hamid Karzai", "karzai").
fn shouted(text: &str) -> (String, String) {
    let text = text.split(['(', ',']).next().unwrap_or(text).trim_start_matches("of China ");
    let words = text.split_whitespace().filter(|w| !w.starts_with(['"', '“'])).skip_while(|w| is_title(w));
    let (mut quiet, mut loud, mut numbered) = (Vec::new(), Vec::new(), false);
    for word in words {
        // "… resigned in May, but remains in office".
        let remark = word.chars().all(|c| c.is_lowercase() || c.is_ascii_digit());
        if !loud.is_empty() && remark && !PARTICLES.contains(&word) {
            break;
        }
        let is_loud = word.chars().filter(|c| c.is_alphabetic()).count() > 1 && word.to_uppercase() == word;
        if is_loud {
            let key = fold(word);
            if !quiet.is_empty() && is_numeral(&key) {
                quiet.push(word.to_owned());
            } else {
                quiet.push(capitalised(word));
                loud.push(key);
            }
            numbered |= is_numeral(&fold(word)) && quiet.len() > 1;
        } else {
            quiet.push(word.to_owned());
        }
    }
    let last = quiet.len().saturating_sub(1);
    let mut place = 0;
    quiet.retain(|w| {
        let middle = place > 0 && place < last && w.len() == 2 && w.ends_with('.');
        place += 1;
        !middle
    });
    if numbered && loud.is_empty() {
        loud.extend(quiet.first().map(|w| fold(w)));
    }
    (quiet.join(" "), loud.join(" "))
}

/// "AL-ASSAD" is "Al-Assad".
fn capitalised(word: &str) -> String {
    let mut start = true;
    let cased = word.chars().flat_map(|c| {
        let lower = if start { c.to_uppercase().to_string() } else { c.to_lowercase().to_string() };
        start = !c.is_alphanumeric();
        lower.chars().collect::<Vec<_>>()
    });
    cased.collect()
}

#[derive(Deserialize)]
struct Snapshot {
    iso3: String,
    title: String,
    name: String,
    since: String,
    last_seen: String,
    in_last_snapshot: String,
}

/// Between two snapshots that lie years apart, the later one says nothing of those who were gone: second is the earlier.
const GAPS: &[(&str, &str)] =
    &[("2015-10-26", "2015-01"), ("2016-11", "2015-11"), ("2020-11-23", "2017-03-28")];

/// The Factbook's heads. When a term ended is not told, only until when it was seen.
pub fn factbook(sources: &Sources, states: &States) -> Result<Vec<Record>> {
    let rows: Vec<Snapshot> = sources.rows("actors/leaders/factbook_leaders_2014_2026.tsv")?;
    let mut terms: BTreeMap<(String, String, String), Record> = BTreeMap::new();
    for row in &rows {
        let (name, surname) = shouted(&row.name);
        let office = canonical(&row.title, &row.iso3, states);
        let lesser = ["vice", "deputy", "ministers", "represented"].iter().any(|w| office.contains(w));
        let named = !surname.is_empty() && !office.is_empty() && name.contains(' ') && !row.since.is_empty();
        if lesser || !named || !states.has(&row.iso3) {
            continue;
        }
        let key = (fold(&name), row.iso3.clone(), office.clone());
        let record = Record {
            name,
            iso3: row.iso3.clone(),
            office,
            from: row.since.clone(),
            to: seen_until(row),
            id: String::new(),
            sector: "GOV".to_owned(),
            surname,
            source: "fb".to_owned(),
        };
        let later = |a: &str, b: &str| a.is_empty() || !b.is_empty() && a > b;
        let known = terms.entry(key).or_insert_with(|| record.clone());
        if later(&record.to, &known.to) {
            *known = record;
        }
    }
    Ok(terms.into_values().collect())
}

fn seen_until(row: &Snapshot) -> String {
    if row.in_last_snapshot == "1" {
        return String::new();
    }
    let gap = GAPS.iter().find(|(end, _)| row.last_seen.starts_with(end)).map(|(_, start)| *start);
    let seen = gap.unwrap_or(&row.last_seen);
    format!(">{}", if row.since.as_str() > seen { &row.since } else { seen })
}

#[derive(Deserialize)]
struct Minister {
    gec: String,
    office: String,
    person: String,
}

/// The CIA's ministers: who was in office on one day, since when and until when unknown.
pub fn ministers(sources: &Sources, states: &States) -> Result<Vec<Record>> {
    let rows: Vec<Minister> = sources.rows("actors/leaders/cia_ministers_2019_06.tsv")?;
    let records = rows.iter().filter_map(|row| {
        let code = states.of_gec(&row.gec)?;
        let (name, surname) = shouted(&row.person);
        let office = canonical(&row.office, code, states);
        let abroad = office.contains("ambassador") || office.contains("permanent representative");
        if abroad || surname.is_empty() || !name.contains(' ') || office.starts_with("member of") {
            return None;
        }
        Some(Record {
            name,
            iso3: code.to_owned(),
            sector: sector(&office).to_owned(),
            surname: if is_head(&office) { surname } else { String::new() },
            office,
            from: format!("<{CIA_DAY}"),
            to: format!(">{CIA_DAY}"),
            id: String::new(),
            source: "ci".to_owned(),
        })
    });
    Ok(records.collect())
}

/// State by number of the Correlates of War (or of Gleditsch and Ward) and day.
pub struct Numbers(Vec<[String; 6]>);

impl Numbers {
    /// Rows of `state_codes.tsv`.
    pub fn new(rows: Vec<Vec<String>>) -> Self {
        Self(rows.into_iter().filter_map(|row| row.try_into().ok()).collect())
    }

    fn state(&self, number: &str, day: &str) -> Option<&str> {
        let held = |r: &&[String; 6]| {
            r[2] == number && r[4].as_str() <= day && (r[5].is_empty() || r[5].as_str() >= day)
        };
        let held: Vec<_> = self.0.iter().filter(held).collect();
        // The narrowest: the Soviet Union, where Russia would do as well.
        held.iter().max_by_key(|r| (!r[5].is_empty(), &r[4])).map(|r| r[0].as_str())
    }

    /// The state, or the one that had the number at any time.
    fn state_or_later(&self, number: &str, day: &str) -> Option<&str> {
        self.state(number, day)
            .or_else(|| self.0.iter().rev().find(|r| r[2] == number).map(|r| r[0].as_str()))
    }
}

#[derive(Deserialize)]
struct Spell {
    cow_code: String,
    leader: String,
    start: String,
    end: String,
    dbpedia: String,
}

/// Archigos: leaders to the day; 2015-12-31 means that they were still there.
pub fn archigos(sources: &Sources, numbers: &Numbers) -> Result<Vec<Record>> {
    let rows: Vec<Spell> = sources.rows("actors/leaders/archigos_leaders.tsv")?;
    let records = rows.iter().filter(|r| r.end.as_str() >= LEADERS_FROM).filter_map(|row| {
        let code = numbers.state_or_later(&row.cow_code, &middle(&row.start, &row.end))?;
        let to = if row.end == "2015-12-31" { ">2015-12-31" } else { &row.end };
        Some(leader(&row.leader, page_name(&row.dbpedia), code, &row.start, to, "ar"))
    });
    Ok(records.collect())
}

#[derive(Deserialize)]
struct Reign {
    cow_code: String,
    leader: String,
    start: String,
    end_month: String,
}

/// REIGN: leaders since 1945, the start to the day, the end to the month; no end: in office in March 2021.
pub fn reign(sources: &Sources, numbers: &Numbers) -> Result<Vec<Record>> {
    let rows: Vec<Reign> = sources.rows("actors/leaders/reign_leaders_2021_03.tsv")?;
    let records = rows.iter().filter_map(|row| {
        let code = numbers.state_or_later(&row.cow_code, &middle(&row.start, &row.end_month))?;
        let to = if row.end_month.is_empty() { ">2021-03" } else { &row.end_month };
        let name = plain(&row.leader);
        Some(leader(&name, Some(name.clone()).filter(|n| n.contains(' ')), code, &row.start, to, "re"))
    });
    Ok(records.collect())
}

/// A day in the middle of a term: who took power in the last days of one state led the next one.
fn middle(from: &str, to: &str) -> String {
    let year = |date: &str| date.get(..4).and_then(|y| y.parse::<u16>().ok());
    match (year(from), year(to)) {
        (Some(first), Some(last)) if last > first + 1 => format!("{:04}-07-01", first.midpoint(last)),
        _ => from.to_owned(),
    }
}

/// A leader, by the full name where there is one, else by the name that the list gives.
fn leader(short: &str, full: Option<String>, code: &str, from: &str, to: &str, source: &str) -> Record {
    let short = plain(short);
    let surname = if short.contains(' ') { family(&short, code) } else { fold(&short) };
    Record {
        name: full.unwrap_or(short),
        iso3: code.to_owned(),
        office: "leader".to_owned(),
        from: from.to_owned(),
        to: to.to_owned(),
        id: String::new(),
        sector: "GOV".to_owned(),
        surname,
        source: source.to_owned(),
    }
}

/// "http://dbpedia.org/resource/Ada_Stern_(politician)" is "Ada Stern".
fn page_name(page: &str) -> Option<String> {
    let (_, title) = page.rsplit_once('/')?;
    let name = plain(&percent_decoded(title)?.replace('_', " "));
    name.contains(' ').then_some(name)
}

fn percent_decoded(text: &str) -> Option<String> {
    let mut bytes = Vec::new();
    let mut rest = text.bytes();
    while let Some(byte) = rest.next() {
        if byte == b'%' {
            let digits = [rest.next()?, rest.next()?];
            bytes.push(u8::from_str_radix(std::str::from_utf8(&digits).ok()?, 16).ok()?);
        } else {
            bytes.push(byte);
        }
    }
    String::from_utf8(bytes).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_term_belongs_to_the_state_of_its_middle() {
        assert_eq!(middle("1997-05-16", "2001-01"), "1999-07-01");
        assert_eq!(middle("1992-07-01", "1992-12-31"), "1992-07-01");
        assert_eq!(middle("2019-01-24", ""), "2019-01-24");
    }

    #[test]
    fn capitals_mark_the_family_name() {
        assert_eq!(
            shouted("Dr. Ada \"Addy\" B. STERN-LUND (acting)"),
            ("Ada Stern-Lund".into(), "stern lund".into())
        );
        assert_eq!(shouted("LUND Bo Erik"), ("Lund Bo Erik".into(), "lund".into()));
        assert_eq!(shouted("Ada Stern").1, "");
        assert_eq!(shouted("Ada STERN resigned in May").0, "Ada Stern");
        assert_eq!(shouted("ADA IV"), ("Ada IV".into(), "ada".into()));
        assert_eq!(shouted("XI Lun"), ("Xi Lun".into(), "xi".into()));
        assert_eq!((family("Ada Lung", "TWN"), family("Lung Fu-ran", "TWN")), ("lung".into(), "lung".into()));
        assert_eq!(
            (family("Ada IV of Norland", "NOL"), family("Xi Lun", "CHN")),
            ("ada".into(), "xi".into())
        );
    }

    #[test]
    fn pages_give_names() {
        let page = "http://dbpedia.org/resource/Zo%C3%AB_Stern_(politician)";
        assert_eq!(page_name(page).as_deref(), Some("Zoë Stern"));
        assert_eq!(page_name("NA"), None);
    }

    #[test]
    fn numbers_mean_the_narrowest_state_of_the_day() {
        let row = |text: &str| text.split(' ').map(|c| c.trim_matches('_').to_owned()).collect::<Vec<_>>();
        let numbers = Numbers::new(vec![
            row("RUS cow 365 RUS 1816-01-01 _"),
            row("SUN cow 365 RUS 1922-12-30 1991-12-25"),
        ]);
        assert_eq!(numbers.state("365", "1980-01-01"), Some("SUN"));
        assert_eq!(numbers.state("365", "2000-01-01"), Some("RUS"));
        assert_eq!(numbers.state("366", "2000-01-01"), None);
    }
}
