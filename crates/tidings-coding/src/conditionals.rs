//! Conditions and other words before a clause or noun: "as long as B …", "should B attack, …", "without attacking".

use std::ops::Range;

use tidings_language::{Relation, Sentence, Upos};
use tidings_ontology::{Effect, Lexicon};

/// The words of a condition, the opening words included.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Stated {
    /// Words, by number.
    pub words: Range<usize>,
    /// Opened by "had": what follows did not happen, and what is negated did.
    pub contrary: bool,
}

/// The conditions of the sentence that open with words of the tables, or with an inverted auxiliary.
pub fn stated(sentence: &Sentence, lexicon: &Lexicon) -> Vec<Stated> {
    (0..sentence.words.len())
        .filter_map(|start| {
            let contrary = is_inverted(sentence, start).or_else(|| were_to(sentence, start));
            let marked = marker_from(sentence, start, lexicon)
                .is_some_and(|(_, effect)| effect.status.as_deref() == Some("conditional"));
            let words = start..end(sentence, start);
            (marked || contrary.is_some()).then(|| Stated { words, contrary: contrary.unwrap_or_default() })
        })
        .collect()
}

/// The marker that stands right before the word or its own modifiers, and its first word.
pub fn marker_before<'l>(
    sentence: &Sentence,
    word: usize,
    lexicon: &'l Lexicon,
) -> Option<(Range<usize>, &'l Effect)> {
    let belongs = |w: usize| {
        sentence.words[w].head == Some(word)
            && matches!(
                sentence.words[w].relation.base(),
                "det" | "amod" | "compound" | "nmod" | "aux" | "advmod" | "nsubj" | "nummod"
            )
    };
    // "without having attacked", "without a single attack"
    let ends = (0..=word).rev().take_while(|end| *end == word || belongs(*end));
    let longest = |end: usize| {
        (1..=Lexicon::LONGEST_MARKER.min(end)).rev().find_map(|length| {
            let range = end - length..end;
            Some((range.clone(), lexicon.marker(&joined(sentence, range))?))
        })
    };
    ends.into_iter().find_map(longest)
}

fn marker_from<'l>(
    sentence: &Sentence,
    start: usize,
    lexicon: &'l Lexicon,
) -> Option<(Range<usize>, &'l Effect)> {
    let rest = sentence.words.len() - start;
    (1..=Lexicon::LONGEST_MARKER.min(rest)).rev().find_map(|length| {
        let range = start..start + length;
        Some((range.clone(), lexicon.marker(&joined(sentence, range))?))
    })
}

fn joined(sentence: &Sentence, words: Range<usize>) -> String {
    let forms: Vec<String> = sentence.words[words].iter().map(|w| w.form.to_lowercase()).collect();
    forms.join(" ")
}

/// "Should B attack, …", "Had B attacked, …", "Were B to attack, …"; whether it opens with "had".
fn is_inverted(sentence: &Sentence, start: usize) -> Option<bool> {
    let word = &sentence.words[start];
    // Behind the main clause there may be no comma: "would leave should B attack".
    let opens = start == 0 || sentence.words[start - 1].upos == Upos::Punct || is_adverbial(sentence, start);
    let inverts = matches!(word.form.to_lowercase().as_str(), "should" | "had" | "were");
    let verb = word.head.filter(|_| opens && inverts && word.relation.is(Relation::Aux))?;
    let subject = sentence
        .children(verb)
        .any(|c| sentence.words[c].relation.base() == "nsubj" && c > start && c < verb);
    let question = sentence.words.iter().any(|w| w.form == "?");
    let closed = end(sentence, start) < sentence.words.len() - 1 || is_adverbial(sentence, start);
    (subject && closed && !question).then(|| word.form.eq_ignore_ascii_case("had"))
}

/// The auxiliary of a clause that hangs on a verb before it.
fn is_adverbial(sentence: &Sentence, auxiliary: usize) -> bool {
    let clause = sentence.words[auxiliary].head.map(|verb| &sentence.words[verb]);
    clause.is_some_and(|c| c.relation.base() == "advcl" && c.head.is_some_and(|main| main < auxiliary))
}

/// "Were B to close the strait, …", however it is parsed.
fn were_to(sentence: &Sentence, start: usize) -> Option<bool> {
    let opens = start == 0 || sentence.words[start - 1].upos == Upos::Punct;
    let were = opens && sentence.words[start].form.eq_ignore_ascii_case("were");
    let end = end(sentence, start);
    let to = |w: &usize| sentence.words[*w].form == "to" && sentence.words[*w].relation == Relation::Mark;
    let infinitive = (start + 2..end).any(|w| to(&w));
    let comma = sentence.words.get(end).is_some_and(|w| w.form == ",");
    (were && infinitive && comma).then_some(false)
}

/// A condition ends at the comma, or with the sentence.
fn end(sentence: &Sentence, start: usize) -> usize {
    let closes =
        |w: &usize| matches!(sentence.words[*w].form.as_str(), "," | ";" | "." | "\"" | "”" | "?" | "!");
    (start..sentence.words.len()).find(closes).unwrap_or(sentence.words.len())
}
