//! Whether the conditions of a trigger entry hold at a word.

use tidings_language::{NameKind, Relation, Sentence, Upos};
use tidings_ontology::When;

use crate::arguments::{self, Slot};
use crate::{around, phrase};

/// All conditions of `when` hold for the word.
pub fn hold(sentence: &Sentence, word: usize, when: &When) -> bool {
    let objects = objects(sentence, word);
    let has = |list: &[String], words: &[usize]| {
        words.iter().any(|w| list.iter().any(|wanted| ends_at(sentence, *w, wanted).is_some()))
    };
    let complements = complements(sentence, word);
    (when.object.is_empty() || has(&when.object, &objects))
        && (when.not_object.is_empty() || !has(&when.not_object, &objects))
        && (when.particle.is_empty() || has(&when.particle, &particles(sentence, word)))
        && (when.complement.is_empty() || has(&when.complement, &complements))
        && (when.modifier.is_empty() || has(&when.modifier, &modifiers(sentence, word, &objects)))
        && (when.prep.is_empty() || has_preposition(sentence, word, &when.prep))
        && around::precede(sentence, word, &when.before)
        && around::follow(sentence, word, &when.after)
        && when.clause.is_none_or(|wanted| wanted == complements.iter().any(|c| is_clause(sentence, *c)))
        && when
            .infinitive
            .is_none_or(|wanted| wanted == complements.iter().any(|c| is_infinitive(sentence, *c)))
        && when.passive.is_none_or(|wanted| wanted == arguments::is_passive(sentence, word))
}

/// Where the words of `wanted` begin if they end at the word, which is written or has the lemma so.
pub fn ends_at(sentence: &Sentence, word: usize, wanted: &str) -> Option<usize> {
    let mut at = word + 1;
    for part in wanted.rsplit(' ') {
        at = at.checked_sub(1)?;
        let found = &sentence.words[at];
        let same = found.lemma.to_lowercase() == part || found.form.to_lowercase() == part;
        if !same {
            return None;
        }
    }
    Some(at)
}

fn lemma(sentence: &Sentence, word: usize) -> String {
    sentence.words[word].lemma.to_lowercase()
}

/// Direct objects (passive subjects), also of a verb whose participle or relative clause this is, with conjuncts; and
/// the noun that an object counts or measures ("a round of talks", "thousands of troops").
pub fn objects(sentence: &Sentence, word: usize) -> Vec<usize> {
    if sentence.words[word].upos != Upos::Verb {
        return Vec::new();
    }
    let mut found: Vec<usize> = arguments::patient(sentence, word)
        .into_iter()
        .chain(arguments::seen(sentence, word))
        .flat_map(|o| phrase::conjuncts(sentence, o))
        .collect();
    let counted: Vec<usize> = found
        .iter()
        .filter(|o| MEASURES.contains(&lemma(sentence, **o).as_str()))
        .flat_map(|o| {
            sentence.children(*o).filter(|c| phrase::case_is(sentence, *c, &["of"])).collect::<Vec<_>>()
        })
        .collect();
    found.extend(counted);
    found
}

const MEASURES: &[&str] = &[
    "batch", "bundle", "campaign", "couple", "dozen", "flurry", "host", "hundred", "kind", "lot", "million",
    "number", "pair", "piece", "round", "salvo", "series", "set", "spate", "string", "thousand", "ton",
    "type", "wave",
];

fn complements(sentence: &Sentence, word: usize) -> Vec<usize> {
    let clausal =
        |c: &usize| matches!(sentence.words[*c].relation.base(), "ccomp" | "xcomp" | "advcl" | "acl");
    let own: Vec<usize> = sentence.children(word).filter(clausal).collect();
    let joined = own.iter().flat_map(|c| phrase::conjuncts(sentence, *c)).collect::<Vec<_>>();
    if joined.is_empty() { own } else { joined }
}

fn is_clause(sentence: &Sentence, word: usize) -> bool {
    matches!(sentence.words[word].relation.base(), "ccomp" | "xcomp")
}

/// "to leave" of "told B to leave".
pub fn is_infinitive(sentence: &Sentence, word: usize) -> bool {
    sentence.words[word].feature("VerbForm") == Some("Inf") && phrase::has_to(sentence, word)
}

fn particles(sentence: &Sentence, word: usize) -> Vec<usize> {
    let adverb = |c: &usize| {
        let w = &sentence.words[*c];
        w.relation == Relation::CompoundPrt
            || (w.relation == Relation::Advmod && matches!(w.upos, Upos::Adp | Upos::Adv))
    };
    sentence.children(word).filter(adverb).collect()
}

/// Modifiers of the word, of its objects, and of what an event noun is "of" ("the use of chemical weapons").
fn modifiers(sentence: &Sentence, word: usize, objects: &[usize]) -> Vec<usize> {
    let noun = sentence.words[word].upos != Upos::Verb;
    let of: Vec<usize> = sentence
        .children(word)
        .filter(|c| noun && phrase::case_is(sentence, *c, &["of"]))
        .flat_map(|c| phrase::conjuncts(sentence, c))
        .collect();
    let modifies =
        |c: &usize| matches!(sentence.words[*c].relation.base(), "amod" | "compound" | "nmod" | "advmod");
    std::iter::once(word)
        .chain(objects.iter().copied())
        .chain(of)
        .flat_map(|w| sentence.children(w).filter(modifies).collect::<Vec<_>>())
        .collect()
}

/// Entries are a preposition ("on") or a preposition with its noun ("to court").
fn has_preposition(sentence: &Sentence, word: usize, wanted: &[String]) -> bool {
    let bare: Vec<String> = wanted.iter().filter(|p| !p.contains(' ')).cloned().collect();
    let with_noun = wanted.iter().filter_map(|p| p.split_once(' '));
    (!bare.is_empty() && has_bare_preposition(sentence, word, &bare))
        || with_noun.into_iter().any(|(preposition, noun)| has_phrase(sentence, word, preposition, noun))
}

fn has_bare_preposition(sentence: &Sentence, word: usize, wanted: &[String]) -> bool {
    let marked = |c: usize| {
        sentence.children(c).any(|m| {
            matches!(sentence.words[m].relation.base(), "mark" | "case")
                && wanted.contains(&sentence.words[m].form.to_lowercase())
        })
    };
    let found = arguments::fill(sentence, word, &Slot::Preposition(wanted.to_vec()));
    let day = |w: usize| sentence.name_at(w).is_some_and(|n| n.kind == NameKind::Date);
    found.into_iter().any(|w| !day(w)) || sentence.children(word).any(|c| !day(c) && marked(c))
}

fn has_phrase(sentence: &Sentence, word: usize, preposition: &str, noun: &str) -> bool {
    phrase_noun(sentence, word, preposition, noun).is_some()
}

/// "to court" below the word, or below its object ("took B to court"), where the parser hung it there.
fn phrase_noun(sentence: &Sentence, word: usize, preposition: &str, noun: &str) -> Option<usize> {
    let is_noun =
        |c: &usize| phrase::conjuncts(sentence, *c).iter().any(|n| ends_at(sentence, *n, noun).is_some());
    let is_marked = |c: &usize| {
        sentence.children(*c).any(|m| {
            matches!(sentence.words[m].relation.base(), "case" | "mark")
                && sentence.words[m].form.eq_ignore_ascii_case(preposition)
        })
    };
    let below = |top: usize| sentence.children(top).find(|c| is_noun(c) && is_marked(c));
    below(word).or_else(|| objects(sentence, word).into_iter().find_map(below))
}

/// The nouns of the phrases that an entry asks for: "contact" of "in contact".
pub fn phrase_nouns(sentence: &Sentence, word: usize, wanted: &[String]) -> Vec<usize> {
    let with_noun = wanted.iter().filter_map(|p| p.split_once(' '));
    with_noun.filter_map(|(preposition, noun)| phrase_noun(sentence, word, preposition, noun)).collect()
}
