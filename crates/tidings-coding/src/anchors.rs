//! Dates counted from an event of the text: "two weeks after the coup", where a record says when the coup was; and, the
//! other way, "on 2 March, two days after talks failed" says when talks failed.

use jiff::civil::Date;

use crate::article::Article;
use crate::circumstances::Told;
use crate::draft::{Draft, When, Why};
use crate::matching::Frame;
use crate::when;

/// Resolves the expressions that are counted from a coded event, and dates events by them.
pub fn resolve(article: &mut Article, drafts: &mut [Draft]) {
    for index in 0..article.timexes.len() {
        let timex = &article.timexes[index];
        let Some(anchor) = timex.event.as_ref().map(|e| e.word) else { continue };
        let number = timex.sentence;
        if timex.from.is_none()
            && let Some((days, words)) = dated(article, drafts, number, anchor)
        {
            article.timexes[index].count_from(days, &words);
            date_own(article, drafts, number);
        }
        count_back(article, drafts, index, anchor);
    }
}

/// The days of the event that the word tells or tells again, and the words that say so.
fn dated(article: &Article, drafts: &[Draft], number: usize, word: usize) -> Option<((Date, Date), String)> {
    let lemma = |d: &Draft| article.sentences[d.sentence].words[d.predicate].lemma.to_lowercase();
    let wanted = article.sentences[number].words[word].lemma.to_lowercase();
    let own = drafts.iter().find(|d| d.sentence == number && d.trigger.contains(&word));
    let told = || drafts.iter().rev().find(|d| d.sentence < number && lemma(d) == wanted && d.date.is_some());
    let when = own.filter(|d| d.date.is_some()).or_else(told)?.date.as_ref()?;
    let timex = &article.timexes[when.timex?];
    Some((timex.from.zip(timex.to)?, timex.span.of(&article.document.text).to_owned()))
}

/// Events of the sentence without a date may have one now.
fn date_own(article: &Article, drafts: &mut [Draft], number: usize) {
    for draft in drafts.iter_mut().filter(|d| d.sentence == number && d.date.is_none()) {
        let frame = Frame { word: draft.predicate, light: None };
        draft.date = when::when(article, number, Told { frame, words: &draft.trigger }, false);
    }
}

/// Dates the event that an expression is counted from by the event that the expression stands with.
fn count_back(article: &Article, drafts: &mut [Draft], index: usize, anchor: usize) {
    let timex = &article.timexes[index];
    let Some(event) = &timex.event else { return };
    let own = |d: &Draft| d.sentence == timex.sentence && d.trigger.contains(&anchor);
    let Some(undated) = drafts.iter().position(|d| own(d) && d.date.is_none()) else { return };
    let beside = drafts.iter().filter(|d| d.sentence == timex.sentence && !own(d)).find_map(|d| {
        let source = &article.timexes[d.date.as_ref()?.timex?];
        Some((source.from.zip(source.to).filter(|_| source.sentence == timex.sentence)?, source))
    });
    let Some((days, source)) = beside else { return };
    let Some(found) = event.counted_back(days) else { return };
    let text = &article.document.text;
    let rule = format!("'{}' apart from '{}'", timex.span.of(text), source.span.of(text));
    let draft = &mut drafts[undated];
    draft.trail.push(Why { field: "date", rule: rule.clone(), span: Some(timex.span) });
    draft.date = Some(When {
        timex: Some(index),
        value: Some(found.value),
        precision: found.precision.as_str().to_owned(),
        basis: rule,
    });
}
