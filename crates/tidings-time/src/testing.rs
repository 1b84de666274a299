//! Sentences for tests, made without the language model: words, naive tags, and a tree in which everything hangs on the
//! nearest verb.

use tidings_language::{Relation, Sentence, Upos, Word};
use tidings_text::Span;

const VERBS: &[(&str, &str, &str)] = &[
    ("began", "begin", "Past"),
    ("came", "come", "Past"),
    ("died", "die", "Past"),
    ("fell", "fall", "Past"),
    ("froze", "freeze", "Past"),
    ("grown", "grow", "Part"),
    ("held", "hold", "Past"),
    ("holds", "hold", "Pres"),
    ("left", "leave", "Past"),
    ("met", "meet", "Past"),
    ("meets", "meet", "Pres"),
    ("ran", "run", "Past"),
    ("ruled", "rule", "Part"),
    ("said", "say", "Past"),
    ("sank", "sink", "Past"),
    ("sat", "sit", "Past"),
    ("spread", "spread", "Part"),
    ("struck", "strike", "Past"),
    ("was", "be", "Past"),
    ("shot", "shoot", "Part"),
    ("arrive", "arrive", ""),
    ("drop", "drop", ""),
    ("end", "end", ""),
    ("hold", "hold", ""),
    ("lapse", "lapse", ""),
    ("meet", "meet", ""),
    ("open", "open", ""),
    ("return", "return", ""),
    ("sign", "sign", ""),
    ("vote", "vote", ""),
];
const AUXILIARIES: &[&str] = &["will", "would", "must", "has", "have", "had", "were", "is", "are"];
const ADVERBS: &[&str] = &["now", "currently", "recently", "again"];
const DETERMINERS: &[&str] = &["the", "a", "an", "some", "its"];

/// The sentence that `text` is from `span`.
pub(crate) fn sentence(text: &str, span: Span) -> Sentence {
    let mut words: Vec<Word> =
        tidings_text::words(text, span).into_iter().map(|s| word(s.of(text), s)).collect();
    let verbs: Vec<usize> = (0..words.len()).filter(|w| words[*w].upos == Upos::Verb).collect();
    for (index, word) in words.iter_mut().enumerate() {
        match word.upos {
            Upos::Verb => {}
            Upos::Aux => {
                word.head = verbs.iter().copied().find(|v| *v > index);
                word.relation = Relation::Aux;
            }
            _ => word.head = verbs.iter().copied().min_by_key(|v| v.abs_diff(index)),
        }
    }
    Sentence { span, words, ..Sentence::default() }
}

/// The sentences of a text.
pub(crate) fn sentences(text: &str) -> Vec<Sentence> {
    tidings_text::sentences(text, Span::new(0, text.len())).into_iter().map(|s| sentence(text, s)).collect()
}

fn word(form: &str, span: Span) -> Word {
    let lower = form.to_lowercase();
    let (upos, lemma, features) = tags(form, &lower);
    let relation = if upos == Upos::Verb { Relation::Root } else { Relation::Dep };
    Word {
        span,
        form: form.to_owned(),
        lemma,
        upos,
        features: features.into(),
        head: None,
        relation,
        factuality: 0.0,
    }
}

fn tags<'f>(form: &str, lower: &str) -> (Upos, String, &'f str) {
    if let Some((_, lemma, tense)) = VERBS.iter().find(|(f, _, _)| *f == lower) {
        let features = match *tense {
            "Past" => "Tense=Past|VerbForm=Fin",
            "Pres" => "Tense=Pres|VerbForm=Fin",
            "Part" => "Tense=Past|VerbForm=Part",
            _ => "VerbForm=Inf",
        };
        return (Upos::Verb, (*lemma).to_owned(), features);
    }
    if AUXILIARIES.contains(&lower) {
        let (lemma, features) = match lower {
            "has" | "have" => ("have", "Tense=Pres|VerbForm=Fin"),
            "had" => ("have", "Tense=Past|VerbForm=Fin"),
            "were" => ("be", "Tense=Past|VerbForm=Fin"),
            "is" | "are" => ("be", "Tense=Pres|VerbForm=Fin"),
            other => (other, "VerbForm=Fin"),
        };
        return (Upos::Aux, lemma.to_owned(), features);
    }
    let plain = |upos| (upos, lower.to_owned(), "");
    if DETERMINERS.contains(&lower) {
        plain(Upos::Det)
    } else if ADVERBS.contains(&lower) {
        plain(Upos::Adv)
    } else if lower.starts_with(|c: char| c.is_ascii_digit()) {
        plain(Upos::Num)
    } else if !lower.starts_with(char::is_alphanumeric) {
        plain(Upos::Punct)
    } else if lower.len() > 4 && lower.ends_with("ed") {
        (Upos::Verb, lower.to_owned(), "Tense=Past|VerbForm=Fin")
    } else if form.starts_with(char::is_uppercase) {
        plain(Upos::Propn)
    } else if lower.len() > 4 && lower.ends_with('s') {
        (Upos::Noun, lower.to_owned(), "Number=Plur")
    } else {
        plain(Upos::Noun)
    }
}
