//! From argument words to the actors they stand for.

use tidings_actors::ActorKind;
use tidings_language::{NameKind, Relation, Sentence};

use crate::article::{Article, Mention};
use crate::draft::Party;
use crate::phrase;

/// The actors of the phrases headed by `words` and of everything coordinated with them, each once.
pub fn parties(article: &Article, sentence: usize, words: &[usize]) -> Vec<Party> {
    let tree = &article.sentences[sentence];
    let mut found = Vec::new();
    for word in words {
        for conjunct in phrase::conjuncts(tree, *word) {
            for party in of_phrase(article, sentence, conjunct) {
                if !found.iter().any(|p: &Party| p.entity == party.entity) {
                    found.push(party);
                }
            }
        }
    }
    found
}

/// The actors of one phrase: itself, or those whose act, thing or member it is ("the Norlandian base", "the talks
/// between A and B", "A's decision").
fn of_phrase(article: &Article, sentence: usize, head: usize) -> Vec<Party> {
    let direct = of_head(article, sentence, head);
    if !direct.is_empty() {
        return direct;
    }
    let named = named_in_clause(article, sentence, head);
    if !named.is_empty() {
        return named;
    }
    let owners = behind(article, sentence, head, 3);
    if owners.is_empty() { owner_before(article, sentence, head) } else { owners }
}

/// "a force, named the Norland Guard": the name.
fn named_in_clause(article: &Article, sentence: usize, head: usize) -> Vec<Party> {
    let tree = &article.sentences[sentence];
    let names = |c: &usize| {
        tree.words[*c].relation.base() == "acl" && NAMING.contains(&tree.words[*c].lemma.as_str())
    };
    let named = tree.children(head).filter(names).flat_map(|c| tree.children(c));
    named.flat_map(|word| of_head(article, sentence, word)).collect()
}

const NAMING: &[&str] = &["call", "dub", "know", "name", "title"];

/// The actors whose mention has that head.
fn of_head(article: &Article, sentence: usize, head: usize) -> Vec<Party> {
    let mentions = article.mentions.iter();
    mentions
        .filter(|m| m.sentence == sentence && m.head == head && is_political(article, m))
        .map(party)
        .collect()
}

/// How far back (in sentences) a thing is looked for.
const THING_REACH: usize = 8;

/// "the base" of which an earlier sentence says whose it is.
fn owner_before(article: &Article, sentence: usize, head: usize) -> Vec<Party> {
    let tree = &article.sentences[sentence];
    let lemma = &tree.words[head].lemma;
    let known = tree.children(head).any(|c| tree.words[c].form.eq_ignore_ascii_case("the"));
    if !known || !OWNED.contains(&lemma.as_str()) {
        return Vec::new();
    }
    let span = phrase::span(tree, &phrase::phrase(tree, head));
    (sentence.saturating_sub(THING_REACH)..sentence)
        .rev()
        .flat_map(|number| {
            let words = article.sentences[number].words.iter().enumerate().rev();
            words.filter(|(_, w)| w.lemma == *lemma).map(move |(word, _)| (number, word))
        })
        .map(|(number, word)| behind(article, number, word, 1))
        .find(|owners| !owners.is_empty())
        .unwrap_or_default()
        .into_iter()
        .map(|owner| Party { span, resolved_by: "antecedent", ..owner })
        .collect()
}

/// Actors among the modifiers of a thing; three steps down at most.
fn behind(article: &Article, sentence: usize, head: usize, depth: usize) -> Vec<Party> {
    if depth == 0 {
        return Vec::new();
    }
    let tree = &article.sentences[sentence];
    let mut found = Vec::new();
    let apart = RELATIVES.contains(&tree.words[head].lemma.as_str());
    for child in tree.children(head).filter(|c| !apart && leads_to_owner(tree, head, *c)) {
        for conjunct in phrase::conjuncts(tree, child) {
            let direct = of_head(article, sentence, conjunct);
            found.extend(if direct.is_empty() {
                behind(article, sentence, conjunct, depth - 1)
            } else {
                direct
            });
        }
    }
    found
}

/// "our partners" are others than we.
const RELATIVES: &[&str] = &[
    "ally",
    "adversary",
    "colleague",
    "counterpart",
    "enemy",
    "foe",
    "friend",
    "neighbor",
    "neighbour",
    "opponent",
    "partner",
    "rival",
];

/// Things that are hit, occupied or guarded for the state in which they lie: "villages in Norland".
const SITES: &[&str] = &[
    "area",
    "base",
    "camp",
    "checkpoint",
    "city",
    "facility",
    "home",
    "outpost",
    "position",
    "post",
    "settlement",
    "site",
    "target",
    "town",
    "village",
];

/// Things that somebody has, and that are named again without the owner.
const OWNED: &[&str] = &[
    "aircraft",
    "airport",
    "barracks",
    "base",
    "building",
    "camp",
    "compound",
    "consulate",
    "convoy",
    "embassy",
    "headquarters",
    "helicopter",
    "jet",
    "outpost",
    "plane",
    "post",
    "ship",
    "tank",
    "vehicle",
    "vessel",
    "warship",
];

fn leads_to_owner(tree: &Sentence, head: usize, child: usize) -> bool {
    match tree.words[child].relation {
        Relation::NmodPoss | Relation::Compound | Relation::Amod | Relation::Appos | Relation::NmodDesc => {
            true
        }
        Relation::Nmod if child < head => true,
        Relation::Nmod | Relation::Obl => {
            phrase::case_is(tree, child, &["of", "by", "between", "among", "from"])
                || (phrase::case_is(tree, child, &["in"])
                    && SITES.contains(&tree.words[head].lemma.to_lowercase().as_str()))
        }
        _ => false,
    }
}

fn party(mention: &Mention) -> Party {
    Party { entity: mention.entity, span: mention.span, resolved_by: mention.resolved_by }
}

/// Places are actors only where a name stands for a state; days, sums and works are never.
fn is_political(article: &Article, mention: &Mention) -> bool {
    let actor = article.actor(mention);
    actor.code.is_some()
        || actor.kind != ActorKind::Place
            && article.sentences[mention.sentence]
                .name_at(mention.head)
                .is_none_or(|n| !matches!(n.kind, NameKind::Date | NameKind::Money | NameKind::Product))
}
