//! Quotes, parts of the page, time expressions, persons and organisations.

use super::actors::{Actor, SAME};
use super::assignment::{assign, weights};
use super::dates::Days;
use super::names::Name;
use super::records::{Mention, Quote, Segment, Timex};
use super::side::{Known, Side};
use super::spans::{Covered, Stretch, intersection_over_union};
use super::totals::{Measure, Totals};

/// Kinds of segments that are compared one by one.
const SEGMENTS: [&str; 6] = ["headline", "standfirst", "caption", "subheading", "agency_credit", "dateline"];

/// Scores all of them into `totals`.
pub fn score(gold: &Side, system: &Side, totals: &mut Totals) {
    quotes(gold, system, totals);
    boilerplate(&gold.records.segments, &system.records.segments, totals);
    segment_kinds(&gold.records.segments, &system.records.segments, totals);
    times(&gold.records.timexes, &system.records.timexes, totals);
    persons(gold, system, totals);
    organisations(gold, system, totals);
}

/// A weight below `least` is none.
fn at_least(least: f64, weight: f64) -> f64 {
    if weight >= least { weight } else { 0.0 }
}

/// Span × speaker. A quote printed twice may be found in either place, and its second place is no error.
fn quotes(gold: &Side, system: &Side, totals: &mut Totals) {
    let same = |a: &Quote, b: &Quote| {
        at_least(0.5, intersection_over_union(Stretch::of(a.start, a.end), Stretch::of(b.start, b.end)))
    };
    let (again, wanted): (Vec<&Quote>, Vec<&Quote>) =
        gold.records.quotes.iter().partition(|q| q.kind.is("duplicate"));
    let among = |list: &[&Quote], q: &Quote| list.iter().any(|other| same(other, q) > 0.0);
    let found: Vec<&Quote> =
        system.records.quotes.iter().filter(|q| !among(&again, q) || among(&wanted, q)).collect();
    let weights = weights(&wanted, &found, |a, b| same(a, b));
    let (mut span, mut speaker, mut both) = (0.0, 0.0, 0.0);
    for (row, column) in assign(&weights) {
        let place = if weights[row][column] >= 0.9 { 1.0 } else { weights[row][column] };
        let voice = match said_by(gold, wanted[row]).likeness(&said_by(system, found[column])) {
            likeness if likeness >= SAME => 1.0,
            likeness if likeness >= 0.5 => 0.5,
            _ => 0.0,
        };
        span += place;
        speaker += voice;
        both += place * voice;
    }
    let measures = [(Measure::QuoteSpan, span), (Measure::QuoteSpeaker, speaker), (Measure::Quote, both)];
    for (measure, credit) in measures {
        totals.add(measure, credit, found.len() as f64, wanted.len() as f64);
    }
}

fn said_by<'s>(side: &'s Side, quote: &'s Quote) -> Actor<'s> {
    side.speaker(&quote.speaker, &quote.speaker_name, &quote.speaker_country, None)
}

/// What is not to be read as news text, in code points.
fn boilerplate(gold: &[Segment], system: &[Segment], totals: &mut Totals) {
    let removed = |segments: &[Segment]| {
        let removed = segments.iter().filter(|s| *s.remove);
        Covered::by(removed.filter_map(|s| Stretch::of(s.start, s.end)))
    };
    let (wanted, found) = (removed(gold), removed(system));
    totals.add(Measure::Boilerplate, wanted.common(&found), found.count(), wanted.count());
}

fn segment_kinds(gold: &[Segment], system: &[Segment], totals: &mut Totals) {
    fn told(segments: &[Segment]) -> Vec<&Segment> {
        segments.iter().filter(|s| SEGMENTS.contains(&s.kind.as_str())).collect()
    }
    let (wanted, found) = (told(gold), told(system));
    let weights = weights(&wanted, &found, |a, b| {
        let share = intersection_over_union(Stretch::of(a.start, a.end), Stretch::of(b.start, b.end));
        if a.kind == b.kind { at_least(0.5, share) } else { 0.0 }
    });
    let right = assign(&weights).len();
    totals.add(Measure::SegmentKind, right as f64, found.len() as f64, wanted.len() as f64);
}

/// Time expressions with the right value.
fn times(gold: &[Timex], system: &[Timex], totals: &mut Totals) {
    let weights = weights(gold, system, |a, b| {
        at_least(0.3, intersection_over_union(Stretch::of(a.start, a.end), Stretch::of(b.start, b.end)))
    });
    let right =
        assign(&weights).iter().filter(|(row, column)| same_time(&gold[*row], &system[*column])).count();
    totals.add(Measure::TimeValue, right as f64, system.len() as f64, gold.len() as f64);
}

fn same_time(gold: &Timex, system: &Timex) -> bool {
    let Some(found) = system.value.get() else { return gold.value.get().is_none() };
    let days = Days::parse(found);
    let same = |value: &str| value == found || Days::parse(value).is_some_and(|d| Some(d) == days);
    gold.value.get().into_iter().chain(gold.accept.texts()).any(same)
}

fn persons(gold: &Side, system: &Side, totals: &mut Totals) {
    let (wanted, found) = (mentioned(gold, "person"), of_kind(system, "person"));
    let pairs = same_entities(&wanted, &found);
    add_entities((Measure::PersonFound, Measure::PersonCountry), &wanted, &found, &pairs, totals);
    let role = |known: &Known| Name::new(known.entity.role.as_str());
    let with_role = |list: &[&Known]| list.iter().filter(|k| !role(k).is_empty()).count() as f64;
    let right =
        pairs.iter().filter(|(row, column)| role(wanted[*row]).touches(&role(found[*column]))).count();
    totals.add(Measure::PersonRole, right as f64, with_role(&found), with_role(&wanted));
}

fn organisations(gold: &Side, system: &Side, totals: &mut Totals) {
    let (wanted, found) = (mentioned(gold, "org"), of_kind(system, "org"));
    let pairs = same_entities(&wanted, &found);
    add_entities((Measure::OrgFound, Measure::OrgCountry), &wanted, &found, &pairs, totals);
}

fn add_entities(
    (present, country): (Measure, Measure),
    wanted: &[&Known],
    found: &[&Known],
    pairs: &[(usize, usize)],
    totals: &mut Totals,
) {
    let at_home =
        |(row, column): &&(usize, usize)| wanted[*row].entity.country == found[*column].entity.country;
    let right = pairs.iter().filter(at_home).count();
    for (measure, right) in [(present, pairs.len()), (country, right)] {
        totals.add(measure, right as f64, found.len() as f64, wanted.len() as f64);
    }
}

/// Entities of a kind that are somebody in particular.
fn of_kind<'s>(side: &'s Side, kind: &str) -> Vec<&'s Known<'s>> {
    side.entities.iter().filter(|k| k.entity.kind.is(kind) && !*k.entity.generic).collect()
}

fn mentioned<'s>(gold: &'s Side, kind: &str) -> Vec<&'s Known<'s>> {
    of_kind(gold, kind).into_iter().filter(|k| !k.entity.mentions.is_empty()).collect()
}

/// The same by a name, or by where they are mentioned.
fn same_entities(gold: &[&Known], system: &[&Known]) -> Vec<(usize, usize)> {
    let place = |m: &Mention| Stretch::of(m.start, m.end);
    let mentioned_alike = |a: &Known, b: &Known| {
        let spoken_of = a.entity.mentions.iter().filter(|m| !m.form.is("pronoun"));
        spoken_of
            .map(place)
            .any(|x| b.entity.mentions.iter().map(place).any(|y| intersection_over_union(x, y) >= 0.8))
    };
    assign(&weights(gold, system, |a, b| {
        if a.actor().shares_name(&b.actor()) {
            1.0
        } else if mentioned_alike(a, b) {
            0.9
        } else {
            0.0
        }
    }))
}
