//! Where: the place that the words tie to an event, and how words are tied to an event at all.

use tidings_actors::Knowledge;
use tidings_language::{NameKind, Relation, Sentence, Upos};

use crate::article::Article;
use crate::draft::Where;
use crate::matching::Frame;
use crate::{phrase, places};

/// Which words tell the event whose time and place are asked for.
#[derive(Clone, Copy)]
pub struct Told<'w> {
    /// The word that says what happened, and its light verb.
    pub frame: Frame,
    /// All words of the trigger.
    pub words: &'w [usize],
}

/// Steps in the tree beyond which an expression belongs to something else.
const MAX_STEPS: usize = 6;

/// Steps from the event's word to the phrase headed by `other`; `None` if a word of saying or another event that
/// is nearer owns it.
pub fn tie(article: &Article, sentence: &Sentence, number: usize, told: Told, other: usize) -> Option<usize> {
    let frame = told.frame;
    if sentence.is_within(frame.word, other) && frame.word != other {
        return None;
    }
    let own = |w: usize| w == frame.word || frame.light == Some(w) || told.words.contains(&w);
    let mut current = other;
    for down in 0..MAX_STEPS {
        if own(current) {
            return Some(down);
        }
        if down > 0 && (is_saying_about(article, number, current, frame.word) || is_act(sentence, current)) {
            return None;
        }
        let above = steps_up(sentence, frame.carrier(), current).is_some();
        if down > 0 && !above && is_clause(sentence, current) {
            return None; // "accused B on Monday of shelling a post near C": C is where the shelling was
        }
        if let Some(up) = steps_up(sentence, frame.carrier(), current) {
            // The expression hangs on a word above the event: it frames the event unless a clause of its own begins.
            return (down + up <= MAX_STEPS && !crosses_clause(sentence, frame.carrier(), current))
                .then_some(down + up + 2);
        }
        current = sentence.words[current].head?;
    }
    None
}

/// A verb with a clause of its own.
fn is_clause(sentence: &Sentence, word: usize) -> bool {
    sentence.words[word].upos == Upos::Verb
        && matches!(
            sentence.words[word].relation.base(),
            "advcl" | "acl" | "ccomp" | "conj" | "parataxis" | "xcomp"
        )
}

/// Another event noun on the way ("talks after an attack in Aleppo") owns what hangs on it.
fn is_act(sentence: &Sentence, word: usize) -> bool {
    sentence.words[word].upos == Upos::Noun
        && sentence.predicate(word).is_some_and(|p| !p.arguments.is_empty())
        && sentence.child(word, Relation::Cop).is_none()
}

/// Whether the cue says what the word is part of.
pub fn is_saying_about(article: &Article, number: usize, cue: usize, word: usize) -> bool {
    article.sayings.iter().any(|s| s.sentence == number && s.cue == cue && s.content.contains(&word))
}

fn steps_up(sentence: &Sentence, from: usize, to: usize) -> Option<usize> {
    std::iter::successors(Some(from), |w| sentence.words[*w].head).take(MAX_STEPS).position(|w| w == to)
}

/// A relative clause or an adverbial clause between the two has its own time; a participle without a conjunction
/// ("… on Monday, killing nine") shares it.
fn crosses_clause(sentence: &Sentence, from: usize, to: usize) -> bool {
    let own_time = |w: usize| match sentence.words[w].relation.base() {
        "acl" | "parataxis" => true,
        "advcl" => !accompanies(sentence, w),
        _ => false,
    };
    std::iter::successors(Some(from), |w| sentence.words[*w].head).take_while(|w| *w != to).any(own_time)
}

fn accompanies(sentence: &Sentence, clause: usize) -> bool {
    let conjunction = sentence.children(clause).any(|c| {
        sentence.words[c].relation == Relation::Mark
            && !matches!(
                sentence.words[c].form.to_lowercase().as_str(),
                "with" | "by" | "in" | "toward" | "towards"
            )
    });
    matches!(sentence.words[clause].feature("VerbForm"), Some("Ger" | "Part")) && !conjunction
}

/// The place to which the words tie the event.
pub fn place(
    article: &Article,
    number: usize,
    told: Told,
    knowledge: &Knowledge,
    visits: bool,
) -> Option<Where> {
    let sentence = &article.sentences[number];
    sentence
        .names
        .iter()
        .filter(|n| matches!(n.kind, NameKind::Location | NameKind::Facility))
        .filter_map(|name| {
            let head = phrase::head_of(sentence, name.words.clone());
            let base = place_phrase(sentence, head);
            let locates = locates(sentence, base, visits, base == head && name.kind == NameKind::Location);
            let steps = if locates { located(article, sentence, number, told, base) } else { None }?;
            let phrase = sentence.span_of(sentence.subtree(base));
            Some((steps, places::of_name(article, number, name, phrase, knowledge)?))
        })
        .min_by(|a, b| a.0.cmp(&b.0))
        .map(|(_, place)| place)
}

/// Whether the phrase says where: by its preposition, as the antecedent of "where", or as the stop of a journey.
fn locates(sentence: &Sentence, base: usize, visits: bool, bare_name: bool) -> bool {
    let relative = sentence.children(base).any(|c| where_of(sentence, c).is_some());
    let stop = is_stop(sentence, base);
    match phrase::preposition(sentence, base).as_deref() {
        // "on the border" is a place, "on Norland" a topic.
        Some("on") if bare_name => relative,
        Some("to" | "for") => visits || relative,
        Some(preposition) => LOCATING.contains(&preposition) || relative,
        None => stop,
    }
}

/// "their next stop is Lima".
fn is_stop(sentence: &Sentence, place: usize) -> bool {
    let copula = sentence.child(place, Relation::Cop).is_some();
    let stops = |c: usize| {
        matches!(sentence.words[c].lemma.as_str(), "destination" | "host" | "leg" | "stop" | "venue")
    };
    copula && sentence.children(place).any(|c| sentence.words[c].relation.is(Relation::Nsubj) && stops(c))
}

/// The "where" of a relative clause.
fn where_of(sentence: &Sentence, clause: usize) -> Option<usize> {
    let relative = sentence.words[clause].relation.base() == "acl";
    let is_where = |c: &usize| sentence.words[*c].form.eq_ignore_ascii_case("where");
    sentence.children(clause).filter(|_| relative).find(is_where)
}

/// Steps from the event to its place: as any circumstance; the place may also hold the event itself ("were in Lima for
/// talks", "in Lima, where talks were held").
fn located(article: &Article, sentence: &Sentence, number: usize, told: Told, place: usize) -> Option<usize> {
    let own = |clause: usize| {
        let path = steps_up(sentence, told.frame.carrier(), clause);
        path.map(|steps| steps + 1)
    };
    let relative = sentence.children(place).filter(|c| where_of(sentence, *c).is_some()).find_map(own);
    let copula =
        sentence.child(place, Relation::Cop).and_then(|_| steps_up(sentence, told.frame.carrier(), place));
    let occasion = || of_occasion(sentence, told.frame.carrier(), place);
    relative.or(copula).or_else(|| tie(article, sentence, number, told, place)).or_else(occasion)
}

/// "rescued twelve sailors after their boat sank off the coast": where the occasion was, if nothing nearer says where.
fn of_occasion(sentence: &Sentence, event: usize, place: usize) -> Option<usize> {
    let occasion = |c: &usize| {
        sentence.words[*c].relation == Relation::Advcl
            && sentence.children(*c).any(|m| {
                sentence.words[m].relation == Relation::Mark
                    && matches!(
                        sentence.words[m].form.to_lowercase().as_str(),
                        "after" | "as" | "when" | "while"
                    )
            })
    };
    let clause = sentence.children(event).filter(occasion).find(|c| sentence.is_within(place, *c))?;
    Some(2 * MAX_STEPS + steps_up(sentence, place, clause)?)
}

const LOCATING: &[&str] = &[
    "in",
    "at",
    "near",
    "outside",
    "inside",
    "off",
    "across",
    "on",
    "around",
    "throughout",
    "within",
    "along",
    "over",
];

/// "the village of X", "X province": the noun to which the name belongs.
fn place_phrase(sentence: &Sentence, head: usize) -> usize {
    let word = &sentence.words[head];
    let Some(governor) = word.head else { return head };
    let kind_of_place = sentence.words[governor].upos == Upos::Noun
        && GEOGRAPHIC.contains(&sentence.words[governor].lemma.as_str());
    match word.relation {
        Relation::Appos | Relation::Compound | Relation::NmodDesc | Relation::Flat if kind_of_place => {
            governor
        }
        Relation::Nmod if kind_of_place => governor,
        _ => head,
    }
}

const GEOGRAPHIC: &[&str] = &[
    "airport",
    "area",
    "base",
    "border",
    "camp",
    "capital",
    "city",
    "coast",
    "coastline",
    "county",
    "district",
    "outskirt",
    "outskirts",
    "island",
    "municipality",
    "neighborhood",
    "neighbourhood",
    "north",
    "south",
    "east",
    "west",
    "part",
    "port",
    "prefecture",
    "prison",
    "province",
    "region",
    "shore",
    "square",
    "state",
    "suburb",
    "territory",
    "town",
    "valley",
    "village",
];
