//! The network: from word pieces to what its heads say of each word.
//!
//! Pieces of all sentences of a batch lie one behind the other without padding; a row of numbers is one piece. The layers
//! ([`layer`]) are products of 8-bit integers ([`product`]), what happens between them ([`rows`]), and attention within
//! each sentence ([`attention`]); the heads ([`heads`]) read the first piece of each word. A branch of own layers goes on
//! from a lower one and reads for acts between actors.

mod attention;
mod heads;
mod layer;
mod product;
mod rows;
mod tensors;
#[cfg(test)]
mod tests;

use std::ops::Range;

use rten_simd::SimdOp;

use crate::error::ModelError;
use attention::HEAD;
use heads::Heads;
pub(crate) use heads::{Layer, Output};
pub(crate) use layer::Room;
use layer::{EncoderLayer, States, layers, norm};
use product::{Kernels, Product};
use rows::{Norm, NormAndRound};
pub(crate) use tensors::Tensors;

/// Windows as the network reads them, one behind the other.
#[derive(Default)]
pub(crate) struct Batch {
    pub pieces: Vec<usize>,
    pub cases: Vec<usize>,
    /// The pieces of each window.
    pub windows: Vec<Range<usize>>,
    /// The first piece of each word; the first word of a window is its root.
    pub starts: Vec<usize>,
    /// The words of each window.
    pub words: Vec<Range<usize>>,
}

/// The network with its weights.
pub(crate) struct Network {
    embeddings: Embeddings,
    layers: Vec<EncoderLayer>,
    heads: Heads,
    branch: Branch,
    /// The branch goes on behind so many layers.
    branch_after: usize,
}

/// What was read of a batch, for the branch to go on with.
pub(crate) struct Lower(States);

/// View and key of each word of the windows that the branch has read.
pub(crate) struct Read {
    pub view: Layer,
    pub key: Layer,
}

struct Embeddings {
    pieces: Vec<i8>,
    steps: Vec<f32>,
    cases: Vec<f32>,
    positions: Vec<f32>,
    norm: Norm,
}

struct Branch {
    layers: Vec<EncoderLayer>,
    views: Product,
    view: usize,
    key: usize,
}

impl Network {
    /// From the two files of weights; `branch` names the widths of view and key.
    pub fn read(
        tensors: &Tensors,
        acts: &Tensors,
        branch_after: usize,
        (view, key): (usize, usize),
    ) -> Result<Self, ModelError> {
        let kernels = Kernels::new();
        let embeddings = Embeddings::read(tensors)?;
        let width = embeddings.width();
        let network = Self {
            layers: layers(tensors, &kernels, width)?,
            heads: Heads::read(tensors, &kernels, width)?,
            branch: Branch {
                layers: layers(acts, &kernels, width)?,
                views: Product::read(acts, &kernels, "views", width)?,
                view,
                key,
            },
            embeddings,
            branch_after,
        };
        if network.branch.views.outputs() != view + key {
            return Err(acts.wrong("views", "do not fit the classifier of pairs"));
        }
        if branch_after > network.layers.len() {
            return Err(tensors.wrong("layers", format_args!("are fewer than {branch_after}")));
        }
        Ok(network)
    }

    /// Pieces that it knows.
    pub fn vocabulary(&self) -> usize {
        self.embeddings.steps.len()
    }

    /// Reads a batch.
    pub fn run(&self, batch: &Batch, room: &mut Room) -> Result<(Output, Lower), ModelError> {
        let kernels = Kernels::new();
        let mut states = self.embeddings.look_up(batch);
        let mut lower = States::default();
        for number in 0..=self.layers.len() {
            if number == self.branch_after {
                lower = states.clone();
            }
            if let Some(layer) = self.layers.get(number) {
                layer.run(&kernels, &batch.windows, &mut states, room)?;
            }
        }
        let output = self.heads.run(&kernels, &states, &batch.starts, &batch.words, room)?;
        Ok((output, Lower(lower)))
    }

    /// Reads some windows of a batch for acts.
    pub fn read_for_acts(
        &self,
        batch: &Batch,
        lower: &Lower,
        windows: &[usize],
        room: &mut Room,
    ) -> Result<Read, ModelError> {
        let (kernels, mut states) = (Kernels::new(), States::default());
        let (mut ranges, mut starts, mut words) = (Vec::new(), Vec::new(), Vec::new());
        let mut rows = Vec::new();
        for window in windows {
            let (pieces, of) = (batch.windows[*window].clone(), batch.words[*window].clone());
            let (first, word) = (rows.len(), starts.len());
            starts.extend(batch.starts[of.clone()].iter().map(|start| start - pieces.start + first));
            words.push(word..word + of.len());
            ranges.push(first..first + pieces.len());
            rows.extend(pieces);
        }
        let width = self.embeddings.width();
        for row in &rows {
            states.values.extend_from_slice(&lower.0.values[row * width..(row + 1) * width]);
        }
        lower.0.rounded.chosen(rows.into_iter(), &mut states.rounded);
        for layer in &self.branch.layers {
            layer.run(&kernels, &ranges, &mut states, room)?;
        }
        self.branch.views(&kernels, &states, &starts, &words, room)
    }
}

impl Embeddings {
    fn read(tensors: &Tensors) -> Result<Self, ModelError> {
        let ([rows, width], pieces) = tensors.integers("words.weight")?;
        if !width.is_multiple_of(2 * HEAD) {
            return Err(tensors.wrong("words.weight", format_args!("is {width} wide, no multiple of 64")));
        }
        let read = Self {
            pieces,
            steps: tensors.list("words.steps", rows)?,
            cases: tensors.floats("cases")?.1,
            positions: tensors.floats("positions")?.1,
            norm: norm(tensors, "norm", width)?,
        };
        let whole = [&read.cases, &read.positions].iter().all(|table| table.len().is_multiple_of(width));
        whole.then_some(read).ok_or_else(|| tensors.wrong("positions", "do not fit the pieces"))
    }

    fn width(&self) -> usize {
        self.norm.bias.len()
    }

    /// The sum of what piece, letter case and position say, normed.
    fn look_up(&self, batch: &Batch) -> States {
        let width = self.width();
        let of = |number: usize| number * width..(number + 1) * width;
        let mut states = States::default();
        states.values.reserve(batch.pieces.len() * width);
        for window in &batch.windows {
            for (position, at) in window.clone().enumerate() {
                let (piece, step) = (batch.pieces[at], self.steps[batch.pieces[at]]);
                let integers = &self.pieces[of(piece)];
                let (case, place) = (&self.cases[of(batch.cases[at])], &self.positions[of(position)]);
                let sum =
                    integers.iter().zip(case).zip(place).map(|((i, c), p)| f32::from(*i) * step + c + p);
                states.values.extend(sum);
            }
        }
        NormAndRound { norm: &self.norm, states: &mut states.values, rounded: &mut states.rounded }
            .dispatch();
        states
    }
}

impl Branch {
    fn views(
        &self,
        kernels: &Kernels,
        states: &States,
        starts: &[usize],
        words: &[Range<usize>],
        room: &mut Room,
    ) -> Result<Read, ModelError> {
        let width = self.view + self.key;
        let both = self.views.of_rows(kernels, &states.rounded, starts, false, &mut room.sums)?;
        let part = |columns: Range<usize>, bend: fn(f32) -> f32| {
            let rows = both.chunks_exact(width);
            let values = rows.flat_map(|row| &row[columns.clone()]).map(|x| bend(*x)).collect();
            Layer::even(words, columns.len(), values)
        };
        Ok(Read { view: part(0..self.view, crate::acts::gelu), key: part(self.view..width, |x| x) })
    }
}
