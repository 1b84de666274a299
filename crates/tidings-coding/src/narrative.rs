//! The time of the story. An act that says no day of its own has that of its sentence, of the occasion on which its
//! speaker spoke, or of the act told before with which it belongs; the record says which words gave it, never the day of
//! publication.

use tidings_document::PartKind;
use tidings_language::{Relation, Sentence, Upos};
use tidings_time::{Precision, Timex};

use crate::article::Article;
use crate::circumstances::is_saying_about;
use crate::draft::{Draft, Party, Status, When, Why};
use crate::{merge, when};

/// Sentences over which the day of a story is remembered.
const REACH: usize = 5;
/// Sentences over which one plan follows another.
const NEXT: usize = 2;

/// Gives drafts (in text order) without a date that of their frame.
pub fn frame(article: &Article, drafts: &mut [Draft]) {
    let occasions = occasions(article);
    for index in 0..drafts.len() {
        let draft = &drafts[index];
        if draft.date.is_some() {
            continue;
        }
        let found = of_sentence(article, draft)
            .or_else(|| of_occasion(article, draft, &occasions))
            .or_else(|| of_story(article, drafts, index));
        if let Some((when, frame)) = found {
            give(article, &mut drafts[index], when, frame);
        }
    }
    for index in 0..drafts.len() {
        if let Some(when) = of_body(article, drafts, index) {
            give(article, &mut drafts[index], when, "retold below");
        }
    }
}

fn give(article: &Article, draft: &mut Draft, when: When, frame: &str) {
    let Some((words, span)) = when::cited(article, &when) else { return };
    let own = article.timexes[when.timex.unwrap_or(0)].basis.clone();
    draft.trail.push(Why { field: "date", rule: format!("{frame}: {words}"), span: Some(span) });
    draft.date = Some(When { basis: format!("{own}; {frame}: {words}"), ..when });
}

/// The date of the main clause, for acts of the clauses that go on with it.
fn of_sentence(article: &Article, draft: &Draft) -> Option<(When, &'static str)> {
    let sentence = &article.sentences[draft.sentence];
    let root = sentence.root()?;
    let main = |t: &&(usize, &Timex)| sentence.words[t.1.head].head == Some(root);
    let dated = article.timexes.iter().enumerate().filter(|(_, t)| t.sentence == draft.sentence && t.dates());
    let dated: Vec<_> = dated.filter(|(_, t)| t.from.is_some()).collect();
    let (index, timex) = dated.iter().find(main)?;
    let fits =
        is_timely(article, draft) && on_its_side(article, draft, timex) && goes_on(article, draft, root);
    fits.then(|| (when::of_timex(article, *index), "the day of the sentence"))
}

/// What was, up to publication; what is planned, from then on.
fn on_its_side(article: &Article, draft: &Draft, timex: &Timex) -> bool {
    let Some(published) = article.document.publication.as_ref().map(|p| p.date) else { return true };
    if draft.status == Status::Planned {
        timex.to.is_some_and(|to| to >= published)
    } else {
        timex.from.is_some_and(|from| from <= published)
    }
}

/// No clause between the act and the main verb has a time of its own: none that tells of somebody's past ("B, who ruled
/// for ten years"), and no words that somebody said.
fn goes_on(article: &Article, draft: &Draft, root: usize) -> bool {
    let sentence = &article.sentences[draft.sentence];
    let about_somebody = |w: usize| {
        sentence.words[w].relation.base() == "acl"
            && sentence.words[w].head.is_some_and(|h| article.mention_at(draft.sentence, h).is_some())
    };
    let path = std::iter::successors(Some(draft.predicate), |w| sentence.words[*w].head);
    let said = |w: usize| is_saying_about(article, draft.sentence, w, draft.predicate);
    path.take_while(|w| *w != root).chain([root]).all(|w| !about_somebody(w) && !said(w))
}

/// In the past tense and real, or a plan.
fn is_timely(article: &Article, draft: &Draft) -> bool {
    let real = matches!(draft.status, Status::Asserted | Status::Alleged | Status::Denied);
    draft.kind != "state"
        && (draft.status == Status::Planned
            || real && is_past(&article.sentences[draft.sentence], &draft.trigger))
}

/// Simple past; a perfect ("has cracked down") tells of what was before, a noun of whatever its sentence tells.
fn is_past(sentence: &Sentence, words: &[usize]) -> bool {
    let verbs = words.iter().copied().filter(|w| sentence.words[*w].upos == Upos::Verb);
    verbs.into_iter().all(|w| {
        let word = &sentence.words[w];
        let tense = word.feature("Tense") == Some("Past") || word.feature("VerbForm") == Some("Ger");
        tense && !is_perfect(sentence, w)
    })
}

fn is_perfect(sentence: &Sentence, verb: usize) -> bool {
    let have = |c: usize| sentence.words[c].upos == Upos::Aux && sentence.words[c].lemma == "have";
    sentence.children(verb).any(have)
}

/// A day on which somebody is told to have spoken.
struct Occasion<'a> {
    speakers: &'a [Party],
    when: When,
}

/// Sayings with a day of their own.
fn occasions<'a>(article: &'a Article) -> Vec<Occasion<'a>> {
    let dated = article.sayings.iter().filter_map(|saying| {
        let when = when::of_saying(article, saying.sentence, saying.cue)?;
        is_exact(article, &when).then_some(Occasion { speakers: &saying.speakers, when })
    });
    dated.collect()
}

fn is_exact(article: &Article, when: &When) -> bool {
    when.timex.is_some_and(|t| article.timexes[t].precision <= Precision::Week)
}

/// What a speaker says is said on the one day on which the text has this speaker speak.
fn of_occasion(article: &Article, draft: &Draft, occasions: &[Occasion]) -> Option<(When, &'static str)> {
    if !is_said(article, draft) {
        return None;
    }
    let keys: Vec<String> = draft.source.iter().map(|p| merge::key(article, p)).collect();
    let spoke = |o: &&Occasion| o.speakers.iter().any(|p| keys.contains(&merge::key(article, p)));
    let mut days = occasions.iter().filter(spoke);
    let first = days.next()?;
    days.all(|o| o.when.value == first.when.value)
        .then(|| (first.when.clone(), "the day on which the speaker spoke"))
}

/// An act made by saying it: its source is the one who speaks, and the verb of saying is in the past.
fn is_said(article: &Article, draft: &Draft) -> bool {
    let by_speaker = |p: &Party| draft.speakers.iter().any(|s| s.entity == Some(p.entity));
    let spoken = draft.kind == "comment" || draft.source.iter().any(by_speaker);
    let in_past = |s: &crate::sayings::Saying| {
        let sentence = &article.sentences[s.sentence];
        let verb = &sentence.words[s.cue];
        verb.upos != Upos::Verb || verb.feature("Tense") == Some("Past") && !is_perfect(sentence, s.cue)
    };
    let holds = |s: &&crate::sayings::Saying| {
        s.sentence == draft.sentence && (s.cue == draft.predicate || s.content.contains(&draft.predicate))
    };
    spoken && article.sayings.iter().filter(holds).all(in_past)
}

/// The day of the nearest act before that tells the same story.
fn of_story(article: &Article, drafts: &[Draft], index: usize) -> Option<(When, &'static str)> {
    let draft = &drafts[index];
    if has_rival(article, draft)
        || !(is_timely(article, draft) && !is_quoted_past(article, draft) || is_said(article, draft))
    {
        return None;
    }
    let continued = |before: &Draft| {
        let when = before.date.as_ref().filter(|w| is_exact(article, w))?;
        let near = draft.sentence <= before.sentence + REACH && draft.sentence >= before.sentence;
        let planned = before.status == Status::Planned;
        let next = planned && draft.sentence <= before.sentence + NEXT;
        let same_time = planned == (draft.status == Status::Planned);
        (near && same_time && (next || belong_together(article, before, draft))).then(|| when.clone())
    };
    let when = drafts[..index].iter().rev().find_map(continued)?;
    Some((when, "the story goes on from"))
}

/// What somebody quoted tells of the past is their own story.
fn is_quoted_past(article: &Article, draft: &Draft) -> bool {
    let span = article.sentences[draft.sentence].words[draft.predicate].span;
    article.quotes.iter().any(|q| q.kind == "full" && q.span.contains(span))
}

/// Another date stands in a clause that holds the act.
fn has_rival(article: &Article, draft: &Draft) -> bool {
    let sentence = &article.sentences[draft.sentence];
    let clauses: Vec<usize> = std::iter::successors(Some(draft.predicate), |w| sentence.words[*w].head)
        .map(|w| clause(sentence, w))
        .collect();
    let dated = |t: &&Timex| t.sentence == draft.sentence && t.from.is_some() && t.dates();
    article.timexes.iter().filter(dated).any(|t| clauses.contains(&clause(sentence, t.head)))
}

/// The head of the clause that a word stands in.
fn clause(sentence: &Sentence, word: usize) -> usize {
    let heads = |w: &usize| {
        let w = &sentence.words[*w];
        w.head.is_none()
            || matches!(w.relation.base(), "advcl" | "acl" | "ccomp" | "parataxis")
            || w.relation.is(Relation::Conj) && w.upos == Upos::Verb
    };
    std::iter::successors(Some(word), |w| sentence.words[*w].head).find(heads).unwrap_or(word)
}

/// A common party, a common speaker, or a party that speaks.
fn belong_together(article: &Article, a: &Draft, b: &Draft) -> bool {
    let named =
        |e: &usize| !article.entities[*e].actor.generic || article.entities[*e].actor.country.is_some();
    let all = |d: &Draft| {
        let parties = d.source.iter().chain(&d.target).map(|p| p.entity);
        parties.chain(d.speakers.iter().filter_map(|s| s.entity)).filter(named).collect::<Vec<_>>()
    };
    let others = all(b);
    all(a).iter().any(|e| others.contains(e))
}

/// A headline has the date of the first act of its type in the body with which it belongs.
fn of_body(article: &Article, drafts: &[Draft], index: usize) -> Option<When> {
    let draft = &drafts[index];
    let summary = |d: &Draft| matches!(article.parts[d.sentence], PartKind::Headline | PartKind::Standfirst);
    if draft.date.is_some() || !summary(draft) {
        return None;
    }
    let retells = |d: &&Draft| {
        let word = |d: &Draft| article.sentences[d.sentence].words[d.predicate].lemma.as_str();
        d.event == draft.event
            && !summary(d)
            && (belong_together(article, d, draft) || word(d) == word(draft))
    };
    drafts.iter().filter(retells).find_map(|d| d.date.clone()).filter(|w| w.timex.is_some())
}
