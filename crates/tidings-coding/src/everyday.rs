//! What sounds like an act between political actors and is none: private life, sport, forces of nature.

use std::sync::LazyLock;

use serde::Deserialize;
use tidings_actors::ActorKind;
use tidings_language::{Relation, Sentence};
use tidings_ontology::EventType;

use crate::article::{Article, Form};
use crate::draft::Party;
use crate::{arguments, phrase};

/// The lists of `data/coding/everyday.toml`.
#[derive(Default, Deserialize)]
struct Table {
    private_sectors: Vec<String>,
    natural: Vec<String>,
    sport: Vec<String>,
    shared_with_sport: Vec<String>,
    fiction: Vec<String>,
}

static TABLE: LazyLock<Table> =
    LazyLock::new(|| toml::from_str(include_str!("../../../data/coding/everyday.toml")).unwrap_or_default());

/// Why the act is no political one, if it is none.
pub fn reason(
    article: &Article,
    number: usize,
    word: usize,
    event: EventType,
    [source, target]: [&[Party]; 2],
) -> Option<&'static str> {
    let sentence = &article.sentences[number];
    if event.is_material_conflict() && is_natural(sentence, word) {
        return Some("a force of nature or an accident does it");
    }
    if is_fiction(sentence, word) {
        return Some("told in a work of fiction");
    }
    let are_private = |parties: &[Party]| parties.iter().all(|p| is_private(article, number, p));
    let acts = !source.is_empty() && are_private(source);
    let any_may = matches!(
        event,
        EventType::Assault | EventType::Protest | EventType::Coerce | EventType::Sanction | EventType::Aid
    );
    let nameless = source.iter().all(|p| article.entities[p.entity].actor.sectors.is_empty());
    let force = matches!(event, EventType::Assault | EventType::Coerce);
    if acts && are_private(target) && (!any_may || (force && nameless)) {
        return Some("nobody in it is a political actor");
    }
    let journey = event == EventType::Consult && !source.is_empty() && !target.is_empty();
    if journey && source.iter().all(|p| is_commoner(article, number, p)) {
        return Some("a private journey");
    }
    let of_sport = matches!(
        event,
        EventType::Assault
            | EventType::Retreat
            | EventType::Consult
            | EventType::Threaten
            | EventType::Reject
    );
    let teams = || source.iter().chain(target).all(|p| may_be_team(article, number, p));
    (of_sport && is_sport(sentence) && teams()).then_some("a matter of sport")
}

/// A firm, a school or the like; or people whom a common noun names that says nothing political, and of no country.
fn is_private(article: &Article, number: usize, party: &Party) -> bool {
    let actor = &article.entities[party.entity].actor;
    if actor.code.is_some() {
        return false; // the user's dictionary has him for an actor
    }
    let own = !actor.sectors.is_empty() && actor.sectors.iter().all(|s| TABLE.private_sectors.contains(s));
    own || (actor.country.is_none() && is_commoner(article, number, party))
}

/// "the singer", "hikers": a common noun that gives neither sector nor office.
fn is_commoner(article: &Article, number: usize, party: &Party) -> bool {
    let actor = &article.entities[party.entity].actor;
    let person = matches!(actor.kind, ActorKind::Person | ActorKind::Group) && actor.sectors.is_empty();
    let mention = article.mentions_in(number).find(|m| m.entity == party.entity && m.span == party.span);
    let common = mention
        .is_some_and(|m| m.form == Form::Nominal && article.sentences[number].name_at(m.head).is_none());
    person && common && actor.role.is_none()
}

/// "A storm killed two": the subject is no actor.
fn is_natural(sentence: &Sentence, word: usize) -> bool {
    let lemma = |w: &usize| sentence.words[*w].lemma.to_lowercase();
    let passive = arguments::is_passive(sentence, word);
    let does = if passive { arguments::agent(sentence, word) } else { arguments::subject(sentence, word) };
    let cause = sentence.children(word).filter(|c| {
        let marked = sentence.children(*c).any(|k| sentence.words[k].relation == Relation::Case);
        sentence.words[*c].relation.base() == "obl" && marked && passive
    });
    does.into_iter().chain(cause).any(|w| TABLE.natural.contains(&lemma(&w)))
}

/// "In the film, a spy kidnaps a banker": the act's clause opens with the work that tells it.
fn is_fiction(sentence: &Sentence, word: usize) -> bool {
    let above = std::iter::successors(Some(word), |w| sentence.words[*w].head);
    let work = |w: usize| {
        let noun = &sentence.words[w];
        let first = sentence.subtree(w).first().copied();
        noun.relation.base() == "obl"
            && TABLE.fiction.contains(&noun.lemma.to_lowercase())
            && first == Some(0)
            && phrase::case_is(sentence, w, &["in"])
    };
    above.flat_map(|w| sentence.children(w).collect::<Vec<_>>()).any(work)
}

/// A state stands for its team, a town for its club, and a striker plays; officials, soldiers and protesters play no match.
fn may_be_team(article: &Article, number: usize, party: &Party) -> bool {
    let actor = &article.entities[party.entity].actor;
    let head = article.mentions_in(number).find(|m| m.entity == party.entity && m.span == party.span);
    let lemma = head.map(|m| article.sentences[number].words[m.head].lemma.to_lowercase());
    let plays = |lemma: &String| TABLE.sport.contains(lemma) || TABLE.shared_with_sport.contains(lemma);
    actor.kind == ActorKind::Country
        || actor.sectors.iter().all(|s| TABLE.private_sectors.contains(s))
        || lemma.as_ref().is_some_and(plays)
}

/// One word that only sport has, two that sport shares with others, or a score.
fn is_sport(sentence: &Sentence) -> bool {
    let has =
        |list: &[String]| sentence.words.iter().filter(|w| list.contains(&w.lemma.to_lowercase())).count();
    let score = sentence.words.iter().any(|w| is_score(&w.form));
    let own = has(&TABLE.sport);
    let shared = has(&TABLE.shared_with_sport);
    own > 0 || shared > 1 || (score && shared > 0)
}

fn is_score(form: &str) -> bool {
    let sides = form.split_once(['-', '–']);
    let number = |side: &str| (1..=3).contains(&side.len()) && side.bytes().all(|b| b.is_ascii_digit());
    sides.is_some_and(|(a, b)| number(a) && number(b))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_table_is_read_and_each_list_is_in_order() {
        let table: Table = toml::from_str(include_str!("../../../data/coding/everyday.toml")).expect("TOML");
        for list in
            [&table.private_sectors, &table.natural, &table.sport, &table.shared_with_sport, &table.fiction]
        {
            assert!(!list.is_empty() && list.is_sorted(), "{list:?}");
        }
    }
}
