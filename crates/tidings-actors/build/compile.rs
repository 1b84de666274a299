//! Writes the compiled form that `layout.rs` describes.

use std::collections::BTreeMap;
use std::path::Path;

use tidings_text::fold;

use crate::layout::{ACRONYM, LAST, Named, ROW};
use crate::source::{Row, Table, Tables};

/// Longest acronym whose letters must stand in capitals.
const LONGEST_ACRONYM: usize = 5;

/// Writes all files into `folder`.
pub fn write(tables: &Tables, folder: &Path) -> Result<(), String> {
    let mut store = Store::default();
    let mut directory = String::new();
    let bodies: Vec<&Row> = tables.bodies.iter().flat_map(|t| &t.rows).collect();
    let parts = [
        ("STATES", all(&tables.states), 9),
        ("CODES", all(&tables.codes), 6),
        ("BODIES", bodies.clone(), 8),
        ("MEMBERS", all(&tables.members), 3),
        ("ORGANS", all(&tables.organs), 5),
        ("ROLES", all(&tables.roles), 5),
        ("LEADERS", all(&tables.leaders), 8),
    ];
    for (name, rows, columns) in parts {
        let (first, count) = (store.cells.len() / 4, rows.len());
        directory.push_str(&format!(
            "/// From `data/actors`.\npub(crate) const {name}: Table = Table {{ first: {first}, count: {count}, columns: {columns} }};\n"
        ));
        rows.iter().for_each(|row| store.add(row, columns));
    }
    let (names, postings) = index(&entries(tables, &bodies)?)?;
    let (strings, offsets) = store.strings();
    let files: [(&str, &[u8]); 6] = [
        ("directory.rs", directory.as_bytes()),
        ("strings.txt", strings.as_bytes()),
        ("offsets.bin", &offsets),
        ("cells.bin", &store.cells),
        ("names.fst", &names),
        ("postings.bin", &postings),
    ];
    for (name, bytes) in files {
        std::fs::write(folder.join(name), bytes).map_err(|e| format!("{name}: {e}"))?;
    }
    Ok(())
}

fn all(table: &Table) -> Vec<&Row> {
    table.rows.iter().collect()
}

/// Strings by number, and the numbers in the cells.
#[derive(Default)]
struct Store {
    numbers: BTreeMap<String, u32>,
    cells: Vec<u8>,
}

impl Store {
    fn add(&mut self, row: &Row, columns: usize) {
        for column in 0..columns {
            let next = u32::try_from(self.numbers.len()).unwrap_or(u32::MAX);
            let number = *self.numbers.entry(row.at(column).to_owned()).or_insert(next);
            self.cells.extend(number.to_le_bytes());
        }
    }

    /// All strings, and where each begins.
    fn strings(&self) -> (String, Vec<u8>) {
        let mut ordered: Vec<(&String, &u32)> = self.numbers.iter().collect();
        ordered.sort_by_key(|(_, number)| **number);
        let (mut text, mut offsets) = (String::new(), Vec::new());
        for (string, _) in ordered {
            offsets.extend(u32::try_from(text.len()).unwrap_or(u32::MAX).to_le_bytes());
            text.push_str(string);
        }
        offsets.extend(u32::try_from(text.len()).unwrap_or(u32::MAX).to_le_bytes());
        (text, offsets)
    }
}

/// A key of the index with a row and its flags.
type Entry = (Vec<u8>, u32);

fn entries(tables: &Tables, bodies: &[&Row]) -> Result<Vec<Entry>, String> {
    let mut entries = Vec::new();
    let mut add = |kind: Named, name: &str, row: usize, acronyms: bool| {
        let (key, row) = (fold(name), u32::try_from(row).unwrap_or(u32::MAX));
        let flag = if acronyms && is_acronym(name) { ACRONYM } else { 0 };
        if !key.is_empty() {
            entries.push(([&[kind as u8], key.as_bytes()].concat(), row | flag));
        }
    };
    for (number, row) in tables.states.rows.iter().enumerate() {
        add(Named::State, row.at(1), number, true);
        let lists = [Named::State, Named::Adjective, Named::People, Named::Capital, Named::Seat];
        for (kind, column) in lists.into_iter().zip(2..) {
            row.list(column).for_each(|name| add(kind, name, number, true));
        }
    }
    for (number, row) in bodies.iter().enumerate() {
        std::iter::once(row.at(1)).chain(row.list(2)).for_each(|name| add(Named::Body, name, number, true));
    }
    let mut spellings: BTreeMap<(&str, &str), Vec<&str>> = BTreeMap::new();
    for row in &tables.spellings.rows {
        spellings.entry((row.at(2), row.at(1))).or_default().push(row.at(0));
    }
    for (number, row) in tables.leaders.rows.iter().enumerate() {
        let others = spellings.get(&(row.at(1), row.at(0))).into_iter().flatten().copied();
        std::iter::once(row.at(0)).chain(others).for_each(|name| add(Named::Person, name, number, false));
        if !row.at(7).is_empty() {
            add(Named::Family, row.at(7), number, false);
        }
    }
    if tables.leaders.rows.len() > ROW as usize {
        return Err("more rows than the layout has room for".to_owned());
    }
    entries.sort_unstable_by(|a, b| a.0.cmp(&b.0).then((a.1 & ROW).cmp(&(b.1 & ROW))));
    entries.dedup();
    Ok(entries)
}

fn index(entries: &[Entry]) -> Result<(Vec<u8>, Vec<u8>), String> {
    let mut map = fst::MapBuilder::memory();
    let mut postings = Vec::new();
    for (at, (key, row)) in entries.iter().enumerate() {
        if at.checked_sub(1).and_then(|before| entries.get(before)).is_none_or(|before| before.0 != *key) {
            map.insert(key, at as u64).map_err(|e| e.to_string())?;
        }
        let last = entries.get(at + 1).is_none_or(|next| next.0 != *key);
        postings.extend((row | if last { LAST } else { 0 }).to_le_bytes());
    }
    Ok((map.into_inner().map_err(|e| e.to_string())?, postings))
}

/// No lower-case letter, a capital, and short.
fn is_acronym(name: &str) -> bool {
    let letters = || name.chars().filter(|c| c.is_alphabetic());
    let shouted = !name.chars().any(char::is_lowercase) && name.chars().any(char::is_uppercase);
    shouted && letters().count() <= LONGEST_ACRONYM
}
