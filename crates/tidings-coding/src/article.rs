//! The article while it is being coded: sentences, mentions of actors, and who they are.

use tidings_actors::Actor;
use tidings_document::{Document, PartKind};
use tidings_language::Sentence;
use tidings_places::Found;
use tidings_text::{CodePoints, Span};
use tidings_time::Timex;

use crate::quotes::Quote;
use crate::records::Words;
use crate::sayings::Saying;

/// How a mention names its entity.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Form {
    /// "Norland", "President Ada Stern".
    Name,
    /// "the ministry", "protesters".
    Nominal,
    /// "she", "it", "we", "their".
    Pronoun,
}

/// A noun phrase that stands for an actor.
#[derive(Clone, Debug)]
pub struct Mention {
    /// Number of its sentence in [`Article::sentences`].
    pub sentence: usize,
    /// Head word in the sentence.
    pub head: usize,
    /// From the first to the last word of the phrase, without relative clauses and appositions.
    pub span: Span,
    /// How it names its entity.
    pub form: Form,
    /// Index into [`Article::entities`].
    pub entity: usize,
    /// name, coref, antecedent, implicit.
    pub resolved_by: &'static str,
    /// Code that the user's dictionaries give to these words, where it is more than that of the entity.
    pub code: Option<String>,
}

/// Somebody or something that takes part.
#[derive(Clone, Debug)]
pub struct Entity {
    /// Who it is.
    pub actor: Actor,
    /// Where it is mentioned: indices into [`Article::mentions`], in text order.
    pub mentions: Vec<usize>,
}

/// The article with all that the coding rules look at. Built once, then only read.
pub struct Article<'a> {
    /// As read.
    pub document: &'a Document,
    /// Byte offsets to code points.
    pub code_points: CodePoints,
    /// Analysed sentences of all parts that are not to be removed, in text order.
    pub sentences: Vec<Sentence>,
    /// Part of each sentence.
    pub parts: Vec<PartKind>,
    /// Number of the paragraph (blank-line separated block) of each sentence.
    pub paragraphs: Vec<usize>,
    /// Time expressions, in text order.
    pub timexes: Vec<Timex>,
    /// Place names with their places, in text order.
    pub places: Vec<Found>,
    /// Mentions of actors, in text order.
    pub mentions: Vec<Mention>,
    /// The actors.
    pub entities: Vec<Entity>,
    /// Who says what, in text order.
    pub sayings: Vec<Saying>,
    /// Quoted words, in text order.
    pub quotes: Vec<Quote>,
}

impl Article<'_> {
    /// The words of `span` as they leave the program.
    pub fn words(&self, span: Span) -> Words {
        Words {
            start: self.code_points.at(span.start),
            end: self.code_points.at(span.end),
            text: span.of(&self.document.text).to_owned(),
        }
    }

    /// The mention whose head is `word` of sentence `sentence`.
    pub fn mention_at(&self, sentence: usize, word: usize) -> Option<&Mention> {
        self.mentions.iter().find(|m| m.sentence == sentence && m.head == word)
    }

    /// Mentions of one sentence, in order.
    pub fn mentions_in(&self, sentence: usize) -> impl Iterator<Item = &Mention> {
        self.mentions.iter().filter(move |m| m.sentence == sentence)
    }

    /// Whether the entity is somebody who can be met again: named, or a group of a known state.
    pub fn is_somebody(&self, entity: usize) -> bool {
        let actor = &self.entities[entity].actor;
        !actor.generic || actor.country.is_some()
    }

    /// Who a mention is.
    pub fn actor(&self, mention: &Mention) -> &Actor {
        &self.entities[mention.entity].actor
    }
}
