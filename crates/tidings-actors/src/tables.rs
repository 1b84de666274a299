//! The tables: rows and an index of names, compiled by `build.rs` and read in place.

use std::sync::LazyLock;

use fst::Map;
use jiff::civil::Date;

use crate::fold::{fold, is_shouted};
use crate::layout::{ACRONYM, LAST, Named, ROW};

include!(concat!(env!("OUT_DIR"), "/directory.rs"));

/// Every distinct string of the tables.
static STRINGS: &str = include_str!(concat!(env!("OUT_DIR"), "/strings.txt"));
/// Where each begins.
static OFFSETS: &[u8] = include_bytes!(concat!(env!("OUT_DIR"), "/offsets.bin"));
/// The strings of all rows, by number.
static CELLS: &[u8] = include_bytes!(concat!(env!("OUT_DIR"), "/cells.bin"));
/// Folded names to the beginning of their rows.
static NAMES: LazyLock<Option<Map<&[u8]>>> =
    LazyLock::new(|| Map::new(include_bytes!(concat!(env!("OUT_DIR"), "/names.fst")).as_slice()).ok());
/// The rows of all names.
static POSTINGS: &[u8] = include_bytes!(concat!(env!("OUT_DIR"), "/postings.bin"));

/// A number of a compiled file; the build wrote as many as are asked for.
fn number(file: &[u8], at: usize) -> usize {
    let bytes = file.get(at * 4..).and_then(|rest| rest.first_chunk::<4>());
    bytes.map_or(0, |b| u32::from_le_bytes(*b) as usize)
}

/// The place of a compiled table.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Table {
    first: usize,
    count: usize,
    columns: usize,
}

impl Table {
    /// A row, its first `N` columns.
    pub(crate) fn row<const N: usize>(self, row: usize) -> [&'static str; N] {
        std::array::from_fn(|column| self.cell(row, column))
    }

    /// All rows in order.
    pub(crate) fn rows<const N: usize>(self) -> impl Iterator<Item = [&'static str; N]> {
        (0..self.count).map(move |row| self.row(row))
    }

    fn cell(self, row: usize, column: usize) -> &'static str {
        if row >= self.count || column >= self.columns {
            return "";
        }
        let string = number(CELLS, self.first + row * self.columns + column);
        STRINGS.get(number(OFFSETS, string)..number(OFFSETS, string + 1)).unwrap_or_default()
    }
}

/// The names of one kind in the index.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Names(Named);

impl Names {
    /// The names of that kind.
    pub(crate) fn of(kind: Named) -> Self {
        Self(kind)
    }

    /// Rows named `text`; those with an acronym only where the text stands in capitals.
    pub(crate) fn rows(self, text: &str) -> impl Iterator<Item = usize> + use<> {
        self.folded(&fold(text), is_shouted(text))
    }

    /// Rows whose folded name is `key`; those with an acronym only if the text was `shouted`.
    pub(crate) fn folded(self, key: &str, shouted: bool) -> impl Iterator<Item = usize> + use<> {
        let key = [&[self.0 as u8], key.as_bytes()].concat();
        let start = NAMES.as_ref().and_then(|names| names.get(key));
        let mut next = start.and_then(|start| usize::try_from(start).ok());
        let postings = std::iter::from_fn(move || {
            let posting = number(POSTINGS, next?) as u32;
            next = if posting & LAST == 0 { next.map(|n| n + 1) } else { None };
            Some(posting)
        });
        postings.filter(move |p| shouted || p & ACRONYM == 0).map(|p| (p & ROW) as usize)
    }
}

/// The parts of a list column.
pub(crate) fn list(column: &'static str) -> impl Iterator<Item = &'static str> {
    column.split('|').filter(|part| !part.is_empty())
}

/// First and last day, as the tables write them: a day, a month or a year, empty for unknown; `<` before the first: this
/// or earlier; `>` before the last: this or later.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Term {
    from: &'static str,
    to: &'static str,
}

impl Term {
    pub(crate) fn new(from: &'static str, to: &'static str) -> Self {
        Self { from, to }
    }

    /// Whether `date` is known to lie within; unknown dates and ends exclude nothing.
    pub(crate) fn holds(self, date: Option<Date>) -> bool {
        let Some(day) = date.map(|d| d.to_string()) else { return true };
        let begun = self.start() <= day.as_str();
        begun && !has_passed(self.end(), &day)
    }

    /// Whether it had ended by `date`.
    pub(crate) fn is_over(self, date: Option<Date>) -> bool {
        date.is_some_and(|day| !self.to.starts_with('>') && has_passed(self.to, &day.to_string()))
    }

    /// Whether it was still to begin at `date`.
    pub(crate) fn is_ahead(self, date: Option<Date>) -> bool {
        date.is_some_and(|day| !self.from.starts_with('<') && self.from > day.to_string().as_str())
    }

    /// The first day, as far as it is known.
    pub(crate) fn start(self) -> &'static str {
        self.from.trim_start_matches('<')
    }

    /// The last day, as far as it is known.
    pub(crate) fn end(self) -> &'static str {
        self.to.trim_start_matches('>')
    }

    /// Whether no end is known.
    pub(crate) fn is_open(self) -> bool {
        self.to.is_empty()
    }
}

/// Whether a day lies behind what is written as a day, a month or a year.
fn has_passed(end: &str, day: &str) -> bool {
    !end.is_empty() && day.get(..end.len()).is_some_and(|d| d > end)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_row_of_the_tables_can_be_read() {
        for table in [STATES, CODES, BODIES, MEMBERS, ORGANS, ROLES, LEADERS] {
            assert!(table.count > 0 && table.rows::<1>().all(|[first]| !first.is_empty()));
            assert_eq!(table.cell(table.count, 0), "");
        }
    }

    #[test]
    fn acronyms_are_found_in_capitals_only() {
        let states = Names::of(Named::State);
        assert_eq!(states.rows("us").count(), 0);
        assert!(states.rows("U.S.").any(|row| STATES.row::<1>(row) == ["USA"]));
        assert_eq!(states.rows("").count(), 0);
        assert_eq!(Names::of(Named::Body).rows("no such body anywhere").count(), 0);
    }

    #[test]
    fn bounds_of_a_term_are_neither_within_nor_over() {
        let day = |text: &str| text.parse::<Date>().ok();
        let seen = Term::new("<2019-06-04", ">2019-06-04");
        assert!(
            seen.holds(day("2019-06-04")) && !seen.holds(day("2019-06-05")) && !seen.holds(day("2019-06-03"))
        );
        assert!(!seen.is_over(day("2020-01-01")) && !seen.is_ahead(day("2018-01-01")));
        let term = Term::new("2001-05", "2004");
        assert!(
            term.holds(day("2004-12-31"))
                && term.is_over(day("2005-01-01"))
                && term.is_ahead(day("2001-04-30"))
        );
        assert!(Term::new("2001", "").holds(None) && Term::new("2001", "").is_open());
    }
}
