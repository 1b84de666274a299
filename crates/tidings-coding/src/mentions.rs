//! Finds the noun phrases that stand for actors and asks who each is, before coreference.

use tidings_actors::{Actor, Knowledge, Mention as Query, MentionWord, NameKindHint};
use tidings_language::{NameKind, Relation, Sentence, Upos};
use tidings_text::Span;

use crate::article::Form;
use crate::phrase;

/// A noun phrase with who it is by itself, if that can be said.
#[derive(Clone, Debug)]
pub struct Candidate {
    /// Number of its sentence.
    pub sentence: usize,
    /// Head word.
    pub head: usize,
    /// Its words without clauses.
    pub words: Vec<usize>,
    /// Where they stand.
    pub span: Span,
    /// How it names its entity.
    pub form: Form,
    /// Words of the bare name within the phrase.
    pub name_span: Option<Span>,
    /// Who it is by its own words.
    pub actor: Option<Actor>,
}

/// All candidates of one sentence, in order.
pub fn candidates(
    number: usize,
    sentence: &Sentence,
    text: &str,
    date: Option<jiff::civil::Date>,
    knowledge: &Knowledge,
) -> Vec<Candidate> {
    (0..sentence.words.len())
        .filter(|w| may_head(sentence, *w))
        .map(|head| candidate(number, sentence, head, text, date, knowledge))
        .filter(|c| c.actor.is_some() || c.form != Form::Name)
        .collect()
}

/// Nouns, names (also as modifiers: "Norlandian jets", "Norland-Sudria ties") and pronouns head mentions.
fn may_head(sentence: &Sentence, word: usize) -> bool {
    let w = &sentence.words[word];
    if let Some(name) = sentence.name_at(word) {
        return may_act(name.kind) && phrase::head_of(sentence, name.words.clone()) == word;
    }
    match w.upos {
        Upos::Noun | Upos::Propn => {
            !matches!(w.relation.base(), "compound" | "flat" | "fixed" | "goeswith")
                && w.relation != Relation::NmodDesc
        }
        Upos::Pron => phrase::is_personal_pronoun(sentence, word) || is_relative(sentence, word),
        _ => false,
    }
}

/// Names that can act, and those of which the tables have to say it ("Boko Haram" is easily taken for a work).
fn may_act(kind: NameKind) -> bool {
    phrase::can_act(kind) || matches!(kind, NameKind::Misc | NameKind::Product)
}

/// "who", "which", "that" as the pronoun of a relative clause.
pub fn is_relative(sentence: &Sentence, word: usize) -> bool {
    let w = &sentence.words[word];
    w.upos == Upos::Pron
        && w.feature("PronType").is_some_and(|t| t.contains("Rel"))
        && matches!(w.relation.base(), "nsubj" | "obj" | "obl")
}

fn candidate(
    number: usize,
    sentence: &Sentence,
    head: usize,
    text: &str,
    date: Option<jiff::civil::Date>,
    knowledge: &Knowledge,
) -> Candidate {
    let name = sentence.name_at(head);
    let words = phrase::phrase(sentence, head);
    let span = phrase::span(sentence, &words);
    let form = match (&name, sentence.words[head].upos) {
        (Some(_), _) | (None, Upos::Propn) => Form::Name,
        (None, Upos::Pron) => Form::Pronoun,
        _ => Form::Nominal,
    };
    let actor =
        if form == Form::Pronoun { None } else { resolve(sentence, head, &words, text, date, knowledge) };
    let name_span = name.map(|n| sentence.span_of(n.words.clone()));
    Candidate { sentence: number, head, words, span, form, name_span, actor }
}

fn resolve(
    sentence: &Sentence,
    head: usize,
    words: &[usize],
    text: &str,
    date: Option<jiff::civil::Date>,
    knowledge: &Knowledge,
) -> Option<Actor> {
    let context = with_appositions(sentence, head, words);
    let described: Vec<MentionWord> =
        context.iter().map(|w| describe(sentence, head, *w, !words.contains(w))).collect();
    let query = Query {
        text: phrase::span(sentence, words).of(text),
        head_lemma: &sentence.words[head].lemma,
        kind: sentence.name_at(head).map(|n| hint(n.kind)),
        words: &described,
        date,
    };
    knowledge.resolve(&query)
}

/// "Ada Stern, the Norlandian foreign minister": the apposition says what the name does not.
fn with_appositions(sentence: &Sentence, head: usize, words: &[usize]) -> Vec<usize> {
    let mut all = words.to_vec();
    for other in phrase::appositions(sentence, head) {
        all.extend(phrase::phrase(sentence, other));
    }
    if sentence.name_at(head).is_none() {
        all.extend(phrase::whereabouts(sentence, head).into_iter().flat_map(|w| phrase::phrase(sentence, w)));
    }
    if sentence.words[head].relation == Relation::Appos && sentence.name_at(head).is_some() {
        all.extend(sentence.words[head].head.map(|h| phrase::phrase(sentence, h)).unwrap_or_default());
    }
    all.sort_unstable();
    all.dedup();
    all
}

fn describe(sentence: &Sentence, head: usize, word: usize, outside: bool) -> MentionWord<'_> {
    let w = &sentence.words[word];
    MentionWord {
        form: &w.form,
        lemma: &w.lemma,
        upos: w.upos.as_str(),
        is_head: word == head,
        part_of_name: sentence.name_at(word).map(|n| hint(n.kind)),
        outside,
    }
}

fn hint(kind: NameKind) -> NameKindHint {
    match kind {
        NameKind::Person => NameKindHint::Person,
        NameKind::Organization => NameKindHint::Organization,
        NameKind::Location => NameKindHint::Location,
        NameKind::Norp => NameKindHint::Norp,
        NameKind::Facility => NameKindHint::Facility,
        _ => NameKindHint::Other,
    }
}
