//! The branch of the network beside the encoder's last layers, which reads for acts between actors.

use std::borrow::Cow;

use rten::NodeId;
use rten_tensor::NdTensor;

use crate::error::ModelError;
use crate::model::{self, Layer};

/// What the encoder's lower layers make of the pieces of a batch, `[row][piece][value]`, and where its words begin.
pub(crate) struct Lower {
    pub rows: usize,
    pub states: Vec<f32>,
    pub mask: Vec<f32>,
    pub starts: Vec<i32>,
}

/// The graph, which goes on from there.
pub(crate) struct Branch {
    graph: rten::Model,
    inputs: [NodeId; 3],
    outputs: [NodeId; 2],
}

/// View and key of each word (0 is the root) of the rows that were read.
pub(crate) struct Read {
    pub view: Layer,
    pub key: Layer,
}

impl Branch {
    pub fn load(bytes: Cow<'static, [u8]>) -> Result<Self, ModelError> {
        let graph = model::graph("acts.onnx", bytes)?;
        let node = |name: &str| graph.node_id(name).map_err(|e| ModelError::inconsistent("acts.onnx", e));
        let inputs = [node("lower")?, node("mask")?, node("starts")?];
        let outputs = [node("view")?, node("key")?];
        Ok(Self { graph, inputs, outputs })
    }

    /// Reads some rows of a batch, in their order.
    pub fn run(&self, lower: &Lower, rows: &[usize]) -> Result<Read, ModelError> {
        let of = |all: usize| all / lower.rows.max(1);
        let (pieces, words) = (of(lower.mask.len()), of(lower.starts.len()));
        let width = of(lower.states.len()) / pieces.max(1);
        let count = rows.len();
        let values = vec![
            (
                self.inputs[0],
                NdTensor::from_data([count, pieces, width], chosen(&lower.states, lower.rows, rows)).into(),
            ),
            (
                self.inputs[1],
                NdTensor::from_data([count, pieces], chosen(&lower.mask, lower.rows, rows)).into(),
            ),
            (
                self.inputs[2],
                NdTensor::from_data([count, words], chosen(&lower.starts, lower.rows, rows)).into(),
            ),
        ];
        let mut outputs = model::run(&self.graph, values, &self.outputs)?.into_iter();
        let mut next = || {
            let value =
                outputs.next().ok_or_else(|| ModelError::Failed("an output is missing".to_owned()))?;
            model::layer(value, words)
        };
        Ok(Read { view: next()?, key: next()? })
    }
}

/// The values of some of the rows.
fn chosen<T: Copy>(values: &[T], all: usize, rows: &[usize]) -> Vec<T> {
    let size = values.len() / all.max(1);
    rows.iter().flat_map(|row| &values[row * size..(row + 1) * size]).copied().collect()
}
