//! Noun phrases in the tree: which words belong to one, who stands in apposition, what is coordinated with it.

use tidings_language::{NameKind, Relation, Sentence, Upos};
use tidings_text::Span;

/// The words of the noun phrase of `head`, in order: determiners, adjectives, compounds, titles, possessors and
/// "of"/"for" complements; no relative clauses, no other conjuncts, no adjuncts.
pub fn phrase(sentence: &Sentence, head: usize) -> Vec<usize> {
    let mut words = vec![head];
    for child in sentence.children(head) {
        if belongs(sentence, head, child) {
            words.extend(inner(sentence, child));
        }
    }
    words.sort_unstable();
    words.dedup();
    trim_punctuation(sentence, head, words)
}

fn belongs(sentence: &Sentence, head: usize, child: usize) -> bool {
    match sentence.words[child].relation.base() {
        "det" | "amod" | "compound" | "nummod" | "flat" | "fixed" | "goeswith" => true,
        "nmod" => {
            let relation = sentence.words[child].relation;
            relation == Relation::NmodPoss
                || relation == Relation::NmodDesc
                || (relation == Relation::Nmod && child > head && is_complement(sentence, head, child))
        }
        "punct" => between_own_words(sentence, head, child),
        _ => false,
    }
}

/// "the army of Norland", "the ministry for trade"; what follows a name ("Norburg for talks") is no part of it.
fn is_complement(sentence: &Sentence, head: usize, child: usize) -> bool {
    match sentence.name_at(head) {
        Some(name) if name.kind == NameKind::Person => false,
        Some(name) => name.words.contains(&child) || case_is(sentence, child, &["of"]),
        None => case_is(sentence, child, &["of", "for"]),
    }
}

/// The subtree of a modifier, without clauses; "the army, the police and the navy" stay with their own heads.
fn inner(sentence: &Sentence, top: usize) -> Vec<usize> {
    let mut words = vec![top];
    for child in sentence.children(top) {
        if !matches!(sentence.words[child].relation.base(), "acl" | "appos" | "parataxis" | "advcl") {
            words.extend(inner(sentence, child));
        }
    }
    words
}

fn between_own_words(sentence: &Sentence, head: usize, child: usize) -> bool {
    child < head && matches!(sentence.words[child].form.as_str(), "-" | "–" | "'" | "’" | "\"")
}

fn trim_punctuation(sentence: &Sentence, head: usize, words: Vec<usize>) -> Vec<usize> {
    let solid = |w: &usize| *w == head || sentence.words[*w].upos != Upos::Punct;
    let first = words.iter().position(solid).unwrap_or(0);
    let last = words.iter().rposition(solid).unwrap_or(0);
    words.get(first..=last).map(<[usize]>::to_vec).unwrap_or(words)
}

/// Whether `word` hangs on its governor by one of `prepositions`.
pub fn case_is(sentence: &Sentence, word: usize, prepositions: &[&str]) -> bool {
    preposition(sentence, word).is_some_and(|p| prepositions.contains(&p.as_str()))
}

/// The preposition of `word`, lower-cased; "in front of" gives its first word.
pub fn preposition(sentence: &Sentence, word: usize) -> Option<String> {
    sentence
        .children(word)
        .find(|c| {
            sentence.words[*c].relation == Relation::Case
                && sentence.words[*c].form != "'s"
                && sentence.words[*c].form != "’s"
        })
        .map(|c| sentence.words[c].form.to_lowercase())
}

/// Whether "to" marks the clause: "to leave", "a plan to leave".
pub fn has_to(sentence: &Sentence, clause: usize) -> bool {
    sentence.children(clause).any(|c| {
        sentence.words[c].relation == Relation::Mark && sentence.words[c].form.eq_ignore_ascii_case("to")
    })
}

/// `word` and everything coordinated with it, in order.
pub fn conjuncts(sentence: &Sentence, word: usize) -> Vec<usize> {
    let mut found = vec![word];
    let mut next = 0;
    while let Some(current) = found.get(next).copied() {
        found.extend(sentence.children(current).filter(|c| sentence.words[*c].relation == Relation::Conj));
        next += 1;
    }
    found.sort_unstable();
    found
}

/// What stands in apposition to `word`, either way round: "Ada Stern, the foreign minister".
pub fn appositions(sentence: &Sentence, word: usize) -> Vec<usize> {
    sentence.children(word).filter(|c| sentence.words[*c].relation == Relation::Appos).collect()
}

/// What a person is "of": "President Stern of Norland".
pub fn origins(sentence: &Sentence, word: usize) -> Vec<usize> {
    let person = sentence.name_at(word).is_some_and(|n| n.kind == NameKind::Person);
    sentence
        .children(word)
        .filter(|c| person && sentence.words[*c].relation == Relation::Nmod && case_is(sentence, *c, &["of"]))
        .flat_map(|c| with_case(sentence, c))
        .collect()
}

fn with_case(sentence: &Sentence, word: usize) -> Vec<usize> {
    sentence.children(word).filter(|k| sentence.words[*k].relation == Relation::Case).chain([word]).collect()
}

/// Names of places that say where those live or serve whom the noun names: "trade unions in Norland".
pub fn whereabouts(sentence: &Sentence, word: usize) -> Vec<usize> {
    sentence
        .children(word)
        .filter(|c| {
            sentence.words[*c].relation.base() == "nmod"
                && case_is(sentence, *c, &["in", "from", "at"])
                && sentence.name_at(*c).is_some_and(|n| n.kind == NameKind::Location)
        })
        .flat_map(|c| with_case(sentence, c))
        .collect()
}

/// The syntactic head of a run of words: the one whose governor lies outside.
pub fn head_of(sentence: &Sentence, words: std::ops::Range<usize>) -> usize {
    let outside = |w: &usize| sentence.words[*w].head.is_none_or(|h| !words.contains(&h));
    let heads = |w: &usize| outside(w) && !matches!(sentence.words[*w].upos, Upos::Punct | Upos::Det);
    words.clone().find(heads).unwrap_or(words.start)
}

/// Where the words stand.
pub fn span(sentence: &Sentence, words: &[usize]) -> Span {
    sentence.span_of(words.iter().copied())
}

/// Whether the word is a personal, possessive or reflexive pronoun.
pub fn is_personal_pronoun(sentence: &Sentence, word: usize) -> bool {
    let w = &sentence.words[word];
    w.upos == Upos::Pron && w.feature("PronType").is_none_or(|t| t == "Prs")
}

/// Kinds of names that can act.
pub fn can_act(kind: NameKind) -> bool {
    matches!(
        kind,
        NameKind::Person | NameKind::Organization | NameKind::Location | NameKind::Norp | NameKind::Facility
    )
}
