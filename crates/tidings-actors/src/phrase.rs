//! The words of one mention: runs of names in it, the states it names, and where they stand.

use std::ops::Range;

use crate::fold::{fold, is_capitalised};
use crate::knowledge::{Knowledge, State};
use crate::{Mention, MentionWord, NameKindHint};

/// A mention prepared for matching.
pub(crate) struct Phrase<'m> {
    pub(crate) mention: &'m Mention<'m>,
    words: &'m [MentionWord<'m>],
    folded: Vec<String>,
    pub(crate) head: usize,
}

/// A state named inside a phrase.
pub(crate) struct Nation<'k> {
    pub(crate) range: Range<usize>,
    pub(crate) state: &'k State,
}

/// "U.S.-backed rebels" are not of the U.S.: what follows the name of a state that only has to do with them.
const FOREIGN_TIES: &[&str] = &[
    "aligned",
    "allied",
    "appointed",
    "armed",
    "assisted",
    "backed",
    "based",
    "born",
    "bound",
    "brokered",
    "built",
    "controlled",
    "donated",
    "educated",
    "equipped",
    "friendly",
    "funded",
    "leaning",
    "led",
    "linked",
    "made",
    "mediated",
    "occupied",
    "organised",
    "organized",
    "owned",
    "registered",
    "sponsored",
    "supplied",
    "supported",
    "trained",
];

impl<'m> Phrase<'m> {
    pub(crate) fn new(mention: &'m Mention<'m>) -> Option<Self> {
        let head =
            mention.words.iter().position(|w| w.is_head).or_else(|| mention.words.len().checked_sub(1))?;
        Some(Self {
            mention,
            words: mention.words,
            folded: mention.words.iter().map(|w| fold(w.form)).collect(),
            head,
        })
    }

    pub(crate) fn len(&self) -> usize {
        self.words.len()
    }

    pub(crate) fn fold_at(&self, word: usize) -> &str {
        self.folded.get(word).map_or("", String::as_str)
    }

    pub(crate) fn lemma_at(&self, word: usize) -> &str {
        self.words.get(word).map_or("", |w| w.lemma)
    }

    pub(crate) fn form_at(&self, word: usize) -> &str {
        self.words.get(word).map_or("", |w| w.form)
    }

    pub(crate) fn upos_at(&self, word: usize) -> &str {
        self.words.get(word).map_or("", |w| w.upos)
    }

    pub(crate) fn name_at(&self, word: usize) -> Option<NameKindHint> {
        self.words.get(word).and_then(|w| w.part_of_name)
    }

    /// The folded words of `range` as one key, with `word` for the one at `at`.
    pub(crate) fn key_with(&self, range: &Range<usize>, at: usize, word: &str) -> String {
        let words = range.clone().map(|i| if i == at { word } else { self.fold_at(i) });
        words.filter(|w| !w.is_empty()).collect::<Vec<_>>().join(" ")
    }

    /// The words of `range` as they would be written.
    pub(crate) fn join(&self, range: Range<usize>) -> String {
        self.write(range)
    }

    /// The given words as they would be written, in order.
    pub(crate) fn write(&self, words: impl IntoIterator<Item = usize>) -> String {
        let mut out = String::new();
        let mut tight = true;
        for form in words.into_iter().map(|i| self.form_at(i)) {
            let closes = matches!(form, "-" | "–" | "'" | "’" | "'s" | "’s" | "." | "," | ")" | "/");
            if !tight && !closes {
                out.push(' ');
            }
            out.push_str(form);
            tight = matches!(form, "-" | "–" | "(" | "/");
        }
        out
    }

    /// Whether the word only explains the phrase.
    pub(crate) fn is_outside(&self, word: usize) -> bool {
        self.words.get(word).is_some_and(|w| w.outside)
    }

    /// What the name tagger says of the head.
    pub(crate) fn hint(&self) -> Option<NameKindHint> {
        self.mention.kind.or_else(|| self.name_at(self.head))
    }

    /// The run of words of one name around `at`; of proper nouns where no name was tagged.
    pub(crate) fn run(&self, at: usize) -> Range<usize> {
        let kind = self.name_at(at);
        let same = |i: usize| match kind {
            Some(_) => self.name_at(i) == kind,
            None => self.upos_at(i) == "PROPN" && self.name_at(i).is_none(),
        };
        let hyphen =
            |i: usize| matches!(self.form_at(i), "-" | "–" | "‐") && i > 0 && same(i - 1) && same(i + 1);
        let side = self.is_outside(at);
        let same = |i: usize| (same(i) || hyphen(i)) && self.is_outside(i) == side;
        let open = |i: usize| matches!(self.form_at(i), "(" | "[");
        let start = (0..at).rev().take_while(|i| same(*i) && !open(*i)).last().unwrap_or(at);
        let end =
            (at + 1..self.len()).take_while(|i| same(*i) && !open(*i) && !open(*i - 1)).last().unwrap_or(at);
        self.trim(start..end + 1)
    }

    /// Without a leading article or title stop, without a possessive at the end.
    fn trim(&self, mut range: Range<usize>) -> Range<usize> {
        while range.len() > 1 && (self.upos_at(range.start) == "DET" || self.fold_at(range.start).is_empty())
        {
            range.start += 1;
        }
        while range.len() > 1
            && (matches!(self.form_at(range.end - 1), "'s" | "’s" | "'" | "’")
                || self.fold_at(range.end - 1).is_empty())
        {
            range.end -= 1;
        }
        range
    }

    /// All stretches of the phrase proper with `run` in them, the longest first.
    pub(crate) fn ranges_around(&self, run: &Range<usize>) -> Vec<Range<usize>> {
        let inside = |range: &Range<usize>| !range.clone().any(|i| self.is_outside(i) && !run.contains(&i));
        let mut ranges: Vec<Range<usize>> = (0..=run.start)
            .flat_map(|start| (run.end..=self.len()).map(move |end| start..end))
            .filter(inside)
            .collect();
        ranges.sort_by_key(|r| std::cmp::Reverse(r.len()));
        ranges
    }

    /// All runs of names of a kind, in order.
    pub(crate) fn runs(&self, kind: NameKindHint) -> Vec<Range<usize>> {
        let mut found: Vec<Range<usize>> = Vec::new();
        for i in 0..self.len() {
            if self.name_at(i) == Some(kind) && found.last().is_none_or(|r| i >= r.end) {
                found.push(self.run(i));
            }
        }
        found
    }

    /// The states the phrase names, in order; not those that only back, arm or lead.
    pub(crate) fn nations<'k>(&self, knowledge: &'k Knowledge) -> Vec<Nation<'k>> {
        let mut found = Vec::new();
        let mut at = 0;
        while at < self.len() {
            match self.nation_at(at, knowledge) {
                Some(nation) => {
                    at = nation.range.end;
                    if !self.is_foreign_tie(nation.range.end) {
                        found.push(nation);
                    }
                }
                None => at += 1,
            }
        }
        found
    }

    fn nation_at<'k>(&self, start: usize, knowledge: &'k Knowledge) -> Option<Nation<'k>> {
        let proper = is_capitalised(self.form_at(start)) && self.name_at(start) != Some(NameKindHint::Person);
        let last = self.len().min(start + 5);
        let range = proper.then(|| (start + 1..=last).rev().map(|end| start..end)).into_iter().flatten();
        let date = self.mention.date;
        for range in range {
            let text = self.join(range.clone());
            let state = knowledge
                .state_named(&text, date)
                .or_else(|| knowledge.state_by_adjective(&text, date))
                .or_else(|| knowledge.state_by_seat(&text, date));
            if let Some(state) = state {
                return Some(Nation { range, state });
            }
        }
        None
    }

    /// Whether at `at` stands "-backed", "-led", …
    pub(crate) fn is_foreign_tie(&self, at: usize) -> bool {
        let hyphen = self.fold_at(at).is_empty() && at < self.len();
        let word = self.fold_at(if hyphen { at + 1 } else { at });
        let hyphenated = self.form_at(at).starts_with(['-', '–']);
        (hyphen || hyphenated || FOREIGN_TIES[..].contains(&word) && self.upos_at(at) != "NOUN")
            && FOREIGN_TIES.contains(&word)
    }

    /// The state to which `anchor` belongs: the nearest before it, else the one "of" or "in" which it is; none if
    /// two are joined there.
    pub(crate) fn owner<'a, 'k>(
        &self,
        nations: &'a [Nation<'k>],
        anchor: &Range<usize>,
    ) -> Option<&'a Nation<'k>> {
        let before: Vec<&Nation> =
            nations.iter().filter(|n| n.range.start < anchor.end && n.range.start <= anchor.start).collect();
        if let Some((last, others)) = before.split_last() {
            let joined = others.last().is_some_and(|o| {
                o.state.code != last.state.code && self.only_joins(o.range.end..last.range.start)
            });
            return (!joined).then_some(*last);
        }
        let after = |prepositions: &'static [&'static str]| {
            nations
                .iter()
                .find(move |n| n.range.start >= anchor.end && self.governed(n.range.start, prepositions))
        };
        after(&["of", "for"])
            .or_else(|| after(&["in", "from", "at"]))
            .or_else(|| nations.iter().find(|n| n.range.start >= anchor.end))
    }

    /// Only "and", commas or hyphens stand there.
    pub(crate) fn only_joins(&self, range: Range<usize>) -> bool {
        !range.is_empty()
            && range
                .into_iter()
                .all(|i| self.fold_at(i).is_empty() || matches!(self.fold_at(i), "and" | "or"))
    }

    /// Whether one of `prepositions` governs the name that begins at `at`, articles and adjectives between.
    fn governed(&self, at: usize, prepositions: &[&str]) -> bool {
        let before = (0..at).rev().find(|i| !matches!(self.upos_at(*i), "DET" | "ADJ"));
        before.is_some_and(|i| prepositions.contains(&self.fold_at(i)))
    }
}
