//! Who says what within a sentence: reporting verbs, "according to", and the attributions the model finds besides.

use std::collections::BTreeSet;

use tidings_language::{Attribution, Relation, Sentence, Upos};
use tidings_ontology::{Effect, Lexicon};
use tidings_text::Span;

use crate::article::Article;
use crate::draft::Party;
use crate::{arguments, parties, phrase};

/// Somebody says something.
#[derive(Clone, Debug)]
pub struct Saying {
    /// Number of the sentence.
    pub sentence: usize,
    /// The word that says so: "said", "according".
    pub cue: usize,
    /// Who; several speak jointly. Empty for unnamed voices.
    pub speakers: Vec<Party>,
    /// The words that name the speaker.
    pub who: Option<Span>,
    /// The words said, by number.
    pub content: BTreeSet<usize>,
    /// What found it.
    pub rule: String,
}

/// All sayings of the article, in text order.
pub fn find(article: &Article, lexicon: &Lexicon) -> Vec<Saying> {
    (0..article.sentences.len()).flat_map(|number| in_sentence(article, number, lexicon)).collect()
}

fn in_sentence(article: &Article, number: usize, lexicon: &Lexicon) -> Vec<Saying> {
    let sentence = &article.sentences[number];
    let mut found: Vec<Saying> = (0..sentence.words.len())
        .filter_map(|word| {
            by_verb(article, number, word, lexicon)
                .or_else(|| by_charge(article, number, word, lexicon))
                .or_else(|| according_to(article, number, word))
        })
        .collect();
    for attribution in &sentence.attributions {
        if !found
            .iter()
            .any(|s| attribution.cue.contains(&s.cue) || within_cue_phrase(sentence, s.cue, attribution))
        {
            found.extend(by_model(article, number, attribution, lexicon));
        }
    }
    found.sort_by_key(|s| s.cue);
    found
}

fn within_cue_phrase(sentence: &Sentence, cue: usize, attribution: &Attribution) -> bool {
    attribution.cue.clone().any(|w| sentence.words[w].head == Some(cue))
}

fn by_verb(article: &Article, number: usize, cue: usize, lexicon: &Lexicon) -> Option<Saying> {
    let sentence = &article.sentences[number];
    let word = &sentence.words[cue];
    if word.upos != Upos::Verb || !lexicon.is_reporting(&word.lemma.to_lowercase()) {
        return None;
    }
    let content = content_of(sentence, cue)?;
    Some(said_by_subject(article, number, cue, content, format!("reporting verb '{}'", word.lemma), lexicon))
}

/// The subject of the verb says it.
fn said_by_subject(
    article: &Article,
    number: usize,
    cue: usize,
    content: BTreeSet<usize>,
    rule: String,
    lexicon: &Lexicon,
) -> Saying {
    let sentence = &article.sentences[number];
    let content = without_remarks(sentence, content, lexicon);
    let subject = arguments::agent(sentence, cue);
    let subject: Vec<usize> = subject.into_iter().filter(|s| !content.contains(s)).collect();
    let speakers = parties::parties(article, number, &subject);
    let who = subject.first().map(|s| phrase::span(sentence, &phrase::phrase(sentence, *s)));
    Saying { sentence: number, cue, speakers, who, content, rule }
}

/// "accused the army of bombing a market": what somebody is accused of is told by the accuser.
fn by_charge(article: &Article, number: usize, cue: usize, lexicon: &Lexicon) -> Option<Saying> {
    let sentence = &article.sentences[number];
    let word = &sentence.words[cue];
    let lemma = word.lemma.to_lowercase();
    let charges = word.upos == Upos::Verb && lexicon.governor(&lemma, "VERB", true).is_some_and(is_charge);
    if !charges || sentence.child(cue, Relation::Obj).is_none() {
        return None;
    }
    let clause =
        |c: &usize| matches!(sentence.words[*c].relation.base(), "advcl" | "obl" | "xcomp" | "ccomp");
    let marked = |c: &usize| {
        let marks = |m: usize| m < *c && ["of", "for", "with"].contains(&sentence.words[m].lemma.as_str());
        *c > cue && clause(c) && sentence.children(*c).any(marks)
    };
    let first = sentence.children(cue).find(marked)?;
    let told = sentence.children(cue).filter(|c| *c >= first && clause(c));
    let content = told.flat_map(|c| sentence.subtree(c)).collect();
    let saying = said_by_subject(article, number, cue, content, format!("charge '{lemma}'"), lexicon);
    saying.who.is_some().then_some(saying)
}

fn is_charge(effect: &Effect) -> bool {
    effect.status.as_deref() == Some("alleged")
}

/// "accused B of bribery, which B denied": what "which" says of the whole is no longer the speaker's.
fn without_remarks(sentence: &Sentence, content: BTreeSet<usize>, lexicon: &Lexicon) -> BTreeSet<usize> {
    let remark = |w: &&usize| {
        let word = &sentence.words[**w];
        let comma = sentence.children(**w).any(|c| sentence.words[c].form == ",");
        let answers = comma && lexicon.is_reporting(&word.lemma.to_lowercase());
        match word.relation.as_str() {
            "advcl:relcl" => true,
            "acl:relcl" => answers,
            _ => false,
        }
    };
    let remarks: BTreeSet<usize> = content.iter().filter(remark).flat_map(|w| sentence.subtree(*w)).collect();
    &content - &remarks
}

/// The clause below the verb of saying, or the clause into which it is put ("…, he said, …").
fn content_of(sentence: &Sentence, cue: usize) -> Option<BTreeSet<usize>> {
    let clausal = |c: &usize| match sentence.words[*c].relation.base() {
        "ccomp" => true,
        "parataxis" => *c < cue || sentence.words[cue + 1..*c].iter().any(|w| is_opening(&w.form)),
        "xcomp" => arguments::is_passive(sentence, cue),
        "obj" | "dep" | "obl" => is_quoted(sentence, *c),
        _ => false,
    };
    let below: BTreeSet<usize> =
        sentence.children(cue).filter(clausal).flat_map(|c| sentence.subtree(c)).collect();
    if !below.is_empty() {
        return Some(below);
    }
    let word = &sentence.words[cue];
    if matches!(word.relation.base(), "parataxis" | "advcl") {
        let own: BTreeSet<usize> = sentence.subtree(cue).into_iter().collect();
        let host = word.head?;
        let inserted = word.relation == Relation::Parataxis
            || sentence.children(cue).any(|c| {
                sentence.words[c].relation == Relation::Mark
                    && sentence.words[c].form.eq_ignore_ascii_case("as")
            });
        return inserted.then(|| sentence.subtree(host).into_iter().filter(|w| !own.contains(w)).collect());
    }
    None
}

fn is_opening(form: &str) -> bool {
    matches!(form, "\"" | "“" | "``" | "'" | "‘" | "«" | ":")
}

/// Whether the phrase begins with a quotation mark.
fn is_quoted(sentence: &Sentence, head: usize) -> bool {
    let words = sentence.subtree(head);
    words.first().is_some_and(|w| {
        is_opening(&sentence.words[*w].form) || (*w > 0 && is_opening(&sentence.words[*w - 1].form))
    })
}

/// "according to the ministry, …": the phrase hangs on what it vouches for.
fn according_to(article: &Article, number: usize, cue: usize) -> Option<Saying> {
    let sentence = &article.sentences[number];
    let word = &sentence.words[cue];
    if !word.form.eq_ignore_ascii_case("according") {
        return None;
    }
    let source = if word.relation == Relation::Case {
        word.head?
    } else {
        sentence
            .children(cue)
            .find(|c| matches!(sentence.words[*c].relation.base(), "obl" | "nmod" | "pobj" | "obj"))?
    };
    let own: BTreeSet<usize> =
        sentence.subtree(if word.relation == Relation::Case { source } else { cue }).into_iter().collect();
    let host = sentence.words[if word.relation == Relation::Case { source } else { cue }].head?;
    let content = sentence.subtree(host).into_iter().filter(|w| !own.contains(w)).collect();
    let who = Some(phrase::span(sentence, &phrase::phrase(sentence, source)));
    Some(Saying {
        sentence: number,
        cue,
        speakers: parties::parties(article, number, &[source]),
        who,
        content,
        rule: "'according to'".to_owned(),
    })
}

/// What the model marks and the rules do not: "in a statement that …", "Kenya's charge that …".
fn by_model(
    article: &Article,
    number: usize,
    attribution: &Attribution,
    lexicon: &Lexicon,
) -> Option<Saying> {
    let sentence = &article.sentences[number];
    let cue = phrase::head_of(sentence, attribution.cue.clone());
    let lemma = sentence.words[cue].lemma.to_lowercase();
    let content: BTreeSet<usize> = attribution.content.iter().cloned().flatten().collect();
    let source = attribution.source.first()?;
    let head = phrase::head_of(sentence, source.clone());
    if content.is_empty()
        || content.contains(&head)
        || !(lexicon.is_reporting(&lemma) || attribution.score > MODEL_CUE)
    {
        return None;
    }
    Some(Saying {
        sentence: number,
        cue,
        speakers: parties::parties(article, number, &[head]),
        who: Some(sentence.span_of(source.clone())),
        content,
        rule: format!("model: cue '{lemma}' {:.2}", attribution.score),
    })
}

/// Probability from which a cue that no table lists is believed.
const MODEL_CUE: f32 = 0.6;
