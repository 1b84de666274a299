//! From the model's numbers to words, tree, names, roles and attributions.
//!
//! The model counts the words of a window from 1, as 0 is the root; sentences count their words from 0.

use std::ops::Range;

use tidings_text::Span;

use crate::model::Model;
use crate::network::{Output, Read};
use crate::pairs::{PairScorer, best};
use crate::windows::Window;
use crate::{
    ActViews, Argument, Attribution, Name, Predicate, Relation, Sentence, Upos, Word, base_forms, inflection,
    lemma, names, tree,
};

/// Probability from which a word is a predicate.
const PREDICATE: f32 = 0.5;
/// Probability from which a word begins a cue, and from which a word goes on with it. Below a half: most words
/// belong to no cue, so the model is shy of them. Tuned on the last 40 documents of PolNeAR's training part.
const CUE: f32 = 0.4;
const CUE_GOES_ON: f32 = 0.35;

/// One window with the model's numbers for it.
pub(crate) struct Part<'p> {
    pub model: &'p Model,
    pub output: &'p Output,
    /// Row of the output.
    pub row: usize,
    pub window: &'p Window,
}

impl Part<'_> {
    /// What the window decides, in the sentence's word numbers. A word whose head is the root has none.
    /// Predicates that are given are taken as they are.
    pub fn decode(&self, forms: &[(&str, Span)], given: Option<&[usize]>) -> Sentence {
        let own = self.own();
        let heads = self.heads();
        let words = own.zip(&heads).map(|(word, head)| {
            let (form, span) = forms[self.of_sentence(word)];
            let built = self.word(word, form, span);
            match head {
                0 => built,
                _ => Word {
                    head: Some(self.of_sentence(*head)),
                    relation: self.relation(word, *head),
                    ..built
                },
            }
        });
        let words = words.collect();
        Sentence {
            span: Span::default(),
            words,
            names: self.names(),
            predicates: self.predicates(given),
            attributions: self.attributions(),
            ..Sentence::default()
        }
    }

    /// What the branch says of the own words, from a row of its outputs.
    pub fn acts(&self, read: &Read, row: usize) -> ActViews {
        let mut views = ActViews::default();
        for word in self.own() {
            views.push(read.view.at(row, word), read.key.at(row, word));
        }
        views
    }

    /// The words that are decided here, as the model counts.
    fn own(&self) -> Range<usize> {
        let before = self.window.words.start - self.window.read.start;
        before + 1..before + 1 + self.window.words.len()
    }

    /// The words that are read, as the model counts.
    fn read(&self) -> Range<usize> {
        1..self.window.read.len() + 1
    }

    fn of_sentence(&self, word: usize) -> usize {
        word - 1 + self.window.read.start
    }

    fn word(&self, word: usize, form: &str, span: Span) -> Word {
        let (labels, output) = (&self.model.labels, self.output);
        let upos = labels.upos.get(best(output.upos.at(self.row, word)).0).copied().unwrap_or_default();
        let class = |value: f32| value.max(0.0) as usize;
        let features = labels
            .features
            .get(class(output.features.one(self.row, word)))
            .cloned()
            .unwrap_or_else(|| "".into());
        let rule =
            labels.lemma_rules.get(class(output.lemma.one(self.row, word))).map_or("l|0|", String::as_str);
        let lemma = lemma_of(self.model, form, upos, &features, rule);
        let factuality = output.factuality.one(self.row, word);
        Word {
            span,
            form: form.to_owned(),
            lemma,
            upos,
            features,
            head: None,
            relation: Relation::Root,
            factuality,
        }
    }

    /// The head of each own word, 0 for the root. A word may hang on one that an earlier window decided, never on one
    /// that a later window will decide: so the windows together have no cycle.
    fn heads(&self) -> Vec<usize> {
        let own = self.own();
        let arc = |dependent: usize, head: usize| {
            self.output.arc.at(self.row, dependent).get(head).copied().unwrap_or(f32::MIN)
        };
        // The best of the root and the words before stands for all of them.
        let earlier = |word: usize| {
            (1..own.start)
                .fold(0, |found, head| if arc(word, head) > arc(word, found) { head } else { found })
        };
        let before: Vec<usize> = own.clone().map(earlier).collect();
        let row = |(word, first): (usize, &usize)| {
            std::iter::once(*first).chain(own.clone()).map(|head| arc(word, head)).collect()
        };
        let arcs: tree::Arcs =
            std::iter::once(vec![0.0; own.len() + 1]).chain(own.clone().zip(&before).map(row)).collect();
        let found =
            if self.window.words.start == 0 { tree::single_rooted(&arcs) } else { tree::many_rooted(&arcs) };
        found[1..]
            .iter()
            .zip(before)
            .map(|(head, before)| if *head == 0 { before } else { own.start + head - 1 })
            .collect()
    }

    fn relation(&self, word: usize, head: usize) -> Relation {
        let scorer = &self.model.relation;
        let (a, b) =
            (self.output.relation_dependent.at(self.row, word), self.output.relation_head.at(self.row, head));
        let mut scores = scorer.scores(a, b, &scorer.left(a), &scorer.right(b));
        for (score, relation) in scores.iter_mut().zip(&self.model.labels.relations) {
            if *relation == Relation::Root {
                *score = f32::MIN;
            }
        }
        self.model.labels.relations.get(best(&scores).0).copied().unwrap_or_default()
    }

    /// Names that begin in the own words.
    fn names(&self) -> Vec<Name> {
        let scores: Vec<&[f32]> = self.read().map(|w| self.output.names.at(self.row, w)).collect();
        let found = names::decode(&scores, &self.model.labels.names).into_iter();
        let shifted = found.map(|n| Name {
            words: n.words.start + self.window.read.start..n.words.end + self.window.read.start,
            ..n
        });
        shifted.filter(|n| self.window.words.contains(&n.words.start)).collect()
    }

    fn predicates(&self, given: Option<&[usize]>) -> Vec<Predicate> {
        let probability = |w: usize| 1.0 / (1.0 + (-self.output.predicate.one(self.row, w)).exp());
        let is_predicate = |w: usize| {
            given.map_or_else(|| probability(w) > PREDICATE, |list| list.contains(&self.of_sentence(w)))
        };
        let chosen: Vec<usize> = self.own().filter(|w| is_predicate(*w)).collect();
        if chosen.is_empty() {
            return Vec::new();
        }
        let scorer = &self.model.role;
        let words = self.candidates(scorer, |w| self.output.role_argument.at(self.row, w));
        let arguments = |predicate: usize| {
            let labelled = labelled(scorer, self.output.role_predicate.at(self.row, predicate), &words);
            let others = labelled.filter(move |(w, ..)| *w != predicate);
            others
                .filter_map(|(w, label, score)| {
                    Some(Argument {
                        role: (*self.model.labels.roles.get(label)?)?,
                        word: self.of_sentence(w),
                        score,
                    })
                })
                .collect()
        };
        chosen
            .into_iter()
            .map(|p| Predicate { word: self.of_sentence(p), score: probability(p), arguments: arguments(p) })
            .collect()
    }

    /// Cues are B and I runs; the words linked to a cue's first word are its source (1) and content (2).
    fn attributions(&self) -> Vec<Attribution> {
        let cues: Vec<[f32; 3]> =
            self.read().map(|w| probabilities(self.output.cue.at(self.row, w))).collect();
        let cue = |w: usize| cues[w - 1];
        let begins: Vec<usize> = self.own().filter(|w| begins_cue(cue(*w))).collect();
        if begins.is_empty() {
            return Vec::new();
        }
        let scorer = &self.model.link;
        let words = self.candidates(scorer, |w| self.output.link_word.at(self.row, w));
        let attribution = |start: usize| {
            let goes_on = |w: usize| cue(w)[2] > CUE_GOES_ON && !begins_cue(cue(w));
            let end = (start + 1..self.read().end).find(|w| !goes_on(*w)).unwrap_or(self.read().end);
            let linked: Vec<(usize, usize, f32)> =
                labelled(scorer, self.output.link_cue.at(self.row, start), &words)
                    .filter(|(w, ..)| !(start..end).contains(w))
                    .collect();
            let runs = |label: usize| {
                runs(linked.iter().filter(|(_, l, _)| *l == label).map(|(w, ..)| self.of_sentence(*w)))
            };
            Attribution {
                cue: self.of_sentence(start)..self.of_sentence(end),
                source: runs(1),
                content: runs(2),
                further: Vec::new(),
                score: cue(start)[1],
            }
        };
        begins.into_iter().map(attribution).collect()
    }

    /// All words that are read, each with what it contributes alone: the same for every predicate or cue.
    fn candidates<'o>(&self, scorer: &PairScorer, values: impl Fn(usize) -> &'o [f32]) -> Vec<Candidate<'o>> {
        self.read()
            .map(|word| Candidate { word, values: values(word), alone: scorer.right(values(word)) })
            .collect()
    }
}

struct Candidate<'o> {
    word: usize,
    values: &'o [f32],
    alone: Vec<f32>,
}

/// Whether a word with these probabilities (outside, first word, later word) is the first of a cue.
fn begins_cue([_, first, later]: [f32; 3]) -> bool {
    first > CUE && first > later
}

/// Scores of three classes as probabilities.
fn probabilities(scores: &[f32]) -> [f32; 3] {
    let top = scores.iter().copied().fold(f32::MIN, f32::max);
    let weights = [0, 1, 2].map(|class| scores.get(class).map_or(0.0, |s| (s - top).exp()));
    let sum: f32 = weights.iter().sum();
    weights.map(|w| w / sum)
}

/// The candidates to which the scorer gives a label other than 0, with label and probability.
fn labelled<'o>(
    scorer: &'o PairScorer,
    a: &'o [f32],
    words: &'o [Candidate],
) -> impl Iterator<Item = (usize, usize, f32)> + 'o {
    let left = scorer.left(a);
    words.iter().filter_map(move |c| {
        let (label, score) = best(&scorer.scores(a, c.values, &left, &c.alone));
        (label != 0).then_some((c.word, label, score))
    })
}

/// Exceptions first, then what the model says; but where that is no known base form, the table of irregular forms and
/// the rules of regular ones speak.
fn lemma_of(model: &Model, form: &str, upos: Upos, features: &str, rule: &str) -> String {
    let plain = form.to_lowercase().replace('’', "'");
    let key = (plain, upos);
    if let Some(lemma) = model.lemmas.get(&key) {
        return lemma.clone();
    }
    let lemma = as_written(form, upos).unwrap_or_else(|| lemma::apply(rule, form));
    let guess = lemma.to_lowercase();
    let fits = base_forms::is_base(&guess, upos) && !inflection::would_double(&guess, &key.0);
    if !is_inflected(upos) || fits {
        return lemma;
    }
    if let Some(base) = base_forms::irregular(&key.0, upos) {
        return in_case_of(&lemma, base.to_owned());
    }
    // Nothing is to be cut off what is a base form itself ("allege" is no "alleg").
    if base_forms::is_base(&key.0, upos) {
        return in_case_of(&lemma, key.0);
    }
    // A base form of this part of speech is better ground than a word of any ("fired" is no "fir").
    let base = inflection::base(&key.0, upos, features, |word| base_forms::is_base(word, upos));
    if let Some(base) = base.filter(|base| base_forms::is_base(base, upos)) {
        return in_case_of(&lemma, base);
    }
    // Neither is in the treebanks: of two words that the vocabulary knows, the longer is no torn one ("free", not "fre").
    let base = inflection::base(&key.0, upos, features, |word| model.pieces.knows(word));
    let torn = |base: &String| model.pieces.knows(base) && base.starts_with(&guess);
    if model.pieces.knows(&guess) && !base.as_ref().is_some_and(torn) {
        return lemma;
    }
    base.map_or(lemma.clone(), |base| in_case_of(&lemma, base))
}

fn is_inflected(upos: Upos) -> bool {
    matches!(upos, Upos::Verb | Upos::Noun | Upos::Adj | Upos::Adv)
}

/// What has one spelling by the conventions of UD English: names with a capital, "I", plain marks, figures without
/// commas.
fn as_written(form: &str, upos: Upos) -> Option<String> {
    match upos {
        Upos::Pron if form == "i" => Some("I".to_owned()),
        Upos::Propn if form.chars().all(char::is_lowercase) => Some(capital(form)),
        Upos::Punct if form == "“" || form == "”" => Some("\"".to_owned()),
        Upos::Punct if form == "‘" || form == "’" => Some("'".to_owned()),
        Upos::Part if form == "’s" || form == "’" => Some(form.replace('’', "'")),
        Upos::Num if is_grouped(form) => Some(form.replace(',', "")),
        _ => None,
    }
}

/// "5,000", not "3,5".
fn is_grouped(form: &str) -> bool {
    let mut groups = form.split(',');
    let digits = |group: &str| group.bytes().all(|b| b.is_ascii_digit());
    let first = groups.next().is_some_and(|g| !g.is_empty() && digits(g));
    let mut rest = groups.peekable();
    let whole = |g: &str| g.split('.').next().is_some_and(|g| g.len() == 3 && digits(g));
    first && rest.peek().is_some() && rest.all(whole)
}

/// `base` with a capital where `lemma` begins with one.
fn in_case_of(lemma: &str, base: String) -> String {
    if lemma.starts_with(char::is_uppercase) { capital(&base) } else { base }
}

fn capital(word: &str) -> String {
    let mut letters = word.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}

/// Neighbouring words as ranges.
fn runs(words: impl Iterator<Item = usize>) -> Vec<Range<usize>> {
    let mut found: Vec<Range<usize>> = Vec::new();
    for word in words {
        match found.last_mut() {
            Some(range) if range.end == word => range.end = word + 1,
            _ => found.push(word..word + 1),
        }
    }
    found
}

/// Adds the next window's part to its sentence. The tree has one root: that of the first window.
pub(crate) fn append(sentence: &mut Sentence, part: Sentence) {
    let root = sentence.root();
    sentence.acts.append(sentence.words.len(), part.acts, part.words.len());
    sentence.words.extend(part.words.into_iter().map(|word| match root {
        Some(_) if word.head.is_none() => {
            let relation = if word.upos == Upos::Punct { Relation::Punct } else { Relation::Parataxis };
            Word { head: root, relation, ..word }
        }
        _ => word,
    }));
    let named = sentence.names.last().map_or(0, |n| n.words.end);
    sentence.names.extend(part.names.into_iter().filter(|n| n.words.start >= named));
    sentence.predicates.extend(part.predicates);
    sentence.attributions.extend(part.attributions);
}

#[cfg(test)]
mod tests {
    use super::{as_written, is_grouped, runs};
    use crate::Upos;

    #[test]
    fn names_marks_and_figures_have_one_spelling() {
        assert_eq!(as_written("kenya", Upos::Propn).as_deref(), Some("Kenya"));
        assert_eq!(as_written("NATO", Upos::Propn), None);
        assert_eq!(as_written("“", Upos::Punct).as_deref(), Some("\""));
        assert_eq!(as_written("12,500", Upos::Num).as_deref(), Some("12500"));
        assert!(is_grouped("1,234,567.5") && !is_grouped("3,5") && !is_grouped("500"));
    }

    #[test]
    fn neighbours_become_one_range() {
        assert_eq!(runs([1, 2, 3, 5, 7, 8].into_iter()), [1..4, 5..6, 7..9]);
        assert!(runs(std::iter::empty()).is_empty());
    }
}
