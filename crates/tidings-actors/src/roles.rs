//! Nouns that say what somebody is ("minister", "rebel") and nouns for bodies ("ministry", "army").

use std::borrow::Cow;
use std::ops::Range;

use crate::fold::fold;
use crate::phrase::Phrase;
use crate::tables::Table;

/// How a noun behaves.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Class {
    /// A post that one person holds: "foreign minister".
    Office,
    /// Somebody who is what the body is to which he belongs: "spokesman", "leader", "member".
    Member,
    /// Somebody by himself: "soldier", "protester".
    Plain,
    /// Several in one word: "police", "crowd".
    Crowd,
    /// An organ of a state: "army", "foreign ministry".
    Organ,
    /// A body with a name of its own: "party", "university".
    Body,
    /// A word that makes a body only inside a name: "Daily News".
    Named,
}

/// A noun of the tables.
#[derive(Debug)]
pub(crate) struct Noun {
    key: Cow<'static, str>,
    sectors: Cow<'static, str>,
    pub(crate) class: Class,
    canonical: Cow<'static, str>,
    /// The state of a title that only one has, "" for all others: "home secretary".
    pub(crate) country: &'static str,
}

/// A table of nouns, sorted.
#[derive(Debug)]
pub(crate) struct Nouns {
    nouns: Vec<Noun>,
}

/// Longest noun of the tables, in words.
const LONGEST: usize = 6;

impl Nouns {
    /// Rows of `noun, sectors, class, canonical, country`.
    pub(crate) fn new(table: Table) -> Self {
        let mut nouns: Vec<Noun> = table.rows().map(Noun::of).collect();
        nouns.sort_unstable_by(|a, b| a.key.cmp(&b.key));
        Self { nouns }
    }

    /// Gives a noun of the table other sectors; `false` if there is no such noun.
    pub(crate) fn recode(&mut self, key: &str, sectors: &[String]) -> bool {
        let found = self.nouns.binary_search_by(|n| n.key.as_ref().cmp(key)).ok();
        let Some(noun) = found.and_then(|i| self.nouns.get_mut(i)) else { return false };
        noun.sectors = Cow::Owned(sectors.join("|"));
        true
    }

    /// One more noun for people; `many` if it means several by itself.
    pub(crate) fn add(&mut self, key: &str, sectors: &[String], many: bool) {
        let place = self.nouns.partition_point(|n| n.key.as_ref() < key);
        let noun = Noun {
            key: Cow::Owned(key.to_owned()),
            sectors: Cow::Owned(sectors.join("|")),
            class: if many { Class::Crowd } else { Class::Plain },
            canonical: Cow::Owned(key.to_owned()),
            country: "",
        };
        self.nouns.insert(place, noun);
    }

    /// The noun written in just this way (folded singular).
    pub(crate) fn key(&self, key: &str) -> Option<&Noun> {
        self.nouns.binary_search_by(|n| n.key.as_ref().cmp(key)).ok().and_then(|i| self.nouns.get(i))
    }

    /// The noun, whatever its case or number.
    pub(crate) fn exact(&self, lemma: &str) -> Option<&Noun> {
        let key = fold(lemma);
        self.key(&key).or_else(|| self.key(&singular(&key)?))
    }

    /// The longest noun of the table that has the word at `anchor` in it.
    pub(crate) fn around(&self, phrase: &Phrase, anchor: usize) -> Option<(Range<usize>, &Noun)> {
        let first = anchor.saturating_sub(LONGEST - 1);
        let mut ranges: Vec<Range<usize>> = Vec::new();
        for start in first..=anchor {
            ranges.extend((anchor + 1..=phrase.len().min(start + LONGEST)).map(|end| start..end));
        }
        ranges.sort_by_key(|r| std::cmp::Reverse(r.len()));
        ranges.into_iter().find_map(|range| Some((range.clone(), self.spelt(phrase, &range, anchor)?)))
    }

    /// The words as written, or with the anchor in the singular, or what follows its hyphen ("ex-president").
    fn spelt(&self, phrase: &Phrase, range: &Range<usize>, anchor: usize) -> Option<&Noun> {
        let form = phrase.fold_at(anchor);
        let lemma = fold(phrase.lemma_at(anchor));
        let singular = singular(form);
        let after_hyphen = form.rsplit(' ').next().filter(|last| *last != form);
        let spellings = [Some(form), Some(lemma.as_str()), singular.as_deref(), after_hyphen];
        spellings.into_iter().flatten().find_map(|word| self.key(&phrase.key_with(range, anchor, word)))
    }
}

impl Noun {
    fn of([key, sectors, class, canonical, country]: [&'static str; 5]) -> Self {
        let class = match class {
            "office" => Class::Office,
            "member" => Class::Member,
            "crowd" => Class::Crowd,
            "organ" => Class::Organ,
            "body" => Class::Body,
            "named" => Class::Named,
            _ => Class::Plain,
        };
        let canonical = if canonical.is_empty() { key } else { canonical };
        Self { key: key.into(), sectors: sectors.into(), class, canonical: canonical.into(), country }
    }

    /// Whether the noun itself, not the one for which it stands, is written so.
    pub(crate) fn is_written(&self, key: &str) -> bool {
        self.key == key
    }

    /// PLOVER sectors, the main one first.
    pub(crate) fn sectors(&self) -> impl Iterator<Item = &str> {
        self.sectors.split('|').filter(|sector| !sector.is_empty())
    }

    /// The sectors as they go into an actor.
    pub(crate) fn sector_list(&self) -> Vec<String> {
        self.sectors().map(str::to_owned).collect()
    }

    /// One wording for all that mean the same: "foreign ministry" for "ministry of foreign affairs".
    pub(crate) fn canonical(&self) -> &str {
        &self.canonical
    }
}

/// "ministries" to "ministry", "gunmen" to "gunman", "soldiers" to "soldier".
pub(crate) fn singular(folded: &str) -> Option<String> {
    if let Some(stem) = folded.strip_suffix("ies") {
        return Some(format!("{stem}y"));
    }
    if let Some(stem) = folded.strip_suffix("men") {
        return Some(format!("{stem}man"));
    }
    folded.strip_suffix('s').filter(|stem| stem.len() > 2 && !stem.ends_with('s')).map(str::to_owned)
}
