//! Which words fill the slots of a predicate: semantic roles first, the tree where they are silent.

use tidings_language::{Relation, Role, Sentence, Upos};

use crate::phrase;

/// A slot as the trigger tables name it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Slot {
    /// A PropBank role.
    Role(Role),
    /// What hangs on the predicate by one of these prepositions.
    Preposition(Vec<String>),
    /// The possessor of an event noun: "Norland's raid", "the Norlandian raid", "the raid by Norland".
    Possessor,
    /// Nothing.
    None,
}

impl Slot {
    /// `ARG0`, `prep:with,against`, `poss`, `none`.
    pub fn parse(text: &str) -> Option<Self> {
        if let Some(list) = text.strip_prefix("prep:") {
            return Some(Slot::Preposition(list.split(',').map(|p| p.trim().to_owned()).collect()));
        }
        match text {
            "poss" => Some(Slot::Possessor),
            "none" => Some(Slot::None),
            role => Role::parse(role).map(Slot::Role),
        }
    }
}

/// Head words that fill `slot` of `predicate`, without their conjuncts.
pub fn fill(sentence: &Sentence, predicate: usize, slot: &Slot) -> Vec<usize> {
    match slot {
        Slot::None => Vec::new(),
        Slot::Preposition(list) => by_preposition(sentence, predicate, list),
        Slot::Possessor => possessors(sentence, predicate),
        Slot::Role(Role::Arg0) => agent(sentence, predicate),
        Slot::Role(Role::Arg1) => patient(sentence, predicate),
        Slot::Role(role) => by_role(sentence, predicate, *role),
    }
}

/// Head words that fill `slot` of the event noun `noun` through its light verb: "A held talks with B".
pub fn fill_light(sentence: &Sentence, light: usize, noun: usize, slot: &Slot) -> Vec<usize> {
    let found = match slot {
        Slot::Role(Role::Arg0) | Slot::Possessor => agent(sentence, light),
        Slot::Role(_) | Slot::None => Vec::new(),
        Slot::Preposition(list) => by_preposition(sentence, light, list),
    };
    found.into_iter().filter(|w| *w != noun).collect()
}

fn by_role(sentence: &Sentence, predicate: usize, role: Role) -> Vec<usize> {
    sentence
        .predicate(predicate)
        .into_iter()
        .flat_map(|p| &p.arguments)
        .filter(|a| a.role == role)
        .map(|a| a.word)
        .collect()
}

/// Who does it.
pub fn agent(sentence: &Sentence, predicate: usize) -> Vec<usize> {
    if sentence.words[predicate].upos == Upos::Adj || sentence.child(predicate, Relation::Cop).is_some() {
        return subject(sentence, predicate);
    }
    if sentence.words[predicate].upos != Upos::Verb {
        return noun_agent(sentence, predicate);
    }
    if is_passive(sentence, predicate) {
        let by: Vec<usize> = sentence
            .children(predicate)
            .filter(|c| {
                sentence.words[*c].relation == Relation::OblAgent
                    || (sentence.words[*c].relation.base() == "obl" && phrase::case_is(sentence, *c, &["by"]))
            })
            .collect();
        let labelled = by_role(sentence, predicate, Role::Arg0);
        return if by.is_empty() {
            labelled.into_iter().filter(|w| !is_passive_subject(sentence, predicate, *w)).collect()
        } else {
            by
        };
    }
    let subject = subject(sentence, predicate);
    if subject.is_empty() {
        return by_role(sentence, predicate, Role::Arg0);
    }
    subject.into_iter().flat_map(|s| users(sentence, s)).collect()
}

/// "the rocket fired by B hit": B, else the subject itself.
fn users(sentence: &Sentence, subject: usize) -> Vec<usize> {
    let fired = |c: &usize| {
        let word = &sentence.words[*c];
        word.relation.base() == "acl"
            && matches!(word.lemma.as_str(), "fire" | "launch" | "plant" | "drop" | "lay")
    };
    let by =
        sentence.children(subject).filter(fired).find_map(|verb| sentence.child(verb, Relation::OblAgent));
    vec![by.unwrap_or(subject)]
}

/// Whom it is done to.
pub fn patient(sentence: &Sentence, predicate: usize) -> Vec<usize> {
    if sentence.words[predicate].upos != Upos::Verb {
        let labelled = by_role(sentence, predicate, Role::Arg1);
        let listed = by_preposition(
            sentence,
            predicate,
            &["of", "on", "against", "at", "with", "to", "targeting"].map(str::to_owned),
        );
        let found = if labelled.is_empty() { listed } else { labelled };
        return if found.is_empty() { aimed_at(sentence, predicate) } else { found };
    }
    if is_passive(sentence, predicate) {
        let subject = subject(sentence, predicate);
        return if subject.is_empty() { by_role(sentence, predicate, Role::Arg1) } else { subject };
    }
    let objects: Vec<usize> = sentence
        .children(predicate)
        .filter(|c| matches!(sentence.words[*c].relation, Relation::Obj | Relation::Iobj))
        .map(|o| counted_again(sentence, predicate, through_relative(sentence, o)))
        .collect();
    let modifier = sentence.children(predicate).find(|c| is_modifying(sentence, *c));
    if let Some(object) = modifier.and_then(|m| sentence.child(m, Relation::Obj)) {
        return vec![object];
    }
    if objects.is_empty() {
        let labelled = by_role(sentence, predicate, Role::Arg1);
        let slipped = if labelled.is_empty() { slipped_object(sentence, predicate) } else { None };
        shared_object(sentence, predicate).or(slipped.map(|o| vec![o])).unwrap_or(labelled)
    } else {
        objects
    }
}

/// "welcomes proposed truce": in headlines without articles a participle between a verb and its object may be parsed as a
/// clause of its own.
pub fn is_modifying(sentence: &Sentence, participle: usize) -> bool {
    let word = &sentence.words[participle];
    let past = word.feature("VerbForm") == Some("Part") && word.feature("Tense") == Some("Past");
    let after_verb = word
        .head
        .is_some_and(|h| h + 1 == participle && sentence.words[h].feature("VerbForm") == Some("Fin"));
    past && after_verb
        && word.relation.base() == "xcomp"
        && sentence.child(participle, Relation::Obj).is_some()
}

/// "A rescued forty people and B saved twelve more": of those whom the verb before has as its object.
fn counted_again(sentence: &Sentence, verb: usize, object: usize) -> usize {
    let word = &sentence.words[object];
    let count =
        word.upos == Upos::Num || matches!(word.lemma.as_str(), "more" | "other" | "dozen" | "hundred");
    let counted = sentence.children(object).any(|c| sentence.words[c].relation.base() == "nmod");
    let elided = count && !counted && sentence.words[verb].relation == Relation::Conj;
    let before = sentence.words[verb].head.filter(|v| elided && sentence.words[*v].upos == Upos::Verb);
    before.and_then(|v| patient(sentence, v).first().copied()).unwrap_or(object)
}

/// "condemns in the strongest terms the attack": an object behind an adjunct, which the parser may hang on the adjunct.
fn slipped_object(sentence: &Sentence, predicate: usize) -> Option<usize> {
    let adjuncts = sentence.children(predicate).filter(|c| sentence.words[*c].relation.base() == "obl");
    let bare = |c: &usize| {
        sentence.words[*c].relation == Relation::Nmod && phrase::preposition(sentence, *c).is_none()
    };
    adjuncts.filter(|a| *a > predicate).flat_map(|a| sentence.children(a).filter(move |c| *c > a)).find(bare)
}

/// "airstrikes targeting the fighters", "a bomb that hit the post".
fn aimed_at(sentence: &Sentence, noun: usize) -> Vec<usize> {
    let aims = |c: &usize| {
        let word = &sentence.words[*c];
        word.relation.base() == "acl" && AIMING.contains(&word.lemma.as_str()) && !is_passive(sentence, *c)
    };
    let objects = |c: usize| sentence.children(c).filter(|o| sentence.words[*o].relation == Relation::Obj);
    sentence.children(noun).filter(aims).flat_map(objects).collect()
}

const AIMING: &[&str] = &["hit", "kill", "strike", "target", "wound"];

/// Nouns: "Norland's raid", "a raid by Norland", "Norlandian raids", "talks between A and B".
fn noun_agent(sentence: &Sentence, predicate: usize) -> Vec<usize> {
    let mut found =
        by_preposition(sentence, predicate, &["by".to_owned(), "between".to_owned(), "among".to_owned()]);
    found.extend(possessors(sentence, predicate));
    if found.is_empty() {
        found = by_role(sentence, predicate, Role::Arg0);
    }
    if found.is_empty() {
        found = charged_with(sentence, predicate);
    }
    found
}

/// "accused B of the looting of shops", "was charged with the murder": the one who is charged.
fn charged_with(sentence: &Sentence, noun: usize) -> Vec<usize> {
    // "of looting shops": the parser may take the gerund for a modifier.
    let gerund =
        sentence.words[noun].relation == Relation::Compound && sentence.words[noun].form.ends_with("ing");
    let top = sentence.words[noun].head.filter(|_| gerund).unwrap_or(noun);
    let hangs = matches!(sentence.words[top].relation.base(), "obl" | "nmod" | "advcl")
        && phrase::case_is(sentence, top, &["of", "for", "with"]);
    let Some(above) = sentence.words[top].head.filter(|_| hangs) else { return Vec::new() };
    let charges = |v: &usize| CHARGING.contains(&sentence.words[*v].lemma.as_str());
    // "suspects B of the killing": the parser may hang the killing on B.
    let by_object =
        sentence.words[above].head.filter(|v| charges(v) && patient(sentence, *v).contains(&above));
    let verb = Some(above).filter(charges).or(by_object);
    verb.map(|v| patient(sentence, v)).unwrap_or_default()
}

const CHARGING: &[&str] = &[
    "accuse",
    "arrest",
    "blame",
    "charge",
    "condemn",
    "convict",
    "criticise",
    "criticize",
    "detain",
    "indict",
    "jail",
    "prosecute",
    "sentence",
    "suspect",
    "try",
];

fn possessors(sentence: &Sentence, predicate: usize) -> Vec<usize> {
    sentence
        .children(predicate)
        .filter(|c| {
            let relation = sentence.words[*c].relation;
            relation == Relation::NmodPoss
                || (matches!(relation.base(), "amod" | "compound" | "nmod")
                    && *c < predicate
                    && sentence.name_at(*c).is_some_and(|n| phrase::can_act(n.kind)))
        })
        .collect()
}

/// What hangs by one of the prepositions on the predicate, on its object ("imposed sanctions on B"), on the verb of an
/// event noun ("held talks with B"), or, where the parser hung it there, on another modifier of an event noun ("a trip
/// by lawmakers to B"); in text order.
fn by_preposition(sentence: &Sentence, predicate: usize, prepositions: &[String]) -> Vec<usize> {
    let hung = |c: &usize| {
        matches!(sentence.words[*c].relation.base(), "obl" | "nmod" | "advcl")
            && phrase::preposition(sentence, *c).is_some_and(|p| prepositions.contains(&p))
    };
    let on = |governor: usize| sentence.children(governor).filter(hung).collect::<Vec<_>>();
    let against =
        |w: &usize| phrase::case_is(sentence, *w, &["against", "between", "for", "on", "to", "with"]);
    let mut found = on(predicate);
    let noun = sentence.words[predicate].upos == Upos::Noun;
    if noun {
        let modifiers = sentence.children(predicate).filter(|c| sentence.words[*c].relation.base() == "nmod");
        found.extend(modifiers.filter(|c| *c > predicate).flat_map(on));
    }
    if found.is_empty() && noun && sentence.words[predicate].relation.base() == "obj" {
        found = sentence.words[predicate].head.map(on).unwrap_or_default();
    }
    if !noun {
        let objects = sentence
            .children(predicate)
            .filter(|c| matches!(sentence.words[*c].relation.base(), "obj" | "xcomp"))
            .chain(seen(sentence, predicate))
            .flat_map(|o| phrase::conjuncts(sentence, o));
        found.extend(objects.flat_map(on));
        if found.is_empty() && is_passive(sentence, predicate) {
            found = suffered(sentence, predicate).into_iter().flat_map(on).filter(|w| against(w)).collect();
        }
    }
    found.sort_unstable();
    found.dedup();
    found
}

/// "hopes to see B's exit": what is to be seen.
pub fn seen(sentence: &Sentence, predicate: usize) -> Vec<usize> {
    let sees =
        |c: &usize| sentence.words[*c].relation == Relation::Xcomp && sentence.words[*c].lemma == "see";
    let objects = |c: usize| sentence.children(c).filter(|o| sentence.words[*o].relation == Relation::Obj);
    sentence.children(predicate).filter(sees).flat_map(objects).collect()
}

/// "the warrant issued against B", "sanctions on B were lifted": what the passive verb is done to.
fn suffered(sentence: &Sentence, predicate: usize) -> Vec<usize> {
    let patient = patient(sentence, predicate);
    patient.into_iter().filter(|w| sentence.words[*w].upos == Upos::Noun).collect()
}

/// Grammatical subject; shared by coordinated verbs, inherited by infinitives and participles, looked up through
/// relative pronouns.
pub fn subject(sentence: &Sentence, predicate: usize) -> Vec<usize> {
    let mut current = predicate;
    for _ in 0..12 {
        if let Some(own) = own_subject(sentence, current) {
            return vec![through_relative(sentence, own)];
        }
        let word = &sentence.words[current];
        let Some(governor) = word.head else { return Vec::new() };
        match word.relation.base() {
            "conj" => current = governor,
            "xcomp" => {
                if let Some(object) = controlling_object(sentence, governor) {
                    return vec![object];
                }
                current = governor;
            }
            "ccomp" if shares_subject(sentence, current) => current = governor,
            "advcl" | "acl" if let Some(object) = accused_object(sentence, governor, current) => {
                return vec![object];
            }
            "advcl" if is_subjectless(sentence, current) => {
                if let Some(own) = absolute_subject(sentence, governor, current) {
                    return vec![own];
                }
                current = governor;
            }
            "acl" => match pursuit(sentence, current, governor) {
                Some(verb) => current = verb,
                None => return vec![governor],
            },
            "amod" if sentence.child(governor, Relation::Cop).is_some() => current = governor,
            _ => return Vec::new(),
        }
    }
    Vec::new()
}

/// The subject that hangs on the verb itself; of two, not the one of a clause that the parser did not see ("were B to
/// close the strait, A would").
fn own_subject(sentence: &Sentence, verb: usize) -> Option<usize> {
    let subject = |c: &usize| sentence.words[*c].relation.is(Relation::Nsubj);
    let opens_clause = |c: &usize| {
        sentence
            .children(*c)
            .any(|d| sentence.words[d].relation == Relation::Acl && phrase::has_to(sentence, d))
    };
    let apart = sentence.children(verb).filter(subject).find(|c| !opens_clause(c));
    apart.or_else(|| sentence.children(verb).find(subject))
}

/// "considers whether to expel B", "denies having ordered it": the one who considers and denies.
fn shares_subject(sentence: &Sentence, clause: usize) -> bool {
    let having = |c: usize| sentence.words[c].form.eq_ignore_ascii_case("having");
    phrase::has_to(sentence, clause)
        || sentence.words[clause].feature("VerbForm") == Some("Ger")
        || sentence.children(clause).any(having)
}

/// "followed a strategy of …ing", "made a decision to leave": the verb whose subject has the plan and does what it says.
fn pursuit(sentence: &Sentence, clause: usize, noun: usize) -> Option<usize> {
    let marked = sentence.children(clause).any(|c| {
        matches!(sentence.words[c].relation, Relation::Mark | Relation::Case)
            && matches!(sentence.words[c].form.to_lowercase().as_str(), "of" | "to")
    });
    let object = marked && sentence.words[noun].relation == Relation::Obj;
    let verb = sentence.words[noun].head.filter(|_| object)?;
    let is = |list: &[&str], word: usize| list.contains(&sentence.words[word].lemma.as_str());
    (is(PURSUING, verb) || is(CHARGES, noun) && is(REBUTTING, verb)).then_some(verb)
}

/// "dismissed accusations of helping B": who rebuts a charge is the one charged.
const CHARGES: &[&str] = &["accusation", "allegation", "charge", "claim", "suspicion"];
const REBUTTING: &[&str] =
    &["contest", "deny", "dismiss", "dispute", "face", "rebut", "refute", "reject", "repudiate"];

const PURSUING: &[&str] = &[
    "adopt",
    "announce",
    "begin",
    "continue",
    "defend",
    "execute",
    "follow",
    "have",
    "implement",
    "keep",
    "launch",
    "maintain",
    "make",
    "operate",
    "practise",
    "pursue",
    "resume",
    "run",
    "start",
    "take",
];

/// "…, with B and C announcing a truce": the parser hangs B on the verb above, beside the participle.
fn absolute_subject(sentence: &Sentence, governor: usize, clause: usize) -> Option<usize> {
    let first = sentence.subtree(clause).into_iter().min()?;
    let beside = |c: &usize| {
        sentence.words[*c].relation.base() == "obl"
            && phrase::case_is(sentence, *c, &["with"])
            && sentence.subtree(*c).into_iter().max().is_some_and(|last| last + 1 == first)
    };
    sentence.children(governor).find(beside)
}

/// "accused B of shelling", "barred B from voting": B does it. A passive subject is found on the usual way.
fn accused_object(sentence: &Sentence, governor: usize, clause: usize) -> Option<usize> {
    let marked = sentence.children(clause).any(|c| {
        matches!(sentence.words[c].relation, Relation::Mark | Relation::Case)
            && matches!(
                sentence.words[c].form.to_lowercase().as_str(),
                "of" | "from" | "for" | "into" | "with"
            )
    });
    let subjectless = marked && is_subjectless(sentence, clause);
    subjectless.then(|| controlling_object(sentence, governor)).flatten()
}

/// "urged B to stop": B stops. "promised B to stop" is rare enough to be left alone.
fn controlling_object(sentence: &Sentence, governor: usize) -> Option<usize> {
    if is_passive(sentence, governor) {
        return None;
    }
    sentence
        .children(governor)
        .find(|c| sentence.words[*c].relation == Relation::Obj && sentence.words[*c].upos != Upos::Verb)
}

fn is_subjectless(sentence: &Sentence, verb: usize) -> bool {
    matches!(sentence.words[verb].feature("VerbForm"), Some("Ger" | "Part" | "Inf"))
}

/// "arrested and deported B": the second verb's object is the first one's too if only the last has it.
fn shared_object(sentence: &Sentence, predicate: usize) -> Option<Vec<usize>> {
    let later = sentence.children(predicate).find(|c| {
        sentence.words[*c].relation == Relation::Conj
            && sentence.words[*c].upos == Upos::Verb
            && *c <= predicate + 3
    })?;
    let objects: Vec<usize> =
        sentence.children(later).filter(|c| sentence.words[*c].relation == Relation::Obj).collect();
    (!objects.is_empty()).then_some(objects)
}

/// "who", "which", "that" of a relative clause stand for the noun that the clause describes.
fn through_relative(sentence: &Sentence, word: usize) -> usize {
    if !crate::mentions::is_relative(sentence, word) {
        return word;
    }
    std::iter::successors(Some(word), |w| sentence.words[*w].head)
        .take(sentence.words.len())
        .find(|w| sentence.words[*w].relation.base() == "acl")
        .and_then(|clause| sentence.words[clause].head)
        .unwrap_or(word)
}

/// "was arrested", "accused of", "a man arrested on Monday".
pub fn is_passive(sentence: &Sentence, predicate: usize) -> bool {
    let word = &sentence.words[predicate];
    if word.upos != Upos::Verb {
        return false;
    }
    // A passive subject without its auxiliary is a slip of the parser beside an object ("A arrested and deported B") or
    // behind "had" ("its army had fired").
    let bare = sentence.child(predicate, Relation::AuxPass).is_none();
    let perfect = sentence
        .children(predicate)
        .any(|c| sentence.words[c].relation == Relation::Aux && sentence.words[c].lemma == "have");
    let finite =
        bare && (perfect || word.feature("VerbForm") == Some("Fin") || has_object(sentence, predicate));
    let marked = sentence.children(predicate).any(|c| match sentence.words[c].relation {
        Relation::AuxPass | Relation::OblAgent => true,
        Relation::NsubjPass => !finite,
        _ => false,
    });
    let reduced = word.relation == Relation::Acl
        && word.feature("VerbForm") == Some("Part")
        && word.feature("Tense") == Some("Past")
        && !sentence.children(predicate).any(|c| {
            sentence.words[c].relation == Relation::Nsubj || sentence.words[c].relation == Relation::Aux
        });
    let shared = word.relation == Relation::Conj
        && (word.feature("VerbForm") == Some("Part") || word.feature("Tense") == Some("Past"))
        && word.head.is_some_and(|h| h != predicate && is_passive(sentence, h))
        && !sentence.children(predicate).any(|c| {
            let relation = sentence.words[c].relation;
            relation.is(Relation::Nsubj) || relation.is(Relation::Aux) || relation == Relation::Obj
        });
    // "police fired on": a plain subject without an auxiliary acts.
    let acts = bare && sentence.children(predicate).any(|c| sentence.words[c].relation == Relation::Nsubj);
    let slip = bare && (perfect || acts);
    marked
        || reduced
        || shared
        || !slip && (word.feature("Voice") == Some("Pass") && !has_object(sentence, predicate))
}

/// An object of its own or of the last verb coordinated with it.
fn has_object(sentence: &Sentence, predicate: usize) -> bool {
    phrase::conjuncts(sentence, predicate)
        .into_iter()
        .any(|verb| sentence.child(verb, Relation::Obj).is_some())
}

fn is_passive_subject(sentence: &Sentence, predicate: usize, word: usize) -> bool {
    subject(sentence, predicate).contains(&word)
}
