//! The analysis as JSON: offsets in Unicode code points, words counted from 0.

use serde::Serialize;
use tidings_text::{CodePoints, Span};

use crate::Sentence;

/// One sentence.
#[derive(Debug, Serialize)]
pub struct SentenceView<'s> {
    start: usize,
    end: usize,
    words: Vec<WordView<'s>>,
    names: Vec<NameView>,
    predicates: Vec<PredicateView>,
    attributions: Vec<AttributionView>,
}

#[derive(Debug, Serialize)]
struct WordView<'s> {
    start: usize,
    end: usize,
    form: &'s str,
    lemma: &'s str,
    upos: &'static str,
    features: &'s str,
    head: Option<usize>,
    relation: &'static str,
    factuality: f32,
}

#[derive(Debug, Serialize)]
struct NameView {
    words: [usize; 2],
    kind: &'static str,
    score: f32,
}

#[derive(Debug, Serialize)]
struct PredicateView {
    word: usize,
    score: f32,
    arguments: Vec<ArgumentView>,
}

#[derive(Debug, Serialize)]
struct ArgumentView {
    role: &'static str,
    word: usize,
    score: f32,
}

#[derive(Debug, Serialize)]
struct AttributionView {
    cue: [usize; 2],
    source: Vec<[usize; 2]>,
    content: Vec<[usize; 2]>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    further: Vec<[usize; 2]>,
    score: f32,
}

/// What of the sentence goes into JSON.
pub fn view<'s>(sentence: &'s Sentence, points: &CodePoints) -> SentenceView<'s> {
    let at = |span: Span| (points.at(span.start), points.at(span.end));
    let (start, end) = at(sentence.span);
    let range = |r: &std::ops::Range<usize>| [r.start, r.end];
    SentenceView {
        start,
        end,
        words: sentence
            .words
            .iter()
            .map(|w| {
                let (start, end) = at(w.span);
                WordView {
                    start,
                    end,
                    form: &w.form,
                    lemma: &w.lemma,
                    upos: w.upos.as_str(),
                    features: &w.features,
                    head: w.head,
                    relation: w.relation.as_str(),
                    factuality: rounded(w.factuality),
                }
            })
            .collect(),
        names: sentence
            .names
            .iter()
            .map(|n| NameView { words: range(&n.words), kind: n.kind.as_str(), score: rounded(n.score) })
            .collect(),
        predicates: sentence
            .predicates
            .iter()
            .map(|p| PredicateView {
                word: p.word,
                score: rounded(p.score),
                arguments: p
                    .arguments
                    .iter()
                    .map(|a| ArgumentView { role: a.role.as_str(), word: a.word, score: rounded(a.score) })
                    .collect(),
            })
            .collect(),
        attributions: sentence
            .attributions
            .iter()
            .map(|a| AttributionView {
                cue: range(&a.cue),
                source: a.source.iter().map(range).collect(),
                content: a.content.iter().map(range).collect(),
                further: a.further.iter().map(|s| at(*s).into()).collect(),
                score: rounded(a.score),
            })
            .collect(),
    }
}

fn rounded(value: f32) -> f32 {
    (value * 1000.0).round() / 1000.0
}
