//! What a table may say: known codes, terms that end after they begin, one row an id, no circle of names.

use std::collections::{BTreeMap, BTreeSet};

use tidings_text::fold;

use crate::source::{Faults, Row, Table, Tables};

/// PLOVER codes of those above states.
const ABOVE: &[&str] = &["EUR", "IGO", "IMG", "ISM", "MNC", "NGO", "UNO"];

/// Looks at every row of every table.
pub fn check(tables: &Tables) -> Result<(), Faults> {
    let mut faults = Vec::new();
    let states: BTreeSet<&str> = tables.states.rows.iter().map(|r| r.at(0)).collect();
    let known = Known { states, sectors: tables.sectors.iter().map(String::as_str).collect() };
    known.states(&tables.states, &mut faults);
    known.codes(&tables.codes, &mut faults);
    known.bodies(&tables.bodies, &mut faults);
    known.members(tables, &mut faults);
    known.nouns(&tables.organs, &["organ", "body", "named"], &mut faults);
    known.nouns(&tables.roles, &["office", "member", "plain", "crowd"], &mut faults);
    known.leaders(&tables.leaders, &mut faults);
    spellings(tables, &mut faults);
    if faults.is_empty() { Ok(()) } else { Err(faults) }
}

struct Known<'a> {
    states: BTreeSet<&'a str>,
    sectors: BTreeSet<&'a str>,
}

impl Known<'_> {
    fn states(&self, table: &Table, faults: &mut Faults) {
        unique(table, "code", |r| r.at(0).to_owned(), faults);
        for row in &table.rows {
            if row.at(0).len() != 3 || !row.at(0).bytes().all(|b| b.is_ascii_uppercase()) {
                faults.push(table.fault(row, format_args!("{:?} is no code of three letters", row.at(0))));
            }
            named(table, row, 1, faults);
            term(table, row, [7, 8], faults);
        }
    }

    fn codes(&self, table: &Table, faults: &mut Faults) {
        for row in &table.rows {
            self.state(table, row, 0, false, faults);
            if !matches!(row.at(1), "cow" | "gw") || row.at(2).parse::<u16>().is_err() {
                faults.push(table.fault(
                    row,
                    format_args!("{:?} {:?} is no code system with number", row.at(1), row.at(2)),
                ));
            }
            term(table, row, [4, 5], faults);
        }
        for pair in table.rows.windows(2) {
            let [a, b] = pair else { continue };
            let lasting = a.at(5).is_empty() || a.at(5) >= b.at(4);
            if a.at(0) == b.at(0) && a.at(1) == b.at(1) && lasting {
                faults.push(table.fault(b, format_args!("{} has two numbers at a time", b.at(0))));
            }
        }
    }

    fn bodies(&self, tables: &[Table], faults: &mut Faults) {
        let mut ids: BTreeMap<&str, String> = BTreeMap::new();
        for table in tables {
            for row in &table.rows {
                let place = format!("{}:{}", table.file, row.line);
                if let Some(first) = ids.insert(row.at(0), place) {
                    faults.push(table.fault(row, format_args!("id {:?} stands in {first}, too", row.at(0))));
                }
                named(table, row, 1, faults);
                if !matches!(row.at(3), "organisation" | "group") {
                    faults.push(
                        table.fault(row, format_args!("{:?} is no kind: organisation, group", row.at(3))),
                    );
                }
                self.state(table, row, 4, true, faults);
                self.sectors(table, row, 5, faults);
                term(table, row, [6, 7], faults);
            }
        }
    }

    fn members(&self, tables: &Tables, faults: &mut Faults) {
        let ids: BTreeSet<&str> = tables.bodies.iter().flat_map(|t| &t.rows).map(|r| r.at(0)).collect();
        for row in &tables.members.rows {
            if !ids.contains(row.at(0)) {
                faults.push(tables.members.fault(row, format_args!("no body has the id {:?}", row.at(0))));
            }
            for code in row.list(2).filter(|c| !self.states.contains(c)) {
                faults.push(tables.members.fault(row, format_args!("{code:?} is no state of states.tsv")));
            }
        }
    }

    fn nouns(&self, table: &Table, classes: &[&str], faults: &mut Faults) {
        unique(table, "noun", |r| r.at(0).to_owned(), faults);
        let canonical: BTreeMap<&str, &str> =
            table.rows.iter().map(|r| (r.at(0), r.at(3))).filter(|(_, c)| !c.is_empty()).collect();
        for row in &table.rows {
            if row.at(0) != fold(row.at(0)) || row.at(0).is_empty() {
                faults.push(
                    table.fault(row, format_args!("{:?} is not folded (lower case, no marks)", row.at(0))),
                );
            }
            if !classes.contains(&row.at(2)) {
                faults.push(
                    table.fault(row, format_args!("{:?} is no class: {}", row.at(2), classes.join(", "))),
                );
            }
            self.sectors(table, row, 1, faults);
            if !row.at(4).is_empty() {
                self.state(table, row, 4, true, faults);
            }
            if runs_in_circle(row.at(0), |noun| canonical.get(noun).copied()) {
                faults.push(table.fault(row, format_args!("{:?} leads back to itself", row.at(0))));
            }
        }
    }

    fn leaders(&self, table: &Table, faults: &mut Faults) {
        for row in &table.rows {
            named(table, row, 0, faults);
            self.state(table, row, 1, true, faults);
            self.sectors(table, row, 6, faults);
            term(table, row, [3, 4], faults);
            if row.at(2).is_empty() || row.at(7) != fold(row.at(7)) {
                faults.push(table.fault(row, "no office, or a surname that is not folded"));
            }
        }
    }

    /// A state, or, if `above`, a body above states or nothing.
    fn state(&self, table: &Table, row: &Row, column: usize, above: bool, faults: &mut Faults) {
        let code = row.at(column);
        if !self.states.contains(code) && !(above && (code.is_empty() || ABOVE.contains(&code))) {
            faults.push(table.fault(row, format_args!("{code:?} is no state of states.tsv")));
        }
    }

    fn sectors(&self, table: &Table, row: &Row, column: usize, faults: &mut Faults) {
        for sector in row.list(column).filter(|s| !self.sectors.contains(s)) {
            faults
                .push(table.fault(row, format_args!("{sector:?} is no sector of data/ontology/sectors.tsv")));
        }
    }
}

/// Spellings lead to a name of the table of leaders, and not back.
fn spellings(tables: &Tables, faults: &mut Faults) {
    let table = &tables.spellings;
    let names: BTreeSet<(&str, &str)> = tables.leaders.rows.iter().map(|r| (r.at(1), r.at(0))).collect();
    let next: BTreeMap<(&str, &str), &str> =
        table.rows.iter().map(|r| ((r.at(2), r.at(0)), r.at(1))).collect();
    for row in &table.rows {
        if !names.contains(&(row.at(2), row.at(1))) {
            faults
                .push(table.fault(row, format_args!("no leader of {} is named {:?}", row.at(2), row.at(1))));
        }
        if runs_in_circle(row.at(0), |name| next.get(&(row.at(2), name)).copied()) {
            faults.push(table.fault(row, format_args!("{:?} leads back to itself", row.at(0))));
        }
    }
}

fn runs_in_circle<'a>(start: &'a str, next: impl Fn(&'a str) -> Option<&'a str>) -> bool {
    let mut seen = BTreeSet::from([start]);
    let mut at = start;
    while let Some(to) = next(at) {
        // A word may stand for itself.
        if to == at {
            return false;
        }
        if !seen.insert(to) {
            return true;
        }
        at = to;
    }
    false
}

fn unique(table: &Table, what: &str, key: impl Fn(&Row) -> String, faults: &mut Faults) {
    let mut seen = BTreeMap::new();
    for row in &table.rows {
        if let Some(first) = seen.insert(key(row), row.line) {
            faults.push(table.fault(row, format_args!("{what} {:?} stands in line {first}, too", key(row))));
        }
    }
}

fn named(table: &Table, row: &Row, column: usize, faults: &mut Faults) {
    if fold(row.at(column)).is_empty() {
        faults.push(table.fault(row, "no name"));
    }
}

/// Days, months or years, the last not before the first.
fn term(table: &Table, row: &Row, [from, to]: [usize; 2], faults: &mut Faults) {
    let (first, last) = (row.at(from), row.at(to));
    let (begun, ended) = (first.trim_start_matches('<'), last.trim_start_matches('>'));
    for date in [begun, ended].into_iter().filter(|d| !d.is_empty() && !is_date(d)) {
        faults.push(table.fault(row, format_args!("{date:?} is no day, month or year")));
    }
    let shorter = begun.len().min(ended.len());
    if !ended.is_empty() && begun.get(..shorter) > ended.get(..shorter) {
        faults.push(table.fault(row, format_args!("ends {last} before it begins {first}")));
    }
}

fn is_date(text: &str) -> bool {
    let parts: Vec<&str> = text.split('-').collect();
    let number = |part: &&str, length: usize, most: u16| {
        part.len() == length
            && part.bytes().all(|b| b.is_ascii_digit())
            && part.parse::<u16>().is_ok_and(|n| (1..=most).contains(&n))
    };
    let limits = [(4, 9999), (2, 12), (2, 31)];
    parts.len() <= 3 && parts.iter().zip(limits).all(|(part, (length, most))| number(part, length, most))
}
