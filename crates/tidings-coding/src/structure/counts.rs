//! Numbers that disagree: the dead of one act and the size of one crowd, as told by two voices or by one in two ways.

use tidings_language::{Relation, Sentence, Upos};
use tidings_text::Span;

use super::contradictions::{Clash, TABLE, voices_of};
use crate::article::Article;
use crate::attribution;
use crate::casualties;
use crate::draft::Draft;
use crate::phrase;

/// Sentences over which a second figure for the same thing is looked for.
const REACH: usize = 4;

/// What is counted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum What {
    Dead,
    Injured,
    Crowd,
    /// "put the number at": whatever was counted before.
    Told,
}

/// A figure in the text.
struct Figure {
    sentence: usize,
    span: Span,
    what: What,
    value: u64,
    /// Those who say so; nobody is the outlet.
    voices: Vec<Option<usize>>,
    draft: Option<usize>,
}

/// All pairs of figures for one thing that disagree.
pub fn clashes(article: &Article, drafts: &[Draft]) -> Vec<Clash> {
    let mut figures = figures(article, drafts);
    let mut found = Vec::new();
    for later in 0..figures.len() {
        let near = |f: &usize| figures[*f].sentence + REACH >= figures[later].sentence;
        let first = (0..later).rev().take_while(near).find(|f| is_of_same(&figures[later], &figures[*f]));
        let Some(first) = first else { continue };
        if figures[later].what == What::Told {
            figures[later].what = figures[first].what;
        }
        // One voice that says 12 and then 15 knows more later.
        let (a, b) = (&figures[first], &figures[later]);
        if a.value != b.value && a.voices != b.voices && !same_draft(a, b) {
            found.push(clash(a, b));
        }
    }
    found
}

fn same_draft(a: &Figure, b: &Figure) -> bool {
    a.draft.is_some() && a.draft == b.draft
}

fn is_of_same(later: &Figure, earlier: &Figure) -> bool {
    earlier.sentence < later.sentence && (later.what == earlier.what || later.what == What::Told)
}

fn clash(a: &Figure, b: &Figure) -> Clash {
    let attribute = match b.what {
        What::Dead => "number of dead",
        What::Injured => "number of injured",
        _ => "number of people",
    };
    let drafts = a.draft.into_iter().chain(b.draft.filter(|d| a.draft != Some(*d)));
    Clash {
        kind: "conflicting_accounts",
        attribute: attribute.to_owned(),
        a: a.span,
        b: b.span,
        explanation: format!("One source says {}, another {}.", a.value, b.value),
        resolution: "unresolved: source against source".to_owned(),
        drafts: drafts.collect(),
        rule: "two figures for one thing, told by different voices",
    }
}

/// The words for the number of dead in the sentence that tells the record.
pub fn number_of(article: &Article, draft: &Draft) -> Option<Span> {
    let sentence = &article.sentences[draft.sentence];
    let wanted = draft.casualties.0?;
    let fits = |w: &usize| casualties::parse(&sentence.words[*w].form) == Some(wanted);
    (0..sentence.words.len()).find(fits).map(|w| sentence.words[w].span)
}

/// All figures, in text order.
fn figures(article: &Article, drafts: &[Draft]) -> Vec<Figure> {
    let mut found = Vec::new();
    for (number, sentence) in article.sentences.iter().enumerate() {
        for word in (0..sentence.words.len()).filter(|w| sentence.words[*w].upos == Upos::Num) {
            let Some(value) = casualties::parse(&sentence.words[word].form) else { continue };
            let counted = of_victims(sentence, word)
                .or_else(|| of_crowd(sentence, word))
                .or_else(|| put(sentence, word));
            let Some((what, verb)) = counted else { continue };
            found.push(Figure {
                sentence: number,
                span: sentence.words[word].span,
                what,
                value,
                voices: voices_of(&attribution::chain(article, number, verb).0),
                draft: drafts.iter().position(|d| d.sentence == number && told_by(sentence, d, verb)),
            });
        }
    }
    found
}

fn told_by(sentence: &Sentence, draft: &Draft, verb: usize) -> bool {
    draft.predicate == verb
        || draft.trigger.contains(&verb)
        || sentence.words[draft.predicate].head == Some(verb)
}

/// The noun that a number counts: "12 soldiers", "12 of them", "12".
fn counted(sentence: &Sentence, number: usize) -> usize {
    let word = &sentence.words[number];
    word.head.filter(|_| word.relation.base() == "nummod").unwrap_or(number)
}

/// "killed 12 soldiers", "12 were killed", "the deaths of 12".
fn of_victims(sentence: &Sentence, number: usize) -> Option<(What, usize)> {
    let noun = counted(sentence, number);
    let verb = sentence.words[noun].head?;
    let suffers = matches!(sentence.words[noun].relation, Relation::Obj | Relation::NsubjPass)
        || (sentence.words[noun].relation == Relation::Nsubj && sentence.words[verb].lemma == "die");
    let what = casualties::deadly(&sentence.words[verb].lemma)?;
    suffers.then_some((if what { What::Dead } else { What::Injured }, verb))
}

/// "5,000 people marched", "some 30,000 took part".
fn of_crowd(sentence: &Sentence, number: usize) -> Option<(What, usize)> {
    let noun = counted(sentence, number);
    let verb = sentence.words[noun].head.filter(|_| sentence.words[noun].relation == Relation::Nsubj)?;
    let lemma = sentence.words[verb].lemma.to_lowercase();
    let part = lemma != "take" || sentence.children(verb).any(|c| sentence.words[c].lemma == "part");
    let out = lemma != "turn" || sentence.children(verb).any(|c| sentence.words[c].form == "out");
    (TABLE.crowd.contains(&lemma) && part && out).then_some((What::Crowd, verb))
}

/// "put the toll at 40": the figure is of what the noun says, or of what was counted before.
fn put(sentence: &Sentence, number: usize) -> Option<(What, usize)> {
    let noun = counted(sentence, number);
    let verb = sentence.words[noun].head.filter(|_| phrase::case_is(sentence, noun, &["at"]))?;
    let lemma = |w: usize| sentence.words[w].lemma.to_lowercase();
    if !TABLE.putting.contains(&lemma(verb)) {
        return None;
    }
    let object = sentence
        .children(verb)
        .find(|c| matches!(sentence.words[*c].relation, Relation::Obj | Relation::NsubjPass))?;
    let told = sentence.subtree(object).into_iter().map(lemma).collect::<Vec<_>>();
    if told.iter().any(|l| TABLE.dead.contains(l)) {
        Some((What::Dead, verb))
    } else {
        told.iter().any(|l| TABLE.figures.contains(l)).then_some((What::Told, verb))
    }
}
