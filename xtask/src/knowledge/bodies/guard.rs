//! Whether a name tells a body from others, or could be any.

use std::collections::BTreeSet;
use std::path::Path;

use tidings_text::fold;

use crate::knowledge::states::States;
use crate::knowledge::table::own;
use crate::run::Result;

/// The words of `name_words.tsv`.
pub struct Guard {
    everyday: BTreeSet<String>,
    bodies: BTreeSet<String>,
}

impl Guard {
    /// Names of states tell a body from others, whatever the table says.
    pub fn read(tables: &Path, states: &States) -> Result<Self> {
        let mut guard = Self { everyday: BTreeSet::new(), bodies: BTreeSet::new() };
        let path = tables.join("name_words.tsv");
        for row in own(&path)? {
            match row.as_slice() {
                [word, kind] if kind == "everyday" && states.named(word).is_none() => {
                    guard.everyday.insert(word.clone())
                }
                [_, kind] if kind == "everyday" => false,
                [word, kind] if kind == "body" => guard.bodies.insert(word.clone()),
                _ => {
                    return Err(format!(
                        "{}: {}: a word and everyday or body",
                        path.display(),
                        row.join(" | ")
                    ));
                }
            };
        }
        Ok(guard)
    }

    /// For tests.
    #[cfg(test)]
    pub fn of_words(everyday: &[&str], bodies: &[&str]) -> Self {
        let set = |words: &[&str]| words.iter().map(|w| (*w).to_owned()).collect();
        Self { everyday: set(everyday), bodies: set(bodies) }
    }

    /// Whether a word of the name says that it is no person.
    pub fn is_body(&self, name: &str) -> bool {
        fold(name).split(' ').any(|w| self.bodies.contains(w))
    }

    /// Whether the name has at least two words, and one that is not everyday.
    pub fn tells(&self, name: &str) -> bool {
        let key = fold(name);
        let words: Vec<&str> = key.split(' ').collect();
        let telling =
            |w: &&str| w.len() > 2 && !self.everyday.contains(*w) && !w.bytes().all(|b| b.is_ascii_digit());
        words.len() > 1 && words.iter().any(telling) && key.bytes().any(|b| b.is_ascii_alphabetic())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn everyday_words_tell_nobody() {
        let guard = Guard::of_words(&["armed", "forces", "of", "rebel"], &["army"]);
        assert!(!guard.tells("Rebel Armed Forces") && !guard.tells("Lions"));
        assert!(guard.is_body("Army of Stern") && !guard.is_body("Abu Stern"));
        assert!(guard.tells("Lions of Stern") && guard.tells("Armed Forces of Norland"));
    }
}
