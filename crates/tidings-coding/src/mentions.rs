//! Finds the noun phrases that stand for actors and asks who each is, before coreference.

use std::ops::Range;

use jiff::civil::Date;
use tidings_actors::{Actor, ActorKind, Knowledge, Mention as Query, MentionWord, NameKindHint};
use tidings_language::{NameKind, Relation, Sentence, Upos};
use tidings_text::Span;

use crate::article::Form;
use crate::phrase;

/// A noun phrase with who it is by itself, if that can be said.
#[derive(Clone, Debug)]
pub struct Candidate {
    /// Number of its sentence.
    pub sentence: usize,
    /// Head word.
    pub head: usize,
    /// Its words without clauses.
    pub words: Vec<usize>,
    /// Where they stand.
    pub span: Span,
    /// How it names its entity.
    pub form: Form,
    /// Words of the bare name within the phrase.
    pub name_span: Option<Span>,
    /// Who it is by its own words.
    pub actor: Option<Actor>,
    /// The others, where one phrase names several: "the Norlandian and Sudrian ministers".
    pub also: Vec<Actor>,
}

/// All candidates of one sentence, in order.
pub fn candidates(
    number: usize,
    sentence: &Sentence,
    text: &str,
    date: Option<Date>,
    knowledge: &Knowledge,
) -> Vec<Candidate> {
    let reader = Reader::new(number, sentence, text, date, knowledge);
    (0..sentence.words.len())
        .filter(|w| reader.may_head(*w))
        .map(|head| reader.candidate(head))
        .filter(|c| c.actor.is_some() || c.form != Form::Name)
        .collect()
}

/// Everybody whom the phrase headed by `head` could name, the likeliest first.
pub fn readings(
    number: usize,
    head: usize,
    sentence: &Sentence,
    text: &str,
    date: Option<Date>,
    knowledge: &Knowledge,
) -> Vec<Actor> {
    let reader = Reader::new(number, sentence, text, date, knowledge);
    let words = reader.words_of(head);
    reader.asked(head, &words, |query| knowledge.readings(query))
}

/// Longest name of a body, in words.
const LONGEST_NAME: usize = 10;

/// Where names of several words stand that a table of bodies has, whatever tagger and parser made of them.
fn bodies(sentence: &Sentence, date: Option<Date>, knowledge: &Knowledge) -> Vec<Range<usize>> {
    let mut found: Vec<Range<usize>> = Vec::new();
    let mut start = 0;
    while start < sentence.words.len() {
        let longest = (start + 2..=sentence.words.len().min(start + LONGEST_NAME))
            .rev()
            .filter(|end| is_capitalised(sentence, start) && is_capitalised(sentence, end - 1))
            .find(|end| knowledge.is_body(&written(sentence, start..*end), date));
        match longest {
            Some(end) => {
                found.push(start..end);
                start = end;
            }
            None => start += 1,
        }
    }
    found
}

fn is_capitalised(sentence: &Sentence, word: usize) -> bool {
    sentence.words[word].form.chars().next().is_some_and(char::is_uppercase)
}

fn written(sentence: &Sentence, range: Range<usize>) -> String {
    sentence.words[range].iter().map(|w| w.form.as_str()).collect::<Vec<_>>().join(" ")
}

/// "who", "which", "that" as the pronoun of a relative clause.
pub fn is_relative(sentence: &Sentence, word: usize) -> bool {
    let w = &sentence.words[word];
    w.upos == Upos::Pron
        && w.feature("PronType").is_some_and(|t| t.contains("Rel"))
        && matches!(w.relation.base(), "nsubj" | "obj" | "obl")
}

/// One sentence being read.
struct Reader<'a> {
    number: usize,
    sentence: &'a Sentence,
    text: &'a str,
    date: Option<Date>,
    knowledge: &'a Knowledge,
    bodies: Vec<Range<usize>>,
}

impl<'a> Reader<'a> {
    fn new(
        number: usize,
        sentence: &'a Sentence,
        text: &'a str,
        date: Option<Date>,
        knowledge: &'a Knowledge,
    ) -> Self {
        Self { number, sentence, text, date, knowledge, bodies: bodies(sentence, date, knowledge) }
    }

    /// The name that the word belongs to: of a body in the tables, else as tagged.
    fn name_at(&self, word: usize) -> Option<(Range<usize>, NameKind)> {
        let body = self.bodies.iter().find(|r| r.contains(&word));
        body.map(|r| (r.clone(), NameKind::Organization))
            .or_else(|| self.sentence.name_at(word).map(|n| (n.words.clone(), n.kind)))
    }

    /// Nouns, names (also as modifiers: "Norlandian jets", "Norland-Sudria ties") and pronouns head mentions.
    fn may_head(&self, word: usize) -> bool {
        let w = &self.sentence.words[word];
        if let Some((range, kind)) = self.name_at(word) {
            return may_act(kind) && phrase::head_of(self.sentence, range) == word;
        }
        match w.upos {
            Upos::Noun | Upos::Propn => {
                !matches!(w.relation.base(), "compound" | "flat" | "fixed" | "goeswith")
                    && w.relation != Relation::NmodDesc
            }
            Upos::Pron => {
                phrase::is_personal_pronoun(self.sentence, word) || is_relative(self.sentence, word)
            }
            _ => false,
        }
    }

    /// The words of the phrase, names of bodies whole.
    fn words_of(&self, head: usize) -> Vec<usize> {
        let name = self.name_at(head);
        let mut words = phrase::phrase(self.sentence, head);
        words.extend(name.iter().flat_map(|(range, _)| range.clone()));
        let touched = |r: &&Range<usize>| words.iter().any(|w| r.contains(w));
        let whole: Vec<usize> = self.bodies.iter().filter(touched).cloned().flatten().collect();
        words.extend(whole);
        words.sort_unstable();
        words.dedup();
        self.before_bracket(head, words)
    }

    fn candidate(&self, head: usize) -> Candidate {
        let name = self.name_at(head);
        let words = self.words_of(head);
        let mut form = match (&name, self.sentence.words[head].upos) {
            (Some(_), _) | (None, Upos::Propn) => Form::Name,
            (None, Upos::Pron) => Form::Pronoun,
            _ => Form::Nominal,
        };
        let mut actors =
            if form == Form::Pronoun { Vec::new() } else { self.resolve(head, &words) }.into_iter();
        let actor = actors.next();
        let role = || self.knowledge.is_role_noun(&self.sentence.words[head].lemma);
        if name.is_none() && form == Form::Name && (role() || actor.as_ref().is_some_and(|a| a.generic)) {
            form = Form::Nominal; // "Rebel Leader Freed": the capitals of a headline name nobody
        }
        Candidate {
            sentence: self.number,
            head,
            span: phrase::span(self.sentence, &words),
            words,
            form,
            name_span: name.map(|(range, _)| self.sentence.span_of(range)),
            actor,
            also: actors.collect(),
        }
    }

    /// "Ada Stern (left)", "the Norland Transport Union (NTU)": what stands in brackets is no part of the name.
    fn before_bracket(&self, head: usize, words: Vec<usize>) -> Vec<usize> {
        let open = |w: &usize| matches!(self.sentence.words[*w].form.as_str(), "(" | "[");
        let end = (head + 1..self.sentence.words.len()).find(open).unwrap_or(usize::MAX);
        words.into_iter().filter(|w| *w < end).collect()
    }

    /// What `ask` says of the phrase with its explanations.
    fn asked(&self, head: usize, words: &[usize], ask: impl Fn(&Query) -> Vec<Actor>) -> Vec<Actor> {
        let context = self.with_explanations(head, words);
        let described: Vec<MentionWord> =
            context.iter().map(|w| self.describe(head, *w, !words.contains(w))).collect();
        let query = Query {
            text: phrase::span(self.sentence, words).of(self.text),
            head_lemma: &self.sentence.words[head].lemma,
            kind: self.name_at(head).map(|(_, kind)| hint(kind)),
            words: &described,
            date: self.date,
        };
        ask(&query)
    }

    fn resolve(&self, head: usize, words: &[usize]) -> Vec<Actor> {
        let actors = self.asked(head, words, |query| self.knowledge.resolve_all(query));
        match actors.as_slice() {
            [own] if own.code.is_some() => actors,
            [state] if state.kind == ActorKind::Country && is_site(self.sentence, head) => {
                self.capital_as_place(head).map_or(actors, |place| vec![place])
            }
            [place] if place.kind == ActorKind::Place && acts(self.sentence, head) => {
                let name = self.name_at(head).map(|(range, _)| self.sentence.span_of(range).of(self.text));
                let government = self.knowledge.government_in(name.unwrap_or(&place.name));
                government.map_or(actors, |government| vec![government])
            }
            _ => actors,
        }
    }

    /// A capital that is not also the name of its state.
    fn capital_as_place(&self, head: usize) -> Option<Actor> {
        let (range, _) = self.name_at(head)?;
        let name = self.sentence.span_of(range).of(self.text);
        let capital =
            self.knowledge.capital(name).is_some() && self.knowledge.country_by_name(name).is_none();
        capital.then(|| self.knowledge.place_actor(name)).flatten()
    }

    /// "Ada Stern, the Norlandian foreign minister": the apposition says what the name does not; "trade unions in
    /// Norland": the place says whose they are.
    fn with_explanations(&self, head: usize, words: &[usize]) -> Vec<usize> {
        let sentence = self.sentence;
        let named = self.name_at(head).is_some();
        let mut all = words.to_vec();
        for other in phrase::appositions(sentence, head).into_iter().chain(phrase::origins(sentence, head)) {
            all.extend(phrase::phrase(sentence, other));
        }
        if !named {
            all.extend(
                phrase::whereabouts(sentence, head).into_iter().flat_map(|w| phrase::phrase(sentence, w)),
            );
        }
        if sentence.words[head].relation == Relation::Appos && named {
            all.extend(sentence.words[head].head.map(|h| phrase::phrase(sentence, h)).unwrap_or_default());
        }
        all.sort_unstable();
        all.dedup();
        all
    }

    fn describe(&self, head: usize, word: usize, outside: bool) -> MentionWord<'_> {
        let w = &self.sentence.words[word];
        MentionWord {
            form: &w.form,
            lemma: &w.lemma,
            upos: w.upos.as_str(),
            is_head: word == head,
            part_of_name: self.name_at(word).map(|(_, kind)| hint(kind)),
            outside,
        }
    }
}

/// Names that can act, and those of which the tables have to say it ("Boko Haram" is easily taken for a work).
fn may_act(kind: NameKind) -> bool {
    phrase::can_act(kind) || matches!(kind, NameKind::Misc | NameKind::Product)
}

/// Whether something is or happens there: "in Norburg", "near Norburg", "the streets of Norburg".
fn is_site(sentence: &Sentence, head: usize) -> bool {
    let word = &sentence.words[head];
    match word.relation {
        Relation::Conj => word.head.is_some_and(|governor| is_site(sentence, governor)),
        Relation::NmodPoss => !acts(sentence, head),
        _ => phrase::case_is(
            sentence,
            head,
            &[
                "in", "at", "near", "outside", "around", "inside", "across", "through", "of", "via",
                "toward", "towards",
            ],
        ),
    }
}

/// What a town has, where a government has policies.
const OF_TOWNS: &[&str] = &[
    "airport",
    "area",
    "center",
    "centre",
    "district",
    "hospital",
    "mayor",
    "neighborhood",
    "neighbourhood",
    "outskirt",
    "people",
    "police",
    "population",
    "port",
    "resident",
    "square",
    "stadium",
    "street",
    "suburb",
    "university",
];

/// Whether the town does something here, and so stands for the government that sits in it: "Norburg said", "ties with
/// Norburg", "Norburg's envoy"; "in Norburg" and "Norburg's streets" are places.
fn acts(sentence: &Sentence, head: usize) -> bool {
    let word = &sentence.words[head];
    let Some(governor) = word.head else { return false };
    match word.relation {
        Relation::Conj => acts(sentence, governor),
        Relation::Nsubj => sentence.words[governor].upos == Upos::Verb,
        Relation::OblAgent => true,
        Relation::NmodPoss => !OF_TOWNS.contains(&sentence.words[governor].lemma.as_str()),
        Relation::Obl | Relation::Nmod => {
            phrase::case_is(sentence, head, &["with", "between", "against", "by"])
        }
        _ => false,
    }
}

fn hint(kind: NameKind) -> NameKindHint {
    match kind {
        NameKind::Person => NameKindHint::Person,
        NameKind::Organization => NameKindHint::Organization,
        NameKind::Location => NameKindHint::Location,
        NameKind::Norp => NameKindHint::Norp,
        NameKind::Facility => NameKindHint::Facility,
        _ => NameKindHint::Other,
    }
}
