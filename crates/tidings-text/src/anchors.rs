//! Anchors that survive an edited page: the words with what stands before and after them.

use serde::{Deserialize, Serialize};

/// A W3C TextQuoteSelector: the exact words and up to 32 characters of context on each side.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct TextQuote {
    /// The words.
    pub exact: String,
    /// What stands before them.
    pub prefix: String,
    /// What stands after them.
    pub suffix: String,
}
