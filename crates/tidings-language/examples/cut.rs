//! Cuts running text into sentences and words as the analysis does, for the training of the model.
//!
//!     cargo run --release -p tidings-language --example cut < TEXTS.jsonl > CUTS.jsonl
//!
//! Each line in is a JSON object with `text`; each line out is a list of sentences, a sentence a list of `[start, end]` of
//! its words in Unicode code points.

use std::error::Error;
use std::io::{BufRead, Write};

use serde::Deserialize;
use tidings_text::{CodePoints, Span};

#[derive(Deserialize)]
struct Record {
    text: String,
}

fn main() -> Result<(), Box<dyn Error>> {
    let mut out = std::io::stdout().lock();
    for line in std::io::stdin().lock().lines() {
        let Record { text } = serde_json::from_str(&line?)?;
        writeln!(out, "{}", serde_json::to_string(&cut(&text))?)?;
    }
    Ok(())
}

fn cut(text: &str) -> Vec<Vec<[usize; 2]>> {
    let points = CodePoints::new(text);
    let word = |s: Span| [points.at(s.start), points.at(s.end)];
    let sentences = tidings_text::sentences(text, Span::new(0, text.len())).into_iter();
    sentences.map(|s| tidings_text::words(text, s).into_iter().map(word).collect()).collect()
}
