//! Reading the tables: tab-separated rows, and an index from folded names to rows.

use jiff::civil::Date;

use crate::fold::{fold, is_shouted};

/// The rows of a table with `N` columns; comments and blank lines skipped, missing columns empty.
pub(crate) fn rows<const N: usize>(text: &'static str) -> impl Iterator<Item = [&'static str; N]> {
    text.lines().filter(|l| !l.is_empty() && !l.starts_with('#')).map(|line| {
        let mut columns = [""; N];
        for (column, value) in columns.iter_mut().zip(line.split('\t')) {
            *column = value;
        }
        columns
    })
}

/// The parts of a list column.
pub(crate) fn list(column: &'static str) -> impl Iterator<Item = &'static str> {
    column.split('|').filter(|part| !part.is_empty())
}

/// Rows of a table sorted by the folded name in their first column, searched in place: nothing is folded at start.
#[derive(Debug)]
pub(crate) struct SortedLines {
    text: &'static str,
}

impl SortedLines {
    /// The rows of `text` after its comments.
    pub(crate) fn new(text: &'static str) -> Self {
        let comments: usize =
            text.split_inclusive('\n').take_while(|l| l.starts_with('#')).map(str::len).sum();
        Self { text: text.get(comments..).unwrap_or_default() }
    }

    /// All rows, in order.
    pub(crate) fn all(&self) -> impl Iterator<Item = &'static str> + use<> {
        self.text.lines()
    }

    /// The rows whose first column is spelt like `name`.
    pub(crate) fn named(&self, name: &str) -> impl Iterator<Item = &'static str> + use<> {
        let key = fold(name);
        let from = self.first_at_least(&key);
        self.text
            .get(from..)
            .unwrap_or_default()
            .lines()
            .take_while(move |line| !key.is_empty() && folded_name(line) == key)
    }

    /// Offset of the first row whose folded name is not below `key`.
    fn first_at_least(&self, key: &str) -> usize {
        let (mut low, mut high) = (0, self.text.len());
        while low < high {
            let (start, end) = self.line_around((low + high) / 2);
            let below = self.text.get(start..end).is_some_and(|line| folded_name(line).as_str() < key);
            (low, high) = if below { (end, high) } else { (low, start) };
        }
        low
    }

    /// Offsets of the row around byte `at`, its line end included.
    fn line_around(&self, at: usize) -> (usize, usize) {
        let bytes = self.text.as_bytes();
        let before = bytes.get(..at).unwrap_or_default();
        let start = before.iter().rposition(|b| *b == b'\n').map_or(0, |p| p + 1);
        let after = bytes.get(at..).unwrap_or_default();
        let end = after.iter().position(|b| *b == b'\n').map_or(bytes.len(), |p| at + p + 1);
        (start, end)
    }
}

fn folded_name(line: &str) -> String {
    fold(line.split('\t').next().unwrap_or(line))
}

/// Longest acronym whose letters must stand in capitals: "US" is a state, "us" a pronoun.
const ACRONYM: usize = 5;

/// Names of rows, sorted for search.
#[derive(Debug, Default)]
pub(crate) struct Names {
    entries: Vec<Entry>,
}

#[derive(Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Entry {
    key: String,
    row: usize,
    acronym: bool,
}

impl Names {
    /// An index of `names`, each with the number of its row.
    pub(crate) fn new(names: impl Iterator<Item = (&'static str, usize)>) -> Self {
        let entry = |(name, row)| Entry { key: fold(name), row, acronym: is_acronym(name) };
        let mut entries: Vec<Entry> = names.map(entry).filter(|e| !e.key.is_empty()).collect();
        entries.sort_unstable();
        entries.dedup();
        Self { entries }
    }

    /// Rows named `text`.
    pub(crate) fn rows<'a>(&'a self, text: &str) -> impl Iterator<Item = usize> + use<'a> {
        self.folded(&fold(text), is_shouted(text))
    }

    /// Rows whose folded name is `key`; those with an acronym only if the text was `shouted`.
    pub(crate) fn folded<'a>(&'a self, key: &str, shouted: bool) -> impl Iterator<Item = usize> + use<'a> {
        let start = self.entries.partition_point(|e| e.key.as_str() < key);
        let length = self.entries.get(start..).unwrap_or_default().partition_point(|e| e.key.as_str() == key);
        let found = self.entries.get(start..start + length).unwrap_or_default();
        found.iter().filter(move |e| shouted || !e.acronym).map(|e| e.row)
    }
}

fn is_acronym(name: &str) -> bool {
    is_shouted(name) && name.chars().filter(|c| c.is_alphabetic()).count() <= ACRONYM
}

/// First and last day, as the tables write them: a day, a month or a year, empty for unknown.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Term {
    from: &'static str,
    to: &'static str,
}

impl Term {
    pub(crate) fn new(from: &'static str, to: &'static str) -> Self {
        Self { from, to }
    }

    /// Whether `date` lies within; unknown dates and ends exclude nothing.
    pub(crate) fn holds(self, date: Option<Date>) -> bool {
        let Some(day) = date.map(|d| d.to_string()) else { return true };
        let begun = self.from.is_empty() || self.from <= day.as_str();
        let ended = !self.to.is_empty() && day.get(..self.to.len()).is_some_and(|d| d > self.to);
        begun && !ended
    }

    /// Whether it had ended by `date`.
    pub(crate) fn is_over(self, date: Option<Date>) -> bool {
        let day = date.map(|d| d.to_string());
        !self.to.is_empty() && day.is_some_and(|day| day.get(..self.to.len()).is_some_and(|d| d > self.to))
    }

    /// The first day, as written.
    pub(crate) fn start(self) -> &'static str {
        self.from
    }

    /// The last day, as written.
    pub(crate) fn end(self) -> &'static str {
        self.to
    }

    /// Whether no end is known.
    pub(crate) fn is_open(self) -> bool {
        self.to.is_empty()
    }
}
