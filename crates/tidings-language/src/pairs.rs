//! Scores of pairs of words: score(a, b, label) = Σ aₖ bₖ w[k, label] + a · left[label] + b · right[label] + bias[label].

use rten_simd::ops::{BitOps, NumOps};
use rten_simd::{Isa, SimdOp};

use crate::error::ModelError;
use crate::network::Tensors;

/// The weights of one family of labels. Matrices have a column for each label, and empty ones to the next multiple of
/// [`COLUMNS`], so that they are whole vectors.
pub(crate) struct PairScorer {
    labels: usize,
    weight: Vec<f32>,
    left: Vec<f32>,
    right: Vec<f32>,
    bias: Vec<f32>,
}

/// The longest vector of floats.
const COLUMNS: usize = 16;
/// Sums that are kept side by side, since each addition waits for the one before.
const SIDE_BY_SIDE: usize = 4;

impl PairScorer {
    /// The weights `NAME.weight`, `.left`, `.right`, `.bias` of the file.
    pub fn read(tensors: &Tensors, name: &str, labels: usize) -> Result<Self, ModelError> {
        let (shape, weight) = tensors.floats(&format!("{name}.weight"))?;
        let rank = shape.first().copied().unwrap_or(0);
        if weight.len() != rank * labels || !rank.is_multiple_of(SIDE_BY_SIDE) {
            return Err(tensors.wrong(name, "does not fit labels.json"));
        }
        let matrix = |part: &str| {
            let values = tensors.list(&format!("{name}.{part}"), rank * labels)?;
            Ok(values.chunks_exact(labels).flat_map(padded).collect())
        };
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
        AddProduct { row: a, matrix: &self.left, out: &mut out }.dispatch();
        out
    }

    /// What `b` alone contributes to each label.
    pub fn right(&self, b: &[f32]) -> Vec<f32> {
        let mut out = vec![0.0; self.bias.len()];
        AddProduct { row: b, matrix: &self.right, out: &mut out }.dispatch();
        out
    }

    /// The scores of all labels, given the two words and what each contributes alone.
    pub fn scores(&self, a: &[f32], b: &[f32], left: &[f32], right: &[f32]) -> Vec<f32> {
        let product: Vec<f32> = a.iter().zip(b).map(|(x, y)| x * y).collect();
        let mut out: Vec<f32> = left.iter().zip(right).map(|(x, y)| x + y).collect();
        AddProduct { row: &product, matrix: &self.weight, out: &mut out }.dispatch();
        out.truncate(self.labels);
        out
    }
}

/// A row with zeros to the next multiple of [`COLUMNS`].
fn padded(row: &[f32]) -> Vec<f32> {
    let mut row = row.to_vec();
    row.resize(row.len().next_multiple_of(COLUMNS), 0.0);
    row
}

/// Adds row · matrix to `out`.
struct AddProduct<'a> {
    row: &'a [f32],
    matrix: &'a [f32],
    out: &'a mut [f32],
}

impl SimdOp for AddProduct<'_> {
    type Output = ();

    #[inline(always)]
    fn eval<I: Isa>(self, isa: I) {
        let (ops, width) = (isa.f32(), self.out.len());
        for column in (0..width).step_by(ops.len()) {
            let mut sums = [ops.zero(); SIDE_BY_SIDE];
            let rows = self.matrix.chunks_exact(SIDE_BY_SIDE * width);
            for (values, rows) in self.row.chunks_exact(SIDE_BY_SIDE).zip(rows) {
                for (at, sum) in sums.iter_mut().enumerate() {
                    *sum = ops.mul_add(ops.splat(values[at]), ops.load(&rows[at * width + column..]), *sum);
                }
            }
            let both = ops.add(ops.add(sums[0], sums[1]), ops.add(sums[2], sums[3]));
            let out = &mut self.out[column..];
            ops.store(ops.add(ops.load(out), both), out);
        }
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
