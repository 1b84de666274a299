//! What can go wrong with the model.

/// The model could not be loaded or run.
#[derive(Debug, thiserror::Error)]
pub enum ModelError {
    /// A file of the model cannot be read.
    #[error(
        "{file}: {reason}\n  hint: name a folder like models/en, with model.safetensors, acts.safetensors, labels.json, vocab.txt, lemma_exceptions.tsv and model.toml"
    )]
    Unreadable {
        /// Which file.
        file: String,
        /// Why not.
        reason: String,
    },
    /// The files do not fit together.
    #[error(
        "{file}: {reason}\n  hint: copy all files of the model from one place again; they are written together by training/train.sh"
    )]
    Inconsistent {
        /// Which file.
        file: String,
        /// Why not.
        reason: String,
    },
    /// Predicates were given that are not words of their sentences.
    #[error("predicates: {what}\n  hint: give one list a sentence, with word numbers from 0")]
    Predicates {
        /// What does not fit.
        what: String,
    },
    /// The runtime failed on an input.
    #[error(
        "the language model failed: {0}\n  hint: run `tidings doctor`; if it is well, please report the input"
    )]
    Failed(String),
}

impl ModelError {
    pub(crate) fn unreadable(file: &str, reason: impl ToString) -> Self {
        Self::Unreadable { file: file.to_owned(), reason: reason.to_string() }
    }

    pub(crate) fn inconsistent(file: &str, reason: impl ToString) -> Self {
        Self::Inconsistent { file: file.to_owned(), reason: reason.to_string() }
    }
}
