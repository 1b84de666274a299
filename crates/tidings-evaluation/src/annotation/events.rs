//! The events of one document: which belong together, and what is right of them.

use std::collections::{BTreeMap, BTreeSet};

use super::assignment::assign;
use super::details::Details;
use super::pair::{Likeness, Told};
use super::records::{Actor, Event};
use super::sets::Share;
use super::side::Side;
use super::totals::{Measure, Totals};

/// What became of an event.
#[derive(Clone, Copy, Debug, PartialEq, Eq, serde::Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Outcome {
    /// In the gold and found.
    Matched,
    /// In the gold and not found.
    Missed,
    /// A further record of the system for a mention of a matched event; no error.
    Restated,
    /// Not in the gold.
    Spurious,
}

/// One event, or a matched pair.
#[derive(Clone, Debug, serde::Serialize)]
pub struct Pairing {
    /// What became of it.
    pub outcome: Outcome,
    /// The gold event.
    pub gold: Option<EventLine>,
    /// The system's event.
    pub system: Option<EventLine>,
    /// From 0 to 1; of matched pairs.
    pub quality: Option<f64>,
    /// Whether a claim, condition, denial or negation is stored as a fact.
    pub claim_as_fact: bool,
    /// The attributes of a matched pair that are not all right.
    pub losses: BTreeMap<Measure, f64>,
}

/// An event in short.
#[derive(Clone, Debug, serde::Serialize)]
pub struct EventLine {
    /// Its id in its file.
    pub id: String,
    /// core, secondary or optional.
    pub tier: String,
    /// PLOVER type or NONE.
    #[serde(rename = "type")]
    pub kind: String,
    /// asserted, alleged …
    pub status: String,
    /// Who acts.
    pub source: Vec<String>,
    /// On whom.
    pub target: Vec<String>,
    /// The words for it.
    pub trigger: Vec<String>,
}

impl EventLine {
    fn new(event: &Event) -> Self {
        let names = |actors: &[Actor]| {
            actors.iter().map(|a| a.name.get().unwrap_or(a.text.as_str()).to_owned()).collect()
        };
        Self {
            id: event.id.as_str().to_owned(),
            tier: event.tier.as_str().to_owned(),
            kind: event.event_type().to_owned(),
            status: event.status.as_str().to_owned(),
            source: names(&event.source),
            target: names(&event.target),
            trigger: event.trigger.iter().map(|w| w.text.as_str().to_owned()).collect(),
        }
    }
}

/// What the events of a document come to.
#[derive(Default)]
pub struct Scored {
    pub pairings: Vec<Pairing>,
    /// Credits of the attributes inside matched pairs.
    pub inside: BTreeMap<Measure, Vec<f64>>,
}

/// Weight of a gold event by its tier; optional ones, and what matches them, count neither way.
fn weight(event: &Event) -> f64 {
    match event.tier.as_str() {
        "secondary" => 0.5,
        "optional" => 0.0,
        _ => 1.0,
    }
}

/// Weight of an event that is not in the gold.
fn spurious_weight(event: &Event) -> f64 {
    if event.event_type() == "NONE" { 0.5 } else { 1.0 }
}

/// The pairs of gold and system events that are alike enough, by their numbers.
type Alike = BTreeMap<(usize, usize), Likeness>;

/// Scores the events of a document into `totals`.
pub fn score(gold_side: &Side, system_side: &Side, totals: &mut Totals) -> Scored {
    let (gold, system) = (Told::all(gold_side), Told::all(system_side));
    let alike = alike(&gold, &system);
    let matching: BTreeMap<usize, usize> = matching(&gold, system.len(), &alike).into_iter().collect();
    let mut scored = Scored::default();
    for (row, told) in gold.iter().enumerate() {
        match matching.get(&row) {
            Some(&column) => {
                let pair = &alike[&(row, column)];
                let sides = (gold_side, system_side);
                let details = Details::new(sides, told, &system[column], pair.same_status);
                scored.matched(totals, told.event, system[column].event, pair, &details);
            }
            None => scored.missed(totals, told.event),
        }
    }
    let taken: BTreeSet<usize> = matching.values().copied().collect();
    for (column, told) in system.iter().enumerate().filter(|(column, _)| !taken.contains(column)) {
        let restates = matching.iter().any(|(row, matched)| {
            alike.get(&(*row, column)).is_some_and(|pair| pair.restates(&alike[&(*row, *matched)]))
        });
        scored.unmatched(totals, told.event, restates);
    }
    scored
}

fn alike(gold: &[Told], system: &[Told]) -> Alike {
    let mut out = Alike::new();
    for (row, g) in gold.iter().enumerate() {
        for (column, s) in system.iter().enumerate() {
            out.extend(Likeness::new(g, s).map(|likeness| ((row, column), likeness)));
        }
    }
    out
}

/// The one-to-one matching of highest total likeness. Of equal ones, it prefers core events, the right status and the most
/// informative mention.
fn matching(gold: &[Told], columns: usize, alike: &Alike) -> Vec<(usize, usize)> {
    let one = |holds: bool| f64::from(u8::from(holds));
    let mut weights = vec![vec![0.0; columns]; gold.len()];
    for ((row, column), pair) in alike {
        weights[*row][*column] = pair.value()
            + 0.02 * weight(gold[*row].event)
            + 0.002 * one(pair.same_status)
            + 0.001 * one(pair.telling == 0);
    }
    assign(&weights)
}

impl Scored {
    fn matched(
        &mut self,
        totals: &mut Totals,
        gold: &Event,
        system: &Event,
        pair: &Likeness,
        details: &Details,
    ) {
        let quality = pair.quality(details);
        let mut losses = BTreeMap::new();
        for (measure, credit, given, wanted) in attributes(gold, system, pair, details) {
            let value = f1_inside(credit, given, wanted);
            if value.is_some_and(|v| v < 1.0) {
                losses.extend(value.map(|v| (measure, v)));
            }
            if weight(gold) > 0.0 {
                totals.add(measure, credit, given, wanted);
                self.inside.entry(measure).or_default().extend(value);
            }
        }
        self.pairings.push(Pairing {
            outcome: Outcome::Matched,
            gold: Some(EventLine::new(gold)),
            system: Some(EventLine::new(system)),
            quality: Some(quality),
            claim_as_fact: details.claim_as_fact,
            losses,
        });
        let weight = weight(gold);
        if weight > 0.0 {
            totals.add(Measure::Detect, weight, weight, weight);
            totals.add(Measure::Event, weight * quality, weight, weight);
            let exact = if quality > 0.9995 { weight } else { 0.0 };
            totals.add(Measure::Exact, exact, weight, weight);
        }
    }

    fn missed(&mut self, totals: &mut Totals, gold: &Event) {
        self.alone(Outcome::Missed, Some(gold), None);
        let weight = weight(gold);
        if weight > 0.0 {
            for measure in [Measure::Detect, Measure::Event, Measure::Exact] {
                totals.add(measure, 0.0, 0.0, weight);
            }
            let date = gold.date.value.get().is_some() && gold.date.text.get().is_some();
            let place = gold.place().is_some_and(|p| !*p.implicit);
            for (measure, values) in values(gold, date, place) {
                totals.add(measure, 0.0, 0.0, values as f64);
            }
        }
    }

    fn unmatched(&mut self, totals: &mut Totals, system: &Event, restated: bool) {
        if restated {
            return self.alone(Outcome::Restated, None, Some(system));
        }
        self.alone(Outcome::Spurious, None, Some(system));
        for measure in [Measure::Detect, Measure::Event, Measure::Exact] {
            totals.add(measure, 0.0, spurious_weight(system), 0.0);
        }
        let date = system.date.value.get().is_some();
        for (measure, values) in values(system, date, system.place().is_some()) {
            totals.add(measure, 0.0, values as f64, 0.0);
        }
    }

    fn alone(&mut self, outcome: Outcome, gold: Option<&Event>, system: Option<&Event>) {
        let (gold, system) = (gold.map(EventLine::new), system.map(EventLine::new));
        let losses = BTreeMap::new();
        self.pairings.push(Pairing { outcome, gold, system, quality: None, claim_as_fact: false, losses });
    }
}

/// Credit inside a pair, for what is given there.
fn f1_inside(credit: f64, given: f64, wanted: f64) -> Option<f64> {
    let share = Share { credit, gold: wanted as usize, system: given as usize };
    (!share.is_empty()).then(|| share.f1())
}

/// Each attribute of a matched pair with credit, values given and values wanted.
fn attributes(
    gold: &Event,
    system: &Event,
    pair: &Likeness,
    details: &Details,
) -> Vec<(Measure, f64, f64, f64)> {
    let one = |holds: bool| f64::from(u8::from(holds));
    let single = |measure, credit| (measure, credit, 1.0, 1.0);
    let set = |measure, share: Share| (measure, share.credit, share.system as f64, share.gold as f64);
    let mut out = vec![
        single(Measure::Type, one(pair.same_type)),
        single(Measure::Quad, one(details.same_quad)),
        single(Measure::Cameo, details.cameo),
        single(Measure::Status, one(pair.same_status)),
        single(Measure::Attribution, details.attribution),
        set(Measure::Mode, details.mode),
        set(Measure::Context, details.context),
        set(Measure::Source, pair.source),
        set(Measure::Target, pair.target),
        set(Measure::SourceCountry, details.source_country),
        set(Measure::TargetCountry, details.target_country),
    ];
    if let Some(credit) = details.date {
        let given = |event: &Event| one(event.date.value.get().is_some());
        out.push((Measure::Date, credit, given(system), given(gold)));
    }
    if let Some(credit) = details.place {
        let given = |event: &Event| one(event.place.name.get().is_some());
        out.push((Measure::Place, credit, given(system), given(gold)));
    }
    out
}

/// How many values of each attribute an event has that stands alone.
fn values(event: &Event, date: bool, place: bool) -> Vec<(Measure, usize)> {
    let countries = |actors: &[Actor]| {
        let stated = actors.iter().filter_map(|a| a.country.as_ref()?.get());
        stated.collect::<BTreeSet<_>>().len()
    };
    let mut out = vec![
        (Measure::Type, 1),
        (Measure::Quad, 1),
        (Measure::Cameo, 1),
        (Measure::Status, 1),
        (Measure::Attribution, 1),
        (Measure::Mode, event.plover.mode.len()),
        (Measure::Context, event.plover.context.len()),
        (Measure::Source, event.source.len()),
        (Measure::Target, event.target.len()),
        (Measure::SourceCountry, countries(&event.source)),
        (Measure::TargetCountry, countries(&event.target)),
    ];
    out.extend(date.then_some((Measure::Date, 1)));
    out.extend(place.then_some((Measure::Place, 1)));
    out
}
