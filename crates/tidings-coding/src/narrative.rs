//! The time of the story. An act that says no day of its own has that of its sentence, of the occasion on which its
//! speaker spoke, or of the act told before with which it belongs; the record says which words gave it, never the day of
//! publication.

use tidings_actors::ActorKind;
use tidings_document::PartKind;
use tidings_language::{Relation, Sentence, Upos};
use tidings_text::Span;
use tidings_time::{Precision, Timex};

use crate::article::{Article, Mention};
use crate::circumstances::is_saying_about;
use crate::draft::{Draft, Party, Speaker, Status, When, Why};
use crate::{merge, when};

/// Sentences over which the day of a story is remembered.
const REACH: usize = 5;
/// The same for what one speaker tells.
const SPEAKER_REACH: usize = 10;
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
            .or_else(|| of_paragraph(article, draft))
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
        let somebody = sentence.words[w].head.and_then(|h| article.mention_at(draft.sentence, h));
        let which = sentence.children(w).any(|c| sentence.words[c].form.eq_ignore_ascii_case("which"));
        // "sacked the general, which was followed by unrest": no person is a "which".
        let person = |m: &Mention| article.actor(m).kind == ActorKind::Person;
        sentence.words[w].relation.base() == "acl" && somebody.is_some_and(|m| !(which && person(m)))
    };
    let path = std::iter::successors(Some(draft.predicate), |w| sentence.words[*w].head);
    let said = |w: usize| is_saying_about(article, draft.sentence, w, draft.predicate);
    path.take_while(|w| *w != root).chain([root]).all(|w| !about_somebody(w) && !said(w))
}

/// In the past tense and real, or a plan.
fn is_timely(article: &Article, draft: &Draft) -> bool {
    let real = matches!(draft.status, Status::Asserted | Status::Alleged | Status::Denied);
    let sentence = &article.sentences[draft.sentence];
    let told = real && is_past(sentence, &draft.trigger) && !is_known(sentence, draft);
    draft.kind != "state" && (draft.status == Status::Planned || told)
}

/// Simple past, "would not" included; a perfect ("has cracked down") tells of what was before, a noun of whatever its
/// sentence tells.
fn is_past(sentence: &Sentence, words: &[usize]) -> bool {
    let mut verbs = words.iter().copied().filter(|w| sentence.words[*w].upos == Upos::Verb);
    verbs.all(|w| {
        let word = &sentence.words[w];
        let own = word.feature("Tense") == Some("Past") || word.feature("VerbForm") == Some("Ger");
        let by_auxiliary = sentence.children(w).any(|c| {
            let aux = &sentence.words[c];
            aux.upos == Upos::Aux
                && (aux.feature("Tense") == Some("Past") || aux.form.eq_ignore_ascii_case("would"))
        });
        (own || by_auxiliary) && !is_perfect(sentence, w)
    })
}

/// "the warrant issued by A": what the reader knows already is no step of the story.
fn is_known(sentence: &Sentence, draft: &Draft) -> bool {
    draft.trigger.iter().chain([&draft.predicate]).any(|w| is_background(sentence, *w))
}

fn is_background(sentence: &Sentence, word: usize) -> bool {
    let reduced = |w: usize| {
        let part = &sentence.words[w];
        part.relation.base() == "acl" && part.feature("VerbForm") == Some("Part") && !is_opened(sentence, w)
    };
    std::iter::successors(Some(word), |w| sentence.words[*w].head).any(reduced)
}

/// Whether a clause has its "that", "which" or "who".
fn is_opened(sentence: &Sentence, clause: usize) -> bool {
    sentence.children(clause).any(|c| {
        let word = &sentence.words[c];
        word.relation == Relation::Mark || word.feature("PronType") == Some("Rel")
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
    let keys: Vec<String> = draft.source.iter().map(|p| merge::key(article, p)).collect();
    let by_speaker = |s: &Speaker| speaker_key(article, s).is_some_and(|k| keys.contains(&k));
    let spoken = draft.kind == "comment" || draft.speakers.iter().any(by_speaker);
    let in_past = |s: &crate::sayings::Saying| {
        let sentence = &article.sentences[s.sentence];
        let verb = &sentence.words[s.cue];
        verb.upos != Upos::Verb || verb.feature("Tense") == Some("Past") && !is_perfect(sentence, s.cue)
    };
    let holds = |s: &&crate::sayings::Saying| {
        s.sentence == draft.sentence && (s.cue == draft.predicate || s.content.contains(&draft.predicate))
    };
    spoken
        && !is_known(&article.sentences[draft.sentence], draft)
        && article.sayings.iter().filter(holds).all(in_past)
}

/// The day of the nearest act before that tells the same story.
fn of_story(article: &Article, drafts: &[Draft], index: usize) -> Option<(When, &'static str)> {
    let draft = &drafts[index];
    if has_rival(article, draft)
        || !(is_timely(article, draft) && !is_quoted_past(article, draft) || is_said(article, draft))
    {
        return None;
    }
    // A date that the text gives only later is not yet that of the story.
    let first = draft.mentions.iter().map(|(n, _)| *n).fold(draft.sentence, usize::min);
    let is_told = |w: &When| w.timex.is_some_and(|t| article.timexes[t].sentence <= first);
    let continued = |before: &&Draft| {
        let planned = before.status == Status::Planned;
        let reach = bond(article, before, draft).unwrap_or(if planned { NEXT } else { 0 });
        let same_time = planned == (draft.status == Status::Planned);
        same_time && reach > 0 && is_near(before, draft, reach)
    };
    let before =
        drafts[..index].iter().rev().filter(|d| d.date.as_ref().is_some_and(is_told)).find(continued)?;
    // "In 2014 …": the story has left its day.
    let when = before.date.clone().filter(|w| is_exact(article, w))?;
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

/// Whether a mention of one stands at most `reach` sentences before a mention of the other.
fn is_near(before: &Draft, draft: &Draft, reach: usize) -> bool {
    let told = |d: &Draft| -> Vec<usize> {
        std::iter::once(d.sentence).chain(d.mentions.iter().map(|(n, _)| *n)).collect()
    };
    told(before).iter().any(|b| told(draft).iter().any(|d| d >= b && *d <= b + reach))
}

/// What ties two acts, by how far it reaches: one who speaks of both, or a party of both.
fn bond(article: &Article, a: &Draft, b: &Draft) -> Option<usize> {
    let speakers = |d: &Draft| d.speakers.iter().filter_map(|s| speaker_key(article, s)).collect::<Vec<_>>();
    let voices = speakers(b);
    if speakers(a).iter().any(|s| voices.contains(s)) {
        return Some(SPEAKER_REACH);
    }
    let all = |d: &Draft| {
        let voices = d.speakers.iter().filter_map(|s| s.entity);
        let all = d.parties().map(|p| p.entity).chain(voices);
        all.filter(|e| article.is_somebody(*e)).collect::<Vec<_>>()
    };
    let others = all(b);
    all(a).iter().any(|e| others.contains(e)).then_some(REACH)
}

/// What stands for a named speaker: a spokesman stands for his government.
fn speaker_key(article: &Article, speaker: &Speaker) -> Option<String> {
    let entity = speaker.entity.filter(|e| !article.entities[*e].actor.generic)?;
    let party = Party { entity, span: Span::default(), resolved_by: "name" };
    Some(merge::key(article, &party))
}

/// The date that opens the paragraph ("On Monday, …"), for acts of its other sentences.
fn of_paragraph(article: &Article, draft: &Draft) -> Option<(When, &'static str)> {
    let paragraph = article.paragraphs[draft.sentence];
    let opens = |t: &Timex| {
        let sentence = &article.sentences[t.sentence];
        let first = article.paragraphs.iter().position(|p| *p == paragraph);
        let start = sentence.words.iter().position(|w| w.span.start >= t.span.start);
        first == Some(t.sentence)
            && start.is_some_and(|s| s <= 1)
            && t.dates()
            && t.precision <= Precision::Week
    };
    let index = article.timexes.iter().position(opens)?;
    let later = article.timexes[index].sentence < draft.sentence;
    let fits = later
        && is_timely(article, draft)
        && on_its_side(article, draft, &article.timexes[index])
        && !is_quoted_past(article, draft)
        && !has_rival(article, draft);
    fits.then(|| (when::of_timex(article, index), "the day of the paragraph"))
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
        d.event == draft.event && !summary(d) && (bond(article, d, draft).is_some() || word(d) == word(draft))
    };
    drafts.iter().filter(retells).find_map(|d| d.date.clone()).filter(|w| w.timex.is_some())
}
