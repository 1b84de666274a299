//! The words that time expressions are made of: `data/time/words.tsv`, read once.

use std::sync::LazyLock;

macro_rules! classes {
    ($($variant:ident = $text:literal),* $(,)?) => {
        /// What a word can be in a time expression; the table says what the numbers mean.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
        pub(crate) enum Class { $($variant),* }

        impl Class {
            /// How many there are.
            pub(crate) const COUNT: usize = [$(Class::$variant),*].len();

            /// By its name in the tables.
            pub(crate) fn parse(name: &str) -> Option<Class> {
                match name { $($text => Some(Class::$variant),)* _ => None }
            }
        }
    };
}

classes! {
    Month = "MONTH", Mon = "MON", Weekday = "WEEKDAY", Weekdays = "WEEKDAYS", Wday = "WDAY", Number = "NUMBER",
    Scale = "SCALE", Ordinal = "ORDINAL", Few = "FEW", Unit = "UNIT", Units = "UNITS", Part = "PART",
    DayPart = "DAYPART", DayName = "DAYNAME", Tonight = "TONIGHT", Season = "SEASON", Shift = "SHIFT",
    Order = "ORDER", Other = "OTHER", Ago = "AGO", Apart = "APART", Ref = "REF", Freq = "FREQ",
    Meridiem = "MERIDIEM", Hour = "HOUR", Zone = "ZONE", Since = "SINCE", Rough = "ROUGH",
    // Read off figures, or off patterns.
    Day = "DAY", LastDay = "LASTDAY", Year = "YEAR", Decade = "DECADE", Clock = "CLOCK", IsoDate = "ISODATE",
    SlashDate = "SLASHDATE", QuarterName = "QUARTERNAME",
}

static WORDS: LazyLock<Vec<(&'static str, Class, i64)>> =
    LazyLock::new(|| rows(include_str!("../../../data/time/words.tsv")).filter_map(row).collect());

/// The rows of a table: no comments, no empty lines.
pub(crate) fn rows(table: &'static str) -> impl Iterator<Item = Vec<&'static str>> {
    table.lines().filter(|l| !l.starts_with('#') && !l.is_empty()).map(|l| l.split('\t').collect())
}

/// A row that does not read is left out; a test counts them.
fn row(cells: Vec<&'static str>) -> Option<(&'static str, Class, i64)> {
    match cells.as_slice() {
        [form, class, value] => Some((form, Class::parse(class)?, value.parse().ok()?)),
        _ => None,
    }
}

/// What the lower-case `form` can be; most words are nothing.
pub(crate) fn reading(form: &str) -> Option<(Class, i64)> {
    let index = WORDS.binary_search_by(|(word, _, _)| (*word).cmp(form)).ok()?;
    WORDS.get(index).map(|(_, class, value)| (*class, *value))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_row_reads_and_the_table_is_sorted() {
        let table: Vec<_> = rows(include_str!("../../../data/time/words.tsv")).collect();
        assert_eq!(WORDS.len(), table.len());
        for pair in table.windows(2) {
            assert!(pair[0][0] < pair[1][0], "{:?} stands before {:?}", pair[0], pair[1]);
        }
        assert_eq!(reading("thursday"), Some((Class::Weekday, 4)));
        assert_eq!(reading("bridge"), None);
    }
}
