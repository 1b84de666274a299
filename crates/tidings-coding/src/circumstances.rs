//! When and where: the time expression and the place that the words tie to an event; never the publication date.

use tidings_actors::Knowledge;
use tidings_language::{NameKind, Relation, Sentence, Upos};
use tidings_text::Span;
use tidings_time::TimexKind;

use crate::article::Article;
use crate::draft::{When, Where};
use crate::matching::Frame;
use crate::phrase;

/// Steps in the tree beyond which an expression belongs to something else.
const MAX_STEPS: usize = 6;

/// The time expression of the event, if its clause or sentence has one.
pub fn when(article: &Article, number: usize, frame: Frame) -> Option<When> {
    let sentence = &article.sentences[number];
    let (index, _) = article
        .timexes
        .iter()
        .enumerate()
        .filter(|(_, t)| t.sentence == number && matches!(t.kind, TimexKind::Date | TimexKind::Time))
        .filter_map(|(index, t)| Some((index, tie(article, sentence, number, frame, t.head)?)))
        .min_by_key(|(index, steps)| (*steps, *index))?;
    let timex = &article.timexes[index];
    Some(When {
        timex: Some(index),
        value: timex.interval(),
        precision: timex.precision.as_str().to_owned(),
        basis: timex.basis.clone(),
    })
}

/// Steps from the event's word to the phrase headed by `other`; `None` if a word of saying or another event that
/// is nearer owns it.
fn tie(article: &Article, sentence: &Sentence, number: usize, frame: Frame, other: usize) -> Option<usize> {
    if sentence.is_within(frame.word, other) && frame.word != other {
        return None;
    }
    let own = [Some(frame.word), frame.light];
    let mut current = other;
    for down in 0..MAX_STEPS {
        if own.contains(&Some(current)) {
            return Some(down);
        }
        if down > 0 && is_saying_about(article, number, current, frame.word) {
            return None;
        }
        if let Some(up) = steps_up(sentence, frame.carrier(), current) {
            // The expression hangs on a word above the event: it frames the event unless a clause of its own begins.
            return (down + up <= MAX_STEPS && !crosses_clause(sentence, frame.carrier(), current))
                .then_some(down + up + 2);
        }
        current = sentence.words[current].head?;
    }
    None
}

fn is_saying_about(article: &Article, number: usize, cue: usize, word: usize) -> bool {
    article.sayings.iter().any(|s| s.sentence == number && s.cue == cue && s.content.contains(&word))
}

fn steps_up(sentence: &Sentence, from: usize, to: usize) -> Option<usize> {
    std::iter::successors(Some(from), |w| sentence.words[*w].head).take(MAX_STEPS).position(|w| w == to)
}

/// A relative clause or an adverbial clause between the two has its own time.
fn crosses_clause(sentence: &Sentence, from: usize, to: usize) -> bool {
    std::iter::successors(Some(from), |w| sentence.words[*w].head)
        .take_while(|w| *w != to)
        .any(|w| matches!(sentence.words[w].relation.base(), "acl" | "advcl" | "parataxis"))
}

/// The place to which the words tie the event.
pub fn place(
    article: &Article,
    number: usize,
    frame: Frame,
    knowledge: &Knowledge,
    visits: bool,
) -> Option<Where> {
    let sentence = &article.sentences[number];
    sentence
        .names
        .iter()
        .filter(|n| matches!(n.kind, NameKind::Location | NameKind::Facility))
        .filter_map(|name| {
            let head = phrase::head_of(sentence, name.words.clone());
            let base = place_phrase(sentence, head);
            let preposition = phrase::preposition(sentence, base)?;
            let locates = LOCATING.contains(&preposition.as_str())
                || (visits && matches!(preposition.as_str(), "to" | "for"));
            let steps = locates.then(|| tie(article, sentence, number, frame, base)).flatten()?;
            Some((steps, resolve(article, sentence.span_of(name.words.clone()), knowledge)?))
        })
        .min_by(|a, b| a.0.cmp(&b.0))
        .map(|(_, place)| place)
}

const LOCATING: &[&str] = &[
    "in",
    "at",
    "near",
    "outside",
    "inside",
    "off",
    "across",
    "on",
    "around",
    "throughout",
    "within",
    "along",
    "over",
];

/// "the village of X", "X province": the noun to which the name belongs.
fn place_phrase(sentence: &Sentence, head: usize) -> usize {
    let word = &sentence.words[head];
    let Some(governor) = word.head else { return head };
    let kind_of_place = sentence.words[governor].upos == Upos::Noun
        && GEOGRAPHIC.contains(&sentence.words[governor].lemma.as_str());
    match word.relation {
        Relation::Appos | Relation::Compound | Relation::NmodDesc | Relation::Flat if kind_of_place => {
            governor
        }
        Relation::Nmod if kind_of_place => governor,
        _ => head,
    }
}

const GEOGRAPHIC: &[&str] = &[
    "airport",
    "area",
    "base",
    "border",
    "camp",
    "capital",
    "city",
    "coast",
    "coastline",
    "county",
    "district",
    "outskirt",
    "outskirts",
    "island",
    "municipality",
    "neighborhood",
    "neighbourhood",
    "north",
    "south",
    "east",
    "west",
    "part",
    "port",
    "prefecture",
    "prison",
    "province",
    "region",
    "shore",
    "square",
    "state",
    "suburb",
    "territory",
    "town",
    "valley",
    "village",
];

fn resolve(article: &Article, span: Span, knowledge: &Knowledge) -> Option<Where> {
    let words = span.of(&article.document.text);
    if let Some(country) = knowledge.country_by_name(words) {
        let name = knowledge.state(country).map_or_else(|| words.to_owned(), |a| a.name);
        return Some(Where {
            span: Some(span),
            name,
            country: Some(country.to_owned()),
            point: None,
            precision: "country",
            implicit: false,
        });
    }
    let known = knowledge.place(words);
    let (name, country) = known.unwrap_or_else(|| (words.to_owned(), None));
    Some(Where { span: Some(span), name, country, point: None, precision: "city", implicit: false })
}
