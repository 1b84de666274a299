//! PolNeAR: who says what in US political news of 2015 and 2016.

use std::path::Path;

use serde::Deserialize;

use crate::error::{Result, read_jsonl};

/// A stretch in Unicode code points, end exclusive.
pub type Stretch = (usize, usize);

/// An article with the attributions of its first annotator.
#[derive(Debug)]
pub struct Article {
    /// The text.
    pub text: String,
    /// Its attributions.
    pub attributions: Vec<GoldAttribution>,
}

/// Somebody is said to have said something.
#[derive(Clone, Debug, Default, Deserialize)]
pub struct GoldAttribution {
    /// The words that say so; empty in a few.
    pub cue: Vec<Stretch>,
    /// The speaker; may lie in another sentence, or nowhere.
    pub source: Vec<Stretch>,
    /// What was said.
    pub content: Vec<Stretch>,
}

#[derive(Deserialize)]
struct Record {
    text: String,
    annotations: Vec<Annotation>,
}

#[derive(Deserialize)]
struct Annotation {
    attributions: Vec<GoldAttribution>,
}

/// Reads a part of the corpus.
pub fn polnear(path: &Path) -> Result<Vec<Article>> {
    let article = |record: Record| {
        let first = record.annotations.into_iter().next();
        Article { text: record.text, attributions: first.map(|a| a.attributions).unwrap_or_default() }
    };
    Ok(read_jsonl(path)?.into_iter().map(article).collect())
}
