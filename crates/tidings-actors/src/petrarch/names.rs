//! Names as PETRARCH writes them, and as reports do.

use std::collections::BTreeMap;

use crate::fold::is_shouted;

/// All spellings of a pattern with words like `!PERSON!` in it; one without such a word is itself.
pub(super) fn expanded(pattern: &str, sets: &BTreeMap<String, Vec<String>>) -> Vec<String> {
    let pattern = pattern.trim();
    if pattern.is_empty() {
        return Vec::new();
    }
    let found = sets.iter().find(|(mark, _)| pattern.contains(mark.as_str()));
    match found {
        Some((mark, words)) => words.iter().map(|word| pattern.replacen(mark, word, 1)).collect(),
        None => vec![pattern.to_owned()],
    }
}

/// "ADEN_ISLAMIC_ARMY_(AIA)_" is "Aden Islamic Army" and "AIA".
pub(super) fn written(name: &str) -> Vec<String> {
    let plain = name.replace('_', " ");
    let (outside, inside) = match plain.split_once('(') {
        Some((before, rest)) => {
            let (inside, after) = rest.split_once(')').unwrap_or((rest, ""));
            (format!("{before} {after}"), Some(inside.trim().to_owned()))
        }
        None => (plain, None),
    };
    let main = outside.split_whitespace().collect::<Vec<_>>().join(" ");
    std::iter::once(capitalised(&main)).chain(inside).filter(|name| !name.is_empty()).collect()
}

/// Longest word in capitals that is taken for an acronym when it is a whole name.
const ACRONYM: usize = 3;

/// Words that stay small inside a name.
const SMALL: &[&str] = &["AND", "FOR", "IN", "OF", "ON", "THE", "TO"];

/// "ABU NIDAL ORGANIZATION" as "Abu Nidal Organization"; acronyms stay.
fn capitalised(name: &str) -> String {
    if !is_shouted(name) || (!name.contains(' ') && name.chars().count() <= ACRONYM) {
        return name.to_owned();
    }
    let words = name.split(' ').enumerate().map(|(place, word)| match word {
        _ if word.contains('.') || !word.contains(['A', 'E', 'I', 'O', 'U', 'Y']) => word.to_owned(),
        _ if place > 0 && SMALL.contains(&word) => word.to_lowercase(),
        _ => with_capitals(word),
    });
    words.collect::<Vec<_>>().join(" ")
}

/// "AL-QAEDA" as "Al-Qaeda".
fn with_capitals(word: &str) -> String {
    let mut start = true;
    word.chars()
        .flat_map(|c| {
            let out: Vec<char> = if start { vec![c] } else { c.to_lowercase().collect() };
            start = !c.is_alphanumeric() && c != '\'';
            out
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_written_as_in_reports() {
        for (name, expected) in [
            ("ADEN_ABYAN_ISLAMIC_ARMY_(AAIA)_", "Aden Abyan Islamic Army|AAIA"),
            ("AL-QAEDA", "Al-Qaeda"),
            ("UN_", "UN"),
            ("U.N._CHIEF_OF_THE_MISSION", "U.N. Chief of the Mission"),
            ("ANARCHISTS'_ATTACK_GROUP_", "Anarchists' Attack Group"),
            ("UN_Secy_Gen", "UN Secy Gen"),
            ("(", ""),
        ] {
            assert_eq!(written(name).join("|"), expected, "{name}");
        }
    }

    #[test]
    fn sets_of_words_stand_for_each() {
        let sets = BTreeMap::from([("!P!".to_owned(), vec!["MAN".to_owned(), "WOMAN".to_owned()])]);
        assert_eq!(expanded("CATTLE!P! ", &sets), ["CATTLEMAN", "CATTLEWOMAN"]);
        assert_eq!(expanded("FARMER", &sets), ["FARMER"]);
        assert_eq!(expanded("SHEEP!Q!", &sets), ["SHEEP!Q!"]);
    }
}
