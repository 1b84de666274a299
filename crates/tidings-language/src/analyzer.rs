//! Text in, analysed sentences out.

use std::path::Path;

use tidings_text::Span;

use crate::error::ModelError;
use crate::model::{Description, Model};
use crate::windows::{self, Window};
use crate::{Sentence, decode};

/// The language analysis. Built once; any number of threads may use it at the same time.
pub struct Analyzer {
    model: Model,
}

impl Analyzer {
    /// With the model inside the program.
    pub fn new() -> Result<Self, ModelError> {
        Ok(Self { model: Model::embedded()? })
    }

    /// With a model of the same kind from a folder.
    pub fn from_dir(folder: &Path) -> Result<Self, ModelError> {
        Ok(Self { model: Model::from_dir(folder)? })
    }

    /// What the model is.
    pub fn description(&self) -> &Description {
        &self.model.description
    }

    /// Analyses the sentences of `text` that stand at `spans`. Their number and order are kept; a sentence without
    /// words has an empty analysis.
    pub fn analyze(&self, text: &str, spans: &[Span]) -> Result<Vec<Sentence>, ModelError> {
        let words: Vec<Vec<Span>> = spans.iter().map(|s| tidings_text::words(text, *s)).collect();
        let forms: Vec<Vec<(&str, Span)>> = words.iter().map(|list| list.iter().map(|s| (s.of(text), *s)).collect()).collect();
        let mut sentences = self.run(&forms, None)?;
        for (sentence, span) in sentences.iter_mut().zip(spans) {
            sentence.span = *span;
        }
        Ok(sentences)
    }

    /// Analyses sentences that are cut into words already; spans are those of the words joined by one space.
    pub fn analyze_words(&self, sentences: &[Vec<String>]) -> Result<Vec<Sentence>, ModelError> {
        self.pretokenized(sentences, None)
    }

    /// As [`Analyzer::analyze_words`], with the predicates of each sentence given: only their arguments are found.
    pub fn analyze_words_with_predicates(&self, sentences: &[Vec<String>], predicates: &[Vec<usize>]) -> Result<Vec<Sentence>, ModelError> {
        self.pretokenized(sentences, Some(predicates))
    }

    fn pretokenized(&self, sentences: &[Vec<String>], predicates: Option<&[Vec<usize>]>) -> Result<Vec<Sentence>, ModelError> {
        let forms: Vec<Vec<(&str, Span)>> = sentences.iter().map(|words| joined(words)).collect();
        let mut analysed = self.run(&forms, predicates)?;
        for sentence in &mut analysed {
            sentence.span = sentence.span_of(0..sentence.words.len());
        }
        Ok(analysed)
    }

    fn run(&self, forms: &[Vec<(&str, Span)>], predicates: Option<&[Vec<usize>]>) -> Result<Vec<Sentence>, ModelError> {
        let cut: Vec<Window> = forms.iter().enumerate().flat_map(|(number, words)| windows::windows(&self.model, number, &words.iter().map(|(f, _)| *f).collect::<Vec<_>>())).collect();
        let mut sentences = vec![Sentence::default(); forms.len()];
        // Windows of one sentence must be added in order, so a long sentence's later windows wait for the earlier ones.
        let mut waiting: Vec<Option<(usize, std::rc::Rc<crate::model::Output>)>> = cut.iter().map(|_| None).collect();
        let mut next: Vec<usize> = vec![0; forms.len()];
        let first: Vec<usize> = first_windows(&cut, forms.len());
        for batch in windows::batches(&cut) {
            let output = std::rc::Rc::new(self.model.run(windows::input(&self.model, &cut, &batch))?);
            for (row, window) in batch.iter().enumerate() {
                waiting[*window] = Some((row, output.clone()));
            }
            for sentence in batch.iter().map(|w| cut[*w].sentence) {
                while let Some((row, output)) = cut.get(first[sentence] + next[sentence]).filter(|w| w.sentence == sentence).and_then(|_| waiting[first[sentence] + next[sentence]].take()) {
                    let window = &cut[first[sentence] + next[sentence]];
                    let given = predicates.and_then(|p| p.get(sentence)).map(Vec::as_slice);
                    decode::add_window(&self.model, &output, row, window, &forms[sentence], given, &mut sentences[sentence]);
                    next[sentence] += 1;
                }
            }
        }
        Ok(sentences)
    }
}

/// Number of the first window of each sentence.
fn first_windows(cut: &[Window], sentences: usize) -> Vec<usize> {
    let mut first = vec![cut.len(); sentences];
    for (number, window) in cut.iter().enumerate().rev() {
        first[window.sentence] = number;
    }
    first
}

fn joined(words: &[String]) -> Vec<(&str, Span)> {
    let mut offset = 0;
    words
        .iter()
        .map(|word| {
            let span = Span::new(offset, offset + word.len());
            offset = span.end + 1;
            (word.as_str(), span)
        })
        .collect()
}
