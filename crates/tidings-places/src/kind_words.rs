//! Words beside a name that say what sort of place it is: `data/places/kind_words.tsv`.

use std::sync::LazyLock;

use crate::{Entry, Kind};

const TABLE: &str = include_str!("../../../data/places/kind_words.tsv");

static WORDS: LazyLock<KindWords> = LazyLock::new(|| KindWords::of(TABLE));

/// What the words say of the place.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Order {
    /// A town.
    Town,
    /// A division of the first order.
    First,
    /// A division of the second order.
    Second,
}

/// The table, the longest words first.
pub(crate) struct KindWords {
    after: Vec<(String, Order)>,
    before: Vec<(String, Order)>,
}

impl Order {
    /// Whether a place is of that order.
    pub(crate) fn fits(self, entry: Entry) -> bool {
        match self {
            Self::Town => entry.is_town(),
            Self::First => entry.kind() == Kind::FirstDivision,
            Self::Second => entry.kind() == Kind::SecondDivision,
        }
    }
}

impl KindWords {
    /// The table inside the program.
    pub(crate) fn table() -> &'static KindWords {
        &WORDS
    }

    fn of(table: &str) -> Self {
        let (mut after, mut before) = (Vec::new(), Vec::new());
        for line in table.lines().filter(|l| !l.starts_with('#')) {
            let mut columns = line.split('\t');
            let (words, side) = (columns.next().unwrap_or_default().to_lowercase(), columns.next());
            let order = match columns.next() {
                Some("0") => Order::Town,
                Some("1") => Order::First,
                _ => Order::Second,
            };
            if side == Some("after") { after.push((words, order)) } else { before.push((words, order)) }
        }
        after.sort_by_key(|(words, _)| std::cmp::Reverse(words.len()));
        before.sort_by_key(|(words, _)| std::cmp::Reverse(words.len()));
        Self { after, before }
    }

    /// The name without such words at its edges; `None` if it has none.
    pub(crate) fn without<'n>(&self, name: &'n str) -> Option<&'n str> {
        let after = self.after.iter().find_map(|(words, _)| strip_end(name, words));
        let before = || self.before.iter().find_map(|(words, _)| strip_start(name, words));
        after.or_else(before).filter(|rest| !rest.is_empty())
    }

    /// What the name itself says.
    pub(crate) fn in_name(&self, name: &str) -> Option<Order> {
        let after = self.after.iter().find(|(words, _)| strip_end(name, words).is_some());
        let before = || self.before.iter().find(|(words, _)| strip_start(name, words).is_some());
        after.or_else(before).map(|(_, order)| *order)
    }

    /// What the words around the name say: `before` ends and `after` begins at the name.
    pub(crate) fn around(&self, before: &str, after: &str) -> Option<Order> {
        let next = after.strip_prefix(' ').unwrap_or_default();
        let follows = |words: &str| {
            starts_with(next, words).is_some_and(|rest| !rest.starts_with(char::is_alphanumeric))
        };
        let precedes = |words: &str| {
            let text = before.trim_end();
            let start = text.len().checked_sub(words.len()).filter(|s| text.is_char_boundary(*s));
            start.is_some_and(|s| text[s..].eq_ignore_ascii_case(words))
                && before.ends_with(' ')
                && !start.and_then(|s| text[..s].chars().next_back()).is_some_and(char::is_alphanumeric)
        };
        let found = self.after.iter().find(|(words, _)| follows(words));
        found.or_else(|| self.before.iter().find(|(words, _)| precedes(words))).map(|(_, order)| *order)
    }
}

fn starts_with<'t>(text: &'t str, words: &str) -> Option<&'t str> {
    let head = text.get(..words.len())?;
    head.eq_ignore_ascii_case(words).then(|| &text[words.len()..])
}

fn strip_end<'n>(name: &'n str, words: &str) -> Option<&'n str> {
    let start = name.len().checked_sub(words.len())?;
    let (rest, tail) = (name.get(..start)?, name.get(start..)?);
    let rest = tail.eq_ignore_ascii_case(words).then_some(rest)?;
    rest.strip_suffix(' ').map(str::trim)
}

fn strip_start<'n>(name: &'n str, words: &str) -> Option<&'n str> {
    starts_with(name, words)?.strip_prefix(' ').map(str::trim)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_taken_off_and_say_what_the_place_is() {
        let table = KindWords::table();
        assert_eq!(table.without("Rapides Parish"), Some("Rapides"));
        assert_eq!(table.without("the state of Nowhere"), None);
        assert_eq!(table.without("State of Nowhere"), Some("Nowhere"));
        assert_eq!(table.without("Parish"), None);
        assert_eq!(table.in_name("Lake County"), Some(Order::Second));
        assert_eq!(table.around("shelling in ", " province on Monday"), Some(Order::First));
        assert_eq!(table.around("in the county of ", ", where"), Some(Order::Second));
        assert_eq!(table.around("in ", " provincial council"), None);
    }
}
