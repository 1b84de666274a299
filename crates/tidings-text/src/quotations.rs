//! Quotation marks that belong together.

use crate::Span;

/// A stretch between quotation marks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Quotation {
    /// With its marks (the closing one may be missing: see `closed`).
    pub outer: Span,
    /// Between the marks.
    pub inner: Span,
    /// Whether a closing mark was found; a quotation that runs over a paragraph end has none.
    pub closed: bool,
    /// 0 for a quotation in running text, 1 for one inside it, and so on.
    pub depth: u8,
}

/// All quotations of `text` inside `span`, by their start.
pub fn quotations(_text: &str, _span: Span) -> Vec<Quotation> {
    Vec::new()
}
