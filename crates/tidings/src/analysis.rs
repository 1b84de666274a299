//! A document with its analysed sentences.

use std::borrow::Cow;

use tidings_document::Document;
use tidings_language::Sentence;

/// What the coding rules look at.
#[derive(Clone, Debug)]
pub struct Analysis<'d> {
    /// As it was read, or with what the engine found out: the inferred day of publication, warnings.
    pub document: Cow<'d, Document>,
    /// The sentences of the parts that are news text, in text order.
    pub sentences: Vec<Sentence>,
}
