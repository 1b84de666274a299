//! How fast is the language analysis, and how much memory does it take?

use std::path::Path;
use std::time::Instant;

use serde::{Deserialize, Serialize};
use tidings_language::Analyzer;
use tidings_text::Span;

use crate::corpora;
use crate::error::{Error, Result};

/// Sentences handed over at once, as to the peer.
const BATCH: usize = 128;

/// What one run took.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Speed {
    /// Sentences analysed.
    pub sentences: usize,
    /// Words found in them.
    pub words: usize,
    /// Time on the clock, without loading the model.
    pub seconds: f64,
    /// Time of the processor in the same stretch: more than `seconds` would betray a second thread.
    pub processor_seconds: f64,
    /// The most memory the process ever held.
    pub peak_kib: u64,
}

impl Speed {
    /// Sentences per second.
    pub fn rate(&self) -> f64 {
        self.sentences as f64 / self.seconds
    }

    /// Peak memory in millions of bytes.
    pub fn peak_megabytes(&self) -> f64 {
        self.peak_kib as f64 * 1024.0 / 1e6
    }

    /// In words.
    pub fn describe(&self) -> String {
        let Speed { sentences, words, seconds, processor_seconds, .. } = self;
        format!(
            "{sentences} sentences, {words} words in {seconds:.2} s ({processor_seconds:.2} s of processor time)"
        )
    }
}

/// What loading the knowledge took.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Load {
    /// Time on the clock until the first answer.
    pub milliseconds: f64,
    /// Memory that the process holds more than before, in millions of bytes.
    pub megabytes: f64,
}

/// Loads the tables of actors and places and asks them one question of each kind, so that nothing is left for later.
pub fn load_knowledge() -> Load {
    let (before, start) = (memory_kib("VmRSS:"), Instant::now());
    let known = tidings_actors::Knowledge::embedded();
    let asked = (known.country_by_name("Norway"), known.is_body("NATO", None), known.place("Goma"));
    let places = tidings_places::Gazetteer::embedded().candidates("Springfield").len();
    let milliseconds = start.elapsed().as_secs_f64() * 1e3;
    std::hint::black_box((asked, places));
    let megabytes = memory_kib("VmRSS:").saturating_sub(before) as f64 * 1024.0 / 1e6;
    Load { milliseconds, megabytes }
}

/// The first `count` sentences of the news articles of PolNeAR dev.
pub fn news_sentences(shared: &Path, count: usize) -> Result<Vec<String>> {
    let mut out = Vec::with_capacity(count);
    for article in corpora::polnear(&shared.join("data/quotes/polnear.dev.jsonl"))? {
        let spans = tidings_text::sentences(&article.text, Span::new(0, article.text.len()));
        out.extend(spans.into_iter().map(|s| s.of(&article.text).to_owned()).take(count - out.len()));
        if out.len() == count {
            break;
        }
    }
    Ok(out)
}

/// Runs the whole language analysis over `sentences`, after one batch to warm up.
pub fn speed(sentences: &[String]) -> Result<Speed> {
    let analyzer = Analyzer::new().map_err(|e| Error::Analysis(e.to_string()))?;
    analyze(&analyzer, sentences.get(..BATCH).unwrap_or(sentences))?;
    let (start, processor) = (Instant::now(), processor_seconds());
    let mut words = 0;
    for batch in sentences.chunks(BATCH) {
        words += analyze(&analyzer, batch)?;
    }
    let seconds = start.elapsed().as_secs_f64();
    let processor_seconds = processor_seconds() - processor;
    Ok(Speed { sentences: sentences.len(), words, seconds, processor_seconds, peak_kib: peak_kib() })
}

fn analyze(analyzer: &Analyzer, sentences: &[String]) -> Result<usize> {
    let mut text = String::new();
    let mut spans = Vec::with_capacity(sentences.len());
    for sentence in sentences {
        spans.push(Span::new(text.len(), text.len() + sentence.len()));
        text.push_str(sentence);
        text.push('\n');
    }
    let analysed = analyzer.analyze(&text, &spans).map_err(|e| Error::Analysis(e.to_string()))?;
    Ok(analysed.iter().map(|s| s.words.len()).sum())
}

pub(crate) fn peak_kib() -> u64 {
    memory_kib("VmHWM:")
}

/// A line of what Linux tells of this process's memory.
fn memory_kib(key: &str) -> u64 {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find_map(|l| l.strip_prefix(key));
    line.and_then(|l| l.split_whitespace().next()?.parse().ok()).unwrap_or(0)
}

/// User and system time of this process; fields 14 and 15 of `/proc/self/stat`, in hundredths of a second.
pub(crate) fn processor_seconds() -> f64 {
    let stat = std::fs::read_to_string("/proc/self/stat").unwrap_or_default();
    let after_name = stat.rsplit_once(')').map_or("", |(_, rest)| rest);
    let ticks = after_name.split_whitespace().skip(11).take(2).filter_map(|f| f.parse::<f64>().ok());
    ticks.sum::<f64>() / 100.0
}
