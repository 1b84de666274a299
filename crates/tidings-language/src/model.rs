//! The model: the network's weights, vocabulary and labels, embedded in the program or read from a folder.

use std::cell::OnceCell;
use std::collections::BTreeMap;
use std::path::Path;
use std::sync::Arc;

use rayon::{ThreadPool, ThreadPoolBuilder};
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use crate::acts::ActClassifier;
use crate::error::ModelError;
use crate::network::{Network, Tensors};
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
    /// SHA-256 of `model.safetensors`.
    pub sha256: String,
    /// SHA-256 of `acts.safetensors`, the branch that reads which act passes between two actors.
    pub acts_sha256: String,
    /// The branch goes on behind so many layers.
    pub acts_after: usize,
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

/// The network with everything that its numbers mean.
pub(crate) struct Model {
    pub network: Network,
    pub pieces: WordPiece,
    pub labels: Labels,
    pub lemmas: BTreeMap<(String, Upos), String>,
    pub relation: PairScorer,
    pub role: PairScorer,
    pub link: PairScorer,
    pub acts: ActClassifier,
    pub description: Description,
}

thread_local! {
    /// The kernels share their work among the threads of the pool that they are called in; each caller has one of its own
    /// with itself as its only thread: documents run side by side, not the parts of one product.
    static ALONE: OnceCell<Option<ThreadPool>> = const { OnceCell::new() };
}

/// Makes sure that the kernels run on the calling thread.
pub(crate) fn on_this_thread() {
    ALONE.with(|pool| {
        // A thread that belongs to a pool already stays in it.
        pool.get_or_init(|| ThreadPoolBuilder::new().num_threads(1).use_current_thread().build().ok());
    });
}

const MODEL: &str = "model.safetensors";
const ACTS: &str = "acts.safetensors";

struct Files<'f> {
    network: &'f [u8],
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
            network: include_bytes!("../../../models/en/model.safetensors"),
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
        let network = bytes(MODEL)?;
        let description = text("model.toml")?;
        let named: Description =
            toml::from_str(&description).map_err(|e| ModelError::inconsistent("model.toml", e))?;
        let acts = bytes(ACTS)?;
        same_hash(MODEL, &network, &named.sha256)?;
        same_hash(ACTS, &acts, &named.acts_sha256)?;
        Self::build(Files {
            network: &network,
            acts: &acts,
            labels: &text("labels.json")?,
            vocabulary: &text("vocab.txt")?,
            lemmas: &text("lemma_exceptions.tsv")?,
            description: &description,
        })
    }

    fn build(files: Files) -> Result<Self, ModelError> {
        let size = files.network.len()
            + files.acts.len()
            + files.labels.len()
            + files.vocabulary.len()
            + files.lemmas.len()
            + files.description.len();
        let labels: LabelFile =
            serde_json::from_str(files.labels).map_err(|e| ModelError::inconsistent("labels.json", e))?;
        let (tensors, acts) = (Tensors::open(MODEL, files.network)?, Tensors::open(ACTS, files.acts)?);
        let mut description: Description =
            toml::from_str(files.description).map_err(|e| ModelError::inconsistent("model.toml", e))?;
        description.bytes = size as u64;
        let classifier = ActClassifier::read(&acts, labels.acts.clone())?;
        let pieces = WordPiece::new(files.vocabulary)?;
        let network = Network::read(&tensors, &acts, description.acts_after, classifier.widths())?;
        if network.vocabulary() != pieces.count() {
            return Err(ModelError::inconsistent(
                "vocab.txt",
                format!("the network knows {} pieces", network.vocabulary()),
            ));
        }
        Ok(Self {
            relation: PairScorer::read(&tensors, "relation", labels.deprel.len())?,
            role: PairScorer::read(&tensors, "role", labels.roles.len())?,
            link: PairScorer::read(&tensors, "link", 3)?,
            pieces,
            lemmas: lemma_exceptions(files.lemmas)?,
            acts: classifier,
            labels: Labels::new(labels)?,
            network,
            description,
        })
    }
}

/// A file of a model must be the one that its `model.toml` names.
fn same_hash(file: &str, bytes: &[u8], named: &str) -> Result<(), ModelError> {
    let digest: String = Sha256::digest(bytes).iter().map(|b| format!("{b:02x}")).collect();
    if digest == named {
        return Ok(());
    }
    Err(ModelError::inconsistent(file, format!("its SHA-256 is {digest}, model.toml names {named}")))
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
