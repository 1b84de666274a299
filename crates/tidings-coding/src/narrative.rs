//! The time of the story: acts that say no day of their own happened on the day of the act told before, where the same
//! actors act or the same speaker goes on.

use tidings_language::{Sentence, Upos};
use tidings_time::Precision;

use crate::article::Article;
use crate::draft::{Draft, Status, When, Why};

/// Sentences over which the day of a story is remembered.
const REACH: usize = 5;

/// Gives drafts (in text order) without a day that of the nearest act before with which they belong.
pub fn carry_days(article: &Article, drafts: &mut [Draft]) {
    for index in 0..drafts.len() {
        if !may_carry(article, &drafts[index]) {
            continue;
        }
        let found = drafts[..index].iter().rev().find_map(|before| day_of(article, before, &drafts[index]));
        if let Some((when, told)) = found {
            let draft = &mut drafts[index];
            let rule = format!("carried from '{}', told before", told);
            draft.trail.push(Why { field: "date", rule, span: when.timex.map(|t| article.timexes[t].span) });
            draft.date = Some(when);
        }
    }
}

/// An act without any date in its sentence, in the past tense or a plan.
fn may_carry(article: &Article, draft: &Draft) -> bool {
    let dated = article.timexes.iter().any(|t| t.sentence == draft.sentence && t.from.is_some());
    let sentence = &article.sentences[draft.sentence];
    let real = matches!(draft.status, Status::Asserted | Status::Alleged | Status::Denied);
    let timely = draft.status == Status::Planned || (real && is_past(sentence, draft));
    draft.date.is_none() && !dated && draft.kind != "state" && timely
}

/// Simple past; a perfect ("has cracked down") tells of what was before, a noun of whatever its sentence tells.
fn is_past(sentence: &Sentence, draft: &Draft) -> bool {
    let verbs: Vec<usize> =
        draft.trigger.iter().copied().filter(|w| sentence.words[*w].upos == Upos::Verb).collect();
    let perfect = |w: &usize| {
        sentence
            .children(*w)
            .any(|c| sentence.words[c].upos == Upos::Aux && sentence.words[c].lemma == "have")
    };
    let past = |w: &usize| {
        let word = &sentence.words[*w];
        word.feature("Tense") == Some("Past") || word.feature("VerbForm") == Some("Ger")
    };
    verbs.iter().all(|w| past(w) && !perfect(w))
}

/// The day of `before`, if `draft` goes on with the same story.
fn day_of<'a>(article: &'a Article, before: &Draft, draft: &Draft) -> Option<(When, &'a str)> {
    let when = before.date.as_ref()?;
    let timex = &article.timexes[when.timex?];
    let near = draft.sentence <= before.sentence + REACH && draft.sentence >= before.sentence;
    let exact = timex.precision <= Precision::Week;
    let same_time = (before.status == Status::Planned) == (draft.status == Status::Planned);
    (near && exact && same_time && belong_together(article, before, draft)).then(|| {
        (
            When { basis: format!("{}; the story goes on", when.basis), ..when.clone() },
            timex.span.of(&article.document.text),
        )
    })
}

/// A common party, or a common speaker.
fn belong_together(article: &Article, a: &Draft, b: &Draft) -> bool {
    let parties = |d: &Draft| d.source.iter().chain(&d.target).map(|p| p.entity).collect::<Vec<_>>();
    let speakers = |d: &Draft| d.speakers.iter().filter_map(|s| s.entity).collect::<Vec<_>>();
    let named =
        |e: &usize| !article.entities[*e].actor.generic || article.entities[*e].actor.country.is_some();
    let share = |x: Vec<usize>, y: Vec<usize>| x.iter().filter(|e| named(e)).any(|e| y.contains(e));
    share(parties(a), parties(b)) || share(speakers(a), speakers(b))
}
