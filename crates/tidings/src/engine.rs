//! What is built once: the language model and the tables of knowledge.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::Path;
use std::sync::Arc;

use tidings_actors::{Additions, Knowledge};
use tidings_coding::{Answer, Question, Report};
use tidings_document::Document;
use tidings_language::{Analyzer, ModelError};
use tidings_ontology::{EventType, Rules};
use tidings_text::Span;

use crate::Analysis;
use crate::prepare::{self, LONGEST_DOCUMENT};

/// Codes documents. Any number of threads may use one engine at the same time.
pub struct Engine {
    analyzer: Arc<Analyzer>,
    /// The tables with what the user brought; without it those that all engines share.
    own: Option<Box<Knowledge>>,
    rules: Rules,
    longest: usize,
}

/// What can go wrong; the text itself never does.
#[derive(Debug, thiserror::Error)]
pub enum EngineError {
    /// The language model could not be loaded or run.
    #[error(transparent)]
    Model(#[from] ModelError),
    /// A table of the ontology could not be read.
    #[error(transparent)]
    Table(#[from] tidings_ontology::TableError),
    /// A fault of ours in one document ([`Engine::code_guarded`]).
    #[error("{0}: could not be coded: internal error\n  hint: please report it with the text")]
    Fault(String),
}

impl Engine {
    /// With the model inside the program.
    pub fn new() -> Result<Self, EngineError> {
        Self::of(Analyzer::new()?)
    }

    /// With a model of the same kind from a folder.
    pub fn with_model(folder: &Path) -> Result<Self, EngineError> {
        Self::of(Analyzer::from_dir(folder)?)
    }

    fn of(analyzer: Analyzer) -> Result<Self, EngineError> {
        tidings_ontology::check()?;
        let analyzer = Arc::new(analyzer);
        Ok(Self { analyzer, own: None, rules: Rules::default(), longest: LONGEST_DOCUMENT })
    }

    /// Codes at most the first `bytes` of each document instead of [`LONGEST_DOCUMENT`].
    #[must_use]
    pub fn with_longest_document(mut self, bytes: usize) -> Self {
        self.longest = bytes;
        self
    }

    /// Knows actors of the user's own, which win over those of the tables.
    #[must_use]
    pub fn with_actors(mut self, additions: Additions) -> Self {
        self.own = (!additions.is_empty()).then(|| Box::new(Knowledge::with(additions)));
        self
    }

    /// Codes by rules of the user's own, which win over those of the tables.
    #[must_use]
    pub fn with_rules(mut self, rules: Rules) -> Self {
        self.rules = rules;
        self
    }

    /// Another engine with the model of this one, by other actors and rules.
    #[must_use]
    pub fn again(&self, additions: Additions, rules: Rules) -> Self {
        let bare = Self {
            analyzer: self.analyzer.clone(),
            own: None,
            rules: Rules::default(),
            longest: self.longest,
        };
        bare.with_actors(additions).with_rules(rules)
    }

    /// The rules by which it codes.
    pub fn rules(&self) -> &Rules {
        &self.rules
    }

    /// What is known of actors.
    pub fn knowledge(&self) -> &Knowledge {
        self.own.as_deref().unwrap_or_else(|| Knowledge::embedded())
    }

    /// Who a phrase is, and who else it could be.
    pub fn who(&self, question: &Question) -> Result<Answer, EngineError> {
        let text = question.text();
        let spans = tidings_text::sentences(text, Span::new(0, text.len()));
        let sentences = self.analyzer.analyze(text, &spans)?;
        Ok(tidings_coding::who(question, &sentences, self.knowledge()))
    }

    /// The language analysis alone.
    pub fn analyzer(&self) -> &Analyzer {
        &self.analyzer
    }

    /// Analyses the sentences of all parts that are news text, and infers the day of publication where nothing says it.
    ///
    /// A document in another language than English has no sentences, and a warning.
    pub fn analyze<'d>(&self, document: &'d Document) -> Result<Analysis<'d>, EngineError> {
        let mut document = prepare::prepared(document, self.longest);
        let spans = prepare::news_sentences(&mut document);
        let sentences = self.analyzer.analyze_for_acts(&document.text, &spans)?;
        prepare::date(&mut document, &sentences);
        Ok(Analysis { document, sentences })
    }

    /// Codes a document: its records and what was considered and not coded.
    pub fn code(&self, document: &Document) -> Result<Report, EngineError> {
        Ok(self.report(&self.analyze(document)?))
    }

    /// The same for those who code many: a fault of ours in one document is its error, and takes no other with it.
    pub fn code_guarded(&self, document: &Document) -> Result<Report, EngineError> {
        catch_unwind(AssertUnwindSafe(|| self.code(document)))
            .unwrap_or_else(|_| Err(EngineError::Fault(document.id.clone())))
    }

    /// Codes a document that is analysed already.
    pub fn report(&self, analysis: &Analysis) -> Report {
        self.report_by(analysis, &self.rules)
    }

    /// The same by other rules, to see what they change; the analysis, which costs nearly all of the time, is shared.
    pub fn report_by(&self, analysis: &Analysis, rules: &Rules) -> Report {
        let acts = Some(self.analyzer.acts());
        tidings_coding::code(&analysis.document, &analysis.sentences, self.knowledge(), rules, acts)
    }

    /// Which act passes between two actors of a text, given by where they stand in one of its sentences: each type with
    /// its chance, the likeliest first; none where nothing there could be an act.
    pub fn between(
        &self,
        text: &str,
        source: Span,
        target: Span,
    ) -> Result<Vec<(EventType, f32)>, EngineError> {
        let document = Document::of_body(text);
        let analysis = self.analyze(&document)?;
        let acts = self.analyzer.acts();
        Ok(tidings_coding::between(
            &analysis.document,
            &analysis.sentences,
            self.knowledge(),
            &self.rules,
            acts,
            [source, target],
        ))
    }
}

#[cfg(test)]
mod tests {
    use tidings_ontology::EventType;
    use tidings_text::Span;

    use super::Engine;

    #[test]
    fn acts_between_two_named_actors_have_chances() {
        let engine = Engine::new().expect("the embedded model loads");
        let likeliest = |text: &str, actors: [&str; 2]| {
            let [source, target] = actors.map(|words| {
                let start = text.find(words).expect("the words are there");
                Span::new(start, start + words.len())
            });
            let chances = engine.between(text, source, target).expect("a sentence can be read");
            let sum: f32 = chances.iter().map(|c| c.1).sum();
            assert!((sum - 1.0).abs() < 1e-4 && chances.is_sorted_by(|a, b| a.1 >= b.1), "{chances:?}");
            chances[0].0
        };
        let arrest = "Police in Ecuador arrested three Peruvian diplomats on Monday.";
        assert_eq!(likeliest(arrest, ["Police in Ecuador", "three Peruvian diplomats"]), EventType::Coerce);
        let charge = "Peru condemned the police of Ecuador for the raid on its embassy.";
        assert_eq!(likeliest(charge, ["Peru", "the police of Ecuador"]), EventType::Accuse);
        assert!(engine.between("It rained.", Span::new(0, 2), Span::new(3, 9)).expect("read").is_empty());
    }
}
