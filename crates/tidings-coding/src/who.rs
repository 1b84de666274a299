//! Who is meant by a phrase: alone ("the Norwegian foreign minister"), or where it stands in a text ("his counterpart").

use jiff::civil::Date;
use tidings_actors::{Actor, Knowledge};
use tidings_document::{DateBasis, Document, PublicationDate};
use tidings_language::Sentence;
use tidings_ontology::Lexicon;
use tidings_text::Span;

use crate::article::{Article, Mention};
use crate::{build, mentions, phrase};

/// A phrase of which is asked who it is, in the text that is to be analysed for it.
#[derive(Clone, Debug)]
pub struct Question {
    /// The context with the phrase in it, else the phrase alone.
    text: String,
    /// Where the phrase stands; the first place at which it names somebody counts.
    places: Vec<Span>,
    date: Option<Date>,
    in_context: bool,
}

/// Who a phrase is.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Answer {
    /// The answer; several where the phrase names several, none for things.
    pub best: Vec<Actor>,
    /// Who else it could be, the likeliest first.
    pub alternatives: Vec<Actor>,
}

impl Question {
    /// A phrase by itself, or where it stands in `context`; a context without it is read as what stands before it.
    pub fn new(phrase: &str, context: Option<&str>, date: Option<Date>) -> Self {
        let phrase = phrase.trim();
        let Some(context) = context.map(str::trim).filter(|c| !c.is_empty()) else {
            let places = vec![Span::new(0, phrase.len())];
            return Self { text: phrase.to_owned(), places, date, in_context: false };
        };
        let places = whole_words(context, phrase);
        if !places.is_empty() {
            return Self { text: context.to_owned(), places, date, in_context: true };
        }
        let text = format!("{context}\n\n{phrase}");
        let places = vec![Span::new(text.len() - phrase.len(), text.len())];
        Self { text, places, date, in_context: true }
    }

    /// The text to be analysed.
    pub fn text(&self) -> &str {
        &self.text
    }

    fn document(&self) -> Document {
        let publication = self.date.map(|date| PublicationDate {
            date,
            basis: DateBasis::Option,
            explanation: "the date of the question".to_owned(),
        });
        Document { publication, ..Document::of_body(self.text.as_str()) }
    }
}

/// Where `phrase` stands as whole words; whatever its case, unless it stands in its own letters.
fn whole_words(text: &str, phrase: &str) -> Vec<Span> {
    if phrase.is_empty() {
        return Vec::new();
    }
    let bounded = |start: &usize| {
        let joins = |c: Option<char>| c.is_some_and(char::is_alphanumeric);
        let before = text.get(..*start).and_then(|t| t.chars().next_back());
        let after = text.get(start + phrase.len()..).and_then(|t| t.chars().next());
        !joins(before) && !joins(after)
    };
    let span = |start: usize| Span::new(start, start + phrase.len());
    let exact: Vec<Span> =
        text.match_indices(phrase).map(|(start, _)| start).filter(|s| bounded(s)).map(span).collect();
    if !exact.is_empty() {
        return exact;
    }
    let same = |start: &usize| {
        text.get(*start..start + phrase.len()).is_some_and(|t| t.eq_ignore_ascii_case(phrase))
    };
    text.char_indices().map(|(start, _)| start).filter(|s| same(s) && bounded(s)).map(span).collect()
}

/// Who the phrase of the question is; `sentences` are those of its text.
pub fn who(question: &Question, sentences: &[Sentence], knowledge: &Knowledge) -> Answer {
    let (best, place) = answer(question, sentences, knowledge);
    let readings = top_words(place, sentences).flat_map(|(number, head)| {
        mentions::readings(number, head, &sentences[number], &question.text, question.date, knowledge)
    });
    let mut alternatives: Vec<Actor> = Vec::new();
    for other in readings {
        if !best.iter().chain(&alternatives).any(|known| are_one(known, &other)) {
            alternatives.push(other);
        }
    }
    Answer { best, alternatives }
}

/// The answer, and the place that gave it.
fn answer(question: &Question, sentences: &[Sentence], knowledge: &Knowledge) -> (Vec<Actor>, Span) {
    if question.in_context {
        let document = question.document();
        let article = build::article(&document, sentences, knowledge, Lexicon::embedded());
        let mut answers = question.places.iter().map(|place| (in_context(&article, *place), *place));
        if let Some(found) = answers.find(|(actors, _)| !actors.is_empty()) {
            return found;
        }
    }
    let place = question.places.last().copied().unwrap_or(Span::new(0, 0));
    (alone(question, place, sentences, knowledge), place)
}

fn are_one(a: &Actor, b: &Actor) -> bool {
    a.kind == b.kind && (a.id == b.id || (a.name == b.name && a.role == b.role))
}

/// By the words of the phrase: the one nearest to the top of the tree, and those who are joined to it.
fn alone(question: &Question, place: Span, sentences: &[Sentence], knowledge: &Knowledge) -> Vec<Actor> {
    let found = sentences.iter().enumerate().find_map(|(number, sentence)| {
        let candidates = mentions::candidates(number, sentence, &question.text, question.date, knowledge);
        let inside = |head: usize| place.contains(sentence.words[head].span);
        let known = candidates.iter().filter(|c| c.actor.is_some() && inside(c.head));
        let top = known.min_by_key(|c| depth(sentence, c.head))?.head;
        let joined = phrase::conjuncts(sentence, top);
        let all = candidates.iter().filter(|c| joined.contains(&c.head) && inside(c.head));
        Some(all.flat_map(|c| c.actor.iter().chain(&c.also)).cloned().collect())
    });
    found.unwrap_or_default()
}

/// By the whole text: what coreference makes of the mention.
fn in_context(article: &Article, place: Span) -> Vec<Actor> {
    let sentences = &article.sentences;
    let inside = |m: &&Mention| place.contains(sentences[m.sentence].words[m.head].span);
    let mentions: Vec<&Mention> = article.mentions.iter().filter(inside).collect();
    let Some(top) = mentions.iter().min_by_key(|m| (m.sentence, depth(&sentences[m.sentence], m.head)))
    else {
        return Vec::new();
    };
    let joined = phrase::conjuncts(&sentences[top.sentence], top.head);
    let mut found: Vec<Actor> = Vec::new();
    for mention in mentions.iter().filter(|m| m.sentence == top.sentence && joined.contains(&m.head)) {
        let mut actor = article.actor(mention).clone();
        if mention.resolved_by != "name" {
            actor.how = format!("coreference in the context: {} ({})", actor.name, actor.how);
        }
        if found.iter().all(|known| known.id != actor.id) {
            found.push(actor);
        }
    }
    found
}

/// The top words of the phrase, one a sentence.
fn top_words(place: Span, sentences: &[Sentence]) -> impl Iterator<Item = (usize, usize)> {
    sentences.iter().enumerate().filter_map(move |(number, sentence)| {
        let inside = (0..sentence.words.len()).filter(|w| place.contains(sentence.words[*w].span));
        inside.min_by_key(|w| depth(sentence, *w)).map(|head| (number, head))
    })
}

/// Steps from the word to the root of its sentence.
fn depth(sentence: &Sentence, head: usize) -> usize {
    std::iter::successors(Some(head), |w| sentence.words.get(*w)?.head).take(sentence.words.len()).count()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_phrase_is_found_as_whole_words() {
        let place = |phrase: &str, text: &str| {
            let question = Question::new(phrase, Some(text), None);
            (question.text.len() == text.len()).then_some(question.places[0].start)
        };
        assert_eq!(place("Oman", "Roman Oman"), Some(6));
        assert_eq!(place("the army", "The army left"), Some(0));
        assert_eq!(place("Stern", "Sternberg left"), None);
        assert_eq!(place("é", "é"), Some(0));
        assert_eq!(Question::new("é", Some("x"), None).text(), "x\n\né");
        assert_eq!(Question::new(" x ", Some("  "), None).text(), "x");
    }
}
