//! Writes the compiled form that `layout.rs` describes.

use std::collections::BTreeMap;
use std::path::Path;

use tidings_text::fold;

use crate::layout::{
    ABBREVIATION, ADJECTIVE, LAST, OFFSET_BITS, OTHER, PER_DEGREE, PER_LOG, PLACE_BITS, PREFERRED, SHORT,
};
use crate::tables::{KindWord, Result, Row, Tables};

/// Writes all files into `folder`.
pub fn write(tables: &Tables, folder: &Path) -> Result<()> {
    let (names, postings) = index(tables)?;
    let (rows, strings) = rows(&tables.places)?;
    let first_division = first_division(&tables.places).to_string().into_bytes();
    let files = [
        ("first_division.in", first_division),
        ("names.fst", names),
        ("postings.bin", postings),
        ("places.bin", rows),
        ("strings.bin", strings),
    ];
    for (name, bytes) in files {
        std::fs::write(folder.join(name), bytes).map_err(|e| format!("{name}: {e}"))?;
    }
    Ok(())
}

/// Folded names with their postings, a better way of naming before a lesser one.
fn index(tables: &Tables) -> Result<(Vec<u8>, Vec<u8>)> {
    if tables.places.len() >= 1 << PLACE_BITS {
        return Err(format!("{} places are too many for the layout", tables.places.len()));
    }
    let mut entries: Vec<(String, u32, u32)> = Vec::new();
    for (place, row) in tables.places.iter().enumerate() {
        let place = u32::try_from(place).unwrap_or(u32::MAX);
        let folded = |name: &str, way: u32| (fold(name), place, way);
        entries.push(folded(&row.name, PREFERRED));
        entries.extend(row.others.iter().map(|name| folded(name, OTHER)));
        entries.extend(row.adjectives.iter().map(|name| folded(name, ADJECTIVE)));
        // Never folded: "La." is no "L.A."
        entries.extend(row.abbreviations.iter().map(|name| (format!("={name}"), place, ABBREVIATION)));
        if !row.code.is_empty() && row.code.contains('.') {
            let all = std::iter::once(&row.name).chain(&row.others);
            entries.extend(
                all.filter_map(|name| without_kind(name, &tables.kind_words)).map(|n| folded(n, SHORT)),
            );
        }
    }
    entries.retain(|(name, _, _)| !name.is_empty());
    entries.sort_unstable();
    entries.dedup_by(|later, first| later.0 == first.0 && later.1 == first.1);
    let mut map = fst::MapBuilder::memory();
    let mut postings = Vec::new();
    for (at, (name, place, way)) in entries.iter().enumerate() {
        let is_first = at.checked_sub(1).and_then(|before| entries.get(before)).is_none_or(|e| e.0 != *name);
        let is_last = entries.get(at + 1).is_none_or(|e| e.0 != *name);
        if is_first {
            map.insert(name, at as u64).map_err(|e| format!("{name}: {e}"))?;
        }
        let posting = place | way << PLACE_BITS | if is_last { LAST } else { 0 };
        postings.extend(&posting.to_le_bytes()[..3]);
    }
    Ok((map.into_inner().map_err(|e| e.to_string())?, postings))
}

/// "Rapides" of "Rapides Parish", "Texas" of "State of Texas".
fn without_kind<'n>(name: &'n str, words: &[KindWord]) -> Option<&'n str> {
    let strip = |word: &KindWord| {
        let rest = match word.after {
            true => name.strip_suffix(&word.words)?.strip_suffix(' '),
            false => name.strip_prefix(&word.words)?.strip_prefix(' '),
        };
        rest.map(str::trim).filter(|rest| word.order > 0 && !rest.is_empty())
    };
    // "Madrid, Comunidad de"
    let first = name.split_once(", ").map(|(first, _)| first);
    words.iter().filter_map(strip).min_by_key(|rest| rest.len()).or(first)
}

/// Number of the first division; the countries stand before.
fn first_division(places: &[Row]) -> usize {
    places.iter().position(|p| p.code.contains('.')).unwrap_or(0)
}

fn rows(places: &[Row]) -> Result<(Vec<u8>, Vec<u8>)> {
    let mut strings: Vec<u8> = Vec::new();
    let mut known: BTreeMap<String, u32> = BTreeMap::new();
    let mut out = Vec::new();
    let first_division = first_division(places);
    for row in places {
        let text = match row.code.is_empty() {
            true => row.name.clone(),
            false => format!("{}\t{}", row.name, row.code),
        };
        let length = u32::try_from(text.len()).unwrap_or(u32::MAX);
        let end = u32::try_from(strings.len()).unwrap_or(u32::MAX);
        if length >= 1 << (32 - OFFSET_BITS) || end >= 1 << OFFSET_BITS {
            return Err(format!("{}: the name is too long, or all names together are", row.name));
        }
        let offset = *known.entry(text).or_insert_with_key(|text| {
            strings.extend(text.bytes());
            end
        });
        let division = row.division.map_or(0, |d| d - first_division + 1);
        let country = row.country.map_or(0, |c| c + 1);
        let coordinate = |degrees: f64| ((degrees * PER_DEGREE).round() as u32).to_le_bytes();
        out.extend(row.id.to_le_bytes());
        out.extend(&coordinate(row.lat + 90.0)[..3]);
        out.extend(&coordinate(row.lon + 180.0)[..3]);
        out.extend((offset | length << OFFSET_BITS).to_le_bytes());
        out.extend(u16::try_from(division).map_err(|_| "too many divisions for the layout")?.to_le_bytes());
        out.push(u8::try_from(country).map_err(|_| "too many countries for the layout")?);
        out.push(row.kind as u8);
        out.push(((1.0 + row.population as f64).ln() * PER_LOG).round().min(255.0) as u8);
        out.push(u8::try_from(row.others.len()).unwrap_or(u8::MAX));
    }
    Ok((out, strings))
}
