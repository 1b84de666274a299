//! What the model's classifier of acts says of a pair of actors, beside the rules.
//!
//! The rules name the word that told them; the classifier reads the whole sentence and gives every type a chance. Where
//! both speak, their agreement is a measure of confidence, and what else it might be stands in the trail. Where no table
//! lists the verb, the classifier may propose the type: only for a verb that binds two political actors, and only where
//! it is nearly certain.

use std::ops::Range;
use std::sync::LazyLock;

use tidings_language::{ActClassifier, Pair, Relation, Sentence, Upos};
use tidings_ontology::{EventType, Trigger};
use tidings_text::Span;

use crate::article::Article;
use crate::draft::{Draft, Opinion, Party, Status};
use crate::matching::{Frame, Match};
use crate::{arguments, parties, standing};

/// From this chance on the classifier may code a verb that no table lists.
const CERTAIN: f32 = 0.9;
/// How much the rules' own finding adds to the logarithm of the chance of its type, by how well its parties fit the two
/// asked for: both, one, none. Set on a fifth of PLV_train that neither trained on.
const BESIDE: [f32; 3] = [2.0, 1.0, 0.5];

/// Each type with its chance, the likeliest first; NONE is "no act between the two".
pub type Chances = Vec<(EventType, f32)>;

/// From this chance on another type is worth telling.
const WORTH_TELLING: f32 = 0.05;

/// The chance of the draft's own type, and what else the classifier takes it for.
pub fn of_draft(article: &Article, draft: &Draft, acts: &ActClassifier) -> Option<Opinion> {
    let sentence = &article.sentences[draft.sentence];
    let words = |parties: &[Party]| {
        parties.iter().map(|p| words_of(sentence, p.span)).find(|w| !w.is_empty()).unwrap_or(0..0)
    };
    let pair =
        Pair { source: words(&draft.source), target: words(&draft.target), predicate: Some(draft.predicate) };
    let chances = chances(acts, sentence, &pair);
    let told = as_annotated(draft);
    let chance = chances.iter().find(|(event, _)| *event == told)?.1;
    let others = chances.into_iter().filter(|(event, chance)| *event != told && *chance >= WORTH_TELLING);
    Some(Opinion { event: told, chance, others: others.take(2).collect() })
}

pub fn chances(acts: &ActClassifier, sentence: &Sentence, pair: &Pair) -> Chances {
    let scores = acts.scores(&sentence.acts, pair).into_iter();
    let mut found: Chances =
        scores.filter_map(|(label, chance)| Some((EventType::parse(label)?, chance))).collect();
    found.sort_by(|a, b| b.1.total_cmp(&a.1));
    found
}

/// The words of a sentence that a stretch of text touches.
pub fn words_of(sentence: &Sentence, span: Span) -> Range<usize> {
    let touched = |w: &usize| sentence.words[*w].span.overlaps(span);
    let first = (0..sentence.words.len()).find(touched);
    let last = (0..sentence.words.len()).rev().find(touched);
    first.zip(last).map_or(0..0, |(first, last)| first..last + 1)
}

/// A verb with two political actors that no table lists, as the classifier reads it.
pub fn proposed<'t>(
    article: &Article,
    number: usize,
    word: usize,
    acts: Option<&ActClassifier>,
) -> Option<Match<'t>> {
    let sentence = &article.sentences[number];
    let acting = sentence.words[word].upos == Upos::Verb
        && sentence.predicate(word).is_some()
        && sentence.words[word].relation != Relation::Amod;
    if !acting || sentence.acts.is_empty() {
        return None;
    }
    let source = parties::parties(article, number, &arguments::agent(sentence, word));
    let mut target = parties::parties(article, number, &arguments::patient(sentence, word));
    target.retain(|t| source.iter().all(|s| s.entity != t.entity));
    if !standing::are_political(article, &source) || !standing::are_political(article, &target) {
        return None;
    }
    let words = |p: &[Party]| words_of(sentence, p[0].span);
    let pair = Pair { source: words(&source), target: words(&target), predicate: Some(word) };
    let (event, chance) = chances(acts?, sentence, &pair).into_iter().next()?;
    let trigger = PROPOSALS.iter().find(|t| t.event_type == event)?;
    (chance >= CERTAIN).then(|| Match {
        trigger,
        frame: Frame { word, light: None },
        words: vec![word],
        source,
        target,
        about: Vec::new(),
    })
}

/// An entry for each type, for acts that the classifier proposes.
static PROPOSALS: LazyLock<Vec<Trigger>> =
    LazyLock::new(|| EventType::all().filter(|e| *e != EventType::None).map(proposal).collect());

fn proposal(event_type: EventType) -> Trigger {
    let spoken = matches!(
        event_type,
        EventType::Agree
            | EventType::Support
            | EventType::Request
            | EventType::Accuse
            | EventType::Reject
            | EventType::Threaten
    );
    let kind = if spoken { "speech_act" } else { "action" };
    Trigger::without_words(event_type, kind, ["ARG0", "ARG1"], "none: proposed by the classifier")
}

/// Which act passes between two stretches of a text: the classifier's chances, and what the rules found there.
pub fn between(
    article: &Article,
    drafts: &[Draft],
    acts: &ActClassifier,
    source: Span,
    target: Span,
) -> Chances {
    let holds = |span: Span| article.sentences.iter().position(|s| s.span.overlaps(span));
    let Some(number) = holds(source).or_else(|| holds(target)) else { return Vec::new() };
    let sentence = &article.sentences[number];
    let pair =
        Pair { source: words_of(sentence, source), target: words_of(sentence, target), predicate: None };
    let found = chances(acts, sentence, &pair).into_iter().filter(|(event, _)| *event != EventType::None);
    let mut scores: Vec<(EventType, f32)> =
        found.map(|(event, chance)| (event, (chance + 1e-6).ln())).collect();
    let told = drafts.iter().filter(|d| d.event != EventType::None);
    let best =
        told.map(|d| (fit(d, source, target), as_annotated(d))).reduce(|a, b| if b.0 > a.0 { b } else { a });
    if let Some((fit, event)) = best {
        let weight = BESIDE[match fit {
            4 => 0,
            2 | 3 => 1,
            _ => 2,
        }];
        scores.iter_mut().filter(|(e, _)| *e == event).for_each(|(_, score)| *score += weight);
    }
    let sum: f32 = scores.iter().map(|(_, score)| score.exp()).sum();
    scores.iter_mut().for_each(|(_, score)| *score = score.exp() / sum);
    scores.sort_by(|a, b| b.1.total_cmp(&a.1));
    scores
}

/// The type under which the annotators of the classifier's training sentences put such an act: they had no status, so that
/// an announced act is a promise or a threat to them, and a conviction a charge.
pub fn as_annotated(draft: &Draft) -> EventType {
    let announced = draft.status == Status::Planned;
    match draft.event {
        EventType::Sanction if draft.modes.iter().any(|m| m == "convict") => EventType::Accuse,
        event if announced && event.quad().0 == 4 => EventType::Threaten,
        event if announced && event.quad().0 < 3 => EventType::Agree,
        event => event,
    }
}

/// How well the parties of a draft are the two: two points for the right side, one for the other.
fn fit(draft: &Draft, source: Span, target: Span) -> u8 {
    let touches = |parties: &[Party], span: Span| parties.iter().any(|p| p.span.overlaps(span));
    let points = |own: &[Party], other: &[Party], span: Span| {
        if touches(own, span) { 2 } else { u8::from(touches(other, span)) }
    };
    points(&draft.source, &draft.target, source) + points(&draft.target, &draft.source, target)
}
