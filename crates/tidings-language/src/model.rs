//! The model: the graph, the pair weights, vocabulary and labels, embedded in the program or read from a folder.

use std::borrow::Cow;
use std::cell::OnceCell;
use std::collections::BTreeMap;
use std::path::Path;
use std::sync::Arc;

use rten::{ModelOptions, NodeId, RunOptions, ThreadPool, Value, ValueOrView};
use rten_tensor::{Layout, NdTensor};
use safetensors::SafeTensors;
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use crate::acts::ActClassifier;
use crate::branch::{Branch, Lower};
use crate::error::ModelError;
use crate::pairs::PairScorer;
use crate::wordpiece::WordPiece;
use crate::{NameKind, Relation, Role, Upos};

/// What the model says about itself (`model.toml`).
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize, Serialize)]
pub struct Description {
    /// Its name.
    pub name: String,
    /// Its version.
    pub version: String,
    /// ISO 639-1.
    pub language: String,
    /// SHA-256 of `model.onnx`.
    pub sha256: String,
    /// SHA-256 of `acts.onnx`, the branch that reads which act passes between two actors.
    pub acts_sha256: String,
    /// Steps of training.
    pub steps: u64,
    /// Trained without the corpora that state no licence.
    pub clean: bool,
    /// What it does.
    pub tasks: Vec<String>,
    /// Size of all its files in bytes.
    #[serde(default)]
    pub bytes: u64,
}

/// Texts of the label sets, as the export writes them.
#[derive(Deserialize)]
struct LabelFile {
    upos: Vec<String>,
    feats: Vec<String>,
    deprel: Vec<String>,
    lemma: Vec<String>,
    names: Vec<String>,
    roles: Vec<String>,
    acts: Vec<String>,
}

/// The label sets as values.
pub(crate) struct Labels {
    pub upos: Vec<Upos>,
    pub features: Vec<Arc<str>>,
    pub relations: Vec<Relation>,
    pub lemma_rules: Vec<String>,
    pub names: Vec<NameKind>,
    pub roles: Vec<Option<Role>>,
}

/// The graph with everything that its numbers mean.
pub(crate) struct Model {
    graph: rten::Model,
    inputs: [NodeId; 4],
    outputs: Vec<NodeId>,
    pub branch: Branch,
    pub pieces: WordPiece,
    pub labels: Labels,
    pub lemmas: BTreeMap<(String, Upos), String>,
    pub relation: PairScorer,
    pub role: PairScorer,
    pub link: PairScorer,
    pub acts: ActClassifier,
    pub description: Description,
}

/// A batch of windows, row by row.
pub(crate) struct Input {
    pub rows: usize,
    pub pieces: Vec<i32>,
    pub cases: Vec<i32>,
    pub mask: Vec<f32>,
    pub starts: Vec<i32>,
}

/// One output: `[row][word][value]` in one vector.
pub(crate) struct Layer {
    words: usize,
    width: usize,
    values: Vec<f32>,
}

impl Layer {
    /// The values of a word (0 is the root) of a row.
    pub fn at(&self, row: usize, word: usize) -> &[f32] {
        let start = (row * self.words + word) * self.width;
        self.values.get(start..start + self.width).unwrap_or(&[])
    }

    /// The single value of a word.
    pub fn one(&self, row: usize, word: usize) -> f32 {
        self.at(row, word).first().copied().unwrap_or(0.0)
    }
}

/// All outputs of a batch.
pub(crate) struct Output {
    pub upos: Layer,
    pub features: Layer,
    pub lemma: Layer,
    pub names: Layer,
    pub cue: Layer,
    pub predicate: Layer,
    pub factuality: Layer,
    pub arc: Layer,
    pub relation_dependent: Layer,
    pub relation_head: Layer,
    pub role_predicate: Layer,
    pub role_argument: Layer,
    pub link_cue: Layer,
    pub link_word: Layer,
    pub lower: Option<Lower>,
}

/// What the graph gives; the last only to the branch.
const OUTPUTS: [&str; 15] = [
    "upos",
    "feats",
    "lemma",
    "names",
    "cue",
    "predicate",
    "factuality",
    "arc",
    "relation_dependent",
    "relation_head",
    "role_predicate",
    "role_argument",
    "link_cue",
    "link_word",
    "lower",
];

thread_local! {
    /// One pool of one thread for each caller: documents run side by side, not the parts of one product.
    static POOL: OnceCell<Arc<ThreadPool>> = const { OnceCell::new() };
}

struct Files<'f> {
    graph: Cow<'static, [u8]>,
    branch: Cow<'static, [u8]>,
    pairs: &'f [u8],
    acts: &'f [u8],
    labels: &'f str,
    vocabulary: &'f str,
    lemmas: &'f str,
    description: &'f str,
}

impl Model {
    /// The model inside the program.
    pub fn embedded() -> Result<Self, ModelError> {
        Self::build(Files {
            graph: Cow::Borrowed(include_bytes!("../../../models/en/model.onnx")),
            branch: Cow::Borrowed(include_bytes!("../../../models/en/acts.onnx")),
            pairs: include_bytes!("../../../models/en/pairs.safetensors"),
            acts: include_bytes!("../../../models/en/acts.safetensors"),
            labels: include_str!("../../../models/en/labels.json"),
            vocabulary: include_str!("../../../models/en/vocab.txt"),
            lemmas: include_str!("../../../models/en/lemma_exceptions.tsv"),
            description: include_str!("../../../models/en/model.toml"),
        })
    }

    /// A model of the same kind from a folder; its hash must be the one that its `model.toml` names.
    pub fn from_dir(folder: &Path) -> Result<Self, ModelError> {
        let bytes = |name: &str| {
            std::fs::read(folder.join(name))
                .map_err(|e| ModelError::unreadable(&folder.join(name).display().to_string(), e))
        };
        let text =
            |name: &str| String::from_utf8(bytes(name)?).map_err(|e| ModelError::inconsistent(name, e));
        let graph = bytes("model.onnx")?;
        let description = text("model.toml")?;
        let named: Description =
            toml::from_str(&description).map_err(|e| ModelError::inconsistent("model.toml", e))?;
        let branch = bytes("acts.onnx")?;
        same_hash("model.onnx", &graph, &named.sha256)?;
        same_hash("acts.onnx", &branch, &named.acts_sha256)?;
        Self::build(Files {
            graph: Cow::Owned(graph),
            branch: Cow::Owned(branch),
            pairs: &bytes("pairs.safetensors")?,
            acts: &bytes("acts.safetensors")?,
            labels: &text("labels.json")?,
            vocabulary: &text("vocab.txt")?,
            lemmas: &text("lemma_exceptions.tsv")?,
            description: &description,
        })
    }

    fn build(files: Files) -> Result<Self, ModelError> {
        let size = files.graph.len()
            + files.branch.len()
            + files.acts.len()
            + files.pairs.len()
            + files.labels.len()
            + files.vocabulary.len()
            + files.lemmas.len()
            + files.description.len();
        let graph = graph("model.onnx", files.graph)?;
        let node = |name: &str| graph.node_id(name).map_err(|e| ModelError::inconsistent("model.onnx", e));
        let inputs = [node("pieces")?, node("cases")?, node("mask")?, node("starts")?];
        let outputs = OUTPUTS.iter().map(|name| node(name)).collect::<Result<_, _>>()?;
        let branch = Branch::load(files.branch)?;
        let labels: LabelFile =
            serde_json::from_str(files.labels).map_err(|e| ModelError::inconsistent("labels.json", e))?;
        let tensors = SafeTensors::deserialize(files.pairs)
            .map_err(|e| ModelError::inconsistent("pairs.safetensors", e))?;
        let mut description: Description =
            toml::from_str(files.description).map_err(|e| ModelError::inconsistent("model.toml", e))?;
        description.bytes = size as u64;
        Ok(Self {
            relation: PairScorer::read(&tensors, "relation", labels.deprel.len())?,
            role: PairScorer::read(&tensors, "role", labels.roles.len())?,
            link: PairScorer::read(&tensors, "link", 3)?,
            pieces: WordPiece::new(files.vocabulary)?,
            lemmas: lemma_exceptions(files.lemmas)?,
            acts: ActClassifier::read(files.acts, labels.acts.clone())?,
            labels: Labels::new(labels)?,
            graph,
            branch,
            inputs,
            outputs,
            description,
        })
    }

    /// Runs one batch on the calling thread; what the branch would read comes with it if it is asked for.
    pub fn run(&self, input: Input, lower: bool) -> Result<Output, ModelError> {
        let (width, words) = (input.pieces.len() / input.rows.max(1), input.starts.len() / input.rows.max(1));
        let [pieces, cases, mask, starts] = self.inputs;
        let values = vec![
            (pieces, NdTensor::from_data([input.rows, width], input.pieces).into()),
            (cases, NdTensor::from_data([input.rows, width], input.cases).into()),
            (mask, NdTensor::from_data([input.rows, width], input.mask.clone()).into()),
            (starts, NdTensor::from_data([input.rows, words], input.starts.clone()).into()),
        ];
        let wanted = if lower { &self.outputs[..] } else { &self.outputs[..OUTPUTS.len() - 1] };
        let outputs = run(&self.graph, values, wanted)?;
        let mut layers = outputs.into_iter().map(|value| layer(value, words));
        let mut next =
            || layers.next().unwrap_or_else(|| Err(ModelError::Failed("an output is missing".to_owned())));
        Ok(Output {
            upos: next()?,
            features: next()?,
            lemma: next()?,
            names: next()?,
            cue: next()?,
            predicate: next()?,
            factuality: next()?,
            arc: next()?,
            relation_dependent: next()?,
            relation_head: next()?,
            role_predicate: next()?,
            role_argument: next()?,
            link_cue: next()?,
            link_word: next()?,
            lower: match lower {
                true => Some(Lower {
                    states: next()?.values,
                    mask: input.mask,
                    starts: input.starts,
                    rows: input.rows,
                }),
                false => None,
            },
        })
    }
}

/// Reads a graph.
pub(crate) fn graph(file: &str, bytes: Cow<'static, [u8]>) -> Result<rten::Model, ModelError> {
    let mut options = ModelOptions::with_all_ops();
    options.prepack_weights(true);
    match bytes {
        Cow::Borrowed(bytes) => options.load_static_slice(bytes),
        Cow::Owned(bytes) => options.load(bytes),
    }
    .map_err(|e| ModelError::inconsistent(file, e))
}

/// Runs a graph on the calling thread.
pub(crate) fn run(
    graph: &rten::Model,
    values: Vec<(NodeId, ValueOrView)>,
    outputs: &[NodeId],
) -> Result<Vec<Value>, ModelError> {
    let pool = POOL.with(|cell| cell.get_or_init(|| Arc::new(ThreadPool::with_num_threads(1))).clone());
    let mut options = RunOptions::default();
    options.thread_pool = Some(pool);
    graph.run(values, outputs, Some(options)).map_err(|e| ModelError::Failed(e.to_string()))
}

/// A file of a model must be the one that its `model.toml` names.
fn same_hash(file: &str, bytes: &[u8], named: &str) -> Result<(), ModelError> {
    let digest: String = Sha256::digest(bytes).iter().map(|b| format!("{b:02x}")).collect();
    if digest == named {
        return Ok(());
    }
    Err(ModelError::inconsistent(file, format!("its SHA-256 is {digest}, model.toml names {named}")))
}

/// Class numbers become floats, so that all layers look alike.
pub(crate) fn layer(value: Value, words: usize) -> Result<Layer, ModelError> {
    let failed = |e: &dyn std::fmt::Display| ModelError::Failed(e.to_string());
    match value {
        Value::Int32Tensor(_) => {
            let (_, values) = value.into_shape_vec::<i32, 2>().map_err(|e| failed(&e))?;
            Ok(Layer { words, width: 1, values: values.into_iter().map(|v| v as f32).collect() })
        }
        Value::FloatTensor(ref tensor) => {
            let flat = tensor.ndim() == 2;
            let (width, values) = if flat {
                (1, value.into_shape_vec::<f32, 2>().map_err(|e| failed(&e))?.1)
            } else {
                let (shape, values) = value.into_shape_vec::<f32, 3>().map_err(|e| failed(&e))?;
                (shape[2], values)
            };
            Ok(Layer { words, width, values })
        }
        _ => Err(ModelError::Failed("an output is neither of integers nor of floats".to_owned())),
    }
}

impl Labels {
    fn new(file: LabelFile) -> Result<Self, ModelError> {
        let kinds: Vec<String> =
            file.names.iter().filter_map(|l| l.strip_prefix("B-")).map(str::to_owned).collect();
        let spread: Vec<String> = kinds.iter().flat_map(|k| [format!("B-{k}"), format!("I-{k}")]).collect();
        if file.names.split_first().is_none_or(|(first, rest)| first != "O" || rest != spread) {
            return Err(ModelError::inconsistent(
                "labels.json",
                "names are not O, then B- and I- of each kind in turn",
            ));
        }
        Ok(Self {
            upos: values(&file.upos, Upos::parse)?,
            features: file
                .feats
                .iter()
                .map(|l| if l == "_" { "".into() } else { l.as_str().into() })
                .collect(),
            relations: values(&file.deprel, Relation::parse)?,
            lemma_rules: file.lemma,
            names: values(&kinds, NameKind::parse)?,
            roles: values(&file.roles, |l| if l == "O" { Some(None) } else { Role::parse(l).map(Some) })?,
        })
    }
}

/// The values that the labels name.
fn values<T>(labels: &[String], parse: impl Fn(&str) -> Option<T>) -> Result<Vec<T>, ModelError> {
    let unknown = |label: &str| {
        ModelError::inconsistent("labels.json", format!("this version knows no label '{label}'"))
    };
    labels.iter().map(|label| parse(label).ok_or_else(|| unknown(label))).collect()
}

/// Lines of form, part of speech and lemma.
fn lemma_exceptions(text: &str) -> Result<BTreeMap<(String, Upos), String>, ModelError> {
    let entry = |line: &str| {
        let mut cells = line.split('\t');
        let (form, upos, lemma) = (cells.next()?, Upos::parse(cells.next()?)?, cells.next()?);
        Some(((form.to_owned(), upos), lemma.to_owned()))
    };
    let broken = |number: usize| {
        ModelError::inconsistent(
            &format!("lemma_exceptions.tsv:{}", number + 1),
            "a line is form, part of speech and lemma between tabs",
        )
    };
    text.lines().enumerate().map(|(number, line)| entry(line).ok_or_else(|| broken(number))).collect()
}
