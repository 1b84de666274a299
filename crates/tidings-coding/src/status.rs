//! How sure the text is that an act happened, with the words that made it so.
//!
//! The words around the predicate decide: negation, modals, status adverbs and adjectives, conditionals, and the
//! effect of every governing word up the tree ("denied that", "plans to", "reports of"). The model's factuality
//! only speaks where they are silent. The strongest verdict wins, in the order of [`strength`].

use tidings_language::{Relation, Sentence, Upos};
use tidings_ontology::{Effect, Lexicon};
use tidings_text::Span;

use crate::draft::{Status, Why};
use crate::{conditionals, governors};

/// Factuality (-3 to 3) below which a predicate that nothing else marks is taken as not having happened.
const NEGATED_BELOW: f32 = -1.5;
/// And below which it is taken as merely thought of.
const UNREAL_BELOW: f32 = 0.0;

/// Status, completion and condition of one predicate, with the reasons.
#[derive(Clone, Debug, Default)]
pub struct Verdict {
    /// The strongest status.
    pub status: Status,
    /// attempted, failed.
    pub completion: Option<&'static str>,
    /// Whether a word above the predicate has a say in it.
    pub governed: bool,
    /// Words of the condition.
    pub condition: Option<Span>,
    /// Why.
    pub whys: Vec<Why>,
}

/// A claim stored as a fact is the worst error: what doubts outweighs what asserts.
fn strength(status: Status) -> u8 {
    match status {
        Status::Asserted => 0,
        Status::Alleged => 1,
        Status::Planned => 2,
        Status::Hypothetical => 3,
        Status::Conditional => 4,
        Status::Negated => 5,
        Status::Denied => 6,
    }
}

impl Verdict {
    pub(crate) fn add(&mut self, status: Status, rule: impl Into<String>, span: Span) {
        if strength(status) > strength(self.status) {
            self.status = status;
        }
        self.whys.push(Why { field: "status", rule: rule.into(), span: Some(span) });
    }

    /// What the word `lemma` above the predicate does to it.
    pub(crate) fn govern(&mut self, effect: &Effect, lemma: &str, span: Span) {
        self.governed |= effect.status.is_some();
        self.apply(effect, format!("under '{lemma}'"), span);
    }

    pub(crate) fn apply(&mut self, effect: &Effect, rule: String, span: Span) {
        if let Some(completion) = effect.completion.as_deref().and_then(static_completion) {
            self.completion = Some(completion);
            self.whys.push(Why { field: "completion", rule: rule.clone(), span: Some(span) });
        }
        if let Some(status) = effect.status.as_deref().and_then(parse) {
            self.add(status, rule, span);
        }
    }
}

impl Verdict {
    /// Adds what another verdict found.
    pub fn absorb(&mut self, other: Verdict) {
        if strength(other.status) > strength(self.status) {
            self.status = other.status;
        }
        self.completion = self.completion.or(other.completion);
        self.governed |= other.governed;
        self.condition = self.condition.or(other.condition);
        self.whys.extend(other.whys);
    }

    /// Of a speech act that consists in the words themselves: alleging makes it, as saying does.
    pub fn made(mut self) -> Verdict {
        if self.status == Status::Alleged {
            self.status = Status::Asserted;
        }
        self
    }

    /// Adds what the trigger entry itself says.
    pub fn colour(&mut self, status: Option<&str>, completion: Option<&str>, entry: &str, span: Span) {
        // "A claims that B plotted": that there was a plot is the claim.
        let claimed = self.status == Status::Alleged;
        if let Some(status) = status.and_then(parse).filter(|s| !(claimed && *s == Status::Planned)) {
            self.add(status, format!("trigger {entry}"), span);
        }
        if let Some(completion) = completion.and_then(static_completion) {
            self.completion = Some(completion);
            self.whys.push(Why { field: "completion", rule: format!("trigger {entry}"), span: Some(span) });
        }
    }
}

fn static_completion(name: &str) -> Option<&'static str> {
    ["attempted", "failed"].into_iter().find(|c| *c == name)
}

/// The status of that name.
pub fn parse(name: &str) -> Option<Status> {
    [
        Status::Asserted,
        Status::Alleged,
        Status::Conditional,
        Status::Hypothetical,
        Status::Planned,
        Status::Denied,
        Status::Negated,
    ]
    .into_iter()
    .find(|s| s.as_str() == name)
}

/// The status of the act told by `predicate`, whose auxiliaries and modifiers may hang on `light` (a light verb).
pub fn judge(sentence: &Sentence, predicate: usize, lexicon: &Lexicon) -> Verdict {
    let mut verdict = Verdict::default();
    own_words(sentence, predicate, lexicon, &mut verdict);
    condition(sentence, predicate, lexicon, &mut verdict);
    governors::apply(sentence, predicate, lexicon, &mut verdict);
    if verdict.condition.is_none() && is_to_come(verdict.status) {
        hangs_on(sentence, predicate, lexicon, &mut verdict);
    }
    if verdict.whys.is_empty() && sentence.words[predicate].upos == Upos::Verb {
        by_factuality(sentence, predicate, &mut verdict);
    }
    verdict
}

/// "will not", "would not", "refuses to": somebody does not want to.
pub fn is_unwilling(sentence: &Sentence, predicate: usize) -> Option<Span> {
    let will = sentence.children(predicate).find(|c| {
        let word = &sentence.words[*c];
        word.relation.is(Relation::Aux)
            && matches!(word.lemma.to_lowercase().as_str(), "will" | "would" | "'ll" | "wo")
    })?;
    negation_of(sentence, predicate).map(|_| sentence.words[will].span)
}

/// Only what stands on the noun itself: "held planned talks".
pub fn judge_modifiers(sentence: &Sentence, noun: usize, lexicon: &Lexicon) -> Verdict {
    let mut verdict = Verdict::default();
    own_words(sentence, noun, lexicon, &mut verdict);
    verdict
}

fn by_factuality(sentence: &Sentence, predicate: usize, verdict: &mut Verdict) {
    let word = &sentence.words[predicate];
    if word.factuality < NEGATED_BELOW {
        verdict.add(Status::Negated, format!("model: factuality {:.1}", word.factuality), word.span);
    } else if word.factuality < UNREAL_BELOW {
        verdict.add(Status::Hypothetical, format!("model: factuality {:.1}", word.factuality), word.span);
    }
}

/// "are to meet on Friday", "is to visit": an arrangement.
fn arranged(sentence: &Sentence, predicate: usize) -> Option<Span> {
    let be = sentence.children(predicate).find(|c| {
        let word = &sentence.words[*c];
        matches!(word.relation, Relation::Cop | Relation::Aux) && word.lemma == "be"
    })?;
    let infinitive = sentence.words[predicate].upos == Upos::Verb
        && sentence.children(predicate).any(|c| {
            c > be
                && sentence.words[c].form.eq_ignore_ascii_case("to")
                && sentence.words[c].relation == Relation::Mark
        });
    infinitive.then(|| sentence.words[be].span)
}

/// Negation, modals, adverbs and adjectives on the predicate itself.
fn own_words(sentence: &Sentence, predicate: usize, lexicon: &Lexicon, verdict: &mut Verdict) {
    if let Some(span) = arranged(sentence, predicate) {
        verdict.add(Status::Planned, "'be to'", span);
    }
    if let Some(nobody) = nobody(sentence, predicate) {
        verdict.add(Status::Negated, "nobody does it or suffers it", sentence.words[nobody].span);
    }
    before(sentence, predicate, lexicon, verdict);
    for child in sentence.children(predicate) {
        let word = &sentence.words[child];
        let lemma = word.lemma.to_lowercase();
        if is_negation(&lemma, word.relation) {
            if !is_not_only(sentence, child) {
                verdict.add(Status::Negated, "negation", word.span);
            }
        } else if matches!(word.relation.base(), "advmod" | "amod" | "compound" | "nmod") {
            // "alleged", "cancelled" may be tagged as verbs, whose lemma says less than the form.
            let effect =
                lexicon.status_word(&word.form.to_lowercase()).or_else(|| lexicon.status_word(&lemma));
            if let Some(effect) = effect {
                verdict.apply(effect, format!("status word '{}'", word.form.to_lowercase()), word.span);
            }
        } else if word.relation == Relation::Mark {
            // "is due to impose": the parser takes "due to" for one word.
            if let Some(effect) = lexicon.governor(&lemma, "ADJ", true) {
                verdict.govern(effect, &lemma, word.span);
            } else if let Some(effect) =
                lexicon.marker(&lemma).filter(|e| e.status.as_deref() == Some("hypothetical"))
            {
                verdict.apply(effect, format!("'{lemma}'"), word.span);
            }
        } else if word.relation.is(Relation::Aux) {
            modal(&lemma, word.span, verdict);
        }
    }
}

/// What stands before it ("without attacking", "whether B attacked"), beside it ("at no time", "no longer"), or is put
/// in ("it appears").
fn before(sentence: &Sentence, predicate: usize, lexicon: &Lexicon, verdict: &mut Verdict) {
    let marker = conditionals::marker_before(sentence, predicate, lexicon)
        .filter(|(_, effect)| effect.status.as_deref() != Some("conditional"));
    if let Some((words, effect)) = marker {
        let span = sentence.span_of(words);
        verdict.apply(effect, "the words before it".to_owned(), span);
    }
    for child in sentence.children(predicate) {
        let word = &sentence.words[child];
        let lemma = word.lemma.to_lowercase();
        let first = sentence.children(child).find(|d| sentence.words[*d].form.eq_ignore_ascii_case("no"));
        let never = matches!(lemma.as_str(), "time" | "point" | "circumstance" | "way" | "long" | "longer");
        if let Some(no) = first.filter(|_| never && matches!(word.relation.base(), "obl" | "advmod")) {
            verdict.add(Status::Negated, "at no time", sentence.words[no].span);
        }
        if word.relation == Relation::Parataxis && word.upos == Upos::Verb {
            let effect = lexicon.governor(&lemma, "VERB", true);
            if let Some(effect) = effect.filter(|e| e.status.as_deref() == Some("alleged")) {
                verdict.apply(effect, format!("'{lemma}' put in"), word.span);
            }
        }
        if let Some(doubt) = hearsay(sentence, child, lexicon) {
            verdict.add(Status::Alleged, "according to an unconfirmed report", sentence.words[doubt].span);
        }
    }
}

/// "according to unverified reports", "according to rumours": the word of doubt.
fn hearsay(sentence: &Sentence, phrase: usize, lexicon: &Lexicon) -> Option<usize> {
    let according =
        sentence.children(phrase).any(|c| sentence.words[c].form.eq_ignore_ascii_case("according"))
            || sentence.words[phrase].form.eq_ignore_ascii_case("according");
    let doubts = |w: &usize| {
        let word = &sentence.words[*w];
        let noun = word.upos == Upos::Noun
            && matches!(word.lemma.as_str(), "rumour" | "rumor" | "allegation" | "claim");
        let effect = lexicon.status_word(&word.form.to_lowercase());
        noun || effect.is_some_and(|e| e.status.as_deref() == Some("alleged"))
    };
    sentence.subtree(phrase).into_iter().filter(|_| according).find(doubts)
}

/// "Not only did B attack": no negation.
pub(crate) fn is_not_only(sentence: &Sentence, negation: usize) -> bool {
    let next = sentence.words.get(negation + 1);
    next.is_some_and(|w| matches!(w.form.to_lowercase().as_str(), "only" | "just" | "merely" | "least"))
}

/// "no country helped", "nobody was arrested", "deployed no soldiers": the word that says so.
fn nobody(sentence: &Sentence, predicate: usize) -> Option<usize> {
    let verb = sentence.words[predicate].upos == Upos::Verb;
    let party = |c: &usize| verb && matches!(sentence.words[*c].relation.base(), "nsubj" | "obj");
    // "Not a single soldier fired", read as a noun with a clause
    let noun = sentence.words[predicate].head.filter(|h| {
        sentence.words[*h].head.is_none()
            && sentence.words[predicate].relation.base() == "acl"
            && sentence.words[*h].upos == Upos::Noun
    });
    sentence.children(predicate).filter(party).chain(noun).find_map(|c| {
        let word = &sentence.words[c];
        let pronoun = matches!(word.lemma.to_lowercase().as_str(), "nobody" | "none" | "neither" | "nothing");
        let determiner = sentence.children(c).find(|d| {
            sentence.words[*d].relation.base() == "det"
                && matches!(sentence.words[*d].lemma.to_lowercase().as_str(), "no" | "neither")
        });
        // "not a single soldier", "nobody in the army", "none of the soldiers", "neither A nor B"
        let first = sentence.subtree(c).first().copied().filter(|f| {
            let form = sentence.words[*f].form.to_lowercase();
            matches!(form.as_str(), "not" | "nobody" | "none" | "neither") && !is_not_only(sentence, *f)
        });
        determiner.or_else(|| pronoun.then_some(c)).or(first)
    })
}

/// The word that negates `word`.
pub(crate) fn negation_of(sentence: &Sentence, word: usize) -> Option<usize> {
    sentence
        .children(word)
        .find(|c| is_negation(&sentence.words[*c].lemma.to_lowercase(), sentence.words[*c].relation))
}

fn is_negation(lemma: &str, relation: Relation) -> bool {
    matches!(lemma, "not" | "n't" | "n’t" | "never" | "nt") && relation.base() == "advmod"
        || (lemma == "no" && relation.base() == "det")
        || (matches!(lemma, "neither" | "nor") && relation.base() == "cc")
}

pub(crate) fn modal(lemma: &str, span: Span, verdict: &mut Verdict) {
    match lemma {
        "will" | "shall" | "'ll" | "’ll" => verdict.add(Status::Planned, format!("modal '{lemma}'"), span),
        "would" | "could" | "may" | "might" | "can" | "should" | "must" | "'d" | "ought" => {
            verdict.add(Status::Hypothetical, format!("modal '{lemma}'"), span)
        }
        _ => {}
    }
}

/// A condition on the predicate makes it conditional; what stands inside one is merely thought of.
fn condition(sentence: &Sentence, predicate: usize, lexicon: &Lexicon, verdict: &mut Verdict) {
    let inside = conditionals::stated(sentence, lexicon).into_iter().find(|s| s.words.contains(&predicate));
    if let Some(stated) = inside {
        let mark = sentence.words[stated.words.start].span;
        if stated.contrary && verdict.status == Status::Negated {
            verdict.status = Status::Asserted;
            verdict.add(Status::Asserted, "negated in a condition contrary to fact", mark);
        } else {
            verdict.status = Status::Hypothetical;
            verdict.add(Status::Hypothetical, "inside a condition", mark);
        }
        return;
    }
    let clause = conditional_clause(sentence, predicate);
    let span = match clause {
        Some(clause) => Some(trimmed_subtree(sentence, clause)),
        None if is_to_come(verdict.status) => loose_condition(sentence, predicate),
        None => None,
    };
    if let Some(span) = span {
        verdict.condition = Some(span);
        verdict.add(Status::Conditional, "condition", span);
    } else if is_to_come(verdict.status) {
        hangs_on(sentence, predicate, lexicon, verdict);
    }
}

fn is_to_come(status: Status) -> bool {
    matches!(status, Status::Planned | Status::Hypothetical)
}

/// What is to come hangs on the condition that the sentence states elsewhere: "would sign as long as B …", "is ready to
/// negotiate if B …". What would have been had something not happened is merely thought of.
fn hangs_on(sentence: &Sentence, predicate: usize, lexicon: &Lexicon, verdict: &mut Verdict) {
    let above = std::iter::successors(Some(predicate), |w| {
        sentence.words[*w].head.filter(|_| sentence.words[*w].relation == Relation::Xcomp)
    });
    let clause = above
        .take(sentence.words.len())
        .filter_map(|w| conditional_clause(sentence, w))
        .find(|clause| !sentence.is_within(predicate, *clause));
    let stated = conditionals::stated(sentence, lexicon).into_iter().find(|s| !s.words.contains(&predicate));
    let contrary = stated.as_ref().is_some_and(|s| s.contrary);
    let span = clause
        .map(|clause| trimmed_subtree(sentence, clause))
        .or_else(|| stated.map(|s| sentence.span_of(s.words)));
    if let Some(span) = span {
        let status = if contrary { Status::Hypothetical } else { Status::Conditional };
        verdict.condition = Some(span);
        verdict.add(status, "condition", span);
    }
}

/// The conditional clause below the predicate.
pub fn conditional_clause(sentence: &Sentence, predicate: usize) -> Option<usize> {
    sentence
        .children(predicate)
        .find(|c| sentence.words[*c].relation.base() == "advcl" && conditional_mark(sentence, *c).is_some())
}

/// The marker of a conditional clause.
pub(crate) fn conditional_mark(sentence: &Sentence, clause: usize) -> Option<usize> {
    sentence.children(clause).find(|c| {
        matches!(sentence.words[*c].relation.base(), "mark" | "advmod")
            && matches!(
                sentence.words[*c].form.to_lowercase().as_str(),
                "if" | "unless" | "provided" | "providing" | "assuming" | "once"
            )
    })
}

pub(crate) fn if_mark(sentence: &Sentence, clause: usize) -> Option<usize> {
    conditional_mark(sentence, clause)
        .filter(|m| matches!(sentence.words[*m].form.to_lowercase().as_str(), "if" | "unless"))
}

/// "if B is ready," then "we would welcome that": the tree may break at the quotation marks; the words do not.
fn loose_condition(sentence: &Sentence, predicate: usize) -> Option<Span> {
    let start = sentence.words[..predicate]
        .iter()
        .rposition(|w| matches!(w.form.to_lowercase().as_str(), "if" | "unless"))?;
    let asks = start > 0
        && matches!(
            sentence.words[start - 1].lemma.as_str(),
            "ask" | "know" | "see" | "wonder" | "as" | "even"
        );
    let end = (start..predicate)
        .find(|w| sentence.words[*w].form == "," || sentence.words[*w].form.eq_ignore_ascii_case("then"))?;
    (!asks && end > start + 1).then(|| sentence.span_of(start..end))
}

fn trimmed_subtree(sentence: &Sentence, top: usize) -> Span {
    let words = sentence.subtree(top);
    let solid = |w: &&usize| sentence.words[**w].upos != Upos::Punct;
    let first = words.iter().find(solid).copied().unwrap_or(top);
    let last = words.iter().rev().find(solid).copied().unwrap_or(top);
    sentence.span_of(first..last + 1)
}
