//! Towns and regions with their country.

use crate::fold::fold;

/// A table sorted by folded name, searched in place.
#[derive(Debug)]
pub(crate) struct Places {
    lines: Vec<&'static str>,
}

impl Places {
    /// Rows of `key TAB iso3 TAB name`, sorted by key, the most populous of a name first.
    pub(crate) fn new(text: &'static str) -> Self {
        Self { lines: text.lines().filter(|l| !l.is_empty() && !l.starts_with('#')).collect() }
    }

    /// Name and country code of the best known place of that name.
    pub(crate) fn find(&self, name: &str) -> Option<(&'static str, &'static str)> {
        let key = fold(name);
        let start = self.lines.partition_point(|l| first_column(l) < key.as_str());
        let mut columns = self.lines.get(start)?.split('\t');
        (columns.next()? == key).then_some(())?;
        let country = columns.next()?;
        Some((columns.next()?, country))
    }
}

fn first_column(line: &str) -> &str {
    line.split('\t').next().unwrap_or(line)
}
