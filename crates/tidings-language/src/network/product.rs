//! Products of 8-bit integers: rows of activations, rounded one by one, with weights that were rounded by the export.
//!
//! Each row has a scale of its own, so that what a word gives never hangs on the words that are read with it: batches may
//! be cut as it suits, and the numbers stay the same.

use rten_gemm::{GemmExecutor, GemmInputA, GemmInputB, GemmOptions, PackedBMatrix};
use rten_simd::SimdOp;
use rten_tensor::NdTensorView;

use super::rows::Finish;
use super::tensors::Tensors;
use crate::error::ModelError;

/// The kernels of this machine; made for each batch, since they are bound to their thread.
pub(crate) struct Kernels {
    pub integers: GemmExecutor<u8, i8, i32>,
    pub floats: GemmExecutor<f32>,
}

impl Kernels {
    pub fn new() -> Self {
        Self { integers: GemmExecutor::new(), floats: GemmExecutor::new() }
    }
}

/// Rows of floats as 8-bit integers: value = scale · (integer - zero).
#[derive(Clone, Default)]
pub(crate) struct Rounded {
    pub width: usize,
    pub values: Vec<u8>,
    pub zeros: Vec<u8>,
    pub scales: Vec<f32>,
}

impl Rounded {
    /// Makes room for so many rows; what was there is overwritten.
    pub fn resize(&mut self, rows: usize, width: usize) {
        self.width = width;
        self.values.resize(rows * width, 0);
        self.zeros.resize(rows, 0);
        self.scales.resize(rows, 0.0);
    }

    pub fn rows(&self) -> usize {
        self.scales.len()
    }

    /// Some of the rows, in the given order.
    pub fn chosen(&self, rows: impl Iterator<Item = usize>, into: &mut Rounded) {
        into.width = self.width;
        into.values.clear();
        into.zeros.clear();
        into.scales.clear();
        for row in rows {
            into.values.extend_from_slice(&self.values[row * self.width..(row + 1) * self.width]);
            into.zeros.push(self.zeros[row]);
            into.scales.push(self.scales[row]);
        }
    }
}

/// A layer of weights with bias.
pub(crate) struct Product {
    weights: PackedBMatrix<i8>,
    /// Sums of the columns: what a row's zero, which is no zero for the kernel, adds to each product.
    columns: Vec<i32>,
    steps: Vec<f32>,
    bias: Vec<f32>,
}

/// What a product gives before it becomes floats: value = (integer - zero of its row · sum of its column) · scale of its
/// row · step of its column + bias.
///
/// The kernel could take the zeros itself, but it knows those of its first eight rows only (rten-gemm 0.27).
pub(crate) struct Sums<'s> {
    pub integers: &'s [i32],
    pub zeros: &'s [u8],
    pub columns: &'s [i32],
    pub scales: &'s [f32],
    pub steps: &'s [f32],
    pub bias: &'s [f32],
}

impl Product {
    /// `NAME.weight`, `.steps`, `.bias` of a file, for inputs of a known width.
    pub fn read(tensors: &Tensors, kernels: &Kernels, name: &str, inputs: usize) -> Result<Self, ModelError> {
        let weight = format!("{name}.weight");
        let ([rows, columns], values) = tensors.integers(&weight)?;
        if rows != inputs {
            return Err(tensors.wrong(&weight, format_args!("reads {rows} numbers, not {inputs}")));
        }
        let mut sums = vec![0; columns];
        for row in values.chunks_exact(columns) {
            sums.iter_mut().zip(row).for_each(|(sum, value)| *sum += i32::from(*value));
        }
        Ok(Self {
            weights: kernels.integers.prepack_b(NdTensorView::from_data([rows, columns], &values[..])),
            columns: sums,
            steps: tensors.list(&format!("{name}.steps"), columns)?,
            bias: tensors.list(&format!("{name}.bias"), columns)?,
        })
    }

    /// Numbers that it gives for a row.
    pub fn outputs(&self) -> usize {
        self.bias.len()
    }

    /// The integer sums, in a vector that is used again and again.
    pub fn sums<'s>(
        &'s self,
        kernels: &Kernels,
        rows: &'s Rounded,
        room: &'s mut Vec<i32>,
    ) -> Result<Sums<'s>, ModelError> {
        let size = rows.rows() * self.outputs();
        if room.len() < size {
            room.resize(size, 0);
        }
        let input = NdTensorView::from_data([rows.rows(), rows.width], &rows.values[..]);
        let (a, b) = (GemmInputA::Unpacked(input), GemmInputB::Packed(&self.weights));
        kernels.integers.gemm(&mut room[..size], a, b, GemmOptions::default()).map_err(failed)?;
        Ok(Sums {
            integers: &room[..size],
            zeros: &rows.zeros,
            columns: &self.columns,
            scales: &rows.scales,
            steps: &self.steps,
            bias: &self.bias,
        })
    }
}

impl Product {
    /// What it says of some rows, as floats; with `gelu` bent.
    pub fn of_rows(
        &self,
        kernels: &Kernels,
        rounded: &Rounded,
        rows: &[usize],
        gelu: bool,
        room: &mut Vec<i32>,
    ) -> Result<Vec<f32>, ModelError> {
        let mut chosen = Rounded::default();
        rounded.chosen(rows.iter().copied(), &mut chosen);
        let mut out = vec![0.0; rows.len() * self.outputs()];
        let sums = self.sums(kernels, &chosen, room)?;
        Finish { sums, gelu, out: &mut out }.dispatch();
        Ok(out)
    }
}

/// A small last layer in 32-bit floats.
pub(crate) struct Dense {
    weights: PackedBMatrix<f32>,
    bias: Option<Vec<f32>>,
    inputs: usize,
    outputs: usize,
}

impl Dense {
    /// `NAME.weight` and, where it has one, `NAME.bias`.
    pub fn read(tensors: &Tensors, kernels: &Kernels, name: &str) -> Result<Self, ModelError> {
        let weight = format!("{name}.weight");
        let (shape, values) = tensors.floats(&weight)?;
        let &[inputs, outputs] = &shape[..] else {
            return Err(tensors.wrong(&weight, "is no matrix"));
        };
        let bias = format!("{name}.bias");
        let bias = tensors.has(&bias).then(|| tensors.list(&bias, outputs)).transpose()?;
        let weights = kernels.floats.prepack_b(NdTensorView::from_data([inputs, outputs], &values[..]));
        Ok(Self { weights, bias, inputs, outputs })
    }

    pub fn inputs(&self) -> usize {
        self.inputs
    }

    pub fn outputs(&self) -> usize {
        self.outputs
    }

    /// Applies it to `inputs()` numbers of each row, which begin at `from` in rows of `width`.
    pub fn apply(
        &self,
        kernels: &Kernels,
        rows: &[f32],
        width: usize,
        from: usize,
    ) -> Result<Vec<f32>, ModelError> {
        let count = rows.len() / width.max(1);
        let mut out = vec![0.0; count * self.outputs];
        if count == 0 {
            return Ok(out);
        }
        let input = strided(&rows[from..], [count, self.inputs], [width, 1])?;
        let bias = self.bias.as_deref().map(rten_gemm::BiasVector::Row);
        let options = GemmOptions { bias, ..Default::default() };
        let (a, b) = (GemmInputA::Unpacked(input), GemmInputB::Packed(&self.weights));
        kernels.floats.gemm(&mut out, a, b, options).map_err(failed)?;
        Ok(out)
    }
}

/// A matrix that lies in a larger one.
pub(crate) fn strided<'v>(
    values: &'v [f32],
    shape: [usize; 2],
    strides: [usize; 2],
) -> Result<NdTensorView<'v, f32, 2>, ModelError> {
    NdTensorView::from_data_with_strides(shape, values, strides).map_err(failed)
}

/// The runtime's word for what went wrong.
pub(crate) fn failed(error: impl std::fmt::Debug) -> ModelError {
    ModelError::Failed(format!("{error:?}"))
}
