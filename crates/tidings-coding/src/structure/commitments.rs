//! Long-lived facts: what somebody is bound to do, by which instrument, who oversees it, what would break it.

use std::sync::LazyLock;

use serde::Deserialize;
use tidings_language::{Relation, Sentence, Upos};
use tidings_text::Span;
use tidings_time::TimexKind;

use crate::article::Article;
use crate::attribution;
use crate::draft::Party;
use crate::{arguments, parties, phrase};

/// An obligation with its parties.
#[derive(Clone, Debug)]
pub struct Bond {
    /// Number of the sentence.
    pub sentence: usize,
    /// Who, in which part.
    pub parties: Vec<(Party, &'static str)>,
    /// What is to be done, in the words of the text.
    pub obligation: Span,
    /// The word at the head of the clause that says so.
    pub clause: usize,
    /// The document that says so.
    pub instrument: Span,
    /// Index into `Article::timexes`: when it was entered.
    pub date: Option<usize>,
    /// Index into `Article::timexes`: until when.
    pub deadline: Option<usize>,
    /// What would break it, and where it is told.
    pub violation: Option<(usize, Span)>,
    /// Entity of the one who says so.
    pub speaker: Option<usize>,
}

#[derive(Deserialize)]
struct Table {
    instruments: Vec<String>,
    binding_verbs: Vec<String>,
    overseeing_verbs: Vec<String>,
    violations: Vec<String>,
}

static TABLE: LazyLock<Table> = LazyLock::new(|| {
    toml::from_str(include_str!("../../../../data/coding/commitments.toml")).unwrap_or_else(|_| Table {
        instruments: Vec::new(),
        binding_verbs: Vec::new(),
        overseeing_verbs: Vec::new(),
        violations: Vec::new(),
    })
});

/// All commitments, in text order; later mentions of one instrument add to it.
pub fn find(article: &Article) -> Vec<Bond> {
    let mut bonds: Vec<Bond> = Vec::new();
    for number in 0..article.sentences.len() {
        for word in 0..article.sentences[number].words.len() {
            bonds.extend(bond(article, number, word));
        }
    }
    bonds.dedup_by(|b, a| a.sentence == b.sentence && a.obligation.overlaps(b.obligation));
    for bond in &mut bonds {
        bond.violation = violation(article, bond);
    }
    bonds
}

/// An instrument with the clause that says what it asks for.
fn bond(article: &Article, number: usize, word: usize) -> Option<Bond> {
    let sentence = &article.sentences[number];
    if sentence.words[word].upos != Upos::Noun
        || !TABLE.instruments.contains(&sentence.words[word].lemma.to_lowercase())
    {
        return None;
    }
    let clause = obligation_clause(sentence, word)?;
    let mut sides = overseers(article, number, word);
    sides.extend(issuers(article, number, word).into_iter().map(|p| (p, "issuer")));
    let obliged = obliged(article, number, word, clause);
    sides.extend(
        obliged
            .into_iter()
            .filter(|p| !sides.iter().any(|(q, _)| q.entity == p.entity))
            .map(|p| (p, "obliged"))
            .collect::<Vec<_>>(),
    );
    if sides.is_empty() {
        return None;
    }
    let (speakers, _) = attribution::chain(article, number, word);
    Some(Bond {
        sentence: number,
        parties: sides,
        obligation: clause_span(sentence, clause),
        clause,
        instrument: phrase::span(sentence, &phrase::phrase(sentence, word)),
        date: timex_below(article, number, word, false),
        deadline: timex_below(article, number, clause, true),
        violation: None,
        speaker: speakers.first().and_then(|s| s.entity),
    })
}

/// "a resolution to dismantle …", "a deal that obliges B to …", "under the truce, B must …", "gives it a mandate to …".
fn obligation_clause(sentence: &Sentence, instrument: usize) -> Option<usize> {
    let infinitive = |w: usize| {
        sentence.children(w).find(|c| {
            matches!(sentence.words[*c].relation.base(), "acl" | "xcomp" | "advcl" | "ccomp")
                && phrase::has_to(sentence, *c)
        })
    };
    if let Some(own) = infinitive(instrument) {
        return Some(own);
    }
    let governor = sentence.words[instrument].head?;
    let lemma = sentence.words[governor].lemma.to_lowercase();
    let binds = TABLE.binding_verbs.contains(&lemma);
    match sentence.words[instrument].relation.base() {
        "nsubj" if binds => sentence
            .children(governor)
            .find(|c| matches!(sentence.words[*c].relation.base(), "xcomp" | "ccomp")),
        "obj" if binds || TABLE.overseeing_verbs.contains(&lemma) => infinitive(governor),
        "obl" if phrase::case_is(sentence, instrument, &["under"]) => {
            must(sentence, governor).then_some(governor)
        }
        _ => None,
    }
}

fn must(sentence: &Sentence, verb: usize) -> bool {
    sentence.children(verb).any(|c| {
        sentence.words[c].relation.is(Relation::Aux)
            && matches!(sentence.words[c].lemma.as_str(), "must" | "will" | "shall" | "would")
    }) || matches!(
        sentence.words[verb].lemma.as_str(),
        "oblige" | "require" | "bind" | "commit" | "agree" | "undertake" | "pledge"
    )
}

/// Those who watch over it: subjects of "oversee", or those "responsible for overseeing" it.
fn overseers(article: &Article, number: usize, instrument: usize) -> Vec<(Party, &'static str)> {
    let sentence = &article.sentences[number];
    let Some(verb) = sentence.words[instrument]
        .head
        .filter(|h| TABLE.overseeing_verbs.contains(&sentence.words[*h].lemma.to_lowercase()))
    else {
        return Vec::new();
    };
    let own = arguments::agent(sentence, verb);
    let above = sentence.words[verb].head.map(|h| arguments::agent(sentence, h)).unwrap_or_default();
    let words = if own.is_empty() { above } else { own };
    parties::parties(article, number, &words).into_iter().map(|p| (p, "overseer")).collect()
}

/// "a UN resolution", "the council's mandate", "a decree by the president".
fn issuers(article: &Article, number: usize, instrument: usize) -> Vec<Party> {
    let sentence = &article.sentences[number];
    let modifiers: Vec<usize> = sentence
        .children(instrument)
        .filter(|c| {
            matches!(sentence.words[*c].relation.base(), "compound" | "amod")
                || sentence.words[*c].relation == Relation::NmodPoss
                || phrase::case_is(sentence, *c, &["by"])
        })
        .collect();
    let found = parties::parties(article, number, &modifiers);
    let giver = sentence.words[instrument].head.filter(|h| {
        sentence.words[instrument].relation == Relation::Obj
            && TABLE.binding_verbs.contains(&sentence.words[*h].lemma.to_lowercase())
    });
    if found.is_empty() {
        giver.map(|g| parties::parties(article, number, &arguments::agent(sentence, g))).unwrap_or_default()
    } else {
        found
    }
}

/// The subject of the obligation; else whose thing is to be changed ("to dismantle B's arsenal"); else who receives
/// the mandate.
fn obliged(article: &Article, number: usize, instrument: usize, clause: usize) -> Vec<Party> {
    let sentence = &article.sentences[number];
    let governor = sentence.words[instrument].head;
    let receiver: Vec<usize> = governor.and_then(|g| sentence.child(g, Relation::Iobj)).into_iter().collect();
    let own: Vec<usize> =
        sentence.children(clause).filter(|c| sentence.words[*c].relation.is(Relation::Nsubj)).collect();
    let controlled: Vec<usize> = governor
        .filter(|_| sentence.words[clause].relation == Relation::Xcomp)
        .and_then(|g| sentence.child(g, Relation::Obj))
        .filter(|o| *o != instrument)
        .into_iter()
        .collect();
    let object = arguments::patient(sentence, clause);
    [receiver, own, controlled, object]
        .iter()
        .map(|words| parties::parties(article, number, words))
        .find(|p| !p.is_empty())
        .unwrap_or_default()
}

fn clause_span(sentence: &Sentence, clause: usize) -> Span {
    let words: Vec<usize> = sentence
        .subtree(clause)
        .into_iter()
        .filter(|w| {
            sentence.words[*w].upos != Upos::Punct
                && !(sentence.words[*w].relation == Relation::Mark && sentence.words[*w].head == Some(clause))
        })
        .collect();
    let start = words
        .iter()
        .copied()
        .find(|w| *w >= clause || sentence.words[*w].head == Some(clause))
        .unwrap_or(clause);
    sentence.span_of(words.into_iter().filter(|w| *w >= start))
}

fn timex_below(article: &Article, number: usize, top: usize, deadline: bool) -> Option<usize> {
    let sentence = &article.sentences[number];
    let until = |head: usize| phrase::case_is(sentence, head, &["by", "until", "till", "before"]);
    article.timexes.iter().position(|t| {
        t.sentence == number
            && t.kind == TimexKind::Date
            && sentence.is_within(t.head, top)
            && until(t.head) == deadline
    })
}

/// "… would constitute a violation of the resolution": what its subject names.
fn violation(article: &Article, bond: &Bond) -> Option<(usize, Span)> {
    (bond.sentence..article.sentences.len().min(bond.sentence + 6)).find_map(|number| {
        let sentence = &article.sentences[number];
        let word = (0..sentence.words.len())
            .find(|w| TABLE.violations.contains(&sentence.words[*w].lemma.to_lowercase()))?;
        let carrier =
            sentence.words[word].head.filter(|_| sentence.words[word].upos == Upos::Noun).unwrap_or(word);
        let subject = sentence
            .children(carrier)
            .find(|c| matches!(sentence.words[*c].relation.base(), "nsubj" | "csubj"))?;
        Some((number, sentence.span_of(sentence.subtree(subject))))
    })
}
