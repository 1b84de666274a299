//! Builds the [`Article`]: sentences with their parts, mentions, entities, times, sayings and quotes.

use jiff::civil::Date;
use tidings_actors::Knowledge;
use tidings_document::{Document, PartKind};
use tidings_language::Sentence;
use tidings_ontology::Lexicon;
use tidings_places::Setting;
use tidings_text::CodePoints;

use crate::article::Article;
use crate::coreference::Resolver;
use crate::{mending, mentions, quotes, sayings, voices};

/// Reads all that the coding rules look at from the sentences of `document`.
pub fn article<'a>(
    document: &'a Document,
    sentences: &[Sentence],
    knowledge: &Knowledge,
    lexicon: &Lexicon,
) -> Article<'a> {
    let mended = mending::mended(sentences);
    let sentences = &mended[..];
    let date = document.publication.as_ref().map(|p| p.date);
    let home = dateline_country(document, knowledge);
    let setting = Setting { countries: home.clone().into_iter().collect() };
    let (mentions, entities) = Resolver::new(sentences, &document.text, knowledge)
        .at_home(home)
        .run(candidates(document, sentences, date, knowledge));
    let mut article = Article {
        document,
        code_points: CodePoints::new(&document.text),
        parts: sentences.iter().map(|s| part_of(document, s)).collect(),
        paragraphs: paragraphs(document, sentences),
        timexes: tidings_time::timexes(&document.text, sentences, date),
        places: tidings_places::places(&document.text, sentences, &setting),
        sentences: mended,
        mentions,
        entities,
        sayings: Vec::new(),
        quotes: Vec::new(),
    };
    article.sayings = sayings::find(&article, lexicon);
    article.quotes = quotes::find(&article);
    voices::hear_first_person(&mut article, knowledge);
    article
}

/// The state of the town in the dateline: whose officials a report means that names no state.
fn dateline_country(document: &Document, knowledge: &Knowledge) -> Option<String> {
    let dateline = document.parts.iter().find(|p| p.kind == PartKind::Dateline)?;
    let words = dateline.span.of(&document.text);
    let town = words.split(['(', ',', '-', '–', '—']).next()?.trim();
    let name: String = town
        .split_whitespace()
        .map(|word| {
            word.chars()
                .enumerate()
                .map(|(i, c)| if i == 0 { c } else { c.to_ascii_lowercase() })
                .collect::<String>()
        })
        .collect::<Vec<_>>()
        .join(" ");
    let state = knowledge.country_by_name(&name).map(str::to_owned);
    state.or_else(|| knowledge.place(&name).and_then(|(_, country)| country))
}

fn candidates(
    document: &Document,
    sentences: &[Sentence],
    date: Option<Date>,
    knowledge: &Knowledge,
) -> Vec<mentions::Candidate> {
    sentences
        .iter()
        .enumerate()
        .flat_map(|(number, sentence)| {
            mentions::candidates(number, sentence, &document.text, date, knowledge)
        })
        .collect()
}

fn part_of(document: &Document, sentence: &Sentence) -> PartKind {
    document.parts.iter().find(|p| p.span.contains(sentence.span)).map_or(PartKind::Body, |p| p.kind)
}

/// Each run of line ends begins a new paragraph.
fn paragraphs(document: &Document, sentences: &[Sentence]) -> Vec<usize> {
    let mut number = 0;
    let mut last = 0;
    sentences
        .iter()
        .map(|sentence| {
            if document
                .text
                .get(last..sentence.span.start)
                .is_some_and(|gap| gap.contains(['\n', '\r', '\u{2029}']))
            {
                number += 1;
            }
            last = sentence.span.end;
            number
        })
        .collect()
}
