//! From the slots of a trigger entry to the actors that fill them.

use tidings_actors::ActorKind;
use tidings_language::{Relation, Sentence, Upos};

use crate::arguments::{self, Slot};
use crate::article::Article;
use crate::draft::Party;
use crate::matching::Frame;
use crate::{attribution, parties, phrase, standing};

/// "The talks lasted two days": the two whose doings the sentence before tells.
pub fn pair_before(article: &Article, number: usize) -> Vec<Party> {
    let Some(before) = number.checked_sub(1) else { return Vec::new() };
    let sentence = &article.sentences[before];
    let subject = sentence.root().map(|r| arguments::subject(sentence, r)).unwrap_or_default();
    let pair = parties::parties(article, before, &subject);
    let both =
        pair.len() > 1 && pair.iter().all(|p| standing::are_political(article, std::slice::from_ref(p)));
    let implicit = |p: Party| Party { resolved_by: "antecedent", ..p };
    if both { pair.into_iter().map(implicit).collect() } else { Vec::new() }
}

/// "attacked villages in B", "bombed the port of B": the state in which the thing acted upon lies.
pub fn hosts(article: &Article, number: usize, word: usize) -> Vec<Party> {
    let sentence = &article.sentences[number];
    let lies = |c: &usize| {
        sentence.words[*c].relation.base() == "nmod"
            && phrase::case_is(sentence, *c, &["in", "inside", "across"])
    };
    let places: Vec<usize> = arguments::patient(sentence, word)
        .into_iter()
        .filter(|o| sentence.words[*o].upos == Upos::Noun)
        .flat_map(|o| sentence.children(o).filter(lies).collect::<Vec<_>>())
        .collect();
    let found = parties::parties(article, number, &places);
    let state = |p: &Party| article.entities[p.entity].actor.kind == ActorKind::Country;
    found.into_iter().filter(state).map(|p| Party { resolved_by: "implicit", ..p }).collect()
}

/// The parties of the first slot that has any.
pub fn first_filled(
    article: &Article,
    number: usize,
    frame: Frame,
    slots: &[String],
    taken: &[Party],
) -> Vec<Party> {
    slots
        .iter()
        .map(|slot| {
            let mut found = slot_parties(article, number, frame, slot, taken);
            found.retain(|p| !taken.iter().any(|t| t.entity == p.entity));
            found
        })
        .find(|p| !p.is_empty())
        .unwrap_or_default()
}

fn slot_parties(article: &Article, number: usize, frame: Frame, slot: &str, taken: &[Party]) -> Vec<Party> {
    match slot {
        "clause" => return clause_parties(article, number, frame.word, taken),
        "subject" => return plain_subject(article, number, frame.carrier()),
        "behind" => return next_behind(article, number, frame.word, taken),
        "speaker" => return attribution::innermost(article, number, frame.word),
        "goer" => return goers(article, number, frame.word),
        "host" => return hosts_of_goers(article, number, frame.word, taken),
        _ => {}
    }
    let Some(slot) = Slot::parse(slot) else { return Vec::new() };
    let sentence = &article.sentences[number];
    let own = of_words(article, number, &arguments::fill(sentence, frame.word, &slot), &slot);
    match frame.light {
        Some(light) if own.is_empty() => {
            of_words(article, number, &arguments::fill_light(sentence, light, frame.word, &slot), &slot)
        }
        _ => own,
    }
}

/// The subject of a verb that is no passive, be it an agent or not.
fn plain_subject(article: &Article, number: usize, verb: usize) -> Vec<Party> {
    let sentence = &article.sentences[number];
    let subject =
        if arguments::is_passive(sentence, verb) { Vec::new() } else { arguments::subject(sentence, verb) };
    parties::parties(article, number, &subject)
}

/// The first political actor of another side that is named below the word and behind it.
fn next_behind(article: &Article, number: usize, word: usize, taken: &[Party]) -> Vec<Party> {
    let sentence = &article.sentences[number];
    let mut heads: Vec<usize> = article.mentions_in(number).map(|m| m.head).filter(|h| *h > word).collect();
    heads.sort_unstable();
    let below = heads.into_iter().filter(|head| sentence.is_within(*head, word));
    let found = below.map(|head| {
        let mut found = parties::parties(article, number, &[head]);
        found.retain(|p| p.resolved_by == "name" && !is_own_side(article, p, taken));
        found
    });
    found.into_iter().find(|found| standing::are_political(article, found)).unwrap_or_default()
}

/// "claimed the killing of nine soldiers", "claimed responsibility for the raid": the claimant did it, by their own word.
pub fn claimants(article: &Article, number: usize, act: usize) -> Vec<Party> {
    let sentence = &article.sentences[number];
    let governor = |w: usize| sentence.words[w].head;
    let claims = |w: &usize| matches!(sentence.words[*w].lemma.as_str(), "claim" | "admit");
    let responsibility = |w: &usize| matches!(sentence.words[*w].lemma.as_str(), "responsibility" | "credit");
    let claim = match governor(act) {
        Some(verb) if claims(&verb) && sentence.words[act].relation.base() == "obj" => Some(verb),
        Some(noun) if responsibility(&noun) => governor(noun),
        Some(verb) if sentence.children(verb).any(|c| responsibility(&c)) => Some(verb),
        _ => None,
    };
    let claim = claim.filter(|c| sentence.words[*c].upos == Upos::Verb);
    claim.map(|c| parties::parties(article, number, &arguments::agent(sentence, c))).unwrap_or_default()
}

/// "officials were in Rome for talks", "flew to the summit": the subject of the clause on which the noun hangs.
fn goers(article: &Article, number: usize, noun: usize) -> Vec<Party> {
    let sentence = &article.sentences[number];
    let clause = going_clause(sentence, noun);
    clause.map(|c| parties::parties(article, number, &arguments::subject(sentence, c))).unwrap_or_default()
}

/// The state in which those who go to a talk are or to which they go.
fn hosts_of_goers(article: &Article, number: usize, noun: usize, goers: &[Party]) -> Vec<Party> {
    let sentence = &article.sentences[number];
    let Some(clause) = going_clause(sentence, noun) else { return Vec::new() };
    let there = |w: &usize| phrase::case_is(sentence, *w, &["in", "to", "for"]);
    let places: Vec<usize> = std::iter::once(clause).chain(sentence.children(clause)).filter(there).collect();
    let country = |p: &Party| article.entities[p.entity].actor.country.as_ref();
    let foreign = |p: &Party| {
        article.entities[p.entity].actor.kind == ActorKind::Country
            && goers.iter().all(|g| country(g).is_some_and(|c| Some(c) != country(p)))
    };
    parties::parties(article, number, &places).into_iter().filter(foreign).collect()
}

fn going_clause(sentence: &Sentence, noun: usize) -> Option<usize> {
    let hangs = |w: &usize| {
        matches!(sentence.words[*w].relation.base(), "obl" | "nmod" | "advcl")
            && phrase::case_is(sentence, *w, &["for", "to", "at", "in"])
    };
    let governor = Some(noun).filter(hangs).and_then(|w| sentence.words[w].head);
    let goes = |w: &usize| {
        let word = &sentence.words[*w];
        sentence.child(*w, Relation::Cop).is_some() || GOING.contains(&word.lemma.as_str())
    };
    let chain =
        std::iter::successors(governor, |w| Some(*w).filter(hangs).and_then(|w| sentence.words[w].head));
    chain.take(3).find(goes)
}

const GOING: &[&str] = &[
    "arrive", "assemble", "attend", "come", "convene", "depart", "drive", "flock", "fly", "gather", "go",
    "head", "join", "journey", "leave", "return", "sail", "sit", "travel", "visit",
];

/// The actors of all words; of several phrases with prepositions, those of the first that has any ("an attack on
/// soldiers at a base on the border").
fn of_words(article: &Article, number: usize, words: &[usize], slot: &Slot) -> Vec<Party> {
    match slot {
        Slot::Preposition(_) => {
            let each = words.iter().map(|w| parties::parties(article, number, &[*w]));
            each.into_iter().find(|found| !found.is_empty()).unwrap_or_default()
        }
        _ => parties::parties(article, number, words),
    }
}

/// "demanded that B withdraw": B. "promised to help B": B, as the subject is the source itself.
fn clause_parties(article: &Article, number: usize, word: usize, taken: &[Party]) -> Vec<Party> {
    let sentence = &article.sentences[number];
    let clauses = sentence.children(word).filter(|c| {
        matches!(sentence.words[*c].relation.base(), "ccomp" | "xcomp" | "advcl" | "obl" | "acl")
    });
    let heads = |c: &usize| matches!(sentence.words[*c].upos, Upos::Verb | Upos::Noun | Upos::Adj);
    for clause in clauses.filter(|c| heads(c) && !is_circumstance(sentence, *c)) {
        let subject = parties::parties(article, number, &arguments::agent(sentence, clause));
        let other: Vec<Party> = subject.into_iter().filter(|p| !is_own_side(article, p, taken)).collect();
        if !other.is_empty() {
            return other;
        }
        let mut object = parties::parties(article, number, &arguments::patient(sentence, clause));
        object.retain(|p| !is_own_side(article, p, taken));
        if !object.is_empty() {
            return object;
        }
        let oblique = parties::parties(article, number, &obliques(sentence, clause));
        if let Some(party) = oblique.into_iter().find(|p| !taken.iter().any(|t| t.entity == p.entity)) {
            return vec![party];
        }
    }
    Vec::new()
}

/// "demanded, as B went on": what happens beside it is not what is demanded.
fn is_circumstance(sentence: &Sentence, clause: usize) -> bool {
    sentence.words[clause].relation.base() == "advcl"
        && sentence.children(clause).any(|c| {
            sentence.words[c].relation == Relation::Mark
                && matches!(
                    sentence.words[c].form.to_lowercase().as_str(),
                    "as" | "after"
                        | "before"
                        | "because"
                        | "while"
                        | "when"
                        | "since"
                        | "although"
                        | "though"
                        | "if"
                )
        })
}

/// The source itself, or its own people ("denied that its troops had attacked").
pub fn is_own_side(article: &Article, party: &Party, taken: &[Party]) -> bool {
    let country = |p: &Party| article.entities[p.entity].actor.country.as_ref();
    let organ = |p: &Party| {
        let actor = &article.entities[p.entity].actor;
        actor.kind == ActorKind::Country
            || actor.sectors.iter().any(|s| matches!(s.as_str(), "GOV" | "MIL" | "COP"))
    };
    taken.iter().any(|t| {
        t.entity == party.entity
            || (country(t).is_some() && country(t) == country(party) && organ(t) && organ(party))
    })
}

/// Those to, with or against whom a clause acts: "to impose sanctions on B", "to withdraw from B".
fn obliques(sentence: &Sentence, clause: usize) -> Vec<usize> {
    let prepositions = ["with", "to", "on", "from", "against", "at", "for", "of"].map(str::to_owned).to_vec();
    arguments::fill(sentence, clause, &Slot::Preposition(prepositions))
}
