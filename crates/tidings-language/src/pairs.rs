//! Scores of pairs of words: score(a, b, label) = Σ aₖ bₖ w[k, label] + a · left[label] + b · right[label] + bias[label].

use safetensors::SafeTensors;

use crate::error::ModelError;

const FILE: &str = "pairs.safetensors";

/// The weights of one family of labels.
pub(crate) struct PairScorer {
    rank: usize,
    labels: usize,
    weight: Vec<f32>,
    left: Vec<f32>,
    right: Vec<f32>,
    bias: Vec<f32>,
}

impl PairScorer {
    /// The weights `NAME.weight`, `.left`, `.right`, `.bias` of the file.
    pub fn read(tensors: &SafeTensors, name: &str, labels: usize) -> Result<Self, ModelError> {
        let get = |part: &str| -> Result<(Vec<usize>, Vec<f32>), ModelError> {
            let view =
                tensors.tensor(&format!("{name}.{part}")).map_err(|e| ModelError::inconsistent(FILE, e))?;
            let values =
                view.data().chunks_exact(4).map(|b| f32::from_le_bytes([b[0], b[1], b[2], b[3]])).collect();
            Ok((view.shape().to_vec(), values))
        };
        let (shape, weight) = get("weight")?;
        let scorer = Self {
            rank: shape.first().copied().unwrap_or(0),
            labels,
            weight,
            left: get("left")?.1,
            right: get("right")?.1,
            bias: get("bias")?.1,
        };
        let size = scorer.rank * labels;
        let fits = [&scorer.weight, &scorer.left, &scorer.right].iter().all(|t| t.len() == size)
            && scorer.bias.len() == labels;
        if fits {
            Ok(scorer)
        } else {
            Err(ModelError::inconsistent(FILE, format!("{name} does not fit labels.json")))
        }
    }

    /// What `a` alone contributes to each label, with the bias.
    pub fn left(&self, a: &[f32]) -> Vec<f32> {
        let mut out = self.bias.clone();
        self.add(a, &self.left, &mut out);
        out
    }

    /// What `b` alone contributes to each label.
    pub fn right(&self, b: &[f32]) -> Vec<f32> {
        let mut out = vec![0.0; self.labels];
        self.add(b, &self.right, &mut out);
        out
    }

    /// The scores of all labels, given the two words and what each contributes alone.
    pub fn scores(&self, a: &[f32], b: &[f32], left: &[f32], right: &[f32]) -> Vec<f32> {
        let product: Vec<f32> = a.iter().zip(b).map(|(x, y)| x * y).collect();
        let mut out: Vec<f32> = left.iter().zip(right).map(|(x, y)| x + y).collect();
        self.add(&product, &self.weight, &mut out);
        out
    }

    fn add(&self, x: &[f32], matrix: &[f32], out: &mut [f32]) {
        for (value, row) in x.iter().zip(matrix.chunks_exact(self.labels)) {
            for (o, w) in out.iter_mut().zip(row) {
                *o += value * w;
            }
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
