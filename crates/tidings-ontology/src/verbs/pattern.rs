//! The words of a pattern as conditions of trigger entries.

use std::collections::{BTreeMap, BTreeSet};

use crate::triggers::When;

/// Sets of words by name.
pub(super) type Sets = BTreeMap<String, Vec<String>>;

/// Words that go with a verb as particles.
const PARTICLES: &[&str] = &[
    "along", "apart", "aside", "away", "back", "down", "forward", "forth", "off", "out", "over", "together",
    "up", "through", "on", "in", "around",
];
/// Words that open a phrase.
const PREPOSITIONS: &[&str] = &[
    "about", "against", "after", "among", "as", "at", "before", "behind", "between", "by", "down", "for",
    "from", "in", "inside", "into", "near", "of", "off", "on", "onto", "out", "over", "through", "to",
    "toward", "towards", "under", "upon", "with", "within", "without",
];

/// A piece of a pattern.
enum Piece<'p> {
    Word(&'p str),
    /// `{PEACE TALKS}`.
    Nouns(Vec<&'p str>),
    /// `(FOR CEASEFIRE)`.
    Phrase(Vec<&'p str>),
}

/// The name of a set: the mark at its end only forbids inflection.
pub(super) fn set_name(text: &str) -> String {
    text.trim().trim_start_matches('&').trim_end_matches('_').to_lowercase()
}

/// Sets of conditions, each for an entry of its own, under which the words stand beside the verb; or why an entry
/// cannot say it.
fn conditions(text: &str, sets: &Sets) -> Result<Vec<When>, String> {
    let mut found = vec![When::default()];
    let mut nouns: Vec<Vec<String>> = Vec::new();
    let mut pieces = pieces(text)?.into_iter().peekable();
    while let Some(piece) = pieces.next() {
        match piece {
            Piece::Word(mark) if is_mark(mark) => {}
            Piece::Word(word) if is_in(word, PREPOSITIONS) || is_in(word, PARTICLES) => {
                let noun = match pieces.peek() {
                    Some(Piece::Word(next)) if is_noun(next) => Some(words(next, sets)?),
                    _ => None,
                };
                pieces.next_if(|_| noun.is_some());
                found = opened(found, &word.to_lowercase(), noun.as_deref());
            }
            Piece::Word(word) => nouns.push(words(word, sets)?),
            Piece::Nouns(list) => {
                for word in list {
                    nouns.push(words(word, sets)?);
                }
            }
            Piece::Phrase(list) => found = phrase(found, &mut nouns, &list, sets)?,
        }
    }
    objects(found, nouns)
}

/// `(FOR CEASEFIRE)`; `(ASIDE ENMITY)` is a particle and an object.
fn phrase(
    found: Vec<When>,
    nouns: &mut Vec<Vec<String>>,
    list: &[&str],
    sets: &Sets,
) -> Result<Vec<When>, String> {
    let list: Vec<&&str> = list.iter().filter(|w| !is_mark(w)).collect();
    match list.as_slice() {
        [] => Ok(found),
        [word] if is_in(word, PREPOSITIONS) || is_in(word, PARTICLES) => {
            Ok(opened(found, &word.to_lowercase(), None))
        }
        [word, noun] if is_in(word, PREPOSITIONS) => {
            Ok(opened(found, &word.to_lowercase(), Some(&words(noun, sets)?)))
        }
        [word, noun] if is_in(word, PARTICLES) => {
            nouns.push(words(noun, sets)?);
            Ok(opened(found, &word.to_lowercase(), None))
        }
        [word, ..] if is_in(word, PREPOSITIONS) => {
            Err("a phrase of more than a preposition and one noun".to_owned())
        }
        _ => Err("a phrase that no preposition opens".to_owned()),
    }
}

/// The word as particle or as preposition, whichever it can be; with a noun it opens a phrase, or "to" a clause.
fn opened(found: Vec<When>, word: &str, noun: Option<&[String]>) -> Vec<When> {
    let mut out = Vec::new();
    for when in found {
        if is_in(word, PREPOSITIONS) && when.prep.is_empty() {
            let prep = noun.map_or_else(
                || vec![word.to_owned()],
                |nouns| nouns.iter().map(|n| format!("{word} {n}")).collect(),
            );
            out.push(When { prep, ..when.clone() });
        }
        let Some(noun) = noun else {
            if is_in(word, PARTICLES) && when.particle.is_empty() {
                out.push(When { particle: vec![word.to_owned()], ..when });
            }
            continue;
        };
        if word == "to" {
            out.push(When { complement: noun.to_vec(), infinitive: Some(true), ..when });
        } else if is_in(word, PARTICLES) && when.particle.is_empty() && when.object.is_empty() {
            out.push(When { particle: vec![word.to_owned()], object: noun.to_vec(), ..when });
        }
    }
    out
}

/// The last noun is the object or the head of the clause, the one before it stands at it.
fn objects(found: Vec<When>, mut nouns: Vec<Vec<String>>) -> Result<Vec<When>, String> {
    let Some(object) = nouns.pop() else { return said(found) };
    let modifier = nouns.pop().unwrap_or_default();
    if !nouns.is_empty() {
        return Err("more than two words as object".to_owned());
    }
    let mut out = Vec::new();
    for when in found {
        if modifier.is_empty() && when.complement.is_empty() {
            out.push(When { complement: object.clone(), ..when.clone() });
        }
        if modifier.is_empty() && when.modifier.is_empty() {
            out.push(When { modifier: object.clone(), ..when.clone() });
        }
        if when.object.is_empty() {
            out.push(When { object: object.clone(), modifier: modifier.clone(), ..when });
        }
    }
    said(out)
}

fn said(found: Vec<When>) -> Result<Vec<When>, String> {
    if found.is_empty() { Err("more phrases than an entry can ask for".to_owned()) } else { Ok(found) }
}

/// Who acts, who is acted upon, several at once, anybody.
fn is_mark(word: &str) -> bool {
    matches!(word, "$" | "+" | "%" | "^")
}

/// The words of a text in order, without the marks for actors.
pub(super) fn sequence(text: &str, sets: &Sets) -> Result<Vec<Vec<String>>, String> {
    let mut found = Vec::new();
    for piece in pieces(text)? {
        let list = match piece {
            Piece::Word(word) => vec![word],
            Piece::Nouns(list) | Piece::Phrase(list) => list,
        };
        for word in list.into_iter().filter(|w| !is_mark(w)) {
            found.push(words(word, sets)?);
        }
    }
    Ok(found)
}

/// What stands behind the verb as conditions: its phrases where an entry can say them, and several words also in their
/// order, wherever below the verb they stand.
pub(super) fn behind(text: &str, sets: &Sets) -> Result<Vec<When>, String> {
    let words = sequence(text, sets)?;
    let several = words.len() > 1;
    let plain = When { after: words, ..When::default() };
    match conditions(text, sets) {
        Ok(found) if several => Ok(found.into_iter().chain([plain]).collect()),
        Ok(found) => Ok(found),
        Err(_) => Ok(vec![plain]),
    }
}

fn is_in(word: &str, list: &[&str]) -> bool {
    list.contains(&word.to_lowercase().as_str())
}

fn is_noun(word: &str) -> bool {
    !is_mark(word) && !is_in(word, PREPOSITIONS) && !is_in(word, PARTICLES)
}

/// A word in the forms in which a lemma may be written, or those of a set; a blank joins the words of a name.
fn words(word: &str, sets: &Sets) -> Result<Vec<String>, String> {
    let mut out = BTreeSet::new();
    let mut open = vec![word.to_owned()];
    let mut seen = BTreeSet::new();
    while let Some(word) = open.pop() {
        if word.starts_with('&') {
            let name = set_name(&word);
            let Some(members) = sets.get(&name) else {
                return Err(format!("the set &{} is not defined", name.to_uppercase()));
            };
            if seen.insert(name) {
                open.extend(members.iter().cloned());
            }
        } else {
            let word = word.split(['_', ' ']).filter(|w| !w.is_empty()).collect::<Vec<_>>().join(" ");
            let word = word.to_lowercase();
            if !word.is_empty() {
                out.extend(singular(&word));
                out.insert(word);
            }
        }
    }
    if out.is_empty() {
        return Err(format!("no word is in {word}"));
    }
    Ok(out.into_iter().collect())
}

/// "talks" may have the lemma "talk", "supplies" "supply", "ties" "tie".
fn singular(word: &str) -> Vec<String> {
    let stem = word.strip_suffix('s').filter(|s| s.len() > 2 && !s.ends_with(['s', 'u', 'i']));
    let with_y = stem.and_then(|s| s.strip_suffix("ie")).map(|s| format!("{s}y"));
    stem.map(str::to_owned).into_iter().chain(with_y).collect()
}

/// Words, `{…}` and `(…)`; `_` joins words that stand side by side.
fn pieces(text: &str) -> Result<Vec<Piece<'_>>, String> {
    let mut out = Vec::new();
    let mut rest = text;
    loop {
        rest = rest.trim_start_matches([' ', '_', '\t']);
        let Some(first) = rest.chars().next() else { return Ok(out) };
        let close = match first {
            '{' => '}',
            '(' => ')',
            _ => {
                let end = rest.find([' ', '_', '\t', '{', '(']).unwrap_or(rest.len());
                let (word, after) = rest.split_at(end);
                out.push(Piece::Word(word));
                rest = after;
                continue;
            }
        };
        let unclosed = || format!("'{first}' is not closed");
        let (inner, after) = rest[1..].split_once(close).ok_or_else(unclosed)?;
        if inner.contains(['{', '(']) {
            return Err("a phrase within a phrase".to_owned());
        }
        let words: Vec<&str> = inner.split([' ', '_', '\t']).filter(|w| !w.is_empty()).collect();
        out.push(if first == '{' { Piece::Nouns(words) } else { Piece::Phrase(words) });
        rest = after;
    }
}
