//! What the words above an act say of it: "denied that …", "a plan to …", "what B called …", "did not rule out …".

use tidings_language::{Relation, Sentence, Upos};
use tidings_ontology::{Effect, Lexicon};

use crate::draft::Status;
use crate::status::{Verdict, conditional_mark, if_mark, is_not_only, modal, negation_of};
use crate::{arguments, phrase};

/// What stands above: "denied that …", "a plan to …", "if … attacks", "to prevent …".
pub fn apply(sentence: &Sentence, predicate: usize, lexicon: &Lexicon, verdict: &mut Verdict) {
    let mut current = predicate;
    let mut content = false;
    for _ in 0..sentence.words.len() {
        let word = &sentence.words[current];
        let Some(governor) = word.head else { return };
        if !governs_truth(sentence, current) && !is_held(sentence, current, governor, lexicon) {
            return;
        }
        if word.relation.base() == "advcl" && !completes(sentence, current, governor, lexicon) {
            adverbial(sentence, current, verdict);
            doubted_with(sentence, current, governor, lexicon, verdict);
            return;
        }
        // The tree may break at quotation marks; the "if" still stands on its clause.
        if let Some(mark) = if_mark(sentence, current) {
            verdict.add(Status::Hypothetical, "inside a condition", sentence.words[mark].span);
        }
        if word.relation.base() != "conj" {
            content |= governed(sentence, current, governor, content, lexicon, verdict);
        }
        current = governor;
    }
}

/// "capable of striking", "accused of shelling", "barred from entering": the clause says what the governor is about.
fn completes(sentence: &Sentence, clause: usize, governor: usize, lexicon: &Lexicon) -> bool {
    let word = &sentence.words[governor];
    let wanted: &[&str] = match word.upos {
        Upos::Adj => &["in", "of", "on", "at", "to", "about"],
        Upos::Verb if governing(sentence, clause, governor, true, lexicon).is_some() => {
            &["of", "from", "with"]
        }
        _ => &[],
    };
    let marked = |c: usize| wanted.contains(&sentence.words[c].form.to_lowercase().as_str());
    let word = &sentence.words[clause];
    let having = |c: usize| sentence.words[c].form.eq_ignore_ascii_case("having");
    let ing = word.feature("VerbForm") == Some("Ger")
        || word.feature("Tense") == Some("Pres")
        || sentence.children(clause).any(having);
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

/// "the charge that B's army killed herders", where the parser takes "that" for a relative pronoun: the noun holds what
/// somebody says.
fn is_held(sentence: &Sentence, clause: usize, noun: usize, lexicon: &Lexicon) -> bool {
    let own_subject = sentence.children(clause).any(|c| {
        sentence.words[c].relation.base() == "nsubj" && !sentence.words[c].form.eq_ignore_ascii_case("that")
    });
    let that = sentence.children(clause).any(|c| sentence.words[c].form.eq_ignore_ascii_case("that"));
    let holds = lexicon
        .governor(&sentence.words[noun].lemma.to_lowercase(), "NOUN", true)
        .is_some_and(|e| e.status.as_deref() == Some("alleged"));
    sentence.words[clause].relation == Relation::AclRelcl && own_subject && that && holds
}

/// "the allegation that it bombed a hospital": the "that" joins, and stands for nobody.
fn is_content(sentence: &Sentence, clause: usize) -> bool {
    sentence.children(clause).any(|c| {
        sentence.words[c].relation == Relation::Mark && sentence.words[c].form.eq_ignore_ascii_case("that")
    })
}

fn is_participle(sentence: &Sentence, word: usize) -> bool {
    // "the claim that his army had invaded": with a subject of its own it is a clause.
    let marked = sentence
        .children(word)
        .any(|c| matches!(sentence.words[c].relation, Relation::Mark | Relation::Case | Relation::Nsubj));
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
            | "into"
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

/// "allegedly opened a dam, killing three": what a participle behind its verb adds is in as much doubt as the verb.
fn doubted_with(
    sentence: &Sentence,
    clause: usize,
    governor: usize,
    lexicon: &Lexicon,
    verdict: &mut Verdict,
) {
    let own = |c: usize| {
        matches!(sentence.words[c].relation.base(), "nsubj" | "mark" | "csubj")
            && !sentence.words[c].form.eq_ignore_ascii_case("by")
    };
    let participle = matches!(sentence.words[clause].feature("VerbForm"), Some("Part" | "Ger"));
    if clause < governor || !participle || sentence.children(clause).any(own) {
        return;
    }
    for word in sentence.children(governor).map(|c| &sentence.words[c]) {
        let effect = lexicon.status_word(&word.form.to_lowercase());
        if let Some(effect) = effect.filter(|e| e.status.as_deref() == Some("alleged")) {
            verdict.apply(effect, format!("told with '{}'", word.form.to_lowercase()), word.span);
        }
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
    // "called the report that it had seized a ship a lie"
    let named = sentence.words[noun].head.is_some_and(|h| {
        let key = format!("what {}", sentence.words[h].lemma.to_lowercase());
        lexicon.governor(&key, "VERB", true).is_some() && !lexicon.is_reporting(&key[5..])
    });
    let about_it = |w: &usize| {
        let subject = sentence.children(*w).find(|c| sentence.words[*c].relation.is(Relation::Nsubj));
        let beside = sentence.words[*w].head == sentence.words[noun].head
            && matches!(sentence.words[*w].relation.base(), "xcomp" | "obl" | "ccomp");
        (sentence.child(*w, Relation::Cop).is_some() && subject.is_none_or(|s| sentence.is_within(s, noun)))
            || beside
            || named
    };
    let reports = sentence.children(noun).any(|c| is_nominal(sentence, c, noun))
        || sentence.words[noun].upos == Upos::Noun;
    (noun + 1..sentence.words.len()).filter(|_| reports).find(|w| denies(w) && about_it(w))
}

/// What the governor says of what stands below it; `content` if that is a noun that holds what somebody says ("dismissed
/// the report that …"). Returns whether the governor is such a noun itself.
fn governed(
    sentence: &Sentence,
    current: usize,
    governor: usize,
    content: bool,
    lexicon: &Lexicon,
    verdict: &mut Verdict,
) -> bool {
    let word = &sentence.words[governor];
    let lemma = word.lemma.to_lowercase();
    let clausal = content
        || matches!(sentence.words[current].relation.base(), "ccomp" | "xcomp" | "csubj" | "acl" | "advcl");
    let effect = governing(sentence, current, governor, clausal, lexicon);
    let negation = negation_of(sentence, governor)
        .filter(|n| (clausal || word.upos == Upos::Verb) && !is_not_only(sentence, *n));
    if let Some((negation, turned)) =
        negation.zip(under_negation(effect.as_ref().map(|e| e.1), &lemma, clausal, lexicon))
    {
        verdict.governed = true;
        verdict.add(turned, format!("under negated '{lemma}'"), sentence.words[negation].span);
    } else if let Some((key, effect)) = &effect {
        verdict.govern(effect, key, word.span);
        if let Some(denial) = denial_of(sentence, governor, lexicon) {
            let rule = format!("'{lemma}' that are called '{}'", sentence.words[denial].form);
            verdict.add(Status::Denied, rule, sentence.words[denial].span);
        }
    }
    if is_going_to(sentence, current, governor) {
        verdict.add(Status::Planned, "'be going to'", word.span);
    }
    for aux in sentence.children(governor).filter(|c| sentence.words[*c].relation.is(Relation::Aux)) {
        if !lexicon.is_reporting(&lemma) {
            modal(&sentence.words[aux].lemma.to_lowercase(), sentence.words[aux].span, verdict);
        }
    }
    let holds = effect.is_some_and(|(_, e)| e.status.as_deref() == Some("alleged"));
    is_nominal(sentence, current, governor) && (holds || is_content(sentence, current))
}

/// A noun, or what the tagger takes for a verb though a clause hangs on it as on a noun ("Reports that …").
fn is_nominal(sentence: &Sentence, current: usize, governor: usize) -> bool {
    let tagged = sentence.words[governor].upos;
    let bare = sentence.words[governor].form.ends_with('s')
        && sentence.children(governor).all(|c| sentence.words[c].relation.base() != "nsubj");
    let clause = match sentence.words[current].relation.base() {
        "acl" => true,
        "ccomp" => bare,
        _ => false,
    };
    tagged == Upos::Noun || (tagged == Upos::Verb && clause)
}

/// The entry for the governor: with its particle, the preposition of what it governs, or a "what", else by itself.
fn governing<'l>(
    sentence: &Sentence,
    current: usize,
    governor: usize,
    clausal: bool,
    lexicon: &'l Lexicon,
) -> Option<(String, &'l Effect)> {
    let word = &sentence.words[governor];
    let lemma = word.lemma.to_lowercase();
    let upos = if is_nominal(sentence, current, governor) { "NOUN" } else { word.upos.as_str() };
    let particle = sentence.children(governor).filter(|c| {
        sentence.words[*c].relation == Relation::CompoundPrt || sentence.words[*c].relation.base() == "advmod"
    });
    let mut keys: Vec<String> =
        particle.map(|p| format!("{lemma} {}", sentence.words[p].form.to_lowercase())).collect();
    keys.extend(phrase::preposition(sentence, current).map(|p| format!("{lemma} {p}")));
    if sentence.children(governor).any(|c| sentence.words[c].form.eq_ignore_ascii_case("what")) {
        keys.push(format!("what {lemma}"));
    }
    if arguments::is_passive(sentence, governor) && arguments::agent(sentence, governor).is_empty() {
        keys.push(format!("be {lemma}"));
    }
    keys.push(lemma);
    keys.into_iter().find_map(|key| {
        let effect = lexicon.governor(&key, upos, clausal)?;
        Some((key, effect))
    })
}

/// What a negated governor says. "did not deny that", "could not confirm that": somebody says so; "did not rule out an
/// attack": it may be; "did not hesitate to": it was done.
fn under_negation(effect: Option<&Effect>, lemma: &str, clausal: bool, lexicon: &Lexicon) -> Option<Status> {
    match effect.and_then(|e| e.status.as_deref()) {
        Some("denied") => Some(Status::Alleged),
        Some("asserted") if lexicon.governor(lemma, "ADJ", true).is_some() => Some(Status::Denied),
        // "the attack could not be confirmed"
        Some("asserted") if !clausal => Some(Status::Alleged),
        Some("negated") => Some(if clausal { Status::Asserted } else { Status::Hypothetical }),
        Some("alleged") if !clausal => None,
        _ if clausal && lexicon.reporting(lemma).is_some_and(|s| s.factive) => Some(Status::Alleged),
        _ => Some(Status::Negated),
    }
}
