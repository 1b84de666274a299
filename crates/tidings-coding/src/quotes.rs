//! Quoted words and who speaks them; speakers are carried from quote to quote.

use tidings_actors::ActorKind;
use tidings_text::{Quotation, Span, quotations};

use crate::article::Article;
use crate::draft::Party;
use crate::sayings::Saying;
use crate::{arguments, parties};

/// Quoted words.
#[derive(Clone, Debug)]
pub struct Quote {
    /// Between the marks.
    pub span: Span,
    /// full or fragment.
    pub kind: &'static str,
    /// First sentence that it touches.
    pub sentence: usize,
    /// Index into `Article::sayings`, where one introduces it.
    pub saying: Option<usize>,
    /// Who speaks; `None` for scare quotes and voices that the text does not name.
    pub speaker: Option<Party>,
    /// What found the speaker.
    pub rule: &'static str,
}

/// How many sentences may pass before a quote without a speaker no longer continues the last one.
const CARRY: usize = 2;

/// The outermost quotations of all coded parts with their speakers, in text order.
pub fn find(article: &Article) -> Vec<Quote> {
    let mut found: Vec<Quote> = Vec::new();
    for part in article.document.parts.iter().filter(|p| !p.remove) {
        for quotation in quotations(&article.document.text, part.span).into_iter().filter(|q| q.depth == 0) {
            if let Some(mut quote) = quote(article, &quotation) {
                if quote.speaker.is_none() {
                    carry(article, &mut quote, found.last());
                }
                found.push(quote);
            }
        }
    }
    found
}

fn quote(article: &Article, quotation: &Quotation) -> Option<Quote> {
    let sentence = article.sentences.iter().position(|s| s.span.overlaps(quotation.inner))?;
    if quotation.inner.of(&article.document.text).trim().is_empty() {
        return None;
    }
    let saying = introducing(article, quotation.inner, sentence);
    let speaker = saying.and_then(|s| article.sayings[s].speakers.first().cloned());
    let kind = if is_full(article, quotation.inner, sentence) { "full" } else { "fragment" };
    Some(Quote { span: quotation.inner, kind, sentence, saying, speaker, rule: "verb of saying" })
}

/// The saying whose content holds the quoted words; or, in its sentences, one whose cue stands outside the marks.
fn introducing(article: &Article, inner: Span, first: usize) -> Option<usize> {
    let touched = |s: &&(usize, &Saying)| article.sentences[s.1.sentence].span.overlaps(inner);
    let outside = |s: &Saying| !inner.contains(article.sentences[s.sentence].words[s.cue].span);
    let numbered: Vec<(usize, &Saying)> = article
        .sayings
        .iter()
        .enumerate()
        .skip_while(|(_, s)| s.sentence < first)
        .take_while(|(_, s)| s.sentence <= first + 8)
        .collect();
    let holding = numbered
        .iter()
        .filter(touched)
        .filter(|(_, s)| outside(s) && holds(article, s, inner))
        .min_by_key(|(_, s)| s.content.len());
    let beside = || numbered.iter().filter(touched).find(|(_, s)| outside(s));
    holding.or_else(beside).map(|(index, _)| *index).or_else(|| announced(article, first, inner))
}

fn holds(article: &Article, saying: &Saying, inner: Span) -> bool {
    let sentence = &article.sentences[saying.sentence];
    saying.content.iter().any(|w| inner.contains(sentence.words[*w].span))
}

/// "The minister said:" at the end of the sentence before.
fn announced(article: &Article, first: usize, inner: Span) -> Option<usize> {
    let before = first.checked_sub(1)?;
    let ends_with_colon = article
        .document
        .text
        .get(..inner.start)?
        .trim_end_matches(|c: char| c.is_whitespace() || "\"“'‘«".contains(c))
        .ends_with(':');
    ends_with_colon.then(|| article.sayings.iter().rposition(|s| s.sentence == before)).flatten()
}

/// A quote that fills its sentence continues the last speaker: of the quote before, or of a saying since then; else it
/// is the person whose stand the sentence before tells ("The mayor welcomed the decision.").
fn carry(article: &Article, quote: &mut Quote, last: Option<&Quote>) {
    if quote.kind != "full" || outside_words(article, quote) > 0 {
        return;
    }
    let last = last.filter(|l| quote.sentence <= l.sentence + CARRY + sentences_of(article, l));
    let since =
        last.map_or(quote.sentence.saturating_sub(CARRY), |l| l.sentence + sentences_of(article, l) + 1);
    let said = article.sayings.iter().rev().find(|s| {
        s.sentence < quote.sentence
            && s.sentence >= since
            && s.sentence + CARRY >= quote.sentence
            && !s.speakers.is_empty()
    });
    let speaker = match (said, last) {
        (Some(saying), _) => saying.speakers.first().cloned(),
        (None, Some(last)) => last.speaker.clone(),
        (None, None) => quote.sentence.checked_sub(1).and_then(|before| person_of(article, before)),
    };
    if speaker.is_some() {
        quote.speaker = speaker;
        quote.rule = "speaker carried over";
    }
}

/// The person who is the subject of a sentence.
fn person_of(article: &Article, number: usize) -> Option<Party> {
    let sentence = &article.sentences[number];
    let subject = arguments::subject(sentence, sentence.root()?);
    let found = parties::parties(article, number, &subject);
    found.into_iter().next().filter(|p| article.entities[p.entity].actor.kind == ActorKind::Person)
}

fn sentences_of(article: &Article, quote: &Quote) -> usize {
    article.sentences.iter().filter(|s| s.span.overlaps(quote.span)).count().saturating_sub(1)
}

fn outside_words(article: &Article, quote: &Quote) -> usize {
    let sentence = &article.sentences[quote.sentence];
    sentence
        .words
        .iter()
        .filter(|w| !quote.span.overlaps(w.span) && w.form.chars().any(char::is_alphanumeric))
        .count()
}

/// Full: at least one finite clause with its subject stands between the marks.
fn is_full(article: &Article, inner: Span, first: usize) -> bool {
    let clause = |number: usize| {
        let sentence = &article.sentences[number];
        sentence.words.iter().enumerate().any(|(w, word)| {
            word.relation.base() == "nsubj"
                && inner.contains(word.span)
                && word.head.is_some_and(|h| {
                    inner.contains(sentence.words[h].span)
                        && !matches!(sentence.words[h].relation.base(), "acl")
                })
                && w > 0
        })
    };
    (first..article.sentences.len()).take_while(|s| article.sentences[*s].span.overlaps(inner)).any(clause)
}
