//! Products of a single row with a small matrix of 32-bit floats.

use rten_simd::ops::{BitOps, NumOps};
use rten_simd::{Isa, SimdOp};

/// The longest vector of floats.
const COLUMNS: usize = 16;
/// Sums that are kept side by side, since each addition waits for the one before.
const SIDE_BY_SIDE: usize = 4;

/// A matrix with empty columns to the next multiple of [`COLUMNS`] and empty rows to one of [`SIDE_BY_SIDE`].
pub(crate) struct Matrix {
    width: usize,
    values: Vec<f32>,
}

/// A row with zeros to the next multiple of [`COLUMNS`].
pub(crate) fn padded(row: &[f32]) -> Vec<f32> {
    let mut row = row.to_vec();
    row.resize(row.len().next_multiple_of(COLUMNS), 0.0);
    row
}

impl Matrix {
    /// From its rows, one behind the other.
    pub fn new(values: &[f32], columns: usize) -> Self {
        let width = columns.next_multiple_of(COLUMNS);
        let mut values: Vec<f32> = values.chunks_exact(columns.max(1)).flat_map(padded).collect();
        values.resize(values.len().next_multiple_of(SIDE_BY_SIDE * width.max(1)), 0.0);
        Self { width, values }
    }

    /// From its columns, one behind the other.
    pub fn turned(values: &[f32], rows: usize) -> Self {
        let columns = values.len() / rows.max(1);
        let at = |place: usize| values[place % columns * rows + place / columns];
        Self::new(&(0..values.len()).map(at).collect::<Vec<f32>>(), columns)
    }

    /// Adds row · matrix to `out`, which is as wide as the matrix with its empty columns.
    pub fn add_product(&self, row: &[f32], out: &mut [f32]) {
        AddProduct { row, matrix: &self.values, width: self.width, out }.dispatch();
    }
}

struct AddProduct<'a> {
    row: &'a [f32],
    matrix: &'a [f32],
    width: usize,
    out: &'a mut [f32],
}

impl SimdOp for AddProduct<'_> {
    type Output = ();

    #[inline(always)]
    fn eval<I: Isa>(self, isa: I) {
        let ops = isa.f32();
        let rows_of = self.matrix.chunks_exact(SIDE_BY_SIDE * self.width);
        for column in (0..self.width).step_by(ops.len()) {
            let mut sums = [ops.zero(); SIDE_BY_SIDE];
            for (values, rows) in self.row.chunks(SIDE_BY_SIDE).zip(rows_of.clone()) {
                for (at, (value, sum)) in values.iter().zip(&mut sums).enumerate() {
                    *sum = ops.mul_add(ops.splat(*value), ops.load(&rows[at * self.width + column..]), *sum);
                }
            }
            let both = ops.add(ops.add(sums[0], sums[1]), ops.add(sums[2], sums[3]));
            let out = &mut self.out[column..];
            ops.store(ops.add(ops.load(out), both), out);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{Matrix, padded};

    #[test]
    fn the_product_is_that_of_the_books() {
        // Three rows and eighteen columns: neither fills its vectors.
        let values: Vec<f32> = (0..54).map(|n| n as f32 / 7.0 - 3.0).collect();
        let row = [0.5, -2.0, 1.25];
        let expected: Vec<f32> =
            (0..18).map(|c| 1.0 + (0..3).map(|r| row[r] * values[r * 18 + c]).sum::<f32>()).collect();
        let columns: Vec<f32> = (0..54).map(|n| values[n % 3 * 18 + n / 3]).collect();
        for matrix in [Matrix::new(&values, 18), Matrix::turned(&columns, 3)] {
            let mut out = padded(&[1.0; 18]);
            matrix.add_product(&row, &mut out);
            assert!(out.iter().zip(&expected).all(|(o, e)| (o - e).abs() < 1e-5), "{out:?} {expected:?}");
            assert_eq!(out[18..], [0.0; 14]);
        }
    }
}
