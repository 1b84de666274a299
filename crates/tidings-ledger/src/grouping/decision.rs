//! Do two reports tell the same event? A sum of weights, each with its reason.

use std::collections::BTreeSet;
use std::sync::OnceLock;

use serde::{Deserialize, Serialize};

use super::signature::{Party, Place, Signature};

const TABLE: &str = include_str!("../../../../data/ledger/grouping.tsv");

/// Something that speaks for or against.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Reason {
    /// Name of the feature in the table.
    pub feature: String,
    /// How much it speaks for (or, below 0, against) one event.
    pub weight: f64,
    /// What was compared.
    pub note: String,
}

/// The verdict on a pair.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Decision {
    /// Sum of the weights: a link from 0 on.
    pub score: f64,
    /// Why.
    pub reasons: Vec<Reason>,
}

/// The table of features.
#[derive(Debug)]
pub struct Weights(Vec<(&'static str, [f64; 2])>);

impl Weights {
    /// Those inside the program.
    pub fn embedded() -> &'static Self {
        static WEIGHTS: OnceLock<Weights> = OnceLock::new();
        WEIGHTS.get_or_init(|| Self(TABLE.lines().filter_map(row).collect()))
    }

    fn of(&self, feature: &str, bare: bool) -> f64 {
        self.0
            .iter()
            .find(|(name, _)| *name == feature)
            .map_or(0.0, |(_, weights)| weights[usize::from(bare)])
    }

    /// Whether two reports tell the same event, and why; `None` if their sum is below 0
    /// or both stand in one article.
    pub fn link(&self, a: &Signature, b: &Signature) -> Option<Decision> {
        // One article tells one event once; where it does not, it says so itself.
        if !a.document.is_empty() && a.document == b.document {
            return None;
        }
        let decision = self.decide(a, b);
        (decision.score >= 0.0).then_some(decision)
    }

    /// What speaks for and against.
    pub fn decide(&self, a: &Signature, b: &Signature) -> Decision {
        let mut decision = Decision::default();
        let bare = a.event_type.is_empty() || b.event_type.is_empty();
        for (feature, times, note) in features(a, b) {
            let weight = self.of(feature, bare) * times;
            decision.score += weight;
            if weight != 0.0 {
                decision.reasons.push(Reason { feature: feature.to_owned(), weight, note });
            }
        }
        // Rounded, so that ties are ties whatever the order of the sum.
        decision.score = (decision.score * 1e6).round() / 1e6;
        decision
    }
}

fn row(line: &'static str) -> Option<(&'static str, [f64; 2])> {
    let mut cells = line.split('\t');
    let name = cells.next().filter(|n| !n.is_empty() && !n.starts_with('#'))?;
    Some((name, [cells.next()?.parse().ok()?, cells.next()?.parse().ok()?]))
}

type Feature = (&'static str, f64, String);

/// What can be said of a pair: the feature, how often or how much, and what was compared.
pub fn features(a: &Signature, b: &Signature) -> Vec<Feature> {
    let mut out = vec![("bias", 1.0, String::new())];
    act(a, b, &mut out);
    parties(a, b, &mut out);
    out.extend(day(a, b));
    out.extend(place(a.place.as_ref(), b.place.as_ref()));
    if let (Some(x), Some(y)) = (a.killed, b.killed)
        && x == y
        && x > 1
    {
        out.push(("number_same", 1.0, format!("{x} killed")));
    }
    out.extend(shared("words", &a.words, &b.words));
    out.extend(shared("company", &a.company, &b.company));
    out
}

fn act(a: &Signature, b: &Signature, out: &mut Vec<Feature>) {
    if !a.event_type.is_empty() && !b.event_type.is_empty() {
        let note = if a.event_type == b.event_type {
            a.event_type.clone()
        } else {
            format!("{} and {}", a.event_type, b.event_type)
        };
        let feature = match (a.event_type == b.event_type, a.quad == b.quad) {
            (true, _) => "same_type",
            (false, true) => "near_type",
            (false, false) => "other_type",
        };
        out.push((feature, 1.0, note));
        if let Some(mode) = a.mode.iter().find(|m| b.mode.contains(m)) {
            out.push(("same_mode", 1.0, mode.clone()));
        }
    }
    if let Some(word) = a.trigger.intersection(&b.trigger).next() {
        out.push(("same_trigger", 1.0, word.clone()));
    } else if let Some(word) = a.trigger.intersection(&b.words).chain(b.trigger.intersection(&a.words)).next()
    {
        out.push(("trigger_told", 1.0, word.clone()));
    }
}

/// How near two lists of parties are: the nearest pair counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Nearness {
    Other,
    Country,
    Akin,
    Same,
}

impl Nearness {
    fn of(a: &[Party], b: &[Party]) -> Option<Self> {
        let pairs = a.iter().flat_map(|x| b.iter().map(move |y| Self::of_two(x, y)));
        pairs.max()
    }

    fn of_two(a: &Party, b: &Party) -> Self {
        if a.entity == b.entity {
            return Self::Same;
        }
        match (&a.country, &b.country) {
            (Some(x), Some(y)) if x == y => {
                if a.sector.iter().any(|s| b.sector.contains(s)) {
                    Self::Akin
                } else {
                    Self::Country
                }
            }
            // An actor without a country may be the other under another name.
            (None, _) | (_, None) if a.sector.iter().any(|s| b.sector.contains(s)) => Self::Country,
            _ => Self::Other,
        }
    }

    fn feature(self, side: [&'static str; 4]) -> &'static str {
        side[self as usize]
    }
}

const SOURCE: [&str; 4] = ["source_other", "source_country", "source_akin", "source_same"];
const TARGET: [&str; 4] = ["target_other", "target_country", "target_akin", "target_same"];

/// Who does it to whom; what is done together has no sides.
fn parties(a: &Signature, b: &Signature, out: &mut Vec<Feature>) {
    let together = a.reciprocal || b.reciprocal;
    let straight = sides([&a.source, &a.target], [&b.source, &b.target], together);
    let crossed = sides([&a.source, &a.target], [&b.target, &b.source], together);
    let swapped =
        !together && crossed.0.max(crossed.1) > straight.0.max(straight.1).max(Some(Nearness::Country));
    let (source, target) = if swapped { crossed } else { straight };
    let mut push = |nearness: Option<Nearness>, names: [&'static str; 4], x: &[Party], y: &[Party]| {
        if let Some(nearness) = nearness {
            out.push((nearness.feature(names), 1.0, format!("{} and {}", entities(x), entities(y))));
        }
    };
    let all = |s: &Signature| [s.source.as_slice(), s.target.as_slice()].concat();
    if together {
        push(source, SOURCE, &all(a), &all(b));
        push(target, TARGET, &all(a), &all(b));
    } else {
        let (of_source, of_target) = if swapped { (&b.target, &b.source) } else { (&b.source, &b.target) };
        push(source, SOURCE, &a.source, of_source);
        push(target, TARGET, &a.target, of_target);
    }
    if swapped {
        out.push(("swapped", 1.0, String::new()));
    }
}

/// Nearness of the sources and of the targets. Together: of the nearest two of all, and of the best that is left.
fn sides(a: [&Vec<Party>; 2], b: [&Vec<Party>; 2], together: bool) -> (Option<Nearness>, Option<Nearness>) {
    if !together {
        return (Nearness::of(a[0], b[0]), Nearness::of(a[1], b[1]));
    }
    let (a, b) = (a.map(Vec::as_slice).concat(), b.map(Vec::as_slice).concat());
    let mut pairs: Vec<(Nearness, usize, usize)> = Vec::new();
    for (i, x) in a.iter().enumerate() {
        pairs.extend(b.iter().enumerate().map(|(j, y)| (Nearness::of_two(x, y), i, j)));
    }
    pairs.sort_by_key(|(nearness, i, j)| (std::cmp::Reverse(*nearness), *i, *j));
    let best = pairs.first().copied();
    let next = best.and_then(|(_, i, j)| pairs.iter().find(|p| p.1 != i && p.2 != j));
    (best.map(|p| p.0), next.map(|p| p.0))
}

fn entities(parties: &[Party]) -> String {
    parties.iter().map(|p| p.entity.as_str()).collect::<Vec<_>>().join(", ")
}

/// Days between the publication of two articles that may tell the same news without saying when it happened.
const SAME_NEWS: i32 = 3;

/// Only days that both name can agree or disagree; a span that touches the other agrees. News without a day is that of
/// the days on which it comes out.
fn day(a: &Signature, b: &Signature) -> Option<Feature> {
    let (Some(x), Some(y)) = (a.days, b.days) else {
        let apart = a.published?.abs_diff(b.published?).cast_signed();
        return (apart > SAME_NEWS).then(|| ("published_far", 1.0, format!("{apart} days apart")));
    };
    let apart = (x.0 - y.1).max(y.0 - x.1);
    let feature = match apart {
        ..=0 => "day_same",
        1 => "day_near",
        _ => "day_other",
    };
    let note = if apart > 0 { format!("{apart} days apart") } else { crate::days::text(x.0.max(y.0)) };
    Some((feature, 1.0, note))
}

fn place(a: Option<&Place>, b: Option<&Place>) -> Option<Feature> {
    let (a, b) = (a?, b?);
    let note = if a.name == b.name { a.name.clone() } else { format!("{} and {}", a.name, b.name) };
    let feature =
        if a.geonames.is_some() && a.geonames == b.geonames || a.name == b.name && a.country == b.country {
            if a.exact { "place_same" } else { "place_within" }
        } else if a.country == b.country
            && !(a.exact && b.exact)
            && (a.admin1.is_none() || b.admin1.is_none() || a.admin1 == b.admin1)
        {
            "place_within"
        } else {
            "place_other"
        };
    Some((feature, 1.0, note))
}

/// The share that two sets have in common (cosine).
fn shared(feature: &'static str, a: &BTreeSet<String>, b: &BTreeSet<String>) -> Option<Feature> {
    let common: Vec<&str> = a.intersection(b).map(String::as_str).collect();
    if common.is_empty() {
        return None;
    }
    let share = common.len() as f64 / ((a.len() * b.len()) as f64).sqrt();
    Some((feature, share, common.join(" ")))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn party(entity: &str) -> Party {
        Party {
            entity: entity.to_owned(),
            country: Some(entity[..3].to_owned()),
            sector: vec!["GOV".to_owned()],
        }
    }

    fn raid() -> Signature {
        Signature {
            event_type: "ASSAULT".to_owned(),
            quad: 4,
            source: vec![party("NOR")],
            target: vec![party("ISL-navy")],
            days: Some((100, 100)),
            trigger: ["raid".to_owned()].into(),
            words: ["harbou", "night"].map(str::to_owned).into(),
            ..Signature::default()
        }
    }

    #[test]
    fn every_feature_has_a_weight_and_every_weight_a_note() {
        let lines: Vec<&str> = TABLE.lines().filter(|l| !l.starts_with('#')).collect();
        assert_eq!(lines.len(), Weights::embedded().0.len());
        assert!(lines.iter().all(|l| l.split('\t').count() == 4));
        let named = [SOURCE, TARGET].concat();
        assert!(named.iter().all(|n| Weights::embedded().0.iter().any(|w| w.0 == *n)), "{named:?}");
    }

    #[test]
    fn one_raid_told_in_other_words_is_one_event() {
        let other = Signature {
            target: vec![party("ISL")],
            trigger: ["attack".to_owned()].into(),
            days: Some((98, 101)),
            ..raid()
        };
        let decision = Weights::embedded().link(&raid(), &other).expect("a link");
        let names: Vec<&str> = decision.reasons.iter().map(|r| r.feature.as_str()).collect();
        assert_eq!(names, ["bias", "same_type", "source_same", "target_akin", "day_same", "words"]);
    }

    #[test]
    fn another_day_another_place_or_others_make_another_event() {
        let place = |name: &str, id| {
            Some(Place { name: name.to_owned(), geonames: Some(id), exact: true, ..Place::default() })
        };
        let here = Signature { place: place("Hofn", 1), ..raid() };
        for other in [
            Signature { days: Some((103, 103)), ..here.clone() },
            Signature { source: vec![party("DNK")], target: vec![party("SWE")], ..here.clone() },
            Signature { event_type: "AID".to_owned(), quad: 2, place: place("Vik", 2), ..here.clone() },
        ] {
            assert_eq!(Weights::embedded().link(&here, &other), None);
        }
    }

    #[test]
    fn what_is_done_together_has_no_sides_and_a_blow_has() {
        let talks = Signature {
            source: vec![party("NOR"), party("ISL")],
            target: Vec::new(),
            reciprocal: true,
            ..raid()
        };
        let told = Signature { source: vec![party("ISL")], target: vec![party("NOR")], ..raid() };
        let names = |a: &Signature, b: &Signature| {
            features(a, b)
                .into_iter()
                .map(|f| f.0)
                .filter(|f| f.starts_with("source") || f.starts_with("target") || *f == "swapped")
                .collect::<Vec<_>>()
        };
        assert_eq!(names(&talks, &told), ["source_same", "target_same"]);
        let back = Signature { source: vec![party("ISL-navy")], target: vec![party("NOR")], ..raid() };
        assert_eq!(names(&raid(), &back), ["source_same", "target_same", "swapped"]);
        let decided = |a: &Signature, b: &Signature| Weights::embedded().decide(a, b).score;
        assert!((decided(&talks, &told) - decided(&told, &talks)).abs() < 1e-9);
    }
}
