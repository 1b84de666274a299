//! Which spelling is a base form: the lemmas of the treebanks, and the irregular forms of English.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::LazyLock;

use crate::Upos;

static BASES: LazyLock<BTreeSet<(Upos, &str)>> = LazyLock::new(|| {
    let entry = |cells: Vec<&'static str>| Some((Upos::parse(cells.get(1)?)?, *cells.first()?));
    let verbs = rows(NEWS_VERBS).filter_map(|cells| Some((Upos::Verb, *cells.first()?)));
    rows(include_str!("../../../data/language/base_forms.tsv")).filter_map(entry).chain(verbs).collect()
});

const NEWS_VERBS: &str = include_str!("../../../data/language/news_verbs.txt");

static IRREGULAR: LazyLock<BTreeMap<(Upos, &str), &str>> = LazyLock::new(|| {
    let entry =
        |cells: Vec<&'static str>| Some(((Upos::parse(cells.get(1)?)?, *cells.first()?), *cells.get(2)?));
    rows(include_str!("../../../data/language/irregular_forms.tsv")).filter_map(entry).collect()
});

fn rows(table: &'static str) -> impl Iterator<Item = Vec<&'static str>> {
    table.lines().filter(|line| !line.starts_with('#')).map(|line| line.split('\t').collect())
}

/// Whether the treebanks use `word` (in small letters) as a base form of this part of speech.
pub(crate) fn is_base(word: &str, upos: Upos) -> bool {
    BASES.contains(&(upos, word))
}

/// The base of an irregular `form` (in small letters): "sank" is of "sink".
pub(crate) fn irregular(form: &str, upos: Upos) -> Option<&'static str> {
    IRREGULAR.get(&(upos, form)).copied()
}

#[cfg(test)]
mod tests {
    use super::{IRREGULAR, irregular, is_base, rows};
    use crate::Upos;

    #[test]
    fn every_row_of_the_tables_is_read() {
        for (table, cells) in [
            (include_str!("../../../data/language/base_forms.tsv"), 2),
            (include_str!("../../../data/language/irregular_forms.tsv"), 3),
        ] {
            let broken = rows(table).find(|row| row.len() != cells || Upos::parse(row[1]).is_none());
            assert_eq!(broken, None);
        }
    }

    #[test]
    fn irregular_forms_have_their_base() {
        for (form, base) in
            [("sank", "sink"), ("overthrew", "overthrow"), ("lent", "lend"), ("withdrew", "withdraw")]
        {
            assert_eq!(irregular(form, Upos::Verb), Some(base));
        }
        assert_eq!(irregular("policemen", Upos::Noun), Some("policeman"));
        assert_eq!(irregular("attacked", Upos::Verb), None);
    }

    #[test]
    fn verbs_of_the_news_are_small_letters_in_order() {
        let verbs: Vec<&str> = rows(super::NEWS_VERBS).filter_map(|row| row.first().copied()).collect();
        assert!(verbs.windows(2).all(|pair| pair[0] < pair[1]));
        assert!(verbs.iter().all(|v| v.chars().all(|c| c.is_ascii_lowercase() || c == '-')));
        assert!(is_base("repatriate", Upos::Verb) && is_base("sever", Upos::Verb));
    }

    #[test]
    fn base_forms_know_their_part_of_speech() {
        assert!(is_base("fire", Upos::Verb) && !is_base("fir", Upos::Verb));
        assert!(IRREGULAR.values().filter(|base| !base.is_empty()).count() > 300);
    }
}
