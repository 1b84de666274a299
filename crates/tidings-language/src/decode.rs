//! From the model's numbers to words, tree, names, roles and attributions.

use std::ops::Range;

use tidings_text::Span;

use crate::model::{Model, Output};
use crate::pairs::{PairScorer, best};
use crate::windows::Window;
use crate::{Argument, Attribution, Predicate, Relation, Sentence, Upos, Word, lemma, names, tree};

/// Probability from which a word is a predicate.
const PREDICATE: f32 = 0.5;

/// Adds what `row` of the output says about `window` to its sentence. Predicates that are given are taken as they are.
pub(crate) fn add_window(model: &Model, output: &Output, row: usize, window: &Window, forms: &[(&str, Span)], given: Option<&[usize]>, sentence: &mut Sentence) {
    let count = window.words.len();
    let heads = heads(output, row, count);
    let relations = relations(model, output, row, &heads);
    let first_root = sentence.root();
    for word in 0..count {
        let (form, span) = forms[window.words.start + word];
        let mut built = built(model, output, row, word + 1, form, span);
        (built.head, built.relation) = match heads[word + 1] {
            0 if first_root.is_none() => (None, Relation::Root),
            // A later window of a long sentence goes on where the first one stopped.
            0 => (first_root, Relation::Parataxis),
            head => (Some(window.words.start + head - 1), relations[word + 1]),
        };
        sentence.words.push(built);
    }
    let shift = |range: Range<usize>| range.start + window.words.start..range.end + window.words.start;
    let scores: Vec<&[f32]> = (1..=count).map(|w| output.names.at(row, w)).collect();
    sentence.names.extend(names::decode(&scores, &model.labels.names).into_iter().map(|n| crate::Name { words: shift(n.words), ..n }));
    sentence.predicates.extend(predicates(model, output, row, window, given));
    sentence.attributions.extend(attributions(model, output, row, count).into_iter().map(|a| Attribution {
        cue: shift(a.cue),
        source: a.source.into_iter().map(shift).collect(),
        content: a.content.into_iter().map(shift).collect(),
        score: a.score,
    }));
}

fn built(model: &Model, output: &Output, row: usize, word: usize, form: &str, span: Span) -> Word {
    let upos = model.labels.upos.get(best(output.upos.at(row, word)).0).copied().unwrap_or_default();
    let class = |value: f32| value.max(0.0) as usize;
    let features = model.labels.features.get(class(output.features.one(row, word))).cloned().unwrap_or_else(|| "".into());
    let rule = model.labels.lemma_rules.get(class(output.lemma.one(row, word))).map_or("l|0|", String::as_str);
    Word { span, form: form.to_owned(), lemma: lemma_of(model, form, upos, rule), upos, features, head: None, relation: Relation::Root, factuality: output.factuality.one(row, word) }
}

fn lemma_of(model: &Model, form: &str, upos: Upos, rule: &str) -> String {
    let plain = form.to_lowercase().replace('’', "'");
    model.lemmas.get(&(plain, upos)).cloned().unwrap_or_else(|| lemma::apply(rule, form))
}

/// Heads by word number, 0 for the root; the entry of the root itself is 0.
fn heads(output: &Output, row: usize, count: usize) -> Vec<usize> {
    let arcs: tree::Arcs = (0..=count).map(|d| output.arc.at(row, d).get(..=count).unwrap_or(&[]).to_vec()).collect();
    tree::heads(&arcs)
}

fn relations(model: &Model, output: &Output, row: usize, heads: &[usize]) -> Vec<Relation> {
    let scorer = &model.relation;
    let mut found = vec![Relation::Root];
    for (word, head) in heads.iter().copied().enumerate().skip(1) {
        let (a, b) = (output.relation_dependent.at(row, word), output.relation_head.at(row, head));
        let mut scores = scorer.scores(a, b, &scorer.left(a), &scorer.right(b));
        if let Some(root) = model.labels.relations.iter().position(|r| *r == Relation::Root).filter(|_| head != 0) {
            scores[root] = f32::MIN;
        }
        found.push(model.labels.relations.get(best(&scores).0).copied().unwrap_or_default());
    }
    found
}

fn predicates(model: &Model, output: &Output, row: usize, window: &Window, given: Option<&[usize]>) -> Vec<Predicate> {
    let count = window.words.len();
    let probability = |w: usize| 1.0 / (1.0 + (-output.predicate.one(row, w)).exp());
    let chosen: Vec<usize> = match given {
        Some(list) => list.iter().filter(|w| window.words.contains(w)).map(|w| w - window.words.start + 1).collect(),
        None => (1..=count).filter(|w| probability(*w) > PREDICATE).collect(),
    };
    if chosen.is_empty() {
        return Vec::new();
    }
    let right: Vec<Vec<f32>> = (0..=count).map(|w| model.role.right(output.role_argument.at(row, w))).collect();
    chosen
        .into_iter()
        .map(|predicate| Predicate {
            word: predicate - 1 + window.words.start,
            score: probability(predicate),
            arguments: labelled(&model.role, output.role_predicate.at(row, predicate), |w| output.role_argument.at(row, w), &right, count)
                .filter(|(word, ..)| *word != predicate)
                .filter_map(|(word, label, score)| Some(Argument { role: (*model.labels.roles.get(label)?)?, word: word - 1 + window.words.start, score }))
                .collect(),
        })
        .collect()
}

/// The words to which the scorer gives a label other than 0, with label and probability.
fn labelled<'o>(scorer: &'o PairScorer, a: &'o [f32], word: impl Fn(usize) -> &'o [f32] + 'o, right: &'o [Vec<f32>], count: usize) -> impl Iterator<Item = (usize, usize, f32)> + 'o {
    let left = scorer.left(a);
    (1..=count).filter_map(move |w| {
        let (label, score) = best(&scorer.scores(a, word(w), &left, &right[w]));
        (label != 0).then_some((w, label, score))
    })
}

/// Cues are B and I runs; the words linked to a cue's first word are its source (1) and content (2).
fn attributions(model: &Model, output: &Output, row: usize, count: usize) -> Vec<Attribution> {
    let labels: Vec<(usize, f32)> = (1..=count).map(|w| best(output.cue.at(row, w))).collect();
    let begins: Vec<usize> = (0..count).filter(|w| labels[*w].0 == 1).collect();
    if begins.is_empty() {
        return Vec::new();
    }
    let right: Vec<Vec<f32>> = (0..=count).map(|w| model.link.right(output.link_word.at(row, w))).collect();
    begins
        .into_iter()
        .map(|start| {
            let end = (start + 1..count).find(|w| labels[*w].0 != 2).unwrap_or(count);
            let linked: Vec<(usize, usize)> = labelled(&model.link, output.link_cue.at(row, start + 1), |w| output.link_word.at(row, w), &right, count).map(|(w, label, _)| (w - 1, label)).collect();
            let runs = |label: usize| runs(linked.iter().filter(|(w, l)| *l == label && !(start..end).contains(w)).map(|(w, _)| *w));
            Attribution { cue: start..end, source: runs(1), content: runs(2), score: labels[start].1 }
        })
        .collect()
}

/// Neighbouring words as ranges.
fn runs(words: impl Iterator<Item = usize>) -> Vec<Range<usize>> {
    let mut found: Vec<Range<usize>> = Vec::new();
    for word in words {
        match found.last_mut() {
            Some(range) if range.end == word => range.end = word + 1,
            _ => found.push(word..word + 1),
        }
    }
    found
}
