//! Attachment scores as in the CoNLL 2018 shared task, on given words.

use std::ops::AddAssign;

use tidings_language::Sentence;

use super::counts::share;
use crate::corpora::Tree;

/// How many words have the right tag, head, head and universal relation (without subtype), lemma.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Attachment {
    words: usize,
    upos: usize,
    head: usize,
    labelled: usize,
    lemma: usize,
}

impl Attachment {
    /// Share of words with the right part of speech.
    pub fn upos(self) -> f64 {
        share(self.upos, self.words)
    }

    /// Share of words with the right head.
    pub fn uas(self) -> f64 {
        share(self.head, self.words)
    }

    /// Share of words with the right head and relation.
    pub fn las(self) -> f64 {
        share(self.labelled, self.words)
    }

    /// Share of words with the right lemma; where the treebank gives none, any is right.
    pub fn lemma(self) -> f64 {
        share(self.lemma, self.words)
    }
}

impl AddAssign for Attachment {
    fn add_assign(&mut self, other: Self) {
        self.words += other.words;
        self.upos += other.upos;
        self.head += other.head;
        self.labelled += other.labelled;
        self.lemma += other.lemma;
    }
}

/// Scores one sentence.
pub fn attachment(gold: &Tree, system: &Sentence) -> Attachment {
    let mut counts = Attachment { words: gold.words.len(), ..Attachment::default() };
    for (row, word) in gold.words.iter().zip(&system.words) {
        let head = word.head.map_or(0, |h| h + 1) == row.head;
        counts.upos += usize::from(word.upos.as_str() == row.upos);
        counts.head += usize::from(head);
        counts.labelled += usize::from(head && word.relation.base() == row.relation());
        counts.lemma += usize::from(row.lemma == "_" || word.lemma == row.lemma);
    }
    counts
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use tidings_language::{Relation, Upos, Word};
    use tidings_text::Span;

    use super::*;
    use crate::corpora::Row;

    fn row(form: &str, lemma: &str, upos: &str, head: usize, deprel: &str) -> Row {
        Row { form: form.into(), lemma: lemma.into(), upos: upos.into(), head, deprel: deprel.into() }
    }

    fn word(lemma: &str, upos: Upos, head: Option<usize>, relation: Relation) -> Word {
        let features = Arc::from("");
        Word {
            span: Span::default(),
            form: lemma.into(),
            lemma: lemma.into(),
            upos,
            features,
            head,
            relation,
            factuality: 0.0,
        }
    }

    #[test]
    fn four_words_by_hand() {
        let gold = Tree {
            words: vec![
                row("He", "he", "PRON", 2, "nsubj:pass"),
                row("was", "be", "AUX", 0, "root"),
                row("seen", "_", "VERB", 2, "ccomp"),
                row("!", "!", "PUNCT", 2, "punct"),
            ],
            ..Tree::default()
        };
        let words = vec![
            word("he", Upos::Pron, Some(1), Relation::Nsubj), // all right: subtypes do not count
            word("is", Upos::Aux, None, Relation::Root),      // wrong lemma
            word("see", Upos::Noun, Some(1), Relation::Xcomp), // wrong tag and relation; no gold lemma
            word("!", Upos::Punct, Some(0), Relation::Punct), // wrong head
        ];
        let counts = attachment(&gold, &Sentence { words, ..Sentence::default() });
        assert_eq!(counts, Attachment { words: 4, upos: 3, head: 3, labelled: 2, lemma: 3 });
    }
}
