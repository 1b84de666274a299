//! How many sentences and words a second one thread analyses, and how much memory that takes.
//!
//!     cargo run --release -p tidings-language --example throughput -- FILE.conllu
//!
//! The words of the file are taken as they are, in documents of 40 sentences; the model is loaded before the clock starts.

use std::error::Error;
use std::time::Instant;

use tidings_language::{Analyzer, conllu};

/// Sentences of a long news report: batches never reach over the end of a document.
const DOCUMENT: usize = 40;

fn main() -> Result<(), Box<dyn Error>> {
    let file = std::env::args().nth(1).ok_or("name a CoNLL-U file")?;
    let sentences: Vec<Vec<String>> =
        conllu::read(&file, &std::fs::read_to_string(&file)?)?.into_iter().map(|s| s.words).collect();
    let loading = Instant::now();
    let analyzer = Analyzer::new()?;
    println!("model loaded in {:.3} s", loading.elapsed().as_secs_f64());
    let words: usize = sentences.iter().map(Vec::len).sum();
    let running = Instant::now();
    let mut predicates = 0;
    for document in sentences.chunks(DOCUMENT) {
        predicates += analyzer.analyze_words(document)?.iter().map(|s| s.predicates.len()).sum::<usize>();
    }
    let seconds = running.elapsed().as_secs_f64();
    println!("{} sentences, {words} words, {predicates} predicates in {seconds:.2} s", sentences.len());
    println!("{:.0} sentences/s, {:.0} words/s", sentences.len() as f64 / seconds, words as f64 / seconds);
    println!("peak memory {}", peak_memory());
    Ok(())
}

/// As Linux counts it; other systems are not asked.
fn peak_memory() -> String {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    status
        .lines()
        .find_map(|l| l.strip_prefix("VmHWM:"))
        .map_or_else(|| "unknown".to_owned(), |v| v.trim().to_owned())
}
