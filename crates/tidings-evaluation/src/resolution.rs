//! What do mentions, places, times and events cost beside the language analysis?

use std::path::Path;
use std::time::Instant;

use serde::{Deserialize, Serialize};
use tidings_actors::Knowledge;
use tidings_document::Document;
use tidings_language::Analyzer;
use tidings_ontology::Rules;

use crate::corpora;
use crate::error::{Error, Result, read};
use crate::suites::coded::analysed;

/// What a number of articles took.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub struct Resolution {
    /// Articles read.
    pub articles: usize,
    /// Their sentences.
    pub sentences: usize,
    /// Mentions of actors found in them.
    pub mentions: usize,
    /// Events coded.
    pub events: usize,
    /// Seconds from the text to analysed sentences.
    pub analysis: f64,
    /// Seconds for all mentions, places and times.
    pub resolution: f64,
    /// Seconds from analysed sentences to written records, these included.
    pub coding: f64,
}

impl Resolution {
    /// The share of the analysis that the resolution takes on top.
    pub fn share(&self) -> f64 {
        self.resolution / self.analysis
    }

    /// The share of the analysis that the whole coding takes on top.
    pub fn coding_share(&self) -> f64 {
        self.coding / self.analysis
    }

    /// Sentences a second from raw text to records.
    pub fn rate(&self) -> f64 {
        self.sentences as f64 / (self.analysis + self.coding)
    }

    /// In words.
    pub fn describe(&self) -> String {
        let Resolution { articles, sentences, mentions, events, analysis, resolution, coding } = self;
        format!(
            "{articles} articles, {sentences} sentences, {mentions} mentions, {events} events: analysis {analysis:.2} s, \
             mentions, places and times {resolution:.3} s, the whole coding {coding:.2} s"
        )
    }
}

/// Analyses, resolves and codes the first `count` articles of a corpus, after one to warm up: news of politics (PolNeAR
/// dev), or the mixed news of the Worldwide newswire (sport, markets, culture and politics as they come).
pub fn resolution(shared: &Path, mixed: bool, count: usize) -> Result<Resolution> {
    let analyzer = Analyzer::new().map_err(|e| Error::Analysis(e.to_string()))?;
    let texts = if mixed { newswire(shared)? } else { political(shared)? };
    let rules = Rules::default();
    let mut total = Resolution::default();
    for (number, text) in texts.iter().enumerate().take(count + 1) {
        let begun = Instant::now();
        let document = Document::of_body(text.as_str());
        let sentences = analysed(&analyzer, &document.text)?;
        let analysed = Instant::now();
        let mentions = tidings_coding::article(&document, &sentences, Knowledge::embedded()).mentions.len();
        let resolved = Instant::now();
        let report =
            tidings_coding::code(&document, &sentences, Knowledge::embedded(), &rules, Some(analyzer.acts()));
        report.records.iter().for_each(|r| drop(std::hint::black_box(serde_json::json!(r).to_string())));
        let coded = Instant::now();
        if number > 0 {
            total.articles += 1;
            total.sentences += sentences.len();
            total.mentions += mentions;
            total.events += report.events().count();
            total.analysis += (analysed - begun).as_secs_f64();
            total.resolution += (resolved - analysed).as_secs_f64();
            total.coding += (coded - resolved).as_secs_f64();
        }
    }
    Ok(total)
}

fn political(shared: &Path) -> Result<Vec<String>> {
    let articles = corpora::polnear(&shared.join("data/quotes/polnear.dev.jsonl"))?;
    Ok(articles.into_iter().map(|a| a.text).collect())
}

/// The words of each article of the newswire's development part, joined by spaces, a sentence a line.
pub(crate) fn newswire(shared: &Path) -> Result<Vec<String>> {
    let text = read(&shared.join("data/entities/worldwide/worldwide.dev.tsv"))?;
    let articles = text.split("# newdoc").map(|article| {
        let rows = article.lines().map(|l| l.split_once('\t').map_or("", |(word, _)| word));
        let words: Vec<&str> = rows.collect();
        let sentences = words.split(|w| w.is_empty()).filter(|s| !s.is_empty());
        sentences.map(|s| s.join(" ")).collect::<Vec<_>>().join("\n")
    });
    Ok(articles.filter(|a| !a.is_empty()).collect())
}
