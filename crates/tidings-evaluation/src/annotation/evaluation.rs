//! Documents of the gold and of the system, paired and scored.

use std::collections::BTreeMap;

use serde_json::{Map, Value, json};

use super::error::{Error, Result};
use super::events::{self, Pairing};
use super::reading::Collection;
use super::records::Records;
use super::side::Side;
use super::totals::{Measure, Totals};
use super::{others, statements};

/// How good the system is on one document.
#[derive(Clone, Debug)]
pub struct DocumentScore {
    /// Its id in the gold.
    pub id: String,
    /// The counts.
    pub totals: Totals,
    /// What became of every event.
    pub pairings: Vec<Pairing>,
    inside: BTreeMap<Measure, Vec<f64>>,
}

/// How good the system is on all documents.
#[derive(Clone, Debug, Default)]
pub struct Evaluation {
    /// Document by document, in the order of the gold.
    pub documents: Vec<DocumentScore>,
    /// The counts of all together.
    pub totals: Totals,
    /// Documents of the gold that the system does not have; they count as empty.
    pub without_system: Vec<String>,
    /// Documents of the system that the gold does not have; they are not scored.
    pub without_gold: Vec<String>,
}

/// Scores one document.
fn score(id: &str, gold: &Records, system: &Records) -> DocumentScore {
    let (gold, system) = (Side::new(gold), Side::new(system));
    let mut totals = Totals::default();
    let events::Scored { pairings, inside } = events::score(&gold, &system, &mut totals);
    others::score(&gold, &system, &mut totals);
    statements::score(&gold, &system, &mut totals);
    DocumentScore { id: id.to_owned(), totals, pairings, inside }
}

/// Pairs the documents by their id, and scores each. A single one on both sides needs no id in common.
pub fn evaluate(gold: &Collection, system: &Collection) -> Result<Evaluation> {
    let mut evaluation = Evaluation::default();
    let single = match (&gold.documents[..], &system.documents[..]) {
        ([_], [only]) => Some(&only.1),
        _ => None,
    };
    let nothing = Records::default();
    let by_id: BTreeMap<&str, &Records> = system.documents.iter().map(|(id, r)| (id.as_str(), r)).collect();
    for (id, records) in &gold.documents {
        let found = single.or_else(|| by_id.get(id.as_str()).copied());
        if found.is_none() {
            evaluation.without_system.push(id.clone());
        }
        let document = score(id, records, found.unwrap_or(&nothing));
        evaluation.totals.merge(&document.totals);
        evaluation.documents.push(document);
    }
    if evaluation.without_system.len() == gold.documents.len() {
        return Err(nothing_in_common(gold, system));
    }
    if single.is_none() {
        let ids = system.documents.iter().map(|(id, _)| id);
        evaluation.without_gold = ids.filter(|id| !gold.has(id)).cloned().collect();
    }
    Ok(evaluation)
}

fn nothing_in_common(gold: &Collection, system: &Collection) -> Error {
    let first = |c: &Collection| c.documents.first().map(|(id, _)| id.clone()).unwrap_or_default();
    Error::NothingInCommon(format!(
        "gold and system have no document in common: the gold has '{}', the system '{}'\n  hint: documents are paired by the `id` of their document record",
        first(gold),
        first(system)
    ))
}

impl Evaluation {
    /// Takes in what was scored of other documents.
    pub fn join(&mut self, other: Self) {
        self.totals.merge(&other.totals);
        self.documents.extend(other.documents);
        self.without_system.extend(other.without_system);
        self.without_gold.extend(other.without_gold);
    }

    /// Gold events whose claim, condition, denial or negation is stored as a fact, with their documents.
    pub fn claims_as_facts(&self) -> impl Iterator<Item = (&str, &str)> {
        self.documents.iter().flat_map(DocumentScore::claims_as_facts)
    }

    /// Mean credit of an attribute inside matched pairs.
    pub fn if_matched(&self, measure: Measure) -> Option<f64> {
        let credits = || self.documents.iter().filter_map(|d| d.inside.get(&measure)).flatten();
        let count = credits().count();
        (count > 0).then(|| credits().sum::<f64>() / count as f64)
    }

    /// One object a document and `ALL`: headline, its parts, precision, recall and F1 of every measure, claims stored as
    /// facts; with `pairs` what became of every event.
    pub fn to_json(&self, pairs: bool) -> Value {
        let mut out = Map::new();
        for document in &self.documents {
            let claims = document.claims_as_facts().map(|(_, event)| event.to_owned());
            let mut value = figures(&document.totals, claims.collect());
            if pairs {
                value["pairs"] = json!(document.pairings);
            }
            out.insert(document.id.clone(), value);
        }
        let claims = self.claims_as_facts().map(|(document, event)| format!("{document}:{event}"));
        out.insert("ALL".to_owned(), figures(&self.totals, claims.collect()));
        Value::Object(out)
    }
}

impl DocumentScore {
    fn claims_as_facts(&self) -> impl Iterator<Item = (&str, &str)> {
        let claims = self.pairings.iter().filter(|p| p.claim_as_fact);
        claims.filter_map(|p| Some((self.id.as_str(), p.gold.as_ref()?.id.as_str())))
    }
}

fn figures(totals: &Totals, claims: Vec<String>) -> Value {
    let headline = totals.headline();
    json!({
        "headline": headline.value(),
        "parts": headline,
        "prf": totals,
        "claims_stored_as_facts": claims,
    })
}
