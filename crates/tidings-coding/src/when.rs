//! When: the time expression that the words tie to an event; never the publication date.

use tidings_language::{Relation, Sentence};
use tidings_text::Span;

use crate::article::Article;
use crate::circumstances::{Told, tie};
use crate::draft::When;
use crate::matching::Frame;

/// The time expression of the event, if its clause has one. What is `spoken` (a charge, a welcome) happens when it is
/// said: the dates inside the words said are not its own.
pub fn when(article: &Article, number: usize, told: Told, spoken: bool) -> Option<When> {
    let saying =
        article.sayings.iter().rfind(|s| s.sentence == number && s.content.contains(&told.frame.word));
    match saying.filter(|_| spoken) {
        Some(saying) => of_saying(article, number, saying.cue),
        None => {
            own(article, number, told, |_| true).or_else(|| of_antecedent(article, number, told.frame.word))
        }
    }
}

/// The time expression of a saying, outside the words said.
pub fn of_saying(article: &Article, number: usize, cue: usize) -> Option<When> {
    let said = |word: usize| {
        article.sayings.iter().any(|s| s.sentence == number && s.cue == cue && s.content.contains(&word))
    };
    let told = Told { frame: Frame { word: cue, light: None }, words: &[] };
    own(article, number, told, |word| !said(word))
}

/// The expression nearest to the event's words in the tree, of those whose head word is `open` to it.
fn own(article: &Article, number: usize, told: Told, open: impl Fn(usize) -> bool) -> Option<When> {
    let sentence = &article.sentences[number];
    let tied =
        article.timexes.iter().enumerate().filter(|(_, t)| t.sentence == number && t.dates() && open(t.head));
    let (index, _) = tied
        .filter_map(|(index, t)| Some((index, tie(article, sentence, number, told, t.head)?)))
        .min_by_key(|(index, steps)| (*steps, *index))?;
    Some(of_timex(article, index))
}

/// "the 1994 war, in which thousands died": the date of the noun that the clause is about.
fn of_antecedent(article: &Article, number: usize, word: usize) -> Option<When> {
    let sentence = &article.sentences[number];
    let clause = std::iter::successors(Some(word), |w| sentence.words[*w].head)
        .find(|w| sentence.words[*w].relation.base() == "acl")?;
    let noun = sentence.words[clause].head.filter(|_| happens_in_it(sentence, clause))?;
    let of_noun = |t: &tidings_time::Timex| {
        t.sentence == number && t.dates() && t.from.is_some() && sentence.words[t.head].head == Some(noun)
    };
    let index = article.timexes.iter().position(of_noun)?;
    let when = of_timex(article, index);
    let basis = format!("{}; the time of the {}", when.basis, sentence.words[noun].lemma);
    Some(When { basis, ..when })
}

/// "in which thousands died", "that killed thousands"; not "for which he was tried".
fn happens_in_it(sentence: &Sentence, clause: usize) -> bool {
    sentence.children(clause).any(|c| {
        let word = &sentence.words[c];
        let relative = matches!(word.lemma.to_lowercase().as_str(), "which" | "that" | "when");
        let inside = word.relation.is(Relation::Obl)
            && sentence
                .children(c)
                .any(|p| matches!(sentence.words[p].form.to_lowercase().as_str(), "in" | "during"));
        relative && (inside || word.relation.is(Relation::Nsubj) || word.lemma.eq_ignore_ascii_case("when"))
    })
}

/// A date as an event holds it.
pub fn of_timex(article: &Article, index: usize) -> When {
    let timex = &article.timexes[index];
    When {
        timex: Some(index),
        value: timex.interval(),
        precision: timex.precision.as_str().to_owned(),
        basis: timex.basis.clone(),
    }
}

/// "'On Monday' in S03".
pub fn cited(article: &Article, when: &When) -> Option<(String, Span)> {
    let timex = &article.timexes[when.timex?];
    Some((format!("'{}' in S{:02}", timex.span.of(&article.document.text), timex.sentence), timex.span))
}
