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

/// Whether the noun points back to what the reader knows: "the", "this", "those".
pub fn points_back(sentence: &Sentence, noun: usize) -> bool {
    sentence.children(noun).any(|c| {
        let word = &sentence.words[c];
        word.upos == Upos::Det
            && matches!(word.form.to_lowercase().as_str(), "the" | "this" | "these" | "that" | "those")
    })
}

/// Words that join a further party: "Norland, along with Sudria".
const JOINING: &[&[&str]] =
    &[&["along", "with"], &["together", "with"], &["as", "well", "as"], &["but", "also"], &["and", "even"]];

/// `word` and everything coordinated with it, in order.
pub fn conjuncts(sentence: &Sentence, word: usize) -> Vec<usize> {
    let mut found = vec![word];
    let mut next = 0;
    while let Some(current) = found.get(next).copied() {
        let members = members(sentence, current);
        found.extend(members.into_iter().filter(|m| *m > word));
        found.extend(companion(sentence, current));
        found.dedup();
        next += 1;
    }
    found.sort_unstable();
    found.dedup();
    found
}

/// Who follows `word` in its list. "The mayor, Ada Stern, and the judge": the judge hangs on the name of the mayor.
fn members(sentence: &Sentence, word: usize) -> Vec<usize> {
    let mut found = Vec::new();
    for child in sentence.children(word) {
        match sentence.words[child].relation {
            Relation::Conj => found.push(child),
            Relation::Appos if are_two_people(sentence, word, child) => found.push(child),
            Relation::Appos => found
                .extend(sentence.children(child).filter(|c| sentence.words[*c].relation == Relation::Conj)),
            _ => {}
        }
    }
    found
}

/// Two full names of people are a list, whatever the parser says; "Ada Stern (L)" is one.
fn are_two_people(sentence: &Sentence, a: usize, b: usize) -> bool {
    let full = |n: &tidings_language::Name| n.kind == NameKind::Person && n.words.len() > 1;
    [a, b].iter().all(|w| sentence.name_at(*w).is_some_and(full))
}

/// The party that "along with" or the like joins to the phrase of `word`.
fn companion(sentence: &Sentence, word: usize) -> Option<usize> {
    let form = |at: usize| sentence.words.get(at).map(|w| w.form.to_lowercase());
    let mut start = phrase(sentence, word).last()? + 1;
    if form(start).as_deref() == Some(",") {
        start += 1;
    }
    let fits = |words: &&&[&str]| (start..).zip(words.iter()).all(|(at, w)| form(at).as_deref() == Some(*w));
    let first = start + JOINING.iter().find(fits)?.len();
    (first..sentence.words.len()).take(LONGEST_START).find(|w| {
        matches!(sentence.words[*w].upos, Upos::Noun | Upos::Propn)
            && phrase(sentence, *w).first().is_some_and(|f| *f <= first)
    })
}

/// So many words may stand before the head of a phrase.
const LONGEST_START: usize = 6;

/// What stands in apposition to `word`, either way round: "Ada Stern, the foreign minister".
pub fn appositions(sentence: &Sentence, word: usize) -> Vec<usize> {
    let apposed =
        |c: &usize| sentence.words[*c].relation == Relation::Appos && !are_two_people(sentence, word, *c);
    sentence.children(word).filter(apposed).collect()
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

/// Names of places that say where those live or serve whom the noun names: "trade unions in Norland", "envoys from
/// Norland and Sudria".
pub fn whereabouts(sentence: &Sentence, word: usize) -> Vec<usize> {
    let place = |c: usize| sentence.name_at(c).is_some_and(|n| n.kind == NameKind::Location);
    let own = sentence.children(word).filter(|c| {
        sentence.words[*c].relation.base() == "nmod"
            && case_is(sentence, *c, &["in", "from", "at"])
            && place(*c)
    });
    let mut found: Vec<usize> = own.chain(origin_behind(sentence, word).filter(|c| place(*c))).collect();
    let joined: Vec<usize> =
        found.iter().flat_map(|c| conjuncts(sentence, *c)).filter(|c| place(*c)).collect();
    found.extend(joined);
    found.sort_unstable();
    found.dedup();
    found.into_iter().flat_map(|c| with_joint(sentence, c)).collect()
}

/// "met his counterpart from Norland": the place behind the noun, though it hangs on the verb.
fn origin_behind(sentence: &Sentence, word: usize) -> impl Iterator<Item = usize> {
    let from = sentence.words.get(word + 1).is_some_and(|w| w.form.eq_ignore_ascii_case("from"));
    let governor = sentence.words[word].head;
    let hangs = move |c: &usize| from && *c > word && sentence.child(*c, Relation::Case) == Some(word + 1);
    governor.into_iter().flat_map(|g| sentence.children(g)).filter(hangs)
}

/// The word with its preposition, and with what joins it to the one before.
fn with_joint(sentence: &Sentence, word: usize) -> Vec<usize> {
    let joint =
        |k: &usize| matches!(sentence.words[*k].relation, Relation::Case | Relation::Cc | Relation::Punct);
    sentence.children(word).filter(|k| joint(k) && *k < word).chain([word]).collect()
}

/// The syntactic head of a run of words: the one whose governor lies outside.
pub fn head_of(sentence: &Sentence, words: std::ops::Range<usize>) -> usize {
    let outside = |w: &usize| sentence.words[*w].head.is_none_or(|h| !words.contains(&h));
    let heads = |w: &usize| outside(w) && !matches!(sentence.words[*w].upos, Upos::Punct | Upos::Det);
    words.clone().find(heads).unwrap_or(words.start)
}

/// The noun with what makes it a term: "foreign ministry" of "the foreign ministry of Norland".
pub fn noun(sentence: &Sentence, head: usize) -> Vec<usize> {
    let modifies = |c: &usize| *c < head && matches!(sentence.words[*c].relation.base(), "amod" | "compound");
    let mut words: Vec<usize> = sentence.children(head).filter(modifies).chain([head]).collect();
    words.sort_unstable();
    words
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
