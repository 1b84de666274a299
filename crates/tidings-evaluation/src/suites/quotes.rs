//! PolNeAR against what the coder makes of it: what was said, quoted or not, and who said it.
//!
//! The heads alone are scored by the suite `attribution`; here it is sayings and quotations as the records tell them,
//! with the speaker carried from quotation to quotation and resolved over the article.

use std::collections::{BTreeMap, BTreeSet};

use tidings_actors::Knowledge;
use tidings_coding::article::Article;
use tidings_document::Document;
use tidings_text::Span;

use super::{Context, Outcome};
use crate::corpora::{self, GoldAttribution, Stretch};
use crate::error::Result;
use crate::scores::{Counts, share};

const CORPUS: &str = "data/quotes/polnear.dev.jsonl";

/// Words by their numbers over the whole article.
type WordSet = BTreeSet<usize>;

/// Something said, as words.
#[derive(Debug, Default)]
struct Said {
    /// What was said.
    content: WordSet,
    /// The words that name the speaker where it is said.
    named: WordSet,
    /// Everything in the article that names the same speaker.
    known: WordSet,
    /// Some of it stands between quotation marks.
    quoted: bool,
}

/// Counts over some of the attributions.
#[derive(Clone, Copy, Debug, Default)]
struct Tally {
    /// Words of contents.
    content: Counts,
    /// Attributions with a source.
    with_source: usize,
    /// Those whose speaker is right.
    right: usize,
    /// Those whose speaker is named by words of the source itself.
    same_words: usize,
}

impl Tally {
    fn add(&mut self, gold: &Said, system: Option<&Said>) {
        self.content.gold += gold.content.len();
        self.content.right += system.map_or(0, |s| s.content.intersection(&gold.content).count());
        self.with_source += usize::from(!gold.named.is_empty());
        let same_words = system.is_some_and(|s| !s.named.is_disjoint(&gold.named));
        let right = same_words || system.is_some_and(|s| !s.known.is_disjoint(&gold.named));
        self.same_words += usize::from(same_words);
        self.right += usize::from(right);
    }

    fn speaker(self) -> f64 {
        share(self.right, self.with_source)
    }
}

/// Speakers and contents on the development part.
pub fn score(context: &Context) -> Result<Outcome> {
    let (mut all, mut quotes) = (Tally::default(), Tally::default());
    for article in corpora::polnear(&context.path(CORPUS))? {
        let document = Document::of_body(&article.text);
        let sentences = context.analyze(&article.text)?;
        let read = tidings_coding::article(&document, &sentences, Knowledge::embedded());
        let words = Words::of(&read);
        let gold: Vec<Said> = article.attributions.iter().map(|a| words.marked(a)).collect();
        let system = words.found(&read);
        tally(&gold, &system, &mut all, &mut quotes);
    }
    Ok(outcome(all, quotes))
}

fn tally(gold: &[Said], system: &[Said], all: &mut Tally, quotes: &mut Tally) {
    let partners = partners(gold, system);
    for (number, said) in gold.iter().enumerate() {
        let partner = partners.get(&number).map(|s| &system[*s]);
        all.add(said, partner);
        if said.quoted {
            quotes.add(said, partner);
        }
    }
    for said in system {
        all.content.given += said.content.len();
        quotes.content.given += if said.quoted { said.content.len() } else { 0 };
    }
}

fn outcome(all: Tally, quotes: Tally) -> Outcome {
    let mut outcome = super::outcome([("speaker", quotes.speaker()), ("content", all.content.f1())]);
    let Counts { gold, .. } = all.content;
    outcome.notes.push(format!(
        "each attribution is paired with the one of ours that shares most words of its content, one with one; content: \
         words with a letter or digit shared by the pairs over all given and all {gold} marked (precision {:.3}, recall \
         {:.3}), whether quoted, reported or thought, as Citron's overlap on PARC3",
        all.content.precision(),
        all.content.recall()
    ));
    outcome.notes.push(format!(
        "speaker: of {} attributions with a source and something between quotation marks, {} where our speaker is named by \
         words of the source or mentioned by them ({} by the same words); one that is not found counts as wrong",
        quotes.with_source, quotes.right, quotes.same_words
    ));
    outcome.notes.push(format!(
        "quoted or not, {} of {} speakers are right ({:.3}); content of those with quotation marks: recall {:.3}, F1 {:.3} \
         over the words that we give with quotation marks",
        all.right,
        all.with_source,
        all.speaker(),
        quotes.content.recall(),
        quotes.content.f1()
    ));
    outcome
}

/// Who is paired with whom: most shared words first, then text order.
fn partners(gold: &[Said], system: &[Said]) -> BTreeMap<usize, usize> {
    let mut holders: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
    for (number, said) in system.iter().enumerate() {
        for word in &said.content {
            holders.entry(*word).or_default().push(number);
        }
    }
    let mut shared: BTreeMap<(usize, usize), usize> = BTreeMap::new();
    for (number, said) in gold.iter().enumerate() {
        for other in said.content.iter().filter_map(|w| holders.get(w)).flatten() {
            *shared.entry((number, *other)).or_default() += 1;
        }
    }
    let mut pairs: Vec<_> = shared.into_iter().collect();
    pairs.sort_by_key(|(pair, words)| (std::cmp::Reverse(*words), *pair));
    let (mut found, mut taken) = (BTreeMap::new(), BTreeSet::new());
    for ((number, other), _) in pairs {
        if !found.contains_key(&number) && taken.insert(other) {
            found.insert(number, other);
        }
    }
    found
}

/// The words of an article that hold a letter or a digit, by their number; whether punctuation belongs to what was said
/// is a matter of the corpus.
struct Words {
    spans: Vec<Span>,
    stretches: Vec<Stretch>,
    quoted: WordSet,
    /// Number of the first word of each sentence and, for each of its words, its number here.
    numbers: Vec<Vec<Option<usize>>>,
}

impl Words {
    fn of(article: &Article) -> Self {
        let (mut spans, mut numbers) = (Vec::new(), Vec::new());
        for sentence in &article.sentences {
            let number = |word: &tidings_language::Word| {
                let solid = word.form.chars().any(char::is_alphanumeric);
                solid.then(|| {
                    spans.push(word.span);
                    spans.len() - 1
                })
            };
            numbers.push(sentence.words.iter().map(number).collect());
        }
        let points = &article.code_points;
        let stretches = spans.iter().map(|w| (points.at(w.start), points.at(w.end))).collect();
        let mut words = Self { spans, stretches, quoted: WordSet::new(), numbers };
        words.quoted = article.quotes.iter().flat_map(|q| words.inside(q.span)).collect();
        words
    }

    /// The words that a stretch of bytes touches.
    fn inside(&self, span: Span) -> std::ops::Range<usize> {
        let from = self.spans.partition_point(|w| w.end <= span.start);
        let to = self.spans.partition_point(|w| w.start < span.end);
        from..to.max(from)
    }

    /// The words that stretches of code points touch.
    fn touched(&self, stretches: &[Stretch]) -> WordSet {
        let range = |s: &Stretch| {
            let from = self.stretches.partition_point(|w| w.1 <= s.0);
            from..self.stretches.partition_point(|w| w.0 < s.1).max(from)
        };
        stretches.iter().flat_map(range).collect()
    }

    fn marked(&self, attribution: &GoldAttribution) -> Said {
        let content = self.touched(&attribution.content);
        let quoted = !content.is_disjoint(&self.quoted);
        Said { quoted, content, named: self.touched(&attribution.source), known: WordSet::new() }
    }

    /// What the coder found: each saying with the quotations that it introduces, and quotations whose speaker is carried.
    fn found(&self, article: &Article) -> Vec<Said> {
        let mut all: Vec<Said> = Vec::new();
        for saying in &article.sayings {
            let numbers = &self.numbers[saying.sentence];
            let content = saying.content.iter().filter_map(|w| numbers[*w]).collect();
            let named = saying.who.map(|w| self.inside(w).collect()).unwrap_or_default();
            let mut said = Said { content, named, ..Said::default() };
            for party in &saying.speakers {
                self.speaker(article, party.entity, party.span, &mut said);
            }
            all.push(said);
        }
        for quote in &article.quotes {
            match (quote.saying, &quote.speaker) {
                (Some(saying), _) => all[saying].content.extend(self.inside(quote.span)),
                (None, Some(party)) => {
                    let mut said = Said { content: self.inside(quote.span).collect(), ..Said::default() };
                    self.speaker(article, party.entity, party.span, &mut said);
                    all.push(said);
                }
                (None, None) => {}
            }
        }
        for said in &mut all {
            said.quoted = !said.content.is_disjoint(&self.quoted);
        }
        all
    }

    fn speaker(&self, article: &Article, entity: usize, span: Span, said: &mut Said) {
        said.named.extend(self.inside(span));
        let mentions = article.entities[entity].mentions.iter().map(|m| article.mentions[*m].span);
        said.known.extend(mentions.flat_map(|m| self.inside(m)));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn said(content: &[usize], named: &[usize], known: &[usize], quoted: bool) -> Said {
        let set = |words: &[usize]| words.iter().copied().collect();
        Said { content: set(content), named: set(named), known: set(known), quoted }
    }

    #[test]
    fn most_shared_words_pair_and_each_serves_once() {
        let gold = [said(&[1, 2, 3], &[0], &[], true), said(&[3, 4], &[9], &[], false)];
        let system = [said(&[2, 3, 4], &[], &[0], true), said(&[4], &[9], &[], false)];
        assert_eq!(partners(&gold, &system), BTreeMap::from([(0, 0), (1, 1)]));
        let (mut all, mut quotes) = (Tally::default(), Tally::default());
        tally(&gold, &system, &mut all, &mut quotes);
        assert_eq!(all.content, Counts { right: 3, given: 4, gold: 5 });
        assert_eq!((all.with_source, all.right, all.same_words), (2, 2, 1));
        assert_eq!(quotes.content, Counts { right: 2, given: 3, gold: 3 });
        assert_eq!((quotes.with_source, quotes.right), (1, 1));
    }

    #[test]
    fn what_is_not_found_is_wrong() {
        let gold = [said(&[1, 2], &[0], &[], true), said(&[5], &[], &[], true)];
        let (mut all, mut quotes) = (Tally::default(), Tally::default());
        tally(&gold, &[], &mut all, &mut quotes);
        assert_eq!((quotes.with_source, quotes.right, quotes.content.gold), (1, 0, 3));
        assert!(quotes.speaker().abs() < 1e-9 && all.content.f1().abs() < 1e-9);
    }

    #[test]
    fn a_text_becomes_words_said_and_named() {
        let text = "Ada Stern said: \"We stay in Oslo.\" \"Nobody leaves.\"";
        let analyzer = tidings_language::Analyzer::new().expect("the embedded model loads");
        let spans = tidings_text::sentences(text, Span::new(0, text.len()));
        let sentences = analyzer.analyze(text, &spans).expect("analysed");
        let document = Document::of_body(text);
        let article = tidings_coding::article(&document, &sentences, Knowledge::embedded());
        let words = Words::of(&article);
        let gold = GoldAttribution { cue: vec![(10, 14)], source: vec![(0, 9)], content: vec![(16, 34)] };
        let marked = words.marked(&gold);
        assert_eq!((marked.content, marked.named, marked.quoted), ([3, 4, 5, 6].into(), [0, 1].into(), true));
        let found = words.found(&article);
        assert!(
            found.iter().any(|s| s.quoted && s.named.contains(&1) && s.content.contains(&4)),
            "{found:?}"
        );
    }
}
