//! Does the clause of an expression tell what was or what is to come?

use tidings_language::{Relation, Sentence, Upos, Word};

/// Where the clause looks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Tense {
    /// It happened.
    Past,
    /// It is to happen.
    Future,
    /// Nothing says: no verb, or a present that can be either.
    Open,
}

impl Tense {
    /// For explanations.
    pub(crate) fn reason(self) -> &'static str {
        match self {
            Tense::Past => "past tense",
            Tense::Future => "the clause looks ahead",
            Tense::Open => "no tense",
        }
    }
}

/// Auxiliaries that look ahead. "would" is the future of reported speech.
const AHEAD: &[&str] =
    &["will", "shall", "would", "'ll", "’ll", "wo", "may", "might", "should", "must", "can", "could"];
/// Governors whose complement is still to come.
const PLANS: &[&str] = &[
    "aim", "due", "expect", "hope", "intend", "likely", "plan", "pledge", "prepare", "promise", "propose",
    "ready", "schedule", "set", "slate", "urge", "vow", "want", "warn",
];
/// A chain of heads longer than this is no clause.
const FARTHEST: usize = 12;

/// The tense of the clause that `word` stands in.
pub(crate) fn tense(sentence: &Sentence, word: usize) -> Tense {
    let chain = std::iter::successors(Some(word), |w| sentence.words.get(*w)?.head).take(FARTHEST);
    for verb in chain.filter(|w| is_verbal(sentence, *w)) {
        match of_verb(sentence, verb, word) {
            Tense::Open => {}
            known => return known,
        }
    }
    Tense::Open
}

/// A verb, or a predicate with a copula or auxiliary.
fn is_verbal(sentence: &Sentence, word: usize) -> bool {
    let verb = sentence.words.get(word).is_some_and(|w| matches!(w.upos, Upos::Verb | Upos::Aux));
    verb || auxiliaries(sentence, word).next().is_some()
}

fn auxiliaries(sentence: &Sentence, word: usize) -> impl Iterator<Item = &Word> {
    let below = move |c: &usize| {
        let relation = sentence.words[*c].relation;
        relation.is(Relation::Aux) || relation == Relation::Cop
    };
    sentence.children(word).filter(below).map(|c| &sentence.words[c])
}

fn of_verb(sentence: &Sentence, verb: usize, date: usize) -> Tense {
    let Some(word) = sentence.words.get(verb) else { return Tense::Open };
    let is = |list: &[&str], w: &Word| list.contains(&w.lemma.as_str());
    let perfect = auxiliaries(sentence, verb).any(|w| w.lemma == "have");
    if auxiliaries(sentence, verb)
        .any(|w| is(AHEAD, w) || AHEAD.iter().any(|a| w.form.eq_ignore_ascii_case(a)))
    {
        return if perfect { Tense::Past } else { Tense::Future };
    }
    if perfect {
        return Tense::Past;
    }
    if infinitive(sentence, verb) {
        return Tense::Future;
    }
    let planned = is(PLANS, word);
    let is_past = |w: &Word| w.feature("VerbForm") != Some("Inf") && w.feature("Tense") == Some("Past");
    if auxiliaries(sentence, verb).any(is_past) {
        return if planned { Tense::Future } else { Tense::Past };
    }
    match (word.feature("VerbForm"), word.feature("Tense")) {
        (Some("Fin") | None, Some("Past")) => Tense::Past,
        // A participle after its noun ("the man arrested on Monday"); "the talks planned for Monday" look ahead.
        (Some("Part"), Some("Past")) if planned => Tense::Future,
        (Some("Part"), Some("Past")) if auxiliaries(sentence, verb).next().is_none() => Tense::Past,
        _ if is_scheduled(sentence, verb, word) && dates(sentence, date, verb) => Tense::Future,
        _ => Tense::Open,
    }
}

/// Whether the expression dates the verb itself ("fly on Friday"), not a noun of its clause ("follows Friday's vote").
fn dates(sentence: &Sentence, date: usize, verb: usize) -> bool {
    sentence.words.get(date).is_some_and(|w| w.head.is_none_or(|h| h == verb))
}

/// "The envoys fly to Lima on Friday", "are meeting on Friday". The present of a headline, which has no full stop, tells
/// what was.
fn is_scheduled(sentence: &Sentence, verb: usize, word: &Word) -> bool {
    let stopped = sentence.words.iter().rev().take(2).any(|w| matches!(w.form.as_str(), "." | "?" | "!"));
    let simple = word.feature("VerbForm") == Some("Fin") && !STATES.contains(&word.lemma.as_str());
    let progressive = auxiliaries(sentence, verb).any(|w| w.lemma == "be");
    stopped && word.upos == Upos::Verb && word.feature("Tense") == Some("Pres") && (simple || progressive)
}

/// Verbs whose present schedules nothing.
const STATES: &[&str] = &[
    "accuse", "allege", "be", "believe", "claim", "have", "know", "mean", "remain", "report", "say", "seem",
    "show", "think",
];

/// "to meet on Friday", not "was seen to fall".
fn infinitive(sentence: &Sentence, verb: usize) -> bool {
    let Some(word) = sentence.words.get(verb) else { return false };
    word.feature("VerbForm") == Some("Inf")
        && sentence.children(verb).any(|c| sentence.words[c].form.eq_ignore_ascii_case("to"))
}

/// "has ruled": the perfect of the present, whose lengths of time end now.
pub(crate) fn is_present_perfect(sentence: &Sentence, word: usize) -> bool {
    let chain = std::iter::successors(Some(word), |w| sentence.words.get(*w)?.head).take(FARTHEST);
    let verb = chain.into_iter().find(|w| is_verbal(sentence, *w));
    verb.is_some_and(|v| {
        auxiliaries(sentence, v).any(|w| w.lemma == "have" && w.feature("Tense") == Some("Pres"))
    })
}
