//! The article as read, before any linguistic analysis.

use serde_json::{Map, Value};

use tidings_text::Span;

use crate::{Part, PartKind, PublicationDate};

/// One news report: its text untouched, and what is known about it.
#[derive(Clone, Debug, Default)]
pub struct Document {
    /// Unique name: the `id` field, the file stem, or a hash of the text.
    pub id: String,
    /// The text, exactly as decoded; every span of every record points into it.
    pub text: String,
    /// Headline from metadata or found in the text.
    pub title: Option<String>,
    /// Who published it.
    pub outlet: Option<String>,
    /// Where it was published.
    pub url: Option<String>,
    /// When it was published, if something says so.
    pub publication: Option<PublicationDate>,
    /// Headline, caption, body and so on, in order, without overlaps.
    pub parts: Vec<Part>,
    /// ISO 639-1 code of the text's language, `en` unless detected otherwise; only English is coded.
    pub language: String,
    /// Fields of the input that Tidings does not use; carried through.
    pub extra: Map<String, Value>,
    /// What was wrong with the input and how it was read all the same.
    pub warnings: Vec<Warning>,
}

impl Document {
    /// English news text and nothing else: one body without headline, date or outlet.
    pub fn of_body(text: impl Into<String>) -> Self {
        let text = text.into();
        let parts = vec![Part { kind: PartKind::Body, span: Span::new(0, text.len()), remove: false }];
        Self { language: "en".to_owned(), text, parts, ..Self::default() }
    }
}

/// Something that the reader of the results should know about one document.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize)]
pub struct Warning {
    /// Stable short name, e.g. `invalid-utf8`.
    pub code: &'static str,
    /// What happened, with figures.
    pub message: String,
}

impl Warning {
    /// A warning with its code.
    pub fn new(code: &'static str, message: impl Into<String>) -> Self {
        Self { code, message: message.into() }
    }
}
