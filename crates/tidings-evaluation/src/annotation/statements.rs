//! Commitments, contradictions and relations.

use super::actors::{self, Actor};
use super::assignment::{assign, weights};
use super::records::{Commitment, Contradiction, Relation, Words};
use super::sets::Share;
use super::side::Side;
use super::spans::{coverage, overlap};
use super::totals::{Measure, Totals};

/// Scores all of them into `totals`.
pub fn score(gold: &Side, system: &Side, totals: &mut Totals) {
    commitments(gold, system, totals);
    contradictions(&gold.records.contradictions, &system.records.contradictions, totals);
    relations(gold, system, totals);
}

fn alike(gold: &[Actor], system: &[Actor]) -> Share {
    actors::compare(gold, system, &[], false)
}

/// By the parties, where any of the words are shared.
fn commitments(gold: &Side, system: &Side, totals: &mut Totals) {
    fn words(commitment: &Commitment) -> impl Iterator<Item = &Words> {
        commitment.spans.iter().chain(std::iter::once(&*commitment.sentence))
    }
    let (wanted, found) = (&gold.records.commitments, &system.records.commitments);
    let weights = weights(wanted, found, |x, y| {
        let near = words(x).any(|a| words(y).any(|b| coverage(a.stretch(), b.stretch()) >= 0.3));
        let parties =
            if near { alike(&gold.actors(&x.parties), &system.actors(&y.parties)) } else { Share::default() };
        if parties.credit > 0.0 { parties.f1() } else { 0.0 }
    });
    let credit = assign(&weights).iter().map(|(row, column)| weights[*row][*column]).sum();
    totals.add(Measure::Commitment, credit, found.len() as f64, wanted.len() as f64);
}

/// By both spans, in either order. Those about names may be told or left out.
fn contradictions(gold: &[Contradiction], system: &[Contradiction], totals: &mut Totals) {
    let touch = |a: &Words, b: &Words| overlap(a.stretch(), b.stretch()) > 0;
    let same = |x: &Contradiction, y: &Contradiction| {
        touch(&x.a, &y.a) && touch(&x.b, &y.b) || touch(&x.a, &y.b) && touch(&x.b, &y.a)
    };
    let (free, wanted): (Vec<_>, Vec<_>) = gold.iter().partition(|x| x.kind.is("naming"));
    let found: Vec<_> = system.iter().filter(|y| !free.iter().any(|x| same(x, y))).collect();
    let weights = weights(&wanted, &found, |x, y| f64::from(u8::from(same(x, y))));
    let right = assign(&weights).len();
    totals.add(Measure::Contradiction, right as f64, found.len() as f64, wanted.len() as f64);
}

/// By both parties in the same sentence; a relation without direction either way round.
fn relations(gold: &Side, system: &Side, totals: &mut Totals) {
    let (wanted, found) = (&gold.records.relations, &system.records.relations);
    let weights = weights(wanted, found, |x, y| relation(gold, system, x, y));
    let credit = assign(&weights).iter().map(|(row, column)| weights[*row][*column].min(1.0)).sum();
    totals.add(Measure::Relation, credit, found.len() as f64, wanted.len() as f64);
}

fn relation(gold: &Side, system: &Side, x: &Relation, y: &Relation) -> f64 {
    if coverage(x.sentence.stretch(), y.sentence.stretch()) < 0.5 {
        return 0.0;
    }
    let (a, b) = (gold.actors(&x.a), gold.actors(&x.b));
    let (c, d) = (system.actors(&y.a), system.actors(&y.b));
    let both = |c: &[Actor], d: &[Actor]| alike(&a, c).f1().min(alike(&b, d).f1());
    let straight = both(&c, &d);
    let value = if *x.directed { straight } else { straight.max(both(&d, &c)) };
    // The right type only decides between relations that are otherwise alike.
    let bonus = if x.kind == y.kind { 0.001 } else { 0.0 };
    if value >= 0.5 { value + bonus } else { 0.0 }
}
