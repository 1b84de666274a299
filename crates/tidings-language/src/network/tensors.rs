//! Weights by name, from a safetensors file.

use safetensors::{Dtype, SafeTensors, tensor::TensorView};

use crate::error::ModelError;

/// A file of weights.
pub(crate) struct Tensors<'f> {
    file: &'static str,
    inside: SafeTensors<'f>,
}

impl<'f> Tensors<'f> {
    /// Reads the table of contents; the weights themselves stay where they lie.
    pub fn open(file: &'static str, bytes: &'f [u8]) -> Result<Self, ModelError> {
        let inside = SafeTensors::deserialize(bytes).map_err(|e| ModelError::inconsistent(file, e))?;
        Ok(Self { file, inside })
    }

    /// Whether there is such a tensor.
    pub fn has(&self, name: &str) -> bool {
        self.inside.tensor(name).is_ok()
    }

    /// 32-bit floats with their shape.
    pub fn floats(&self, name: &str) -> Result<(Vec<usize>, Vec<f32>), ModelError> {
        let view = self.view(name, Dtype::F32)?;
        let values = view.data().chunks_exact(4).map(|b| f32::from_le_bytes([b[0], b[1], b[2], b[3]]));
        Ok((view.shape().to_vec(), values.collect()))
    }

    /// A list of 32-bit floats of a known length.
    pub fn list(&self, name: &str, length: usize) -> Result<Vec<f32>, ModelError> {
        let (_, values) = self.floats(name)?;
        if values.len() == length {
            return Ok(values);
        }
        Err(self.wrong(name, format!("has {} numbers, not {length}", values.len())))
    }

    /// A matrix of 8-bit integers with its rows and columns.
    pub fn integers(&self, name: &str) -> Result<([usize; 2], Vec<i8>), ModelError> {
        let view = self.view(name, Dtype::I8)?;
        let &[rows, columns] = view.shape() else {
            return Err(self.wrong(name, "is no matrix"));
        };
        Ok(([rows, columns], view.data().iter().map(|b| b.cast_signed()).collect()))
    }

    /// Says what is wrong with a tensor.
    pub fn wrong(&self, name: &str, what: impl std::fmt::Display) -> ModelError {
        ModelError::inconsistent(self.file, format!("{name} {what}"))
    }

    fn view(&self, name: &str, kind: Dtype) -> Result<TensorView<'_>, ModelError> {
        let view = self.inside.tensor(name).map_err(|e| self.wrong(name, e))?;
        if view.dtype() == kind {
            return Ok(view);
        }
        Err(self.wrong(name, format!("holds {:?}, not {kind:?}", view.dtype())))
    }
}
