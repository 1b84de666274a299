//! Office holders: who, where, what, from when to when, out of five sources.

mod corrections;
mod merge;
mod offices;
mod people;
mod read;
mod record;

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use super::sources::Sources;
use super::states::States;
use super::table::{Built, own};
use crate::run::Result;
use merge::{Conflict, Terms, at_home, is_backwards, merge, succeed, with_head};
use people::{PARTICLES, Spelling, unite};
use read::{Numbers, archigos, cabinets, factbook, ministers, reign};
use record::Record;
use tidings_text::fold;

/// `leaders.tsv`, `spellings.tsv` and `conflicts.tsv`.
pub fn build(tables: &Path, sources: &Sources, states: &States) -> Result<Vec<Built>> {
    let numbers = Numbers::new(own(&tables.join("state_codes.tsv"))?);
    let mut records = cabinets(sources, states)?;
    records.extend(factbook(sources, states)?);
    records.extend(archigos(sources, &numbers)?);
    records.extend(reign(sources, &numbers)?);
    let listed = ministers(sources, states)?;
    records.extend(listed);
    let read = records.len();
    at_home(&mut records);
    let known = same_people(tables, &mut records)?;
    let mut spellings = unite(&mut records);
    spellings.extend(known);
    let mut terms = merge(records);
    corrections::name_offices(tables, &mut terms.records)?;
    corrections::apply(tables, &mut terms.records)?;
    drop_contested(&mut terms);
    drop_common(&mut terms.records);
    succeed(&mut terms);
    with_head(&mut terms.records);
    name_families(&mut terms.records, &mut spellings);
    if let Some(wrong) = terms.records.iter().find(|r| is_backwards(r)) {
        return Err(format!("{}: {} ended before it began", wrong.name, wrong.office));
    }
    eprintln!(
        "   office holders: {read} terms read, {} kept, {} conflicts",
        terms.records.len(),
        terms.conflicts.len()
    );
    let names: BTreeSet<(String, String)> =
        terms.records.iter().map(|r| (r.name.clone(), r.iso3.clone())).collect();
    spellings.retain(|(_, name, state, _)| names.contains(&(name.clone(), state.clone())));
    Ok(vec![leaders(&terms.records), spelling_table(&spellings), conflict_table(terms.conflicts)])
}

/// Gives one name to those whom `same_people.tsv` knows under two.
fn same_people(tables: &Path, records: &mut [Record]) -> Result<Vec<Spelling>> {
    let path = tables.join("same_people.tsv");
    let mut spellings = Vec::new();
    for row in own(&path)? {
        let [name, iso3, other, ..] = row.as_slice() else {
            return Err(format!("{}: three columns are needed: {}", path.display(), row.join(" | ")));
        };
        let mut found = false;
        for record in records.iter_mut().filter(|r| r.iso3 == *iso3 && r.name == *other) {
            record.name.clone_from(name);
            found = true;
        }
        if !found {
            return Err(format!("{}: no source has {other:?} of {iso3}", path.display()));
        }
        spellings.push((other.clone(), name.clone(), iso3.clone(), "own".to_owned()));
    }
    Ok(spellings)
}

/// A name that stands in the one-day list only yields to another holder of the office who is dated.
fn drop_contested(terms: &mut Terms) {
    let dated: BTreeMap<(String, String), Vec<Record>> =
        terms.records.iter().filter(|r| r.source != "ci").fold(BTreeMap::new(), |mut map, r| {
            map.entry((r.iso3.clone(), r.office.clone())).or_insert_with(Vec::new).push(r.clone());
            map
        });
    let mut conflicts = Vec::new();
    let day = |r: &Record| Record { from: trimmed(&r.from), to: trimmed(&r.to), ..r.clone() };
    terms.records.retain(|r| {
        let others = dated.get(&(r.iso3.clone(), r.office.clone())).filter(|_| r.source == "ci");
        let holder = others.and_then(|o| o.iter().find(|o| o.overlaps(&day(r))));
        if let Some(holder) = holder {
            conflicts.push(Conflict {
                about: [r.iso3.clone(), r.office.clone(), holder.name.clone()],
                field: "holder",
                kept: [holder.name.clone(), holder.source.clone()],
                against: [r.name.clone(), r.source.clone()],
                why: "better dated",
            });
        }
        holder.is_none()
    });
    terms.conflicts.append(&mut conflicts);
}

/// People of so many states bear a name that is too common to mean one by itself.
const COMMON: usize = 3;

/// A leader of whom only the family name is known yields, if it is a common name: "King" is not a prime minister.
fn drop_common(records: &mut Vec<Record>) {
    let mut bearers: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    for record in records.iter().filter(|r| r.name.contains(' ')) {
        for word in fold(&record.name).split(' ') {
            bearers.entry(word.to_owned()).or_default().insert(record.iso3.clone());
        }
    }
    let common = |name: &str| bearers.get(&fold(name)).is_some_and(|states| states.len() >= COMMON);
    records.retain(|r| r.name.contains(' ') || !common(&r.name));
}

fn trimmed(date: &str) -> String {
    date.trim_start_matches(['<', '>']).to_owned()
}

/// Family names of one word go into their column, of several among the spellings ("López Obrador").
fn name_families(records: &mut [Record], spellings: &mut Vec<Spelling>) {
    let mut more = BTreeSet::new();
    for record in records.iter_mut().filter(|r| r.is_head()) {
        let words: Vec<&str> = record.surname.split(' ').collect();
        let bare: Vec<&str> = words.iter().copied().skip_while(|w| PARTICLES.contains(w)).collect();
        if let [one] = bare.as_slice() {
            record.surname = (*one).to_owned();
        } else {
            let called = record.surname.clone();
            if fold(&record.name) != called {
                more.insert((called, record.name.clone(), record.iso3.clone(), record.source.clone()));
            }
            record.surname = (*words.last().unwrap_or(&"")).to_owned();
        }
        // "dos Santos" is never called Santos.
        let with_article = format!("dos {}", record.surname);
        if fold(&record.name).ends_with(&format!(" {with_article}")) {
            record.surname.clone_from(&with_article);
            more.insert((with_article, record.name.clone(), record.iso3.clone(), record.source.clone()));
        }
    }
    spellings.extend(more);
    spellings.sort();
    spellings.dedup_by(|a, b| fold(&a.0) == fold(&b.0) && a.1 == b.1 && a.2 == b.2);
}

fn leaders(records: &[Record]) -> Built {
    let mut rows: Vec<Vec<String>> = records.iter().map(row).filter(|r| !fold(&r[0]).is_empty()).collect();
    rows.sort_by_cached_key(|r| (fold(&r[0]), r.clone()));
    rows.dedup();
    Built::new("data/actors/leaders.tsv", LEADERS, &rows)
}

fn row(r: &Record) -> Vec<String> {
    let texts = [&r.name, &r.iso3, &r.office, &r.from, &r.to, &r.id, &r.sector, &r.surname, &r.source];
    texts.map(Clone::clone).to_vec()
}

const LEADERS: &[&str] = &[
    "Who held which office when: leaders since 1945, ministers and others since 1990. Sorted by folded name (lower case, no accents, no dots).",
    "Columns: name, iso3, office (leader: whoever was in power, where the office is not known), from, to (day, month or year; < this or earlier; > this or later; empty: not known to have ended when the source was made), Wikidata item, sector, surname (folded; heads of state and government only), sources (codes of sources.tsv, joined by +).",
    "Generated by `cargo xtask knowledge`; where sources disagree, conflicts.tsv says what was kept; leader_corrections.tsv (own) goes before all of them. Facts of wd, fb (CC0), re (MIT), ar (CC BY 4.0), ci (public domain).",
    "name\tiso3\toffice\tfrom\tto\twikidata\tsector\tsurname\tsources",
];

fn spelling_table(spellings: &[Spelling]) -> Built {
    let rows: Vec<Vec<String>> =
        spellings.iter().map(|(a, b, c, d)| vec![a.clone(), b.clone(), c.clone(), d.clone()]).collect();
    Built::new("data/actors/spellings.tsv", SPELLINGS, &rows)
}

const SPELLINGS: &[&str] = &[
    "Other spellings of the names in leaders.tsv: transliterations, other orders, longer and shorter forms.",
    "Columns: spelling, name (as in leaders.tsv), iso3, sources (codes of sources.tsv). Generated by `cargo xtask knowledge`; facts of the same sources as leaders.tsv.",
    "spelling\tname\tiso3\tsources",
];

fn conflict_table(mut conflicts: Vec<Conflict>) -> Built {
    conflicts.sort();
    conflicts.dedup();
    let rows: Vec<Vec<String>> = conflicts
        .into_iter()
        .map(|c| {
            let fields = [c.field.to_owned(), c.why.to_owned()];
            let [field, why] = fields;
            c.about.into_iter().chain([field]).chain(c.kept).chain(c.against).chain([why]).collect()
        })
        .collect();
    Built::new("data/actors/conflicts.tsv", CONFLICTS, &rows)
}

const CONFLICTS: &[&str] = &[
    "Where the sources of leaders.tsv disagree by more than a month, or name two holders of an office for one, and what was kept.",
    "Columns: iso3, office, name, field (from, to, holder), kept, its source, against, its source, why. Generated by `cargo xtask knowledge`; facts of the same sources as leaders.tsv.",
    "iso3\toffice\tname\tfield\tkept\tkept_source\tagainst\tagainst_source\twhy",
];
