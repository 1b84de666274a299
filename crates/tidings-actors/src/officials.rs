//! Who held which office when.

use jiff::civil::Date;

use crate::fold::fold;
use crate::tables::Term;

/// The table of office holders, sorted by folded name and searched in place.
#[derive(Debug)]
pub(crate) struct Officials {
    lines: Vec<&'static str>,
    /// Folded last name to line, of heads of state and government only.
    surnames: Vec<(String, usize)>,
}

/// One term of one person in one office.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Holder {
    pub(crate) name: &'static str,
    pub(crate) country: &'static str,
    pub(crate) office: &'static str,
    pub(crate) term: Term,
    pub(crate) id: &'static str,
    /// Head of state or government.
    pub(crate) head: bool,
}

impl Officials {
    /// Rows of `key, name, iso3, office, from, to, id, rank`, sorted by key.
    pub(crate) fn new(text: &'static str) -> Self {
        let lines: Vec<&'static str> =
            text.lines().filter(|l| !l.is_empty() && !l.starts_with('#')).collect();
        let last = |(line, text): (usize, &&'static str)| {
            let key = text.split('\t').next()?;
            text.ends_with("\thead").then(|| (key.rsplit(' ').next().unwrap_or(key).to_owned(), line))
        };
        let mut surnames: Vec<(String, usize)> = lines.iter().enumerate().filter_map(last).collect();
        surnames.sort_unstable();
        Self { lines, surnames }
    }

    /// The terms of those who bear the full name.
    pub(crate) fn named(&self, name: &str) -> impl Iterator<Item = Holder> + '_ {
        let key = fold(name);
        let start = self.lines.partition_point(|l| first_column(l) < key.as_str());
        self.lines
            .get(start..)
            .unwrap_or_default()
            .iter()
            .take_while(move |l| first_column(l) == key)
            .filter_map(|l| Holder::of(l))
    }

    /// Heads of state and government with the last name.
    pub(crate) fn heads(&self, surname: &str) -> impl Iterator<Item = Holder> + '_ {
        let key = fold(surname);
        let start = self.surnames.partition_point(|(s, _)| s.as_str() < key.as_str());
        self.surnames
            .get(start..)
            .unwrap_or_default()
            .iter()
            .take_while(move |(s, _)| *s == key)
            .filter_map(|(_, line)| Holder::of(self.lines.get(*line)?))
    }

    /// The office of the named person at `date`: the office then held, else the last one before.
    pub(crate) fn at(&self, name: &str, country: Option<&str>, date: Option<Date>) -> Option<Holder> {
        let holders: Vec<Holder> =
            if name.contains(' ') { self.named(name).collect() } else { self.heads(name).collect() };
        let fits = |h: &&Holder| country.is_none_or(|c| c == h.country);
        let current = |h: &&Holder| if date.is_some() { h.term.holds(date) } else { h.term.is_open() };
        let candidates: Vec<&Holder> = holders.iter().filter(fits).collect();
        let found = candidates.iter().filter(|h| current(h)).max_by_key(|h| h.head).or_else(|| {
            candidates
                .iter()
                .filter(|h| name.contains(' ') && h.term.is_over(date))
                .max_by_key(|h| h.term.end())
        });
        let found = found.map(|h| **h)?;
        let one_person = candidates.iter().filter(|h| current(h)).all(|h| h.country == found.country);
        (one_person || name.contains(' ')).then_some(found)
    }
}

impl Holder {
    fn of(line: &'static str) -> Option<Self> {
        let mut columns = line.split('\t').skip(1);
        let mut next = || columns.next();
        let (name, country, office, from, to, id, rank) =
            (next()?, next()?, next()?, next()?, next()?, next()?, next()?);
        Some(Self { name, country, office, term: Term::new(from, to), id, head: rank == "head" })
    }
}

fn first_column(line: &str) -> &str {
    line.split('\t').next().unwrap_or(line)
}
