//! Towns and regions with their country.

use crate::tables::SortedLines;

/// A table sorted by folded name, searched in place.
#[derive(Debug)]
pub(crate) struct Places {
    lines: SortedLines,
}

impl Places {
    /// Rows of `name TAB iso3`, sorted by folded name; one row a name, of the best known place.
    pub(crate) fn new(text: &'static str) -> Self {
        Self { lines: SortedLines::new(text) }
    }

    /// Name and country code of the best known place of that name.
    pub(crate) fn find(&self, name: &str) -> Option<(&'static str, &'static str)> {
        self.lines.named(name).next()?.split_once('\t')
    }
}

#[cfg(test)]
mod tests {
    use super::Places;

    #[test]
    fn towns_are_found_whatever_their_accents() {
        let table = Places::new("# comment\nAbéché\tTCD\nGoma\tCOD\nŻywiec\tPOL\nZzayer\tDZA\n");
        assert_eq!(table.find("Abeche"), Some(("Abéché", "TCD")));
        assert_eq!(table.find("goma"), Some(("Goma", "COD")));
        assert_eq!(table.find("Zywiec"), Some(("Żywiec", "POL")));
        assert_eq!(table.find("Nowhere"), None);
    }
}
