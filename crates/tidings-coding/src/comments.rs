//! Statements without a PLOVER class: a named voice says something that no event record holds.

use tidings_language::{Relation, Sentence, Upos};
use tidings_ontology::{EventType, Lexicon};

use crate::article::{Article, Form};
use crate::circumstances::Told;
use crate::draft::{Draft, Speaker, Why};
use crate::matching::Frame;
use crate::sayings::Saying;
use crate::{status, when};

/// A NONE record for every saying of a named actor whose content told no event.
pub fn uncoded(article: &Article, drafts: &[Draft], lexicon: &Lexicon) -> Vec<Draft> {
    let silent = |saying: &&Saying| {
        is_named(article, saying)
            && is_remark(article, saying, lexicon)
            && !drafts.iter().any(|d| {
                d.sentence == saying.sentence
                    && (saying.content.contains(&d.predicate) || d.trigger.contains(&saying.cue))
            })
    };
    article.sayings.iter().filter(silent).map(|saying| comment(article, saying, lexicon)).collect()
}

/// Quoted words, a judgement or a state of things; a saying that merely reports an act is that act's attribution, whether
/// or not the act has a class.
fn is_remark(article: &Article, saying: &Saying, lexicon: &Lexicon) -> bool {
    let sentence = &article.sentences[saying.sentence];
    let verb = &sentence.words[saying.cue];
    let negated =
        sentence.children(saying.cue).any(|c| matches!(sentence.words[c].lemma.as_str(), "not" | "n't"));
    let says = lexicon.is_reporting(&verb.lemma.to_lowercase()) && !KNOWING.contains(&verb.lemma.as_str());
    if negated
        || !(says || verb.form.eq_ignore_ascii_case("according"))
        || (verb.upos != Upos::Verb && !verb.form.eq_ignore_ascii_case("according"))
    {
        return false;
    }
    let in_quote = |w: usize| article.quotes.iter().any(|q| q.span.contains(sentence.words[w].span));
    let top = top(article, saying);
    let stative = top.is_some_and(|top| {
        let word = &sentence.words[top];
        word.upos != Upos::Verb
            || sentence.child(top, Relation::Cop).is_some()
            || STATES.contains(&word.lemma.to_lowercase().as_str())
    });
    stative || top.is_some_and(in_quote)
}

/// Verbs that attribute what somebody knows or finds, and say no remark.
const KNOWING: &[&str] =
    &["discover", "know", "learn", "point", "realise", "realize", "recognise", "recognize", "show"];

/// The word at the head of what is said.
fn top(article: &Article, saying: &Saying) -> Option<usize> {
    let sentence = &article.sentences[saying.sentence];
    let outside = |w: &usize| sentence.words[*w].head.is_none_or(|h| !saying.content.contains(&h));
    saying.content.iter().copied().find(outside)
}

/// "believes that they may have left": what is believed.
fn innermost(sentence: &Sentence, top: usize, lexicon: &Lexicon) -> usize {
    let content = |w: &usize| {
        let reports = lexicon.is_reporting(&sentence.words[*w].lemma.to_lowercase());
        sentence.child(*w, Relation::Ccomp).filter(|_| reports)
    };
    std::iter::successors(Some(top), content).take(MAX_NESTING).last().unwrap_or(top)
}

/// Sayings within sayings.
const MAX_NESTING: usize = 4;

/// Verbs that tell no act.
const STATES: &[&str] = &[
    "amount",
    "appear",
    "believe",
    "belong",
    "concern",
    "constitute",
    "depend",
    "deserve",
    "expect",
    "feel",
    "have",
    "hope",
    "know",
    "lack",
    "mark",
    "matter",
    "mean",
    "need",
    "owe",
    "prefer",
    "remain",
    "represent",
    "seem",
    "show",
    "think",
    "understand",
    "value",
    "want",
];

fn is_named(article: &Article, saying: &Saying) -> bool {
    saying.speakers.iter().any(|p| {
        !article.entities[p.entity].actor.generic
            && article.mentions.iter().any(|m| m.entity == p.entity && m.form == Form::Name)
    })
}

fn comment(article: &Article, saying: &Saying, lexicon: &Lexicon) -> Draft {
    let sentence = &article.sentences[saying.sentence];
    let cue = sentence.words[saying.cue].span;
    let frame = Frame { word: saying.cue, light: None };
    let quoted = article.quotes.iter().any(|q| {
        q.saying.is_some_and(|s| {
            article.sayings[s].cue == saying.cue && article.sayings[s].sentence == saying.sentence
        })
    });
    let speakers = saying
        .speakers
        .iter()
        .map(|p| Speaker {
            level: 1,
            entity: Some(p.entity),
            who: Some(p.span),
            verb: Some(cue),
            kind: if quoted { "direct" } else { "indirect" },
            content: Some(sentence.span_of(saying.content.iter().copied())),
        })
        .collect();
    // What is said of things that are not or may be stays so: the words were said, the state is not a fact.
    let told = top(article, saying).map(|top| innermost(sentence, top, lexicon));
    let verdict = told.map(|word| status::judge(sentence, word, lexicon)).unwrap_or_default();
    let mut trail = vec![Why {
        field: "event",
        rule: format!("statement without a PLOVER class ({})", saying.rule),
        span: Some(cue),
    }];
    trail.extend(verdict.whys);
    Draft {
        sentence: saying.sentence,
        predicate: saying.cue,
        trigger: vec![saying.cue],
        mentions: Vec::new(),
        source: saying.speakers.clone(),
        target: Vec::new(),
        about: Vec::new(),
        reciprocal: false,
        event: EventType::None,
        modes: Vec::new(),
        contexts: Vec::new(),
        cameo: Some("010".to_owned()),
        code: None,
        kind: "comment",
        tier: "secondary",
        status: verdict.status,
        governed: verdict.governed,
        condition: verdict.condition,
        completion: None,
        speakers,
        date: when::when(article, saying.sentence, Told { frame, words: &[] }, false),
        place: None,
        casualties: (None, None),
        links: Vec::new(),
        confidence: 0.5,
        trail,
        opinion: None,
    }
}
