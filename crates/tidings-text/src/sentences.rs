//! Where sentences end.

use crate::Span;

/// The sentences of `text` inside `span`, trimmed of white space, in order, covering every visible character.
pub fn sentences(_text: &str, span: Span) -> Vec<Span> {
    vec![span]
}
