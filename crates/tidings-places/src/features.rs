//! What speaks for a candidate, as numbers: the features of the ranking.

use crate::{Candidate, Entry, KINDS, Kind, Way};

/// How many features there are.
pub const COUNT: usize = 34;

/// Their names, as in `data/places/weights.tsv`; the kinds stand first.
pub const NAMES: [&str; COUNT] = [
    "country",
    "first_division",
    "second_division",
    "continent",
    "region",
    "water",
    "capital",
    "seat",
    "lesser_seat",
    "town",
    "quarter",
    "population",
    "town_population",
    "largest",
    "other_name",
    "short_name",
    "adjective",
    "abbreviation",
    "as_written",
    "names",
    "order_agrees",
    "order_differs",
    "inside",
    "article_before_area",
    "article_before_town",
    // From the other names of the document:
    "country_named",
    "division_named",
    "county_named",
    "country_share",
    "division_share",
    "near",
    "holds_previous",
    "country_named_in_sentence",
    "capital_among_states",
];

/// The features from here on look at the other names of the document.
pub const OF_DOCUMENT: usize = 25;

/// Values by feature.
pub type Features = [f32; COUNT];

/// What the text says about one name, all its mentions together.
pub(crate) struct Clues<'c> {
    pub(crate) name: &'c str,
    pub(crate) agrees: &'c dyn Fn(Entry) -> Option<bool>,
    pub(crate) around: &'c [Entry],
    /// Whether "the" stands before it.
    pub(crate) article: bool,
    /// Logarithm of the inhabitants of the largest town among the candidates.
    pub(crate) largest: f64,
}

/// The features that the name and the words around it give.
pub(crate) fn own(candidate: Candidate, clues: &Clues) -> Features {
    let entry = candidate.entry;
    let mut out = [0.0; COUNT];
    out[KINDS.iter().position(|k| *k == entry.kind()).unwrap_or(0)] = 1.0;
    let is = |yes: bool| if yes { 1.0 } else { 0.0 };
    let population = entry.log_population() as f32 / 10.0;
    let town = entry.is_town();
    let agrees = (clues.agrees)(entry);
    let rest = [
        population,
        population * is(town),
        is(town && entry.log_population() >= clues.largest),
        is(candidate.way == Way::Other),
        is(candidate.way == Way::Short),
        is(candidate.way == Way::Adjective),
        is(candidate.way == Way::Abbreviation),
        is(entry.name() == clues.name),
        f32::from(entry.other_names()).ln_1p() / 4.0,
        is(agrees == Some(true)),
        is(agrees == Some(false)),
        is(clues.around.iter().any(|c| *c != entry && c.holds(entry))),
        is(clues.article && matches!(entry.kind(), Kind::Region | Kind::Water)),
        is(clues.article && town),
    ];
    out[KINDS.len()..OF_DOCUMENT].copy_from_slice(&rest);
    out
}
