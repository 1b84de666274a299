//! Attention within each sentence, in 32-bit floats.

use rten_simd::ops::{BitOps, NumOps};
use rten_simd::{Isa, Simd, SimdOp, SimdUnaryOp};
use rten_vecmath::Exp;

use std::ops::Range;

/// Width of a head.
pub(crate) const HEAD: usize = 32;
/// Queries that are answered together: their sums hide each other's latency.
const TOGETHER: usize = 8;

/// For each piece the mean of the values of its sentence, weighted by how well query and key agree.
pub(crate) struct Attention<'a> {
    /// Rows of queries, keys and values side by side, the queries scaled.
    pub rows: &'a [f32],
    /// Width of each of the three.
    pub width: usize,
    /// The rows of each sentence.
    pub sentences: &'a [Range<usize>],
    pub out: &'a mut [f32],
}

impl SimdOp for Attention<'_> {
    type Output = ();

    #[inline(always)]
    fn eval<I: Isa>(self, isa: I) {
        let lanes = isa.f32().len();
        let longest = self.sentences.iter().map(Range::len).max().unwrap_or(0).next_multiple_of(lanes);
        let (mut keys, mut weights) = (vec![0.0; HEAD * longest], vec![0.0; TOGETHER * longest]);
        for sentence in self.sentences {
            let padded = sentence.len().next_multiple_of(lanes);
            let (keys, weights) = (&mut keys[..HEAD * padded], &mut weights[..TOGETHER * padded]);
            let rows = &self.rows[sentence.start * 3 * self.width..sentence.end * 3 * self.width];
            let out = &mut self.out[sentence.start * self.width..sentence.end * self.width];
            for head in (0..self.width).step_by(HEAD) {
                let head = Head { rows, width: self.width, head, count: sentence.len(), padded };
                head.turn_keys(keys);
                for first in (0..sentence.len()).step_by(TOGETHER) {
                    head.weigh(isa, first, keys, weights);
                    head.mix(isa, first, weights, out);
                }
            }
        }
    }
}

/// One head of one sentence.
struct Head<'a> {
    rows: &'a [f32],
    width: usize,
    head: usize,
    count: usize,
    padded: usize,
}

impl Head<'_> {
    /// Query (0), key (1) or value (2) of a piece.
    #[inline(always)]
    fn part(&self, piece: usize, part: usize) -> &[f32] {
        let from = (piece * 3 + part) * self.width + self.head;
        &self.rows[from..from + HEAD]
    }

    /// Keys column by column, so that one vector holds a number of many keys; behind the last key are zeros.
    fn turn_keys(&self, keys: &mut [f32]) {
        for piece in 0..self.count {
            for (column, value) in self.part(piece, 1).iter().enumerate() {
                keys[column * self.padded + piece] = *value;
            }
        }
        for column in keys.chunks_exact_mut(self.padded) {
            column[self.count..].fill(0.0);
        }
    }

    /// The pieces that are answered together; at the end the last one comes several times.
    #[inline(always)]
    fn pieces(&self, first: usize) -> [usize; TOGETHER] {
        std::array::from_fn(|n| (first + n).min(self.count - 1))
    }

    /// How much each piece counts for some queries: exponents of the products, not yet divided by their sum.
    #[inline(always)]
    fn weigh<I: Isa>(&self, isa: I, first: usize, keys: &[f32], weights: &mut [f32]) {
        let ops = isa.f32();
        let queries = self.pieces(first).map(|piece| self.part(piece, 0));
        for from in (0..self.padded).step_by(ops.len()) {
            let mut sums = [ops.zero(); TOGETHER];
            for (column, keys) in keys.chunks_exact(self.padded).enumerate() {
                let key = ops.load(&keys[from..]);
                for (sum, query) in sums.iter_mut().zip(&queries) {
                    *sum = ops.mul_add(ops.splat(query[column]), key, *sum);
                }
            }
            for (sum, row) in sums.into_iter().zip(weights.chunks_exact_mut(self.padded)) {
                ops.store(sum, &mut row[from..]);
            }
        }
        for row in weights.chunks_exact_mut(self.padded) {
            // What is behind the last piece counts nothing.
            row[self.count..].fill(f32::NEG_INFINITY);
            let mut most = ops.splat(f32::NEG_INFINITY);
            for x in row.chunks_exact(ops.len()) {
                most = ops.max(most, ops.load(x));
            }
            let most = ops.splat(most.to_array().into_iter().fold(f32::NEG_INFINITY, f32::max));
            for x in row.chunks_exact_mut(ops.len()) {
                ops.store(Exp {}.eval(isa, ops.sub(ops.load(x), most)), x);
            }
        }
    }

    /// The weighted means of the values.
    #[inline(always)]
    fn mix<I: Isa>(&self, isa: I, first: usize, weights: &[f32], out: &mut [f32]) {
        let ops = isa.f32();
        let mut scales = [0.0; TOGETHER];
        for (scale, row) in scales.iter_mut().zip(weights.chunks_exact(self.padded)) {
            let mut sum = ops.zero();
            for x in row.chunks_exact(ops.len()) {
                sum = ops.add(sum, ops.load(x));
            }
            *scale = 1.0 / ops.sum(sum);
        }
        for column in (0..HEAD).step_by(ops.len()) {
            let mut sums = [ops.zero(); TOGETHER];
            for piece in 0..self.count {
                let value = ops.load(&self.part(piece, 2)[column..]);
                for (sum, row) in sums.iter_mut().zip(weights.chunks_exact(self.padded)) {
                    *sum = ops.mul_add(ops.splat(row[piece]), value, *sum);
                }
            }
            for ((sum, scale), piece) in sums.into_iter().zip(scales).zip(self.pieces(first)) {
                let from = piece * self.width + self.head + column;
                ops.store(ops.mul(sum, ops.splat(scale)), &mut out[from..]);
            }
        }
    }
}
