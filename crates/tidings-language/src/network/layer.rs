//! Layers of the encoder.

use std::ops::Range;

use rten_simd::SimdOp;

use super::attention::Attention;
use super::product::{Kernels, Product, Rounded};
use super::rows::{AddAndNorm, BendAndRound, Finish, Norm, Round};
use super::tensors::Tensors;
use crate::error::ModelError;

/// What the network makes of the pieces of a batch, row by row.
#[derive(Clone, Default)]
pub(crate) struct States {
    pub values: Vec<f32>,
    /// The same, rounded for the next product.
    pub rounded: Rounded,
}

/// Vectors that are used again and again.
#[derive(Default)]
pub(crate) struct Room {
    pub sums: Vec<i32>,
    parts: Vec<f32>,
    mixed: Vec<f32>,
    wide: Rounded,
}

impl Room {
    /// Only grows: filling it anew for each layer would cost a walk over it.
    fn resize(&mut self, rows: usize, width: usize) {
        if self.mixed.len() < rows * width {
            self.parts.resize(rows * 3 * width, 0.0);
            self.mixed.resize(rows * width, 0.0);
        }
    }
}

/// One layer: attention, then a wide product and back.
pub(crate) struct EncoderLayer {
    attention: Product,
    out: Product,
    norm1: Norm,
    up: Product,
    down: Product,
    norm2: Norm,
}

/// All layers of a file.
pub(crate) fn layers(
    tensors: &Tensors,
    kernels: &Kernels,
    width: usize,
) -> Result<Vec<EncoderLayer>, ModelError> {
    let there = |number: &usize| tensors.has(&format!("layers.{number}.out.weight"));
    (0..).take_while(there).map(|n| EncoderLayer::read(tensors, kernels, n, width)).collect()
}

/// `NAME.weight` and `NAME.bias` of a layer norm.
pub(crate) fn norm(tensors: &Tensors, name: &str, width: usize) -> Result<Norm, ModelError> {
    let list = |part: &str| tensors.list(&format!("{name}.{part}"), width);
    Ok(Norm { weight: list("weight")?, bias: list("bias")? })
}

impl EncoderLayer {
    fn read(tensors: &Tensors, kernels: &Kernels, number: usize, width: usize) -> Result<Self, ModelError> {
        let name = |part: &str| format!("layers.{number}.{part}");
        let product = |part: &str, inputs| Product::read(tensors, kernels, &name(part), inputs);
        let up = product("up", width)?;
        let down = product("down", up.outputs())?;
        let layer = Self {
            attention: product("attention", width)?,
            out: product("out", width)?,
            norm1: norm(tensors, &name("norm1"), width)?,
            up,
            down,
            norm2: norm(tensors, &name("norm2"), width)?,
        };
        let fits = layer.attention.outputs() == 3 * width
            && layer.out.outputs() == width
            && layer.down.outputs() == width
            && layer.up.outputs().is_multiple_of(64);
        fits.then_some(layer).ok_or_else(|| tensors.wrong(&name("*"), "do not fit each other"))
    }

    /// Runs it over the states of some sentences.
    pub fn run(
        &self,
        kernels: &Kernels,
        sentences: &[Range<usize>],
        states: &mut States,
        room: &mut Room,
    ) -> Result<(), ModelError> {
        let (width, rows) = (self.out.outputs(), states.rounded.rows());
        room.resize(rows, width);
        let sums = self.attention.sums(kernels, &states.rounded, &mut room.sums)?;
        let (parts, mixed) = (&mut room.parts[..rows * 3 * width], &mut room.mixed[..rows * width]);
        Finish { sums, gelu: false, out: parts }.dispatch();
        Attention { rows: parts, width, sentences, out: mixed }.dispatch();
        Round { rows: mixed, width, rounded: &mut room.wide }.dispatch();
        let sums = self.out.sums(kernels, &room.wide, &mut room.sums)?;
        AddAndNorm { sums, norm: &self.norm1, states: &mut states.values, rounded: &mut states.rounded }
            .dispatch();
        let sums = self.up.sums(kernels, &states.rounded, &mut room.sums)?;
        BendAndRound { sums, rounded: &mut room.wide }.dispatch();
        let sums = self.down.sums(kernels, &room.wide, &mut room.sums)?;
        AddAndNorm { sums, norm: &self.norm2, states: &mut states.values, rounded: &mut states.rounded }
            .dispatch();
        Ok(())
    }
}
