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
const AHEAD: &[&str] = &["will", "shall", "would", "'ll", "’ll", "wo", "may", "might", "should", "must", "can", "could"];
/// Governors whose complement is still to come.
const PLANS: &[&str] = &[
    "agree", "aim", "due", "expect", "hope", "intend", "likely", "order", "plan", "pledge", "prepare", "promise",
    "propose", "ready", "schedule", "set", "slate", "urge", "vow", "want", "warn",
];
/// A chain of heads longer than this is no clause.
const FARTHEST: usize = 12;

/// The tense of the clause that `word` stands in.
pub(crate) fn tense(sentence: &Sentence, word: usize) -> Tense {
    let chain = std::iter::successors(Some(word), |w| sentence.words.get(*w)?.head).take(FARTHEST);
    for verb in chain.filter(|w| is_verbal(sentence, *w)) {
        match of_verb(sentence, verb) {
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

fn of_verb(sentence: &Sentence, verb: usize) -> Tense {
    let Some(word) = sentence.words.get(verb) else { return Tense::Open };
    let is = |list: &[&str], w: &Word| list.contains(&w.lemma.as_str());
    let perfect = auxiliaries(sentence, verb).any(|w| w.lemma == "have");
    if auxiliaries(sentence, verb).any(|w| is(AHEAD, w) || AHEAD.iter().any(|a| w.form.eq_ignore_ascii_case(a))) {
        return if perfect { Tense::Past } else { Tense::Future };
    }
    let finite = |w: &Word| w.feature("VerbForm") != Some("Inf") && w.feature("Tense") == Some("Past");
    if perfect || auxiliaries(sentence, verb).any(finite) {
        let planned = is(PLANS, word) && word.lemma != "agree" && word.lemma != "order";
        return if planned && !perfect { Tense::Future } else { Tense::Past };
    }
    if auxiliaries(sentence, verb).next().is_some() {
        return if is(PLANS, word) { Tense::Future } else { Tense::Open };
    }
    if infinitive(sentence, verb) {
        return Tense::Future;
    }
    match (word.feature("VerbForm"), word.feature("Tense")) {
        (Some("Fin") | None, Some("Past")) => Tense::Past,
        // A participle after its noun ("the man arrested on Monday"); "the talks planned for Monday" look ahead.
        (Some("Part"), Some("Past")) if is(PLANS, word) => Tense::Future,
        (Some("Part"), Some("Past")) => Tense::Past,
        _ => Tense::Open,
    }
}

/// "to meet on Friday", not "was seen to fall".
fn infinitive(sentence: &Sentence, verb: usize) -> bool {
    let Some(word) = sentence.words.get(verb) else { return false };
    word.feature("VerbForm") == Some("Inf") && sentence.children(verb).any(|c| sentence.words[c].form.eq_ignore_ascii_case("to"))
}

/// "has ruled": the perfect of the present, whose lengths of time end now.
pub(crate) fn is_present_perfect(sentence: &Sentence, word: usize) -> bool {
    let chain = std::iter::successors(Some(word), |w| sentence.words.get(*w)?.head).take(FARTHEST);
    let verb = chain.into_iter().find(|w| is_verbal(sentence, *w));
    verb.is_some_and(|v| auxiliaries(sentence, v).any(|w| w.lemma == "have" && w.feature("Tense") == Some("Pres")))
}
