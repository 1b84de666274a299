//! "Norland denied this": which act told before is denied, and what that makes of it.

use tidings_language::{Sentence, Upos};
use tidings_ontology::EventType;

use super::acts::{Acts, are_of_one_side};
use crate::article::Article;
use crate::draft::{Draft, DraftLink, Party, Status, Why};
use crate::{arguments, attribution, phrase};

/// Sentences over which "this" looks back.
const REACH: usize = 6;
/// Verbs that deny what was said.
const DENYING: &[&str] = &["deny", "dismiss", "rebut", "refute", "reject", "repudiate"];
/// Nouns for what was said before.
const SAID: &[&str] = &[
    "accusation",
    "allegation",
    "charge",
    "claim",
    "involvement",
    "part",
    "report",
    "responsibility",
    "role",
    "statement",
    "wrongdoing",
];

/// A denial with what it denies.
pub struct Denial {
    /// The record of the denial.
    pub denial: usize,
    /// The charge that it answers, where one was made.
    pub charge: Option<usize>,
    /// The acts that are said not to have happened, in text order.
    pub acts: Vec<usize>,
    /// The verb and the word for what is denied.
    pub words: (usize, Option<usize>),
}

/// All denials that do not say themselves what is denied.
pub fn find(acts: &Acts) -> Vec<Denial> {
    (0..acts.drafts.len()).filter_map(|index| denial(acts, index)).collect()
}

fn denial(acts: &Acts, index: usize) -> Option<Denial> {
    let draft = &acts.drafts[index];
    let sentence = &acts.article.sentences[draft.sentence];
    let verb = &sentence.words[draft.predicate];
    let denies = draft.event == EventType::Reject
        && draft.status == Status::Asserted
        && DENYING.contains(&verb.lemma.to_lowercase().as_str());
    if !denies {
        return None;
    }
    // "denied that its army had fired" tells the act itself.
    if !has_no_content(sentence, draft.predicate) {
        return None;
    }
    let object = arguments::patient(sentence, draft.predicate).first().copied();
    let words = (draft.predicate, object);
    if let Some(act) = object.and_then(|o| named_act(acts, index, o)) {
        return Some(Denial { denial: index, charge: None, acts: vec![act], words });
    }
    if !object.is_none_or(|o| stands_for_said(sentence, o)) {
        return None;
    }
    let (charge, told) = told_against(acts, index);
    (charge.is_some() || !told.is_empty()).then_some(Denial { denial: index, charge, acts: told, words })
}

/// "denied the raid", "denied any part in the raid".
fn named_act(acts: &Acts, index: usize, object: usize) -> Option<usize> {
    let draft = &acts.drafts[index];
    let sentence = &acts.article.sentences[draft.sentence];
    let inside = |c: usize| phrase::case_is(sentence, c, &["for", "in", "of"]).then_some(c);
    let words = [Some(object), sentence.children(object).find_map(inside)];
    let denied = |act: &usize| {
        let told = &acts.drafts[*act];
        let own = told.source.is_empty() || acts.share(&told.source, &draft.source);
        told.event != EventType::Accuse && own
    };
    words.into_iter().flatten().find_map(|w| acts.meant(draft.sentence, w, index).filter(denied))
}

/// "denied this", "rejected the accusation", "denied it".
fn stands_for_said(sentence: &Sentence, object: usize) -> bool {
    let word = &sentence.words[object];
    let pronoun = matches!(word.form.to_lowercase().as_str(), "it" | "that" | "this");
    (word.upos == Upos::Pron && pronoun)
        || (word.upos == Upos::Noun && SAID.contains(&word.lemma.to_lowercase().as_str()))
}

/// No clause says what is denied.
fn has_no_content(sentence: &Sentence, verb: usize) -> bool {
    sentence.children(verb).all(|c| !matches!(sentence.words[c].relation.base(), "ccomp" | "xcomp"))
}

/// The last charge against those who deny, and the last acts that one voice tells of them.
fn told_against(acts: &Acts, index: usize) -> (Option<usize>, Vec<usize>) {
    let draft = &acts.drafts[index];
    let at = (draft.sentence, draft.predicate);
    let before =
        |d: &Draft| (d.sentence, d.predicate) < at && d.sentence + REACH >= at.0 && !d.source.is_empty();
    let charges = |d: &Draft| {
        d.event == EventType::Accuse
            && acts.share(&d.target, &draft.source)
            && !acts.share(&d.source, &draft.source)
    };
    let deeds = |d: &Draft| {
        let real = matches!(d.status, Status::Asserted | Status::Alleged);
        let own_words = d.speakers.iter().any(|s| {
            s.entity.is_some_and(|e| draft.source.iter().any(|p| are_of_one_side(acts.article, p.entity, e)))
        });
        let (quad, _) = d.event.quad();
        real && quad == 4 && !own_words && acts.share(&d.source, &draft.source)
    };
    let charge = acts.drafts.iter().rposition(|d| before(d) && charges(d));
    let told: Vec<usize> =
        (0..acts.drafts.len()).filter(|i| before(&acts.drafts[*i]) && deeds(&acts.drafts[*i])).collect();
    let voices = |i: &usize| acts.drafts[*i].speakers.iter().map(|s| s.entity).collect::<Vec<_>>();
    let last = told.last().copied();
    let number = |i: usize| acts.drafts[i].sentence;
    // One voice tells one story; a charge is about what its own sentence tells.
    let first =
        charge.or(last).map(number).unwrap_or_default().saturating_sub(if charge.is_some() { 0 } else { 1 });
    let of_story = |i: &usize| number(*i) >= first && last.is_some_and(|l| voices(i) == voices(&l));
    let told: Vec<usize> = told.into_iter().filter(of_story).collect();
    match (charge, last) {
        // A deed told long before the charge is another matter.
        (Some(c), Some(a)) if number(a) < number(c) => (charge, Vec::new()),
        (Some(c), Some(a)) if number(c) < number(a) => (None, told),
        _ => (charge, told),
    }
}

/// The denial is about the charge and the act; who made the charge is its target; a denied act is no fact.
pub fn apply(article: &Article, drafts: &mut [Draft], found: Denial) -> Option<(usize, usize)> {
    let (verb, object) = found.words;
    let sentence = &article.sentences[drafts[found.denial].sentence];
    let span = sentence.words[object.unwrap_or(verb)].span;
    let rule = format!("'{}' points to what was told before", sentence.words[verb].lemma);
    for to in found.charge.iter().chain(&found.acts).copied() {
        let denial = &mut drafts[found.denial];
        denial.trail.push(Why { field: "links", rule: format!("about: {rule}"), span: Some(span) });
        denial.links.push(DraftLink { rel: "about", to });
    }
    let accusers = match (found.charge, found.acts.first().copied()) {
        (Some(charge), _) => drafts[charge].source.clone(),
        (None, Some(act)) => attribution::innermost(article, drafts[act].sentence, drafts[act].predicate),
        _ => Vec::new(),
    };
    let denial = &mut drafts[found.denial];
    if denial.target.is_empty() && !accusers.is_empty() {
        let rule = "whoever told what is denied".to_owned();
        denial.trail.push(Why { field: "target", rule, span: Some(accusers[0].span) });
        let own: Vec<usize> = denial.source.iter().map(|p| p.entity).collect();
        let others = accusers.into_iter().filter(|p| !own.contains(&p.entity));
        denial.target = others.map(|p| Party { resolved_by: "antecedent", ..p }).collect();
    }
    for act in
        found.acts.iter().copied().filter(|a| drafts[*a].status == Status::Asserted).collect::<Vec<_>>()
    {
        let rule = "denied by another".to_owned();
        drafts[act].trail.push(Why { field: "status", rule, span: Some(span) });
        drafts[act].status = Status::Alleged;
    }
    Some((*found.acts.first()?, found.denial))
}
