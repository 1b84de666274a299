//! What happens to rows between two products, in one walk over each: sums become floats, are added, normed, bent, and
//! rounded again for the next product. Written once for all vector units; `dispatch` picks that of the machine.
//!
//! All widths are multiples of 64, which is the longest vector of 8-bit integers.

use rten_simd::ops::{BitOps, FloatOps, NarrowSaturate, NumOps, ToFloat};
use rten_simd::{Isa, Simd, SimdOp};

use super::product::{Rounded, Sums};

/// Weights of a layer norm.
pub(crate) struct Norm {
    pub weight: Vec<f32>,
    pub bias: Vec<f32>,
}

/// What the norm adds to the variance (the network was trained with it).
const EPSILON: f32 = 1e-12;

/// Sums to floats.
pub(crate) struct Finish<'a> {
    pub sums: Sums<'a>,
    pub gelu: bool,
    pub out: &'a mut [f32],
}

impl SimdOp for Finish<'_> {
    type Output = ();

    #[inline(always)]
    fn eval<I: Isa>(self, isa: I) {
        let width = self.sums.bias.len();
        for (row, out) in self.out.chunks_exact_mut(width).enumerate() {
            finish(
                isa,
                &self.sums,
                row,
                out,
                #[inline(always)]
                |_, x| if self.gelu { gelu(isa, x) } else { x },
            );
        }
    }
}

/// Sums to floats, bent, rounded: the wide middle of a layer never leaves the nearest cache as floats.
pub(crate) struct BendAndRound<'a> {
    pub sums: Sums<'a>,
    pub rounded: &'a mut Rounded,
}

impl SimdOp for BendAndRound<'_> {
    type Output = ();

    #[inline(always)]
    fn eval<I: Isa>(self, isa: I) {
        let width = self.sums.bias.len();
        self.rounded.resize(self.sums.scales.len(), width);
        let mut floats = vec![0.0; width];
        for row in 0..self.sums.scales.len() {
            finish(
                isa,
                &self.sums,
                row,
                &mut floats,
                #[inline(always)]
                |_, x| gelu(isa, x),
            );
            round(isa, &floats, row, self.rounded);
        }
    }
}

/// Sums are added to the states, normed, and rounded.
pub(crate) struct AddAndNorm<'a> {
    pub sums: Sums<'a>,
    pub norm: &'a Norm,
    pub states: &'a mut [f32],
    pub rounded: &'a mut Rounded,
}

impl SimdOp for AddAndNorm<'_> {
    type Output = ();

    #[inline(always)]
    fn eval<I: Isa>(self, isa: I) {
        let width = self.sums.bias.len();
        self.rounded.resize(self.sums.scales.len(), width);
        let ops = isa.f32();
        for (row, state) in self.states.chunks_exact_mut(width).enumerate() {
            finish(
                isa,
                &self.sums,
                row,
                state,
                #[inline(always)]
                |old, x| ops.add(old, x),
            );
            norm(isa, state, self.norm);
            round(isa, state, row, self.rounded);
        }
    }
}

/// Rows are normed in place, and rounded.
pub(crate) struct NormAndRound<'a> {
    pub norm: &'a Norm,
    pub states: &'a mut [f32],
    pub rounded: &'a mut Rounded,
}

impl SimdOp for NormAndRound<'_> {
    type Output = ();

    #[inline(always)]
    fn eval<I: Isa>(self, isa: I) {
        let width = self.norm.bias.len();
        self.rounded.resize(self.states.len() / width, width);
        for (row, state) in self.states.chunks_exact_mut(width).enumerate() {
            norm(isa, state, self.norm);
            round(isa, state, row, self.rounded);
        }
    }
}

/// Rows are rounded.
pub(crate) struct Round<'a> {
    pub rows: &'a [f32],
    pub width: usize,
    pub rounded: &'a mut Rounded,
}

impl SimdOp for Round<'_> {
    type Output = ();

    #[inline(always)]
    fn eval<I: Isa>(self, isa: I) {
        self.rounded.resize(self.rows.len() / self.width, self.width);
        for (row, values) in self.rows.chunks_exact(self.width).enumerate() {
            round(isa, values, row, self.rounded);
        }
    }
}

/// One row of sums as floats; `then` makes of what was in `out` and of the sum what will be there.
#[inline(always)]
fn finish<I: Isa>(isa: I, sums: &Sums, row: usize, out: &mut [f32], then: impl Fn(I::F32, I::F32) -> I::F32) {
    let (ops, integers) = (isa.f32(), isa.i32());
    let (lanes, width) = (ops.len(), out.len());
    let (scale, zero) = (ops.splat(sums.scales[row]), integers.splat(i32::from(sums.zeros[row])));
    let columns = sums.integers[row * width..(row + 1) * width]
        .chunks_exact(lanes)
        .zip(sums.columns.chunks_exact(lanes))
        .zip(sums.steps.chunks_exact(lanes))
        .zip(sums.bias.chunks_exact(lanes));
    for ((((sum, column), step), bias), out) in columns.zip(out.chunks_exact_mut(lanes)) {
        let shift = integers.mul(zero, integers.load(column));
        let sum = integers.to_float(integers.sub(integers.load(sum), shift));
        let value = ops.mul_add(sum, ops.mul(scale, ops.load(step)), ops.load(bias));
        ops.store(then(ops.load(out), value), out);
    }
}

/// x · Φ(x), where the normal distribution is a polynomial up to four standard deviations: (Φ(x) - ½) / x by powers of x²,
/// fitted by least squares with weights so that x · Φ(x) is nowhere wrong by more than 0.0002, a tenth of what rounding costs.
#[inline(always)]
fn gelu<I: Isa>(isa: I, x: I::F32) -> I::F32 {
    const POWERS: [f32; 7] = [
        2.278_116_1e-8,
        -1.598_587_5e-6,
        4.795_521e-5,
        -8.140_124e-4,
        8.772_373e-3,
        -6.457_307e-2,
        3.978_833_2e-1,
    ];
    let ops = isa.f32();
    let near = ops.clamp(x, ops.splat(-4.0), ops.splat(4.0));
    let square = ops.mul(near, near);
    let mut slope = ops.splat(POWERS[0]);
    for power in &POWERS[1..] {
        slope = ops.mul_add(slope, square, ops.splat(*power));
    }
    ops.mul(x, ops.mul_add(near, slope, ops.splat(0.5)))
}

#[inline(always)]
fn norm<I: Isa>(isa: I, row: &mut [f32], weights: &Norm) {
    let ops = isa.f32();
    let (lanes, count) = (ops.len(), row.len() as f32);
    let mut sum = ops.zero();
    for x in row.chunks_exact(lanes) {
        sum = ops.add(sum, ops.load(x));
    }
    let mean = ops.splat(ops.sum(sum) / count);
    let mut squares = ops.zero();
    for x in row.chunks_exact(lanes) {
        let away = ops.sub(ops.load(x), mean);
        squares = ops.mul_add(away, away, squares);
    }
    let scale = ops.splat(1.0 / (ops.sum(squares) / count + EPSILON).sqrt());
    let columns = weights.weight.chunks_exact(lanes).zip(weights.bias.chunks_exact(lanes));
    for (x, (weight, bias)) in row.chunks_exact_mut(lanes).zip(columns) {
        let away = ops.mul(ops.sub(ops.load(x), mean), scale);
        ops.store(ops.mul_add(away, ops.load(weight), ops.load(bias)), x);
    }
}

/// Rounds one row by its own least and greatest value, so that zero is an integer of its own.
#[inline(always)]
fn round<I: Isa>(isa: I, row: &[f32], number: usize, rounded: &mut Rounded) {
    let (ops, integers) = (isa.f32(), isa.i32());
    let lanes = ops.len();
    let (mut least, mut most) = (ops.zero(), ops.zero());
    for x in row.chunks_exact(lanes) {
        let x = ops.load(x);
        (least, most) = (ops.min(least, x), ops.max(most, x));
    }
    let least = least.to_array().into_iter().fold(0.0f32, f32::min);
    let most = most.to_array().into_iter().fold(0.0f32, f32::max);
    // A row of zeros, or of numbers that are none, is rounded to zeros.
    let span = most - least;
    let scale = if span.is_normal() { span / 255.0 } else { 1.0 };
    let zero = (-least / scale).round_ties_even().clamp(0.0, 255.0);
    let (by, shift) = (ops.splat(1.0 / scale), integers.splat(zero as i32));
    let out = &mut rounded.values[number * row.len()..(number + 1) * row.len()];
    for (x, out) in row.chunks_exact(4 * lanes).zip(out.chunks_exact_mut(4 * lanes)) {
        let mut four = [integers.zero(); 4];
        for (rounded, x) in four.iter_mut().zip(x.chunks_exact(lanes)) {
            *rounded = integers.add(ops.to_int_round(ops.mul(ops.load(x), by)), shift);
        }
        let (low, high) =
            (integers.narrow_saturate(four[0], four[1]), integers.narrow_saturate(four[2], four[3]));
        isa.u8().store(isa.i16().narrow_saturate(low, high), out);
    }
    rounded.scales[number] = scale;
    rounded.zeros[number] = zero as u8;
}
