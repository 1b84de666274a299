//! Counts over events and documents, and the figures made of them.

use std::collections::BTreeMap;
use std::fmt;

use serde::ser::{Serialize, SerializeMap, Serializer};

/// What is counted.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
#[allow(missing_docs, reason = "their names are in `NAMES`, their rules in the annotation guide")]
pub enum Measure {
    Detect,
    Event,
    Exact,
    Type,
    Quad,
    Mode,
    Context,
    Cameo,
    Source,
    SourceCountry,
    Target,
    TargetCountry,
    Status,
    Attribution,
    Date,
    Place,
    QuoteSpan,
    QuoteSpeaker,
    Quote,
    Boilerplate,
    SegmentKind,
    Commitment,
    Contradiction,
    Relation,
    TimeValue,
    PersonFound,
    PersonCountry,
    PersonRole,
    OrgFound,
    OrgCountry,
}

const NAMES: [(Measure, &str); 30] = [
    (Measure::Detect, "detect"),
    (Measure::Event, "event"),
    (Measure::Exact, "exact"),
    (Measure::Type, "type"),
    (Measure::Quad, "quad"),
    (Measure::Mode, "mode"),
    (Measure::Context, "context"),
    (Measure::Cameo, "cameo"),
    (Measure::Source, "source"),
    (Measure::SourceCountry, "source_country"),
    (Measure::Target, "target"),
    (Measure::TargetCountry, "target_country"),
    (Measure::Status, "status"),
    (Measure::Attribution, "attribution"),
    (Measure::Date, "date"),
    (Measure::Place, "place"),
    (Measure::QuoteSpan, "quote span"),
    (Measure::QuoteSpeaker, "quote speaker"),
    (Measure::Quote, "quote"),
    (Measure::Boilerplate, "boilerplate"),
    (Measure::SegmentKind, "segment kind"),
    (Measure::Commitment, "commitment"),
    (Measure::Contradiction, "contradiction"),
    (Measure::Relation, "relation"),
    (Measure::TimeValue, "time value"),
    (Measure::PersonFound, "person found"),
    (Measure::PersonCountry, "person country"),
    (Measure::PersonRole, "person role"),
    (Measure::OrgFound, "org found"),
    (Measure::OrgCountry, "org country"),
];

impl Measure {
    /// All of them, those of events first.
    pub fn all() -> impl Iterator<Item = Self> {
        NAMES.iter().map(|(measure, _)| *measure)
    }

    /// Whether it is an attribute that an event has, right or wrong.
    pub fn is_attribute(self) -> bool {
        (Self::Type..=Self::Place).contains(&self)
    }

    /// As it is called in the output.
    pub fn name(self) -> &'static str {
        NAMES.iter().find(|(measure, _)| *measure == self).map_or("", |(_, name)| name)
    }
}

impl fmt::Display for Measure {
    fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
        f.pad(self.name())
    }
}

impl Serialize for Measure {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.name())
    }
}

/// What is right, of how much that the system gave and how much there is.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Count {
    /// Right, in whole or in part.
    pub credit: f64,
    /// Given by the system.
    pub system: f64,
    /// In the gold.
    pub gold: f64,
}

/// Precision, recall and F1.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Prf {
    /// Right of what was given.
    pub precision: f64,
    /// Right of what there is.
    pub recall: f64,
    /// Their harmonic mean.
    pub f1: f64,
}

impl Prf {
    fn of(credit: f64, system: f64, gold: f64) -> Self {
        let ratio = |part: f64, whole: f64| if whole == 0.0 { 0.0 } else { part / whole };
        let (precision, recall) = (ratio(credit, system), ratio(credit, gold));
        Self { precision, recall, f1: ratio(2.0 * precision * recall, precision + recall) }
    }
}

impl Serialize for Prf {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        [self.precision, self.recall, self.f1].serialize(serializer)
    }
}

/// F1 of the same credit on both sides.
pub fn f1(credit: f64, system: f64, gold: f64) -> f64 {
    Prf::of(credit, system, gold).f1
}

/// All counts of one document, or of many together.
#[derive(Clone, Debug, Default)]
pub struct Totals(BTreeMap<Measure, Count>);

impl Totals {
    /// Adds to a measure; from then on it is among the figures, even if what is added is nothing.
    pub(super) fn add(&mut self, measure: Measure, credit: f64, system: f64, gold: f64) {
        let count = self.0.entry(measure).or_default();
        count.credit += credit;
        count.system += system;
        count.gold += gold;
    }

    /// Adds all counts of another.
    pub fn merge(&mut self, other: &Self) {
        other.0.iter().for_each(|(measure, c)| self.add(*measure, c.credit, c.system, c.gold));
    }

    /// The counts of a measure.
    pub fn count(&self, measure: Measure) -> Count {
        self.0.get(&measure).copied().unwrap_or_default()
    }

    /// Precision, recall and F1; none where there is nothing on either side.
    pub fn value(&self, measure: Measure) -> Option<Prf> {
        let Count { credit, system, gold } = self.count(measure);
        (system != 0.0 || gold != 0.0).then(|| Prf::of(credit, system, gold))
    }

    /// The one figure, and its parts.
    pub fn headline(&self) -> Headline {
        let f1 = |measure| self.value(measure).map(|v| v.f1);
        let structure = [Measure::Boilerplate, Measure::Commitment, Measure::Contradiction].map(f1);
        let structure: Vec<f64> = structure.into_iter().flatten().collect();
        Headline {
            events: f1(Measure::Event),
            quotes: f1(Measure::Quote),
            structure: (!structure.is_empty())
                .then(|| structure.iter().sum::<f64>() / structure.len() as f64),
        }
    }
}

impl Serialize for Totals {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(Some(self.0.len()))?;
        for measure in self.0.keys() {
            map.serialize_entry(measure, &self.value(*measure))?;
        }
        map.end()
    }
}

/// The parts of the headline, each from 0 to 1; a part without records is left out of it.
#[derive(Clone, Copy, Debug, PartialEq, serde::Serialize)]
pub struct Headline {
    /// Quality-weighted F1 of events.
    pub events: Option<f64>,
    /// F1 of quotes with their speaker.
    pub quotes: Option<f64>,
    /// Mean of what is no news text, commitments and contradictions.
    pub structure: Option<f64>,
}

impl Headline {
    /// The headline: .75 events, .15 quotes, .10 structure.
    pub fn value(&self) -> f64 {
        weighted_mean(&[(0.75, self.events), (0.15, self.quotes), (0.10, self.structure)]).unwrap_or(0.0)
    }
}

/// The mean of the values that there are.
pub(super) fn weighted_mean(values: &[(f64, Option<f64>)]) -> Option<f64> {
    let there = || values.iter().filter_map(|(weight, value)| Some((*weight, (*value)?)));
    let weight: f64 = there().map(|(weight, _)| weight).sum();
    (weight > 0.0).then(|| there().map(|(weight, value)| weight * value).sum::<f64>() / weight)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_measure_has_its_name_and_they_stand_in_order() {
        let all: Vec<Measure> = Measure::all().collect();
        assert!(all.is_sorted() && all.iter().all(|m| !m.name().is_empty()));
        assert_eq!(Measure::all().filter(|m| m.is_attribute()).count(), 13);
    }

    #[test]
    fn precision_recall_and_what_is_not_there() {
        let mut totals = Totals::default();
        totals.add(Measure::Event, 1.0, 2.0, 4.0);
        assert_eq!(totals.value(Measure::Event), Some(Prf { precision: 0.5, recall: 0.25, f1: 1.0 / 3.0 }));
        totals.add(Measure::Quote, 0.0, 0.0, 0.0);
        assert_eq!(totals.value(Measure::Quote), None);
        assert_eq!(
            serde_json::json!(totals).to_string(),
            r#"{"event":[0.5,0.25,0.3333333333333333],"quote":null}"#
        );
    }

    #[test]
    fn missing_parts_drop_out_of_the_headline() {
        let part = |events, quotes, structure| Headline { events, quotes, structure }.value();
        assert!((part(Some(0.5), Some(1.0), Some(1.0)) - 0.625).abs() < 1e-12);
        assert!((part(Some(0.5), None, Some(1.0)) - (0.375 + 0.1) / 0.85).abs() < 1e-12);
        assert_eq!(part(None, None, None), 0.0);
    }
}
