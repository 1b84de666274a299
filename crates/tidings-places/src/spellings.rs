//! The spellings under which a name is looked up.

use tidings_text::fold;

use crate::kind_words::KindWords;
use crate::{Candidate, Gazetteer, Way};

/// A folded name, and what it may be.
pub(crate) struct Key {
    pub(crate) folded: String,
    capitalised: bool,
    only_adjectives: bool,
    /// "U.N.", "EU": letters that stand for something larger than a town.
    initials: bool,
}

impl Key {
    fn of(written: &str) -> Self {
        Self {
            folded: fold(written),
            capitalised: written.chars().find(|c| c.is_alphabetic()).is_some_and(char::is_uppercase),
            only_adjectives: false,
            initials: is_initials(written),
        }
    }

    /// Whether a name so written can name a place in that way.
    pub(crate) fn admits(&self, candidate: &Candidate) -> bool {
        match candidate.way {
            _ if !self.capitalised || (self.initials && candidate.entry.is_town()) => false,
            _ if is_direction(&self.folded) => false, // "the West" is no province of that name
            Way::Other if candidate.entry.is_town() && self.is_country_of(candidate) => false,
            Way::Abbreviation | Way::Adjective => true,
            _ => !self.only_adjectives,
        }
    }
}

impl Key {
    /// "Mexico" is the country, though its capital is called so too; "Singapore" is both.
    fn is_country_of(&self, candidate: &Candidate) -> bool {
        let country = candidate.entry.country_code().and_then(|code| Gazetteer::embedded().country(code));
        country.is_some_and(|country| fold(country.name()) == self.folded)
    }
}

fn is_initials(written: &str) -> bool {
    let letters = written.chars().filter(|c| c.is_alphabetic()).count();
    let capitals = written.chars().all(|c| c.is_uppercase() || c == '.');
    capitals && (letters <= 3 || written.contains('.'))
}

/// Sets of spellings, each to be asked only if the ones before have no place: as written, without the words that say what
/// it is, as a people, without the direction.
pub(crate) fn of(name: &str) -> [Vec<Key>; 4] {
    let name = name.trim().trim_end_matches("'s").trim_end_matches("’s").trim_end_matches(['\'', '’']);
    let spelt = |name: Option<&str>| name.map(written).unwrap_or_default();
    let people = name.strip_suffix('s').map(|n| Key { only_adjectives: true, ..Key::of(n) });
    let inner = without_direction(name);
    let mut undirected = spelt(inner);
    undirected.extend(spelt(inner.and_then(|n| KindWords::table().without(n))));
    [written(name), spelt(KindWords::table().without(name)), people.into_iter().collect(), undirected]
}

/// "St. Ives" may stand in the tables as "Saint Ives".
fn written(name: &str) -> Vec<Key> {
    let abbreviation = Key { folded: format!("={name}"), ..Key::of(name) };
    let mut keys = vec![Key::of(name), abbreviation];
    for (short, long) in [("st ", "saint "), ("ste ", "sainte "), ("mt ", "mount "), ("ft ", "fort ")] {
        let key = &keys[0];
        let other = key.folded.strip_prefix(short).map(|rest| format!("{long}{rest}"));
        let other = other.or_else(|| key.folded.strip_prefix(long).map(|rest| format!("{short}{rest}")));
        if let Some(folded) = other {
            keys.push(Key { folded, ..Key::of(name) });
            break;
        }
    }
    keys
}

/// "northern Norland", "downtown Norburg".
pub(crate) fn without_direction(name: &str) -> Option<&str> {
    let (first, rest) = name.split_once([' ', '-'])?;
    is_direction(first).then(|| rest.trim())
}

/// Whether the word says only in which part.
pub(crate) fn is_direction(word: &str) -> bool {
    DIRECTIONS.contains(&word.to_lowercase().as_str())
}

const DIRECTIONS: &[&str] = &[
    "central",
    "downtown",
    "east",
    "eastern",
    "greater",
    "inner",
    "lower",
    "mainland",
    "metropolitan",
    "mid",
    "north",
    "north-east",
    "north-west",
    "northeast",
    "northeastern",
    "northern",
    "northwest",
    "northwestern",
    "old",
    "outer",
    "rural",
    "south",
    "south-east",
    "south-west",
    "southeast",
    "southeastern",
    "southern",
    "southwest",
    "southwestern",
    "upper",
    "uptown",
    "west",
    "western",
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn saints_are_looked_up_in_both_spellings() {
        let keys: Vec<String> = written("St. Orban").into_iter().map(|k| k.folded).collect();
        assert_eq!(keys, ["st orban", "=St. Orban", "saint orban"]);
    }
}
