//! Text in, analysed sentences out.

use std::path::Path;

use tidings_text::Span;

use crate::continuation;
use crate::decode::{self, Part};
use crate::error::ModelError;
use crate::model::{Description, Model, on_this_thread};
use crate::network::Room;
use crate::windows::{self, Window};
use crate::{ActClassifier, Name, NameKind, Sentence};

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

    /// Says which act passes between two actors of an analysed sentence.
    pub fn acts(&self) -> &ActClassifier {
        &self.model.acts
    }

    /// Analyses the sentences of `text` that stand at `spans`. Their number and order are kept; a sentence without
    /// words has an empty analysis.
    pub fn analyze(&self, text: &str, spans: &[Span]) -> Result<Vec<Sentence>, ModelError> {
        self.read(text, spans, false)
    }

    /// The same, and reads for acts between actors ([`Sentence::acts`]), which costs some sixth of the time more.
    pub fn analyze_for_acts(&self, text: &str, spans: &[Span]) -> Result<Vec<Sentence>, ModelError> {
        self.read(text, spans, true)
    }

    fn read(&self, text: &str, spans: &[Span], acts: bool) -> Result<Vec<Sentence>, ModelError> {
        let words: Vec<Vec<Span>> = spans.iter().map(|s| tidings_text::words(text, *s)).collect();
        let forms: Vec<Vec<(&str, Span)>> =
            words.iter().map(|list| list.iter().map(|s| (s.of(text), *s)).collect()).collect();
        let mut sentences = self.run(&forms, None, acts)?;
        for (sentence, span) in sentences.iter_mut().zip(spans) {
            sentence.span = *span;
        }
        continuation::complete(text, &mut sentences);
        Ok(sentences)
    }

    /// Analyses sentences that are cut into words already; spans are those of the words joined by one space.
    pub fn analyze_words(&self, sentences: &[Vec<String>]) -> Result<Vec<Sentence>, ModelError> {
        self.pretokenized(sentences, None)
    }

    /// As [`Analyzer::analyze_words`], with the predicates of each sentence given: only their arguments are found.
    pub fn analyze_words_with_predicates(
        &self,
        sentences: &[Vec<String>],
        predicates: &[Vec<usize>],
    ) -> Result<Vec<Sentence>, ModelError> {
        check_predicates(sentences, predicates)?;
        self.pretokenized(sentences, Some(predicates))
    }

    fn pretokenized(
        &self,
        sentences: &[Vec<String>],
        predicates: Option<&[Vec<usize>]>,
    ) -> Result<Vec<Sentence>, ModelError> {
        let forms: Vec<Vec<(&str, Span)>> = sentences.iter().map(|words| joined(words)).collect();
        let mut analysed = self.run(&forms, predicates, false)?;
        for sentence in &mut analysed {
            sentence.span = sentence.span_of(0..sentence.words.len());
        }
        Ok(analysed)
    }

    fn run(
        &self,
        forms: &[Vec<(&str, Span)>],
        predicates: Option<&[Vec<usize>]>,
        acts: bool,
    ) -> Result<Vec<Sentence>, ModelError> {
        let vocabulary = &self.model.pieces;
        let cut = |(number, words): (usize, &Vec<(&str, Span)>)| {
            windows::windows(vocabulary, number, &words.iter().map(|(form, _)| *form).collect::<Vec<_>>())
        };
        let windows: Vec<Window> = forms.iter().enumerate().flat_map(cut).collect();
        let mut parts = vec![Sentence::default(); windows.len()];
        on_this_thread();
        let mut room = Room::default();
        for numbers in windows::batches(&windows) {
            let batch = windows::batch(vocabulary, &windows[numbers.clone()]);
            let (output, lower) = self.model.network.run(&batch, &mut room)?;
            let part = |row: usize| Part {
                model: &self.model,
                output: &output,
                row,
                window: &windows[numbers.start + row],
            };
            let parts = &mut parts[numbers.clone()];
            for (row, read) in parts.iter_mut().enumerate() {
                let sentence = windows[numbers.start + row].sentence;
                let given = predicates.and_then(|p| p.get(sentence)).map(Vec::as_slice);
                *read = part(row).decode(&forms[sentence], given);
            }
            if !acts {
                continue;
            }
            let rows: Vec<usize> = (0..parts.len()).filter(|row| may_hold_acts(&parts[*row])).collect();
            if rows.is_empty() {
                continue;
            }
            let read = self.model.network.read_for_acts(&batch, &lower, &rows, &mut room)?;
            for (at, row) in rows.into_iter().enumerate() {
                parts[row].acts = part(row).acts(&read, at);
            }
        }
        let mut sentences = vec![Sentence::default(); forms.len()];
        for (window, part) in windows.iter().zip(parts) {
            decode::append(&mut sentences[window.sentence], part);
        }
        Ok(sentences)
    }
}

/// Whether anybody could act here: there is a predicate and the name of one who is no thing, place or date alone.
fn may_hold_acts(part: &Sentence) -> bool {
    let actor = |name: &Name| {
        matches!(name.kind, NameKind::Person | NameKind::Organization | NameKind::Location | NameKind::Norp)
    };
    !part.predicates.is_empty() && part.names.iter().any(actor)
}

/// The predicates must be words of their sentences: a wrong number would else be passed over in silence.
fn check_predicates(sentences: &[Vec<String>], predicates: &[Vec<usize>]) -> Result<(), ModelError> {
    if sentences.len() != predicates.len() {
        return Err(ModelError::Predicates {
            what: format!("{} lists for {} sentences", predicates.len(), sentences.len()),
        });
    }
    for (number, (words, list)) in sentences.iter().zip(predicates).enumerate() {
        if let Some(word) = list.iter().find(|w| **w >= words.len()) {
            return Err(ModelError::Predicates {
                what: format!("sentence {number} has {} words, none is number {word}", words.len()),
            });
        }
    }
    Ok(())
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
