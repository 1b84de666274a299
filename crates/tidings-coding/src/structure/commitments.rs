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
    /// How it stands.
    pub standing: Standing,
    /// Entity of the one who says so.
    pub speaker: Option<usize>,
    /// The words that name them.
    pub speaker_span: Option<Span>,
}

/// How an instrument stands, and what says so.
#[derive(Clone, Copy, Debug)]
pub struct Standing {
    /// In force, proposed, ended …
    pub status: &'static str,
    /// In words.
    pub rule: &'static str,
    /// The words of the text.
    pub span: Option<Span>,
}

impl Standing {
    const IN_FORCE: Self =
        Self { status: "in force", rule: "nothing says that it is proposed, ended or broken", span: None };

    fn told(status: &'static str, rule: &'static str, span: Span) -> Self {
        Self { status, rule, span: Some(span) }
    }
}

#[derive(Default, Deserialize)]
struct Table {
    instruments: Vec<String>,
    binding_verbs: Vec<String>,
    forbidding_verbs: Vec<String>,
    legal_words: Vec<String>,
    overseeing_verbs: Vec<String>,
    violations: Vec<String>,
    ending_verbs: Vec<String>,
    proposed_words: Vec<String>,
}

static TABLE: LazyLock<Table> = LazyLock::new(|| {
    toml::from_str(include_str!("../../../../data/coding/commitments.toml")).unwrap_or_default()
});

/// Sentences over which an instrument is spoken of again.
const REACH: usize = 6;

/// All commitments, in text order; later mentions of one instrument add to it.
pub fn find(article: &Article) -> Vec<Bond> {
    let mut bonds: Vec<Bond> = Vec::new();
    for number in 0..article.sentences.len() {
        for word in 0..article.sentences[number].words.len() {
            if let Some(bond) = bond(article, number, word).or_else(|| bar(article, number, word)) {
                bonds.push(bond);
            } else {
                oversee(article, &mut bonds, number, word);
            }
        }
    }
    bonds.dedup_by(|b, a| a.sentence == b.sentence && a.obligation.overlaps(b.obligation));
    for index in 0..bonds.len() {
        let next = bonds.get(index + 1).map_or(usize::MAX, |b| b.sentence.max(bonds[index].sentence + 1));
        let bond = &mut bonds[index];
        bond.violation = violation(article, bond);
        bond.standing = standing(article, bond, next);
    }
    bonds
}

/// Those who watch over an instrument told before: "A and B will monitor the truce".
fn oversee(article: &Article, bonds: &mut [Bond], number: usize, instrument: usize) {
    let sentence = &article.sentences[number];
    let lemma = sentence.words[instrument].lemma.to_lowercase();
    if !is_instrument(sentence, instrument) {
        return;
    }
    let known = |b: &&mut Bond| b.sentence + REACH >= number && b.is_of(article, &lemma);
    let Some(bond) = bonds.iter_mut().rev().find(known) else { return };
    for (party, part) in overseers(article, number, instrument) {
        if !bond.parties.iter().any(|(p, _)| p.entity == party.entity) {
            bond.parties.push((party, part));
        }
    }
}

impl Bond {
    /// Whether the noun can mean the instrument: "the ceasefire", "the agreement" for a ceasefire agreement.
    fn is_of(&self, article: &Article, lemma: &str) -> bool {
        let text = self.instrument.of(&article.document.text).to_lowercase();
        let own = text.split_whitespace().any(|w| w.trim_end_matches('s') == lemma.trim_end_matches('s'));
        own || AGREED.contains(&lemma) && text.split_whitespace().any(|w| AGREED.contains(&w))
    }
}

/// Words for one and the same agreed paper.
const AGREED: &[&str] =
    &["accord", "agreement", "armistice", "ceasefire", "cease-fire", "deal", "pact", "treaty", "truce"];

fn is_instrument(sentence: &Sentence, word: usize) -> bool {
    let own = &sentence.words[word];
    own.upos == Upos::Noun && TABLE.instruments.contains(&own.lemma.to_lowercase())
}

/// "is constitutionally barred from running again", "the treaty bans both states from placing tanks".
fn bar(article: &Article, number: usize, verb: usize) -> Option<Bond> {
    let sentence = &article.sentences[number];
    let own = &sentence.words[verb];
    let lemma = own.lemma.to_lowercase();
    if own.upos != Upos::Verb || !TABLE.forbidding_verbs.contains(&lemma) {
        return None;
    }
    let from = |c: usize| {
        matches!(sentence.words[c].relation.base(), "advcl" | "xcomp" | "ccomp" | "obl")
            && sentence.words[c].upos == Upos::Verb
            && sentence.children(c).any(|k| sentence.words[k].form.eq_ignore_ascii_case("from"))
    };
    let clause = sentence.children(verb).find(|c| from(*c))?;
    let legal = |w: usize| TABLE.legal_words.contains(&sentence.words[w].lemma.to_lowercase());
    let instrument = sentence.children(verb).find(|c| is_instrument(sentence, *c) || legal(*c))?;
    let obliged = parties::parties(article, number, &arguments::patient(sentence, verb));
    if obliged.is_empty() {
        return None;
    }
    let (speakers, _) = attribution::chain(article, number, verb);
    Some(Bond {
        sentence: number,
        parties: obliged.into_iter().map(|p| (p, "obliged")).collect(),
        obligation: sentence.words[verb].span.join(clause_span(sentence, clause)),
        clause,
        instrument: phrase::span(sentence, &phrase::phrase(sentence, instrument)),
        date: None,
        deadline: timex_below(article, number, clause, true),
        violation: Some((number, clause_span(sentence, clause))),
        standing: Standing::IN_FORCE,
        speaker: speakers.first().and_then(|s| s.entity),
        speaker_span: speakers.first().and_then(|s| s.who),
    })
}

/// An instrument with the clause that says what it asks for.
fn bond(article: &Article, number: usize, word: usize) -> Option<Bond> {
    let sentence = &article.sentences[number];
    if !is_instrument(sentence, word) {
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
    let served = beneficiaries(article, number, clause);
    sides.extend(
        served
            .into_iter()
            .filter(|p| !sides.iter().any(|(q, _)| q.entity == p.entity))
            .map(|p| (p, "beneficiary"))
            .collect::<Vec<_>>(),
    );
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
        standing: Standing::IN_FORCE,
        speaker: speakers.first().and_then(|s| s.entity),
        speaker_span: speakers.first().and_then(|s| s.who),
    })
}

/// "hand the port over to B": whom the obligation serves.
fn beneficiaries(article: &Article, number: usize, clause: usize) -> Vec<Party> {
    let sentence = &article.sentences[number];
    let served: Vec<usize> = phrase::conjuncts(sentence, clause)
        .into_iter()
        .flat_map(|verb| sentence.children(verb).collect::<Vec<_>>())
        .filter(|c| sentence.words[*c].relation.base() == "obl" && phrase::case_is(sentence, *c, &["to"]))
        .collect();
    parties::parties(article, number, &served)
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
    // "a resolution that obliges B to open the port"
    let relative = sentence.children(instrument).find(|c| {
        sentence.words[*c].relation.base() == "acl"
            && TABLE.binding_verbs.contains(&sentence.words[*c].lemma.to_lowercase())
    });
    if let Some(own) = relative.and_then(infinitive) {
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
    let receives =
        |c: &usize| *c != instrument && matches!(sentence.words[*c].relation, Relation::Iobj | Relation::Obj);
    let given = |g: &usize| TABLE.binding_verbs.contains(&sentence.words[*g].lemma.to_lowercase());
    let receiver: Vec<usize> =
        governor.filter(given).and_then(|g| sentence.children(g).find(receives)).into_iter().collect();
    let bound: Vec<usize> = sentence.words[clause]
        .head
        .filter(|h| sentence.words[*h].head == Some(instrument) && given(h))
        .and_then(|h| sentence.child(h, Relation::Obj))
        .into_iter()
        .collect();
    let own: Vec<usize> =
        sentence.children(clause).filter(|c| sentence.words[*c].relation.is(Relation::Nsubj)).collect();
    let controlled: Vec<usize> = governor
        .filter(|_| sentence.words[clause].relation == Relation::Xcomp)
        .and_then(|g| sentence.child(g, Relation::Obj))
        .filter(|o| *o != instrument)
        .into_iter()
        .collect();
    let object = arguments::patient(sentence, clause);
    [receiver, bound, own, controlled, object]
        .iter()
        .map(|words| parties::parties(article, number, words))
        .find(|p| !p.is_empty())
        .unwrap_or_default()
}

/// What is to be done: the verb with what follows it, without its subject and the words that bind.
fn clause_span(sentence: &Sentence, clause: usize) -> Span {
    let negated = |w: &usize| {
        *w + 1 == clause && matches!(sentence.words[*w].lemma.to_lowercase().as_str(), "never" | "not")
    };
    let start = sentence.children(clause).find(negated).unwrap_or(clause);
    let words = sentence.subtree(clause).into_iter();
    sentence.span_of(words.filter(|w| *w >= start && sentence.words[*w].upos != Upos::Punct))
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

/// "… would be a breach of the accord", "… would violate the truce": what its subject names.
fn violation(article: &Article, bond: &Bond) -> Option<(usize, Span)> {
    if bond.violation.is_some() {
        return bond.violation;
    }
    let last = article.sentences.len().min(bond.sentence + REACH);
    (bond.sentence..last).find_map(|number| {
        let sentence = &article.sentences[number];
        let breaks = |w: &usize| TABLE.violations.contains(&sentence.words[*w].lemma.to_lowercase());
        let word = (0..sentence.words.len()).find(breaks)?;
        let broken = |c: usize| bond.is_of(article, &sentence.words[c].lemma.to_lowercase());
        let subject_of = |w: usize| {
            sentence.children(w).find(|c| matches!(sentence.words[*c].relation.base(), "nsubj" | "csubj"))
        };
        // "any attack would be a violation"; "an attack would amount to a breach"; "an attack would violate it"
        let carrier = sentence.words[word].head.filter(|_| sentence.words[word].upos == Upos::Noun);
        let subject = subject_of(word).or_else(|| carrier.and_then(subject_of))?;
        let unreal = sentence.words[word].factuality <= 0.0
            || [Some(word), carrier].into_iter().flatten().any(|w| has_would(sentence, w));
        (unreal && sentence.children(word).any(broken))
            .then(|| (number, sentence.span_of(sentence.subtree(subject))))
    })
}

fn has_would(sentence: &Sentence, verb: usize) -> bool {
    let modal =
        |c: usize| matches!(sentence.words[c].lemma.as_str(), "would" | "will" | "may" | "might" | "could");
    sentence.children(verb).any(modal)
}

/// What the text says of the instrument: only proposed, come to an end, broken; else it is in force.
fn standing(article: &Article, bond: &Bond, next: usize) -> Standing {
    let text = &article.document.text;
    let last = article.sentences.len().min(bond.sentence + REACH).min(next);
    let own = bond.instrument.of(text).to_lowercase();
    if own.split_whitespace().any(|w| TABLE.proposed_words.iter().any(|p| p == w)) {
        return Standing::told("proposed", "a word for what is only proposed", bond.instrument);
    }
    for sentence in &article.sentences[bond.sentence..last] {
        for (word, own) in sentence.words.iter().enumerate().filter(|(_, w)| w.upos == Upos::Verb) {
            let lemma = own.lemma.to_lowercase();
            let concerns = |c: usize| {
                matches!(sentence.words[c].relation.base(), "nsubj" | "obj")
                    && bond.is_of(article, &sentence.words[c].lemma.to_lowercase())
            };
            let real = own.factuality > 0.0 && sentence.children(word).any(concerns);
            if real && TABLE.ending_verbs.contains(&lemma) {
                return Standing::told("ended", "a verb of ending", own.span);
            }
            if real && TABLE.violations.contains(&lemma) {
                return Standing::told("said to be violated", "a verb of breaking", own.span);
            }
        }
    }
    match bond.violation {
        Some((_, span)) => {
            Standing::told("in force; violation spoken of", "what would break it is told", span)
        }
        None => Standing::IN_FORCE,
    }
}
