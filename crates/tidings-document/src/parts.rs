//! The parts of a page: what is news text, what is furniture.

use serde::{Deserialize, Serialize};
use tidings_text::Span;

/// What a stretch of the page is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum PartKind {
    /// The title line.
    Headline,
    /// The line under the title.
    Standfirst,
    /// Place and agency at the head of the body ("GENEVA (Reuters) -").
    Dateline,
    /// Words under a picture.
    Caption,
    /// Who took the picture.
    PhotoCredit,
    /// Who supplied the text.
    AgencyCredit,
    /// A title inside the body.
    Subheading,
    /// "Related:", "Watch:" and the like.
    EmbedLabel,
    /// The link that follows such a label, a bare URL.
    EmbedLink,
    /// Text that the page repeats.
    Duplicate,
    /// The report.
    Body,
}

impl PartKind {
    /// The name in a `segment` record, as SCHEMA.md writes it.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Headline => "headline",
            Self::Standfirst => "standfirst",
            Self::Dateline => "dateline",
            Self::Caption => "caption",
            Self::PhotoCredit => "photo_credit",
            Self::AgencyCredit => "agency_credit",
            Self::Subheading => "subheading",
            Self::EmbedLabel => "embed_label",
            Self::EmbedLink => "embed_link",
            Self::Duplicate => "duplicate",
            Self::Body => "body",
        }
    }
}

/// A stretch of the page with its purpose.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Part {
    /// What it is for.
    pub kind: PartKind,
    /// Where it is.
    pub span: Span,
    /// Not to be read as news text: kept, marked, never coded.
    pub remove: bool,
}

/// Splits `text` into its parts; `title` is the headline where metadata gives it.
pub fn find_parts(text: &str, _title: Option<&str>) -> Vec<Part> {
    vec![Part { kind: PartKind::Body, span: Span::new(0, text.len()), remove: false }]
}
