//! Which kind of act passes between two actors? Scores of a pair, pooled from what the branch of the model says of words.
//!
//! The branch runs once a sentence beside the last layers of the encoder; a pair costs two small products here. What the
//! kinds mean is the business of those who ask: here they are labels of a file.

use std::ops::Range;

use crate::error::ModelError;
use crate::matrix::{Matrix, padded};
use crate::network::Tensors;

/// What the branch says of each word of a sentence: what it means, and whom it concerns. Empty where the branch did not
/// run, because nothing in the sentence could be an actor or an act.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct ActViews {
    view: Vec<f32>,
    key: Vec<f32>,
    words: usize,
}

impl ActViews {
    /// Whether the branch read the sentence.
    pub fn is_empty(&self) -> bool {
        self.words == 0
    }

    pub(crate) fn push(&mut self, view: &[f32], key: &[f32]) {
        self.view.extend_from_slice(view);
        self.key.extend_from_slice(key);
        self.words += 1;
    }

    /// Puts the `added` words of the next window behind the `before` words that are there; a window that the branch did
    /// not read counts as zeros, unless it read none of them.
    pub(crate) fn append(&mut self, before: usize, next: ActViews, added: usize) {
        if self.is_empty() && next.is_empty() {
            return;
        }
        let any = if self.is_empty() { &next } else { &*self };
        let widths = (any.view.len() / any.words, any.key.len() / any.words);
        self.pad(before, widths);
        self.view.extend(next.view);
        self.key.extend(next.key);
        self.words += next.words;
        self.pad(before + added, widths);
    }

    fn pad(&mut self, words: usize, (view, key): (usize, usize)) {
        self.view.resize(words * view, 0.0);
        self.key.resize(words * key, 0.0);
        self.words = words;
    }

    fn view(&self, word: usize) -> &[f32] {
        let width = self.view.len() / self.words.max(1);
        self.view.get(word * width..(word + 1) * width).unwrap_or(&[])
    }

    fn key(&self, word: usize) -> &[f32] {
        let width = self.key.len() / self.words.max(1);
        self.key.get(word * width..(word + 1) * width).unwrap_or(&[])
    }

    /// The mean of the views of some words; zeros for none.
    fn mean(&self, words: impl Iterator<Item = usize>) -> Vec<f32> {
        let mut sum = vec![0.0; self.view.len() / self.words.max(1)];
        let mut count = 0.0f32;
        for word in words.filter(|w| *w < self.words) {
            sum.iter_mut().zip(self.view(word)).for_each(|(s, v)| *s += v);
            count += 1.0;
        }
        sum.iter_mut().for_each(|s| *s /= count.max(1.0));
        sum
    }
}

/// A product with a bias.
struct Dense {
    weight: Matrix,
    bias: Vec<f32>,
    inputs: usize,
    outputs: usize,
}

impl Dense {
    /// `NAME.weight` \[out\]\[in\] and `NAME.bias`.
    fn read(tensors: &Tensors, name: &str) -> Result<Self, ModelError> {
        let (shape, weight) = tensors.floats(&format!("{name}.weight"))?;
        let (&[outputs, inputs], false) = (&shape[..], weight.is_empty()) else {
            return Err(tensors.wrong(name, "is no matrix"));
        };
        let bias = padded(&tensors.list(&format!("{name}.bias"), outputs)?);
        Ok(Self { weight: Matrix::turned(&weight, inputs), bias, inputs, outputs })
    }

    fn apply(&self, x: &[f32]) -> Vec<f32> {
        let mut out = self.bias.clone();
        self.weight.add_product(x, &mut out);
        out.truncate(self.outputs);
        out
    }
}

fn dot(a: &[f32], b: &[f32]) -> f32 {
    a.iter().zip(b).map(|(x, y)| x * y).sum()
}

/// The classifier of pairs.
pub struct ActClassifier {
    query: Dense,
    hidden: Dense,
    out: Dense,
    labels: Vec<String>,
}

impl ActClassifier {
    /// From the weights `query`, `hidden` and `out` of the file.
    pub(crate) fn read(tensors: &Tensors, labels: Vec<String>) -> Result<Self, ModelError> {
        let get = |name: &str| Dense::read(tensors, name);
        let read = Self { query: get("query")?, hidden: get("hidden")?, out: get("out")?, labels };
        let width = read.hidden.inputs / 4;
        if read.out.outputs != read.labels.len()
            || read.out.inputs != read.hidden.outputs
            || read.query.inputs != 2 * width
        {
            return Err(tensors.wrong("query, hidden and out", "do not fit each other or labels.json"));
        }
        Ok(read)
    }

    /// Widths of the view and the key of a word.
    pub(crate) fn widths(&self) -> (usize, usize) {
        (self.hidden.inputs / 4, self.query.outputs)
    }

    /// Each label with its probability, in the order of the labels; none where the branch did not run.
    pub fn scores(&self, views: &ActViews, pair: &Pair) -> Vec<(&str, f32)> {
        if views.is_empty() {
            return Vec::new();
        }
        let (source, target) = (views.mean(pair.source.clone()), views.mean(pair.target.clone()));
        let act = match pair.predicate {
            Some(word) => views.mean(std::iter::once(word)),
            None => self.looked_for(views, &source, &target),
        };
        let x = [source, target, act, views.mean(0..views.words)].concat();
        let hidden: Vec<f32> = self.hidden.apply(&x).into_iter().map(gelu).collect();
        let chances = softmax(&self.out.apply(&hidden));
        self.labels.iter().map(String::as_str).zip(chances).collect()
    }

    /// The act as it looks from both sides, where no word was named: all words, weighted by how much they concern the two.
    fn looked_for(&self, views: &ActViews, source: &[f32], target: &[f32]) -> Vec<f32> {
        let query = self.query.apply(&[source, target].concat());
        let root = (query.len() as f32).sqrt();
        let scores: Vec<f32> = (0..views.words).map(|w| dot(views.key(w), &query) / root).collect();
        let mut sum = vec![0.0; source.len()];
        for (word, weight) in softmax(&scores).into_iter().enumerate() {
            sum.iter_mut().zip(views.view(word)).for_each(|(s, v)| *s += weight * v);
        }
        sum
    }
}

/// Whose act upon whom is asked for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Pair {
    /// Words of the one who acts; may be empty.
    pub source: Range<usize>,
    /// Words of the one acted upon; may be empty.
    pub target: Range<usize>,
    /// The word that tells the act, if it is known.
    pub predicate: Option<usize>,
}

fn softmax(scores: &[f32]) -> Vec<f32> {
    let top = scores.iter().copied().fold(f32::MIN, f32::max);
    let weights: Vec<f32> = scores.iter().map(|s| (s - top).exp()).collect();
    let sum: f32 = weights.iter().sum();
    weights.into_iter().map(|w| w / sum).collect()
}

/// The exact form, by the error function (Abramowitz and Stegun 7.1.26, error below 1.5e-7).
pub(crate) fn gelu(x: f32) -> f32 {
    let z = x.abs() / std::f32::consts::SQRT_2;
    let t = 1.0 / (1.0 + 0.327_591_1 * z);
    let series =
        t * (0.254_829_6 + t * (-0.284_496_72 + t * (1.421_413_8 + t * (-1.453_152_1 + t * 1.061_405_4))));
    let erf = 1.0 - series * (-z * z).exp();
    0.5 * x * (1.0 + erf.copysign(x))
}

#[cfg(test)]
mod tests {
    use super::{ActViews, gelu, softmax};

    #[test]
    fn means_are_over_the_words_that_are_there() {
        let mut views = ActViews::default();
        views.push(&[1.0, 2.0], &[0.0]);
        views.push(&[3.0, 6.0], &[0.0]);
        assert_eq!(views.mean(0..2), [2.0, 4.0]);
        assert_eq!(views.mean(1..9), [3.0, 6.0]);
        assert_eq!(views.mean(5..9), [0.0, 0.0]);
        assert!(ActViews::default().mean(0..3).is_empty());
    }

    #[test]
    fn windows_that_were_not_read_count_as_zeros() {
        let mut read = ActViews::default();
        read.push(&[1.0], &[2.0]);
        let mut whole = ActViews::default();
        whole.append(0, ActViews::default(), 2);
        assert!(whole.is_empty());
        whole.append(2, read.clone(), 1);
        whole.append(3, ActViews::default(), 1);
        assert_eq!((whole.words, whole.mean(0..2), whole.mean(2..3)), (4, vec![0.0], vec![1.0]));
    }

    #[test]
    fn the_functions_are_those_of_the_training() {
        for (x, y) in [(0.0, 0.0), (1.0, 0.841_344_7), (-1.0, -0.158_655_3), (3.0, 2.995_950_3)] {
            assert!((gelu(x) - y).abs() < 1e-5, "gelu({x}) = {}", gelu(x));
        }
        let chances = softmax(&[1000.0, 1000.0]);
        assert_eq!(chances, [0.5, 0.5]);
    }
}
