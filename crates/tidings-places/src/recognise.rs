//! Which words of a document name places: from the names of the language analysis.

use std::collections::BTreeSet;

use tidings_language::{NameKind, Sentence};
use tidings_text::{Span, fold};

use crate::kind_words::KindWords;
use crate::spellings::is_direction;
use crate::{Candidate, Gazetteer, Kind, Resolved, Setting, Toponym, Way, resolve};

/// A place name of a document with its place.
#[derive(Clone, Debug)]
pub struct Found {
    /// Bytes of the text.
    pub span: Span,
    /// Number of its sentence.
    pub sentence: usize,
    /// Its place; `None` where the gazetteer has none of that name.
    pub place: Option<Resolved>,
    /// What part it plays.
    pub role: Role,
}

/// What part a place name plays in the text.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Role {
    /// It names the place: "in Norburg".
    Name,
    /// It is part of the name of a body or building: "Norburg Police".
    Part,
    /// It is an adjective or a people: "Norwegian".
    Adjective,
}

/// Finds the place names of a document and resolves them together.
pub fn places(text: &str, sentences: &[Sentence], setting: &Setting) -> Vec<Found> {
    let recognised = recognise(text, sentences);
    let toponyms: Vec<Toponym> = recognised.iter().map(|r| Toponym::at(text, r.span, r.sentence)).collect();
    let found = recognised.into_iter().zip(resolve(&toponyms, setting));
    found.map(|(Recognised { sentence, span, role }, place)| Found { span, sentence, place, role }).collect()
}

/// A place name, and what part it plays.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Recognised {
    sentence: usize,
    span: Span,
    role: Role,
}

/// The place names in the order of the text.
fn recognise(text: &str, sentences: &[Sentence]) -> Vec<Recognised> {
    let gazetteer = Gazetteer::embedded();
    let mut out: Vec<Recognised> = Vec::new();
    let mut others: Vec<(usize, Span, NameKind)> = Vec::new();
    for (sentence, words) in sentences.iter().enumerate() {
        for name in &words.names {
            let span = words.span_of(name.words.clone());
            match name.kind {
                NameKind::Location => {
                    let parts = parts(text, span).filter(|part| !is_direction(part.of(text)));
                    out.extend(parts.map(|span| Recognised { sentence, span, role: Role::Name }));
                }
                NameKind::Norp if is_nationality(gazetteer, span.of(text)) => {
                    out.push(Recognised { sentence, span, role: Role::Adjective });
                }
                kind => others.push((sentence, span, kind)),
            }
        }
    }
    let names = out.iter().filter(|o| o.role == Role::Name);
    let known: BTreeSet<String> = names.map(|o| fold(o.span.of(text))).collect();
    let more = others.into_iter().filter_map(|(sentence, span, kind)| {
        let (span, role) = hidden(text, span, kind, &known)?;
        Some(Recognised { sentence, span, role })
    });
    out.extend(more);
    out.sort_unstable();
    out
}

/// The place in a name that was taken for something else: the whole name, if it is a place elsewhere in the document
/// (`known`) or a state; the place in the name of a body or building.
fn hidden(text: &str, span: Span, kind: NameKind, known: &BTreeSet<String>) -> Option<(Span, Role)> {
    let gazetteer = Gazetteer::embedded();
    let name = span.of(text);
    let is_name = matches!(kind, NameKind::Organization | NameKind::Person);
    if is_name && (known.contains(&fold(name)) || is_state(gazetteer, name)) {
        return Some((span, Role::Name));
    }
    if !matches!(kind, NameKind::Organization | NameKind::Facility | NameKind::Misc) {
        return None;
    }
    let starts = std::iter::once(0).chain(OF.iter().filter_map(|of| Some(name.find(of)? + of.len())));
    starts
        .filter_map(|start| place_at(gazetteer, text, Span::new(span.start + start, span.end), known))
        .next()
}

/// What stands before the place in the name of a body: "University of Norburg".
const OF: &[&str] = &[" of ", " of the ", " in "];

/// The longest name at the start of `span` that is a place known well enough.
fn place_at(gazetteer: &Gazetteer, text: &str, span: Span, known: &BTreeSet<String>) -> Option<(Span, Role)> {
    let span = trimmed(span.of(text), span.start);
    let name = span.of(text);
    let ends = name.char_indices().filter(|(_, c)| matches!(c, ' ' | '-' | '\'' | '’')).map(|(at, _)| at);
    let mut ends: Vec<usize> = ends.take(LONGEST).collect();
    if ends.len() < LONGEST {
        ends.push(name.len());
    }
    ends.into_iter().rev().filter(|end| *end > 0).find_map(|end| {
        let part = name.get(..end)?;
        let candidates = gazetteer.candidates(part);
        // A whole name that was taken for a body is one, unless the document has the place too.
        let is_known = known.contains(&fold(part))
            || (end < name.len()
                && part.len() >= SHORTEST
                && candidates.iter().any(|c| is_well_known(c, part)));
        let role =
            if candidates.iter().all(|c| c.way == Way::Adjective) { Role::Adjective } else { Role::Part };
        (!candidates.is_empty() && is_known && !is_direction(part))
            .then(|| (Span::new(span.start, span.start + end), role))
    })
}

/// Bytes of a place that gives its name to a body.
const SHORTEST: usize = 3;
/// Most words of a place in the name of a body.
const LONGEST: usize = 4;

/// Large enough that a body is called after it and not after a person of that name.
fn is_well_known(candidate: &Candidate, name: &str) -> bool {
    match candidate.entry.kind() {
        Kind::Country | Kind::FirstDivision => candidate.way != Way::Short,
        Kind::SecondDivision => KindWords::table().in_name(name).is_some(),
        _ => candidate.way == Way::Preferred && candidate.entry.log_population() >= LARGE.ln(),
    }
}

/// Inhabitants.
const LARGE: f64 = 50_000.0;

/// "Paris, Texas" are two names; articles and possessives belong to none.
fn parts(text: &str, span: Span) -> impl Iterator<Item = Span> {
    let mut start = span.start;
    let pieces = span.of(text).split(',').map(move |piece| {
        let from = start + (piece.len() - piece.trim_start().len());
        start += piece.len() + 1;
        trimmed(piece.trim(), from)
    });
    pieces.filter(|piece| piece.start < piece.end)
}

fn trimmed(words: &str, start: usize) -> Span {
    let article = ["the ", "The "].iter().find(|a| words.starts_with(**a)).map_or(0, |a| a.len());
    let end =
        ["'s", "’s"].iter().find(|p| words.ends_with(**p)).map_or(words.len(), |p| words.len() - p.len());
    Span::new(start + article.min(end), start + end)
}

fn is_nationality(gazetteer: &Gazetteer, name: &str) -> bool {
    gazetteer.candidates(name).iter().any(|c| c.way == Way::Adjective)
}

/// Whether a name that was taken for something else is that of a country.
fn is_state(gazetteer: &Gazetteer, name: &str) -> bool {
    let names =
        |c: &Candidate| matches!(c.way, Way::Preferred | Way::Other) && c.entry.kind() == Kind::Country;
    gazetteer.candidates(name).iter().any(names)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_town_and_its_state_are_two_names() {
        let text = "in the Paris, Texas's";
        let found: Vec<&str> = parts(text, Span::new(3, text.len())).map(|s| s.of(text)).collect();
        assert_eq!(found, ["Paris", "Texas"]);
    }
}
