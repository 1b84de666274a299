//! One record per event: mentions that agree become one, mentions that disagree stay two and are linked.

use std::collections::BTreeSet;

use tidings_actors::ActorKind;
use tidings_document::PartKind;
use tidings_ontology::EventType;
use tidings_places::Entry;

use crate::article::Article;
use crate::draft::{Draft, DraftLink, Party, Status, Why};

/// Two records of one event that disagree.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Disagreement {
    /// Index of the earlier draft.
    pub a: usize,
    /// Index of the later draft.
    pub b: usize,
    /// place, date, status, number of dead …
    pub attribute: &'static str,
}

/// Joins the mentions of one event; the drafts come in text order and stay in it.
pub fn merge(article: &Article, drafts: Vec<Draft>) -> (Vec<Draft>, Vec<Disagreement>) {
    let mut kept: Vec<Draft> = Vec::new();
    let mut disagreements = Vec::new();
    for draft in drafts {
        match kept.iter().position(|k| same_event(article, k, &draft)) {
            Some(index) => match conflict(article, &kept[index], &draft) {
                None => join(article, &mut kept[index], draft),
                Some(attribute) => {
                    disagreements.push(Disagreement { a: index, b: kept.len(), attribute });
                    kept.push(linked(draft, index));
                }
            },
            None => kept.push(draft),
        }
    }
    (kept, disagreements)
}

fn linked(mut draft: Draft, to: usize) -> Draft {
    draft.links.push(DraftLink { rel: "same_as", to });
    draft
}

/// Same type, same parties as far as both name them, at least one party in common, told in two sentences.
fn same_event(article: &Article, a: &Draft, b: &Draft) -> bool {
    if a.sentence == b.sentence
        || !same_type(a, b)
        || a.event == EventType::None
        || a.code != b.code
        || conditions_differ(article, a, b)
        || other_people_meet(article, a, b)
    {
        return false;
    }
    let (a_all, b_all) = (everybody(article, a), everybody(article, b));
    let shared = a_all.iter().filter(|x| b_all.iter().any(|y| are_related(x, y))).count();
    let sides = agree(article, &a.source, &b.source) && agree(article, &a.target, &b.target);
    let either_joint = a.reciprocal || b.reciprocal;
    let joint = either_joint && shared >= 2;
    let retold =
        is_summary(article, a) || is_summary(article, b) || dates_touch(a, b) || same_trigger(article, a, b);
    shared > 0
        && retold
        && (joint
            || (sides && shared >= 2 && !either_joint)
            || (sides
                && !either_joint
                && (a.target.is_empty()
                    || b.target.is_empty()
                    || a.source.is_empty()
                    || b.source.is_empty())))
}

/// A president's meeting is not that of a ministry of the same state.
fn other_people_meet(article: &Article, a: &Draft, b: &Draft) -> bool {
    let actor = |p: &Party| &article.entities[p.entity].actor;
    let named = |p: &&Party| !actor(p).generic && actor(p).kind != ActorKind::Country;
    let differ = |x: &Party| {
        let person = |p: &Party| actor(p).kind == ActorKind::Person;
        let fellows: Vec<&Party> =
            b.parties().filter(named).filter(|y| actor(x).country == actor(y).country).collect();
        let same = |y: &&Party| x.entity == y.entity || !(person(x) || person(y));
        actor(x).country.is_some() && !fellows.is_empty() && !fellows.iter().any(same)
    };
    a.event == EventType::Consult && a.parties().filter(named).any(differ)
}

/// A stance under two conditions is two stances.
fn conditions_differ(article: &Article, a: &Draft, b: &Draft) -> bool {
    let words = |d: &Draft| d.condition.map(|c| c.of(&article.document.text).to_lowercase());
    matches!((words(a), words(b)), (Some(x), Some(y)) if x != y)
}

fn same_type(a: &Draft, b: &Draft) -> bool {
    a.event == b.event
        && (a.modes.is_empty() || b.modes.is_empty() || a.modes == b.modes || a.event == EventType::Consult)
}

/// Headlines, standfirsts and captions tell again what the body tells.
fn is_summary(article: &Article, draft: &Draft) -> bool {
    matches!(
        article.parts[draft.sentence],
        PartKind::Headline | PartKind::Standfirst | PartKind::Caption | PartKind::Subheading
    )
}

fn dates_touch(a: &Draft, b: &Draft) -> bool {
    matches!((value(a), value(b)), (Some(x), Some(y)) if x == y)
}

fn value(draft: &Draft) -> Option<&str> {
    draft.date.as_ref()?.value.as_deref()
}

fn same_trigger(article: &Article, a: &Draft, b: &Draft) -> bool {
    let lemma = |d: &Draft| article.sentences[d.sentence].words[d.predicate].lemma.to_lowercase();
    lemma(a) == lemma(b)
}

/// What stands for a party: its country and first sector, or itself.
pub fn key(article: &Article, party: &Party) -> String {
    let actor = &article.entities[party.entity].actor;
    match &actor.country {
        Some(country) if actor.sectors.first().is_none_or(|s| s == "GOV") => format!("{country} GOV"),
        Some(country) if actor.generic => {
            format!("{country} {}", actor.sectors.first().map_or("", String::as_str))
        }
        None if actor.generic => uncounted(&actor.name),
        _ => actor.id.clone(),
    }
}

/// "over 700 asylum seekers" and "asylum seekers" can be the same people: the noun and the word before it.
fn uncounted(name: &str) -> String {
    let words: Vec<String> = name
        .split_whitespace()
        .map(str::to_lowercase)
        .filter(|w| !w.starts_with(|c: char| c.is_ascii_digit()) && !COUNTING.contains(&w.as_str()))
        .collect();
    words.get(words.len().saturating_sub(2)..).unwrap_or_default().join(" ")
}

/// Words that count or point and say nothing of who somebody is.
const COUNTING: &[&str] = &[
    "a",
    "about",
    "all",
    "an",
    "around",
    "at",
    "dozen",
    "dozens",
    "few",
    "hundred",
    "hundreds",
    "least",
    "many",
    "more",
    "nearly",
    "of",
    "other",
    "over",
    "several",
    "some",
    "than",
    "the",
    "these",
    "those",
    "thousand",
    "thousands",
];

fn keys(article: &Article, parties: &[Party]) -> BTreeSet<String> {
    parties.iter().map(|p| key(article, p)).collect()
}

fn everybody(article: &Article, draft: &Draft) -> BTreeSet<String> {
    keys(article, &draft.source).union(&keys(article, &draft.target)).cloned().collect()
}

/// Whether the two lists can be the same: one is empty, or they share a member.
fn agree(article: &Article, a: &[Party], b: &[Party]) -> bool {
    let (a, b) = (keys(article, a), keys(article, b));
    a.is_empty() || b.is_empty() || a.iter().any(|x| b.iter().any(|y| are_related(x, y)))
}

/// The same, or a body and its mission, force or committee ("african-union", "african-union-mission-in-norland").
fn are_related(a: &str, b: &str) -> bool {
    let begins = |long: &str, short: &str| {
        short.contains('-') && long.strip_prefix(short).is_some_and(|rest| rest.starts_with('-'))
    };
    a == b || begins(a, b) || begins(b, a)
}

/// The fact on which two mentions of one event cannot both be right.
fn conflict(article: &Article, a: &Draft, b: &Draft) -> Option<&'static str> {
    if places_clash(article, a, b) {
        return Some("place");
    }
    let days = |d: &Draft| value(d).filter(|v| v.len() == 10).map(str::to_owned);
    match (days(a), days(b)) {
        (Some(x), Some(y)) if x != y => return Some("date"),
        _ => {}
    }
    match (a.casualties.0, b.casualties.0) {
        (Some(x), Some(y)) if x != y => Some("number of dead"),
        _ => None,
    }
}

/// Two towns are two places; a town and its country or province are not.
fn places_clash(article: &Article, a: &Draft, b: &Draft) -> bool {
    let (Some(x), Some(y)) = (&a.place, &b.place) else { return false };
    let holds = |(a, b): (Entry, Entry)| a.holds(b) || b.holds(a);
    let contained =
        x.precision == "country" || y.precision == "country" || x.entry.zip(y.entry).is_some_and(holds);
    let countries_differ = x.country.is_some() && y.country.is_some() && x.country != y.country;
    let mentions_other =
        |d: &Draft, name: &str| article.sentences[d.sentence].span.of(&article.document.text).contains(name);
    (countries_differ || !contained)
        && x.name != y.name
        && !mentions_other(a, &y.name)
        && !mentions_other(b, &x.name)
}

/// The fuller mention leads; the body outweighs headline and caption; what the other adds is kept.
fn join(article: &Article, kept: &mut Draft, other: Draft) {
    let weight = |d: &Draft| {
        (
            !is_summary(article, d),
            d.source.len().min(2) + d.target.len().min(2),
            d.date.is_some(),
            d.place.is_some(),
        )
    };
    let other_leads = weight(&other) > weight(kept);
    let mut rest = if other_leads { std::mem::replace(kept, other) } else { other };
    kept.trail.push(Why {
        field: "mentions",
        rule: "same type and parties told again".to_owned(),
        span: Some(article.sentences[rest.sentence].span),
    });
    if kept.condition.is_none() && kept.status == Status::Hypothetical && rest.status == Status::Conditional {
        let rule = "another mention says on which condition".to_owned();
        kept.trail.push(Why { field: "status", rule, span: rest.condition });
        (kept.status, kept.condition) = (Status::Conditional, rest.condition);
    }
    kept.mentions.push((rest.sentence, std::mem::take(&mut rest.trigger)));
    kept.mentions.append(&mut rest.mentions);
    kept.mentions.sort();
    fill_gaps(kept, rest);
}

fn fill_gaps(kept: &mut Draft, rest: Draft) {
    if kept.source.is_empty() && !rest.reciprocal {
        kept.source = rest.source.into_iter().map(from_elsewhere).collect();
    }
    if kept.target.is_empty() && !kept.reciprocal {
        kept.target = rest.target.into_iter().map(from_elsewhere).collect();
    }
    kept.date = kept.date.take().or(rest.date);
    kept.place =
        kept.place.take().or_else(|| rest.place.map(|p| crate::draft::Where { implicit: true, ..p }));
    kept.casualties = (kept.casualties.0.or(rest.casualties.0), kept.casualties.1.or(rest.casualties.1));
    for mode in rest.modes {
        if !kept.modes.contains(&mode) {
            kept.modes.push(mode);
        }
    }
    for context in rest.contexts {
        if !kept.contexts.contains(&context) {
            kept.contexts.push(context);
        }
    }
    kept.contexts.sort();
}

fn from_elsewhere(party: Party) -> Party {
    Party { resolved_by: "antecedent", ..party }
}
