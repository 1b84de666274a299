//! All toponyms of one document resolved together: each name on its own first, then in the light of the others.

use std::collections::BTreeMap;

use tidings_text::fold;

use crate::features::{self, COUNT, Clues, Features, OF_DOCUMENT};
use crate::kind_words::Order;
use crate::weights::Weights;
use crate::{Candidate, Entry, Gazetteer, Kind, Toponym};

/// What is known beside the text.
#[derive(Clone, Debug, Default)]
pub struct Setting {
    /// ISO 3166-1 alpha-3 codes of the countries that the report is about or comes from.
    pub countries: Vec<String>,
}

/// The place that a toponym means.
#[derive(Clone, Debug)]
pub struct Resolved {
    /// The place.
    pub entry: Entry,
    /// How sure, 0 to 1.
    pub score: f32,
    /// What else it could be, the likelier first.
    pub alternatives: Vec<(Entry, f32)>,
    /// What decided, in words.
    pub how: String,
}

/// One name of the document with all its mentions.
pub struct Group {
    /// Numbers of the toponyms.
    pub mentions: Vec<usize>,
    /// What it may mean.
    pub candidates: Vec<Candidate>,
    /// The features of each candidate.
    pub features: Vec<Features>,
    /// The probability of each candidate.
    pub scores: Vec<f32>,
    sentences: Vec<usize>,
    /// The countries and divisions that the words behind the name tell.
    around: Vec<Entry>,
    /// The group of the name that stands right before ("Paris" of "Texas" in "Paris, Texas").
    previous: Option<usize>,
}

/// Candidates of one name that are looked at; the others are small places of a very common name.
const MOST: usize = 40;
/// Candidates of the other names by which nearness is judged.
const NEAR: usize = 3;
/// How often the names are judged in the light of each other.
const ROUNDS: usize = 2;
/// Alternatives that are told.
const ALTERNATIVES: usize = 4;

/// Resolves all toponyms of one document; a name has the same meaning throughout. `None`: no place of that name is known.
pub fn resolve(toponyms: &[Toponym], setting: &Setting) -> Vec<Option<Resolved>> {
    let groups = groups(toponyms, setting, Weights::table());
    let mut out = vec![None; toponyms.len()];
    for group in &groups {
        let resolved = group.best();
        for mention in &group.mentions {
            out[*mention].clone_from(&resolved);
        }
    }
    out
}

/// The names of the document with their candidates, features and scores.
pub fn groups(toponyms: &[Toponym], setting: &Setting, weights: &Weights) -> Vec<Group> {
    let gazetteer = Gazetteer::embedded();
    let given: Vec<Entry> = setting.countries.iter().filter_map(|c| gazetteer.country(c)).collect();
    let mut groups = by_name(toponyms, gazetteer);
    for group in &mut groups {
        group.score(&weights.alone);
    }
    for _ in 0..ROUNDS {
        let shared: Vec<Vec<[f32; COUNT - OF_DOCUMENT]>> =
            (0..groups.len()).map(|at| of_document(&groups, at, &given)).collect();
        for (group, shared) in groups.iter_mut().zip(shared) {
            for (features, shared) in group.features.iter_mut().zip(shared) {
                features[OF_DOCUMENT..].copy_from_slice(&shared);
            }
            group.score(&weights.together);
        }
    }
    groups
}

/// One group a name; "Washington County" and "Washington" are two names.
fn by_name(toponyms: &[Toponym], gazetteer: &Gazetteer) -> Vec<Group> {
    let mut names: BTreeMap<(String, Option<Order>), Vec<usize>> = BTreeMap::new();
    for (number, toponym) in toponyms.iter().enumerate() {
        names.entry((fold(toponym.name), toponym.order())).or_default().push(number);
    }
    let mut of_toponym: BTreeMap<usize, usize> = BTreeMap::new();
    let mut groups = Vec::new();
    for ((_, order), mentions) in names {
        of_toponym.extend(mentions.iter().map(|m| (*m, groups.len())));
        groups.push(Group::of(toponyms, mentions, order, gazetteer));
    }
    for (number, toponym) in toponyms.iter().enumerate() {
        let before = number.checked_sub(1).filter(|_| toponym.before.ends_with(", "));
        if let (Some(group), Some(before)) = (of_toponym.get(&number), before) {
            groups[*group].previous = of_toponym.get(&before).copied();
        }
    }
    groups
}

impl Group {
    fn of(toponyms: &[Toponym], mentions: Vec<usize>, order: Option<Order>, gazetteer: &Gazetteer) -> Self {
        let name = mentions.first().map_or("", |m| toponyms[*m].name);
        let around: Vec<Entry> = mentions.iter().flat_map(|m| toponyms[*m].around(gazetteer)).collect();
        let mut candidates = gazetteer.candidates(name);
        let first = |c: &Candidate| {
            let inside = around.iter().any(|a| a.holds(c.entry));
            (inside, !c.entry.is_town(), c.entry.log_population())
        };
        candidates.sort_by(|a, b| {
            let (x, y) = (first(a), first(b));
            (y.0, y.1).cmp(&(x.0, x.1)).then(y.2.total_cmp(&x.2)).then(a.entry.cmp(&b.entry))
        });
        candidates.truncate(MOST);
        let towns = candidates.iter().filter(|c| c.entry.is_town()).map(|c| c.entry.log_population());
        let clues = Clues {
            name,
            agrees: &|entry| order.map(|o| o.fits(entry)),
            around: &around,
            article: mentions.iter().any(|m| toponyms[*m].has_article()),
            largest: towns.fold(0.0, f64::max),
        };
        let features: Vec<Features> = candidates.iter().map(|c| features::own(*c, &clues)).collect();
        let sentences = mentions.iter().map(|m| toponyms[*m].sentence).collect();
        let scores = vec![0.0; candidates.len()];
        Self { mentions, candidates, features, scores, sentences, around, previous: None }
    }

    fn score(&mut self, weights: &Features) {
        let sum = |f: &Features| f.iter().zip(weights).map(|(value, weight)| value * weight).sum::<f32>();
        let sums: Vec<f32> = self.features.iter().map(sum).collect();
        let top = sums.iter().copied().fold(f32::MIN, f32::max);
        let total: f32 = sums.iter().map(|s| (s - top).exp()).sum();
        self.scores = sums.iter().map(|s| (s - top).exp() / total).collect();
    }

    /// Candidates, the likeliest first.
    fn ranked(&self) -> Vec<(usize, f32)> {
        let mut ranked: Vec<(usize, f32)> = self.scores.iter().copied().enumerate().collect();
        ranked.sort_by(|a, b| b.1.total_cmp(&a.1).then(a.0.cmp(&b.0)));
        ranked
    }

    /// The likeliest meaning.
    pub fn best(&self) -> Option<Resolved> {
        let ranked = self.ranked();
        let (at, score) = *ranked.first()?;
        let others = ranked.iter().skip(1).take(ALTERNATIVES).filter(|(_, score)| *score > 0.001);
        Some(Resolved {
            entry: self.candidates[at].entry,
            score,
            alternatives: others.map(|(at, score)| (self.candidates[*at].entry, *score)).collect(),
            how: self.reason(at),
        })
    }

    /// The feature that speaks loudest for the candidate, beside the others.
    fn reason(&self, at: usize) -> String {
        if self.candidates.len() == 1 {
            return "only place of that name".to_owned();
        }
        let (name, features) = (self.candidates[at].entry, &self.features[at]);
        let is = |feature: &str| {
            features::NAMES.iter().position(|n| *n == feature).is_some_and(|i| features[i] > 0.5)
        };
        let why = if is("inside") {
            "the words behind it"
        } else if is("order_agrees") {
            "the word beside it"
        } else if is("division_named") || is("county_named") {
            "its division is named"
        } else if is("country_named") {
            "its country is named"
        } else if is("near") || is("division_share") {
            "other places nearby"
        } else if is("holds_previous") {
            "it holds the place before it"
        } else {
            "the best known"
        };
        format!("{why}, of {} places so named ({:?})", self.candidates.len(), name.kind())
    }

    fn likeliest(&self) -> impl Iterator<Item = (Entry, f32)> {
        self.ranked().into_iter().take(NEAR).map(|(at, score)| (self.candidates[at].entry, score))
    }

    /// The probability that it means `entry`.
    fn means(&self, entry: Entry) -> f32 {
        self.candidates.iter().position(|c| c.entry == entry).map_or(0.0, |at| self.scores[at])
    }
}

/// What the other names say for each candidate of group `at`; a country that is `given`, or told right
/// behind the name, counts as named.
fn of_document(groups: &[Group], at: usize, given: &[Entry]) -> Vec<[f32; COUNT - OF_DOCUMENT]> {
    let group = &groups[at];
    let others: Vec<&Group> = groups
        .iter()
        .enumerate()
        .filter(|(i, g)| *i != at && !g.candidates.is_empty())
        .map(|(_, g)| g)
        .collect();
    let likely: Vec<Vec<(Entry, f32)>> = others.iter().map(|g| g.likeliest().collect()).collect();
    let count = (others.len() + given.len()).max(1) as f32;
    let share = |holds: &dyn Fn(Entry) -> bool| {
        let told = given.iter().filter(|g| holds(**g)).count() as f32;
        (told + likely.iter().flatten().filter(|(e, _)| holds(*e)).map(|(_, p)| p).sum::<f32>()) / count
    };
    let states = share(&|e| matches!(e.kind(), Kind::Country | Kind::Capital));
    let sentence = |g: &Group| g.sentences.iter().any(|s| group.sentences.contains(s));
    group
        .candidates
        .iter()
        .map(|candidate| {
            let entry = candidate.entry;
            let named = |place: Option<Entry>| {
                let place = place.filter(|p| *p != entry);
                let told = |p| if given.contains(&p) || group.around.contains(&p) { 1.0 } else { 0.0 };
                place.map_or(0.0, |p| others.iter().map(|g| g.means(p)).fold(told(p), f32::max))
            };
            let in_sentence = entry.country().filter(|c| *c != entry).map_or(0.0, |c| {
                others.iter().filter(|g| sentence(g)).map(|g| g.means(c)).fold(0.0, f32::max)
            });
            let previous = group.previous.and_then(|p| groups.get(p)).map_or(0.0, |p| {
                p.likeliest().filter(|(e, _)| *e != entry && entry.holds(*e)).map(|(_, p)| p).sum()
            });
            let (country, division) = (entry.country(), entry.first_division());
            [
                named(country),
                named(division),
                named(entry.second_division()),
                share(&|e| country.is_some() && e.country() == country),
                share(&|e| division.is_some() && e.first_division() == division),
                near(entry, &likely),
                previous,
                in_sentence,
                if entry.kind() == Kind::Capital { states } else { 0.0 },
            ]
        })
        .collect()
}

/// How near the nearest of the other places is, countries and continents left out.
fn near(entry: Entry, likely: &[Vec<(Entry, f32)>]) -> f32 {
    if matches!(entry.kind(), Kind::Country | Kind::Continent) {
        return 0.0;
    }
    let close = |(other, p): &(Entry, f32)| match other.kind() {
        Kind::Country | Kind::Continent | Kind::Region | Kind::Water | Kind::FirstDivision => 0.0,
        _ => p * (-entry.distance(*other) / REACH).exp() as f32,
    };
    let of_names = likely.iter().map(|name| name.iter().map(close).sum::<f32>());
    of_names.fold(0.0, f32::max)
}

/// Kilometres over which nearness fades.
const REACH: f64 = 100.0;
