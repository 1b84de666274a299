//! The result of the language analysis.

use std::ops::Range;
use std::sync::{Arc, OnceLock};

use tidings_text::Span;

use crate::{ActViews, NameKind, Relation, Role, Upos};

/// One analysed sentence. Words are counted from 0; ranges of words are end exclusive.
#[derive(Clone, Debug, Default)]
pub struct Sentence {
    /// Where it stands in the text.
    pub span: Span,
    /// Its words, in order.
    pub words: Vec<Word>,
    /// Names, dates and amounts, in order, without overlaps.
    pub names: Vec<Name>,
    /// Verbs and event nouns with their arguments, in order.
    pub predicates: Vec<Predicate>,
    /// Who is said to have said or thought what.
    pub attributions: Vec<Attribution>,
    /// For each word, what tells which act passes between two actors.
    pub acts: ActViews,
    /// Which words hang on which, built when it is first asked for; the heads must not change after that.
    pub below: Below,
}

/// For each word the words that it governs, one list behind the other.
#[derive(Clone, Debug, Default)]
pub struct Below(OnceLock<(Vec<usize>, Vec<usize>)>);

impl Below {
    /// The words governed by `word`, in order.
    fn of(&self, words: &[Word], word: usize) -> &[usize] {
        let (starts, all) = self.0.get_or_init(|| listed(words));
        match (starts.get(word), starts.get(word + 1)) {
            (Some(from), Some(to)) => &all[*from..*to],
            _ => &[],
        }
    }
}

/// Where the list of each word begins, and the lists.
fn listed(words: &[Word]) -> (Vec<usize>, Vec<usize>) {
    let mut starts = vec![0; words.len() + 1];
    let heads =
        || words.iter().enumerate().filter_map(|(i, w)| Some((i, w.head.filter(|h| *h < words.len())?)));
    for (_, head) in heads() {
        starts[head + 1] += 1;
    }
    for word in 0..words.len() {
        starts[word + 1] += starts[word];
    }
    let (mut next, mut all) = (starts.clone(), vec![0; starts[words.len()]]);
    for (word, head) in heads() {
        all[next[head]] = word;
        next[head] += 1;
    }
    (starts, all)
}

/// One syntactic word.
#[derive(Clone, Debug)]
pub struct Word {
    /// Where it stands in the text.
    pub span: Span,
    /// As written.
    pub form: String,
    /// Dictionary form.
    pub lemma: String,
    /// Universal part of speech.
    pub upos: Upos,
    /// Universal features, `Name=Value|…`, empty if none.
    pub features: Arc<str>,
    /// The governing word; `None` for the root.
    pub head: Option<usize>,
    /// Relation to the governor.
    pub relation: Relation,
    /// Whether what the word tells happened, -3 (certainly not) to 3 (certainly); meaningful on predicates.
    pub factuality: f32,
}

/// A name, date or amount.
#[derive(Clone, Debug, PartialEq)]
pub struct Name {
    /// Its words.
    pub words: Range<usize>,
    /// What it names.
    pub kind: NameKind,
    /// Mean probability of the labels, 0 to 1.
    pub score: f32,
}

/// A verb or event noun with who did what to whom.
#[derive(Clone, Debug)]
pub struct Predicate {
    /// The word.
    pub word: usize,
    /// Probability that it is a predicate.
    pub score: f32,
    /// Its arguments by word order; each is the head word of its phrase.
    pub arguments: Vec<Argument>,
}

/// One argument of a predicate.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Argument {
    /// PropBank role.
    pub role: Role,
    /// Head word of the argument.
    pub word: usize,
    /// Probability of the role.
    pub score: f32,
}

/// Somebody is said to have said, thought or felt something.
#[derive(Clone, Debug, PartialEq)]
pub struct Attribution {
    /// The words that say so ("said", "according to").
    pub cue: Range<usize>,
    /// The words that name the speaker; empty if not in this sentence.
    pub source: Vec<Range<usize>>,
    /// What was said, as far as it is in this sentence.
    pub content: Vec<Range<usize>>,
    /// The stretches of other sentences that belong to the content: the rest of a quotation, and quotations that follow
    /// in the same breath. Empty for words that came without their text.
    pub further: Vec<Span>,
    /// Probability of the cue.
    pub score: f32,
}

impl Word {
    /// Value of a universal feature: `word.feature("Tense") == Some("Past")`.
    pub fn feature(&self, name: &str) -> Option<&str> {
        self.features.split('|').find_map(|f| f.strip_prefix(name)?.strip_prefix('='))
    }
}

impl Sentence {
    /// The words governed by `word`, in order.
    pub fn children(&self, word: usize) -> impl Iterator<Item = usize> + '_ {
        self.below.of(&self.words, word).iter().copied()
    }

    /// The first word governed by `word` whose relation is `relation` or a subtype of it.
    pub fn child(&self, word: usize, relation: Relation) -> Option<usize> {
        self.children(word).find(|c| self.words[*c].relation.is(relation))
    }

    /// All words below `word` and itself, in order.
    pub fn subtree(&self, word: usize) -> Vec<usize> {
        (0..self.words.len()).filter(|w| self.is_within(*w, word)).collect()
    }

    /// Whether `word` is `top` or below it.
    pub fn is_within(&self, word: usize, top: usize) -> bool {
        std::iter::successors(Some(word), |w| self.words[*w].head)
            .take(self.words.len() + 1)
            .any(|w| w == top)
    }

    /// The stretch of text from the first to the last of `words`; empty for none.
    pub fn span_of(&self, words: impl IntoIterator<Item = usize>) -> Span {
        words
            .into_iter()
            .filter_map(|w| self.words.get(w))
            .map(|w| w.span)
            .reduce(Span::join)
            .unwrap_or_default()
    }

    /// The root of the tree.
    pub fn root(&self) -> Option<usize> {
        self.words.iter().position(|w| w.head.is_none())
    }

    /// The predicate whose word is `word`.
    pub fn predicate(&self, word: usize) -> Option<&Predicate> {
        self.predicates.iter().find(|p| p.word == word)
    }

    /// The name that `word` belongs to.
    pub fn name_at(&self, word: usize) -> Option<&Name> {
        self.names.iter().find(|n| n.words.contains(&word))
    }
}

#[cfg(test)]
mod tests {
    use super::{Sentence, Word};
    use crate::{Relation, Upos};

    #[test]
    fn children_come_in_text_order() {
        let word = |head| Word {
            span: tidings_text::Span::default(),
            form: String::new(),
            lemma: String::new(),
            upos: Upos::default(),
            features: "".into(),
            head,
            relation: Relation::Root,
            factuality: 0.0,
        };
        let words = [Some(2), Some(0), None, Some(2), Some(9), Some(0)].map(word).to_vec();
        let sentence = Sentence { words, ..Sentence::default() };
        let children = |w: usize| sentence.children(w).collect::<Vec<_>>();
        assert_eq!((children(0), children(1), children(2)), (vec![1, 5], vec![], vec![0, 3]));
        assert_eq!(children(9), Vec::<usize>::new());
    }
}
