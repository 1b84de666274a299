//! The tables of others: GDELT 2.0, ICEWS, POLECAT, PETRARCH; their columns are in `data/export/sets.tsv`.
//!
//! They have one row a directed pair and nothing that says how certain an event is, so whoever writes them chooses which
//! events are facts enough.

mod cells;
mod codes;
mod gdelt;
mod icews;
mod pairs;
mod petrarch;
mod phoenix;
mod polecat;

use std::io::{BufWriter, Write};
use std::str::FromStr;
use std::sync::LazyLock;

pub use cells::{Cells, Fault};
pub use codes::check;
use pairs::Pair;
use tidings_ledger::{Foreign, OutwardEvent};

use crate::error::{Error, Result};

/// Whose table.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Set {
    /// GDELT 2.0 events: 61 columns, no header.
    Gdelt,
    /// ICEWS coded event data: 20 columns.
    Icews,
    /// POLECAT: 40 columns, PLOVER's terms.
    Polecat,
    /// PETRARCH2: no header, actors as codes only.
    Petrarch,
    /// The Phoenix pipeline around PETRARCH: 26 columns, no header; is only read.
    Phoenix,
}

/// A column of a table of others.
#[derive(Clone, Copy, Debug)]
pub struct SetColumn {
    set: Set,
    /// As they call it.
    pub name: &'static str,
    /// What the row said when it was read counts.
    original: bool,
}

static COLUMNS: LazyLock<Vec<SetColumn>> = LazyLock::new(|| {
    let rows = codes::rows(include_str!("../../../data/export/sets.tsv"));
    let column = |row: Vec<&'static str>| match row.as_slice() {
        [set, name, keep] => Some(SetColumn { set: Set::named(set)?, name, original: *keep == "original" }),
        _ => None,
    };
    rows.filter_map(column).collect()
});

impl Set {
    /// Those that are written.
    pub const WRITTEN: [Self; 4] = [Self::Gdelt, Self::Icews, Self::Polecat, Self::Petrarch];
    /// Those that are read.
    pub const READ: [Self; 5] = [Self::Gdelt, Self::Icews, Self::Polecat, Self::Petrarch, Self::Phoenix];

    /// As it is called in files and in the ledger.
    pub fn name(self) -> &'static str {
        match self {
            Self::Gdelt => "gdelt",
            Self::Icews => "icews",
            Self::Polecat => "polecat",
            Self::Petrarch => "petrarch",
            Self::Phoenix => "phoenix",
        }
    }

    fn named(name: &str) -> Option<Self> {
        Self::READ.into_iter().find(|set| set.name() == name)
    }

    /// In their order.
    pub fn columns(self) -> impl Iterator<Item = &'static SetColumn> {
        COLUMNS.iter().filter(move |column| column.set == self)
    }

    /// Whether the first line names the columns.
    pub fn has_header(self) -> bool {
        matches!(self, Self::Icews | Self::Polecat)
    }

    /// What stands where nothing is known.
    pub fn absent(self) -> &'static str {
        if self == Self::Polecat { "None" } else { "" }
    }

    /// A row of it, as the ledger loads it.
    pub fn foreign(self, cells: &Cells) -> Result<Foreign, Fault> {
        let foreign = match self {
            Self::Gdelt => gdelt::read(cells),
            Self::Icews => icews::read(cells),
            Self::Polecat => polecat::read(cells),
            Self::Petrarch => petrarch::read(cells),
            Self::Phoenix => phoenix::read(cells),
        }?;
        let record = serde_json::Value::Object(cells.all()).to_string();
        Ok(Foreign { origin: self.name().to_owned(), status: "asserted".to_owned(), record, ..foreign })
    }

    fn cells(self, pair: &Pair) -> Vec<(&'static str, String)> {
        match self {
            Self::Gdelt => gdelt::cells(pair),
            Self::Icews => icews::cells(pair),
            Self::Polecat => polecat::cells(pair),
            Self::Petrarch | Self::Phoenix => petrarch::cells(pair),
        }
    }
}

impl FromStr for Set {
    type Err = Error;

    fn from_str(name: &str) -> Result<Self> {
        let known = Self::READ.map(Self::name).join(", ");
        Self::named(name).ok_or_else(|| {
            Error::format(format!("`{name}` is no table of others"), format!("they are {known}"))
        })
    }
}

/// Writes a table of others.
pub struct SetWriter<W: Write> {
    set: Set,
    out: BufWriter<W>,
    rows: usize,
}

impl<W: Write> SetWriter<W> {
    /// Begins it.
    pub fn new(set: Set, out: W) -> Result<Self> {
        let mut out = BufWriter::new(out);
        if set.has_header() {
            let names: Vec<&str> = set.columns().map(|c| c.name).collect();
            writeln!(out, "{}", names.join("\t"))?;
        }
        Ok(Self { set, out, rows: 0 })
    }

    /// The rows of an event, one a pair; how many. An event without a date has none, since all of them need one.
    pub fn event(&mut self, event: &OutwardEvent) -> Result<usize> {
        let before = self.rows;
        for pair in pairs::of(event) {
            let own = self.set.cells(&pair);
            let original = pair.original(self.set);
            let cells = self.set.columns().map(|column| {
                let own = own.iter().find(|(name, _)| *name == column.name).map(|(_, text)| text.as_str());
                let own = own.filter(|text| !text.is_empty());
                let theirs = original.as_ref().and_then(|row| row.get(column.name)?.as_str());
                let text = if column.original { theirs.or(own) } else { own.or(theirs) };
                one_line(text.unwrap_or(self.set.absent()))
            });
            let line = cells.collect::<Vec<_>>().join("\t");
            writeln!(self.out, "{line}")?;
            self.rows += 1;
        }
        Ok(self.rows - before)
    }

    /// Everything is written; how many rows it was.
    pub fn finish(mut self) -> Result<usize> {
        self.out.flush()?;
        Ok(self.rows)
    }
}

/// These tables have no quotation marks: a tab or a new line in a name would be another column or row.
fn one_line(text: &str) -> String {
    if !text.contains(char::is_control) {
        return text.to_owned();
    }
    text.chars().map(|c| if c.is_control() { ' ' } else { c }).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_set_has_as_many_columns_as_its_makers_say() {
        let counts = Set::READ.map(|set| set.columns().count());
        assert_eq!(counts, [61, 20, 40, 8, 26]);
    }

    #[test]
    fn names_go_there_and_back() {
        for set in Set::READ {
            assert_eq!(set.name().parse::<Set>().expect("a set"), set);
        }
        let told = "acled".parse::<Set>().expect_err("none").to_string();
        assert!(told.contains("gdelt, icews, polecat, petrarch, phoenix"), "{told}");
    }
}
