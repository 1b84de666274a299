//! What the grouping compares of a report.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};
use tidings_coding::records::{ActorRef, Event, PlaceRef};
use tidings_text::fold;

use crate::days;

/// Letters of a stem: what is left of a long word without its ending is cut there.
const STEM: usize = 6;

/// Endings of English that make forms of one word, the longest first; at least [`ROOT`] letters must stay.
const ENDINGS: [&str; 12] =
    ["ments", "ment", "ings", "ions", "ing", "ion", "ers", "er", "ed", "es", "s", "e"];
const ROOT: usize = 3;

/// Shorter words bind sentences together and say nothing.
const SHORTEST: usize = 4;

/// One who acts or is acted upon.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Party {
    /// Id of the actor.
    pub entity: String,
    /// Code of the country.
    pub country: Option<String>,
    /// PLOVER sectors.
    pub sector: Vec<String>,
}

/// Where, as far as it can be compared.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Place {
    /// Resolved name.
    pub name: String,
    /// Id of the place.
    pub geonames: Option<u32>,
    /// Code of the country.
    pub country: Option<String>,
    /// First-order division.
    pub admin1: Option<String>,
    /// A town or a site, no region.
    pub exact: bool,
}

/// A report as the grouping sees it.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Signature {
    /// Where it stands; unique among reports that hold.
    pub mark: String,
    /// Its article; empty where articles do not matter.
    pub document: String,
    /// Day of publication.
    pub published: Option<i32>,
    /// Marks of other reports of the article that it says are the same.
    pub same: Vec<String>,
    /// PLOVER type; empty where none was given.
    pub event_type: String,
    /// Quad class of it.
    pub quad: u8,
    /// PLOVER modes.
    pub mode: Vec<String>,
    /// All parties did it together.
    pub reciprocal: bool,
    /// Who acts.
    pub source: Vec<Party>,
    /// Who is acted upon.
    pub target: Vec<Party>,
    /// First and last day that it may have been.
    pub days: Option<(i32, i32)>,
    /// Where.
    pub place: Option<Place>,
    /// Stems of the words for the act.
    pub trigger: BTreeSet<String>,
    /// Stems of the other words of the sentence, parties left out.
    pub words: BTreeSet<String>,
    /// Named actors of the whole article.
    pub company: BTreeSet<String>,
    /// The dead.
    pub killed: Option<u64>,
}

impl Signature {
    /// Of a coded event.
    pub fn of(event: &Event, mark: &str, document: &str, published: Option<i32>) -> Self {
        let parties: Vec<&str> =
            event.source.iter().chain(&event.target).filter_map(|a| a.text.as_deref()).collect();
        let trigger: BTreeSet<String> = event.trigger.iter().flat_map(|w| forms(&w.text, 1)).collect();
        let known: BTreeSet<String> = parties.iter().flat_map(|p| stems(p)).collect();
        let words = stems(&event.sentence.words.text).filter(|w| !known.contains(w) && !trigger.contains(w));
        Self {
            mark: mark.to_owned(),
            document: document.to_owned(),
            published,
            event_type: event.plover.event.clone(),
            quad: event.plover.quad,
            mode: event.plover.mode.clone(),
            reciprocal: event.reciprocal,
            source: event.source.iter().map(Party::of).collect(),
            target: event.target.iter().map(Party::of).collect(),
            days: event.date.as_ref().and_then(|d| d.value.as_deref()).and_then(days::interval),
            place: event.place.as_ref().map(Place::of),
            words: words.collect(),
            trigger,
            killed: event.casualties.as_ref().and_then(|c| c.killed),
            ..Self::default()
        }
    }

    /// What puts reports in order, whichever came into the ledger first.
    pub fn order(&self) -> (i32, &str) {
        (self.published.unwrap_or(i32::MAX), &self.mark)
    }

    /// The day near which its like are looked for.
    pub fn day(&self) -> i32 {
        self.days.map(|d| d.0.midpoint(d.1)).or(self.published).unwrap_or(0)
    }

    /// Reports with one of these in common are compared: the pairs of parties, and each party with the type of act.
    pub fn keys(&self) -> BTreeSet<String> {
        let (sources, targets) = (labels(&self.source), labels(&self.target));
        let mut keys = BTreeSet::new();
        let all: BTreeSet<&str> = sources.union(&targets).copied().collect();
        let pairs = if self.reciprocal { (&all, &all) } else { (&sources, &targets) };
        for a in pairs.0 {
            keys.extend(pairs.1.iter().filter(|b| !self.reciprocal || *b != a).map(|b| {
                let (first, second) = if a < b { (a, b) } else { (b, a) };
                format!("{first}~{second}")
            }));
        }
        keys.extend(all.iter().map(|party| format!("{party}|{}", self.event_type)));
        if let Some(place) = self.place.as_ref().filter(|p| p.exact) {
            keys.extend(place.geonames.map(|id| format!("@{id}|{}", self.quad)));
        }
        keys
    }
}

/// Countries of the parties; the actor itself where it has none.
fn labels(parties: &[Party]) -> BTreeSet<&str> {
    parties.iter().map(|p| p.country.as_deref().unwrap_or(&p.entity)).collect()
}

impl Party {
    fn of(actor: &ActorRef) -> Self {
        Self { entity: actor.entity.clone(), country: actor.country.clone(), sector: actor.sector.clone() }
    }
}

impl Place {
    fn of(place: &PlaceRef) -> Self {
        Self {
            name: place.name.clone(),
            geonames: place.geonames,
            country: place.country.clone(),
            admin1: place.admin1.clone(),
            exact: matches!(place.precision.as_str(), "site" | "city" | "district"),
        }
    }
}

/// Stems of the words that say something.
pub fn stems(text: &str) -> impl Iterator<Item = String> {
    forms(text, SHORTEST)
}

/// Stems of the words with so many letters at least.
fn forms(text: &str, shortest: usize) -> impl Iterator<Item = String> {
    let folded = fold(text);
    let words: Vec<String> = folded.split(' ').filter(|w| telling(w, shortest)).map(stem).collect();
    words.into_iter()
}

fn telling(word: &str, shortest: usize) -> bool {
    let number = word.bytes().all(|b| b.is_ascii_digit());
    !word.is_empty() && (number || word.chars().count() >= shortest && !COMMON.contains(&word))
}

/// What the forms of a word begin with: "signed", "signing" and "signs" with "sign", "planned" with "plan".
pub fn stem(word: &str) -> String {
    let root = ENDINGS.iter().filter_map(|e| word.strip_suffix(e)).find(|root| root.chars().count() >= ROOT);
    let mut letters: Vec<char> = root.unwrap_or(word).chars().collect();
    if let [.., a, b] = letters[..]
        && a == b
        && letters.len() > ROOT
    {
        letters.pop();
    }
    letters.into_iter().take(STEM).collect()
}

/// Words of four letters and more that bind, and those by which every report says who says so and when.
const COMMON: [&str; 48] = [
    "about", "after", "again", "also", "been", "before", "being", "both", "could", "during", "from", "have",
    "having", "into", "last", "more", "most", "news", "only", "other", "over", "said", "says", "since",
    "some", "such", "than", "that", "their", "them", "then", "there", "these", "they", "this", "those",
    "told", "under", "until", "were", "what", "when", "where", "which", "while", "will", "with", "would",
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn stems_are_beginnings_of_telling_words() {
        let found: Vec<String> = stems("The signing of 12 treaties, which Norway had signed").collect();
        assert_eq!(found, ["sign", "12", "treati", "norway", "sign"]);
    }

    #[test]
    fn forms_of_one_word_have_one_stem() {
        for forms in
            [["attack", "attacked"], ["plan", "planned"], ["kill", "killings"], ["agreement", "agreed"]]
        {
            assert_eq!(stem(forms[0]), stem(forms[1]));
        }
        assert_ne!(stem("protest"), stem("protect"));
    }

    #[test]
    fn keys_do_not_depend_on_who_comes_first() {
        let party =
            |c: &str| Party { entity: format!("{c}-x"), country: Some(c.to_owned()), ..Party::default() };
        let one = Signature {
            source: vec![party("PER")],
            target: vec![party("ECU")],
            event_type: "CONSULT".into(),
            ..Default::default()
        };
        let both = Signature {
            source: vec![party("ECU"), party("PER")],
            reciprocal: true,
            target: Vec::new(),
            ..one.clone()
        };
        assert_eq!(one.keys(), both.keys());
        assert_eq!(one.keys().into_iter().collect::<Vec<_>>(), ["ECU|CONSULT", "ECU~PER", "PER|CONSULT"]);
    }
}
