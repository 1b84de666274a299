//! The dead and the injured that an act is said to have cost.

use tidings_language::{Relation, Sentence};

use crate::article::Article;
use crate::matching::Frame;

const DEADLY: &[&str] =
    &["kill", "murder", "execute", "assassinate", "massacre", "slaughter", "behead", "die"];
const WOUNDING: &[&str] = &["injure", "wound", "hurt", "maim"];

/// Whether a verb kills; `None` if it does not even wound.
pub fn deadly(lemma: &str) -> Option<bool> {
    if DEADLY.contains(&lemma) { Some(true) } else { WOUNDING.contains(&lemma).then_some(false) }
}

/// Killed and injured as the words around the event count them.
pub fn counts(article: &Article, number: usize, frame: Frame) -> (Option<u64>, Option<u64>) {
    let sentence = &article.sentences[number];
    let verbs = (0..sentence.words.len()).filter(|w| {
        *w == frame.word
            || sentence.words[*w].head == Some(frame.word)
            || sentence.words[frame.word].head == Some(*w)
    });
    let mut killed = None;
    let mut injured = None;
    for verb in verbs {
        let lemma = sentence.words[verb].lemma.as_str();
        if DEADLY.contains(&lemma) {
            killed = killed.or_else(|| counted(sentence, verb));
        } else if WOUNDING.contains(&lemma) {
            injured = injured.or_else(|| counted(sentence, verb));
        }
    }
    (killed, injured)
}

/// The number on the object (or passive subject) of the verb.
fn counted(sentence: &Sentence, verb: usize) -> Option<u64> {
    let object = sentence
        .children(verb)
        .find(|c| matches!(sentence.words[*c].relation, Relation::Obj | Relation::NsubjPass))?;
    std::iter::once(object).chain(sentence.children(object)).find_map(|w| parse(&sentence.words[w].form))
}

/// A number in figures or words.
pub fn parse(form: &str) -> Option<u64> {
    const WORDS: &[&str] = &[
        "zero",
        "one",
        "two",
        "three",
        "four",
        "five",
        "six",
        "seven",
        "eight",
        "nine",
        "ten",
        "eleven",
        "twelve",
        "thirteen",
        "fourteen",
        "fifteen",
        "sixteen",
        "seventeen",
        "eighteen",
        "nineteen",
        "twenty",
    ];
    let plain: String = form.chars().filter(|c| *c != ',').collect();
    plain.parse().ok().or_else(|| WORDS.iter().position(|w| form.eq_ignore_ascii_case(w)).map(|n| n as u64))
}
