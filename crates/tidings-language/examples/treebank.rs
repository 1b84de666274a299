//! Scores on the gold words of a treebank, in percent, to hold against `python -m tidings_training.check`.
//!
//!     cargo run --release -p tidings-language --example treebank -- ../shared/data/treebanks/ewt/en_ewt-ud-dev.conllu
//!
//! As there, LAS leaves the subtypes of relations out. Lemmas are compared as written; `_` in the treebank is passed over.

use std::error::Error;
use std::path::Path;

use tidings_language::{Analyzer, Word, conllu};

/// Sentences analysed at once.
const DOCUMENT: usize = 40;

/// What is right, counted over words.
#[derive(Default)]
struct Counts {
    words: usize,
    upos: usize,
    features: usize,
    lemma: usize,
    lemma_given: usize,
    head: usize,
    labelled: usize,
}

impl Counts {
    /// `gold` are the ten columns.
    fn add(&mut self, gold: &[&str], word: &Word) {
        let same_head = gold[6].parse() == Ok(word.head.map_or(0, |h| h + 1));
        let features = if word.features.is_empty() { "_" } else { &word.features };
        self.words += 1;
        self.upos += usize::from(gold[3] == word.upos.as_str());
        self.features += usize::from(gold[5] == features);
        self.lemma_given += usize::from(gold[2] != "_");
        self.lemma += usize::from(gold[2] != "_" && gold[2] == word.lemma);
        self.head += usize::from(same_head);
        self.labelled += usize::from(same_head && gold[7].split(':').next() == Some(word.relation.base()));
    }

    fn print(&self) {
        let percent = |right: usize, of: usize| 100.0 * right as f64 / of.max(1) as f64;
        println!("{} words", self.words);
        for (name, right) in
            [("UPOS", self.upos), ("features", self.features), ("UAS", self.head), ("LAS", self.labelled)]
        {
            println!("{name:9} {:.2}", percent(right, self.words));
        }
        println!("{:9} {:.2}", "lemma", percent(self.lemma, self.lemma_given));
    }
}

fn main() -> Result<(), Box<dyn Error>> {
    let file = std::env::args()
        .nth(1)
        .unwrap_or_else(|| "../shared/data/treebanks/ewt/en_ewt-ud-dev.conllu".to_owned());
    if !Path::new(&file).exists() {
        println!("{file} is not there: nothing to score");
        return Ok(());
    }
    let text = std::fs::read_to_string(&file)?;
    let sentences: Vec<Vec<String>> = conllu::read(&file, &text)?.into_iter().map(|s| s.words).collect();
    let rows: Vec<Vec<&str>> = text
        .lines()
        .map(|l| l.split('\t').collect::<Vec<_>>())
        .filter(|c| c.len() == 10 && c[0].parse::<usize>().is_ok())
        .collect();
    let analyzer = Analyzer::new()?;
    let mut counts = Counts::default();
    let mut gold = rows.iter();
    for document in sentences.chunks(DOCUMENT) {
        for word in analyzer.analyze_words(document)?.iter().flat_map(|s| &s.words) {
            counts.add(gold.next().ok_or("fewer gold words than words")?, word);
        }
    }
    counts.print();
    Ok(())
}
