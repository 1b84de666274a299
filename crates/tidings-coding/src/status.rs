//! How sure the text is that an act happened, with the words that made it so.
//!
//! The words around the predicate decide: negation, modals, status adverbs and adjectives, conditionals, and the
//! effect of every governing word up the tree ("denied that", "plans to", "reports of"). The model's factuality
//! only speaks where they are silent. The strongest verdict wins, in the order of [`strength`].

use tidings_language::{Relation, Sentence, Upos};
use tidings_ontology::{Effect, Lexicon};
use tidings_text::Span;

use crate::draft::{Status, Why};
use crate::phrase;

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
    fn add(&mut self, status: Status, rule: impl Into<String>, span: Span) {
        if strength(status) > strength(self.status) {
            self.status = status;
        }
        self.whys.push(Why { field: "status", rule: rule.into(), span: Some(span) });
    }

    /// What the word `lemma` above the predicate does to it.
    fn govern(&mut self, effect: &Effect, lemma: &str, span: Span) {
        self.governed |= effect.status.is_some();
        self.apply(effect, format!("under '{lemma}'"), span);
    }

    fn apply(&mut self, effect: &Effect, rule: String, span: Span) {
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
        if let Some(status) = status.and_then(parse) {
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
    condition(sentence, predicate, &mut verdict);
    governors(sentence, predicate, lexicon, &mut verdict);
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
    for child in sentence.children(predicate) {
        let word = &sentence.words[child];
        let lemma = word.lemma.to_lowercase();
        if is_negation(&lemma, word.relation) {
            verdict.add(Status::Negated, "negation", word.span);
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
            }
        } else if word.relation.is(Relation::Aux) {
            modal(&lemma, word.span, verdict);
        }
    }
}

/// "no country helped", "nobody was arrested", "deployed no soldiers": the word that says so.
fn nobody(sentence: &Sentence, predicate: usize) -> Option<usize> {
    let verb = sentence.words[predicate].upos == Upos::Verb;
    let party = |c: &usize| verb && matches!(sentence.words[*c].relation.base(), "nsubj" | "obj");
    sentence.children(predicate).filter(party).find_map(|c| {
        let word = &sentence.words[c];
        let pronoun = matches!(word.lemma.to_lowercase().as_str(), "nobody" | "none" | "neither" | "nothing");
        let determiner = sentence.children(c).find(|d| {
            sentence.words[*d].relation.base() == "det"
                && matches!(sentence.words[*d].lemma.to_lowercase().as_str(), "no" | "neither")
        });
        determiner.or_else(|| pronoun.then_some(c))
    })
}

/// The word that negates `word`.
fn negation_of(sentence: &Sentence, word: usize) -> Option<usize> {
    sentence
        .children(word)
        .find(|c| is_negation(&sentence.words[*c].lemma.to_lowercase(), sentence.words[*c].relation))
}

fn is_negation(lemma: &str, relation: Relation) -> bool {
    matches!(lemma, "not" | "n't" | "n’t" | "never" | "nt") && relation.base() == "advmod"
        || (lemma == "no" && relation.base() == "det")
        || (matches!(lemma, "neither" | "nor") && relation.base() == "cc")
}

fn modal(lemma: &str, span: Span, verdict: &mut Verdict) {
    match lemma {
        "will" | "shall" | "'ll" | "’ll" => verdict.add(Status::Planned, format!("modal '{lemma}'"), span),
        "would" | "could" | "may" | "might" | "can" | "should" | "must" | "'d" | "ought" => {
            verdict.add(Status::Hypothetical, format!("modal '{lemma}'"), span)
        }
        _ => {}
    }
}

/// An "if" clause on the predicate, or on a verb that governs it, makes it conditional.
fn condition(sentence: &Sentence, predicate: usize, verdict: &mut Verdict) {
    let clause = conditional_clause(sentence, predicate);
    let span = match clause {
        Some(clause) => Some(trimmed_subtree(sentence, clause)),
        None if verdict.status == Status::Hypothetical => loose_condition(sentence, predicate),
        None => None,
    };
    if let Some(span) = span {
        verdict.condition = Some(span);
        verdict.add(Status::Conditional, "condition", span);
    }
}

/// The conditional clause below the predicate.
pub fn conditional_clause(sentence: &Sentence, predicate: usize) -> Option<usize> {
    sentence
        .children(predicate)
        .find(|c| sentence.words[*c].relation.base() == "advcl" && conditional_mark(sentence, *c).is_some())
}

/// The marker of a conditional clause.
fn conditional_mark(sentence: &Sentence, clause: usize) -> Option<usize> {
    sentence.children(clause).find(|c| {
        matches!(sentence.words[*c].relation.base(), "mark" | "advmod")
            && matches!(
                sentence.words[*c].form.to_lowercase().as_str(),
                "if" | "unless" | "provided" | "providing" | "assuming" | "once"
            )
    })
}

fn if_mark(sentence: &Sentence, clause: usize) -> Option<usize> {
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

/// What stands above: "denied that …", "a plan to …", "if … attacks", "to prevent …".
fn governors(sentence: &Sentence, predicate: usize, lexicon: &Lexicon, verdict: &mut Verdict) {
    let mut current = predicate;
    for _ in 0..sentence.words.len() {
        let word = &sentence.words[current];
        let Some(governor) = word.head else { return };
        if !governs_truth(sentence, current) {
            return;
        }
        if word.relation.base() == "advcl" && !completes(sentence, current, governor, lexicon) {
            adverbial(sentence, current, verdict);
            return;
        }
        // The tree may break at quotation marks; the "if" still stands on its clause.
        if let Some(mark) = if_mark(sentence, current) {
            verdict.add(Status::Hypothetical, "inside a condition", sentence.words[mark].span);
        }
        if word.relation.base() != "conj" {
            governed(sentence, current, governor, lexicon, verdict);
        }
        current = governor;
    }
}

/// "capable of striking", "accused of shelling", "barred from entering": the clause says what the governor is about.
fn completes(sentence: &Sentence, clause: usize, governor: usize, lexicon: &Lexicon) -> bool {
    let word = &sentence.words[governor];
    let wanted: &[&str] = match word.upos {
        Upos::Adj => &["in", "of", "on", "at", "to", "about"],
        Upos::Verb if lexicon.governor(&word.lemma.to_lowercase(), "VERB", true).is_some() => {
            &["of", "from", "with"]
        }
        _ => &[],
    };
    let marked = |c: usize| wanted.contains(&sentence.words[c].form.to_lowercase().as_str());
    let word = &sentence.words[clause];
    let ing = word.feature("VerbForm") == Some("Ger") || word.feature("Tense") == Some("Pres");
    ing && sentence.children(clause).any(marked)
}

/// Complements stand under their governor's word; subjects, apposition and parataxis do not.
fn governs_truth(sentence: &Sentence, word: usize) -> bool {
    let relation = sentence.words[word].relation;
    match relation.base() {
        "ccomp" | "xcomp" | "csubj" | "conj" | "advcl" => true,
        // "a plan to attack" stands under the plan; "the man arrested on Monday" was arrested whatever is said of him.
        "acl" => {
            (relation != Relation::AclRelcl || is_content(sentence, word)) && !is_participle(sentence, word)
        }
        "obl" | "nmod" if phrase::preposition(sentence, word).is_some_and(|p| is_adjunct(&p)) => false,
        "obj" | "nmod" | "obl" | "compound" | "nsubj" | "amod" => {
            sentence.words[word].upos != Upos::Verb || relation.base() == "obl"
        }
        _ => false,
    }
}

/// "the allegation that it bombed a hospital": the "that" joins, and stands for nobody.
fn is_content(sentence: &Sentence, clause: usize) -> bool {
    sentence.children(clause).any(|c| {
        sentence.words[c].relation == Relation::Mark && sentence.words[c].form.eq_ignore_ascii_case("that")
    })
}

fn is_participle(sentence: &Sentence, word: usize) -> bool {
    let marked =
        sentence.children(word).any(|c| matches!(sentence.words[c].relation.base(), "mark" | "case"));
    matches!(sentence.words[word].feature("VerbForm"), Some("Part" | "Ger")) && !marked
}

/// What happened "after the raid", "amid protests", "despite the ban" did so whatever is said of the rest.
fn is_adjunct(preposition: &str) -> bool {
    matches!(
        preposition,
        "after"
            | "before"
            | "since"
            | "during"
            | "following"
            | "amid"
            | "amidst"
            | "despite"
            | "because"
            | "due"
            | "until"
    )
}

fn adverbial(sentence: &Sentence, clause: usize, verdict: &mut Verdict) {
    if let Some(mark) = conditional_mark(sentence, clause) {
        verdict.add(Status::Hypothetical, "inside a condition", sentence.words[mark].span);
        // "if B does not apologise" says nothing of whether B does.
        verdict.status = Status::Hypothetical;
    } else if sentence.words[clause].feature("VerbForm") == Some("Inf") || phrase::has_to(sentence, clause) {
        verdict.add(Status::Planned, "purpose", sentence.words[clause].span);
    }
}

/// "was going to expel".
fn is_going_to(sentence: &Sentence, clause: usize, governor: usize) -> bool {
    sentence.words[governor].form.eq_ignore_ascii_case("going")
        && sentence.words[clause].relation == Relation::Xcomp
        && phrase::has_to(sentence, clause)
}

/// "claims that … are baseless": the predicate that denies what the noun reports.
fn denial_of(sentence: &Sentence, noun: usize, lexicon: &Lexicon) -> Option<usize> {
    let denies = |w: &usize| {
        let word = &sentence.words[*w];
        let effect = lexicon.governor(&word.lemma.to_lowercase(), word.upos.as_str(), true);
        effect.is_some_and(|e| e.status.as_deref() == Some("denied"))
    };
    let about_it = |w: &usize| {
        let subject = sentence.children(*w).find(|c| sentence.words[*c].relation.is(Relation::Nsubj));
        sentence.child(*w, Relation::Cop).is_some() && subject.is_none_or(|s| s == noun)
    };
    let reports = sentence.words[noun].upos == Upos::Noun;
    (noun + 1..sentence.words.len()).filter(|_| reports).find(|w| denies(w) && about_it(w))
}

fn governed(sentence: &Sentence, current: usize, governor: usize, lexicon: &Lexicon, verdict: &mut Verdict) {
    let word = &sentence.words[governor];
    let lemma = word.lemma.to_lowercase();
    let clausal =
        matches!(sentence.words[current].relation.base(), "ccomp" | "xcomp" | "csubj" | "acl" | "advcl");
    if let Some(effect) = lexicon.governor(&lemma, word.upos.as_str(), clausal) {
        verdict.govern(effect, &lemma, word.span);
        if let Some(denial) = denial_of(sentence, governor, lexicon) {
            let rule = format!("'{lemma}' that are called '{}'", sentence.words[denial].form);
            verdict.add(Status::Denied, rule, sentence.words[denial].span);
        }
    }
    if is_going_to(sentence, current, governor) {
        verdict.add(Status::Planned, "'be going to'", word.span);
    }
    if let Some(negation) = negation_of(sentence, governor).filter(|_| clausal || word.upos == Upos::Verb) {
        verdict.governed = true;
        verdict.add(Status::Negated, format!("under negated '{lemma}'"), sentence.words[negation].span);
    }
    for aux in sentence.children(governor).filter(|c| sentence.words[*c].relation.is(Relation::Aux)) {
        if !lexicon.is_reporting(&lemma) {
            modal(&sentence.words[aux].lemma.to_lowercase(), sentence.words[aux].span, verdict);
        }
    }
}
