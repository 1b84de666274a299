//! Scores of pairs of words: score(a, b, label) = Σ aₖ bₖ w[k, label] + a · left[label] + b · right[label] + bias[label].

use crate::error::ModelError;
use crate::matrix::{Matrix, padded};
use crate::network::Tensors;

/// The weights of one family of labels.
pub(crate) struct PairScorer {
    labels: usize,
    weight: Matrix,
    left: Matrix,
    right: Matrix,
    bias: Vec<f32>,
}

impl PairScorer {
    /// The weights `NAME.weight`, `.left`, `.right`, `.bias` of the file.
    pub fn read(tensors: &Tensors, name: &str, labels: usize) -> Result<Self, ModelError> {
        let (shape, weight) = tensors.floats(&format!("{name}.weight"))?;
        let rank = shape.first().copied().unwrap_or(0);
        if weight.len() != rank * labels {
            return Err(tensors.wrong(name, "does not fit labels.json"));
        }
        let matrix =
            |part: &str| Ok(Matrix::new(&tensors.list(&format!("{name}.{part}"), rank * labels)?, labels));
        Ok(Self {
            labels,
            weight: matrix("weight")?,
            left: matrix("left")?,
            right: matrix("right")?,
            bias: padded(&tensors.list(&format!("{name}.bias"), labels)?),
        })
    }

    /// What `a` alone contributes to each label, with the bias.
    pub fn left(&self, a: &[f32]) -> Vec<f32> {
        let mut out = self.bias.clone();
        self.left.add_product(a, &mut out);
        out
    }

    /// What `b` alone contributes to each label.
    pub fn right(&self, b: &[f32]) -> Vec<f32> {
        let mut out = vec![0.0; self.bias.len()];
        self.right.add_product(b, &mut out);
        out
    }

    /// The scores of all labels, given the two words and what each contributes alone.
    pub fn scores(&self, a: &[f32], b: &[f32], left: &[f32], right: &[f32]) -> Vec<f32> {
        let product: Vec<f32> = a.iter().zip(b).map(|(x, y)| x * y).collect();
        let mut out: Vec<f32> = left.iter().zip(right).map(|(x, y)| x + y).collect();
        self.weight.add_product(&product, &mut out);
        out.truncate(self.labels);
        out
    }
}

/// The best label and its probability.
pub(crate) fn best(scores: &[f32]) -> (usize, f32) {
    let top = scores
        .iter()
        .copied()
        .enumerate()
        .max_by(|a, b| a.1.total_cmp(&b.1).then(b.0.cmp(&a.0)))
        .unwrap_or((0, 0.0));
    let sum: f32 = scores.iter().map(|s| (s - top.1).exp()).sum();
    (top.0, 1.0 / sum)
}
