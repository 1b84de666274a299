//! One phrase for several: "the British and French foreign ministers", "Turkish-Russian".

use std::ops::Range;

use crate::phrase::Phrase;
use crate::roles::Class;
use crate::{Actor, Knowledge, Mention, MentionWord};

/// Heads of which each state has one, besides the offices of the table.
const ONE_EACH: &[&str] =
    &["ambassador", "army", "counterpart", "envoy", "government", "leader", "military", "navy", "parliament"];

/// Bodies of which each state has one, with a name like a plural.
const PLURAL_BODIES: &[&str] = &["army", "military", "navy", "parliament", "police"];

impl Knowledge {
    /// All whom the mention names: one for each of the states that are joined before its plural head, else the one of
    /// [`Knowledge::resolve`].
    pub fn resolve_all(&self, mention: &Mention) -> Vec<Actor> {
        let several = self.compound(mention).or_else(|| self.posts(mention)).unwrap_or_default();
        let found = if several.len() > 1 { several } else { self.resolve(mention).into_iter().collect() };
        found.into_iter().flat_map(|actor| self.each_of_its_codes(actor)).collect()
    }

    fn compound(&self, mention: &Mention) -> Option<Vec<Actor>> {
        let phrase = Phrase::new(mention)?;
        let word = phrase.form_at(phrase.head);
        if phrase.len() == 1 && word.contains(['-', '–']) {
            return self.hyphenated(word);
        }
        if let Some(own) = self.own_compound(mention, &phrase) {
            return Some(own);
        }
        let mut nations = phrase.nations(self);
        let only_nations = (0..phrase.len())
            .all(|i| nations.iter().any(|n| n.range.contains(&i)) || phrase.only_joins(i..i + 1));
        if nations.len() > 1 && only_nations && phrase.hint().is_some() {
            let how = |name: &str| format!("its part of \"{name}\"");
            let name = phrase.join(0..phrase.len());
            return Some(nations.iter().map(|n| n.state.actor(&how(&name), 0.85)).collect());
        }
        // "the foreign ministers of Norland and Sudria" as "the Norlandian and Sudrian foreign ministers".
        let first = nations.iter().map(|n| n.range.start).min().unwrap_or(0);
        let of = first > phrase.head
            && (phrase.head + 1..first)
                .all(|i| matches!(phrase.form_at(i).to_lowercase().as_str(), "of" | "from" | "the"));
        if !of {
            nations.retain(|n| n.range.end <= phrase.head);
        }
        let joined = nations.windows(2).all(|pair| match pair {
            [a, b] => {
                let between = a.range.end..b.range.start;
                a.state.code != b.state.code && (between.is_empty() || phrase.only_joins(between))
            }
            _ => false,
        });
        let plural = crate::named::is_plural(&phrase, phrase.head) || self.is_many(&phrase);
        if nations.len() < 2 || !joined || !plural {
            return None;
        }
        let all = nations.first()?.range.start..nations.last()?.range.end;
        let of_each = nations.iter().filter_map(|nation| {
            let kept = |i: usize| !all.contains(&i) || nation.range.contains(&i);
            self.one_with(mention, kept)
        });
        Some(of_each.collect())
    }

    /// "the ministers of Northland and Southland", where a user's dictionary has these.
    fn own_compound(&self, mention: &Mention, phrase: &Phrase) -> Option<Vec<Actor>> {
        let named = self.own_ranges(phrase);
        let joined = named.windows(2).all(|pair| match pair {
            [a, b] => phrase.only_joins(a.end..b.start),
            _ => false,
        });
        let head = named.iter().any(|range| range.contains(&phrase.head));
        let plural = crate::named::is_plural(phrase, phrase.head) || self.is_many(phrase);
        if named.len() < 2 || !joined || head || !plural {
            return None;
        }
        let all = named.first()?.start..named.last()?.end;
        let of_each =
            |range: &Range<usize>| self.one_with(mention, |i: usize| !all.contains(&i) || range.contains(&i));
        Some(named.iter().filter_map(of_each).collect())
    }

    /// "police", "the people": several, though no plural.
    fn is_many(&self, phrase: &Phrase) -> bool {
        let lemma = phrase.lemma_at(phrase.head);
        self.roles.exact(lemma).is_some_and(|noun| noun.class == Class::Crowd)
            || PLURAL_BODIES.contains(&lemma)
    }

    /// "the defence and interior ministers": one for each post.
    fn posts(&self, mention: &Mention) -> Option<Vec<Actor>> {
        let phrase = Phrase::new(mention)?;
        let head = phrase.head;
        let office = |first: &str| {
            let noun = self.roles.exact(&format!("{first} {}", phrase.lemma_at(head)));
            noun.is_some_and(|n| n.class == Class::Office)
        };
        if !crate::named::is_plural(&phrase, head) {
            return None;
        }
        let start = (0..head).rev().find(|i| !office(phrase.fold_at(*i)) && !phrase.only_joins(*i..i + 1));
        let list = start.map_or(0, |s| s + 1)..head;
        let posts: Vec<usize> = list.clone().filter(|i| office(phrase.fold_at(*i))).collect();
        let one = |post: &usize| {
            let kept = |i: usize| !list.contains(&i) || i == *post;
            self.one_with(mention, kept)
        };
        (posts.len() > 1).then(|| posts.iter().filter_map(one).collect())
    }

    /// One of several: who the mention is by the words that are `kept`, its head for one.
    fn one_with(&self, mention: &Mention, kept: impl Fn(usize) -> bool) -> Option<Actor> {
        let words = mention.words.iter().enumerate().filter(|(i, _)| kept(*i));
        let words: Vec<MentionWord> =
            words.map(|(_, word)| if word.is_head { self.one_of(*word) } else { *word }).collect();
        self.resolve(&Mention { words: &words, ..*mention })
    }

    /// The head for each single state: one minister, but still soldiers.
    fn one_of<'a>(&self, word: MentionWord<'a>) -> MentionWord<'a> {
        let office = self.roles.exact(word.lemma).is_some_and(|noun| noun.class == Class::Office);
        if office || ONE_EACH.contains(&word.lemma.to_lowercase().as_str()) {
            MentionWord { form: word.lemma.strip_suffix('s').unwrap_or(word.lemma), ..word }
        } else {
            word
        }
    }

    /// "Turkish-Russian", "US-Chinese": the states, if each part is one.
    fn hyphenated(&self, word: &str) -> Option<Vec<Actor>> {
        word.split(['-', '–'])
            .map(|part| {
                let state = self.state_by_adjective(part, None).or_else(|| self.state_named(part, None))?;
                Some(state.actor(&format!("its part of \"{word}\""), 0.85))
            })
            .collect()
    }
}
