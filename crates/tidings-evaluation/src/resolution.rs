//! What does it cost to find out who, where and when, beside the language analysis?

use std::path::Path;
use std::time::Instant;

use serde::{Deserialize, Serialize};
use tidings_actors::Knowledge;
use tidings_document::Document;
use tidings_language::Analyzer;
use tidings_text::Span;

use crate::corpora;
use crate::error::{Error, Result};

/// What a number of articles took.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Resolution {
    /// Articles read.
    pub articles: usize,
    /// Mentions of actors found in them.
    pub mentions: usize,
    /// Seconds for the language analysis.
    pub analysis: f64,
    /// Seconds for all mentions, places and times.
    pub resolution: f64,
}

impl Resolution {
    /// The share of the analysis that the resolution takes on top.
    pub fn share(&self) -> f64 {
        self.resolution / self.analysis
    }

    /// In words.
    pub fn describe(&self) -> String {
        let Resolution { articles, mentions, analysis, resolution } = self;
        format!(
            "{articles} articles, {mentions} mentions: analysis {analysis:.2} s, mentions, places and times {resolution:.3} s"
        )
    }
}

/// Analyses and resolves the first `count` news articles of PolNeAR dev, after one to warm up.
pub fn resolution(shared: &Path, count: usize) -> Result<Resolution> {
    let analyzer = Analyzer::new().map_err(|e| Error::Analysis(e.to_string()))?;
    let knowledge = Knowledge::embedded();
    let mut total = Resolution { articles: 0, mentions: 0, analysis: 0.0, resolution: 0.0 };
    for (number, article) in
        corpora::polnear(&shared.join("data/quotes/polnear.dev.jsonl"))?.iter().enumerate()
    {
        let document = Document::of_body(article.text.as_str());
        let spans = tidings_text::sentences(&document.text, Span::new(0, document.text.len()));
        let begun = Instant::now();
        let sentences =
            analyzer.analyze(&document.text, &spans).map_err(|e| Error::Analysis(e.to_string()))?;
        let analysed = Instant::now();
        let mentions = tidings_coding::article(&document, &sentences, knowledge).mentions.len();
        if number > 0 {
            total.articles += 1;
            total.mentions += mentions;
            total.analysis += (analysed - begun).as_secs_f64();
            total.resolution += analysed.elapsed().as_secs_f64();
        }
        if total.articles == count {
            break;
        }
    }
    Ok(total)
}
