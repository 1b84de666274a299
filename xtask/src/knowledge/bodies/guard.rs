//! Whether a name tells a body from others, or could be any.

use std::collections::BTreeSet;
use std::path::Path;

use tidings_text::fold;

use crate::knowledge::states::States;
use crate::knowledge::table::own;
use crate::run::Result;

/// Words of bodies' names that many bodies have.
const GENERIC: &[&str] = &[
    "action",
    "advanced",
    "agency",
    "alliance",
    "and",
    "armed",
    "army",
    "assembly",
    "assistance",
    "association",
    "authority",
    "bank",
    "battalion",
    "black",
    "board",
    "brigade",
    "brigades",
    "bureau",
    "cell",
    "center",
    "centre",
    "christian",
    "civil",
    "coalition",
    "command",
    "commando",
    "commandos",
    "commission",
    "committee",
    "communist",
    "company",
    "conference",
    "congress",
    "cooperation",
    "council",
    "court",
    "defence",
    "defense",
    "democratic",
    "development",
    "direct",
    "economic",
    "education",
    "faction",
    "federation",
    "fighters",
    "first",
    "for",
    "force",
    "forces",
    "foreign",
    "forum",
    "foundation",
    "free",
    "freedom",
    "front",
    "fund",
    "general",
    "global",
    "government",
    "group",
    "guard",
    "guards",
    "guerrilla",
    "guerrillas",
    "health",
    "human",
    "in",
    "independence",
    "independent",
    "initiative",
    "institute",
    "international",
    "islam",
    "islamic",
    "islamist",
    "jihad",
    "justice",
    "labor",
    "labour",
    "law",
    "league",
    "left",
    "legion",
    "liberation",
    "local",
    "martyrs",
    "marxist",
    "media",
    "military",
    "militia",
    "ministry",
    "mission",
    "monetary",
    "mujahideen",
    "muslim",
    "national",
    "nationalist",
    "network",
    "new",
    "of",
    "office",
    "on",
    "operations",
    "organisation",
    "organization",
    "parliament",
    "party",
    "patriotic",
    "peace",
    "people",
    "peoples",
    "police",
    "political",
    "popular",
    "program",
    "programme",
    "progressive",
    "project",
    "radical",
    "rebel",
    "rebels",
    "red",
    "refugee",
    "regional",
    "relief",
    "religious",
    "research",
    "resistance",
    "restoration",
    "revolution",
    "revolutionary",
    "rights",
    "secretariat",
    "security",
    "service",
    "services",
    "sector",
    "self",
    "social",
    "socialist",
    "society",
    "soldiers",
    "special",
    "state",
    "states",
    "struggle",
    "students",
    "suicide",
    "support",
    "team",
    "the",
    "trade",
    "transitional",
    "tribunal",
    "underground",
    "union",
    "unit",
    "united",
    "unity",
    "university",
    "volunteers",
    "vanguard",
    "war",
    "women",
    "workers",
    "world",
    "young",
    "youth",
];

/// Words that only bodies have in their names, in the languages of the lists.
const BODIES: &[&str] = &[
    "agency",
    "alliance",
    "ansar",
    "armed",
    "armee",
    "army",
    "assembly",
    "association",
    "authority",
    "bank",
    "battalion",
    "brigade",
    "brigades",
    "center",
    "centre",
    "coalition",
    "command",
    "commandos",
    "commission",
    "committee",
    "conference",
    "congress",
    "council",
    "court",
    "ejercito",
    "faction",
    "fatah",
    "federation",
    "fedayeen",
    "fighters",
    "force",
    "forces",
    "forum",
    "foundation",
    "front",
    "frente",
    "fund",
    "group",
    "harakat",
    "hizb",
    "hizbul",
    "initiative",
    "institute",
    "jaish",
    "jamaat",
    "jaysh",
    "jihad",
    "jund",
    "kataib",
    "khalq",
    "lashkar",
    "league",
    "legion",
    "liberation",
    "liwa",
    "martyrs",
    "militia",
    "movement",
    "movimiento",
    "mujahideen",
    "network",
    "organisation",
    "organization",
    "parliament",
    "partido",
    "party",
    "resistance",
    "saraya",
    "society",
    "tigers",
    "tribunal",
    "union",
    "vanguard",
];

/// Whether a word of the name says that it is no person.
pub fn is_body(name: &str) -> bool {
    fold(name).split(' ').any(|w| BODIES.contains(&w))
}

/// Words that tell nothing.
pub struct Guard(BTreeSet<String>);

impl Guard {
    /// The words above, and all nouns for roles and organs; names of states alone tell nothing either.
    pub fn new(tables: &Path, states: &States) -> Result<Self> {
        let mut words: BTreeSet<String> = GENERIC.iter().map(|w| (*w).to_owned()).collect();
        for file in ["roles.tsv", "organs.tsv"] {
            for row in own(&tables.join(file))? {
                words.extend(row[0].split(' ').flat_map(|w| [w.to_owned(), format!("{w}s")]));
            }
        }
        words.retain(|w| states.named(w).is_none());
        Ok(Self(words))
    }

    /// For tests.
    #[cfg(test)]
    pub fn of_words(words: &[&str]) -> Self {
        Self(words.iter().map(|w| (*w).to_owned()).collect())
    }

    /// Whether the name has at least two words, and one that is not everyday.
    pub fn tells(&self, name: &str) -> bool {
        let key = fold(name);
        let words: Vec<&str> = key.split(' ').collect();
        let telling =
            |w: &&str| w.len() > 2 && !self.0.contains(*w) && !w.bytes().all(|b| b.is_ascii_digit());
        words.len() > 1 && words.iter().any(telling) && key.bytes().any(|b| b.is_ascii_alphabetic())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn everyday_words_tell_nobody() {
        let guard = Guard::of_words(GENERIC);
        assert!(!guard.tells("Rebel Armed Forces") && !guard.tells("Lions"));
        assert!(is_body("Army of Stern") && !is_body("Abu Stern"));
        assert!(guard.tells("Lions of Stern") && guard.tells("Armed Forces of Norland"));
    }
}
